//! Terms of reference: who sits on a body, how it decides and what the Panel has delegated to it, as data with a
//! version and a date (R5, R6, R50).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::check;
use super::ids::{BodyId, Category, PersonId};
use crate::yaml::{self, Limits, Problems};

/// One version of the terms of reference of a body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The body.
    pub body: BodyId,
    /// Its name for readers, such as `Operations Group`.
    pub title: String,
    /// The name of this version.
    pub version: String,
    /// The first London date on which they hold.
    pub in_force_from: NaiveDate,
    /// The reference of the determination that approved them, or how the body was founded (R5).
    pub approved_by: String,
    /// The body whose Sub-Committee this is; absent for the Panel itself.
    #[serde(default)]
    pub sub_committee_of: Option<BodyId>,
    /// Who sits on it.
    pub members: Vec<Member>,
    /// Who presides.
    pub chair: PersonId,
    /// Who presides while the chair is absent or recused.
    #[serde(default)]
    pub deputy: Option<PersonId>,
    /// Whether the chair votes as the others do.
    #[serde(default)]
    pub chair_vote: ChairVote,
    /// Whether the chair is one of those a quorum is counted from.
    #[serde(default)]
    pub chair_in_quorum: ChairInQuorum,
    /// How many seats must take part. While this is unset no ballot is opened or counted (R50).
    #[serde(default)]
    pub quorum: Option<Quorum>,
    /// When an option has won.
    #[serde(default)]
    pub majority: Majority,
    /// What the Panel has delegated to this body (R6).
    #[serde(default)]
    pub delegations: Vec<Delegation>,
}

/// One seat and who sits on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who sits on it.
    pub person: PersonId,
    /// The Party category stood for, as stated on the record.
    pub category: Category,
    /// The seat, or the organisation that holds it.
    pub seat: String,
    /// Whether the seat has an ordinary vote. The chair's is settled by `chair_vote`.
    #[serde(default)]
    pub vote: Voting,
    /// The first London date of the appointment; absent where it began with the terms.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// The last London date of the appointment; absent where it has no end.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// Who may act for the member while the member is absent.
    #[serde(default)]
    pub alternates: Vec<PersonId>,
}

/// Whether a seat has an ordinary vote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voting {
    /// It votes.
    #[default]
    Voting,
    /// It attends and speaks.
    NonVoting,
}

/// Whether the chair votes as the others do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChairVote {
    /// The chair votes only to break a tie.
    #[default]
    CastingOnly,
    /// The chair has an ordinary vote, and another to break a tie.
    OrdinaryAndCasting,
}

/// Whether the chair is one of those a quorum is counted from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChairInQuorum {
    /// The chair counts.
    #[default]
    Counts,
    /// The chair does not count.
    DoesNotCount,
}

/// How many seats must take part in a determination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quorum {
    /// This many.
    Number(u32),
    /// This share of the seats that count towards a quorum, rounded up to a whole seat.
    Ratio(Ratio),
}

impl Quorum {
    /// How many of `seats` must take part; never none.
    pub fn of(self, seats: u32) -> u32 {
        let needed = match self {
            Self::Number(number) => number,
            Self::Ratio(Ratio { num, den }) => {
                let exact = (u64::from(num) * u64::from(seats)).div_ceil(u64::from(den.max(1)));
                u32::try_from(exact).unwrap_or(u32::MAX)
            }
        };
        needed.max(1)
    }
}

/// A share as a fraction, such as 1/2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// The upper number.
    pub num: u32,
    /// The lower number.
    pub den: u32,
}

/// When an option has won.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Majority {
    /// More than half of the votes cast; abstentions and recusals are not votes cast (R50).
    #[default]
    Simple,
}

impl Majority {
    /// Whether so many of the votes cast are enough; counted without dividing.
    pub fn is_reached(self, votes: u32, cast: u32) -> bool {
        match self {
            Self::Simple => u64::from(votes) * 2 > u64::from(cast),
        }
    }
}

/// A power of the Panel that this body exercises for a time (R6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delegation {
    /// The point at which determinations are delegated, such as `ia_sign_off`.
    pub point: String,
    /// The first London date on which the power is held.
    pub from: NaiveDate,
    /// The last; absent where no end was set.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// The London date on which the Panel delegated it.
    pub decided_on: NaiveDate,
    /// Why.
    pub reasons: String,
    /// The London date by which the Panel reviews it, at least yearly (R57).
    pub review_by: NaiveDate,
}

impl Terms {
    /// Reads terms of reference from their YAML; `file` is only the name used in problems.
    ///
    /// # Errors
    ///
    /// Everything wrong with the text, each with its place: what cannot be read, and what contradicts itself, such as
    /// a chair who is no member or a quorum larger than the body.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problems> {
        let document = yaml::load::<Self>(file, text, Limits::default())?;
        let findings = check::findings(&document.value);
        if findings.is_empty() {
            return Ok(document.value);
        }
        let place =
            |finding: check::Finding| document.spans.problem(&finding.path, finding.what, Some(finding.mend.into()));
        Err(Problems::new(findings.into_iter().map(place).collect()))
    }

    /// Whether the power at `point` is delegated to the body on a London date (R6).
    pub fn delegates(&self, point: &str, on: NaiveDate) -> bool {
        self.delegations.iter().any(|delegation| delegation.point == point && delegation.holds(on))
    }

    /// The members whose appointment covers a London date.
    pub fn sitting(&self, on: NaiveDate) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(move |member| member.sits(on))
    }

    /// Whether a seat has an ordinary vote: the chair's is settled by the terms, any other's by itself.
    pub fn votes(&self, member: &Member) -> Voting {
        match self.chair_vote {
            ChairVote::CastingOnly if member.person == self.chair => Voting::NonVoting,
            ChairVote::OrdinaryAndCasting if member.person == self.chair => Voting::Voting,
            _ => member.vote,
        }
    }

    /// Whether a seat is one of those a quorum is counted from.
    pub fn counts_for_quorum(&self, member: &Member) -> bool {
        if member.person == self.chair {
            return self.chair_in_quorum == ChairInQuorum::Counts;
        }
        member.vote == Voting::Voting
    }
}

impl Member {
    /// Whether the appointment covers a London date.
    pub fn sits(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }
}

impl Delegation {
    /// Whether the power is held on a London date.
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }
}
