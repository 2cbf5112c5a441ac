//! What the store keeps, as plain values. Bodies are JSON: their meaning belongs to the core, not to the store.
//!
//! Instants are kept to the microsecond; dates are London dates.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

pub use mail::{
    ArrivalRecord, ArrivalStatus, BounceRecord, NewNotice, NoticeOutcome, NoticeRecord, NoticeStatus,
    PreferencesRecord, Queueing, ToldRecord, Way,
};
pub use runs::{RunOutcome, RunRecord, RunStatus};

/// A case: one run of a process, such as a SIP or a consultation.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRecord {
    /// Its id, never reused.
    pub id: String,
    /// The process it follows.
    pub process: String,
    /// The version of the definition it began under, and keeps (design: running cases do not change under people).
    pub definition_version: String,
    /// The edition of bank holidays its clocks were reckoned with.
    pub edition: String,
    /// The division whose bank holidays count.
    pub division: String,
    /// The reference people use from the start, e.g. `P-2026-0001` (R20). Unique.
    pub reference: String,
    /// The number assigned on acceptance, e.g. `SIP-0001` (R20). Unique.
    pub sip_number: Option<String>,
    /// Its title.
    pub title: String,
    /// The state of the definition it is in.
    pub state: String,
    /// The role whose turn it is; none once the case is closed.
    pub owner: Option<String>,
    /// The Party that proposed it; none for cases nobody proposes, such as a consultation.
    pub proposer_party: Option<String>,
    /// Counts the changes, from 1. [`update_case`](super::update_case) refuses a stale one.
    pub revision: i64,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// When it reached a final state.
    pub closed_at: Option<DateTime<Utc>>,
    /// The earliest close of its running clocks, for lists.
    pub next_deadline_at: Option<DateTime<Utc>>,
    /// The facts of the case.
    pub body: Value,
}

/// What is kept of something beside the cases, such as a ballot or a response. It follows from its journal entries.
#[derive(Debug, Clone, PartialEq)]
pub struct DossierRecord {
    /// What it is, e.g. `ballot`.
    pub kind: String,
    /// Its id, unique among its kind. In the journal the subject is `kind:id`.
    pub id: String,
    /// What it belongs to, if anything: for a response, the reference of the consultation.
    pub parent: Option<String>,
    /// Counts the changes, from 1. [`put_dossier`](super::put_dossier) refuses a stale one.
    pub revision: i64,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// What its events come to.
    pub body: Value,
}

/// A working copy that nobody but its owner sees. It is no part of the record.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftRecord {
    /// The person or Party whose it is.
    pub owner: String,
    /// What it is a draft of.
    pub subject: String,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
    /// What has been filled in so far.
    pub body: Value,
}

/// Which cases to list; every part that is given narrows the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Only this process.
    pub process: Option<String>,
    /// Only this state.
    pub state: Option<String>,
    /// Only where it is this role's turn.
    pub owner: Option<String>,
    /// Only those proposed by this Party.
    pub party: Option<String>,
    /// Only where the title, the reference or the SIP number contains this text (ASCII case is ignored).
    pub text: Option<String>,
    /// Only those with a deadline before this instant.
    pub due_before: Option<DateTime<Utc>>,
    /// Only those after this one in the list: the `next` of the page before.
    pub after: Option<CaseCursor>,
}

/// A place in the list of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseCursor {
    /// When the case at that place was opened.
    pub opened_at: DateTime<Utc>,
    /// Its id.
    pub id: String,
}

/// A page of cases, the latest opened first.
#[derive(Debug, Clone, PartialEq)]
pub struct CasePage {
    /// The cases.
    pub cases: Vec<CaseRecord>,
    /// Where the next page starts; none on the last.
    pub next: Option<CaseCursor>,
}

/// A text in the database that is none of the words it may be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a known status")]
pub struct UnknownStatus(pub(super) String);

/// Declares an enum kept as text: one word per variant, never reused for another meaning.
macro_rules! status {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// The word it is stored as.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownStatus;

            fn from_str(word: &str) -> Result<Self, UnknownStatus> {
                match word { $($word => Ok(Self::$variant),)+ _ => Err(UnknownStatus(word.to_owned())) }
            }
        }
    };
}

mod mail;
mod runs;

status! {
    /// How a clock stands.
    ClockStatus {
        /// It counts.
        Running = "running",
        /// It stands still until what it waits for arrives.
        Paused = "paused",
        /// It has run out and what it waits for has not happened.
        Overdue = "overdue",
        /// What it waits for has happened.
        Met = "met",
        /// It no longer applies.
        Stopped = "stopped",
    }
}

/// A clock of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct ClockRecord {
    /// The case.
    pub case_id: String,
    /// Its name in the definition.
    pub name: String,
    /// Which start of the same clock this is, from 1.
    pub instance: i64,
    /// How it stands.
    pub status: ClockStatus,
    /// The London date on which it is due.
    pub due_on: NaiveDate,
    /// The first instant that is too late.
    pub closes_at: DateTime<Utc>,
    /// When it next needs looking at (a reminder, or its close); none when it never does.
    pub next_at: Option<DateTime<Utc>>,
    /// Its start, pauses, extensions, reminders and derivation.
    pub body: Value,
}

/// One publication of bank holidays.
#[derive(Debug, Clone, PartialEq)]
pub struct EditionRecord {
    /// Its name, e.g. `gov.uk 2026-02-25`.
    pub name: String,
    /// The publication as imported.
    pub json: Value,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
    /// By whom.
    pub imported_by: String,
}

/// One version of a process definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionRecord {
    /// The process.
    pub process: String,
    /// The version.
    pub version: String,
    /// The definition as it was loaded.
    pub yaml: String,
    /// The SHA-256 of the text, so a changed file under the same version is noticed.
    pub digest: String,
    /// When it was loaded.
    pub loaded_at: DateTime<Utc>,
    /// The Panel determination that approved it.
    pub approved_by: Option<String>,
    /// The London date from which new cases follow it; none while it is not in force.
    pub active_from: Option<NaiveDate>,
}

/// A SEC Party or another organisation that takes part.
#[derive(Debug, Clone, PartialEq)]
pub struct PartyRecord {
    /// Its id.
    pub id: String,
    /// Its name. Unique.
    pub name: String,
    /// Its Party category.
    pub category: String,
    /// Anything else about it.
    pub body: Value,
}

/// A person who acts for an organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRecord {
    /// Their id.
    pub id: String,
    /// The organisation they act for.
    pub party_id: String,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// The roles they hold.
    pub roles: Value,
    /// The hash of their access token; the token itself is never stored. Unique.
    pub token_hash: Option<String>,
}

/// The answer given to a request that carried an idempotency key.
#[derive(Debug, Clone, PartialEq)]
pub struct IdempotencyRecord {
    /// Who asked.
    pub actor: String,
    /// The key they chose.
    pub key: String,
    /// The hash of what they asked: the same key with another request is a mistake.
    pub request_hash: String,
    /// The status of the answer.
    pub status: i64,
    /// The answer.
    pub response: Value,
    /// When it was given.
    pub at: DateTime<Utc>,
}

/// A case carried by another, such as a SIP in a consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRecord {
    /// The case that carries.
    pub batch_case_id: String,
    /// The case that is carried.
    pub sip_case_id: String,
    /// Its place in the batch, from 1.
    pub position: i64,
    /// When it joined.
    pub joined_at: DateTime<Utc>,
    /// When it left before the batch ended.
    pub left_at: Option<DateTime<Utc>>,
}

/// A step of the database schema and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationRecord {
    /// Its name.
    pub name: String,
    /// How it stands.
    pub status: MigrationStatus,
}

/// Whether a step of the schema has been taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MigrationStatus {
    /// Taken.
    Applied,
    /// Still to be taken.
    Pending,
}
