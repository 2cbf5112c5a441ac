//! How each person wants to be told.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::column::stored;
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::PreferencesRecord;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "preferences")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) person_id: String,
        pub(crate) token: String,
        pub(crate) body: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(PreferencesRecord { person_id, token, body });

/// Saves what somebody chose, in place of what they chose before; their token stays.
///
/// # Errors
/// [`StoreError::Dangling`] when the person is not there.
pub async fn put_preferences(tx: &WriteTx, chosen: &PreferencesRecord) -> Result<(), StoreError> {
    let replacing = OnConflict::column(Column::PersonId).update_column(Column::Body).to_owned();
    let row = table::ActiveModel::from(chosen);
    table::Entity::insert(row).on_conflict(replacing).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// How many go to the database together.
const TOGETHER: usize = 1_000;

/// Saves what people begin with, where they have chosen nothing yet.
///
/// # Errors
/// [`StoreError::Dangling`] when a person is not there.
pub async fn begin_preferences(tx: &WriteTx, first: &[PreferencesRecord]) -> Result<(), StoreError> {
    let once = OnConflict::column(Column::PersonId).do_nothing().to_owned();
    for together in first.chunks(TOGETHER) {
        let insert = table::Entity::insert_many(together.iter().map(table::ActiveModel::from));
        insert.on_conflict(once.clone()).try_insert().exec_without_returning(tx.connection()).await?;
    }
    Ok(())
}

/// What somebody chose, if they chose anything.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_preferences(source: &impl Source, person: &str) -> Result<Option<PreferencesRecord>, StoreError> {
    query::one(source, table::Entity::find_by_id(person)).await
}

/// The person a token belongs to, with what they chose.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_preferences_by_token(
    source: &impl Source,
    token: &str,
) -> Result<Option<PreferencesRecord>, StoreError> {
    query::one(source, table::Entity::find().filter(Column::Token.eq(token))).await
}

/// What everybody chose.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_preferences(source: &impl Source) -> Result<Vec<PreferencesRecord>, StoreError> {
    query::all(source, table::Entity::find()).await
}
