//! Clocks: they start, stand still, go on, move and end as the case moves.

use chrono::NaiveDate;

use super::refusal::Missing;
use super::{Draft, Refusal, Why};
use crate::calendar::{Calendar, CalendarError, Close, Deadline, Method, PausedSpan, WorkingDays};
use crate::workflow::case::{Clock, Standing};
use crate::workflow::definition::{ClockSpec, YesNo};
use crate::workflow::event::Event;
use crate::workflow::guard::Facts;
use crate::workflow::names::{ActionName, ClockName, FactName, RoleName, StateName};

/// Brings the clocks into line with the state the case is in now; `changed` holds the values just filled in.
pub(super) fn enter(draft: &mut Draft<'_>, changed: &Facts) -> Result<(), Refusal> {
    let taken = last_action(draft);
    for (name, spec) in &draft.rules.definition.clocks {
        let state = draft.case.state.clone();
        let wanted = if spec.runs_in.contains(&state) {
            Some(Standing::Running)
        } else {
            spec.pauses_in.contains(&state).then_some(Standing::Paused)
        };
        match (draft.case.clock(name).cloned(), wanted) {
            (None, Some(Standing::Running)) => start(draft, name, spec)?,
            (None, _) => {}
            (Some(_), None) => end(draft, name, spec, taken.as_ref()),
            (Some(clock), Some(wanted)) => go_on(draft, &clock, spec, wanted, changed, taken.as_ref())?,
        }
    }
    Ok(())
}

struct Taken {
    action: ActionName,
    role: RoleName,
    from: StateName,
}

fn last_action(draft: &Draft<'_>) -> Option<Taken> {
    draft.events.iter().rev().find_map(|event| match event {
        Event::ActionTaken { action, role, from, .. } => {
            Some(Taken { action: action.clone(), role: role.clone(), from: from.clone() })
        }
        _ => None,
    })
}

fn start(draft: &mut Draft<'_>, name: &ClockName, spec: &ClockSpec) -> Result<(), Refusal> {
    let deadline = first_deadline(draft, name, spec)?;
    let instance = draft.case.starts_of(name) + 1;
    draft.push(Event::ClockStarted { clock: name.clone(), instance, deadline });
    Ok(())
}

fn first_deadline(draft: &Draft<'_>, name: &ClockName, spec: &ClockSpec) -> Result<Deadline, Refusal> {
    let (from, event) = counted_from(draft, spec);
    let close = spec.closes_at.map_or(Close::EndOfDay, Close::At);
    let calendar = draft.rules.calendar;
    let set = draft.case.timetable.as_ref().and_then(|set| Some((set, *set.dates.get(name)?)));
    if let Some((set, date)) = set.filter(|(_, date)| *date >= draft.today()) {
        let fixed = Deadline::fixed(calendar, event, from, date, close, set.body.as_str());
        return Ok(fixed.set_by(date, set.body.as_str(), set.reason.as_str()));
    }
    match (&spec.until, spec.target) {
        (Some(field), _) => {
            let on = draft.case.date(field).ok_or_else(|| no_date(draft, field))?;
            let why = draft.rules.definition.fact_title(field);
            given(calendar, spec, Deadline::fixed(calendar, event, from, on, close, why))
        }
        (None, target) => {
            let target = target.unwrap_or(WorkingDays::new(0));
            Ok(Deadline::counted(calendar, event, from, target, &[], close, spec.rule.as_deref())?)
        }
    }
}

/// A date that was given. Where the clock has a fewest number of Working Days, the days it passes over are noted, so
/// that it can be told later how many it had.
fn given(calendar: &Calendar, spec: &ClockSpec, mut deadline: Deadline) -> Result<Deadline, Refusal> {
    let from = deadline.derivation.counted_from;
    if spec.at_least.is_some() && from <= deadline.on {
        deadline.derivation.skipped = calendar.skipped(from, deadline.on)?;
    }
    Ok(deadline)
}

/// A date that was given, put off where another calendar leaves it fewer Working Days than it must have. One that never
/// had as many, as by an urgent timetable, stays.
pub(super) fn put_off(calendar: &Calendar, spec: &ClockSpec, deadline: &Deadline) -> Result<Deadline, CalendarError> {
    let (how, Some(fewest)) = (&deadline.derivation, spec.at_least) else { return Ok(deadline.clone()) };
    let (from, days) = (how.counted_from, u32::from(fewest.get()));
    let passed_over = i64::try_from(how.skipped.len()).unwrap_or(i64::MAX);
    let had = (deadline.on - from).num_days().saturating_sub(passed_over);
    if from > deadline.on || had < i64::from(days) || calendar.between(from, deadline.on)? >= days {
        return Ok(deadline.clone());
    }
    let on = calendar.add(from, fewest)?;
    let why = format!("a new bank holiday would leave fewer than {fewest}");
    let mut moved = Deadline::fixed(calendar, how.start_event.as_str(), from, on, how.closes, why);
    moved.derivation.skipped = calendar.skipped(from, on)?;
    Ok(moved)
}

fn no_date(draft: &Draft<'_>, field: &FactName) -> Refusal {
    let what = format!("give it: {}", draft.rules.definition.fact_title(field));
    Refusal::because(Why::Incomplete).missing(vec![Missing { field: Some(field.to_string()), what }])
}

fn counted_from(draft: &Draft<'_>, spec: &ClockSpec) -> (NaiveDate, String) {
    let definition = draft.rules.definition;
    let given = spec.counted_from.as_ref().and_then(|field| Some((draft.case.date(field)?, field)));
    if let Some((date, field)) = given {
        return (date, definition.fact_title(field));
    }
    let state = definition.states.get(&draft.case.state);
    (draft.today(), state.map_or_else(|| draft.case.state.words(), |state| state.title.clone()))
}

/// A clock ends met when whoever it waits for, or the process itself, took the action; otherwise it no longer matters.
fn end(draft: &mut Draft<'_>, name: &ClockName, spec: &ClockSpec, taken: Option<&Taken>) {
    let on = draft.today();
    let clock = name.clone();
    let met = taken.is_some_and(|taken| {
        let definition = draft.rules.definition;
        let decided = definition.states.get(&taken.from).is_some_and(|from| from.determination.is_some());
        let action = definition.action(&taken.from, &taken.action);
        let undone = action.is_some_and(|action| action.leaves_undone == YesNo::Yes);
        !undone && (taken.role == spec.owner || taken.role == super::system() || decided)
    });
    draft.push(if met { Event::ClockMet { clock, on } } else { Event::ClockStopped { clock, on } });
}

fn go_on(
    draft: &mut Draft<'_>,
    clock: &Clock,
    spec: &ClockSpec,
    wanted: Standing,
    changed: &Facts,
    taken: Option<&Taken>,
) -> Result<(), Refusal> {
    let (name, on) = (clock.name.clone(), draft.today());
    if taken.is_some_and(|taken| spec.restarts_on.contains(&taken.action)) {
        draft.push(Event::ClockMet { clock: name.clone(), on });
        return start(draft, &name, spec);
    }
    if spec.until.as_ref().is_some_and(|field| changed.contains_key(field)) {
        move_to_field(draft, clock, spec, changed)?;
    }
    match (clock.standing, wanted) {
        (Standing::Running, Standing::Paused) => draft.push(Event::ClockPaused { clock: name, on }),
        (Standing::Paused, Standing::Running) => {
            let moved = draft.case.clock(&name).unwrap_or(clock).clone();
            // Where the time was set back meanwhile, it goes on from the day it stopped.
            let on = moved.paused.last().map_or(on, |span| on.max(span.from));
            let deadline = resumed(draft, &moved, on)?;
            draft.push(Event::ClockResumed { clock: name, on, deadline });
        }
        _ => {}
    }
    Ok(())
}

/// The field a clock runs until was filled in again: the new date replaces the old one and what it was paused for.
fn move_to_field(draft: &mut Draft<'_>, clock: &Clock, spec: &ClockSpec, changed: &Facts) -> Result<(), Refusal> {
    let Some(field) = &spec.until else { return Ok(()) };
    let on = draft.case.date(field).ok_or_else(|| no_date(draft, field))?;
    if on == clock.deadline.on {
        return Ok(());
    }
    let (derivation, title) = (&clock.deadline.derivation, draft.rules.definition.fact_title(field));
    let event = derivation.start_event.clone();
    let calendar = draft.rules.calendar;
    let fixed = Deadline::fixed(calendar, event, derivation.counted_from, on, derivation.closes, title.as_str());
    let deadline = given(calendar, spec, fixed)?;
    let given = ["reason", "decision_reasons", "what_changed"].iter().find_map(|name| changed.get(*name)?.as_text());
    let reason = given.map_or(title, str::to_owned);
    draft.push(Event::DeadlineMoved { clock: clock.name.clone(), deadline, reason });
    Ok(())
}

/// The due date of a clock that goes on: it moves by exactly the Working Days it stood still.
fn resumed(draft: &Draft<'_>, clock: &Clock, on: NaiveDate) -> Result<Deadline, CalendarError> {
    let mut paused = clock.paused.clone();
    if let Some(span) = paused.last_mut() {
        span.to = Some(on);
    }
    if let Method::Count { target } = clock.deadline.derivation.method {
        return recount(draft.rules.calendar, &clock.deadline, target, &paused);
    }
    let Some(stood) = paused.last().copied() else { return Ok(clock.deadline.clone()) };
    moved_by_pause(draft.rules.calendar, &clock.deadline, stood, on)
}

/// A date that was given, not counted, moves by the Working Days the clock stood still before it.
fn moved_by_pause(
    calendar: &Calendar,
    deadline: &Deadline,
    stood: PausedSpan,
    on: NaiveDate,
) -> Result<Deadline, CalendarError> {
    if stood.from >= deadline.on {
        return Ok(deadline.clone());
    }
    let days = calendar.between(stood.from, on)?;
    let days = WorkingDays::new(u16::try_from(days).unwrap_or(u16::MAX));
    let due = calendar.add(deadline.on, days)?;
    let mut derivation = deadline.derivation.clone();
    derivation.paused.push(PausedSpan { from: stood.from, to: Some(on) });
    Ok(Deadline { on: due, closes_at: derivation.closes.on(due), derivation })
}

/// A counted deadline, counted again with another calendar or other pauses.
pub(super) fn recount(
    calendar: &Calendar,
    deadline: &Deadline,
    target: WorkingDays,
    paused: &[PausedSpan],
) -> Result<Deadline, CalendarError> {
    let how = &deadline.derivation;
    let event = how.start_event.clone();
    Deadline::counted(calendar, event, how.counted_from, target, paused, how.closes, how.rule.as_deref())
}

/// Gives a clock a later date, with a reason, and tells people (R13, R24).
pub(super) fn extend(
    draft: &mut Draft<'_>,
    name: &ClockName,
    to: NaiveDate,
    reason: &str,
    roles: &[RoleName],
) -> Result<(), Refusal> {
    let definition = draft.rules.definition;
    let (Some(clock), Some(spec)) = (draft.case.clock(name), definition.clocks.get(name)) else {
        let open = draft.case.clocks.iter().map(|clock| clock.name.clone()).collect();
        return Err(Refusal::because(Why::NoSuchClock { clock: name.clone(), open }));
    };
    let refuse = |why| Refusal { rule: spec.rule.clone(), ..Refusal::because(why) };
    let Some(extension) = &spec.extension else { return Err(refuse(Why::NotExtendable { clock: name.clone() })) };
    let Some(role) = extension.by.iter().find(|role| roles.contains(role)) else {
        let names: Vec<_> = extension.by.iter().map(RoleName::as_str).collect();
        return Err(refuse(Why::NotYou { action: format!("extend {}", name.words()) }).who(definition, &names));
    };
    if reason.trim().is_empty() {
        let missing = Missing { field: Some("reason".to_owned()), what: "say why more time is needed".to_owned() };
        return Err(refuse(Why::Incomplete).missing(vec![missing]));
    }
    if to <= clock.deadline.on || to < draft.today() {
        return Err(refuse(Why::NotLater { due: clock.deadline.on, to }));
    }
    draft.rules.calendar.is_working_day(to)?;
    let deadline = clock.deadline.extended(to, definition.title_of(role.as_str()), reason)?;
    let told = definition.notices.get(&extension.notice).map(|notice| notice.to.clone()).unwrap_or_default();
    draft.push(Event::ClockExtended { clock: name.clone(), deadline, reason: reason.to_owned(), told });
    draft.raise(&extension.notice, Some(name));
    Ok(())
}
