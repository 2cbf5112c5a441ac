//! The steps of an alignment, paragraphs that were split or joined taken together.

use std::collections::HashMap;
use std::ops::Range;

use super::{Alignment, Gap, Kind, Sides, Step};

/// From how many words on a neighbour's words in what a paragraph lost or gained are no accident.
const WORDS_TO_JOIN: usize = 3;

/// All steps, in order.
pub(super) fn steps(sides: &Sides<'_>, alignment: &Alignment) -> Vec<Step> {
    let mut gaps = alignment.gaps().into_iter();
    let mut steps = Vec::with_capacity(sides.old.len().max(sides.new.len()));
    let Some(mut before) = gaps.next() else { return steps };
    for ((old, new), mut after) in alignment.pairs.iter().copied().zip(gaps) {
        let step = if sides.same(old, new) {
            Step::Same { old, new }
        } else {
            Group::around(sides, alignment, (old, new), &mut before, &mut after)
        };
        unpaired(alignment, before, &mut steps);
        steps.push(step);
        before = after;
    }
    unpaired(alignment, before, &mut steps);
    steps
}

/// What only one side has between two pairs.
fn unpaired(alignment: &Alignment, gap: Gap, steps: &mut Vec<Step>) {
    steps.extend(gap.old.map(|old| match alignment.old_moved.get(old).copied().flatten() {
        Some(new) => Step::MovedFrom { old, new },
        None => Step::Removed { old },
    }));
    steps.extend(gap.new.map(|new| match alignment.new_moved.get(new).copied().flatten() {
        Some(old) => Step::MovedTo { old, new },
        None => Step::Added { new },
    }));
}

/// A pair of paragraphs and those neighbours that were cut from them or joined to them.
struct Group<'a> {
    sides: &'a Sides<'a>,
    alignment: &'a Alignment,
    old: Range<usize>,
    new: Range<usize>,
    /// Per word how many more the old side of the group has than the new one.
    surplus: HashMap<u32, i64>,
}

impl<'a> Group<'a> {
    /// The step for a pair that changed; takes out of the gaps around it what belongs to it.
    fn around(
        sides: &'a Sides<'a>,
        alignment: &'a Alignment,
        (old, new): (usize, usize),
        before: &mut Gap,
        after: &mut Gap,
    ) -> Step {
        let alone = [&before.old, &before.new, &after.old, &after.new].iter().all(|range| range.is_empty());
        let paragraph = sides.old.get(old).is_some_and(|item| item.kind == Kind::Paragraph);
        if alone || !paragraph {
            return Step::Paired { old, new };
        }
        let (surplus, old, new) = (HashMap::new(), old..old + 1, new..new + 1);
        let mut group = Self { sides, alignment, old, new, surplus };
        group.take_old(group.old.start);
        group.take_new(group.new.start);
        group.grow(before, after);
        match (group.old.len(), group.new.len()) {
            (1, 1) => Step::Paired { old: group.old.start, new: group.new.start },
            _ => Step::Together { old: group.old, new: group.new },
        }
    }

    fn grow(&mut self, before: &mut Gap, after: &mut Gap) {
        while !before.new.is_empty() && self.gained(before.new.end - 1) {
            before.new.end -= 1;
            self.new.start -= 1;
            self.take_new(self.new.start);
        }
        while !before.old.is_empty() && self.lost(before.old.end - 1) {
            before.old.end -= 1;
            self.old.start -= 1;
            self.take_old(self.old.start);
        }
        while !after.new.is_empty() && self.gained(after.new.start) {
            after.new.start += 1;
            self.take_new(self.new.end);
            self.new.end += 1;
        }
        while !after.old.is_empty() && self.lost(after.old.start) {
            after.old.start += 1;
            self.take_old(self.old.end);
            self.old.end += 1;
        }
    }

    fn take_old(&mut self, at: usize) {
        for word in self.sides.old_words(at) {
            *self.surplus.entry(*word).or_default() += 1;
        }
    }

    fn take_new(&mut self, at: usize) {
        for word in self.sides.new_words(at) {
            *self.surplus.entry(*word).or_default() -= 1;
        }
    }

    /// Whether a new paragraph is made of words that the group's new side misses.
    fn gained(&self, at: usize) -> bool {
        let item = self.sides.new.get(at);
        let free = self.alignment.new_is_free(at)
            && item.is_some_and(|item| item.kind == Kind::Paragraph && item.key.is_none());
        free && self.explains(self.sides.new_words(at), 1)
    }

    /// Whether an old paragraph is made of words that the group's old side misses.
    fn lost(&self, at: usize) -> bool {
        let item = self.sides.old.get(at);
        let free = self.alignment.old_is_free(at)
            && item.is_some_and(|item| item.kind == Kind::Paragraph && item.key.is_none());
        free && self.explains(self.sides.old_words(at), -1)
    }

    /// Whether six words of ten are among those that one side has too many of; `sign` is 1 for the old side.
    fn explains(&self, words: &[u32], sign: i64) -> bool {
        let mut left: HashMap<u32, i64> = HashMap::new();
        let mut found = 0;
        for word in words {
            let left = left.entry(*word).or_insert_with(|| sign * self.surplus.get(word).copied().unwrap_or(0));
            if *left > 0 {
                *left -= 1;
                found += 1;
            }
        }
        found >= WORDS_TO_JOIN && found * 10 >= words.len() * 6
    }
}
