//! People and their lists over HTTP.

use serde_json::json;

use super::world::{DANA, MEI, PRIYA, SOFIA, Site};

const CSV: &[(&str, &str)] = &[("content-type", "text/csv")];

async fn import(site: &Site, token: &str, query: &str, body: impl Into<axum::body::Body>) -> super::world::Answer {
    let bearer = format!("Bearer {token}");
    let headers = [CSV, &[("authorization", bearer.as_str())]].concat();
    let path = format!("/people-list{query}");
    site.send(super::world::request(axum::http::Method::POST, &path, &headers, body.into())).await
}

#[tokio::test]
async fn a_list_is_previewed_taken_over_and_given_back() {
    let site = Site::new().await;
    let list = "Party,Name,E-mail,Contact\nnorthwind,Omar Said,omar@x.example,yes\n";
    let plan = import(&site, SOFIA, "?preview=yes", list).await.ok();
    assert_eq!(plan["added"][0]["name"], "Omar Said");
    assert!(!site.get_as(SOFIA, "/people").await.text.contains("Omar"));
    assert_eq!(import(&site, SOFIA, "", list).await.ok()["added"], json!(["northwind-1"]));
    let csv = site.get_as(PRIYA, "/people-list").await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(csv.text.contains("northwind-1,Omar Said,omar@x.example,party,yes") && !csv.text.contains("Mei Chen"));
    let xlsx = site.get_as(SOFIA, "/people-list?format=xlsx").await.bytes;
    let again = import(&site, SOFIA, "?absent=remove", xlsx).await.ok();
    assert_eq!((&again["changed"], &again["removed"]), (&json!([]), &json!([])));
    site.get("/people").await.problem(401, "unauthenticated");
    site.get_as(DANA, "/people").await.problem(403, "not-allowed");
}

#[tokio::test]
async fn a_faulty_list_is_answered_row_by_row() {
    let site = Site::new().await;
    let refused = import(&site, SOFIA, "", "Party,Name,Email\nnorthwind,,a@@b\n").await;
    refused.problem(422, "invalid");
    assert_eq!(refused.fields_named(), ["line 2, Name", "line 2, E-mail"]);
    import(&site, SOFIA, "", "PK not a workbook").await.problem(422, "invalid");
    import(&site, SOFIA, "?absent=perhaps", "x").await.problem(400, "malformed");
    site.post(SOFIA, "/people-list", &json!({})).await.problem(415, "unsupported-type");
    import(&site, SOFIA, "", "x,".repeat(3 << 20)).await.problem(413, "too-large");
}

#[tokio::test]
async fn people_are_added_changed_and_removed_by_those_who_may() {
    let site = Site::new().await;
    let omar = json!({ "id": "northwind-2", "party": "northwind", "name": "Omar Said", "email": "omar@x.example",
        "offices": ["party"] });
    site.post(MEI, "/people", &omar).await.problem(403, "not-allowed");
    assert_eq!(site.post(PRIYA, "/people", &omar).await.status, 204);
    let changes = json!({ "email": "omar@y.example" });
    site.post(MEI, "/people/northwind-2", &changes).await.problem(403, "not-allowed");
    assert_eq!(site.post(PRIYA, "/people/northwind-2", &changes).await.status, 204);
    assert!(site.get_as(PRIYA, "/people").await.text.contains("omar@y.example"));
    assert_eq!(site.post(SOFIA, "/people/northwind-2/removal", &json!({})).await.status, 204);
    site.post(SOFIA, "/people/northwind-2/removal", &json!({})).await.problem(404, "not-found");
    site.post(SOFIA, "/parties/northwind/removal", &json!({})).await.problem(422, "invalid");
    site.post(PRIYA, "/parties", &json!({ "id": "new", "name": "New" })).await.problem(403, "not-allowed");
    assert_eq!(site.post(SOFIA, "/parties", &json!({ "id": "new", "name": "New" })).await.status, 204);
    assert_eq!(site.post(SOFIA, "/parties/new/removal", &json!({})).await.status, 204);
}

#[tokio::test]
async fn a_party_says_that_its_list_is_right() {
    let site = Site::new().await;
    let of = json!({ "party": "northwind" });
    site.post(MEI, "/contact-reviews", &of).await.problem(403, "not-allowed");
    assert_eq!(site.post(PRIYA, "/contact-reviews", &of).await.status, 204);
    let own = site.get_as(PRIYA, "/contact-reviews").await.ok();
    assert_eq!((&own[0]["due"], &own[0]["reviewed_on"]), (&json!(false), &json!("2025-11-03")));
}
