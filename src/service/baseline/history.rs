//! Comparing versions, and tracing an item back to its SIPs and determinations.

use super::library::{publication, publications};
use super::views::{DifferenceView, TraceView};
use super::{App, ServiceError};
use crate::brd::changes::ItemName;
use crate::brd::versions::{blame, difference};

/// What differs between two versions, item by item; the live version where the second is not named.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such version.
pub async fn compare_versions(app: &App, old: &str, new: Option<&str>) -> Result<DifferenceView, ServiceError> {
    let (old, new) = (publication(&app.store, Some(old)).await?, publication(&app.store, new).await?);
    let items = difference(&old.brd, &new.brd);
    Ok(DifferenceView::of(old.version, new.version, items))
}

/// Since which version an item is as it is, by which SIPs and under which determinations, with what it said before.
///
/// # Errors
///
/// [`ServiceError::Wrong`] when the name cannot be read; [`ServiceError::NotFound`] when no version ever had it.
pub async fn trace_item(app: &App, item: &str) -> Result<TraceView, ServiceError> {
    let item = ItemName::parse(item).map_err(|error| ServiceError::wrong("item", error.to_string()))?;
    let found = blame(&publications(&app.store).await?, &item);
    let missing = || ServiceError::NotFound { what: "item of the baseline", name: item.to_string() };
    found.map(TraceView::of).ok_or_else(missing)
}
