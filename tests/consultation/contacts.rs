use quorate::consultation::{Agreed, Contacts, ContactsEvent, PartyId, PersonId};

use super::{at, northwind, says};

fn party() -> PartyId {
    PartyId::parse("northwind").unwrap()
}

fn person(id: &str) -> PersonId {
    PersonId::parse(id).unwrap()
}

fn list(events: &[ContactsEvent]) -> Contacts {
    let mut contacts = Contacts::default();
    for event in events {
        contacts.apply(event, at("2026-06-01", 9));
    }
    contacts
}

fn usable(contacts: &Contacts) -> Vec<String> {
    let contacts = contacts.of(&party()).unwrap_or_default().to_vec();
    let agreed = Agreed { respondent: northwind(), contacts, waived: None };
    agreed.usable().map(ToString::to_string).collect()
}

#[test]
fn a_contact_is_usable_until_it_is_marked_otherwise_and_again_once_nominated_anew() {
    let nominated = |id| ContactsEvent::Nominated { party: party(), person: person(id) };
    let unusable = ContactsEvent::Unusable { party: party(), person: person("priya"), why: says("They have left.") };
    assert_eq!(usable(&list(&[nominated("priya"), nominated("noor")])), ["priya", "noor"]);
    assert_eq!(usable(&list(&[nominated("priya"), nominated("noor"), unusable.clone()])), ["noor"]);
    assert_eq!(usable(&list(&[nominated("priya"), unusable, nominated("priya")])), ["priya"]);
}

#[test]
fn a_party_that_never_nominated_anybody_is_told_from_one_that_took_its_contacts_back() {
    let nominated = ContactsEvent::Nominated { party: party(), person: person("priya") };
    let removed = ContactsEvent::Removed { party: party(), person: person("priya") };
    assert!(list(&[]).of(&party()).is_none());
    assert_eq!(list(&[nominated, removed]).of(&party()), Some(&[][..]));
}

#[test]
fn only_a_usable_contact_speaks_for_a_party() {
    let agreed = super::agreed(northwind());
    assert!(agreed.speaks("northwind-contact"));
    assert!(!agreed.speaks("somebody-else"));
}
