//! Which item of the baseline is meant: its kind and its id, with one spelling and a natural order.

use std::cmp::Ordering;
use std::fmt::{self, Display};
use std::iter::Peekable;
use std::str::{Chars, FromStr};

use serde::{Deserialize, Serialize};

use super::super::{ItemId, RequirementKind};

/// The longest name of an item that has no id, in characters.
const LONGEST: usize = 200;

/// A kind of item, in the order of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A business driver, such as `BD1`.
    Driver,
    /// A Business Functional Domain, such as `BFD01`.
    Domain,
    /// A process map with its epic, such as `PM1`.
    ProcessMap,
    /// A functional component, such as `UC_Login_001`.
    Component,
    /// A functional requirement, such as `SSI-FR-6a`.
    Requirement,
    /// A non-functional requirement, such as `SSI-NFR-12`.
    NonFunctional,
    /// A job type role.
    Role,
    /// A row of the access matrix.
    Access,
    /// A term of the glossary.
    Term,
    /// A reference to another document.
    Reference,
}

impl Kind {
    /// Every kind, in the order of the document.
    pub const ALL: [Self; 10] = [
        Self::Driver,
        Self::Domain,
        Self::ProcessMap,
        Self::Component,
        Self::Requirement,
        Self::NonFunctional,
        Self::Role,
        Self::Access,
        Self::Term,
        Self::Reference,
    ];

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Driver => "business driver",
            Self::Domain => "Business Functional Domain",
            Self::ProcessMap => "process map",
            Self::Component => "functional component",
            Self::Requirement => "functional requirement",
            Self::NonFunctional => "non-functional requirement",
            Self::Role => "job type role",
            Self::Access => "row of the access matrix",
            Self::Term => "term",
            Self::Reference => "reference",
        }
    }

    /// The word before the name of an item that has no id of its own.
    fn word(self) -> Option<&'static str> {
        match self {
            Self::Role => Some("role"),
            Self::Access => Some("access"),
            Self::Term => Some("term"),
            Self::Reference => Some("reference"),
            _ => None,
        }
    }

    /// Whether its items have ids, which stay in the document for good once they are given (R61).
    pub fn is_numbered(self) -> bool {
        self.word().is_none()
    }
}

/// An item of the baseline.
///
/// Written as its id (`SSI-FR-6a`, `BFD05`), or as the word for its kind and its name where it has none
/// (`term User Personnel`, `role Logistics`, `access BFD01 Raise incidents`, `reference H8.8`). Ids order naturally:
/// `SSI-FR-6`, `SSI-FR-6a`, `SSI-FR-7`, `SSI-FR-16`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ItemName {
    kind: Kind,
    name: String,
}

/// A text that names no item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{given:?} names no item: write an id such as SSI-FR-6a, SSI-NFR-12, BFD05, PM13, UC_Login_001 or BD1, or a kind and \
     a name such as `term Incident`, `role Logistics`, `access BFD01 Raise incidents` or `reference 7`"
)]
pub struct NotAnItem {
    /// The beginning of what was given.
    pub given: String,
}

impl ItemName {
    /// Reads the name of an item as a person may write it.
    ///
    /// # Errors
    ///
    /// [`NotAnItem`] when the text is something else.
    pub fn parse(text: &str) -> Result<Self, NotAnItem> {
        let text = text.trim();
        let found = by_word(text).or_else(|| by_id(text));
        found.ok_or_else(|| NotAnItem { given: text.chars().take(60).collect() })
    }

    /// An item of a kind, by a name known to be sound.
    pub(in crate::brd) fn new(kind: Kind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into() }
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its id or name, without the word for its kind.
    pub fn name(&self) -> &str {
        &self.name
    }
}

fn by_word(text: &str) -> Option<ItemName> {
    let (word, name) = text.split_once(char::is_whitespace)?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.word().is_some_and(|known| known.eq_ignore_ascii_case(word)))?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let sound = (1..=LONGEST).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    sound.then(|| ItemName::new(kind, name))
}

fn by_id(text: &str) -> Option<ItemName> {
    let id = ItemId::parse(text).ok()?;
    let kind = match &id {
        ItemId::Driver(_) => Kind::Driver,
        ItemId::Domain(_) => Kind::Domain,
        ItemId::ProcessMap(_) => Kind::ProcessMap,
        ItemId::Component(_) => Kind::Component,
        ItemId::Requirement(id) => match id.kind() {
            RequirementKind::Functional => Kind::Requirement,
            RequirementKind::NonFunctional => Kind::NonFunctional,
        },
    };
    Some(ItemName::new(kind, id.to_string()))
}

impl Display for ItemName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind.word() {
            Some(word) => write!(f, "{word} {}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl FromStr for ItemName {
    type Err = NotAnItem;

    fn from_str(text: &str) -> Result<Self, NotAnItem> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ItemName {
    type Error = NotAnItem;

    fn try_from(text: String) -> Result<Self, NotAnItem> {
        Self::parse(&text)
    }
}

impl From<ItemName> for String {
    fn from(id: ItemName) -> Self {
        id.to_string()
    }
}

impl PartialOrd for ItemName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ItemName {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_name = || natural(&self.name, &other.name).then_with(|| self.name.cmp(&other.name));
        self.kind.cmp(&other.kind).then_with(by_name)
    }
}

/// Compares texts with the numbers in them as numbers, and without regard to case.
fn natural(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one.chars().peekable(), other.chars().peekable());
    loop {
        let order = match (one.peek(), other.peek()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => number(&mut one).cmp(&number(&mut other)),
            _ => next(&mut one).cmp(&next(&mut other)),
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The digits that come next, as length and digits without leading zeros: numbers of any size compare.
fn number(text: &mut Peekable<Chars<'_>>) -> (usize, String) {
    let mut digits = String::new();
    while let Some(digit) = text.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    let plain = digits.trim_start_matches('0').to_owned();
    (plain.len(), plain)
}

fn next(text: &mut Peekable<Chars<'_>>) -> Option<char> {
    text.next().map(|c| c.to_ascii_lowercase())
}
