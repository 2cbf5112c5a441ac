//! The few shapes every question and change has.

use sea_orm::{ActiveModelTrait, EntityTrait, Insert, Select};

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

/// [`StoreError::NotFound`] when a change touched no row.
pub(super) fn found(rows: u64, what: &'static str, key: &str) -> Result<(), StoreError> {
    match rows {
        0 => Err(StoreError::NotFound { what, key: key.to_owned() }),
        _ => Ok(()),
    }
}
