//! Series of numbers without gaps: one that a rolled-back transaction took is given out again.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue, EntityTrait};

use super::connection::WriteTx;
use super::connection::sealed::Connected as _;
use super::error::StoreError;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "counters")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) name: String,
        pub(crate) value: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The next number of a series; the first is 1.
///
/// # Errors
/// When the database cannot be written.
pub async fn next_number(tx: &WriteTx, series: &str) -> Result<i64, StoreError> {
    let first = table::ActiveModel { name: ActiveValue::Set(series.to_owned()), value: ActiveValue::Set(1) };
    let next = Expr::col((table::Entity, Column::Value)).add(1);
    let or_next = OnConflict::column(Column::Name).value(Column::Value, next).to_owned();
    let row = table::Entity::insert(first).on_conflict(or_next).exec_with_returning(tx.connection()).await?;
    Ok(row.value)
}
