//! Editions of bank holidays. One that deadlines cite is never changed.

use sea_orm::{EntityTrait, QueryOrder};

use super::column::stored;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::EditionRecord;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "editions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) name: String,
        pub(crate) json: Json,
        pub(crate) imported_at: i64,
        pub(crate) imported_by: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(EditionRecord { name, json, imported_at, imported_by });

/// Adds an edition.
///
/// # Errors
/// [`StoreError::Exists`] when there is one of this name.
pub async fn insert_edition(tx: &WriteTx, edition: &EditionRecord) -> Result<(), StoreError> {
    query::insert::<table::ActiveModel>(tx, edition).await
}

/// The edition of this name.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_edition(source: &impl Source, name: &str) -> Result<Option<EditionRecord>, StoreError> {
    query::one(source, table::Entity::find_by_id(name)).await
}

/// Every edition, the latest imported first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_editions(source: &impl Source) -> Result<Vec<EditionRecord>, StoreError> {
    query::all(source, table::Entity::find().order_by_desc(Column::ImportedAt).order_by_desc(Column::Name)).await
}
