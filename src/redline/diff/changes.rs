//! Two sequences of numbers in, the places where they differ out.

use std::ops::Range;

use super::anchors::unique;
use super::intern::IdSet;
use super::snake::{Meeting, Point, Search};

/// A place where two sequences differ: these old tokens became these new ones. One of the two may be empty, not both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Positions of the old sequence.
    pub old: Range<usize>,
    /// Positions of the new sequence.
    pub new: Range<usize>,
}

/// Steps that any comparison may take, however short its input.
const STEPS: usize = 4_000_000;
/// Steps more for each token of the input.
const STEPS_PER_TOKEN: usize = 32;
/// Steps that the search of one region may always take; it then passes at least some twenty tokens.
const STEPS_PER_REGION: usize = 1_000;
/// How often a region may be cut at tokens that are unique in it.
const ANCHORINGS: u8 = 6;
/// From how many tokens on it pays to drop those that one side does not have.
const WORTH_FILTERING: usize = 64;

/// The changes that turn `old` into `new`, in order, no two touching.
///
/// What is left unchanged is a longest common subsequence unless finding it takes more than about four million steps
/// plus 32 per token; then it is a good common subsequence, found in time proportional to the length.
pub fn changes(old: &[u32], new: &[u32]) -> Vec<Change> {
    changes_counted(old, new).0
}

/// As [`changes`], and how many steps it took.
pub fn changes_counted(old: &[u32], new: &[u32]) -> (Vec<Change>, usize) {
    let whole = Region { old: 0..old.len(), new: 0..new.len(), anchorings: 0 };
    let region = whole.trimmed(old, new);
    if region.old.is_empty() || region.new.is_empty() {
        return (region.change().into_iter().collect(), 0);
    }
    if region.tokens() < WORTH_FILTERING {
        return Differ::new(old, new).run(region);
    }
    let inner = (part(old, &region.old), part(new, &region.new));
    let (kept_old, kept_new) = (shared(inner.0, inner.1), shared(inner.1, inner.0));
    let (tokens_old, tokens_new) = (picked(inner.0, &kept_old), picked(inner.1, &kept_new));
    let all = Region { old: 0..tokens_old.len(), new: 0..tokens_new.len(), anchorings: 0 };
    let (found, steps) = Differ::new(&tokens_old, &tokens_new).run(all);
    let pairs = matches(&found, tokens_old.len(), tokens_new.len())
        .filter_map(|(at_old, at_new)| Some((kept_old.get(at_old)?, kept_new.get(at_new)?)))
        .map(|(at_old, at_new)| (at_old + region.old.start, at_new + region.new.start));
    (between(pairs, &region.old, &region.new), steps + region.tokens())
}

/// The pairs of positions, old and new, that `changes` leaves alone; the sequences have `old` and `new` tokens.
pub fn matches(changes: &[Change], old: usize, new: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
    let starts = std::iter::once((0, 0)).chain(changes.iter().map(|change| (change.old.end, change.new.end)));
    let ends = changes.iter().map(|change| (change.old.start, change.new.start)).chain([(old, new)]);
    starts.zip(ends).flat_map(|(start, end)| (start.0..end.0).zip(start.1..end.1))
}

/// The changes that lie between these matches of the two ranges.
fn between(pairs: impl Iterator<Item = (usize, usize)>, old: &Range<usize>, new: &Range<usize>) -> Vec<Change> {
    let mut found = Vec::new();
    let (mut at_old, mut at_new) = (old.start, new.start);
    for (next_old, next_new) in pairs.chain([(old.end, new.end)]) {
        push(&mut found, Change { old: at_old..next_old, new: at_new..next_new });
        (at_old, at_new) = (next_old + 1, next_new + 1);
    }
    found
}

/// Adds a change after those before it; one that changes nothing is dropped, one that touches the last becomes part
/// of it.
pub(super) fn push(changes: &mut Vec<Change>, change: Change) {
    if change.old.is_empty() && change.new.is_empty() {
        return;
    }
    match changes.last_mut() {
        Some(last) if last.old.end == change.old.start && last.new.end == change.new.start => {
            last.old.end = change.old.end;
            last.new.end = change.new.end;
        }
        _ => changes.push(change),
    }
}

/// That part of a slice; nothing where it has no such part.
pub(super) fn part<'a, T>(all: &'a [T], range: &Range<usize>) -> &'a [T] {
    all.get(range.clone()).unwrap_or_default()
}

/// How many leading tokens are equal.
pub(super) fn common_start<T: PartialEq>(old: &[T], new: &[T]) -> usize {
    old.iter().zip(new).take_while(|(a, b)| a == b).count()
}

/// How many trailing tokens are equal.
pub(super) fn common_end<T: PartialEq>(old: &[T], new: &[T]) -> usize {
    old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count()
}

/// Positions in `tokens` of those that `other` has too. The rest cannot be part of any match.
fn shared(tokens: &[u32], other: &[u32]) -> Vec<usize> {
    let known: IdSet = other.iter().copied().collect();
    let here = tokens.iter().enumerate().filter(|(_, token)| known.contains(token));
    here.map(|(at, _)| at).collect()
}

fn picked(tokens: &[u32], positions: &[usize]) -> Vec<u32> {
    positions.iter().filter_map(|at| tokens.get(*at).copied()).collect()
}

/// A part of the two sequences that is still to be compared.
#[derive(Debug, Clone)]
struct Region {
    old: Range<usize>,
    new: Range<usize>,
    anchorings: u8,
}

impl Region {
    fn tokens(&self) -> usize {
        self.old.len() + self.new.len()
    }

    fn change(self) -> Option<Change> {
        (self.tokens() > 0).then_some(Change { old: self.old, new: self.new })
    }

    fn trimmed(&self, old: &[u32], new: &[u32]) -> Self {
        let start = common_start(part(old, &self.old), part(new, &self.new));
        let (old_start, new_start) = (self.old.start + start, self.new.start + start);
        let (rest_old, rest_new) = (old_start..self.old.end, new_start..self.new.end);
        let end = common_end(part(old, &rest_old), part(new, &rest_new));
        Self { old: old_start..self.old.end - end, new: new_start..self.new.end - end, anchorings: self.anchorings }
    }

    /// The two parts before and after a point given relative to the region.
    fn split(&self, point: Point, anchorings: u8) -> (Self, Self) {
        let (old, new) = (self.old.start + point.old, self.new.start + point.new);
        let before = Self { old: self.old.start..old, new: self.new.start..new, anchorings };
        (before, Self { old: old..self.old.end, new: new..self.new.end, anchorings })
    }
}

/// One comparison: regions still to do, the last one first.
struct Differ<'a> {
    old: &'a [u32],
    new: &'a [u32],
    search: Search,
    steps: usize,
    regions: Vec<Region>,
    changes: Vec<Change>,
}

impl<'a> Differ<'a> {
    fn new(old: &'a [u32], new: &'a [u32]) -> Self {
        let steps = STEPS + STEPS_PER_TOKEN * (old.len() + new.len());
        Self { old, new, search: Search::default(), steps, regions: Vec::new(), changes: Vec::new() }
    }

    fn run(mut self, whole: Region) -> (Vec<Change>, usize) {
        self.regions.push(whole);
        while let Some(region) = self.regions.pop() {
            let region = region.trimmed(self.old, self.new);
            if region.old.is_empty() || region.new.is_empty() {
                push(&mut self.changes, Change { old: region.old, new: region.new });
            } else {
                self.divide(&region);
            }
        }
        (self.changes, self.search.steps)
    }

    /// Cuts a region in two at the middle of a shortest way, or where it can if that takes too many steps.
    fn divide(&mut self, region: &Region) {
        let (old, new) = (part(self.old, &region.old), part(self.new, &region.new));
        let limit = (self.steps.saturating_sub(self.search.steps) / 4).max(STEPS_PER_REGION);
        let (before, after) = match self.search.middle(old, new, limit) {
            Meeting::Middle(point) => region.split(point, region.anchorings),
            Meeting::Furthest(_) if region.anchorings < ANCHORINGS && self.anchor(region) => return,
            Meeting::Furthest(point) => region.split(point, ANCHORINGS),
        };
        if before.tokens() == 0 || after.tokens() == 0 {
            push(&mut self.changes, Change { old: region.old.clone(), new: region.new.clone() });
            return;
        }
        self.regions.push(after);
        self.regions.push(before);
    }

    /// Cuts a region at the tokens that are unique on both sides. False if it has none.
    fn anchor(&mut self, region: &Region) -> bool {
        let (old, new) = (part(self.old, &region.old), part(self.new, &region.new));
        let anchors = unique(old, new);
        self.search.steps += old.len() + new.len();
        let mut rest = region.clone();
        rest.anchorings += 1;
        for link in anchors.iter().rev() {
            let (before, after) = rest.split(Point { old: link.old, new: link.new }, region.anchorings + 1);
            self.regions.push(after);
            rest = before;
        }
        if anchors.is_empty() {
            return false;
        }
        self.regions.push(rest);
        true
    }
}
