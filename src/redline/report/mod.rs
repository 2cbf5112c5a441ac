//! A redline for people: which changes there are, in words, and pages that show them.
//!
//! [`report`] reads the Word file that [`redline`](super::docx::redline) made, and gives one tree with marks and a list of
//! changes with numbers. A change is what a reader would call one: a paragraph, a heading, an item or a row of a table
//! that was added, amended, removed, moved or set otherwise. Paragraphs that were added or removed one after the other
//! are one change, unless they have identities of their own.

mod change;
mod counts;
mod json;
mod list;
mod page;
mod unit;
mod walk;

pub use change::{Kind, Part, ReportedChange};
pub use counts::{Counted, Counts, Summary};
pub use json::to_redline_json;
pub use page::{REDLINE_SCRIPT, REDLINE_STYLE, Versions, to_redline_article, to_redline_html};

use crate::document::marked::are_marked;
use crate::document::ooxml::ReadError;
use crate::document::{Block, Document, Level, Tracked, read_docx_with_margins};

/// A redline as a tree, with its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedlineDocument {
    /// Both documents in one: every part that differs carries the number of its change.
    pub document: Document,
    /// The changes in reading order; the first has the number one.
    pub changes: Vec<ReportedChange>,
}

impl RedlineDocument {
    /// How many changes of which kind there are, and where, and by whom.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.changes)
    }
}

/// Reads a Word file with tracked changes as a redline.
///
/// Changes in the heads and feet of pages stand at the end, below a heading of their own.
///
/// # Errors
///
/// [`ReadError`] for a file that cannot be read.
pub fn report(docx: &[u8]) -> Result<RedlineDocument, ReadError> {
    let (mut document, margins) = read_docx_with_margins(docx, Tracked::Show)?;
    let margins = margins.into_iter().map(|margin| margin.blocks).filter(|blocks| are_marked(blocks));
    let margins: Vec<Block> = margins.flatten().collect();
    if !margins.is_empty() {
        document.heading(Level::One, "Heads and feet of pages");
        document.blocks.extend(margins);
    }
    Ok(of_document(document))
}

/// Numbers the changes of a tree that carries marks, and lists them.
pub fn of_document(mut document: Document) -> RedlineDocument {
    let changes = walk::changes(&mut document.blocks);
    RedlineDocument { document, changes }
}
