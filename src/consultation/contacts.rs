//! The agreed contact list: who is asked on behalf of each Party, and why a Party has nobody (R33).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{PartyId, PersonId};
use super::pack::Respondent;
use super::text::Statement;

/// A person nominated to be asked on behalf of a Party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Who.
    pub person: PersonId,
    /// Whether they can be reached.
    pub standing: Standing,
}

/// Whether a contact can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// As far as anybody knows.
    Usable,
    /// Not any more.
    Unusable {
        /// Why, such as "messages come back".
        why: Statement,
        /// Since when.
        since: DateTime<Utc>,
    },
}

/// The contacts of every Party that has nominated any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Contacts(BTreeMap<PartyId, Vec<Contact>>);

/// What happens to the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactsEvent {
    /// A person is now asked on behalf of a Party, or can be reached again.
    Nominated {
        /// The Party.
        party: PartyId,
        /// The person.
        person: PersonId,
    },
    /// A contact cannot be reached.
    Unusable {
        /// The Party.
        party: PartyId,
        /// The person.
        person: PersonId,
        /// Why.
        why: Statement,
    },
    /// A person is no longer asked on behalf of a Party.
    Removed {
        /// The Party.
        party: PartyId,
        /// The person.
        person: PersonId,
    },
}

impl Contacts {
    /// Applies what has happened.
    pub fn apply(&mut self, event: &ContactsEvent, at: DateTime<Utc>) {
        match event.clone() {
            ContactsEvent::Nominated { party, person } => {
                self.put(party, Contact { person, standing: Standing::Usable });
            }
            ContactsEvent::Unusable { party, person, why } => {
                self.put(party, Contact { person, standing: Standing::Unusable { why, since: at } });
            }
            ContactsEvent::Removed { party, person } => {
                let contacts = self.0.entry(party).or_default();
                contacts.retain(|contact| contact.person != person);
            }
        }
    }

    /// The contacts of a Party in the order they were nominated; none if it never nominated any.
    pub fn of(&self, party: &PartyId) -> Option<&[Contact]> {
        self.0.get(party).map(Vec::as_slice)
    }

    fn put(&mut self, party: PartyId, contact: Contact) {
        let contacts = self.0.entry(party).or_default();
        match contacts.iter_mut().find(|known| known.person == contact.person) {
            Some(known) => *known = contact,
            None => contacts.push(contact),
        }
    }
}

/// A Party as a consultation asks it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The Party.
    pub respondent: Respondent,
    /// Its contacts.
    pub contacts: Vec<Contact>,
    /// Why it may go without a usable contact, where it has none.
    pub waived: Option<Statement>,
}

impl Agreed {
    /// The people who can be reached: they are told, and they may respond.
    pub fn usable(&self) -> impl Iterator<Item = &PersonId> {
        self.contacts.iter().filter(|contact| contact.standing == Standing::Usable).map(|contact| &contact.person)
    }

    /// Whether a person responds on behalf of the Party.
    pub fn speaks(&self, person: &str) -> bool {
        self.usable().any(|id| id.as_str() == person)
    }
}
