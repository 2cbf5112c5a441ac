//! Why something cannot be done with a meeting, in words for whoever tried.

use chrono::{DateTime, NaiveDate, Utc};
use thiserror::Error;

use super::record::Phase;
use crate::calendar::{self, CalendarError, date_words};
use crate::committee::ids::{BodyId, PersonId};

/// Why something cannot be done with a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// The meeting is not in a phase for this.
    #[error("{reference} {}", state(*.phase))]
    NotNow {
        /// The meeting.
        reference: String,
        /// Its phase.
        phase: Phase,
    },
    /// It would begin in the past.
    #[error("{} is past; give a later date or time", calendar::words(*.at))]
    InThePast {
        /// When it would begin.
        at: DateTime<Utc>,
    },
    /// It is not on a Working Day.
    #[error("{} is not a Working Day; choose one, or give the reason for meeting then", date_words(*.on))]
    NotAWorkingDay {
        /// The day.
        on: NaiveDate,
    },
    /// The papers would have to be out already.
    #[error("papers should have been out on {}; choose a later day, or give the reason for so short a notice", date_words(*.paper_day))]
    ShortNotice {
        /// The day on which papers should have been out.
        paper_day: NaiveDate,
    },
    /// A date beyond the years of the calendar.
    #[error("{0}")]
    Calendar(#[from] CalendarError),
    /// Something that must be said was not.
    #[error("{what} may not be left blank; say it in words")]
    Blank {
        /// What is missing.
        what: &'static str,
    },
    /// A move to where it is.
    #[error("that is when and where the meeting is held already; there is nothing to move")]
    NothingMoves,
    /// The agenda has it already.
    #[error("it is on the agenda already, as item {number}")]
    OnTheAgenda {
        /// The item.
        number: u32,
    },
    /// No such item.
    #[error("there is no item {number} on the agenda; there are {}", numbers(.there))]
    NoSuchItem {
        /// What was given.
        number: u32,
        /// What there is.
        there: Vec<u32>,
    },
    /// A ballot was held on the item.
    #[error("item {number} was put to the vote in {ballot}; that cannot be changed now")]
    BallotWasHeld {
        /// The item.
        number: u32,
        /// The ballot.
        ballot: String,
    },
    /// The paper is there already.
    #[error("{reference} is among the papers of item {number} already; give a new version a reference of its own")]
    PaperThere {
        /// The item.
        number: u32,
        /// The paper.
        reference: String,
    },
    /// A digest that is none.
    #[error("a digest is the SHA-256 of the file: 64 digits and letters a to f")]
    NotADigest,
    /// A late paper without a reason.
    #[error("papers were due on {}; a late one needs the reason why it is late", date_words(*.paper_day))]
    LatePaper {
        /// Paper day.
        paper_day: NaiveDate,
    },
    /// Nothing on the agenda.
    #[error("there is nothing on the agenda; add an item, or cancel the meeting")]
    EmptyAgenda,
    /// Another day.
    #[error("the meeting is called for {}; move it there first if it is held today", date_words(*.on))]
    NotTheDay {
        /// Its day.
        on: NaiveDate,
    },
    /// Too early.
    #[error("the meeting begins on {}; people were told to be there then", calendar::words(*.at))]
    BeforeTheHour {
        /// When it begins.
        at: DateTime<Utc>,
    },
    /// Attendance in the future.
    #[error("{} has not come yet; record people as they come and go", calendar::words(*.at))]
    NotYet {
        /// When.
        at: DateTime<Utc>,
    },
    /// Attendance before the session.
    #[error("the session began on {}; whoever was there from the start came then", calendar::words(*.opened_at))]
    BeforeTheSession {
        /// When it began.
        opened_at: DateTime<Utc>,
    },
    /// Attendance before a count that rests on it.
    #[error("a ballot was counted on {}; who was there before cannot be changed now", calendar::words(*.ended))]
    BeforeABallot {
        /// When it ended.
        ended: DateTime<Utc>,
    },
    /// Neither member nor alternate.
    #[error("{person} has no seat on {body} in that capacity; record them as an observer if they only attend")]
    Stranger {
        /// Who.
        person: PersonId,
        /// The body.
        body: BodyId,
    },
    /// A member as an observer.
    #[error("{person} has a seat on the body, so attends as a member")]
    IsAMember {
        /// Who.
        person: PersonId,
    },
    /// Arrived twice or left twice.
    #[error("{person} is recorded as {state} at that time already")]
    Already {
        /// Who.
        person: PersonId,
        /// `at the meeting` or `away`.
        state: &'static str,
    },
    /// Left as somebody else than they came.
    #[error("{person} came in another capacity; record that they left in that one")]
    OtherCapacity {
        /// Who.
        person: PersonId,
    },
    /// Earlier than what is recorded already.
    #[error("{person} is recorded until {}; record people in the order they came and went", calendar::words(*.at))]
    OutOfOrder {
        /// Who.
        person: PersonId,
        /// The latest instant on the record.
        at: DateTime<Utc>,
    },
    /// Recused already.
    #[error("{person} takes no part in item {number} already")]
    RecusedAlready {
        /// Who.
        person: PersonId,
        /// The item.
        number: u32,
    },
    /// Due before the meeting.
    #[error("{} is before the meeting; give a later day, or none", date_words(*.by))]
    DueBefore {
        /// The day.
        by: NaiveDate,
    },
    /// An item without a determination.
    #[error("item {number} is no determination, so there is nothing to vote on; add the case to the agenda first")]
    NothingToDetermine {
        /// The item.
        number: u32,
    },
    /// A ballot is open.
    #[error("a ballot is open: {}; close it first", .ballots.join(", "))]
    BallotOpen {
        /// Which.
        ballots: Vec<String>,
    },
    /// No such ballot.
    #[error("no ballot {ballot} is open at this meeting")]
    NoSuchBallot {
        /// What was given.
        ballot: String,
    },
    /// Approved at an impossible time.
    #[error("the draft went out on {}; the body approved it on that day or later, and not after today", date_words(*.drafted))]
    ApprovedWhen {
        /// When the draft went out.
        drafted: NaiveDate,
    },
}

impl Refused {
    /// Whether the meeting is not in a phase for it, rather than something given being wrong.
    pub fn is_of_the_phase(&self) -> bool {
        matches!(self, Self::NotNow { .. } | Self::BallotOpen { .. } | Self::NotTheDay { .. } | Self::EmptyAgenda)
    }
}

fn state(phase: Phase) -> &'static str {
    match phase {
        Phase::Uncalled => "has not been called; call it first",
        Phase::Called => "is called, and its papers are not out; send them first",
        Phase::PapersOut => "has not begun; this is for the session",
        Phase::InSession => "is in session; this is for before or after",
        Phase::Over => "is over, and its minutes are being drafted",
        Phase::Drafted => "is over, and its draft minutes are out; correct those",
        Phase::Minuted => "is over, and its minutes are approved; nothing in them changes",
        Phase::Cancelled => "was cancelled; nothing can be entered in it",
    }
}

fn numbers(there: &[u32]) -> String {
    if there.is_empty() {
        return "none".to_owned();
    }
    there.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}
