//! Which ids are free: one that was ever given is never given again, and a gap is never filled (R61).

use std::collections::BTreeSet;

use super::super::Brd;
use super::bridge::allocated_elsewhere;
use super::item::{ItemName, Kind};
use super::items::Items;

/// Every id that was ever given, also to what is not in the baseline yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Numbers(BTreeSet<ItemName>);

impl Numbers {
    /// The ids that a baseline has or knows to be given elsewhere.
    pub(super) fn of(brd: &Brd, items: &Items) -> Self {
        let mut numbers = Self::default();
        items.keys().cloned().chain(allocated_elsewhere(brd)).for_each(|id| numbers.give(id));
        numbers
    }

    /// Notes that an id is given. What has only a name is not numbered.
    pub(super) fn give(&mut self, id: ItemName) {
        if id.kind().is_numbered() {
            self.0.insert(id);
        }
    }

    /// Whether an id was given.
    pub(super) fn has(&self, id: &ItemName) -> bool {
        self.0.contains(id)
    }

    /// Whether an id is above every one ever given.
    pub(super) fn is_free(&self, id: &ItemName) -> bool {
        let family = family(id);
        self.0.iter().filter(|given| given.kind() == id.kind()).all(|given| given < id || self::family(given) != family)
    }

    /// The next free id of a kind, which is then given. A functional component has a name to choose, and what has no
    /// ids gets none.
    pub(super) fn next(&mut self, kind: Kind) -> Option<ItemName> {
        let prefix = match kind {
            Kind::Driver => "BD",
            Kind::Domain => "BFD",
            Kind::ProcessMap => "PM",
            Kind::Requirement => "SSI-FR-",
            Kind::NonFunctional => "SSI-NFR-",
            _ => return None,
        };
        let highest = self.0.iter().filter(|given| given.kind() == kind).map(number).max().unwrap_or_default();
        let id = ItemName::parse(&format!("{prefix}{}", highest.checked_add(1)?)).ok()?;
        self.give(id.clone());
        Some(id)
    }
}

/// What stands before the number of an id.
fn family(id: &ItemName) -> String {
    let name = id.name().trim_end_matches(|c: char| c.is_ascii_lowercase());
    name.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase()
}

fn number(id: &ItemName) -> u32 {
    let digits: String = id.name().chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_default()
}
