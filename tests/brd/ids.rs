//! Ids: how they are read, ordered and given out.

use proptest::prelude::*;
use quorate::brd::{
    Allocated, ComponentId, DomainId, DriverId, IdError, IdKind, ItemId, Line, ProcessMapId, RequirementId,
    RequirementKind, Version,
};

use super::any::{small, small_requirement};

fn written<T: ToString, E>(ids: &[&str], parse: impl Fn(&str) -> Result<T, E>) -> Vec<String> {
    ids.iter().filter_map(|text| parse(text).ok()).map(|id| id.to_string()).collect()
}

#[test]
fn the_ways_people_write_one_id_are_one_id() {
    let requirement = ["SSI-FR-6a", "ssi fr 6A", " SSI_FR_06a ", "SSI\u{2011}FR\u{2013}6a"];
    assert_eq!(written(&requirement, RequirementId::parse), ["SSI-FR-6a"; 4]);
    assert_eq!(written(&["UC-Login-001", "uc_Login_1", "UC Login 01"], ComponentId::parse), ["UC_Login_001"; 3]);
    assert_eq!(written(&["BFD-1", "bfd 01", "BFD01"], DomainId::parse), ["BFD01"; 3]);
    assert_eq!(written(&["pm3", "PM-3", "PM 03"], ProcessMapId::parse), ["PM3"; 3]);
    assert_eq!(written(&["bd1", "BD-01"], DriverId::parse), ["BD1"; 2]);
    assert_eq!(written(&["V1.0.9", "1.0.9", " v1.00.9"], Version::parse), ["V1.0.9"; 3]);
    assert_eq!(ComponentId::parse("uc-login-001"), ComponentId::parse("UC_Login_001"));
}

#[test]
fn the_capitals_of_a_component_are_kept_as_they_were_written() {
    assert_eq!(ComponentId::parse("UC-CSPOMS-001").unwrap().to_string(), "UC_CSPOMS_001");
    assert_eq!(ComponentId::parse("uc-cspoms-001").unwrap().to_string(), "UC_cspoms_001");
}

#[test]
fn what_is_no_id_is_refused_with_an_example() {
    for text in ["", "SSI-FR", "SSI-FR-0", "SSI-FR-6aa", "SSI-XR-6", "FR-6", "SSI-FR-6-7", "SSI-FR-12345", "Ⅵ"] {
        let error = RequirementId::parse(text).unwrap_err();
        assert_eq!(error, IdError { kind: IdKind::Requirement, given: text.to_owned() });
        assert!(error.to_string().ends_with("write it like SSI-FR-6a or SSI-NFR-12"), "{error}");
    }
    for text in ["UC_001", "UC_CSP_Coverage_001", "UC_Log in_001", "UC_Login_000", "XX_Login_001"] {
        assert!(ComponentId::parse(text).is_err(), "{text}");
    }
    assert!(Version::parse("V1").is_err() && Version::parse("V1.0.x").is_err());
}

#[test]
fn a_misprinted_domain_is_an_id_that_says_what_was_meant() {
    let misprint = DomainId::parse("BDF14").unwrap();
    assert_eq!(misprint.to_string(), "BDF14");
    assert_eq!(misprint.meant(), DomainId::parse("BFD14").ok());
    assert_eq!(DomainId::parse("BFD14").unwrap().meant(), None);
}

#[test]
fn ids_order_as_people_count() {
    let mut ids: Vec<RequirementId> = ["SSI-NFR-1", "SSI-FR-16", "SSI-FR-7", "SSI-FR-6a", "SSI-FR-16b", "SSI-FR-6"]
        .map(|text| RequirementId::parse(text).unwrap())
        .to_vec();
    ids.sort();
    let order = ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(order, ["SSI-FR-6", "SSI-FR-6a", "SSI-FR-7", "SSI-FR-16", "SSI-FR-16b", "SSI-NFR-1"]);
    assert!(Version::parse("V1.0.9").unwrap() < Version::parse("V1.0.10").unwrap());
}

#[test]
fn the_text_of_an_id_says_what_kind_it_is() {
    for text in ["BD1", "BFD01", "PM3", "UC_Login_001", "SSI-FR-6a", "SSI-NFR-12"] {
        assert_eq!(ItemId::parse(text).unwrap().to_string(), text);
    }
    assert!(matches!(ItemId::parse("BD1").unwrap(), ItemId::Driver(_)));
    assert!(matches!(ItemId::parse("BFD01").unwrap(), ItemId::Domain(_)));
    assert!(ItemId::parse("the SSI").is_err());
}

#[test]
fn a_new_id_is_one_more_than_the_highest_there_ever_was() {
    let mut brd = small();
    assert_eq!(brd.next_requirement(RequirementKind::Functional).to_string(), "SSI-FR-3");
    assert_eq!(brd.next_requirement(RequirementKind::NonFunctional).to_string(), "SSI-NFR-2");
    brd.requirements.push(small_requirement("SSI-FR-9a"));
    assert_eq!(brd.next_requirement(RequirementKind::Functional).to_string(), "SSI-FR-10");
    let id = |text| RequirementId::parse(text).unwrap();
    let elsewhere = Allocated { first: id("SSI-FR-72"), last: id("SSI-FR-81"), reason: Line::default() };
    brd.allocated_elsewhere.push(elsewhere);
    assert_eq!(brd.next_requirement(RequirementKind::Functional).to_string(), "SSI-FR-82");
    assert_eq!(brd.next_requirement(RequirementKind::NonFunctional).to_string(), "SSI-NFR-2");
    assert_eq!(brd.next_domain().to_string(), "BFD03");
    assert_eq!(brd.next_process_map().to_string(), "PM2");
    assert_eq!(brd.next_driver().to_string(), "BD2");
    assert_eq!(brd.next_component(&ComponentId::parse("uc_login_009").unwrap()).to_string(), "UC_login_002");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_reading_of_ids(text in "\\PC*") {
        if let Ok(id) = ItemId::parse(&text) {
            prop_assert_eq!(ItemId::parse(&id.to_string()), Ok(id));
        }
    }
}
