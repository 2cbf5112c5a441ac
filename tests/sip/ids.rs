//! References of SIPs and ids of the baseline.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Display;

use proptest::prelude::*;
use quorate::sip::{
    ComponentId, DomainId, IdError, Mend, ProvisionalReference, RequirementId, SipNumber, SipReference,
};

fn told<T: Display>(result: Result<T, IdError>) -> String {
    match result {
        Ok(id) => id.to_string(),
        Err(error) => format!("{error}; {}", error.mend()),
    }
}

#[test]
fn requirement_ids_are_normalised() {
    for text in ["SSI-FR-6a", "ssi-fr-6A", "SSI_FR_6a", " ssi fr 06a ", "SSI\u{2011}FR\u{2013}6a"] {
        assert_eq!(told(RequirementId::parse(text)), "SSI-FR-6a", "{text}");
    }
    assert_eq!(told(RequirementId::parse("ssi_nfr_12")), "SSI-NFR-12");
}

#[test]
fn a_suffixed_requirement_stands_between_its_neighbours() {
    let sorted = ["SSI-FR-6", "SSI-FR-6a", "SSI-FR-6b", "SSI-FR-7", "SSI-FR-10", "SSI-NFR-1", "SSI-NFR-12"];
    let ids: BTreeSet<_> = sorted.iter().rev().map(|id| RequirementId::parse(id).expect("an id")).collect();
    assert_eq!(ids.iter().map(ToString::to_string).collect::<Vec<_>>(), sorted);
}

#[test]
fn component_ids_ignore_capitals_and_separators() {
    let ids = ["UC-Login-001", "UC_Login_001", "uc_login_1"].map(|id| ComponentId::parse(id).expect("an id"));
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 1);
    assert_eq!(ids.map(|id| id.to_string()), ["UC_Login_001", "UC_Login_001", "UC_login_001"]);
}

#[test]
fn domains_are_normalised() {
    for text in ["BFD01", "BFD-1", "bfd 01", "BFD_1", "bfd1"] {
        assert_eq!(told(DomainId::parse(text)), "BFD01", "{text}");
    }
}

#[test]
fn references_are_normalised() {
    for text in ["P-2026-0001", "p 2026 1", "P_2026_1"] {
        assert_eq!(told(ProvisionalReference::parse(text)), "P-2026-0001", "{text}");
        assert_eq!(told(SipReference::parse(text)), "P-2026-0001", "{text}");
    }
    for text in ["SIP-0001", "sip 1", "SIP1"] {
        assert_eq!(told(SipNumber::parse(text)), "SIP-0001", "{text}");
        assert_eq!(told(SipReference::parse(text)), "SIP-0001", "{text}");
    }
    assert_eq!(told(SipNumber::new(12_345)), "SIP-12345");
    assert_eq!(SipNumber::parse("SIP-12").map(SipNumber::serial), Ok(12));
    let reference = ProvisionalReference::parse("P-2026-12").expect("a reference");
    assert_eq!((reference.year(), reference.serial()), (2026, 12));
}

#[test]
fn what_is_not_an_id_is_refused_with_an_example() {
    let refusals = [
        told(RequirementId::parse("")),
        told(RequirementId::parse("FR-6")),
        told(RequirementId::parse("SSI-FR-")),
        told(RequirementId::parse("SSI-FR-6ab")),
        told(RequirementId::parse("SSI--FR-6")),
        told(RequirementId::parse("SSI-FR-0")),
        told(RequirementId::parse("SSI-FR-\u{665}")),
        told(ComponentId::parse("UC_001")),
        told(ComponentId::parse("UC_<b>_001")),
        told(ComponentId::parse("UC_Login_0")),
        told(DomainId::parse("BFD")),
        told(DomainId::parse("BFD00")),
        told(DomainId::parse("BFD--1")),
        told(SipNumber::parse("SIP-0000")),
        told(SipNumber::parse("SIP-1234567")),
        told(SipNumber::parse("£IP-1")),
        told(ProvisionalReference::parse("P-26-1")),
        told(ProvisionalReference::parse("P-1999-1")),
        told(SipReference::parse("that one")),
        told(SipReference::parse("SIP-0\u{1b}[31m")),
        told(RequirementId::parse(&"9".repeat(10_000))),
    ];
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    "" is not a requirement id; write it like SSI-FR-6a or SSI-NFR-12
    "FR-6" is not a requirement id; write it like SSI-FR-6a or SSI-NFR-12
    "SSI-FR-" is not a requirement id; write it like SSI-FR-6a or SSI-NFR-12
    "SSI-FR-6ab" is not a requirement id; write it like SSI-FR-6a or SSI-NFR-12
    "SSI--FR-6" is not a requirement id; write it like SSI-FR-6a or SSI-NFR-12
    "SSI-FR-0" has a number that a requirement id cannot have; use a number from 1 to 9999
    "SSI-FR-٥" is not a requirement id; write it like SSI-FR-6a or SSI-NFR-12
    "UC_001" is not a functional component id; write it like UC_Login_001
    "UC_<b>_001" is not a functional component id; write it like UC_Login_001
    "UC_Login_0" has a number that a functional component id cannot have; use a number from 1 to 999
    "BFD" is not a Business Functional Domain; write it like BFD01
    "BFD00" has a number that a Business Functional Domain cannot have; use a number from 1 to 99
    "BFD--1" is not a Business Functional Domain; write it like BFD01
    "SIP-0000" has a number that a SIP number cannot have; use a number from 1 to 999999
    "SIP-1234567" is not a SIP number; write it like SIP-0001
    "£IP-1" is not a SIP number; write it like SIP-0001
    "P-26-1" is not a provisional reference; write it like P-2026-0001
    "P-1999-1" has a number that a provisional reference cannot have; use a number from 2000 to 2999
    "that one" is not a SIP number or provisional reference; write it like SIP-0001 or P-2026-0001
    "SIP-0\u{1b}[31m" is not a SIP number or provisional reference; write it like SIP-0001 or P-2026-0001
    "999999999999999999999999999999999999999999999999999999999999…" is not a requirement id; write it like SSI-FR-6a or SSI-NFR-12
    "#);
}

#[test]
fn ids_are_stored_as_text_and_checked_when_read() {
    let id = RequirementId::parse("ssi_fr_6a").expect("an id");
    assert_eq!(serde_json::to_string(&id).expect("an id serialises"), r#""SSI-FR-6a""#);
    assert_eq!(serde_json::from_str::<RequirementId>(r#""SSI-FR-6a""#).expect("an id"), id);
    let error = serde_json::from_str::<DomainId>(r#""BFD""#).expect_err("not a domain");
    assert!(
        error.to_string().starts_with(r#""BFD" is not a Business Functional Domain; write it like BFD01"#),
        "{error}"
    );
}

fn requirement() -> impl Strategy<Value = (bool, u32, Option<char>)> {
    (any::<bool>(), 1..=9999_u32, proptest::option::of(proptest::char::range('a', 'z')))
}

fn written((non_functional, number, suffix): (bool, u32, Option<char>)) -> String {
    let kind = if non_functional { "NFR" } else { "FR" };
    format!("SSI-{kind}-{number}{}", suffix.map(String::from).unwrap_or_default())
}

proptest! {
    #[test]
    fn requirement_ids_order_by_kind_number_and_suffix(a in requirement(), b in requirement()) {
        let id = |parts| RequirementId::parse(&written(parts)).expect("an id");
        prop_assert_eq!(id(a).cmp(&id(b)), a.cmp(&b));
        prop_assert_eq!(id(a).to_string(), written(a));
    }

    #[test]
    fn component_ids_equal_in_any_capitals_hash_and_order_alike(name in "[A-Za-z][A-Za-z0-9]{0,10}", number in 1..=999_u32) {
        let id = |name: &str| ComponentId::parse(&format!("UC-{name}-{number}")).expect("an id");
        let (upper, lower) = (id(&name.to_uppercase()), id(&name.to_lowercase()));
        prop_assert_eq!(upper.cmp(&lower), std::cmp::Ordering::Equal);
        prop_assert_eq!(HashSet::from([upper, lower]).len(), 1);
    }

    #[test]
    fn no_text_makes_an_id_reader_panic(text in ".{0,20}") {
        let _ = (RequirementId::parse(&text), ComponentId::parse(&text), DomainId::parse(&text), SipReference::parse(&text));
    }
}
