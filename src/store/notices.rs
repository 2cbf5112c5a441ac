//! Notices: queued with the change that causes them, claimed for a while by whoever sends them, settled once.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    TryInsertResult,
};

use super::column::{Column as _, stored};
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::{NewNotice, NoticeOutcome, NoticeRecord, NoticeStatus, Queueing, Way};
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "notices")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: String,
        pub(crate) event_key: String,
        pub(crate) recipient: String,
        pub(crate) template: String,
        pub(crate) case_id: Option<String>,
        pub(crate) queued_at: i64,
        pub(crate) status: String,
        pub(crate) way: String,
        pub(crate) attempts: i64,
        pub(crate) doubtful: i64,
        pub(crate) next_at: Option<i64>,
        pub(crate) settled_at: Option<i64>,
        pub(crate) answer: Option<String>,
        pub(crate) body: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(NoticeRecord {
    id,
    event_key,
    recipient,
    template,
    case_id,
    queued_at,
    status,
    way,
    attempts,
    doubtful,
    next_at,
    settled_at,
    answer,
    body
});

/// Queues a notice, unless the same event was already queued for the same recipient and template.
///
/// # Errors
/// [`StoreError::Exists`] when its id is in use; [`StoreError::Dangling`] when its case is not there.
pub async fn queue_notice(tx: &WriteTx, new: NewNotice) -> Result<Queueing, StoreError> {
    let told_once =
        OnConflict::columns([Column::EventKey, Column::Recipient, Column::Template]).do_nothing().to_owned();
    let row = table::ActiveModel::from(&queued(new));
    let insert = table::Entity::insert(row).on_conflict(told_once).try_insert();
    Ok(match insert.exec_without_returning(tx.connection()).await? {
        TryInsertResult::Inserted(rows) if rows > 0 => Queueing::Queued,
        _ => Queueing::AlreadyQueued,
    })
}

/// How many notices go to the database together: their values stay well below what one statement may have.
const TOGETHER: usize = 500;

/// Queues notices, each unless the same event was already queued for the same recipient and template.
///
/// # Errors
/// [`StoreError::Exists`] when an id is in use; [`StoreError::Dangling`] when a case is not there.
pub async fn queue_notices(tx: &WriteTx, new: Vec<NewNotice>) -> Result<(), StoreError> {
    let told_once =
        OnConflict::columns([Column::EventKey, Column::Recipient, Column::Template]).do_nothing().to_owned();
    let rows: Vec<table::ActiveModel> = new.into_iter().map(|new| table::ActiveModel::from(&queued(new))).collect();
    for together in rows.chunks(TOGETHER) {
        let insert = table::Entity::insert_many(together.to_vec()).on_conflict(told_once.clone());
        insert.try_insert().exec_without_returning(tx.connection()).await?;
    }
    Ok(())
}

fn queued(new: NewNotice) -> NoticeRecord {
    NoticeRecord {
        id: new.id,
        event_key: new.event_key,
        recipient: new.recipient,
        template: new.template,
        case_id: new.case_id,
        queued_at: new.queued_at,
        status: NoticeStatus::Queued,
        way: new.way,
        attempts: 0,
        doubtful: 0,
        next_at: Some(new.send_at),
        settled_at: None,
        answer: None,
        body: new.body,
    }
}

/// Claims at most `limit` notices that may be sent at `now` as messages of their own, the longest waiting first. They
/// are the claimant's for the length of `lease`; whoever does not settle them by then loses them to the next claimant.
/// One lost so may have been delivered, and is marked doubtful.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim_notices(
    tx: &WriteTx,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: u32,
) -> Result<Vec<NoticeRecord>, StoreError> {
    let waiting = due(now, Way::AtOnce).order_by_asc(Column::NextAt).limit(u64::from(limit));
    claim(tx, waiting, now + lease).await
}

/// Claims every notice that may be sent at `now` together with others to one person: the one whose digest has waited
/// longest. Nothing when no digest is due. The lease is as for [`claim_notices`].
///
/// # Errors
/// When the database cannot be written.
pub async fn claim_digest(
    tx: &WriteTx,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: u32,
) -> Result<Vec<NoticeRecord>, StoreError> {
    let first = table::Entity::find().filter(Column::NextAt.lte(now.store())).filter(Column::Way.eq("digest"));
    let first: Option<NoticeRecord> = query::one(tx, first.order_by_asc(Column::NextAt).limit(1)).await?;
    let Some(first) = first else { return Ok(Vec::new()) };
    let theirs = due(now, Way::Digest).filter(Column::Recipient.eq(first.recipient));
    claim(tx, theirs.order_by_asc(Column::QueuedAt).limit(u64::from(limit)), now + lease).await
}

/// The ids of the notices that may be sent this way at `now`.
fn due(now: DateTime<Utc>, way: Way) -> Select<table::Entity> {
    let waiting = table::Entity::find().select_only().column(Column::Id);
    waiting.filter(Column::NextAt.lte(now.store())).filter(Column::Way.eq(way.as_str()))
}

async fn claim(
    tx: &WriteTx,
    waiting: Select<table::Entity>,
    until: DateTime<Utc>,
) -> Result<Vec<NoticeRecord>, StoreError> {
    let lost = Expr::case(Expr::col(Column::Status).eq(NoticeStatus::Claimed.as_str()), 1).finally(0);
    let claim = table::Entity::update_many()
        .col_expr(Column::Doubtful, Expr::col(Column::Doubtful).add(lost))
        .col_expr(Column::Status, Expr::value(NoticeStatus::Claimed.as_str()))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::NextAt, Expr::value(until.store()))
        .filter(Column::Id.in_subquery(waiting.into_query()));
    let rows = claim.exec_with_returning(tx.connection()).await?;
    let mut claimed = rows.into_iter().map(NoticeRecord::try_from).collect::<Result<Vec<_>, _>>()?;
    claimed.sort_by(|a, b| (a.queued_at, &a.id).cmp(&(b.queued_at, &b.id)));
    Ok(claimed)
}

/// Records how an attempt to send a notice ended. `claimed` is the notice as it was claimed.
///
/// # Errors
/// [`StoreError::Conflict`] when the lease was lost and another has claimed or settled the notice since.
pub async fn mark_notice(
    tx: &WriteTx,
    claimed: &NoticeRecord,
    outcome: NoticeOutcome,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let marked = table::Entity::update_many()
        .set(outcome_columns(claimed, outcome, at))
        .filter(Column::Id.eq(claimed.id.as_str()))
        .filter(Column::Status.eq(NoticeStatus::Claimed.as_str()))
        .filter(Column::Attempts.eq(claimed.attempts));
    match marked.exec(tx.connection()).await?.rows_affected {
        0 => Err(lost(tx, claimed).await?),
        _ => Ok(()),
    }
}

fn outcome_columns(claimed: &NoticeRecord, outcome: NoticeOutcome, at: DateTime<Utc>) -> table::ActiveModel {
    let doubtful = matches!(outcome, NoticeOutcome::Doubtful(..) | NoticeOutcome::Unknown(_));
    let (status, answer, next_at) = match outcome {
        NoticeOutcome::Sent(answer) => (NoticeStatus::Sent, answer, None),
        NoticeOutcome::Retry(why, from) | NoticeOutcome::Doubtful(why, from) => (NoticeStatus::Queued, why, Some(from)),
        NoticeOutcome::Unknown(why) => (NoticeStatus::Unknown, why, None),
        NoticeOutcome::Failed(why) => (NoticeStatus::Failed, why, None),
    };
    let settled_at = next_at.is_none().then_some(at);
    table::ActiveModel {
        status: ActiveValue::Set(status.store()),
        doubtful: ActiveValue::Set(claimed.doubtful + i64::from(doubtful)),
        next_at: ActiveValue::Set(next_at.store()),
        settled_at: ActiveValue::Set(settled_at.store()),
        answer: ActiveValue::Set(Some(answer)),
        ..table::ActiveModel::default()
    }
}

/// Why no row matched.
async fn lost(tx: &WriteTx, claimed: &NoticeRecord) -> Result<StoreError, StoreError> {
    let (what, key, expected) = ("notice", claimed.id.clone(), claimed.attempts);
    let stored: Option<NoticeRecord> = query::one(tx, table::Entity::find_by_id(claimed.id.as_str())).await?;
    Ok(match stored {
        Some(stored) => StoreError::Conflict { what, key, expected, found: stored.attempts },
        None => StoreError::NotFound { what, key },
    })
}

/// Puts a notice whose outcome is unknown, or that was given up, back into the queue: a person's decision.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such notice waiting for a person.
pub async fn requeue_notice(tx: &WriteTx, id: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let requeued = table::Entity::update_many()
        .col_expr(Column::Status, Expr::value(NoticeStatus::Queued.as_str()))
        .col_expr(Column::NextAt, Expr::value(at.store()))
        .col_expr(Column::SettledAt, Expr::value(Option::<i64>::None))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.is_in([NoticeStatus::Unknown.as_str(), NoticeStatus::Failed.as_str()]));
    query::found(requeued.exec(tx.connection()).await?.rows_affected, "notice waiting for a person", id)
}

/// The notices about a case, in the order in which they were queued.
///
/// # Errors
/// When the database cannot be read.
pub async fn notices_of(source: &impl Source, case_id: &str) -> Result<Vec<NoticeRecord>, StoreError> {
    let notices = table::Entity::find().filter(Column::CaseId.eq(case_id));
    query::all(source, notices.order_by_asc(Column::QueuedAt).order_by_asc(Column::Id)).await
}

/// At most `limit` notices with this status, the latest first: what was sent, what a person must look at.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_notices(
    source: &impl Source,
    status: NoticeStatus,
    limit: u32,
) -> Result<Vec<NoticeRecord>, StoreError> {
    let notices = table::Entity::find().filter(Column::Status.eq(status.as_str()));
    query::all(source, notices.order_by_desc(Column::QueuedAt).limit(u64::from(limit))).await
}

/// The notice with this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_notice(source: &impl Source, id: &str) -> Result<Option<NoticeRecord>, StoreError> {
    query::one(source, table::Entity::find_by_id(id)).await
}

/// How many notices have this status.
///
/// # Errors
/// When the database cannot be read.
pub async fn count_notices(source: &impl Source, status: NoticeStatus) -> Result<u64, StoreError> {
    Ok(table::Entity::find().filter(Column::Status.eq(status.as_str())).count(source.connection()).await?)
}
