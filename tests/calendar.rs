//! Working Days: the table of known answers, and every count against a loop over the published data.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has failed"
)]

use std::collections::BTreeSet;

use bdays::HolidayCalendar;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;
use quorate::calendar::{
    Calendar, CalendarError, Division, Edition, NotWorking, WorkingDays, london_instant, parse_date,
};

#[path = "calendar/command.rs"]
mod command;
#[path = "calendar/deadlines.rs"]
mod deadlines;
#[path = "calendar/editions.rs"]
mod editions;
#[path = "calendar/london.rs"]
mod london;
#[path = "calendar/pauses.rs"]
mod pauses;
#[path = "calendar/schedules.rs"]
mod schedules;
#[path = "calendar/values.rs"]
mod values;

fn date(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

fn wd(days: u16) -> WorkingDays {
    WorkingDays::new(days)
}

fn england() -> Calendar {
    Edition::built_in().calendar(Division::EnglandAndWales)
}

/// The published dates of a division, read without the code under test, and counted a day at a time.
struct Oracle(BTreeSet<NaiveDate>);

impl Oracle {
    fn of(division: Division) -> Self {
        let text = include_str!("../fixtures/bank-holidays.json");
        let data: serde_json::Value = serde_json::from_str(text).unwrap();
        let parts: &[&str] = match division {
            Division::EnglandAndWales => &["england-and-wales"],
            Division::Scotland => &["scotland"],
            Division::NorthernIreland => &["northern-ireland"],
            Division::GreatBritain => &["england-and-wales", "scotland"],
            Division::Union => &["england-and-wales", "scotland", "northern-ireland"],
        };
        let events = parts.iter().flat_map(|part| data[part]["events"].as_array().unwrap());
        Self(events.map(|event| event["date"].as_str().unwrap().parse().unwrap()).collect())
    }

    fn works(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.0.contains(&day)
    }

    fn after(&self, from: NaiveDate, n: u16) -> NaiveDate {
        self.walk(from, n, |day| day.succ_opt().unwrap())
    }

    fn before(&self, from: NaiveDate, n: u16) -> NaiveDate {
        self.walk(from, n, |day| day.pred_opt().unwrap())
    }

    fn walk(&self, from: NaiveDate, n: u16, step: impl Fn(NaiveDate) -> NaiveDate) -> NaiveDate {
        let mut day = from;
        let mut left = n;
        while left > 0 {
            day = step(day);
            left -= u16::from(self.works(day));
        }
        day
    }

    fn between(&self, start: NaiveDate, end: NaiveDate) -> usize {
        let days = start.iter_days().skip(1).take_while(|day| *day <= end);
        days.filter(|day| self.works(*day)).count()
    }
}

#[test]
fn every_row_of_the_table_of_known_answers_holds() {
    let rows: Vec<&str> = include_str!("../fixtures/working-days.csv").lines().skip(1).collect();
    assert!(rows.len() >= 60);
    for row in rows {
        let cells: Vec<&str> = row.split(',').collect();
        let calendar = Edition::built_in().calendar(cells[4].parse().unwrap());
        let start = date(cells[1]);
        let answer = match cells[0] {
            "add" => calendar.add(start, cells[2].parse().unwrap()).unwrap().to_string(),
            "sub" => calendar.subtract(start, cells[2].parse().unwrap()).unwrap().to_string(),
            _ => calendar.between(start, date(cells[3])).unwrap().to_string(),
        };
        assert_eq!(answer, cells[5], "{row}");
        if !cells[6].is_empty() {
            let close = london_instant(date(&answer), "17:00:00".parse().unwrap());
            assert_eq!(close.format("%Y-%m-%dT%H:%MZ").to_string(), cells[6], "{row}");
        }
    }
}

#[test]
fn the_real_dates_of_the_process_hold() {
    let calendar = england();
    assert_eq!(calendar.subtract(date("2025-12-01"), wd(20)).unwrap(), date("2025-11-03"));
    assert_eq!(calendar.add(date("2019-02-14"), wd(10)).unwrap(), date("2019-02-28"));
    assert_eq!(calendar.add(date("2019-06-13"), wd(10)).unwrap(), date("2019-06-27"));
}

#[test]
fn a_saturday_start_gives_the_same_day_as_the_friday_before() {
    let calendar = england();
    let from_friday = calendar.add(date("2026-12-18"), wd(10)).unwrap();
    assert_eq!(calendar.add(date("2026-12-19"), wd(10)).unwrap(), from_friday);
    assert_eq!(from_friday, date("2027-01-06"));
}

#[test]
fn no_working_days_after_a_day_is_that_day() {
    let saturday = date("2026-12-19");
    assert_eq!(england().add(saturday, wd(0)).unwrap(), saturday);
    assert_eq!(england().subtract(saturday, wd(0)).unwrap(), saturday);
}

#[test]
fn each_skipped_day_is_given_with_its_reason() {
    let skipped = england().skipped(date("2022-09-16"), date("2022-09-20")).unwrap();
    let found: Vec<(String, NotWorking)> = skipped.into_iter().map(|day| (day.date.to_string(), day.why)).collect();
    let funeral = "Bank Holiday for the State Funeral of Queen Elizabeth II".to_owned();
    assert_eq!(
        found,
        [
            ("2022-09-17".to_owned(), NotWorking::Weekend),
            ("2022-09-18".to_owned(), NotWorking::Weekend),
            ("2022-09-19".to_owned(), NotWorking::BankHoliday(funeral)),
        ]
    );
}

#[test]
fn a_year_has_its_bank_holidays_and_its_working_days() {
    let holidays = england();
    let holidays = holidays.holidays_in(2025).unwrap();
    assert_eq!(holidays.len(), 8);
    assert_eq!(holidays[1].title, "Good Friday");
    for division in Division::ALL {
        let calendar = Edition::built_in().calendar(division);
        let oracle = Oracle::of(division);
        for year in 2012..=2030 {
            let days = date(&format!("{year}-01-01")).iter_days();
            let working = days.take_while(|day| day.year() == year).filter(|day| oracle.works(*day));
            let counted = calendar.working_days_in_year(year).unwrap();
            assert_eq!(counted as usize, working.count(), "{year}");
        }
    }
}

#[test]
fn a_union_names_the_part_that_alone_keeps_a_day() {
    let union = Edition::built_in().calendar(Division::Union);
    let title = |year, day: &str| {
        let found = union.holidays_in(year).unwrap();
        found.iter().find(|holiday| holiday.date == date(day)).unwrap().title.clone()
    };
    assert_eq!(title(2024, "2024-12-25"), "Christmas Day");
    assert_eq!(title(2025, "2025-01-02"), "2nd January (Scotland only)");
    assert_eq!(title(2025, "2025-04-21"), "Easter Monday (England and Wales, Northern Ireland only)");
    assert_eq!(title(2012, "2012-01-02"), "New Year’s Day / 2nd January");
}

#[test]
fn a_date_outside_the_known_years_is_an_error_that_says_what_to_do() {
    let error = england().add(date("2031-01-01"), wd(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "2031-01-01 is outside 2012 to 2030, the years that the bank holiday edition \"gov.uk 2026-02-25\" covers: \
         import an edition that covers it with `quorate bank-holidays import FILE --edition NAME`"
    );
    assert!(england().is_working_day(date("2011-12-31")).is_err());
    assert!(england().between(date("2011-12-31"), date("2012-01-31")).is_err());
    assert!(england().skipped(date("2030-12-31"), date("2031-01-01")).is_err());
    assert_eq!(england().working_days_in_year(2031).unwrap_err(), england().holidays_in(2031).unwrap_err());
}

#[test]
fn a_count_that_walks_over_either_edge_is_an_error() {
    let over = england().add(date("2030-12-30"), wd(2)).unwrap_err();
    assert!(matches!(over, CalendarError::CountLeavesYears { days: 2, last: 2030, .. }), "{over}");
    let under = england().subtract(date("2012-01-04"), wd(2)).unwrap_err();
    assert!(matches!(under, CalendarError::CountLeavesYears { days: 2, first: 2012, .. }), "{under}");
    assert!(england().subtract(date("2012-01-01"), wd(1)).is_err());
}

#[test]
fn the_ends_of_all_dates_and_huge_counts_are_errors_and_not_panics() {
    for end in [NaiveDate::MAX, NaiveDate::MIN, date("1500-01-01"), date("0000-01-01")] {
        assert!(england().add(end, wd(1)).is_err());
        assert!(england().subtract(end, wd(1)).is_err());
        assert!(england().is_working_day(end).is_err());
        assert!(england().between(NaiveDate::MIN, end).is_err());
        assert!(england().skipped(end, NaiveDate::MAX).is_err());
    }
    assert!(england().add(date("2020-01-01"), wd(u16::MAX)).is_err());
    assert!(england().subtract(date("2020-01-01"), wd(u16::MAX)).is_err());
    assert!(england().holidays_in(i32::MIN).is_err());
    assert!(england().working_days_in_year(i32::MAX).is_err());
}

#[test]
fn an_end_before_the_start_is_an_error_that_says_so() {
    let error = england().between(date("2025-03-02"), date("2025-03-01")).unwrap_err();
    assert_eq!(error.to_string(), "the end 2025-03-01 is before the start 2025-03-02: give the earlier date first");
    assert_eq!(england().between(date("2025-03-02"), date("2025-03-02")).unwrap(), 0);
}

#[test]
fn between_working_days_the_counts_of_bdays_agree() {
    let calendar = england();
    let start = date("2022-05-27");
    let theirs = calendar.advance_bdays(start, 20);
    assert_eq!(calendar.add(start, wd(20)).unwrap(), theirs);
    assert_eq!(i64::from(calendar.bdays(start, theirs)), 20);
}

fn divisions() -> impl Strategy<Value = Division> {
    prop::sample::select(Division::ALL.to_vec())
}

/// A day of the known years that is at least a year from either edge.
fn inner_days() -> impl Strategy<Value = NaiveDate> {
    (0_u64..365 * 17).prop_map(|days| date("2013-01-01") + Days::new(days))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_count_equals_a_loop_over_the_published_days(
        division in divisions(), start in inner_days(), n in 0_u16..220,
    ) {
        let calendar = Edition::built_in().calendar(division);
        let oracle = Oracle::of(division);
        let end = oracle.after(start, n);
        prop_assert_eq!(calendar.add(start, wd(n)), Ok(end));
        prop_assert_eq!(calendar.subtract(start, wd(n)), Ok(oracle.before(start, n)));
        prop_assert_eq!(calendar.between(start, end).unwrap() as usize, oracle.between(start, end));
        prop_assert_eq!(calendar.is_working_day(start), Ok(oracle.works(start)));
    }

    #[test]
    fn counting_back_what_was_added_gives_the_number(
        division in divisions(), start in inner_days(), n in 0_u16..220,
    ) {
        let calendar = Edition::built_in().calendar(division);
        let end = calendar.add(start, wd(n)).unwrap();
        prop_assert_eq!(calendar.between(start, end), Ok(u32::from(n)));
        let skipped = calendar.skipped(start, end).unwrap().len();
        prop_assert_eq!((end - start).num_days(), i64::try_from(skipped + usize::from(n)).unwrap());
    }

    #[test]
    fn subtracting_undoes_adding_from_a_working_day(
        division in divisions(), start in inner_days(), n in 0_u16..220,
    ) {
        let calendar = Edition::built_in().calendar(division);
        let start = calendar.add(start, wd(1)).unwrap();
        let end = calendar.add(start, wd(n)).unwrap();
        prop_assert_eq!(calendar.subtract(end, wd(n)), Ok(start));
    }

    #[test]
    fn no_date_and_no_number_makes_a_count_panic(days in any::<i32>(), n in any::<u16>()) {
        let day = NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MAX);
        let calendar = Edition::built_in().calendar(Division::Union);
        let _ = calendar.add(day, wd(n));
        let _ = calendar.subtract(day, wd(n));
        let _ = calendar.between(day, NaiveDate::MAX);
    }
}
