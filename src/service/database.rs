//! The database itself: its schema, brought up to date or taken back step by step.

use super::error::ServiceError;
use crate::store::{MigrationStatus, Store};

/// A step of the schema.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SchemaStep {
    /// Its name.
    pub name: String,
    /// Whether it has been taken.
    pub applied: bool,
}

/// The steps of the schema, in order.
///
/// # Errors
///
/// The database cannot be opened or read.
pub async fn schema_steps(url: &str) -> Result<Vec<SchemaStep>, ServiceError> {
    let steps = Store::open(url).await?.migration_status().await?;
    Ok(steps
        .into_iter()
        .map(|step| SchemaStep { name: step.name, applied: step.status == MigrationStatus::Applied })
        .collect())
}

/// Brings the schema up to date and gives the names of the steps taken.
///
/// # Errors
///
/// The database cannot be opened or changed.
pub async fn schema_up(url: &str) -> Result<Vec<String>, ServiceError> {
    Ok(Store::open(url).await?.migrate().await?)
}

/// Takes back the last `steps` of the schema and gives their names. What they held is gone.
///
/// # Errors
///
/// The database cannot be opened or changed.
pub async fn schema_down(url: &str, steps: u32) -> Result<Vec<String>, ServiceError> {
    Ok(Store::open(url).await?.rollback(steps).await?)
}
