//! What is known before a list is read.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use serde::Serialize;

use super::likeness::{nearest, plain};
use crate::sip::PartyCategory;

/// Everybody there is, as facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The organisations.
    pub parties: Vec<KnownParty>,
    /// The people.
    pub people: Vec<KnownPerson>,
    /// Ids of people who left. The record names them, so nobody else gets one.
    pub left: BTreeSet<String>,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownParty {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its Party category; none for one that is not a Party, such as SECAS.
    pub category: Option<PartyCategory>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownPerson {
    /// Their id.
    pub id: String,
    /// The id of their organisation.
    pub party: String,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// The offices they hold.
    pub offices: Vec<String>,
    /// Whether consultations reach the organisation through them.
    pub contact: Contact,
}

/// Whether consultations reach an organisation through a person (R33).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    /// They do.
    Yes,
    /// They do not.
    No,
    /// Nobody said; for a person of an organisation that consultations do not ask, nobody can.
    Unstated,
}

/// An office somebody can hold by being entered with it. Membership of a body is in its terms of reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    /// Acts for a SEC Party.
    Party,
    /// Acts for DCC.
    Dcc,
    /// Acts for SECAS.
    Secas,
}

/// Whose people a list may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// Everybody's.
    All,
    /// Those of the organisation with this id.
    Own(&'a str),
}

impl Office {
    /// Every office.
    pub const ALL: [Self; 3] = [Self::Party, Self::Dcc, Self::Secas];

    /// Its name in the record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Dcc => "dcc",
            Self::Secas => "secas",
        }
    }

    /// Reads an office in the words people use.
    pub(super) fn read(text: &str) -> Option<Self> {
        match plain(text).as_str() {
            "party" | "sec party" | "representative" | "party representative" => Some(Self::Party),
            "dcc" | "data communications" => Some(Self::Dcc),
            "secas" | "code administrator" | "secretary" | "secretariat" => Some(Self::Secas),
            _ => None,
        }
    }

    /// The office that people of an organisation hold unless something else is said.
    pub const fn usual(category: Option<PartyCategory>) -> Self {
        match category {
            None => Self::Secas,
            Some(PartyCategory::Dcc) => Self::Dcc,
            Some(_) => Self::Party,
        }
    }

    /// Whether people of an organisation can hold it. DCC is a Party too (R1).
    pub const fn suits(self, category: Option<PartyCategory>) -> bool {
        match self {
            Self::Party => category.is_some(),
            Self::Dcc => matches!(category, Some(PartyCategory::Dcc)),
            Self::Secas => category.is_none(),
        }
    }
}

impl Display for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Known {
    /// The organisation with an id.
    pub(super) fn party(&self, id: &str) -> Option<&KnownParty> {
        self.parties.iter().find(|party| party.id == id)
    }

    /// The organisation that a cell names by id or by name; else the name most like it.
    pub(super) fn party_named(&self, given: &str) -> Result<&KnownParty, Option<&str>> {
        let by_id = self.parties.iter().find(|party| party.id == given || party.id == given.to_lowercase());
        let exact = || self.parties.iter().find(|party| party.name == given);
        let wanted = plain(given);
        let mut alike = self.parties.iter().filter(|party| plain(&party.name) == wanted);
        if let Some(party) = by_id.or_else(exact) {
            return Ok(party);
        }
        match (alike.next(), alike.next()) {
            (Some(party), None) => Ok(party),
            _ => Err(nearest(given, self.parties.iter().flat_map(|party| [party.name.as_str(), party.id.as_str()]))),
        }
    }
}

impl KnownParty {
    /// Whether consultations ask it: every Party but DCC, on whose behalf they are issued.
    pub fn is_asked(&self) -> bool {
        self.category.is_some_and(|category| category != PartyCategory::Dcc)
    }
}
