//! What is written is read back as it was.

use proptest::prelude::*;
use quorate::document::Sheet;
use quorate::roster::{parties_sheet, plan_parties, read_parties};

use super::{
    Absent, Contact, Known, KnownPerson, PartyCategory, Scope, party, people_sheet, person, plan_people, properties,
    read_people, read_table, to_csv, to_xlsx, world,
};

fn both(sheet: &Sheet) -> [Vec<u8>; 2] {
    [to_csv(sheet).into_bytes(), to_xlsx("List", &properties(), std::slice::from_ref(sheet)).unwrap()]
}

/// Neither list changes anything of what it was written from.
fn comes_back(known: &Known) {
    for bytes in both(&people_sheet(known)) {
        let list = read_people(&read_table(&bytes).unwrap()).unwrap_or_else(|faults| panic!("{faults}"));
        let plan = plan_people(&list, known, Scope::All, Absent::Remove, "sofia");
        let plan = plan.unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!((&plan.added, &plan.changed, &plan.removed), (&vec![], &vec![], &vec![]));
        assert_eq!(plan.unchanged, known.people.len());
    }
    for bytes in both(&parties_sheet(known)) {
        let (rows, _) = read_parties(&read_table(&bytes).unwrap()).unwrap_or_else(|faults| panic!("{faults}"));
        let plan = plan_parties(&rows, known, Absent::Remove).unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!((&plan.added, &plan.changed, &plan.removed), (&vec![], &vec![], &vec![]));
    }
}

#[test]
fn the_small_world_comes_back() {
    comes_back(&world());
}

#[test]
fn names_that_a_spreadsheet_would_run_are_disarmed_and_come_back() {
    let mut known = world();
    for (number, name) in
        ["=1+1", "+44", "-x", "@SUM(A1)", "'=x", "''=x", "'plain", "\"q\", \"r\"", "a;b"].iter().enumerate()
    {
        known.people.push(person(&format!("n-{number}"), "northwind", name, "party", Contact::No));
        known.people.last_mut().unwrap().email = format!("n{number}@x.example");
    }
    comes_back(&known);
    for line in to_csv(&people_sheet(&known)).lines() {
        assert!(!line.split(',').any(|cell| cell.trim_matches('"').starts_with(['=', '+', '-', '@'])), "{line}");
    }
}

fn name() -> impl Strategy<Value = String> {
    "[ -~£é’“”–Żא北]{1,30}".prop_map(|name| name.trim().to_owned()).prop_filter("a name", |name| !name.is_empty())
}

prop_compose! {
    fn somebody()(
        which in 0..4_usize, name in name(), address in "[a-z]{1,8}", domain in "[a-z]{1,8}", contact in 0..2_usize,
    ) -> KnownPerson {
        let (party, office) = [("albion-gas", "party"), ("dcc", "dcc"), ("northwind", "party"), ("secas", "secas")][which];
        let asked = office == "party";
        let contact = if asked { [Contact::Yes, Contact::No][contact] } else { Contact::Unstated };
        let mut somebody = person("", party, "x", office, contact);
        somebody.email = format!("{address}@{domain}.example");
        KnownPerson { name, ..somebody }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whoever_is_written_comes_back(people in prop::collection::vec(somebody(), 1..12), called in name()) {
        let mut known = world();
        known.parties.push(party("zz", &format!("Z{called}"), Some(PartyCategory::OtherSecParty)));
        for (number, mut person) in people.into_iter().enumerate() {
            person.id = format!("p-{number}");
            known.people.push(person);
        }
        comes_back(&known);
    }

    #[test]
    fn whatever_is_sent_is_answered(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "[,;\t\"\r\n a-c=é]{0,200}") {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            if let Ok(table) = read_table(bytes) {
                let _ = read_people(&table);
                let _ = read_parties(&table);
            }
        }
    }
}
