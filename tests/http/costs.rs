//! Costs, budgets and Impact Assessments over HTTP.

use serde_json::json;

use super::world::{DANA, PRIYA, SOFIA, Site};

#[tokio::test]
async fn a_budget_is_set_once_under_a_key_and_everybody_reads_it() {
    let site = Site::new().await;
    let body = json!({ "year": "2026/27", "amount": "£250,000", "reason": "As in the charging statement." });
    for _ in 0..2 {
        let set = site.post_with(SOFIA, "/budgets", &[("idempotency-key", "b-1")], body.to_string()).await.created();
        assert_eq!(set["budget"], json!({ "pence": 25_000_000, "words": "£250,000" }));
    }
    let all = site.get("/budgets").await.ok();
    assert_eq!((&all[0]["year"], &all[0]["left"]["words"]), (&json!("2026/27"), &json!("£250,000")));
    assert_eq!((&all[0]["starts"], &all[0]["ends"]), (&json!("2026-04-01"), &json!("2027-03-31")));
    site.post(PRIYA, "/budgets", &body).await.problem(403, "not-allowed");
}

#[tokio::test]
async fn an_assessment_with_an_unknown_field_is_refused_with_its_place() {
    let site = Site::new().await;
    let sip = site.in_validation().await;
    let path = format!("/sips/{sip}/assessment");
    let answer = site.post(DANA, &path, &json!({ "costs": { "totla": "1" } })).await;
    answer.problem(422, "invalid");
    assert!(answer.text.contains("totla"), "{}", answer.text);
    site.post(DANA, &path, &json!({})).await.problem(409, "conflict");
    site.get(&path).await.problem(404, "not-found");
}

#[tokio::test]
async fn the_costs_of_a_sip_that_was_never_consulted_on_are_empty() {
    let site = Site::new().await;
    let sip = site.submitted().await;
    let costs = site.get(&format!("/sips/{sip}/costs")).await.ok();
    assert_eq!(costs["found"], json!([]));
    assert_eq!(costs["anticipated"], json!(null));
    site.get("/sips/SIP-9999/costs").await.problem(404, "not-found");
}

#[tokio::test]
async fn the_hours_of_a_month_are_open_to_everybody() {
    let site = Site::new().await;
    let hours = site.get("/planned-maintenance?month=2026-03").await.ok();
    assert_eq!(hours, json!({ "month": "2026-03", "allowed": 4, "asked": 0, "left": 4, "over": 0, "sips": [] }));
    site.get("/planned-maintenance?month=March").await.problem(422, "invalid");
}
