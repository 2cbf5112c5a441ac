//! Impact Assessments, material change, budgets and hours of maintenance, on a whole installation.

use quorate::calendar::RegulatoryYear;
use quorate::rehearsal::{Scenario, Step, find_shipped};
use quorate::service::{self, Call, NewBudget, Receipt, ServiceError, SipCosts};
use quorate::sip::assessment::RawAssessment;
use quorate::sip::material::Test;
use quorate::yaml::{self, Limits};
use serde_json::{Value, json};

use super::{Stage, person};

fn shipped(name: &str) -> Scenario {
    Scenario::load(name, find_shipped(name).unwrap().text).unwrap()
}

/// The shipped scenario up to the first Impact Assessment.
async fn awaiting_assessment(name: &str) -> Stage {
    let mut scenario = shipped(name);
    let at = scenario.steps.iter().position(|step| matches!(step, Step::Assess(_))).unwrap();
    scenario.steps.truncate(at);
    Stage::play(&scenario).await
}

#[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
fn document(file: &str) -> RawAssessment {
    let text = std::fs::read_to_string(format!("{}/fixtures/assessments/{file}.yaml", env!("CARGO_MANIFEST_DIR")));
    yaml::load(file, &text.unwrap(), Limits::default()).unwrap().value
}

impl Stage {
    async fn deliver(&self, who: &str, name: &str, raw: RawAssessment) -> Result<Receipt, ServiceError> {
        let by = person(who);
        let call = Call::new(&by, self.now());
        service::deliver_assessment(self.app(), &call, &self.reference(name), raw, None).await
    }

    async fn costs(&self, name: &str) -> SipCosts {
        service::sip_costs(self.app(), &self.reference(name)).await.unwrap()
    }

    async fn set_budget(&self, who: &str, year: &str, amount: &str) -> Result<RegulatoryYear, ServiceError> {
        let by = person(who);
        let new = NewBudget { year: year.to_owned(), amount: amount.to_owned(), reason: "As charged.".to_owned() };
        service::set_budget(self.app(), &Call::new(&by, self.now()), &new).await
    }
}

fn year(text: &str) -> RegulatoryYear {
    text.parse().unwrap()
}

#[tokio::test]
async fn the_cost_of_a_sip_is_shown_over_time_with_what_the_tests_found_and_who_decided() {
    let stage = Stage::play(&shipped("sip-f")).await;
    let costs = stage.costs("f").await;
    assert_eq!(costs.anticipated.unwrap().words, "£70,000 to £95,000");
    assert_eq!(costs.assessed.unwrap().words, "£145,000");
    assert_eq!(costs.revised.iter().map(|cost| cost.words.as_str()).collect::<Vec<_>>(), ["£149,000"]);
    assert_eq!(costs.approved.unwrap().words, "£149,000");
    let tests: Vec<Vec<Test>> =
        costs.found.iter().map(|found| found.findings.iter().map(|finding| finding.test).collect()).collect();
    let (band, over, said) = (Test::BandCrossed, Test::CostOverConsulted, Test::ScopeChanged);
    assert_eq!(tests, [vec![band, over, said], vec![over, said]], "held against the second consultation in the end");
    let decisions: Vec<_> = costs.decisions.iter().map(|made| (made.point.as_str(), made.option.as_str())).collect();
    assert_eq!(
        decisions,
        [
            ("revised_scope", "escalate"),
            ("revised_scope", "second_consultation"),
            ("revised_scope", "approve"),
            ("development_sign_off", "approve"),
            ("revised_scope", "approve"),
            ("deployment_sign_off", "approve"),
        ]
    );
    assert_eq!(costs.decisions[0].findings.len(), 3);
    let committed = costs.committed.unwrap();
    assert_eq!((committed.year.as_str(), committed.cost.words.as_str()), ("2026/27", "£149,000"));
    let recorded = stage.case("f").await.recorded;
    assert_eq!(
        recorded["material_findings"],
        "the cost of £149,000 exceeds the £120,000 to £145,000 that Parties were consulted on; any growth is material; \
         the scope has changed: The download has to be split by hub type."
    );
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn figures_follow_from_the_document_and_cannot_be_typed() {
    let stage = awaiting_assessment("sip-g").await;
    let typed = json!({ "impact_assessment": "IA", "assessed_cost": "1", "wider_system_risk": "no",
        "scope_changed": "no", "develop_by": "2026-02-13" });
    let refused = stage.act("euan", "g", "deliver_impact_assessment", typed).await.unwrap_err().to_string();
    assert!(refused.contains("deliver the document itself"), "{refused}");
    stage.deliver("euan", "g", document("coverage-download")).await.unwrap();
    let recorded = stage.case("g").await.recorded;
    assert_eq!(recorded["assessed_cost"], "£12,400");
    assert_eq!(recorded["develop_by"], "31 July 2026");
    assert_eq!(recorded["impact_assessment"], "SIP-0001 Impact Assessment, version 1");
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_planned_date_outside_the_window_consulted_on_forces_a_decision() {
    let stage = awaiting_assessment("sip-g").await;
    stage.deliver("euan", "g", document("coverage-download")).await.unwrap();
    let case = stage.case("g").await;
    assert_eq!(case.state.name, "revised_scope");
    assert!(case.recorded["material_findings"].contains("outside the window"), "{:?}", case.recorded);
}

#[tokio::test]
async fn a_faulty_document_is_refused_whole_and_leaves_nothing_behind() {
    let stage = awaiting_assessment("sip-g").await;
    let before = stage.everything().await;
    let mut raw = document("coverage-download");
    raw.costs.total = "twelve".into();
    raw.total_system_risk.found = "perhaps".into();
    let refused = stage.deliver("euan", "g", raw.clone()).await.unwrap_err();
    let ServiceError::Form(faults) = refused else { panic!("{refused}") };
    assert_eq!(faults.len(), 2, "{faults}");
    let refused = stage.deliver("priya", "g", raw.clone()).await.unwrap_err().to_string();
    assert!(refused.contains("not for you to do"), "{refused}");
    let refused = stage.deliver("priya", "g", document("quick")).await.unwrap_err().to_string();
    assert!(refused.contains("not for you to do"), "{refused}");
    assert_eq!(stage.everything().await, before);
}

#[tokio::test]
async fn an_assessment_nobody_awaits_is_refused_before_its_faults() {
    let stage = Stage::set("2025-09-01", "  - submit: { as: priya, call_it: g, form: sip-g }\n").await;
    let refused = stage.deliver("dana", "g", RawAssessment::default()).await.unwrap_err().to_string();
    assert!(refused.contains("possible: acknowledge"), "{refused}");
}

#[tokio::test]
async fn costs_by_supplier_are_for_those_who_decide() {
    let stage = awaiting_assessment("sip-g").await;
    let mut raw = document("coverage-download");
    raw.costs.subtotals[0].cost = "£10,000".into();
    stage.deliver("euan", "g", raw).await.unwrap();
    let reference = stage.reference("g");
    let full = service::assessment(stage.app(), Some(&person("sofia")), &reference, None).await.unwrap();
    assert_eq!((full.document.costs.lines.len(), full.withheld), (5, None));
    assert_eq!(full.findings.len(), 1);
    let open = service::assessment(stage.app(), None, &reference, None).await.unwrap();
    assert_eq!((open.document.costs.lines.len(), open.findings.len()), (3, 0));
    assert!(open.document.costs.lines.iter().all(|line| line.supplier.is_none()));
    assert!(open.withheld.is_some());
    let text = serde_json::to_string(&open).unwrap();
    assert!(!text.contains("Systems integrator\"") && !text.contains("£10,000"), "{text}");
    assert_eq!(open.phases.len(), 3);
    assert_eq!(open.stated, full.stated);
    for (viewer, shown) in [(None, false), (Some(person("sofia")), true)] {
        let (app, format) = (stage.app(), service::PaperFormat::Html);
        let file = service::assessment_file(app, viewer.as_ref(), &reference, None, format).await.unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        assert_eq!(text.contains("Systems integrator</"), shown, "{text}");
    }
    let missing = service::assessment(stage.app(), None, &reference, Some(2)).await.unwrap_err();
    assert!(matches!(missing, ServiceError::NotFound { .. }), "{missing}");
}

#[tokio::test]
async fn a_report_of_change_that_cannot_be_read_is_refused_item_by_item() {
    let mut scenario = shipped("sip-f");
    let reports = |step: &Step| matches!(step, Step::Act(act) if act.take == "report_change");
    let at = scenario.steps.iter().position(reports).unwrap();
    scenario.steps.truncate(at);
    let stage = Stage::play(&scenario).await;
    let report = |more: Value| {
        let mut values = json!({ "what_changed": "A split.", "scope_changed": "no", "revised_cost": "144,000" });
        values.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        values
    };
    let faulty = report(json!({ "requirements_added": ["amend something"], "parties_added": ["Everybody"] }));
    let refused = stage.act("dana", "f", "report_change", faulty).await.unwrap_err();
    let ServiceError::Refused(refusal) = refused else { panic!("{refused}") };
    let fields: Vec<_> = refusal.missing.iter().filter_map(|missing| missing.field.as_deref()).collect();
    assert_eq!(fields, ["requirements_added[0]", "parties_added[0]"]);
    let plain = report(json!({ "requirements_added": ["amend SSI-FR-9"], "parties_added": ["Gas Network"] }));
    stage.act("dana", "f", "report_change", plain).await.unwrap();
    let found = stage.costs("f").await.found;
    let tests: Vec<_> = found.last().unwrap().findings.iter().map(|finding| finding.test).collect();
    assert_eq!(tests, [Test::RequirementAdded, Test::NewPartyCategory]);
}

#[tokio::test]
async fn a_year_shows_its_budget_what_is_committed_and_what_is_left() {
    let stage = Stage::play(&shipped("sip-f")).await;
    assert_eq!(stage.set_budget("sofia", "2026/27", "£100,000").await.unwrap(), year("2026/27"));
    let over = service::year_budget(stage.app(), year("2026/27")).await.unwrap();
    assert_eq!((over.left, over.over.unwrap().words.as_str()), (None, "£49,000"));
    stage.set_budget("dana", "2026/27", "£250,000").await.unwrap();
    let left = service::year_budget(stage.app(), year("2026/27")).await.unwrap();
    assert_eq!((left.over, left.left.unwrap().words.as_str()), (None, "£101,000"));
    assert_eq!(left.set_by.as_deref(), Some("dana"));
    assert_eq!(left.sips.len(), 1);
    let years = service::year_budgets(stage.app()).await.unwrap();
    assert_eq!(years.iter().map(|one| one.year.as_str()).collect::<Vec<_>>(), ["2026/27"]);
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_budget_is_set_by_those_who_keep_it_and_read_exactly() {
    let stage = Stage::set("2025-09-01", "  - say: Nothing yet.\n").await;
    for (who, year, amount, wanted) in [
        ("priya", "2026/27", "1", "Who could: SECAS or DCC"),
        ("sofia", "2026", "1", "is not a Regulatory Year"),
        ("sofia", "2026/28", "1", "is not a Regulatory Year"),
        ("sofia", "2026/27", "-1", "without a sign"),
    ] {
        let refused = stage.set_budget(who, year, amount).await.unwrap_err().to_string();
        assert!(refused.contains(wanted), "{refused}");
    }
    assert!(service::year_budgets(stage.app()).await.unwrap().is_empty());
}

#[tokio::test]
async fn hours_of_maintenance_left_are_counted_and_not_typed() {
    let stage = Stage::play(&shipped("sip-i")).await;
    let case = stage.case("i").await;
    assert_eq!(case.recorded["maintenance_hours_left"], "4");
    let month = service::maintenance(stage.app(), "2026-01").await.unwrap();
    assert_eq!(month.allowed, 4);
    assert_eq!(month.asked, month.sips.iter().map(|sip| sip.hours).sum::<u32>());
    let refused = service::maintenance(stage.app(), "January").await.unwrap_err().to_string();
    assert!(refused.contains("such as 2026-03"), "{refused}");
}

#[tokio::test]
async fn a_scope_changed_behind_the_journal_is_found() {
    let stage = Stage::play(&shipped("sip-f")).await;
    let scope = "UPDATE dossiers SET body = replace(body, '14900000', '9900000') WHERE kind = 'scope'";
    stage.tamper(scope).await;
    let differing = stage.proof().await.differing;
    assert!(differing.iter().any(|what| what.starts_with("scope:P-2025-")), "{differing:?}");
}
