//! The clocks of cases. Finding what has fallen due costs the same however many clocks there are.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue, ColumnTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

use super::cases;
use super::column::{Column as _, stored};
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::{ClockRecord, ClockStatus};
use table::Column;

pub(crate) mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "clocks")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) case_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) name: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) instance: i64,
        pub(crate) status: String,
        pub(crate) due_on: String,
        pub(crate) closes_at: i64,
        pub(crate) next_at: Option<i64>,
        pub(crate) body: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(ClockRecord { case_id, name, instance, status, due_on, closes_at, next_at, body });

/// The statuses of a clock that has not ended.
const OPEN: [ClockStatus; 3] = [ClockStatus::Running, ClockStatus::Paused, ClockStatus::Overdue];

/// Makes `clocks` the clocks of the case, in place of those it had.
///
/// # Errors
/// [`StoreError::Dangling`] when there is no such case.
pub async fn replace_clocks(tx: &WriteTx, case_id: &str, clocks: &[ClockRecord]) -> Result<(), StoreError> {
    let old = table::Entity::delete_many().filter(Column::CaseId.eq(case_id));
    let mut replacing = vec![old.build(DbBackend::Sqlite)];
    replacing.extend(clocks.iter().map(|clock| {
        let case_id = ActiveValue::Set(case_id.to_owned());
        table::Entity::insert(table::ActiveModel { case_id, ..clock.into() }).build(DbBackend::Sqlite)
    }));
    query::run_together(tx, replacing).await
}

/// The clocks of a case, in order of name and instance.
///
/// # Errors
/// When the database cannot be read.
pub async fn clocks_of(source: &impl Source, case_id: &str) -> Result<Vec<ClockRecord>, StoreError> {
    let clocks = table::Entity::find().filter(Column::CaseId.eq(case_id));
    query::all(source, clocks.order_by_asc(Column::Name).order_by_asc(Column::Instance)).await
}

/// At most `limit` clocks to be looked at by `now`, the longest due first.
///
/// # Errors
/// When the database cannot be read.
pub async fn due_clocks(source: &impl Source, now: DateTime<Utc>, limit: u32) -> Result<Vec<ClockRecord>, StoreError> {
    query::all(source, due(now, limit)).await
}

fn due(now: DateTime<Utc>, limit: u32) -> Select<table::Entity> {
    let due = table::Entity::find().filter(Column::NextAt.lte(now.store()));
    due.order_by_asc(Column::NextAt).limit(u64::from(limit))
}

/// When the next clock is to be looked at, if any is.
///
/// # Errors
/// When the database cannot be read.
pub async fn next_clock_at(source: &impl Source) -> Result<Option<DateTime<Utc>>, StoreError> {
    let waiting = table::Entity::find().filter(Column::NextAt.is_not_null()).order_by_asc(Column::NextAt);
    let first: Option<ClockRecord> = query::one(source, waiting).await?;
    Ok(first.and_then(|clock| clock.next_at))
}

/// Every clock that has not ended, of cases reckoned with this edition of bank holidays: what a new edition concerns.
///
/// # Errors
/// When the database cannot be read.
pub async fn running_clocks_of_edition(source: &impl Source, edition: &str) -> Result<Vec<ClockRecord>, StoreError> {
    let cases = cases::table::Entity::find().select_only().column(cases::table::Column::Id);
    let concerned = cases.filter(cases::table::Column::Edition.eq(edition)).into_query();
    let clocks = table::Entity::find()
        .filter(Column::CaseId.in_subquery(concerned))
        .filter(Column::Status.is_in(OPEN.map(ClockStatus::as_str)));
    query::all(source, clocks.order_by_asc(Column::CaseId).order_by_asc(Column::Name)).await
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectionTrait;

    use super::*;
    use crate::store::Store;
    use crate::store::connection::sealed::Connected as _;

    #[tokio::test]
    async fn due_clocks_are_found_by_their_index_without_sorting() {
        let store = Store::open("sqlite::memory:").await.unwrap();
        store.migrate().await.unwrap();
        let mut statement = due(DateTime::UNIX_EPOCH, 10).build(DbBackend::Sqlite);
        statement.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        let plan = store.connection().query_all_raw(statement).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
        assert_eq!(plan, ["SEARCH clocks USING INDEX clocks_due (next_at<?)"]);
    }
}
