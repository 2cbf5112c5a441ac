//! Whether the access matrix and the components fit (R62).

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Findings, Rule};
use super::traces;
use crate::brd::ids::ComponentId;
use crate::brd::item::{Item, ItemId};
use crate::brd::model::{AccessRow, Brd};

pub(super) fn check(brd: &Brd, found: &mut Findings) {
    let mut rows: BTreeMap<&ComponentId, Vec<&AccessRow>> = BTreeMap::new();
    for row in &brd.access {
        for component in &row.components {
            rows.entry(component).or_default().push(row);
        }
        check_row(brd, row, found);
    }
    if brd.access.is_empty() {
        return;
    }
    for component in brd.components.iter().filter(|component| component.is_active()) {
        let item = ItemId::Component(component.id.clone());
        match rows.get(&component.id).map_or(&[][..], Vec::as_slice) {
            [] => {
                let what = "no row of the access matrix names it";
                found.item(item, Rule::NoAccessRow, what, "Add it to a row, so that it is clear who may use it.");
            }
            [_] => {}
            rows => {
                let names = rows.iter().map(|row| format!("“{}”", row.key())).collect::<Vec<_>>().join(" and ");
                let what = format!("the access matrix names it in {names}");
                found.item(item, Rule::AccessTwice, what, "Leave it in one row.");
            }
        }
    }
}

fn check_row(brd: &Brd, row: &AccessRow, found: &mut Findings) {
    let place = format!("the access row “{}”", row.key());
    if row.name.is_blank() {
        found.place(&place, Rule::BlankName, "it has no name", "Name what its components are together.");
    }
    row_domain(brd, row, &place, found);
    for id in &row.components {
        match brd.component(id) {
            None => {
                let what = format!("it names {id}, which does not exist");
                found.place(&place, Rule::DanglingTrace, what, "Name a component of this document.");
            }
            Some(component) if !component.is_active() => {
                let what = format!("it names {id}, which is no longer in use");
                found.place(&place, Rule::RetiredTrace, what, "Take it out.");
            }
            Some(_) => {}
        }
    }
    let known: BTreeSet<_> = brd.roles.iter().collect();
    for role in row.roles.iter().filter(|role| !known.contains(role)) {
        let what = format!("it gives access to “{role}”, which is no role of this document");
        found.place(&place, Rule::UnknownRole, what, "Write a role as it stands in `roles`, or add it there.");
    }
}

/// The domain of a row, and whether it is that of its components.
fn row_domain(brd: &Brd, row: &AccessRow, place: &str, found: &mut Findings) {
    let Some(domain) = row.domain else {
        return found.place(place, Rule::MissingTrace, "it stands under no domain", "Write `domain`.");
    };
    let misprint = traces::misprint(brd, domain);
    let domain = if misprint.is_some() { domain.meant().unwrap_or(domain) } else { domain };
    if let Some((what, mend)) = misprint {
        found.place(place, Rule::MisspeltId, what, mend);
    }
    match brd.domain(&domain) {
        None => {
            let what = format!("it stands under {domain}, which does not exist");
            found.place(place, Rule::DanglingTrace, what, "Write the id of a domain of this document.");
        }
        Some(target) if !target.is_active() => {
            let what = format!("it stands under {domain}, which is no longer in use");
            found.place(place, Rule::RetiredTrace, what, "Move it to the domain that takes its place.");
        }
        Some(_) => {}
    }
    let others = row.components.iter().filter_map(|id| brd.component(id));
    for other in others.filter(|other| other.domain.is_some_and(|own| own != domain)) {
        let own = other.domain.map_or_else(String::new, |own| own.to_string());
        let what = format!("it stands under {domain}, but {} belongs to {own}", other.id);
        found.place(place, Rule::AccessDomain, what, "Check that the right component is named.");
    }
}
