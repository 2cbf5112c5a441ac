//! Whole stories, and each use case once.

use sea_orm::{ConnectionTrait, Database};
use serde_json::json;

use super::world::{DANA, MEI, PRIYA, SOFIA, Site, acceptance, form_with};

#[tokio::test]
async fn a_sip_goes_from_submission_to_the_backlog() {
    let site = Site::new().await;
    let submitted = site.post(PRIYA, "/sips", &form_with(&json!({ "sent_on": "2025-11-01" }))).await;
    let receipt = submitted.created();
    assert_eq!(receipt["state"], "submitted");
    assert_eq!(submitted.header("location"), "/api/v1/sips/P-2025-0001");
    assert_eq!(submitted.header("etag"), "\"1\"");

    let sip = site.get("/sips/P-2025-0001").await.ok();
    assert_eq!(sip["state"]["owner"], "dcc");
    assert_eq!(sip["clocks"][0]["due"], "2025-11-07");

    site.act(DANA, "P-2025-0001", "acknowledge", &json!({})).await.ok();
    let later = site.on("2025-11-06");
    let accepted = later.act(DANA, "p-2025-0001", "accept", &acceptance()).await.ok();
    assert_eq!((&accepted["state"], &accepted["number"]), (&json!("backlog"), &json!("SIP-0001")));

    let sip = later.get("/cases/SIP-0001").await.ok();
    assert_eq!(sip["recorded"]["cost"], "£8,000 to £15,000");
    let history = later.get("/cases/SIP-0001/history").await.ok();
    let acts: Vec<_> = history.as_array().unwrap().iter().map(|entry| entry["actor"].clone()).collect();
    assert_eq!(acts, ["priya", "dana", "dana"]);
}

#[tokio::test]
async fn a_clock_is_extended_with_a_reason() {
    let site = Site::new().await;
    let reference = site.in_validation().await;
    let path = format!("/cases/{reference}/clocks/findings/extension");
    let later = json!({ "to": "2025-12-19", "reason": "The supplier's figures come later." });
    assert_eq!(site.post(DANA, &path, &later).await.ok()["revision"], 3);
    let clocks = site.get(&format!("/cases/{reference}/clocks")).await.ok();
    assert_eq!((&clocks[0]["due"], &clocks[0]["first_due"]), (&json!("2025-12-19"), &json!("2025-12-01")));
    assert!(clocks[0]["explanation"].as_str().unwrap().contains("The supplier's figures come later."));
    let again = site.post(DANA, &path, &json!({ "to": "2025-12-18", "reason": "Sooner." })).await;
    again.problem(409, "conflict");
}

#[tokio::test]
async fn consultations_and_process_changes_are_opened_by_those_who_may() {
    let site = Site::new().await;
    let opened = site.post(SOFIA, "/consultations", &json!({ "title": "Winter consultation" })).await;
    assert_eq!(opened.created()["reference"], "C-2025-01");
    assert_eq!(opened.header("location"), "/api/v1/cases/C-2025-01");
    assert_eq!(site.get("/cases/C-2025-01").await.ok()["kind"], "Consultation");
    site.get("/sips/C-2025-01").await.problem(404, "not-found");
    site.post(MEI, "/consultations", &json!({ "title": "Ours" })).await.problem(403, "not-allowed");

    let opened = site.post(DANA, "/process-changes", &json!({ "title": "Version 1.1" })).await;
    assert_eq!(opened.created()["reference"], "G-2025-01");
    site.post(SOFIA, "/process-changes", &json!({ "title": "Version 1.1" })).await.problem(403, "not-allowed");
    site.post(DANA, "/process-changes", &json!({ "title": " " })).await.problem(422, "invalid");
}

#[tokio::test]
async fn what_is_delegated_stands_in_the_terms_of_reference() {
    let site = Site::new().await;
    assert_eq!(site.get("/delegations").await.ok(), json!([]));
    let new = json!({ "yaml": TERMS });
    let refused = site.post(DANA, "/committees", &new).await.problem(403, "not-allowed");
    assert_eq!(refused["who_could"], json!(["SECAS"]));
    assert_eq!(site.post(SOFIA, "/committees", &new).await.created()["reference"], "OPERATIONS-GROUP");
    let delegated = site.get("/delegations").await.ok();
    assert_eq!((&delegated[0]["point"], &delegated[0]["body"]), (&json!("ia_sign_off"), &json!("operations_group")));
    site.post(SOFIA, "/committees", &new).await.problem(422, "invalid");
    assert_eq!(site.get("/committees/operations_group").await.ok()["terms"]["quorum"], json!({ "number": 1 }));
    assert_eq!(site.get("/committees/operations_group?on=2025-10-31").await.ok()["terms"], json!(null));
    site.get("/committees/nobody").await.problem(404, "not-found");
}

const TERMS: &str = "
body: operations_group
title: Operations Group
version: founding
in_force_from: 2025-11-01
approved_by: founded by the SEC Panel
sub_committee_of: panel
chair: callum
quorum: { number: 1 }
members: [{ person: callum, category: Gas Network Operator, seat: Gas networks }]
delegations:
  - { point: ia_sign_off, from: 2025-11-01, decided_on: 2025-10-17, reasons: It knows the SSI., review_by: 2026-10-31 }
";

#[tokio::test]
async fn an_edition_is_imported_previewed_and_adopted() {
    let site = Site::new().await;
    let reference = site.in_validation().await;
    let holidays = with_holiday("2025-11-20");
    let new = json!({ "edition": "gov.uk 2025-11-03", "bank_holidays": holidays });
    site.post(PRIYA, "/bank-holidays/editions", &new).await.problem(403, "not-allowed");
    assert_eq!(site.post(SOFIA, "/bank-holidays/editions", &new).await.created()["edition"], "gov.uk 2025-11-03");

    let preview = "/bank-holidays/editions/gov.uk%202025-11-03/preview";
    let affected = site.get_as(SOFIA, preview).await.ok();
    assert_eq!((&affected[0]["due"], &affected[0]["would_be"]), (&json!("2025-12-01"), &json!("2025-12-02")));
    site.get(preview).await.problem(401, "unauthenticated");
    site.get_as(PRIYA, preview).await.problem(403, "not-allowed");

    let adoption = "/bank-holidays/editions/gov.uk%202025-11-03/adoption";
    let adopted = site.post(DANA, adoption, &json!({ "reason": "Proclamation" })).await.ok();
    assert_eq!(adopted, affected);
    assert_eq!(site.get(&format!("/cases/{reference}")).await.ok()["clocks"][0]["due"], "2025-12-02");
    assert_eq!(site.get("/bank-holidays/editions").await.ok()["in_use"], "gov.uk 2025-11-03");
}

#[tokio::test]
async fn an_edition_that_is_not_there_cannot_be_adopted() {
    let site = Site::new().await;
    let adoption = json!({ "reason": "Proclamation" });
    site.post(DANA, "/bank-holidays/editions/nothing/adoption", &adoption).await.problem(404, "not-found");
    site.get("/working-days/list?year=2026").await.ok();
    site.get_as(DANA, "/bank-holidays/editions/nothing/preview").await.problem(404, "not-found");
}

/// The built-in bank holidays and one more in England and Wales.
fn with_holiday(date: &str) -> serde_json::Value {
    let mut json: serde_json::Value = serde_json::from_str(include_str!("../../fixtures/bank-holidays.json")).unwrap();
    let events = json["england-and-wales"]["events"].as_array_mut().unwrap();
    events.push(json!({ "title": "Proclaimed", "date": date, "notes": "", "bunting": false }));
    events.sort_by_key(|event| event["date"].as_str().unwrap().to_owned());
    json
}

#[tokio::test]
async fn working_days_are_counted_as_on_the_command_line() {
    let site = Site::new().await;
    let added = site.get("/working-days/add?date=2019-02-14&days=10").await.ok();
    assert_eq!(added["answer"], "2019-02-28");
    assert!(added["explanation"].as_str().unwrap().contains("Counting 10 Working Days on from it gives"));
    let subtracted = site.get("/working-days/subtract?date=2025-12-01&days=20wd").await.ok();
    assert_eq!(subtracted["answer"], "2025-11-03");
    let between = site.get("/working-days/between?start=2020-02-17&end=2020-03-06").await.ok();
    assert_eq!(between["answer"], 14);
    let scotland = site.get("/working-days/list?year=2026&division=scotland").await.ok();
    assert_eq!(scotland["bank_holidays"][0]["date"], "2026-01-01");
    assert_eq!(scotland["division"], "scotland");
}

#[tokio::test]
async fn a_process_is_shown_timed_and_drawn() {
    let site = Site::new().await;
    let all = site.get("/definitions").await.ok();
    assert_eq!(all.as_array().unwrap().len(), 7);
    assert!(all.as_array().unwrap().iter().all(|definition| definition["in_force"] == true));
    let process = site.get("/definitions/ssi-change-governance").await.ok();
    assert_eq!(process["states"][0]["actions"][0]["who"], json!(["DCC"]));
    assert!(process["yaml"].as_str().unwrap().contains("process: ssi-change-governance"));
    let timeline = site.get("/definitions/ssi-change-governance/timeline?from=2025-11-03").await.ok();
    assert_eq!(timeline["dates"][0]["begins"], "2025-11-03");
    assert!(timeline["timeline"]["usual"]["legs"].as_array().unwrap().len() > 5);
    site.get("/definitions/ssi-change-governance?version=9").await.problem(404, "not-found");
    site.get("/definitions/none/timeline").await.problem(404, "not-found");

    for (file, kind, beginning) in [
        ("svg", "image/svg+xml", "<svg"),
        ("mmd", "text/vnd.mermaid; charset=utf-8", "flowchart"),
        ("bpmn", "application/xml", "<?xml"),
    ] {
        let drawing = site.get(&format!("/definitions/ssi-change-governance/diagram.{file}")).await;
        assert_eq!(drawing.header("content-type"), kind);
        assert!(drawing.text.starts_with(beginning), "{file}: {}", &drawing.text[..40]);
    }
}

#[tokio::test]
async fn the_journal_is_read_page_by_page_and_holds() {
    let site = Site::new().await;
    site.in_validation().await;
    let (mut after, mut numbers) = (0, Vec::new());
    loop {
        let page = site.get(&format!("/journal?after={after}&limit=7")).await.ok();
        numbers.extend(page["entries"].as_array().unwrap().iter().map(|entry| entry["seq"].as_i64().unwrap()));
        match page["next"].as_i64() {
            Some(next) => after = next,
            None => break,
        }
    }
    assert_eq!(numbers, (1..=i64::try_from(numbers.len()).unwrap()).collect::<Vec<_>>());
    let verified = site.get_as(MEI, "/journal/verify").await.ok();
    assert_eq!((&verified["holds"], &verified["proof"]["cases"]), (&json!(true), &json!(1)));
    assert_eq!(verified["proof"]["entries"], numbers.len());
    site.get("/journal/verify").await.problem(401, "unauthenticated");
    site.get("/journal?limit=0").await.problem(422, "invalid");
    site.get("/journal?after=-1").await.problem(422, "invalid");
}

#[tokio::test]
async fn a_journal_that_was_tampered_with_does_not_hold() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quorate.db");
    let site = Site::at_url(&format!("sqlite:{}?mode=rwc", file.display())).await;
    site.submitted().await;
    let outsider = Database::connect(format!("sqlite:{}", file.display())).await.unwrap();
    let tamper = "DROP TRIGGER journal_no_update; UPDATE journal SET actor = 'mei' WHERE seq = 3";
    outsider.execute_unprepared(tamper).await.unwrap();
    outsider.close().await.unwrap();
    let verified = site.get_as(MEI, "/journal/verify").await.ok();
    assert_eq!((&verified["holds"], &verified["proof"]), (&json!(false), &json!(null)));
    assert!(verified["broken"].as_str().unwrap().contains('3'), "{verified}");
}
