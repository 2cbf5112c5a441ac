//! A letter about one case: what happened, whose turn it is, by when, and where to look.

use serde::{Deserialize, Serialize};

use super::Why;
use super::deadline::{DeadlineSays, by};
use crate::calendar::Deadline;
use crate::notify::link::Link;

/// What any notice about a case says; each template uses what it needs of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLetter {
    /// What a case of its process is called, for example `SIP`.
    pub kind: String,
    /// What the case is known as.
    pub reference: String,
    /// The title of the case.
    pub title: String,
    /// What happened: the subject of the notice.
    pub subject: String,
    /// What came of it, in one sentence, as of a ballot that was counted.
    pub outcome: Option<String>,
    /// The reason given, where one was.
    pub reason: Option<String>,
    /// Where the case stands.
    pub state: Option<String>,
    /// How it ended, where it has.
    pub ended: Option<String>,
    /// Whose turn it is, where it is someone's.
    pub turn: Option<String>,
    /// Whether it is the recipient's turn.
    pub your_turn: bool,
    /// What is due next, if a clock runs.
    pub deadline: Option<DeadlineSays>,
    /// The date that was due before, where it has moved.
    pub moved: Option<Moved>,
    /// What need not be done any more, where that is so.
    pub gone: Option<Gone>,
    /// What a body decided, where one did.
    pub determination: Option<DeterminationSays>,
    /// What is consulted on, where that is so.
    pub consultation: Option<ConsultationSays>,
    /// What is voted on, where that is so.
    pub ballot: Option<BallotSays>,
    /// The page of the case.
    pub link: Link,
    /// Why the recipient gets it.
    pub why: Why,
}

/// A date that has moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The date people were told before, as in `by ...`.
    pub from: String,
    /// Why it moved.
    pub because: Option<String>,
}

/// Something that need not be done any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// What.
    pub what: String,
    /// When it was due, as in `by ...`.
    pub by: String,
}

/// A determination (R41).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeterminationSays {
    /// The body.
    pub body: String,
    /// What it was asked, for example `Impact Assessment sign-off`.
    pub point: String,
    /// What it chose.
    pub option: String,
    /// The day, in words.
    pub on: String,
    /// Its reasons.
    pub reasons: String,
    /// Its conditions, if any.
    pub conditions: Option<String>,
    /// How the votes fell, if members voted.
    pub votes: Option<String>,
}

/// A consultation (R28 to R33).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationSays {
    /// What it is about, in words, where it is not about cases.
    pub about: Option<String>,
    /// The cases it is about.
    pub cases: Vec<CaseLine>,
    /// The page where it is answered.
    pub answer: Link,
    /// Whether the recipient's Party has yet to answer.
    pub not_yet_answered: bool,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLine {
    /// What it is known as.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub link: Link,
}

/// A ballot (R50).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotSays {
    /// The body that votes.
    pub body: String,
    /// What is asked.
    pub question: String,
    /// What may be chosen.
    pub options: Vec<String>,
    /// The page where votes are cast.
    pub vote: Link,
    /// Whether the recipient has yet to vote.
    pub not_yet_voted: bool,
}

impl Moved {
    /// A deadline that people were told and that holds no more.
    pub fn from(before: &Deadline, because: Option<String>) -> Self {
        Self { from: by(before), because }
    }
}

impl Gone {
    /// A deadline that need not be met any more; `what` is the title of its clock.
    pub fn of(what: impl Into<String>, deadline: &Deadline) -> Self {
        Self { what: what.into(), by: by(deadline) }
    }
}
