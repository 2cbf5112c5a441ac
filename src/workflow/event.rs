//! What happened in a case: past tense, complete, never reinterpreted.
//!
//! The stored names are the variants in `snake_case`. A name once used is never given another meaning.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::case::{Made, Timetable};
use super::definition::Statutory;
use super::guard::Facts;
use super::names::{ActionName, ClockName, FactName, NoticeName, ProcessName, RoleName, StateName};
use crate::calendar::{Deadline, Division, EditionName, WorkingDays};

/// Something that happened in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The case began.
    CaseOpened {
        /// The process.
        process: ProcessName,
        /// Its version.
        version: String,
        /// The edition of bank holidays.
        edition: EditionName,
        /// The division of bank holidays.
        division: Division,
        /// The first state.
        state: StateName,
        /// When (UTC).
        at: DateTime<Utc>,
        /// Facts given by the form.
        values: Facts,
    },
    /// Someone, or the process itself, took an action.
    ActionTaken {
        /// Which.
        action: ActionName,
        /// In which role.
        role: RoleName,
        /// Where the case stood.
        from: StateName,
        /// Where it stands now; the same where it stays.
        to: StateName,
        /// As of when (UTC); for what falls due, the instant it fell due.
        at: DateTime<Utc>,
        /// What was filled in.
        values: Facts,
    },
    /// Someone stated something for the record, such as a response; it is no fact of the case.
    Stated {
        /// What was filled in.
        values: Facts,
    },
    /// The process noted a fact of its own.
    FactSet {
        /// Which.
        fact: FactName,
        /// Yes or no.
        holds: bool,
    },
    /// A body made a determination.
    DeterminationMade(Made),
    /// The SIP got its number.
    NumberAssigned {
        /// The number.
        number: String,
    },
    /// A body set a timetable.
    TimetableSet(Timetable),
    /// A clock began.
    ClockStarted {
        /// Which.
        clock: ClockName,
        /// Which of its starts.
        instance: u32,
        /// When it is due.
        deadline: Deadline,
    },
    /// A clock stands still.
    ClockPaused {
        /// Which.
        clock: ClockName,
        /// From which London date.
        on: NaiveDate,
    },
    /// A clock goes on.
    ClockResumed {
        /// Which.
        clock: ClockName,
        /// From which London date.
        on: NaiveDate,
        /// When it is due now.
        deadline: Deadline,
    },
    /// A clock was extended and people were told (R13, R24).
    ClockExtended {
        /// Which.
        clock: ClockName,
        /// When it is due now.
        deadline: Deadline,
        /// Why.
        reason: String,
        /// Who was told.
        told: Vec<RoleName>,
    },
    /// A due date moved because what it rests on moved.
    DeadlineMoved {
        /// Which clock.
        clock: ClockName,
        /// When it is due now.
        deadline: Deadline,
        /// Why.
        reason: String,
    },
    /// A due date was kept although a new edition of bank holidays would move it.
    DeadlineKept {
        /// Which clock.
        clock: ClockName,
        /// The date it would have moved to.
        instead_of: NaiveDate,
        /// Why.
        reason: String,
    },
    /// Later deadlines of the case are counted with another edition of bank holidays.
    EditionAdopted {
        /// The edition.
        edition: EditionName,
    },
    /// A reminder fell due.
    ReminderRaised {
        /// Which clock.
        clock: ClockName,
        /// Working Days before it is due; reminders for earlier days not yet sent are superseded.
        before: WorkingDays,
    },
    /// A clock is overdue.
    ClockOverdue {
        /// Which.
        clock: ClockName,
    },
    /// A clock ended because what it asked for was done.
    ClockMet {
        /// Which.
        clock: ClockName,
        /// On which London date.
        on: NaiveDate,
    },
    /// A clock ended because it no longer mattered.
    ClockStopped {
        /// Which.
        clock: ClockName,
        /// On which London date.
        on: NaiveDate,
    },
    /// People are to be told; addresses are resolved when it is sent.
    NoticeRaised {
        /// Which notice.
        notice: NoticeName,
        /// Subject, without the reference of the case.
        subject: String,
        /// Who is told.
        to: Vec<RoleName>,
        /// Whether it may be opted out of.
        statutory: Statutory,
        /// The clock it is about, if any.
        clock: Option<ClockName>,
    },
    /// Cases joined this batch.
    MembersAdded {
        /// Their references.
        members: Vec<String>,
    },
    /// A case left this batch.
    MemberDropped {
        /// Its reference.
        member: String,
        /// Why.
        reason: String,
    },
    /// A case left this batch by its own doing, such as a withdrawal.
    MemberLeft {
        /// Its reference.
        member: String,
        /// Why.
        reason: String,
    },
    /// Every case in this batch is to take an action.
    MembersTook {
        /// Which.
        action: ActionName,
    },
    /// The case left the batch that carried it.
    BatchLeft {
        /// Why.
        reason: String,
    },
    /// The definition this case was about is in force.
    DefinitionActivated {
        /// Which process.
        process: String,
        /// Which version.
        version: String,
    },
    /// The case joined the list of priorities, where its score belongs (R23, R25).
    PrioritiesJoined,
    /// Someone gave the case another rank on the list of priorities (R25).
    Reranked {
        /// The rank; 1 is taken first.
        rank: i64,
        /// Why.
        reason: String,
    },
    /// The ballot this case is about was counted.
    BallotCounted {
        /// What came of it, in one sentence.
        outcome: String,
    },
    /// A ballot on this case ended without a determination.
    BallotEnded {
        /// Its reference.
        ballot: String,
        /// Why none was formed, in one sentence.
        outcome: String,
    },
    /// Other terms of reference of the body were put into force (R5).
    TermsAdopted {
        /// The terms, as they were proposed.
        terms: String,
    },
    /// The terms of reference of the body ended.
    BodyDissolved,
    /// What the consultation says, and whom it is sent to, is fixed (R29, R33).
    ContentsIssued,
    /// The collated responses are fixed and with the deciding body (R36).
    CollationReferred,
    /// The case moved to another version of its process.
    Migrated {
        /// The version it follows now.
        version: String,
        /// The state it stands in now.
        state: StateName,
        /// Clocks that go on under another name, old and new.
        renamed: Vec<(ClockName, ClockName)>,
    },
}
