//! Drafts: working copies that nobody but their owner sees, and that are no part of the record.

use sea_orm::EntityTrait;
use sea_orm::sea_query::OnConflict;

use super::column::stored;
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::DraftRecord;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "drafts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) owner: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) subject: String,
        pub(crate) updated_at: i64,
        pub(crate) body: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(DraftRecord { owner, subject, updated_at, body });

/// Saves a draft, in place of the one its owner had of the same subject.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_draft(tx: &WriteTx, draft: &DraftRecord) -> Result<(), StoreError> {
    let mine = [Column::Owner, Column::Subject];
    let replacing = OnConflict::columns(mine).update_columns([Column::UpdatedAt, Column::Body]).to_owned();
    let row = table::ActiveModel::from(draft);
    table::Entity::insert(row).on_conflict(replacing).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// The draft somebody has of a subject.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_draft(source: &impl Source, owner: &str, subject: &str) -> Result<Option<DraftRecord>, StoreError> {
    query::one(source, table::Entity::find_by_id((owner.to_owned(), subject.to_owned()))).await
}

/// Throws a draft away; one that is not there is no mistake.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_draft(tx: &WriteTx, owner: &str, subject: &str) -> Result<(), StoreError> {
    let mine = (owner.to_owned(), subject.to_owned());
    table::Entity::delete_by_id(mine).exec(tx.connection()).await?;
    Ok(())
}
