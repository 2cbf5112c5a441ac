//! What requests about meetings hold.

use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Deserializer};
use utoipa::{IntoParams, ToSchema};

use super::read_json::Day;
use crate::calendar::WorkingDays;
use crate::committee::meeting::Capacity;
use crate::committee::{Coming, Then};
use crate::service::{MeetingCall, MeetingEntry, MeetingMove, NewAgendaItem, NewMeetingPaper, PaperFormat};

/// Of which body.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OfBody {
    /// The body; every body where absent.
    #[param(example = "operations_group")]
    pub(super) body: Option<String>,
}

/// In which form a document is handed out.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct InForm {
    /// `html`, `docx`, `pdf` or `text`; HTML where absent.
    #[param(value_type = Option<String>, example = "docx")]
    format: Option<Form>,
}

/// The form of a document.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Form {
    /// A page to read.
    #[default]
    Html,
    /// A file for a word processor.
    Docx,
    /// Pages to print.
    Pdf,
    /// Plain text.
    Text,
}

impl Form {
    /// The same, as the service names it.
    pub(super) fn format(self) -> PaperFormat {
        match self {
            Self::Html => PaperFormat::Html,
            Self::Docx => PaperFormat::Docx,
            Self::Pdf => PaperFormat::Pdf,
            Self::Text => PaperFormat::Text,
        }
    }
}

impl InForm {
    /// The form asked for.
    pub(super) fn format(&self) -> PaperFormat {
        self.format.unwrap_or_default().format()
    }
}

/// A London time as people write it, HH:MM.
#[derive(Debug, Clone, Copy)]
pub(super) struct Time(NaiveTime);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unreadable = |_| serde::de::Error::custom(format!("`{text}` is not a time of day; write it as 10:00"));
        NaiveTime::parse_from_str(&text, "%H:%M").map(Self).map_err(unreadable)
    }
}

/// A meeting to be called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "body": "operations_group", "on": "2025-11-12", "at": "10:00", "place": "Room 4" }))]
pub(super) struct MeetingToCall {
    /// The body.
    pub(super) body: String,
    /// The London date.
    #[schema(value_type = String, format = Date)]
    pub(super) on: Day,
    /// The London time at which it begins.
    #[schema(value_type = String)]
    pub(super) at: Time,
    /// The room, or how to join; shown to members and the secretary only.
    pub(super) place: String,
    /// How many Working Days before it papers are out; 5 where absent.
    pub(super) papers_before: Option<u16>,
    /// Why it is not on a Working Day, or at so short a notice, where that is so.
    pub(super) reason: Option<String>,
}

/// Another date, time or place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "on": "2025-11-13", "reason": "The room is taken." }))]
pub(super) struct MeetingToMove {
    /// The London date; as it was where absent.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) on: Option<Day>,
    /// The London time at which it begins; as it was where absent.
    #[schema(value_type = Option<String>)]
    pub(super) at: Option<Time>,
    /// The room, or how to join; as it was where absent.
    pub(super) place: Option<String>,
    /// How many Working Days before it papers are out; 5 where absent.
    pub(super) papers_before: Option<u16>,
    /// Why it moves.
    pub(super) reason: String,
}

/// A reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "There is nothing to decide." }))]
pub(super) struct Because {
    /// The reason.
    pub(super) reason: String,
}

/// An item for an agenda: a case that waits for the body, or anything else with a title.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "case": "SIP-0001", "reason": "The Impact Assessment has come." }))]
pub(super) struct ItemToAdd {
    /// The reference or number of a case that waits for a determination of the body.
    pub(super) case: Option<String>,
    /// What it is about; everybody can read it. Needed unless a case is given.
    pub(super) title: Option<String>,
    /// Why it is added.
    pub(super) reason: String,
}

/// A paper for an item.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "item": 3, "reference": "OPSG_12_1211_03", "title": "SIP-0001" }))]
pub(super) struct PaperToAdd {
    /// The number of the item.
    pub(super) item: u32,
    /// Its reference.
    pub(super) reference: String,
    /// Its title.
    pub(super) title: String,
    /// The SHA-256 of its content, in hexadecimal.
    pub(super) digest: Option<String>,
    /// Why it is late; needed after paper day, and once papers are out.
    pub(super) late_because: Option<String>,
}

/// Something to be entered while a body meets: exactly one of these.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
#[schema(example = json!({ "arrived": { "person": "priya", "as": "member" } }))]
pub(super) enum InSession {
    /// Somebody came.
    Arrived {
        /// Who.
        person: String,
        /// `member`, `alternate` or `observer`.
        #[serde(rename = "as")]
        #[schema(value_type = String)]
        capacity: Capacity,
        /// When (UTC); now where absent.
        at: Option<DateTime<Utc>>,
    },
    /// Somebody left.
    Left {
        /// Who.
        person: String,
        /// `member`, `alternate` or `observer`, as they came.
        #[serde(rename = "as")]
        #[schema(value_type = String)]
        capacity: Capacity,
        /// When (UTC); now where absent.
        at: Option<DateTime<Utc>>,
    },
    /// An interest in an item, and whether the person takes no part because of it.
    Interest {
        /// The number of the item.
        item: u32,
        /// Whose; you where absent.
        person: Option<String>,
        /// The interest, in words.
        interest: String,
        /// Whether the person takes no part.
        recused: bool,
    },
    /// What was said on an item.
    Note {
        /// The number of the item.
        item: u32,
        /// What was said.
        text: String,
    },
    /// What was agreed to be done on an item.
    Action {
        /// The number of the item.
        item: u32,
        /// Who does it: a person or an office.
        owner: String,
        /// What is done.
        what: String,
        /// The London date by which.
        #[schema(value_type = Option<String>, format = Date)]
        by: Option<Day>,
    },
}

impl From<InSession> for MeetingEntry {
    fn from(entry: InSession) -> Self {
        match entry {
            InSession::Arrived { person, capacity, at } => {
                Self::Attendance { person, capacity, what: Coming::Arrived, at }
            }
            InSession::Left { person, capacity, at } => Self::Attendance { person, capacity, what: Coming::Left, at },
            InSession::Interest { item, person, interest, recused } => {
                Self::Interest { item, person, interest, then: if recused { Then::Recused } else { Then::Stays } }
            }
            InSession::Note { item, text } => Self::Note { item, text },
            InSession::Action { item, owner, what, by } => Self::Action { item, owner, what, by: by.map(|day| day.0) },
        }
    }
}

/// A step of a meeting that is taken as it is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = json!("send_papers"))]
pub(super) enum Step {
    /// Agenda and papers go out.
    SendPapers,
    /// The session begins.
    OpenSession,
    /// The session ends.
    CloseSession,
    /// The draft minutes go out.
    SendMinutes,
}

/// The next step of a meeting.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "step": "send_papers" }))]
pub(super) struct ToStep {
    /// The step.
    pub(super) step: Step,
}

/// A correction of draft minutes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "item": 3, "text": "The member for small Suppliers asked what it costs to run." }))]
pub(super) struct ToCorrect {
    /// The number of the item; absent where it is about the whole.
    pub(super) item: Option<u32>,
    /// What the minutes should say.
    pub(super) text: String,
}

/// An approval of minutes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "on": "2025-12-10", "at": "M-2025-002" }))]
pub(super) struct ToApprove {
    /// The London date on which the body approved them.
    #[schema(value_type = String, format = Date)]
    pub(super) on: Day,
    /// The later meeting at which it did.
    pub(super) at: Option<String>,
}

impl From<MeetingToCall> for MeetingCall {
    fn from(given: MeetingToCall) -> Self {
        let MeetingToCall { body, on, at, place, papers_before, reason } = given;
        let papers_before = papers_before.map(WorkingDays::new);
        Self { body, on: on.0, at: at.0, place, papers_before, reason }
    }
}

impl From<MeetingToMove> for MeetingMove {
    fn from(given: MeetingToMove) -> Self {
        let MeetingToMove { on, at, place, papers_before, reason } = given;
        let papers_before = papers_before.map(WorkingDays::new);
        Self { on: on.map(|day| day.0), at: at.map(|time| time.0), place, papers_before, reason }
    }
}

impl From<ItemToAdd> for NewAgendaItem {
    fn from(ItemToAdd { case, title, reason }: ItemToAdd) -> Self {
        Self { case, title, reason }
    }
}

impl From<PaperToAdd> for NewMeetingPaper {
    fn from(PaperToAdd { item, reference, title, digest, late_because }: PaperToAdd) -> Self {
        Self { item, reference, title, digest, late_because }
    }
}
