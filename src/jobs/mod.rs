//! Jobs: what runs by itself while Quorate serves.
//!
//! The scheduler only gives the beat. Each job looks at the database for what is to be done, so that a beat that comes
//! late, twice or not at all does no harm: what was missed is made up for at the next one. A job never runs beside
//! itself, and neither a failure nor a panic ends it.
//!
//! Architecture invariant: nothing is decided here, and no date is reckoned here; that is [`crate::service`]'s.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

use crate::clock::Clock;
use crate::notify::Outbox;
use crate::service::{self, App, Arrivals, MailDoor, ScheduledRun, SendReport, ServiceError, Taken, TickReport};

/// Every second, in UTC.
const EVERY_SECOND: &str = "* * * * * *";

/// Every minute, in UTC.
const EVERY_MINUTE: &str = "0 * * * * *";

/// Why the jobs cannot be started or stopped.
#[derive(Debug, thiserror::Error)]
#[error("the scheduler of the clocks failed: {0}. Start Quorate again")]
pub struct JobsError(#[from] JobSchedulerError);

/// The jobs that are running.
pub struct Jobs {
    scheduler: JobScheduler,
    turns: Vec<Turn>,
}

/// The mail that goes out and comes in.
#[derive(Default)]
pub struct Mail {
    /// Where notices go; they wait in the queue without one.
    pub outbox: Option<Outbox>,
    /// Where mail arrives, if it does.
    pub arrivals: Option<Arrivals>,
    /// What the mail door is told of itself.
    pub door: MailDoor,
}

/// The right to run a job, held by one run at a time. It remembers the last complaint, so that a lasting failure is
/// logged once and not at every beat.
type Turn = Arc<Mutex<Option<String>>>;

/// Starts every job.
///
/// # Errors
///
/// The scheduler cannot be started.
pub async fn start(app: Arc<App>, clock: Clock, mail: Mail) -> Result<Jobs, JobsError> {
    let mut jobs = Jobs { scheduler: JobScheduler::new().await?, turns: Vec::new() };
    let clocks = app.clone();
    jobs.every(EVERY_SECOND, "clocks", move || {
        let app = clocks.clone();
        async move { run_due(&app, clock.now()).await.map(|report| report.iter().for_each(log)) }
    })
    .await?;
    let schedules = app.clone();
    jobs.every(EVERY_MINUTE, "schedules", move || {
        let app = schedules.clone();
        async move { service::run_schedules(&app, &|| clock.now()).await.map(|runs| runs.iter().for_each(log_run)) }
    })
    .await?;
    if let Some(arrivals) = mail.arrivals.map(Arc::new) {
        let (app, door) = (app.clone(), Arc::new(mail.door));
        jobs.every(EVERY_MINUTE, "arrivals", move || {
            let (app, door, arrivals) = (app.clone(), door.clone(), arrivals.clone());
            async move { service::fetch_mail(&app, &door, &arrivals, clock.now()).await.map(|taken| log_taken(&taken)) }
        })
        .await?;
    }
    if let Some(mail) = mail.outbox.map(Arc::new) {
        jobs.every(EVERY_SECOND, "mail", move || {
            let (app, mail) = (app.clone(), mail.clone());
            async move { service::send_due(&app, &mail, clock.now()).await.map(log_sent) }
        })
        .await?;
    }
    jobs.scheduler.start().await?;
    Ok(jobs)
}

impl Jobs {
    /// Adds a job that runs at every beat, unless its last run has not ended.
    async fn every<Work, Run>(&mut self, beat: &str, name: &'static str, work: Work) -> Result<(), JobsError>
    where
        Work: Fn() -> Run + Send + Sync + 'static,
        Run: Future<Output = Result<(), ServiceError>> + Send + 'static,
    {
        let turn = Turn::default();
        self.turns.push(turn.clone());
        let job = Job::new_async(beat, move |_, _| {
            if let Ok(turn) = turn.clone().try_lock_owned() {
                tokio::spawn(run(name, work(), turn));
            }
            Box::pin(async {})
        })?;
        self.scheduler.add(job).await?;
        Ok(())
    }

    /// Starts no more runs, and waits for those that are under way.
    ///
    /// # Errors
    ///
    /// The scheduler does not stop.
    pub async fn stop(mut self) -> Result<(), JobsError> {
        let stopped = self.scheduler.shutdown().await;
        for turn in self.turns {
            turn.lock_owned().await;
        }
        Ok(stopped?)
    }
}

/// Runs a job in a task of its own, so that a panic stays there, and logs what went wrong, once.
async fn run(
    name: &'static str,
    work: impl Future<Output = Result<(), ServiceError>> + Send + 'static,
    mut turn: OwnedMutexGuard<Option<String>>,
) {
    let failure = match tokio::spawn(work).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(ended) => Some(format!("the run ended by itself: {ended}")),
    };
    if let Some(failure) = failure.as_ref().filter(|failure| turn.as_ref() != Some(*failure)) {
        tracing::error!(job = name, failure, "a job failed; it is tried again at its next beat");
    }
    *turn = failure;
}

/// Does whatever has fallen due by `now`, if anything has.
///
/// # Errors
///
/// The database cannot be read or written.
pub async fn run_due(app: &App, now: DateTime<Utc>) -> Result<Option<TickReport>, ServiceError> {
    if service::next_due_at(app).await?.is_none_or(|due| due > now) {
        return Ok(None);
    }
    service::tick(app, now).await.map(Some)
}

fn log(report: &TickReport) {
    tracing::info!(cases = report.cases.len(), raised = report.raised, failed = report.failed.len(), "clocks fell due");
}

fn log_run(run: &ScheduledRun) {
    if let Ok(outcome) = &run.outcome {
        tracing::info!(job = run.job, slot = %run.slot, missed = run.missed, outcome, "a job is done");
    }
}

fn log_sent(report: SendReport) {
    if report != SendReport::default() {
        tracing::info!(sent = report.sent, failed = report.failed, "notices");
    }
}

fn log_taken(taken: &[Taken]) {
    for taken in taken {
        tracing::info!(message = taken.id, status = taken.status, "mail taken in");
    }
}
