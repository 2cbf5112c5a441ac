//! Consultations carry SIPs together, and let each go alone.

use serde_json::json;

use super::*;

async fn two_in_a_batch(more: &str) -> Stage {
    let steps = accepted(&[("a", "First"), ("b", "Second")]) + &consultation("autumn", &["a", "b"]) + more;
    Stage::set("2025-11-03", &steps).await
}

fn refusal(outcome: Result<Receipt, ServiceError>) -> String {
    outcome.unwrap_err().to_string()
}

fn window(opens: &str, closes: &str) -> Value {
    json!({
        "opens_on": opens, "closes_on": closes, "cost_recovery": "Fixed costs.", "what_may_change": "Dates.",
        "implementation_window": { "from": "2026-05-04", "to": "2026-05-29" },
    })
}

#[tokio::test]
async fn a_sip_in_one_consultation_cannot_be_put_into_another() {
    let stage = two_in_a_batch("  - consult: { as: sofia, call_it: winter, title: Winter }\n").await;
    let before = stage.everything().await;
    let refused = refusal(stage.act("sofia", "winter", "add_sips", json!({ "sips": ["SIP-0001"] })).await);
    assert!(refused.contains("SIP-0001 is in C-2025-01"), "{refused}");
    assert_eq!(stage.everything().await, before);
}

#[tokio::test]
async fn a_sip_named_twice_is_seen_through_under_both_its_names() {
    let mut stage = two_in_a_batch("").await;
    stage.then("  - act: { as: sofia, case: autumn, take: drop_sip, with: { sip: $a, reason: Wait. } }\n").await;
    let both = json!({ "sips": ["SIP-0001", stage.reference("a")] });
    let refused = refusal(stage.act("sofia", "autumn", "add_sips", both).await);
    assert!(refused.contains("is named twice"), "{refused}");
}

#[tokio::test]
async fn every_wrong_name_is_reported_at_once() {
    let stage = two_in_a_batch("  - submit: { as: tom, call_it: raw, form: sip-g }\n").await;
    let names = json!({ "sips": ["SIP-0001", "SIP-9999", stage.reference("raw"), "sip-9998"] });
    let refused = refusal(stage.act("sofia", "autumn", "add_sips", names).await);
    for wanted in ["SIP-0001 is in C-2025-01", "there is no SIP-9999", "does not wait for a consultation", "sip-9998"] {
        assert!(refused.contains(wanted), "{wanted}: {refused}");
    }
}

#[tokio::test]
async fn a_sip_taken_out_may_come_back_into_the_same_consultation_at_once_and_later() {
    let mut stage = two_in_a_batch("").await;
    let out_and_in = "
  - act: { as: sofia, case: autumn, take: drop_sip, with: { sip: $a, reason: Wait. } }
  - act: { as: sofia, case: autumn, take: add_sips, with: { sips: [$a] } }
";
    stage.then(out_and_in).await;
    stage.then(out_and_in).await;
    stage.then("  - after: 1wd\n").await;
    stage.then(out_and_in).await;
    stage.then(&(issued("autumn", "2025-11-17", "2025-12-08") + "  - on: 2025-11-17\n")).await;
    for name in ["a", "b"] {
        assert_eq!(stage.case(name).await.state.name, "consultation");
        assert_eq!(stage.told(name).await["consultation_opened"], 1);
    }
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_sip_whose_consultation_was_cancelled_may_go_into_the_next() {
    let mut stage = two_in_a_batch("").await;
    stage.then("  - act: { as: sofia, case: autumn, take: cancel, with: { reason: Too early. } }\n").await;
    stage.then(&consultation("winter", &["a", "b"])).await;
}

#[tokio::test]
async fn a_withdrawal_during_a_consultation_leaves_the_other_sips_alone() {
    let mut stage = two_in_a_batch(&(issued("autumn", "2025-11-17", "2025-12-08") + "  - on: 2025-11-20\n")).await;
    let other = stage.case("b").await;
    stage.then("  - act: { as: priya, case: a, take: withdraw, with: { reason: Solved otherwise. } }\n").await;
    assert_eq!(stage.told("a").await["withdrawn"], 10);
    assert_eq!(stage.case("b").await, other);
    let history = service::history(stage.app(), &stage.reference("autumn")).await.unwrap();
    assert_eq!(history.last().unwrap().happened, ["SIP-0001 left: Solved otherwise."]);
    stage.then("  - on: 2025-12-09\n").await;
    assert_eq!(stage.case("a").await.state.name, "withdrawn");
    assert_eq!(stage.case("b").await.state.name, "refinement");
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_window_of_fourteen_working_days_is_refused_with_the_earliest_close() {
    let stage = two_in_a_batch("").await;
    let refused = refusal(stage.act("sofia", "autumn", "issue", window("2025-11-17", "2025-12-05")).await);
    assert!(refused.contains("has 14 Working Days: close on Monday 8 December 2025 or later"), "{refused}");
    let issued = stage.act("sofia", "autumn", "issue", window("2025-11-17", "2025-12-08")).await.unwrap();
    assert_eq!(issued.state, "announced");
}

#[tokio::test]
async fn a_window_that_opens_in_the_past_or_closes_before_it_opens_is_refused() {
    let stage = two_in_a_batch("").await;
    for (opens, closes) in [("2025-11-02", "2025-12-08"), ("2025-11-17", "2025-11-17"), ("2025-11-17", "2025-11-10")] {
        let refused = refusal(stage.act("sofia", "autumn", "issue", window(opens, closes)).await);
        assert!(refused.contains("it must open today or later and close after it opens"), "{refused}");
    }
}

#[tokio::test]
async fn an_implementation_window_across_31_march_is_refused() {
    let stage = two_in_a_batch("").await;
    let mut values = window("2025-11-17", "2025-12-08");
    values["implementation_window"] = json!({ "from": "2026-03-31", "to": "2026-04-01" });
    let refused = refusal(stage.act("sofia", "autumn", "issue", values).await);
    assert!(refused.contains("Regulatory Year 2025/26 and ends in 2026/27"), "{refused}");
}

#[tokio::test]
async fn a_consultation_without_sips_is_not_issued() {
    let stage = Stage::set("2025-11-03", "  - consult: { as: sofia, call_it: empty, title: Empty }\n").await;
    let refused = refusal(stage.act("sofia", "empty", "issue", window("2025-11-17", "2025-12-08")).await);
    assert!(refused.contains("it carries no SIP: add SIPs from the backlog (R28)"), "{refused}");
}

/// An urgent SIP whose timetable closes the consultation on 12 November 2025, beside one that is not urgent.
async fn urgent() -> Stage {
    let steps = "
  - submit: { as: callum, call_it: k, form: sip-k }
  - act: { as: dana, case: k, take: acknowledge }
  - act: { as: dana, case: k, take: confirm_urgency, with: { urgency_reason: Names are open to others. } }
  - determine:
      as: sofia
      case: k
      votes: { set_timetable: [members] }
      reasons: Six days are enough.
      with: { timetable: { consultation: 2025-11-12 } }
  - act:
      as: dana
      case: k
      take: accept
      with: { VALIDATED, impact_on_sips: [none other] }
"
    .replace("VALIDATED", VALIDATED);
    Stage::set("2025-11-03", &(steps + &consultation("short", &["k"]))).await
}

#[tokio::test]
async fn an_urgent_timetable_allows_a_shorter_window_but_none_shorter_than_its_own() {
    let stage = urgent().await;
    let refused = refusal(stage.act("sofia", "short", "issue", window("2025-11-04", "2025-11-11")).await);
    assert!(refused.contains("close on Tuesday 25 November 2025 or later"), "{refused}");
    let mut values = window("2025-11-04", "2025-11-12");
    let refused = refusal(stage.act("sofia", "short", "issue", values.clone()).await);
    assert!(refused.contains("it does not say what else its urgent timetable moves"), "{refused}");
    values["what_else_moves"] = json!("Nothing else moves.");
    let issued = stage.act("sofia", "short", "issue", values).await.unwrap();
    assert_eq!(issued.state, "announced");
}

#[tokio::test]
async fn one_sip_without_a_timetable_makes_the_window_fifteen_working_days_for_all() {
    let mut stage = urgent().await;
    let calm = accepted(&[("calm", "Calm")]).replace("[none other]", "[\"$k: none\"]");
    stage.then(&(calm + "  - act: { as: sofia, case: short, take: add_sips, with: { sips: [$calm] } }\n")).await;
    let refused = refusal(stage.act("sofia", "short", "issue", window("2025-11-04", "2025-11-12")).await);
    assert!(refused.contains("close on Tuesday 25 November 2025 or later"), "{refused}");
}
