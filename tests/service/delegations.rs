//! What the Panel delegates: recorded by SECAS, in force for its days and no others.

use quorate::service::Delegation;
use serde_json::json;

use super::*;

fn delegation(point: &str, from: &str, until: Option<&str>) -> Delegation {
    Delegation {
        point: point.to_owned(),
        body: "operations_group".to_owned(),
        from: day(from),
        until: until.map(day),
        decided_on: day("2025-11-03"),
        reasons: "It knows the SSI best.".to_owned(),
    }
}

async fn record(stage: &Stage, who: &str, delegation: Delegation) -> Result<(), ServiceError> {
    service::record_delegation(stage.app(), &Call::new(&person(who), stage.now()), delegation).await
}

/// A SIP that awaits the decision on its timetable from whoever may set it.
async fn urgent_on(stage: &mut Stage, name: &str, date: &str) -> String {
    let steps = format!(
        "  - on: {date}\n  - submit: {{ as: callum, call_it: {name}, form: sip-k }}\n\
         \x20 - act: {{ as: dana, case: {name}, take: acknowledge }}\n\
         \x20 - act: {{ as: dana, case: {name}, take: confirm_urgency, with: {{ urgency_reason: It is. }} }}\n"
    );
    stage.then(&steps).await;
    stage.case(name).await.state.name
}

#[tokio::test]
async fn only_secas_records_what_the_panel_delegates() {
    let stage = Stage::set("2025-11-03", "").await;
    let before = stage.everything().await;
    for who in ["dana", "tom", "priya"] {
        let refused = record(&stage, who, delegation("ia_sign_off", "2025-11-03", None)).await.unwrap_err();
        assert!(matches!(refused, ServiceError::NotAllowed { .. }), "{who}: {refused}");
    }
    assert_eq!(stage.everything().await, before);
    record(&stage, "sofia", delegation("ia_sign_off", "2025-11-03", None)).await.unwrap();
}

#[tokio::test]
async fn an_unknown_point_or_body_and_impossible_days_are_refused() {
    let stage = Stage::set("2025-11-03", "").await;
    let body = Delegation { body: "panel".to_owned(), ..delegation("ia_sign_off", "2025-11-03", None) };
    let future = Delegation { decided_on: day("2025-11-04"), ..delegation("ia_sign_off", "2025-11-04", None) };
    let silent = Delegation { reasons: "  ".to_owned(), ..delegation("ia_sign_off", "2025-11-03", None) };
    let cases = [
        (
            delegation("tea", "2025-11-03", None),
            "point: there is no such point; there are urgent_timetable, ia_sign_off",
        ),
        (body, "body: there is no body of this name"),
        (delegation("ia_sign_off", "2025-11-03", Some("2025-11-02")), "until: it ends before it begins"),
        (future, "decided_on: it is in the future"),
        (silent, "reasons: it is empty"),
    ];
    for (given, wanted) in cases {
        let refused = record(&stage, "sofia", given).await.unwrap_err().to_string();
        assert!(refused.contains(wanted), "{wanted}: {refused}");
    }
}

#[tokio::test]
async fn a_delegation_lapses_at_the_end_of_its_last_day() {
    let mut stage = Stage::set("2025-11-03", "").await;
    record(&stage, "sofia", delegation("urgent_timetable", "2025-11-03", Some("2025-11-05"))).await.unwrap();
    assert_eq!(urgent_on(&mut stage, "before", "2025-11-05").await, "urgent_timetable");
    assert_eq!(urgent_on(&mut stage, "after", "2025-11-06").await, "urgent_timetable_panel");
    let set =
        json!({ "decided_on": "2025-11-06", "decision_reasons": "Now.", "timetable": { "findings": "2025-11-10" } });
    stage.act("sofia", "before", "set_timetable", set).await.unwrap();
    assert_eq!(stage.case("before").await.determinations[0].body, "the SEC Panel");
}

#[tokio::test]
async fn a_renewal_recorded_early_leaves_no_gap() {
    let mut stage = Stage::set("2025-11-03", "").await;
    for (from, until) in [("2025-11-03", Some("2025-11-07")), ("2025-11-10", Some("2025-11-14"))] {
        record(&stage, "sofia", delegation("urgent_timetable", from, until)).await.unwrap();
    }
    assert_eq!(urgent_on(&mut stage, "first", "2025-11-06").await, "urgent_timetable");
    assert_eq!(urgent_on(&mut stage, "second", "2025-11-11").await, "urgent_timetable");
    assert_eq!(urgent_on(&mut stage, "third", "2025-11-17").await, "urgent_timetable_panel");
}

#[tokio::test]
async fn what_is_delegated_from_a_later_day_is_not_yet_in_force() {
    let mut stage = Stage::set("2025-11-03", "").await;
    record(&stage, "sofia", delegation("urgent_timetable", "2025-11-03", Some("2025-11-03"))).await.unwrap();
    record(&stage, "sofia", delegation("urgent_timetable", "2025-11-10", None)).await.unwrap();
    assert_eq!(urgent_on(&mut stage, "early", "2025-11-07").await, "urgent_timetable_panel");
    assert_eq!(urgent_on(&mut stage, "late", "2025-11-10").await, "urgent_timetable");
}
