//! The database keeps what it is given, refuses what it must, and says why.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something unexpected happens")]

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use quorate::store::{self, *};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use serde_json::{Value, json};
use tempfile::TempDir;

mod backups;
mod cases;
mod clocks;
mod journal;
mod library;
mod notices;
mod opening;
mod runs;
mod schema;
mod writers;

/// Monday 2 March 2026, 09:00 in London.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_442_000, 0).unwrap()
}

/// A folder of its own for a database file.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("quorate.db")
    }

    fn url(&self, query: &str) -> String {
        format!("sqlite:{}{query}", self.file().display())
    }

    #[expect(clippy::disallowed_methods, reason = "the test compares the file itself")]
    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.file()).unwrap()
    }

    async fn store(&self) -> Store {
        let store = Store::open(&self.url("?mode=rwc")).await.unwrap();
        store.migrate().await.unwrap();
        store
    }

    /// A connection beside Quorate's, as somebody with the file could make.
    async fn outsider(&self) -> DatabaseConnection {
        Database::connect(self.url("")).await.unwrap()
    }

    async fn tamper(&self, sql: &str) {
        let outsider = self.outsider().await;
        for trigger in ["update", "delete", "replace"] {
            let drop = format!("DROP TRIGGER IF EXISTS journal_no_{trigger}");
            outsider.execute_unprepared(&drop).await.unwrap();
        }
        outsider.execute_unprepared("PRAGMA ignore_check_constraints = ON").await.unwrap();
        outsider.execute_unprepared(sql).await.unwrap();
        outsider.close().await.unwrap();
    }
}

async fn in_memory() -> Store {
    let store = Store::open("sqlite::memory:").await.unwrap();
    store.migrate().await.unwrap();
    store
}

fn case(id: &str) -> CaseRecord {
    CaseRecord {
        id: id.to_owned(),
        process: "ssi-change-governance".to_owned(),
        definition_version: "1.0".to_owned(),
        edition: "gov.uk 2026-02-25".to_owned(),
        division: "england-and-wales".to_owned(),
        reference: format!("P-2026-{id}"),
        sip_number: None,
        title: format!("Case {id}"),
        state: "validation".to_owned(),
        owner: Some("dcc".to_owned()),
        proposer_party: Some("party-1".to_owned()),
        revision: 1,
        opened_at: now(),
        updated_at: now(),
        closed_at: None,
        next_deadline_at: None,
        body: json!({ "facts": { "urgent": false } }),
    }
}

fn clock(case_id: &str, name: &str, next_at: Option<DateTime<Utc>>) -> ClockRecord {
    ClockRecord {
        case_id: case_id.to_owned(),
        name: name.to_owned(),
        instance: 1,
        status: ClockStatus::Running,
        due_on: NaiveDate::from_ymd_opt(2026, 3, 30).unwrap(),
        closes_at: now() + TimeDelta::days(28),
        next_at,
        body: json!({}),
    }
}

fn act(actor: &str, subject: &str, act: &str, payload: Value) -> NewEntry {
    let (actor, subject, act) = (actor.to_owned(), subject.to_owned(), act.to_owned());
    NewEntry { at: now(), actor, subject, act, payload }
}

fn notice(id: &str, event: &str, recipient: &str) -> NewNotice {
    NewNotice {
        id: id.to_owned(),
        event_key: event.to_owned(),
        recipient: recipient.to_owned(),
        template: "findings".to_owned(),
        case_id: None,
        queued_at: now(),
        way: Way::AtOnce,
        send_at: now(),
        body: json!({ "title": "A" }),
    }
}

async fn with_case(store: &Store, id: &str) {
    let tx = store.write().await.unwrap();
    insert_case(&tx, &case(id)).await.unwrap();
    tx.commit().await.unwrap();
}

/// The first column of every row, as text.
async fn rows(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
    let rows = connection.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}
