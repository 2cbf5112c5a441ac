//! One document tree, and the formats it is written in.
//!
//! A [`Document`] says what a document is: its title, what it is filed under, and its blocks in order. It says nothing
//! of fonts or files. Each writer is a pure function of a document, and gives the same bytes for the same document.
//!
//! ```
//! use chrono::NaiveDate;
//! use quorate::document::{Document, Level, Properties, Table, Text};
//!
//! let properties = Properties {
//!     reference: "OPSG_52_0602_03".to_owned(),
//!     classification: "White".to_owned(),
//!     date: NaiveDate::from_ymd_opt(2026, 2, 6).expect("a date"),
//!     author: "SECAS".to_owned(),
//! };
//! let mut paper = Document::new("SIP-0012: Sign-off", properties);
//! paper
//!     .numbered_heading(Level::One, "Purpose")
//!     .paragraph(Text::new("This paper asks for a ").bold("determination").plain("."))
//!     .table(Table::new([("Action", 3), ("Date", 1)]).row(["Impact Assessment", "2 March 2026"]));
//! assert_eq!(paper.blocks.len(), 3);
//! ```

mod build;
mod counting;
mod docx;
mod error;
mod grid;
mod html;
mod image;
mod markdown;
pub(crate) mod marked;
pub(crate) mod markup;
pub mod ooxml;
mod outline;
mod pdf;
mod read;
mod revision;
mod sheet;
mod table;
mod text;
mod text_runs;
mod tree;

pub use docx::to_docx;
pub use error::WriteError;
pub use html::{Look, STYLE_SHEET, blocks_to_html, to_html, to_html_article};
pub use image::{Bytes, Image, Media};
pub use markdown::{blocks_to_markdown, to_markdown};
pub use pdf::to_pdf;
pub use read::{Margin, Tracked, read_docx, read_docx_with_margins, read_markdown, read_markdown_document};
pub use revision::{Change, Revision, stands_in_newer, stands_in_older};
pub use sheet::{MOST_BYTES, SentError, SentRow, SentTable, Sheet, Value, read_table, to_csv, to_xlsx};
pub use table::{Align, Cell, Column, Row, RowHeads, Table};
pub use text::to_text;
pub use text_runs::{Run, Script, Text};
pub use tree::{
    Block, Document, Heading, Item, Level, List, ListKind, Numbering, Paragraph, ParagraphStyle, Properties,
};
