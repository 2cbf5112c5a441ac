//! Lists in the form in which reading them changes nothing.

use super::columns::{CATEGORY, CONTACT, EMAIL, ID, NAME, OFFICES, PARTY, PARTY_NAME};
use super::known::{Contact, Known, KnownPerson};
use super::parties::category_words;
use crate::document::{Sheet, Value};

/// Everybody, by organisation as the facts have them.
pub fn people_sheet(known: &Known) -> Sheet {
    let mut sheet = Sheet::new("People", [PARTY, PARTY_NAME, ID, NAME, EMAIL, OFFICES, CONTACT]);
    for party in &known.parties {
        for person in known.people.iter().filter(|person| person.party == party.id) {
            sheet.row(person_row(&party.name, person));
        }
    }
    sheet
}

fn person_row(party_name: &str, person: &KnownPerson) -> [Value; 7] {
    let contact = match person.contact {
        Contact::Yes => "yes",
        Contact::No => "no",
        Contact::Unstated => "",
    };
    [
        person.party.as_str().into(),
        party_name.into(),
        person.id.as_str().into(),
        person.name.as_str().into(),
        person.email.as_str().into(),
        person.offices.join(", ").into(),
        contact.into(),
    ]
}

/// Every organisation.
pub fn parties_sheet(known: &Known) -> Sheet {
    let mut sheet = Sheet::new("Organisations", [ID, NAME, CATEGORY]);
    for party in &known.parties {
        sheet.row([party.id.clone(), party.name.clone(), category_words(party.category)]);
    }
    sheet
}
