//! What is wrong with a baseline, as findings for people.
//!
//! The real baseline has dozens of them, so none keeps a baseline from being read or written. Gaps in the numbers of
//! requirements are no finding: ids are never used again.

mod access;
mod finding;
mod glossary;
mod lists;
mod mentions;
mod terms;
mod texts;
mod traces;

pub use finding::{Finding, Rule, Severity};

use super::model::Brd;
use finding::Findings;

/// Everything that is wrong with a baseline: errors first, then warnings, then remarks, each in the order of the
/// document.
pub fn lint(brd: &Brd) -> Vec<Finding> {
    let mut found = Findings::default();
    lists::check(brd, &mut found);
    traces::check(brd, &mut found);
    texts::check(brd, &mut found);
    mentions::check(brd, &mut found);
    access::check(brd, &mut found);
    glossary::check(brd, &mut found);
    terms::check(brd, &mut found);
    found.finish()
}
