//! What people send may be anything: everything wrong is told together, and nothing is saved.

use quorate::workflow::Missing;
use quorate::yaml::Limits;
use serde_json::json;

use super::*;

async fn in_validation() -> Stage {
    let steps = "
  - submit: { as: priya, call_it: g, form: sip-g }
  - act: { as: dana, case: g, take: acknowledge }
";
    Stage::set("2025-11-03", steps).await
}

fn accept() -> Value {
    quorate::yaml::load::<Value>("values", &format!("{{ {VALIDATED}, impact_on_sips: [none] }}"), Limits::default())
        .unwrap()
        .value
}

/// What is missing or wrong, as "field: what", when `values` are laid over a complete acceptance.
async fn problems(stage: &Stage, values: Value) -> Vec<String> {
    let mut all = accept();
    all.as_object_mut().unwrap().extend(values.as_object().unwrap().clone());
    let before = stage.everything().await;
    let refused = stage.act("dana", "g", "accept", all).await.unwrap_err();
    assert_eq!(stage.everything().await, before);
    let ServiceError::Refused(refusal) = refused else { panic!("{refused}") };
    let said = |Missing { field, what }: Missing| format!("{}: {what}", field.unwrap_or_default());
    let mut problems: Vec<String> = refusal.missing.into_iter().map(said).collect();
    problems.sort();
    problems
}

#[tokio::test]
async fn a_wrong_kind_in_every_kind_of_field_is_told_at_once() {
    let stage = in_validation().await;
    let found = problems(
        &stage,
        json!({
            "requirements_clear": "maybe",
            "impact_on_systems": 7,
            "impact_on_sips": { "SIP-0001": "none" },
            "marks": "many",
            "cost": { "low": "8000" },
            "develop_weeks": 1.5,
            "deploy_weeks": null,
            "assessed_cost": ["1"],
            "decided_on": 20_251_103,
            "implementation_window": { "from": "2025-11-03" },
            "timetable": [],
            "no_such_field": "x",
        }),
    )
    .await;
    insta::assert_snapshot!(found.join("\n"), @r#"
    assessed_cost: give an amount of money, as "£50,000"
    cost: give its part `high`
    decided_on: give a date, as "2025-12-01"
    deploy_weeks: give a whole number
    develop_weeks: give a whole number
    impact_on_sips: give a list of texts
    impact_on_systems: give text
    implementation_window: give its part `to`
    marks: give a mark and a reason for each criterion, as {"duty": {"mark": 0, "because": ".."}}
    no_such_field: there is no such field in this process
    requirements_clear: give yes or no
    timetable: give a date for each clock, as {"development": ..}
    "#);
}

#[tokio::test]
async fn what_cannot_be_read_and_what_is_missing_are_told_together() {
    let stage = in_validation().await;
    let refused = stage.act("dana", "g", "accept", json!({ "cost": "a lot", "develop_weeks": -1 })).await.unwrap_err();
    let ServiceError::Refused(refusal) = refused else { panic!("{refused}") };
    let of = |field: &str| refusal.missing.iter().filter(|missing| missing.field.as_deref() == Some(field)).count();
    for field in ["cost", "develop_weeks", "requirements_clear", "impact_on_systems", "deploy_weeks"] {
        assert_eq!(of(field), 1, "{field}: {refusal}");
    }
}

#[tokio::test]
async fn whoever_may_not_act_is_told_so_and_not_what_is_wrong_with_the_values() {
    let stage = in_validation().await;
    let refused = stage.act("priya", "g", "accept", json!({ "cost": "a lot" })).await.unwrap_err().to_string();
    assert!(refused.contains("not for you to do"), "{refused}");
}

#[tokio::test]
async fn text_that_is_too_long_empty_or_has_control_characters_is_refused() {
    let stage = in_validation().await;
    for (text, wanted) in [
        ("x".repeat(20_001), "20001 characters; the limit is 20000"),
        ("  \n ".to_owned(), "it is empty; write something"),
        ("a\u{0}b".to_owned(), "a control character at position 2; take it out"),
        ("a\u{1b}[31m".to_owned(), "a control character at position 2; take it out"),
        ("a\rb".to_owned(), "a control character at position 2; take it out"),
        ("a\u{85}b".to_owned(), "a control character at position 2; take it out"),
    ] {
        let found = problems(&stage, json!({ "impact_on_systems": text, "impact_on_sips": [text] })).await;
        let wanted = ["impact_on_sips", "impact_on_systems"].map(|field| format!("{field}: {wanted}"));
        let starts = found.iter().zip(&wanted).all(|(found, wanted)| found.starts_with(wanted.as_str()));
        assert!(found.len() == 2 && starts, "{found:?}");
    }
    let found = problems(&stage, json!({ "impact_on_sips": vec!["none"; 1_001] })).await;
    assert_eq!(found, ["impact_on_sips: 1001 items; the limit is 1000"]);
}

#[tokio::test]
async fn markup_and_other_scripts_are_kept_word_for_word() {
    let stage = in_validation().await;
    let text = "<script>alert(\"1\")</script> & É 日本 \u{1F600} {{title}} ${x}\n'; DROP TABLE cases; --";
    let mut values = accept();
    values["impact_on_systems"] = json!(text);
    stage.act("dana", "g", "accept", values).await.unwrap();
    assert_eq!(stage.case("g").await.recorded["impact_on_systems"], text);
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn amounts_are_read_exactly_or_refused() {
    let stage = in_validation().await;
    for given in [
        json!("-1"),
        json!("−5"),
        json!("£-5"),
        json!("1,00"),
        json!("1.000,50"),
        json!("12.345"),
        json!("1e3"),
        json!("8000 EUR"),
        json!("$5"),
        json!("NaN"),
        json!(""),
        json!(1.5),
        json!(-3),
        json!(true),
        json!("99999999999999999999"),
        json!("１００"),
    ] {
        let found = problems(&stage, json!({ "cost": { "low": given, "high": "15,000" } })).await;
        assert!(found.len() == 1 && found[0].starts_with("cost: "), "{given}: {found:?}");
    }
    let swapped = problems(&stage, json!({ "cost": { "low": "9,000", "high": "8,000" } })).await;
    assert_eq!(swapped, ["cost: the lowest amount is above the highest; swap them"]);
    let mut values = accept();
    values["cost"] = json!({ "low": "£8,000.50", "high": "15000" });
    stage.act("dana", "g", "accept", values).await.unwrap();
    assert_eq!(stage.case("g").await.recorded["cost"], "£8,000.50 to £15,000");
}

#[tokio::test]
async fn impossible_dates_are_refused() {
    let steps = "
  - consult: { as: sofia, call_it: autumn, title: Autumn }
";
    let stage = Stage::set("2025-11-03", steps).await;
    let before = stage.everything().await;
    for date in
        ["2025-02-30", "2025-13-01", "25-11-17", "17/11/2025", "tomorrow", "", "+2025-11-17", "2025-11-17T09:00"]
    {
        let values = json!({
            "opens_on": date, "closes_on": date, "implementation_window": { "from": date, "to": date },
            "cost_recovery": "x", "what_may_change": "x",
        });
        let refused = stage.act("sofia", "autumn", "issue", values).await.unwrap_err();
        let ServiceError::Refused(refusal) = refused else { panic!("{refused}") };
        let fields: Vec<&str> = refusal.missing.iter().filter_map(|missing| missing.field.as_deref()).collect();
        assert_eq!(fields, ["closes_on", "implementation_window", "opens_on"], "{date}");
        assert_eq!(stage.everything().await, before, "{date}");
    }
}

#[tokio::test]
async fn dates_beyond_the_years_known_are_refused_and_nothing_is_saved() {
    let steps = accepted(&[("g", "Clearer")]) + &consultation("autumn", &["g"]);
    let stage = Stage::set("2025-11-03", &steps).await;
    let before = stage.everything().await;
    for closes in ["2031-01-02", "9999-12-31"] {
        let values = json!({
            "opens_on": "2025-11-17", "closes_on": closes, "cost_recovery": "x", "what_may_change": "x",
            "implementation_window": { "from": "2026-05-04", "to": "2026-05-29" },
        });
        let refused = stage.act("sofia", "autumn", "issue", values).await.unwrap_err().to_string();
        assert!(refused.contains("2030"), "{refused}");
        assert_eq!(stage.everything().await, before, "{closes}");
    }
}

#[tokio::test]
async fn names_of_nothing_are_refused_in_words() {
    let stage = in_validation().await;
    for reference in ["SIP-9999", "", "'; DROP TABLE cases; --", "P-2025-0001\n"] {
        let outcome = act_at(stage.app(), stage.now(), "dana", (reference, "acknowledge"), json!({})).await;
        let refused = outcome.unwrap_err();
        let known = reference.trim() == "P-2025-0001";
        assert_eq!(matches!(refused, ServiceError::NotFound { .. }), !known, "{reference}: {refused}");
    }
}
