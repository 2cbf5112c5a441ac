//! The baseline over HTTP.

use serde_json::json;

use super::world::{DANA, PRIYA, SOFIA, Site};

const BASELINE: &str = include_str!("../../fixtures/brd/baseline.yaml");

async fn with_baseline() -> Site {
    let site = Site::new().await;
    let taken = site.post(DANA, "/baseline", &json!({ "yaml": BASELINE })).await.created();
    assert_eq!((&taken["version"], &taken["live"]), (&json!("V1.0.9"), &json!(true)));
    site
}

#[tokio::test]
async fn the_baseline_is_taken_over_once_and_everybody_reads_it() {
    let site = with_baseline().await;
    site.post(DANA, "/baseline", &json!({ "yaml": BASELINE })).await.problem(422, "invalid");
    site.post(SOFIA, "/baseline", &json!({ "yaml": BASELINE })).await.problem(403, "not-allowed");
    assert_eq!(site.get("/baseline/versions").await.ok().as_array().unwrap().len(), 1);
    let live = site.get("/baseline/versions/live").await.ok();
    assert_eq!(live["document"]["requirements"].as_array().unwrap().len(), 83);
    let file = site.get("/baseline/versions/v1.0.9/file").await;
    assert!(file.text.starts_with("brd: 1\n"), "{}", file.text);
    site.get("/baseline/versions/V9.9.9").await.problem(404, "not-found");
    let trace = site.get("/baseline/trace?item=ssi_fr_42").await.ok();
    assert_eq!((&trace["item"], &trace["since"]), (&json!("SSI-FR-42"), &json!("V1.0.9")));
    let same = site.get("/baseline/difference?old=V1.0.9").await.ok();
    assert_eq!(same["items"], json!([]));
}

#[tokio::test]
async fn a_change_set_is_drafted_read_and_handed_out() {
    let site = with_baseline().await;
    let sip = site.submitted().await;
    let path = format!("/sips/{sip}/changes");
    site.get(&path).await.problem(404, "not-found");
    let yaml = "sip: SIP-1\nbase: V1.0.9\nchanges:\n- remove: { item: UC_Schedule_001, reason: Nobody uses it. }\n";
    let drafted = site.post(PRIYA, &path, &json!({ "yaml": yaml })).await.created();
    assert!(drafted["findings"].as_array().unwrap().len() > 2, "{drafted}");
    assert_eq!(drafted["duties"].as_array().unwrap().len(), 4);
    let faulty = site.post(PRIYA, &path, &json!({ "yaml": "changes: 1" })).await;
    faulty.problem(422, "invalid");
    let duty = json!({ "duty": "offer_of_testing", "found": "done", "says": "Offered to all." });
    site.post(PRIYA, &format!("/sips/{sip}/duties"), &duty).await.problem(403, "not-allowed");
    let answered = site.post(DANA, &format!("/sips/{sip}/duties"), &duty).await.created();
    assert_eq!(answered["duties"][2]["says"], json!("Offered to all."));
    let file = site.get(&format!("{path}/file")).await;
    assert!(file.text.contains("item: UC_Schedule_001"), "{}", file.text);
    let redline = site.get(&format!("/sips/{sip}/redline?format=html")).await;
    assert!(redline.text.contains("UC_Schedule_001"));
    let sprint = site.get(&format!("/baseline/sprint?sips={sip}")).await.ok();
    assert_eq!(sprint["ready"], json!(false));
    site.post(DANA, "/baseline/versions", &json!({ "sips": [sip] })).await.problem(422, "invalid");
    let both = json!({ "sips": [sip], "item": "SSI-FR-1", "text": "a", "takes": "SIP-0001", "why": "x" });
    site.post(DANA, "/baseline/settlements", &both).await.problem(422, "invalid");
}

#[tokio::test]
async fn the_pages_of_the_baseline_lead_where_they_say() {
    let site = with_baseline().await;
    let sip = site.submitted().await;
    let yaml = "sip: SIP-1\nbase: V1.0.9\nchanges:\n- remove: { item: UC_Schedule_001, reason: Nobody uses it. }\n";
    site.post(PRIYA, &format!("/sips/{sip}/changes"), &json!({ "yaml": yaml })).await.created();

    let live = site.page("/brd").await;
    assert!(live.text.contains("The live version") && live.text.contains("id=\"SSI-FR-42\""), "{}", live.text);
    let files: Vec<&str> =
        live.text.split("href=\"/api/v1").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(files.iter().filter(|file| file.contains("/baseline/")).count(), 5);
    for file in files.iter().filter(|file| file.contains("/baseline/")) {
        assert_eq!(site.get(&file.replace("&#x3D;", "=")).await.status.as_u16(), 200, "{file}");
    }
    let found = site.page("/brd?text=fr-42").await.text;
    assert!(found.contains("1 item says"), "{found}");
    let item = site.page("/brd/items/ssi_fr_42").await.text;
    assert!(item.contains("SSI-FR-42") && item.contains("taken over as it stood"), "{item}");
    assert_eq!(site.page("/brd/items/SSI-FR-999").await.status.as_u16(), 404);

    let case = site.page(&format!("/cases/{sip}")).await.text;
    assert!(case.contains(&format!("href=\"/cases/{sip}/redline\"")), "{case}");
    let redline = site.page(&format!("/cases/{sip}/redline")).await;
    assert!(redline.text.contains("Nobody uses it.") && redline.text.contains("<ins"), "{}", redline.text);
    assert!(!redline.text.contains("<style") && !redline.text.contains("<script>"), "the policy would stop it");
    let same = site.page("/brd/redline?from=V1.0.9").await;
    assert!(same.text.contains("The two documents say the same."), "{}", same.text);
}
