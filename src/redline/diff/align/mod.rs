//! Which block of the newer document is which block of the older one.
//!
//! In this order, each pass within the gaps the ones before have left: the same identity, the same content, alike.
//! What is then left over on both sides may have moved; what is left over beside a paragraph that it was cut from, or
//! joined to, is compared together with it.

mod likeness;
mod moves;
mod passes;
mod together;

use std::ops::Range;

use super::intern::Interner;

/// A block of a document: a paragraph, a table, a row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// Who it is, if it says so: two blocks with the same key are the same block however different their words, and
    /// two blocks with different keys never are.
    pub key: Option<u32>,
    /// What it is; only blocks of the same kind are ever paired.
    pub kind: Kind,
    /// Equal for two blocks exactly if nothing about them is to be reported as changed. Take a digest that nobody can
    /// make collide on purpose, or look again at what is reported the same.
    pub content: u64,
    /// Its words, as numbers from one [`Interner`] for both sides. White space and punctuation are better left out.
    pub words: &'a [u32],
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text that may be split in two or joined with its neighbour.
    Paragraph,
    /// Anything else, by a number of the caller's.
    Other(u32),
}

/// One step through both documents, in the order of the newer one; what is only in the older comes where it stood.
///
/// Every block of either side is in exactly one step of its own side: `MovedFrom` is where a moved block stood in the
/// older document, `MovedTo` where it stands in the newer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing changed.
    Same {
        /// Position in the older document.
        old: usize,
        /// Position in the newer document.
        new: usize,
    },
    /// The same block with other content, to be compared inside.
    Paired {
        /// Position in the older document.
        old: usize,
        /// Position in the newer document.
        new: usize,
    },
    /// Paragraphs that were split or joined: to be compared as one text whose paragraph ends are tokens.
    Together {
        /// Positions in the older document.
        old: Range<usize>,
        /// Positions in the newer document.
        new: Range<usize>,
    },
    /// Only in the older document.
    Removed {
        /// Position in the older document.
        old: usize,
    },
    /// Only in the newer document.
    Added {
        /// Position in the newer document.
        new: usize,
    },
    /// Stood here and stands elsewhere now. Its content may have changed as well.
    MovedFrom {
        /// Position in the older document.
        old: usize,
        /// Where it stands in the newer document.
        new: usize,
    },
    /// Stands here and stood elsewhere before.
    MovedTo {
        /// Where it stood in the older document.
        old: usize,
        /// Position in the newer document.
        new: usize,
    },
}

/// Aligns the blocks of two documents.
///
/// The work is proportional to the words of all blocks, times a logarithm: in a gap of many blocks on both sides each
/// is held against a few candidates that share its rare words or its place, not against all.
pub fn align(old: &[Item<'_>], new: &[Item<'_>]) -> Vec<Step> {
    let mut contents = Interner::default();
    let mut number = |item: &Item<'_>| contents.id((item.content, item.kind, item.key));
    let old_contents = old.iter().map(&mut number).collect();
    let new_contents = new.iter().map(&mut number).collect();
    let sides = Sides { old, new, old_contents, new_contents };
    let mut alignment = passes::in_order(&sides);
    moves::find(&sides, &mut alignment);
    together::steps(&sides, &alignment)
}

/// The two documents, each block with a number for its content.
struct Sides<'a> {
    old: &'a [Item<'a>],
    new: &'a [Item<'a>],
    old_contents: Vec<u32>,
    new_contents: Vec<u32>,
}

impl Sides<'_> {
    /// Whether two blocks may be one: the same kind, and not of different identity.
    fn may_pair(&self, old: usize, new: usize) -> bool {
        let (Some(a), Some(b)) = (self.old.get(old), self.new.get(new)) else { return false };
        a.kind == b.kind && (a.key.is_none() || b.key.is_none() || a.key == b.key)
    }

    fn same(&self, old: usize, new: usize) -> bool {
        self.old_contents.get(old).is_some_and(|content| Some(content) == self.new_contents.get(new))
    }

    fn old_words(&self, at: usize) -> &[u32] {
        self.old.get(at).map_or(&[], |item| item.words)
    }

    fn new_words(&self, at: usize) -> &[u32] {
        self.new.get(at).map_or(&[], |item| item.words)
    }
}

/// What was found so far.
#[derive(Default)]
struct Alignment {
    /// Blocks in the same order on both sides.
    pairs: Vec<(usize, usize)>,
    /// Per block of each side, where its partner stands if it moved.
    old_moved: Vec<Option<usize>>,
    new_moved: Vec<Option<usize>>,
}

impl Alignment {
    fn add_move(&mut self, old: usize, new: usize) {
        if let (Some(from), Some(to)) = (self.old_moved.get_mut(old), self.new_moved.get_mut(new)) {
            *from = Some(new);
            *to = Some(old);
        }
    }

    fn old_is_free(&self, old: usize) -> bool {
        self.old_moved.get(old).is_some_and(Option::is_none)
    }

    fn new_is_free(&self, new: usize) -> bool {
        self.new_moved.get(new).is_some_and(Option::is_none)
    }

    /// The stretches between the pairs, the empty ones too: one before each pair and one after the last.
    fn gaps(&self) -> Vec<Gap> {
        let ends = self.pairs.iter().copied().chain([(self.old_moved.len(), self.new_moved.len())]);
        let starts = [(0, 0)].into_iter().chain(self.pairs.iter().map(|(old, new)| (old + 1, new + 1)));
        starts.zip(ends).map(|(start, end)| Gap { old: start.0..end.0, new: start.1..end.1 }).collect()
    }

    /// The blocks of each side without a partner, gap by gap; gaps with nothing free on either side are left out.
    fn free(&self) -> impl Iterator<Item = (Vec<usize>, Vec<usize>)> + '_ {
        self.gaps().into_iter().filter(|gap| !gap.old.is_empty() || !gap.new.is_empty()).map(|gap| {
            let old = gap.old.filter(|at| self.old_is_free(*at)).collect();
            let new = gap.new.filter(|at| self.new_is_free(*at)).collect();
            (old, new)
        })
    }
}

/// A stretch between two pairs.
struct Gap {
    old: Range<usize>,
    new: Range<usize>,
}
