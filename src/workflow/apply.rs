//! Makes the next case out of an event. No rule lives here: what an event says is so.

use super::case::{Case, Clock, ClockOutcome, EndedClock, Standing};
use super::event::Event;
use super::names::ClockName;
use super::value::Value;
use crate::calendar::{Deadline, PausedSpan};

/// The case that follows from its events in order, or `None` where they do not begin with its opening.
pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<Case> {
    let mut events = events.into_iter();
    let mut case = open(events.next()?)?;
    for event in events {
        apply(&mut case, event);
    }
    Some(case)
}

/// The case that an opening event begins; `None` for any other event.
pub(super) fn open(event: &Event) -> Option<Case> {
    let Event::CaseOpened { process, version, edition, division, state, at, values } = event else { return None };
    Some(Case {
        process: process.clone(),
        version: version.clone(),
        edition: edition.clone(),
        division: *division,
        state: state.clone(),
        opened_at: *at,
        entered_at: *at,
        number: None,
        values: values.clone(),
        clocks: Vec::new(),
        ended_clocks: Vec::new(),
        timetable: None,
        determinations: Vec::new(),
    })
}

/// Brings a case up to date with an event.
pub fn apply(case: &mut Case, event: &Event) {
    match event {
        Event::ActionTaken { from, to, at, values, .. } => {
            case.values.extend(values.clone());
            if from != to {
                case.state = to.clone();
                case.entered_at = *at;
            }
        }
        Event::FactSet { fact, holds } => {
            case.values.insert(fact.clone(), Value::YesNo(*holds));
        }
        Event::DeterminationMade(made) => case.determinations.push(made.clone()),
        Event::NumberAssigned { number } => case.number = Some(number.clone()),
        Event::TimetableSet(timetable) => case.timetable = Some(timetable.clone()),
        Event::EditionAdopted { edition } => case.edition = edition.clone(),
        Event::Migrated { version, state, renamed } => {
            case.version.clone_from(version);
            case.state = state.clone();
            rename(&mut case.clocks, renamed);
        }
        // These are for the record, or for other cases; this case stands as it stood.
        Event::CaseOpened { .. }
        | Event::Stated { .. }
        | Event::DeadlineKept { .. }
        | Event::NoticeRaised { .. }
        | Event::MembersAdded { .. }
        | Event::MemberDropped { .. }
        | Event::MemberLeft { .. }
        | Event::MembersTook { .. }
        | Event::BatchLeft { .. }
        | Event::DefinitionActivated { .. }
        | Event::PrioritiesJoined
        | Event::Reranked { .. }
        | Event::BallotCounted { .. }
        | Event::BallotEnded { .. }
        | Event::TermsAdopted { .. }
        | Event::BodyDissolved
        | Event::ContentsIssued
        | Event::CollationReferred => {}
        _ => apply_to_clock(case, event),
    }
}

fn apply_to_clock(case: &mut Case, event: &Event) {
    match event {
        Event::ClockStarted { clock, instance, deadline } => case.clocks.push(Clock {
            name: clock.clone(),
            instance: *instance,
            first_due: deadline.on,
            deadline: deadline.clone(),
            standing: Standing::Running,
            paused: Vec::new(),
            overdue_since: None,
            reminded: Vec::new(),
        }),
        Event::ClockPaused { clock, on } => with(case, clock, |clock| {
            clock.standing = Standing::Paused;
            clock.paused.push(PausedSpan { from: *on, to: None });
        }),
        Event::ClockResumed { clock, on, deadline } => with(case, clock, |clock| {
            if let Some(span) = clock.paused.last_mut() {
                span.to = Some(*on);
            }
            due(clock, deadline);
            clock.standing = Standing::Running;
        }),
        Event::ClockExtended { clock, deadline, .. } | Event::DeadlineMoved { clock, deadline, .. } => {
            with(case, clock, |clock| due(clock, deadline));
        }
        Event::ReminderRaised { clock, before } => with(case, clock, |clock| clock.reminded.push(*before)),
        Event::ClockOverdue { clock } => {
            with(case, clock, |clock| clock.overdue_since = Some(clock.deadline.closes_at));
        }
        Event::ClockMet { clock, on } => end(case, clock, |due| EndedClock {
            outcome: if *on > due.due { ClockOutcome::MetLate } else { ClockOutcome::Met },
            ended: *on,
            ..due
        }),
        Event::ClockStopped { clock, on } => {
            end(case, clock, |due| EndedClock { outcome: ClockOutcome::Stopped, ended: *on, ..due });
        }
        _ => {}
    }
}

fn with(case: &mut Case, name: &ClockName, change: impl FnOnce(&mut Clock)) {
    if let Some(clock) = case.clocks.iter_mut().find(|clock| clock.name == *name) {
        change(clock);
    }
}

/// A new due date begins its reminders anew, and an overdue clock is overdue no longer.
fn due(clock: &mut Clock, deadline: &Deadline) {
    if clock.deadline.closes_at != deadline.closes_at {
        clock.reminded.clear();
        clock.overdue_since = None;
    }
    clock.deadline = deadline.clone();
}

fn end(case: &mut Case, name: &ClockName, outcome: impl FnOnce(EndedClock) -> EndedClock) {
    let Some(position) = case.clocks.iter().position(|clock| clock.name == *name) else { return };
    let clock = case.clocks.remove(position);
    case.ended_clocks.push(outcome(EndedClock {
        name: clock.name,
        instance: clock.instance,
        first_due: clock.first_due,
        due: clock.deadline.on,
        ended: clock.deadline.on,
        outcome: ClockOutcome::Stopped,
    }));
}

fn rename(clocks: &mut [Clock], renamed: &[(ClockName, ClockName)]) {
    for clock in clocks {
        if let Some((_, new)) = renamed.iter().find(|(old, _)| *old == clock.name) {
            clock.name = new.clone();
        }
    }
}
