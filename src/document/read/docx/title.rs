//! The title of a document, which stands before everything else.

use super::Margin;
use super::furniture::{Filed, foot_of, head_of};
use crate::document::revision::stands_in_newer;
use crate::document::text_runs::Text;
use crate::document::tree::{Block, Document, Paragraph, ParagraphStyle};

/// Puts a document together. A title that a redline marks stays among the blocks, where its marks are seen.
pub(super) fn document(mut blocks: Vec<Block>, filed: Filed, margins: &[Margin]) -> Document {
    let count = blocks.iter().take_while(|block| is_of_title(block)).count();
    let marked = blocks.iter().take(count).any(is_marked);
    let title = blocks.iter().take(count).find_map(|block| words(block, ParagraphStyle::Title));
    let title = title.or_else(|| blocks.iter().find_map(|block| words(block, ParagraphStyle::Title)));
    let mut document = Document::new(title.unwrap_or(filed.title), filed.properties);
    document.header = head_of(margins, &document.properties);
    document.footer = foot_of(margins, &document.properties);
    if !marked {
        let lines = blocks.drain(..count).collect::<Vec<_>>();
        document.subtitle = lines.iter().filter_map(|block| words(block, ParagraphStyle::Subtitle)).collect();
    }
    document.blocks = blocks;
    document
}

fn is_of_title(block: &Block) -> bool {
    matches!(block, Block::Paragraph(Paragraph { style: ParagraphStyle::Title | ParagraphStyle::Subtitle, .. }))
}

fn is_marked(block: &Block) -> bool {
    let Block::Paragraph(paragraph) = block else { return false };
    !paragraph.revisions.is_empty() || paragraph.text.runs.iter().any(|run| !run.revisions.is_empty())
}

/// The words of a paragraph of this style in the newer document.
fn words(block: &Block, style: ParagraphStyle) -> Option<String> {
    let Block::Paragraph(paragraph) = block else { return None };
    (paragraph.style == style).then(|| newer(&paragraph.text))
}

/// The words of a text in the newer document.
pub(super) fn newer(text: &Text) -> String {
    text.runs.iter().filter(|run| stands_in_newer(&run.revisions)).map(|run| run.text.as_str()).collect()
}
