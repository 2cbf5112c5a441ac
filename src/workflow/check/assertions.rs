//! Assertions: what a definition promises, proved on every path or refuted by the shortest one that breaks it.

use super::graph::Graph;
use super::names::SYSTEM;
use super::search::{Event, Search, Seen, Watch};
use super::spelling::{listed, mend};
use super::{Findings, Proof};
use crate::workflow::{Action, AnyOf, Assertion, Definition, StateName, Step};

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    for (index, assertion) in definition.assertions.iter().enumerate() {
        let path = format!("assertions[{index}]");
        promise(&path, assertion, findings);
        for (part, step) in steps(assertion) {
            if let Some((what, mend)) = unknown(definition, step) {
                findings.add(format!("{path}.{part}"), what, mend);
            }
        }
        for (part, step) in assertion.takes.iter().enumerate() {
            taken_only_by(definition, &format!("{path}.takes[{part}]"), assertion, step, findings);
        }
    }
}

/// Every step an assertion speaks of, with its path in the assertion.
fn steps(assertion: &Assertion) -> Vec<(String, &Step)> {
    let one = |part: &str, step| (part.to_owned(), step);
    let mut steps: Vec<_> = assertion.after.iter().map(|step| one("after", step)).collect();
    steps.extend(assertion.every_path_to.iter().map(|step| one("every_path_to", step)));
    for (index, AnyOf(any)) in assertion.passes.iter().enumerate() {
        steps.extend(any.iter().map(|step| (format!("passes[{index}]"), step)));
    }
    let lists =
        [("never_reaches", &assertion.never_reaches), ("can_reach", &assertion.can_reach), ("takes", &assertion.takes)];
    for (part, list) in lists {
        steps.extend(list.iter().enumerate().map(|(index, step)| (format!("{part}[{index}]"), step)));
    }
    steps
}

/// What is wrong with the sentence an assertion makes.
fn promise(path: &str, assertion: &Assertion, findings: &mut Findings) {
    let has = |list: &[Step]| !list.is_empty();
    let about_paths = assertion.every_path_to.is_some() || has(&assertion.never_reaches) || has(&assertion.can_reach);
    let mut refuse = |part: &str, what: &str, mend: &str| findings.add(format!("{path}{part}"), what, mend);
    if assertion.says.trim().is_empty() {
        refuse(".says", "it is left blank", "Say in plain words what must hold.");
    }
    match (&assertion.every_path_to, assertion.passes.as_slice()) {
        (Some(_), []) => {
            refuse(".every_path_to", "it says nothing of what is passed", "List the steps under `passes`.");
        }
        (None, [_, ..]) => {
            refuse(".passes", "it does not say on the way to what", "Name the step under `every_path_to`.");
        }
        _ => {}
    }
    for (index, _) in assertion.passes.iter().enumerate().filter(|(_, any)| any.0.is_empty()) {
        refuse(&format!(".passes[{index}]"), "it lists no step", "List at least one step.");
    }
    match (&assertion.only, assertion.takes.as_slice()) {
        (Some(_), []) => refuse(".only", "it does not say what is theirs alone", "List the steps under `takes`."),
        (None, [_, ..]) => {
            refuse(".takes", "it does not say who alone takes them", "Name the role or body under `only`.");
        }
        _ => {}
    }
    if !about_paths && assertion.passes.is_empty() && assertion.only.is_none() && assertion.takes.is_empty() {
        let mend = "Add `every_path_to` with `passes`, `never_reaches`, `can_reach`, or `only` with `takes`.";
        refuse("", "there is nothing to prove", mend);
    } else if !about_paths && assertion.after.is_some() {
        refuse(".after", "nothing is said of the paths after it", "Take `after` out, or say what comes after.");
    }
}

fn unknown(definition: &Definition, step: &Step) -> Option<(String, String)> {
    let Step { state, action } = step;
    if !definition.states.contains_key(state) {
        let states: Vec<_> = definition.states.keys().map(StateName::as_str).collect();
        let mend = mend(state.as_str(), &states, "Declare it under `states`");
        return Some((format!("no state is called `{state}`"), mend));
    }
    let action = action.as_ref().filter(|action| definition.action(state, action).is_none())?;
    let actions: Vec<_> = definition.actions_of(state).map(|(action, _)| action.as_str()).collect();
    let mend = mend(action.as_str(), &actions, &format!("Add the action to `{state}`"));
    Some((format!("no action of `{state}` is called `{action}`"), mend))
}

/// The step is taken by the role or body named, and by nobody else.
fn taken_only_by(definition: &Definition, path: &str, assertion: &Assertion, step: &Step, findings: &mut Findings) {
    let is_known =
        |only: &&str| *only == SYSTEM || definition.roles.contains_key(*only) || definition.bodies.contains_key(*only);
    let Some(only) = assertion.only.as_deref().filter(is_known) else { return };
    let actions = definition.actions_of(&step.state);
    for (name, action) in actions.filter(|(name, _)| step.action.as_ref().is_none_or(|step| step == *name)) {
        let takers = takers(definition, &step.state, action);
        let others: Vec<_> = takers.iter().copied().filter(|taker| *taker != only).collect();
        if !others.is_empty() {
            let what = format!("`{}.{name}` is taken by {}, not by `{only}` alone", step.state, listed(&others, "and"));
            findings.add(path, what, "Change who may act, or change what the definition promises.");
        }
    }
}

/// Who takes an action: those it names, or the body whose determination it is an option of.
fn takers<'d>(definition: &'d Definition, state: &StateName, action: &'d Action) -> Vec<&'d str> {
    let body = definition.states.get(state).and_then(|state| state.determination.as_ref());
    match body.filter(|_| action.by.is_empty()) {
        Some(determination) => vec![determination.body.as_str()],
        None => action.by.iter().map(crate::workflow::RoleName::as_str).collect(),
    }
}

/// Proves every assertion about paths.
pub(super) fn prove(graph: &Graph<'_>, reached: &Search<'_>, findings: &mut Findings, proof: &mut Proof) {
    for (index, assertion) in graph.definition.assertions.iter().enumerate() {
        if steps(assertion).iter().all(|(_, step)| unknown(graph.definition, step).is_none()) {
            let mut prover = Prover { graph, reached, assertion, proof };
            for (part, what, mend) in prover.failures() {
                findings.add(format!("assertions[{index}].{part}"), what, mend);
            }
        }
    }
}

/// Proves one assertion.
struct Prover<'p> {
    graph: &'p Graph<'p>,
    reached: &'p Search<'p>,
    assertion: &'p Assertion,
    proof: &'p mut Proof,
}

/// The part of the assertion that fails, how, and what to do about it.
type Failure = (String, String, &'static str);

const BROKEN: &str = "Close that path, or change what the definition promises.";
const OUT_OF_REACH: &str = "Let a path lead there, or change what the definition promises.";

impl Prover<'_> {
    fn failures(&mut self) -> Vec<Failure> {
        let assertion = self.assertion;
        let mut failures: Vec<_> = self.nothing_comes_after().into_iter().collect();
        if failures.is_empty() {
            failures.extend(assertion.every_path_to.as_ref().and_then(|target| self.way_round(target)));
            for (index, step) in assertion.never_reaches.iter().enumerate() {
                failures.extend(self.shortest_path(step).map(|path| {
                    let what = format!("`{step}` is reached on this path: {path}");
                    (format!("never_reaches[{index}]"), what, BROKEN)
                }));
            }
            for (index, step) in assertion.can_reach.iter().enumerate() {
                failures.extend(self.out_of_reach(&format!("can_reach[{index}]"), step));
            }
        }
        failures
    }

    fn nothing_comes_after(&self) -> Option<Failure> {
        let after = self.assertion.after.as_ref()?;
        let can_be_taken = |state: usize, facts| {
            let mut edges = self.graph.edges(state).iter().filter(|edge| edge.is_open(facts));
            after.action.as_ref().is_none_or(|action| edges.any(|edge| edge.name == action))
        };
        let mut visits = self.reached.visits_in(&after.state);
        let is_taken = visits.any(|(_, visit)| can_be_taken(visit.state, visit.facts));
        let what = || format!("no path takes `{after}`, so nothing is proved of what comes after it");
        (!is_taken).then(|| ("after".to_owned(), what(), OUT_OF_REACH))
    }

    /// The shortest path to a step that leaves out something it must pass, or that there is no path at all.
    fn way_round(&mut self, target: &Step) -> Option<Failure> {
        let passes = &self.assertion.passes;
        let watch = |progress: usize, event: Event<'_>| {
            let is_next = passes.get(progress).is_some_and(|AnyOf(any)| any.iter().any(|step| event.is(step)));
            let progress = progress + usize::from(is_next);
            if event.is(target) && progress < passes.len() { Seen::Hit(progress) } else { Seen::On(progress) }
        };
        let search = self.search(&watch);
        let Some((at, visit)) = search.hit() else { return self.out_of_reach("every_path_to", target) };
        let missing = passes.get(visit.progress).into_iter().flat_map(|AnyOf(any)| any);
        let missing: Vec<_> = missing.map(Step::to_string).collect();
        let path = search.path_to(at);
        let what = format!("`{target}` is reached without passing {} on this path: {path}", listed(&missing, "or"));
        Some(("every_path_to".to_owned(), what, BROKEN))
    }

    fn out_of_reach(&mut self, part: &str, step: &Step) -> Option<Failure> {
        let after = self.assertion.after.as_ref().map(|after| format!(" after `{after}`")).unwrap_or_default();
        let is_reached = self.shortest_path(step).is_some();
        (!is_reached).then(|| (part.to_owned(), format!("no path reaches `{step}`{after}"), OUT_OF_REACH))
    }

    fn shortest_path(&mut self, step: &Step) -> Option<String> {
        let watch = |progress, event: Event<'_>| if event.is(step) { Seen::Hit(progress) } else { Seen::On(progress) };
        let search = self.search(&watch);
        search.hit().map(|(at, _)| search.path_to(at))
    }

    fn search<'w>(&'w mut self, watch: Watch<'w>) -> Search<'w> {
        match &self.assertion.after {
            Some(step) => Search::after(step, self.reached, watch, self.proof),
            None => Search::from_start(self.graph, watch, self.proof),
        }
    }
}
