//! Terms of reference: what they say, and what is wrong with those that contradict themselves.

use quorate::committee::{ChairInQuorum, ChairVote, Electorate, Quorum, Ratio, Terms};

const TERMS: &str = "\
body: operations_group
title: Operations Group
version: '2'
in_force_from: 2025-01-01
approved_by: Panel determination of 12 December 2024
sub_committee_of: panel
chair: carol
deputy: dan
quorum: { ratio: { num: 1, den: 2 } }
members:
  - { person: carol, category: Independent, seat: Chair }
  - { person: dan, category: Large Supplier, seat: Large Suppliers, alternates: [ann] }
  - { person: eve, category: Small Supplier, seat: Small Suppliers, from: 2025-06-01, until: 2026-05-31 }
delegations:
  - { point: ia_sign_off, from: 2025-01-01, decided_on: 2024-12-12, reasons: Closer to the users., review_by: 2025-12-31 }
";

const FAULTY: &str = "\
body: operations_group
title: ''
version: '2'
in_force_from: 2025-01-01
approved_by: Panel
chair: zoe
deputy: zoe
chair_vote: ordinary_and_casting
quorum: { number: 4 }
members:
  - { person: carol, category: Independent, seat: Chair, alternates: [dan, ann, ann] }
  - { person: dan, category: Large Supplier, seat: ' ', from: 2025-06-01, until: 2025-05-31 }
  - { person: carol, category: Small Supplier, seat: Small Suppliers }
delegations:
  - { point: ia_sign_off, from: 2025-01-01, until: 2024-12-31, decided_on: 2025-02-01, reasons: '', review_by: 2026-06-01 }
";

fn on(day: &str) -> chrono::NaiveDate {
    day.parse().expect("a date")
}

fn terms() -> Terms {
    Terms::parse("terms.yaml", TERMS).unwrap_or_else(|problems| panic!("{problems}"))
}

fn problems(text: &str) -> String {
    Terms::parse("terms.yaml", text).expect_err("the terms are faulty").to_string()
}

#[test]
fn terms_are_read_with_their_defaults() {
    let terms = terms();
    assert_eq!(terms.chair_vote, ChairVote::CastingOnly);
    assert_eq!(terms.chair_in_quorum, ChairInQuorum::Counts);
    assert_eq!(terms.quorum, Some(Quorum::Ratio(Ratio { num: 1, den: 2 })));
    assert_eq!(terms.sitting(on("2025-03-03")).count(), 2);
    assert_eq!(terms.sitting(on("2026-05-31")).count(), 3);
}

#[test]
fn terms_survive_storage() {
    let json = serde_json::to_string(&terms()).expect("terms can be stored");
    assert_eq!(serde_json::from_str::<Terms>(&json).expect("they can be read"), terms());
}

#[test]
fn everything_that_contradicts_itself_is_reported_at_once() {
    insta::assert_snapshot!(problems(FAULTY), @r"
    terms.yaml:2:8: title: this is blank. Fill it in.
    terms.yaml:6:8: chair: zoe is no member. Name a member, or add the chair to the members.
    terms.yaml:7:9: deputy: zoe is the chair. Name another member, or leave the deputy out.
    terms.yaml:9:9: quorum: a quorum of 4 cannot be met by the 3 seats that count towards it. Give a number no larger than the seats that count.
    terms.yaml:11:71: members[0].alternates[0]: dan is a member. Name an alternate who has no seat of their own.
    terms.yaml:11:81: members[0].alternates[2]: ann is there twice. Name each alternate once.
    terms.yaml:12:52: members[1].seat: this is blank. Fill it in.
    terms.yaml:12:82: members[1].until: 2025-05-31 is before 2025-06-01. Put the first day of the appointment before the last.
    terms.yaml:13:15: members[2].person: carol is there twice. Give each person one seat.
    terms.yaml:15:5: delegations[0]: operations_group is nobody's Sub-Committee, so nothing can be delegated to it. Say in sub_committee_of whose it is, or leave the delegation out.
    terms.yaml:15:52: delegations[0].until: 2024-12-31 is before 2025-01-01. Put the first day before the last.
    terms.yaml:15:76: delegations[0].decided_on: it was decided on 2025-02-01, after it began on 2025-01-01. Let it begin on the day it was decided, or later.
    terms.yaml:15:97: delegations[0].reasons: this is blank. Fill it in.
    terms.yaml:15:112: delegations[0].review_by: the review by 2026-06-01 is more than a year after 2025-01-01. Review it at least once a year.
    ");
}

#[test]
fn a_share_lies_above_nought_and_up_to_one() {
    let with = |ratio: &str| problems(&TERMS.replace("{ num: 1, den: 2 }", ratio));
    insta::assert_snapshot!(with("{ num: 3, den: 2 }"), @"terms.yaml:9:9: quorum: 3/2 is no share. Give a share above nought and up to one, such as num 1 and den 2.");
    insta::assert_snapshot!(with("{ num: 0, den: 2 }"), @"terms.yaml:9:9: quorum: 0/2 is no share. Give a share above nought and up to one, such as num 1 and den 2.");
    insta::assert_snapshot!(with("{ num: 1, den: 0 }"), @"terms.yaml:9:9: quorum: 1/0 is no share. Give a share above nought and up to one, such as num 1 and den 2.");
    insta::assert_snapshot!(problems(&TERMS.replace("{ ratio: { num: 1, den: 2 } }", "{ number: 0 }")), @"terms.yaml:9:9: quorum: nobody at all is no quorum. Give at least 1.");
}

#[test]
fn what_cannot_be_read_is_reported_with_its_place() {
    let text = TERMS.replace("person: eve", "person: Eve Smith").replace("chair: carol", "chairs: carol");
    insta::assert_snapshot!(problems(&text), @r#"
    terms.yaml:1:1: the field `chair` is missing. Add `chair:` with its value.
    terms.yaml:7:1: unknown field `chairs`. Did you mean `chair`?
    terms.yaml:13:15: members[2].person: "Eve Smith" is no id; write 1 to 80 small letters, digits, hyphens and underscores
    "#);
}

#[test]
fn a_chair_sits_when_the_terms_come_into_force() {
    insta::assert_snapshot!(problems(&TERMS.replace("chair: carol", "chair: eve")), @"terms.yaml:7:8: chair: eve does not sit on 2025-01-01. Name a member who sits when the terms come into force.");
}

#[test]
fn a_body_is_not_its_own_sub_committee() {
    insta::assert_snapshot!(problems(&TERMS.replace("sub_committee_of: panel", "sub_committee_of: operations_group")), @"terms.yaml:6:19: sub_committee_of: operations_group is the body itself. Name the body it belongs to.");
}

#[test]
fn a_power_is_held_from_its_first_day_to_its_last() {
    let text = TERMS.replace("from: 2025-01-01, decided", "from: 2025-01-01, until: 2025-03-31, decided");
    let terms = Terms::parse("terms.yaml", &text).expect("the terms are sound");
    let held = |day: &str| terms.delegates("ia_sign_off", on(day));
    assert_eq!(
        [held("2024-12-31"), held("2025-01-01"), held("2025-03-31"), held("2025-04-01")],
        [false, true, true, false]
    );
    assert!(!terms.delegates("deployment_sign_off", on("2025-02-01")));
}

#[test]
fn a_share_of_the_seats_is_rounded_up() {
    let share = |num, den| Quorum::Ratio(Ratio { num, den });
    let needed =
        [share(1, 2).of(5), share(2, 3).of(7), share(1, 1).of(6), share(1, 1000).of(6), Quorum::Number(4).of(6)];
    assert_eq!(needed, [3, 5, 6, 1, 4]);
    assert_eq!(share(u32::MAX, u32::MAX).of(u32::MAX), u32::MAX);
}

#[test]
fn the_chair_presides_only_while_appointed() {
    let text = TERMS.replace("seat: Chair }", "seat: Chair, until: 2025-06-30 }");
    let terms = Terms::parse("terms.yaml", &text).expect("the terms are sound");
    assert!(Electorate::of(&terms, on("2025-06-30")).chair.is_some());
    assert!(Electorate::of(&terms, on("2025-07-01")).chair.is_none());
}
