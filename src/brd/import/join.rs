//! Putting together a text that a page break parted.

use crate::brd::lines::BrdText;
use crate::document::{Block, List, Paragraph, Text};

/// A text with what follows on the next page: a list goes on as one list, a sentence as one sentence.
pub(super) fn join(text: &BrdText, more: &[Block]) -> BrdText {
    let mut blocks = text.blocks();
    let mut more = more.to_vec();
    if let (Some(last), Some(first)) = (blocks.last_mut(), more.first())
        && goes_on(last, first)
    {
        more.remove(0);
    }
    blocks.extend(more);
    BrdText::from_blocks(&blocks)
}

/// A text with what follows, whose first words go on with its last sentence.
pub(super) fn join_words(text: &BrdText, more: &[Block]) -> BrdText {
    let mut blocks = text.blocks();
    let mut more = more.to_vec();
    if let (Some(Block::Paragraph(last)), Some(Block::Paragraph(first))) = (blocks.last_mut(), more.first()) {
        last.text = std::mem::take(&mut last.text).plain(" ");
        last.text.runs.extend(first.text.runs.clone());
        more.remove(0);
    }
    blocks.extend(more);
    BrdText::from_blocks(&blocks)
}

/// Takes the first block after the break into the last one before it, where both are one.
fn goes_on(last: &mut Block, first: &Block) -> bool {
    match (last, first) {
        (Block::List(List { kind, items, .. }), Block::List(more)) if *kind == more.kind => {
            items.extend(more.items.clone());
            true
        }
        (Block::Paragraph(Paragraph { text, .. }), Block::Paragraph(more)) if is_broken_off(text, &more.text) => {
            *text = std::mem::take(text).plain(" ");
            text.runs.extend(more.text.runs.clone());
            true
        }
        _ => false,
    }
}

/// Whether a sentence stops without a full stop and goes on with a small letter.
fn is_broken_off(text: &Text, more: &Text) -> bool {
    let stops = text.to_plain().trim_end().ends_with(['.', ':', ';', '?', '!']);
    !stops && more.to_plain().trim_start().starts_with(char::is_lowercase)
}
