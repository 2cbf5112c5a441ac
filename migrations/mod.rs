//! The schema of the database, as steps that can be taken and taken back.
//!
//! A released step is never edited: a change is a new step. Each runs in a transaction, so it is taken whole or not at
//! all. The reason for each column is a comment in the schema, where `.schema` of the `SQLite` shell shows it too.
//! Instants are INTEGER microseconds since 1970 UTC, dates TEXT `YYYY-MM-DD`, ids TEXT. Tables are STRICT: `SQLite` then
//! refuses a value of another type instead of keeping it.

use sea_orm_migration::prelude::*;

mod m0001_journal;
mod m0002_library;
mod m0003_people;
mod m0004_cases;
mod m0005_notices;
mod m0006_dossiers;
mod m0007_mail;
mod m0008_runs;

/// Marks a database file as one of Quorate: `QUOR` in ASCII.
pub(super) const APPLICATION_ID: i32 = 0x5155_4f52;

/// All steps, in order.
pub(super) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let steps = [
            m0001_journal::STEP,
            m0002_library::STEP,
            m0003_people::STEP,
            m0004_cases::STEP,
            m0005_notices::STEP,
            m0006_dossiers::STEP,
            m0007_mail::STEP,
            m0008_runs::STEP,
        ];
        steps.into_iter().map(|step| Box::new(step) as Box<dyn MigrationTrait>).collect()
    }
}

/// One step: the SQL that takes it and the SQL that takes it back.
struct Step {
    /// Recorded in the database; never changed once released.
    name: &'static str,
    up: &'static str,
    down: &'static str,
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
#[expect(elided_lifetimes_in_paths, reason = "the trait declares its methods so")]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.up).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.down).await.map(|_| ())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
