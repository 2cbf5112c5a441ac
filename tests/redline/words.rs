//! How many words a redline marks as changed, and how few it could.

use super::generate::model::{Block, Document, Inline, Paragraph};
use super::xml::Node;

/// The words of a story that are marked, of the older and of the newer document together.
///
/// A word is what stands between spaces; one letter marked is the word marked.
pub(crate) fn marked(story: &Node) -> usize {
    story.all().into_iter().filter(|node| node.is("w:p")).map(marked_in).sum()
}

fn marked_in(paragraph: &Node) -> usize {
    let mut pieces = Vec::new();
    collect(paragraph, Side::Both, &mut pieces);
    touched(&pieces, Side::New) + touched(&pieces, Side::Old)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Both,
    Old,
    New,
}

fn collect(node: &Node, side: Side, pieces: &mut Vec<(Side, String)>) {
    for child in node.elements() {
        match child.name.as_str() {
            "w:ins" | "w:moveTo" => collect(child, Side::New, pieces),
            "w:del" | "w:moveFrom" => collect(child, Side::Old, pieces),
            "w:t" | "w:delText" => pieces.push((side, child.own_text())),
            "w:pPr" | "w:rPr" => {}
            _ => collect(child, side, pieces),
        }
    }
}

/// The words of one side with at least one letter that only this side has.
fn touched(pieces: &[(Side, String)], side: Side) -> usize {
    let (mut words, mut inside, mut marked) = (0, false, false);
    for (own, text) in pieces.iter().filter(|(own, _)| *own == side || *own == Side::Both) {
        for letter in text.chars() {
            if letter == ' ' {
                words += usize::from(inside && marked);
                (inside, marked) = (false, false);
            } else {
                inside = true;
                marked |= *own == side;
            }
        }
    }
    words + usize::from(inside && marked)
}

/// The fewest words that can be marked between two documents of plain paragraphs.
pub(crate) fn fewest(old: &Document, new: &Document) -> usize {
    let (old, new) = (words(old), words(new));
    let mut row = vec![0_usize; new.len() + 1];
    for word in &old {
        let mut before = 0;
        for (at, other) in new.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == other { before + 1 } else { above.max(row[at]) };
            before = above;
        }
    }
    old.len() + new.len() - 2 * row[new.len()]
}

fn words(document: &Document) -> Vec<String> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let paragraphs = blocks.filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(text(paragraph)),
        _ => None,
    });
    let text = paragraphs.collect::<Vec<_>>().join(" ");
    text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn text(paragraph: &Paragraph) -> String {
    let texts = paragraph.content.iter().map(|inline| match inline {
        Inline::Text(text, _) => text.as_str(),
        _ => " ",
    });
    texts.collect()
}
