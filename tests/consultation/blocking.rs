use quorate::consultation::{
    Agreed, Blocking, Costs, Draft, Frame, Hours, Item, Proposal, SipId, Span, Standing, Urgency, blocking,
};

use super::{agreed, albion, date, england, frame, northwind, proposal, says, sip};

fn span(from: &str, to: &str) -> Span {
    Span { from: date(from), to: date(to) }
}

fn found(frame: &Frame, sips: &[(SipId, Proposal)], window: Option<Span>) -> Vec<Blocking> {
    let parties = [agreed(northwind())];
    blocking(&Draft { frame, sips, parties: &parties, window }, &england())
}

fn items(found: &[Blocking]) -> Vec<Item> {
    found.iter().map(|blocking| blocking.item).collect()
}

const GOOD: (&str, &str) = ("2026-07-01", "2026-07-22");

#[test]
fn nothing_blocks_a_complete_consultation() {
    assert_eq!(found(&frame(), &[(sip(1), proposal())], Some(span(GOOD.0, GOOD.1))), []);
}

#[test]
fn each_missing_content_is_named_with_its_sip_and_how_to_mend_it() {
    type Remove = fn(&mut Proposal);
    let rows: [(Item, Remove); 11] = [
        (Item::Title, |of| of.title = None),
        (Item::Proposer, |of| of.proposer = None),
        (Item::Description, |of| of.description = None),
        (Item::Benefits, |of| of.benefits.clear()),
        (Item::PartiesImpacted, |of| of.parties_impacted.clear()),
        (Item::Change, |of| of.change = None),
        (Item::Cost, |of| of.cost = None),
        (Item::Timescales, |of| of.timescales = None),
        (Item::Prioritisation, |of| of.prioritisation = None),
        (Item::Maintenance, |of| of.maintenance = None),
        (Item::Questions, |of| of.questions.clear()),
    ];
    for (item, remove) in rows {
        let mut lacking = proposal();
        remove(&mut lacking);
        let found = found(&frame(), &[(sip(1), proposal()), (sip(2), lacking)], Some(span(GOOD.0, GOOD.1)));
        assert_eq!(items(&found), [item]);
        assert_eq!(found[0].sip, Some(sip(2)));
        assert!(!found[0].why.is_empty() && !found[0].mend.is_empty());
    }
}

#[test]
fn each_missing_statement_of_the_whole_is_named() {
    let found = found(&Frame::default(), &[(sip(1), proposal())], Some(span(GOOD.0, GOOD.1)));
    assert_eq!(
        items(&found),
        [
            Item::Background,
            Item::WhatMayChange,
            Item::CostRecovery,
            Item::Spending,
            Item::Implementation,
            Item::NextSteps,
            Item::Contact,
            Item::Classification
        ]
    );
    assert!(found.iter().all(|blocking| blocking.sip.is_none()));
}

#[test]
fn a_consultation_without_a_sip_is_blocked() {
    assert_eq!(items(&found(&frame(), &[], Some(span(GOOD.0, GOOD.1)))), [Item::Sips]);
}

#[test]
fn a_cost_range_the_wrong_way_round_is_no_range() {
    let lacking = Proposal { cost: Some(Costs { low_pence: 2, high_pence: 1 }), ..proposal() };
    assert_eq!(items(&found(&frame(), &[(sip(1), lacking)], Some(span(GOOD.0, GOOD.1)))), [Item::Cost]);
}

#[test]
fn more_maintenance_than_is_left_blocks() {
    let hours = Some(Hours { asked_minutes: 241, left_minutes: 240 });
    let found = found(&frame(), &[(sip(1), Proposal { maintenance: hours, ..proposal() })], Some(span(GOOD.0, GOOD.1)));
    assert_eq!(items(&found), [Item::Maintenance]);
    assert!(found[0].why.contains("241") && found[0].why.contains("240"));
}

#[test]
fn a_window_of_fourteen_working_days_is_too_short() {
    let found = found(&frame(), &[(sip(1), proposal())], Some(span("2026-07-01", "2026-07-21")));
    assert_eq!(items(&found), [Item::Window]);
    assert!(found[0].why.contains("14 Working Days"), "{}", found[0].why);
    assert!(found[0].mend.contains("Wednesday 22 July 2026"), "{}", found[0].mend);
}

#[test]
fn an_urgent_timetable_shortens_the_window_to_its_own_day_and_no_further() {
    let urgency = Urgency {
        closes_on: date("2026-07-10"),
        reason: says("A fault that stops ordering."),
        what_else_moves: Some(says("Nothing else moves.")),
    };
    let urgent = Frame { urgency: Some(urgency), ..frame() };
    let sips = [(sip(1), proposal())];
    assert_eq!(found(&urgent, &sips, Some(span("2026-07-01", "2026-07-10"))), []);
    let early = found(&urgent, &sips, Some(span("2026-07-01", "2026-07-09")));
    assert!(early[0].mend.contains("Friday 10 July 2026"), "{}", early[0].mend);
    assert_eq!(items(&found(&urgent, &sips, Some(span("2026-07-10", "2026-07-10")))), [Item::Window]);
}

#[test]
fn no_window_or_one_beyond_the_known_days_blocks() {
    let sips = [(sip(1), proposal())];
    assert_eq!(items(&found(&frame(), &sips, None)), [Item::Window]);
    assert_eq!(items(&found(&frame(), &sips, Some(span("2090-01-01", "2090-03-01")))), [Item::Window]);
}

#[test]
fn a_batch_that_straddles_31_march_is_blocked_and_told_both_ways_out() {
    let straddling = Frame { implementation: Some(span("2027-02-01", "2027-04-01")), ..frame() };
    let found = found(&straddling, &[(sip(1), proposal())], Some(span(GOOD.0, GOOD.1)));
    assert_eq!(items(&found), [Item::Implementation]);
    assert!(found[0].mend.contains("31 March 2027") && found[0].mend.contains("1 April 2027"), "{}", found[0].mend);
}

#[test]
fn a_sip_may_have_a_narrower_implementation_window_but_no_other() {
    let own = |from, to| [(sip(1), Proposal { implementation: Some(span(from, to)), ..proposal() })];
    assert_eq!(found(&frame(), &own("2026-12-01", "2026-12-31"), Some(span(GOOD.0, GOOD.1))), []);
    let outside = found(&frame(), &own("2026-10-01", "2026-12-31"), Some(span(GOOD.0, GOOD.1)));
    assert_eq!((outside[0].item, outside[0].sip.clone()), (Item::Implementation, Some(sip(1))));
    let backwards = found(&frame(), &own("2026-12-31", "2026-12-01"), Some(span(GOOD.0, GOOD.1)));
    assert!(backwards[0].why.contains("before it begins"));
}

#[test]
fn a_party_without_a_usable_contact_blocks_until_that_is_waived_with_a_reason() {
    let mut unreachable = agreed(albion());
    unreachable.contacts[0].standing =
        Standing::Unusable { why: says("Messages come back."), since: super::at("2026-06-01", 9) };
    let found = |agreed: Agreed| {
        let draft = Draft {
            frame: &frame(),
            sips: &[(sip(1), proposal())],
            parties: &[agreed],
            window: Some(span(GOOD.0, GOOD.1)),
        };
        blocking(&draft, &england())
    };
    let blocked = found(unreachable.clone());
    assert_eq!(items(&blocked), [Item::Contacts]);
    assert!(blocked[0].why.contains("Albion Gas Networks (albion-gas)"), "{}", blocked[0].why);
    unreachable.waived = Some(says("The licence has been surrendered."));
    assert_eq!(found(unreachable), []);
}

#[test]
fn an_urgent_consultation_says_what_else_moves() {
    let urgency =
        Urgency { closes_on: date("2026-07-10"), reason: says("A fault that stops ordering."), what_else_moves: None };
    let urgent = Frame { urgency: Some(urgency), ..frame() };
    assert_eq!(
        items(&found(&urgent, &[(sip(1), proposal())], Some(span("2026-07-01", "2026-07-10")))),
        [Item::Urgency]
    );
}
