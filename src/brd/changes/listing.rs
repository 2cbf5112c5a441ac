//! Every item of a baseline, as people look one up.

use serde::{Deserialize, Serialize};

use super::super::Brd;
use super::bridge::table;
use super::field::{Field, Fields};
use super::item::ItemName;
use super::items::{Item, Standing};

/// An item of a baseline with all it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The item.
    pub item: ItemName,
    /// What it says; a field that says nothing is left out.
    pub fields: Fields,
    /// That it is no longer in use, and what follows from that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retired>,
}

/// That an item is no longer in use (R61).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retired {
    /// The item that takes its place, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<ItemName>,
    /// Why; empty where nothing was said.
    pub reason: String,
}

impl Listed {
    fn of(item: ItemName, found: Item) -> Self {
        let retired = match found.standing {
            Standing::Active => None,
            Standing::Retired { into, reason } => Some(Retired { into, reason }),
        };
        Self { item, fields: found.fields, retired }
    }

    /// What a field says; empty where it says nothing.
    pub fn says(&self, field: Field) -> &str {
        self.fields.get(&field).map(String::as_str).unwrap_or_default()
    }

    /// What it is called: its heading, name or epic; empty for an item that has none.
    pub fn title(&self) -> &str {
        let titles = [Field::Heading, Field::Name, Field::Epic].map(|field| self.says(field));
        titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default()
    }

    /// Whether every word of a search stands somewhere in it, in any case.
    pub fn answers(&self, search: &str) -> bool {
        let all = [self.item.to_string()].into_iter().chain(self.fields.values().map(|says| says.to_lowercase()));
        let all = all.collect::<Vec<_>>().join("\n").to_lowercase();
        search.to_lowercase().split_whitespace().all(|word| all.contains(word))
    }
}

/// Every item of a baseline, in the order of the document by kind.
pub fn listing(brd: &Brd) -> Vec<Listed> {
    table(brd).into_iter().map(|(item, found)| Listed::of(item, found)).collect()
}

/// An item of a baseline, in use or not.
pub fn find(brd: &Brd, item: &ItemName) -> Option<Listed> {
    table(brd).remove(item).map(|found| Listed::of(item.clone(), found))
}
