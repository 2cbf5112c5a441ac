//! What can go wrong with the database, told so that a person can mend it.

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlxError};
use thiserror::Error;

use super::journal::NotCanonical;
use super::verify::Broken;

/// A failure of the store. Each message says what was wrong, where, and what to do about it.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Nothing is stored under this key.
    #[error("there is no {what} `{key}`. Check the spelling, or list what there is")]
    NotFound {
        /// The kind of thing asked for.
        what: &'static str,
        /// The key that was asked for.
        key: String,
    },
    /// Somebody else changed the row after it was read.
    #[error(
        "{what} `{key}` has changed since it was read (revision {expected} was read, {found} is stored). \
         Read it again and repeat the change"
    )]
    Conflict {
        /// The kind of thing that changed.
        what: &'static str,
        /// Its key.
        key: String,
        /// The revision the caller had read.
        expected: i64,
        /// The revision that is stored now.
        found: i64,
    },
    /// A key that must be unique is already in use.
    #[error("{what} is already in use. Choose another, or change the existing one")]
    Exists {
        /// The table and columns that must be unique, e.g. `parties.name`.
        what: String,
    },
    /// A row refers to another that is not there, or is referred to by one that would be left behind.
    #[error(
        "a record refers to one that is not there. Store the case, Party or person it belongs to first; remove what depends on it last"
    )]
    Dangling,
    /// The database was last used by a later version of Quorate.
    #[error(
        "the database holds schema `{found}`, and this version of Quorate knows only up to `{known}`. \
         Use the version that made it, or restore an earlier backup"
    )]
    Newer {
        /// The latest migration found in the database.
        found: String,
        /// The latest migration this version knows.
        known: String,
    },
    /// The database lacks a step of the schema, and was opened only to be read.
    #[error(
        "the database lacks step `{lacking}` of the schema. Check that it is the right file; \
         `quorate migrate up` brings its schema up to date"
    )]
    Older {
        /// The first step it lacks.
        lacking: String,
    },
    /// A `SQLite` database that belongs to another program.
    #[error("the file `{file}` is a database of another program. Give Quorate a file of its own")]
    Foreign {
        /// The file that was opened.
        file: String,
    },
    /// The database can be read but not written.
    #[error(
        "the database is read-only. Give the account that runs Quorate write access to the file and its folder, \
         or leave out `mode=ro`"
    )]
    ReadOnly,
    /// No space is left; the change was not made.
    #[error("the disk is full, and the change was not made. Free some space and repeat it; nothing else is needed")]
    Full,
    /// The file is damaged.
    #[error("the database is damaged ({detail}). Stop Quorate, keep the file, and restore the latest backup")]
    Corrupt {
        /// What was found.
        detail: String,
    },
    /// Another program holds the database.
    #[error("the database is in use by another program for too long. End that program, or try again in a moment")]
    Locked,
    /// The file is not a `SQLite` database.
    #[error("the file is not a database. Check the path; a new database needs a file that does not exist yet")]
    NotADatabase,
    /// The file or its folder is missing or cannot be opened.
    #[error(
        "the database `{file}` cannot be opened. Check that its folder exists and may be read; \
         to create a new database add `?mode=rwc`"
    )]
    CannotOpen {
        /// The address or file that was to be opened.
        file: String,
    },
    /// A copy of the database could not be made or kept.
    #[error(
        "no copy of the database at `{file}`: {cause}. Check the folder and that it may be written; a copy never replaces a file"
    )]
    Backup {
        /// The file or folder.
        file: String,
        /// Why.
        cause: std::io::Error,
    },
    /// A file is a whole database, but no copy of this one.
    #[error(
        "the file `{file}` is no copy of this database: its journal has {entries} entries and does not begin this one, \
         which has {here}. Keep copies of each database in a folder of their own"
    )]
    NotACopy {
        /// The file.
        file: String,
        /// How many entries its journal has.
        entries: i64,
        /// How many entries the journal of this database has.
        here: i64,
    },
    /// The address of the database is not understood.
    #[error(
        "the database address `{address}` is not understood ({detail}). Write `sqlite:PATH`, `sqlite:PATH?mode=rwc` or `sqlite::memory:`"
    )]
    Address {
        /// The address that was given.
        address: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The journal does not verify.
    #[error(transparent)]
    Journal(#[from] Broken),
    /// A journal payload cannot be written in canonical form.
    #[error(transparent)]
    Payload(#[from] NotCanonical),
    /// The journal could not be written out.
    #[error("the journal could not be written out: {0}")]
    Export(#[from] std::io::Error),
    /// Anything else the database reported.
    #[error("the database reported: {0}")]
    Other(String),
}

/// Primary result codes of `SQLite` that have an error of their own.
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READ_ONLY: i32 = 8;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const CANNOT_OPEN: i32 = 14;
const NOT_A_DATABASE: i32 = 26;

impl StoreError {
    /// The same error, naming `file` where the database itself could not.
    pub(super) fn about(self, file: &str) -> Self {
        match self {
            Self::CannotOpen { .. } => Self::CannotOpen { file: file.to_owned() },
            other => other,
        }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => Self::from(&*cause),
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Self::Locked,
            DbErr::Type(detail) | DbErr::Json(detail) => Self::Corrupt { detail },
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<&SqlxError> for StoreError {
    fn from(error: &SqlxError) -> Self {
        match error {
            SqlxError::PoolTimedOut => Self::Locked,
            SqlxError::ColumnDecode { .. } | SqlxError::Decode(_) => Self::Corrupt { detail: error.to_string() },
            SqlxError::Database(cause) if cause.is_unique_violation() => {
                Self::Exists { what: constrained(cause.message()) }
            }
            SqlxError::Database(cause) if cause.is_foreign_key_violation() => Self::Dangling,
            SqlxError::Database(cause) => from_code(cause.code().as_deref(), cause.message()),
            other => Self::Other(other.to_string()),
        }
    }
}

/// `parties.name` out of `UNIQUE constraint failed: parties.name`.
fn constrained(message: &str) -> String {
    message.rsplit(": ").next().unwrap_or(message).to_owned()
}

/// The error for an extended result code; its lowest byte is the primary code.
fn from_code(code: Option<&str>, message: &str) -> StoreError {
    let primary = code.and_then(|code| code.parse::<i32>().ok()).map(|code| code & 0xff);
    match primary {
        Some(BUSY | LOCKED) => StoreError::Locked,
        Some(READ_ONLY) => StoreError::ReadOnly,
        Some(CORRUPT) => StoreError::Corrupt { detail: message.to_owned() },
        Some(FULL) => StoreError::Full,
        Some(CANNOT_OPEN) => StoreError::CannotOpen { file: String::from("file") },
        Some(NOT_A_DATABASE) => StoreError::NotADatabase,
        _ => StoreError::Other(message.to_owned()),
    }
}
