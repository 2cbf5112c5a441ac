//! Writing a story: the newer text, copied byte for byte where nothing changed, with the changes set into it.

use std::ops::Range;

use super::graft::Graft;
use super::lens::Lens;
use super::markup::inner;
use super::pen::Pen;
use super::pieces::{Fate, Piece, Sides, keep_last_mark, moved_from, moved_to};
use super::plan::{Content, Op};
use super::runs::Held;
use super::story::Block;
use super::tags::{Tags, Wrap};
use crate::document::ooxml::XmlNode;

/// Writes one story.
pub(super) struct Writer<'w, 'x, 'p> {
    pub(super) sides: Sides<'w, 'x>,
    /// The text of the newer part.
    pub(super) text: &'w str,
    pub(super) out: String,
    /// Up to where the newer text is written.
    pub(super) cursor: usize,
    pub(super) tags: Tags<'w>,
    pub(super) pen: &'w mut Pen,
    /// How the newer document writes what both say.
    pub(super) lens: Lens<'w>,
    /// Carries what only the older document has.
    pub(super) graft: Graft<'w, 'p>,
    /// Notes and sections that are the same in both.
    pub(super) links: Links<'x>,
    /// The element that stands open around runs.
    pub(super) wrap: Option<Wrap>,
    /// The part of a run that is not yet written.
    pub(super) held: Option<Held>,
    /// The last run that was copied whole.
    pub(super) copied_run: Option<usize>,
    pub(super) moving: Moving,
    pub(super) written: Written,
}

/// Up to where each story is written because something that reaches there was written whole.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Written {
    pub(super) old: usize,
    pub(super) new: usize,
}

/// Whether what is written moves as part of something larger, which is marked as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moving {
    Alone,
    Within,
}

/// What was found to be the same in both documents and leads to another story.
#[derive(Debug, Default)]
pub(super) struct Links<'x> {
    /// References to notes, older and newer.
    pub(super) notes: Vec<(XmlNode<'x>, XmlNode<'x>)>,
    /// References to notes that only the newer document has.
    pub(super) notes_added: Vec<XmlNode<'x>>,
}

impl<'x> Writer<'_, 'x, '_> {
    /// Copies the newer text up to a place.
    pub(super) fn copy_to(&mut self, place: usize) {
        if place > self.cursor {
            self.out.push_str(self.text.get(self.cursor..place).unwrap_or_default());
            self.cursor = place;
        }
    }

    /// Leaves out the newer text up to a place, which has been written otherwise.
    pub(super) fn skip_to(&mut self, place: usize) {
        self.cursor = self.cursor.max(place);
    }

    /// Writes all blocks of a container, up to the last of the newer ones.
    pub(super) fn blocks(&mut self, old: &[Block], new: &[Block]) {
        let ops = self.sides.plan(old, new, &mut self.pen.moves);
        let count = ops.len();
        let mut waiting: Vec<Piece> = Vec::new();
        for (at, op) in ops.into_iter().enumerate() {
            if op.is_of_paragraphs() {
                self.pieces_of(&op, &mut waiting);
                if at + 1 == count {
                    keep_last_mark(self.sides, &mut waiting);
                }
                continue;
            }
            self.lines(&waiting);
            waiting.clear();
            self.table_op(&op);
        }
        self.lines(&waiting);
    }

    fn pieces_of(&mut self, op: &Op, pieces: &mut Vec<Piece>) {
        match op {
            Op::Whole { old, new } => pieces.push(Piece::Whole { old: *old, new: *new }),
            Op::Edit { old, new } => pieces.extend(self.sides.compare(old, new)),
            Op::MovedFrom { old, new, number } => {
                let inside = self.sides.compare(&(*old..*old + 1), &(*new..*new + 1));
                pieces.extend(moved_from(&inside, has_same(&inside).then_some(*number)));
            }
            Op::MovedTo { old, new, number } => {
                let inside = self.sides.compare(&(*old..*old + 1), &(*new..*new + 1));
                pieces.extend(moved_to(&inside, has_same(&inside).then_some(*number)));
            }
            _ => {}
        }
    }

    fn table_op(&mut self, op: &Op) {
        match op {
            Op::Table { new, content: Content::Same, .. } => {
                let end = self.sides.new.table(*new).map_or(self.cursor, |table| table.node.range().end);
                self.copy_to(end);
            }
            Op::Table { old, new, .. } => self.table(*old, *new),
            Op::TableGone { old, moved } => self.table_gone(*old, *moved),
            Op::TableCome { new, moved } => self.table_come(*new, *moved),
            _ => {}
        }
    }

    /// Writes a leaf or unit of the newer document whose text boxes may have changed against its partner.
    pub(super) fn boxed(&mut self, new: Range<usize>, old: Range<usize>, node: XmlNode<'x>) {
        let (resume, written) = (self.cursor, self.written);
        self.cursor = node.range().start;
        let Sides { old: older, new: newer } = self.sides;
        let pairs = older.boxes.get(old).unwrap_or_default().iter().zip(newer.boxes.get(new).unwrap_or_default());
        for (before, after) in pairs {
            let place = inner(self.text, after.node);
            if place.start < self.cursor {
                continue;
            }
            self.copy_to(place.start);
            let counting = self.pen.counting;
            if is_fallback(after.node) {
                self.pen.counting = super::pen::Counting::Off;
            }
            self.blocks(&before.blocks, &after.blocks);
            self.pen.counting = counting;
            self.copy_to(place.end);
        }
        self.copy_to(node.range().end);
        (self.cursor, self.written) = (resume, written);
    }
}

/// Whether a node is inside the copy that a drawing keeps for older programs.
fn is_fallback(node: XmlNode<'_>) -> bool {
    node.ancestors().any(|outer| outer.name() == "Fallback")
}

fn has_same(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Text { fate: Fate::Same, .. }))
}
