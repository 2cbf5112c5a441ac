//! Why something cannot be done with a ballot, in words for whoever tried.

use chrono::{DateTime, NaiveDate, Utc};
use thiserror::Error;

use super::ids::{BodyId, PersonId};
use crate::calendar::{self, date_words};

/// Why something cannot be done with a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// The terms of reference set no quorum (R50).
    #[error("the terms of reference of {body} set no quorum; the Panel has to set one before a ballot is opened")]
    QuorumUnset {
        /// The body.
        body: BodyId,
    },
    /// The terms are not in force yet.
    #[error("these terms of reference hold from {}; open the ballot then, or under the terms in force now", date_words(*.from))]
    TermsNotInForce {
        /// Their first day.
        from: NaiveDate,
    },
    /// No seat has a vote.
    #[error("nobody on {body} has a vote today; appoint members before a ballot is opened")]
    NobodyVotes {
        /// The body.
        body: BodyId,
    },
    /// There is nothing to choose.
    #[error("there is no option to vote for; give at least one")]
    NoOptions,
    /// An option is there twice.
    #[error("the option {name} is there twice; leave it in once")]
    OptionTwice {
        /// Its name.
        name: String,
    },
    /// A number that is not whole.
    #[error("{field}, proposed with {option}, holds a number that is not whole; write amounts in whole units")]
    NotWhole {
        /// The option.
        option: String,
        /// The field.
        field: String,
    },
    /// The close is not in the future.
    #[error("a ballot by correspondence that closes on {} at 17:00 is over already; give a later day", date_words(*.closes_on))]
    ClosesInThePast {
        /// The day.
        closes_on: NaiveDate,
    },
    /// Something that must be said was not.
    #[error("{what} may not be left blank; say it in words")]
    Blank {
        /// What is missing.
        what: &'static str,
    },
    /// The ballot is over, or was never opened.
    #[error("{reference} is {state}, so nothing can be entered in it")]
    NotOpen {
        /// The ballot.
        reference: String,
        /// What it is instead.
        state: &'static str,
    },
    /// Voting has ended; the casting vote alone is still to come.
    #[error("voting in {reference} has ended in a tie; only the casting vote is still to come")]
    VotingEnded {
        /// The ballot.
        reference: String,
    },
    /// After the close.
    #[error("the ballot closed on {}; nothing can be entered after that", calendar::words(*.at))]
    TooLate {
        /// When it closed.
        at: DateTime<Utc>,
    },
    /// Neither member nor alternate.
    #[error("{person} had no seat on {body} when the ballot opened, and is nobody's alternate there")]
    NotEntitled {
        /// Who.
        person: PersonId,
        /// The body.
        body: BodyId,
    },
    /// Not for this seat.
    #[error("{person} may not vote for the seat of {seat}: only {seat} and the alternates named for {seat} may")]
    NotTheirSeat {
        /// Who.
        person: PersonId,
        /// The member whose seat it is.
        seat: PersonId,
    },
    /// The seat has no ordinary vote.
    #[error("the seat of {seat} has no ordinary vote under the terms of reference")]
    NoOrdinaryVote {
        /// The member whose seat it is.
        seat: PersonId,
    },
    /// A declared interest.
    #[error("{person} declared an interest and takes no part in this matter")]
    Recused {
        /// Who.
        person: PersonId,
    },
    /// The member is recused, so the seat is not filled.
    #[error("{seat} declared an interest, and an alternate acts only for a member who is absent")]
    SeatRecused {
        /// The member whose seat it is.
        seat: PersonId,
    },
    /// Not at the meeting.
    #[error("{person} is not at the meeting; record when they arrived first")]
    NotPresent {
        /// Who.
        person: PersonId,
    },
    /// An alternate for a member who is there.
    #[error("{seat} is at the meeting, and an alternate acts only for a member who is absent")]
    MemberPresent {
        /// The member whose seat it is.
        seat: PersonId,
    },
    /// An alternate by correspondence for a member who has not said to be absent.
    #[error("{seat} has not said they will be absent; record that first, and an alternate can vote")]
    AbsenceNotDeclared {
        /// The member whose seat it is.
        seat: PersonId,
    },
    /// The seat has been voted by somebody else.
    #[error("{by} has voted for the seat of {seat} already; a seat has one vote, and whoever gave it may change it")]
    SeatTaken {
        /// The member whose seat it is.
        seat: PersonId,
        /// Who voted for it.
        by: PersonId,
    },
    /// The person has voted for another seat.
    #[error("{person} has voted for the seat of {seat}; one person has one vote, however many members they stand for")]
    VotedElsewhere {
        /// Who.
        person: PersonId,
        /// The member for whose seat they voted.
        seat: PersonId,
    },
    /// The same vote once more.
    #[error("{person} has voted exactly so already; there is nothing to change")]
    VotedSo {
        /// Who.
        person: PersonId,
    },
    /// No such option.
    #[error("{option} is not an option here; choose one of: {}", .options.join(", "))]
    NoSuchOption {
        /// What was given.
        option: String,
        /// What there is.
        options: Vec<String>,
    },
    /// Against, where there is something else to vote for.
    #[error("with several options nobody votes against; choose one of: {}, or abstain", .options.join(", "))]
    AgainstWhat {
        /// The options.
        options: Vec<String>,
    },
    /// Recused already.
    #[error("{person} is recused already, and a recusal holds for the whole ballot")]
    RecusedAlready {
        /// Who.
        person: PersonId,
    },
    /// The ballot is held by correspondence.
    #[error("the ballot is held by correspondence; nobody attends, and a member says if they will be absent")]
    NoMeeting,
    /// The ballot is held at a meeting.
    #[error("the ballot is held at a meeting; whoever has not arrived is absent")]
    NoCorrespondence,
    /// Attendance in the future.
    #[error("{} has not come yet; record people as they come and go", calendar::words(*.at))]
    NotYet {
        /// When.
        at: DateTime<Utc>,
    },
    /// Arrived twice or left twice.
    #[error("{person} is recorded as {state} at that time already")]
    Attendance {
        /// Who.
        person: PersonId,
        /// `present` or `away`.
        state: &'static str,
    },
    /// Earlier than what is recorded already.
    #[error("{person} is recorded until {}; record people in the order they came and went", calendar::words(*.at))]
    OutOfOrder {
        /// Who.
        person: PersonId,
        /// The latest instant on the record.
        at: DateTime<Utc>,
    },
    /// Votes still come in.
    #[error("votes still come in; the casting vote follows once voting has ended in a tie")]
    VotesComeIn,
    /// There is no tie.
    #[error("there is no tie, so there is no casting vote to give")]
    NoTie,
    /// Somebody else presides.
    #[error("{person} does not preside, so cannot give the casting vote{}", .presiding.as_ref().map_or_else(String::new, |who| format!("; it is for {who}")))]
    NotPresiding {
        /// Who tried.
        person: PersonId,
        /// Who presides.
        presiding: Option<PersonId>,
    },
    /// Not one of those that are equal.
    #[error("the casting vote decides between those with equally many votes: {}", .between.join(", "))]
    NotTied {
        /// Those that are equal.
        between: Vec<String>,
    },
    /// Before the close, and somebody may still vote.
    #[error("the ballot is open until {}, and {} may still vote", calendar::words(*.at), names(.waiting_for))]
    TooEarly {
        /// When it closes.
        at: DateTime<Utc>,
        /// Who may still vote.
        waiting_for: Vec<PersonId>,
    },
    /// The casting vote is outstanding.
    #[error("the votes are equal; the ballot closes once {by} has given the casting vote or declined it")]
    CastingVoteOutstanding {
        /// Who presides.
        by: PersonId,
    },
}

fn names(people: &[PersonId]) -> String {
    people.iter().map(PersonId::as_str).collect::<Vec<_>>().join(", ")
}
