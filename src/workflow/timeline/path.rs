//! Ways through a process and the Working Days along them.

use crate::calendar::WorkingDays;
use crate::workflow::{ClockName, ClockSpec, Definition, State, StateName};

/// How many steps a search takes before it settles for the longest way found so far.
const SEARCH_STEPS: usize = 500_000;

/// What the time in one state of a path comes to.
#[derive(Clone, Copy)]
pub(super) enum Spent<'a> {
    /// A clock bounds the state and adds its allowance.
    Counted(&'a ClockName, &'a ClockSpec, WorkingDays),
    /// The bounding clock was counted in an earlier state of the same run.
    Within(&'a ClockName),
    /// A clock runs to a date given case by case, for which there is no allowance.
    Dated(&'a ClockSpec),
    /// No clock bounds the state.
    Unbounded,
}

/// Whether a search looked at every way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Every way was looked at.
    Everything,
    /// The search stopped early, so that a longer way may exist.
    StoppedEarly,
}

/// The longest way found and its Working Days.
pub(super) struct Way<'a> {
    pub(super) states: Vec<&'a StateName>,
    pub(super) days: WorkingDays,
}

/// The usual path: the longest from the start to a final state through states that are no detour, each state once.
pub(in crate::workflow) fn usual_path(definition: &Definition) -> Vec<&StateName> {
    let usual = |state: &StateName| is_usual(definition, state);
    let (way, _) = longest(definition, &definition.start, &usual, &|state| usual(state) && is_final(definition, state));
    way.map(|way| way.states).unwrap_or_default()
}

/// The longest way of all with every state at most once, and whether the search was exhaustive.
pub(super) fn longest_path(definition: &Definition) -> (Option<Way<'_>>, Reach) {
    longest(definition, &definition.start, &|_| true, &|state| is_final(definition, state))
}

/// The longest way from `from` to a goal, by Working Days and then by number of states, through states that `may`
/// be passed, each once. A goal ends the way, and may be `from` itself.
pub(super) fn longest<'a>(
    definition: &'a Definition,
    from: &'a StateName,
    may: &dyn Fn(&StateName) -> bool,
    goal: &dyn Fn(&StateName) -> bool,
) -> (Option<Way<'a>>, Reach) {
    let mut best: Option<Way<'a>> = None;
    let mut trail = vec![from];
    let mut open = vec![successors(definition, from).into_iter()];
    for _ in 0..SEARCH_STEPS {
        let Some(ahead) = open.last_mut() else { return (best, Reach::Everything) };
        match ahead.next() {
            Some(state) if goal(state) => {
                trail.push(state);
                consider(definition, &trail, &mut best);
                trail.pop();
            }
            Some(state) if may(state) && !trail.contains(&state) => {
                trail.push(state);
                open.push(successors(definition, state).into_iter());
            }
            Some(_) => {}
            None => {
                open.pop();
                trail.pop();
            }
        }
    }
    (best, Reach::StoppedEarly)
}

fn consider<'a>(definition: &'a Definition, trail: &[&'a StateName], best: &mut Option<Way<'a>>) {
    let days = days_along(definition, trail);
    let rank = (days, trail.len());
    if best.as_ref().is_none_or(|best| rank > (best.days, best.states.len())) {
        *best = Some(Way { states: trail.to_vec(), days });
    }
}

/// The states one action away, each once, in the order of the definition; a case that stays where it is goes nowhere.
pub(super) fn successors<'a>(definition: &'a Definition, from: &'a StateName) -> Vec<&'a StateName> {
    let mut next = Vec::new();
    for (_, action) in definition.actions_of(from) {
        for to in action.to.states(from) {
            if to != from && definition.states.contains_key(to) && !next.contains(&to) {
                next.push(to);
            }
        }
    }
    next
}

/// What each state of a path comes to, counting a clock once for each run of states in which it runs or stands still.
pub(super) fn spent_along<'a>(definition: &'a Definition, path: &[&'a StateName]) -> Vec<Spent<'a>> {
    let mut counted: Vec<(&ClockName, &ClockSpec)> = Vec::new();
    path.iter()
        .map(|state| {
            counted.retain(|(_, clock)| clock.runs_in.contains(state) || clock.pauses_in.contains(state));
            let running: Vec<_> = definition.clocks_in(state).filter(|(_, clock)| bounds(clock)).collect();
            let spent = spend(&running, &counted);
            for clock in running {
                if !counted.contains(&clock) {
                    counted.push(clock);
                }
            }
            spent
        })
        .collect()
}

fn spend<'a>(running: &[(&'a ClockName, &'a ClockSpec)], counted: &[(&ClockName, &ClockSpec)]) -> Spent<'a> {
    let already = |name: &ClockName| counted.iter().any(|(counted, _)| *counted == name);
    let figures = running.iter().filter_map(|(name, clock)| Some((*name, *clock, allowance(clock)?)));
    match figures.max_by_key(|(name, _, days)| (*days, already(name))) {
        Some((name, ..)) if already(name) => Spent::Within(name),
        Some((name, clock, days)) => Spent::Counted(name, clock, days),
        None => running.first().map_or(Spent::Unbounded, |(_, clock)| Spent::Dated(clock)),
    }
}

/// The Working Days along a path.
pub(super) fn days_along(definition: &Definition, path: &[&StateName]) -> WorkingDays {
    let days = spent_along(definition, path).into_iter().map(|spent| match spent {
        Spent::Counted(_, _, days) => days,
        _ => WorkingDays::new(0),
    });
    days.fold(WorkingDays::new(0), add)
}

/// The sum, at most the largest number of Working Days there is.
pub(super) fn add(one: WorkingDays, other: WorkingDays) -> WorkingDays {
    WorkingDays::new(one.get().saturating_add(other.get()))
}

/// What is left of `one` after `other`, at least none.
pub(super) fn less(one: WorkingDays, other: WorkingDays) -> WorkingDays {
    WorkingDays::new(one.get().saturating_sub(other.get()))
}

/// The figure of a clock: its target, or its allowance where a date given case by case decides.
pub(super) fn allowance(clock: &ClockSpec) -> Option<WorkingDays> {
    clock.target.or(clock.allow)
}

/// Whether a clock bounds the states it runs in: one that begins again and again does not.
fn bounds(clock: &ClockSpec) -> bool {
    clock.restarts_on.is_empty()
}

/// The place of a state in the order of the definition.
pub(super) fn order(definition: &Definition, state: &StateName) -> usize {
    definition.states.get_index_of(state).unwrap_or(usize::MAX)
}

pub(super) fn is_final(definition: &Definition, state: &StateName) -> bool {
    definition.states.get(state).is_some_and(State::is_final)
}

pub(super) fn is_usual(definition: &Definition, state: &StateName) -> bool {
    definition.states.get(state).is_some_and(|state| state.detour.is_none())
}
