//! Counting a ballot: quorum first, then the majority, then the casting vote (R50). Whole numbers only.

use serde::{Deserialize, Serialize};

use super::ballot::{Ballot, Choice, Mode, Phase};
use super::electorate::{InQuorum, Seat};
use super::ids::PersonId;
use super::terms::Voting;

/// What came of a ballot, or would if it were closed as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A determination was formed.
    Formed {
        /// The option chosen.
        option: String,
        /// What decided.
        how: How,
    },
    /// The leading choices have equally many votes, and whoever presides has yet to decide between them.
    CastingVoteNeeded {
        /// The choices that are equal.
        between: Vec<Choice>,
    },
    /// Too few seats took part.
    NotQuorate {
        /// How many took part.
        present: u32,
        /// How many must.
        needed: u32,
    },
    /// No determination was formed.
    NotFormed {
        /// Why not.
        why: WhyNot,
    },
}

/// What decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// More than half of the votes cast.
    Majority,
    /// The casting vote.
    CastingVote,
}

/// Why no determination was formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// The terms of reference set no quorum.
    QuorumUnset,
    /// Everybody who took part abstained.
    NoVotesCast,
    /// One choice leads, but with no more than half of the votes cast.
    NoMajority,
    /// The only option was voted down.
    Against,
    /// A tie, and neither chair nor deputy is there to break it.
    NobodyPresides,
    /// A tie, and whoever presides declined to break it.
    CastingVoteDeclined,
    /// A tie, and the time for the casting vote ran out.
    CastingVoteLapsed,
    /// The body may no longer decide it.
    Overtaken,
}

/// The count of a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// What each seat did, in the order of the terms.
    pub seats: Vec<SeatCount>,
    /// How many of the seats that count towards a quorum took part.
    pub present: u32,
    /// How many of them there are.
    pub counted: u32,
    /// How many of them must take part; absent while unset.
    pub needed: Option<u32>,
    /// The votes for each option in the order of the ballot, then those against the only one.
    pub votes: Vec<(Choice, u32)>,
    /// All votes cast, abstentions left out.
    pub cast: u32,
    /// How many abstained.
    pub abstained: u32,
    /// What follows.
    pub outcome: Outcome,
}

/// What one seat did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatCount {
    /// The member.
    pub member: PersonId,
    /// Whether it has an ordinary vote.
    pub vote: Voting,
    /// Whether a quorum is counted from it.
    pub quorum: InQuorum,
    /// Whether and by whom it took part.
    pub part: Part,
    /// What was chosen, where it voted.
    pub choice: Option<Choice>,
}

/// Whether and by whom a seat took part. Absence, recusal and abstention are three things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// By the member.
    Member,
    /// By an alternate.
    Alternate(PersonId),
    /// Not, because of a declared interest.
    Recused,
    /// Not.
    Absent,
}

/// What an open ballot still waits for. It says nothing of what was voted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The members of the seats that may still vote and have not.
    pub waiting_for: Vec<PersonId>,
    /// How many more seats must take part for a quorum.
    pub short_of_quorum: u32,
    /// Who is to give the casting vote, once voting has ended in a tie.
    pub casting_vote_by: Option<PersonId>,
}

/// Counts a ballot as it stands.
pub fn tally(ballot: &Ballot) -> Tally {
    let electorate = &ballot.opening.electorate;
    let seats: Vec<SeatCount> = electorate.seats.iter().map(|seat| seat_count(ballot, seat)).collect();
    let takes_part = |seat: &&SeatCount| matches!(seat.part, Part::Member | Part::Alternate(_));
    let counted = || seats.iter().filter(|seat| seat.quorum == InQuorum::Counts);
    let chosen = |choice: &Choice| count(seats.iter().filter(|seat| seat.choice.as_ref() == Some(choice)));
    let votes: Vec<(Choice, u32)> = choices(ballot).map(|choice| (choice.clone(), chosen(&choice))).collect();
    let mut tally = Tally {
        present: count(counted().filter(takes_part)),
        counted: count(counted()),
        needed: electorate.quorum,
        cast: votes.iter().map(|(_, votes)| votes).sum(),
        abstained: chosen(&Choice::Abstain),
        votes,
        seats,
        outcome: Outcome::NotFormed { why: WhyNot::QuorumUnset },
    };
    tally.outcome = outcome(ballot, &tally);
    tally
}

/// What may be voted for: each option, and against where there is only one.
pub(super) fn choices(ballot: &Ballot) -> impl Iterator<Item = Choice> {
    let options = &ballot.opening.options;
    let against = (options.len() == 1).then_some(Choice::Against);
    options.iter().map(|option| Choice::For(option.name.clone())).chain(against)
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

fn seat_count(ballot: &Ballot, seat: &Seat) -> SeatCount {
    let vote = ballot.vote_of(&seat.member).filter(|_| seat.vote == Voting::Voting);
    let part = match vote {
        _ if ballot.is_recused(&seat.member) => Part::Recused,
        Some(vote) if vote.by == seat.member => Part::Member,
        Some(vote) => Part::Alternate(vote.by.clone()),
        None => part_without_vote(ballot, seat),
    };
    let choice = vote.map(|vote| vote.choice.clone());
    SeatCount { member: seat.member.clone(), vote: seat.vote, quorum: seat.quorum, part, choice }
}

/// At a meeting whoever is there takes part; by correspondence silence is absence.
fn part_without_vote(ballot: &Ballot, seat: &Seat) -> Part {
    if matches!(ballot.opening.mode, Mode::Correspondence { .. }) {
        return Part::Absent;
    }
    if ballot.is_present(&seat.member) {
        return Part::Member;
    }
    let acting = |alternate: &&PersonId| acts_for(ballot, alternate).is_some_and(|acting| acting.member == seat.member);
    seat.alternates.iter().find(acting).map_or(Part::Absent, |alternate| Part::Alternate(alternate.clone()))
}

/// The one seat an alternate at the meeting acts for: the one they voted for, or else the first, in the order of the
/// terms, whose member is away and for whom nobody has voted. So nobody is counted twice.
fn acts_for<'a>(ballot: &'a Ballot, alternate: &PersonId) -> Option<&'a Seat> {
    if !ballot.is_present(alternate) || ballot.is_recused(alternate) {
        return None;
    }
    let seats = || ballot.opening.electorate.seats.iter().filter(|seat| seat.alternates.contains(alternate));
    let voted = |seat: &&Seat| ballot.vote_of(&seat.member).is_some_and(|vote| vote.by == *alternate);
    let free = |seat: &&Seat| {
        let away = !ballot.is_present(&seat.member) && !ballot.is_recused(&seat.member);
        away && ballot.vote_of(&seat.member).is_none()
    };
    seats().find(voted).or_else(|| seats().find(free))
}

fn outcome(ballot: &Ballot, tally: &Tally) -> Outcome {
    let not_formed = |why| Outcome::NotFormed { why };
    let Some(needed) = tally.needed else { return not_formed(WhyNot::QuorumUnset) };
    if tally.present < needed {
        return Outcome::NotQuorate { present: tally.present, needed };
    }
    if tally.cast == 0 {
        return not_formed(WhyNot::NoVotesCast);
    }
    let majority = ballot.opening.terms.majority;
    let most = tally.votes.iter().map(|(_, votes)| *votes).max().unwrap_or_default();
    let leading: Vec<&Choice> =
        tally.votes.iter().filter(|(_, votes)| *votes == most).map(|(choice, _)| choice).collect();
    match leading.as_slice() {
        [choice] if majority.is_reached(most, tally.cast) => decided(choice, How::Majority),
        [_] => not_formed(WhyNot::NoMajority),
        tied => broken(ballot, tied),
    }
}

fn decided(choice: &Choice, how: How) -> Outcome {
    match choice {
        Choice::For(option) => Outcome::Formed { option: option.clone(), how },
        Choice::Against | Choice::Abstain => Outcome::NotFormed { why: WhyNot::Against },
    }
}

/// What becomes of a tie at the top.
fn broken(ballot: &Ballot, tied: &[&Choice]) -> Outcome {
    let valid = ballot.casting.as_ref().filter(|casting| !ballot.is_recused(&casting.by));
    match valid.map(|casting| &casting.choice) {
        Some(Choice::Abstain) => Outcome::NotFormed { why: WhyNot::CastingVoteDeclined },
        Some(choice) if tied.contains(&choice) => decided(choice, How::CastingVote),
        _ if ballot.presiding().is_none() => Outcome::NotFormed { why: WhyNot::NobodyPresides },
        _ => Outcome::CastingVoteNeeded { between: tied.iter().map(|choice| (*choice).clone()).collect() },
    }
}

/// What an open ballot still waits for; nothing once it is over.
pub fn standing(ballot: &Ballot) -> Standing {
    if !ballot.is_open() {
        return Standing::default();
    }
    let tally = tally(ballot);
    let casting =
        matches!(ballot.phase, Phase::CastingVote) && matches!(tally.outcome, Outcome::CastingVoteNeeded { .. });
    let voting = ballot.opening.electorate.voting().filter(|_| ballot.phase == Phase::Voting);
    let silent = |seat: &&Seat| !ballot.is_recused(&seat.member) && ballot.vote_of(&seat.member).is_none();
    Standing {
        waiting_for: voting.filter(silent).map(|seat| seat.member.clone()).collect(),
        short_of_quorum: tally.needed.unwrap_or_default().saturating_sub(tally.present),
        casting_vote_by: ballot.presiding().filter(|_| casting).cloned(),
    }
}
