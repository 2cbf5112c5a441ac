//! How the text of an id is taken apart, and what a text that is not one is called.

use std::fmt::{self, Display};

use thiserror::Error;

/// How many characters of a faulty id an error repeats.
const EXCERPT_CHARACTERS: usize = 60;

/// The kinds of id in a baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    /// [`DriverId`](super::DriverId).
    Driver,
    /// [`DomainId`](super::DomainId).
    Domain,
    /// [`ProcessMapId`](super::ProcessMapId).
    ProcessMap,
    /// [`ComponentId`](super::ComponentId).
    Component,
    /// [`RequirementId`](super::RequirementId).
    Requirement,
}

impl IdKind {
    /// A well-formed id of this kind.
    pub fn example(self) -> &'static str {
        match self {
            Self::Driver => "BD1",
            Self::Domain => "BFD01",
            Self::ProcessMap => "PM1",
            Self::Component => "UC_Login_001",
            Self::Requirement => "SSI-FR-6a or SSI-NFR-12",
        }
    }
}

impl Display for IdKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Driver => "a business driver",
            Self::Domain => "a Business Functional Domain",
            Self::ProcessMap => "a process map",
            Self::Component => "a Functional Component",
            Self::Requirement => "a requirement",
        })
    }
}

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{given:?} is not the id of {kind}; write it like {}", .kind.example())]
pub struct IdError {
    /// What was expected.
    pub kind: IdKind,
    /// The beginning of what was given.
    pub given: String,
}

impl IdError {
    pub(super) fn new(kind: IdKind, given: &str) -> Self {
        Self { kind, given: given.trim().chars().take(EXCERPT_CHARACTERS).collect() }
    }
}

/// What people put between the parts of an id, with the dashes word processors substitute for a hyphen.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '-' | '_' | ' ' | '\u{a0}' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}')
}

/// The three parts of an id, or nothing when it has another number of parts.
pub(super) fn parts(text: &str) -> Option<[&str; 3]> {
    text.trim().split(is_separator).filter(|part| !part.is_empty()).collect::<Vec<_>>().try_into().ok()
}

/// The letters and the number of an id such as `BFD01`, with at most one separator between them.
pub(super) fn lettered(text: &str) -> Option<(&str, u32)> {
    let text = text.trim();
    let (letters, rest) = text.split_at_checked(text.find(|c: char| !c.is_ascii_alphabetic())?)?;
    Some((letters, number(rest.strip_prefix(is_separator).unwrap_or(rest))?))
}

/// A number from 1 to 9999, in ASCII digits.
pub(super) fn number(digits: &str) -> Option<u32> {
    let plain = digits.len() <= 6 && digits.chars().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|number| plain && (1..=9999).contains(number))
}
