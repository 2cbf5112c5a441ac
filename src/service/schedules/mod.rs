//! What comes round: back-ups, reviews, reminders and housekeeping, each by a schedule in London time.
//!
//! A slot of a schedule is run by one node: it claims the slot in the database for a while, runs it and records how it
//! ended. A node that dies loses its claim, and the next one takes over. A run that fails is tried again after a pause.
//!
//! Only the latest slot is ever run, however many were missed; the record says how many. Every job does what is to be
//! done now, so a second run would find nothing more to do: twenty back-ups at once would be twenty copies of the same.
//! What every job does, it does once for a slot even where it is run again, so that a clock set back does no harm.

mod jobs;
mod tasks;
mod views;

use chrono::{DateTime, TimeDelta, Utc};

use super::app::App;
use super::editions::current_edition;
use super::error::ServiceError;
use crate::calendar::{Calendar, Slot};
use crate::store::{self, RunOutcome, RunRecord, RunStatus, StoreError, WriteTx};
use jobs::Job;

pub use views::{JobRun, JobView, jobs, jobs_seen};

/// How long after the first failure it is tried again; twice as long after each further one.
const TRY_AGAIN: TimeDelta = TimeDelta::minutes(2);

/// The longest time between two attempts.
const AT_LEAST_EVERY: TimeDelta = TimeDelta::hours(2);

/// After how many attempts a slot is given up.
const ATTEMPTS: i64 = 10;

/// How many missed slots are counted, at most.
const MOST_MISSED: u32 = 1_000;

/// A run that took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduledRun {
    /// The job.
    pub job: &'static str,
    /// When it was to run (UTC).
    pub slot: DateTime<Utc>,
    /// How many slots before it were missed.
    pub missed: i64,
    /// What came of it, or why it failed.
    pub outcome: Result<String, String>,
}

/// Runs whatever has come round and was not run yet, and says what that was. `time` tells the time.
///
/// # Errors
///
/// The database cannot be read or written. A job that fails does not hold up the others.
pub async fn run_schedules(
    app: &App,
    time: &(impl Fn() -> DateTime<Utc> + Sync),
) -> Result<Vec<ScheduledRun>, ServiceError> {
    let calendar = current_edition(app).await?.calendar(app.settings.division);
    let mut runs = Vec::new();
    for job in Job::ALL.into_iter().filter(|job| job.is_set_up(app)) {
        match job.schedule().latest(&calendar, time()) {
            Ok(Some(slot)) => runs.extend(run_slot(app, &calendar, (job, slot), time).await?),
            Ok(None) => {}
            Err(error) => tracing::error!(job = job.name(), %error, "it is not known when this comes round"),
        }
    }
    Ok(runs)
}

/// Runs a slot, unless it was run, is being run, or is not yet to be tried again.
async fn run_slot(
    app: &App,
    calendar: &Calendar,
    (job, slot): (Job, Slot),
    time: &(impl Fn() -> DateTime<Utc> + Sync),
) -> Result<Option<ScheduledRun>, ServiceError> {
    let known = store::find_run(&app.store, job.name(), slot.at).await?;
    if known.is_some_and(|run| run.next_at.is_none_or(|at| at > time())) {
        return Ok(None);
    }
    let tx = app.store.write().await?;
    let claimed = claim(&tx, calendar, (job, slot), time()).await?;
    tx.commit().await?;
    let Some(claimed) = claimed else { return Ok(None) };
    let ended = tasks::run(app, job, slot, time()).await;
    settle(app, job, &claimed, ended, time()).await.map(Some)
}

/// Claims a slot for this node. A job seen for the first time begins with its next slot: a new installation has missed
/// nothing.
async fn claim(
    tx: &WriteTx,
    calendar: &Calendar,
    (job, slot): (Job, Slot),
    now: DateTime<Utc>,
) -> Result<Option<RunRecord>, ServiceError> {
    if store::find_run(tx, job.name(), slot.at).await?.is_some() {
        return Ok(store::claim_run_again(tx, (job.name(), slot.at), now, job.lease()).await?);
    }
    let first = RunRecord {
        job: job.name().to_owned(),
        slot: slot.at,
        status: RunStatus::Noted,
        attempts: 0,
        missed: 0,
        started_at: now,
        ended_at: Some(now),
        next_at: None,
        outcome: None,
    };
    let Some(before) = store::find_run_before(tx, job.name(), slot.at).await? else {
        store::insert_run(tx, &first).await?;
        return Ok(None);
    };
    let come = job.schedule().count(calendar, (before.slot, slot.at), MOST_MISSED)?;
    let run = RunRecord {
        status: RunStatus::Running,
        attempts: 1,
        missed: i64::from(come.saturating_sub(1)),
        ended_at: None,
        next_at: Some(now + job.lease()),
        ..first
    };
    store::insert_run(tx, &run).await?;
    Ok(Some(run))
}

/// Records how a run ended. Whoever lost the lease meanwhile leaves the record to the node that took over.
async fn settle(
    app: &App,
    job: Job,
    claimed: &RunRecord,
    ended: Result<String, ServiceError>,
    now: DateTime<Utc>,
) -> Result<ScheduledRun, ServiceError> {
    let ended = ended.map_err(|error| error.to_string());
    if let Err(why) = &ended {
        tracing::error!(job = job.name(), slot = %claimed.slot, attempt = claimed.attempts, why, "it failed");
    }
    let outcome = match ended.clone() {
        Ok(said) => RunOutcome::Done(said),
        Err(why) if claimed.attempts >= ATTEMPTS => RunOutcome::Failed(why),
        Err(why) => RunOutcome::Retry(why, now + pause_after(claimed.attempts)),
    };
    let tx = app.store.write().await?;
    match store::mark_run(&tx, claimed, outcome, now).await {
        Ok(()) => tx.commit().await?,
        Err(StoreError::Conflict { .. }) => {
            tracing::warn!(job = job.name(), "it took longer than the lease; another node has taken it over");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(ScheduledRun { job: job.name(), slot: claimed.slot, missed: claimed.missed, outcome: ended })
}

/// How long to wait after so many attempts have failed.
fn pause_after(attempts: i64) -> TimeDelta {
    let doubled = u32::try_from(attempts.saturating_sub(1)).ok().and_then(|times| 2_i32.checked_pow(times));
    doubled.and_then(|times| TRY_AGAIN.checked_mul(times)).map_or(AT_LEAST_EVERY, |pause| pause.min(AT_LEAST_EVERY))
}
