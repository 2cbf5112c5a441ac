//! What is kept of mail: notices to be sent, what people were told, and messages that arrived.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::UnknownStatus;

status! {
    /// How a notice stands.
    NoticeStatus {
        /// Waiting to be sent.
        Queued = "queued",
        /// Being sent by whoever holds the lease.
        Claimed = "claimed",
        /// Accepted by the mail server.
        Sent = "sent",
        /// Nobody knows whether the mail server accepted it; a person decides.
        Unknown = "unknown",
        /// Given up; a person must look.
        Failed = "failed",
    }
}

status! {
    /// How a notice goes out.
    Way {
        /// As a message of its own.
        AtOnce = "at_once",
        /// Together with others to the same person.
        Digest = "digest",
    }
}

status! {
    /// What became of a message that arrived.
    ArrivalStatus {
        /// Somebody must look at it.
        Waiting = "waiting",
        /// A form whose sender has still to confirm it.
        Unconfirmed = "unconfirmed",
        /// It became a submission.
        Submitted = "submitted",
        /// It was answered, and nothing more is to be done.
        Answered = "answered",
        /// It says that a notice could not be delivered.
        Bounced = "bounced",
        /// An automatic message, kept and not answered.
        Automatic = "automatic",
        /// Somebody has looked at it.
        Done = "done",
    }
}

/// A message to one recipient about one event.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeRecord {
    /// Its id; the Message-ID is made from it, so every attempt carries the same one.
    pub id: String,
    /// The event it tells of. With recipient and template it is unique, so nobody is told twice.
    pub event_key: String,
    /// To whom.
    pub recipient: String,
    /// The template it is written from.
    pub template: String,
    /// The case it is about, if any.
    pub case_id: Option<String>,
    /// When it was queued.
    pub queued_at: DateTime<Utc>,
    /// How it stands.
    pub status: NoticeStatus,
    /// How it goes out.
    pub way: Way,
    /// How often it was claimed. Only the holder of the latest attempt may record its outcome.
    pub attempts: i64,
    /// How many attempts may have delivered it without our knowing: the connection or the sender was lost in between.
    pub doubtful: i64,
    /// When it may be claimed (again): for a claimed one the end of the lease; none once it is settled.
    pub next_at: Option<DateTime<Utc>>,
    /// When it was settled.
    pub settled_at: Option<DateTime<Utc>>,
    /// The mail server's answer, or why it failed.
    pub answer: Option<String>,
    /// What the template needs.
    pub body: Value,
}

/// A notice to be queued.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNotice {
    /// Its id.
    pub id: String,
    /// The event it tells of.
    pub event_key: String,
    /// To whom.
    pub recipient: String,
    /// The template.
    pub template: String,
    /// The case it is about, if any.
    pub case_id: Option<String>,
    /// When it is queued.
    pub queued_at: DateTime<Utc>,
    /// How it goes out.
    pub way: Way,
    /// When it may first be sent: `queued_at`, or later for a digest.
    pub send_at: DateTime<Utc>,
    /// What the template needs.
    pub body: Value,
}

/// What became of a request to queue a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queueing {
    /// It is in the queue.
    Queued,
    /// The same event was already queued for this recipient and template; nothing was added.
    AlreadyQueued,
}

/// How an attempt to send a notice ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeOutcome {
    /// The mail server accepted it, with this answer.
    Sent(String),
    /// It failed for this reason, and may be tried again from the instant given.
    Retry(String, DateTime<Utc>),
    /// The connection was lost after the message was handed over, and it is sent again under the same Message-ID from
    /// the instant given.
    Doubtful(String, DateTime<Utc>),
    /// The connection was lost after the message was handed over, and a person decides.
    Unknown(String),
    /// It is given up for this reason.
    Failed(String),
}

/// A deadline somebody was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldRecord {
    /// The case.
    pub case_id: String,
    /// The clock.
    pub clock: String,
    /// Which start of the clock, from 1.
    pub instance: i64,
    /// Who was told: a person's id.
    pub person: String,
    /// The first instant that is too late, as they were told it last.
    pub closes_at: DateTime<Utc>,
    /// How many invitations to the deadline they were sent; 0: they were told in words alone.
    pub invitations: i64,
}

/// How somebody wants to be told.
#[derive(Debug, Clone, PartialEq)]
pub struct PreferencesRecord {
    /// Whose: a person's id.
    pub person_id: String,
    /// What a link that stops optional notices carries; nobody can guess it. Unique.
    pub token: String,
    /// What they chose.
    pub body: Value,
}

/// A message that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BounceRecord {
    /// The arrival that says so.
    pub arrival_id: String,
    /// The notice it was.
    pub notice_id: Option<String>,
    /// To whom it went: a person's id.
    pub person_id: Option<String>,
    /// The address it could not reach.
    pub address: String,
    /// When it came back.
    pub at: DateTime<Utc>,
    /// `hard`: the address does not work; `soft`: it may work later.
    pub kind: String,
    /// What the mail server said.
    pub why: String,
}

/// A message that arrived.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrivalRecord {
    /// The SHA-256 of the message, so that the same one read twice is one.
    pub id: String,
    /// When it was read.
    pub received_at: DateTime<Utc>,
    /// The message, byte for byte.
    pub raw: Vec<u8>,
    /// The address it says it is from; empty where it says none.
    pub sender: String,
    /// Its subject line.
    pub subject: String,
    /// What became of it.
    pub status: ArrivalStatus,
    /// The case it belongs to, if any.
    pub case_id: Option<String>,
    /// What a link that confirms its sender carries.
    pub token: Option<String>,
    /// What was found in it and done about it.
    pub body: Value,
}
