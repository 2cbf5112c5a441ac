//! Senders that are killed: nothing is lost, and what is delivered twice is counted and carries the same Message-ID.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;

use chrono::{DateTime, TimeDelta, Utc};
use quorate::actor::Actor;
use quorate::notify::letters::TestLetter;
use quorate::notify::{Composer, Link, Outbox, SmtpSettings, Transport};
use quorate::service::{self, App, Call, NewParty, NewPerson, Settings};
use quorate::store::{NewNotice, Store, Way, queue_notices};
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};

use super::real::RealServer;
use super::*;

const MESSAGES: usize = 2_000;
const KILLS: u64 = 200;

/// How many messages one sender hands over at the same time.
const AT_ONCE: usize = 4;

fn address(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("quorate.db").display())
}

/// A database in which messages wait for one person.
async fn waiting(folder: &Path, now: DateTime<Utc>) {
    let app = App::open(&format!("{}?mode=rwc", address(folder)), Settings::default(), now).await.unwrap();
    let system = Actor::system();
    let call = Call::new(&system, now);
    let party = NewParty { id: "secas".to_owned(), name: "SECAS".to_owned(), category: None };
    service::add_party(&app, &call, party).await.unwrap();
    let person = NewPerson {
        id: "sofia".to_owned(),
        party: "secas".to_owned(),
        name: "Sofia Marsh".to_owned(),
        email: "sofia@secas.example".to_owned(),
        offices: vec!["secas".to_owned()],
        token: None,
    };
    service::add_person(&app, &call, person).await.unwrap();
    app.close().await.unwrap();
    let store = Store::open(&address(folder)).await.unwrap();
    let tx = store.write().await.unwrap();
    let says = TestLetter {
        asked_by: "Sofia Marsh".to_owned(),
        at: "today".to_owned(),
        link: Link::parse("https://quorate.example").unwrap(),
    };
    let mut body = serde_json::to_value(says).unwrap();
    body.as_object_mut().unwrap().insert("template".to_owned(), "test".into());
    let notice = |number: usize| NewNotice {
        id: format!("n{number}"),
        event_key: format!("event/{number}"),
        recipient: "sofia".to_owned(),
        template: "test".to_owned(),
        case_id: None,
        queued_at: now,
        way: Way::AtOnce,
        send_at: now,
        body: body.clone(),
    };
    queue_notices(&tx, (0..MESSAGES).map(notice).collect()).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await.unwrap();
}

/// `quorate mail send`, as an operator would start it.
fn sender(folder: &Path, port: u16) -> Child {
    Command::new(env!("CARGO_BIN_EXE_quorate"))
        .args(["mail", "send", "--database", &address(folder), "--smtp", &format!("smtp://127.0.0.1:{port}")])
        .args(["--mail-from", "quorate@secas.example"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets the leases of senders that were killed run out.
async fn leases_run_out(folder: &Path) {
    let outsider = Database::connect(address(folder)).await.unwrap();
    outsider.execute_unprepared("UPDATE notices SET next_at = 0 WHERE status = 'claimed'").await.unwrap();
    outsider.close().await.unwrap();
}

async fn number(folder: &Path, sql: &str) -> i64 {
    let outsider = Database::connect(address(folder)).await.unwrap();
    let row = outsider.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap().unwrap();
    let found = row.try_get_by_index(0).unwrap();
    outsider.close().await.unwrap();
    found
}

#[tokio::test]
async fn senders_killed_two_hundred_times_lose_nothing_and_repeat_little_under_the_same_id() {
    let folder = tempfile::tempdir().unwrap();
    let now = Utc::now() - TimeDelta::minutes(1);
    waiting(folder.path(), now).await;
    let server = RealServer::start();
    let mut seed = 7_u64;
    let mut killed = 0;
    while killed < KILLS && number(folder.path(), "SELECT count(*) FROM notices WHERE status <> 'sent'").await > 0 {
        let mut child = sender(folder.path(), server.port);
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        sleep(Duration::from_millis(40 + (seed >> 33) % 220));
        child.kill().unwrap();
        child.wait().unwrap();
        killed += 1;
        leases_run_out(folder.path()).await;
    }
    let app = App::open(&address(folder.path()), Settings::default(), now).await.unwrap();
    let composer = Composer::new("Quorate", "quorate@secas.example").unwrap();
    let settings: SmtpSettings = format!("smtp://127.0.0.1:{}", server.port).parse().unwrap();
    let outbox = Outbox { composer, transport: Transport::smtp(settings).unwrap(), bounces: None };
    service::send_due(&app, &outbox, Utc::now()).await.unwrap();
    app.close().await.unwrap();

    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for taken in server.received() {
        let message = mail_parser::MessageParser::default().parse(&taken.text).unwrap();
        *times.entry(message.message_id().unwrap().to_owned()).or_default() += 1;
    }
    assert_eq!(times.len(), MESSAGES, "each message arrived under its own id");
    assert_eq!(number(folder.path(), "SELECT count(*) FROM notices WHERE status = 'sent'").await, 2_000);
    let repeated: usize = times.values().map(|times| times - 1).sum();
    let doubtful = usize::try_from(number(folder.path(), "SELECT sum(doubtful) FROM notices").await).unwrap();
    assert!(repeated <= doubtful, "{repeated} came again, and the record counts {doubtful} that may have");
    assert!(repeated <= AT_ONCE * usize::try_from(killed).unwrap(), "{repeated} came again in {killed} crashes");
    assert!(killed == KILLS || times.len() == MESSAGES);
    println!("{killed} senders killed; of {MESSAGES} messages {repeated} came twice, {doubtful} might have");
}
