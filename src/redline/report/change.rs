//! A change as a reader would tell of it.

use chrono::{DateTime, Utc};
use serde::Serialize;

/// A change of a redline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportedChange {
    /// The number of the change, from one, in reading order.
    pub number: u32,
    /// What was done.
    pub kind: Kind,
    /// What was changed.
    pub part: Part,
    /// The id of the requirement or other thing that was changed, such as `SSI-FR-6`, if it has one.
    pub identity: Option<String>,
    /// The headings that the change stands below, from the outermost.
    pub section: Vec<String>,
    /// What the column for domains of its table says in the row, if there is one: the id that it begins with, or else
    /// all of it.
    pub domain: Option<String>,
    /// Who made the change, such as `SIP-0012`.
    pub author: String,
    /// When, if it is known.
    pub at: Option<DateTime<Utc>>,
    /// The words as they were; empty for what is new.
    pub old: String,
    /// The words as they are; empty for what is gone.
    pub new: String,
    /// How it was set before, if it is set otherwise now.
    pub was: Option<String>,
}

/// What was done to a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It is new.
    Added,
    /// Some of its words are new or gone.
    Amended,
    /// It is gone.
    Removed,
    /// It stands elsewhere now; its words may have been amended too.
    Moved,
    /// Its words are the same, and set otherwise.
    Formatted,
    /// Only its number differs, because something was added or removed before it.
    Renumbered,
}

impl Kind {
    /// Every kind, in the order in which they are counted.
    pub const ALL: [Self; 6] =
        [Self::Added, Self::Amended, Self::Removed, Self::Moved, Self::Formatted, Self::Renumbered];

    /// The kind in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Amended => "amended",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Formatted => "set otherwise",
            Self::Renumbered => "renumbered",
        }
    }

    /// A sign for the kind, where there is no room for the word.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Added => "+",
            Self::Amended => "±",
            Self::Removed => "−",
            Self::Moved => "↔",
            Self::Formatted => "¶",
            Self::Renumbered => "#",
        }
    }
}

/// A part of a document that can be changed as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A heading.
    Heading,
    /// A paragraph, a caption or a note.
    Paragraph,
    /// The words of an item of a list.
    Item,
    /// A row of a table.
    Row,
}
