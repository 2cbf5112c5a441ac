//! Lists of people and organisations: what is read, what is refused, and what taking one over would change.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test ends where something unexpected happens"
)]

use std::collections::BTreeSet;

use quorate::document::{Properties, read_table, to_csv, to_xlsx};
use quorate::roster::{
    Absent, Contact, Faults, Known, KnownParty, KnownPerson, PeoplePlan, Scope, people_sheet, plan_people, read_people,
};
use quorate::sip::PartyCategory;

#[path = "roster/files.rs"]
mod files;
#[path = "roster/organisations.rs"]
mod organisations;
#[path = "roster/people.rs"]
mod people;
#[path = "roster/round_trip.rs"]
mod round_trip;
#[path = "roster/setup.rs"]
mod setup;

fn party(id: &str, name: &str, category: Option<PartyCategory>) -> KnownParty {
    KnownParty { id: id.to_owned(), name: name.to_owned(), category }
}

fn person(id: &str, party: &str, name: &str, office: &str, contact: Contact) -> KnownPerson {
    let email = format!("{}@{party}.example", name.to_lowercase().replace(' ', "."));
    let offices = vec![office.to_owned()];
    KnownPerson { id: id.to_owned(), party: party.to_owned(), name: name.to_owned(), email, offices, contact }
}

/// A small world.
fn world() -> Known {
    Known {
        parties: vec![
            party("albion-gas", "Albion Gas Networks", Some(PartyCategory::GasNetworkOperator)),
            party("dcc", "DCC", Some(PartyCategory::Dcc)),
            party("northwind", "Northwind Energy Supply Ltd", Some(PartyCategory::LargeSupplier)),
            party("secas", "SECAS", None),
        ],
        people: vec![
            person("callum", "albion-gas", "Callum Reid", "party", Contact::Yes),
            person("dana", "dcc", "Dana Okafor", "dcc", Contact::Unstated),
            person("priya", "northwind", "Priya Nair", "party", Contact::Yes),
            person("northwind-1", "northwind", "Omar Said", "party", Contact::No),
            person("sofia", "secas", "Sofia Marsh", "secas", Contact::Unstated),
        ],
        left: BTreeSet::from(["northwind-2".to_owned()]),
    }
}

fn planned(text: &str, known: &Known, scope: Scope<'_>, absent: Absent) -> Result<PeoplePlan, Faults> {
    let list = read_people(&read_table(text.as_bytes()).unwrap())?;
    plan_people(&list, known, scope, absent, "sofia")
}

/// What taking a list over comes to.
fn plan(text: &str) -> PeoplePlan {
    planned(text, &world(), Scope::All, Absent::Keep).unwrap_or_else(|faults| panic!("{faults}"))
}

/// What is wrong with a list.
fn faults(text: &str) -> String {
    planned(text, &world(), Scope::All, Absent::Keep).unwrap_err().to_string()
}

fn properties() -> Properties {
    let text = String::new;
    Properties { reference: text(), classification: text(), date: "2026-01-05".parse().unwrap(), author: text() }
}
