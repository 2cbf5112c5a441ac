//! Lists, page by page.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::world::{DANA, MEI, PRIYA, SOFIA, Site, TOM, form, form_with};

fn references(page: &Value) -> Vec<String> {
    let cases = page["cases"].as_array().unwrap();
    cases.iter().map(|case| case["reference"].as_str().unwrap().to_owned()).collect()
}

async fn all(site: &Site, path: &str) -> Vec<String> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = site.get(&format!("{path}{cursor}")).await.ok();
        found.extend(references(&page));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

#[tokio::test]
async fn pages_have_neither_gaps_nor_doubles() {
    let site = Site::new().await;
    for _ in 0..23 {
        site.submitted().await;
    }
    let found = all(&site, "/sips?limit=4").await;
    let distinct: BTreeSet<_> = found.iter().collect();
    assert_eq!((found.len(), distinct.len()), (23, 23));
    assert_eq!(found.first().map(String::as_str), Some("P-2025-0023"));
}

#[tokio::test]
async fn what_is_opened_meanwhile_does_not_disturb_the_pages() {
    let site = Site::new().await;
    for _ in 0..6 {
        site.submitted().await;
    }
    let first = site.get("/sips?limit=3").await.ok();
    site.submitted().await;
    let next = first["next"].as_str().unwrap();
    let second = site.get(&format!("/sips?limit=3&cursor={next}")).await.ok();
    assert_eq!(
        [references(&first), references(&second)].concat(),
        ["P-2025-0006", "P-2025-0005", "P-2025-0004", "P-2025-0003", "P-2025-0002", "P-2025-0001"]
    );
}

#[tokio::test]
async fn sips_are_found_by_what_is_known_of_them() {
    let site = Site::new().await;
    site.post(PRIYA, "/sips", &form()).await.created();
    site.post(TOM, "/sips", &form_with(&json!({ "title": "100% of alerts_by e-mail" }))).await.created();
    site.post(SOFIA, "/consultations", &json!({ "title": "Winter" })).await.created();
    site.act(DANA, "P-2025-0001", "acknowledge", &json!({})).await.ok();
    for (query, expected) in [
        ("state=validation", vec!["P-2025-0001"]),
        ("owner=dcc", vec!["P-2025-0002", "P-2025-0001"]),
        ("owner=secas", vec![]),
        ("party=brightwell", vec!["P-2025-0002"]),
        ("text=coverage", vec!["P-2025-0001"]),
        ("text=0%25%20of", vec!["P-2025-0002"]),
        ("text=%25", vec!["P-2025-0002"]),
        ("text=_by", vec!["P-2025-0002"]),
        ("text=p-2025-0002", vec!["P-2025-0002"]),
        ("due_by=2025-11-10", vec!["P-2025-0002"]),
        ("due_by=2025-11-09", vec![]),
        ("text=%27%20OR%201%3D1%20--", vec![]),
    ] {
        assert_eq!(references(&site.get(&format!("/sips?{query}")).await.ok()), expected, "{query}");
    }
    assert_eq!(references(&site.get("/cases?process=improvement-consultation").await.ok()), ["C-2025-01"]);
    assert_eq!(references(&site.get_as(MEI, "/cases").await.ok()).len(), 3);
}
