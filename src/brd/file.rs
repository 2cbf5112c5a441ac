//! A baseline as a YAML file.

use std::collections::BTreeMap;

use super::ids::{RequirementId, RequirementKind};
use super::item::Item;
use super::model::Brd;
use crate::yaml::{self, Limits, Problem, Problems, Spans};

/// How much the file of a baseline may hold: some ten times the baseline there is.
const LIMITS: Limits = Limits { bytes: 4 << 20, depth: 16, nodes: 200_000, problems: 50 };

/// Reads a baseline; `file` is only the name used in problems.
///
/// What may be wrong with a real baseline, such as a trace that leads nowhere, is no problem here.
///
/// # Errors
///
/// Every problem at once: what is not a baseline, an id that stands there twice, a requirement of the wrong kind.
pub fn from_yaml(file: &str, text: &str) -> Result<Brd, Problems> {
    let yaml::Document { value: brd, spans } = yaml::load::<Brd>(file, text, LIMITS)?;
    let problems = check(&brd, &spans);
    if problems.is_empty() { Ok(brd) } else { Err(Problems::new(problems)) }
}

/// Writes a baseline in the one form it has: the same baseline always gives the same text, and a change of one item
/// changes the lines of that item only.
pub fn to_yaml(brd: &Brd) -> String {
    let plain = plain(brd);
    let mut text = String::with_capacity(plain.len() + plain.len() / 40);
    let mut before = "";
    for line in plain.lines() {
        if opens_list(line) || (opens_item(line) && !opens_list(before)) {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
        before = line;
    }
    text
}

#[expect(clippy::expect_used, reason = "a baseline is lists, fields and text, each of which YAML can hold")]
fn plain(brd: &Brd) -> String {
    serde_yaml::to_string(brd).expect("a baseline can be written")
}

/// Whether a line of the file is the name of one of its lists.
fn opens_list(line: &str) -> bool {
    line.strip_suffix(':').is_some_and(is_field)
}

/// Whether a line of the file is the first field of an item of one of its lists.
fn opens_item(line: &str) -> bool {
    line.strip_prefix("- ").and_then(|rest| rest.split_once(':')).is_some_and(|(field, _)| is_field(field))
}

fn is_field(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

fn check(brd: &Brd, spans: &Spans) -> Vec<Problem> {
    let mut found = Vec::new();
    twice(spans, "business_drivers", &brd.drivers, &mut found);
    twice(spans, "domains", &brd.domains, &mut found);
    twice(spans, "process_maps", &brd.process_maps, &mut found);
    twice(spans, "components", &brd.components, &mut found);
    twice(spans, "requirements", &brd.requirements, &mut found);
    twice(spans, "non_functional", &brd.non_functional, &mut found);
    kinds(spans, "requirements", &brd.requirements, RequirementKind::Functional, &mut found);
    kinds(spans, "non_functional", &brd.non_functional, RequirementKind::NonFunctional, &mut found);
    for (index, allocated) in brd.allocated_elsewhere.iter().enumerate() {
        if allocated.first.kind() != allocated.last.kind() || allocated.first > allocated.last {
            let what = format!("{} does not come before {}", allocated.first, allocated.last);
            let mend = "Write the first and the last id of one kind.".to_owned();
            found.push(spans.problem(&format!("allocated_elsewhere[{index}]"), what, Some(mend)));
        }
    }
    found
}

/// Ids that stand twice in one list.
fn twice<T: Item>(spans: &Spans, list: &str, items: &[T], found: &mut Vec<Problem>) {
    let mut first = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let path = format!("{list}[{index}].id");
        let line = spans.locate(&path).0;
        if let Some(before) = first.insert(item.id(), line) {
            let what = format!("{} is already in line {before}", item.id());
            found.push(spans.problem(&path, what, Some("Give each item an id of its own.".to_owned())));
        }
    }
}

/// Requirements in the list of the other kind.
fn kinds<T>(spans: &Spans, list: &str, items: &[T], kind: RequirementKind, found: &mut Vec<Problem>)
where
    T: Item<Id = RequirementId>,
{
    let (name, mend) = match kind {
        RequirementKind::Functional => ("functional", "Move it to `non_functional`."),
        RequirementKind::NonFunctional => ("non-functional", "Move it to `requirements`."),
    };
    for (index, item) in items.iter().enumerate().filter(|(_, item)| item.id().kind() != kind) {
        let what = format!("{} is no {name} requirement", item.id());
        found.push(spans.problem(&format!("{list}[{index}].id"), what, Some(mend.to_owned())));
    }
}
