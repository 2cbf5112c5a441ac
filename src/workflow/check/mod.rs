//! Proves a definition sound before it runs.
//!
//! [`check`] answers with everything that is wrong at once. First the names, shapes, guards, clocks and bodies are
//! looked at one by one; then every path through the states is searched, with every value that the facts set by the
//! process can have on it, so that what the assertions promise is proved and not sampled.
//!
//! Architecture invariant: nothing here changes a definition, and a definition that passes cannot leave a case stuck,
//! untimed without a reason, or with two things to do at once.

mod assertions;
mod bodies;
mod clocks;
mod graph;
mod guards;
mod names;
mod notices;
mod paths;
mod references;
mod search;
mod shape;
mod spelling;

use std::fmt;

use serde::Serialize;

use super::definition::Definition;
pub use graph::{Transition, transitions};

/// One thing wrong with a definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The part of the definition concerned, for example `states.validation.actions.accept.to`.
    pub path: String,
    /// What is wrong, without a full stop.
    pub what: String,
    /// How to mend it, as a sentence.
    pub mend: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}. {}", self.path, self.what, self.mend)
    }
}

/// How much was searched to prove a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Proof {
    /// States looked at, each once for every combination of the facts it was reached with, summed over all searches.
    pub states_explored: usize,
    /// Transitions followed, summed over all searches.
    pub transitions_explored: usize,
}

/// Everything a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What is wrong; empty where the definition is sound.
    pub findings: Vec<Finding>,
    /// How much was searched; absent where the paths cannot be searched before other findings are mended: unknown
    /// states, unknown facts set, a beginning that is an end, or too many facts that decide.
    pub proof: Option<Proof>,
}

/// Everything wrong with a definition; nothing where it is sound.
pub fn check(definition: &Definition) -> Vec<Finding> {
    check_report(definition).findings
}

/// Everything wrong with a definition, and how much was searched to find it.
pub fn check_report(definition: &Definition) -> Report {
    let mut findings = Findings::default();
    names::check(definition, &mut findings);
    shape::check(definition, &mut findings);
    notices::check(definition, &mut findings);
    guards::check(definition, &mut findings);
    bodies::check(definition, &mut findings);
    clocks::check(definition, &mut findings);
    assertions::check(definition, &mut findings);
    let proof = graph::Graph::of(definition).map(|graph| paths::check(&graph, &mut findings));
    Report { findings: findings.list, proof }
}

/// Gathers findings.
#[derive(Debug, Default)]
struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    fn add(&mut self, path: impl Into<String>, what: impl Into<String>, mend: impl Into<String>) {
        self.list.push(Finding { path: path.into(), what: what.into(), mend: mend.into() });
    }
}
