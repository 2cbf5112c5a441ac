//! The Impact Assessment, material change, and what is counted against budgets and allowances.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests fail the test by panicking, as the tests do")]

use quorate::sip::assessment::{Assessment, Finding, RawAssessment};
use quorate::sip::{CostRange, FieldErrors, Pence};
use quorate::yaml::{self, Limits};

#[path = "assessment/budget.rs"]
mod budget;
#[path = "assessment/faulty.rs"]
mod faulty;
#[path = "assessment/findings.rs"]
mod findings;
#[path = "assessment/material.rs"]
mod material;

const CLEAN: &str = include_str!("../fixtures/assessments/coverage-download.yaml");
const AT_ODDS: &str = include_str!("../fixtures/assessments/bulk-return.yaml");
const QUICK: &str = include_str!("../fixtures/assessments/quick.yaml");

fn raw(text: &str) -> RawAssessment {
    let document = yaml::load("assessment.yaml", text, Limits::default());
    document.unwrap_or_else(|problems| panic!("{problems}")).value
}

fn read(text: &str) -> Assessment {
    raw(text).parse().unwrap_or_else(|errors| panic!("{errors}"))
}

/// The clean assessment after one change that leaves it readable.
fn changed(change: impl FnOnce(&mut RawAssessment)) -> Assessment {
    let mut raw = raw(CLEAN);
    change(&mut raw);
    raw.parse().unwrap_or_else(|errors| panic!("{errors}"))
}

/// The clean assessment after one change, which must make it faulty.
fn faults(change: impl FnOnce(&mut RawAssessment)) -> FieldErrors {
    let mut raw = raw(CLEAN);
    change(&mut raw);
    raw.parse().expect_err("the assessment is faulty")
}

fn words(findings: &[Finding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn pounds(text: &str) -> Pence {
    Pence::parse(text).expect("an amount")
}

fn range(low: &str, high: &str) -> CostRange {
    CostRange::new(pounds(low), pounds(high)).expect("a range")
}

#[test]
fn an_assessment_survives_storage_as_json() {
    for text in [CLEAN, AT_ODDS, QUICK] {
        let document = read(text);
        let json = serde_json::to_string(&document).expect("an assessment can be stored");
        let stored: Assessment = serde_json::from_str(&json).expect("a stored assessment can be read");
        assert_eq!(stored, document);
    }
}

#[test]
fn an_assessment_as_typed_survives_storage_as_json() {
    for text in [CLEAN, AT_ODDS, QUICK] {
        let typed = raw(text);
        let json = serde_json::to_string(&typed).expect("an assessment can be stored");
        let stored: RawAssessment = serde_json::from_str(&json).expect("a stored assessment can be read");
        assert_eq!(stored, typed);
    }
}
