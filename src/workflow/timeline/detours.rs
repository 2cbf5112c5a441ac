//! What the ways beside the usual path add to it.

use std::cmp::Ordering;

use super::path::{days_along, is_final, is_usual, less, longest, order, successors};
use super::{Detour, Return};
use crate::calendar::WorkingDays;
use crate::workflow::{Action, Definition, StageName, StateName};

/// The detours in the order of the definition: states that share the words of their `detour` and their stage are one.
pub(super) fn detours(definition: &Definition) -> Vec<Detour> {
    let mut found: Vec<(&str, &StageName, Vec<&StateName>)> = Vec::new();
    for (name, state) in &definition.states {
        let Some(words) = state.detour.as_deref() else { continue };
        match found.iter_mut().find(|(known, stage, _)| *known == words && **stage == state.stage) {
            Some((_, _, states)) => states.push(name),
            None => found.push((words, &state.stage, vec![name])),
        }
    }
    let detour = |(words, stage, states): (&str, &StageName, Vec<&StateName>)| Detour {
        detour: words.to_owned(),
        stage: stage.clone(),
        stage_title: super::stage_title(definition, stage),
        adds: adds(definition, &states),
        states: states.into_iter().cloned().collect(),
    };
    found.into_iter().map(detour).collect()
}

/// The most that leaving the usual way for these states adds, over every place to leave it and to come back.
fn adds(definition: &Definition, detour: &[&StateName]) -> WorkingDays {
    let outside = || definition.states.keys().filter(|state| !detour.contains(state) && !is_final(definition, state));
    let entries = outside().filter(|entry| leads_into(definition, entry, detour));
    let onward = |entry: &StateName, exit: &StateName| match order(definition, exit).cmp(&order(definition, entry)) {
        Ordering::Less => false,
        Ordering::Equal => detour.iter().all(|state| same_stage(definition, state, exit)),
        Ordering::Greater => true,
    };
    entries
        .flat_map(|entry| outside().filter(move |exit| onward(entry, exit)).map(move |exit| (entry, exit)))
        .filter_map(|(entry, exit)| excursion(definition, entry, exit, detour))
        .max()
        .unwrap_or(WorkingDays::new(0))
}

fn leads_into(definition: &Definition, entry: &StateName, detour: &[&StateName]) -> bool {
    successors(definition, entry).iter().any(|next| detour.contains(next))
}

fn same_stage(definition: &Definition, one: &StateName, other: &StateName) -> bool {
    definition.states.get(one).map(|state| &state.stage) == definition.states.get(other).map(|state| &state.stage)
}

/// What the longest way from `entry` to `exit` through the detour adds to the way without it.
fn excursion(
    definition: &Definition,
    entry: &StateName,
    exit: &StateName,
    detour: &[&StateName],
) -> Option<WorkingDays> {
    let (through, _) = longest(definition, entry, &|state| detour.contains(&state), &|state| state == exit);
    Some(less(through?.days, without(definition, entry, exit)))
}

/// The Working Days of the usual way from one state to another, or of the two alone where there is none.
fn without(definition: &Definition, entry: &StateName, exit: &StateName) -> WorkingDays {
    if entry == exit {
        return days_along(definition, &[entry]);
    }
    let (usual, _) = longest(definition, entry, &|state| is_usual(definition, state), &|state| state == exit);
    usual.map_or_else(|| days_along(definition, &[entry, exit]), |way| way.days)
}

/// The actions that send a case back to an earlier state of the usual path, each once, with what going round costs.
pub(super) fn returns(definition: &Definition) -> Vec<Return> {
    let mut found: Vec<Return> = Vec::new();
    for (from, action, to) in sendings_back(definition) {
        let adds = once_round(definition, to, from);
        match found.iter_mut().find(|known| known.to == *to && known.title == action.title) {
            Some(known) => {
                known.adds = known.adds.max(adds);
                known.from.push(from.clone());
            }
            None => found.push(Return {
                title: action.title.clone(),
                from: vec![from.clone()],
                to: to.clone(),
                to_title: super::state_title(definition, to),
                adds,
            }),
        }
    }
    found
}

fn sendings_back(definition: &Definition) -> Vec<(&StateName, &Action, &StateName)> {
    let mut found = Vec::new();
    for from in definition.states.keys() {
        for (_, action) in definition.actions_of(from) {
            for to in action.to.states(from) {
                let back = is_usual(definition, to) && order(definition, to) < order(definition, from);
                if back && !ends_detour(definition, from, to) {
                    found.push((from, action, to));
                }
            }
        }
    }
    found
}

/// Whether going from `from` to the earlier state `to` only ends a detour: one within the stage, or one that began
/// at a usual state before `to`.
fn ends_detour(definition: &Definition, from: &StateName, to: &StateName) -> bool {
    if is_usual(definition, from) {
        return false;
    }
    let before = |state: &&StateName| is_usual(definition, state) && order(definition, state) < order(definition, to);
    same_stage(definition, from, to)
        || definition.states.keys().filter(before).any(|entry| leads_into(definition, entry, &[from]))
}

/// The Working Days of the way from `to` to `from` again, through usual states.
fn once_round(definition: &Definition, to: &StateName, from: &StateName) -> WorkingDays {
    let (way, _) = longest(definition, to, &|state| is_usual(definition, state), &|state| state == from);
    way.map_or(WorkingDays::new(0), |way| way.days)
}
