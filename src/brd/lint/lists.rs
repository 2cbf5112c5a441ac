//! Items that stand twice, and what has no name, no text, no serial or no date.

use std::collections::BTreeSet;

use super::finding::{Findings, Rule};
use crate::brd::item::ItemId;
use crate::brd::model::Brd;
use crate::brd::statements::statements;

pub(super) fn check(brd: &Brd, found: &mut Findings) {
    if brd.date.is_none() {
        found.place("the document", Rule::NoDate, "it has no date", "Write `date`.");
    }
    twice(brd, found);
    for statement in statements(brd).filter(|statement| statement.active) {
        if statement.text.is_blank() {
            statement.found(found, Rule::BlankText, "it says nothing", "Write its text.");
        }
        if statement.name.is_some_and(str::is_empty) {
            statement.found(found, Rule::BlankName, "it has no name or heading", "Give it one.");
        }
    }
    for requirement in brd.non_functional.iter().filter(|item| item.retired.is_none() && item.category.is_blank()) {
        let item = ItemId::Requirement(requirement.id);
        found.item(item, Rule::BlankName, "it has no category", "Write `category`, such as Security.");
    }
    delta(brd, found);
}

fn twice(brd: &Brd, found: &mut Findings) {
    let mut seen = BTreeSet::new();
    for id in statements(brd).filter_map(|statement| statement.item) {
        if !seen.insert(id.clone()) {
            found.item(id, Rule::IdTwice, "two items have this id", "Give one of them an id of its own.");
        }
    }
}

fn delta(brd: &Brd, found: &mut Findings) {
    for entry in &brd.delta {
        let fields = [
            ("serial", entry.serial.is_none()),
            ("doc id", entry.doc_id.is_blank()),
            ("date", entry.date.is_none()),
            ("status", entry.status.is_blank()),
        ];
        let blank: Vec<&str> = fields.iter().filter(|(_, blank)| *blank).map(|(field, _)| *field).collect();
        if !blank.is_empty() {
            let place = format!("the delta reference “{}”", entry.title);
            found.place(place, Rule::IncompleteDelta, format!("it lacks {}", blank.join(", ")), "Fill it in.");
        }
    }
}
