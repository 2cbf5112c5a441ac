//! Writing paragraphs from pieces.

use std::ops::Range;

use super::markup::{open_tag, tag_end};
use super::pieces::{Fate, Piece};
use super::story::{Heading, Paragraph};
use super::summary::Tally;
use super::tags::Wrap;
use super::write::{Moving, Writer, Written};
use crate::redline::diff::Class;
use crate::redline::identity::Identity;

/// The range of a move, begun and not ended.
pub(super) struct MoveRange {
    number: u32,
    wrap: Wrap,
    id: u64,
}

/// The end of a paragraph that is about to be written.
struct End<'p, 'x> {
    old: Option<&'p Paragraph<'x>>,
    new: Option<&'p Paragraph<'x>>,
    moved: Option<u32>,
}

impl<'x> Writer<'_, 'x, '_> {
    /// Writes pieces, paragraph by paragraph.
    pub(super) fn lines(&mut self, pieces: &[Piece]) {
        let mut from = 0;
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Text { .. } => continue,
                Piece::Whole { new, .. } => self.whole(*new),
                Piece::Mark { old, new, moved } => {
                    let (older, newer) = (self.sides.old, self.sides.new);
                    let end = End {
                        old: old.and_then(|at| older.paragraph(at)),
                        new: new.and_then(|at| newer.paragraph(at)),
                        moved: *moved,
                    };
                    self.line(pieces.get(from..at).unwrap_or_default(), &end);
                }
            }
            from = at + 1;
        }
    }

    fn whole(&mut self, new: usize) {
        let Some(paragraph) = self.sides.new.paragraph(new) else { return };
        self.enter_section(&paragraph.heading);
        self.copy_to(paragraph.node.range().end);
    }

    /// Changes from here on lie under this identity, if it is one.
    pub(super) fn enter(&mut self, identity: Option<&Identity>) {
        if let Some(identity) = identity {
            self.pen.under = Some(identity.clone());
        }
    }

    /// Changes from here on lie under the identity of this heading, or under none.
    fn enter_section(&mut self, heading: &Heading) {
        if let Heading::Of(identity) = heading {
            self.pen.under.clone_from(identity);
        }
    }

    fn line(&mut self, pieces: &[Piece], end: &End<'_, 'x>) {
        if let Some(paragraph) = end.new.or(end.old) {
            self.enter_section(&paragraph.heading);
        }
        if let Some(new) = end.new {
            self.copy_to(new.node.range().start);
        }
        self.written = Written::default();
        let mut around = self.range_around_line(pieces, end);
        self.open_line(end);
        self.line_properties(end);
        let mut range = None;
        for piece in pieces {
            if around.is_none() {
                self.range_around(piece, &mut range);
            }
            self.text_piece(piece);
        }
        if let Some(new) = end.new {
            self.markers(&(new.range.end.saturating_sub(1)..new.range.end));
        }
        self.close_wrap();
        self.end_range(&mut range);
        self.close_line(end);
        self.end_range(&mut around);
    }

    /// Begins the range of a move around a paragraph that moves with its end.
    fn range_around_line(&mut self, pieces: &[Piece], end: &End<'_, 'x>) -> Option<MoveRange> {
        let number = end.moved.filter(|_| self.moving == Moving::Alone)?;
        let other = |piece: &Piece| match piece {
            Piece::Text { fate: Fate::MovedFrom(of) | Fate::MovedTo(of), .. } => *of != number,
            _ => false,
        };
        if pieces.iter().any(other) {
            return None;
        }
        Some(self.begin_range(number, if end.new.is_some() { Wrap::MovedTo } else { Wrap::MovedFrom }))
    }

    fn open_line(&mut self, end: &End<'_, 'x>) {
        if let Some(new) = end.new {
            self.out.push_str(open_tag(self.text, new.node));
        } else {
            let w = self.tags.w;
            put!(self.out, "<{w}p");
        }
        self.out.push('>');
    }

    fn close_line(&mut self, end: &End<'_, 'x>) {
        if let Some(new) = end.new {
            let range = new.node.range();
            let w = super::markup::qualified_name(self.text, new.node);
            put!(self.out, "</{w}>");
            self.skip_to(range.end.max(tag_end(self.text, new.node)));
        } else {
            let w = self.tags.w;
            put!(self.out, "</{w}p>");
        }
    }

    fn line_properties(&mut self, end: &End<'_, 'x>) {
        let wrap = match (end.old, end.new, end.moved) {
            (Some(old), Some(new), _) => {
                let (old, new) = (old.clone(), new.clone());
                return self.kept_properties(&old, &new);
            }
            (None, Some(_), None) => Wrap::Added,
            (None, Some(_), Some(_)) => Wrap::MovedTo,
            (Some(_), None, None) => Wrap::Removed,
            (_, None, _) => Wrap::MovedFrom,
        };
        if let Some(new) = end.new {
            self.added_properties(new.properties, wrap);
        } else if let Some(old) = end.old {
            self.removed_properties(old.properties, wrap);
        }
        if end.moved.is_none() {
            let (insertions, deletions) = if end.new.is_some() { (1, 0) } else { (0, 1) };
            self.pen.count(Tally { insertions, deletions, ..Tally::default() });
        }
    }

    /// Sees to it that moved text stands in the range of its move.
    fn range_around(&mut self, piece: &Piece, range: &mut Option<MoveRange>) {
        let (number, wrap) = match piece {
            Piece::Text { fate: Fate::MovedFrom(number), .. } => (*number, Wrap::MovedFrom),
            Piece::Text { fate: Fate::MovedTo(number), .. } => (*number, Wrap::MovedTo),
            _ => return,
        };
        if self.moving == Moving::Within
            || range.as_ref().is_some_and(|open| open.number == number && open.wrap == wrap)
        {
            return;
        }
        self.close_wrap();
        self.end_range(range);
        *range = Some(self.begin_range(number, wrap));
    }

    /// Begins the range of a move.
    pub(super) fn begin_range(&mut self, number: u32, wrap: Wrap) -> MoveRange {
        let id = self.pen.next_id();
        let w = self.tags.w;
        put!(self.out, "<{w}{}RangeStart", wrap.name());
        self.pen.sign_as(&mut self.out, w, id);
        put!(self.out, " {w}name=\"move{number}\"/>");
        self.pen.count_move(number);
        MoveRange { number, wrap, id }
    }

    /// Ends it.
    pub(super) fn end_range(&mut self, range: &mut Option<MoveRange>) {
        if let Some(MoveRange { wrap, id, .. }) = range.take() {
            let w = self.tags.w;
            put!(self.out, "<{w}{}RangeEnd {w}id=\"{id}\"/>", wrap.name());
        }
    }

    fn text_piece(&mut self, piece: &Piece) {
        let Piece::Text { fate, old, new } = piece else { return };
        match fate {
            Fate::Same => self.same(old, new),
            Fate::Added => {
                let words = words(new, self.sides.new);
                self.pen.count(Tally { words_inserted: words, ..Tally::default() });
                self.added(new, Wrap::Added);
            }
            Fate::MovedTo(_) => self.added(new, Wrap::MovedTo),
            Fate::Removed => {
                let words = words(old, self.sides.old);
                self.pen.count(Tally { words_deleted: words, ..Tally::default() });
                self.removed(old, Wrap::Removed);
            }
            Fate::MovedFrom(_) => self.removed(old, Wrap::MovedFrom),
        }
    }
}

/// How many words stand in a stretch.
fn words(range: &Range<usize>, story: &super::story::Story<'_>) -> usize {
    let first = story.ends.partition_point(|end| *end <= range.start);
    let last = story.ends.partition_point(|end| *end <= range.end);
    let tokens = story.tokens.get(first..last).unwrap_or_default();
    tokens.iter().filter(|token| matches!(token.class, Class::Word | Class::Particle)).count()
}
