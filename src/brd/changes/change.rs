//! What a SIP does to the baseline, as people write it: one file a SIP.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::Version;
use super::field::{Field, Fields};
use super::item::{ItemName, Kind};
use super::sip::SipName;
use crate::yaml::{self, Limits, Problems};

/// What one SIP does to the baseline, against the version it was drafted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeSet {
    /// The SIP.
    pub sip: SipName,
    /// The version it was drafted against.
    pub base: Version,
    /// The changes, in the order they are explained.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// An item comes.
    Add(Add),
    /// An item says something else.
    Amend(Amend),
    /// An item belongs somewhere else.
    Move(Move),
    /// An item goes. One with an id stays as a tombstone.
    Remove(Remove),
    /// An item is no longer in use, and another takes its place.
    Retire(Retire),
}

/// An item that comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Add {
    /// Its kind.
    pub kind: Kind,
    /// Its id or name. Left out, the next free id is given when the change is drafted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemName>,
    /// What it says.
    pub says: Fields,
}

/// An item that says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    /// The item.
    pub item: ItemName,
    /// What changes, field by field.
    pub fields: BTreeMap<Field, Edit>,
}

/// An item that belongs somewhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// The item.
    pub item: ItemName,
    /// Where it belongs then: its domain, process map or functional component.
    pub to: BTreeMap<Field, Edit>,
}

/// An item that goes without a successor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remove {
    /// The item.
    pub item: ItemName,
    /// Why.
    pub reason: String,
}

/// An item that is no longer in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retire {
    /// The item.
    pub item: ItemName,
    /// The item that takes its place.
    pub into: ItemName,
    /// Why.
    pub reason: String,
    /// What happens to the items that trace to it.
    #[serde(default, skip_serializing_if = "stay")]
    pub dependents: Dependents,
}

/// What happens to the items that trace to one that is retired.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dependents {
    /// Nothing: the other changes of the set say where each belongs.
    #[default]
    Stay,
    /// They trace to the successor. Drafting writes this out as one move for each.
    Follow,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn stay(dependents: &Dependents) -> bool {
    *dependents == Dependents::Stay
}

/// A field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// What it said when the change was drafted. Left out, drafting fills it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// What it says then; empty for nothing.
    pub becomes: String,
}

/// How much a change set may hold before it is refused.
const LIMITS: Limits = Limits { bytes: 1024 * 1024, depth: 32, nodes: 50_000, problems: 50 };

impl ChangeSet {
    /// Reads a change set; `file` is only the name used in problems.
    ///
    /// # Errors
    ///
    /// Every problem in the text, with its place and how to mend it.
    pub fn load(file: &str, text: &str) -> Result<Self, Problems> {
        Ok(yaml::load(file, text, LIMITS)?.value)
    }

    /// Writes the change set as [`ChangeSet::load`] reads it.
    pub fn to_yaml(&self) -> String {
        let mut written = Vec::new();
        let mut serializer = serde_yaml::Serializer::new(&mut written);
        // A change set is lists, fields and text, each of which YAML can hold, and a list in memory takes any bytes.
        let _ = serde_yaml::with::singleton_map_recursive::serialize(self, &mut serializer);
        drop(serializer);
        String::from_utf8(written).unwrap_or_default()
    }

    /// The items it touches, in the order of its changes; those without an id yet are left out.
    pub fn items(&self) -> impl Iterator<Item = &ItemName> {
        self.changes.iter().filter_map(Change::item)
    }
}

impl Change {
    /// The item it touches; none for one that comes and has no id yet.
    pub fn item(&self) -> Option<&ItemName> {
        match self {
            Self::Add(add) => add.item.as_ref(),
            Self::Amend(amend) => Some(&amend.item),
            Self::Move(moved) => Some(&moved.item),
            Self::Remove(remove) => Some(&remove.item),
            Self::Retire(retire) => Some(&retire.item),
        }
    }

    /// The kind of the item it touches.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Add(add) => add.kind,
            Self::Amend(Amend { item, .. })
            | Self::Move(Move { item, .. })
            | Self::Remove(Remove { item, .. })
            | Self::Retire(Retire { item, .. }) => item.kind(),
        }
    }
}
