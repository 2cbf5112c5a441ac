//! The tree: a document and the blocks it is made of.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::revision::Revision;
use super::table::Table;
use super::text_runs::Text;

/// A document: what it is called, what it is filed under, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The title, on the first page and in the properties of the file.
    pub title: String,
    /// Lines below the title, such as the name of the meeting or the day a consultation closes.
    pub subtitle: Vec<String>,
    /// What the document is filed under.
    pub properties: Properties,
    /// What the head of each page says beside the reference and the classification; empty for nothing more.
    pub header: String,
    /// What the foot of each page says beside the page number; empty for nothing more.
    pub footer: String,
    /// The document itself, in reading order.
    pub blocks: Vec<Block>,
}

/// What a document is filed under, repeated on every page and in the properties of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    /// The reference of the document, such as `OPSG_52_0602_03`.
    pub reference: String,
    /// Who may see it, in the words of the Panel Information Policy, such as `White`.
    pub classification: String,
    /// The London date of the document. Files carry it as the moment they were made, so the same document gives the
    /// same file on any day.
    pub date: NaiveDate,
    /// The body that issues it, such as `SECAS`.
    pub author: String,
}

/// One thing below another in a document, a cell or a list item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading of a section.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list, each item of which may hold further lists.
    List(List),
    /// A table.
    Table(Table),
    /// The contents list: every heading of levels one to three, with a link to it.
    Contents,
    /// What follows begins on a new page.
    PageBreak,
}

/// A heading of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// How deep the section lies.
    pub level: Level,
    /// Whether it carries a number such as `2.1`.
    pub numbering: Numbering,
    /// What it says, without the number.
    pub text: Text,
    /// How the heading as a paragraph differs from the document before; empty but in a redline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
}

/// How deep a section lies, from the sections of the document downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A section of the document.
    One,
    /// A section of a section.
    Two,
    /// Below that.
    Three,
    /// The deepest.
    Four,
}

impl Level {
    /// The depth as a number, from 1 to 4.
    pub fn depth(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
            Self::Four => 4,
        }
    }
}

/// Whether a heading carries a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbering {
    /// The number follows from the numbered headings before it: `2`, `2.1`, `2.1.1`.
    Numbered,
    /// No number, as in `Appendix A`.
    Plain,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// What part the paragraph plays.
    pub style: ParagraphStyle,
    /// What it says.
    pub text: Text,
    /// How the paragraph as such differs from the document before; empty but in a redline.
    ///
    /// Inserted or deleted is its end, where it parts from the next; its words carry marks of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
}

/// What part a paragraph plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphStyle {
    /// Ordinary text.
    Body,
    /// Text with a number that runs through the whole document, so that a response can refer to it.
    Numbered,
    /// Words of somebody else, unaltered.
    Quote,
    /// A remark in smaller print, such as the source of a figure.
    Note,
    /// What a figure shows.
    Caption,
    /// The title where it stands among the blocks, as in the redline of a title.
    Title,
    /// A line below such a title.
    Subtitle,
}

/// A list of items that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// How the items are marked.
    pub kind: ListKind,
    /// The number that the first item has; nought counts as one.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub start: u32,
    /// The items in order.
    pub items: Vec<Item>,
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes every field by reference")]
fn is_one(start: &u32) -> bool {
    *start == 1
}

/// How the items of a list are marked. Each list that counts begins afresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// With a bullet.
    Bullets,
    /// With a number: `1.`
    Numbers,
    /// With a letter: `a.`
    Letters,
    /// With a small Roman number: `i.`
    Romans,
}

/// An item of a list: what it says, and the paragraphs and lists below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The blocks of the item, the first of which stands beside the mark.
    pub blocks: Vec<Block>,
}
