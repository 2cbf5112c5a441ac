//! The promises of the use cases, kept on a whole installation and seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something unexpected happens"
)]

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use quorate::actor::Actor;
use quorate::calendar::london_instant;
use quorate::rehearsal::{Rehearsal, Scenario, World};
use quorate::service::{self, App, Call, CaseView, Receipt, ServiceError, Settings};
use quorate::store::NoticeRecord;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;
use tempfile::TempDir;

mod ballots;
mod baseline;
mod batches;
mod clocks;
mod concurrency;
mod consultations;
mod costs;
mod delegations;
mod editions;
mod hostile;
mod mailed;
mod meetings;
mod messages;
mod nodes;
mod notices;
mod people;
mod processes;
mod record;
mod schedules;
mod telling;
mod whole;

/// A database in a folder of its own, with a rehearsal on it.
struct Stage {
    folder: TempDir,
    rehearsal: Rehearsal,
}

fn scenario(starts: &str, steps: &str) -> Scenario {
    let text = format!("title: A test\nabout: A test.\nstarts: {starts}\nsteps:\n{steps}");
    Scenario::load("test", &text).unwrap()
}

impl Stage {
    /// The built-in world on a London date at 10:00, after these steps of a scenario.
    async fn set(starts: &str, steps: &str) -> Self {
        Self::play(&scenario(starts, steps)).await
    }

    async fn play(scenario: &Scenario) -> Self {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("quorate.db").display());
        let rehearsal = Rehearsal::begin(&url, scenario).await.unwrap();
        let mut stage = Self { folder, rehearsal };
        stage.go_on(scenario).await;
        stage
    }

    async fn go_on(&mut self, scenario: &Scenario) {
        self.rehearsal.go_through(scenario, |_| {}).await.unwrap();
        assert_eq!(self.rehearsal.played().differences, Vec::<String>::new());
    }

    async fn then(&mut self, steps: &str) {
        self.go_on(&scenario("2000-01-01", steps)).await;
    }

    fn app(&self) -> &App {
        &self.rehearsal.app
    }

    fn now(&self) -> DateTime<Utc> {
        self.rehearsal.now
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("quorate.db").display())
    }

    /// Another node on the same database.
    async fn node(&self) -> App {
        App::open(&self.url(), Settings::default(), self.now()).await.unwrap()
    }

    /// The reference of what the steps call so.
    fn reference(&self, name: &str) -> String {
        self.rehearsal.case_called(name).unwrap().to_owned()
    }

    async fn case(&self, name: &str) -> CaseView {
        service::case(self.app(), &self.reference(name), self.now()).await.unwrap()
    }

    /// State, and each open clock with its due date.
    async fn standing(&self, name: &str) -> (String, Vec<(String, String)>) {
        let case = self.case(name).await;
        let clocks = case.clocks.into_iter().map(|clock| (clock.name, clock.due.to_string()));
        (case.state.name, clocks.collect())
    }

    async fn act(&self, who: &str, name: &str, action: &str, values: Value) -> Result<Receipt, ServiceError> {
        act_at(self.app(), self.now(), who, (&self.reference(name), action), values).await
    }

    async fn tick(&self, at: DateTime<Utc>) -> service::TickReport {
        service::tick(self.app(), at).await.unwrap()
    }

    async fn notices(&self, name: &str) -> Vec<NoticeRecord> {
        service::notices_of_case(self.app(), &self.reference(name)).await.unwrap()
    }

    /// To how many people each notice about a case has gone.
    async fn told(&self, name: &str) -> BTreeMap<String, usize> {
        let mut told = BTreeMap::new();
        for notice in self.notices(name).await {
            *told.entry(notice.template).or_default() += 1;
        }
        told
    }

    /// A connection beside Quorate's, as somebody with the file could make.
    async fn outsider(&self) -> DatabaseConnection {
        Database::connect(self.url()).await.unwrap()
    }

    /// Changes the database behind Quorate's back.
    async fn tamper(&self, sql: &str) {
        let outsider = self.outsider().await;
        for trigger in ["update", "delete", "replace"] {
            outsider.execute_unprepared(&format!("DROP TRIGGER IF EXISTS journal_no_{trigger}")).await.unwrap();
        }
        outsider.execute_unprepared("PRAGMA foreign_keys = OFF").await.unwrap();
        let changed = outsider.execute_unprepared(sql).await.unwrap();
        assert!(changed.rows_affected() > 0, "nothing was changed by: {sql}");
        outsider.close().await.unwrap();
    }

    /// Everything stored, table by table, but when each clock is looked at next.
    async fn everything(&self) -> BTreeMap<&'static str, Vec<String>> {
        let outsider = self.outsider().await;
        let mut everything = BTreeMap::new();
        for (table, row) in TABLES {
            everything.insert(*table, texts(&outsider, &format!("SELECT {row} AS row FROM {table} ORDER BY 1")).await);
        }
        outsider.close().await.unwrap();
        everything
    }

    /// The proof that the record is whole.
    async fn proof(&self) -> service::Proof {
        service::verify_journal(self.app()).await.unwrap()
    }
}

/// Every table with what makes up a row.
const TABLES: &[(&str, &str)] = &[
    ("cases", "id || '|' || state || '|' || revision || '|' || title || '|' || body"),
    ("clocks", "case_id || '|' || name || '|' || instance || '|' || status || '|' || due_on"),
    ("members", "batch_case_id || '|' || sip_case_id || '|' || joined_at || '|' || coalesce(left_at, '')"),
    ("notices", "id || '|' || status || '|' || body"),
    ("journal", "seq || '|' || act || '|' || payload"),
    ("counters", "name || '|' || value"),
    ("dossiers", "kind || '|' || id || '|' || revision || '|' || body"),
    ("settings", "name || '|' || json"),
    ("idempotency", "actor || '|' || key || '|' || response"),
    ("definitions", "process || '|' || version || '|' || coalesce(active_from, '')"),
    ("editions", "name"),
    ("dossiers", "kind || '|' || id || '|' || revision || '|' || body"),
];

/// The first column of every row, as text.
async fn texts(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = connection.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

fn person(id: &str) -> Actor {
    World::built_in().unwrap().actors().remove(id).unwrap()
}

async fn act_at(
    app: &App,
    now: DateTime<Utc>,
    who: &str,
    (reference, action): (&str, &str),
    values: Value,
) -> Result<Receipt, ServiceError> {
    let values = serde_json::from_value(values).unwrap();
    service::act(app, &Call::new(&person(who), now), reference, action, values, None).await
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A London time of a London date, such as "2025-11-10 17:00".
fn at(text: &str) -> DateTime<Utc> {
    let (date, time) = text.split_once(' ').unwrap();
    london_instant(day(date), NaiveTime::parse_from_str(time, "%H:%M").unwrap())
}

/// Steps that accept SIPs, so that they wait for a consultation. Each is "name title".
fn accepted(sips: &[(&str, &str)]) -> String {
    let mut steps = Vec::new();
    let mut others = Vec::new();
    for (name, title) in sips {
        let impact = if others.is_empty() { "none other".to_owned() } else { others.join(", ") };
        steps.push(format!(
            "  - submit: {{ as: priya, call_it: {name}, form: sip-g, fields: {{ title: {title} }} }}\n\
             \x20 - act: {{ as: dana, case: {name}, take: acknowledge }}\n\
             \x20 - act:\n      as: dana\n      case: {name}\n      take: accept\n      with: {{ {VALIDATED}, impact_on_sips: [{impact}] }}\n",
        ));
        others.push(format!("\"${name}: none\""));
    }
    steps.concat()
}

const VALIDATED: &str = "requirements_clear: yes, within_ssi_capability: yes, business_functional_domain: BFD07, \
    impact_on_systems: The SSI alone., impact_on_parties: None., cost: { low: 8000, high: 15000 }, \
    marks: { duty: { mark: 0, because: None. }, party_benefit: { mark: 4, because: Daily. }, \
    breadth: { mark: 3, because: Three gain. }, value: { mark: 3, because: Cheap. }, \
    readiness: { mark: 2, because: At once. } }, develop_weeks: 3, deploy_weeks: 1";

/// Steps that prepare a consultation called `name` with these SIPs in it.
fn consultation(name: &str, sips: &[&str]) -> String {
    let sips: Vec<String> = sips.iter().map(|sip| format!("${sip}")).collect();
    format!(
        "  - consult: {{ as: sofia, call_it: {name}, title: Consultation {name} }}\n\
         \x20 - act: {{ as: sofia, case: {name}, take: add_sips, with: {{ sips: [{}] }} }}\n",
        sips.join(", ")
    )
}

/// A step that issues a consultation for these days.
fn issued(name: &str, opens: &str, closes: &str) -> String {
    format!(
        "  - act: {{ as: sofia, case: {name}, take: issue, with: {{ opens_on: {opens}, closes_on: {closes}, {ISSUED} }} }}\n"
    )
}

const ISSUED: &str = "implementation_window: { from: 2026-05-04, to: 2026-05-29 }, cost_recovery: Fixed costs., \
    what_may_change: Dates.";
