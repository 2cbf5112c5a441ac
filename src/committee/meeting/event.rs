//! What happens to a meeting: past tense, complete, never reinterpreted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::record::{Agreed, Attended, Called, Subject};
use crate::committee::ballot::Then;
use crate::committee::electorate::Electorate;
use crate::committee::ids::PersonId;

/// Something that happened to a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was called.
    MeetingCalled(Box<Called>),
    /// It was given another date, time or place.
    MeetingMoved {
        /// What holds now.
        to: Box<Called>,
        /// Why.
        reason: String,
    },
    /// It will not be held.
    MeetingCancelled {
        /// Why.
        reason: String,
    },
    /// An item came onto the agenda.
    ItemAdded {
        /// Its number.
        number: u32,
        /// What it is about.
        title: String,
        /// What kind of item it is.
        subject: Subject,
        /// Why, where it was not there from the start.
        reason: Option<String>,
    },
    /// An item left the agenda.
    ItemRemoved {
        /// Its number.
        number: u32,
        /// Why.
        reason: String,
    },
    /// A paper was added to an item.
    PaperAdded {
        /// The item.
        item: u32,
        /// Its reference.
        reference: String,
        /// Its title.
        title: String,
        /// The SHA-256 of its content.
        digest: Option<String>,
        /// Why it is late, where it is.
        late_because: Option<String>,
    },
    /// Agenda and papers went out.
    PapersSent,
    /// The session began.
    SessionOpened {
        /// The version of the terms of reference it is held under.
        terms: String,
        /// The seats, alternates and quorum.
        electorate: Box<Electorate>,
    },
    /// Somebody came or went.
    AttendanceRecorded(Attended),
    /// Somebody declared an interest in an item.
    InterestDeclared {
        /// The item.
        item: u32,
        /// The member or alternate.
        person: PersonId,
        /// The interest, in their own words.
        interest: String,
        /// What follows from it.
        then: Then,
    },
    /// Something said was noted.
    NoteTaken {
        /// The item.
        item: u32,
        /// What was said.
        text: String,
    },
    /// Something was agreed to be done.
    ActionAgreed {
        /// The item.
        item: u32,
        /// What, by whom and by when.
        agreed: Agreed,
    },
    /// A ballot was opened on an item.
    BallotOpened {
        /// The item.
        item: u32,
        /// Its reference.
        ballot: String,
    },
    /// A ballot of the meeting ended.
    BallotEnded {
        /// Its reference.
        ballot: String,
    },
    /// The session ended.
    SessionClosed,
    /// The draft minutes went out.
    MinutesDrafted,
    /// The draft minutes were corrected.
    MinutesCorrected {
        /// The item; absent where it is about the whole.
        item: Option<u32>,
        /// What the minutes should say.
        text: String,
    },
    /// The body approved the minutes.
    MinutesApproved {
        /// The London date.
        on: NaiveDate,
        /// The meeting that approved them.
        at: Option<String>,
    },
}
