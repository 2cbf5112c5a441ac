//! The jobs do what has fallen due, and nothing before.

use std::sync::Arc;

use quorate::clock::Clock;
use quorate::jobs::{self, Mail};

use serde_json::{Value, json};

use super::world::{PRIYA, SOFIA, Site, at};

#[tokio::test]
async fn nothing_is_done_before_it_is_due_and_nothing_twice() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    assert!(jobs::run_due(&site.app, at("2025-11-03")).await.unwrap().is_none());
    let late = jobs::run_due(&site.app, at("2025-11-20")).await.unwrap().unwrap();
    assert_eq!(late.cases, [reference.as_str()]);
    assert!(late.raised > 0);
    assert!(jobs::run_due(&site.app, at("2025-11-20")).await.unwrap().is_none());
    let clocks = site.get(&format!("/cases/{reference}/clocks")).await.ok();
    assert_eq!(clocks[0]["standing"], "overdue");
}

#[tokio::test]
async fn what_comes_round_is_shown_to_those_who_run_quorate() {
    let site = Site::new().await;
    let jobs = site.get_as(SOFIA, "/jobs").await.ok();
    let names: Vec<_> = jobs.as_array().unwrap().iter().map(|job| job["job"].as_str().unwrap()).collect();
    assert_eq!(names, ["consultations", "contacts", "review", "backup", "housekeeping"]);
    assert_eq!((&jobs[0]["schedule"], &jobs[0]["last"]), (&json!("every day at 09:00"), &Value::Null));
    assert_eq!(jobs[0]["next"], "2025-11-04T09:00:00Z");
    assert!(jobs[3]["next"].is_null() && jobs[3]["why_not"].as_str().unwrap().contains("--backup-to"), "{jobs}");
    assert_eq!(site.get_as(PRIYA, "/jobs").await.status.as_u16(), 403);
    assert_eq!(site.get("/jobs").await.status.as_u16(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_start_and_stop() {
    let site = Site::new().await;
    let started = jobs::start(Arc::clone(&site.app), Clock::showing(at("2025-11-20")), Mail::default()).await.unwrap();
    started.stop().await.unwrap();
}
