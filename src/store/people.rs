//! People who act for organisations.

use sea_orm::{ActiveValue, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::column::stored;
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::PersonRecord;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "people")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: String,
        pub(crate) party_id: String,
        pub(crate) name: String,
        pub(crate) email: String,
        pub(crate) roles: Json,
        pub(crate) token_hash: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(PersonRecord { id, party_id, name, email, roles, token_hash });

/// Adds a person.
///
/// # Errors
/// [`StoreError::Exists`] when their id or token is in use; [`StoreError::Dangling`] when their organisation is not
/// there.
pub async fn insert_person(tx: &WriteTx, person: &PersonRecord) -> Result<(), StoreError> {
    query::insert::<table::ActiveModel>(tx, person).await
}

/// Stores what is now known of a person.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none with their id; otherwise as [`insert_person`].
pub async fn update_person(tx: &WriteTx, person: &PersonRecord) -> Result<(), StoreError> {
    let row = table::ActiveModel { id: ActiveValue::NotSet, ..person.into() };
    let updated = table::Entity::update_many().set(row).filter(Column::Id.eq(person.id.as_str()));
    query::found(updated.exec(tx.connection()).await?.rows_affected, "person", &person.id)
}

/// Removes a person. The journal keeps what they did.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none with this id.
pub async fn delete_person(tx: &WriteTx, id: &str) -> Result<(), StoreError> {
    let deleted = table::Entity::delete_by_id(id).exec(tx.connection()).await?;
    query::found(deleted.rows_affected, "person", id)
}

/// The person with this id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_person(source: &impl Source, id: &str) -> Result<Option<PersonRecord>, StoreError> {
    query::one(source, table::Entity::find_by_id(id)).await
}

/// The person whose access token has this hash.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_person_by_token_hash(source: &impl Source, hash: &str) -> Result<Option<PersonRecord>, StoreError> {
    query::one(source, table::Entity::find().filter(Column::TokenHash.eq(hash))).await
}

/// The people who act for an organisation, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn people_of(source: &impl Source, party_id: &str) -> Result<Vec<PersonRecord>, StoreError> {
    let people = table::Entity::find().filter(Column::PartyId.eq(party_id));
    query::all(source, people.order_by_asc(Column::Name).order_by_asc(Column::Id)).await
}

/// Everybody, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_people(source: &impl Source) -> Result<Vec<PersonRecord>, StoreError> {
    query::all(source, table::Entity::find().order_by_asc(Column::Name).order_by_asc(Column::Id)).await
}
