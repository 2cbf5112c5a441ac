//! Reading what people write into the tree.

mod join;
mod markdown;

pub use markdown::{read_markdown, read_markdown_document};
