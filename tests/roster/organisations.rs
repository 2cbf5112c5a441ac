//! Lists of organisations compared with what is known.

use quorate::document::read_table;
use quorate::roster::{Absent, Faults, PartiesPlan, plan_parties, read_parties};

use super::world;

fn planned(text: &str, absent: Absent) -> Result<PartiesPlan, Faults> {
    let (rows, notes) = read_parties(&read_table(text.as_bytes()).unwrap())?;
    assert!(notes.is_empty());
    plan_parties(&rows, &world(), absent)
}

#[test]
fn new_organisations_get_an_id_of_their_name_and_known_ones_are_found_by_it() {
    let text = "Party,Category\nCastle Power Ltd.,Large Suppliers\nNORTHWIND energy supply,\nHelpdesk,not a Party\n";
    let plan = planned(text, Absent::Keep).unwrap();
    let added: Vec<_> = plan.added.iter().map(|party| (party.id.as_str(), party.category.is_some())).collect();
    assert_eq!(added, [("castle-power", true), ("helpdesk", false)]);
    assert_eq!((plan.unchanged, plan.changed.len(), plan.kept.len()), (1, 0, 3));
}

#[test]
fn an_organisation_is_renamed_by_its_id() {
    let plan = planned("Id,Name,Category\nnorthwind,Northwind plc,Small Supplier\n", Absent::Keep).unwrap();
    let change = &plan.changed[0];
    let words: Vec<_> = change.differences.iter().map(|difference| difference.after.as_str()).collect();
    assert_eq!((change.party.id.as_str(), words), ("northwind", vec!["Northwind plc", "Small Supplier"]));
}

#[test]
fn every_faulty_row_is_told() {
    let table = [
        ("Name,Category\nCastle,Bank\n", "line 2, Category: "),
        ("Name,Category\nCastle,\n", "line 2, Category: it is empty, and the organisation is new"),
        ("Id,Name,Category\nnorthwind,Northwind,not a Party\n", "people of Northwind Energy Supply Ltd hold offices"),
        ("Id,Name\nnorthwind,N\nnorthwind,M\n", "line 3, Id: \"northwind\" stands in the list twice"),
        ("Id,Name\nnorthwind,DCC\n", "two organisations would be called \"DCC\""),
        ("Name,Category\n北,Large Supplier\n", "line 2, Id: no id can be made of this name"),
    ];
    for (text, words) in table {
        let told = planned(text, Absent::Keep).unwrap_err().to_string();
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn an_organisation_for_which_people_act_is_not_removed() {
    let told = planned("Id,Name\ndcc,DCC\nsecas,SECAS\nnorthwind,N\n", Absent::Remove).unwrap_err().to_string();
    assert!(told.contains("people act for Albion Gas Networks"), "{told}");
}
