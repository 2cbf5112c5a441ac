//! Committees: terms of reference, who may vote, ballots, and what they come to (R5, R6, R50, R51).
//!
//! [`Terms`] say who sits on a body and how it decides. Opening a [`Ballot`] freezes them with the [`Electorate`];
//! the functions of [`decide`] answer what may be entered in it, [`tally()`] counts it exactly and [`explain()`] says in
//! words why that is the result. The result follows from the terms and the votes and from nothing else.
//!
//! Architecture invariant: no clock and no names of people here. An instant is an argument, a person an id, and there
//! is no number that is not whole. Only [`papers`], which people read, are told what to call a person.

mod ballot;
mod check;
pub mod decide;
mod electorate;
mod explain;
mod ids;
pub mod meeting;
mod open;
pub mod papers;
mod refused;
mod tally;
mod terms;

pub use ballot::{
    Attendance, Ballot, BallotOption, CastingVote, Choice, Coming, Event, Interest, Matter, Mode, Opening, Paper,
    Phase, Reasons, Then, Vote,
};
pub use electorate::{Electorate, InQuorum, Seat};
pub use explain::{Reader, Sees, explain, in_one_sentence};
pub use ids::{BodyId, Category, IdError, PersonId};
pub use refused::Refused;
pub use tally::{How, Outcome, Part, SeatCount, Standing, Tally, WhyNot, standing, tally};
pub use terms::{ChairInQuorum, ChairVote, Delegation, Majority, Member, Quorum, Ratio, Terms, Voting};
