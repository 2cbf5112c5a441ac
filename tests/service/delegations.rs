//! What the Panel delegates: it stands in the terms of reference, in force for its days and no others.

use serde_json::json;

use super::*;

/// A stage on which setting an urgent timetable is delegated for these days.
async fn delegated(until: &str) -> Stage {
    let text = format!(
        "title: A test\nabout: A test.\nstarts: 2025-11-03\ndelegated: [{{ point: urgent_timetable, until: {until} }}]\nsteps: []\n"
    );
    Stage::play(&Scenario::load("test", &text).unwrap()).await
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
async fn a_delegation_lapses_at_the_end_of_its_last_day() {
    let mut stage = delegated("2025-11-05").await;
    assert_eq!(urgent_on(&mut stage, "before", "2025-11-05").await, "urgent_timetable");
    assert_eq!(urgent_on(&mut stage, "after", "2025-11-06").await, "urgent_timetable_panel");
    let decide = "
  - determine: { as: sofia, case: before, votes: { set_timetable: [members] }, with: { timetable: { findings: 2025-11-10 } } }
";
    stage.then(decide).await;
    assert_eq!(stage.case("before").await.determinations[0].body, "the SEC Panel");
}

#[tokio::test]
async fn nobody_records_a_determination_by_hand() {
    let mut stage = delegated("2025-11-28").await;
    urgent_on(&mut stage, "k", "2025-11-04").await;
    let before = stage.everything().await;
    let values =
        json!({ "decided_on": "2025-11-04", "decision_reasons": "Now.", "timetable": { "findings": "2025-11-10" } });
    for who in ["sofia", "callum", "tom", "dana"] {
        let refused = stage.act(who, "k", "set_timetable", values.clone()).await.unwrap_err().to_string();
        assert!(refused.contains("nobody types what a body decides"), "{who}: {refused}");
    }
    assert_eq!(stage.everything().await, before);
}
