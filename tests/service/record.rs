//! The record proves itself: what follows from the journal is so, and what was changed behind its back is found.

use super::*;

/// A consultation that is open, with two SIPs.
async fn open_consultation() -> Stage {
    let steps = accepted(&[("a", "First"), ("b", "Second")])
        + &consultation("autumn", &["a", "b"])
        + &issued("autumn", "2025-11-17", "2025-12-08")
        + "  - on: 2025-11-17\n";
    let stage = Stage::set("2025-11-03", &steps).await;
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
    stage
}

#[tokio::test]
async fn every_change_of_a_row_behind_the_journals_back_is_found_and_named() {
    const ROW: &str = "its row in the register does not match its events";
    const CLOCKS: &str = "its clocks do not match its events (consultation)";
    const CASE: &str = "what is stored does not follow from its events";
    let cases = [
        ("UPDATE cases SET state = 'live' WHERE id = 'p-2025-0001'", format!("{ROW} (state)")),
        ("UPDATE cases SET owner = 'dcc' WHERE id = 'p-2025-0001'", format!("{ROW} (owner)")),
        ("UPDATE cases SET title = 'Other' WHERE id = 'p-2025-0001'", format!("{ROW} (title)")),
        ("UPDATE cases SET proposer_party = 'dcc' WHERE id = 'p-2025-0001'", format!("{ROW} (proposer)")),
        ("UPDATE cases SET sip_number = 'SIP-0009' WHERE id = 'p-2025-0001'", format!("{ROW} (number)")),
        ("UPDATE cases SET closed_at = 1 WHERE id = 'p-2025-0001'", format!("{ROW} (ended)")),
        ("UPDATE cases SET opened_at = 1 WHERE id = 'p-2025-0001'", format!("{ROW} (opened)")),
        ("UPDATE cases SET revision = 99 WHERE id = 'p-2025-0001'", format!("{ROW} (revision)")),
        ("UPDATE cases SET next_deadline_at = NULL WHERE id = 'p-2025-0001'", format!("{ROW} (next deadline)")),
        ("UPDATE cases SET body = json_set(body, '$.case.state', 'live') WHERE id = 'p-2025-0001'", CASE.to_owned()),
        (
            "UPDATE cases SET body = json_set(body, '$.case.values.develop_weeks.number', 99) WHERE id = 'p-2025-0001'",
            CASE.to_owned(),
        ),
        (
            "UPDATE cases SET body = json_set(body, '$.form.title', 'Other') WHERE id = 'p-2025-0001'",
            "its form is not the one that was submitted".to_owned(),
        ),
        ("UPDATE cases SET body = '{}' WHERE id = 'p-2025-0001'", "what is stored cannot be read".to_owned()),
        ("UPDATE clocks SET due_on = '2026-01-30' WHERE case_id = 'p-2025-0001'", CLOCKS.to_owned()),
        ("UPDATE clocks SET closes_at = closes_at + 1 WHERE case_id = 'p-2025-0001'", CLOCKS.to_owned()),
        ("UPDATE clocks SET next_at = next_at + 1 WHERE case_id = 'p-2025-0001'", CLOCKS.to_owned()),
        ("UPDATE clocks SET next_at = NULL WHERE case_id = 'p-2025-0001'", CLOCKS.to_owned()),
        ("UPDATE clocks SET status = 'paused' WHERE case_id = 'p-2025-0001'", CLOCKS.to_owned()),
        ("DELETE FROM clocks WHERE case_id = 'p-2025-0001'", CLOCKS.to_owned()),
        (
            "INSERT INTO clocks SELECT case_id, 'tea', 1, status, due_on, closes_at, next_at, body FROM clocks WHERE case_id = 'p-2025-0001'",
            "its clocks do not match its events (tea)".to_owned(),
        ),
    ];
    let stage = open_consultation().await;
    let kept = "CREATE TABLE kept AS SELECT * FROM cases; CREATE TABLE kept_clocks AS SELECT * FROM clocks";
    let restored = "DELETE FROM clocks; DELETE FROM cases; INSERT INTO cases SELECT * FROM kept; \
                    INSERT INTO clocks SELECT * FROM kept_clocks";
    let outsider = stage.outsider().await;
    outsider.execute_unprepared("PRAGMA foreign_keys = OFF").await.unwrap();
    outsider.execute_unprepared(kept).await.unwrap();
    for (sql, wanted) in cases {
        stage.tamper(sql).await;
        let found = stage.proof().await.differing;
        assert!(
            found.len() == 1 && found[0].starts_with("P-2025-0001: ") && found[0].contains(&wanted),
            "{sql}\n{found:?}"
        );
        outsider.execute_unprepared(restored).await.unwrap();
    }
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_sip_written_into_a_consultation_or_out_of_it_is_found() {
    const FOUND: &str = "C-2025-01: what it carries does not match its events";
    for sql in [
        "UPDATE members SET left_at = joined_at + 1 WHERE sip_case_id = 'p-2025-0001'",
        "UPDATE members SET position = 7 WHERE sip_case_id = 'p-2025-0001'",
        "DELETE FROM members WHERE sip_case_id = 'p-2025-0001'",
        "INSERT INTO members VALUES ('c-2025-01', 'p-2025-0001', 9, 0, 1)",
    ] {
        let stage = open_consultation().await;
        stage.tamper(sql).await;
        assert_eq!(stage.proof().await.differing, [FOUND], "{sql}");
    }
}

#[tokio::test]
async fn a_case_that_was_deleted_or_slipped_in_is_found() {
    let stage = open_consultation().await;
    stage.tamper("DELETE FROM clocks WHERE case_id = 'p-2025-0002'").await;
    stage.tamper("DELETE FROM cases WHERE id = 'p-2025-0002'").await;
    assert_eq!(stage.proof().await.differing, ["p-2025-0002: the journal has it, but the register does not"]);
    stage.tamper(
        "INSERT INTO cases SELECT 'x', process, definition_version, edition, division, 'P-2025-0009', NULL, title, state, \
         owner, proposer_party, revision, opened_at, updated_at, closed_at, next_deadline_at, body FROM cases \
         WHERE id = 'p-2025-0001'",
    )
    .await;
    assert!(stage.proof().await.differing.contains(&"P-2025-0009: the journal has no opening of it".to_owned()));
}

#[tokio::test]
async fn a_changed_journal_entry_is_named_by_its_number() {
    let stage = open_consultation().await;
    let head = service::journal_head(stage.app()).await.unwrap();
    let sql = format!("UPDATE journal SET payload = replace(payload, '2025', '2024') WHERE seq = {head}");
    stage.tamper(&sql).await;
    let error = service::verify_journal(stage.app()).await.unwrap_err().to_string();
    assert!(error.contains(&format!("entry {head}")), "{error}");
}
