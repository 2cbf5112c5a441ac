//! Parties and other organisations.

use sea_orm::{ActiveValue, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::column::stored;
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::PartyRecord;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "parties")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: String,
        pub(crate) name: String,
        pub(crate) category: String,
        pub(crate) body: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(PartyRecord { id, name, category, body });

/// Adds an organisation.
///
/// # Errors
/// [`StoreError::Exists`] when its id or name is in use.
pub async fn insert_party(tx: &WriteTx, party: &PartyRecord) -> Result<(), StoreError> {
    query::insert::<table::ActiveModel>(tx, party).await
}

/// Stores what is now known of an organisation.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none with its id; [`StoreError::Exists`] when its name is another's.
pub async fn update_party(tx: &WriteTx, party: &PartyRecord) -> Result<(), StoreError> {
    let row = table::ActiveModel { id: ActiveValue::NotSet, ..party.into() };
    let updated = table::Entity::update_many().set(row).filter(Column::Id.eq(party.id.as_str()));
    query::found(updated.exec(tx.connection()).await?.rows_affected, "Party", &party.id)
}

/// Removes an organisation that nobody acts for.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none with this id; [`StoreError::Dangling`] while people act for it.
pub async fn delete_party(tx: &WriteTx, id: &str) -> Result<(), StoreError> {
    let deleted = table::Entity::delete_by_id(id).exec(tx.connection()).await?;
    query::found(deleted.rows_affected, "Party", id)
}

/// The organisation with this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_party(source: &impl Source, id: &str) -> Result<Option<PartyRecord>, StoreError> {
    query::one(source, table::Entity::find_by_id(id)).await
}

/// The organisation of this name.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_party_by_name(source: &impl Source, name: &str) -> Result<Option<PartyRecord>, StoreError> {
    query::one(source, table::Entity::find().filter(Column::Name.eq(name))).await
}

/// Every organisation, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_parties(source: &impl Source) -> Result<Vec<PartyRecord>, StoreError> {
    query::all(source, table::Entity::find().order_by_asc(Column::Name)).await
}
