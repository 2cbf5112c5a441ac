//! Of everything that can happen a definition says who hears, or that nobody does.
#![allow(clippy::panic, reason = "a test that cannot go on fails")]

use chrono::DateTime;
use quorate::calendar::{Division, Edition, london_date};
use quorate::workflow::check::transitions;
use quorate::workflow::load::{BUILT_IN, built_in, load};
use quorate::workflow::migrate::Move;
use quorate::workflow::{
    ClockSpec, Command, Definition, Event, Facts, Notify, Record, Remind, RoleName, Rules, Template, Value, WhenDue,
    decide, open, replay,
};

/// Where a definition says who hears of an event.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    /// In `notify_at_start`.
    AtStart,
    /// In the `notify` of the action that brought it about.
    WithItsAction,
    /// In the `remind` of its clock.
    InRemind,
    /// In the `when_due` of its clock.
    InWhenDue,
    /// In the `extension` of its clock.
    InExtension,
    /// In `when_a_date_moves`.
    WhenADateMoves,
    /// In `notify_on_migration`.
    OnMigration,
    /// It is the telling itself.
    Told,
    /// Nowhere: a date that stays as people know it is no news.
    NoNews,
}

/// Without a wildcard, so that an event without its place does not compile.
fn said(event: &Event) -> Said {
    match event {
        Event::CaseOpened { .. } => Said::AtStart,
        Event::ActionTaken { .. }
        | Event::Stated { .. }
        | Event::FactSet { .. }
        | Event::DeterminationMade(_)
        | Event::NumberAssigned { .. }
        | Event::TimetableSet(_)
        | Event::ClockStarted { .. }
        | Event::ClockPaused { .. }
        | Event::ClockMet { .. }
        | Event::ClockStopped { .. }
        | Event::MembersAdded { .. }
        | Event::MemberDropped { .. }
        | Event::MemberLeft { .. }
        | Event::MembersTook { .. }
        | Event::BatchLeft { .. }
        | Event::DefinitionActivated { .. }
        | Event::PrioritiesJoined
        | Event::Reranked { .. }
        | Event::BallotCounted { .. }
        | Event::BallotEnded { .. }
        | Event::TermsAdopted { .. }
        | Event::BodyDissolved
        | Event::ContentsIssued
        | Event::CollationReferred => Said::WithItsAction,
        Event::ReminderRaised { .. } => Said::InRemind,
        Event::ClockOverdue { .. } => Said::InWhenDue,
        Event::ClockExtended { .. } => Said::InExtension,
        Event::ClockResumed { .. } | Event::DeadlineMoved { .. } => Said::WhenADateMoves,
        Event::Migrated { .. } => Said::OnMigration,
        Event::NoticeRaised { .. } => Said::Told,
        Event::DeadlineKept { .. } | Event::EditionAdopted { .. } => Said::NoNews,
    }
}

fn definitions() -> &'static [Definition] {
    built_in().unwrap_or_else(|problems| panic!("{problems}"))
}

fn reaches_someone(definition: &Definition, notice: &str) -> bool {
    definition.notices.get(notice).is_some_and(|notice| !notice.to.is_empty())
}

fn is_said(definition: &Definition, notify: &Notify) -> bool {
    match notify {
        Notify::Nobody => true,
        Notify::Notices(notices) => {
            !notices.is_empty() && notices.iter().all(|notice| reaches_someone(definition, notice.as_str()))
        }
    }
}

/// Every place of a definition that says who hears of something, with whether it says so.
fn places(definition: &Definition) -> Vec<(String, bool)> {
    let mut places = vec![
        ("notify_at_start".to_owned(), is_said(definition, &definition.notify_at_start)),
        ("notify_on_migration".to_owned(), is_said(definition, &definition.notify_on_migration)),
        ("when_a_date_moves".to_owned(), reaches_someone(definition, definition.when_a_date_moves.as_str())),
    ];
    for transition in transitions(definition) {
        let action = definition.action(&transition.from, &transition.action);
        let told = action.is_some_and(|action| is_said(definition, &action.notify));
        places.push((format!("{}.{}", transition.from, transition.action), told));
    }
    for (name, clock) in &definition.clocks {
        places.extend(clock_places(definition, clock).into_iter().map(|(part, told)| (format!("{name}.{part}"), told)));
    }
    places
}

fn clock_places(definition: &Definition, clock: &ClockSpec) -> Vec<(&'static str, bool)> {
    let reminded = match &clock.remind {
        Remind::Nobody => true,
        Remind::Reminders(all) => {
            !all.is_empty() && all.iter().all(|reminder| reaches_someone(definition, reminder.notice.as_str()))
        }
    };
    let due = match &clock.when_due {
        WhenDue::Overdue(notice) => reaches_someone(definition, notice.as_str()),
        WhenDue::Take(action) => clock
            .runs_in
            .iter()
            .all(|state| definition.action(state, action).is_some_and(|action| is_said(definition, &action.notify))),
    };
    let extended =
        clock.extension.as_ref().is_none_or(|extension| reaches_someone(definition, extension.notice.as_str()));
    vec![("remind", reminded), ("when_due", due), ("extension", extended)]
}

#[test]
fn every_event_and_every_clock_of_every_definition_tells_someone_or_says_that_it_tells_nobody() {
    let mut looked_at = 0;
    for definition in definitions() {
        for (place, told) in places(definition) {
            assert!(told, "{}: {place}", definition.process);
            looked_at += 1;
        }
    }
    assert!(looked_at > 150, "{looked_at}");
}

#[test]
fn every_event_has_its_place() {
    assert_eq!(said(&Event::PrioritiesJoined), Said::WithItsAction);
    assert_eq!(said(&Event::EditionAdopted { edition: "2026-01".parse().unwrap_or_else(|_| panic!()) }), Said::NoNews);
}

#[test]
fn an_overdue_notice_and_a_moved_date_cannot_be_opted_out_of_by_those_who_rely_on_them() {
    for definition in definitions() {
        let relied_on =
            definition.notices.values().filter(|notice| notice.to.iter().any(|role| role.as_str() == "proposer"));
        for notice in relied_on.filter(|notice| notice.template == Template::DateMoved) {
            assert_eq!(notice.statutory, quorate::workflow::Statutory::Yes, "{}", notice.subject);
        }
    }
}

#[test]
fn a_case_that_goes_on_under_another_version_tells_those_it_concerns() {
    let [lifecycle, ..] = definitions() else { panic!("no definition") };
    let calendar = Edition::built_in().calendar(Division::EnglandAndWales);
    let rules = Rules { definition: lifecycle, calendar: &calendar };
    let now = DateTime::from_timestamp(1_762_164_000, 0).unwrap_or_default();
    let values = Facts::from([
        ("sent_on".into(), Value::Date(london_date(now))),
        ("urgency_claimed".into(), Value::YesNo(false)),
        ("changes_access_rights".into(), Value::YesNo(false)),
    ]);
    let opened = open(rules, values, now).unwrap_or_else(|refusal| panic!("{refusal}"));
    let case = replay(&opened).unwrap_or_else(|| panic!("it did not open"));
    let clocks = vec![("acknowledgement".into(), "acknowledgement".into())];
    let case_id = "c1".to_owned();
    let planned = Move { case: case_id, from: case.state.clone(), to: case.state.clone(), clocks, starts: Vec::new() };
    let events = decide(rules, &case, &Command::Migrate(planned), &[], &Record::default(), now)
        .unwrap_or_else(|refusal| panic!("{refusal}"));
    let raised = events.iter().filter_map(|event| match event {
        Event::NoticeRaised { notice, to, .. } => Some((notice.as_str(), to.iter().map(RoleName::as_str).collect())),
        _ => None,
    });
    assert_eq!(raised.collect::<Vec<(_, Vec<_>)>>(), [("new_version", vec!["proposer", "dcc", "secas"])]);
}

/// The lifecycle of a SIP with one passage replaced, and what is then wrong with it.
fn problems(passage: &str, replacement: &str) -> String {
    let [(_, text), ..] = BUILT_IN;
    assert!(text.contains(passage), "{passage}");
    let changed = text.replacen(passage, replacement, 1);
    load("l.yaml", &changed).err().map(|problems| problems.to_string()).unwrap_or_default()
}

#[test]
fn what_says_neither_is_a_problem_with_its_place_and_its_mend() {
    for (passage, replacement, expected) in [
        (
            "    remind: [{ before: 2wd, notice: due_soon_dcc }]\n",
            "",
            "clocks.acknowledgement: the field `remind` is missing.",
        ),
        ("notify_at_start: [sip_received]\n", "", "the field `notify_at_start` is missing."),
        ("notify_on_migration: [new_version]\n", "", "the field `notify_on_migration` is missing."),
        (
            "        notify: [receipt_confirmed]\n",
            "",
            "states.submitted.actions.acknowledge: the field `notify` is missing.",
        ),
        ("notify: [receipt_confirmed]", "notify: []", "it lists no notice. Name the notices, or write `nobody`."),
        (
            "remind: nobody",
            "remind: []",
            "it lists no reminder. List `before` and `notice` of each, or write `nobody`.",
        ),
        (
            "remind: nobody",
            "remind: none",
            "expected a list of reminders each with `before` and `notice`, or the word `nobody`",
        ),
        (
            "remind: nobody",
            "remind: [{ before: 1wd, notice: due_soon_dc }]",
            "no notice is called `due_soon_dc`. Did you mean `due_soon_dcc`?",
        ),
        (
            "before: 1wd, notice: due_soon_dcc",
            "before: 5wd, notice: due_soon_dcc",
            "clocks.findings.remind[1].before: 5 Working Days before it is due there is a reminder already. Keep one of them.",
        ),
        ("template: reminder", "template: remindr", "`remindr` is not one of the choices. Did you mean `reminder`?"),
        (
            "notify: [receipt_confirmed]",
            "notify: [receipt_confirmed, accepted]",
            "actions.acknowledge.notify[1]: `proposer` is told with `receipt_confirmed` already.",
        ),
    ] {
        let problems = problems(passage, replacement);
        assert!(problems.contains(expected), "{expected}: {problems}");
        assert!(problems.starts_with("l.yaml:"), "{problems}");
    }
}
