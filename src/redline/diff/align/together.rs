//! The steps of an alignment, paragraphs that were split or joined taken together.

use std::collections::HashMap;
use std::ops::Range;

use super::{Alignment, Gap, Item, Kind, Sides, Step};

/// From how many words on a neighbour's words in what a paragraph lost or gained are no accident.
const WORDS_TO_JOIN: i64 = 3;

/// All steps, in order.
pub(super) fn steps(sides: &Sides<'_>, alignment: &Alignment) -> Vec<Step> {
    let mut steps = Vec::with_capacity(sides.old.len().max(sides.new.len()));
    let mut gaps = alignment.gaps();
    let mut at = 0;
    while let Some((old, new)) = alignment.pairs.get(at).copied() {
        let group = Group::around(sides, alignment, &mut gaps, at);
        unpaired(alignment, gaps.get(at), &mut steps);
        at += group.pairs;
        steps.push(if sides.same(old, new) { Step::Same { old, new } } else { group.step() });
    }
    unpaired(alignment, gaps.last(), &mut steps);
    steps
}

/// What only one side has between two pairs.
fn unpaired(alignment: &Alignment, gap: Option<&Gap>, steps: &mut Vec<Step>) {
    let Some(gap) = gap else { return };
    steps.extend(gap.old.clone().map(|old| match alignment.old_moved.get(old).copied().flatten() {
        Some(new) => Step::MovedFrom { old, new },
        None => Step::Removed { old },
    }));
    steps.extend(gap.new.clone().map(|new| match alignment.new_moved.get(new).copied().flatten() {
        Some(old) => Step::MovedTo { old, new },
        None => Step::Added { new },
    }));
}

/// A pair and, if it is of paragraphs, those neighbours that were cut from it, joined to it, or share its words anew.
struct Group<'a> {
    sides: &'a Sides<'a>,
    alignment: &'a Alignment,
    old: Range<usize>,
    new: Range<usize>,
    /// How many pairs it covers.
    pairs: usize,
    /// Per word how many more the old side of the group has than the new one.
    surplus: Surplus,
}

/// Words, and how many more of each one side has than the other.
type Surplus = HashMap<u32, i64>;

impl<'a> Group<'a> {
    /// The group of the pair at `at`; takes out of the gaps around it what belongs to it.
    fn around(sides: &'a Sides<'a>, alignment: &'a Alignment, gaps: &mut [Gap], at: usize) -> Self {
        let (old, new) = alignment.pairs.get(at).copied().unwrap_or_default();
        let (old, new) = (old..old + 1, new..new + 1);
        let mut group = Self { sides, alignment, old, new, pairs: 1, surplus: Surplus::new() };
        if !group.may_grow(gaps, at) {
            return group;
        }
        group.surplus = group.surplus_of(at);
        if let Some(before) = gaps.get_mut(at) {
            group.grow_back(before);
        }
        loop {
            let Some(after) = gaps.get_mut(at + group.pairs) else { return group };
            group.grow_on(after);
            if !after.is_empty() || !group.join_next(at + group.pairs) {
                return group;
            }
        }
    }

    fn step(self) -> Step {
        match (self.old.len(), self.new.len()) {
            (1, 1) => Step::Paired { old: self.old.start, new: self.new.start },
            _ => Step::Together { old: self.old, new: self.new },
        }
    }

    /// Whether the pair is of paragraphs that changed and has a neighbour that changed too.
    fn may_grow(&self, gaps: &[Gap], at: usize) -> bool {
        let bordered = [gaps.get(at), gaps.get(at + 1)].into_iter().flatten().any(|gap| !gap.is_empty());
        let changed = |at: usize| self.alignment.pairs.get(at).is_some_and(|(old, new)| !self.sides.same(*old, *new));
        changed(at) && self.is_paragraph(self.old.start) && (bordered || changed(at + 1))
    }

    fn is_paragraph(&self, old: usize) -> bool {
        self.sides.old.get(old).is_some_and(|item| item.kind == Kind::Paragraph)
    }

    fn surplus_of(&self, pair: usize) -> Surplus {
        let mut surplus = Surplus::new();
        let (old, new) = self.alignment.pairs.get(pair).copied().unwrap_or_default();
        count(&mut surplus, self.sides.old_words(old), 1);
        count(&mut surplus, self.sides.new_words(new), -1);
        surplus
    }

    fn grow_back(&mut self, gap: &mut Gap) {
        while !gap.new.is_empty() && self.gained(gap.new.end - 1) {
            gap.new.end -= 1;
            self.new.start = gap.new.end;
            count(&mut self.surplus, self.sides.new_words(self.new.start), -1);
        }
        while !gap.old.is_empty() && self.lost(gap.old.end - 1) {
            gap.old.end -= 1;
            self.old.start = gap.old.end;
            count(&mut self.surplus, self.sides.old_words(self.old.start), 1);
        }
    }

    fn grow_on(&mut self, gap: &mut Gap) {
        while !gap.new.is_empty() && self.gained(gap.new.start) {
            count(&mut self.surplus, self.sides.new_words(gap.new.start), -1);
            gap.new.start += 1;
            self.new.end = gap.new.start;
        }
        while !gap.old.is_empty() && self.lost(gap.old.start) {
            count(&mut self.surplus, self.sides.old_words(gap.old.start), 1);
            gap.old.start += 1;
            self.old.end = gap.old.start;
        }
    }

    /// Takes the next pair in if what one of the two lost is, for the most part, what the other gained.
    fn join_next(&mut self, pair: usize) -> bool {
        let Some((old, new)) = self.alignment.pairs.get(pair).copied() else { return false };
        let keyed = self.sides.old.get(old).is_none_or(|item| item.key.is_some());
        if keyed || self.sides.same(old, new) || !self.is_paragraph(old) {
            return false;
        }
        let other = self.surplus_of(pair);
        let exchanged: i64 = other.iter().map(|(word, more)| exchanged(*more, self.surplus_in(*word))).sum();
        let all: i64 = other.values().chain(self.surplus.values()).map(|more| more.abs()).sum();
        let joins = exchanged >= WORDS_TO_JOIN && exchanged * 20 >= all * 6;
        if joins {
            (self.old.end, self.new.end) = (old + 1, new + 1);
            self.pairs += 1;
            for (word, more) in other {
                *self.surplus.entry(word).or_default() += more;
            }
        }
        joins
    }

    fn surplus_in(&self, word: u32) -> i64 {
        self.surplus.get(&word).copied().unwrap_or(0)
    }

    /// Whether a new paragraph is made of words that the group's new side misses.
    fn gained(&self, at: usize) -> bool {
        self.alignment.new_is_free(at) && self.sides.new.get(at).is_some_and(|item| self.explains(item, 1))
    }

    /// Whether an old paragraph is made of words that the group's old side misses.
    fn lost(&self, at: usize) -> bool {
        self.alignment.old_is_free(at) && self.sides.old.get(at).is_some_and(|item| self.explains(item, -1))
    }

    /// Whether six words of ten are among those that one side has too many of; `sign` is 1 for the old side.
    fn explains(&self, item: &Item<'_>, sign: i64) -> bool {
        if item.kind != Kind::Paragraph || item.key.is_some() {
            return false;
        }
        let mut wanted = Surplus::new();
        count(&mut wanted, item.words, 1);
        let found: i64 =
            wanted.iter().map(|(word, times)| sign.saturating_mul(self.surplus_in(*word)).clamp(0, *times)).sum();
        found >= WORDS_TO_JOIN && found * 10 >= wanted.values().sum::<i64>() * 6
    }
}

fn count(surplus: &mut Surplus, words: &[u32], times: i64) {
    for word in words {
        *surplus.entry(*word).or_default() += times;
    }
}

/// How much of what one side has too many of the other has too few of.
fn exchanged(a: i64, b: i64) -> i64 {
    if a.signum() * b.signum() < 0 { a.abs().min(b.abs()) } else { 0 }
}
