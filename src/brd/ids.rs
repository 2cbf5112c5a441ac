//! The ids of a baseline.
//!
//! Every id is a newtype that normalises what people type: case, spaces, underscores and the dashes that word
//! processors put in place of a hyphen make no difference. Ids order as people count, `SSI-FR-6` before `SSI-FR-6a`
//! before `SSI-FR-7` before `SSI-FR-16`.

use std::cmp::Ordering;
use std::fmt::{self, Display};
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::id_text::{IdError, IdKind, lettered, number, parts};

/// Whether a requirement says what the SSI does or how well it does it (R68).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequirementKind {
    /// `SSI-FR-`.
    Functional,
    /// `SSI-NFR-`.
    NonFunctional,
}

/// A requirement, such as `SSI-FR-6a`. Functional requirements order before non-functional ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequirementId {
    kind: RequirementKind,
    number: u32,
    suffix: Option<char>,
}

impl RequirementId {
    /// The id with this number and no letter behind it.
    pub(super) fn numbered(kind: RequirementKind, number: u32) -> Self {
        Self { kind, number, suffix: None }
    }

    /// Reads a requirement id as a person may write it (`ssi fr 6A`).
    ///
    /// # Errors
    ///
    /// [`IdError`] when the text is something else.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        Self::read(text).ok_or_else(|| IdError::new(IdKind::Requirement, text))
    }

    fn read(text: &str) -> Option<Self> {
        let [prefix, kind, rest] = parts(text)?;
        let kind = requirement_kind(kind).filter(|_| prefix.eq_ignore_ascii_case("SSI"))?;
        let (digits, suffix) = split_suffix(rest);
        Some(Self { kind, number: number(digits)?, suffix })
    }

    /// Functional or non-functional.
    pub fn kind(self) -> RequirementKind {
        self.kind
    }

    /// The number, without its letter.
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

/// A Functional Component, such as `UC_Login_001`.
///
/// The documents print the same component with hyphens and with underscores and vary the capitals of its name, so
/// neither counts when two ids are compared; the capitals are kept for display as they were first written.
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
        Self::read(text).ok_or_else(|| IdError::new(IdKind::Component, text))
    }

    fn read(text: &str) -> Option<Self> {
        let [prefix, name, digits] = parts(text).filter(|[prefix, ..]| prefix.eq_ignore_ascii_case("UC"))?;
        let named = prefix.len() + name.len() <= 42 && name.starts_with(|c: char| c.is_ascii_alphabetic());
        let plain = named && name.chars().all(|c| c.is_ascii_alphanumeric());
        Some(Self { name: name.to_owned(), number: number(digits).filter(|_| plain)? })
    }

    /// The id with another number and the same name.
    pub(super) fn with_number(&self, number: u32) -> Self {
        Self { name: self.name.clone(), number }
    }

    /// What stands between `UC` and the number.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number within the name.
    pub fn number(&self) -> u32 {
        self.number
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
        self.number == other.number && self.name.eq_ignore_ascii_case(&other.name)
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

/// A Business Functional Domain, such as `BFD01`.
///
/// A misprint such as `BDF14` is an id too: one that no domain has, so that it is found and mended rather than lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainId {
    letters: [char; 3],
    number: u32,
}

impl DomainId {
    const LETTERS: [char; 3] = ['B', 'F', 'D'];

    pub(super) fn numbered(number: u32) -> Self {
        Self { letters: Self::LETTERS, number }
    }

    /// Reads a domain as a person may write it (`BFD-1`, `bfd 01`).
    ///
    /// # Errors
    ///
    /// [`IdError`] when the text is not three letters and a number.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let read = lettered(text).and_then(|(letters, number)| {
            let letters: Vec<char> = letters.to_ascii_uppercase().chars().collect();
            Some(Self { letters: letters.try_into().ok()?, number })
        });
        read.ok_or_else(|| IdError::new(IdKind::Domain, text))
    }

    /// The number.
    pub fn number(self) -> u32 {
        self.number
    }

    /// The domain of the same number with the letters `BFD`, when this id has others.
    pub fn meant(self) -> Option<Self> {
        (self.letters != Self::LETTERS).then(|| Self::numbered(self.number))
    }
}

impl Display for DomainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second, third] = self.letters;
        write!(f, "{first}{second}{third}{:02}", self.number)
    }
}

/// Declares an id of fixed letters and a number.
macro_rules! numbered_id {
    ($(#[$docs:meta])* $name:ident, $letters:literal, $kind:expr) => {
        $(#[$docs])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            pub(super) fn numbered(number: u32) -> Self {
                Self(number)
            }

            /// Reads the id as a person may write it, in any case and with or without a separator.
            ///
            /// # Errors
            ///
            /// [`IdError`] when the text is something else.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                let read = lettered(text).filter(|(letters, _)| letters.eq_ignore_ascii_case($letters));
                read.map(|(_, number)| Self(number)).ok_or_else(|| IdError::new($kind, text))
            }

            /// The number.
            pub fn number(self) -> u32 {
                self.0
            }
        }

        impl Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letters, "{}"), self.0)
            }
        }

        text_value!($name, IdError);
    };
}

numbered_id!(
    /// A process map, such as `PM3`, and the epic it maps.
    ProcessMapId, "PM", IdKind::ProcessMap
);
numbered_id!(
    /// A business driver, such as `BD1`.
    DriverId, "BD", IdKind::Driver
);

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
