//! Scores, ranks and the explanation of an order.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use quorate::sip::explanation::{Basis, Standing, explain_order};
use quorate::sip::prioritisation::{Criteria, Marks, Score, score, score_written};
use quorate::sip::ranking::{
    Judgement, PriorityList, RankCause, RankError, Ranking, Reranked, join, join_by_score, leave, rerank,
};
use quorate::sip::text::{Name, Reason};
use quorate::sip::{FieldErrors, Mend, SipNumber, SipReference};

const CRITERIA: &str = include_str!("../../fixtures/prioritisation.yaml");

fn criteria() -> Criteria {
    serde_yaml::from_str(CRITERIA).expect("the published criteria are valid")
}

fn marks(given: &[(&str, u32)]) -> Marks {
    let marks: serde_json::Map<_, _> = given
        .iter()
        .map(|(key, mark)| ((*key).to_owned(), serde_json::json!({"mark": mark, "because": "As found."})))
        .collect();
    serde_json::from_value(marks.into()).expect("marks")
}

fn scored(duty: u32, party_benefit: u32) -> Score {
    let given = [("duty", duty), ("party_benefit", party_benefit), ("breadth", 5), ("value", 2), ("readiness", 2)];
    score(&criteria(), &marks(&given)).expect("every criterion is marked")
}

fn faults(given: &[(&str, u32)]) -> FieldErrors {
    score(&criteria(), &marks(given)).expect_err("the marks are faulty")
}

fn sip(serial: u32) -> SipReference {
    SipReference::Number(SipNumber::new(serial).expect("a serial number"))
}

fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().expect("an instant")
}

fn judgement(reason: &str) -> Judgement {
    judged(reason, "2026-01-12T10:00:00Z")
}

fn judged(reason: &str, instant: &str) -> Judgement {
    let reason = Reason::parse(reason).expect("a reason");
    Judgement { reason, by: Name::parse("the DCC backlog owner").expect("a name"), at: at(instant) }
}

fn list(count: u32) -> PriorityList {
    let scores: Vec<_> = (1..=count).map(|serial| (sip(serial), scored(0, 3))).collect();
    let scores: Vec<_> = scores.iter().map(|(sip, score)| (*sip, score)).collect();
    PriorityList::by_score(&scores, &judgement("First order.")).expect("each SIP once")
}

fn order(list: &PriorityList) -> Vec<SipReference> {
    list.iter().map(|entry| entry.sip).collect()
}

fn moves(reranked: &Reranked) -> Vec<(SipReference, Option<usize>, usize)> {
    reranked.changes.iter().map(|entry| (entry.sip, entry.previous, entry.rank)).collect()
}

#[test]
fn each_line_of_a_score_says_what_it_adds() {
    let score = scored(4, 3);
    let lines: Vec<_> = score.lines.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "Duty and security: 4 of 4, weight 5, adds 20",
            "Benefit to Parties: 3 of 5, weight 4, adds 12",
            "Parties helped: 5 of 5, weight 2, adds 10",
            "Benefit against cost: 2 of 3, weight 3, adds 6",
            "Readiness: 2 of 2, weight 1, adds 2",
        ]
    );
    assert_eq!((score.total, score.out_of), (50, 61));
}

#[test]
fn every_fault_in_the_marks_is_reported_at_once() {
    let errors = faults(&[("duty", 5), ("breadth", 1), ("value", 1), ("readiness", 1), ("proposer", 3)]);
    insta::assert_snapshot!(errors, @r#"
    marks.duty.mark: 5 is too high; give 0 to 4
    marks.party_benefit: this is missing; give a mark from 0 to 5
    marks.proposer: proposer is not a criterion of version example-1; take it out
    "#);
}

#[test]
fn marks_as_written_have_unreadable_keys_and_reasons_told_with_the_rest() {
    let long = "x".repeat(2_001);
    let written = [("duty", 5, "Yes."), ("breadth", 1, long.as_str()), ("Value", 1, "Yes."), ("readiness", 1, "Yes.")];
    insta::assert_snapshot!(score_written(&criteria(), written).expect_err("faulty"), @r#"
    marks.breadth.because: this has 2001 characters; write at most 2000 characters
    marks.Value: "Value" is not a key; write up to 40 lower-case letters and underscores, such as party_benefit
    marks.duty.mark: 5 is too high; give 0 to 4
    marks.party_benefit: this is missing; give a mark from 0 to 5
    marks.value: this is missing; give a mark from 0 to 3
    "#);
    let written = [("duty", 0), ("party_benefit", 3), ("breadth", 5), ("value", 2), ("readiness", 2)];
    let as_found = written.map(|(key, mark)| (key, mark, "As found."));
    assert_eq!(score_written(&criteria(), as_found), Ok(scored(0, 3)));
}

#[test]
fn a_score_in_words_has_every_line_with_its_reason() {
    let words = scored(0, 3).to_string();
    assert!(
        words.starts_with("30 of 61 by criteria example-1. Duty and security: 0 of 4, weight 5, adds 0 (As found). ")
    );
    assert!(words.ends_with("Readiness: 2 of 2, weight 1, adds 2 (As found)."), "{words}");
}

#[test]
fn scores_by_different_versions_compare_by_their_share_of_what_could_be_had() {
    let yaml =
        "version: short\ncriteria: [{key: duty, name: Duty, question: Is it?, weight: 1, levels: [No., Half., Yes.]}]";
    let short: Criteria = serde_yaml::from_str(yaml).expect("criteria");
    let share = |mark| score(&short, &marks(&[("duty", mark)])).expect("every criterion is marked");
    assert_eq!(share(2).compare(&scored(4, 3)), Ordering::Greater);
    assert_eq!(share(1).compare(&scored(4, 3)), Ordering::Less);
    assert_eq!(share(1).compare(&share(1)), Ordering::Equal);
}

#[test]
fn every_fault_in_the_criteria_is_reported_at_once() {
    let criterion = "{key: duty, name: Duty, question: Is it?, weight: 0, levels: [No.]}";
    let yaml = format!("version: x\ncriteria: [{criterion}, {criterion}]\n");
    let error = serde_yaml::from_str::<Criteria>(&yaml).expect_err("the criteria are faulty");
    insta::assert_snapshot!(error, @r#"
    criteria[0].weight: 0 is not a weight; give 1 to 100
    criteria[0].levels: the number of levels is 1; say what each mark means, for 2 to 11 marks
    criteria[1].weight: 0 is not a weight; give 1 to 100
    criteria[1].levels: the number of levels is 1; say what each mark means, for 2 to 11 marks
    criteria[1].key: duty is there twice; give each criterion its own key
    "#);
    assert!(serde_yaml::from_str::<Criteria>("version: x\ncriteria: []\n").is_err());
}

#[test]
fn the_criteria_do_not_ask_who_proposed() {
    assert!(criteria().iter().all(|criterion| !criterion.key.to_string().contains("proposer")));
}

#[test]
fn a_list_by_score_puts_the_higher_first_and_the_older_of_equals() {
    let (low, high) = (scored(0, 1), scored(0, 5));
    let scores = [(sip(3), &low), (sip(2), &high), (sip(1), &low)];
    let list = PriorityList::by_score(&scores, &judgement("First order.")).expect("each SIP once");
    assert_eq!(order(&list), [sip(2), sip(1), sip(3)]);
}

#[test]
fn moving_a_sip_shifts_those_between_and_reports_every_previous_rank() {
    let reranked = rerank(&list(5), sip(4), 2, &judgement("Personal data is exposed.")).expect("it is on the list");
    assert_eq!(order(&reranked.list), [sip(1), sip(4), sip(2), sip(3), sip(5)]);
    assert_eq!(moves(&reranked), [(sip(4), Some(4), 2), (sip(2), Some(2), 3), (sip(3), Some(3), 4)]);
    let causes: Vec<_> = reranked.changes.iter().map(|entry| entry.cause).collect();
    assert_eq!(causes, [RankCause::Placed, RankCause::MadeWay { moved: sip(4) }, RankCause::MadeWay { moved: sip(4) }]);
}

#[test]
fn confirming_a_rank_is_recorded_and_moves_nothing_else() {
    let reranked = rerank(&list(3), sip(2), 2, &judgement("Still second.")).expect("it is on the list");
    assert_eq!(moves(&reranked), [(sip(2), Some(2), 2)]);
}

#[test]
fn joining_and_leaving_keep_the_ranks_without_gaps() {
    let joined = join(&list(3), sip(9), 1, &judgement("Accepted.")).expect("it is new");
    assert_eq!(order(&joined.list), [sip(9), sip(1), sip(2), sip(3)]);
    assert_eq!(moves(&joined).first(), Some(&(sip(9), None, 1)));
    let left = leave(&joined.list, sip(1), &judgement("Withdrawn.")).expect("it is on the list");
    assert_eq!(moves(&left), [(sip(2), Some(3), 2), (sip(3), Some(4), 3)]);
    assert!(left.changes.iter().all(|entry| entry.cause == RankCause::MovedUp { left: sip(1) }));
}

/// The list that SIPs with these points of benefit make when they join one by one.
fn joined(benefits: &[u32]) -> (PriorityList, BTreeMap<SipReference, Score>) {
    let (mut list, mut scores) = (PriorityList::default(), BTreeMap::new());
    for (serial, benefit) in (1..).zip(benefits) {
        list = joining(&list, serial, *benefit, &scores).expect("it is new").list;
        scores.insert(sip(serial), scored(0, *benefit));
    }
    (list, scores)
}

fn joining(
    list: &PriorityList,
    serial: u32,
    benefit: u32,
    scores: &BTreeMap<SipReference, Score>,
) -> Result<Reranked, RankError> {
    join_by_score(list, (sip(serial), &scored(0, benefit)), scores, &judgement("Accepted."))
}

#[test]
fn a_sip_joins_where_its_score_belongs_behind_its_equals() {
    let (list, scores) = joined(&[4, 2, 2]);
    let reranked = joining(&list, 4, 2, &scores).expect("it is new");
    assert_eq!(moves(&reranked), [(sip(4), None, 4)]);
    let reranked = joining(&list, 4, 3, &scores).expect("it is new");
    assert_eq!(moves(&reranked), [(sip(4), None, 2), (sip(2), Some(2), 3), (sip(3), Some(3), 4)]);
    let entry = &reranked.changes[0];
    assert_eq!((entry.cause, &entry.placed), (RankCause::Scored, &None));
    assert_eq!(reranked.changes[1].cause, RankCause::MadeWay { moved: sip(4) });
    assert_eq!(joining(&list, 2, 3, &scores), Err(RankError::Present { sip: sip(2) }));
}

#[test]
fn sips_placed_by_hand_do_not_mislead_one_that_joins() {
    let (list, scores) = joined(&[5, 3, 1]);
    let first = rerank(&list, sip(3), 1, &judgement("A duty.")).expect("it is on the list").list;
    let reranked = joining(&first, 4, 4, &scores).expect("it is new");
    assert_eq!(order(&reranked.list), [sip(3), sip(1), sip(4), sip(2)]);
    let last = rerank(&list, sip(1), 3, &judgement("It can wait.")).expect("it is on the list").list;
    let reranked = joining(&last, 4, 4, &scores).expect("it is new");
    assert_eq!(order(&reranked.list), [sip(4), sip(2), sip(3), sip(1)]);
}

#[test]
fn a_placement_is_remembered_when_the_sip_later_makes_way() {
    let first = rerank(&list(3), sip(3), 1, &judgement("Breach of duty.")).expect("it is on the list");
    let second = rerank(&first.list, sip(2), 1, &judgement("Worse breach.")).expect("it is on the list");
    let entry = second.list.find(sip(3)).expect("it is on the list");
    assert_eq!((entry.rank, entry.cause), (2, RankCause::MadeWay { moved: sip(2) }));
    assert_eq!(entry.placed.as_ref().map(|placed| placed.reason.as_str()), Some("Breach of duty."));
}

#[test]
fn impossible_ranks_are_refused_with_a_mend() {
    let told = |result: Result<Reranked, RankError>| {
        let error = result.expect_err("impossible");
        format!("{error}; {}", error.mend())
    };
    let (list, why) = (list(3), judgement("Because."));
    assert_eq!(told(rerank(&list, sip(9), 1, &why)), "SIP-0009 is not on the list; add it to the list first");
    assert_eq!(told(rerank(&list, sip(1), 4, &why)), "there is no rank 4; choose a rank from 1 to 3");
    assert_eq!(told(rerank(&list, sip(1), 0, &why)), "there is no rank 0; choose a rank from 1 to 3");
    assert_eq!(told(join(&list, sip(9), 5, &why)), "there is no rank 5; choose a rank from 1 to 4");
    assert_eq!(
        told(join(&list, sip(1), 1, &why)),
        "SIP-0001 is on the list already; move it instead, or leave it in once"
    );
    assert_eq!(told(leave(&list, sip(9), &why)), "SIP-0009 is not on the list; add it to the list first");
}

#[test]
fn a_stored_list_with_gaps_or_repeats_is_refused() {
    let entries: Vec<Ranking> = list(3).into();
    let json = serde_json::to_value(&entries).expect("rankings serialise");
    assert_eq!(serde_json::from_value::<PriorityList>(json).expect("a list"), list(3));
    let mut gap = entries.clone();
    gap[2].rank = 5;
    assert_eq!(PriorityList::try_from(gap), Err(RankError::Gaps { count: 3 }));
    let mut twice = entries;
    twice[2].sip = sip(1);
    assert_eq!(PriorityList::try_from(twice), Err(RankError::Present { sip: sip(1) }));
}

/// The explanation of the order of SIPs 1 and 2 with these scores, after the list was changed.
fn explained(one: &Score, two: &Score, list: &PriorityList) -> String {
    let standing = |serial, score| Standing { ranking: list.find(sip(serial)).expect("on the list"), score };
    explain_order(standing(1, one), standing(2, two)).to_string()
}

#[test]
fn a_higher_score_explains_the_order_criterion_by_criterion() {
    insta::assert_snapshot!(explained(&scored(4, 2), &scored(0, 3), &list(2)), @"SIP-0001 (rank 1) is taken before SIP-0002 (rank 2) because it scores higher. SIP-0001 scores 46 of 61 and SIP-0002 scores 30 of 61. Duty and security: 4 against 0, weight 5, puts SIP-0001 ahead by 20. Benefit to Parties: 2 against 3, weight 4, puts SIP-0002 ahead by 4.");
}

#[test]
fn equal_scores_are_explained_by_the_reference() {
    insta::assert_snapshot!(explained(&scored(0, 3), &scored(0, 3), &list(2)), @"SIP-0001 (rank 1) is taken before SIP-0002 (rank 2) because their scores are equal and its reference comes first. SIP-0001 scores 30 of 61 and SIP-0002 scores 30 of 61.");
}

#[test]
fn an_order_against_the_score_is_explained_by_the_person_who_made_it() {
    let late = judged("Its fix is already built.", "2026-06-30T23:30:00Z");
    let reranked = rerank(&list(2), sip(2), 1, &late).expect("it is on the list");
    insta::assert_snapshot!(explained(&scored(0, 3), &scored(0, 2), &reranked.list), @r#"SIP-0002 (rank 1) is taken before SIP-0001 (rank 2) because the DCC backlog owner placed SIP-0002 on 1 July 2026: "Its fix is already built." SIP-0002 scores 26 of 61 and SIP-0001 scores 30 of 61. Benefit to Parties: 2 against 3, weight 4, puts SIP-0001 ahead by 4."#);
}

#[test]
fn an_order_older_than_the_scores_says_so() {
    insta::assert_snapshot!(explained(&scored(0, 1), &scored(0, 2), &list(2)), @"SIP-0001 (rank 1) is taken before SIP-0002 (rank 2): the order was set before the scores last changed. SIP-0001 scores 22 of 61 and SIP-0002 scores 26 of 61. Benefit to Parties: 1 against 2, weight 4, puts SIP-0002 ahead by 4.");
}

#[test]
fn the_latest_placement_of_the_two_explains_the_order() {
    let first = rerank(&list(3), sip(1), 3, &judged("Not yet.", "2026-01-12T10:00:00Z")).expect("on the list");
    let second = rerank(&first.list, sip(2), 1, &judged("Now.", "2026-02-12T10:00:00Z")).expect("on the list");
    let (one, two) = (scored(0, 3), scored(0, 1));
    let standing = |serial, score| Standing { ranking: second.list.find(sip(serial)).expect("on the list"), score };
    let explanation = explain_order(standing(1, &one), standing(2, &two));
    assert!(matches!(explanation.basis, Basis::Placed { sip: placed, .. } if placed == sip(2)));
}

proptest! {
    #[test]
    fn every_neighbourhood_can_be_explained_however_sips_join_and_are_placed(
        steps in prop::collection::vec((0..6_u32, 0..3_usize, 1..20_usize), 1..12),
    ) {
        let (mut list, mut scores) = (PriorityList::default(), BTreeMap::new());
        for (serial, (benefit, choice, rank)) in (1..).zip(steps) {
            list = joining(&list, serial, benefit, &scores).expect("it is new").list;
            scores.insert(sip(serial), scored(0, benefit));
            let chosen = list.iter().nth(rank % list.len()).map(|entry| entry.sip).expect("it is not empty");
            list = match choice {
                0 => list,
                1 => rerank(&list, chosen, 1 + serial as usize % list.len(), &judgement("So.")).expect("a rank").list,
                _ => leave(&list, chosen, &judgement("Ended.")).expect("it is on the list").list,
            };
            let entries: Vec<Ranking> = list.clone().into();
            for pair in entries.windows(2) {
                let standing = |at: usize| Standing { ranking: &pair[at], score: &scores[&pair[at].sip] };
                prop_assert!(explain_order(standing(0), standing(1)).basis != Basis::OlderThanScores);
            }
        }
    }

    #[test]
    fn reranking_keeps_every_sip_once_and_the_others_in_order(count in 1..12_u32, from in 1..12_u32, to in 1..12_usize) {
        let (list, moved) = (list(count), sip(from));
        let valid = from <= count && to <= list.len();
        let result = rerank(&list, moved, to, &judgement("Because."));
        prop_assert_eq!(result.is_ok(), valid);
        if let Ok(reranked) = result {
            prop_assert_eq!(reranked.list.find(moved).map(|entry| entry.rank), Some(to));
            let others = |list: &PriorityList| order(list).into_iter().filter(|sip| *sip != moved).collect::<Vec<_>>();
            prop_assert_eq!(others(&reranked.list), others(&list));
            let entries: Vec<Ranking> = reranked.list.clone().into();
            prop_assert!(PriorityList::try_from(entries).is_ok());
            for entry in &reranked.changes {
                prop_assert_eq!(list.find(entry.sip).map(|before| before.rank), entry.previous);
            }
        }
    }
}
