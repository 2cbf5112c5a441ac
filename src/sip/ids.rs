//! The ids of the baseline: requirements, functional components and Business Functional Domains.
//!
//! Every id is a newtype that normalises what people type: case, spaces, underscores and the dashes that word
//! processors put in place of a hyphen make no difference.

use std::cmp::Ordering;
use std::fmt::{self, Display};
use std::hash::{Hash, Hasher};

use super::id_text::{IdError, IdKind, malformed, number, parts, prefixed_number, within};

/// Whether a requirement says what the SSI does or how well it does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequirementKind {
    /// `SSI-FR-`.
    Functional,
    /// `SSI-NFR-`.
    NonFunctional,
}

/// A requirement of the SSI Baseline Requirements Document, such as `SSI-FR-6a`.
///
/// Functional requirements order before non-functional ones, then by number, then by suffix:
/// `SSI-FR-6`, `SSI-FR-6a`, `SSI-FR-7`, `SSI-NFR-1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequirementId {
    kind: RequirementKind,
    number: u32,
    suffix: Option<char>,
}

impl RequirementId {
    /// Reads a requirement id as a person may write it (`ssi_fr_6A`).
    ///
    /// # Errors
    ///
    /// [`IdError`] when the text is something else.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let malformed = || malformed(IdKind::Requirement, text);
        let [prefix, kind, rest] = parts(text).ok_or_else(malformed)?;
        let kind = requirement_kind(kind).filter(|_| prefix.eq_ignore_ascii_case("SSI")).ok_or_else(malformed)?;
        let (digits, suffix) = split_suffix(rest);
        let number = number(digits).ok_or_else(malformed)?;
        within(IdKind::Requirement, text, number, 1, 9999)?;
        Ok(Self { kind, number, suffix })
    }

    /// Functional or non-functional.
    pub fn kind(self) -> RequirementKind {
        self.kind
    }

    /// The number, without its suffix.
    pub fn number(self) -> u32 {
        self.number
    }

    /// The lower-case letter after the number, if there is one.
    pub fn suffix(self) -> Option<char> {
        self.suffix
    }
}

impl Display for RequirementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            RequirementKind::Functional => "FR",
            RequirementKind::NonFunctional => "NFR",
        };
        write!(f, "SSI-{kind}-{}", self.number)?;
        self.suffix.map_or(Ok(()), |suffix| write!(f, "{suffix}"))
    }
}

/// A functional component, such as `UC_Login_001`.
///
/// The documents print the same component with hyphens and with underscores and vary the capitals of its name, so
/// neither counts when two ids are compared; the capitals are kept for display.
#[derive(Debug, Clone)]
pub struct ComponentId {
    name: String,
    number: u32,
}

impl ComponentId {
    /// Reads a component id as it is printed (`UC-Login-001`).
    ///
    /// # Errors
    ///
    /// [`IdError`] when the text is something else.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let malformed = || malformed(IdKind::Component, text);
        let [prefix, name, digits] = parts(text).ok_or_else(malformed)?;
        let named = name.len() <= 40 && name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !prefix.eq_ignore_ascii_case("UC") || !named || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(malformed());
        }
        let number = number(digits).ok_or_else(malformed)?;
        within(IdKind::Component, text, number, 1, 999)?;
        Ok(Self { name: name.to_owned(), number })
    }

    fn key(&self) -> (String, u32) {
        (self.name.to_ascii_lowercase(), self.number)
    }
}

impl Display for ComponentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UC_{}_{:03}", self.name, self.number)
    }
}

impl PartialEq for ComponentId {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for ComponentId {}

impl Hash for ComponentId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialOrd for ComponentId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ComponentId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// A Business Functional Domain, `BFD01` to `BFD99`. Which of them exist is for the baseline to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainId(u32);

impl DomainId {
    /// Reads a domain as a person may write it (`BFD-1`, `bfd 01`).
    ///
    /// # Errors
    ///
    /// [`IdError`] when the text is something else.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let number = prefixed_number(text, "BFD").ok_or_else(|| malformed(IdKind::Domain, text))?;
        within(IdKind::Domain, text, number, 1, 99)?;
        Ok(Self(number))
    }
}

impl Display for DomainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BFD{:02}", self.0)
    }
}

text_value!(RequirementId, IdError);
text_value!(ComponentId, IdError);
text_value!(DomainId, IdError);

fn requirement_kind(text: &str) -> Option<RequirementKind> {
    match text.to_ascii_uppercase().as_str() {
        "FR" => Some(RequirementKind::Functional),
        "NFR" => Some(RequirementKind::NonFunctional),
        _ => None,
    }
}

fn split_suffix(text: &str) -> (&str, Option<char>) {
    let letter = text.chars().next_back().filter(char::is_ascii_alphabetic);
    let digits = letter.and_then(|letter| text.strip_suffix(letter)).unwrap_or(text);
    (digits, letter.map(|letter| letter.to_ascii_lowercase()))
}
