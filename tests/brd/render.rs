//! The live document.

use quorate::brd::{Brd, DomainId, Line, Retirement, render, to_html};
use quorate::document::{Look, to_text};

use super::any::small;
use super::baseline::baseline;

fn text(brd: &Brd) -> String {
    to_text(&render(brd))
}

#[test]
fn every_item_of_the_baseline_stands_in_the_live_document() {
    let brd = baseline();
    let html = to_html(&brd, Look::Bare);
    let ids = brd.requirements.iter().map(|requirement| requirement.id.to_string());
    let ids = ids.chain(brd.non_functional.iter().map(|requirement| requirement.id.to_string()));
    let ids = ids.chain(brd.domains.iter().map(|domain| domain.id.to_string()));
    let ids = ids.chain(brd.process_maps.iter().map(|map| map.id.to_string()));
    for id in ids.chain(brd.components.iter().map(|component| component.id.to_string())) {
        assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn a_small_baseline_as_text() {
    assert_eq!(text(&small()), include_str!("small.txt"));
}

#[test]
fn an_item_no_longer_in_use_says_what_takes_its_place_and_why() {
    let mut brd = small();
    let into = DomainId::parse("BFD01").ok();
    brd.domains[1].retired = Some(Retirement { into, reason: Line::new("a basic need now") });
    assert!(to_html(&brd, Look::Bare).contains("No longer in use; replaced by BFD01: a basic need now"));
    brd.domains[1].retired = Some(Retirement { into: None, reason: Line::default() });
    assert!(to_html(&brd, Look::Bare).contains("<p class=\"note\">No longer in use</p>"));
}

#[test]
fn requirements_stand_with_their_component_and_the_others_where_they_were() {
    let arranged = baseline().arranged();
    assert_eq!(arranged, baseline(), "the baseline is in order as it ships");
    let mut mixed = baseline();
    mixed.requirements.rotate_left(40);
    let ids: Vec<_> = mixed.arranged().requirements.iter().map(|requirement| requirement.id).collect();
    assert_eq!(ids.len(), 83);
    assert_eq!(ids[..2], [baseline().requirements[0].id, baseline().requirements[1].id]);
}
