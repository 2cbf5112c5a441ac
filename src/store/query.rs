//! The few shapes every question and change has.

use sea_orm::{ActiveModelTrait, ConnectionTrait as _, DbBackend, EntityTrait, Insert, Select, Statement};

use super::connection::sealed::Connected as _;
use super::connection::{Source, WriteTx};
use super::error::StoreError;

/// The one row that `select` gives, if any.
pub(super) async fn one<E, R>(source: &impl Source, select: Select<E>) -> Result<Option<R>, StoreError>
where
    E: EntityTrait,
    R: TryFrom<E::Model, Error = StoreError>,
{
    select.one(source.connection()).await?.map(R::try_from).transpose()
}

/// Every row that `select` gives.
pub(super) async fn all<E, R>(source: &impl Source, select: Select<E>) -> Result<Vec<R>, StoreError>
where
    E: EntityTrait,
    R: TryFrom<E::Model, Error = StoreError>,
{
    select.all(source.connection()).await?.into_iter().map(R::try_from).collect()
}

/// Adds one row.
pub(super) async fn insert<A: ActiveModelTrait>(tx: &WriteTx, row: impl Into<A>) -> Result<(), StoreError> {
    Insert::one(row.into()).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// Runs several statements as one message to the connection: handing over a message costs more than a small statement.
/// `SQLite` takes the statements of a message, and their values, in turn.
pub(super) async fn run_together(tx: &WriteTx, statements: Vec<Statement>) -> Result<(), StoreError> {
    let sql: Vec<&str> = statements.iter().map(|statement| statement.sql.as_str()).collect();
    let values = statements.iter().flat_map(|statement| statement.values.iter().flat_map(|values| values.0.clone()));
    let together = Statement::from_sql_and_values(DbBackend::Sqlite, sql.join("; "), values);
    tx.connection().execute_raw(together).await?;
    Ok(())
}

/// [`StoreError::NotFound`] when a change touched no row.
pub(super) fn found(rows: u64, what: &'static str, key: &str) -> Result<(), StoreError> {
    match rows {
        0 => Err(StoreError::NotFound { what, key: key.to_owned() }),
        _ => Ok(()),
    }
}
