//! The documents to compare, as Word files.

use std::path::Path;

use chrono::NaiveDate;

use crate::brd;
use crate::cli::{Failure, read_text};
use crate::document::{Document, Properties, read_markdown_document, to_docx};

/// The most bytes of a file that is read.
const MOST: u64 = 512 << 20;

/// Reads a document, and sets it as a Word file unless it is one.
pub(super) fn as_docx(path: &Path) -> Result<Vec<u8>, Failure> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "docx" | "docm" => read_bytes(path),
        "md" | "markdown" => set(&read_markdown_document(&read_text(path)?, unfiled())),
        "yaml" | "yml" => {
            let baseline = brd::from_yaml(&path.display().to_string(), &read_text(path)?)?;
            set(&brd::render(&baseline))
        }
        _ => Err(Failure::misuse(format!(
            "{}: what kind of document this is does not follow from its name; give a .docx, .docm, .md or .yaml file",
            path.display()
        ))),
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let about = std::fs::metadata(path).map_err(|error| Failure::file(path, &error))?;
    if about.len() > MOST {
        return Err(Failure::no(format!(
            "{}: {} MB is more than is read here (at most {} MB); split the document",
            path.display(),
            about.len() >> 20,
            MOST >> 20
        )));
    }
    #[expect(clippy::disallowed_methods, reason = "the commands read the files that people name")]
    std::fs::read(path).map_err(|error| Failure::file(path, &error))
}

fn set(document: &Document) -> Result<Vec<u8>, Failure> {
    to_docx(document).map_err(|error| Failure::no(error.to_string()))
}

/// Markdown does not say what it is filed under.
fn unfiled() -> Properties {
    Properties {
        reference: String::new(),
        classification: String::new(),
        date: NaiveDate::default(),
        author: String::new(),
    }
}
