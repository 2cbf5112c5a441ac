//! Cases that carry other cases, such as a consultation and its SIPs.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::column::{Column as _, stored};
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::MemberRecord;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "members")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) batch_case_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sip_case_id: String,
        pub(crate) position: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) joined_at: i64,
        pub(crate) left_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(MemberRecord { batch_case_id, sip_case_id, position, joined_at, left_at });

/// Adds a case to a batch, also one that has been in it and left.
///
/// # Errors
/// [`StoreError::Exists`] when the batch carries it already; [`StoreError::Dangling`] when either case is not there.
pub async fn insert_member(tx: &WriteTx, member: &MemberRecord) -> Result<(), StoreError> {
    // One that left at the very instant it joined was in it for no time at all; its row makes room.
    table::Entity::delete_many()
        .filter(Column::BatchCaseId.eq(member.batch_case_id.as_str()))
        .filter(Column::SipCaseId.eq(member.sip_case_id.as_str()))
        .filter(Column::JoinedAt.eq(member.joined_at.store()))
        .filter(Column::LeftAt.eq(member.joined_at.store()))
        .exec(tx.connection())
        .await?;
    query::insert::<table::ActiveModel>(tx, member).await
}

/// Takes a case out of a batch; the record that it was in it stays.
///
/// # Errors
/// [`StoreError::NotFound`] when the batch does not carry it.
pub async fn end_member(tx: &WriteTx, batch: &str, sip: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let ended = table::Entity::update_many()
        .col_expr(Column::LeftAt, Expr::value(at.store()))
        .filter(Column::BatchCaseId.eq(batch))
        .filter(Column::SipCaseId.eq(sip))
        .filter(Column::LeftAt.is_null());
    query::found(ended.exec(tx.connection()).await?.rows_affected, "member of this batch", sip)
}

/// The cases a batch carries or has carried, by position.
///
/// # Errors
/// When the database cannot be read.
pub async fn members_of(source: &impl Source, batch: &str) -> Result<Vec<MemberRecord>, StoreError> {
    let members = table::Entity::find().filter(Column::BatchCaseId.eq(batch));
    query::all(source, members.order_by_asc(Column::Position).order_by_asc(Column::JoinedAt)).await
}

/// The batches that carry or have carried a case, in the order in which it joined them.
///
/// # Errors
/// When the database cannot be read.
pub async fn batches_of(source: &impl Source, sip: &str) -> Result<Vec<MemberRecord>, StoreError> {
    let batches = table::Entity::find().filter(Column::SipCaseId.eq(sip));
    query::all(source, batches.order_by_asc(Column::JoinedAt)).await
}
