//! Setting an installation up, and its lists of people and organisations.

use std::fs;

use super::{Folder, words};

#[test]
fn a_fresh_installation_is_set_up_with_tokens_that_are_shown_once() {
    let folder = Folder::new();
    let (database, tokens) = (folder.new_database(), folder.path("tokens.txt"));
    let tokens = tokens.to_str().unwrap();
    let setup = ["setup", "fixtures/setup.yaml", "--database", &database];
    let said = words(&[&setup[..], &["--tokens", tokens]].concat()).done();
    assert!(said.starts_with("4 organisations and 3 people entered.") && !said.contains("quorate_"), "{said}");
    let kept = fs::read_to_string(tokens).unwrap();
    assert_eq!(kept.lines().filter(|line| line.rsplit('\t').next().is_some_and(|token| token.len() == 72)).count(), 3);
    let again = words(&setup).done();
    assert!(again.contains("set up like this already") && !again.contains("quorate_"), "{again}");
    assert!(words(&[&setup[..], &["--tokens", tokens]].concat()).failed(3).contains("tokens.txt"));
    assert_eq!(fs::read_to_string(tokens).unwrap(), kept, "a file that is there is never written over");
    let other = folder.file("other.yaml", "parties: []\npeople: []\n");
    assert!(words(&["setup", &other, "--database", &database]).failed(1).contains("nobody holds the office secas"));
    assert!(words(&["people", "token", "dcc-1", "--database", &database]).done().starts_with("quorate_"));
}

#[test]
fn a_list_of_people_is_previewed_taken_over_and_written() {
    let folder = Folder::new();
    let database = folder.new_database();
    let run = |line: &[&str]| words(&[line, &["--database", &database]].concat());
    run(&["setup", "fixtures/setup.yaml"]).done();
    let preview = run(&["people", "import", "fixtures/people.csv", "--preview"]).done();
    assert!(preview.contains("added: albion-gas-1 Callum Reid") && preview.contains("Nothing was saved"), "{preview}");
    let done = run(&["people", "import", "fixtures/people.csv"]).done();
    assert!(done.contains("2 added, 0 changed, 0 removed") && done.contains("1 unchanged."), "{done}");
    for name in ["people.csv", "people.xlsx"] {
        let file = folder.path(name);
        run(&["people", "export", "-o", file.to_str().unwrap()]).done();
        let again = run(&["people", "import", file.to_str().unwrap(), "--remove-absent"]).done();
        assert!(
            again.ends_with("0 added, 0 changed, 0 removed, 0 not in the list, and kept, 5 unchanged.\n"),
            "{again}"
        );
    }
    let faulty = folder.file("faulty.csv", "Party,Name,E-mail\nAlbion Gas Network,Ann,a@x.example\n");
    let error = run(&["people", "import", &faulty]).failed(1);
    assert!(error.contains("line 2, Party: there is no organisation") && error.contains("did you mean"), "{error}");
    run(&["people", "remove", "albion-gas-1"]).done();
    let parties = folder.file("parties.csv", "Name,Category\nCastle Power,Large Supplier\n");
    assert!(run(&["parties", "import", &parties]).done().contains("added: castle-power Castle Power"));
    run(&["parties", "remove", "castle-power"]).done();
    assert!(run(&["parties", "remove", "northwind"]).failed(1).contains("people act for it"));
    run(&["people", "export", "-o", "people.ods"]).failed(2);
}
