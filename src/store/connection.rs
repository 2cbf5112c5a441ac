//! Opening a database and writing to it: one writer, four readers.
//!
//! `SQLite` lets one connection write at a time. Queuing for the one writer here is fair and quick; leaving it to
//! `SQLite`'s locks is neither. Every write transaction takes the write lock at its start, so none fails half-way.

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::Mutex;

use super::address::{Address, Kind, connect};
use super::error::StoreError;
use super::journal::Head;

/// How many connections read at the same time.
const READERS: u32 = 4;

/// An open database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    writer: DatabaseConnection,
    readers: DatabaseConnection,
    pub(super) address: Address,
    /// The head of the journal after the last entry made here; a guess, for other programs may have made more.
    head: Arc<Mutex<Option<Head>>>,
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
    pub(super) transaction: DatabaseTransaction,
    /// What the store remembers of the journal's head.
    pub(super) head: Arc<Mutex<Option<Head>>>,
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

    async fn execute(&self, sql: &str) -> Result<(), StoreError> {
        self.transaction.execute_unprepared(sql).await?;
        Ok(())
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
        Self::open_address(&Address::parse(url)?).await
    }

    pub(super) async fn open_address(address: &Address) -> Result<Self, StoreError> {
        let store = Self::connect(address).await.map_err(|error| error.about(&address.url))?;
        store.refuse_foreign().await?;
        store.refuse_newer().await?;
        match store.address.kind {
            Kind::File | Kind::Memory => store.prepare_to_write().await?,
            Kind::ReadOnlyFile => {}
        }
        Ok(store)
    }

    async fn connect(address: &Address) -> Result<Self, StoreError> {
        let writer = connect(1, address.writer_options()).await?;
        let readers = match address.kind {
            Kind::Memory => writer.clone(),
            Kind::File | Kind::ReadOnlyFile => connect(READERS, address.reader_options()).await?,
        };
        Ok(Self { writer, readers, address: address.clone(), head: Arc::default() })
    }

    /// Begins a write transaction, waiting for its turn.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] when the file cannot be written; [`StoreError::Locked`] when the turn does not come.
    pub async fn write(&self) -> Result<WriteTx, StoreError> {
        if self.address.kind == Kind::ReadOnlyFile {
            return Err(StoreError::ReadOnly);
        }
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.writer.begin_with_options(immediate).await?;
        Ok(WriteTx { transaction, head: Arc::clone(&self.head) })
    }

    /// Closes every connection, after writing the write-ahead log back into the file.
    ///
    /// # Errors
    /// When a connection does not close.
    pub async fn close(self) -> Result<(), StoreError> {
        self.readers.close().await?;
        Ok(self.writer.close().await?)
    }

    /// Tries a write and undoes it, for `SQLite` opens a file it may not write without a word; then turns on the
    /// write-ahead log, so that reading and writing do not wait for each other.
    async fn prepare_to_write(&self) -> Result<(), StoreError> {
        match self.write().await {
            Ok(tx) => tx.execute("PRAGMA user_version = 0").await?,
            Err(StoreError::Locked) => {}
            Err(refused) => return Err(refused),
        }
        self.writer.execute_unprepared("PRAGMA journal_mode = WAL").await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::store::{EditionRecord, find_setting, insert_edition, put_setting};

    async fn limit_pages(store: &Store, pages: u32) {
        let sql = format!("PRAGMA max_page_count = {pages}");
        store.writer.execute_unprepared(&sql).await.unwrap();
    }

    async fn import(store: &Store, name: &str, length: usize) -> Result<(), StoreError> {
        let edition = EditionRecord {
            name: name.to_owned(),
            json: Value::from("x".repeat(length)),
            imported_at: chrono::DateTime::UNIX_EPOCH,
            imported_by: "secas".to_owned(),
        };
        let tx = store.write().await?;
        put_setting(&tx, "edition", Value::from(name)).await?;
        insert_edition(&tx, &edition).await?;
        tx.commit().await
    }

    #[tokio::test]
    async fn a_full_disk_undoes_the_change_and_is_over_when_there_is_space() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("quorate.db").display());
        let store = Store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        import(&store, "before", 10).await.unwrap();
        for _ in 0..3 {
            limit_pages(&store, 1).await;
            let refused = import(&store, "too long", 1_000_000).await.unwrap_err();
            assert!(matches!(refused, StoreError::Full), "{refused}");
        }
        limit_pages(&store, 1_000_000).await;
        let current = find_setting(&store, "edition").await.unwrap();
        assert_eq!(current, Some(Value::from("before")));

        import(&store, "after", 1_000_000).await.unwrap();
        drop(store.write().await.unwrap());
        let beside = Store::open(&url).await.unwrap();
        let current = find_setting(&beside, "edition").await.unwrap();
        assert_eq!(current, Some(Value::from("after")));
        import(&beside, "last", 10).await.unwrap();
    }

    /// `SQLite` undoes a transaction by itself when it cannot be completed, e.g. at the commit on a full disk.
    #[tokio::test]
    async fn a_transaction_undone_by_the_database_does_not_spoil_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("quorate.db").display());
        let store = Store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        let undone = store.write().await.unwrap();
        undone.execute("ROLLBACK").await.unwrap();
        assert!(undone.commit().await.is_err());
        drop(store.write().await.unwrap());

        import(&store, "next", 10).await.unwrap();
        let current = find_setting(&store, "edition").await.unwrap();
        assert_eq!(current, Some(Value::from("next")));
    }
}
