//! Consultations over HTTP: what is asked, what is answered, and the collation in every form.

use quorate::service;
use serde_json::{Value, json};

use super::world::{DANA, MEI, PRIYA, SOFIA, Site, acceptance, at};

/// A consultation on one SIP, before it is issued.
async fn prepared(site: &Site) -> String {
    let sip = site.in_validation().await;
    site.act(DANA, &sip, "accept", &acceptance()).await.ok();
    let opened = site.post(SOFIA, "/consultations", &json!({ "title": "Winter" })).await.created();
    let reference = opened["reference"].as_str().unwrap().to_owned();
    site.act(SOFIA, &reference, "add_sips", &json!({ "sips": ["SIP-0001"] })).await.ok();
    reference
}

fn issue() -> Value {
    json!({
        "opens_on": "2025-11-05", "closes_on": "2025-12-01",
        "implementation_window": { "from": "2026-04-01", "to": "2026-06-30" },
        "cost_recovery": "Fixed charges.", "what_may_change": "Dates."
    })
}

async fn opened(site: &Site) -> String {
    let reference = prepared(site).await;
    site.act(SOFIA, &reference, "issue", &issue()).await.ok();
    service::tick(&site.app, at("2025-11-05")).await.unwrap();
    reference
}

#[tokio::test]
async fn what_stands_in_the_way_is_listed_item_by_item_until_it_is_mended() {
    let site = Site::new().await;
    let reference = prepared(&site).await;
    let path = format!("/consultations/{reference}");
    site.get(&path).await.problem(403, "not-allowed");
    let unusable = json!({ "party": "sharedserve", "person": "mei", "unusable": "Messages come back." });
    assert_eq!(site.post(SOFIA, "/contacts", &unusable).await.status, 204);
    let view = site.get_as(SOFIA, &path).await.ok();
    let items: Vec<_> = view["blocking"].as_array().unwrap().iter().map(|item| item["item"].clone()).collect();
    for item in ["contacts", "implementation", "cost_recovery", "what_may_change", "window"] {
        assert!(items.contains(&json!(item)), "{item}: {items:?}");
    }
    let refused = site.act(SOFIA, &reference, "issue", &issue()).await.problem(409, "conflict");
    assert!(
        refused["missing"][0]["what"].as_str().unwrap().contains("SharedServe (sharedserve) has no usable contact")
    );
    let waiver = json!({ "party": "sharedserve", "reason": "It closes down." });
    site.post(PRIYA, &format!("{path}/waivers"), &waiver).await.problem(403, "not-allowed");
    assert_eq!(site.post(SOFIA, &format!("{path}/waivers"), &waiver).await.status, 204);
    site.act(SOFIA, &reference, "issue", &issue()).await.ok();
    assert_eq!(site.get(&path).await.ok()["questions"][0]["number"], "Q1");
}

#[tokio::test]
async fn every_fault_of_a_response_is_named_and_a_good_one_is_received_once_under_a_key() {
    let site = Site::new().await;
    let reference = opened(&site).await;
    let (site, path) = (site.on("2025-11-10"), format!("/consultations/{reference}/response"));
    let bad = json!({ "answers": { "Q9": { "answer": "Yes" } }, "confidential": { "parts": { "Q1": " " } } });
    let refused = site.post(MEI, &path, &bad).await;
    refused.problem(422, "invalid");
    assert_eq!(refused.fields_named(), ["answers.Q9", "confidential.parts.Q1"]);
    let good = json!({ "answers": { "Q1": { "answer": "Yes", "rationale": "=1+1" } } });
    site.post(SOFIA, &path, &good).await.problem(403, "not-allowed");
    for _ in 0..2 {
        let sent = site.post_with(MEI, &path, &[("idempotency-key", "r-1")], good.to_string()).await.created();
        assert_eq!((&sent["version"], &sent["late"]), (&json!(1), &json!(false)));
    }
    assert_eq!(site.get_as(MEI, &path).await.ok()["counts"], 1);
    site.get_as(PRIYA, &path).await.problem(404, "not-found");
}

#[tokio::test]
async fn the_collation_is_given_in_every_form_and_withholds_what_is_confidential() {
    let site = Site::new().await;
    let reference = opened(&site).await;
    let path = format!("/consultations/{reference}");
    let said = json!({
        "answers": { "Q1": { "answer": "SECRET yes", "rationale": "Open <b>rationale</b>" } },
        "confidential": { "parts": { "Q1.answer": "Prices." } }
    });
    site.on("2025-11-10").post(MEI, &format!("{path}/response"), &said).await.created();
    let site = site.on("2025-12-02");
    service::tick(&site.app, at("2025-12-02")).await.unwrap();
    site.get(&format!("{path}/collation")).await.problem(422, "invalid");
    site.act(SOFIA, &reference, "refer", &json!({})).await.ok();
    site.get(&format!("{path}/collation?audience=deciding_body")).await.problem(403, "not-allowed");
    for format in ["json", "html", "text", "csv"] {
        let public = site.get(&format!("{path}/collation?format={format}")).await;
        assert_eq!(public.status, 200, "{}", public.text);
        assert!(!public.text.contains("SECRET") && public.text.contains("rationale"), "{format}: {}", public.text);
        let whole = site.get_as(SOFIA, &format!("{path}/collation?format={format}&audience=deciding_body")).await;
        assert!(whole.text.contains("SECRET yes"), "{format}");
    }
    for file in ["collation", "document"] {
        let pdf = site.get(&format!("{path}/{file}?format=pdf")).await;
        assert!(pdf.status == 200 && pdf.bytes.starts_with(b"%PDF-1.7"), "{file}: {}", pdf.text);
    }
    assert!(site.get(&format!("{path}/document")).await.text.contains("Respond by: 17:00 on Monday 1 December 2025"));
    site.get(&format!("{path}/document?format=xlsx")).await.problem(400, "malformed");
}
