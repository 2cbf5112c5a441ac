//! Putting blocks together: items into lists, captions to their tables, what belongs to an item below it.

use super::numbering::Place;
use super::runs::Line;
use crate::document::revision::Revision;
use crate::document::table::{Align, Table};
use crate::document::text_runs::Text;
use crate::document::tree::{Block, Heading, Item, Level, List, ListKind, Numbering, Paragraph, ParagraphStyle};

/// How far text may stand to the left of an item's words and still belong to it, in twentieths of a point.
const TOLERANCE: u32 = 20;

/// How far each level of a list is set in where the file does not say, in twentieths of a point.
const STEP: u32 = 360;

/// What part a paragraph plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Heading(Level),
    Paragraph(ParagraphStyle),
    /// A paragraph in a cell that names a row or a column.
    HeadOfTable,
    /// A line of the contents list.
    Contents,
}

/// A paragraph that has been read.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) part: Part,
    pub(super) place: Option<Place>,
    pub(super) indent: Option<u32>,
    pub(super) align: Align,
    pub(super) text: Text,
    pub(super) revisions: Vec<Revision>,
}

/// Blocks in the making.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    done: Vec<Block>,
    lists: Vec<OpenList>,
    align: Option<Align>,
    heads: Heads,
    unended: Option<Unended>,
}

/// Whether every paragraph so far names a row or a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Heads {
    #[default]
    Unknown,
    All,
    NotAll,
}

/// Words whose paragraph goes on in the next.
#[derive(Debug)]
struct Unended {
    line: Line,
    part: Part,
    align: Align,
}

/// A list that may go on.
#[derive(Debug)]
struct OpenList {
    place: Place,
    indent: u32,
    list: List,
}

impl Assembly {
    /// Adds a paragraph. One without words is nothing but distance.
    pub(super) fn paragraph(&mut self, piece: Piece) {
        if piece.part == Part::Contents {
            return self.contents();
        }
        let is_item =
            piece.place.is_some() && matches!(piece.part, Part::Paragraph(style) if style != ParagraphStyle::Numbered);
        if piece.text.is_empty() && !is_item {
            return;
        }
        self.align.get_or_insert(piece.align);
        self.heads = match (self.heads, piece.part) {
            (Heads::Unknown | Heads::All, Part::HeadOfTable) => Heads::All,
            _ => Heads::NotAll,
        };
        match piece.place.clone().filter(|_| is_item) {
            Some(place) => self.item(place, piece),
            None => self.plain(piece),
        }
    }

    fn plain(&mut self, piece: Piece) {
        let Piece { part, place, indent, text, revisions, .. } = piece;
        let block = match part {
            Part::Heading(level) => {
                let numbering = if place.is_some() { Numbering::Numbered } else { Numbering::Plain };
                Block::Heading(Heading { level, numbering, text, revisions })
            }
            Part::Paragraph(style) => Block::Paragraph(Paragraph { style, text, revisions }),
            Part::HeadOfTable | Part::Contents => {
                Block::Paragraph(Paragraph { style: ParagraphStyle::Body, text, revisions })
            }
        };
        self.close_to(indent);
        self.push(block);
    }

    fn item(&mut self, place: Place, piece: Piece) {
        while self.lists.last().is_some_and(|open| open.is_left_by(&place)) {
            self.close_list();
        }
        let indent = piece.indent.or(place.indent).unwrap_or_else(|| STEP * (u32::from(place.level) + 1));
        if self.lists.last().is_none_or(|open| open.place.level < place.level) {
            let start = if place.kind == ListKind::Bullets { 1 } else { place.number };
            let list = List { kind: place.kind, start, items: Vec::new() };
            self.lists.push(OpenList { place, indent, list });
        }
        let style = match piece.part {
            Part::Paragraph(style) => style,
            _ => ParagraphStyle::Body,
        };
        let words = Block::Paragraph(Paragraph { style, text: piece.text, revisions: piece.revisions });
        let is_empty = matches!(&words, Block::Paragraph(paragraph) if paragraph.text.is_empty());
        let blocks = if is_empty { Vec::new() } else { vec![words] };
        if let Some(open) = self.lists.last_mut() {
            open.list.items.push(Item { blocks });
        }
    }

    /// Adds a table; a caption that stands right before it is its own.
    pub(super) fn table(&mut self, mut table: Table, indent: Option<u32>) {
        self.end_unended();
        self.close_to(indent);
        let blocks = self.innermost();
        if let Some(Block::Paragraph(Paragraph { style: ParagraphStyle::Caption, text, .. })) = blocks.last_mut() {
            table.caption = std::mem::take(text);
            blocks.pop();
        }
        blocks.push(Block::Table(table));
        self.heads = Heads::NotAll;
    }

    /// Adds blocks that belong to the paragraph before.
    pub(super) fn blocks(&mut self, blocks: Vec<Block>) {
        self.innermost().extend(blocks);
    }

    pub(super) fn page_break(&mut self) {
        self.close_to(None);
        if !matches!(self.done.last(), Some(Block::PageBreak)) {
            self.push(Block::PageBreak);
        }
    }

    fn contents(&mut self) {
        self.close_to(None);
        if !matches!(self.done.last(), Some(Block::Contents)) {
            self.push(Block::Contents);
        }
    }

    /// Keeps words whose paragraph goes on in the next.
    pub(super) fn leave_unended(&mut self, line: Line, part: Part, align: Align) {
        self.unended = Some(Unended { line, part, align });
    }

    /// Begins a paragraph with the words that were left for it.
    pub(super) fn go_on(&mut self, line: &mut Line) {
        let Some(Unended { line: before, .. }) = self.unended.take() else { return };
        line.text.runs.splice(0..0, before.text.runs);
        line.boxes.splice(0..0, before.boxes);
    }

    /// A paragraph that no other follows ends all the same.
    fn end_unended(&mut self) {
        if let Some(Unended { line, part, align }) = self.unended.take() {
            let Line { text, boxes, .. } = line;
            self.paragraph(Piece { part, place: None, indent: None, align, text, revisions: Vec::new() });
            self.blocks(boxes);
        }
    }

    /// How the first paragraph is aligned.
    pub(super) fn align(&self) -> Align {
        self.align.unwrap_or_default()
    }

    /// Whether there is text, and all of it names a row or a column.
    pub(super) fn is_head(&self) -> bool {
        self.heads == Heads::All
    }

    /// The blocks.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_unended();
        self.close_to(None);
        self.done
    }

    fn push(&mut self, block: Block) {
        self.innermost().push(block);
    }

    fn innermost(&mut self) -> &mut Vec<Block> {
        let item = self.lists.last_mut().and_then(|open| open.list.items.last_mut());
        item.map_or(&mut self.done, |item| &mut item.blocks)
    }

    /// Closes the lists that text set in this far does not belong to.
    fn close_to(&mut self, indent: Option<u32>) {
        let indent = indent.unwrap_or_default();
        while self.lists.last().is_some_and(|open| indent == 0 || open.indent > indent + TOLERANCE) {
            self.close_list();
        }
    }

    fn close_list(&mut self) {
        if let Some(open) = self.lists.pop() {
            self.push(Block::List(open.list));
        }
    }
}

impl OpenList {
    /// Whether an item elsewhere ends the list.
    fn is_left_by(&self, place: &Place) -> bool {
        self.place.level > place.level || self.place.level == place.level && self.place.list != place.list
    }
}
