//! Looking up items of a version.

use super::library::publication;
use super::{App, ServiceError};
use crate::brd::changes::{ItemName, Listed, find, listing};

/// The items of a version that hold every word of a search; all of them for an empty one. The live version where none
/// is named.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such version, or no baseline at all.
pub async fn baseline_items(app: &App, version: Option<&str>, search: &str) -> Result<Vec<Listed>, ServiceError> {
    let brd = publication(&app.store, version).await?.brd;
    Ok(listing(&brd).into_iter().filter(|listed| listed.answers(search)).collect())
}

/// An item of the live version.
///
/// # Errors
///
/// [`ServiceError::Wrong`] when the name cannot be read; [`ServiceError::NotFound`] when the live version has no such
/// item.
pub async fn baseline_item(app: &App, item: &str) -> Result<Listed, ServiceError> {
    let item = ItemName::parse(item).map_err(|error| ServiceError::wrong("item", error.to_string()))?;
    let found = find(&publication(&app.store, None).await?.brd, &item);
    found.ok_or_else(|| ServiceError::NotFound { what: "item of the live baseline", name: item.to_string() })
}
