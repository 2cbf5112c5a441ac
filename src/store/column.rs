//! How a plain value is kept in a column: instants as microseconds since 1970 UTC, dates and words as text.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::error::StoreError;
use super::journal::EntryHash;
use super::records::{ArrivalStatus, ClockStatus, NoticeStatus, RunStatus, Way};

/// A value that a column can hold.
pub(super) trait Column: Sized {
    /// The type sea-orm reads and writes.
    type Stored;

    fn store(&self) -> Self::Stored;

    fn load(stored: Self::Stored) -> Result<Self, StoreError>;
}

impl<T: Column> Column for Option<T> {
    type Stored = Option<T::Stored>;

    fn store(&self) -> Self::Stored {
        self.as_ref().map(T::store)
    }

    fn load(stored: Self::Stored) -> Result<Self, StoreError> {
        stored.map(T::load).transpose()
    }
}

impl Column for DateTime<Utc> {
    type Stored = i64;

    fn store(&self) -> i64 {
        self.timestamp_micros()
    }

    fn load(stored: i64) -> Result<Self, StoreError> {
        Self::from_timestamp_micros(stored).ok_or_else(|| damaged("an instant", &stored.to_string()))
    }
}

impl Column for EntryHash {
    type Stored = Vec<u8>;

    fn store(&self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }

    fn load(stored: Vec<u8>) -> Result<Self, StoreError> {
        let bytes: Result<[u8; 32], _> = stored.try_into();
        bytes.map(Self::from).map_err(|bytes| damaged("a hash", &format!("{} bytes", bytes.len())))
    }
}

/// Values kept just as they are.
macro_rules! as_is {
    ($($name:ty),+) => {$(
        impl Column for $name {
            type Stored = Self;

            fn store(&self) -> Self {
                self.clone()
            }

            fn load(stored: Self) -> Result<Self, StoreError> {
                Ok(stored)
            }
        }
    )+};
}

/// Values kept as text.
macro_rules! as_text {
    ($($name:ty: $what:literal),+) => {$(
        impl Column for $name {
            type Stored = String;

            fn store(&self) -> String {
                self.to_string()
            }

            fn load(stored: String) -> Result<Self, StoreError> {
                stored.parse().map_err(|_| damaged($what, &stored))
            }
        }
    )+};
}

as_is!(String, i64, Value, Vec<u8>);
as_text!(NaiveDate: "a date", ClockStatus: "a clock status", NoticeStatus: "a notice status", Way: "a way of sending",
    ArrivalStatus: "the status of an arrival", RunStatus: "the status of a run");

fn damaged(what: &str, found: &str) -> StoreError {
    StoreError::Corrupt { detail: format!("`{found}` is stored where {what} should be") }
}

/// Ties a record to the table of the module it is used in: every column, by the name both have for it.
macro_rules! stored {
    ($record:ident { $($column:ident),+ $(,)? }) => {
        impl From<&$record> for table::ActiveModel {
            fn from(record: &$record) -> Self {
                Self { $($column: sea_orm::ActiveValue::Set($crate::store::column::Column::store(&record.$column))),+ }
            }
        }

        impl TryFrom<table::Model> for $record {
            type Error = $crate::store::StoreError;

            fn try_from(row: table::Model) -> Result<Self, Self::Error> {
                Ok(Self { $($column: $crate::store::column::Column::load(row.$column)?),+ })
            }
        }
    };
}

pub(super) use stored;
