//! Clocks that stand still for a while.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use quorate::calendar::{Calendar, CalendarError, Close, Deadline, Division, PausedSpan};

use super::deadlines::{findings, open, span};
use super::{Oracle, date, england, inner_days, wd};

#[test]
fn a_pause_adds_exactly_its_working_days() {
    assert_eq!(findings(&[span("2025-06-03", "2025-06-10")]).on, date("2025-07-07"));
    assert_eq!(findings(&[span("2025-06-07", "2025-06-08")]).on, date("2025-06-30"));
}

#[test]
fn pauses_that_overlap_count_once_in_any_order() {
    let both = [span("2025-06-06", "2025-06-12"), span("2025-06-03", "2025-06-10")];
    assert_eq!(findings(&both).on, findings(&[span("2025-06-03", "2025-06-12")]).on);
    let inside = [span("2025-06-03", "2025-06-12"), span("2025-06-05", "2025-06-06")];
    assert_eq!(findings(&inside).on, findings(&[span("2025-06-03", "2025-06-12")]).on);
    let touching = [span("2025-06-03", "2025-06-06"), span("2025-06-06", "2025-06-12")];
    assert_eq!(findings(&touching).on, findings(&[span("2025-06-03", "2025-06-12")]).on);
}

#[test]
fn pauses_before_the_count_or_after_the_date_do_not_bear_on_it() {
    let apart = [span("2025-05-01", "2025-05-20"), span("2025-06-30", "2025-07-10"), span("2025-07-11", "2025-07-15")];
    assert_eq!(findings(&apart), findings(&[]));
    let across = findings(&[span("2025-05-01", "2025-06-03")]);
    assert_eq!(across.on, date("2025-07-01"));
    assert_eq!(across.derivation.paused, [span("2025-06-02", "2025-06-03")]);
}

#[test]
fn a_pause_that_the_count_reaches_only_through_another_still_counts() {
    let both = [span("2025-06-03", "2025-06-10"), span("2025-07-02", "2025-07-04")];
    assert_eq!(findings(&both).on, date("2025-07-09"));
}

#[test]
fn while_a_pause_is_open_the_date_is_the_one_before_it() {
    assert_eq!(findings(&[open("2025-06-10")]).on, findings(&[]).on);
    let earlier = span("2025-06-03", "2025-06-06");
    assert_eq!(findings(&[earlier, open("2025-06-10")]).on, findings(&[earlier]).on);
    assert_eq!(findings(&[earlier, open("2025-06-06")]).on, findings(&[earlier]).on);
    let clipped = findings(&[open("2025-06-05"), span("2025-06-03", "2025-06-12"), open("2025-06-09")]);
    assert_eq!(clipped.derivation.paused, [span("2025-06-03", "2025-06-05"), open("2025-06-05")]);
    assert_eq!(clipped.on, date("2025-07-02"));
}

#[test]
fn a_pause_that_ends_before_it_starts_is_an_error() {
    let start = date("2025-06-02");
    let paused = [span("2025-06-10", "2025-06-03")];
    let error = Deadline::counted(&england(), "sent", start, wd(5), &paused, Close::EndOfDay, None).unwrap_err();
    assert_eq!(error, CalendarError::EndBeforeStart { start: date("2025-06-10"), end: date("2025-06-03") });
}

#[test]
fn a_pause_that_leaves_the_known_years_is_an_error() {
    let paused = [PausedSpan { from: date("2025-06-03"), to: Some(NaiveDate::MAX) }];
    let start = date("2025-06-02");
    assert!(Deadline::counted(&england(), "sent", start, wd(5), &paused, Close::EndOfDay, None).is_err());
}

/// The nth Working Day after a start on which no pause holds the clock, a day at a time.
fn by_hand(oracle: &Oracle, start: NaiveDate, n: u16, paused: &[PausedSpan]) -> NaiveDate {
    let counts = |day: NaiveDate| {
        let held = paused.iter().any(|pause| pause.from < day && pause.to.is_some_and(|to| day <= to));
        oracle.works(day) && !held
    };
    let mut days = start.iter_days().skip(1).filter(|day| counts(*day));
    days.nth(usize::from(n) - 1).unwrap()
}

fn counted(calendar: &Calendar, start: NaiveDate, n: u16, paused: &[PausedSpan]) -> NaiveDate {
    Deadline::counted(calendar, "sent", start, wd(n), paused, Close::EndOfDay, None).unwrap().on
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pausing_n_working_days_moves_the_date_by_exactly_n(
        start in inner_days(), n in 2_u16..40, before in 0_u16..39, pause in 0_u16..40,
    ) {
        let calendar = england();
        let from = calendar.add(start, wd(before % n)).unwrap();
        let to = calendar.add(from, wd(pause)).unwrap();
        let paused = counted(&calendar, start, n, &[PausedSpan { from, to: Some(to) }]);
        prop_assert_eq!(paused, calendar.add(counted(&calendar, start, n, &[]), wd(pause)).unwrap());
    }

    #[test]
    fn any_pauses_give_the_same_day_as_counting_by_hand(
        start in inner_days(), n in 1_u16..40,
        pauses in prop::collection::vec((0_u64..90, 0_u64..25), 0..5),
    ) {
        let paused: Vec<PausedSpan> = pauses
            .into_iter()
            .map(|(after, length)| {
                let from = start - Days::new(15) + Days::new(after);
                PausedSpan { from, to: Some(from + Days::new(length)) }
            })
            .collect();
        let oracle = Oracle::of(Division::EnglandAndWales);
        prop_assert_eq!(counted(&england(), start, n, &paused), by_hand(&oracle, start, n, &paused));
    }
}
