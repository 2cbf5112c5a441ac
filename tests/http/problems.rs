//! Every kind of problem, with its status and what it tells.

use axum::body::Body;
use axum::http::Method;
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use serde_json::json;

use super::world::{DANA, MEI, PRIYA, Site, acceptance, form, form_with, request};

#[tokio::test]
async fn what_cannot_be_read_is_malformed() {
    let site = Site::new().await;
    for body in ["", "{", "not json", "{\"title\": }", "{} {}", "\u{feff}{}", "{\"title\": 1e999}"] {
        let refused = site.post_with(PRIYA, "/sips", &[], body.to_owned()).await;
        refused.problem(400, "malformed");
    }
    let not_utf8 = site.post_with(PRIYA, "/sips", &[], b"{\"title\": \"\xff\"}".to_vec()).await;
    not_utf8.problem(400, "malformed");
    for path in [
        "/cases?colour=red",
        "/sips?process=improvement-consultation",
        "/cases?limit=many",
        "/cases?limit=-1",
        "/cases?state=a&state=b",
        "/cases?due_by=tomorrow",
        "/cases?due_by=2025-02-30",
        "/cases/P-2025-0001?verbose=yes",
        "/working-days/add?date=2025-11-03",
        "/working-days/add?date=2025-11-03&days=-1",
        "/working-days/add?date=2025-11-03&days=70000",
        "/working-days/add?date=03/11/2025&days=1",
        "/working-days/add?date=2025-11-03&days=1&division=wales",
        "/journal?after=x",
        "/cases/%ff",
    ] {
        site.get(path).await.problem(400, "malformed");
    }
    let said = site.get("/cases?due_by=2025-02-30").await.json();
    assert!(said["detail"].as_str().unwrap().contains("that month has the days 01 to 28"), "{said}");
}

#[tokio::test]
async fn whoever_is_not_known_is_told_to_sign_in() {
    let site = Site::new().await;
    let plain = [("content-type", "application/json")];
    let body = || Body::from(form().to_string());
    let anonymous = site.send(request(Method::POST, "/sips", &plain, body())).await;
    anonymous.problem(401, "unauthenticated");
    assert_eq!(anonymous.header("www-authenticate"), "Bearer realm=\"quorate\"");
    for given in ["Bearer nobody", "Bearer ", "Bearer", "Basic ZGFuYTpkYW5h", "demo-dcc-dana", "Bearer \u{e9}"] {
        site.get_with("/cases", &[("authorization", given)]).await.problem(401, "unauthenticated");
    }
    let long = format!("Bearer {}", "x".repeat(600));
    site.get_with("/cases", &[("authorization", &long)]).await.problem(401, "unauthenticated");
    let two = [("authorization", "Bearer demo-dcc-dana"), ("authorization", "Bearer demo-dcc-euan")];
    site.get_with("/cases", &two).await.problem(401, "unauthenticated");
    assert_eq!(site.get("/cases").await.ok(), json!({ "cases": [], "next": null }));
}

#[tokio::test]
async fn whoever_may_not_is_told_who_could() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    let refused = site.act(PRIYA, &reference, "acknowledge", &json!({})).await.problem(403, "not-allowed");
    assert_eq!((&refused["rule"], &refused["who_could"]), (&json!("R12"), &json!(["DCC"])));
    site.get_as(PRIYA, &format!("/cases/{reference}/notices")).await.problem(403, "not-allowed");
    let rival = site.act(MEI, &reference, "withdraw", &json!({ "reason": "Not ours." })).await;
    rival.problem(403, "not-allowed");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let site = Site::new().await;
    for path in [
        "/nothing",
        "/cases/P-2025-0099",
        "/sips/P-2025-0099",
        "/cases/P-2025-0099/history",
        "/cases/P-2025-0099/clocks",
        "/definitions/none",
        "/definitions/none/diagram.svg",
        "/problems/none",
        "/cases/",
        "/",
    ] {
        site.get(path).await.problem(404, "not-found");
    }
    site.get_as(DANA, "/cases/P-2025-0099/notices").await.problem(404, "not-found");
    site.act(DANA, "P-2025-0099", "acknowledge", &json!({})).await.problem(404, "not-found");
    site.post(DANA, "/nothing", &json!({})).await.problem(404, "not-found");
    let outside = axum::http::Request::get("/elsewhere").body(Body::empty()).unwrap();
    site.send(outside).await.problem(404, "not-found");
}

#[tokio::test]
async fn what_cannot_be_done_at_an_address_says_what_can() {
    let site = Site::new().await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let refused = site.send(request(method, "/sips", &[], Body::empty())).await;
        refused.problem(405, "method-not-allowed");
        let allowed: Vec<_> = refused.header("allow").split(',').map(str::trim).collect();
        assert!(allowed.contains(&"GET") && allowed.contains(&"POST"), "{allowed:?}");
    }
}

#[tokio::test]
async fn what_the_process_does_not_allow_now_is_a_conflict() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    let not_here = site.act(DANA, &reference, "accept", &json!({})).await.problem(409, "conflict");
    assert!(not_here["detail"].as_str().unwrap().contains("acknowledge"), "{not_here}");
    site.act(DANA, &reference, "no_such_action", &json!({})).await.problem(409, "conflict");

    site.act(DANA, &reference, "acknowledge", &json!({})).await.ok();
    let unclear = json!({ "requirements_clear": "no", "within_ssi_capability": "yes" });
    let mut fields = acceptance();
    fields.as_object_mut().unwrap().extend(unclear.as_object().unwrap().clone());
    let not_met = site.act(DANA, &reference, "accept", &fields).await.problem(409, "conflict");
    assert_eq!(not_met["rule"], "R18");
    assert_eq!(not_met["missing"].as_array().unwrap().len(), 1, "{not_met}");

    let extension = format!("/cases/{reference}/clocks/acknowledgement/extension");
    site.post(DANA, &extension, &json!({ "to": "2026-01-05", "reason": "Later." })).await.problem(409, "conflict");
    site.act(PRIYA, &reference, "withdraw", &json!({ "reason": "Already possible." })).await.ok();
    site.act(DANA, &reference, "reject", &json!({ "reason": "Too late." })).await.problem(409, "conflict");
}

#[tokio::test]
async fn what_is_too_large_or_not_json_is_refused() {
    let site = Site::new().await;
    let large = format!("{{\"title\": \"{}\"}}", "x".repeat(256 * 1024));
    site.post_with(PRIYA, "/sips", &[], large).await.problem(413, "too-large");
    let bearer = format!("Bearer {PRIYA}");
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
        let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
        let sent = request(Method::POST, "/sips", &headers, Body::from(form().to_string()));
        site.send(sent).await.problem(415, "unsupported-type");
    }
    let charset = [("authorization", bearer.as_str()), ("content-type", "application/json; charset=utf-8")];
    site.send(request(Method::POST, "/sips", &charset, Body::from(form().to_string()))).await.created();
}

#[tokio::test]
async fn what_is_incomplete_names_every_field() {
    let site = Site::new().await;
    let faulty = json!({ "title": "", "domain": "fourteen", "change_type": "improve", "urgent": "yes" });
    let refused = site.post(PRIYA, "/sips", &form_with(&faulty)).await;
    refused.problem(422, "invalid");
    assert_eq!(refused.fields_named(), ["title", "change_type", "domain", "urgency_reason"]);

    let reference = site.in_validation().await;
    let refused = site.act(DANA, &reference, "accept", &json!({ "requirements_clear": true })).await;
    assert_eq!(refused.problem(422, "invalid")["rule"], "R18");
    assert_eq!(refused.fields_named().len(), 9);
    let unreadable = json!({ "develop_weeks": "a few", "cost": "cheap", "surprise": 1 });
    let refused = site.act(DANA, &reference, "accept", &unreadable).await;
    refused.problem(422, "invalid");
    let named = refused.fields_named();
    for field in ["cost", "develop_weeks", "surprise", "requirements_clear"] {
        assert!(named.iter().any(|name| name == field), "{field} is missing or unreadable, so it is in {named:?}");
    }
    site.get("/cases?limit=201").await.problem(422, "invalid");
    site.get("/cases?cursor=nonsense").await.problem(422, "invalid");
}

#[tokio::test]
async fn an_unknown_or_repeated_field_is_named_with_its_place() {
    let site = Site::new().await;
    let mut nested = form();
    nested["proposer"]["contact"]["telephone"] = json!("020");
    let refused = site.post(PRIYA, "/sips", &nested).await;
    refused.problem(422, "invalid");
    assert_eq!(refused.fields_named(), ["proposer.contact.telephone"]);
    let refused = site.post(PRIYA, "/sips", &form_with(&json!({ "state": "deployed" }))).await;
    refused.problem(422, "invalid");
    for (path, body) in [
        ("/consultations", json!({ "title": "A", "reference": "C-1" })),
        ("/consultations", json!({ "title": 7 })),
        ("/consultations", json!({})),
        ("/consultations", json!("A")),
        ("/sips", json!([form()])),
        ("/bank-holidays/editions", json!({ "edition": "a", "bank_holidays": {}, "force": true })),
        ("/bank-holidays/editions", json!({ "edition": "a", "bank_holidays": {} })),
    ] {
        site.post(DANA, path, &body).await.problem(422, "invalid");
    }
    let twice = "{\"reason\": \"One\", \"reason\": \"Two\"}".to_owned();
    let refused = site.post_with(PRIYA, "/cases/P-2025-0001/actions/withdraw", &[], twice).await;
    assert!(refused.problem(422, "invalid")["detail"].as_str().unwrap().contains("duplicate field `reason`"));
}

#[tokio::test]
async fn a_failure_of_the_database_shows_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quorate.db");
    let site = Site::at_url(&format!("sqlite:{}?mode=rwc", file.display())).await;
    let mut alone = ConnectOptions::new(format!("sqlite:{}", file.display()));
    alone.max_connections(1);
    let outsider = Database::connect(alone).await.unwrap();
    outsider.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let busy = site.post(PRIYA, "/sips", &form()).await;
    let told = busy.problem(503, "unavailable");
    assert_eq!(busy.header("retry-after"), "5");
    assert!(!told.to_string().contains("database"), "{told}");

    outsider.execute_unprepared("ALTER TABLE cases RENAME TO elsewhere; COMMIT").await.unwrap();
    outsider.close().await.unwrap();
    let told = site.get("/cases").await.problem(500, "internal");
    assert!(!told.to_string().contains("cases") && !told.to_string().contains("database"), "{told}");
}

#[tokio::test]
async fn every_kind_of_problem_is_explained_at_its_address() {
    let site = Site::new().await;
    let kinds = site.get("/problems").await.ok();
    assert_eq!(kinds.as_array().unwrap().len(), 13);
    for kind in kinds.as_array().unwrap() {
        let path = kind["type"].as_str().unwrap().strip_prefix("/api/v1").unwrap();
        assert_eq!(site.get(path).await.ok(), *kind);
    }
}

#[tokio::test]
async fn a_request_keeps_its_id_where_it_is_fit_for_a_log() {
    let site = Site::new().await;
    let kept = site.get_with("/cases", &[("x-request-id", "abc-123")]).await;
    assert_eq!(kept.header("x-request-id"), "abc-123");
    for given in ["", "two words", "<b>", &"x".repeat(65)] {
        let replaced = site.get_with("/cases", &[("x-request-id", given)]).await;
        assert_eq!(replaced.header("x-request-id").len(), 36);
    }
}
