//! What a fresh installation begins with.

use serde::Deserialize;
use thiserror::Error;

use super::columns::{CATEGORY, EMAIL, OFFICES};
use super::faults::Faults;
use super::known::{Contact, Known, KnownPerson, Office, Scope};
use super::parties::{PartyRow, Stated, plan_parties};
use super::people::{PersonRow, PersonRows, read_id, read_name};
use super::plan::{Absent, plan_people};
use crate::sip::{EmailAddress, Mend, PartyCategory};
use crate::yaml::{self, Document, Limits, Problems};

/// Room for some thousands of people.
const LIMITS: Limits = Limits { bytes: 1 << 20, depth: 8, nodes: 100_000, problems: 50 };

/// The organisations and people of a fresh installation, as somebody wrote them down.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Setup {
    parties: Vec<Party>,
    people: Vec<Person>,
}

/// Why an installation cannot begin with what was written down.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SetupError {
    /// It is not the YAML it should be.
    #[error("{0}")]
    Yaml(#[from] Problems),
    /// Something it names cannot be.
    #[error("{0}")]
    Faults(#[from] Faults),
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Party {
    id: String,
    name: String,
    category: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    id: Option<String>,
    party: String,
    name: String,
    email: String,
    offices: Option<Vec<String>>,
}

/// Reads the organisations and people a fresh installation begins with, as they will be known; `file` is only the name
/// used in problems.
///
/// # Errors
///
/// Whatever is faulty, with its line; and when nobody would act for SECAS or for DCC.
pub fn read_setup(file: &str, text: &str) -> Result<Known, SetupError> {
    let Document { value: Setup { parties, people }, spans } = yaml::load(file, text, LIMITS)?;
    let line = |list: &str, at: usize| spans.locate(&format!("{list}[{at}]")).0;
    let mut faults = Faults::default();
    let rows = parties.iter().enumerate().map(|(at, party)| party.row(line("parties", at), &mut faults));
    let parties: Vec<_> = rows.collect();
    let rows = people.iter().enumerate().map(|(at, person)| person.row(line("people", at), &mut faults)).collect();
    faults.or(())?;
    let mut known = Known::default();
    known.parties = plan_parties(&parties, &known, Absent::Keep)?.added;
    let list = PersonRows { rows, notes: Vec::new() };
    known.people = plan_people(&list, &known, Scope::All, Absent::Keep, "")?.added;
    can_work(&known)?;
    Ok(known)
}

/// A consultation cannot be issued without SECAS, nor a SIP be validated without DCC.
fn can_work(known: &Known) -> Result<(), Faults> {
    let mut faults = Faults::default();
    for office in [Office::Secas, Office::Dcc] {
        if !known.people.iter().any(|person: &KnownPerson| person.offices.iter().any(|held| held == office.as_str())) {
            let mend = format!("add a person of an organisation {}", whose(office));
            faults.whole("people", format!("nobody holds the office {office}"), mend);
        }
    }
    faults.or(())
}

fn whose(office: Office) -> &'static str {
    if office == Office::Secas { "without a category" } else { "with the category DCC" }
}

impl Party {
    fn row(&self, at: usize, faults: &mut Faults) -> PartyRow {
        let category = self.category.as_deref().map(PartyCategory::parse).transpose().unwrap_or_else(|error| {
            faults.at(at, CATEGORY, error.to_string(), error.mend());
            None
        });
        let (id, name) = (read_id(at, &self.id, faults), read_name(at, &self.name, faults));
        let category = category.map_or(Stated::NotAParty, Stated::Category);
        PartyRow { line: at, id: Some(id), name, category }
    }
}

impl Person {
    fn row(&self, at: usize, faults: &mut Faults) -> PersonRow {
        let email = EmailAddress::parse(&self.email);
        if let Err(error) = &email {
            faults.at(at, EMAIL, error.to_string(), error.mend());
        }
        PersonRow {
            line: at,
            party: Some(self.party.clone()),
            party_name: None,
            id: self.id.as_deref().map(|id| read_id(at, id, faults)),
            name: read_name(at, &self.name, faults),
            email: email.map(|email| email.to_string()).unwrap_or_default(),
            offices: self.offices.as_ref().map(|offices| read_offices(at, offices, faults)),
            contact: Contact::Unstated,
        }
    }
}

fn read_offices(at: usize, offices: &[String], faults: &mut Faults) -> Vec<Office> {
    let mut held = Vec::new();
    for word in offices {
        match Office::read(word) {
            Some(office) => held.push(office),
            None => {
                faults.at(at, OFFICES, format!("there is no office {word:?}"), "write party, dcc or secas");
            }
        }
    }
    held
}
