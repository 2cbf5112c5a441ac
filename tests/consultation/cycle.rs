use quorate::calendar::WorkingDays;
use quorate::consultation::{Cycle, RawCycle};

use super::{date, england};

fn cycle(change: impl FnOnce(&mut RawCycle)) -> Cycle {
    let mut raw = RawCycle::default();
    change(&mut raw);
    raw.try_into().unwrap()
}

#[test]
fn a_year_has_four_consultations_unless_another_interval_is_set() {
    let quarterly = Cycle::default().year_ahead(&england(), date("2026-01-01")).unwrap();
    let opens: Vec<_> = quarterly.iter().map(|slot| slot.opens.on).collect();
    assert_eq!(opens, ["2026-01-02", "2026-04-01", "2026-07-01", "2026-10-01"].map(date));
    let monthly = cycle(|raw| raw.interval_months = 1);
    assert_eq!(monthly.year_ahead(&england(), date("2026-01-01")).unwrap().len(), 12);
    let yearly = cycle(|raw| raw.interval_months = 12);
    assert_eq!(yearly.year_ahead(&england(), date("2026-01-01")).unwrap().len(), 1);
}

#[test]
fn every_date_of_a_consultation_is_counted_in_working_days_from_its_opening() {
    let slot = Cycle::default().year_ahead(&england(), date("2026-07-01")).unwrap().remove(0);
    assert_eq!(slot.opens.on, date("2026-07-01"));
    assert_eq!(slot.announced.on, date("2026-06-24"));
    assert_eq!(slot.cut_off.on, date("2026-05-12"), "30 Working Days before 24 June, over the bank holiday of 25 May");
    assert_eq!(slot.closes.on, date("2026-07-22"));
    assert_eq!(slot.closes.closes_at.to_rfc3339(), "2026-07-22T16:00:00+00:00", "17:00 in London");
    assert_eq!(slot.referral.on, date("2026-07-29"));
    let why = slot.cut_off.explain();
    assert!(
        why.contains("30 Working Days back") && why.contains("Spring bank holiday") && why.contains("R17"),
        "{why}"
    );
}

#[test]
fn a_consultation_is_to_be_prepared_from_some_days_before_its_cut_off_until_it_is_announced() {
    let opening = |on: &str| -> Vec<_> {
        let slots = Cycle::default().to_prepare(&england(), date(on), WorkingDays::new(10)).unwrap();
        slots.into_iter().map(|slot| slot.opens.on).collect()
    };
    let july = [date("2026-07-01")];
    assert_eq!(
        opening("2026-04-24"),
        [],
        "ten Working Days before 12 May, over the bank holiday of 4 May, is the 27th"
    );
    assert_eq!(opening("2026-04-27"), july);
    assert_eq!(opening("2026-05-13"), july, "the cut-off is past, and it is still to be announced");
    assert_eq!(opening("2026-06-24"), july);
    assert_eq!(opening("2026-06-25"), []);
}

#[test]
fn a_sip_is_in_time_on_the_cut_off_day_and_a_day_later_makes_the_next_one() {
    let cycle = Cycle::default();
    assert_eq!(cycle.next_for(&england(), date("2026-05-12")).unwrap().opens.on, date("2026-07-01"));
    assert_eq!(cycle.next_for(&england(), date("2026-05-13")).unwrap().opens.on, date("2026-10-01"));
    assert_eq!(cycle.next_for(&england(), date("2015-01-05")).unwrap().opens.on, date("2019-07-01"));
}

#[test]
fn the_dates_move_with_the_settings() {
    let cycle = cycle(|raw| {
        raw.anchor = date("2026-07-04");
        raw.window = WorkingDays::new(20);
        raw.preparation = WorkingDays::new(10);
    });
    let slot = cycle.year_ahead(&england(), date("2026-07-01")).unwrap().remove(0);
    assert_eq!(slot.opens.on, date("2026-07-06"), "the 4th is a Saturday");
    assert_eq!(slot.closes.on, date("2026-08-03"));
    assert_eq!(slot.cut_off.on, date("2026-06-15"));
}

#[test]
fn a_cycle_that_breaks_a_rule_is_refused_with_every_fault() {
    let raw = RawCycle {
        interval_months: 0,
        window: WorkingDays::new(14),
        notice: WorkingDays::new(300),
        ..RawCycle::default()
    };
    let faults = Cycle::try_from(raw).unwrap_err();
    let places: Vec<_> = faults.0.iter().map(|fault| fault.place.as_str()).collect();
    assert_eq!(places, ["interval_months", "window", "notice"]);
    assert!(faults.to_string().contains("at least 15wd"), "{faults}");
    let kept = serde_json::from_value::<Cycle>(serde_json::json!({ "window": "14wd" }));
    assert!(kept.is_err(), "what is stored passes the same checks");
}

#[test]
fn dates_beyond_the_known_bank_holidays_are_not_guessed() {
    let error = Cycle::default().year_ahead(&england(), date("2030-06-01")).unwrap_err();
    assert!(error.to_string().contains("2030"), "{error}");
    assert!(Cycle::default().year_ahead(&england(), chrono::NaiveDate::MAX).is_err());
    assert!(Cycle::default().next_for(&england(), chrono::NaiveDate::MAX).is_err());
}
