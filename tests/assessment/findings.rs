//! What an Impact Assessment leaves out, states in two ways or points at without having it.

use quorate::sip::assessment::{Finding, RawCostLine, RawPhase, RawRegister, RawSubtotal, Section};

use super::{AT_ODDS, CLEAN, QUICK, changed, range, read, words};

#[test]
fn an_assessment_that_agrees_with_itself_has_no_findings() {
    assert_eq!(words(&read(CLEAN).findings()), "");
}

#[test]
fn every_difference_of_figures_and_every_lost_reference_is_shown() {
    insta::assert_snapshot!(words(&read(AT_ODDS).findings()), @r#"
    section 5 does not state the impact on Resilience and Disaster Recovery
    SSI supplier is stated as £75,000 to £90,000, and its lines come to £70,000 to £90,000
    Testing is stated as £5,000, and no line of the costs concerns it
    the total is stated as £120,000 to £140,000, and its lines come to £100,000 to £140,000
    the summary asks for £138,500, and section 7.3 (Costs and Charges) states £120,000 to £140,000
    Release is stated for D + 6 months, and the phases up to it take 7 months
    the summary asks for 8 months, and the phases take 6 months
    section 4.3 (Deliverables) names Trial, which is not in section 7.1 (Lead Times and Timelines)
    section 4.3 (Deliverables) names R4, which is not in section 3.2 (Business Requirements)
    no deliverable and no component answers R3
    section 4.1 (Solution) points at section 4.9, which is not there
    section 5 (Impact on DCC Systems, Processes and People) points at "Error! Reference source not found", which is not there
    "#);
}

#[test]
fn stated_totals_stay_as_stated_beside_the_sums() {
    let document = read(AT_ODDS);
    assert_eq!(document.costs.total, range("120,000", "140,000"));
    assert_eq!(document.costs.sum(), Some(range("100,000", "140,000")));
    assert_eq!(document.asked(), range("138,500", "138,500"));
    assert_eq!(document.widest(), range("100,000", "140,000"));
}

#[test]
fn the_misprint_of_the_document_in_use_is_found() {
    let document = changed(|raw| {
        let line =
            |phase: &str, cost: &str| RawCostLine { phase: phase.into(), cost: cost.into(), ..RawCostLine::default() };
        raw.costs.lines = vec![line("Design", "£300,000 - £350,000"), line("Release", "£50,000-£100,000")];
        raw.costs.subtotals = Vec::new();
        raw.costs.total = "£400,000-£450,000".into();
        raw.summary.cost = "£400,000-£450,000".into();
    });
    let (stated, computed) = (range("400,000", "450,000"), range("350,000", "450,000"));
    assert_eq!(document.findings(), [Finding::Sum { of: "the total".to_owned(), stated, computed }]);
}

#[test]
fn a_cost_that_does_not_apply_counts_for_nothing_and_is_no_gap() {
    let document = changed(|raw| {
        for line in &mut raw.costs.lines {
            line.cost = "n/a".into();
        }
        raw.costs.subtotals = Vec::new();
    });
    assert_eq!(document.costs.sum(), None);
    assert_eq!(document.findings(), [Finding::Missing { section: Section::COSTS }]);
}

#[test]
fn what_a_short_assessment_leaves_out_is_listed() {
    insta::assert_snapshot!(words(&read(QUICK).findings()), @r#"
    section 1 (Executive Summary) is empty or incomplete
    section 2.1 (Revision History) is empty or incomplete
    section 2.3 (Document Information) is empty or incomplete
    section 3.1 (Current Arrangements) is empty or incomplete
    section 3.2 (Business Requirements) is empty or incomplete
    section 3.3 (Requirements of the Baseline) is empty or incomplete
    section 3.4 (Business Case) is empty or incomplete
    section 4.1 (Solution) is empty or incomplete
    section 4.2 (SEC Changes) is empty or incomplete
    section 4.3 (Deliverables) is empty or incomplete
    section 4.4 (Impact on Components) is empty or incomplete
    section 6.1 (Pre-Integration Testing) is empty or incomplete
    section 6.2 (Systems Integration Testing) is empty or incomplete
    section 6.3 (User Integration Testing) is empty or incomplete
    section 7.1 (Lead Times and Timelines) is empty or incomplete
    section 7.2 (Release Allocation and Other Changes) is empty or incomplete
    section 7.4 (Application Support Costs) is empty or incomplete
    section 7.5 (Price of this Assessment) is empty or incomplete
    appendix A (Risks, Assumptions, Issues and Dependencies) is empty or incomplete
    section 5 does not state the impact on Services
    section 5 does not state the impact on Technical Specifications
    section 5 does not state the impact on Security
    section 5 does not state the impact on Processing, Storage and Transmission of Data
    section 5 does not state the impact on Safety
    section 5 does not state the impact on Performance and Infrastructure
    section 5 does not state the impact on Resilience and Disaster Recovery
    section 5 does not state the impact on Interfaces
    section 5 does not state the impact on Transition to Operations
    section 5 does not state the impact on Application Support
    section 7.3 (Costs and Charges) names All phases, which is not in section 7.1 (Lead Times and Timelines)
    "#);
}

#[test]
fn the_registers_may_say_there_is_none_but_not_nothing() {
    let silent = changed(|raw| raw.raid.risks = RawRegister::default());
    assert_eq!(silent.findings(), [Finding::Missing { section: Section::RAID }]);
}

#[test]
fn phases_in_different_units_are_not_added_up() {
    let document = changed(|raw| {
        let phase = |name: &str, duration: &str| RawPhase { phase: name.into(), duration: duration.into() };
        raw.timescales.phases =
            vec![phase("Design", "15 working days"), phase("Build and test", "2 months"), phase("Release", "1 month")];
    });
    assert_eq!(document.findings(), [Finding::MixedTimes]);
}

#[test]
fn a_day_counted_from_approval_leaves_room_for_waiting() {
    let document = changed(|raw| {
        raw.timescales.phases[0].duration = "D + 1 month".into();
        raw.timescales.phases[2].duration = "D + 9 months".into();
        raw.summary.timescale = "9 months".into();
    });
    assert_eq!(document.findings(), []);
}

#[test]
fn a_total_of_something_without_lines_is_shown() {
    let document = changed(|raw| {
        raw.costs.subtotals.push(RawSubtotal { of: "Testing".into(), cost: "£5".into() });
    });
    assert_eq!(words(&document.findings()), "Testing is stated as £5, and no line of the costs concerns it");
}

#[test]
fn sections_of_the_code_itself_are_no_references_within_the_document() {
    let document = changed(|raw| {
        raw.solution.overview =
            "Under Section F5, and SEC section H8.15, see section 5.4, section 7.1 and section 3.2.1.".into();
    });
    assert_eq!(words(&document.findings()), "section 4.1 (Solution) points at section 3.2.1, which is not there");
}
