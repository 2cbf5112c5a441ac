//! The states of a definition as a graph, with the facts set by the process that decide which way is open.

use serde::Serialize;

use super::guards::{can_hold, condition};
use super::references::written_actions;
use super::shape::deciding_facts;
use crate::workflow::{Action, ActionName, Branch, Definition, FactName, Guard, State, StateName, Target, YesNo};

/// One way an action leads on from a state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Transition {
    /// The state left.
    pub from: StateName,
    /// The action taken.
    pub action: ActionName,
    /// Which branch of the action, counted from 0, where it has branches.
    pub branch: Option<usize>,
    /// The state entered; the one left where the case stays.
    pub to: StateName,
}

/// Every transition of a definition: of each state, each action of its own or shared, and each branch.
pub fn transitions(definition: &Definition) -> Vec<Transition> {
    let of_state = |from| definition.actions_of(from).flat_map(move |(action, it)| of_action(from, action, it));
    definition.states.keys().flat_map(of_state).collect()
}

fn of_action<'d>(
    from: &'d StateName,
    action: &'d ActionName,
    it: &'d Action,
) -> impl Iterator<Item = Transition> + use<'d> {
    ways(it, from).into_iter().map(|Way { branch, to, .. }| Transition {
        from: from.clone(),
        action: action.clone(),
        branch,
        to: to.clone(),
    })
}

/// One way an action leads, and what must be so for it.
struct Way<'d> {
    branch: Option<usize>,
    to: &'d StateName,
    condition: Guard,
}

fn ways<'d>(action: &'d Action, here: &'d StateName) -> Vec<Way<'d>> {
    let only = |to| {
        let condition = Guard::All(action.when.clone().into_iter().collect());
        vec![Way { branch: None, to, condition }]
    };
    match &action.to {
        Target::Stay => only(here),
        Target::State(to) => only(to),
        Target::Branches(branches) => {
            let way = |(index, branch): (usize, &'d Branch)| {
                let before = branches.get(..index).unwrap_or_default();
                Way { branch: Some(index), to: &branch.to, condition: condition(action.when.as_ref(), before, branch) }
            };
            branches.iter().enumerate().map(way).collect()
        }
    }
}

/// The facts set by the process at some moment: bit `n` is the nth deciding fact. At the start all are no.
pub(super) type Valuation = usize;

/// A transition as the searches follow it.
#[derive(Debug)]
pub(super) struct Edge<'d> {
    /// The state left.
    pub(super) from: &'d StateName,
    pub(super) name: &'d ActionName,
    pub(super) action: &'d Action,
    pub(super) branch: Option<usize>,
    /// The state entered, and its index.
    pub(super) into: &'d StateName,
    pub(super) to: usize,
    /// For each valuation, whether the way can be open.
    open: Vec<bool>,
    becoming_yes: Valuation,
    becoming_no: Valuation,
}

impl Edge<'_> {
    /// Whether the way can be open while the facts of the process are as given.
    pub(super) fn is_open(&self, facts: Valuation) -> bool {
        self.open.get(facts).copied().unwrap_or_default()
    }

    /// Whether the way can be open at all.
    pub(super) fn is_ever_open(&self) -> bool {
        self.open.contains(&true)
    }

    /// The facts of the process once the action is taken.
    pub(super) fn after(&self, facts: Valuation) -> Valuation {
        (facts & !self.becoming_no) | self.becoming_yes
    }
}

/// The states and the ways between them.
#[derive(Debug)]
pub(super) struct Graph<'d> {
    pub(super) definition: &'d Definition,
    /// The index of the state a case begins in.
    pub(super) start: usize,
    edges: Vec<Vec<Edge<'d>>>,
}

impl<'d> Graph<'d> {
    /// The graph of a definition; none where a state or a fact set is unknown, it ends as it begins, or too many facts
    /// decide.
    pub(super) fn of(definition: &'d Definition) -> Option<Self> {
        let facts = deciding_facts(definition)?;
        let (start, _, first) = definition.states.get_full(&definition.start)?;
        let sets = written_actions(definition).into_iter().flat_map(|written| written.action.sets.keys());
        if first.is_final() || !sets.into_iter().all(|fact| definition.facts.contains_key(fact)) {
            return None;
        }
        let named = definition.shared_actions.values().flat_map(|shared| &shared.in_states);
        if !named.into_iter().all(|state| definition.states.contains_key(state)) {
            return None;
        }
        let edges = definition.states.iter().map(|(name, state)| edges_of(definition, &facts, name, state));
        Some(Self { definition, start, edges: edges.collect::<Option<_>>()? })
    }

    /// The ways out of a state.
    pub(super) fn edges(&self, state: usize) -> &[Edge<'d>] {
        self.edges.get(state).map(Vec::as_slice).unwrap_or_default()
    }

    /// The name of a state.
    pub(super) fn name(&self, state: usize) -> &'d str {
        self.definition.states.get_index(state).map(|(name, _)| name.as_str()).unwrap_or_default()
    }

    /// Whether a case has ended in a state.
    pub(super) fn is_final(&self, state: usize) -> bool {
        self.definition.states.get_index(state).is_some_and(|(_, state)| state.is_final())
    }
}

/// The ways out of a state; none out of one in which a case has ended.
fn edges_of<'d>(
    definition: &'d Definition,
    facts: &[&FactName],
    name: &'d StateName,
    state: &'d State,
) -> Option<Vec<Edge<'d>>> {
    let mut edges = Vec::new();
    for (action_name, action) in definition.actions_of(name).filter(|_| !state.is_final()) {
        for Way { branch, to, condition } in ways(action, name) {
            edges.push(Edge {
                from: name,
                name: action_name,
                action,
                branch,
                into: to,
                to: definition.states.get_index_of(to)?,
                open: open(definition, facts, &condition),
                becoming_yes: set_to(YesNo::Yes, action, facts),
                becoming_no: set_to(YesNo::No, action, facts),
            });
        }
    }
    Some(edges)
}

/// For each valuation, whether the condition can hold.
fn open(definition: &Definition, facts: &[&FactName], condition: &Guard) -> Vec<bool> {
    let asked = condition.facts();
    let bits = |is_in: &dyn Fn(&FactName) -> bool| bits_of(facts, is_in);
    let relevant = bits(&|fact| asked.contains(&fact));
    let mut open: Vec<bool> = Vec::new();
    for valuation in 0..1 << facts.len() {
        let same = open.get(valuation & relevant).copied();
        open.push(same.unwrap_or_else(|| {
            let known = |fact: &FactName| {
                let bit = facts.iter().position(|deciding| *deciding == fact);
                bit.map(|bit| valuation & (1 << bit) != 0)
            };
            can_hold(definition, condition, &known)
        }));
    }
    open
}

fn set_to(value: YesNo, action: &Action, facts: &[&FactName]) -> Valuation {
    bits_of(facts, &|fact| action.sets.get(fact) == Some(&value))
}

fn bits_of(facts: &[&FactName], is_in: &dyn Fn(&FactName) -> bool) -> Valuation {
    let bits = facts.iter().enumerate().filter(|(_, fact)| is_in(fact)).map(|(bit, _)| 1 << bit);
    bits.sum()
}
