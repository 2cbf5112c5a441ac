//! Determinations: made by a body within its powers, with the record a determination needs (process rules, 1E).

use super::Findings;
use super::names::SYSTEM;
use super::references::written_actions;
use super::shape::repeated;
use super::spelling::{listed, mend, nearest};
use crate::workflow::{Action, Body, Definition, Determination, Fact, FactSource, Kind, PointName, State, StateName};

/// What every determination records.
const RECORDED: [&str; 2] = ["decided_on", "decision_reasons"];

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    for (name, state) in &definition.states {
        if let Some(determination) = &state.determination {
            made_by_a_body(definition, name, determination, findings);
            for (action, option) in definition.actions_of(name) {
                let path = option_path(name, state, action.as_str());
                records_the_determination(&path, option, findings);
            }
        }
    }
    taken_by_someone(definition, findings);
    for (name, body) in &definition.bodies {
        powers(definition, name.as_str(), body, findings);
    }
}

/// Where an option of a determination is written: in the state, or among the shared actions.
fn option_path(name: &StateName, state: &State, action: &str) -> String {
    if state.actions.contains_key(action) {
        format!("states.{name}.actions.{action}")
    } else {
        format!("shared_actions.{action}.action")
    }
}

fn made_by_a_body(definition: &Definition, name: &StateName, made: &Determination, findings: &mut Findings) {
    let path = format!("states.{name}.determination");
    let Some(body) = definition.bodies.get(&made.body) else { return };
    delegation(definition, &path, made, body, findings);
    let Some(powers) = body.powers.get(&made.point) else {
        let points: Vec<_> = body.powers.keys().map(PointName::as_str).collect();
        let what = format!("the {} has no powers at a point called `{}`", body.title, made.point);
        let mend = mend(made.point.as_str(), &points, &format!("Declare it under `bodies.{}.powers`", made.body));
        return findings.add(format!("{path}.point"), what, mend);
    };
    let options: Vec<_> = definition.actions_of(name).map(|(action, _)| action).collect();
    for missing in powers.iter().filter(|power| !options.contains(power)) {
        let what =
            format!("the {} may choose `{missing}` at `{}`, but no action here offers it", body.title, made.point);
        let mend = format!("Add the action, or take `{missing}` out of the body's powers.");
        findings.add(format!("states.{name}.actions"), what, mend);
    }
    for extra in options.into_iter().filter(|option| !powers.contains(option)) {
        let what = format!("`{extra}` is not among the powers of the {} at `{}`", body.title, made.point);
        let mend = format!("Its powers are {}: take the action out, or add the power.", listed(powers, "and"));
        findings.add(format!("states.{name}.actions.{extra}"), what, mend);
    }
}

fn delegation(definition: &Definition, path: &str, made: &Determination, body: &Body, findings: &mut Findings) {
    match (&body.delegated_from, &made.delegation) {
        (Some(from), None) => {
            let what = format!("the {} decides by delegation, but no fact says it is in force", body.title);
            let mend = format!("Name under `delegation` the fact that the powers are delegated by `{from}`.");
            findings.add(path, what, mend);
        }
        (None, Some(_)) => {
            let what = format!("the {} decides in its own right", body.title);
            findings.add(format!("{path}.delegation"), what, "Take `delegation` out, or say who delegates.");
        }
        (Some(_), Some(fact)) => {
            let declared = definition.facts.get(fact);
            let is_known = declared.is_some() || definition.fields.contains_key(fact);
            let of_record = |fact: &Fact| fact.kind == Kind::YesNo && fact.from == FactSource::Record;
            if is_known && !declared.is_some_and(of_record) {
                let what = format!("`{fact}` is not a yes-or-no fact of the record");
                let mend = "Declare it with `kind: yes_no` and `from: record`.";
                findings.add(format!("{path}.delegation"), what, mend);
            }
        }
        (None, None) => {}
    }
}

fn records_the_determination(path: &str, option: &Action, findings: &mut Findings) {
    for needed in RECORDED {
        if !option.needs.iter().any(|field| field.as_str() == needed) {
            let what = format!("a determination records `{needed}`, and this one does not");
            findings.add(format!("{path}.needs"), what, format!("Add `{needed}` to `needs`."));
        }
    }
    if !option.by.is_empty() {
        let mend = "Take `by` out: the secretary of the body records it.";
        findings.add(format!("{path}.by"), "an option of a determination is the body's alone", mend);
    }
}

/// Every action outside a determination names who takes it; a shared one always does.
fn taken_by_someone(definition: &Definition, findings: &mut Findings) {
    let decided = definition.states.iter().filter(|(_, state)| state.determination.is_some());
    let decided: Vec<_> = decided.map(|(name, _)| format!("states.{name}.")).collect();
    for written in written_actions(definition) {
        let is_option = decided.iter().any(|state| written.path.starts_with(state));
        if written.action.by.is_empty() && !is_option {
            let mend = format!("Name the roles under `by`, or `{SYSTEM}` where the process itself takes it.");
            findings.add(written.path, "nobody may take this action", mend);
        }
    }
}

fn powers(definition: &Definition, name: &str, body: &Body, findings: &mut Findings) {
    for (point, options) in &body.powers {
        let path = format!("bodies.{name}.powers.{point}");
        repeated(&path, options, findings);
        let mut made = definition.states.values().filter_map(|state| state.determination.as_ref());
        if !made.any(|made| is_or_should_be(definition, made, name, point)) {
            let what = format!("the {} makes no determination at `{point}`", body.title);
            findings.add(path, what, "Add the state in which it does, or take the power out.");
        }
    }
    if body.powers.is_empty() {
        findings.add(format!("bodies.{name}.powers"), "it has no powers", "Give it some, or take the body out.");
    }
    if body.delegated_from.as_ref().is_some_and(|from| from.as_str() == name) {
        let what = "a body cannot delegate to itself";
        findings.add(format!("bodies.{name}.delegated_from"), what, "Name the body whose powers it has.");
    }
}

/// Whether a determination is made by a body at a point, or would be if a name it misspells were put right.
fn is_or_should_be(definition: &Definition, made: &Determination, name: &str, point: &PointName) -> bool {
    let is_point = made.point == *point || nearest(made.point.as_str(), &[point.as_str()]).is_some();
    match definition.bodies.get(&made.body) {
        None => is_point && nearest(made.body.as_str(), &[name]).is_some(),
        Some(body) if body.powers.contains_key(&made.point) => made.body.as_str() == name && made.point == *point,
        Some(_) => is_point && made.body.as_str() == name,
    }
}
