//! Blocks that left one place and turn up in another.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::likeness::Bags;
use super::{Alignment, Sides};

/// From how many words on an equal block elsewhere is a move and not an accident.
const WORDS_TO_MOVE: usize = 4;
/// From how many words on a block that is merely alike may be one.
const WORDS_TO_MOVE_CHANGED: usize = 8;

/// Pairs what is left over on both sides, each block once: equal content first, then the most alike.
pub(super) fn find(sides: &Sides<'_>, alignment: &mut Alignment) {
    let (old, new) = free(alignment);
    equal(sides, alignment, &old, &new);
    let (mut old, mut new) = free(alignment);
    old.retain(|at| sides.old_words(*at).len() >= WORDS_TO_MOVE_CHANGED);
    new.retain(|at| sides.new_words(*at).len() >= WORDS_TO_MOVE_CHANGED);
    alike(sides, alignment, &old, &new);
}

fn free(alignment: &Alignment) -> (Vec<usize>, Vec<usize>) {
    let mut all = (Vec::new(), Vec::new());
    for (old, new) in alignment.free() {
        all.0.extend(old);
        all.1.extend(new);
    }
    all
}

fn equal(sides: &Sides<'_>, alignment: &mut Alignment, old: &[usize], new: &[usize]) {
    let mut waiting: HashMap<u32, Vec<usize>> = HashMap::new();
    for at in old.iter().rev().filter(|at| sides.old_words(**at).len() >= WORDS_TO_MOVE) {
        if let Some(content) = sides.old_contents.get(*at) {
            waiting.entry(*content).or_default().push(*at);
        }
    }
    for to in new {
        let content = sides.new_contents.get(*to);
        if let Some(from) = content.and_then(|content| waiting.get_mut(content)).and_then(Vec::pop) {
            alignment.add_move(from, *to);
        }
    }
}

fn alike(sides: &Sides<'_>, alignment: &mut Alignment, old: &[usize], new: &[usize]) {
    if old.is_empty() || new.is_empty() {
        return;
    }
    let bags = Bags::new(sides, old, new);
    let pairs = bags.candidates().filter_map(|(before, after)| {
        let (from, to) = (*old.get(before)?, *new.get(after)?);
        let likeness = sides.may_pair(from, to).then(|| bags.likeness(before, after))?;
        likeness.is_close().then_some((Reverse(likeness.common), from, to))
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_unstable();
    for (_, from, to) in pairs {
        if alignment.old_is_free(from) && alignment.new_is_free(to) {
            alignment.add_move(from, to);
        }
    }
}
