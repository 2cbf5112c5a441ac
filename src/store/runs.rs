//! Runs of what comes round: claimed for a while by one node, settled once.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::column::{Column as _, stored};
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::{RunOutcome, RunRecord, RunStatus};
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "runs")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) job: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) slot: i64,
        pub(crate) status: String,
        pub(crate) attempts: i64,
        pub(crate) missed: i64,
        pub(crate) started_at: i64,
        pub(crate) ended_at: Option<i64>,
        pub(crate) next_at: Option<i64>,
        pub(crate) outcome: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(RunRecord { job, slot, status, attempts, missed, started_at, ended_at, next_at, outcome });

/// Enters a run of a slot that has none.
///
/// # Errors
/// [`StoreError::Exists`] when the slot has one: another node was quicker.
pub async fn insert_run(tx: &WriteTx, run: &RunRecord) -> Result<(), StoreError> {
    query::insert::<table::ActiveModel>(tx, run).await
}

/// Claims a run again whose lease or pause is over at `now`; nothing where it is settled, or not yet to be tried.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim_run_again(
    tx: &WriteTx,
    (job, slot): (&str, DateTime<Utc>),
    now: DateTime<Utc>,
    lease: TimeDelta,
) -> Result<Option<RunRecord>, StoreError> {
    let Some(run) = find_run(tx, job, slot).await? else { return Ok(None) };
    if run.next_at.is_none_or(|at| at > now) {
        return Ok(None);
    }
    let (status, next_at) = (RunStatus::Running, Some(now + lease));
    let claimed = RunRecord { status, attempts: run.attempts + 1, started_at: now, ended_at: None, next_at, ..run };
    table::Entity::update(table::ActiveModel::from(&claimed)).exec(tx.connection()).await?;
    Ok(Some(claimed))
}

/// Records how a run ended. `claimed` is the run as it was claimed.
///
/// # Errors
/// [`StoreError::Conflict`] when the lease was lost and another has claimed or settled the run since.
pub async fn mark_run(
    tx: &WriteTx,
    claimed: &RunRecord,
    outcome: RunOutcome,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (status, said, next_at) = match outcome {
        RunOutcome::Done(said) => (RunStatus::Done, said, None),
        RunOutcome::Retry(why, from) => (RunStatus::Waiting, why, Some(from)),
        RunOutcome::Failed(why) => (RunStatus::Failed, why, None),
    };
    let marked = table::Entity::update_many()
        .set(table::ActiveModel {
            status: ActiveValue::Set(status.store()),
            ended_at: ActiveValue::Set(Some(at.store())),
            next_at: ActiveValue::Set(next_at.store()),
            outcome: ActiveValue::Set(Some(said)),
            ..table::ActiveModel::default()
        })
        .filter(Column::Job.eq(claimed.job.as_str()))
        .filter(Column::Slot.eq(claimed.slot.store()))
        .filter(Column::Status.eq(RunStatus::Running.as_str()))
        .filter(Column::Attempts.eq(claimed.attempts));
    if marked.exec(tx.connection()).await?.rows_affected > 0 {
        return Ok(());
    }
    let (what, key) = ("run", format!("{} of {}", claimed.job, claimed.slot));
    Err(match find_run(tx, &claimed.job, claimed.slot).await? {
        Some(stored) => StoreError::Conflict { what, key, expected: claimed.attempts, found: stored.attempts },
        None => StoreError::NotFound { what, key },
    })
}

/// The run of a slot.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_run(source: &impl Source, job: &str, slot: DateTime<Utc>) -> Result<Option<RunRecord>, StoreError> {
    query::one(source, table::Entity::find_by_id((job.to_owned(), slot.store()))).await
}

/// The last run of a job whose slot is before an instant.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_run_before(
    source: &impl Source,
    job: &str,
    instant: DateTime<Utc>,
) -> Result<Option<RunRecord>, StoreError> {
    let earlier = table::Entity::find().filter(Column::Job.eq(job)).filter(Column::Slot.lt(instant.store()));
    query::one(source, earlier.order_by_desc(Column::Slot)).await
}

/// At most `limit` runs of a job, the latest slot first.
///
/// # Errors
/// When the database cannot be read.
pub async fn runs_of(source: &impl Source, job: &str, limit: u32) -> Result<Vec<RunRecord>, StoreError> {
    let runs = table::Entity::find().filter(Column::Job.eq(job)).order_by_desc(Column::Slot);
    query::all(source, runs.limit(u64::from(limit))).await
}

/// Forgets the runs of slots before an instant, and says how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_runs_before(tx: &WriteTx, instant: DateTime<Utc>) -> Result<u64, StoreError> {
    let old = table::Entity::delete_many().filter(Column::Slot.lt(instant.store()));
    Ok(old.exec(tx.connection()).await?.rows_affected)
}
