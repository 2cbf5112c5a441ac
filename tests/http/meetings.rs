//! Meetings over HTTP.

use axum::http::StatusCode;
use quorate::rehearsal::{Delegated, World, establish};
use quorate::service::Call;
use serde_json::json;

use super::world::{MONDAY, PRIYA, SOFIA, Site, at};

/// The world with its bodies.
async fn with_bodies() -> Site {
    let site = Site::new().await;
    let sofia = World::built_in().unwrap().actors().remove("sofia").unwrap();
    let call = Call::new(&sofia, at(MONDAY));
    establish(&site.app, &call, MONDAY.parse().unwrap(), &Delegated::everything()).await.unwrap();
    site
}

fn meeting() -> serde_json::Value {
    json!({ "body": "operations_group", "on": "2025-11-12", "at": "10:00", "place": "Room 4" })
}

#[tokio::test]
async fn a_meeting_is_called_held_and_minuted_over_http() {
    let site = with_bodies().await;
    let called = site.post(SOFIA, "/meetings", &meeting()).await;
    assert_eq!(called.status, StatusCode::CREATED, "{}", called.text);
    assert_eq!(called.json()["paper_day"], "2025-11-05");
    let step = |site: Site, step: &'static str| async move {
        site.post(SOFIA, "/meetings/M-2025-001/steps", &json!({ "step": step })).await
    };
    assert_eq!(step(site.clone(), "send_papers").await.status, StatusCode::OK);
    let early = step(site.clone(), "open_session").await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.text.contains("called for Wednesday 12 November 2025"), "{}", early.text);
    let site = site.on("2025-11-12");
    assert_eq!(step(site.clone(), "open_session").await.status, StatusCode::OK);
    let entry = json!({ "arrived": { "person": "priya", "as": "member" } });
    let entered = site.post(SOFIA, "/meetings/M-2025-001/entries", &entry).await;
    assert_eq!(entered.status, StatusCode::OK, "{}", entered.text);
    assert_eq!(step(site.clone(), "close_session").await.status, StatusCode::OK);
    assert_eq!(step(site.clone(), "send_minutes").await.status, StatusCode::OK);
    let approved = site.post(SOFIA, "/meetings/M-2025-001/minutes/approval", &json!({ "on": "2025-11-12" })).await;
    assert_eq!(approved.json()["phase"], "minuted", "{}", approved.text);
    let public = site.get("/meetings?body=operations_group").await.json();
    assert_eq!((&public[0]["reference"], &public[0]["place"]), (&json!("M-2025-001"), &json!(null)));
}

#[tokio::test]
async fn what_cannot_be_is_answered_with_its_reason() {
    let site = with_bodies().await;
    let not_hers = site.post(PRIYA, "/meetings", &meeting()).await;
    assert_eq!(not_hers.status, StatusCode::FORBIDDEN);
    let mut saturday = meeting();
    saturday["on"] = json!("2025-11-15");
    let refused = site.post(SOFIA, "/meetings", &saturday).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("is not a Working Day"), "{}", refused.text);
    let mut unreadable = meeting();
    unreadable["at"] = json!("ten");
    let refused = site.post(SOFIA, "/meetings", &unreadable).await;
    assert!(refused.text.contains("`ten` is not a time of day"), "{}", refused.text);
    assert_eq!(site.get("/meetings/M-2025-001").await.status, StatusCode::NOT_FOUND);
}
