//! How long a count of Working Days takes.
#![expect(clippy::disallowed_methods, reason = "measuring is what this does")]
#![expect(clippy::print_stdout, reason = "the result is printed")]

use std::hint::black_box;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use quorate::calendar::{Calendar, Division, Edition, WorkingDays};

const CALLS: u32 = 10_000;
const ROUNDS: usize = 101;

/// Prints the median time of a call of each count, over the dates of sixteen years.
pub(crate) fn run() {
    let calendar = Edition::built_in().calendar(Division::Union);
    measure("calendar: add 10 Working Days", |day| {
        black_box(calendar.add(day, WorkingDays::new(10)).is_ok());
    });
    measure("calendar: add 260 Working Days", |day| {
        black_box(calendar.add(day, WorkingDays::new(260)).is_ok());
    });
    measure("calendar: between, over a year", |day| {
        black_box(year_after(&calendar, day));
    });
}

fn year_after(calendar: &Calendar, day: NaiveDate) -> Option<u32> {
    calendar.between(day, day + Days::new(365)).ok()
}

fn measure(name: &str, call: impl Fn(NaiveDate)) {
    let mut rounds: Vec<u128> = (0..ROUNDS).map(|_| one_round(&call)).collect();
    rounds.sort_unstable();
    let median = rounds.get(ROUNDS / 2).copied().unwrap_or_default();
    println!("{name}: {} ns/call", median / u128::from(CALLS));
}

fn one_round(call: &impl Fn(NaiveDate)) -> u128 {
    let first = NaiveDate::from_ymd_opt(2013, 1, 1).unwrap_or_default();
    let started = Instant::now();
    for index in 0..CALLS {
        call(black_box(first + Days::new(u64::from(index % 6000))));
    }
    started.elapsed().as_nanos()
}
