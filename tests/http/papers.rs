//! Committee papers and decision records over HTTP, of a SIP that was played up to the revised-scope decision.

use std::io::{Cursor, Read};
use std::sync::Arc;

use quorate::rehearsal::{Rehearsal, Scenario, Step, find_shipped};

use super::world::{PRIYA, SOFIA, Site, TOM};

/// The day after the Impact Assessment found the growth in cost.
const TODAY: &str = "2025-11-18";
const PAPER: &str = "/cases/SIP-0001/committee-paper";
const RECORD: &str = "/ballots/B-2025-001/record";
/// What the proposer keeps from publication, and what a Party does.
const SECRETS: [&str; 2] = ["the third key", "4p a hub"];

/// The shipped scenario of growing cost, with something confidential in the form and in a response, until the body is to
/// decide for the second time.
fn scenario() -> Scenario {
    let text = find_shipped("sip-f").unwrap().text;
    let form = "form: sip-f, fields: { description: Return many hubs with the third key., confidentiality: { extent: part, \
        parts: [description], reason: It tells of a key. } } }";
    let published = "take: add_sips, with: { sips: [$f] } }
  - contents: { as: dana, case: autumn, sip: $f, say: { description: Return many hubs at once. } }
";
    let response = "  - respond:
      as: mei
      case: autumn
      answers: { $f: { answer: \"No\", rationale: It costs us 4p a hub. } }
      confidential: { parts: { $f: It names terms of a contract. } }
  - on: 2025-10-16
";
    let text = text.replacen("form: sip-f }", form, 1);
    let text = text.replacen("take: add_sips, with: { sips: [$f] } }\n", published, 1);
    let mut scenario = Scenario::load("sip-f", &text.replacen("  - on: 2025-10-16\n", response, 1)).unwrap();
    let mut decided = scenario.steps.iter().enumerate().filter(|(_, step)| matches!(step, Step::Determine(_)));
    let second = decided.nth(1).unwrap().0;
    scenario.steps.truncate(second);
    scenario
}

async fn site() -> Site {
    let scenario = scenario();
    let mut rehearsal = Rehearsal::begin("sqlite::memory:", &scenario).await.unwrap();
    rehearsal.go_through(&scenario, |_| {}).await.unwrap();
    assert_eq!(rehearsal.played().differences, Vec::<String>::new());
    Site::of(Arc::new(rehearsal.app), TODAY)
}

/// The text of a document, its lines run together, as `token` gets it.
async fn text(site: &Site, token: &str, path: &str) -> String {
    let path = format!("{path}?format=text");
    let answer = if token.is_empty() { site.get(&path).await } else { site.get_as(token, &path).await };
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn has_all(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing from:\n{text}");
    }
}

#[tokio::test]
async fn papers_put_everything_a_body_needs_before_it() {
    let site = site().await;
    let paper = text(&site, PRIYA, PAPER).await;
    has_all(&paper, &["OG_SIP-0001_revised_scope", "For Decision", "Green", "Operations Group", "the third key"]);
    has_all(
        &paper,
        &["Consultation responses", "C-2025-01", "Of 7 Parties asked, 2 responded", "Yes", "No", "SHA-256"],
    );
    has_all(&paper, &["£70,000 to £95,000 (Medium)", "£145,000 (Large), from the Impact Assessment"]);
    has_all(&paper, &["The cost is in a higher band", "The scope has changed", "DCC Systems"]);
    has_all(&paper, &["DISCUSS SIP-0001", "AGREE how the material changes", "APPROVE", "escalate to the Panel"]);
    has_all(
        &paper,
        &["Appendix A: Progression timetable", "SIP received", "17 November 2025", "Due: Decide", "1 December 2025"],
    );
    has_all(
        &paper,
        &["Development sign-off", "Deployment sign-off", "To be confirmed", "Impact Assessment, version 1"],
    );
    assert!(!paper.contains('@'), "addresses of people are in no paper");
}

#[tokio::test]
async fn papers_for_the_public_hold_nothing_confidential() {
    let site = site().await;
    // Tom sits on the Panel and is no member of the body that voted.
    for (token, path) in [("", PAPER), ("", RECORD), (TOM, RECORD)] {
        let public = text(&site, token, path).await;
        for secret in SECRETS {
            assert!(!public.contains(secret), "{path}: {secret}");
        }
        assert!(!public.contains("Choice"), "{path}: who voted how is for members and SECAS");
    }
    let paper = text(&site, "", PAPER).await;
    has_all(&paper, &["withheld: confidential", "Withheld", "White", "SHA-256"]);
}

#[tokio::test]
async fn papers_of_a_decision_say_what_was_decided_by_whom_and_why() {
    let site = site().await;
    let record = text(&site, SOFIA, RECORD).await;
    has_all(&record, &["Decision record: SIP-0001", "Impact Assessment sign-off", "Approve progression"]);
    has_all(&record, &["Priya Nair", "Callum Reid", "Gas networks", "Choice", "Votes cast", "Quorum: 3 of the 4"]);
    has_all(&record, &["Parties want it.", "C-2025-01 (responses)", "SIP-0001 moved on: DCC is carrying out"]);
    let public = text(&site, "", RECORD).await;
    has_all(&public, &["Votes cast", "Parties want it.", "White"]);
}

#[tokio::test]
async fn papers_are_handed_out_as_pages_and_files() {
    let site = site().await;
    for (path, name, words) in [
        (PAPER, "SIP-0001-committee-paper.docx", "Recommendations"),
        (RECORD, "B-2025-001-decision-record.docx", "How the result follows"),
    ] {
        let page = site.get_as(SOFIA, path).await;
        assert!(page.header("content-type").starts_with("text/html") && page.text.contains(words), "{}", page.text);
        let file = site.get_as(SOFIA, &format!("{path}?format=docx")).await;
        let disposition = format!("attachment; filename=\"{name}\"");
        assert_eq!(file.header("content-disposition"), disposition);
        let mut package = zip::ZipArchive::new(Cursor::new(file.bytes)).unwrap();
        let mut text = String::new();
        package.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
        assert!(text.contains(words), "{path}");
        let file = site.get_as(SOFIA, &format!("{path}?format=pdf")).await;
        assert_eq!(file.header("content-type"), "application/pdf");
        assert_eq!(file.header("content-disposition"), disposition.replace(".docx", ".pdf"));
        assert!(file.bytes.starts_with(b"%PDF-1.7"), "{path}");
    }
}

#[tokio::test]
async fn papers_are_there_only_where_something_is_to_be_or_was_decided() {
    let site = site().await;
    site.get("/cases/SIP-0002/committee-paper").await.problem(404, "not-found");
    site.get("/cases/SIP-9999/committee-paper").await.problem(404, "not-found");
    site.get("/ballots/B-2025-009/record").await.problem(404, "not-found");
    let ballot = serde_json::json!({ "case": "SIP-0001", "closes_on": "2025-11-28",
        "proposed": { "escalate": { "options_sought": "Approve or reject." } } });
    let open = site.post(SOFIA, "/ballots", &ballot).await.created()["reference"].as_str().unwrap().to_owned();
    site.get(&format!("/ballots/{open}/record")).await.problem(422, "invalid");
    site.get(&format!("{PAPER}?format=odt")).await.problem(400, "malformed");
}
