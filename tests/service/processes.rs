//! How a process changes: imported, consulted on, approved, in force from its day, and running cases moved by plan.

use indexmap::IndexMap;
use quorate::workflow::load::BUILT_IN;
use quorate::workflow::migrate::Mapping;
use serde_json::json;

use super::*;

const PROCESS: &str = "ssi-change-governance";

/// The built-in process as version 1.1, with receipt due within `target` and these texts replaced.
fn version_1_1(replace: &[(&str, &str)]) -> String {
    let (_, text) = BUILT_IN.iter().find(|(file, _)| file.contains(PROCESS)).unwrap();
    let mut text = text.replace("version: \"1.0\"", "version: \"1.1\"");
    for (old, new) in
        [("target: 5wd\n    counted_from: sent_on", "target: 7wd\n    counted_from: sent_on")].iter().chain(replace)
    {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    text
}

async fn import(stage: &Stage, who: &str, text: &str) -> Result<(), ServiceError> {
    service::import_definition(stage.app(), &Call::new(&person(who), stage.now()), "new.yaml", text).await
}

fn mapping(states: &[(&str, &str)]) -> Mapping {
    let states = states.iter().map(|(old, new)| ((*old).into(), (*new).into())).collect();
    Mapping { from: "1.0".to_owned(), to: "1.1".to_owned(), states, clocks: IndexMap::default() }
}

async fn migrate(stage: &Stage, mapping: &Mapping) -> Result<service::MigrationPlan, ServiceError> {
    service::migrate_cases(stage.app(), &Call::new(&person("dana"), stage.now()), PROCESS, mapping).await
}

/// A SIP in validation, and version 1.1 approved by the Panel for 1 December 2025.
async fn approved(replace: &[(&str, &str)]) -> Stage {
    let steps = "
  - submit: { as: priya, call_it: old, form: sip-g }
  - act: { as: dana, case: old, take: acknowledge }
";
    let mut stage = Stage::set("2025-10-20", steps).await;
    import(&stage, "dana", &version_1_1(replace)).await.unwrap();
    let steps = "
  - change_process: { as: dana, call_it: change, title: Seven Working Days to confirm receipt }
  - act:
      as: dana
      case: change
      take: consult
      with: { process_changed: ssi-change-governance, new_version: \"1.1\", differences: Seven for five., closes_on: 2025-11-10 }
  - on: 2025-11-11
  - act: { as: dana, case: change, take: refer, with: { refinements: none } }
  - determine:
      as: sofia
      case: change
      votes: { approve: [members] }
      reasons: Fine.
      with: { effective_on: 2025-12-01 }
";
    stage.then(steps).await;
    stage
}

async fn in_force(stage: &Stage, instant: &str) -> String {
    service::definition_in_force(stage.app(), PROCESS, at(instant)).await.unwrap().version.clone()
}

#[tokio::test]
async fn an_imported_definition_is_not_in_force() {
    let stage = Stage::set("2025-10-20", "").await;
    import(&stage, "dana", &version_1_1(&[])).await.unwrap();
    assert_eq!(in_force(&stage, "2029-01-01 10:00").await, "1.0");
    let again = import(&stage, "dana", &version_1_1(&[])).await.unwrap_err().to_string();
    assert!(again.contains("has a version 1.1 already"), "{again}");
}

#[tokio::test]
async fn only_dcc_imports_a_definition() {
    let stage = Stage::set("2025-10-20", "").await;
    for who in ["priya", "sofia", "tom"] {
        let refused = import(&stage, who, &version_1_1(&[])).await.unwrap_err();
        assert!(matches!(refused, ServiceError::NotAllowed { .. }), "{who}: {refused}");
    }
}

#[tokio::test]
async fn a_definition_that_asks_the_record_for_what_it_cannot_give_is_refused() {
    let stage = Stage::set("2025-10-20", "").await;
    let before = stage.everything().await;
    let text = version_1_1(&[("other_sips_considered", "moon_is_full")]);
    let refused = import(&stage, "dana", &text).await.unwrap_err().to_string();
    assert!(refused.contains("moon_is_full") && refused.contains("the record gives only"), "{refused}");
    assert_eq!(stage.everything().await, before);
}

#[tokio::test]
async fn an_approved_version_takes_effect_on_its_day_and_not_before() {
    let mut stage = approved(&[]).await;
    stage.then("  - on: 2025-11-28\n  - submit: { as: tom, call_it: before, form: sip-g }\n").await;
    assert_eq!(in_force(&stage, "2025-11-28 10:00").await, "1.0");
    stage.then("  - on: 2025-12-01\n  - submit: { as: tom, call_it: after, form: sip-g }\n").await;
    assert_eq!(stage.case("change").await.state.name, "in_force");
    assert_eq!(
        (in_force(&stage, "2025-11-30 23:59").await, in_force(&stage, "2025-12-01 00:00").await),
        ("1.0".to_owned(), "1.1".to_owned())
    );
    assert_eq!(
        (stage.case("before").await.version, stage.case("after").await.version),
        ("1.0".to_owned(), "1.1".to_owned())
    );
    assert_eq!(stage.standing("before").await.1[0].1, "2025-12-05");
    assert_eq!(stage.standing("after").await.1[0].1, "2025-12-10");
}

#[tokio::test]
async fn a_node_that_was_down_on_the_day_activates_the_version_for_that_day() {
    let mut stage = approved(&[]).await;
    stage.then("  - down_until: 2025-12-08\n  - submit: { as: tom, call_it: after, form: sip-g }\n").await;
    assert_eq!(in_force(&stage, "2025-12-01 12:00").await, "1.1");
    assert_eq!(stage.case("after").await.version, "1.1");
}

#[tokio::test]
async fn running_cases_keep_their_version_until_they_are_moved() {
    let mut stage = approved(&[]).await;
    let clocks = stage.standing("old").await;
    let early = migrate(&stage, &mapping(&[])).await.unwrap_err().to_string();
    assert!(early.contains("has not been approved"), "{early}");
    stage.then("  - on: 2025-12-01\n").await;
    assert_eq!(stage.case("old").await.version, "1.0");
    let before = stage.everything().await;
    let plan = service::plan_migration(stage.app(), PROCESS, &mapping(&[])).await.unwrap();
    assert_eq!(stage.everything().await, before);
    assert_eq!(migrate(&stage, &mapping(&[])).await.unwrap(), plan);
    assert_eq!(stage.case("old").await.version, "1.1");
    assert_eq!(stage.standing("old").await, clocks);
    let history = service::history(stage.app(), &stage.reference("old")).await.unwrap();
    assert_eq!(history.last().unwrap().act, "case_migrated");
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_migration_that_leaves_one_case_without_a_place_moves_none() {
    let mut stage = approved(&[("awaiting_information", "with_proposer")]).await;
    let steps = "
  - submit: { as: tom, call_it: asked, form: sip-g }
  - act: { as: dana, case: asked, take: acknowledge_and_ask, with: { questions: Why? } }
  - on: 2025-12-01
";
    stage.then(steps).await;
    let before = stage.everything().await;
    let refused = migrate(&stage, &mapping(&[])).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Migration(_)), "{refused}");
    assert!(refused.to_string().contains("is in `awaiting_information`"), "{refused}");
    assert_eq!(stage.everything().await, before);
    migrate(&stage, &mapping(&[("awaiting_information", "with_proposer")])).await.unwrap();
    assert_eq!(stage.case("asked").await.state.name, "with_proposer");
    assert_eq!(
        stage.act("tom", "asked", "provide_information", json!({ "answer": "Because." })).await.unwrap().state,
        "validation"
    );
}

#[tokio::test]
async fn only_dcc_moves_running_cases() {
    let stage = approved(&[]).await;
    let sofia = person("sofia");
    let refused = service::migrate_cases(stage.app(), &Call::new(&sofia, stage.now()), PROCESS, &mapping(&[])).await;
    assert!(matches!(refused, Err(ServiceError::NotAllowed { .. })), "{refused:?}");
}
