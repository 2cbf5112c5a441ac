//! How alike two blocks are, and which are worth asking about.

use super::Sides;
use crate::redline::diff::intern::IdMap;

/// A word that more blocks than this have in common points to none of them.
const COMMON: usize = 32;
/// So many of a block's rarest words are followed to the blocks that have them too.
const WORDS_FOLLOWED: usize = 16;
/// So many blocks are looked at closely for each.
const CANDIDATES: usize = 6;

/// How many words two blocks have, and have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Likeness {
    pub(super) common: u64,
    all: u64,
    smaller: u64,
}

impl Likeness {
    /// Enough for two blocks that have nobody else to be paired with: three words of ten.
    pub(super) fn is_loose(&self) -> bool {
        self.common * 20 >= self.all * 3
    }

    /// Enough for two blocks in different places: eight words of ten.
    pub(super) fn is_close(&self) -> bool {
        self.common * 20 >= self.all * 8
    }
}

/// Enough for two blocks in order: half of the words, or nearly all of a block that was cut from or grew into the other.
pub(super) fn alike(likeness: &Likeness) -> bool {
    let half = likeness.common * 4 >= likeness.all;
    let contained = likeness.common >= 5 && likeness.common * 5 >= likeness.smaller * 4;
    likeness.common > 0 && (half || contained)
}

/// The words of some blocks of each side, sorted, and where the rarer ones occur.
pub(super) struct Bags {
    old: Vec<Vec<u32>>,
    new: Vec<Vec<u32>>,
    /// Per word the old blocks that have it, up to one more than [`COMMON`].
    holders: IdMap<Vec<usize>>,
}

impl Bags {
    pub(super) fn new(sides: &Sides<'_>, old: &[usize], new: &[usize]) -> Self {
        let sorted = |words: &[u32]| {
            let mut words = words.to_vec();
            words.sort_unstable();
            words
        };
        let old: Vec<_> = old.iter().map(|at| sorted(sides.old_words(*at))).collect();
        let new: Vec<_> = new.iter().map(|at| sorted(sides.new_words(*at))).collect();
        let mut holders: IdMap<Vec<usize>> = IdMap::default();
        for (at, words) in old.iter().enumerate() {
            for word in distinct(words) {
                let blocks = holders.entry(word).or_default();
                if blocks.len() <= COMMON {
                    blocks.push(at);
                }
            }
        }
        Self { old, new, holders }
    }

    pub(super) fn likeness(&self, old: usize, new: usize) -> Likeness {
        let words = |bags: &[Vec<u32>], at: usize| bags.get(at).map_or(0, Vec::len) as u64;
        let (all_old, all_new) = (words(&self.old, old), words(&self.new, new));
        let common = match (self.old.get(old), self.new.get(new)) {
            (Some(a), Some(b)) if a.len() <= b.len() => in_common(a, b),
            (Some(a), Some(b)) => in_common(b, a),
            _ => 0,
        };
        Likeness { common, all: all_old + all_new, smaller: all_old.min(all_new) }
    }

    /// Pairs that share rare words: for each new block the few old ones that share most.
    pub(super) fn candidates(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.new.iter().enumerate().flat_map(|(new, words)| {
            let chosen = self.nearest(new, words);
            chosen.into_iter().map(move |old| (old, new))
        })
    }

    /// As [`candidates`](Self::candidates), and for each new block those at the same distance from either end.
    pub(super) fn candidates_with_places(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let (olds, news) = (self.old.len(), self.new.len());
        let placed = (0..news).flat_map(move |new| {
            let from_start = (new < olds).then_some((new, new));
            let from_end = (olds + new).checked_sub(news).map(|old| (old, new));
            from_start.into_iter().chain(from_end.filter(|pair| Some(*pair) != from_start))
        });
        let repeated = move |(old, new): &(usize, usize)| old == new || old + news == new + olds;
        placed.chain(self.candidates().filter(move |pair| !repeated(pair)))
    }

    fn nearest(&self, new: usize, words: &[u32]) -> Vec<usize> {
        let held = distinct(words).filter_map(|word| self.holders.get(&word));
        let mut rare: Vec<_> = held.filter(|blocks| blocks.len() <= COMMON).collect();
        rare.sort_by_key(|blocks| blocks.len());
        rare.truncate(WORDS_FOLLOWED);
        let mut blocks: Vec<usize> = rare.into_iter().flatten().copied().collect();
        blocks.sort_unstable();
        let mut votes: Vec<(usize, usize)> = Vec::new();
        for block in blocks {
            match votes.last_mut() {
                Some((last, count)) if *last == block => *count += 1,
                _ => votes.push((block, 1)),
            }
        }
        votes.sort_by_key(|(block, count)| (std::cmp::Reverse(*count), block.abs_diff(new)));
        votes.into_iter().take(CANDIDATES).map(|(block, _)| block).collect()
    }
}

/// The different words of a sorted list.
fn distinct(sorted: &[u32]) -> impl Iterator<Item = u32> + '_ {
    sorted.chunk_by(|a, b| a == b).filter_map(|run| run.first().copied())
}

/// How many words two sorted lists have in common, each as often as both have it. Quick when `few` is short, however
/// long `many` is.
fn in_common(few: &[u32], many: &[u32]) -> u64 {
    let mut rest = many;
    let mut common = 0;
    for run in few.chunk_by(|a, b| a == b) {
        let Some(word) = run.first() else { continue };
        rest = rest.get(rest.partition_point(|other| other < word)..).unwrap_or_default();
        let times = rest.iter().take(run.len()).take_while(|other| *other == word).count();
        common += times as u64;
    }
    common
}
