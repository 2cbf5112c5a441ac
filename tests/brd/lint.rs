//! What is found wrong with a baseline.

use quorate::brd::{Brd, Rule, Severity, from_yaml, lint};

use super::any::{SMALL, small};
use super::baseline::baseline;

/// The findings as `place: what`, with the name of the rule in front.
fn found(brd: &Brd) -> Vec<String> {
    lint(brd).iter().map(|finding| format!("{}: {}: {}", finding.rule, finding.place, finding.what)).collect()
}

/// The small baseline with some of its words replaced by others.
fn with(changes: &[(&str, &str)]) -> Brd {
    let change = |text: String, (from, to): &(&str, &str)| {
        assert!(text.contains(from), "{from:?} is not in the small baseline");
        text.replace(from, to)
    };
    from_yaml("small.yaml", &changes.iter().fold(SMALL.to_owned(), change)).unwrap()
}

#[test]
fn nothing_is_found_in_a_clean_baseline() {
    assert_eq!(found(&small()), [""; 0]);
}

#[test]
fn the_mistakes_of_the_real_baseline_are_found() {
    let found = found(&baseline());
    let mistakes = [
        "domain-mismatch: SSI-FR-16b: it belongs to BFD10, but PM5 to BFD07",
        "missing-trace: SSI-FR-20: it traces to no component",
        "missing-trace: SSI-FR-70: it traces to no component",
        "domain-mismatch: SSI-FR-70: it belongs to every process map and yet to BFD04 alone",
        "missing-trace: SSI-FR-71: it traces to no domain",
        "missing-trace: SSI-FR-71: it traces to no process map",
        "missing-trace: SSI-FR-71: it traces to no component",
        "missing-moscow: SSI-FR-71: it does not say how much it is needed",
        "missing-moscow: SSI-NFR-22: it does not say how much it is needed",
        "misspelt-id: PM21: its domain is printed as BDF14",
        "misspelt-id: the access row “DCC service status”: its domain is printed as BRD03",
        "misspelt-id: the access row “Service audit trails”: its domain is printed as BDF04",
        "misspelt-id: UC_CSPCoverage_002: it writes UC_CSPCoverage_001 as UC-CSP-Coverage-001",
        "id-style: UC_Schedule_003: it writes UC_Schedule_002 as UC-Schedule-002",
        "no-access-row: UC_MeterRead_001: no row of the access matrix names it",
        "access-twice: UC_Inventory_001: the access matrix names it in “Smart metering inventory” and “Meter Read Transactions”",
        "access-domain: the access row “Meter Read Transactions”: it stands under BFD06, but UC_Inventory_001 belongs to BFD02",
        "blank-name: the access row “UC_Search_001”: it has no name",
        "duplicate-text: SSI-FR-32a: it says the same as SSI-FR-30a",
        "duplicate-text: SSI-FR-39a: it says the same as SSI-FR-37a",
        "duplicate-text: UC_Inventory_002: it says the same as UC_Inventory_001",
        "stray-mark: SSI-FR-41: an item of its list has two marks",
        "one-moscow: the document: each of the 116 requirements with a MoSCoW is a Must",
        "incomplete-delta: the delta reference “SECMP0058 'Changes to the governance of the Self-Service Interface'”: it lacks serial, doc id, date, status",
        "undefined-term: the glossary: “Interface Transaction” is used by 14 items from UC_OrgManager_001 on and not defined",
        "unused-term: glossary 6 “Functional Component”: nothing in the document uses it",
        "no-date: the document: it has no date",
    ];
    for mistake in mistakes {
        assert!(found.iter().any(|finding| finding == mistake), "{mistake}\nis not among\n{}", found.join("\n"));
    }
}

#[test]
fn nothing_else_than_its_mistakes_is_held_against_the_real_baseline() {
    let serious = lint(&baseline()).into_iter().filter(|finding| finding.severity != Severity::Remark);
    assert_eq!(serious.count(), 22);
}

#[test]
fn a_gap_in_the_numbers_is_no_mistake() {
    assert_eq!(found(&with(&[("id: SSI-FR-2", "id: SSI-FR-20a")])), [""; 0]);
}

/// A rule, the words of the small baseline to replace, and what is then found.
type Case = (Rule, &'static [(&'static str, &'static str)], &'static str);

const CASES: &[Case] = &[
    (
        Rule::DanglingTrace,
        &[("process_map: PM1", "process_map: PM7")],
        "SSI-FR-1: it traces to PM7, which does not exist",
    ),
    (
        Rule::DanglingTrace,
        &[("into: BFD01", "into: BFD09")],
        "BFD02: BFD09, which is to take its place, does not exist",
    ),
    (
        Rule::DanglingTrace,
        &[("- UC_Login_001", "- UC_Logout_001")],
        "the access row “Log In”: it names UC_Logout_001, which does not exist",
    ),
    (
        Rule::RetiredTrace,
        &[("domain: BFD01\n  process_map: PM1", "domain: BFD02\n  process_map: PM1")],
        "SSI-FR-1: it traces to BFD02, which is no longer in use",
    ),
    (
        Rule::RetiredTrace,
        &[("  text: Lets people in.\n", "  text: Lets people in.\n  retired:\n    into: BFD02\n")],
        "BFD01: BFD02, which is to take its place, is itself no longer in use",
    ),
    (
        Rule::MisspeltId,
        &[("- domain: BFD01", "- domain: BDF01")],
        "the access row “Log In”: its domain is printed as BDF01",
    ),
    (
        Rule::BrokenReference,
        &[("A session ends.", "A session ends (SSI-FR-17).")],
        "SSI-NFR-1: it mentions SSI-FR-17, which does not exist",
    ),
    (
        Rule::BrokenReference,
        &[("A session ends.", "A session ends as BFD02 says.")],
        "SSI-NFR-1: it mentions BFD02, which is no longer in use",
    ),
    (
        Rule::IdStyle,
        &[("A session ends.", "A session ends, see UC-Login-1.")],
        "SSI-NFR-1: it writes UC_Login_001 as UC-Login-1",
    ),
    (
        Rule::MissingTrace,
        &[("  domain: BFD01\n  text: As a person", "  text: As a person")],
        "PM1: it traces to no domain",
    ),
    (
        Rule::MissingTrace,
        &[("- domain: BFD01\n  name", "- name")],
        "the access row “Log In”: it stands under no domain",
    ),
    (Rule::MissingMoscow, &[("  moscow: Won't\n", "")], "SSI-NFR-1: it does not say how much it is needed"),
    (Rule::BlankText, &[("A person keeps a file.", "''")], "SSI-FR-2: it says nothing"),
    (Rule::BlankName, &[("heading: Sessions", "heading: ''")], "SSI-NFR-1: it has no name or heading"),
    (Rule::BlankName, &[("category: Security", "category: ''")], "SSI-NFR-1: it has no category"),
    (
        Rule::DuplicateText,
        &[("A person keeps a file.", "A session *ends*.")],
        "SSI-NFR-1: it says the same as SSI-FR-2",
    ),
    (
        Rule::NearDuplicate,
        &[
            ("A person keeps a file.", "The SSI lets a person keep each file for a year and a day after logging out."),
            ("A session ends.", "The SSI lets a person keep each file for a year and a week after logging out."),
        ],
        "SSI-NFR-1: 94 % of its words are those of SSI-FR-2",
    ),
    (
        Rule::NoAccessRow,
        &[("  - UC_Login_001", "  - UC_Logon_001")],
        "UC_Login_001: no row of the access matrix names it",
    ),
    (
        Rule::UnknownRole,
        &[("  - Everybody", "  - Anybody")],
        "the access row “Log In”: it gives access to “Anybody”, which is no role of this document",
    ),
    (Rule::SerialGap, &[("serial: 1\n  term", "serial: 2\n  term")], "the glossary: 2 stands where 1 should"),
    (
        Rule::UnusedTerm,
        &[("A session ends.", "It ends."), ("heading: Sessions", "heading: Ends")],
        "glossary 1 “Session”: nothing in the document uses it",
    ),
    (Rule::IncompleteDelta, &[("  status: Done\n", "")], "the delta reference “The first change”: it lacks status"),
    (Rule::StrayMark, &[("* a password", "* * a password")], "SSI-FR-1: an item of its list has two marks"),
    (Rule::NoDate, &[("date: 2026-03-02\n", "")], "the document: it has no date"),
    (
        Rule::NothingTraces,
        &[("component: UC_Login_001", "component: UC_Login_002")],
        "UC_Login_001: no requirement traces to it",
    ),
    (
        Rule::UndefinedTerm,
        &[("A person keeps a file.", "A person keeps an XQZ."), ("A session ends.", "A session of the XQZ ends.")],
        "the glossary: “XQZ” is used by 2 items from SSI-FR-2 on and not defined",
    ),
];

#[test]
fn each_rule_finds_what_breaks_it() {
    for (rule, changes, expected) in CASES {
        let found = found(&with(changes));
        let expected = format!("{rule}: {expected}");
        assert!(found.contains(&expected), "{expected}\nis not among\n{}", found.join("\n"));
    }
}

#[test]
fn an_id_that_stands_twice_is_found() {
    let mut brd = small();
    brd.requirements.push(brd.requirements[0].clone());
    assert!(found(&brd).contains(&"id-twice: SSI-FR-1: two items have this id".to_owned()));
}

#[test]
fn a_term_that_is_defined_twice_is_found() {
    let mut brd = small();
    brd.glossary.push(quorate::brd::Term { serial: 2, ..brd.glossary[0].clone() });
    assert!(found(&brd).contains(&"term-twice: glossary 2 “Session”: this term is already defined".to_owned()));
}

#[test]
fn errors_come_first() {
    let severities: Vec<Severity> = lint(&baseline()).iter().map(|finding| finding.severity).collect();
    assert!(severities.is_sorted());
}

#[test]
fn every_rule_has_a_name_of_its_own() {
    let names: std::collections::BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    assert_eq!(names.len(), Rule::ALL.len());
}

#[test]
fn the_page_on_the_baseline_names_every_rule_under_its_severity() {
    let page = include_str!("../../docs/brd.md");
    for rule in Rule::ALL {
        let row = format!("| {} | ", rule.severity());
        let row = page.lines().find(|line| line.starts_with(&row)).unwrap();
        assert!(row.contains(&format!("`{rule}`")), "{rule} in {row}");
    }
}

#[test]
fn the_example_on_the_page_on_the_baseline_can_be_read() {
    let page = include_str!("../../docs/brd.md");
    let example = page.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let brd = from_yaml("example.yaml", example).unwrap();
    assert_eq!(quorate::brd::to_yaml(&brd), example);
}
