//! Reading a baseline back from a document.
//!
//! What the live document says is read without loss. Documents that people keep by hand are read as far as they are
//! understood: columns in any order and under several names, rows of a heading or a table that go on over a page,
//! merged cells, ids in headings, ids with hyphens. Whatever is not understood is a finding that says where it stands.

mod columns;
mod fields;
mod grid;
mod items;
mod join;
mod lists;
mod place;
mod table;
mod titles;
mod walk;

use super::lint::Finding;
use super::model::Brd;
use crate::document::ooxml::ReadError;
use crate::document::{Document, Tracked, read_docx};

/// What was read from a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The baseline, in the order of the document.
    pub brd: Brd,
    /// What was not understood, in the order of the document.
    pub findings: Vec<Finding>,
}

/// Reads a baseline from a document.
///
/// ```
/// use quorate::brd::{import, render};
/// # let yaml = "brd: 1\nversion: V1.0.0\ntitle: A baseline\nnon_functional:\n- id: SSI-NFR-1\n  text: It is quick.\n";
/// # let brd = quorate::brd::from_yaml("b.yaml", yaml).expect("a baseline");
/// let imported = import(&render(&brd));
/// assert_eq!(imported.brd, brd);
/// assert!(imported.findings.is_empty());
/// ```
pub fn import(document: &Document) -> Imported {
    walk::Walk::of(document).finish()
}
/// Reads a baseline from a Word file, with any tracked changes accepted.
///
/// # Errors
///
/// [`ReadError`] for a file that is no Word document or cannot be read safely.
pub fn import_docx(bytes: &[u8]) -> Result<Imported, ReadError> {
    read_docx(bytes, Tracked::Accept).map(|document| import(&document))
}
