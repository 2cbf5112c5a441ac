//! The consultation as the document that Parties receive.

use super::super::app::App;
use super::super::error::ServiceError;
use super::collations::{CollationFile, CollationFormat, file_of};
use super::{closes_on, find, issued};

/// The consultation as a document that stands alone; for everybody, once it is issued.
///
/// # Errors
///
/// [`ServiceError::Wrong`] before it is issued, and for a spreadsheet, which it is not.
pub async fn issue_paper(app: &App, reference: &str, format: CollationFormat) -> Result<CollationFile, ServiceError> {
    let (case, contents) = find(app, &app.store, reference).await?;
    let issued = issued(&case, &contents)?;
    let closes = closes_on(&case).unwrap_or(issued.title.closes_on);
    let paper = issued.to_document(closes);
    if matches!(format, CollationFormat::Csv | CollationFormat::Xlsx) {
        return Err(ServiceError::wrong("format", "a consultation is a document; ask for html or docx"));
    }
    file_of(&paper, &[], &case.record.reference, format)
}
