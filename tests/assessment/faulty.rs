//! Faulty assessments: what is reported and in which words.

use quorate::sip::assessment::{RawAssessment, RawRegister, RawScalar};

use super::{CLEAN, faults, raw};

#[test]
fn an_empty_assessment_names_what_the_process_acts_on() {
    let errors = RawAssessment::default().parse().expect_err("nothing is filled in");
    insta::assert_snapshot!(errors, @r#"
    total_system_risk.found: this is missing; answer yes or no: is the wider DCC Total System at risk?
    timescales.develop_by: this is missing; give the day development is due to be complete
    costs.total: this is missing; give the total, such as £350,000 to £450,000
    "#);
}

#[test]
fn every_faulty_part_is_reported_at_once_with_its_place() {
    let errors = faults(|raw| {
        raw.summary.cost = "about £50k".into();
        raw.summary.timescale = "soon".into();
        raw.history.revisions[1].date = "yesterday".into();
        raw.requirements.business[1].reference = "R1".into();
        raw.requirements.parties.insert("Everyone".to_owned(), "a bit".to_owned());
        raw.requirements.baseline.amend.push("FR-13".to_owned());
        raw.impacts.insert("weather".to_owned(), "none".to_owned());
        raw.total_system_risk.found = "yes".into();
        raw.total_system_risk.description = RawScalar::default();
        raw.timescales.window.end = Some("2026-08-01".to_owned());
        raw.costs.lines[0].cost = "£5 to £4".into();
        raw.costs.total = "-5".into();
        raw.raid.issues = RawRegister::Said("some".to_owned());
    });
    insta::assert_snapshot!(errors, @r#"
    summary.cost: 'a' does not belong in an amount; use only digits, commas and a point, such as 1,234.50
    summary.timescale: "soon" is not a length of time; write months or Working Days, such as 4 months or 15 Working Days
    history.revisions[1].date: "yesterday" is not a date; write year, month and day, such as 2026-02-23, between 2019 and 2099
    requirements.business: R1 stands here twice; give each its own reference
    requirements.baseline.amend[2]: "FR-13" is not a requirement id; write it like SSI-FR-6a or SSI-NFR-12
    requirements.parties.Everyone: "Everyone" is not a Party category; write one of: Large Supplier, Small Supplier, Electricity Network Operator, Gas Network Operator, Other SEC Party, DCC
    impacts.weather: "weather" is not an area of impact; write services, technical_specifications, security, data, safety, performance, resilience, interfaces, transition or application_support
    total_system_risk.description: this is missing; say what the risk is
    timescales.window: the last day, 2026-08-01, is before the first, 2026-08-03; exchange the two dates or correct one
    costs.lines[0].cost: the low end, £5, is above the high end, £4; exchange the two
    costs.total: an amount carries no sign or brackets, and "-5" does; write it without a sign
    raid.issues: this is neither a list nor none; write a list, or: none at this time
    "#);
}

#[test]
fn an_unknown_name_is_refused_rather_than_lost() {
    let text = CLEAN.replace("total: £12,400", "totla: £12,400");
    let problems = quorate::yaml::load::<RawAssessment>("assessment.yaml", &text, quorate::yaml::Limits::default());
    let problems = problems.expect_err("the name is mistyped").to_string();
    assert!(problems.contains("totla"), "{problems}");
}

#[test]
fn lines_that_no_sum_can_hold_are_refused() {
    let errors = faults(|raw| {
        for line in &mut raw.costs.lines {
            line.cost = "£10,000,000,000".into();
        }
    });
    assert!(errors.of("costs.lines").next().is_some(), "{errors}");
}

#[test]
fn a_list_too_long_to_read_is_refused() {
    let errors = faults(|raw| raw.glossary = vec![raw.glossary[0].clone(); 201]);
    insta::assert_snapshot!(errors, @"glossary: this has 201 items; give at most 200");
}

#[test]
fn a_cost_may_be_a_figure_or_a_range_however_the_range_is_written() {
    for text in ["£300 to £350", "£300-£350", "300 – 350", "£300—350"] {
        let mut raw = raw(CLEAN);
        raw.costs.total = text.into();
        let total = raw.parse().expect("a range").costs.total;
        assert_eq!(total.to_string(), "£300 to £350", "{text}");
    }
}
