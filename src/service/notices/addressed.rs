//! A notice on its way into the queue: to whom, in what words, and by which way.

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use crate::notice::Topic;
use crate::service::loaded::Loaded;
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

/// A notice to one person.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Addressed {
    pub(super) notice: String,
    pub(super) recipient: String,
    pub(super) statutory: Statutory,
    pub(super) topic: Topic,
    pub(super) way: Way,
    pub(super) send_at: DateTime<Utc>,
    pub(super) spoken: Option<Spoken>,
    pub(super) body: Json,
    key: String,
    case_id: Option<String>,
    seq: i64,
    at: DateTime<Utc>,
}

impl Addressed {
    /// A notice about a case that a journal entry causes; to nobody yet.
    pub(super) fn about(loaded: &Loaded, entry: &Entry, notice: &str, statutory: Statutory, topic: Topic) -> Self {
        Self {
            notice: notice.to_owned(),
            recipient: String::new(),
            statutory,
            topic,
            way: Way::AtOnce,
            send_at: entry.at,
            spoken: None,
            body: json!({}),
            key: format!("{}/{notice}", entry.seq),
            case_id: Some(loaded.record.id.clone()),
            seq: entry.seq,
            at: entry.at,
        }
    }

    /// The same to a person, speaking of a deadline.
    pub(super) fn to(&self, person: &str, body: &Json, spoken: Option<Spoken>) -> Self {
        let mut body = body.clone();
        let own = spoken.as_ref().is_some_and(|spoken| spoken.own);
        put(&mut body, "your_turn", json!(own));
        put(&mut body, "statutory", json!(self.statutory == Statutory::Yes));
        Self { recipient: person.to_owned(), body, spoken, ..self.clone() }
    }

    /// Says one thing more.
    pub(super) fn say(&mut self, name: &str, value: Json) {
        put(&mut self.body, name, value);
    }

    /// Whether it already carries something for a calendar.
    pub(super) fn is_for_a_calendar(&self) -> bool {
        self.body.get("calendar").is_some_and(|calendar| !calendar.is_null())
    }

    /// As it goes into the queue.
    pub(super) fn into_notice(self) -> NewNotice {
        NewNotice {
            id: format!("{}-{}-{}", self.seq, self.notice, self.recipient),
            event_key: self.key,
            recipient: self.recipient,
            template: self.notice,
            case_id: self.case_id,
            queued_at: self.at,
            way: self.way,
            send_at: self.send_at,
            body: self.body,
        }
    }
}

fn put(body: &mut Json, name: &str, value: Json) {
    if let Some(body) = body.as_object_mut() {
        body.insert(name.to_owned(), value);
    }
}
