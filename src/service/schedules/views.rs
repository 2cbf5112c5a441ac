//! What comes round, as people see it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::jobs::Job;
use crate::actor::Actor;
use crate::service::app::App;
use crate::service::editions::current_edition;
use crate::service::error::ServiceError;
use crate::store::{self, RunRecord, RunStatus};

/// Something that comes round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JobView {
    /// The word it is known by.
    pub job: String,
    /// What it does.
    pub title: String,
    /// When it comes round, in words; London time.
    pub schedule: String,
    /// The last run; none where there was none yet.
    pub last: Option<JobRun>,
    /// When it comes round next (UTC); none where it is not set up here, or that cannot be told.
    pub next: Option<DateTime<Utc>>,
    /// Why there is no next time.
    pub why_not: Option<String>,
}

/// A run of something that comes round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JobRun {
    /// When it was to run (UTC).
    pub slot: DateTime<Utc>,
    /// `running`, `done`, `waiting` to be tried again, or `failed`.
    pub status: String,
    /// When the latest attempt began (UTC).
    pub started_at: DateTime<Utc>,
    /// How long the latest attempt took, in whole seconds; none while it runs.
    pub seconds: Option<i64>,
    /// How many attempts there were.
    pub attempts: i64,
    /// How many slots before it were missed, and made up for by it.
    pub missed: i64,
    /// When it is tried again (UTC), where it failed.
    pub again_at: Option<DateTime<Utc>>,
    /// What came of it, or why it failed.
    pub outcome: Option<String>,
}

/// Everything that comes round, with its last run and its next.
///
/// # Errors
///
/// The database cannot be read.
pub async fn jobs(app: &App, now: DateTime<Utc>) -> Result<Vec<JobView>, ServiceError> {
    let calendar = current_edition(app).await?.calendar(app.settings.division);
    let mut views = Vec::new();
    for job in Job::ALL {
        let last = store::runs_of(&app.store, job.name(), 1).await?.into_iter().next();
        let next = match job.schedule().next(&calendar, now) {
            _ if !job.is_set_up(app) => Err("only a server told a folder by --backup-to does it".to_owned()),
            Ok(slot) => Ok(slot.map(|slot| slot.at)),
            Err(error) => Err(error.to_string()),
        };
        let (next, why_not) = next.map_or_else(|why| (None, Some(why)), |next| (next, None));
        views.push(JobView {
            job: job.name().to_owned(),
            title: job.title().to_owned(),
            schedule: job.schedule().to_string(),
            last: last.filter(|run| run.status != RunStatus::Noted).map(seen),
            next,
            why_not,
        });
    }
    Ok(views)
}

/// Everything that comes round, for those who run Quorate.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and DCC.
pub async fn jobs_seen(app: &App, viewer: &Actor, now: DateTime<Utc>) -> Result<Vec<JobView>, ServiceError> {
    if viewer.holds("secas") || viewer.holds("dcc") {
        return jobs(app, now).await;
    }
    Err(ServiceError::NotAllowed { who: viewer.name.clone(), could: "SECAS or DCC".to_owned() })
}

fn seen(run: RunRecord) -> JobRun {
    JobRun {
        slot: run.slot,
        status: run.status.to_string(),
        started_at: run.started_at,
        seconds: run.ended_at.map(|end| (end - run.started_at).num_seconds()),
        attempts: run.attempts,
        missed: run.missed,
        again_at: run.next_at.filter(|_| run.status == RunStatus::Waiting),
        outcome: run.outcome,
    }
}
