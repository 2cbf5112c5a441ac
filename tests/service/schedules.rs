//! What comes round is run once for each slot, by one of several nodes, however the time goes.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use quorate::service::{Backups, ScheduledRun, jobs, run_schedules};

use super::*;

/// A London day on which nothing of the yearly jobs falls.
const START: &str = "2025-11-03";

/// A node that copies the database into a folder, on the database of a stage.
async fn copying(stage: &Stage, folder: &Path, keep: usize) -> App {
    let backups = Some(Backups { folder: folder.to_owned(), keep: NonZeroUsize::new(keep).unwrap() });
    App::open(&stage.url(), Settings { backups, ..Settings::default() }, stage.now()).await.unwrap()
}

async fn run_at(app: &App, instant: &str) -> Vec<ScheduledRun> {
    let now = at(instant);
    run_schedules(app, &|| now).await.unwrap()
}

fn names(runs: &[ScheduledRun]) -> Vec<&'static str> {
    runs.iter().map(|run| run.job).collect()
}

fn files(folder: &Path) -> Vec<String> {
    let mut files = quorate::store::files_in(folder).unwrap();
    files.sort();
    files
}

async fn told(stage: &Stage, template: &str) -> Vec<String> {
    let outsider = stage.outsider().await;
    let sql = format!("SELECT event_key || ' ' || recipient FROM notices WHERE template = '{template}' ORDER BY 1");
    let told = texts(&outsider, &sql).await;
    outsider.close().await.unwrap();
    told
}

#[tokio::test]
async fn a_new_installation_has_missed_nothing_and_begins_with_the_next_slot() {
    let stage = Stage::set(START, "").await;
    assert_eq!(run_at(stage.app(), "2025-11-03 10:00").await, []);
    assert_eq!(run_at(stage.app(), "2025-11-04 03:59").await, []);
    let morning = run_at(stage.app(), "2025-11-04 09:00").await;
    assert_eq!(names(&morning), ["consultations", "housekeeping"]);
    assert!(morning.iter().all(|run| run.outcome.is_ok() && run.missed == 0), "{morning:?}");
    assert_eq!(run_at(stage.app(), "2025-11-04 09:00").await, []);
}

#[tokio::test]
async fn after_three_days_or_three_weeks_each_job_is_run_once_and_says_what_it_missed() {
    let stage = Stage::set(START, "").await;
    run_at(stage.app(), "2025-11-03 10:00").await;
    let mut missed = Vec::new();
    for instant in ["2025-11-04 10:00", "2025-11-07 10:00", "2025-11-28 10:00"] {
        let runs = run_at(stage.app(), instant).await;
        assert_eq!(names(&runs), ["consultations", "housekeeping"], "{instant}");
        missed.extend(runs.iter().map(|run| run.missed));
        assert_eq!(run_at(stage.app(), instant).await, [], "{instant}");
    }
    assert_eq!(missed, [0, 0, 2, 2, 20, 20]);
}

#[tokio::test]
async fn a_clock_set_back_runs_nothing_twice() {
    let stage = Stage::set(START, "").await;
    for instant in ["2025-11-03 10:00", "2025-11-04 10:00", "2025-11-05 10:00"] {
        run_at(stage.app(), instant).await;
    }
    for back in ["2025-11-05 08:00", "2025-11-04 12:00", "2025-11-03 12:00"] {
        assert_eq!(run_at(stage.app(), back).await, [], "{back}");
    }
    // Once far ahead by mistake and back again: the days between are run when they come.
    assert_eq!(run_at(stage.app(), "2025-12-24 10:00").await.len(), 2);
    let next = run_at(stage.app(), "2025-11-06 10:00").await;
    assert_eq!(next.iter().map(|run| run.missed).collect::<Vec<_>>(), [0, 0]);
}

#[tokio::test]
async fn on_the_days_the_clocks_change_there_is_one_copy_each() {
    for day in ["2026-03-29", "2026-10-25"] {
        let stage = Stage::set("2026-01-05", "").await;
        let copies = TempDir::new().unwrap();
        let node = copying(&stage, copies.path(), 9).await;
        let before = at(&format!("{day} 00:00")) - TimeDelta::hours(1);
        for minutes in 0..(25 * 12) {
            let now = before + TimeDelta::minutes(5 * minutes);
            run_schedules(&node, &|| now).await.unwrap();
        }
        assert_eq!(files(copies.path()), [format!("quorate-{day}.db")]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_four_nodes_one_runs_each_slot() {
    let stage = Stage::set(START, "").await;
    let copies = TempDir::new().unwrap();
    let mut nodes = Vec::new();
    for _ in 0..4 {
        nodes.push(Arc::new(copying(&stage, copies.path(), 9).await));
    }
    let mut counted = BTreeMap::new();
    for instant in ["2025-11-03 10:00", "2025-11-04 10:00", "2025-11-07 10:00", "2026-02-02 10:00", "2026-09-01 10:00"]
    {
        let all: Vec<_> = nodes.iter().cloned().map(|node| tokio::spawn(beat(node, instant))).collect();
        for one in all {
            for run in one.await.unwrap() {
                assert_eq!(run.outcome.as_ref().err(), None, "{run:?}");
                *counted.entry((run.job, run.slot)).or_insert(0) += 1;
            }
        }
    }
    assert!(counted.values().all(|times| *times == 1), "{counted:?}");
    assert_eq!(files(copies.path()).len(), 4);
    let asked = told(&stage, "contacts_review").await;
    let distinct: std::collections::BTreeSet<_> = asked.iter().collect();
    assert_eq!(distinct.len(), asked.len());
    assert_eq!(
        service::case(stage.app(), "REVIEW-2026", at("2026-09-01 10:00")).await.unwrap().state.name,
        "reviewing"
    );
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

/// Everything a node does at an instant.
async fn beat(node: Arc<App>, instant: &'static str) -> Vec<ScheduledRun> {
    service::tick(&node, at(instant)).await.unwrap();
    run_at(&node, instant).await
}

#[tokio::test]
async fn a_run_whose_node_died_is_taken_over_once_its_lease_is_over() {
    let stage = Stage::set(START, "").await;
    let copies = TempDir::new().unwrap();
    let node = copying(&stage, copies.path(), 9).await;
    run_at(&node, "2025-11-03 10:00").await;
    run_at(&node, "2025-11-04 02:00").await;
    stage
        .tamper("UPDATE runs SET status = 'running', ended_at = NULL, next_at = started_at + 7200000000 WHERE job = 'backup' AND attempts = 1")
        .await;
    assert_eq!(run_at(&node, "2025-11-04 03:59").await, []);
    let taken = run_at(&node, "2025-11-04 04:00").await;
    assert_eq!(names(&taken), ["backup", "housekeeping"]);
    assert!(taken[0].outcome.as_ref().unwrap().contains("was there already and proved"), "{taken:?}");
}

#[tokio::test]
async fn a_copy_that_fails_is_tried_again_and_seen() {
    let stage = Stage::set(START, "").await;
    let copies = TempDir::new().unwrap();
    let folder = copies.path().join("drive");
    let node = copying(&stage, &folder, 9).await;
    run_at(&node, "2025-11-03 10:00").await;
    let failed = run_at(&node, "2025-11-04 02:00").await;
    assert!(failed[0].outcome.as_ref().unwrap_err().contains("Check the folder"), "{failed:?}");
    assert_eq!(run_at(&node, "2025-11-04 02:01").await, []);
    let view = jobs(&node, at("2025-11-04 02:01")).await.unwrap().into_iter().find(|job| job.job == "backup").unwrap();
    let last = view.last.unwrap();
    assert_eq!((last.status.as_str(), last.again_at), ("waiting", Some(at("2025-11-04 02:02"))));
    assert_eq!(view.next, Some(at("2025-11-05 02:00")));

    std::fs::create_dir(&folder).unwrap();
    assert!(run_at(&node, "2025-11-04 02:02").await[0].outcome.is_ok());
    assert_eq!(files(&folder), ["quorate-2025-11-04.db"]);
}

#[tokio::test]
async fn of_the_nightly_copies_the_last_are_kept_and_nothing_else_is_touched() {
    let stage = Stage::set(START, "").await;
    let copies = TempDir::new().unwrap();
    std::fs::File::create_new(copies.path().join("notes.txt")).unwrap();
    let node = copying(&stage, copies.path(), 2).await;
    for day in 3..8 {
        run_at(&node, &format!("2025-11-{day:02} 02:00")).await;
    }
    assert_eq!(files(copies.path()), ["notes.txt", "quorate-2025-11-06.db", "quorate-2025-11-07.db"]);
    let copy = App::open_to_read(&format!("sqlite:{}", copies.path().join("quorate-2025-11-07.db").display())).await;
    assert_eq!(service::verify_journal(&copy.unwrap()).await.unwrap().differing, Vec::<String>::new());
}

#[tokio::test]
async fn secas_is_told_once_of_each_consultation_to_be_prepared() {
    let stage = Stage::set("2026-01-05", "").await;
    let mut day = at("2026-01-05 09:00");
    while day < at("2026-12-20 09:00") {
        run_schedules(stage.app(), &|| day).await.unwrap();
        day += TimeDelta::days(1);
    }
    let told = told(&stage, "consultation_due").await;
    let expected = ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-04"];
    assert_eq!(told, expected.map(|opens| format!("consultation-cycle/{opens} sofia")));
}

#[tokio::test]
async fn secas_is_told_after_downtime_while_the_consultation_is_still_to_be_announced() {
    let stage = Stage::set("2026-03-02", "").await;
    run_at(stage.app(), "2026-03-26 10:00").await;
    run_at(stage.app(), "2026-06-20 10:00").await;
    assert_eq!(told(&stage, "consultation_due").await, ["consultation-cycle/2026-07-01 sofia"]);
}

#[tokio::test]
async fn every_year_the_contacts_of_every_party_are_asked_to_look_at_their_list() {
    let stage = Stage::set("2026-01-05", "").await;
    run_at(stage.app(), "2026-01-05 10:00").await;
    assert_eq!(names(&run_at(stage.app(), "2026-02-02 09:00").await), ["consultations", "contacts", "housekeeping"]);
    let first = told(&stage, "contacts_review").await;
    assert!(first.contains(&"contacts-review/2026 priya".to_owned()), "{first:?}");
    assert!(!first.iter().any(|line| line.contains("dana") || line.contains("sofia")), "{first:?}");
    run_at(stage.app(), "2026-02-20 09:00").await;
    assert_eq!(told(&stage, "contacts_review").await, first);
    run_at(stage.app(), "2027-03-20 09:00").await;
    assert_eq!(told(&stage, "contacts_review").await.len(), 2 * first.len());
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn every_year_a_review_of_consultations_is_opened_and_its_outcome_recorded() {
    let stage = Stage::set("2026-08-03", "").await;
    run_at(stage.app(), "2026-08-03 10:00").await;
    assert_eq!(names(&run_at(stage.app(), "2026-09-01 09:00").await), ["consultations", "review", "housekeeping"]);
    let now = at("2026-09-02 10:00");
    let review = service::case(stage.app(), "REVIEW-2026", now).await.unwrap();
    assert_eq!((review.state.name.as_str(), review.clocks[0].due), ("reviewing", day("2026-10-27")));
    let empty = act_at(stage.app(), now, "sofia", ("REVIEW-2026", "record_outcome"), serde_json::json!({})).await;
    assert!(empty.unwrap_err().to_string().contains("Outcome of the review"));
    let outcome = serde_json::json!({ "outcome": "Windows of 15 Working Days suffice." });
    let done = act_at(stage.app(), now, "sofia", ("REVIEW-2026", "record_outcome"), outcome).await.unwrap();
    assert_eq!(done.state, "reviewed");

    let call = Call::new(&person("sofia"), now);
    assert_eq!(service::open_review(stage.app(), &call, "The forms").await.unwrap().reference, "REVIEW-2026-01");
    let refused = service::open_review(stage.app(), &Call::new(&person("priya"), now), "Mine").await.unwrap_err();
    assert!(refused.to_string().contains("SECAS or DCC"), "{refused}");
}

#[tokio::test]
async fn reminders_are_sent_once_over_jumps_of_weeks_and_back() {
    let stage = Stage::set(START, "  - submit: { as: priya, call_it: g, form: sip-g }\n").await;
    for instant in [
        "2025-11-06 09:00",
        "2025-11-03 12:00",
        "2025-11-06 12:00",
        "2025-11-27 10:00",
        "2025-11-05 10:00",
        "2025-11-27 10:00",
    ] {
        stage.tick(at(instant)).await;
    }
    let told = stage.told("g").await;
    assert_eq!((told["due_soon_dcc"], told["overdue_dcc"]), (2, 4));
}
