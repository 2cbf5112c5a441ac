//! Settings that people change while Quorate runs.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, EntityTrait, QueryOrder};
use serde_json::Value;

use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "settings")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) name: String,
        pub(crate) json: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Gives a setting a value, in place of the one it had.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_setting(tx: &WriteTx, name: &str, value: Value) -> Result<(), StoreError> {
    let row = table::ActiveModel { name: ActiveValue::Set(name.to_owned()), json: ActiveValue::Set(value) };
    let replacing = OnConflict::column(Column::Name).update_column(Column::Json).to_owned();
    table::Entity::insert(row).on_conflict(replacing).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// The value of a setting, if it was ever given one.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_setting(source: &impl Source, name: &str) -> Result<Option<Value>, StoreError> {
    let row = table::Entity::find_by_id(name).one(source.connection()).await?;
    Ok(row.map(|setting| setting.json))
}

/// Every setting that has a value, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_settings(source: &impl Source) -> Result<Vec<(String, Value)>, StoreError> {
    let rows = table::Entity::find().order_by_asc(Column::Name).all(source.connection()).await?;
    Ok(rows.into_iter().map(|setting| (setting.name, setting.json)).collect())
}
