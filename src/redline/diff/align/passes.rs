//! Pairs in order: by identity, by equal content, by likeness.

use std::collections::{HashMap, HashSet};

use super::likeness::{Bags, alike};
use super::{Alignment, Item, Sides};
use crate::redline::diff::anchors::once_on_each;
use crate::redline::diff::chain::{Link, heaviest};
use crate::redline::diff::changes::{changes, matches};

/// From how many words on equal content is no accident.
const TELLING_WORDS: usize = 5;

/// Everything that stands in the same order on both sides; what has the same identity but another place is moved.
pub(super) fn in_order(sides: &Sides<'_>) -> Alignment {
    let mut alignment =
        Alignment { pairs: Vec::new(), old_moved: vec![None; sides.old.len()], new_moved: vec![None; sides.new.len()] };
    anchor(sides, &mut alignment);
    refine(&mut alignment, |old, new| {
        let telling = |words: &[u32]| words.len() >= TELLING_WORDS;
        let old: Vec<_> = old.iter().copied().filter(|at| telling(sides.old_words(*at))).collect();
        let new: Vec<_> = new.iter().copied().filter(|at| telling(sides.new_words(*at))).collect();
        equal(sides, &old, &new)
    });
    refine(&mut alignment, |old, new| similar(sides, old, new));
    refine(&mut alignment, |old, new| equal(sides, old, new));
    alignment
}

/// Adds what a pass finds in each gap.
fn refine(alignment: &mut Alignment, pass: impl Fn(&[usize], &[usize]) -> Vec<(usize, usize)>) {
    let mut found = Vec::new();
    for (old, new) in alignment.free() {
        if !old.is_empty() && !new.is_empty() {
            found.extend(pass(&old, &new));
        }
    }
    alignment.pairs.extend(found);
    alignment.pairs.sort_unstable();
}

/// The frame of the alignment: identities and content that is unique on both sides, as much of it as keeps its order.
fn anchor(sides: &Sides<'_>, alignment: &mut Alignment) {
    let keyed = keyed(sides);
    let taken: HashSet<usize> = keyed.iter().map(|(old, _)| *old).collect();
    let unique = once_on_each(&sides.old_contents, &sides.new_contents).into_iter();
    let telling = unique.filter(|(old, _)| !taken.contains(old) && sides.old_words(*old).len() >= TELLING_WORDS);
    let link = |(old, new): (usize, usize)| {
        let words = sides.old_words(old).len().min(sides.new_words(new).len());
        Link { old, new, weight: u64::try_from(words).unwrap_or(u64::MAX / 1024).saturating_add(2) }
    };
    let chain = heaviest(keyed.iter().copied().chain(telling).map(link).collect());
    alignment.pairs = chain.iter().map(|link| (link.old, link.new)).collect();
    for (old, new) in keyed {
        if alignment.pairs.binary_search(&(old, new)).is_err() {
            alignment.add_move(old, new);
        }
    }
}

/// Blocks with the same identity. One that several blocks of a side share counts only if the other side has as many.
fn keyed(sides: &Sides<'_>) -> Vec<(usize, usize)> {
    let mut places: HashMap<u32, (Vec<usize>, Vec<usize>)> = HashMap::new();
    let keys = |items: &[Item<'_>]| -> Vec<(usize, u32)> {
        items.iter().enumerate().filter_map(|(at, item)| Some((at, item.key?))).collect()
    };
    for (at, key) in keys(sides.old) {
        places.entry(key).or_default().0.push(at);
    }
    for (at, key) in keys(sides.new) {
        places.entry(key).or_default().1.push(at);
    }
    let certain = places.into_values().filter(|(old, new)| old.len() == new.len());
    let mut pairs: Vec<_> = certain.flat_map(|(old, new)| old.into_iter().zip(new)).collect();
    pairs.retain(|(old, new)| sides.may_pair(*old, *new));
    pairs.sort_unstable();
    pairs
}

/// Blocks with equal content, as many as keep their order.
fn equal(sides: &Sides<'_>, old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    let contents = |at: &[usize], of: &[u32]| -> Vec<u32> { at.iter().filter_map(|at| of.get(*at).copied()).collect() };
    let (old_contents, new_contents) = (contents(old, &sides.old_contents), contents(new, &sides.new_contents));
    let found = changes(&old_contents, &new_contents);
    let pairs = matches(&found, old.len(), new.len());
    pairs.filter_map(|(before, after)| Some((*old.get(before)?, *new.get(after)?))).collect()
}

/// Blocks alike, chosen so that as many words as possible stay.
fn similar(sides: &Sides<'_>, old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    let bags = Bags::new(sides, old, new);
    let alone = old.len() == 1 && new.len() == 1;
    let links = bags.candidates_with_places().filter_map(|(before, after)| {
        let (at_old, at_new) = (*old.get(before)?, *new.get(after)?);
        let likeness = sides.may_pair(at_old, at_new).then(|| bags.likeness(before, after))?;
        let same_key = sides.old.get(at_old)?.key.is_some() && sides.old.get(at_old)?.key == sides.new.get(at_new)?.key;
        let enough = same_key || alike(&likeness) || (alone && likeness.is_loose());
        let weight = 4 * likeness.common + 2 * u64::from(sides.same(at_old, at_new)) + u64::from(before == after) + 1;
        enough.then_some(Link { old: at_old, new: at_new, weight })
    });
    heaviest(links.collect()).iter().map(|link| (link.old, link.new)).collect()
}
