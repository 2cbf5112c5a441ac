//! Who reads what.

use quorate::actor::Actor;
use quorate::service::{self, Call, NewPerson};
use serde_json::{Value, json};

use super::world::{DANA, MEI, MONDAY, PRIYA, SOFIA, Site, TOM, acceptance, at, form_with};

/// Somebody of a Party who sits on no deciding body.
const NIA: &str = "demo-littleriver-nia";

async fn add_nia(site: &Site) {
    let nia = NewPerson {
        id: "nia".to_owned(),
        party: "little-river".to_owned(),
        name: "Nia Rees".to_owned(),
        email: "nia.rees@littleriver.example".to_owned(),
        offices: vec!["party".to_owned()],
        token: Some(NIA.to_owned()),
    };
    service::add_person(&site.app, &Call::new(&Actor::system(), at(MONDAY)), nia).await.unwrap();
}

const EMAIL: &str = "priya.nair@northwind.example";

#[tokio::test]
async fn the_contact_of_a_proposer_is_for_those_concerned_only() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    let paths =
        [format!("/cases/{reference}"), format!("/cases/{reference}/history"), "/journal?limit=1000".to_owned()];
    for path in &paths {
        for (token, sees) in [(PRIYA, true), (DANA, true), (SOFIA, true), (TOM, false), (MEI, false)] {
            assert_eq!(site.get_as(token, path).await.text.contains(EMAIL), sees, "{token} {path}");
        }
        let public = site.get(path).await;
        assert!(!public.text.contains(EMAIL), "{path}");
        assert!(public.text.contains("withheld: personal data"), "{path}");
    }
}

#[tokio::test]
async fn what_is_kept_from_publication_is_marked_and_nowhere_to_be_found() {
    let site = Site::with_bodies().await;
    add_nia(&site).await;
    let part = json!({
        "description": "SECRET words",
        "confidentiality": { "extent": "part", "parts": ["description", "anticipated_cost"], "reason": "Prices." }
    });
    site.post(PRIYA, "/sips", &form_with(&part)).await.created();
    let whole = json!({
        "description": "SECRET words", "benefits": ["SECRET benefit"], "depends_on": ["SECRET matter"],
        "confidentiality": { "extent": "whole", "reason": "Prices." }
    });
    site.post(PRIYA, "/sips", &form_with(&whole)).await.created();
    for path in [
        "/cases/P-2025-0001",
        "/sips/P-2025-0002",
        "/cases/P-2025-0001/history",
        "/cases/P-2025-0002/history",
        "/journal",
    ] {
        for public in [site.get(path).await, site.get_as(NIA, path).await] {
            assert!(!public.text.contains("SECRET"), "{path}: {}", public.text);
        }
        for token in [DANA, PRIYA, TOM] {
            assert!(site.get_as(token, path).await.text.contains("SECRET"), "{token} {path}");
        }
    }
    let form = site.get("/cases/P-2025-0001").await.ok()["form"].clone();
    assert_eq!(form["description"], "withheld: confidential");
    assert_eq!(form["anticipated_cost"], "withheld: confidential");
    assert_eq!(form["benefits"], json!(["Fewer visits in vain"]));
    let form = site.get("/cases/P-2025-0002").await.ok()["form"].clone();
    assert_eq!(
        (&form["domain"], &form["title"]),
        (&json!("withheld: confidential"), &json!("Show the coverage history of a postcode"))
    );
}

#[tokio::test]
async fn notices_are_for_dcc_and_secas() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    let path = format!("/cases/{reference}/notices");
    for token in [DANA, SOFIA] {
        let notices = site.get_as(token, &path).await.ok();
        assert_eq!(notices[0]["template"], "sip_received");
        assert_eq!(notices[0]["status"], "queued");
    }
    for token in [PRIYA, MEI, TOM] {
        site.get_as(token, &path).await.problem(403, "not-allowed");
    }
    site.get(&path).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_response_is_for_the_deciding_bodies_and_its_author() {
    let site = Site::with_bodies().await;
    add_nia(&site).await;
    let reference = open_consultation(&site).await;
    let later = site.on("2025-11-10");
    let response = json!({
        "answers": { "Q1": { "answer": "SECRET position", "rationale": "SECRET rationale" } },
        "confidential": { "whole": "Prices." }
    });
    later.post(NIA, &format!("/consultations/{reference}/response"), &response).await.created();
    assert!(!later.get_as(DANA, &format!("/cases/{reference}")).await.text.contains("SECRET"));
    let path = "/journal?limit=1000";
    let public = later.get(path).await;
    assert!(!public.text.contains("SECRET"), "{}", public.text);
    assert!(public.text.contains("withheld: for the deciding body"));
    for token in [SOFIA, TOM, NIA] {
        assert!(later.get_as(token, path).await.text.contains("SECRET rationale"), "{token}");
    }
}

/// A consultation on one SIP that has opened.
async fn open_consultation(site: &Site) -> String {
    let sip = site.in_validation().await;
    site.act(DANA, &sip, "accept", &acceptance()).await.ok();
    let opened = site.post(SOFIA, "/consultations", &json!({ "title": "Winter" })).await.created();
    let reference = opened["reference"].as_str().unwrap().to_owned();
    for (action, fields) in steps() {
        let answer = site.act(SOFIA, &reference, action, &fields).await;
        answer.ok();
    }
    service::tick(&site.app, at("2025-11-05")).await.unwrap();
    assert_eq!(site.get(&format!("/cases/{reference}")).await.ok()["state"]["name"], "open");
    reference
}

fn steps() -> Vec<(&'static str, Value)> {
    vec![
        ("add_sips", json!({ "sips": ["SIP-0001"] })),
        (
            "issue",
            json!({
                "opens_on": "2025-11-05", "closes_on": "2025-12-01",
                "implementation_window": { "from": "2026-04-01", "to": "2026-06-30" },
                "cost_recovery": "Fixed charges.", "what_may_change": "Dates."
            }),
        ),
    ]
}
