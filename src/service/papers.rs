//! Documents handed out as files.

use super::error::ServiceError;
use crate::document::{Document, Look, to_docx, to_html, to_text};

/// In which form a document is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperFormat {
    /// A page to read.
    Html,
    /// A file for a word processor.
    Docx,
    /// Plain text.
    Text,
}

/// A document as a file.
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
            to_docx(document).map_err(|error| ServiceError::wrong("format", error.to_string()))?,
        ),
        PaperFormat::Text => ("txt", "text/plain; charset=utf-8", to_text(document).into_bytes()),
    };
    Ok(PaperFile { name: format!("{name}.{ending}"), media_type, bytes })
}
