//! Why a change set cannot be applied, and how to mend it.

use serde::Serialize;
use thiserror::Error;

use super::field::Field;
use super::item::{ItemName, Kind};

/// One thing that keeps a change set from being applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// There is no change.
    #[error("the change set holds no change: say what the SIP adds, amends, moves, removes or retires")]
    Empty,
    /// An item that comes has no id.
    #[error("change {change} adds a {} without an id: draft it, and it is given the next free one", kind.title())]
    NoId {
        /// Which change, counted from 1.
        change: usize,
        /// The kind of the item.
        kind: Kind,
    },
    /// An id is of another kind.
    #[error("{item} is no {}: give it an id of its kind, or none and it is given the next free one", kind.title())]
    OtherKind {
        /// The item.
        item: ItemName,
        /// The kind that was named.
        kind: Kind,
    },
    /// An item is changed more than once.
    #[error("{item} is changed twice: put everything that happens to it into one change")]
    Twice {
        /// The item.
        item: ItemName,
    },
    /// A move changes more than where an item belongs.
    #[error(
        "{item}: moving it changes its {field}; a move changes its domain, process map or functional component: amend it instead"
    )]
    NotATrace {
        /// The item.
        item: ItemName,
        /// The field.
        field: Field,
    },
    /// The kind of item has no such field.
    #[error("{item} has no {field}: a {} has {}", item.kind().title(), list(item.kind()))]
    NoSuchField {
        /// The item.
        item: ItemName,
        /// The field.
        field: Field,
    },
    /// An item without words.
    #[error("{item} says nothing: give its text, or remove it with a reason")]
    SaysNothing {
        /// The item.
        item: ItemName,
    },
    /// An amendment without a field.
    #[error("{item} is amended, but nothing about it changes: say which field becomes what")]
    NothingChanges {
        /// The item.
        item: ItemName,
    },
    /// An item goes without a reason.
    #[error("{item} goes without a reason: say why, for it stays in the record")]
    NoReason {
        /// The item.
        item: ItemName,
    },
    /// A successor that cannot be one.
    #[error("{item} cannot be retired into {into}: name another {}", item.kind().title())]
    WrongSuccessor {
        /// The item.
        item: ItemName,
        /// Its successor as given.
        into: ItemName,
    },
    /// The baseline has no such item.
    #[error("{named} is not in the baseline{}: check its id", named_by(.by.as_ref()))]
    Unknown {
        /// The item.
        named: ItemName,
        /// The item that names it, where it is another.
        by: Option<ItemName>,
    },
    /// The item is no longer in use.
    #[error("{named} is no longer in use{}: name its successor, or leave it as it is", named_by(.by.as_ref()))]
    NotInUse {
        /// The item.
        named: ItemName,
        /// The item that names it, where it is another.
        by: Option<ItemName>,
    },
    /// An id that has been used already.
    #[error(
        "{item} is or was used already, and ids are never used again: leave the id out, and it is given the next free one"
    )]
    IdUsed {
        /// The item.
        item: ItemName,
    },
    /// The text has changed since the change was drafted.
    #[error(
        "the {field} of {item} is no longer what the change was drafted against: it says {is:?}, the change expects {was:?}. Draft the change again"
    )]
    Moved {
        /// The item.
        item: ItemName,
        /// The field.
        field: Field,
        /// What the change was drafted against.
        was: String,
        /// What the baseline says.
        is: String,
    },
    /// A value that the field cannot take.
    #[error("the {field} of {item} cannot be {given:?}: {why}")]
    Unfit {
        /// The item.
        item: ItemName,
        /// The field.
        field: Field,
        /// What was given.
        given: String,
        /// Why not, and what can.
        why: String,
    },
}

fn named_by(item: Option<&ItemName>) -> String {
    item.map(|item| format!(", but {item} names it")).unwrap_or_default()
}

fn list(kind: Kind) -> String {
    let fields: Vec<&str> = Field::of(kind).iter().map(|field| field.title()).collect();
    if fields.is_empty() { "a name alone".to_owned() } else { fields.join(", ") }
}
