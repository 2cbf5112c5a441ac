//! Deadlines: counts, extensions, dates set, and what they say of themselves.

use quorate::calendar::{CalendarError, Close, Deadline, Division, Edition, Method, PausedSpan};

use super::{date, england, wd};

pub(super) fn span(from: &str, to: &str) -> PausedSpan {
    PausedSpan { from: date(from), to: Some(date(to)) }
}

pub(super) fn open(from: &str) -> PausedSpan {
    PausedSpan { from: date(from), to: None }
}

pub(super) fn findings(paused: &[PausedSpan]) -> Deadline {
    let start = date("2025-06-02");
    Deadline::counted(&england(), "receipt was confirmed", start, wd(20), paused, Close::EndOfDay, Some("R24")).unwrap()
}

fn five_o_clock() -> Close {
    Close::At("17:00:00".parse().unwrap())
}

#[test]
fn a_count_gives_the_day_and_closes_when_it_ends() {
    let deadline = findings(&[]);
    assert_eq!(deadline.on, date("2025-06-30"));
    assert_eq!(deadline.closes_at.to_string(), "2025-06-30 23:00:00 UTC");
    assert!(!deadline.is_past("2025-06-30T22:59:59Z".parse().unwrap()));
    assert!(deadline.is_past("2025-06-30T23:00:00Z".parse().unwrap()));
}

#[test]
fn a_consultation_closes_at_five_in_london_on_either_side_of_the_clock_change() {
    let closes = |from: &str| {
        let from = date(from);
        Deadline::counted(&england(), "issued", from, wd(15), &[], five_o_clock(), None).unwrap().closes_at.to_string()
    };
    assert_eq!(closes("2026-10-02"), "2026-10-23 16:00:00 UTC");
    assert_eq!(closes("2026-10-05"), "2026-10-26 17:00:00 UTC");
}

#[test]
fn papers_are_due_so_many_working_days_before_the_meeting() {
    let meeting = date("2020-02-06");
    let papers = Deadline::counted_back(&england(), "the meeting", meeting, wd(5), Close::EndOfDay, None).unwrap();
    assert_eq!(papers.on, date("2020-01-30"));
    assert_eq!(papers.derivation.skipped.len(), 2);
    assert_eq!(
        papers.explain(),
        "The start is Thursday 6 February 2020: the meeting. That day is not counted.\n\
         Counting 5 Working Days back from it gives Thursday 30 January 2020.\n\
         Not Working Days: 2 weekend days.\n\
         It closes at the end of Thursday 30 January 2020, London time (2020-01-31 00:00 UTC).\n\
         The bank holidays are those of England and Wales, edition gov.uk 2026-02-25."
    );
}

#[test]
fn a_deadline_explains_each_step() {
    let calendar = Edition::built_in().calendar(Division::Scotland);
    let paused = [span("2022-09-13", "2022-09-14"), open("2022-09-20")];
    let deadline = Deadline::counted(
        &calendar,
        "the proposal was sent",
        date("2022-09-10"),
        wd(8),
        &paused,
        five_o_clock(),
        Some("R12"),
    )
    .unwrap();
    assert_eq!(
        deadline.explain(),
        "The start is Saturday 10 September 2022: the proposal was sent. That day is not counted.\n\
         Counting 8 Working Days on from it gives Friday 23 September 2022.\n\
         Not Working Days: 3 weekend days; Monday 19 September 2022 (Bank Holiday for the State Funeral of Queen Elizabeth II).\n\
         The clock stood still after Tuesday 13 September 2022, up to and including Wednesday 14 September 2022: 1 Working Day not counted.\n\
         The clock has stood still since the end of Tuesday 20 September 2022; the date moves when it goes on.\n\
         It closes on Friday 23 September 2022 at 17:00, London time (2022-09-23 16:00 UTC).\n\
         The bank holidays are those of Scotland, edition gov.uk 2026-02-25.\n\
         The rule is R12."
    );
}

#[test]
fn an_extension_keeps_the_first_date_and_the_count() {
    let once = findings(&[]).extended(date("2025-07-04"), "DCC", "figures are awaited").unwrap();
    let twice = once.extended(date("2025-07-11"), "DCC", "figures came late").unwrap();
    assert_eq!(twice.on, date("2025-07-11"));
    assert_eq!(twice.closes_at.to_string(), "2025-07-11 23:00:00 UTC");
    assert!(matches!(
        &twice.derivation.method,
        Method::Extended { original, target: Some(target), .. } if *original == date("2025-06-30") && *target == wd(20)
    ));
    let said = "Counting 20 Working Days on from it gave Monday 30 June 2025. \
                DCC extended that to Friday 11 July 2025: figures came late.";
    assert!(twice.explain().contains(said), "{}", twice.explain());
}

#[test]
fn an_extension_to_no_later_a_day_is_refused() {
    let deadline = findings(&[]);
    for day in ["2025-06-30", "2025-06-27"] {
        let error = deadline.extended(date(day), "DCC", "haste").unwrap_err();
        assert_eq!(error, CalendarError::ExtensionNotLater { due: deadline.on, to: date(day) });
    }
}

#[test]
fn a_date_set_by_a_body_replaces_the_count() {
    let urgent =
        findings(&[span("2025-06-03", "2025-06-10")]).set_by(date("2025-06-13"), "The Panel", "the proposal is urgent");
    assert_eq!(urgent.on, date("2025-06-13"));
    assert!(urgent.derivation.skipped.is_empty() && urgent.derivation.paused.is_empty());
    assert!(urgent.explain().contains("The Panel set Friday 13 June 2025: the proposal is urgent."));
}

#[test]
fn a_fixed_date_says_what_gives_it() {
    let from = date("2025-06-02");
    let fixed =
        Deadline::fixed(&england(), "issued", from, date("2026-03-31"), Close::EndOfDay, "the Regulatory Year ends");
    assert!(fixed.explain().contains("The date is Tuesday 31 March 2026: the Regulatory Year ends."));
    let later = fixed.extended(date("2026-04-01"), "DCC", "agreed").unwrap();
    assert!(later.explain().contains("It was first due on Tuesday 31 March 2026. DCC extended that"));
}

#[test]
fn deadlines_survive_being_stored() {
    let counted = findings(&[span("2025-06-03", "2025-06-10"), open("2025-06-20")]);
    let all = [
        counted.extended(date("2025-08-01"), "DCC", "a reason").unwrap(),
        counted.set_by(date("2025-06-13"), "The Panel", "urgent"),
        Deadline::fixed(&england(), "issued", counted.on, counted.on, five_o_clock(), "a reason"),
        counted,
    ];
    for deadline in all {
        let stored = serde_json::to_string(&deadline).unwrap();
        assert_eq!(serde_json::from_str::<Deadline>(&stored).unwrap(), deadline);
    }
}

#[test]
fn a_stored_deadline_has_plain_names() {
    let deadline =
        Deadline::counted(&england(), "sent", date("2025-04-17"), wd(1), &[], Close::EndOfDay, Some("R12")).unwrap();
    let stored = serde_json::to_value(&deadline).unwrap();
    assert_eq!(
        stored,
        serde_json::json!({
            "on": "2025-04-22",
            "closes_at": "2025-04-22T23:00:00Z",
            "derivation": {
                "start_event": "sent",
                "counted_from": "2025-04-17",
                "method": {"count": {"target": "1wd"}},
                "rule": "R12",
                "division": "england-and-wales",
                "edition": "gov.uk 2026-02-25",
                "skipped": [
                    {"date": "2025-04-18", "why": {"bank_holiday": "Good Friday"}},
                    {"date": "2025-04-19", "why": "weekend"},
                    {"date": "2025-04-20", "why": "weekend"},
                    {"date": "2025-04-21", "why": {"bank_holiday": "Easter Monday"}},
                ],
                "paused": [],
                "closes": "end_of_day",
            },
        })
    );
}
