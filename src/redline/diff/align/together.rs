//! The steps of an alignment, paragraphs that were split or joined taken together.

use std::ops::Range;

use super::{Alignment, Gap, Kind, Sides, Step};
use crate::redline::diff::changes::{changes, matches};

/// From how many words on what two paragraphs share is no accident; fewer count if they are most of one of the two.
const WORDS_TO_JOIN: usize = 3;

/// So many paragraphs in the place of as many others may each have replaced one, if they are short.
const FEW: usize = 3;
/// Up to how many words a paragraph is short.
const WORDS_OF_SHORT: usize = 8;

/// All steps, in order.
pub(super) fn steps(sides: &Sides<'_>, alignment: &Alignment) -> Vec<Step> {
    let steps = Vec::with_capacity(sides.old.len().max(sides.new.len()));
    let mut walk = Walk { sides, alignment, steps, run: Run::default() };
    let mut pairs = alignment.pairs.iter().copied();
    for gap in alignment.gaps() {
        walk.gap(&gap);
        if let Some((old, new)) = pairs.next() {
            walk.pair(old, new);
        }
    }
    walk.end_run();
    walk.steps
}

/// Neighbouring paragraphs that changed, appeared or went.
#[derive(Default)]
struct Run {
    old: Range<usize>,
    new: Range<usize>,
    pairs: Vec<(usize, usize)>,
}

/// The steps so far, and the run that is not yet among them.
struct Walk<'a> {
    sides: &'a Sides<'a>,
    alignment: &'a Alignment,
    steps: Vec<Step>,
    run: Run,
}

impl Walk<'_> {
    fn pair(&mut self, old: usize, new: usize) {
        let paragraph = self.sides.old.get(old).is_some_and(|item| item.kind == Kind::Paragraph);
        if paragraph && !self.sides.same(old, new) {
            self.extend(&(old..old + 1), &(new..new + 1));
            self.run.pairs.push((old, new));
            return;
        }
        self.end_run();
        self.steps.push(if self.sides.same(old, new) { Step::Same { old, new } } else { Step::Paired { old, new } });
    }

    /// What only one side has: paragraphs lengthen the run, anything else ends it.
    fn gap(&mut self, gap: &Gap) {
        let (old, new) = (self.old_barrier(&gap.old), self.new_barrier(&gap.new));
        self.extend(&(gap.old.start..old.start), &(gap.new.start..new.start));
        if !old.is_empty() || !new.is_empty() {
            self.end_run();
            self.unpaired(old.clone(), new.clone());
            self.extend(&(old.end..gap.old.end), &(new.end..gap.new.end));
        }
    }

    /// From the first to the last block that is no paragraph to be split or joined; empty and at the end if none is.
    fn old_barrier(&self, range: &Range<usize>) -> Range<usize> {
        let bars = |at: usize| {
            let item = self.sides.old.get(at);
            !self.alignment.old_is_free(at)
                || item.is_none_or(|item| item.kind != Kind::Paragraph || item.key.is_some())
        };
        barrier(range, bars)
    }

    fn new_barrier(&self, range: &Range<usize>) -> Range<usize> {
        let bars = |at: usize| {
            let item = self.sides.new.get(at);
            !self.alignment.new_is_free(at)
                || item.is_none_or(|item| item.kind != Kind::Paragraph || item.key.is_some())
        };
        barrier(range, bars)
    }

    fn extend(&mut self, old: &Range<usize>, new: &Range<usize>) {
        if self.run.old.is_empty() && self.run.new.is_empty() {
            self.run = Run { old: old.clone(), new: new.clone(), pairs: Vec::new() };
        } else {
            (self.run.old.end, self.run.new.end) = (old.end, new.end);
        }
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let (mut at_old, mut at_new) = (run.old.start, run.new.start);
        for group in run.groups(self.sides) {
            self.left_over(at_old..group.old.start, at_new..group.new.start);
            (at_old, at_new) = (group.old.end, group.new.end);
            self.steps.push(match (group.old.len(), group.new.len()) {
                (1, 1) => Step::Paired { old: group.old.start, new: group.new.start },
                _ => Step::Together { old: group.old, new: group.new },
            });
        }
        self.left_over(at_old..run.old.end, at_new..run.new.end);
    }

    /// Paragraphs of a run that share their words with nobody. A few short ones in the place of as many others, such as
    /// the lines of a table cell, were replaced one by one.
    fn left_over(&mut self, old: Range<usize>, new: Range<usize>) {
        let short = |words: &[u32]| words.len() <= WORDS_OF_SHORT;
        let few = (1..=FEW).contains(&old.len()) && old.len() == new.len();
        let replaced = few
            && old.clone().all(|at| short(self.sides.old_words(at)))
            && new.clone().all(|at| short(self.sides.new_words(at)));
        if replaced {
            self.steps.extend(old.zip(new).map(|(old, new)| Step::Paired { old, new }));
        } else {
            self.unpaired(old, new);
        }
    }

    fn unpaired(&mut self, old: Range<usize>, new: Range<usize>) {
        self.steps.extend(old.map(|old| match self.alignment.old_moved.get(old).copied().flatten() {
            Some(new) => Step::MovedFrom { old, new },
            None => Step::Removed { old },
        }));
        self.steps.extend(new.map(|new| match self.alignment.new_moved.get(new).copied().flatten() {
            Some(old) => Step::MovedTo { old, new },
            None => Step::Added { new },
        }));
    }
}

fn barrier(range: &Range<usize>, bars: impl Fn(usize) -> bool) -> Range<usize> {
    let first = range.clone().find(|at| bars(*at));
    let last = range.clone().rev().find(|at| bars(*at));
    first.unwrap_or(range.end)..last.map_or(range.end, |last| last + 1)
}

/// Paragraphs of both sides that belong together.
struct Group {
    old: Range<usize>,
    new: Range<usize>,
}

impl Run {
    /// Its paragraphs in groups that share their words, in order; those that share theirs with nobody are in none.
    fn groups(&self, sides: &Sides<'_>) -> Vec<Group> {
        let mut links = self.pairs.clone();
        if self.old.len() > 1 || self.new.len() > 1 {
            links.extend(self.shared_words(sides));
        }
        links.sort_unstable();
        let mut groups: Vec<Group> = Vec::new();
        for (old, new) in links {
            let mut group = Group { old: old..old + 1, new: new..new + 1 };
            while let Some(last) =
                groups.pop_if(|last| last.old.end > group.old.start || last.new.end > group.new.start)
            {
                group.old = last.old.start.min(group.old.start)..last.old.end.max(group.old.end);
                group.new = last.new.start.min(group.new.start)..last.new.end.max(group.new.end);
            }
            groups.push(group);
        }
        groups
    }

    /// Pairs of paragraphs that share enough words when the run is read as one text.
    fn shared_words(&self, sides: &Sides<'_>) -> Vec<(usize, usize)> {
        let (old_owners, old_words) = read(&self.old, |at| sides.old_words(at));
        let (new_owners, new_words) = read(&self.new, |at| sides.new_words(at));
        let found = changes(&old_words, &new_words);
        let mut stretches: Vec<Stretch> = Vec::new();
        for (old, new) in matches(&found, old_words.len(), new_words.len()) {
            let (Some(old), Some(new)) = (old_owners.get(old), new_owners.get(new)) else { continue };
            match stretches.last_mut() {
                Some(last) if last.is_of(*old, *new) => last.lengthen(*old, *new),
                _ => stretches.push(Stretch { first: (*old, *new), last: (*old, *new), words: 1 }),
            }
        }
        let telling = stretches.iter().filter(|stretch| stretch.tells(sides));
        telling.map(|stretch| (stretch.first.0.block, stretch.first.1.block)).collect()
    }
}

/// The paragraphs as one text: for each word where it stands, and the words.
fn read<'a>(blocks: &Range<usize>, words: impl Fn(usize) -> &'a [u32]) -> (Vec<Place>, Vec<u32>) {
    let place = |block: usize| words(block).iter().enumerate().map(move |(at, word)| (Place { block, at }, *word));
    blocks.clone().flat_map(place).unzip()
}

/// Where a word stands: in which paragraph, and where in it.
#[derive(Clone, Copy)]
struct Place {
    block: usize,
    at: usize,
}

/// The words that two paragraphs share, old and new.
struct Stretch {
    first: (Place, Place),
    last: (Place, Place),
    words: usize,
}

impl Stretch {
    fn is_of(&self, old: Place, new: Place) -> bool {
        self.first.0.block == old.block && self.first.1.block == new.block
    }

    fn lengthen(&mut self, old: Place, new: Place) {
        self.last = (old, new);
        self.words += 1;
    }

    /// Whether so many words are no accident: six in ten of one of the two, three in ten of both, or those at the end
    /// of one that are those at the beginning of the other.
    fn tells(&self, sides: &Sides<'_>) -> bool {
        let (old_block, new_block) = (self.first.0.block, self.first.1.block);
        let (old, new) = (sides.old_words(old_block).len(), sides.new_words(new_block).len());
        let many = self.words >= WORDS_TO_JOIN;
        let most_of_one = self.words * 10 >= old.min(new) * 6;
        let much_of_both = many && self.words * 20 >= (old + new) * 3;
        let whole =
            self.last.0.at - self.first.0.at + 1 == self.words && self.last.1.at - self.first.1.at + 1 == self.words;
        let went_on = self.first.1.at == 0 && self.last.0.at + 1 == old;
        let went_back = self.first.0.at == 0 && self.last.1.at + 1 == new;
        let across = many && whole && (went_on || went_back);
        sides.may_pair(old_block, new_block) && (most_of_one || much_of_both || across)
    }
}
