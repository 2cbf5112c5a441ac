//! Tables as rows of places, with merged cells in every place they cover.

use super::fields::plain;
use crate::document::{Block, Cell, Row, Table};

/// The most columns that are looked at.
const MOST_COLUMNS: usize = 64;

/// One place of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot<'a> {
    /// The cell that covers it, if there is one.
    cell: Option<&'a Cell>,
    /// Whether the cell began in a row above.
    pub(super) from_above: bool,
}

impl<'a> Slot<'a> {
    /// What the cell says; nothing where a cell goes on from above.
    pub(super) fn own_blocks(&self) -> &'a [Block] {
        self.cell.filter(|_| !self.from_above).map_or(&[], |cell| cell.blocks.as_slice())
    }

    /// What the cell says, wherever it began.
    pub(super) fn blocks(&self) -> &'a [Block] {
        self.cell.map_or(&[], |cell| cell.blocks.as_slice())
    }

    /// The words of the cell on one line.
    pub(super) fn plain(&self) -> String {
        plain(self.blocks())
    }

    /// Whether another place is covered by the same cell of this row.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        matches!((self.cell, other.cell), (Some(one), Some(other)) if std::ptr::eq(one, other))
    }
}

/// The rows of a table, those of its head first. Every row has as many places as the table has columns.
pub(super) fn rows(table: &Table) -> Vec<Vec<Slot<'_>>> {
    let all = || table.header.iter().chain(&table.rows);
    let widest = all().map(|row| row.cells.iter().map(width).sum::<usize>()).max().unwrap_or(0);
    let columns = table.columns.len().max(widest).min(MOST_COLUMNS);
    let mut open: Vec<Option<(&Cell, u16)>> = vec![None; columns];
    all().map(|row| lay_out(row, &mut open)).collect()
}

/// One row. `open` holds, for each column, the cell that goes on below and for how many rows.
fn lay_out<'a>(row: &'a Row, open: &mut [Option<(&'a Cell, u16)>]) -> Vec<Slot<'a>> {
    let mut cells = row.cells.iter().flat_map(|cell| std::iter::repeat_n(cell, width(cell)));
    let place = |above: &mut Option<(&'a Cell, u16)>| {
        if let Some((cell, rows)) = above.take() {
            *above = (rows > 1).then(|| (cell, rows - 1));
            return Slot { cell: Some(cell), from_above: true };
        }
        let cell = cells.next();
        *above = cell.filter(|cell| cell.rows > 1).map(|cell| (cell, cell.rows - 1));
        Slot { cell, from_above: false }
    };
    open.iter_mut().map(place).collect()
}

fn width(cell: &Cell) -> usize {
    usize::from(cell.columns.max(1)).min(MOST_COLUMNS)
}
