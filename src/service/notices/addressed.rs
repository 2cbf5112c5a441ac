//! A notice on its way into the queue: to whom, in what words, and by which way.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::super::error::ServiceError;
use super::super::loaded::Loaded;
use crate::notice::Topic;
use crate::notify::letters::CaseLetter;
use crate::notify::{Invitation, Link};
use crate::store::{Entry, NewNotice, Way};
use crate::workflow::{ClockName, Statutory};

/// A deadline a notice speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) clock: ClockName,
    pub(super) instance: u32,
    pub(super) closes_at: DateTime<Utc>,
    /// Whether it is the recipient's turn.
    pub(super) own: bool,
}

/// Which notice, in which words, and whether it may be opted out of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) notice: String,
    pub(super) template: &'static str,
    pub(super) statutory: Statutory,
    pub(super) topic: Topic,
}

/// A notice to one person.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Addressed {
    pub(super) form: Form,
    pub(super) recipient: String,
    pub(super) way: Way,
    pub(super) send_at: DateTime<Utc>,
    pub(super) spoken: Option<Spoken>,
    pub(super) says: CaseLetter,
    pub(super) calendar: Option<Invitation>,
    pub(super) unsubscribe: Option<Link>,
    case_id: String,
    seq: i64,
    at: DateTime<Utc>,
}

/// What the queue keeps of a letter: its words, and what goes with them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in super::super) struct Kept {
    /// The template it is written in.
    pub(in super::super) template: String,
    /// The deadline it puts into a calendar, moves there or takes out.
    #[serde(default)]
    pub(in super::super) calendar: Option<Invitation>,
    /// Where the recipient opts out.
    #[serde(default)]
    pub(in super::super) unsubscribe: Option<Link>,
    /// The Message-ID of the message it answers.
    #[serde(default)]
    pub(in super::super) answers: Option<String>,
    /// What the template needs.
    #[serde(flatten)]
    pub(in super::super) says: Map<String, Json>,
}

impl Kept {
    /// What a template needs, and nothing else.
    pub(in super::super) fn of(template: &str, says: &impl Serialize) -> Result<Self, ServiceError> {
        let damaged = |why: &dyn std::fmt::Display| ServiceError::damaged("a letter", why);
        let Json::Object(says) = serde_json::to_value(says).map_err(|error| damaged(&error))? else {
            return Err(damaged(&"it is no object"));
        };
        Ok(Self { template: template.to_owned(), calendar: None, unsubscribe: None, answers: None, says })
    }

    /// As it is queued.
    pub(in super::super) fn into_body(self) -> Result<Json, ServiceError> {
        serde_json::to_value(self).map_err(|error| ServiceError::damaged("a letter", error))
    }
}

impl Addressed {
    /// A notice about a case to one person, caused by a journal entry.
    pub(super) fn new(
        (loaded, entry): (&Loaded, &Entry),
        form: Form,
        recipient: &str,
        mut says: CaseLetter,
        spoken: Option<Spoken>,
    ) -> Self {
        says.your_turn = spoken.as_ref().is_some_and(|spoken| spoken.own);
        Self {
            form,
            recipient: recipient.to_owned(),
            way: Way::AtOnce,
            send_at: entry.at,
            spoken,
            says,
            calendar: None,
            unsubscribe: None,
            case_id: loaded.record.id.clone(),
            seq: entry.seq,
            at: entry.at,
        }
    }

    /// As it goes into the queue.
    pub(super) fn into_notice(self) -> Result<NewNotice, ServiceError> {
        let kept = Kept::of(self.form.template, &self.says)?;
        let kept = Kept { calendar: self.calendar, unsubscribe: self.unsubscribe, ..kept };
        Ok(NewNotice {
            id: format!("{}-{}-{}", self.seq, self.form.notice, self.recipient),
            event_key: format!("{}/{}", self.seq, self.form.notice),
            recipient: self.recipient,
            template: self.form.notice,
            case_id: Some(self.case_id),
            queued_at: self.at,
            way: self.way,
            send_at: self.send_at,
            body: kept.into_body()?,
        })
    }
}
