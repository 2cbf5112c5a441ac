//! The documents of one decision: the paper that asks a body for it, and the record of what the body decided.
//!
//! Both are assembled from the record alone, so that nobody types again what is kept already.

mod asked;
mod costs;
mod paper;
mod proposal;
mod record;
mod timetable;

use chrono::{DateTime, Utc};
use serde::Deserialize;

pub use paper::committee_paper;
pub use record::decision_record;

use super::app::App;
use super::error::ServiceError;
use super::loaded::Loaded;
use crate::store;
use crate::workflow::Event;

/// What happened to a case in one go.
struct Happened {
    at: DateTime<Utc>,
    events: Vec<Event>,
}

/// Everything that happened to a case, oldest first.
async fn happened(app: &App, case: &Loaded) -> Result<Vec<Happened>, ServiceError> {
    #[derive(Deserialize)]
    struct Payload {
        #[serde(default)]
        events: Vec<Event>,
    }
    let read = |entry: store::Entry| {
        let damaged = |error| ServiceError::damaged(format!("journal entry {}", entry.seq), error);
        let Payload { events } = serde_json::from_str(&entry.payload).map_err(damaged)?;
        Ok(Happened { at: entry.at, events })
    };
    store::journal_of(&app.store, &case.record.id).await?.into_iter().map(read).collect()
}
