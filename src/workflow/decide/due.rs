//! What falls due: reminders, overdue clocks, and actions the process takes by itself.
//!
//! Deciding again does no harm: what has been raised is on the clock, so a repeated or late tick raises nothing twice.
//! After downtime only the last of several missed reminders is raised, because 'five Working Days left' would no
//! longer be true; what the process does by itself counts from the instant it was due, not from when it was noticed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, Utc};

use super::{Draft, Refusal, Why, act};
use crate::calendar::{Calendar, CalendarError, WorkingDays, london_instant};
use crate::workflow::case::{Case, Clock, Standing};
use crate::workflow::definition::{ClockSpec, Definition, Reminder, WhenDue};
use crate::workflow::event::Event;
use crate::workflow::guard::Record;
use crate::workflow::names::ClockName;

/// The most things that may fall due in one case at once; a definition needing more never rests.
const LIMIT: usize = 500;

/// London time at which reminders go out.
const REMINDERS_AT: NaiveTime = match NaiveTime::from_hms_opt(9, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Raises and does whatever has fallen due, in the order it fell due.
pub(super) fn due(draft: &mut Draft<'_>, record: &Record, now: DateTime<Utc>) -> Result<(), Refusal> {
    for _ in 0..LIMIT {
        let Some((name, at)) = first_due(draft, now)? else { return Ok(()) };
        let Some(spec) = draft.rules.definition.clocks.get(&name) else { return Ok(()) };
        let closes_at = draft.case.clock(&name).map_or(at, |clock| clock.deadline.closes_at);
        if closes_at > now {
            remind(draft, &name, spec, now)?;
            continue;
        }
        match &spec.when_due {
            WhenDue::Overdue(notice) => {
                draft.push(Event::ClockOverdue { clock: name.clone() });
                draft.raise(notice, Some(&name));
            }
            WhenDue::Take(action) => {
                draft.as_of = closes_at;
                act::act_as_system(draft, action, record)?;
                draft.as_of = now;
            }
        }
    }
    Err(Refusal::because(Why::Restless))
}

fn first_due(draft: &Draft<'_>, now: DateTime<Utc>) -> Result<Option<(ClockName, DateTime<Utc>)>, CalendarError> {
    let mut first: Option<(ClockName, DateTime<Utc>)> = None;
    for clock in &draft.case.clocks {
        let at = next_of(draft.rules.definition, draft.rules.calendar, clock)?;
        if let Some(at) = at.filter(|at| *at <= now)
            && first.as_ref().is_none_or(|(_, earliest)| at < *earliest)
        {
            first = Some((clock.name.clone(), at));
        }
    }
    Ok(first)
}

/// Raises the last reminder whose time has come and marks the earlier ones as superseded by it.
fn remind(draft: &mut Draft<'_>, name: &ClockName, spec: &ClockSpec, now: DateTime<Utc>) -> Result<(), Refusal> {
    let Some(clock) = draft.case.clock(name).cloned() else { return Ok(()) };
    let calendar = draft.rules.calendar;
    let mut come: Vec<&Reminder> = Vec::new();
    for reminder in unsent(spec, &clock) {
        if reminder_at(calendar, &clock, reminder.before)?.is_some_and(|at| at <= now) {
            come.push(reminder);
        }
    }
    come.sort_by_key(|reminder| std::cmp::Reverse(reminder.before));
    let Some((last, superseded)) = come.split_last() else { return Ok(()) };
    for reminder in superseded.iter().chain([last]) {
        draft.push(Event::ReminderRaised { clock: name.clone(), before: reminder.before });
    }
    draft.raise(&last.notice, Some(name));
    Ok(())
}

fn unsent<'a>(spec: &'a ClockSpec, clock: &'a Clock) -> impl Iterator<Item = &'a Reminder> {
    spec.remind.reminders().iter().filter(|reminder| !clock.reminded.contains(&reminder.before))
}

/// When a reminder goes out; never on or before the day the count began.
fn reminder_at(
    calendar: &Calendar,
    clock: &Clock,
    before: WorkingDays,
) -> Result<Option<DateTime<Utc>>, CalendarError> {
    let on = calendar.subtract(clock.deadline.on, before)?;
    let at = london_instant(on, REMINDERS_AT);
    Ok((on > clock.deadline.derivation.counted_from && at < clock.deadline.closes_at).then_some(at))
}

fn next_of(
    definition: &Definition,
    calendar: &Calendar,
    clock: &Clock,
) -> Result<Option<DateTime<Utc>>, CalendarError> {
    if clock.standing == Standing::Paused || clock.overdue_since.is_some() {
        return Ok(None);
    }
    let mut next = clock.deadline.closes_at;
    if let Some(spec) = definition.clocks.get(&clock.name) {
        for reminder in unsent(spec, clock) {
            if let Some(at) = reminder_at(calendar, clock, reminder.before)? {
                next = next.min(at);
            }
        }
    }
    Ok(Some(next))
}

/// When something next falls due for each open clock of a case (UTC): the instant `tick` waits for.
///
/// # Errors
///
/// A reminder would lie outside the calendar's years.
pub fn next_due(
    rules: super::Rules<'_>,
    case: &Case,
) -> Result<BTreeMap<ClockName, Option<DateTime<Utc>>>, CalendarError> {
    let clocks = case.clocks.iter();
    clocks.map(|clock| Ok((clock.name.clone(), next_of(rules.definition, rules.calendar, clock)?))).collect()
}
