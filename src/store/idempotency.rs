//! Answers already given, so that a repeated request gets the same answer instead of a second effect.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::column::{Column as _, stored};
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::IdempotencyRecord;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) actor: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) key: String,
        pub(crate) request_hash: String,
        pub(crate) status: i64,
        pub(crate) response: Json,
        pub(crate) at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(IdempotencyRecord { actor, key, request_hash, status, response, at });

/// Keeps the answer to a request, in the transaction of its effect.
///
/// # Errors
/// [`StoreError::Exists`] when the actor has used the key: the other request came first.
pub async fn insert_answer(tx: &WriteTx, answer: &IdempotencyRecord) -> Result<(), StoreError> {
    query::insert::<table::ActiveModel>(tx, answer).await
}

/// The answer given to this actor under this key.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_answer(
    source: &impl Source,
    actor: &str,
    key: &str,
) -> Result<Option<IdempotencyRecord>, StoreError> {
    let key = (actor.to_owned(), key.to_owned());
    query::one(source, table::Entity::find_by_id(key)).await
}

/// Forgets the answers given before an instant, and says how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_answers_before(tx: &WriteTx, instant: DateTime<Utc>) -> Result<u64, StoreError> {
    let old = table::Entity::delete_many().filter(Column::At.lt(instant.store()));
    Ok(old.exec(tx.connection()).await?.rows_affected)
}
