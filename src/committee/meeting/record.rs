//! A meeting and everything that happened to it.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::Event;
use crate::calendar::london_instant;
use crate::committee::ballot::{Coming, Interest, Then};
use crate::committee::electorate::Electorate;
use crate::committee::ids::{BodyId, PersonId};

/// A meeting of a body and all that is known of it. Before it is called it is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Who meets, when and where.
    pub called: Called,
    /// How far it is.
    pub phase: Phase,
    /// The dates it had before, and why each was given up.
    pub moves: Vec<Move>,
    /// The agenda, in order. Items taken off stay, with the reason, and keep their number.
    pub items: Vec<AgendaItem>,
    /// The session, once it has begun.
    pub session: Option<Session>,
    /// Who came and went, in order of the record.
    pub attendance: Vec<Attended>,
    /// The ballots held at it.
    pub ballots: Vec<Held>,
    /// What became of the minutes.
    pub minutes: Minutes,
}

/// Who meets, when and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// Its reference, such as `M-2025-001`.
    pub reference: String,
    /// The body.
    pub body: BodyId,
    /// The name of the body for readers.
    pub title: String,
    /// The London date.
    pub on: NaiveDate,
    /// The London time at which it begins.
    pub at: NaiveTime,
    /// The room, or how to join.
    pub place: String,
    /// The London date by which papers are out.
    pub paper_day: NaiveDate,
    /// Why it is not on a Working Day, or at so short a notice, where that is so.
    pub reason: Option<String>,
}

/// A date a meeting had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The London date it had.
    pub from: NaiveDate,
    /// Why it moved.
    pub reason: String,
    /// When it was moved (UTC).
    pub at: DateTime<Utc>,
}

/// How far a meeting is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not called yet.
    #[default]
    Uncalled,
    /// Its agenda and papers are being prepared.
    Called,
    /// Agenda and papers are out.
    PapersOut,
    /// The body is meeting.
    InSession,
    /// It is over; the minutes are being drafted.
    Over,
    /// The draft minutes are out, and may be corrected.
    Drafted,
    /// The minutes are approved.
    Minuted,
    /// It will not be held.
    Cancelled,
}

/// Something to deal with at the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// Its number, from 1; never given to another item.
    pub number: u32,
    /// What it is about, in words.
    pub title: String,
    /// What kind of item it is.
    pub subject: Subject,
    /// Why it was added, where it was not on the agenda from the start.
    pub added_because: Option<String>,
    /// Why it was taken off, where it was.
    pub removed_because: Option<String>,
    /// The papers for it.
    pub papers: Vec<ItemPaper>,
    /// The interests declared, in order.
    pub interests: Vec<Interest>,
    /// What was said, in order.
    pub notes: Vec<Note>,
    /// What was agreed to be done.
    pub agreed: Vec<Agreed>,
}

/// What kind of item it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A case that waits for a determination of this body.
    Determination {
        /// The reference of the case.
        case: String,
        /// The point at which it is decided, such as `ia_sign_off`.
        point: String,
    },
    /// The minutes of an earlier meeting.
    Minutes {
        /// That meeting.
        meeting: String,
    },
    /// A ballot by correspondence since the last meeting.
    DecidedSince {
        /// The ballot.
        ballot: String,
    },
    /// Anything else.
    Other,
}

/// A paper for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemPaper {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The SHA-256 of its content, in hexadecimal, where it is kept as a file.
    pub digest: Option<String>,
    /// Why it came after paper day, where it did.
    pub late_because: Option<String>,
    /// When it was added (UTC).
    pub at: DateTime<Utc>,
}

/// Something said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What was said.
    pub text: String,
    /// When it was noted (UTC).
    pub at: DateTime<Utc>,
}

/// Something agreed to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Who does it: a person or an office.
    pub owner: String,
    /// What is done.
    pub what: String,
    /// The London date by which, where one was agreed.
    pub by: Option<NaiveDate>,
}

/// A body in session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// When it began (UTC).
    pub opened_at: DateTime<Utc>,
    /// When it ended (UTC).
    pub closed_at: Option<DateTime<Utc>>,
    /// The version of the terms of reference it is held under.
    pub terms: String,
    /// The seats, alternates and quorum under those terms, settled as it begins.
    pub electorate: Electorate,
}

/// In which capacity somebody attends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// On a seat of their own.
    Member,
    /// For a member who is absent.
    Alternate,
    /// Without a vote.
    Observer,
}

/// Somebody came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attended {
    /// Who.
    pub person: PersonId,
    /// In which capacity.
    pub capacity: Capacity,
    /// Whether they came or went.
    pub what: Coming,
    /// When (UTC), which may be earlier than it was recorded.
    pub at: DateTime<Utc>,
}

/// A ballot held at the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The item it is about.
    pub item: u32,
    /// Its reference.
    pub ballot: String,
    /// When it ended (UTC); absent while it is open.
    pub ended_at: Option<DateTime<Utc>>,
}

/// What became of the minutes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// When the draft went out (UTC).
    pub drafted_at: Option<DateTime<Utc>>,
    /// What was corrected in the draft, in order.
    pub corrections: Vec<Correction>,
    /// The London date on which the body approved them.
    pub approved_on: Option<NaiveDate>,
    /// The meeting that approved them.
    pub approved_at: Option<String>,
}

/// A correction of the draft minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The item it is about; absent where it is about the whole.
    pub item: Option<u32>,
    /// What the minutes should say.
    pub text: String,
    /// When it was made (UTC).
    pub at: DateTime<Utc>,
}

impl Called {
    /// The instant at which it begins.
    pub fn begins_at(&self) -> DateTime<Utc> {
        london_instant(self.on, self.at)
    }
}

impl Meeting {
    /// Takes in what happened at an instant.
    pub fn apply(&mut self, event: &Event, at: DateTime<Utc>) {
        match event.clone() {
            Event::MeetingCalled(called) => (self.called, self.phase) = (*called, Phase::Called),
            Event::MeetingMoved { to, reason } => {
                self.moves.push(Move { from: self.called.on, reason, at });
                self.called = *to;
            }
            Event::MeetingCancelled { .. } => self.phase = Phase::Cancelled,
            Event::PapersSent => self.phase = Phase::PapersOut,
            Event::SessionOpened { terms, electorate } => {
                self.phase = Phase::InSession;
                self.session = Some(Session { opened_at: at, closed_at: None, terms, electorate: *electorate });
            }
            Event::AttendanceRecorded(attended) => self.attendance.push(attended),
            Event::BallotOpened { item, ballot } => self.ballots.push(Held { item, ballot, ended_at: None }),
            Event::BallotEnded { ballot } => {
                let held = self.ballots.iter_mut().filter(|held| held.ballot == ballot && held.ended_at.is_none());
                held.for_each(|held| held.ended_at = Some(at));
            }
            Event::SessionClosed => {
                self.phase = Phase::Over;
                self.session.iter_mut().for_each(|session| session.closed_at = Some(at));
            }
            other => self.apply_to_papers(other, at),
        }
    }

    fn apply_to_papers(&mut self, event: Event, at: DateTime<Utc>) {
        match event {
            Event::MinutesDrafted => {
                self.phase = Phase::Drafted;
                self.minutes.drafted_at = Some(at);
            }
            Event::MinutesCorrected { item, text } => self.minutes.corrections.push(Correction { item, text, at }),
            Event::MinutesApproved { on, at } => {
                self.phase = Phase::Minuted;
                (self.minutes.approved_on, self.minutes.approved_at) = (Some(on), at);
            }
            Event::ItemAdded { number, title, subject, reason } => {
                self.items.push(AgendaItem::new(number, title, subject, reason));
            }
            other => self.apply_to_item(other, at),
        }
    }

    fn apply_to_item(&mut self, event: Event, at: DateTime<Utc>) {
        match event {
            Event::ItemRemoved { number, reason } => self.change(number, |item| item.removed_because = Some(reason)),
            Event::PaperAdded { item, reference, title, digest, late_because } => {
                self.change(item, |item| item.papers.push(ItemPaper { reference, title, digest, late_because, at }));
            }
            Event::InterestDeclared { item, person, interest, then } => {
                self.change(item, |item| item.interests.push(Interest { person, interest, then, at }));
            }
            Event::NoteTaken { item, text } => self.change(item, |item| item.notes.push(Note { text, at })),
            Event::ActionAgreed { item, agreed } => self.change(item, |item| item.agreed.push(agreed)),
            _ => {}
        }
    }

    fn change(&mut self, number: u32, change: impl FnOnce(&mut AgendaItem)) {
        if let Some(item) = self.items.iter_mut().find(|item| item.number == number) {
            change(item);
        }
    }

    /// The item of this number that is on the agenda.
    pub fn item(&self, number: u32) -> Option<&AgendaItem> {
        self.agenda().find(|item| item.number == number)
    }

    /// The items on the agenda, without those taken off.
    pub fn agenda(&self) -> impl Iterator<Item = &AgendaItem> {
        self.items.iter().filter(|item| item.removed_because.is_none())
    }

    /// The item on the agenda about a determination in this case at this point.
    pub fn item_on(&self, case: &str, point: &str) -> Option<&AgendaItem> {
        let about = Subject::Determination { case: case.to_owned(), point: point.to_owned() };
        self.agenda().find(|item| item.subject == about)
    }

    /// The ballots of the meeting that are open.
    pub fn open_ballots(&self) -> impl Iterator<Item = &Held> {
        self.ballots.iter().filter(|held| held.ended_at.is_none())
    }
}

impl AgendaItem {
    fn new(number: u32, title: String, subject: Subject, added_because: Option<String>) -> Self {
        let (papers, interests, notes, agreed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { number, title, subject, added_because, removed_because: None, papers, interests, notes, agreed }
    }

    /// Whether somebody has declared an interest in it and takes no part.
    pub fn is_recused(&self, person: &PersonId) -> bool {
        self.interests.iter().any(|interest| interest.person == *person && interest.then == Then::Recused)
    }
}
