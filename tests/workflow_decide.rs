//! What the process allows, seen from outside: commands go in, events or a refusal come out.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test helpers fail by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use quorate::calendar::{Calendar, Division, Edition, WorkingDays, london_instant};
use quorate::workflow::check::transitions;
use quorate::workflow::{
    ActionName, Case, ClockName, Command, Definition, Event, FactName, Facts, Kind, Mark, Record, Refusal, RoleName,
    Rules, Standing, Value, Why, apply, decide, load, next_due, open, replay, system,
};

fn lifecycle() -> &'static Definition {
    &load::built_in().unwrap()[0]
}

fn calendar() -> Calendar {
    Edition::built_in().calendar(Division::EnglandAndWales)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(date: &str, time: &str) -> DateTime<Utc> {
    london_instant(day(date), time.parse().unwrap())
}

fn role(name: &str) -> Vec<RoleName> {
    vec![RoleName::new(name)]
}

/// A case under test, with the events that made it.
struct Told {
    calendar: Calendar,
    case: Case,
    events: Vec<Event>,
}

impl Told {
    fn submitted(sent_on: &str, now: DateTime<Utc>) -> Self {
        let values = Facts::from([
            ("sent_on".into(), Value::Date(day(sent_on))),
            ("urgency_claimed".into(), Value::YesNo(false)),
            ("changes_access_rights".into(), Value::YesNo(false)),
        ]);
        let calendar = calendar();
        let events = open(Rules { definition: lifecycle(), calendar: &calendar }, values, now).unwrap();
        Self { case: replay(&events).unwrap(), calendar, events }
    }

    fn rules(&self) -> Rules<'_> {
        Rules { definition: lifecycle(), calendar: &self.calendar }
    }

    fn ask(&self, command: &Command, roles: &[RoleName], now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
        decide(self.rules(), &self.case, command, roles, &Record::default(), now)
    }

    fn tell(&mut self, command: &Command, roles: &[RoleName], now: DateTime<Utc>) -> Vec<Event> {
        let events = self.ask(command, roles, now).unwrap();
        for event in &events {
            apply(&mut self.case, event);
        }
        self.events.extend(events.clone());
        events
    }

    fn act(&mut self, action: &str, roles: &[RoleName], values: &[(&str, Value)], now: DateTime<Utc>) -> Vec<Event> {
        self.tell(&command(action, values), roles, now)
    }

    fn due(&self, clock: &str) -> NaiveDate {
        self.case.clock(&ClockName::new(clock)).unwrap().deadline.on
    }
}

fn command(action: &str, values: &[(&str, Value)]) -> Command {
    let values = values.iter().map(|(name, value)| (FactName::new(*name), value.clone())).collect();
    Command::Act { action: ActionName::new(action), values }
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn reminders(events: &[Event]) -> Vec<u16> {
    let before = |event: &Event| match event {
        Event::ReminderRaised { before, .. } => Some(before.get()),
        _ => None,
    };
    events.iter().filter_map(before).collect()
}

fn notices(events: &[Event]) -> Vec<String> {
    let notice = |event: &Event| match event {
        Event::NoticeRaised { notice, .. } => Some(notice.to_string()),
        _ => None,
    };
    events.iter().filter_map(notice).collect()
}

#[test]
fn the_five_working_days_count_from_the_day_it_was_sent_and_not_from_when_dcc_saw_it() {
    let sip = Told::submitted("2026-12-19", at("2026-12-21", "09:00"));
    assert_eq!(sip.due("acknowledgement"), day("2026-12-29"), "sent on a Saturday, so Monday is day 1");
}

#[test]
fn a_refusal_says_who_could_act_which_rule_and_what_is_missing() {
    let sip = Told::submitted("2025-11-03", at("2025-11-03", "10:00"));
    let refusal = sip.ask(&command("acknowledge", &[]), &role("secas"), at("2025-11-04", "10:00")).unwrap_err();
    assert!(matches!(*refusal.why, Why::NotYou { .. }));
    assert_eq!(refusal.who_could, ["DCC"]);
    assert_eq!(refusal.rule.as_deref(), Some("R12"));

    let refusal = sip.ask(&command("acknowledge_and_ask", &[]), &role("dcc"), at("2025-11-04", "10:00")).unwrap_err();
    assert!(matches!(*refusal.why, Why::Incomplete));
    assert_eq!(refusal.missing[0].field.as_deref(), Some("questions"));

    let refusal = sip.ask(&command("deploy", &[]), &role("dcc"), at("2025-11-04", "10:00")).unwrap_err();
    let said = refusal.to_string();
    assert!(said.contains("possible: acknowledge, acknowledge_and_ask, withdraw"), "{said}");
}

#[test]
fn the_twenty_working_days_begin_only_when_the_information_asked_for_at_receipt_has_come() {
    let mut sip = Told::submitted("2025-11-03", at("2025-11-03", "10:00"));
    sip.act("acknowledge_and_ask", &role("dcc"), &[("questions", text("Which view?"))], at("2025-11-04", "10:00"));
    assert!(sip.case.clock(&"findings".into()).is_none(), "not begun while information is outstanding");
    sip.act("provide_information", &role("proposer"), &[("answer", text("Both."))], at("2025-11-11", "10:00"));
    assert_eq!(sip.due("findings"), calendar().add(day("2025-11-11"), WorkingDays::new(20)).unwrap());
}

#[test]
fn a_missed_week_brings_one_reminder_and_not_one_for_each_day_missed() {
    let mut sip = Told::submitted("2025-11-03", at("2025-11-03", "10:00"));
    sip.act("acknowledge", &role("dcc"), &[], at("2025-11-04", "10:00"));
    let late = at("2025-12-01", "12:00");
    let events = sip.tell(&Command::Due, &[system()], late);
    assert_eq!(reminders(&events), [5, 1], "the earlier one is noted as superseded");
    assert_eq!(notices(&events), ["due_soon_dcc"], "and people are told once");
    assert!(sip.ask(&Command::Due, &[system()], late).unwrap().is_empty(), "a repeated tick does nothing");
}

#[test]
fn overdue_is_told_once_and_an_extension_ends_it() {
    let mut sip = Told::submitted("2025-11-03", at("2025-11-03", "10:00"));
    let events = sip.tell(&Command::Due, &[system()], at("2025-11-11", "00:00"));
    assert_eq!(notices(&events), ["overdue_dcc"]);
    assert!(sip.ask(&Command::Due, &[system()], at("2025-11-20", "00:00")).unwrap().is_empty());
    let extend = |to| Command::Extend { clock: "acknowledgement".into(), to, reason: "More to read.".into() };
    let refusal = sip.ask(&extend(day("2025-11-10")), &role("dcc"), at("2025-11-11", "10:00")).unwrap_err();
    assert!(matches!(*refusal.why, Why::NotLater { .. }));
    let refusal = sip.ask(&extend(day("2025-11-20")), &role("proposer"), at("2025-11-11", "10:00")).unwrap_err();
    assert_eq!(refusal.who_could, ["DCC"]);
    let events = sip.tell(&extend(day("2025-11-20")), &role("dcc"), at("2025-11-11", "10:00"));
    assert_eq!(notices(&events), ["date_extended"]);
    let clock = sip.case.clock(&"acknowledgement".into()).unwrap();
    assert_eq!((clock.deadline.on, clock.first_due, clock.overdue_since), (day("2025-11-20"), day("2025-11-10"), None));
}

#[test]
fn a_deadline_is_the_end_of_the_london_day() {
    let mut sip = Told::submitted("2025-11-03", at("2025-11-03", "10:00"));
    let last = at("2025-11-10", "23:59");
    assert!(!notices(&sip.ask(&Command::Due, &[system()], last).unwrap()).contains(&"overdue_dcc".to_owned()));
    sip.act("acknowledge", &role("dcc"), &[], last);
    assert_eq!(sip.case.ended_clocks[0].outcome, quorate::workflow::ClockOutcome::Met);
}

#[test]
fn text_with_control_characters_or_without_end_is_refused_and_html_is_kept_as_text() {
    let sip = Told::submitted("2025-11-03", at("2025-11-03", "10:00"));
    let ask = |words: &str| {
        sip.ask(&command("acknowledge_and_ask", &[("questions", text(words))]), &role("dcc"), at("2025-11-04", "10:00"))
    };
    assert!(ask("bell \u{7}").unwrap_err().to_string().contains("control character at position 6"));
    assert!(ask(&"x".repeat(20_001)).unwrap_err().to_string().contains("the limit is 20000"));
    assert!(ask("   ").unwrap_err().to_string().contains("empty"));
    assert!(ask("<script>alert(1)</script>").is_ok());
}

#[test]
fn the_reasons_of_marks_follow_the_rules_of_text_and_all_faults_are_said_together() {
    let mut sip = Told::submitted("2025-11-03", at("2025-11-03", "10:00"));
    sip.case.state = "validation".into();
    let accept = |value: Value| {
        let refusal = sip.ask(&command("accept", &[("marks", value)]), &role("dcc"), at("2025-11-04", "10:00"));
        let marks = refusal.unwrap_err().missing.into_iter().find(|missing| missing.field.as_deref() == Some("marks"));
        marks.map(|missing| missing.what).unwrap_or_default()
    };
    let mark = |because: &str| Mark { mark: 1, because: because.to_owned() };
    let faulty = BTreeMap::from([("duty".to_owned(), mark(" ")), ("value".to_owned(), mark("bell \u{7}"))]);
    assert_eq!(
        accept(Value::Marks(faulty)),
        "duty: it is empty; write something; value: a control character at position 6; take it out"
    );
    assert_eq!(accept(Value::Marks(BTreeMap::new())), "there are no marks; give one for each criterion");
    let many = (0..101).map(|number| (format!("criterion {number}"), mark("As found."))).collect();
    assert_eq!(accept(Value::Marks(many)), "101 marks; the limit is 100");
    assert_eq!(accept(text("high")), "give a mark and a reason for each criterion");
    assert_eq!(accept(marks("As found.")), "");
    assert_eq!(marks("As found.").to_string(), "duty: 2 (As found.)");
}

#[test]
fn a_lapsed_delegation_stops_the_group_and_leaves_it_to_escalate() {
    let mut sip = Told::submitted("2025-11-03", at("2025-11-03", "10:00"));
    sip.case.state = "ia_sign_off".into();
    let now = at("2025-11-04", "10:00");
    let values = [
        ("decided_on", Value::Date(day("2025-11-04"))),
        ("decision_reasons", text("Clear.")),
        ("options_sought", text("Approve or reject.")),
    ];
    let refusal = sip.ask(&command("approve", &values[..2]), &role("system"), now).unwrap_err();
    assert!(refusal.to_string().contains("escalate it to the SEC Panel"), "{refusal}");
    sip.act("escalate", &role("system"), &values, now);
    assert_eq!(sip.case.state.as_str(), "ia_sign_off_panel");
}

#[test]
fn nobody_types_what_a_body_decides() {
    let mut sip = Told::submitted("2025-11-03", at("2025-11-03", "10:00"));
    sip.case.state = "ia_sign_off_panel".into();
    let values = [("decided_on", Value::Date(day("2025-11-04"))), ("decision_reasons", text("Clear."))];
    for who in ["secas", "panel", "dcc"] {
        let refusal = sip.ask(&command("approve", &values), &role(who), at("2025-11-04", "10:00")).unwrap_err();
        let wanted = "follows from a ballot alone; nobody types what a body decides. Who could: the SEC Panel";
        assert!(refusal.to_string().contains(wanted), "{refusal}");
    }
}

/// One mark, with this reason.
fn marks(because: &str) -> Value {
    Value::Marks(BTreeMap::from([("duty".to_owned(), Mark { mark: 2, because: because.to_owned() })]))
}

/// A value for a field, plausible more often than not.
fn value_for(name: &FactName, kind: Kind, seed: u32) -> Value {
    let date = day("2025-11-03") + TimeDelta::days(i64::from(seed % 400));
    match kind {
        Kind::YesNo => Value::YesNo(!seed.is_multiple_of(5)),
        Kind::Text | Kind::Choice => text(if seed.is_multiple_of(17) { "" } else { "Words." }),
        Kind::Number => Value::Number(i64::from(seed % 50)),
        Kind::Money => Value::Money(i64::from(seed % 200_000) * 100),
        Kind::CostRange => Value::CostRange { low: i64::from(seed % 90_000), high: i64::from(seed % 90_001) * 100 },
        Kind::Date if name.as_str() == "decided_on" => Value::Date(day("2025-11-03")),
        Kind::Date => Value::Date(date),
        Kind::Window | Kind::ImplementationWindow => Value::Window { from: date, to: date + TimeDelta::days(20) },
        Kind::List => Value::List(vec!["one".to_owned()]),
        Kind::Timetable => Value::Timetable(BTreeMap::from([("development".into(), date)])),
        Kind::Marks => marks(if seed.is_multiple_of(7) { "" } else { "As found." }),
    }
}

fn filled_in(definition: &Definition, case: &Case, action: &ActionName, seed: u32) -> Facts {
    let Some(action) = definition.action(&case.state, action) else { return Facts::new() };
    let value = |name: &FactName| (name.clone(), value_for(name, definition.kind_of(name).unwrap(), seed));
    action.needs.iter().filter(|_| !seed.is_multiple_of(13)).map(value).collect()
}

fn record(definition: &Definition, seed: u32) -> Record {
    let facts = definition.facts.keys().enumerate();
    let fact = |(index, name): (usize, &FactName)| (name.clone(), Value::YesNo(seed >> (index % 16) & 1 == 1));
    let mut record = Record { facts: facts.map(fact).collect(), ..Record::default() };
    record.facts.retain(|name, _| definition.facts[name].from == quorate::workflow::FactSource::Record);
    record
}

/// What must hold of a case whatever was asked of it.
fn hold(definition: &Definition, case: &Case) {
    assert!(definition.states.contains_key(&case.state), "{} is not a state", case.state);
    for clock in &case.clocks {
        let spec = &definition.clocks[&clock.name];
        let wanted = if spec.runs_in.contains(&case.state) { Standing::Running } else { Standing::Paused };
        assert!(spec.runs_in.contains(&case.state) || spec.pauses_in.contains(&case.state));
        assert_eq!(clock.standing, wanted, "{} in {}", clock.name, case.state);
    }
    if definition.states[&case.state].is_final() {
        assert!(case.clocks.is_empty(), "an ended case has no open clocks");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_asked_the_case_stays_on_the_graph_and_follows_from_its_events(
        which in 0usize..3,
        asks in prop::collection::vec((0usize..60, 0u32..1_000_000, 0i64..20), 1..80),
    ) {
        let definition = &load::built_in().unwrap()[which];
        let calendar = calendar();
        let rules = Rules { definition, calendar: &calendar };
        let mut now = at("2025-11-03", "10:00");
        let values = definition.facts.iter().filter(|(_, fact)| fact.from == quorate::workflow::FactSource::Form);
        let values = values.map(|(name, fact)| (name.clone(), value_for(name, fact.kind, 3))).collect();
        let mut events = open(rules, values, now).unwrap();
        let mut case = replay(&events).unwrap();
        let known: BTreeSet<_> =
            transitions(definition).into_iter().map(|step| (step.from, step.action, step.to)).collect();
        let mut roles: Vec<RoleName> = definition.roles.keys().cloned().collect();
        roles.push(system());
        for (choice, seed, hours) in asks {
            now += TimeDelta::hours(hours * 11);
            let actions: Vec<ActionName> = definition.actions_of(&case.state).map(|(name, _)| name.clone()).collect();
            let command = match actions.get(choice % (actions.len() + 3)) {
                Some(action) => {
                    Command::Act { values: filled_in(definition, &case, action, seed), action: action.clone() }
                }
                None if choice % 2 == 0 => Command::Due,
                None => Command::Extend {
                    clock: case.clocks.first().map_or_else(|| "findings".into(), |clock| clock.name.clone()),
                    to: day("2025-12-01") + TimeDelta::days(i64::from(seed % 300)),
                    reason: "Because.".to_owned(),
                },
            };
            let Ok(decided) = decide(rules, &case, &command, &roles, &record(definition, seed), now) else { continue };
            for event in &decided {
                if let Event::ActionTaken { from, action, to, .. } = event {
                    prop_assert!(known.contains(&(from.clone(), action.clone(), to.clone())), "{from} {action} {to}");
                }
                apply(&mut case, event);
            }
            hold(definition, &case);
            prop_assert!(next_due(rules, &case).is_ok());
            events.extend(decided);
        }
        prop_assert_eq!(replay(&events).unwrap(), case);
    }

    #[test]
    fn standing_still_for_some_working_days_moves_the_due_date_by_exactly_as_many(
        begins in 0i64..700, before in 0i64..25, stands in 0i64..60,
    ) {
        let calendar = calendar();
        let begin = day("2024-01-02") + TimeDelta::days(begins);
        let now = |date: NaiveDate| london_instant(date, "10:00".parse().unwrap());
        let mut sip = Told::submitted(&begin.to_string(), now(begin));
        sip.act("acknowledge", &role("dcc"), &[], now(begin));
        let first = sip.due("findings");
        let (stop, go) = (begin + TimeDelta::days(before), begin + TimeDelta::days(before + stands));
        prop_assume!(stop < first);
        sip.act("ask_information", &role("dcc"), &[("questions", text("What?"))], now(stop));
        prop_assert_eq!(sip.case.clock(&"findings".into()).unwrap().standing, Standing::Paused);
        sip.act("provide_information", &role("proposer"), &[("answer", text("That."))], now(go));
        let stood = calendar.between(stop, go).unwrap();
        prop_assert_eq!(calendar.between(first, sip.due("findings")).unwrap(), stood);
    }

    #[test]
    fn however_the_ticks_fall_each_reminder_and_the_overdue_notice_come_once(
        steps in prop::collection::vec(1i64..200, 1..40),
    ) {
        let mut sip = Told::submitted("2025-11-03", at("2025-11-03", "10:00"));
        sip.act("acknowledge", &role("dcc"), &[], at("2025-11-04", "10:00"));
        let mut now = at("2025-11-04", "10:00");
        let mut told = Vec::new();
        for hours in steps {
            now += TimeDelta::hours(hours);
            let events = sip.tell(&Command::Due, &[system()], now);
            prop_assert!(sip.ask(&Command::Due, &[system()], now).unwrap().is_empty());
            told.extend(notices(&events));
        }
        prop_assert!(told.iter().filter(|notice| *notice == "due_soon_dcc").count() <= 2);
        prop_assert!(told.iter().filter(|notice| *notice == "overdue_dcc").count() <= 1);
        let past = now >= at("2025-12-03", "00:00");
        prop_assert_eq!(told.contains(&"overdue_dcc".to_owned()), past);
    }
}
