//! Schedules by London clocks.

use chrono::{DateTime, Month, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use proptest::prelude::*;
use quorate::calendar::{Dates, Every, Falls, Schedule, Slot, end_of_day, london_date, london_time};

use super::{date, england};

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn at(text: &str) -> NaiveTime {
    format!("{text}:00").parse().unwrap()
}

fn latest(schedule: Schedule, now: &str) -> Slot {
    schedule.latest(&england(), utc(now)).unwrap().unwrap()
}

fn next(schedule: Schedule, now: &str) -> Slot {
    schedule.next(&england(), utc(now)).unwrap().unwrap()
}

fn yearly(month: Month, day: u8, falls: Falls) -> Schedule {
    Schedule::Dated(Dates { every: Every::Year, month, day, time: at("09:00"), falls })
}

#[test]
fn a_time_shown_twice_is_taken_once_and_the_first() {
    let nightly = Schedule::Daily(at("01:30"));
    let first = utc("2026-10-25T00:30:00Z");
    assert_eq!(next(nightly, "2026-10-24T00:30:00Z").at, first);
    assert_eq!(latest(nightly, "2026-10-25T01:45:00Z").at, first);
    assert_eq!(next(nightly, "2026-10-25T00:30:00Z").at, utc("2026-10-26T01:30:00Z"));
}

#[test]
fn a_time_that_is_skipped_is_taken_at_two() {
    let nightly = Schedule::Daily(at("01:30"));
    let slot = next(nightly, "2026-03-28T01:30:00Z");
    assert_eq!((slot.at, slot.on), (utc("2026-03-29T01:00:00Z"), date("2026-03-29")));
    assert_eq!(london_time(slot.at), at("02:00"));
    assert_eq!(next(nightly, "2026-03-29T01:00:00Z").at, utc("2026-03-30T00:30:00Z"));
}

#[test]
fn a_slot_is_the_latest_from_its_very_instant() {
    let nightly = Schedule::Daily(at("02:00"));
    assert_eq!(latest(nightly, "2026-01-15T02:00:00Z").on, date("2026-01-15"));
    assert_eq!(latest(nightly, "2026-01-15T01:59:59Z").on, date("2026-01-14"));
    assert_eq!(next(nightly, "2026-01-15T02:00:00Z").on, date("2026-01-16"));
    assert_eq!(latest(nightly, "2026-07-15T01:00:00Z").on, date("2026-07-15"));
}

#[test]
fn hours_pass_on_the_days_the_clocks_change_as_on_others() {
    let hours = |day: &str| {
        let (after, until) = (end_of_day(date(day).pred_opt().unwrap()), end_of_day(date(day)));
        Schedule::Hourly.count(&england(), (after, until), 100).unwrap()
    };
    assert_eq!([hours("2026-03-29"), hours("2026-10-25"), hours("2026-10-26")], [23, 25, 24]);
}

#[test]
fn a_week_comes_round_on_its_day() {
    let mondays = Schedule::Weekly(Weekday::Mon, at("09:00"));
    assert_eq!(latest(mondays, "2026-10-26T08:59:00Z").on, date("2026-10-19"));
    assert_eq!(latest(mondays, "2026-10-26T09:00:00Z").on, date("2026-10-26"));
    assert_eq!(next(mondays, "2026-10-26T09:00:00Z").on, date("2026-11-02"));
}

#[test]
fn a_date_of_the_year_moves_to_a_working_day_where_asked() {
    let table = [
        (yearly(Month::December, 25, Falls::OnTheDate), "2026-12-25"),
        (yearly(Month::December, 25, Falls::OnAWorkingDay), "2026-12-29"), // Friday; Monday is in lieu of the 26th
        (yearly(Month::October, 1, Falls::OnAWorkingDay), "2026-10-01"),
        (yearly(Month::October, 31, Falls::OnAWorkingDay), "2026-11-02"), // a Saturday, into the next month
    ];
    for (schedule, expected) in table {
        assert_eq!(next(schedule, "2026-09-01T00:00:00Z").on, date(expected), "{schedule}");
        assert_eq!(latest(schedule, "2026-12-31T00:00:00Z").on, date(expected), "{schedule}");
    }
    let moved = yearly(Month::October, 31, Falls::OnAWorkingDay);
    assert_eq!(next(moved, "2026-11-01T12:00:00Z").on, date("2026-11-02"));
    assert_eq!(latest(moved, "2026-11-01T12:00:00Z").on, date("2025-10-31"));
}

#[test]
fn a_day_that_a_month_does_not_have_is_its_last() {
    let quarters =
        Dates { every: Every::Quarter, month: Month::November, day: 31, time: at("09:00"), falls: Falls::OnTheDate };
    let mut days = Vec::new();
    let mut now = utc("2027-12-01T00:00:00Z");
    for _ in 0..4 {
        let slot = Schedule::Dated(quarters).next(&england(), now).unwrap().unwrap();
        days.push(slot.on);
        now = slot.at;
    }
    assert_eq!(days, ["2028-02-29", "2028-05-31", "2028-08-31", "2028-11-30"].map(date));
    assert_eq!(next(yearly(Month::February, 29, Falls::OnTheDate), "2026-01-01T00:00:00Z").on, date("2026-02-28"));
}

#[test]
fn a_working_day_of_an_unknown_year_is_not_guessed() {
    let moved = yearly(Month::October, 1, Falls::OnAWorkingDay);
    assert!(moved.next(&england(), utc("2150-01-01T00:00:00Z")).is_err());
    assert!(yearly(Month::October, 1, Falls::OnTheDate).next(&england(), utc("2150-01-01T00:00:00Z")).is_ok());
}

#[test]
fn schedules_are_said_in_words() {
    let quarter =
        Dates { every: Every::Quarter, month: Month::January, day: 5, time: at("09:00"), falls: Falls::OnTheDate };
    let table = [
        (Schedule::Hourly, "every hour"),
        (Schedule::Daily(at("02:00")), "every day at 02:00"),
        (Schedule::Weekly(Weekday::Mon, at("09:00")), "every Monday at 09:00"),
        (Schedule::Dated(quarter), "every third month on day 5, January among them, at 09:00"),
        (yearly(Month::October, 1, Falls::OnAWorkingDay), "every 1 October or the next Working Day at 09:00"),
    ];
    for (schedule, words) in table {
        assert_eq!(schedule.to_string(), words);
    }
}

#[test]
fn the_ends_of_time_end_a_schedule() {
    let all = [
        Schedule::Hourly,
        Schedule::Daily(at("02:00")),
        Schedule::Weekly(Weekday::Sun, at("23:59")),
        yearly(Month::February, 29, Falls::OnTheDate),
    ];
    for schedule in all {
        for now in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let latest = schedule.latest(&england(), now).unwrap();
            let next = schedule.next(&england(), now).unwrap();
            assert!(latest.is_none_or(|slot| slot.at <= now) && next.is_none_or(|slot| slot.at > now), "{schedule}");
        }
    }
}

fn any_time() -> impl Strategy<Value = NaiveTime> {
    (0..24_u32, 0..60_u32).prop_map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
}

fn any_schedule() -> impl Strategy<Value = Schedule> {
    let weekday = (0..7_u8).prop_map(|day| Weekday::try_from(day).unwrap());
    let month = (1..=12_u8).prop_map(|month| Month::try_from(month).unwrap());
    let every = prop_oneof![Just(Every::Quarter), Just(Every::Year)];
    let falls = prop_oneof![Just(Falls::OnTheDate), Just(Falls::OnAWorkingDay)];
    let dates = (every, month, 1..=31_u8, any_time(), falls)
        .prop_map(|(every, month, day, time, falls)| Schedule::Dated(Dates { every, month, day, time, falls }));
    prop_oneof![
        Just(Schedule::Hourly),
        any_time().prop_map(Schedule::Daily),
        (weekday, any_time()).prop_map(|(weekday, time)| Schedule::Weekly(weekday, time)),
        dates
    ]
}

/// Any minute of the years 2021 to 2026, and often one around a change of the clocks.
fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    let minute = |from: DateTime<Utc>, minutes: i64| from + TimeDelta::minutes(minutes);
    let changes = prop_oneof![
        Just(utc("2025-10-25T22:00:00Z")),
        Just(utc("2026-03-28T22:00:00Z")),
        Just(utc("2026-10-24T22:00:00Z"))
    ];
    prop_oneof![
        (0..6 * 365 * 1440_i64).prop_map(move |minutes| minute(utc("2021-01-01T00:00:00Z"), minutes)),
        (changes, 0..480_i64).prop_map(move |(change, minutes)| minute(change, minutes)),
    ]
}

proptest! {
    #[test]
    fn latest_and_next_enclose_any_instant(schedule in any_schedule(), now in any_instant()) {
        let calendar = england();
        let latest = schedule.latest(&calendar, now).unwrap().unwrap();
        let next = schedule.next(&calendar, now).unwrap().unwrap();
        prop_assert!(latest.at <= now && now < next.at);
        prop_assert_eq!(schedule.next(&calendar, latest.at).unwrap(), Some(next), "nothing lies between");
        prop_assert_eq!(schedule.latest(&calendar, next.at).unwrap(), Some(next));
        prop_assert_eq!(schedule.latest(&calendar, next.at - TimeDelta::microseconds(1)).unwrap(), Some(latest));
        prop_assert_eq!((london_date(latest.at), london_date(next.at)), (latest.on, next.on));
    }

    #[test]
    fn there_is_one_slot_on_every_london_day(time in any_time(), now in any_instant()) {
        let (calendar, daily) = (england(), Schedule::Daily(time));
        let mut slot = daily.latest(&calendar, now).unwrap().unwrap();
        let days: Vec<NaiveDate> = slot.on.iter_days().skip(1).take(7).collect();
        for day in days {
            let next = daily.next(&calendar, slot.at).unwrap().unwrap();
            prop_assert_eq!(next.on, day);
            prop_assert!(next.at > slot.at);
            let shown = london_time(next.at);
            prop_assert!(shown == time || (time < at("02:00") && shown == at("02:00")), "{time} became {shown}");
            slot = next;
        }
    }
}
