//! Abbreviations and terms that are used again and again and defined nowhere.
//!
//! Kept quiet on purpose: an abbreviation counts from its second statement, a term of several words from its fourth,
//! and what is the name of something in the document counts as known.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Findings, Rule};
use super::glossary::names;
use crate::brd::lines::Line;
use crate::brd::model::Brd;
use crate::brd::statements::statements;

/// Abbreviations that everybody knows.
const COMMON: &[&str] = &["FAQ", "GB", "HTTP", "ID", "IT", "POST", "UK", "URL"];

/// From how many statements an abbreviation counts.
const ABBREVIATION_USES: usize = 2;

/// From how many statements a term of several words counts.
const TERM_USES: usize = 4;

pub(super) fn check(brd: &Brd, found: &mut Findings) {
    let known = known(brd);
    let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for statement in statements(brd).filter(|statement| statement.active) {
        let terms: BTreeSet<String> = terms_in(statement.text.as_str()).collect();
        for term in terms.into_iter().filter(|term| !known.contains(&key(term))) {
            uses.entry(term).or_default().push(statement.place.clone());
        }
    }
    for (term, places) in uses {
        let fewest = if term.contains(' ') { TERM_USES } else { ABBREVIATION_USES };
        if let (Some(first), true) = (places.first(), places.len() >= fewest) {
            let what = format!("“{term}” is used by {} items from {first} on and not defined", places.len());
            found.place("the glossary", Rule::UndefinedTerm, what, "Define it, or say where it is defined.");
        }
    }
}

/// What counts as known: terms, names, roles, and what a text defines in quotation marks.
fn known(brd: &Brd) -> BTreeSet<String> {
    let terms = brd.glossary.iter().flat_map(|term| names(term.term.as_str()));
    let statements: Vec<_> = statements(brd).collect();
    let named = statements.iter().filter_map(|statement| statement.name);
    let defined = statements.iter().flat_map(|statement| quoted(statement.text.as_str()));
    let roles = brd.roles.iter().map(Line::as_str);
    let references = brd.references.iter().map(|reference| reference.title.as_str());
    let common = COMMON.iter().copied();
    terms.chain(named).chain(defined).chain(roles).chain(references).chain(common).map(key).collect()
}

/// What stands in quotation marks in a text.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('“').skip(1).filter_map(|rest| rest.split('”').next())
}

/// A term in lower case and in the singular.
fn key(term: impl AsRef<str>) -> String {
    let lower = term.as_ref().trim_start_matches("the ").to_lowercase();
    lower.strip_suffix('s').map_or(lower.clone(), str::to_owned)
}

/// Abbreviations, and runs of words with capitals that do not begin a sentence, a cell or an item.
fn terms_in(text: &str) -> impl Iterator<Item = String> {
    text.split(['\n', '|', '.', ':', ';', '(', ')', '“', '”', '"']).flat_map(|part| {
        let words: Vec<&str> = part.split([' ', '/', '[', ']', ',']).collect();
        let abbreviations = words.iter().filter(|word| is_abbreviation(word)).map(|word| singular(word).to_owned());
        abbreviations.chain(runs(&words)).collect::<Vec<_>>()
    })
}

/// Two or more words with capitals in a row behind the first words, such as `Interface Transaction`.
fn runs(words: &[&str]) -> Vec<String> {
    let capital = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_alphabetic);
    let groups = words.chunk_by(|a, b| capital(a) && capital(b));
    let long = groups
        .skip_while(|group| group.iter().all(|word| word.is_empty()))
        .skip(1)
        .filter(|group| group.len() > 1 && !group.iter().all(|word| is_abbreviation(word)));
    long.map(|group| singular(&group.join(" ")).to_owned()).collect()
}

/// Two capitals or more, with or without digits and a plural `s`, and nothing else.
fn is_abbreviation(word: &str) -> bool {
    let word = singular(word);
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    capitals >= 2 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

fn singular(term: &str) -> &str {
    term.strip_suffix('s').unwrap_or(term)
}
