//! Why two documents could not be compared.

use std::fmt;

use thiserror::Error;

use crate::document::ooxml::ReadError;

/// Which of the two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The one from before.
    Old,
    /// The one from after.
    New,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Old => "older",
            Self::New => "newer",
        })
    }
}

/// Why two documents could not be compared.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RedlineError {
    /// One of them could not be read.
    #[error("the {side} document: {source}")]
    Unreadable {
        /// Which.
        side: Side,
        /// What is wrong with it.
        source: ReadError,
    },
    /// One of them holds tracked changes already, and none were to be there.
    #[error(
        "the {side} document already holds tracked changes (the first, by {author}, in `{part}` at \"{near}\"): accept or \
         reject them first, or say which is to be done"
    )]
    Tracked {
        /// Which.
        side: Side,
        /// The part with the first change.
        part: String,
        /// Who made it.
        author: String,
        /// What it says, cut short.
        near: String,
    },
    /// They are written in two editions of the standard, whose elements may not stand in one file.
    #[error("one document is saved as \"Strict Open XML\" and the other is not: save both the same way")]
    Editions,
    /// They break the rules of the format where they differ, so that nothing sound came of them.
    #[error(
        "the documents do not keep to the rules of their format: open each in a word processor and save it again ({0})"
    )]
    Unsound(ReadError),
    /// The result could not be packed.
    #[error("the result: {0}")]
    Packing(ReadError),
}

impl RedlineError {
    pub(super) fn of(side: Side) -> impl Fn(ReadError) -> Self {
        move |source| Self::Unreadable { side, source }
    }
}
