//! A case under changed rules: another edition of bank holidays, or another version of its process.

use chrono::NaiveDate;

use super::{Draft, EditionChoice, Refusal, Rules, Why, clocks};
use crate::calendar::{CalendarError, Deadline, Method};
use crate::workflow::case::{Case, Clock};
use crate::workflow::event::Event;
use crate::workflow::guard::Facts;
use crate::workflow::migrate::Move;
use crate::workflow::names::ClockName;

/// Counts the open clocks of a case with the calendar of another edition; ended clocks stay as they were.
pub(super) fn adopt_edition(draft: &mut Draft<'_>, choice: EditionChoice, reason: &str) -> Result<(), Refusal> {
    let mut told = Vec::new();
    for clock in draft.case.clocks.clone() {
        let deadline = under(draft.rules, &clock)?;
        if deadline.on == clock.deadline.on {
            continue;
        }
        let (clock, reason) = (clock.name, reason.to_owned());
        draft.push(match choice {
            EditionChoice::Move => Event::DeadlineMoved { clock: clock.clone(), deadline, reason },
            EditionChoice::Keep => Event::DeadlineKept { clock: clock.clone(), instead_of: deadline.on, reason },
        });
        told.push(clock);
    }
    draft.push(Event::EditionAdopted { edition: super::edition_of(draft.rules) });
    if let (EditionChoice::Move, Some(clock)) = (choice, told.first()) {
        let notice = draft.rules.definition.when_a_date_moves.clone();
        draft.raise(&notice, Some(clock));
    }
    Ok(())
}

fn under(rules: Rules<'_>, clock: &Clock) -> Result<Deadline, CalendarError> {
    let (calendar, spec) = (rules.calendar, rules.definition.clocks.get(&clock.name));
    match (&clock.deadline.derivation.method, spec) {
        (Method::Count { target }, _) => clocks::recount(calendar, &clock.deadline, *target, &clock.paused),
        (Method::Fixed { .. }, Some(spec)) => clocks::put_off(calendar, spec, &clock.deadline),
        _ => Ok(clock.deadline.clone()),
    }
}

/// Clock, date now and date under the calendar, for each open clock whose date would move.
pub(super) fn moved(rules: Rules<'_>, case: &Case) -> Result<Vec<(ClockName, NaiveDate, NaiveDate)>, CalendarError> {
    let mut moved = Vec::new();
    for clock in &case.clocks {
        let then = under(rules, clock)?.on;
        if then != clock.deadline.on {
            moved.push((clock.name.clone(), clock.deadline.on, then));
        }
    }
    Ok(moved)
}

/// Goes on under another version of the process, as planned; clocks go on with what they have counted.
pub(super) fn migrate(draft: &mut Draft<'_>, planned: &Move) -> Result<(), Refusal> {
    if planned.from != draft.case.state {
        return Err(Refusal::because(Why::NotThisMove { state: draft.case.state.clone() }));
    }
    draft.push(Event::Migrated {
        version: draft.rules.definition.version.clone(),
        state: planned.to.clone(),
        renamed: planned.clocks.iter().filter(|(old, new)| old != new).cloned().collect(),
    });
    clocks::enter(draft, &Facts::new())?;
    for notice in draft.rules.definition.notify_on_migration.notices() {
        draft.raise(notice, None);
    }
    Ok(())
}
