//! Reading what people write into the tree.

mod docx;
mod join;
mod markdown;

pub use docx::{Margin, Tracked, read_docx, read_docx_with_margins};
pub use markdown::{read_markdown, read_markdown_document};
