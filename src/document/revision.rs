//! Marks of a redline: what was changed, by whom and when.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A mark on a part of a document that differs from the document before.
///
/// A part carries as many marks as changes touched it: words added within a moved paragraph are moved and inserted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// What was done to the part.
    pub change: Change,
    /// The number of the change in its document, from one. All parts of one change carry the same number, and so do
    /// both ends of a move.
    pub number: u32,
    /// Who made the change, such as `SIP-0012`.
    pub author: String,
    /// When, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
    /// How the part was set before, in words such as `bold`; empty but for [`Change::Formatted`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub was: String,
}

/// What was done to a part of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is new.
    Inserted,
    /// It is gone.
    Deleted,
    /// It stood here before, and stands elsewhere now.
    MovedFrom,
    /// It stands here now, and stood elsewhere before.
    MovedTo,
    /// Its words are the same, and set otherwise.
    Formatted,
}

impl Change {
    /// Whether the older document has the part in this place.
    pub fn is_in_older(self) -> bool {
        matches!(self, Self::Deleted | Self::MovedFrom | Self::Formatted)
    }

    /// Whether the newer document has the part in this place.
    pub fn is_in_newer(self) -> bool {
        matches!(self, Self::Inserted | Self::MovedTo | Self::Formatted)
    }
}

/// Whether the older document has a part with these marks.
pub fn stands_in_older(marks: &[Revision]) -> bool {
    marks.iter().all(|mark| mark.change.is_in_older())
}

/// Whether the newer document has a part with these marks.
pub fn stands_in_newer(marks: &[Revision]) -> bool {
    marks.iter().all(|mark| mark.change.is_in_newer())
}
