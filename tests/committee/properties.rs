//! What holds of every ballot, however it is voted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::prelude::*;
use quorate::committee::{Ballot, Choice, How, Outcome, Part, Quorum, tally};

use super::{Play, ballot_of, cast, choice, later, meeting, person};

const VOTERS: [&str; 8] = ["dep", "a", "b", "c", "d", "x/a", "x/b", "z/c"];
const OPTIONS: [&str; 3] = ["approve", "reject", "refine"];

fn voters() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let chosen = prop::sample::select(vec!["approve", "reject", "refine", "abstain"]);
    prop::collection::vec((prop::sample::select(VOTERS.to_vec()), chosen), 0..16)
}

/// One choice, or none, of each voting member.
fn of_members() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let chosen = prop::sample::select(vec!["approve", "reject", "refine", "abstain", "silent"]);
    let all = prop::collection::vec(chosen, 5);
    all.prop_map(|all| VOTERS.into_iter().zip(all).filter(|(_, chosen)| *chosen != "silent").collect())
}

fn with_chair() -> Play {
    static OPEN: LazyLock<Ballot> = LazyLock::new(|| ballot_of("group", &OPTIONS, meeting()));
    let mut play = Play { ballot: OPEN.clone(), now: later(1) };
    play.arrive(&["chair"]);
    play
}

/// Votes whatever is allowed; what is refused changes nothing.
fn voted(votes: &[(&str, &str)]) -> Ballot {
    let mut play = with_chair();
    for (voter, chosen) in votes {
        play.arrive(&[voter.split('/').next().unwrap_or(voter)]);
        let before = play.ballot.clone();
        if play.vote(voter, chosen).is_err() {
            assert_eq!(play.ballot, before);
        }
    }
    play.ballot
}

fn option_of(outcome: &Outcome) -> Option<&str> {
    match outcome {
        Outcome::Formed { option, .. } => Some(option),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_person_has_one_vote(votes in voters()) {
        let ballot = voted(&votes);
        let count = tally(&ballot);
        let people: Vec<_> = count.seats.iter().filter(|seat| seat.choice.is_some()).map(|seat| match &seat.part {
            Part::Alternate(alternate) => alternate.clone(),
            _ => seat.member.clone(),
        }).collect();
        let different: BTreeSet<_> = people.iter().collect();
        prop_assert_eq!(different.len(), people.len());
        prop_assert!(count.cast + count.abstained <= 5);
        prop_assert!(count.present <= count.counted);
    }

    #[test]
    fn the_order_of_votes_does_not_matter(votes in of_members(), shuffled in Just(()).prop_perturb(|(), rng| rng)) {
        let mut other = votes.clone();
        let mut rng = shuffled;
        for index in (1..other.len()).rev() {
            other.swap(index, usize::try_from(rng.next_u32()).unwrap_or(0) % (index + 1));
        }
        prop_assert_eq!(tally(&voted(&votes)), tally(&voted(&other)));
    }

    #[test]
    fn another_vote_for_an_option_never_makes_a_different_one_win(votes in of_members(), option in 0..3_usize) {
        let before = voted(&votes);
        let silent = VOTERS.iter().take(5).find(|who| !votes.iter().any(|(voter, _)| voter == *who));
        let Some(silent) = silent else { return Ok(()) };
        let mut more = votes.clone();
        more.push((silent, OPTIONS[option]));
        let won = option_of(&tally(&before).outcome).map(str::to_owned);
        let wins = option_of(&tally(&voted(&more)).outcome).map(str::to_owned);
        if let (Some(won), Some(wins)) = (won, wins) {
            prop_assert!(wins == won || wins == OPTIONS[option]);
        }
    }

    #[test]
    fn an_abstention_never_works_as_a_vote_against(votes in of_members()) {
        let silent = VOTERS.iter().take(5).find(|who| !votes.iter().any(|(voter, _)| voter == *who));
        let Some(silent) = silent else { return Ok(()) };
        let mut more = votes.clone();
        more.push((silent, "abstain"));
        let (before, after) = (tally(&voted(&votes)), tally(&voted(&more)));
        prop_assert_eq!(&before.votes, &after.votes);
        if let Outcome::Formed { .. } = before.outcome {
            prop_assert_eq!(before.outcome, after.outcome);
        }
    }

    #[test]
    fn an_option_wins_by_majority_exactly_with_more_than_half(votes in of_members()) {
        let count = tally(&voted(&votes));
        if let Outcome::Formed { option, how } = &count.outcome {
            let of_option: BTreeMap<_, _> = count.votes.iter().cloned().collect();
            prop_assert_eq!(*how, How::Majority);
            prop_assert!(2 * of_option[&choice(option)] > count.cast);
        }
    }

    #[test]
    fn terms_that_change_after_opening_change_nothing(votes in of_members(), quorum in 1..7_u32) {
        let before = voted(&votes);
        let mut after = before.clone();
        after.opening.terms.quorum = Some(Quorum::Number(quorum));
        after.opening.terms.members.clear();
        after.opening.terms.chair = person("somebody");
        prop_assert_eq!(tally(&before), tally(&after));
    }

    #[test]
    fn a_ballot_survives_storage(votes in voters()) {
        let ballot = voted(&votes);
        let json = serde_json::to_string(&ballot).expect("a ballot can be stored");
        prop_assert_eq!(serde_json::from_str::<Ballot>(&json).expect("it can be read"), ballot);
    }
}

#[test]
fn half_of_the_votes_is_no_majority_however_many_there_are() {
    let mut play = with_chair();
    play.arrive(&["a", "b"]);
    let pair = [cast("a", "approve"), cast("b", "reject")];
    for one in &pair {
        play.vote(one.by.as_str(), &one.choice.to_string()).expect("a vote");
    }
    play.arrive(&["c"]);
    let tie =
        Outcome::CastingVoteNeeded { between: [Choice::For("approve".into()), Choice::For("reject".into())].into() };
    assert_eq!(tally(&play.ballot).outcome, tie);
}
