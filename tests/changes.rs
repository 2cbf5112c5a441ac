//! Change sets: drafted, applied, brought together, published, and traced back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test ends where something unexpected happens"
)]

use std::sync::LazyLock;

use quorate::brd::Brd;
use quorate::brd::changes::{Change, ChangeSet, ItemName, Reserved, SipName, draft};
use quorate::yaml::{self, Limits};

#[path = "changes/apply.rs"]
mod apply;
#[path = "changes/merge.rs"]
mod merge;
#[path = "changes/properties.rs"]
mod properties;
#[path = "changes/versions.rs"]
mod versions;

/// A baseline of a few items.
const SMALL: &str = "
brd: 1
version: V1.0.9
title: SSI Baseline Requirements Document
business_drivers:
  - { id: BD1, text: Parties find out for themselves. }
domains:
  - { id: BFD01, name: Service Management, text: Incidents. }
  - { id: BFD05, name: Forward Schedule, text: Planned changes. }
  - { id: BFD07, name: Coverage, text: Network coverage. }
process_maps:
  - { id: PM1, epic: Raise Incident, domain: BFD01, text: As a User I raise an incident. }
  - { id: PM13, epic: View Planned Changes, domain: BFD05, text: As a User I see what is planned. }
components:
  - { id: UC_RaiseSMI_001, name: Raise Incident, domain: BFD01, text: Raises incidents. }
  - { id: UC_Schedule_001, name: Forward Schedule, domain: BFD05, text: Shows planned changes. }
requirements:
  - { id: SSI-FR-6, heading: Raise, domain: BFD01, process_map: PM1, component: UC_RaiseSMI_001, moscow: Must,
      text: The form shall ask for the category and the description of the incident. }
  - { id: SSI-FR-6a, domain: BFD01, process_map: PM1, component: UC_RaiseSMI_001, moscow: Must,
      text: The list shall show every incident of the organisation. }
  - { id: SSI-FR-7, domain: BFD05, process_map: PM13, component: UC_Schedule_001, moscow: Must,
      text: The schedule shall show planned maintenance as BFD05 says. }
  - { id: SSI-FR-16, domain: BFD05, process_map: PM13, component: UC_Schedule_001, moscow: Must,
      text: The schedule shall have a calendar. }
non_functional:
  - { id: SSI-NFR-1, category: Security, process_map: All, moscow: Must,
      text: Users shall be authenticated by SAML before anything is shown. }
roles: [All Access, Logistics]
access:
  - { domain: BFD01, name: Raise incidents, components: [UC_RaiseSMI_001], roles: [All Access] }
  - { domain: BFD05, name: View schedule, components: [UC_Schedule_001], roles: [All Access, Logistics] }
glossary:
  - { serial: 1, term: SSI, text: Self-Service Interface }
references:
  - { serial: 1, title: SEC H8.8 }
allocated_elsewhere:
  - { first: SSI-FR-17, last: SSI-FR-21, reason: Numbered in other documents. }
";

fn small() -> Brd {
    static READ: LazyLock<Brd> = LazyLock::new(|| yaml::load("small.yaml", SMALL, Limits::default()).unwrap().value);
    READ.clone()
}

fn sip(number: usize) -> SipName {
    SipName::parse(&format!("SIP-{number:04}")).unwrap()
}

fn item(name: &str) -> ItemName {
    ItemName::parse(name).unwrap()
}

/// A change set as it is written, not yet drafted.
fn written(number: usize, changes: &str) -> ChangeSet {
    let text = format!("sip: SIP-{number:04}\nbase: V1.0.9\nchanges:\n{changes}");
    ChangeSet::load("changes.yaml", &text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A change set drafted on a baseline.
fn drafted_on(brd: &Brd, number: usize, changes: &str) -> ChangeSet {
    draft(brd, written(number, changes), &Reserved::default()).unwrap().set
}

/// A change set drafted on the small baseline.
fn drafted(number: usize, changes: &str) -> ChangeSet {
    drafted_on(&small(), number, changes)
}

/// The text of an item of a baseline.
fn text(brd: &Brd, id: &str) -> String {
    let text = |id: &str| {
        let functional = brd.requirements.iter().find(|item| item.id.to_string() == id).map(|item| &item.text);
        functional.or_else(|| brd.non_functional.iter().find(|item| item.id.to_string() == id).map(|item| &item.text))
    };
    text(id).unwrap().to_string()
}

fn words(problems: &[impl ToString]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

/// The changes of a set about an item.
fn about<'a>(set: &'a ChangeSet, name: &str) -> Vec<&'a Change> {
    set.changes.iter().filter(|change| change.item() == Some(&item(name))).collect()
}
