//! Several notices in one letter.

use quorate::notify::letters::{DigestLetter, Frequency};

use super::*;

fn digest() -> DigestLetter {
    DigestLetter::of(Frequency::Daily, &samples::week(), Why::of("DCC", Statutory::No, None))
}

#[test]
fn a_digest_puts_first_what_is_due_first_and_last_what_has_no_date() {
    let digest = digest();
    let order: Vec<&str> = digest.cases.iter().map(|case| case.reference.as_str()).collect();
    assert_eq!(order, ["SUB-0001", "C-2025-04", "SIP-0001"]);
}

#[test]
fn a_case_is_told_once_with_everything_that_happened_and_as_it_stands_now() {
    let digest = digest();
    let case = &digest.cases[0];
    let happened: Vec<&str> = case.happened.iter().map(|line| line.subject.as_str()).collect();
    assert_eq!(happened, ["a SIP has arrived", "due soon"]);
    assert_eq!(case.deadline.as_ref().unwrap().left, "2 Working Days left");
    assert_eq!((digest.notices.as_str(), digest.in_cases.as_str()), ("4 notices", "3 cases"));
    assert_eq!(digest.your_turns.as_deref(), Some("1 case"));
}

#[test]
fn a_digest_of_nothing_is_empty() {
    let digest = DigestLetter::of(Frequency::Daily, &[], Why::of("DCC", Statutory::No, None));
    assert!(digest.cases.is_empty() && digest.your_turns.is_none());
}
