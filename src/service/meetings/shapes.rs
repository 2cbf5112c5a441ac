//! The shapes in which people see meetings.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A meeting as somebody may see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MeetingView {
    /// Its reference, which is that of its case too.
    pub reference: String,
    /// The body.
    pub body: String,
    /// The name of the body.
    pub title: String,
    /// The London date.
    pub on: NaiveDate,
    /// The London time at which it begins.
    #[schema(value_type = String, example = "10:00:00")]
    pub at: NaiveTime,
    /// The London date by which agenda and papers are out.
    pub paper_day: NaiveDate,
    /// Why it is not on a Working Day, or at so short a notice, where that is so.
    pub reason: Option<String>,
    /// `called`, `papers_out`, `in_session`, `over`, `drafted`, `minuted` or `cancelled`.
    pub phase: String,
    /// The dates it had before.
    pub moves: Vec<MoveView>,
    /// What is on the agenda, in order.
    pub agenda: Vec<AgendaItemView>,
    /// The room, or how to join; for members and the secretary.
    pub place: Option<String>,
    /// When the session began and ended (UTC).
    pub opened_at: Option<DateTime<Utc>>,
    /// When the session ended (UTC).
    pub closed_at: Option<DateTime<Utc>>,
    /// Who came and went; for members and the secretary.
    pub attendance: Vec<AttendedView>,
    /// From when to when it was quorate; for members and the secretary.
    pub quorum: Vec<QuorumSpanView>,
    /// What became of the minutes; for members and the secretary.
    pub minutes: Option<MinutesView>,
}

/// A date a meeting had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MoveView {
    /// The London date it had.
    pub from: NaiveDate,
    /// Why it moved.
    pub reason: String,
}

/// An item of an agenda.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AgendaItemView {
    /// Its number.
    pub number: u32,
    /// What it is about.
    pub title: String,
    /// The case that is decided in it.
    pub case: Option<String>,
    /// Why it was added, where it was not there from the start.
    pub added_because: Option<String>,
    /// Why it was taken off, where it was.
    pub removed_because: Option<String>,
    /// What was decided in it, or, of a ballot since the last meeting, before.
    pub decisions: Vec<ItemDecisionView>,
    /// Its papers; for members and the secretary.
    pub papers: Vec<MeetingPaperView>,
    /// The interests declared; for members and the secretary.
    pub interests: Vec<InterestView>,
    /// What was said; for members and the secretary.
    pub notes: Vec<String>,
    /// What was agreed to be done; for members and the secretary.
    pub agreed: Vec<AgreedView>,
}

/// What a ballot came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemDecisionView {
    /// The ballot.
    pub ballot: String,
    /// The question.
    pub question: String,
    /// The option chosen; absent where no determination was formed.
    pub option: Option<String>,
    /// Why that is the result, sentence by sentence; empty while the ballot is open.
    pub reasoning: Vec<String>,
    /// The reasons of the body.
    pub reasons: Vec<String>,
    /// Its conditions.
    pub conditions: Vec<String>,
}

/// A paper for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MeetingPaperView {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The SHA-256 of its content.
    pub digest: Option<String>,
    /// Why it is late, where it is.
    pub late_because: Option<String>,
}

/// A declared interest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InterestView {
    /// Who declared it.
    pub person: String,
    /// The interest.
    pub interest: String,
    /// Whether the person takes no part.
    pub recused: bool,
}

/// Something agreed to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgreedView {
    /// Who does it.
    pub owner: String,
    /// What is done.
    pub what: String,
    /// The London date by which.
    pub by: Option<NaiveDate>,
}

/// Somebody came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttendedView {
    /// Who.
    pub person: String,
    /// `member`, `alternate` or `observer`.
    pub capacity: String,
    /// `arrived` or `left`.
    pub what: String,
    /// When (UTC).
    pub at: DateTime<Utc>,
}

/// A stretch of the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuorumSpanView {
    /// From when (UTC).
    pub from: DateTime<Utc>,
    /// Until when (UTC); absent while it goes on.
    pub until: Option<DateTime<Utc>>,
    /// How many seats that count were filled.
    pub present: u32,
    /// How many must be; absent while the terms set no quorum.
    pub needed: Option<u32>,
    /// Whether the body was quorate.
    pub quorate: bool,
}

/// What became of the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MinutesView {
    /// When the draft went out (UTC).
    pub drafted_at: Option<DateTime<Utc>>,
    /// What was corrected in the draft.
    pub corrections: Vec<CorrectionView>,
    /// The London date on which the body approved them.
    pub approved_on: Option<NaiveDate>,
    /// The meeting that approved them.
    pub approved_at: Option<String>,
}

/// A correction of the draft minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CorrectionView {
    /// The item; absent where it is about the whole.
    pub item: Option<u32>,
    /// What the minutes should say.
    pub text: String,
}
