//! The scenarios that come with the program go as they say, and together they take every transition there is.
#![allow(clippy::unwrap_used, reason = "a test ends where something unexpected happens")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Output};
use std::sync::LazyLock;

use quorate::rehearsal::{Played, Rehearsal, SCENARIOS, Scenario, Taken, coverage};
use quorate::service::{self, Proof};
use quorate::workflow::load;
use tempfile::TempDir;

/// Every shipped scenario, played once for all tests: what came of it, and what its journal proves.
static PLAYED: LazyLock<BTreeMap<&'static str, (Played, Proof)>> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut all = BTreeMap::new();
        for shipped in SCENARIOS {
            let scenario = Scenario::load(shipped.name, shipped.text).unwrap();
            all.insert(shipped.name, play(&scenario).await);
        }
        all
    })
});

async fn play(scenario: &Scenario) -> (Played, Proof) {
    let mut rehearsal = Rehearsal::begin("sqlite::memory:", scenario).await.unwrap();
    rehearsal.go_through(scenario, |_| {}).await.unwrap();
    let proof = service::verify_journal(&rehearsal.app).await.unwrap();
    (rehearsal.played().clone(), proof)
}

/// A file with this text, played by the program as people run it.
fn rehearse(text: &str, options: &[&str]) -> Output {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("scenario.yaml");
    #[expect(clippy::disallowed_methods, reason = "the test writes the file that the program reads")]
    std::fs::write(&file, text).unwrap();
    Command::new(env!("CARGO_BIN_EXE_quorate")).arg("rehearse").args(options).arg(&file).output().unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn every_shipped_scenario_goes_as_expected() {
    for (name, (played, _)) in PLAYED.iter() {
        assert!(played.differences.is_empty(), "{name}:\n{}", played.differences.join("\n"));
        assert!(!played.lines.is_empty(), "{name} shows nothing");
    }
}

#[test]
fn the_shipped_scenarios_take_every_transition_of_every_process() {
    let taken: BTreeSet<Taken> = PLAYED.values().flat_map(|(played, _)| played.taken.iter().cloned()).collect();
    let mut missing = Vec::new();
    for definition in load::built_in().unwrap() {
        let (done, all, missed) = coverage(definition, &taken);
        println!("{}: {done} of {all} transitions taken", definition.title);
        missing.extend(missed.into_iter().map(|transition| format!("{}: {transition}", definition.process)));
    }
    assert!(missing.is_empty(), "not taken:\n{}", missing.join("\n"));
}

#[test]
fn at_the_end_of_every_scenario_the_cases_follow_from_the_journal() {
    for (name, (_, proof)) in PLAYED.iter() {
        assert!(proof.cases > 0, "{name} has no cases");
        assert!(proof.differing.is_empty(), "{name}: {}", proof.differing.join(", "));
    }
}

#[test]
fn the_demonstration_ends_on_a_friday_morning() {
    let (played, _) = &PLAYED["demo"];
    let last = played.lines.iter().map(|line| line.at).max().unwrap();
    assert_eq!(last.to_rfc3339(), "2026-05-29T09:00:00+00:00");
}

const WRONG: &str = "
title: Wrong
about: The second expectation is wrong.
starts: 2025-11-03
steps:
  - submit: { as: priya, call_it: g, form: sip-g }
  - expect: { case: g, state: submitted }
  - expect: { case: g, state: backlog, due: { acknowledgement: 2025-11-11 } }
";

#[test]
fn a_wrong_expectation_is_shown_beside_what_is_so_and_the_answer_is_no() {
    let output = rehearse(WRONG, &[]);
    assert_eq!(output.status.code(), Some(1));
    let difference = "step 3: g: state should be `backlog`, is `submitted`; \
                      g: clock acknowledgement should be `2025-11-11`, is `2025-11-10`";
    let told = words(&output.stderr);
    assert!(told.starts_with("quorate: not as expected:\n") && told.trim_end().ends_with(difference), "{told}");
    let shown = words(&output.stdout);
    assert!(shown.contains(&format!("NOT AS EXPECTED: {difference}")), "{shown}");
    assert!(shown.trim_end().ends_with("scenario.yaml: 3 steps, 1 transition, 1 difference."), "{shown}");
}

#[test]
fn what_should_be_refused_and_is_not_is_a_difference() {
    let text = WRONG.replace("form: sip-g }", "form: sip-g, refused: never }");
    let told = words(&rehearse(&text, &["--quiet"]).stderr);
    assert!(told.contains("step 1: it was done, but should be refused with `never`"), "{told}");
    assert!(told.contains("step 2: nothing is called `g` yet"), "{told}");
}

#[test]
fn the_journal_is_expected_in_its_order_and_word_for_word() {
    let expect = |what: &str| WRONG.replace("state: submitted", what);
    let told = |what: &str| words(&rehearse(&expect(what), &["--quiet"]).stderr);
    assert!(!told("journal: [case_opened]").contains("step 2"));
    assert!(
        told("journal: [accept, case_opened]").contains("step 2: g: the journal should have `accept` in its place")
    );
    assert!(!told("verbatim: [Installers ask about an address once]").contains("step 2"));
    assert!(
        told("verbatim: [Installers ask]")
            .contains("step 2: g: the journal should have `Installers ask` word for word")
    );
}

#[test]
fn a_malformed_scenario_has_every_problem_told_with_its_line() {
    let text = "title: Malformed
starts: 2025-13-03
steps:
  - submit: { as: priya, call_it: g, frm: sip-g }
  - dance: yes
  - after: soon
";
    let output = rehearse(text, &[]);
    assert_eq!(output.status.code(), Some(1));
    let told = words(&output.stderr);
    for problem in [
        ":1:1: the field `about` is missing",
        ":2:9: starts: this is not a date",
        ":4:38: steps[0].submit: unknown field `frm`. Did you mean `form`?",
        ":5:5: steps[1]: `dance` is not one of the choices",
        ":6:12: steps[2].after: \"soon\" is not a number of Working Days",
    ] {
        assert!(told.contains(problem), "{problem} is missing from:\n{told}");
    }
    assert!(output.stdout.is_empty());
}

#[test]
fn a_day_and_a_case_are_written_once_and_each_act_names_the_person() {
    let shown = words(&rehearse(WRONG, &[]).stdout);
    let day = "  Monday 3 November 2025      10:00  P-2025-0001   Priya Nair: Opened under version 1.0 of the SSI Change \
               Governance Process.\n";
    let below = format!("{:51}Confirm receipt and say what more is needed: by Monday 10 November 2025.\n", "");
    assert!(shown.contains(&format!("{day}{below}")), "{shown}");
}

#[test]
fn the_list_names_every_scenario_with_its_title_in_the_order_to_read_them() {
    let output = Command::new(env!("CARGO_BIN_EXE_quorate")).args(["rehearse", "--list"]).output().unwrap();
    let list = words(&output.stdout);
    assert_eq!(list.lines().count(), SCENARIOS.len());
    assert!(list.starts_with("sip-g      A small change goes straight through\n"), "{list}");
    assert!(list.trim_end().ends_with("demo       A year of improvements"), "{list}");
}
