//! The one form in which the wording of an item is kept.

use crate::document::{Block, Cell, Item, List, Paragraph, Row, Run, Table, Text, blocks_to_markdown, read_markdown};

/// Signs that Markdown takes for markup in some places only, written with a backslash in all.
const ESCAPED: &[&str] = &["\\_", "\\[", "\\]", "\\<", "\\&", "\\~", "\\|", "\\`", "\\*"];

/// Blocks as Markdown, with as few backslashes as it can do with.
pub(super) fn of_blocks(blocks: &[Block]) -> String {
    let blocks: Vec<Block> = blocks.iter().filter_map(plainly).collect();
    let mut text = blocks_to_markdown(&blocks).trim_end_matches('\n').to_owned();
    if !text.contains('\\') {
        return text;
    }
    let meaning = read_markdown(&text);
    for escaped in ESCAPED.iter().filter(|escaped| text.contains(**escaped)).collect::<Vec<_>>() {
        let bare = text.replace(escaped, escaped.trim_start_matches('\\'));
        if read_markdown(&bare) == meaning {
            text = bare;
        }
    }
    text
}

/// A block of an item: a heading is a paragraph in bold, and pages run on.
fn plainly(block: &Block) -> Option<Block> {
    match block {
        Block::Heading(heading) => {
            let runs = heading.text.runs.iter().map(|run| Run { bold: true, ..run.clone() });
            Some(Block::paragraph(words(&Text { runs: runs.collect() })))
        }
        Block::Paragraph(paragraph) => {
            let Paragraph { style, text, .. } = paragraph;
            (!text.is_empty()).then(|| Block::styled(*style, words(text)))
        }
        Block::List(list) => {
            let items = list.items.iter().map(|item| Item { blocks: all(&item.blocks) });
            Some(Block::List(List { items: items.collect(), ..list.clone() }))
        }
        Block::Table(table) => Some(Block::Table(cells(table))),
        Block::Contents | Block::PageBreak => None,
    }
}

fn all(blocks: &[Block]) -> Vec<Block> {
    blocks.iter().filter_map(plainly).collect()
}

fn cells(table: &Table) -> Table {
    let cell = |cell: &Cell| Cell { blocks: all(&cell.blocks), ..cell.clone() };
    let row = |row: &Row| Row { cells: row.cells.iter().map(cell).collect(), ..row.clone() };
    Table {
        header: table.header.iter().map(row).collect(),
        rows: table.rows.iter().map(row).collect(),
        ..table.clone()
    }
}

/// Words without images and marks of a redline, notes in brackets.
fn words(text: &Text) -> Text {
    let runs = text.runs.iter().flat_map(|run| {
        let notes: Vec<String> = run.footnote.iter().map(note).collect();
        let note = (!notes.is_empty()).then(|| Run { text: format!(" ({})", notes.join(" ")), ..Run::default() });
        let words = Run { image: None, footnote: Vec::new(), revisions: Vec::new(), ..run.clone() };
        std::iter::once(words).chain(note)
    });
    Text { runs: runs.filter(|run| !run.text.is_empty()).collect() }
}

fn note(block: &Block) -> String {
    match block {
        Block::Heading(heading) => heading.text.to_plain(),
        Block::Paragraph(paragraph) => paragraph.text.to_plain(),
        Block::List(list) => {
            list.items.iter().flat_map(|item| item.blocks.iter().map(note)).collect::<Vec<_>>().join("; ")
        }
        Block::Table(_) | Block::Contents | Block::PageBreak => String::new(),
    }
}
