//! What is kept of the runs of what comes round.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};

use super::UnknownStatus;

status! {
    /// How a run stands.
    RunStatus {
        /// The job was seen here for the first time; nothing was run.
        Noted = "noted",
        /// Whoever holds the lease is running it.
        Running = "running",
        /// It is done.
        Done = "done",
        /// It failed and is tried again.
        Waiting = "waiting",
        /// It failed too often; the next slot is tried anew.
        Failed = "failed",
    }
}

/// A slot of a job and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRecord {
    /// The job.
    pub job: String,
    /// When it was to run. With the job it is unique, so that one node runs it.
    pub slot: DateTime<Utc>,
    /// How it stands.
    pub status: RunStatus,
    /// How often it was claimed. Only the holder of the latest attempt may record its outcome.
    pub attempts: i64,
    /// How many slots since the run before nobody was there for.
    pub missed: i64,
    /// When the latest attempt began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// When it may be claimed (again): while it runs the end of the lease; none once it is settled.
    pub next_at: Option<DateTime<Utc>>,
    /// What came of it, or why it failed.
    pub outcome: Option<String>,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunOutcome {
    /// It is done; what came of it.
    Done(String),
    /// It failed for this reason; try again from this instant.
    Retry(String, DateTime<Utc>),
    /// It failed for this reason, too often.
    Failed(String),
}
