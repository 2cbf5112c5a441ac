//! Clocks: well formed, started and stopped, sure of their dates, and never two things to do at once.

use super::graph::Graph;
use super::guards::can_hold;
use super::names::SYSTEM;
use super::search::{Event, Search, Seen};
use super::shape::repeated;
use super::spelling::mend;
use super::{Findings, Proof};
use crate::workflow::{ActionName, ClockName, ClockSpec, Definition, FactName, Guard, Kind, StateName, WhenDue, YesNo};

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    for (name, clock) in &definition.clocks {
        let path = format!("clocks.{name}");
        figure(&path, clock, findings);
        dates(definition, &path, clock, findings);
        states(definition, &path, clock, findings);
        restarts(definition, &path, clock, findings);
        if let WhenDue::Take(action) = &clock.when_due {
            taken_when_due(definition, &path, clock, action, findings);
        }
    }
    for state in definition.states.keys() {
        two_at_once(definition, state, findings);
    }
}

fn figure(path: &str, clock: &ClockSpec, findings: &mut Findings) {
    match (clock.target, &clock.until) {
        (None, None) => {
            let mend = "Give `target` in Working Days, or name under `until` the date it is due.";
            findings.add(path, "nothing says when it is due", mend);
        }
        (Some(_), Some(_)) => {
            findings.add(format!("{path}.until"), "it has two due dates", "Keep `target` or `until`.");
        }
        (Some(_), None) if clock.allow.is_some() => {
            let mend = "Take `allow` out: the timeline uses `target`.";
            findings.add(format!("{path}.allow"), "an allowance stands for a date not known beforehand", mend);
        }
        _ => {}
    }
    let Some(target) = clock.target else { return };
    let reminders = clock.remind.reminders().iter().enumerate();
    for (index, reminder) in reminders.filter(|(_, reminder)| reminder.before >= target) {
        let (before, target) = (reminder.before.get(), target.get());
        let what = format!("a reminder {before} Working Days before comes too early: the clock runs for {target}");
        findings.add(format!("{path}.remind[{index}].before"), what, "Remind later, or allow longer.");
    }
}

fn dates(definition: &Definition, path: &str, clock: &ClockSpec, findings: &mut Findings) {
    for (part, fact) in [("until", &clock.until), ("counted_from", &clock.counted_from)] {
        let Some(fact) = fact else { continue };
        if definition.kind_of(fact).is_some_and(|kind| kind != Kind::Date) {
            let mend = "Name a fact or field of `kind: date`.";
            findings.add(format!("{path}.{part}"), format!("`{fact}` is not a date"), mend);
        }
    }
}

fn states(definition: &Definition, path: &str, clock: &ClockSpec, findings: &mut Findings) {
    repeated(&format!("{path}.runs_in"), &clock.runs_in, findings);
    repeated(&format!("{path}.pauses_in"), &clock.pauses_in, findings);
    if clock.runs_in.is_empty() {
        findings.add(format!("{path}.runs_in"), "it never starts", "Name the states it runs in, or take it out.");
    }
    for (part, states) in [("runs_in", &clock.runs_in), ("pauses_in", &clock.pauses_in)] {
        for (index, name) in states.iter().enumerate() {
            if definition.states.get(name).is_some_and(crate::workflow::State::is_final) {
                let what = format!("it would never stop: a case that has ended stays in `{name}`");
                findings.add(format!("{path}.{part}[{index}]"), what, "Take the state out.");
            }
        }
    }
    for (index, both) in clock.pauses_in.iter().enumerate().filter(|(_, state)| clock.runs_in.contains(state)) {
        let what = format!("in `{both}` it would both run and stand still");
        findings.add(format!("{path}.pauses_in[{index}]"), what, "Keep the state in `runs_in` or in `pauses_in`.");
    }
}

fn restarts(definition: &Definition, path: &str, clock: &ClockSpec, findings: &mut Findings) {
    repeated(&format!("{path}.restarts_on"), &clock.restarts_on, findings);
    let actions = clock.runs_in.iter().flat_map(|state| definition.actions_of(state));
    let possible: Vec<_> = actions.map(|(action, _)| action.as_str()).collect();
    for (index, action) in clock.restarts_on.iter().enumerate() {
        if !possible.contains(&action.as_str()) {
            let what = format!("no action called `{action}` is possible where the clock runs");
            let mend = mend(action.as_str(), &possible, "Add the action to a state in `runs_in`");
            findings.add(format!("{path}.restarts_on[{index}]"), what, mend);
        }
    }
}

fn taken_when_due(
    definition: &Definition,
    path: &str,
    clock: &ClockSpec,
    action: &ActionName,
    findings: &mut Findings,
) {
    let path = format!("{path}.when_due.take");
    for state in clock.runs_in.iter().filter(|state| definition.states.contains_key(*state)) {
        let Some(taken) = definition.action(state, action) else {
            let possible: Vec<_> = definition.actions_of(state).map(|(action, _)| action.as_str()).collect();
            let mend = mend(action.as_str(), &possible, &format!("Add the action to `{state}`"));
            findings.add(&path, format!("no action of `{state}` is called `{action}`"), mend);
            continue;
        };
        if !taken.by.iter().any(|role| role.as_str() == SYSTEM) {
            let what = format!("the process itself may not take `{action}` in `{state}`");
            let mend = if taken.by.is_empty() {
                "A determination is the body's alone: write `overdue` with a notice instead.".to_owned()
            } else {
                format!("Add `{SYSTEM}` to the `by` of the action.")
            };
            findings.add(&path, what, mend);
        }
    }
}

/// Two clocks due at the same moment must not each take an action of its own.
fn two_at_once(definition: &Definition, state: &StateName, findings: &mut Findings) {
    let taking: Vec<_> = definition.clocks_in(state).filter_map(|(name, clock)| takes(name, clock)).collect();
    for (index, (clock, action)) in taking.iter().enumerate() {
        let before = taking.iter().take(index);
        for (other, rival) in before.filter(|(_, rival)| rival != action && both_can(definition, state, action, rival))
        {
            let what = format!("in `{state}` this takes `{action}` while the clock `{other}` takes `{rival}`");
            let mend =
                "Nothing says which comes first: give one a guard that excludes the other, or separate the states.";
            findings.add(format!("clocks.{clock}.when_due.take"), what, mend);
        }
    }
}

fn takes<'d>(name: &'d ClockName, clock: &'d ClockSpec) -> Option<(&'d ClockName, &'d ActionName)> {
    match &clock.when_due {
        WhenDue::Take(action) => Some((name, action)),
        WhenDue::Overdue(_) => None,
    }
}

fn both_can(definition: &Definition, state: &StateName, one: &ActionName, other: &ActionName) -> bool {
    let (Some(one), Some(other)) = (definition.action(state, one), definition.action(state, other)) else {
        return false;
    };
    let both = one.when.iter().chain(&other.when).cloned().collect();
    can_hold(definition, &Guard::All(both), &|_| None)
}

/// What is proved of clocks by searching the paths.
pub(super) fn on_paths<'g>(graph: &'g Graph<'g>, reached: &Search<'g>, findings: &mut Findings, proof: &mut Proof) {
    for (name, clock) in &graph.definition.clocks {
        let path = format!("clocks.{name}");
        started_and_stopped(graph, &path, clock, reached, findings);
        for (part, fact) in [("until", &clock.until), ("counted_from", &clock.counted_from)] {
            if let Some(field) = fact.as_ref().filter(|fact| graph.definition.fields.contains_key(*fact)) {
                recorded_before(graph, &format!("{path}.{part}"), clock, field, (findings, proof));
            }
        }
    }
}

fn started_and_stopped(
    graph: &Graph<'_>,
    path: &str,
    clock: &ClockSpec,
    reached: &Search<'_>,
    findings: &mut Findings,
) {
    let running: Vec<_> = clock.runs_in.iter().flat_map(|state| reached.visits_in(state)).collect();
    if running.is_empty() && !clock.runs_in.is_empty() {
        let what = "it never starts: no path reaches a state it runs in";
        findings.add(format!("{path}.runs_in"), what, "Let a path lead there, or take the clock out.");
    }
    let held = |state| {
        let is_state = |name: &StateName| name.as_str() == graph.name(state);
        clock.runs_in.iter().chain(&clock.pauses_in).any(is_state)
    };
    let stops = reached.leading_to(&|state| !held(state));
    let endless =
        running.into_iter().find(|(at, visit)| stops.get(*at) == Some(&false) && !graph.is_final(visit.state));
    if let Some((at, _)) = endless {
        let what = format!("once started on this path it never stops: {}", reached.path_to(at));
        findings.add(format!("{path}.runs_in"), what, "Let an action lead out of the states it runs and pauses in.");
    }
}

/// The field that holds a clock's date is filled in on every path to where the clock runs.
fn recorded_before<'g>(
    graph: &'g Graph<'g>,
    path: &str,
    clock: &ClockSpec,
    field: &FactName,
    (findings, proof): (&mut Findings, &mut Proof),
) {
    let watch = |recorded: usize, event: Event<'_>| match event {
        Event::Taking(_, _, action) if action.needs.contains(field) && action.for_the_record == YesNo::No => {
            Seen::On(1)
        }
        Event::Being(state) if recorded == 0 && clock.runs_in.contains(state) => Seen::Hit(recorded),
        _ => Seen::On(recorded),
    };
    let search = Search::from_start(graph, &watch, proof);
    if let Some((at, _)) = search.hit() {
        let what = format!("`{field}` is not recorded on this path to where the clock runs: {}", search.path_to(at));
        findings.add(path, what, format!("Add `{field}` to the `needs` of an action on the path."));
    }
}
