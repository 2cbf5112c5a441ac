//! Budget and commitments by Regulatory Year and sprint, and hours of Planned Maintenance by month.

use proptest::prelude::*;
use quorate::calendar::RegulatoryYear;
use quorate::sip::Pence;
use quorate::sip::budget::{Balance, Basis, Commitment, CostHistory, Sprint, statement};
use quorate::sip::maintenance::{Allowance, Month, Request, hours};

use super::{pounds, range};

fn year(text: &str) -> RegulatoryYear {
    text.parse().expect("a Regulatory Year")
}

fn commitment(sip: &str, of: &str, sprint: Option<&str>, cost: &str) -> Commitment {
    let sprint = sprint.map(|name| Sprint::parse(name).expect("a sprint"));
    Commitment { sip: sip.to_owned(), year: year(of), sprint, basis: Basis::Assessed, cost: pounds(cost) }
}

#[test]
fn a_year_counts_what_is_committed_in_it_by_sip_and_sprint() {
    let commitments = [
        commitment("SIP-0003", "2026/27", Some("Sprint 2"), "12,400"),
        commitment("SIP-0001", "2026/27", Some("Sprint 2"), "30,000"),
        commitment("SIP-0002", "2026/27", None, "5,000.50"),
        commitment("SIP-0004", "2027/28", Some("Sprint 2"), "90,000"),
    ];
    let drawn = statement(year("2026/27"), Some(pounds("60,000")), &commitments);
    assert_eq!(drawn.committed, pounds("47,400.50"));
    assert_eq!(drawn.balance, Some(Balance::Left(pounds("12,599.50"))));
    let sips: Vec<_> = drawn.commitments.iter().map(|one| one.sip.as_str()).collect();
    assert_eq!(sips, ["SIP-0001", "SIP-0002", "SIP-0003"]);
    let sprints: Vec<_> = drawn.sprints.iter().map(|(name, sum)| (name.as_ref().map(Sprint::as_str), *sum)).collect();
    assert_eq!(sprints, [(None, pounds("5,000.50")), (Some("Sprint 2"), pounds("42,400"))]);
}

#[test]
fn a_budget_that_is_exceeded_says_by_how_much_and_a_missing_one_nothing() {
    let commitments = [commitment("SIP-0001", "2026/27", None, "10")];
    let over = statement(year("2026/27"), Some(pounds("9.50")), &commitments);
    assert_eq!(over.balance, Some(Balance::Over(pounds("0.50"))));
    let spent = statement(year("2026/27"), Some(pounds("10")), &commitments);
    assert_eq!(spent.balance, Some(Balance::Left(Pence::ZERO)));
    assert_eq!(statement(year("2026/27"), None, &commitments).balance, None);
}

#[test]
fn the_latest_figure_counts_and_an_anticipated_range_is_none() {
    let mut history = CostHistory { anticipated: Some(range("8,000", "15,000")), ..CostHistory::default() };
    assert_eq!(history.latest(), None);
    history.assessed = Some(pounds("12,400"));
    assert_eq!(history.latest(), Some((Basis::Assessed, pounds("12,400"))));
    history.revised = vec![pounds("13,000"), pounds("12,900")];
    assert_eq!(history.latest(), Some((Basis::Revised, pounds("12,900"))));
    history.actual = Some(pounds("12,950"));
    assert_eq!(history.latest(), Some((Basis::Actual, pounds("12,950"))));
}

#[test]
fn hours_of_maintenance_are_counted_by_the_month_against_four() {
    let month = |text: &str| Month::parse(text).expect("a month");
    let request = |sip: &str, of: &str, hours| Request { sip: sip.to_owned(), month: month(of), hours };
    let requests =
        [request("SIP-0001", "2026-08", 3), request("SIP-0002", "2026-08", 2), request("SIP-0003", "2026-09", 1)];
    let august = hours(month("2026-08"), Allowance::default(), &requests);
    assert_eq!((august.allowed, august.asked, august.left, august.over), (4, 5, 0, 1));
    let september = hours(month("2026-09"), Allowance::default(), &requests);
    assert_eq!((september.allowed, september.asked, september.left, september.over), (4, 1, 3, 0));
    assert_eq!(september.requests.len(), 1);
}

#[test]
fn a_month_is_a_year_and_a_month() {
    for text in ["2026", "2026-13", "2026-8", "August 2026", "2026-08-01", "２０２６-08"] {
        Month::parse(text).expect_err(text);
    }
    assert_eq!(Month::parse(" 2026-08 ").expect("a month").to_string(), "2026-08");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_sprints_of_a_year_come_to_what_is_committed(costs in prop::collection::vec((0..4_usize, 0..=9_999_999_i64), 0..20)) {
        let commitments: Vec<_> = costs.iter().enumerate().map(|(at, (sprint, cost))| {
            let sprint = (*sprint > 0).then(|| Sprint::parse(&format!("Sprint {sprint}")).expect("a sprint"));
            let cost = Pence::new(*cost).expect("an amount");
            Commitment { sip: format!("SIP-{at:04}"), year: year("2026/27"), sprint, basis: Basis::Actual, cost }
        }).collect();
        let drawn = statement(year("2026/27"), None, &commitments);
        let sum: i64 = drawn.sprints.iter().map(|(_, sum)| sum.get()).sum();
        prop_assert_eq!(sum, drawn.committed.get());
    }
}
