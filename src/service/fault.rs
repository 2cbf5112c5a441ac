//! What kind of failure an error of the database is, for the doors that answer with a status.

use super::error::ServiceError;
use crate::store::StoreError;

/// A kind of failure of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// What was asked for is not there.
    Missing,
    /// Something else is in the way: the name is taken, or the row has changed.
    InTheWay,
    /// The database cannot be used at present; the same request may succeed later.
    Unavailable,
    /// The record is not as it must be, or something unforeseen happened.
    Internal,
}

impl ServiceError {
    /// The kind of failure, where the database or the record is at fault rather than the request.
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Self::Store(error) => Some(kind(error)),
            Self::Damaged { .. } => Some(Fault::Internal),
            _ => None,
        }
    }
}

fn kind(error: &StoreError) -> Fault {
    match error {
        StoreError::NotFound { .. } => Fault::Missing,
        StoreError::Conflict { .. } | StoreError::Exists { .. } | StoreError::Dangling => Fault::InTheWay,
        StoreError::ReadOnly | StoreError::Full | StoreError::Locked | StoreError::CannotOpen { .. } => {
            Fault::Unavailable
        }
        _ => Fault::Internal,
    }
}
