//! The deadlines people were told, so that whoever was told one is told when it moves.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::column::stored;
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::ToldRecord;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "told_deadlines")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) case_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) clock: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) instance: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) person: String,
        pub(crate) closes_at: i64,
        pub(crate) invitations: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(ToldRecord { case_id, clock, instance, person, closes_at, invitations });

/// How many go to the database together.
const TOGETHER: usize = 1_000;

/// Records which deadlines people know now, in place of what they knew of the same clocks.
///
/// # Errors
/// [`StoreError::Dangling`] when the case is not there.
pub async fn put_told(tx: &WriteTx, told: &[ToldRecord]) -> Result<(), StoreError> {
    let key = [Column::CaseId, Column::Clock, Column::Instance, Column::Person];
    let replacing = OnConflict::columns(key).update_columns([Column::ClosesAt, Column::Invitations]).to_owned();
    for together in told.chunks(TOGETHER) {
        let insert = table::Entity::insert_many(together.iter().map(table::ActiveModel::from));
        insert.on_conflict(replacing.clone()).exec_without_returning(tx.connection()).await?;
    }
    Ok(())
}

/// Every deadline of a case that somebody was told.
///
/// # Errors
/// When the database cannot be read.
pub async fn told_of(source: &impl Source, case_id: &str) -> Result<Vec<ToldRecord>, StoreError> {
    query::all(source, table::Entity::find().filter(Column::CaseId.eq(case_id))).await
}

/// Forgets who was told the deadline of a clock that has ended.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_told(tx: &WriteTx, case_id: &str, clock: &str, instance: i64) -> Result<(), StoreError> {
    let ended = table::Entity::delete_many().filter(Column::CaseId.eq(case_id)).filter(Column::Clock.eq(clock));
    ended.filter(Column::Instance.eq(instance)).exec(tx.connection()).await?;
    Ok(())
}
