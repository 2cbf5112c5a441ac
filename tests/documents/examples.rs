//! The examples in the documents work: definitions are sound, scenarios go as they say.

use std::collections::BTreeSet;
use std::fs;

use quorate::brd::changes::{ChangeSet, Reserved, draft};
use quorate::brd::from_yaml;
use quorate::rehearsal::{self, Scenario, Step};
use quorate::sip::RawSipForm;
use quorate::workflow::load;

use super::root;

/// The fenced blocks in a document, each with its place.
fn examples(path: &str, language: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join(path)).unwrap();
    let mut found = Vec::new();
    for (number, part) in text.split(&format!("\n```{language}\n")).enumerate().skip(1) {
        let (example, _) = part.split_once("\n```\n").unwrap();
        found.push((format!("{path}, example {number}"), format!("{example}\n")));
    }
    assert!(!found.is_empty(), "{path} has no examples");
    found
}

#[test]
fn every_definition_shown_is_sound() {
    let whole =
        examples("docs/writing-definitions.md", "yaml").into_iter().filter(|(_, text)| text.starts_with("process: "));
    let mut checked = 0;
    for (place, text) in whole {
        load::load(&place, &text).unwrap_or_else(|problems| panic!("{problems}"));
        checked += 1;
    }
    assert!(checked > 0);
}

#[tokio::test]
async fn every_scenario_shown_goes_as_it_says_and_together_they_show_every_step() {
    let mut shown = BTreeSet::new();
    for (place, text) in examples("docs/writing-scenarios.md", "yaml") {
        let scenario = Scenario::load(&place, &text).unwrap_or_else(|problems| panic!("{problems}"));
        let played = rehearsal::play(&scenario).await.unwrap();
        assert!(played.differences.is_empty(), "{place}: {:?}", played.differences);
        shown.extend(scenario.steps.iter().map(name));
    }
    assert_eq!(shown.len(), STEPS, "the steps shown are {shown:?}");
}

#[test]
fn every_change_set_shown_can_be_drafted() {
    let baseline = from_yaml("baseline", include_str!("../../fixtures/brd/baseline.yaml")).unwrap();
    for (place, text) in examples("docs/writing-change-sets.md", "yaml") {
        let set = ChangeSet::load(&place, &text).unwrap_or_else(|problems| panic!("{problems}"));
        draft(&baseline, set, &Reserved::default()).unwrap_or_else(|problems| panic!("{place}: {problems:?}"));
    }
}

#[test]
fn the_form_shown_to_parties_is_complete() {
    for (place, text) in examples("docs/for-parties.md", "json") {
        let form: RawSipForm = serde_json::from_str(&text).unwrap();
        form.parse().unwrap_or_else(|errors| panic!("{place}: {errors}"));
    }
}

/// How many kinds of step there are.
const STEPS: usize = 35;

fn name(step: &Step) -> &'static str {
    match step {
        Step::Say(_) => "say",
        Step::On(_) => "on",
        Step::After(_) => "after",
        Step::At(_) => "at",
        Step::DownUntil(_) => "down_until",
        Step::Submit(_) => "submit",
        Step::Act(_) => "act",
        Step::Assess(_) => "assess",
        Step::Extend(_) => "extend",
        Step::Consult(_) => "consult",
        Step::ChangeProcess(_) => "change_process",
        Step::Review(_) => "review",
        Step::ImportDefinition(_) => "import_definition",
        Step::Migrate(_) => "migrate",
        Step::Determine(_) => "determine",
        Step::Ballot(_) => "ballot",
        Step::Vote(_) => "vote",
        Step::Escalate(_) => "escalate",
        Step::Meet(_) => "meet",
        Step::Meeting(_) => "meeting",
        Step::ExpectMeeting(_) => "expect_meeting",
        Step::BankHoliday(_) => "bank_holiday",
        Step::Contents(_) => "contents",
        Step::Respond(_) => "respond",
        Step::Late(_) => "late",
        Step::Consider(_) => "consider",
        Step::Waive(_) => "waive",
        Step::Nominate(_) => "nominate",
        Step::ImportBrd(_) => "import_brd",
        Step::ChangeSet(_) => "change_set",
        Step::Duties(_) => "duties",
        Step::SettleConflict(_) => "settle_conflict",
        Step::PublishBrd(_) => "publish_brd",
        Step::ExpectBrd(_) => "expect_brd",
        Step::Expect(_) => "expect",
    }
}
