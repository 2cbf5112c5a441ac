use chrono::{Datelike, Days, NaiveDate, Weekday};
use quorate::calendar::WorkingDays;
use quorate::workflow::Definition;
use quorate::workflow::timeline::{Compared, Time, Timeline, dates, timeline};

use crate::diagram::{CONSULTATION, PROCESS_CHANGE, SIP, definition, parse};

fn of(yaml: &str) -> Timeline {
    timeline(&definition(yaml))
}

fn adds(timeline: &Timeline, detour: &str) -> Vec<u16> {
    timeline.detours.iter().filter(|known| known.detour == detour).map(|detour| detour.adds.get()).collect()
}

/// A process small enough to count by hand: two clocks in one state, a pause, a clock over two states, a repeating one.
fn small() -> Definition {
    let mut small = definition(PROCESS_CHANGE);
    small.start = "first".into();
    small.shared_actions.clear();
    small.clocks = parse(
        r"
  long: { title: Long, owner: dcc, target: 20wd, runs_in: [first, third], pauses_in: [second], basis: source, remind: nobody, when_due: { overdue: n } }
  short: { title: Short, owner: dcc, target: 2wd, runs_in: [first, second], basis: setting, remind: nobody, when_due: { overdue: n } }
  other: { title: Other, owner: dcc, target: 7wd, runs_in: [second], basis: setting, remind: nobody, when_due: { overdue: n } }
  watch: { title: Watch, owner: dcc, target: 90wd, runs_in: [third], restarts_on: [look], basis: setting, remind: nobody, when_due: { overdue: n } }
",
    );
    small.states = parse(
        r"
  first: { title: First, stage: drafting, owner: dcc, actions: { go: { title: Go, by: [dcc], to: second, notify: nobody } } }
  second: { title: Second, stage: drafting, owner: dcc, actions: { go: { title: Go, by: [dcc], to: third, notify: nobody } } }
  third:
    title: Third
    stage: drafting
    owner: dcc
    actions:
      look: { title: Look, by: [dcc], to: stay, notify: nobody }
      go: { title: Go, by: [dcc], to: end, notify: nobody }
  end: { title: End, stage: drafting, ends: Over. }
",
    );
    small
}

#[test]
fn a_sip_takes_145_working_days_on_the_usual_path_which_is_within_seven_months() {
    let timeline = of(SIP);
    let days = timeline.usual.legs.iter().filter_map(|leg| match leg.time {
        Time::Counted { days, .. } => Some(days.get()),
        _ => None,
    });
    assert_eq!(days.collect::<Vec<_>>(), [5, 20, 15, 10, 10, 20, 10, 35, 10, 5, 5]);
    assert_eq!(timeline.usual.total, WorkingDays::new(145));
    assert_eq!(timeline.usual.months.to_string(), "6.9");
    assert_eq!(timeline.limit.unwrap().days, WorkingDays::new(147));
    assert_eq!(timeline.usual.compared, Compared::EveryWay);
    assert!(timeline.to_string().contains("The usual path is within it, with 2 to spare."));
}

#[test]
fn the_usual_path_says_which_figures_the_source_gives() {
    let timeline = of(SIP);
    assert_eq!(timeline.usual.from_source, WorkingDays::new(40));
    assert_eq!(timeline.usual.from_settings, WorkingDays::new(105));
    let text = timeline.to_string();
    assert!(text.contains("Proposing 5, Validation and prioritisation 20, Improvement consultation 15"), "{text}");
    assert!(text.contains("the source (R12)"), "{text}");
}

#[test]
fn the_wait_for_the_next_consultation_is_named_and_not_counted() {
    let timeline = of(SIP);
    let backlog = timeline.usual.legs.iter().find(|leg| leg.state.as_str() == "backlog").unwrap();
    assert!(matches!(&backlog.time, Time::Untimed { reason } if reason.contains("next consultation")));
    assert!(timeline.to_string().contains("not counted: it waits for the next consultation"));
}

#[test]
fn each_detour_adds_what_its_own_clocks_add() {
    let timeline = of(SIP);
    assert_eq!(adds(&timeline, "information asked for"), [10]);
    assert_eq!(adds(&timeline, "urgent route"), [0]);
    assert_eq!(adds(&timeline, "Panel instead of the Operations Group"), [0, 0, 0]);
    assert_eq!(adds(&timeline, "scope or cost changed"), [10]);
    assert_eq!(adds(&timeline, "second consultation"), [5 + 15 + 5 + 10]);
    assert_eq!(timeline.every_detour_once, WorkingDays::new(200));
}

#[test]
fn sending_back_costs_the_way_back_to_where_it_was_sent_from() {
    let timeline = of(SIP);
    let returns = timeline.returns.iter().map(|back| (back.to.as_str(), back.from.len(), back.adds.get()));
    assert_eq!(returns.collect::<Vec<_>>(), [("backlog", 1, 15), ("refinement", 1, 20), ("development", 2, 45)]);
}

#[test]
fn the_longest_path_is_over_seven_months_and_says_by_how_much() {
    let timeline = of(SIP);
    assert_eq!(timeline.longest.total, WorkingDays::new(165));
    let states: Vec<_> = timeline.longest.legs.iter().map(|leg| leg.state.as_str()).collect();
    let mut once = states.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), states.len());
    assert!(timeline.to_string().contains("The longest path is over it by 18 Working Days."));
}

#[test]
fn a_date_given_case_by_case_without_an_allowance_is_named_and_not_counted() {
    let timeline = of(CONSULTATION);
    assert_eq!(timeline.usual.total, WorkingDays::new(20));
    let announced = timeline.usual.legs.iter().find(|leg| leg.state.as_str() == "announced").unwrap();
    assert_eq!(announced.time, Time::Dated { until: "Day it opens".to_owned() });
}

#[test]
fn a_process_without_a_limit_in_its_source_is_not_held_against_one() {
    let timeline = of(PROCESS_CHANGE);
    assert_eq!(timeline.usual.total, WorkingDays::new(55));
    assert_eq!(timeline.limit, None);
    assert!(!timeline.to_string().contains("The source says"));
}

#[test]
fn a_clock_counts_once_a_run_the_longest_bounds_and_a_repeating_one_does_not() {
    let timeline = timeline(&small());
    let times: Vec<_> = timeline.usual.legs.iter().map(|leg| &leg.time).collect();
    assert!(matches!(times[0], Time::Counted { clock, days, .. } if clock.as_str() == "long" && days.get() == 20));
    assert!(matches!(times[1], Time::Counted { clock, days, .. } if clock.as_str() == "other" && days.get() == 7));
    assert!(matches!(times[2], Time::Within { clock, .. } if clock.as_str() == "long"));
    assert_eq!(times[3], &Time::Ends { how: "Over.".to_owned() });
    assert_eq!(timeline.usual.total, WorkingDays::new(27));
}

#[test]
fn months_are_rounded_to_the_nearest_tenth_of_21_working_days() {
    use quorate::workflow::timeline::Months;
    let months = |days| Months::of(WorkingDays::new(days)).to_string();
    assert_eq!([0, 1, 10, 21, 145, 147].map(months), ["0.0", "0.0", "0.5", "1.0", "6.9", "7.0"]);
}

#[test]
fn the_usual_path_is_laid_on_dates_one_leg_after_another() {
    let timeline = of(SIP);
    let from = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    let dated = dates(&timeline, from, &weekdays).unwrap();
    assert_eq!(dated.len(), timeline.usual.legs.len());
    assert_eq!((dated[0].begins, dated[0].due), (from, NaiveDate::from_ymd_opt(2026, 1, 12).unwrap()));
    assert!(dated.windows(2).all(|pair| pair[0].due == pair[1].begins));
    assert_eq!(dated.last().unwrap().due, weekdays(from, WorkingDays::new(145)).unwrap());
}

#[test]
fn a_date_the_calendar_does_not_know_is_refused_and_not_guessed() {
    let from = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    assert_eq!(dates(&of(SIP), from, &|_, _| Err("no bank holidays known")), Err("no bank holidays known"));
}

fn weekdays(from: NaiveDate, days: WorkingDays) -> Result<NaiveDate, &'static str> {
    let mut date = from;
    for _ in 0..days.get() {
        date = date.checked_add_days(Days::new(1)).ok_or("out of range")?;
        while matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
            date = date.checked_add_days(Days::new(1)).ok_or("out of range")?;
        }
    }
    Ok(date)
}
