//! What a fresh installation begins with.

use quorate::roster::read_setup;

const SMALL: &str = "\
parties:
  - { id: dcc, name: DCC, category: DCC }
  - { id: secas, name: SECAS }
people:
  - { party: dcc, name: Dana Okafor, email: dana@dcc.example }
  - { id: sofia, party: secas, name: Sofia Marsh, email: sofia@secas.example, offices: [secas] }
";

#[test]
fn a_small_one_is_read_with_the_usual_offices() {
    let known = read_setup("setup.yaml", SMALL).unwrap();
    let people: Vec<_> = known.people.iter().map(|person| (person.id.as_str(), person.offices.join(" "))).collect();
    assert_eq!(people, [("dcc-1", "dcc".to_owned()), ("sofia", "secas".to_owned())]);
    assert_eq!(known.parties.len(), 2);
}

#[test]
fn the_example_is_sound() {
    let known = read_setup("setup.yaml", include_str!("../../fixtures/setup.yaml")).unwrap();
    assert!(known.people.len() >= 3);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let table = [
        ("email: dana@dcc.example", "email: dana", "line 5, E-mail: \"dana\" does not have one @"),
        ("offices: [secas]", "offices: [boss]", "line 6, Offices: there is no office \"boss\""),
        ("category: DCC }", "category: Bank }", "line 2, Category: "),
        ("id: dcc,", "id: D C,", "line 2, Id: \"D C\" is no id"),
        ("party: dcc,", "party: dco,", "line 5, Party: there is no organisation \"dco\""),
        ("name: DCC, category: DCC }", "name: DCC }", "people: nobody holds the office dcc; add a person of"),
        ("people:", "persons:", "persons"),
    ];
    for (from, to, words) in table {
        let error = read_setup("setup.yaml", &SMALL.replace(from, to)).unwrap_err().to_string();
        assert!(error.contains(words), "{words}\n{error}");
    }
}
