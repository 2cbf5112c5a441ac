//! Which route a proposal must take.

use std::collections::BTreeSet;

use quorate::sip::route::{AccessChange, Boundary, Route, SectionDReason, route};

use super::form;

#[test]
fn the_route_depends_on_what_changes_and_when() {
    let moved = "2025-12-01".parse().expect("a date");
    let dated = Boundary { tables_leave_appendix_ah: Some(moved) };
    let undated = Boundary { tables_leave_appendix_ah: None };
    let on =
        |key: &str, date: &str, boundary| route(&form(key).access_changes, date.parse().expect("a date"), boundary);
    let until = |until| Route::SectionD { reasons: vec![SectionDReason::ChangesAppendixAh { until }] };
    assert_eq!(on("g", "2025-06-01", dated), Route::Ssi);
    assert_eq!(on("e", "2025-11-30", dated), until(Some(moved)));
    assert_eq!(on("e", "2025-12-01", dated), Route::Ssi);
    assert_eq!(on("e", "2030-01-01", undated), until(None));
    let rights = Route::SectionD { reasons: vec![SectionDReason::ChangesAccessRights] };
    assert_eq!(on("a", "2026-01-05", dated), rights);
}

#[test]
fn the_route_gives_every_reason_in_words() {
    let all = BTreeSet::from([AccessChange::Connection, AccessChange::AccessRights, AccessChange::RoleAndDomainTables]);
    let boundary = Boundary { tables_leave_appendix_ah: Some("2025-12-01".parse().expect("a date")) };
    let route = route(&all, "2025-06-01".parse().expect("a date"), boundary);
    insta::assert_snapshot!(route, @"This needs a Modification Proposal under SEC Section D. It changes how Users connect to the SSI. It changes the access rights granted to Users. It changes the role or domain tables, which are text of SEC Appendix AH until 1 December 2025.");
}
