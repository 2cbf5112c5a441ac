//! What differs between any two versions of the baseline, item by item.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::Brd;
use super::super::changes::{Field, ItemName};
use super::super::changes::{Item, table};

/// An item that differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Differing {
    /// The item.
    pub item: ItemName,
    /// How it differs.
    pub how: How,
    /// The fields that differ.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<Field, Before>,
}

/// How an item differs between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It came.
    Added,
    /// It says something else.
    Amended,
    /// It belongs somewhere else and says the same.
    Moved,
    /// It is no longer in use and stays as a tombstone.
    Retired,
    /// It is in use again.
    Restored,
    /// It is gone.
    Removed,
}

impl How {
    /// What happened to it, in one word.
    pub fn title(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Amended => "amended",
            Self::Moved => "moved",
            Self::Retired => "retired",
            Self::Restored => "restored",
            Self::Removed => "removed",
        }
    }
}

/// A field in the older and the newer version; empty where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// What it said.
    pub was: String,
    /// What it says.
    pub is: String,
}

/// Every item that differs, in the order of the document.
pub fn difference(old: &Brd, new: &Brd) -> Vec<Differing> {
    let (old, new) = (table(old), table(new));
    let items: BTreeSet<&ItemName> = old.keys().chain(new.keys()).collect();
    items.into_iter().filter_map(|item| between(item, old.get(item), new.get(item))).collect()
}

/// How one item differs, if it does.
pub(super) fn between(item: &ItemName, old: Option<&Item>, new: Option<&Item>) -> Option<Differing> {
    let fields = fields(old, new);
    let how = match (old, new) {
        (None, None) => return None,
        (None, Some(_)) => How::Added,
        (Some(_), None) => How::Removed,
        (Some(old), Some(new)) => match (old.is_active(), new.is_active()) {
            (true, false) => How::Retired,
            (false, true) => How::Restored,
            _ if fields.is_empty() => return None,
            _ if fields.keys().all(|field| field.is_trace()) => How::Moved,
            _ => How::Amended,
        },
    };
    Some(Differing { item: item.clone(), how, fields })
}

fn fields(old: Option<&Item>, new: Option<&Item>) -> BTreeMap<Field, Before> {
    let says = |item: Option<&Item>, field: Field| item.map(|item| item.field(field).to_owned()).unwrap_or_default();
    let known = old.into_iter().chain(new).flat_map(|item| item.fields.keys().copied());
    let each = known.map(|field| (field, Before { was: says(old, field), is: says(new, field) }));
    each.filter(|(_, before)| before.was != before.is).collect()
}
