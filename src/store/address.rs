//! The address of a database, and connections to it.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::{DatabaseConnection, SqlxSqliteConnector};

use super::error::StoreError;

/// How long a statement waits while another program writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a task waits for its turn to write, or for a free reader.
const TURN_TIMEOUT: Duration = Duration::from_secs(30);

/// A parsed database address.
#[derive(Debug, Clone)]
pub(super) struct Address {
    pub(super) url: String,
    pub(super) kind: Kind,
    options: SqliteConnectOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Memory,
    File,
    ReadOnlyFile,
}

impl Address {
    pub(super) fn parse(url: &str) -> Result<Self, StoreError> {
        let refused = |detail: &str| StoreError::Address { address: url.to_owned(), detail: detail.to_owned() };
        let rest = url.strip_prefix("sqlite:").ok_or_else(|| refused("it does not begin with `sqlite:`"))?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        if path.trim_start_matches('/').is_empty() {
            return Err(refused("it names no file"));
        }
        let options = SqliteConnectOptions::from_str(url).map_err(|error| refused(&error.to_string()))?;
        let kind = match query {
            _ if path.trim_start_matches('/') == ":memory:" || query.contains("mode=memory") => Kind::Memory,
            _ if query.contains("mode=ro") => Kind::ReadOnlyFile,
            _ => Kind::File,
        };
        Ok(Self { url: url.to_owned(), kind, options })
    }

    /// A copy of a database, to be looked at only.
    pub(super) fn of_copy(file: &Path) -> Self {
        let options = SqliteConnectOptions::new().filename(file).read_only(true);
        Self { url: file.display().to_string(), kind: Kind::ReadOnlyFile, options }
    }

    /// `FULL` makes a commit survive a loss of power.
    pub(super) fn writer_options(&self) -> SqliteConnectOptions {
        let options = self.options.clone().foreign_keys(true).busy_timeout(BUSY_TIMEOUT);
        options.synchronous(SqliteSynchronous::Full)
    }

    pub(super) fn reader_options(&self) -> SqliteConnectOptions {
        self.options.clone().create_if_missing(false).busy_timeout(BUSY_TIMEOUT).pragma("query_only", "on")
    }
}

/// Connections that stay open for as long as the store does: a database in memory lives no longer than its connection.
pub(super) async fn connect(connections: u32, options: SqliteConnectOptions) -> Result<DatabaseConnection, StoreError> {
    let pool = SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(TURN_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(async move { Ok(is_at_rest(connection)) }))
        .connect_with(options)
        .await;
    pool.map(SqlxSqliteConnector::from_sqlx_sqlite_pool).map_err(|error| StoreError::from(&error))
}

/// Whether the connection has no transaction left open. When `SQLite` undoes one by itself, as it does on a full disk,
/// the driver still counts it, and would take the next commit for an inner one and keep nothing. Such a connection is
/// closed and replaced.
fn is_at_rest(connection: &SqliteConnection) -> bool {
    !connection.is_in_transaction()
}
