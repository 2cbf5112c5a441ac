//! `quorate rehearse` and `quorate demo`.

use super::{Folder, demonstration, quorate, words};

const SCENARIO: &str = "\
title: A Party submits
about: DCC has five Working Days to confirm receipt.
starts: 2025-09-01
steps:
  - submit: { as: priya, call_it: a, form: sip-g }
  - expect: { case: a, state: submitted, owner: dcc, due: { acknowledgement: 2025-09-08 } }
";

#[test]
fn the_scenarios_that_ship_are_named_with_their_titles() {
    let said = quorate("rehearse --list").done();
    assert!(said.contains("sip-g      A small change goes straight through\n"), "{said}");
    let json = quorate("rehearse --list --format json").json();
    assert_eq!(json.as_array().unwrap().len(), said.lines().count());
}

#[test]
fn a_scenario_is_played_by_name_or_from_a_file() {
    let said = quorate("rehearse sip-g --coverage").done();
    assert!(said.starts_with("A small change goes straight through\n"), "{said}");
    assert!(said.contains("transitions, as expected.\n") && said.contains("  not taken: "), "{said}");
    let folder = Folder::new();
    let file = folder.file("mine.yaml", SCENARIO);
    let said = words(&["rehearse", &file]).done();
    assert!(said.contains("Confirm receipt and say what more is needed: by Monday 8 September 2025."), "{said}");
    assert!(!words(&["rehearse", "--quiet", &file]).done().contains("Monday"));
    assert_eq!(words(&["rehearse", &file, "--format", "json"]).json()["differences"].as_array().unwrap().len(), 0);
}

#[test]
fn what_is_not_as_expected_is_said_and_the_answer_is_no() {
    let folder = Folder::new();
    let file = folder.file("mine.yaml", SCENARIO.replace("2025-09-08", "2025-09-09"));
    let answer = words(&["rehearse", &file]);
    assert!(answer.out.contains("1 difference."), "{answer:?}");
    let error = answer.failed(1);
    assert!(
        error.contains("not as expected") && error.contains("2025-09-08") && error.contains("2025-09-09"),
        "{error}"
    );
}

#[test]
fn every_fault_of_a_scenario_file_is_shown_with_its_line() {
    let folder = Folder::new();
    let text = SCENARIO.replace("starts: 2025-09-01", "starts: 2025-09-31").replace("call_it: a", "called: a");
    let file = folder.file("mine.yaml", text);
    let error = words(&["rehearse", &file]).failed(1);
    assert!(error.contains(&format!("{file}:3:")) && error.contains(&format!("{file}:5:")), "{error}");
    assert!(quorate("rehearse absent.yaml").failed(3).contains("absent.yaml: No such file"));
}

#[test]
fn a_scenario_that_is_not_there_or_not_named_is_misuse() {
    assert!(
        quorate("rehearse nothing").failed(2).contains("there is no scenario `nothing`; see `quorate rehearse --list`")
    );
    assert!(quorate("rehearse").failed(2).contains("name a scenario"));
}

#[test]
fn the_demonstration_takes_every_transition_and_proves_its_record() {
    let demo = demonstration();
    let taken: Vec<_> = demo.said.lines().filter(|line| line.ends_with(" transitions taken.")).collect();
    assert_eq!(taken.len(), 7);
    for line in taken {
        let counts: Vec<_> = line.split_whitespace().filter(|word| word.parse::<u32>().is_ok()).collect();
        assert!(matches!(counts[..], [done, all] if done == all), "{line}");
    }
    assert!(!demo.said.contains("NOT AS EXPECTED") && !demo.said.contains("not taken"), "{}", demo.said);
    assert!(demo.said.contains("every hash holds; 29 cases replayed from their events, 0 differ."), "{}", demo.said);
    assert!(demo.said.contains(&format!("{} e-mails written to ", demo.mail.len())), "{}", demo.said);
    assert!(demo.mail.iter().all(|mail| mail.contains("Message-ID: ") && mail.contains("Subject: ")));
}

#[test]
fn the_demonstration_never_writes_over_a_database() {
    let folder = Folder::new();
    folder.file("quorate.db", "mine");
    let error = words(&["demo", "--once", "--data", folder.path("").to_str().unwrap()]).failed(2);
    assert!(error.contains("quorate.db is there already; name an empty folder"), "{error}");
}
