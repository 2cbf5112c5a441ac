//! The list of priorities and its criteria, open to everybody (R25).

use serde_json::json;

use super::world::{DANA, MEI, PRIYA, Site, acceptance, form_with, marks};

/// Two SIPs on the list, the later one with the higher score.
async fn ranked() -> Site {
    let site = Site::new().await;
    let first = site.in_validation().await;
    site.act(DANA, &first, "accept", &acceptance()).await.ok();
    let other = site.post(MEI, "/sips", &form_with(&json!({ "title": "Keep <b>what</b> was typed" }))).await.created();
    let other = other["reference"].as_str().unwrap();
    site.act(DANA, other, "acknowledge", &json!({})).await.ok();
    let mut fields = acceptance();
    fields["impact_on_sips"] = json!(["SIP-0001: none"]);
    fields["marks"] = marks("Asked for daily.");
    fields["marks"]["duty"] = json!({ "mark": 2, "because": "A risk is managed by telephone meanwhile." });
    site.act(DANA, other, "accept", &fields).await.ok();
    site
}

#[tokio::test]
async fn everybody_reads_the_list_with_its_reasons() {
    let site = Site::new().await;
    assert_eq!(site.get("/priorities").await.ok(), json!({ "criteria": "example-1", "sips": [] }));
    let site = ranked().await;
    let list = site.get("/priorities").await.ok();
    let first = &list["sips"][0];
    assert_eq!((&first["rank"], &first["sip"]), (&json!(1), &json!("SIP-0002")));
    assert_eq!(first["title"], "Keep <b>what</b> was typed");
    assert_eq!((&first["previous"], &first["by_hand"]), (&json!(null), &json!(null)));
    assert_eq!(
        (&first["by"], &first["reason"]),
        (&json!("DCC (dana)"), &json!("It scores 43 of 61 by criteria example-1."))
    );
    assert_eq!(
        first["score"]["lines"][0],
        "Duty and security: 2 of 4, weight 5, adds 10. A risk is managed by telephone meanwhile."
    );
    assert_eq!(
        first["above_next"],
        "SIP-0002 (rank 1) is taken before SIP-0001 (rank 2) because it scores higher. SIP-0002 scores 43 of 61 and \
         SIP-0001 scores 33 of 61. Duty and security: 2 against 0, weight 5, puts SIP-0002 ahead by 10."
    );
    let second = &list["sips"][1];
    assert_eq!((&second["previous"], &second["above_next"]), (&json!(1), &json!(null)));
    assert_eq!(second["change"], "SIP-0002 joined or was placed");
}

#[tokio::test]
async fn a_rank_given_by_hand_is_shown_with_who_gave_it_and_why() {
    let site = ranked().await;
    let rank = json!({ "rank": "1", "rank_reason": "Its fix is already built." });
    site.act(PRIYA, "SIP-0001", "rank", &rank).await.problem(403, "not-allowed");
    site.act(DANA, "SIP-0001", "rank", &rank).await.ok();
    let list = site.get("/priorities").await.ok();
    let first = &list["sips"][0];
    assert_eq!((&first["sip"], &first["previous"]), (&json!("SIP-0001"), &json!(2)));
    let by_hand = &first["by_hand"];
    assert_eq!((&by_hand["reason"], &by_hand["by"]), (&json!("Its fix is already built."), &json!("DCC (dana)")));
    assert!(by_hand["at"].as_str().unwrap().starts_with("2025-11-03T10:00:"));
    assert!(first["above_next"].as_str().unwrap().contains("DCC (dana) placed SIP-0001 on 3 November 2025"));
    let beyond = json!({ "rank": 3, "rank_reason": "Last." });
    let refused = site.act(DANA, "SIP-0001", "rank", &beyond).await;
    let refused = refused.problem(409, "conflict");
    let missing = "the list of priorities has this rank (there are ranks 1 to 2)";
    assert_eq!(refused["missing"][0]["what"], missing);
    assert_eq!(refused["rule"], "R25");
}

#[tokio::test]
async fn everybody_reads_the_criteria_and_dcc_publishes_them() {
    let site = Site::new().await;
    let criteria = site.get("/priorities/criteria").await.ok();
    assert_eq!((&criteria["version"], &criteria["in_force"]), (&json!("example-1"), &json!(true)));
    assert_eq!((&criteria["published_by"], &criteria["criteria"][0]["key"]), (&json!("system"), &json!("duty")));
    assert_eq!(criteria["criteria"][0]["levels"].as_array().unwrap().len(), 5);
    site.get("/priorities/criteria?version=2").await.problem(404, "not-found");

    let document = site.get("/openapi.json").await.ok();
    let example = &document["components"]["schemas"]["NewCriteria"]["example"];
    let refused = site.post(MEI, "/priorities/criteria", example).await.problem(403, "not-allowed");
    assert_eq!(refused["who_could"], json!(["DCC"]));
    site.post(DANA, "/priorities/criteria", &json!({ "yaml": "version: 2" })).await.problem(422, "invalid");
    let once = [("idempotency-key", "criteria-2")];
    for _ in 0..2 {
        let published = site.post_with(DANA, "/priorities/criteria", &once, example.to_string()).await.created();
        assert_eq!((&published["version"], &published["in_force"]), (&json!("example-2"), &json!(true)));
    }
    site.post(DANA, "/priorities/criteria", example).await.problem(422, "invalid");
    assert_eq!(site.get("/priorities/criteria?version=example-1").await.ok()["in_force"], false);
}
