//! An exhaustive search of the graph, breadth first, so that what it finds first is shortest.
//!
//! A search looks at every state with every valuation of the deciding facts and every progress of what it watches.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Proof;
use super::graph::{Edge, Graph, Valuation};
use crate::workflow::{Action, ActionName, StateName, Step};

/// Something that happens on a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum Event<'d> {
    /// The case is in a state, having entered it or stayed.
    Being(&'d StateName),
    /// An action is taken in a state.
    Taking(&'d StateName, &'d ActionName, &'d Action),
}

impl Event<'_> {
    /// Whether this is the step: being in its state, or taking its action there.
    pub(super) fn is(&self, step: &Step) -> bool {
        match (self, &step.action) {
            (Self::Being(state), None) => **state == step.state,
            (Self::Taking(state, name, _), Some(action)) => **state == step.state && *name == action,
            _ => false,
        }
    }
}

/// What a watch makes of an event, and the progress from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// The search goes on.
    On(usize),
    /// This is what was looked for.
    Hit(usize),
}

/// Judges an event, given the progress so far.
pub(super) type Watch<'w> = &'w dyn Fn(usize, Event<'_>) -> Seen;

/// A state reached, with the facts of the process and the progress it was reached with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit<'g> {
    /// The index of the state.
    pub(super) state: usize,
    pub(super) facts: Valuation,
    pub(super) progress: usize,
    /// The index of the visit before and the way taken from it.
    from: Option<(usize, &'g Edge<'g>)>,
}

/// A search and all it has visited.
pub(super) struct Search<'g> {
    graph: &'g Graph<'g>,
    watch: Watch<'g>,
    visits: Vec<Visit<'g>>,
    known: HashMap<(usize, Valuation, usize), usize>,
    /// Every way followed, as indices of visits.
    links: Vec<(usize, usize)>,
    hit: Option<usize>,
}

impl<'g> Search<'g> {
    /// Searches every path of a new case; being in the state it begins in is the first event.
    pub(super) fn from_start(graph: &'g Graph<'g>, watch: Watch<'g>, proof: &mut Proof) -> Self {
        let mut search = Self::new(graph, watch);
        let first = Visit { state: graph.start, facts: 0, progress: 0, from: None };
        search.arrive(first, &graph.definition.start, Seen::On(0));
        search.run(0, proof)
    }

    /// Searches every path that goes on from a step, wherever an earlier search found that it can be taken. The step
    /// itself is not an event of those paths.
    pub(super) fn after(step: &Step, reached: &Search<'g>, watch: Watch<'g>, proof: &mut Proof) -> Self {
        let mut search = Self::new(reached.graph, watch);
        let roots: Vec<Visit<'g>> = reached.visits_in(&step.state).map(|(_, visit)| *visit).collect();
        let Some(action) = &step.action else {
            for root in roots {
                search.settle(Visit { progress: 0, from: None, ..root });
            }
            return search.run(0, proof);
        };
        search.visits = roots.iter().map(|root| Visit { progress: 0, from: None, ..*root }).collect();
        for (at, root) in roots.iter().enumerate() {
            for edge in open_edges(search.graph, root).filter(|edge| edge.name == action) {
                search.go(at, root, edge, Seen::On(0));
            }
        }
        search.run(roots.len(), proof)
    }

    fn new(graph: &'g Graph<'g>, watch: Watch<'g>) -> Self {
        Self { graph, watch, visits: Vec::new(), known: HashMap::new(), links: Vec::new(), hit: None }
    }

    /// Goes on from every visit in turn, beginning with the one at `next`, until there is none or the watch hits.
    fn run(mut self, mut next: usize, proof: &mut Proof) -> Self {
        while let Some(visit) = self.visits.get(next).copied().filter(|_| self.hit.is_none()) {
            for edge in open_edges(self.graph, &visit) {
                let taken = (self.watch)(visit.progress, Event::Taking(edge.from, edge.name, edge.action));
                self.go(next, &visit, edge, taken);
            }
            next += 1;
        }
        proof.states_explored += self.visits.len();
        proof.transitions_explored += self.links.len();
        self
    }

    /// Goes along an open way, given what the watch made of taking it.
    fn go(&mut self, at: usize, visit: &Visit<'g>, edge: &'g Edge<'g>, taken: Seen) {
        let facts = edge.after(visit.facts);
        let next = Visit { state: edge.to, facts, progress: visit.progress, from: Some((at, edge)) };
        let to = self.arrive(next, edge.into, taken);
        self.links.push((at, to));
    }

    /// Comes to a state, given what the watch made of the way there. Gives the index of the visit.
    fn arrive(&mut self, visit: Visit<'g>, name: &StateName, taken: Seen) -> usize {
        let seen = match taken {
            Seen::On(progress) => (self.watch)(progress, Event::Being(name)),
            Seen::Hit(_) => taken,
        };
        match seen {
            Seen::On(progress) => self.settle(Visit { progress, ..visit }),
            Seen::Hit(progress) => {
                let at = self.visits.len();
                self.visits.push(Visit { progress, ..visit });
                *self.hit.get_or_insert(at)
            }
        }
    }

    /// The index of a visit, which is new unless the search was here before.
    fn settle(&mut self, visit: Visit<'g>) -> usize {
        match self.known.entry((visit.state, visit.facts, visit.progress)) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                self.visits.push(visit);
                *new.insert(self.visits.len() - 1)
            }
        }
    }

    /// What the watch hit first, if anything, with its index.
    pub(super) fn hit(&self) -> Option<(usize, &Visit<'g>)> {
        self.hit.and_then(|at| self.visits.get(at).map(|visit| (at, visit)))
    }

    /// Every visit of any state, with its index, nearest first.
    pub(super) fn visits(&self) -> impl Iterator<Item = (usize, &Visit<'g>)> {
        self.visits.iter().enumerate()
    }

    /// Every visit of one state, with its index, nearest first.
    pub(super) fn visits_in<'s>(&'s self, state: &StateName) -> impl Iterator<Item = (usize, &'s Visit<'g>)> {
        let index = self.graph.definition.states.get_index_of(state);
        self.visits().filter(move |(_, visit)| Some(visit.state) == index)
    }

    /// The path to a visit in words: `submitted --acknowledge--> validation`.
    pub(super) fn path_to(&self, mut at: usize) -> String {
        let mut path = String::new();
        while let Some(visit) = self.visits.get(at) {
            let Some((before, edge)) = visit.from else {
                return format!("{}{path}", self.graph.name(visit.state));
            };
            path.insert_str(0, &format!(" --{}--> {}", edge.name, edge.into));
            at = before;
        }
        path
    }

    /// For each visit, whether some path goes on from it to a state that is a goal.
    pub(super) fn leading_to(&self, is_goal: &dyn Fn(usize) -> bool) -> Vec<bool> {
        let mut before: HashMap<usize, Vec<usize>> = HashMap::new();
        for (from, to) in &self.links {
            before.entry(*to).or_default().push(*from);
        }
        let mut leads: Vec<bool> = self.visits.iter().map(|visit| is_goal(visit.state)).collect();
        let mut open: Vec<usize> = leads.iter().enumerate().filter(|(_, leads)| **leads).map(|(at, _)| at).collect();
        while let Some(at) = open.pop() {
            for from in before.get(&at).into_iter().flatten() {
                if let Some(lead @ false) = leads.get_mut(*from) {
                    *lead = true;
                    open.push(*from);
                }
            }
        }
        leads
    }
}

fn open_edges<'g>(graph: &'g Graph<'g>, visit: &Visit<'g>) -> impl Iterator<Item = &'g Edge<'g>> + use<'g> {
    let facts = visit.facts;
    graph.edges(visit.state).iter().filter(move |edge| edge.is_open(facts))
}
