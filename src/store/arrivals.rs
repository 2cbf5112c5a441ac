//! Messages that arrived, each kept byte for byte, and what they say came back.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::column::{Column as _, stored};
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::{ArrivalRecord, ArrivalStatus, BounceRecord};
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "arrivals")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: String,
        pub(crate) received_at: i64,
        pub(crate) raw: Vec<u8>,
        pub(crate) sender: String,
        pub(crate) subject: String,
        pub(crate) status: String,
        pub(crate) case_id: Option<String>,
        pub(crate) token: Option<String>,
        pub(crate) body: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(ArrivalRecord { id, received_at, raw, sender, subject, status, case_id, token, body });

/// Keeps a message that arrived.
///
/// # Errors
/// [`StoreError::Exists`] when the same message is kept already.
pub async fn insert_arrival(tx: &WriteTx, arrival: &ArrivalRecord) -> Result<(), StoreError> {
    query::insert::<table::ActiveModel>(tx, arrival).await
}

/// Records what became of a message; the message itself is never changed.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not kept.
pub async fn update_arrival(tx: &WriteTx, arrival: &ArrivalRecord) -> Result<(), StoreError> {
    let row = table::ActiveModel { id: ActiveValue::NotSet, raw: ActiveValue::NotSet, ..arrival.into() };
    let updated = table::Entity::update_many().set(row).filter(Column::Id.eq(arrival.id.as_str()));
    query::found(updated.exec(tx.connection()).await?.rows_affected, "message that arrived", &arrival.id)
}

/// The message with this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_arrival(source: &impl Source, id: &str) -> Result<Option<ArrivalRecord>, StoreError> {
    query::one(source, table::Entity::find_by_id(id)).await
}

/// The message whose sender confirms it with this token.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_arrival_by_token(source: &impl Source, token: &str) -> Result<Option<ArrivalRecord>, StoreError> {
    query::one(source, table::Entity::find().filter(Column::Token.eq(token))).await
}

/// At most `limit` messages with this status, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_arrivals(
    source: &impl Source,
    status: ArrivalStatus,
    limit: u32,
) -> Result<Vec<ArrivalRecord>, StoreError> {
    let arrivals = table::Entity::find().filter(Column::Status.eq(status.as_str()));
    query::all(source, arrivals.order_by_desc(Column::ReceivedAt).limit(u64::from(limit))).await
}

/// The messages this address has sent since an instant, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn arrivals_from(
    source: &impl Source,
    sender: &str,
    since: DateTime<Utc>,
) -> Result<Vec<ArrivalRecord>, StoreError> {
    let theirs = table::Entity::find().filter(Column::Sender.eq(sender)).filter(Column::ReceivedAt.gte(since.store()));
    query::all(source, theirs.order_by_desc(Column::ReceivedAt)).await
}

/// How many messages have this status.
///
/// # Errors
/// When the database cannot be read.
pub async fn count_arrivals(source: &impl Source, status: ArrivalStatus) -> Result<u64, StoreError> {
    Ok(table::Entity::find().filter(Column::Status.eq(status.as_str())).count(source.connection()).await?)
}

mod bounce {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "bounces")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) arrival_id: String,
        pub(crate) notice_id: Option<String>,
        pub(crate) person_id: Option<String>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) address: String,
        pub(crate) at: i64,
        pub(crate) kind: String,
        pub(crate) why: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod bounced {
    use super::super::records::BounceRecord;
    use super::bounce as table;
    use super::stored;

    stored!(BounceRecord { arrival_id, notice_id, person_id, address, at, kind, why });
}

/// Records that something came back; once for each message that says so and each address.
///
/// # Errors
/// [`StoreError::Dangling`] when the message that says so is not kept.
pub async fn insert_bounce(tx: &WriteTx, came_back: &BounceRecord) -> Result<(), StoreError> {
    let once = OnConflict::columns([bounce::Column::ArrivalId, bounce::Column::Address]).do_nothing().to_owned();
    let insert = bounce::Entity::insert(bounce::ActiveModel::from(came_back)).on_conflict(once);
    insert.try_insert().exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// What came back from a person's addresses, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn bounces_of(source: &impl Source, person: &str) -> Result<Vec<BounceRecord>, StoreError> {
    let theirs = bounce::Entity::find().filter(bounce::Column::PersonId.eq(person));
    query::all(source, theirs.order_by_desc(bounce::Column::At)).await
}

/// At most `limit` messages that came back, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_bounces(source: &impl Source, limit: u32) -> Result<Vec<BounceRecord>, StoreError> {
    query::all(source, bounce::Entity::find().order_by_desc(bounce::Column::At).limit(u64::from(limit))).await
}
