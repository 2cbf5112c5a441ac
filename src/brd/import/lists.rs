//! What is not an item: facts of the document, roles, access, terms, references, changes, ids given out elsewhere.

use std::collections::BTreeSet;

use super::columns::Column;
use super::fields::{component_ids, date, plain};
use super::join::join;
use super::table::Record;
use super::walk::Walk;
use crate::brd::lines::{BrdText, Line};
use crate::brd::model::{AccessRow, Allocated, DeltaEntry, Reference, Term};
use crate::brd::shape::{CLASSIFICATION, DATE, STATUS, VERSION, YES};
use crate::brd::version::Version;

/// A fact of the document.
pub(super) fn fact(walk: &mut Walk, name: &str, value: &str) {
    match name {
        VERSION => match Version::parse(value) {
            Ok(version) => walk.brd.version = version,
            Err(error) => walk.not_understood(&error.to_string(), "Write the version."),
        },
        DATE => walk.brd.date = dated(walk, value),
        STATUS => walk.brd.status = Line::new(value),
        CLASSIFICATION => walk.brd.classification = Line::new(value),
        _ => {}
    }
}

fn dated(walk: &mut Walk, words: &str) -> Option<chrono::NaiveDate> {
    let date = date(words);
    if date.is_none() && !words.is_empty() {
        walk.not_understood(&format!("“{words}” is not a date"), "Write it like 2 March 2026.");
    }
    date
}

fn line(record: &Record<'_>, column: &Column) -> Line {
    Line::new(record.plain(column))
}

/// The serial of a row; where it has none, the one after that of the row before.
fn serial(record: &Record<'_>, before: Option<u32>) -> u32 {
    record.plain(&Column::Serial).trim_end_matches('.').parse().unwrap_or(before.unwrap_or(0) + 1)
}

pub(super) fn role(walk: &mut Walk, record: &Record<'_>) {
    let role = line(record, &Column::Role);
    if !role.is_blank() {
        walk.brd.roles.push(role);
    }
}

pub(super) fn term(walk: &mut Walk, record: &Record<'_>) {
    let (term, blocks) = (line(record, &Column::Term), record.blocks(&Column::Text));
    match walk.brd.glossary.last_mut() {
        Some(last) if term.is_blank() => last.text = join(&last.text, blocks),
        last => {
            let serial = serial(record, last.map(|last| last.serial));
            walk.brd.glossary.push(Term { serial, term, text: BrdText::from_blocks(blocks) });
        }
    }
}

pub(super) fn reference(walk: &mut Walk, record: &Record<'_>) {
    if record.plain(&Column::Title).is_empty() {
        return;
    }
    let serial = serial(record, walk.brd.references.last().map(|last| last.serial));
    walk.brd.references.push(Reference { serial, title: line(record, &Column::Title) });
}

pub(super) fn delta(walk: &mut Walk, record: &Record<'_>) {
    let date = dated(walk, &record.plain(&Column::Date));
    let entry = DeltaEntry {
        serial: record.plain(&Column::Serial).parse().ok(),
        doc_id: line(record, &Column::DocId),
        title: line(record, &Column::Title),
        date,
        status: line(record, &Column::Status),
    };
    walk.brd.delta.push(entry);
}

pub(super) fn allocated(walk: &mut Walk, record: &Record<'_>) {
    let (first, last) = (record.plain(&Column::FirstId), record.plain(&Column::LastId));
    match (first.parse(), last.parse()) {
        (Ok(first), Ok(last)) => {
            walk.brd.allocated_elsewhere.push(Allocated { first, last, reason: line(record, &Column::Reason) });
        }
        _ => walk.not_understood(&format!("“{first}” to “{last}” are not ids"), "Write them like SSI-FR-72."),
    }
}

/// A row of the access matrix. A column is that of a role by the number of the role in the list, or by its name.
pub(super) fn access(walk: &mut Walk, record: &Record<'_>) {
    let (components, rest) = component_ids(&record.plain(&Column::Component));
    let mut name = line(record, &Column::Name);
    if components.is_empty()
        && let Some(domain) = rest.first().and_then(|word| word.parse().ok())
    {
        walk.row_domain = Some(domain);
        return;
    }
    if !rest.is_empty() && record.slot(&Column::Name).is_none() {
        name = Line::new(rest.join(" "));
    } else if !rest.is_empty() {
        let what = format!("“{}” is not the id of a component", rest.join(" "));
        walk.not_understood(&what, "Write it like UC_Login_001.");
    }
    let words = record.plain(&Column::Domain);
    let domain = words.parse().ok().or(walk.row_domain);
    if domain.is_none() && !words.is_empty() {
        walk.not_understood(&format!("“{words}” is not a domain"), "Write it like BFD01.");
    }
    if walk.brd.access.is_empty() && walk.brd.roles.is_empty() {
        walk.brd.roles = record.others().map(Line::new).collect();
    }
    let marked = record.pairs().filter(|(_, slot)| is_yes(&slot.plain()));
    let columns = marked.filter_map(|(column, _)| match column {
        Column::Other(name) => Some(name.as_str()),
        _ => None,
    });
    let mut roles: Vec<Line> = columns.map(|name| role_of(walk, name)).collect();
    let others = record.blocks(&Column::OtherRoles);
    roles.extend(others.iter().map(|block| Line::new(plain(std::slice::from_ref(block)))));
    let mut seen = BTreeSet::new();
    roles.retain(|role| seen.insert(role.clone()));
    walk.brd.access.push(AccessRow { domain, name, components, roles });
}

fn is_yes(mark: &str) -> bool {
    matches!(mark, YES | "y" | "Yes" | "yes" | "✓" | "✔" | "X" | "x")
}

fn role_of(walk: &Walk, name: &str) -> Line {
    let place = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    place.and_then(|place| walk.brd.roles.get(place).cloned()).unwrap_or_else(|| Line::new(name))
}
