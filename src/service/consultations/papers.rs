//! The consultation as the document that Parties receive.

use super::super::app::App;
use super::super::error::ServiceError;
use super::super::papers::{PaperFile, PaperFormat, paper_file};
use super::{closes_on, find, issued};

/// The consultation as a document that stands alone; for everybody, once it is issued.
///
/// # Errors
///
/// [`ServiceError::Wrong`] before it is issued.
pub async fn issue_paper(app: &App, reference: &str, format: PaperFormat) -> Result<PaperFile, ServiceError> {
    let (case, contents) = find(app, &app.store, reference).await?;
    let issued = issued(&case, &contents)?;
    let closes = closes_on(&case).unwrap_or(issued.title.closes_on);
    let paper = issued.to_document(closes);
    paper_file(&paper, &case.record.reference, format)
}
