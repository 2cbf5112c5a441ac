//! Word files as a tree: `.docx` and `.docm`, as any word processor writes them.

mod assemble;
mod blocks;
mod furniture;
mod graphics;
mod marks;
mod numbering;
mod runs;
mod story;
mod styles;
mod table;
mod title;

use crate::document::ooxml::{Package, ReadError};
use crate::document::tree::{Block, Document};
use story::Reader;

/// What is read where a file holds tracked changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tracked {
    /// Both documents, with a mark on each part that differs.
    Show,
    /// The newer document, as if every change were accepted.
    #[default]
    Accept,
    /// The older document, as if every change were rejected.
    Reject,
}

/// What stands at the head or the foot of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Margin {
    /// Which it is, such as `Header` or `Footer of first pages`.
    pub name: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Reads a Word file as a document.
///
/// Headings are found by their style and its outline level, in whatever language the styles are named; levels below
/// four count as four. Lists are put together from the numbering of the file, cells from what they span. Fields show
/// their result; a contents list becomes [`Block::Contents`]. A text box follows its paragraph. Notes at the end of the
/// document are read like notes at the foot of a page. Colours, fonts and distances are not read, nor is what is hidden.
///
/// # Errors
///
/// [`ReadError`] for a file that is no text document, is damaged or protected, or is larger than is safe to read.
pub fn read_docx(bytes: &[u8], tracked: Tracked) -> Result<Document, ReadError> {
    read_docx_with_margins(bytes, tracked).map(|(document, _)| document)
}

/// Reads a Word file as a document, and beside it the heads and feet of its pages, each once.
///
/// # Errors
///
/// As [`read_docx`].
pub fn read_docx_with_margins(bytes: &[u8], tracked: Tracked) -> Result<(Document, Vec<Margin>), ReadError> {
    let package = Package::open(bytes)?;
    let mut reader = Reader::open(&package, tracked)?;
    let blocks = reader.main()?;
    let margins = furniture::margins(&mut reader)?;
    let properties = furniture::properties(&package);
    Ok((title::document(blocks, properties, &margins), margins))
}
