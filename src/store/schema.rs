//! The schema of an open database: its version, and whether it is whole.

use sea_orm::{ConnectionTrait, Statement};
use sea_orm_migration::MigratorTrait;

use super::connection::Store;
use super::connection::sealed::Connected as _;
use super::error::StoreError;
use super::migrations::{APPLICATION_ID, Migrator};
use super::records::{MigrationRecord, MigrationStatus};

impl Store {
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
        Ok(applied.iter().rev().take(steps as usize).map(|step| step.name().to_owned()).collect())
    }

    /// Every step of the schema this version knows, in order, and how it stands.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn migration_status(&self) -> Result<Vec<MigrationRecord>, StoreError> {
        let steps = Migrator::get_migration_with_status_read_only(self.connection()).await?;
        Ok(steps.iter().map(migration_record).collect())
    }

    /// Reads the whole file and checks it; minutes for a very large one.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] with what was found.
    pub async fn integrity_check(&self) -> Result<(), StoreError> {
        let found = self.texts("PRAGMA integrity_check").await?;
        let dangling =
            self.texts("SELECT \"table\" || ' row ' || coalesce(rowid, '?') FROM pragma_foreign_key_check").await?;
        match found.iter().filter(|line| *line != "ok").chain(&dangling).next() {
            Some(detail) => Err(StoreError::Corrupt { detail: detail.clone() }),
            None => Ok(()),
        }
    }

    pub(super) async fn refuse_foreign(&self) -> Result<(), StoreError> {
        let tables = self.texts("SELECT name FROM sqlite_schema WHERE type = 'table'").await?;
        let marks = self.texts("SELECT CAST(application_id AS TEXT) FROM pragma_application_id").await?;
        if tables.is_empty() || marks == [APPLICATION_ID.to_string()] {
            return Ok(());
        }
        Err(StoreError::Foreign { file: self.address.url.clone() })
    }

    pub(super) async fn refuse_newer(&self) -> Result<(), StoreError> {
        if self.texts("SELECT name FROM sqlite_schema WHERE name = 'seaql_migrations'").await?.is_empty() {
            return Ok(());
        }
        let known: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
        let applied = self.texts("SELECT version FROM seaql_migrations ORDER BY version").await?;
        match applied.into_iter().rfind(|name| !known.contains(name)) {
            Some(found) => Err(StoreError::Newer { found, known: known.last().cloned().unwrap_or_default() }),
            None => Ok(()),
        }
    }

    /// Refuses a database that lacks a step of the schema, for those who only read it.
    ///
    /// # Errors
    /// [`StoreError::Older`] with the first step it lacks.
    pub async fn refuse_older(&self) -> Result<(), StoreError> {
        let steps = self.migration_status().await?;
        match steps.into_iter().find(|step| step.status == MigrationStatus::Pending) {
            Some(step) => Err(StoreError::Older { lacking: step.name }),
            None => Ok(()),
        }
    }

    /// The first column, as text, of every row `sql` gives.
    async fn texts(&self, sql: &str) -> Result<Vec<String>, StoreError> {
        let statement = Statement::from_string(self.connection().get_database_backend(), sql);
        let rows = self.connection().query_all_raw(statement).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }
}

fn migration_record(step: &sea_orm_migration::Migration) -> MigrationRecord {
    let status = match step.status() {
        sea_orm_migration::MigrationStatus::Applied => MigrationStatus::Applied,
        sea_orm_migration::MigrationStatus::Pending => MigrationStatus::Pending,
    };
    MigrationRecord { name: step.name().to_owned(), status }
}
