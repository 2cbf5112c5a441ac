//! Which block is which, as a list of what to write.

use std::collections::HashMap;
use std::ops::Range;

use super::pieces::Sides;
use super::story::{Block, Linked, Row, Story};
use crate::redline::diff::{Interner, Item, Kind, Step, align, changes, matches};
use crate::redline::identity::Identity;

/// Fewer words than this never make a move: they would be an accident.
const WORDS_MOVED: usize = 4;

/// What to do with a block or some paragraphs. Paragraphs and tables are called by their places in their stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Op {
    /// A paragraph that is as it was.
    Whole { old: usize, new: usize },
    /// Paragraphs to be compared as one text. Either side may be empty.
    Edit { old: Range<usize>, new: Range<usize> },
    /// A paragraph that went from here.
    MovedFrom { old: usize, new: usize, number: u32 },
    /// A paragraph that came here.
    MovedTo { old: usize, new: usize, number: u32 },
    /// A table that stays.
    Table { old: usize, new: usize, content: Content },
    /// A table that goes, perhaps to elsewhere.
    TableGone { old: usize, moved: Option<u32> },
    /// A table that comes.
    TableCome { new: usize, moved: Option<u32> },
}

/// Whether there is anything to compare inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Same,
    Changed,
}

/// What to do with a row, by its place in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowOp {
    Stays { old: usize, new: usize, content: Content },
    Gone { old: usize, moved: Option<RowMove> },
    Come { new: usize, moved: Option<RowMove> },
}

/// The move of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowMove {
    pub(super) number: u32,
    /// Where the row stands in the other table.
    pub(super) partner: usize,
}

/// Gives each move a number of its own.
#[derive(Debug, Default)]
pub(super) struct Moves {
    given: u32,
}

/// The moves among the blocks of one container.
struct Local<'m> {
    moves: &'m mut Moves,
    numbers: HashMap<(usize, usize), u32>,
}

impl Local<'_> {
    fn number(&mut self, old: usize, new: usize) -> u32 {
        let moves = &mut *self.moves;
        *self.numbers.entry((old, new)).or_insert_with(|| {
            moves.given += 1;
            moves.given
        })
    }
}

impl Sides<'_, '_> {
    /// What to write for the blocks of a container.
    pub(super) fn plan(self, old: &[Block], new: &[Block], moves: &mut Moves) -> Vec<Op> {
        let mut keys = Interner::default();
        let old_items: Vec<Item<'_>> = old.iter().map(|block| item(self.old, *block, &mut keys)).collect();
        let new_items: Vec<Item<'_>> = new.iter().map(|block| item(self.new, *block, &mut keys)).collect();
        let mut local = Local { moves, numbers: HashMap::new() };
        let steps = align(&old_items, &new_items);
        let long = |at: &usize| new_items.get(*at).is_some_and(|item| item.words.len() >= WORDS_MOVED);
        let ops = steps.into_iter().filter_map(|step| match shortened(step, long) {
            Step::Together { old: gone, new: come } => Some(together(old, new, &gone, &come)),
            step => self.op(old, new, &step, &mut local),
        });
        let mut ops = join_tables(ops.collect());
        self.settle_end(&mut ops, old, new);
        ops
    }

    fn op(self, old: &[Block], new: &[Block], step: &Step, local: &mut Local<'_>) -> Option<Op> {
        use Block::{Paragraph, Table};
        Some(match step {
            Step::Same { old: from, new: to } | Step::Paired { old: from, new: to } => {
                let content = if matches!(step, Step::Same { .. }) { Content::Same } else { Content::Changed };
                match (*old.get(*from)?, *new.get(*to)?) {
                    (Paragraph(old), Paragraph(new)) if content == Content::Same && self.is_alone(new) => {
                        Op::Whole { old, new }
                    }
                    (Paragraph(old), Paragraph(new)) => Op::Edit { old: old..old + 1, new: new..new + 1 },
                    (Table(old), Table(new)) => Op::Table { old, new, content: self.table_content(new, content) },
                    _ => return None,
                }
            }
            Step::Removed { old: from } => match *old.get(*from)? {
                Paragraph(old) => Op::Edit { old: old..old + 1, new: 0..0 },
                Table(old) => Op::TableGone { old, moved: None },
            },
            Step::Added { new: to } => match *new.get(*to)? {
                Paragraph(new) => Op::Edit { old: 0..0, new: new..new + 1 },
                Table(new) => Op::TableCome { new, moved: None },
            },
            Step::MovedFrom { old: from, new: to } => {
                let number = local.number(*from, *to);
                match (*old.get(*from)?, *new.get(*to)?) {
                    (Paragraph(old), Paragraph(new)) => Op::MovedFrom { old, new, number },
                    (Table(old), _) => {
                        Op::TableGone { old, moved: self.same_table(old, new.get(*to)).then_some(number) }
                    }
                    _ => return None,
                }
            }
            Step::MovedTo { old: from, new: to } => {
                let number = local.number(*from, *to);
                match (*old.get(*from)?, *new.get(*to)?) {
                    (Paragraph(old), Paragraph(new)) => Op::MovedTo { old, new, number },
                    (Table(from), Table(new)) => {
                        let same = self.same_table(from, Some(&Table(new)));
                        Op::TableCome { new, moved: same.then_some(number) }
                    }
                    _ => return None,
                }
            }
            Step::Together { .. } => return None,
        })
    }

    /// Pairs the last paragraphs of the two containers where a table or the like stands after either's partner, and where
    /// neither has one: they share their end in any case, and so the words that stay, if there are enough. What else can
    /// become of the last paragraph is for [`keep_last_mark`](super::pieces::keep_last_mark).
    fn settle_end(self, ops: &mut Vec<Op>, old: &[Block], new: &[Block]) {
        let (Some(Block::Paragraph(old)), Some(Block::Paragraph(new))) = (old.last(), new.last()) else { return };
        let (old, new) = (*old, *new);
        let tail = ops.iter().rposition(|op| !op.is_of_paragraphs()).map_or(0, |at| at + 1);
        let after = ops.get(tail..).unwrap_or_default();
        let settled = after.iter().any(|op| op.has_old(old)) && after.iter().any(|op| op.has_new(new));
        let goes = Op::Edit { old: old..old + 1, new: 0..0 };
        let comes = Op::Edit { old: 0..0, new: new..new + 1 };
        let alone = after.contains(&goes) && after.contains(&comes) && self.share_words(old, new);
        if settled && !alone {
            return;
        }
        let mut apart: Vec<Op> = ops.drain(..).filter_map(|op| op.without(old, new)).collect();
        apart.push(Op::Edit { old: old..old + 1, new: new..new + 1 });
        *ops = apart;
    }

    /// Whether one word in five of two paragraphs stays, if one is put in the place of the other.
    fn share_words(self, old: usize, new: usize) -> bool {
        let words = |story: &'_ Story<'_>, at: usize| -> Vec<u32> {
            let range = story.paragraph(at).map(|paragraph| paragraph.words.clone()).unwrap_or_default();
            story.words.get(range).unwrap_or_default().to_vec()
        };
        let (before, after) = (words(self.old, old), words(self.new, new));
        let kept = matches(&changes(&before, &after), before.len(), after.len()).count();
        kept > 0 && kept * 10 >= before.len() + after.len()
    }

    /// Whether a paragraph leads to no other story, so that it can be copied unseen.
    fn is_alone(self, new: usize) -> bool {
        self.new.paragraph(new).is_some_and(|paragraph| paragraph.linked == Linked::No)
    }

    fn table_content(self, new: usize, content: Content) -> Content {
        let alone = self.new.table(new).is_some_and(|table| table.linked == Linked::No);
        if alone { content } else { Content::Changed }
    }

    fn same_table(self, old: usize, new: Option<&Block>) -> bool {
        let Some(Block::Table(new)) = new else { return false };
        let content = self.old.table(old).map(|table| table.content);
        content.is_some() && content == self.new.table(*new).map(|table| table.content)
    }

    /// What to write for the rows of a table.
    pub(super) fn plan_rows(self, old: &[Row<'_>], new: &[Row<'_>], moves: &mut Moves) -> Vec<RowOp> {
        let mut keys = Interner::default();
        let old_items: Vec<Item<'_>> = old.iter().map(|row| row_item(self.old, row, &mut keys)).collect();
        let new_items: Vec<Item<'_>> = new.iter().map(|row| row_item(self.new, row, &mut keys)).collect();
        let mut local = Local { moves, numbers: HashMap::new() };
        let long = |at: &usize| new_items.get(*at).is_some_and(|item| item.words.len() >= WORDS_MOVED);
        let linked = |at: usize| new.get(at).is_some_and(|row| row.linked == Linked::Yes);
        let op = |step: Step| match shortened(step, long) {
            Step::Same { old, new } if !linked(new) => Some(RowOp::Stays { old, new, content: Content::Same }),
            Step::Same { old, new } | Step::Paired { old, new } => {
                Some(RowOp::Stays { old, new, content: Content::Changed })
            }
            Step::Removed { old } => Some(RowOp::Gone { old, moved: None }),
            Step::Added { new } => Some(RowOp::Come { new, moved: None }),
            Step::MovedFrom { old, new } => {
                Some(RowOp::Gone { old, moved: Some(RowMove { number: local.number(old, new), partner: new }) })
            }
            Step::MovedTo { old, new } => {
                Some(RowOp::Come { new, moved: Some(RowMove { number: local.number(old, new), partner: old }) })
            }
            Step::Together { .. } => None,
        };
        align(&old_items, &new_items).into_iter().filter_map(op).collect()
    }
}

/// A step, where a move too short to mean anything is a removal or an addition.
fn shortened(step: Step, long: impl Fn(&usize) -> bool) -> Step {
    match step {
        Step::MovedFrom { old, new } if !long(&new) => Step::Removed { old },
        Step::MovedTo { new, .. } if !long(&new) => Step::Added { new },
        step => step,
    }
}

fn together(old: &[Block], new: &[Block], gone: &Range<usize>, come: &Range<usize>) -> Op {
    let places = |blocks: &[Block], range: &Range<usize>| {
        let blocks = blocks.get(range.clone()).unwrap_or_default();
        match (blocks.first(), blocks.last()) {
            (Some(Block::Paragraph(first)), Some(Block::Paragraph(last))) => *first..*last + 1,
            _ => 0..0,
        }
    };
    Op::Edit { old: places(old, gone), new: places(new, come) }
}

/// Two tables side by side, one going and one coming, become one whose rows go and come: side by side in one file they
/// would be taken for one anyway.
fn join_tables(ops: Vec<Op>) -> Vec<Op> {
    let mut joined: Vec<Op> = Vec::with_capacity(ops.len());
    for op in ops {
        let pair = match (joined.last(), &op) {
            (Some(Op::TableGone { old, moved: None }), Op::TableCome { new, moved: None })
            | (Some(Op::TableCome { new, moved: None }), Op::TableGone { old, moved: None }) => Some((*old, *new)),
            _ => None,
        };
        if let Some((old, new)) = pair {
            joined.pop();
            joined.push(Op::Table { old, new, content: Content::Changed });
        } else {
            joined.push(op);
        }
    }
    joined
}

fn item<'s>(story: &'s Story<'_>, block: Block, keys: &mut Interner<&'s Identity>) -> Item<'s> {
    let (kind, content, words, identity) = match block {
        Block::Paragraph(at) => {
            let found = story.paragraph(at);
            let words = found.map(|paragraph| paragraph.words.clone());
            (
                Kind::Paragraph,
                found.map(|paragraph| paragraph.content),
                words,
                found.and_then(|found| found.heading.identity()),
            )
        }
        Block::Table(at) => {
            let found = story.table(at);
            (Kind::Other(0), found.map(|table| table.content), found.map(|table| table.words.clone()), None)
        }
    };
    Item {
        key: identity.map(|identity| keys.id(identity)),
        kind,
        content: content.unwrap_or_default(),
        words: words.and_then(|range| story.words.get(range)).unwrap_or_default(),
    }
}

/// Rows of different numbers of cells are of different kinds: they are never written as one row.
fn row_item<'s>(story: &'s Story<'_>, row: &'s Row<'_>, keys: &mut Interner<&'s Identity>) -> Item<'s> {
    Item {
        key: row.identity.as_ref().map(|identity| keys.id(identity)),
        kind: Kind::Other(u32::try_from(row.cells.len()).unwrap_or(u32::MAX)),
        content: row.content,
        words: story.words.get(row.words.clone()).unwrap_or_default(),
    }
}

impl Op {
    pub(super) fn is_of_paragraphs(&self) -> bool {
        !matches!(self, Self::Table { .. } | Self::TableGone { .. } | Self::TableCome { .. })
    }

    fn has_old(&self, at: usize) -> bool {
        match self {
            Self::Whole { old, .. } | Self::MovedFrom { old, .. } => *old == at,
            Self::Edit { old, .. } => old.contains(&at),
            _ => false,
        }
    }

    fn has_new(&self, at: usize) -> bool {
        match self {
            Self::Whole { new, .. } | Self::MovedTo { new, .. } => *new == at,
            Self::Edit { new, .. } => new.contains(&at),
            _ => false,
        }
    }

    /// What is left to do when these two paragraphs, each the last of its side, are dealt with elsewhere.
    fn without(self, last_old: usize, last_new: usize) -> Option<Self> {
        match self {
            Self::Whole { old, new } if old == last_old || new == last_new => {
                Self::Edit { old: old..old + 1, new: new..new + 1 }.trimmed(last_old, last_new)
            }
            Self::Edit { .. } => self.trimmed(last_old, last_new),
            Self::MovedFrom { old, new, .. } if old == last_old || new == last_new => {
                Self::Edit { old: old..old + 1, new: 0..0 }.trimmed(last_old, last_new)
            }
            Self::MovedTo { old, new, .. } if old == last_old || new == last_new => {
                Self::Edit { old: 0..0, new: new..new + 1 }.trimmed(last_old, last_new)
            }
            other => Some(other),
        }
    }

    /// An edit without the last paragraphs; whole again if it had neither.
    fn trimmed(self, last_old: usize, last_new: usize) -> Option<Self> {
        let Self::Edit { old, new } = self else { return Some(self) };
        let shorter = |range: &Range<usize>, last: usize| {
            if range.contains(&last) { range.start..range.end.saturating_sub(1) } else { range.clone() }
        };
        let (old, new) = (shorter(&old, last_old), shorter(&new, last_new));
        (!old.is_empty() || !new.is_empty()).then_some(Self::Edit { old, new })
    }
}
