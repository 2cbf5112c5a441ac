//! Idempotency keys: the same request is done once and answered alike.

use serde_json::{Value, json};

use super::world::{Answer, DANA, PRIYA, SOFIA, Site, TOM, form};

async fn keyed(site: &Site, token: &str, path: &str, key: &str, body: &Value) -> Answer {
    site.post_with(token, path, &[("idempotency-key", key)], body.to_string()).await
}

async fn count(site: &Site) -> usize {
    site.get("/cases").await.ok()["cases"].as_array().unwrap().len()
}

#[tokio::test]
async fn the_same_key_with_the_same_request_is_answered_alike() {
    let site = Site::new().await;
    let first = keyed(&site, PRIYA, "/sips", "k-1", &form()).await;
    let again = keyed(&site.on("2025-11-20"), PRIYA, "/sips", "k-1", &form()).await;
    assert_eq!(first.created(), again.created());
    for name in ["location", "etag"] {
        assert_eq!(first.header(name), again.header(name));
    }
    assert_eq!(count(&site).await, 1);
}

#[tokio::test]
async fn the_same_key_with_another_request_is_refused() {
    let site = Site::new().await;
    keyed(&site, DANA, "/consultations", "k-1", &json!({ "title": "A" })).await.created();
    keyed(&site, DANA, "/consultations", "k-1", &json!({ "title": "B" })).await.problem(422, "key-reused");
    keyed(&site, DANA, "/process-changes", "k-1", &json!({ "title": "A" })).await.problem(422, "key-reused");
    keyed(&site, SOFIA, "/consultations", "k-1", &json!({ "title": "A" })).await.created();
    assert_eq!(count(&site).await, 2);
}

#[tokio::test]
async fn a_refused_request_does_not_use_up_its_key() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    let path = format!("/cases/{reference}/actions/acknowledge");
    keyed(&site, DANA, &path, "k-1", &json!({ "surprise": "" })).await.problem(422, "invalid");
    let done = keyed(&site, DANA, &path, "k-1", &json!({})).await.ok();
    assert_eq!(keyed(&site, DANA, &path, "k-1", &json!({})).await.ok(), done);
}

#[tokio::test]
async fn a_replay_is_answered_although_the_case_has_moved_on() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    let path = format!("/cases/{reference}/actions/acknowledge");
    let headers = [("idempotency-key", "k-1"), ("if-match", "\"1\"")];
    let done = site.post_with(DANA, &path, &headers, "{}").await.ok();
    site.act(PRIYA, &reference, "withdraw", &json!({ "reason": "Already possible." })).await.ok();
    assert_eq!(site.post_with(DANA, &path, &headers, "{}").await.ok(), done);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_many_times_at_once_is_done_once() {
    let site = Site::new().await;
    let tasks: Vec<_> = (0..12)
        .map(|_| {
            let site = site.clone();
            tokio::spawn(async move { keyed(&site, PRIYA, "/sips", "k-1", &form()).await.created() })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    assert_eq!(count(&site).await, 1);
}

#[tokio::test]
async fn what_gives_no_receipt_is_done_once_too() {
    let site = Site::new().await;
    let holidays: Value = serde_json::from_str(include_str!("../../fixtures/bank-holidays.json")).unwrap();
    let edition = json!({ "edition": "again", "bank_holidays": holidays });
    let adoption = json!({ "reason": "Proclamation" });
    for (path, body) in [("/bank-holidays/editions", edition), ("/bank-holidays/editions/again/adoption", adoption)] {
        let first = keyed(&site, SOFIA, path, path, &body).await;
        assert!(first.status.is_success(), "{}", first.text);
        let head = site.get("/journal?limit=1000").await.ok()["entries"].as_array().unwrap().len();
        let again = keyed(&site, SOFIA, path, path, &body).await;
        assert_eq!((again.status, again.json()), (first.status, first.json()));
        assert_eq!(site.get("/journal?limit=1000").await.ok()["entries"].as_array().unwrap().len(), head);
    }
}

#[tokio::test]
async fn a_key_that_is_no_key_is_refused() {
    let site = Site::new().await;
    for key in ["", "two words", "caf\u{e9}", &"k".repeat(201)] {
        let refused = keyed(&site, TOM, "/sips", key, &form()).await;
        refused.problem(400, "malformed");
        assert_eq!(refused.fields_named(), ["Idempotency-Key"]);
    }
    keyed(&site, TOM, "/sips", &"k".repeat(200), &form()).await.created();
    let two = [("idempotency-key", "a"), ("idempotency-key", "b")];
    site.post_with(TOM, "/sips", &two, form().to_string()).await.problem(400, "malformed");
}
