//! Why an office file could not be read.

use std::fmt::Display;

use thiserror::Error;

/// Why an office file could not be read, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The file is protected by a password, or is in the format from before 2007; both begin with the same bytes.
    #[error(
        "this is either protected by a password or an old .doc file: open it in a word processor, take the password \
         off, and save it as .docx"
    )]
    ProtectedOrOld,
    /// The file is no zip at all, or a zip cut short.
    #[error(
        "this is not a .docx file, or it was cut short on the way ({reason}): open it in a word processor and save it \
         as .docx again"
    )]
    NotAPackage {
        /// What the unpacking said.
        reason: String,
    },
    /// One part of the file is protected by a password.
    #[error("the part `{part}` is protected by a password: save the file without one")]
    ProtectedPart {
        /// The name of the part.
        part: String,
    },
    /// A part has a name that no package may hold.
    #[error("the file holds a part with the name `{name}`, which {reason}: save it again in a word processor")]
    BadName {
        /// The name as it stands, cut short.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The file, or a part of it, is larger than is safe to read.
    #[error(
        "{what} is larger than is read here ({found}, at most {limit}): split the document, or take out what it embeds"
    )]
    TooLarge {
        /// What is too large.
        what: String,
        /// How large it is.
        found: String,
        /// How large it may be.
        limit: String,
    },
    /// A part the file points at is not in it.
    #[error("the part `{part}` is missing from the file: save it again in a word processor")]
    Missing {
        /// The name of the part.
        part: String,
    },
    /// The package holds something other than a text document.
    #[error("this is not a text document but {what}: give a .docx or .docm file")]
    NotADocument {
        /// What it is instead.
        what: String,
    },
    /// A part could not be unpacked.
    #[error("the part `{part}` is damaged ({reason}): save the file again in a word processor")]
    Damaged {
        /// The name of the part.
        part: String,
        /// What the unpacking said.
        reason: String,
    },
    /// A part is not the XML it should be.
    #[error("the part `{part}` is not sound XML, line {line}: {reason}; save the file again in a word processor")]
    BadXml {
        /// The name of the part.
        part: String,
        /// The line within the part, from 1.
        line: u32,
        /// What the parser said.
        reason: String,
    },
    /// A part is neither UTF-8 nor UTF-16.
    #[error("the part `{part}` is written in neither UTF-8 nor UTF-16: save the file again in a word processor")]
    Encoding {
        /// The name of the part.
        part: String,
    },
    /// The new package could not be packed.
    #[error("the file could not be packed: {reason}; if it is very large, split the document")]
    Packing {
        /// What the packing said.
        reason: String,
    },
}

impl ReadError {
    pub(super) fn damaged(part: &str, error: &impl Display) -> Self {
        Self::Damaged { part: part.to_owned(), reason: error.to_string() }
    }

    pub(super) fn packing(error: &impl Display) -> Self {
        Self::Packing { reason: error.to_string() }
    }

    pub(super) fn too_large(what: impl Into<String>, found: u64, limit: u64, unit: &str) -> Self {
        Self::TooLarge { what: what.into(), found: format!("{found} {unit}"), limit: format!("{limit} {unit}") }
    }
}
