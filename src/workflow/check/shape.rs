//! The shape of states, actions and the rest, each looked at by itself.

use std::borrow::Borrow;
use std::collections::HashSet;

use super::Findings;
use super::references::{WrittenAction, written_actions};
use super::spelling::listed;
use crate::workflow::{
    Action, Branch, Definition, Effect, FactName, FactSource, Kind, SharedAction, State, StateName, Target,
};

/// The most facts set by the process that guards may ask about: the paths are searched for each combination.
const MOST_PROCESS_FACTS: usize = 10;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    titles(definition, findings);
    facts(definition, findings);
    process_facts(definition, findings);
    repeated("implementation", &definition.implementation, findings);
    for (name, state) in &definition.states {
        let path = format!("states.{name}");
        if state.is_final() {
            ended(definition, &path, name, state, findings);
        } else {
            live(definition, &path, name, state, findings);
        }
    }
    for (name, shared) in &definition.shared_actions {
        shared_in(definition, &format!("shared_actions.{name}"), shared, findings);
        collisions(definition, name.as_str(), shared, findings);
    }
    for written in written_actions(definition) {
        action(definition, &written, findings);
    }
}

/// The facts set by the process that some guard asks about, which decide where paths lead.
pub(super) fn deciding_facts(definition: &Definition) -> Option<Vec<&FactName>> {
    let actions = written_actions(definition);
    let guards: Vec<_> = actions.iter().flat_map(WrittenAction::guards).collect();
    let asked: HashSet<_> = guards.iter().flat_map(|(_, guard)| guard.facts()).collect();
    let of_process = definition.facts.iter().filter(|(_, fact)| fact.from == FactSource::Process);
    let deciding: Vec<_> = of_process.map(|(name, _)| name).filter(|name| asked.contains(name)).collect();
    (deciding.len() <= MOST_PROCESS_FACTS).then_some(deciding)
}

fn titles(definition: &Definition, findings: &mut Findings) {
    let mut titles = vec![("title".to_owned(), &definition.title), ("version".to_owned(), &definition.version)];
    titles.extend(definition.roles.iter().map(|(name, role)| (format!("roles.{name}.title"), &role.title)));
    titles.extend(definition.bodies.iter().map(|(name, body)| (format!("bodies.{name}.title"), &body.title)));
    titles.extend(definition.stages.iter().map(|(name, stage)| (format!("stages.{name}.title"), &stage.title)));
    titles.extend(definition.facts.iter().map(|(name, fact)| (format!("facts.{name}.title"), &fact.title)));
    titles.extend(definition.fields.iter().map(|(name, field)| (format!("fields.{name}.title"), &field.title)));
    titles.extend(definition.clocks.iter().map(|(name, clock)| (format!("clocks.{name}.title"), &clock.title)));
    titles.extend(definition.notices.iter().map(|(name, told)| (format!("notices.{name}.subject"), &told.subject)));
    titles.extend(definition.states.iter().map(|(name, state)| (format!("states.{name}.title"), &state.title)));
    let actions = written_actions(definition);
    titles.extend(actions.iter().map(|written| (format!("{}.title", written.path), &written.action.title)));
    for (path, _) in titles.into_iter().filter(|(_, title)| title.trim().is_empty()) {
        findings.add(path, "it is left blank", "Say it in plain words.");
    }
}

fn facts(definition: &Definition, findings: &mut Findings) {
    let facts = definition.facts.iter().map(|(name, fact)| (format!("facts.{name}"), fact.kind, &fact.choices));
    let fields = definition.fields.iter().map(|(name, field)| (format!("fields.{name}"), field.kind, &field.choices));
    for (path, kind, choices) in facts.chain(fields) {
        match (kind, choices.is_empty()) {
            (Kind::Choice, true) => findings.add(path, "it is a choice of nothing", "List its `choices`."),
            (Kind::Choice, false) => repeated(&format!("{path}.choices"), choices, findings),
            (_, true) => {}
            (_, false) => findings.add(
                format!("{path}.choices"),
                "only a choice has choices",
                "Write `kind: choice`, or take them out.",
            ),
        }
    }
}

fn process_facts(definition: &Definition, findings: &mut Findings) {
    for (name, fact) in &definition.facts {
        if fact.from == FactSource::Process && fact.kind != Kind::YesNo {
            let what = format!("the process can set `{name}` only to yes or no");
            findings.add(format!("facts.{name}.kind"), what, "Write `kind: yes_no`, or make it a field.");
        }
    }
    if deciding_facts(definition).is_none() {
        let what = format!("guards ask about more than {MOST_PROCESS_FACTS} facts set by the process");
        findings.add("facts", what, "Use states instead of facts; the paths cannot be searched in reasonable time.");
    }
}

fn ended(definition: &Definition, path: &str, name: &StateName, state: &State, findings: &mut Findings) {
    let mut refuse = |part: &str, what: &str| {
        let mend = "Take it out, or take `ends` out if the case goes on from here.";
        findings.add(format!("{path}{part}"), format!("a case that has ended {what}"), mend);
    };
    if definition.actions_of(name).next().is_some() {
        refuse(".actions", "can have no actions");
    }
    if state.owner.is_some() {
        refuse(".owner", "waits for nobody");
    }
    if state.determination.is_some() {
        refuse(".determination", "is not decided on");
    }
    if state.untimed.is_some() {
        refuse(".untimed", "needs no reason to be untimed");
    }
    if name == &definition.start {
        findings.add("start", format!("a new case would begin in `{name}`, where it has ended"), "Begin elsewhere.");
    }
}

fn live(definition: &Definition, path: &str, name: &StateName, state: &State, findings: &mut Findings) {
    if definition.actions_of(name).next().is_none() {
        findings.add(path, "nothing can be done here", "Give it `actions`, or say how it `ends`.");
    }
    if state.owner.is_none() {
        findings.add(path, "it is nobody's turn", "Name the `owner`: the role or body the case waits for.");
    }
    let clocks: Vec<_> = definition.clocks_in(name).map(|(clock, _)| clock.as_str()).collect();
    match (&state.untimed, clocks.as_slice()) {
        (None, []) => {
            let mend = "Let a clock run in it, or give the reason under `untimed`.";
            findings.add(path, "no clock runs here and no reason is given", mend);
        }
        (Some(_), [_, ..]) => {
            let what = format!("it is said to be untimed, but {} runs here", listed(&clocks, "and"));
            findings.add(format!("{path}.untimed"), what, "Take `untimed` out, or let no clock run here.");
        }
        _ => {}
    }
}

fn shared_in(definition: &Definition, path: &str, shared: &SharedAction, findings: &mut Findings) {
    if shared.in_states.is_empty() {
        findings.add(format!("{path}.in"), "it is possible nowhere", "Name the states it is possible in.");
    }
    repeated(&format!("{path}.in"), &shared.in_states, findings);
    if let Target::State(to) = &shared.action.to
        && definition.states.contains_key(to)
        && shared.in_states.contains(to)
    {
        let what = format!("from `{to}` it leads to `{to}` again");
        findings.add(format!("{path}.action.to"), what, "Write `stay`, or take the state out of `in`.");
    }
}

fn collisions(definition: &Definition, name: &str, shared: &SharedAction, findings: &mut Findings) {
    for state in &shared.in_states {
        if definition.states.get(state).is_some_and(|state| state.actions.contains_key(name)) {
            let what = format!("`{name}` is also a shared action of `{state}`");
            let mend = "Rename one, or take the state out of the shared action's `in`.";
            findings.add(format!("states.{state}.actions.{name}"), what, mend);
        }
    }
}

fn action(definition: &Definition, written: &WrittenAction<'_>, findings: &mut Findings) {
    let WrittenAction { path, action, .. } = written;
    repeated(&format!("{path}.by"), &action.by, findings);
    fields(path, action, findings);
    if let Target::Branches(branches) = &action.to {
        ways(path, branches, findings);
    }
    for fact in action.sets.keys() {
        if definition.facts.get(fact).is_some_and(|fact| fact.from != FactSource::Process) {
            let what = format!("an action cannot set `{fact}`, which does not come from the process");
            findings.add(format!("{path}.sets.{fact}"), what, "Write `from: process`, or take it out of `sets`.");
        }
    }
    for (index, effect) in action.effects.iter().enumerate() {
        effect_has_its_fields(definition, &format!("{path}.effects[{index}]"), action, effect, findings);
    }
}

fn fields(path: &str, action: &Action, findings: &mut Findings) {
    repeated(&format!("{path}.needs"), &action.needs, findings);
    repeated(&format!("{path}.may"), &action.may, findings);
    for (index, field) in action.may.iter().enumerate().filter(|(_, field)| action.needs.contains(field)) {
        let what = format!("`{field}` both must and may be filled in");
        findings.add(format!("{path}.may[{index}]"), what, "Keep it in `needs` or in `may`.");
    }
}

fn ways(path: &str, branches: &[Branch], findings: &mut Findings) {
    let Some((last, before)) = branches.split_last() else {
        return findings.add(format!("{path}.to"), "it leads nowhere", "Name a state, or list the branches.");
    };
    if last.when.is_some() {
        let at = format!("{path}.to[{}].when", before.len());
        let what = "where no branch's guard holds, the case has nowhere to go";
        findings.add(at, what, "Take `when` out of the last branch, or add a branch without one.");
    }
    if let Some(index) = before.iter().position(|branch| branch.when.is_none()) {
        let what = "it is always taken, so the branches after it never are";
        findings.add(format!("{path}.to[{index}]"), what, "Give it a `when`, or move it to the end.");
    }
}

fn effect_has_its_fields(
    definition: &Definition,
    path: &str,
    action: &Action,
    effect: &Effect,
    findings: &mut Findings,
) {
    for (name, kind, written) in works_on(effect) {
        let is_needed = action.needs.iter().any(|field| field.as_str() == *name);
        if !is_needed || definition.fields.get(*name).is_some_and(|field| field.kind != *kind) {
            let what = format!("this effect works on the field `{name}`, of kind `{written}`");
            findings.add(path, what, format!("Name `{name}` in `needs`, and declare it with `kind: {written}`."));
        }
    }
    if *effect == Effect::JoinPriorities && !action.effects.contains(&Effect::AssignSipNumber) {
        let what = "a SIP joins the list of priorities under its number, and this action gives it none";
        findings.add(path, what, "Add `assign_sip_number` to the effects.");
    }
}

/// The fields an effect works on: name, kind, and the kind as it is written.
fn works_on(effect: &Effect) -> &'static [(&'static str, Kind, &'static str)] {
    match effect {
        Effect::SetTimetable => &[("timetable", Kind::Timetable, "timetable")],
        Effect::AddMembers => &[("sips", Kind::List, "list")],
        Effect::DropMember => &[("sip", Kind::Text, "text")],
        Effect::JoinPriorities => &[("marks", Kind::Marks, "marks")],
        Effect::Rerank => &[("rank", Kind::Number, "number"), ("rank_reason", Kind::Text, "text")],
        _ => &[],
    }
}

/// Names listed more than once.
pub(super) fn repeated<N: Borrow<str>>(path: &str, names: &[N], findings: &mut Findings) {
    let mut seen = HashSet::new();
    for (index, name) in names.iter().enumerate().filter(|(_, name)| !seen.insert((*name).borrow())) {
        findings.add(format!("{path}[{index}]"), format!("`{}` is listed twice", name.borrow()), "List it once.");
    }
}
