//! A document as Markdown, which reads as text and can be read into the tree again.

mod blocks;
mod escape;
mod inline;
mod table;

use super::tree::{Block, Document};

/// Writes a document as Markdown: its title as a heading `#`, its sections from `##` on.
///
/// Markdown has no numbers for headings and paragraphs, no letters for lists, no cells that span others, no images
/// within the text and no page breaks: numbers are left out, letters become numbers, a cell stands in the first place it spans,
/// an image is named, and pages run on.
/// Everything else is as [`read_markdown_document`](super::read_markdown_document) reads it.
pub fn to_markdown(document: &Document) -> String {
    let mut lines = Vec::new();
    if !document.title.is_empty() {
        lines.push(format!("# {}", escape::words(&document.title.replace('\n', " "), escape::Place::Heading)));
    }
    for line in &document.subtitle {
        lines.push(String::new());
        lines.push(escape::words(&line.replace('\n', " "), escape::Place::Heading));
    }
    let below = usize::from(!document.title.is_empty());
    finish(blocks::Writer::below(below), &document.blocks, lines)
}

/// Writes blocks as Markdown, so that [`read_markdown`](super::read_markdown) gives them again: a heading of level one
/// is `#`.
pub fn blocks_to_markdown(blocks: &[Block]) -> String {
    finish(blocks::Writer::below(0), blocks, Vec::new())
}

fn finish(mut writer: blocks::Writer, blocks: &[Block], mut lines: Vec<String>) -> String {
    let more = writer.document(blocks);
    if !lines.is_empty() && !more.is_empty() {
        lines.push(String::new());
    }
    lines.extend(more);
    let mut text = String::new();
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}
