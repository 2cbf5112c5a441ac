//! The glossary and the references as lists: serials that run on, terms that stand once and are used.

use std::collections::BTreeSet;

use super::finding::{Findings, Rule};
use crate::brd::model::Brd;
use crate::brd::statements::statements;

pub(super) fn check(brd: &Brd, found: &mut Findings) {
    serials("the glossary", brd.glossary.iter().map(|term| term.serial), found);
    serials("the references", brd.references.iter().map(|reference| reference.serial), found);
    serials("the delta reference", brd.delta.iter().filter_map(|entry| entry.serial), found);
    let mut seen = BTreeSet::new();
    for term in &brd.glossary {
        if !seen.insert(term.term.as_str().to_lowercase()) {
            let place = format!("glossary {} “{}”", term.serial, term.term);
            found.place(place, Rule::TermTwice, "this term is already defined", "Keep one of the definitions.");
        }
    }
    unused(brd, found);
}

fn serials(place: &str, serials: impl Iterator<Item = u32>, found: &mut Findings) {
    for (expected, serial) in (1..).zip(serials) {
        if serial != expected {
            let what = format!("{serial} stands where {expected} should");
            return found.place(place, Rule::SerialGap, what, "Number the entries from 1 without gaps.");
        }
    }
}

/// Terms that neither another definition nor any item uses, under any of their names.
fn unused(brd: &Brd, found: &mut Findings) {
    let said: Vec<(String, String)> = statements(brd)
        .map(|statement| (statement.place, format!("{} {}", statement.name.unwrap_or_default(), statement.text)))
        .map(|(place, text)| (place, words(&text)))
        .collect();
    for term in &brd.glossary {
        let own = format!("glossary {} “{}”", term.serial, term.term);
        let names: Vec<String> = names(term.term.as_str()).map(|name| words(name).trim_end().to_owned()).collect();
        let uses = |text: &str| names.iter().any(|name| text.contains(name.as_str()));
        if !said.iter().any(|(place, text)| *place != own && uses(text)) {
            found.place(own, Rule::UnusedTerm, "nothing in the document uses it", "Take it out, or use it.");
        }
    }
}

/// The names a term goes by: `Order Management System (OMS)` is also `OMS`; a plural also goes by its singular.
pub(super) fn names(term: &str) -> impl Iterator<Item = &str> {
    let (long, short) = term
        .split_once('(')
        .map_or((term, None), |(long, short)| (long.trim_end(), short.split(')').next().map(str::trim)));
    let singular = |name: &'_ str| name.len() - usize::from(name.ends_with('s') && name.len() > 3);
    let long = long.get(..singular(long)).unwrap_or(long);
    std::iter::once(long).chain(short).filter(|name| !name.is_empty())
}

/// Words in lower case with a space before each, so that a term is found only where a word begins.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(String::new(), |all, word| all + " " + word) + " "
}
