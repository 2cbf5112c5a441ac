//! The jobs do what has fallen due, and nothing before.

use std::sync::Arc;

use quorate::clock::Clock;
use quorate::jobs;

use super::world::{Site, at};

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

#[tokio::test(flavor = "multi_thread")]
async fn jobs_start_and_stop() {
    let site = Site::new().await;
    let started = jobs::start(Arc::clone(&site.app), Clock::showing(at("2025-11-20")), None).await.unwrap();
    started.stop().await.unwrap();
}
