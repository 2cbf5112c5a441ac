//! Requests meant to break something.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::world::{DANA, PRIYA, Site, acceptance, form, form_with, marks};

const MARKUP: &str = "<script>alert(1)</script>\"'&amp;{{7*7}}";

#[tokio::test]
async fn deep_nesting_is_refused_and_does_no_harm() {
    let site = Site::new().await;
    for depth in [127, 128, 129, 10_000, 100_000] {
        let lists = format!("{{\"benefits\": {}{}}}", "[".repeat(depth), "]".repeat(depth));
        let refused = site.post_with(PRIYA, "/sips", &[], lists).await;
        assert!(refused.status.is_client_error(), "{depth}: {}", refused.text);
        let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        if objects.len() < 256 * 1024 {
            let refused = site.post_with(DANA, "/cases/P-2025-0001/actions/accept", &[], objects).await;
            assert!(refused.status.is_client_error(), "{depth}: {}", refused.text);
        }
    }
}

#[tokio::test]
async fn thousands_of_fields_are_refused_in_few_words() {
    let site = Site::new().await;
    let reference = site.in_validation().await;
    let mut many = String::from("{");
    for number in 0..9_000 {
        let _ = write!(many, "\"field{number}\": {number},");
    }
    many.push_str("\"last\": 0}");
    let path = format!("/cases/{reference}/actions/accept");
    site.post_with(DANA, &path, &[], many.clone()).await.problem(422, "invalid");
    let refused = site.post_with(PRIYA, "/sips", &[], many).await;
    refused.problem(422, "invalid");
    assert!(refused.text.len() < 2_000, "{}", refused.text);
}

#[tokio::test]
async fn control_characters_are_refused_in_every_text() {
    let site = Site::new().await;
    let reference = site.in_validation().await;
    for text in ["a\u{0}b", "a\u{1b}[31mb", "a\u{8}b", "a\u{7f}b"] {
        for field in ["title", "description", "domain"] {
            let refused = site.post(PRIYA, "/sips", &form_with(&json!({ field: text }))).await;
            refused.problem(422, "invalid");
            assert!(refused.fields_named().contains(&field.to_owned()), "{field}: {}", refused.text);
        }
        let mut fields = acceptance();
        fields["marks"] = marks(text);
        site.act(DANA, &reference, "accept", &fields).await.problem(422, "invalid");
        site.post(DANA, "/consultations", &json!({ "title": text })).await.problem(422, "invalid");
        let path = format!("/cases/{reference}/clocks/findings/extension");
        let later = json!({ "to": "2025-12-19", "reason": text });
        site.post(DANA, &path, &later).await.problem(422, "invalid");
    }
}

#[tokio::test]
async fn markup_in_every_text_comes_back_as_data() {
    let site = Site::new().await;
    let mut hostile = form();
    hostile["proposer"]["organisation"] = json!(MARKUP);
    hostile["proposer"]["contact"]["name"] = json!(MARKUP);
    for field in ["title", "description"] {
        hostile[field] = json!(MARKUP);
    }
    for field in ["benefits", "systems", "depends_on"] {
        hostile[field] = json!([MARKUP]);
    }
    let submitted = site.post(PRIYA, "/sips", &hostile).await.created();
    let reference = submitted["reference"].as_str().unwrap();
    site.act(DANA, reference, "acknowledge", &json!({})).await.ok();
    let mut fields = acceptance();
    for field in ["impact_on_systems", "impact_on_parties"] {
        fields[field] = json!(MARKUP);
    }
    fields["marks"] = marks(MARKUP);
    site.act(DANA, reference, "accept", &fields).await.ok();

    let answer = site.get_as(PRIYA, &format!("/cases/{reference}")).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
    let case = answer.ok();
    let same = |value: &Value| assert_eq!(*value, MARKUP);
    same(&case["title"]);
    same(&case["form"]["description"]);
    same(&case["form"]["proposer"]["organisation"]);
    same(&case["form"]["proposer"]["contact"]["name"]);
    same(&case["form"]["benefits"][0]);
    same(&case["recorded"]["impact_on_systems"]);
    let list = site.get("/priorities").await.ok();
    assert!(list["sips"][0]["score"]["lines"][0].as_str().is_some_and(|line| line.ends_with(MARKUP)), "{list}");
    let journal = site.get_as(PRIYA, "/journal?limit=1000").await;
    assert_eq!(journal.header("content-type"), "application/json");
    assert!(site.get_as(PRIYA, "/journal/verify").await.ok()["holds"] == true);
}

#[tokio::test]
async fn names_in_addresses_are_only_names() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    for name in
        ["..%2f..%2fetc%2fpasswd", "%00", "'%20OR%20'1'='1", "%3Cscript%3E", "P-2025-0001%0d%0aX:%20y", "%F0%9F%92%A9"]
    {
        let refused = site.get(&format!("/cases/{name}")).await;
        refused.problem(404, "not-found");
        assert!(!refused.headers.contains_key("x"));
        site.act(DANA, &reference, name, &json!({})).await.problem(409, "conflict");
        site.get(&format!("/definitions/{name}")).await.problem(404, "not-found");
    }
    let long = "x".repeat(20_000);
    assert!(site.get(&format!("/cases/{long}")).await.status.is_client_error());
}

#[tokio::test]
async fn odd_values_are_told_apart_from_good_ones() {
    let site = Site::new().await;
    let reference = site.in_validation().await;
    for (field, value) in [
        ("develop_weeks", json!(1.5)),
        ("develop_weeks", json!(-1)),
        ("develop_weeks", json!(9_223_372_036_854_775_808_u64)),
        ("develop_weeks", json!("9".repeat(40))),
        ("develop_weeks", json!([34])),
        ("develop_weeks", json!(null)),
        ("marks", json!("high")),
        ("marks", json!({})),
        ("marks", json!([{ "mark": 1, "because": "As found." }])),
        ("marks", json!({ "duty": 3 })),
        ("marks", json!({ "duty": { "mark": -1, "because": "As found." } })),
        ("marks", json!({ "duty": { "mark": 4_294_967_296_u64, "because": "As found." } })),
        ("marks", json!({ "duty": { "mark": 1, "because": null } })),
        ("marks", json!({ "duty": { "mark": 1, "because": "As found.", "weight": 9 } })),
        ("requirements_clear", json!("maybe")),
        ("requirements_clear", json!(1)),
        ("impact_on_sips", json!([["nested"]])),
        ("impact_on_sips", json!({ "0": "x" })),
        ("impact_on_systems", json!(true)),
        ("impact_on_systems", json!("x".repeat(20_001))),
        ("impact_on_systems", json!("   ")),
        ("business_functional_domain", json!({ "$ne": "" })),
    ] {
        let mut fields = acceptance();
        fields[field] = value.clone();
        let refused = site.act(DANA, &reference, "accept", &fields).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.fields_named(), [field], "{value}");
    }
    assert_eq!(site.get(&format!("/cases/{reference}")).await.ok()["revision"], 2);
}
