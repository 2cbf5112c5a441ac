//! What all ids share: what a text that is not an id is called, and how the parts of an id are told apart.

use std::fmt::{self, Display};

use thiserror::Error;

use super::errors::{Mend, excerpt};

/// The kinds of id, for error messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    /// [`ProvisionalReference`](super::ProvisionalReference).
    ProvisionalReference,
    /// [`SipNumber`](super::SipNumber).
    SipNumber,
    /// [`SipReference`](super::SipReference).
    SipReference,
    /// [`RequirementId`](super::RequirementId).
    Requirement,
    /// [`ComponentId`](super::ComponentId).
    Component,
    /// [`DomainId`](super::DomainId).
    Domain,
}

impl IdKind {
    /// A well-formed id of this kind.
    pub fn example(self) -> &'static str {
        match self {
            Self::ProvisionalReference => "P-2026-0001",
            Self::SipNumber => "SIP-0001",
            Self::SipReference => "SIP-0001 or P-2026-0001",
            Self::Requirement => "SSI-FR-6a or SSI-NFR-12",
            Self::Component => "UC_Login_001",
            Self::Domain => "BFD01",
        }
    }
}

impl Display for IdKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ProvisionalReference => "a provisional reference",
            Self::SipNumber => "a SIP number",
            Self::SipReference => "a SIP number or provisional reference",
            Self::Requirement => "a requirement id",
            Self::Component => "a functional component id",
            Self::Domain => "a Business Functional Domain",
        })
    }
}

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// The text does not have the form of the id.
    #[error("{given:?} is not {kind}")]
    Malformed {
        /// What was expected.
        kind: IdKind,
        /// The beginning of what was given.
        given: String,
    },
    /// The form is right but a number in it cannot occur.
    #[error("{given:?} has a number that {kind} cannot have")]
    OutOfRange {
        /// What was expected.
        kind: IdKind,
        /// The beginning of what was given.
        given: String,
        /// The lowest number allowed.
        lowest: u32,
        /// The highest number allowed.
        highest: u32,
    },
}

impl Mend for IdError {
    fn mend(&self) -> String {
        match self {
            Self::Malformed { kind, .. } => format!("write it like {}", kind.example()),
            Self::OutOfRange { lowest, highest, .. } => format!("use a number from {lowest} to {highest}"),
        }
    }
}

pub(super) fn malformed(kind: IdKind, given: &str) -> IdError {
    IdError::Malformed { kind, given: excerpt(given) }
}

pub(super) fn within(kind: IdKind, given: &str, number: u32, lowest: u32, highest: u32) -> Result<(), IdError> {
    if (lowest..=highest).contains(&number) {
        return Ok(());
    }
    Err(IdError::OutOfRange { kind, given: excerpt(given), lowest, highest })
}

/// What people put between the parts of an id, with the dashes word processors substitute for a hyphen.
fn is_separator(c: char) -> bool {
    matches!(c, '-' | '_' | ' ' | '\u{a0}' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}')
}

/// The three parts of an id, or nothing when it has another number of parts.
pub(super) fn parts(text: &str) -> Option<[&str; 3]> {
    text.trim().split(is_separator).collect::<Vec<_>>().try_into().ok()
}

/// The number after a prefix, with at most one separator between them.
pub(super) fn prefixed_number(text: &str, prefix: &str) -> Option<u32> {
    let text = text.trim();
    let (start, rest) = text.split_at_checked(prefix.len())?;
    let digits = rest.strip_prefix(is_separator).unwrap_or(rest);
    number(digits).filter(|_| start.eq_ignore_ascii_case(prefix))
}

/// A number of one to six ASCII digits.
pub(super) fn number(digits: &str) -> Option<u32> {
    let plain = digits.len() <= 6 && digits.chars().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}
