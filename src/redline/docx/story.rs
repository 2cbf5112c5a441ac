//! One story of a document, laid out for comparison: its text in one string, what each stretch of it is, and the
//! blocks it stands in.
//!
//! A place in the text is a number of bytes. A picture, a tab, the beginning of a link or the end of a paragraph take
//! one byte; bookmarks and the like take none. So a stretch of the text names exactly what is to be written for it.

use std::ops::Range;

use crate::document::ooxml::XmlNode;
use crate::redline::diff::Token;
use crate::redline::identity::Identity;

/// What stands for anything that is not text.
pub(super) const HOLDER: char = '\u{1}';

/// A story, read.
#[derive(Debug, Default)]
pub(super) struct Story<'x> {
    pub(super) text: String,
    pub(super) parts: Vec<Part<'x>>,
    pub(super) runs: Vec<Run<'x>>,
    /// What is compared, in the order of the text and without gaps.
    pub(super) tokens: Vec<Token>,
    /// Where each token ends.
    pub(super) ends: Vec<usize>,
    /// The numbers of the words alone, for telling how alike two blocks are.
    pub(super) words: Vec<u32>,
    pub(super) paragraphs: Vec<Paragraph<'x>>,
    pub(super) tables: Vec<Table<'x>>,
    pub(super) boxes: Vec<TextBox<'x>>,
    /// The outermost blocks.
    pub(super) blocks: Vec<Block>,
}

/// A stretch of the text, or a place in it, and the node it came from.
#[derive(Debug, Clone)]
pub(super) struct Part<'x> {
    pub(super) range: Range<usize>,
    pub(super) kind: PartKind,
    pub(super) node: XmlNode<'x>,
    /// The run it stands in, if it stands in one.
    pub(super) run: Option<usize>,
    /// The text boxes inside it.
    pub(super) boxes: Range<usize>,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    /// Characters of a `w:t`.
    Text,
    /// Any other element of a run.
    Leaf,
    /// An element that stands beside runs and is carried whole.
    Unit,
    /// A simple field, which is written as a complex one when it is inserted or deleted.
    SimpleField,
    /// The beginning of a link or a content control.
    Open,
    /// Its end.
    Close,
    /// Something of no width: a bookmark, the end of a comment's range.
    Marker,
    /// The end of a paragraph.
    Mark,
}

/// A run of text in one format.
#[derive(Debug, Clone)]
pub(super) struct Run<'x> {
    pub(super) node: XmlNode<'x>,
    pub(super) properties: Option<XmlNode<'x>>,
    /// The digest of its properties.
    pub(super) format: u64,
    pub(super) range: Range<usize>,
}

/// A paragraph.
#[derive(Debug, Clone)]
pub(super) struct Paragraph<'x> {
    pub(super) node: XmlNode<'x>,
    pub(super) properties: Option<XmlNode<'x>>,
    /// The digest of its own properties, without those of its mark and its section.
    pub(super) format: u64,
    /// The digest of the format of its mark.
    pub(super) mark_format: u64,
    /// The section that ends with it.
    pub(super) section: Option<XmlNode<'x>>,
    /// From its first byte to after its mark.
    pub(super) range: Range<usize>,
    pub(super) tokens: Range<usize>,
    pub(super) words: Range<usize>,
    /// The digest of everything it says.
    pub(super) content: u64,
    pub(super) heading: Heading,
    /// Whether it must be looked at even when nothing in it changed: it refers to notes, or ends a section.
    pub(super) linked: Linked,
}

/// Whether a paragraph begins a section of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heading {
    /// It is no heading.
    None,
    /// It is one, and may say whose section begins.
    Of(Option<Identity>),
}

impl Heading {
    pub(super) fn identity(&self) -> Option<&Identity> {
        match self {
            Self::None => None,
            Self::Of(identity) => identity.as_ref(),
        }
    }
}

/// Whether a paragraph leads to other stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Linked {
    Yes,
    No,
}

/// A block of a story, a cell or a text box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph, by its place in [`Story::paragraphs`].
    Paragraph(usize),
    /// A table, by its place in [`Story::tables`].
    Table(usize),
}

/// A table.
#[derive(Debug, Clone)]
pub(super) struct Table<'x> {
    pub(super) node: XmlNode<'x>,
    pub(super) rows: Vec<Row<'x>>,
    pub(super) words: Range<usize>,
    pub(super) content: u64,
    pub(super) linked: Linked,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row<'x> {
    pub(super) node: XmlNode<'x>,
    pub(super) cells: Vec<Cell<'x>>,
    pub(super) words: Range<usize>,
    pub(super) content: u64,
    pub(super) identity: Option<Identity>,
    pub(super) linked: Linked,
}

/// A cell of a row.
#[derive(Debug, Clone)]
pub(super) struct Cell<'x> {
    pub(super) node: XmlNode<'x>,
    pub(super) blocks: Vec<Block>,
    pub(super) content: u64,
}

/// The content of a text box.
#[derive(Debug, Clone)]
pub(super) struct TextBox<'x> {
    pub(super) node: XmlNode<'x>,
    pub(super) blocks: Vec<Block>,
}

impl<'x> Story<'x> {
    /// The parts in a stretch of the text: what overlaps it, and what has no width from its start to before its end.
    pub(super) fn parts_in(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.parts.partition_point(|part| part.range.start < range.start && part.range.end <= range.start);
        let after = self.parts.partition_point(|part| part.range.start < range.end);
        first..after.max(first)
    }

    /// Where in the text some tokens stand.
    pub(super) fn place(&self, tokens: &Range<usize>) -> Range<usize> {
        let end_of = |count: usize| count.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
        end_of(tokens.start)..end_of(tokens.end)
    }

    /// The text of a stretch.
    pub(super) fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    pub(super) fn paragraph(&self, at: usize) -> Option<&Paragraph<'x>> {
        self.paragraphs.get(at)
    }

    pub(super) fn table(&self, at: usize) -> Option<&Table<'x>> {
        self.tables.get(at)
    }
}

impl Linked {
    /// Linked if any is.
    pub(super) fn or(self, other: Self) -> Self {
        if self == Self::Yes { self } else { other }
    }
}
