//! How many transitions a second are saved durably, and how long a tick takes among many clocks.
#![expect(clippy::disallowed_methods, reason = "measuring is what this does")]
#![expect(clippy::print_stdout, reason = "the result is printed")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that cannot run should stop")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use quorate::actor::Actor;
use quorate::calendar::london_instant;
use quorate::clock::Clock;
use quorate::rehearsal::World;
use quorate::service::{self, App, Call, Settings};
use quorate::sip::RawSipForm;
use quorate::store::{self, Store};
use serde_json::json;

const FORM: &str = include_str!("../../fixtures/sip-forms/sip-g.yaml");

/// How many transitions each SIP goes through; a real one goes through about this many in its life.
const OF_EACH: usize = 20;

/// Prints the figures.
pub(crate) fn run() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        through_service(1).await;
        through_service(8).await;
        through_http(1).await;
        through_http(8).await;
        for clocks in [1_000, 100_000] {
            tick_among(clocks).await;
        }
    });
}

fn start() -> DateTime<Utc> {
    london_instant("2025-11-03".parse().unwrap(), "10:00".parse().unwrap())
}

async fn installation(folder: &std::path::Path) -> (Arc<App>, BTreeMap<String, Actor>, String) {
    let url = format!("sqlite:{}?mode=rwc", folder.join("bench.db").display());
    let app = App::open(&url, Settings::default(), start()).await.unwrap();
    let world = World::built_in().unwrap();
    world.add_to(&app, start()).await.unwrap();
    (Arc::new(app), world.actors(), url)
}

async fn submitted(app: &App, by: &Actor) -> String {
    let form: RawSipForm = serde_yaml::from_str(FORM).unwrap();
    service::submit_sip(app, &Call::new(by, start()), form, None).await.unwrap().reference
}

/// SIPs in validation, enough for each task to take so many transitions in all, a few with each SIP.
async fn validated(app: &App, actors: &BTreeMap<String, Actor>, tasks: usize, transitions: usize) -> Vec<Vec<String>> {
    let mut work = vec![Vec::new(); tasks];
    for index in 0..transitions.div_ceil(OF_EACH) + tasks {
        let reference = submitted(app, &actors["priya"]).await;
        let call = Call::new(&actors["dana"], start());
        service::act(app, &call, &reference, "acknowledge", BTreeMap::new(), None).await.unwrap();
        work[index % tasks].push(reference);
    }
    work
}

/// Each task moves SIPs of its own to and fro; every transition is one transaction with a journal entry, clocks that
/// pause and go on, and notices.
async fn through_service(tasks: usize) {
    const EACH: usize = 2_000;
    let folder = tempfile::tempdir().unwrap();
    let (app, actors, _) = installation(folder.path()).await;
    let work = validated(&app, &actors, tasks, EACH).await;
    let started = Instant::now();
    let mut running = Vec::new();
    for references in work {
        let (app, dana, priya) = (app.clone(), actors["dana"].clone(), actors["priya"].clone());
        running.push(tokio::spawn(async move {
            let mut taken = Vec::with_capacity(EACH);
            for (step, reference) in (0..EACH / tasks).zip(references.iter().flat_map(|one| [one; OF_EACH])) {
                let (by, action, field) = match step % 2 {
                    0 => (&dana, "ask_information", "questions"),
                    _ => (&priya, "provide_information", "answer"),
                };
                let values = BTreeMap::from([(field.to_owned(), json!("Words."))]);
                let one = Instant::now();
                service::act(&app, &Call::new(by, start()), reference, action, values, None).await.unwrap();
                taken.push(one.elapsed().as_micros());
            }
            taken
        }));
    }
    let mut taken = Vec::new();
    for task in running {
        taken.extend(task.await.unwrap());
    }
    taken.sort_unstable();
    let second = taken.len() as u128 * 1_000_000 / started.elapsed().as_micros();
    let (half, most) = (taken[taken.len() / 2], taken[taken.len() * 99 / 100]);
    println!("durable transitions through the service, {tasks} at once: {second}/s, p50 {half} us, p99 {most} us");
}

/// The same through HTTP: a client for each task, on loopback, with a bearer token.
async fn through_http(clients: usize) {
    const EACH: usize = 2_000;
    let folder = tempfile::tempdir().unwrap();
    let (app, actors, _) = installation(folder.path()).await;
    let work = validated(&app, &actors, clients, EACH).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = quorate::api::router(quorate::api::ApiState { app, clock: Clock::showing(start()) });
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let started = Instant::now();
    let drive = move |references: Vec<String>| {
        let agent = ureq::agent();
        for (step, reference) in (0..EACH / clients).zip(references.iter().flat_map(|one| [one; OF_EACH])) {
            let (token, action, field) = match step % 2 {
                0 => ("demo-dcc-dana", "ask_information", "questions"),
                _ => ("demo-northwind-priya", "provide_information", "answer"),
            };
            let url = format!("http://{address}/api/v1/cases/{reference}/actions/{action}");
            let request = agent.post(&url).header("Authorization", &format!("Bearer {token}"));
            request.send_json(json!({ field: "Words." })).unwrap();
        }
    };
    let driven: Vec<_> = work.into_iter().map(|some| tokio::task::spawn_blocking(move || drive(some))).collect();
    for client in driven {
        client.await.unwrap();
    }
    let second = EACH as u128 * 1_000_000 / started.elapsed().as_micros();
    server.abort();
    println!("durable transitions through HTTP, {clients} at once: {second}/s");
}

/// Fills the database with open clocks, of which ten are due, and times the tick that deals with the ten.
async fn tick_among(clocks: usize) {
    const DUE: usize = 10;
    let folder = tempfile::tempdir().unwrap();
    let (app, actors, url) = installation(folder.path()).await;
    for _ in 0..DUE {
        submitted(&app, &actors["priya"]).await;
    }
    fill(&url, clocks).await;
    let mut rounds = Vec::new();
    let now = start() + TimeDelta::days(8);
    let idle = start() + TimeDelta::days(3);
    for _ in 0..21 {
        let one = Instant::now();
        service::tick(&app, idle).await.unwrap();
        rounds.push(one.elapsed().as_micros());
    }
    rounds.sort_unstable();
    let one = Instant::now();
    let report = service::tick(&app, now).await.unwrap();
    println!(
        "tick among {clocks} open clocks: nothing due {} us (median), {} cases due {} us",
        rounds[rounds.len() / 2],
        report.cases.len(),
        one.elapsed().as_micros()
    );
}

/// Cases like the first one, whose clocks are due long after.
async fn fill(url: &str, clocks: usize) {
    let store = Store::open(url).await.unwrap();
    let like = store::find_case_by_reference(&store, "P-2025-0001").await.unwrap().unwrap();
    let clock = store::clocks_of(&store, &like.id).await.unwrap().remove(0);
    let tx = store.write().await.unwrap();
    for index in 0..clocks {
        let id = format!("filler-{index}");
        let case = store::CaseRecord { id: id.clone(), reference: id.to_uppercase(), ..like.clone() };
        store::insert_case(&tx, &case).await.unwrap();
        let later = clock.next_at.map(|at| at + TimeDelta::days(300));
        let clock = store::ClockRecord { case_id: id.clone(), next_at: later, ..clock.clone() };
        store::replace_clocks(&tx, &id, &[clock]).await.unwrap();
    }
    tx.commit().await.unwrap();
}
