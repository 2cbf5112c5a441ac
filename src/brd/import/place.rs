//! Where in the document the reader is.

use super::fields::flat;
use crate::document::{Block, Heading};

/// The headings above the place that is being read, and the table and row in it.
#[derive(Debug, Default)]
pub(super) struct Place {
    headings: Vec<(u8, String)>,
    table: usize,
    row: usize,
}

impl Place {
    /// Takes in a heading; those at its depth or deeper are left.
    pub(super) fn enter(&mut self, heading: &Heading) -> u8 {
        let depth = heading.level.depth();
        self.headings.retain(|(above, _)| *above < depth);
        self.headings.push((depth, flat(&heading.text)));
        (self.table, self.row) = (0, 0);
        depth
    }

    pub(super) fn next_table(&mut self) {
        self.table += 1;
        self.row = 0;
    }

    pub(super) fn next_row(&mut self) {
        self.row += 1;
    }

    /// Forgets the row, for what concerns the whole table.
    pub(super) fn whole_table(&mut self) {
        self.row = 0;
    }

    /// How deep the deepest heading lies; nought before the first.
    pub(super) fn depth(&self) -> u8 {
        self.headings.last().map_or(0, |(depth, _)| *depth)
    }

    /// The deepest heading in words.
    pub(super) fn section(&self) -> String {
        self.headings.last().map_or("before the first heading".to_owned(), |(_, text)| format!("“{text}”"))
    }

    /// The deepest heading that lies below this depth.
    pub(super) fn heading_below(&self, depth: u8) -> Option<&str> {
        self.headings.last().filter(|(own, _)| *own > depth).map(|(_, heading)| heading.as_str())
    }

    /// The heading above the deepest one, if both lie below the sections of the document.
    pub(super) fn parent(&self) -> Option<&str> {
        let above = self.headings.len().checked_sub(2)?;
        self.headings.get(above).filter(|(depth, _)| *depth > 1).map(|(_, heading)| heading.as_str())
    }

    /// The place in words, such as `“4.1 Log In”, table 2, row 3`.
    pub(super) fn words(&self) -> String {
        let section = self.section();
        match (self.table, self.row) {
            (0, _) => section,
            (table, 0) => format!("{section}, table {table}"),
            (table, row) => format!("{section}, table {table}, row {row}"),
        }
    }
}

/// Whether a block shows nothing.
pub(super) fn is_empty(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => paragraph.text.to_plain().trim().is_empty(),
        Block::Contents | Block::PageBreak => true,
        Block::Heading(_) | Block::List(_) | Block::Table(_) => false,
    }
}
