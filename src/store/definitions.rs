//! Versions of process definitions. The text of a version is never changed; a new version comes into force.

use chrono::NaiveDate;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::column::{Column as _, stored};
use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;
use super::query;
use super::records::DefinitionRecord;
use table::Column;

mod table {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "definitions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) process: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) version: String,
        pub(crate) yaml: String,
        pub(crate) digest: String,
        pub(crate) loaded_at: i64,
        pub(crate) approved_by: Option<String>,
        pub(crate) active_from: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

stored!(DefinitionRecord { process, version, yaml, digest, loaded_at, approved_by, active_from });

/// Adds a version of a definition.
///
/// # Errors
/// [`StoreError::Exists`] when the process has this version already.
pub async fn insert_definition(tx: &WriteTx, definition: &DefinitionRecord) -> Result<(), StoreError> {
    query::insert::<table::ActiveModel>(tx, definition).await
}

/// Brings a version into force from a London date, by reference to the determination that approved it.
///
/// # Errors
/// [`StoreError::NotFound`] when the process has no such version.
pub async fn activate_definition(
    tx: &WriteTx,
    (process, version): (&str, &str),
    approved_by: &str,
    active_from: NaiveDate,
) -> Result<(), StoreError> {
    let activated = table::Entity::update_many()
        .col_expr(Column::ApprovedBy, Expr::value(approved_by))
        .col_expr(Column::ActiveFrom, Expr::value(active_from.store()))
        .filter(Column::Process.eq(process))
        .filter(Column::Version.eq(version));
    let rows = activated.exec(tx.connection()).await?.rows_affected;
    query::found(rows, "definition", &format!("{process} {version}"))
}

/// This version of a process.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_definition(
    source: &impl Source,
    process: &str,
    version: &str,
) -> Result<Option<DefinitionRecord>, StoreError> {
    let key = (process.to_owned(), version.to_owned());
    query::one(source, table::Entity::find_by_id(key)).await
}

/// The version that new cases of a process follow on a London date: the one that came into force last.
///
/// # Errors
/// When the database cannot be read.
pub async fn active_definition(
    source: &impl Source,
    process: &str,
    on: NaiveDate,
) -> Result<Option<DefinitionRecord>, StoreError> {
    let in_force = table::Entity::find()
        .filter(Column::Process.eq(process))
        .filter(Column::ActiveFrom.lte(on.store()))
        .order_by_desc(Column::ActiveFrom)
        .order_by_desc(Column::LoadedAt);
    query::one(source, in_force).await
}

/// Every version of every process, in the order in which they were loaded.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_definitions(source: &impl Source) -> Result<Vec<DefinitionRecord>, StoreError> {
    let loaded = table::Entity::find().order_by_asc(Column::Process);
    query::all(source, loaded.order_by_asc(Column::LoadedAt).order_by_asc(Column::Version)).await
}
