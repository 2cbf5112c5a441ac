//! The tests of material change (R45, R47).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;
use quorate::sip::material::{Growth, Snapshots, Test, Thresholds, material_change};
use quorate::sip::scope::{Report, Scope, TotalSystem, Touch};
use quorate::sip::{CostRange, PartyCategory, Pence, RequirementId, Window};

use super::{AT_ODDS, pounds, range, read};

fn requirement(text: &str) -> RequirementId {
    RequirementId::parse(text).expect("a requirement")
}

fn window(start: &str, end: &str) -> Window {
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    Window::new(day(start), day(end)).expect("a window")
}

fn consulted() -> Scope {
    Scope {
        cost: Some(range("70,000", "95,000")),
        requirements: Some(BTreeSet::from([
            Touch::Amend(requirement("SSI-FR-53")),
            Touch::Add("A line for each bulk request".to_owned()),
        ])),
        parties: BTreeSet::from([PartyCategory::LargeSupplier, PartyCategory::SmallSupplier]),
        window: Some(window("2026-12-01", "2027-02-26")),
        total_system: TotalSystem::NoRiskKnown,
        changed: None,
    }
}

fn tests_of(now: Scope, approved: Option<Pence>) -> Vec<Test> {
    let snapshots = Snapshots { consulted: consulted(), assessed: None, current: Some(now), approved };
    let found = material_change(&snapshots, &Thresholds::default());
    found.findings.into_iter().map(|finding| finding.test).collect()
}

fn at(cost: &str) -> Scope {
    Scope { cost: Some(range(cost, cost)), ..consulted() }
}

fn with(change: impl FnOnce(&mut Scope)) -> Scope {
    let mut scope = consulted();
    change(&mut scope);
    scope
}

#[test]
fn each_test_finds_its_own_change_and_no_other() {
    let table: [(&str, Scope, &[Test]); 12] = [
        ("nothing changed", consulted(), &[]),
        ("dearest of the range", at("95,000"), &[]),
        ("cheaper", at("1,000"), &[]),
        ("a penny more", at("95,000.01"), &[Test::CostOverConsulted]),
        ("the next band", at("100,000.01"), &[Test::BandCrossed, Test::CostOverConsulted]),
        (
            "one more requirement",
            with(|scope| {
                let list = scope.requirements.as_mut().expect("a list");
                list.insert(Touch::Remove(requirement("SSI-FR-55")));
            }),
            &[Test::RequirementAdded],
        ),
        (
            "one requirement fewer",
            with(|scope| {
                let list = scope.requirements.as_mut().expect("a list");
                list.remove(&Touch::Amend(requirement("SSI-FR-53")));
            }),
            &[Test::RequirementRemoved],
        ),
        (
            "another Party category",
            with(|scope| {
                scope.parties.insert(PartyCategory::GasNetworkOperator);
            }),
            &[Test::NewPartyCategory],
        ),
        ("earlier", with(|scope| scope.window = Some(window("2026-11-30", "2027-01-29"))), &[Test::OutsideWindow]),
        ("within the window", with(|scope| scope.window = Some(window("2026-12-07", "2027-01-29"))), &[]),
        ("said in words", with(|scope| scope.changed = Some("The file is split.".to_owned())), &[Test::ScopeChanged]),
        ("a wider risk", with(|scope| scope.total_system = TotalSystem::AtRisk), &[Test::WiderSystemRisk]),
    ];
    for (name, now, expected) in table {
        assert_eq!(tests_of(now, None), expected, "{name}");
    }
}

#[test]
fn growth_over_an_approved_figure_is_material_beyond_the_share_or_the_sum() {
    let table = [
        ("40,000", "42,000", false),
        ("40,000", "42,000.01", true),
        ("90,000", "94,500", false),
        ("300,000", "310,000", false),
        ("300,000", "310,000.01", true),
        ("0", "0.01", true),
    ];
    for (approved, now, material) in table {
        let found = tests_of(at(now), Some(pounds(approved)));
        assert_eq!(found.contains(&Test::CostOverApproved), material, "{approved} to {now}");
    }
}

#[test]
fn a_threshold_lets_the_growth_it_names_pass() {
    let growth = Growth { permille: 100, sum: pounds("20,000") };
    let thresholds = Thresholds { over_consulted: growth, ..Thresholds::default() };
    let found = |cost| {
        let snapshots = Snapshots { consulted: consulted(), assessed: Some(at(cost)), ..Snapshots::default() };
        material_change(&snapshots, &thresholds).findings.into_iter().map(|one| one.test).collect::<Vec<_>>()
    };
    assert_eq!(found("99,000"), []);
    assert_eq!(found("104,500"), [Test::BandCrossed]);
    assert_eq!(found("104,500.01"), [Test::BandCrossed, Test::CostOverConsulted]);
}

#[test]
fn an_assessment_is_compared_by_its_dearest_figure_and_says_what_it_found() {
    let then = consulted();
    let assessed = Some(Scope::of_assessment(&read(AT_ODDS), &then));
    let snapshots = Snapshots { consulted: then, assessed, ..Snapshots::default() };
    let found = material_change(&snapshots, &Thresholds::default());
    insta::assert_snapshot!(found.to_string().replace("; ", "\n"), @r#"
    the cost band rises from Medium to Large
    the cost of £100,000 to £140,000 exceeds the £70,000 to £95,000 that Parties were consulted on
    any growth is material
    Parties were not consulted on this: add A line of a bulk return tells when its last hub was closed
    Parties were not consulted on this: add Return records made by one bulk request appear together with a count for each stage
    Parties were not consulted on this: amend SSI-FR-55
    Parties were consulted on this, and it is no longer to be done: add A line for each bulk request
    Gas Network Operator is impacted and was not named as such in the consultation
    the wider DCC Total System is at risk
    "#);
}

#[test]
fn what_is_not_stated_is_not_compared() {
    let unnamed = Scope { requirements: None, window: None, cost: None, ..consulted() };
    let snapshots = Snapshots { consulted: unnamed, assessed: Some(at("500,000")), ..Snapshots::default() };
    assert!(!material_change(&snapshots, &Thresholds::default()).is_material());
}

#[test]
fn a_report_is_laid_over_the_scope_and_compared() {
    let report = Report {
        cost: pounds("96,000"),
        requirements_added: vec!["amend SSI-FR-55".to_owned(), "A count for each stage".to_owned()],
        requirements_removed: vec!["amend ssi-fr-53".to_owned()],
        parties_added: vec!["Gas Networks".to_owned()],
        window: Some(window("2027-03-01", "2027-03-12")),
        changed: None,
    };
    let current = consulted().after(&report).expect("the report can be read");
    assert_eq!(
        tests_of(current, None),
        [
            Test::CostOverConsulted,
            Test::RequirementAdded,
            Test::RequirementAdded,
            Test::RequirementRemoved,
            Test::NewPartyCategory,
            Test::OutsideWindow
        ]
    );
}

#[test]
fn a_report_that_cannot_be_read_says_all_that_is_wrong_with_it() {
    let report = Report {
        requirements_added: vec!["amend the login".to_owned()],
        requirements_removed: vec!["remove SSI-FR-1".to_owned()],
        parties_added: vec!["Networks".to_owned()],
        ..Report::default()
    };
    let errors = consulted().after(&report).expect_err("nothing in it can be read");
    insta::assert_snapshot!(errors, @r#"
    requirements_added[0]: "the login" is not a requirement id; write it like SSI-FR-6a or SSI-NFR-12
    parties_added[0]: "Networks" may be either of two categories; write Electricity Network Operator or Gas Network Operator
    requirements_removed: nothing in the scope says: remove SSI-FR-1; write it as the scope has it, such as amend SSI-FR-13
    "#);
}

#[test]
fn a_report_adds_to_a_scope_that_named_no_requirements() {
    let unnamed = Scope { requirements: None, ..consulted() };
    let report =
        Report { cost: pounds("80,000"), requirements_added: vec!["amend SSI-FR-55".to_owned()], ..Report::default() };
    let current = unnamed.after(&report).expect("the report can be read");
    let snapshots = Snapshots { consulted: unnamed, current: Some(current), ..Snapshots::default() };
    let found = material_change(&snapshots, &Thresholds::default()).findings;
    assert_eq!(found.iter().map(|one| one.test).collect::<Vec<_>>(), [Test::RequirementAdded]);
}

fn cost() -> impl Strategy<Value = CostRange> {
    (0..=20_000_000_i64, 0..=20_000_000_i64).prop_map(|(low, more)| {
        let ends = (Pence::new(low).expect("an amount"), Pence::new(low + more).expect("an amount"));
        CostRange::new(ends.0, ends.1).expect("a range")
    })
}

fn thresholds() -> impl Strategy<Value = Thresholds> {
    let growth = || {
        (0..=1_000_u32, 0..=5_000_000_i64)
            .prop_map(|(permille, sum)| Growth { permille, sum: Pence::new(sum).expect("an amount") })
    };
    (growth(), growth()).prop_map(|(over_consulted, over_approved)| Thresholds { over_consulted, over_approved })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_dearer_scope_is_found_by_every_test_that_found_the_cheaper(
        before in cost(), now in cost(), more in 0..=10_000_000_i64, approved in 0..=20_000_000_i64, bounds in thresholds()
    ) {
        let found = |high: i64| {
            let high = Pence::new(high).expect("an amount");
            let current = Scope { cost: CostRange::new(now.low(), high).ok(), ..consulted() };
            let consulted = Scope { cost: Some(before), ..consulted() };
            let approved = Pence::new(approved).ok();
            let snapshots = Snapshots { consulted, assessed: None, current: Some(current), approved };
            let findings = material_change(&snapshots, &bounds).findings;
            findings.into_iter().map(|finding| finding.test).collect::<BTreeSet<_>>()
        };
        let (cheaper, dearer) = (found(now.high().get()), found(now.high().get() + more));
        prop_assert!(cheaper.is_subset(&dearer), "{cheaper:?} {dearer:?}");
    }

    #[test]
    fn identical_scopes_are_never_material(range in cost(), bounds in thresholds()) {
        let scope = Scope { cost: Some(range), total_system: TotalSystem::AtRisk, ..consulted() };
        let approved = Some(range.high());
        let snapshots =
            Snapshots { consulted: scope.clone(), assessed: Some(scope.clone()), current: Some(scope), approved };
        prop_assert!(!material_change(&snapshots, &bounds).is_material());
    }
}
