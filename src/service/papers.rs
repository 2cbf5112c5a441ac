//! Documents and lists handed out as files.

use super::error::ServiceError;
use crate::document::{
    Document, Look, Properties, Sheet, WriteError, to_csv, to_docx, to_html, to_pdf, to_text, to_xlsx,
};

/// In which form a document is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperFormat {
    /// A page to read.
    Html,
    /// A file for a word processor.
    Docx,
    /// Pages to print, which also read well aloud (PDF/UA-1).
    Pdf,
    /// Plain text.
    Text,
}

/// In which form a list is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// Comma-separated values, of the first list where there are several.
    Csv,
    /// A workbook.
    Xlsx,
}

/// A document or a list as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFile {
    /// What to save it as.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A document in a form, under a name to which the ending is added.
///
/// # Errors
///
/// [`ServiceError::Wrong`] when the document is too large for the form.
pub(super) fn paper_file(document: &Document, name: &str, format: PaperFormat) -> Result<PaperFile, ServiceError> {
    let (ending, media_type, bytes) = match format {
        PaperFormat::Html => ("html", "text/html; charset=utf-8", to_html(document, Look::Embedded).into_bytes()),
        PaperFormat::Docx => (
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            to_docx(document).map_err(|error| unwritten(&error))?,
        ),
        PaperFormat::Pdf => ("pdf", "application/pdf", to_pdf(document).map_err(|error| unwritten(&error))?),
        PaperFormat::Text => ("txt", "text/plain; charset=utf-8", to_text(document).into_bytes()),
    };
    Ok(PaperFile { name: format!("{name}.{ending}"), media_type, bytes })
}

/// The lists that say what a document says, in a form, under a name to which the ending is added.
///
/// # Errors
///
/// [`ServiceError::Wrong`] when a list is too large for the form.
pub(super) fn sheet_file(
    document: &Document,
    sheets: &[Sheet],
    name: &str,
    format: SheetFormat,
) -> Result<PaperFile, ServiceError> {
    list_file(&document.title, &document.properties, sheets, name, format)
}

/// Lists in a form, under a name to which the ending is added.
///
/// # Errors
///
/// [`ServiceError::Wrong`] when a list is too large for the form.
pub(super) fn list_file(
    title: &str,
    properties: &Properties,
    sheets: &[Sheet],
    name: &str,
    format: SheetFormat,
) -> Result<PaperFile, ServiceError> {
    let (ending, media_type, bytes) = match format {
        SheetFormat::Csv => {
            ("csv", "text/csv; charset=utf-8", sheets.first().map(to_csv).unwrap_or_default().into_bytes())
        }
        SheetFormat::Xlsx => (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            to_xlsx(title, properties, sheets).map_err(|error| unwritten(&error))?,
        ),
    };
    Ok(PaperFile { name: format!("{name}.{ending}"), media_type, bytes })
}

fn unwritten(error: &WriteError) -> ServiceError {
    ServiceError::wrong("format", error.to_string())
}
