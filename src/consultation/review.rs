//! The yearly review of a Party's contact list (R33).

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ids::PersonId;
use crate::calendar::london_date;

/// How many months a statement that a list is right holds.
const HOLDS_FOR: Months = Months::new(12);

/// Every time the contact list of a Party was said to be right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactsReview {
    reviewed: Vec<Reviewed>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reviewed {
    at: DateTime<Utc>,
    by: String,
    contacts: Vec<PersonId>,
}

/// What happens to a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewEvent {
    /// The list was said to be right.
    Reviewed {
        /// The people on it who can be reached.
        contacts: Vec<PersonId>,
    },
}

impl ContactsReview {
    /// Follows what has happened by the act of `by`, a person's id.
    pub fn apply(&mut self, event: &ReviewEvent, at: DateTime<Utc>, by: &str) {
        let ReviewEvent::Reviewed { contacts } = event;
        self.reviewed.push(Reviewed { at, by: by.to_owned(), contacts: contacts.clone() });
    }

    /// When the list was last said to be right.
    pub fn latest(&self) -> Option<DateTime<Utc>> {
        self.reviewed.iter().map(|reviewed| reviewed.at).max()
    }

    /// Whether the list is to be looked at on a London date: it never was, or its anniversary has come.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        let until = self.latest().and_then(|at| london_date(at).checked_add_months(HOLDS_FOR));
        until.is_none_or(|until| until <= today)
    }
}
