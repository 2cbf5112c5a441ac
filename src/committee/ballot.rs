//! A ballot: one question, put to one body, and everything that happened until it was counted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::electorate::Electorate;
use super::ids::{BodyId, PersonId};
use super::tally::Outcome;
use super::terms::Terms;
use crate::calendar::london_instant;

/// A ballot and all that is known of it. Before it is opened it is empty: nobody is entitled and nothing is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// What was settled when it opened.
    pub opening: Opening,
    /// When it was opened (UTC).
    pub opened_at: Option<DateTime<Utc>>,
    /// When it was counted or became void (UTC).
    pub ended_at: Option<DateTime<Utc>>,
    /// How far it is.
    pub phase: Phase,
    /// The interests declared, in order.
    pub interests: Vec<Interest>,
    /// Who came and went at the meeting, in order of the record.
    pub attendance: Vec<Attendance>,
    /// The members who said they would take no part by correspondence.
    pub absent: BTreeSet<PersonId>,
    /// Every vote entered. Nothing is ever struck out; the last one of a seat counts.
    pub votes: Vec<Vote>,
    /// The casting vote, once given or declined.
    pub casting: Option<CastingVote>,
    /// The reasons and conditions of the body.
    pub reasons: Vec<Reasons>,
}

/// What is settled when a ballot opens and never changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Its reference, such as `B-2025-001`.
    pub reference: String,
    /// The body that is asked.
    pub body: BodyId,
    /// What it is about.
    pub matter: Matter,
    /// What may be chosen.
    pub options: Vec<BallotOption>,
    /// The papers before the body.
    pub papers: Vec<Paper>,
    /// Where it is held, or until when votes come in.
    pub mode: Mode,
    /// The terms of reference in force when it opened.
    pub terms: Terms,
    /// Who may take part.
    pub electorate: Electorate,
}

/// What a ballot is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// The reference of the case to be decided.
    pub case: String,
    /// The point at which it is decided, such as `ia_sign_off`.
    pub point: String,
    /// The title of that point.
    pub point_title: String,
    /// The question in words.
    pub question: String,
}

/// One thing that may be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotOption {
    /// Its name, such as `approve`.
    pub name: String,
    /// Its name for readers.
    pub title: String,
    /// What is proposed to be filled in if it is chosen, such as the day of deployment.
    pub proposed: BTreeMap<String, Value>,
}

/// A paper before the body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its reference or title.
    pub reference: String,
    /// The SHA-256 of its content, where it is kept as a file.
    pub digest: Option<String>,
}

/// How votes are given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// At a meeting; the secretary closes.
    Meeting {
        /// The meeting.
        reference: String,
    },
    /// Between meetings, until 17:00 in London on a day.
    Correspondence {
        /// The day.
        closes_on: NaiveDate,
    },
}

impl Default for Mode {
    fn default() -> Self {
        Self::Meeting { reference: String::new() }
    }
}

impl Mode {
    /// The first instant at which a vote by correspondence is too late.
    pub fn closes_at(&self) -> Option<DateTime<Utc>> {
        let Self::Correspondence { closes_on } = self else { return None };
        Some(london_instant(*closes_on, NaiveTime::from_hms_opt(17, 0, 0)?))
    }
}

/// How far a ballot is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not open yet.
    #[default]
    Unopened,
    /// Members vote.
    Voting,
    /// Voting has ended in a tie; the casting vote alone is still to come.
    CastingVote,
    /// It was counted.
    Closed(Outcome),
    /// It came to nothing, and why.
    Void(String),
}

/// An interest somebody declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interest {
    /// The member or alternate.
    pub person: PersonId,
    /// The interest, in their own words.
    pub interest: String,
    /// What follows from it.
    pub then: Then,
    /// When it was declared (UTC).
    pub at: DateTime<Utc>,
}

/// What follows from a declared interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// The person takes no part in this matter.
    Recused,
    /// The interest is on the record and the person takes part.
    Stays,
}

/// Somebody came to or left the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// The member or alternate.
    pub person: PersonId,
    /// Whether they came or went.
    pub what: Coming,
    /// When (UTC), which may be earlier than it was recorded.
    pub at: DateTime<Utc>,
}

/// Whether somebody came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coming {
    /// They joined, in the room or by telephone.
    Arrived,
    /// They left.
    Left,
}

/// A vote as it was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// The member whose seat it is.
    pub seat: PersonId,
    /// Who gave it: the member or an alternate.
    pub by: PersonId,
    /// What was chosen.
    pub choice: Choice,
    /// Why, where the voter says so.
    pub reason: Option<String>,
    /// When it was entered (UTC).
    pub at: DateTime<Utc>,
    /// Whose act entered it: the voter's, or the secretary's on the voter's word at a meeting.
    pub entered_by: String,
}

/// What a voter chose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// One of the options, by its name.
    For(String),
    /// Against the only option there is.
    Against,
    /// None: present and counted, but no vote cast.
    Abstain,
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::For(option) => option,
            Self::Against => "against",
            Self::Abstain => "abstain",
        })
    }
}

/// The vote that breaks a tie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastingVote {
    /// Who presided.
    pub by: PersonId,
    /// What was chosen; to abstain is to decline it.
    pub choice: Choice,
    /// Why, where they say so.
    pub reason: Option<String>,
    /// When (UTC).
    pub at: DateTime<Utc>,
}

/// Reasons and conditions of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasons {
    /// The option they belong to; absent where they hold for whatever is chosen.
    pub option: Option<String>,
    /// The reasons.
    pub reasons: String,
    /// The conditions, where there are any.
    pub conditions: Option<String>,
}

/// Something that happened to a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was opened.
    BallotOpened(Box<Opening>),
    /// Somebody declared an interest.
    InterestDeclared {
        /// The member or alternate.
        person: PersonId,
        /// The interest, in their own words.
        interest: String,
        /// What follows from it.
        then: Then,
    },
    /// Somebody came to or left the meeting.
    AttendanceRecorded(Attendance),
    /// A member will take no part by correspondence.
    AbsenceDeclared {
        /// The member.
        member: PersonId,
    },
    /// A vote was entered.
    VoteEntered {
        /// The member whose seat it is.
        seat: PersonId,
        /// Who gave it.
        by: PersonId,
        /// What was chosen.
        choice: Choice,
        /// Why, where the voter says so.
        reason: Option<String>,
    },
    /// The casting vote was given or declined.
    CastingVoteGiven {
        /// Who presided.
        by: PersonId,
        /// What was chosen.
        choice: Choice,
        /// Why, where they say so.
        reason: Option<String>,
    },
    /// Reasons or conditions were recorded.
    ReasonsRecorded(Reasons),
    /// Voting ended in a tie.
    VotingEnded,
    /// It was counted.
    BallotClosed {
        /// What came of it.
        result: Outcome,
    },
    /// It came to nothing.
    BallotVoided {
        /// Why.
        reason: String,
    },
}

impl Ballot {
    /// Takes in what happened at an instant, by the act of somebody.
    pub fn apply(&mut self, event: &Event, at: DateTime<Utc>, by: &str) {
        match event.clone() {
            Event::BallotOpened(opening) => {
                self.opening = *opening;
                self.opened_at = Some(at);
                self.phase = Phase::Voting;
            }
            Event::InterestDeclared { person, interest, then } => {
                self.interests.push(Interest { person, interest, then, at });
            }
            Event::AttendanceRecorded(attendance) => self.attendance.push(attendance),
            Event::AbsenceDeclared { member } => {
                self.absent.insert(member);
            }
            Event::VoteEntered { seat, by: voter, choice, reason } => {
                self.absent.remove(&voter);
                self.votes.push(Vote { seat, by: voter, choice, reason, at, entered_by: by.to_owned() });
            }
            Event::CastingVoteGiven { by, choice, reason } => {
                self.casting = Some(CastingVote { by, choice, reason, at });
            }
            Event::ReasonsRecorded(reasons) => self.reasons.push(reasons),
            Event::VotingEnded => self.phase = Phase::CastingVote,
            Event::BallotClosed { result } => self.end(Phase::Closed(result), at),
            Event::BallotVoided { reason } => self.end(Phase::Void(reason), at),
        }
    }

    fn end(&mut self, phase: Phase, at: DateTime<Utc>) {
        (self.phase, self.ended_at) = (phase, Some(at));
    }

    /// Whether it was opened and is neither closed nor void.
    pub fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Voting | Phase::CastingVote)
    }

    /// The option of this name.
    pub fn option(&self, name: &str) -> Option<&BallotOption> {
        self.opening.options.iter().find(|option| option.name == name)
    }

    /// Whether somebody has declared an interest and takes no part. A recusal holds for the whole ballot.
    pub fn is_recused(&self, person: &PersonId) -> bool {
        self.interests.iter().any(|interest| interest.person == *person && interest.then == Then::Recused)
    }

    /// Whether somebody is at the meeting, by the latest instant on the record; a later entry corrects an earlier one
    /// of the same instant.
    pub fn is_present(&self, person: &PersonId) -> bool {
        let of_person = self.attendance.iter().filter(|entry| entry.person == *person);
        of_person.max_by_key(|entry| entry.at).is_some_and(|entry| entry.what == Coming::Arrived)
    }

    /// Whether a member takes no part in person: not at the meeting, or, by correspondence, by their own word.
    pub fn is_absent(&self, member: &PersonId) -> bool {
        match self.opening.mode {
            Mode::Meeting { .. } => !self.is_present(member),
            Mode::Correspondence { .. } => self.absent.contains(member),
        }
    }

    /// The vote that counts for a seat: the last one entered by somebody who is not recused, for a member who is not
    /// recused either.
    pub fn vote_of(&self, seat: &PersonId) -> Option<&Vote> {
        let not_recused = |vote: &&Vote| !self.is_recused(&vote.by) && !self.is_recused(&vote.seat);
        self.votes.iter().rev().filter(|vote| vote.seat == *seat).find(not_recused)
    }

    /// Who presides: the chair, or the deputy while the chair is absent or recused.
    pub fn presiding(&self) -> Option<&PersonId> {
        let Electorate { chair, deputy, .. } = &self.opening.electorate;
        let able = |person: &&PersonId| !self.is_recused(person) && !self.is_absent(person);
        chair.as_ref().filter(able).or_else(|| deputy.as_ref().filter(able))
    }

    /// The reasons and conditions recorded for an option, those for whatever is chosen included.
    pub fn reasons_for<'a>(&'a self, option: &'a str) -> impl Iterator<Item = &'a Reasons> {
        self.reasons.iter().filter(move |given| given.option.as_deref().is_none_or(|of| of == option))
    }
}
