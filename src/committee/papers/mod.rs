//! The papers of a body: agenda, committee paper, minutes and decision record, each built from plain facts.
//!
//! A builder says what a paper of its kind looks like and nothing else: whoever calls it brings the facts, already in
//! words where they come from another part of the house. The forms follow the papers that the bodies use today, so
//! that a secretary finds every part where it is expected.
//!
//! Architecture invariant: the same facts give the same document, and no builder decides anything.

mod agenda;
mod filing;
mod minutes;
mod outcome;
mod paper;
mod paper_facts;
mod record;

pub use agenda::{Agenda, AgendaItem, DecidedSince};
pub use filing::{Classification, Filing, PaperReference, PaperReferenceError, Sitting};
pub use minutes::{ActionNote, Attendee, Capacity, InterestNote, Minutes, MinutesItem, MinutesState, Quorate, Spell};
pub use outcome::BallotOutcome;
pub use paper::committee_paper;
pub use paper_facts::{
    Action, AnswerCount, Appendix, Author, CommitteePaper, CostFigure, Costs, Impact, MaterialChange, Milestone,
    PackReference, ProposalSummary, QuestionCount, Recommendation, ResponseSummary, Verb, When,
};
pub use record::{DecisionRecord, Link};
