//! Opening a database and writing to it: one writer, four readers.
//!
//! `SQLite` lets one connection write at a time. Queuing for the one writer here is fair and quick; leaving it to
//! `SQLite`'s locks is neither. Every write transaction takes the write lock at its start, so none fails half-way.

use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode,
    SqlxSqliteConnector, Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use tokio::sync::Mutex;

use super::error::StoreError;
use super::journal::Head;
use super::migrations::{APPLICATION_ID, Migrator};
use super::records::{MigrationRecord, MigrationStatus};

/// How many connections read at the same time.
const READERS: u32 = 4;
/// How long a statement waits while another program writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a task waits for its turn to write, or for a free reader.
const TURN_TIMEOUT: Duration = Duration::from_secs(30);

/// An open database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    writer: DatabaseConnection,
    readers: DatabaseConnection,
    address: Address,
}

/// Where a question is put: to the [`Store`], which answers with what is committed, or to a [`WriteTx`], which also
/// sees its own changes.
///
/// While a `WriteTx` is open, put questions to it: a database in memory has no other connection to answer them.
pub trait Source: sealed::Connected + Sync {}

pub(super) mod sealed {
    /// Something that holds a connection.
    pub trait Connected {
        /// The type of the connection.
        type Connection: sea_orm::ConnectionTrait;

        /// The connection.
        fn connection(&self) -> &Self::Connection;
    }
}

impl Source for Store {}

impl sealed::Connected for Store {
    type Connection = DatabaseConnection;

    fn connection(&self) -> &DatabaseConnection {
        &self.readers
    }
}

/// A write transaction. Nothing is kept until [`commit`](WriteTx::commit); dropping it undoes everything.
///
/// After an error other than [`NotFound`](StoreError::NotFound), [`Conflict`](StoreError::Conflict) or
/// [`Exists`](StoreError::Exists), drop it: the database may have undone it already.
#[derive(Debug)]
pub struct WriteTx {
    transaction: DatabaseTransaction,
    /// The head of the journal, once it is known: it cannot change under an open write transaction but by ours.
    pub(super) head: Mutex<Option<Head>>,
}

impl Source for WriteTx {}

impl sealed::Connected for WriteTx {
    type Connection = DatabaseTransaction;

    fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

impl WriteTx {
    /// Keeps every change made, durably: it survives a loss of power from the moment this returns.
    ///
    /// # Errors
    /// When the database cannot keep them, e.g. [`StoreError::Full`]; nothing was changed then.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }
}

impl Store {
    /// Opens the database at `url`: `sqlite:PATH` (must exist), `sqlite:PATH?mode=rwc` (created if need be),
    /// `sqlite:PATH?mode=ro` (read only) or `sqlite::memory:` (gone when closed). The schema is not changed:
    /// see [`migrate`](Self::migrate).
    ///
    /// # Errors
    /// One error for each way in which the file cannot be used: not there, not a database, damaged, another program's,
    /// made by a later version, or not writable.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let address = Address::parse(url)?;
        let store = Self::connect(&address)
            .await
            .map_err(|error| error.about(&address.url))?;
        store.refuse_foreign().await?;
        store.refuse_newer().await?;
        store.refuse_unwritable().await?;
        Ok(store)
    }

    async fn connect(address: &Address) -> Result<Self, StoreError> {
        let writer = connect(1, address.writer_options()).await?;
        let readers = match address.kind {
            Kind::Memory => writer.clone(),
            Kind::File | Kind::ReadOnlyFile => connect(READERS, address.reader_options()).await?,
        };
        Ok(Self {
            writer,
            readers,
            address: address.clone(),
        })
    }

    /// Begins a write transaction, waiting for its turn.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] when the file cannot be written; [`StoreError::Locked`] when the turn does not come.
    pub async fn write(&self) -> Result<WriteTx, StoreError> {
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.writer.begin_with_options(immediate).await?;
        Ok(WriteTx {
            transaction,
            head: Mutex::new(None),
        })
    }

    /// Brings the schema up to date and names the steps taken. Several programs may do this at the same time.
    ///
    /// # Errors
    /// When a step fails; none has been taken then.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let tx = self.write().await?;
        let pending = Migrator::get_pending_migrations(&tx.transaction).await?;
        Migrator::up(&tx.transaction, None).await?;
        tx.commit().await?;
        Ok(pending.iter().map(|step| step.name().to_owned()).collect())
    }

    /// Takes back the latest `steps` steps of the schema, with the data they hold, and names them.
    ///
    /// # Errors
    /// When a step fails; none has been taken back then.
    pub async fn rollback(&self, steps: u32) -> Result<Vec<String>, StoreError> {
        let tx = self.write().await?;
        let applied = Migrator::get_applied_migrations(&tx.transaction).await?;
        Migrator::down(&tx.transaction, Some(steps)).await?;
        tx.commit().await?;
        Ok(applied
            .iter()
            .rev()
            .take(steps as usize)
            .map(|step| step.name().to_owned())
            .collect())
    }

    /// Every step of the schema this version knows, in order, and how it stands.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn migration_status(&self) -> Result<Vec<MigrationRecord>, StoreError> {
        let steps = Migrator::get_migration_with_status_read_only(&self.readers).await?;
        Ok(steps.iter().map(migration_record).collect())
    }

    /// Reads the whole file and checks it; minutes for a very large one.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] with what was found.
    pub async fn integrity_check(&self) -> Result<(), StoreError> {
        let found = self.texts("PRAGMA integrity_check").await?;
        let dangling = self
            .texts(
                "SELECT \"table\" || ' row ' || coalesce(rowid, '?') FROM pragma_foreign_key_check",
            )
            .await?;
        match found
            .iter()
            .filter(|line| *line != "ok")
            .chain(&dangling)
            .next()
        {
            Some(detail) => Err(StoreError::Corrupt {
                detail: detail.clone(),
            }),
            None => Ok(()),
        }
    }

    /// Closes every connection, after writing the write-ahead log back into the file.
    ///
    /// # Errors
    /// When a connection does not close.
    pub async fn close(self) -> Result<(), StoreError> {
        self.readers.close().await?;
        Ok(self.writer.close().await?)
    }

    async fn refuse_foreign(&self) -> Result<(), StoreError> {
        let tables = self
            .texts("SELECT name FROM sqlite_schema WHERE type = 'table'")
            .await?;
        let marks = self
            .texts("SELECT CAST(application_id AS TEXT) FROM pragma_application_id")
            .await?;
        if tables.is_empty() || marks == [APPLICATION_ID.to_string()] {
            return Ok(());
        }
        Err(StoreError::Foreign {
            file: self.address.url.clone(),
        })
    }

    async fn refuse_newer(&self) -> Result<(), StoreError> {
        if self
            .texts("SELECT name FROM sqlite_schema WHERE name = 'seaql_migrations'")
            .await?
            .is_empty()
        {
            return Ok(());
        }
        let known: Vec<String> = Migrator::migrations()
            .iter()
            .map(|step| step.name().to_owned())
            .collect();
        let applied = self
            .texts("SELECT version FROM seaql_migrations ORDER BY version")
            .await?;
        match applied.into_iter().rfind(|name| !known.contains(name)) {
            Some(found) => Err(StoreError::Newer {
                found,
                known: known.last().cloned().unwrap_or_default(),
            }),
            None => Ok(()),
        }
    }

    /// Takes the write lock once: `SQLite` opens a file it may not write without a word.
    async fn refuse_unwritable(&self) -> Result<(), StoreError> {
        match (self.address.kind, self.write().await) {
            (Kind::ReadOnlyFile, _) | (_, Ok(_) | Err(StoreError::Locked)) => Ok(()),
            (_, Err(refused)) => Err(refused),
        }
    }

    /// The first column, as text, of every row `sql` gives.
    async fn texts(&self, sql: &str) -> Result<Vec<String>, StoreError> {
        let statement = Statement::from_string(self.readers.get_database_backend(), sql);
        let rows = self.readers.query_all_raw(statement).await?;
        Ok(rows
            .iter()
            .map(|row| row.try_get_by_index(0))
            .collect::<Result<_, _>>()?)
    }
}

fn migration_record(step: &sea_orm_migration::Migration) -> MigrationRecord {
    let status = match step.status() {
        sea_orm_migration::MigrationStatus::Applied => MigrationStatus::Applied,
        sea_orm_migration::MigrationStatus::Pending => MigrationStatus::Pending,
    };
    MigrationRecord {
        name: step.name().to_owned(),
        status,
    }
}

/// A parsed database address.
#[derive(Debug, Clone)]
struct Address {
    url: String,
    kind: Kind,
    options: SqliteConnectOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Memory,
    File,
    ReadOnlyFile,
}

impl Address {
    fn parse(url: &str) -> Result<Self, StoreError> {
        let refused = |detail: &str| StoreError::Address {
            address: url.to_owned(),
            detail: detail.to_owned(),
        };
        let rest = url
            .strip_prefix("sqlite:")
            .ok_or_else(|| refused("it does not begin with `sqlite:`"))?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        if path.trim_start_matches('/').is_empty() {
            return Err(refused("it names no file"));
        }
        let options =
            SqliteConnectOptions::from_str(url).map_err(|error| refused(&error.to_string()))?;
        let kind = match query {
            _ if path.trim_start_matches('/') == ":memory:" || query.contains("mode=memory") => {
                Kind::Memory
            }
            _ if query.contains("mode=ro") => Kind::ReadOnlyFile,
            _ => Kind::File,
        };
        Ok(Self {
            url: url.to_owned(),
            kind,
            options,
        })
    }

    fn writer_options(&self) -> SqliteConnectOptions {
        let options = self
            .options
            .clone()
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        match self.kind {
            Kind::Memory | Kind::ReadOnlyFile => options,
            Kind::File => options
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full),
        }
    }

    fn reader_options(&self) -> SqliteConnectOptions {
        self.options
            .clone()
            .create_if_missing(false)
            .busy_timeout(BUSY_TIMEOUT)
            .pragma("query_only", "on")
    }
}

/// Connections that stay open for as long as the store does: a database in memory lives no longer than its connection.
async fn connect(
    connections: u32,
    options: SqliteConnectOptions,
) -> Result<DatabaseConnection, StoreError> {
    let pool = SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(TURN_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(async move { Ok(is_at_rest(connection)) }))
        .connect_with(options)
        .await;
    pool.map(SqlxSqliteConnector::from_sqlx_sqlite_pool)
        .map_err(|error| StoreError::from(&error))
}

/// Whether the connection has no transaction left open. When the disk is full `SQLite` itself undoes a transaction, and
/// the connection no longer knows where it stands; such a one is closed and replaced.
fn is_at_rest(connection: &SqliteConnection) -> bool {
    !connection.is_in_transaction()
}
