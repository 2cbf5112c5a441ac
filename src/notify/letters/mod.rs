//! What each template needs to be told: one struct for each, filled where the facts are known.
//!
//! A queued letter keeps its struct as JSON, so it says what was so when it was queued. Fields that may be left out are
//! empty in letters queued before there was such a field.

mod case;
mod deadline;
mod digest;
mod door;
mod other;

pub use case::{BallotSays, CaseLetter, CaseLine, ConsultationSays, DeterminationSays, Gone, Moved};
pub use deadline::DeadlineSays;
pub use digest::{DigestCase, DigestLetter, DigestLine, Frequency};
pub use door::{
    FormConfirmSender, FormFaulty, FormNotNominated, FormProblem, FormReceived, FormUnreadable, MailNotUnderstood,
};
pub use other::{BankHolidaysChanged, ConsultationDue, ContactsReview, MailProblem, MovedDate, TestLetter};
use serde::{Deserialize, Serialize};

use super::link::Link;
use crate::workflow::Statutory;

/// Why someone gets a letter, and where that is changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// What the recipient is told as, for example `DCC` or `a contact of Beacon Energy`; several joined by commas.
    pub told: Option<String>,
    /// Why else the recipient gets it, where it is for no role of theirs, as in `because ...`.
    #[serde(default)]
    pub because: Option<String>,
    /// Whether the process requires it.
    pub statutory: bool,
    /// The page where the recipient says what to be told and when, where there is one.
    pub preferences: Option<Link>,
}

impl Why {
    /// Why someone who is told as this gets a notice.
    pub fn of(told: impl Into<String>, statutory: Statutory, preferences: Option<Link>) -> Self {
        Self { told: Some(told.into()), because: None, statutory: statutory == Statutory::Yes, preferences }
    }
}
