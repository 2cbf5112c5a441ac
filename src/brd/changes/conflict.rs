//! Where change sets cannot come together without a person: what each says, and what was decided.

use std::fmt::{self, Display};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::field::Field;
use super::item::ItemName;
use super::sip::SipName;

/// A place where change sets contradict each other, with everything they say there. Nothing is guessed: until it is
/// settled, the place says what the baseline says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// The item.
    pub item: ItemName,
    /// The field; absent where it is about whether the item comes, stays or goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// What the baseline says; absent where it has no such item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<String>,
    /// What each SIP wants, in the order of their names.
    pub sides: Vec<Side>,
}

/// What one SIP wants.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// The SIP.
    pub sip: SipName,
    /// What the field becomes, or in words what happens to the item.
    pub says: String,
}

/// A conflict that a person settled. It holds for exactly this conflict: where a side says something else later, the
/// conflict is another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// What was settled.
    pub conflict: Conflict,
    /// How.
    pub decision: Decision,
    /// Who settled it: a person's id.
    pub by: String,
    /// When (UTC).
    pub at: DateTime<Utc>,
    /// Why it is this.
    pub why: String,
}

/// How a conflict is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The field says this.
    Text(String),
    /// What this SIP wants holds alone.
    Takes(SipName),
}

impl Conflict {
    /// A conflict with its sides in order.
    pub(super) fn new(item: &ItemName, field: Option<Field>, live: Option<String>, mut sides: Vec<Side>) -> Self {
        sides.sort();
        Self { item: item.clone(), field, live, sides }
    }

    /// How it was settled, if it was.
    pub(super) fn settled<'a>(&self, settlements: &'a [Settlement]) -> Option<&'a Decision> {
        settlements.iter().rev().find(|settled| settled.conflict == *self).map(|settled| &settled.decision)
    }

    /// Why a decision does not settle it, if it does not.
    pub fn unfit(&self, decision: &Decision) -> Option<String> {
        match decision {
            Decision::Takes(sip) if !self.sides.iter().any(|side| side.sip == *sip) => {
                Some(format!("{sip} has no side in it; name one of {}", self.sips().join(", ")))
            }
            Decision::Text(_) if self.field.is_none() => {
                Some(format!("it is about the whole item; name the SIP that holds, one of {}", self.sips().join(", ")))
            }
            Decision::Text(text) if text.trim().is_empty() => Some("give the text that holds".to_owned()),
            Decision::Takes(_) | Decision::Text(_) => None,
        }
    }

    fn sips(&self) -> Vec<&str> {
        self.sides.iter().map(|side| side.sip.as_str()).collect()
    }
}

impl Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let item = &self.item;
        match self.field {
            Some(field) => write!(f, "{} want different things of the {field} of {item}", self.sips().join(" and "))?,
            None => write!(f, "{} want different things of {item}", self.sips().join(" and "))?,
        }
        self.sides.iter().try_for_each(|side| write!(f, "; {}: {:?}", side.sip, side.says))
    }
}
