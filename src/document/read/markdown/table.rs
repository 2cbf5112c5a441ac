//! Tables while they are read.

use pulldown_cmark::Alignment;

use crate::document::table::{Align, Cell, Column, Row, Table};
use crate::document::text_runs::Text;

/// The least and the greatest share of the width that a column gets.
const SHARES: (usize, usize) = (4, 40);

/// Which part of a table a row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Header,
    Rows,
}

/// A table that is being read.
#[derive(Debug)]
pub(super) struct Reading {
    table: Table,
    row: Row,
    shares: Vec<usize>,
}

impl Reading {
    /// A table whose columns are aligned like this.
    pub(super) fn of(columns: &[Alignment]) -> Self {
        let align = |alignment: &Alignment| match alignment {
            Alignment::None | Alignment::Left => Align::Start,
            Alignment::Center => Align::Centre,
            Alignment::Right => Align::End,
        };
        let columns: Vec<Column> = columns.iter().map(|column| Column { width: 1, align: align(column) }).collect();
        let shares = vec![0; columns.len()];
        Self { table: Table { columns, ..Table::default() }, row: Row::default(), shares }
    }

    /// Ends a cell.
    pub(super) fn cell(&mut self, text: Text) {
        if let Some(share) = self.shares.get_mut(self.row.cells.len()) {
            *share = (*share).max(text.to_plain().chars().count());
        }
        let blocks = if text.is_empty() { Cell::of([]) } else { Cell::from(text) };
        self.row.cells.push(blocks);
    }

    /// Ends a row. A header without words is none.
    pub(super) fn end_row(&mut self, part: Part) {
        let row = std::mem::take(&mut self.row);
        match part {
            Part::Rows => self.table.rows.push(row),
            Part::Header if row.cells.iter().all(|cell| cell.blocks.is_empty()) => {}
            Part::Header => self.table.header.push(row),
        }
    }

    /// The table, with columns as wide as their longest cells ask for.
    pub(super) fn finish(mut self) -> Table {
        for (column, share) in self.table.columns.iter_mut().zip(self.shares) {
            column.width = u16::try_from(share.clamp(SHARES.0, SHARES.1)).unwrap_or(1);
        }
        self.table
    }
}
