//! Two DOCX files in, one out: the newer with what changed since the older as tracked changes.
//!
//! The result is the newer package, byte for byte but for the places that changed. Accepting all changes gives the newer
//! document, rejecting all gives the older. What deleted content needs from the older package (pictures, addresses,
//! styles, lists, notes) is brought along.
//!
//! How it is done, from the top:
//!
//! 1. `work` opens both packages and goes through the stories: body, headers and footers (`sections`), notes
//!    (`note_parts`). Tracked changes that are there already are dealt with first (`existing`).
//! 2. Each story is read into one line of text with the blocks it stands in (`read`, `inline`, `fields`, `story`), seen
//!    through a `lens` that leaves out what every save may change: ids, the way runs are split, the numbers of lists
//!    (`numbering`, `votes`), the ids of `styles`, the names programs give `bookmarks`.
//! 3. The blocks are aligned (`plan`); what differs is compared as words and cut into `pieces`, within the same links
//!    and controls (`wrappers`).
//! 4. The pieces are written over the newer text (`write`, `lines`, `runs`, `tables`, `properties`), signed by a `pen`.
//!    Nodes of the older document are carried over by `graft`; what they need comes with them by `carry` and
//!    `definitions`.
//!
//! # What cannot be tracked
//!
//! The format has no mark for a column that comes or goes which all programs read, so rows whose number of cells changed
//! are deleted and inserted. A header or footer that only one document has is inserted or deleted with all it says, and
//! stays, empty, where that is refused or taken. Content controls and alternatives (`mc:AlternateContent`) around whole
//! paragraphs are those of the newer document; what stood in one that only the older has comes back as paragraphs and
//! tables without it. Of alternatives the first is compared, and the others are left as the newer document has them. A
//! whole document embedded in one (`w:altChunk`) has no mark at all: the newer document's stays, the older's is left out.

/// Writes formatted text at the end of a string.
macro_rules! put {
    ($out:expr, $($what:tt)*) => {{
        use std::fmt::Write as _;
        // Writing into a string cannot fail.
        let _ = write!($out, $($what)*);
    }};
}

mod bookmarks;
mod carry;
mod definitions;
mod error;
mod existing;
mod fields;
mod graft;
mod hash;
mod inline;
mod lens;
mod lines;
mod markup;
mod note_parts;
mod notes;
mod numbering;
mod opened;
mod pen;
mod pieces;
mod plan;
mod properties;
mod read;
mod root;
mod runs;
mod sections;
mod story;
mod styles;
mod summary;
mod tables;
mod tags;
mod votes;
mod work;
mod wrappers;
mod write;

use chrono::{DateTime, Utc};

pub use error::{RedlineError, Side};
pub use summary::{Summary, Tally};

use super::identity::Identity;
use crate::document::ooxml::Package;

/// How a redline is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Who made the changes, where no identity says otherwise.
    pub author: String,
    /// When.
    pub date: DateTime<Utc>,
    /// What to do with tracked changes that are in either document already.
    pub existing: Existing,
    /// Who made the changes that lie under an identity: in its row, or from its heading on. Usually a SIP.
    pub attribution: Vec<(Identity, String)>,
}

/// What to do with tracked changes that are there already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Existing {
    /// Compare the documents as they are with all of them accepted.
    #[default]
    Accept,
    /// Compare the documents as they were before any of them.
    Reject,
    /// Refuse a document that has any.
    Refuse,
}

/// A redline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redline {
    /// The file.
    pub docx: Vec<u8>,
    /// How much changed. Empty if nothing did; then the file is the newer document as it was given.
    pub summary: Summary,
}

/// Makes a redline of two documents.
///
/// # Errors
/// [`RedlineError::Unreadable`] says which document cannot be read and why; [`RedlineError::Tracked`] only where tracked
/// changes are to be refused; [`RedlineError::Editions`] for two documents of different editions of the standard.
pub fn redline(old: &[u8], new: &[u8], options: &Options) -> Result<Redline, RedlineError> {
    let before = Package::open(old).map_err(RedlineError::of(Side::Old))?;
    let after = Package::open(new).map_err(RedlineError::of(Side::New))?;
    work::Work::new(&before, &after, options)?.finish()
}
