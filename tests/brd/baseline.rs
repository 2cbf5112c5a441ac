//! The baseline that ships: the structure of the real one, its statements in other words.

use quorate::brd::{Brd, Item, from_yaml, to_yaml};

pub(super) const BASELINE: &str = include_str!("../../fixtures/brd/baseline.yaml");

pub(super) fn baseline() -> Brd {
    from_yaml("baseline.yaml", BASELINE).unwrap()
}

#[test]
fn the_baseline_has_every_part_of_the_real_one() {
    let brd = baseline();
    assert_eq!(brd.drivers.len(), 4);
    assert_eq!(brd.domains.len(), 14);
    assert_eq!(brd.process_maps.len(), 27);
    assert_eq!(brd.components.len(), 38);
    assert_eq!(brd.requirements.len(), 83);
    assert_eq!(brd.non_functional.len(), 35);
    assert_eq!(brd.roles.len(), 11);
    assert_eq!(brd.access.len(), 22);
    assert_eq!(brd.glossary.len(), 13);
    assert!(brd.requirements.iter().all(Item::is_active));
}

#[test]
fn the_baseline_stands_in_the_one_form_it_has() {
    assert_eq!(to_yaml(&baseline()), BASELINE);
}

#[test]
fn numbers_given_out_elsewhere_are_not_given_out_again() {
    let brd = baseline();
    assert_eq!(brd.next_requirement(quorate::brd::RequirementKind::Functional).to_string(), "SSI-FR-82");
    assert_eq!(brd.next_requirement(quorate::brd::RequirementKind::NonFunctional).to_string(), "SSI-NFR-36");
}
