//! Whatever fails half-way leaves everything as it was.

use serde_json::json;

use super::*;

/// A consultation announced for 17 November with a SIP that cannot be consulted on: somebody wrote it in by hand.
async fn with_a_stranger() -> Stage {
    let steps = accepted(&[("a", "First")])
        + &consultation("autumn", &["a"])
        + &issued("autumn", "2025-11-17", "2025-12-08")
        + "  - submit: { as: tom, call_it: stranger, form: sip-g, fields: { title: Stranger } }\n\
           \x20 - act: { as: dana, case: stranger, take: acknowledge }\n";
    let stage = Stage::set("2025-11-03", &steps).await;
    stage.tamper("INSERT INTO members SELECT 'c-2025-01', id, 9, 0, NULL FROM cases WHERE title = 'Stranger'").await;
    stage
}

#[tokio::test]
async fn a_sip_that_refuses_while_its_consultation_opens_stops_all_of_it() {
    let stage = with_a_stranger().await;
    let before = stage.everything().await;
    let report = stage.tick(at("2025-11-17 09:00")).await;
    assert_eq!(report.failed.len(), 1);
    let (case, why) = &report.failed[0];
    assert!(case == "c-2025-01" && why.contains("DCC is validating"), "{case}: {why}");
    let mut after = stage.everything().await;
    // Nothing else fell due for the others but the reminder of the findings, which is later.
    assert_eq!(after.remove("cases"), before.get("cases").cloned());
    for (table, rows) in after {
        assert_eq!(Some(&rows), before.get(table), "{table}");
    }
    assert_eq!(stage.case("autumn").await.state.name, "announced");
}

#[tokio::test]
async fn a_sip_that_refuses_while_the_close_moves_stops_all_of_it() {
    let steps = accepted(&[("a", "First"), ("b", "Second")])
        + &consultation("autumn", &["a", "b"])
        + &issued("autumn", "2025-11-17", "2025-12-08")
        + "  - on: 2025-11-20\n\
           \x20 - submit: { as: tom, call_it: stranger, form: sip-g, fields: { title: Stranger } }\n";
    let stage = Stage::set("2025-11-03", &steps).await;
    stage.tamper("INSERT INTO members SELECT 'c-2025-01', id, 9, 0, NULL FROM cases WHERE title = 'Stranger'").await;
    let before = stage.everything().await;
    let later = json!({ "closes_on": "2025-12-15", "reason": "Half of the Parties are at a conference." });
    let refused = stage.act("sofia", "autumn", "extend_close", later).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Refused(_)), "{refused}");
    assert_eq!(stage.everything().await, before);
    assert_eq!(stage.standing("a").await.1, [("consultation".to_owned(), "2025-12-08".to_owned())]);
}

#[tokio::test]
async fn a_batch_that_could_not_open_can_be_mended_and_opens_then() {
    let mut stage = with_a_stranger().await;
    stage.tick(at("2025-11-17 09:00")).await;
    stage.tamper("DELETE FROM members WHERE joined_at = 0").await;
    stage.rehearsal.now = at("2025-11-17 10:00");
    stage.tick(stage.now()).await;
    assert_eq!(stage.case("autumn").await.state.name, "open");
    assert_eq!(stage.case("a").await.state.name, "consultation");
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_refused_act_leaves_no_trace() {
    let stage = Stage::set("2025-11-03", "  - submit: { as: priya, call_it: g, form: sip-g }\n").await;
    let before = stage.everything().await;
    for (who, action, values) in [
        ("priya", "acknowledge", json!({})),
        ("dana", "accept", json!({})),
        ("dana", "acknowledge_and_ask", json!({})),
        ("dana", "fly", json!({})),
    ] {
        stage.act(who, "g", action, values).await.unwrap_err();
        assert_eq!(stage.everything().await, before, "{action}");
    }
}

#[tokio::test]
async fn a_number_is_not_used_up_by_an_acceptance_that_is_refused() {
    let steps = "
  - submit: { as: priya, call_it: g, form: sip-g }
  - act: { as: dana, case: g, take: acknowledge }
";
    let mut stage = Stage::set("2025-11-03", steps).await;
    for _ in 0..3 {
        stage.act("dana", "g", "accept", json!({ "develop_weeks": 1 })).await.unwrap_err();
    }
    stage
        .then(&format!(
            "  - act: {{ as: dana, case: g, take: accept, with: {{ {VALIDATED}, impact_on_sips: [none] }} }}\n"
        ))
        .await;
    assert_eq!(stage.case("g").await.number.as_deref(), Some("SIP-0001"));
}
