//! Texts that say the same as another, and lists that were typed twice over.

use std::collections::BTreeMap;

use super::finding::{Findings, Rule};
use crate::brd::item::ItemId;
use crate::brd::model::Brd;
use crate::brd::statements::{Statement, statements};

/// Texts of fewer words are alike too easily.
const FEWEST_WORDS: usize = 12;

/// How many words of two texts must be the same, of a hundred, for them to be nearly the same.
const ALIKE_PERCENT: usize = 85;

pub(super) fn check(brd: &Brd, found: &mut Findings) {
    let active = statements(brd).filter(|statement| statement.active && !statement.text.is_blank());
    let said: Vec<Said<'_>> = active.filter(|statement| statement.item.is_some()).map(Said::new).collect();
    duplicates(&said, found);
    near_duplicates(&said, found);
    for statement in statements(brd).filter(|statement| statement.active) {
        let doubled = statement.text.as_str().lines().map(str::trim_start).any(has_two_marks);
        if doubled {
            statement.found(found, Rule::StrayMark, "an item of its list has two marks", "Take one of them out.");
        }
    }
}

/// Whether a list item begins with a second mark, as it is or escaped.
fn has_two_marks(line: &str) -> bool {
    let marks = ["- ", "* ", "\\- ", "\\* ", "• ", "o "];
    let rest = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
    rest.is_some_and(|rest| marks.iter().any(|mark| rest.starts_with(mark)))
}

/// A statement with its words in order.
struct Said<'a> {
    statement: Statement<'a>,
    words: Vec<String>,
}

impl<'a> Said<'a> {
    fn new(statement: Statement<'a>) -> Self {
        let lower = statement.text.as_str().to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Self { words: words.map(str::to_owned).collect(), statement }
    }

    fn is_requirement(&self) -> bool {
        matches!(self.statement.item, Some(ItemId::Requirement(_)))
    }
}

fn duplicates(said: &[Said<'_>], found: &mut Findings) {
    let mut first: BTreeMap<(bool, &[String]), &Said<'_>> = BTreeMap::new();
    for one in said {
        let key = (one.is_requirement(), one.words.as_slice());
        if let Some(before) = first.get(&key) {
            let what = format!("it says the same as {}", before.statement.place);
            one.statement.found(found, Rule::DuplicateText, what, "Say it once, or say what differs.");
        } else {
            first.insert(key, one);
        }
    }
}

/// Requirements that share nearly all their words, each with the nearest before it.
fn near_duplicates(said: &[Said<'_>], found: &mut Findings) {
    let long = said.iter().filter(|one| one.is_requirement() && one.words.len() >= FEWEST_WORDS);
    let bags: Vec<(&Said<'_>, Vec<&str>)> = long.map(|one| (one, bag(&one.words))).collect();
    for (index, (one, words)) in bags.iter().enumerate() {
        let before = bags.iter().take(index).filter(|(other, _)| other.words != one.words);
        let near = before.filter_map(|(other, others)| Some((percent_alike(words, others)?, other)));
        if let Some((percent, other)) = near.max_by_key(|(percent, _)| *percent) {
            let what = format!("{percent} % of its words are those of {}", other.statement.place);
            one.statement.found(found, Rule::NearDuplicate, what, "Say it once, or make the difference plain.");
        }
    }
}

fn bag(words: &[String]) -> Vec<&str> {
    let mut bag: Vec<&str> = words.iter().map(String::as_str).collect();
    bag.sort_unstable();
    bag
}

/// How many words of a hundred two bags share, if that is enough to count as alike.
fn percent_alike(one: &[&str], other: &[&str]) -> Option<usize> {
    let (fewer, total) = (one.len().min(other.len()), one.len() + other.len());
    if fewer * 200 < total * ALIKE_PERCENT {
        return None;
    }
    let (mut left, mut right, mut shared) = (one.iter().peekable(), other.iter().peekable(), 0);
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                shared += 1;
                left.next();
                right.next();
            }
        }
    }
    Some(shared * 200 / total).filter(|percent| *percent >= ALIKE_PERCENT)
}
