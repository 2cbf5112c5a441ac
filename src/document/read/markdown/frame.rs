//! What is open while a text is read: quotes, lists, items, notes and tables, one within the other.

use std::collections::BTreeMap;

use super::table::{Part, Reading};
use crate::document::text_runs::Text;
use crate::document::tree::{Block, Item, List, ListKind};

/// How deep lists may lie within each other; deeper ones continue the list above.
const DEEPEST: usize = 12;

/// Something that is open.
#[derive(Debug)]
pub(super) enum Frame {
    /// Words of somebody else.
    Quote,
    /// A list.
    List(List),
    /// A list too deep to be one of its own.
    Continued,
    /// An item of a list.
    Item(Vec<Block>),
    /// A note with its label.
    Note(String, Vec<Block>),
    /// A table.
    Table(Reading),
}

/// Everything that is open, and the blocks that are done.
#[derive(Debug, Default)]
pub(super) struct Frames {
    done: Vec<Block>,
    open: Vec<Frame>,
    lists: usize,
}

impl Frames {
    pub(super) fn open(&mut self, frame: Frame) {
        self.open.push(frame);
    }

    pub(super) fn open_list(&mut self, start: Option<u64>) {
        let kind = if start.is_some() { ListKind::Numbers } else { ListKind::Bullets };
        let start = start.and_then(|start| u32::try_from(start).ok()).unwrap_or(1).max(1);
        let list = List { kind, start, items: Vec::new() };
        if self.lists < DEEPEST {
            self.lists += 1;
            self.open.push(Frame::List(list));
        } else {
            self.open.push(Frame::Continued);
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether what comes next is quoted: a quote is open, and no item within it.
    pub(super) fn is_quoting(&self) -> bool {
        matches!(self.open.last(), Some(Frame::Quote))
    }

    /// Adds a block to the innermost frame that holds blocks.
    pub(super) fn push(&mut self, block: Block) {
        self.innermost().push(block);
    }

    fn innermost(&mut self) -> &mut Vec<Block> {
        let held = self.open.iter_mut().rev().find_map(|frame| match frame {
            Frame::Item(blocks) | Frame::Note(_, blocks) => Some(blocks),
            _ => None,
        });
        held.unwrap_or(&mut self.done)
    }

    /// Closes the innermost frame. A note is given back with its label.
    pub(super) fn close(&mut self) -> Option<(String, Vec<Block>)> {
        match self.open.pop()? {
            Frame::Quote | Frame::Continued => None,
            Frame::List(list) => {
                self.lists -= 1;
                self.push(Block::List(list));
                None
            }
            Frame::Item(blocks) => {
                self.end_item(blocks);
                None
            }
            Frame::Note(label, blocks) => Some((label, blocks)),
            Frame::Table(reading) => {
                self.push(Block::Table(reading.finish()));
                None
            }
        }
    }

    fn end_item(&mut self, blocks: Vec<Block>) {
        match self.open.last_mut() {
            Some(Frame::List(list)) => list.items.push(Item { blocks }),
            _ => self.innermost().extend(blocks),
        }
    }

    pub(super) fn end_cell(&mut self, text: Text) {
        if let Some(Frame::Table(reading)) = self.open.last_mut() {
            reading.cell(text);
        }
    }

    pub(super) fn end_row(&mut self, part: Part) {
        if let Some(Frame::Table(reading)) = self.open.last_mut() {
            reading.end_row(part);
        }
    }

    /// The blocks, when everything is closed.
    pub(super) fn finish(self) -> Vec<Block> {
        self.done
    }
}

/// Puts what notes say in the place of their labels. The sign of a note that says nothing is its label.
pub(super) fn fill_notes(blocks: &mut [Block], notes: &BTreeMap<String, Vec<Block>>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => fill_text(&mut heading.text, notes),
            Block::Paragraph(paragraph) => fill_text(&mut paragraph.text, notes),
            Block::List(list) => list.items.iter_mut().for_each(|item| fill_notes(&mut item.blocks, notes)),
            Block::Table(table) => {
                let cells = table.header.iter_mut().chain(&mut table.rows).flat_map(|row| &mut row.cells);
                cells.for_each(|cell| fill_notes(&mut cell.blocks, notes));
            }
            Block::Contents | Block::PageBreak => {}
        }
    }
}

fn fill_text(text: &mut Text, notes: &BTreeMap<String, Vec<Block>>) {
    for run in text.runs.iter_mut().filter(|run| !run.footnote.is_empty()) {
        let label = match run.footnote.first() {
            Some(Block::Paragraph(paragraph)) => paragraph.text.to_plain(),
            _ => continue,
        };
        run.footnote = notes.get(&label).map(|note| without_notes(note)).unwrap_or_default();
        if run.footnote.is_empty() {
            run.text = format!("[^{label}]");
        }
    }
}

/// A note has no notes itself: their signs are shown as they were written.
fn without_notes(note: &[Block]) -> Vec<Block> {
    let mut note = note.to_vec();
    fill_notes(&mut note, &BTreeMap::new());
    note
}
