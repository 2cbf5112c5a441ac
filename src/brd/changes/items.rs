//! The baseline as a table of items, each with its fields: the form in which it is changed, compared and merged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::{Field, Fields, targets};
use super::item::ItemName;

/// Every item of a baseline.
pub(crate) type Items = BTreeMap<ItemName, Item>;

/// An item: what it says and whether it still holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// What it says.
    pub(crate) fields: Fields,
    /// Whether it still holds.
    pub(crate) standing: Standing,
}

/// Whether an item still holds. One that has been retired stays in the document, and its id is never used again (R61).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// It holds.
    Active,
    /// It is no longer in use.
    Retired {
        /// The item that takes its place, where one does.
        into: Option<ItemName>,
        /// Why.
        reason: String,
    },
}

impl Item {
    /// What a field says; empty where it says nothing.
    pub(crate) fn field(&self, field: Field) -> &str {
        self.fields.get(&field).map(String::as_str).unwrap_or_default()
    }

    /// Whether it still holds.
    pub(crate) fn is_active(&self) -> bool {
        self.standing == Standing::Active
    }

    /// The fields by which it traces to `target`.
    pub(crate) fn traces_to<'a>(&'a self, target: &'a ItemName) -> impl Iterator<Item = Field> + 'a {
        let traces = self.fields.iter().filter(move |(field, text)| targets(**field, text).contains(target));
        traces.map(|(field, _)| *field)
    }
}

/// The items in use that trace to `target`, each with the fields by which it does.
pub(super) fn dependents<'a>(items: &'a Items, target: &ItemName) -> BTreeMap<&'a ItemName, Vec<Field>> {
    let active = items.iter().filter(|(_, item)| item.is_active());
    let found = active.map(|(id, item)| (id, item.traces_to(target).collect::<Vec<_>>()));
    found.filter(|(_, fields)| !fields.is_empty()).collect()
}

/// The items in use whose words name `target`.
pub(super) fn mentions<'a>(items: &'a Items, target: &'a ItemName) -> impl Iterator<Item = &'a ItemName> {
    let named = move |item: &Item| item.is_active() && names(item.field(Field::Text), target);
    items.iter().filter(move |(id, item)| *id != target && named(item)).map(|(id, _)| id)
}

/// Whether a text names an item by its id.
pub(super) fn names(text: &str, target: &ItemName) -> bool {
    let apart = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'));
    let id =
        |word: &str| word.ends_with(|c: char| c.is_ascii_alphanumeric()) && word.contains(|c: char| c.is_ascii_digit());
    let mut ids = text.split(apart).filter(|word| id(word));
    target.kind().is_numbered() && ids.any(|word| ItemName::parse(word).is_ok_and(|id| id == *target))
}
