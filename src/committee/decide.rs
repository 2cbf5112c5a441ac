//! What may be done with a ballot: each function answers with what happened, or with why it may not.

use chrono::{DateTime, Utc};

use super::ballot::{Attendance, Ballot, Choice, Coming, Event, Mode, Phase, Reasons, Then};
use super::electorate::Seat;
use super::ids::PersonId;
use super::open::filled;
pub use super::open::{Proposal, open};
use super::refused::Refused;
use super::tally::{Outcome, WhyNot, standing, tally};
use super::terms::Voting;

pub(super) type Decided = Result<Vec<Event>, Refused>;

/// A vote as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// The member whose seat it is.
    pub seat: PersonId,
    /// Who gives it: the member or an alternate.
    pub by: PersonId,
    /// What is chosen.
    pub choice: Choice,
    /// Why, where the voter says so.
    pub reason: Option<String>,
}

/// Whether something may still be entered: the ballot is open, and, where votes come by correspondence, not past its
/// close.
fn entering(ballot: &Ballot, now: DateTime<Utc>) -> Result<(), Refused> {
    open_still(ballot)?;
    if ballot.phase == Phase::CastingVote {
        return Ok(());
    }
    match ballot.opening.mode.closes_at() {
        Some(at) if at <= now => Err(Refused::TooLate { at }),
        _ => Ok(()),
    }
}

fn open_still(ballot: &Ballot) -> Result<(), Refused> {
    let state = match &ballot.phase {
        Phase::Voting | Phase::CastingVote => return Ok(()),
        Phase::Unopened => "not open yet",
        Phase::Closed(_) => "closed",
        Phase::Void(_) => "void",
    };
    Err(Refused::NotOpen { reference: ballot.opening.reference.clone(), state })
}

/// Votes may be entered: as [`entering`], and voting has not ended in a tie.
fn voting(ballot: &Ballot, now: DateTime<Utc>) -> Result<(), Refused> {
    entering(ballot, now)?;
    if ballot.phase == Phase::CastingVote {
        return Err(Refused::VotingEnded { reference: ballot.opening.reference.clone() });
    }
    Ok(())
}

fn known(ballot: &Ballot, person: &PersonId) -> Result<(), Refused> {
    if ballot.opening.electorate.knows(person) {
        return Ok(());
    }
    Err(Refused::NotEntitled { person: person.clone(), body: ballot.opening.body.clone() })
}

/// Enters a vote. An earlier one of the same seat stays on the record and no longer counts.
///
/// # Errors
///
/// The ballot is not open for votes; the voter is not entitled to this seat, is recused, or has voted for another; the
/// seat has no ordinary vote, its member is recused, or somebody else has voted for it; an alternate, while the member
/// is not absent; the choice is none of the options, or exactly the vote that stands.
pub fn vote(ballot: &Ballot, cast: &Cast, now: DateTime<Utc>) -> Decided {
    voting(ballot, now)?;
    known(ballot, &cast.by)?;
    let seat = seat_for(ballot, cast)?;
    able(ballot, cast)?;
    offered(ballot, &cast.choice)?;
    if seat.member != cast.by {
        as_alternate(ballot, cast)?;
    }
    unchanged(ballot, cast)?;
    let of_others = ballot.opening.electorate.seats.iter().filter(|other| other.member != cast.seat);
    let by_voter = |other: &&Seat| ballot.vote_of(&other.member).is_some_and(|vote| vote.by == cast.by);
    if let Some(other) = of_others.into_iter().find(by_voter) {
        return Err(Refused::VotedElsewhere { person: cast.by.clone(), seat: other.member.clone() });
    }
    let Cast { seat, by, choice, reason } = cast.clone();
    Ok(vec![Event::VoteEntered { seat, by, choice, reason }])
}

fn seat_for<'a>(ballot: &'a Ballot, cast: &Cast) -> Result<&'a Seat, Refused> {
    let entitled = |seat: &&Seat| seat.member == cast.by || seat.alternates.contains(&cast.by);
    let not_theirs = || Refused::NotTheirSeat { person: cast.by.clone(), seat: cast.seat.clone() };
    let seat = ballot.opening.electorate.seat_of(&cast.seat).filter(entitled).ok_or_else(not_theirs)?;
    if seat.vote == Voting::NonVoting {
        return Err(Refused::NoOrdinaryVote { seat: cast.seat.clone() });
    }
    Ok(seat)
}

fn able(ballot: &Ballot, cast: &Cast) -> Result<(), Refused> {
    if ballot.is_recused(&cast.by) {
        return Err(Refused::Recused { person: cast.by.clone() });
    }
    if ballot.is_recused(&cast.seat) {
        return Err(Refused::SeatRecused { seat: cast.seat.clone() });
    }
    if matches!(ballot.opening.mode, Mode::Meeting { .. }) && !ballot.is_present(&cast.by) {
        return Err(Refused::NotPresent { person: cast.by.clone() });
    }
    match ballot.vote_of(&cast.seat) {
        Some(vote) if vote.by != cast.by => Err(Refused::SeatTaken { seat: cast.seat.clone(), by: vote.by.clone() }),
        _ => Ok(()),
    }
}

fn offered(ballot: &Ballot, choice: &Choice) -> Result<(), Refused> {
    let options = || ballot.opening.options.iter().map(|option| option.name.clone()).collect::<Vec<_>>();
    match choice {
        Choice::For(option) if ballot.option(option).is_none() => {
            Err(Refused::NoSuchOption { option: option.clone(), options: options() })
        }
        Choice::Against if ballot.opening.options.len() != 1 => Err(Refused::AgainstWhat { options: options() }),
        _ => Ok(()),
    }
}

/// An alternate begins only while the member is absent; having voted, the alternate may change the vote.
fn as_alternate(ballot: &Ballot, cast: &Cast) -> Result<(), Refused> {
    let seat = cast.seat.clone();
    if ballot.vote_of(&seat).is_some() || ballot.is_absent(&seat) {
        return Ok(());
    }
    match ballot.opening.mode {
        Mode::Meeting { .. } => Err(Refused::MemberPresent { seat }),
        Mode::Correspondence { .. } => Err(Refused::AbsenceNotDeclared { seat }),
    }
}

fn unchanged(ballot: &Ballot, cast: &Cast) -> Result<(), Refused> {
    match ballot.vote_of(&cast.seat) {
        Some(vote) if vote.choice == cast.choice && vote.reason == cast.reason => {
            Err(Refused::VotedSo { person: cast.by.clone() })
        }
        _ => Ok(()),
    }
}

/// Declares an interest. A recusal takes the person, and any vote they gave, out of the count for good.
///
/// # Errors
///
/// The ballot is not open, the person has no part in it, nothing is said, or the person is recused already.
pub fn declare_interest(ballot: &Ballot, person: &PersonId, interest: &str, then: Then, now: DateTime<Utc>) -> Decided {
    entering(ballot, now)?;
    known(ballot, person)?;
    filled("the interest", interest)?;
    if ballot.is_recused(person) {
        return Err(Refused::RecusedAlready { person: person.clone() });
    }
    Ok(vec![Event::InterestDeclared { person: person.clone(), interest: interest.trim().to_owned(), then }])
}

/// Records who came to or left the meeting.
///
/// # Errors
///
/// The ballot is not open or not held at a meeting, the person has no part in it, the instant has not come, or the
/// record says so already.
pub fn record_attendance(ballot: &Ballot, attendance: Attendance, now: DateTime<Utc>) -> Decided {
    entering(ballot, now)?;
    known(ballot, &attendance.person)?;
    if matches!(ballot.opening.mode, Mode::Correspondence { .. }) {
        return Err(Refused::NoMeeting);
    }
    if attendance.at > now {
        return Err(Refused::NotYet { at: attendance.at });
    }
    let of_person = ballot.attendance.iter().filter(|entry| entry.person == attendance.person);
    if let Some(at) = of_person.map(|entry| entry.at).max().filter(|last| attendance.at < *last) {
        return Err(Refused::OutOfOrder { person: attendance.person, at });
    }
    let present = ballot.is_present(&attendance.person);
    let said = match attendance.what {
        Coming::Arrived => present.then_some("present"),
        Coming::Left => (!present).then_some("away"),
    };
    if let Some(state) = said {
        return Err(Refused::Attendance { person: attendance.person, state });
    }
    Ok(vec![Event::AttendanceRecorded(attendance)])
}

/// Records that a member will take no part by correspondence, so that an alternate may.
///
/// # Errors
///
/// The ballot is not open for votes or held at a meeting, the person is no member or is recused, or the seat has been
/// voted for.
pub fn declare_absence(ballot: &Ballot, member: &PersonId, now: DateTime<Utc>) -> Decided {
    voting(ballot, now)?;
    if matches!(ballot.opening.mode, Mode::Meeting { .. }) {
        return Err(Refused::NoCorrespondence);
    }
    if ballot.opening.electorate.seat_of(member).is_none() {
        return Err(Refused::NotEntitled { person: member.clone(), body: ballot.opening.body.clone() });
    }
    if ballot.is_recused(member) {
        return Err(Refused::Recused { person: member.clone() });
    }
    if let Some(vote) = ballot.vote_of(member) {
        return Err(Refused::SeatTaken { seat: member.clone(), by: vote.by.clone() });
    }
    Ok(vec![Event::AbsenceDeclared { member: member.clone() }])
}

/// Gives the casting vote, or declines it by abstaining (R50).
///
/// # Errors
///
/// The ballot is not open, or, by correspondence, voting has not ended; there is no tie; somebody else presides; or the
/// choice is not one of those that are equal.
pub fn casting_vote(ballot: &Ballot, by: &PersonId, choice: &Choice, reason: Option<&str>) -> Decided {
    open_still(ballot)?;
    if votes_come_in(ballot) {
        return Err(Refused::VotesComeIn);
    }
    let Outcome::CastingVoteNeeded { between } = tally(ballot).outcome else { return Err(Refused::NoTie) };
    let presiding = ballot.presiding();
    if presiding != Some(by) {
        return Err(Refused::NotPresiding { person: by.clone(), presiding: presiding.cloned() });
    }
    if *choice != Choice::Abstain && !between.contains(choice) {
        return Err(Refused::NotTied { between: between.iter().map(ToString::to_string).collect() });
    }
    let reason = reason.map(str::to_owned);
    Ok(vec![Event::CastingVoteGiven { by: by.clone(), choice: choice.clone(), reason }])
}

/// Records the reasons of the body, and its conditions.
///
/// # Errors
///
/// The ballot is not open, there is no such option, or the reasons are blank.
pub fn record_reasons(ballot: &Ballot, reasons: Reasons) -> Decided {
    open_still(ballot)?;
    filled("the reasons", &reasons.reasons)?;
    if let Some(option) = &reasons.option {
        offered(ballot, &Choice::For(option.clone()))?;
    }
    Ok(vec![Event::ReasonsRecorded(reasons)])
}

/// Closes and counts a ballot. By correspondence a tie ends the voting and leaves the casting vote to come.
///
/// # Errors
///
/// The ballot is not open; by correspondence, its time is not over and somebody may still vote; or the casting vote is
/// outstanding.
pub fn close(ballot: &Ballot, now: DateTime<Utc>) -> Decided {
    open_still(ballot)?;
    let early = ballot.opening.mode.closes_at().filter(|at| ballot.phase == Phase::Voting && now < *at);
    if let Some(at) = early {
        let waiting_for = standing(ballot).waiting_for;
        if !waiting_for.is_empty() {
            return Err(Refused::TooEarly { at, waiting_for });
        }
    }
    let result = tally(ballot).outcome;
    let tie = matches!(result, Outcome::CastingVoteNeeded { .. });
    match ballot.presiding().filter(|_| tie) {
        None => Ok(vec![Event::BallotClosed { result }]),
        Some(_) if votes_come_in(ballot) => Ok(vec![Event::VotingEnded]),
        Some(by) => Err(Refused::CastingVoteOutstanding { by: by.clone() }),
    }
}

/// Whether votes come in by correspondence, so that nobody may know yet how they stand.
fn votes_come_in(ballot: &Ballot) -> bool {
    ballot.phase == Phase::Voting && matches!(ballot.opening.mode, Mode::Correspondence { .. })
}

/// Closes a ballot whose time for the casting vote has run out.
///
/// # Errors
///
/// The ballot is not open, or voting has not ended.
pub fn lapse(ballot: &Ballot, now: DateTime<Utc>) -> Decided {
    match tally(ballot).outcome {
        Outcome::CastingVoteNeeded { .. } if ballot.phase == Phase::CastingVote => {
            let result = Outcome::NotFormed { why: WhyNot::CastingVoteLapsed };
            Ok(vec![Event::BallotClosed { result }])
        }
        _ => close(ballot, now),
    }
}

/// Closes a ballot that the body may no longer decide, such as one for which the delegation has lapsed meanwhile (R6).
///
/// # Errors
///
/// The ballot is not open.
pub fn overtake(ballot: &Ballot) -> Decided {
    open_still(ballot)?;
    Ok(vec![Event::BallotClosed { result: Outcome::NotFormed { why: WhyNot::Overtaken } }])
}

/// Ends a ballot that has come to nothing, such as one on a SIP that was withdrawn.
///
/// # Errors
///
/// The ballot is not open, or no reason is given.
pub fn void(ballot: &Ballot, reason: &str) -> Decided {
    open_still(ballot)?;
    filled("the reason", reason)?;
    Ok(vec![Event::BallotVoided { reason: reason.trim().to_owned() }])
}
