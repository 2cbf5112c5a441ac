//! London time and Regulatory Years.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use quorate::calendar::{RegulatoryYear, date_words, end_of_day, london_date, london_instant, words};

use super::date;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

#[test]
fn a_summer_evening_in_utc_is_the_next_day_in_london() {
    assert_eq!(london_date(utc("2025-06-30T23:30:00Z")), date("2025-07-01"));
    assert_eq!(london_date(utc("2025-12-31T23:30:00Z")), date("2025-12-31"));
}

#[test]
fn a_day_ends_at_the_first_instant_of_the_next_london_day() {
    assert_eq!(end_of_day(date("2025-06-30")), utc("2025-06-30T23:00:00Z"));
    assert_eq!(end_of_day(date("2025-12-31")), utc("2026-01-01T00:00:00Z"));
    let last = end_of_day(date("2025-06-30")) - TimeDelta::nanoseconds(1);
    assert_eq!(london_date(last), date("2025-06-30"));
}

#[test]
fn the_day_the_clocks_go_forward_has_23_hours_and_the_day_they_go_back_25() {
    let hours = |day: &str| (end_of_day(date(day)) - end_of_day(date(day).pred_opt().unwrap())).num_hours();
    assert_eq!(hours("2026-03-29"), 23);
    assert_eq!(hours("2026-10-25"), 25);
    assert_eq!(hours("2026-10-26"), 24);
}

#[test]
fn five_o_clock_follows_the_clocks() {
    assert_eq!(london_instant(date("2026-10-24"), time("17:00:00")), utc("2026-10-24T16:00:00Z"));
    assert_eq!(london_instant(date("2026-10-25"), time("17:00:00")), utc("2026-10-25T17:00:00Z"));
}

#[test]
fn a_time_the_clocks_skip_is_the_first_they_show_next() {
    for skipped in ["01:00:00", "01:30:00", "01:30:15.5", "01:59:59"] {
        assert_eq!(london_instant(date("2026-03-29"), time(skipped)), utc("2026-03-29T01:00:00Z"));
    }
}

#[test]
fn a_time_the_clocks_show_twice_is_the_later() {
    assert_eq!(london_instant(date("2026-10-25"), time("01:30:00")), utc("2026-10-25T01:30:00Z"));
}

#[test]
fn the_ends_of_time_do_not_panic() {
    for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        london_date(instant);
        words(instant);
    }
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        end_of_day(day);
        london_instant(day, NaiveTime::MIN);
        let year = RegulatoryYear::containing(day);
        assert!(year.starts() <= year.ends());
    }
}

#[test]
fn instants_and_dates_are_said_in_words() {
    assert_eq!(words(utc("2025-02-28T17:00:00Z")), "Friday 28 February 2025, 17:00 (London)");
    assert_eq!(words(utc("2025-07-01T16:00:00Z")), "Tuesday 1 July 2025, 17:00 (London)");
    assert_eq!(date_words(date("2025-02-28")), "Friday 28 February 2025");
}

#[test]
fn a_regulatory_year_runs_from_1_april_to_31_march() {
    let year = RegulatoryYear::containing(date("2026-03-31"));
    assert_eq!(year.to_string(), "2025/26");
    assert_eq!((year.starts(), year.ends()), (date("2025-04-01"), date("2026-03-31")));
    assert!(year.contains(date("2025-04-01")));
    assert!(!year.contains(date("2026-04-01")));
    assert_eq!(RegulatoryYear::containing(date("1999-04-01")).to_string(), "1999/00");
}

#[test]
fn a_regulatory_year_is_read_as_it_is_written() {
    let year: RegulatoryYear = "2025/26".parse().unwrap();
    assert_eq!(year, RegulatoryYear::containing(date("2025-12-25")));
    assert_eq!(serde_json::to_string(&year).unwrap(), "\"2025/26\"");
    for wrong in ["2025", "2025/27", "2025/2026", "25/26", "+025/26", ""] {
        assert!(wrong.parse::<RegulatoryYear>().is_err(), "{wrong}");
    }
}
