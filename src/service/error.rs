//! Why a use case did not happen. Every message says what was wrong, where, and how to mend it.

use thiserror::Error;

use crate::calendar::{CalendarError, EditionError};
use crate::roster;
use crate::sip::FieldErrors;
use crate::store::StoreError;
use crate::workflow::Refusal;
use crate::workflow::migrate::Refused;
use crate::yaml::Problems;

/// Why a use case did not happen. Nothing was changed.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// The process does not allow it.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// A ballot does not allow it.
    #[error("{0}")]
    Ballot(#[from] crate::committee::Refused),
    /// A meeting does not allow it.
    #[error("{0}")]
    Meeting(#[from] crate::committee::meeting::Refused),
    /// The form has faulty fields.
    #[error("the form is not complete:\n{0}")]
    Form(FieldErrors),
    /// A list has faulty rows; none of it was taken over.
    #[error("the list cannot be taken over, and nothing was changed:\n{0}")]
    List(#[from] roster::Faults),
    /// There is nothing of this name.
    #[error("there is no {what} `{name}`. Check the spelling, or list what there is")]
    NotFound {
        /// The kind of thing.
        what: &'static str,
        /// The name given.
        name: String,
    },
    /// Someone else has to do this.
    #[error("this is not for {who} to do. Who could: {could}")]
    NotAllowed {
        /// Who asked.
        who: String,
        /// Who could.
        could: String,
    },
    /// Something given is wrong.
    #[error("{field}: {what}")]
    Wrong {
        /// What was given.
        field: String,
        /// What is wrong and how to mend it.
        what: String,
    },
    /// The case changed since the caller read it.
    #[error("{reference} has changed since you read it: it is at revision {found}, you have {expected}. Read it again")]
    Stale {
        /// The case.
        reference: String,
        /// The revision the caller has.
        expected: i64,
        /// The revision it has.
        found: i64,
    },
    /// An idempotency key was used for another request.
    #[error("the key `{0}` was used for another request. Use a new key for a new request")]
    KeyReused(String),
    /// A definition has problems.
    #[error("{0}")]
    Definition(#[from] Problems),
    /// A migration would lose something.
    #[error("{0}")]
    Migration(#[from] Refused),
    /// An edition of bank holidays has problems.
    #[error("{0}")]
    Edition(#[from] EditionError),
    /// A date cannot be reckoned.
    #[error("{0}")]
    Calendar(#[from] CalendarError),
    /// The database failed.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The record does not say what it must; somebody changed it outside Quorate.
    #[error("the record of {subject} is damaged: {what}. Stop, and run `quorate journal verify`")]
    Damaged {
        /// What it is about.
        subject: String,
        /// What is wrong.
        what: String,
    },
}

impl ServiceError {
    pub(super) fn wrong(field: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Wrong { field: field.into(), what: what.into() }
    }

    /// Whether the surroundings failed, rather than the answer being no.
    pub fn is_of_the_surroundings(&self) -> bool {
        use StoreError::{Conflict, Exists, Journal, NotFound};
        matches!(self, Self::Store(cause) if !matches!(cause, Conflict { .. } | Exists { .. } | Journal(_) | NotFound { .. }))
    }

    /// Whether whoever reads what is being written has stopped reading.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Store(StoreError::Export(error)) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }

    pub(super) fn damaged(subject: impl Into<String>, what: impl std::fmt::Display) -> Self {
        Self::Damaged { subject: subject.into(), what: what.to_string() }
    }
}
