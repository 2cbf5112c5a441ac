//! Laying the cells of a table out on its columns, with those that span several columns or rows.

use super::table::{Cell, Row, Table};

/// What stands in a place of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot<'a> {
    /// The column where it begins, from nought.
    pub(super) column: usize,
    /// How many columns it covers, at least one.
    pub(super) columns: usize,
    /// How many rows it covers from here down, at least one.
    pub(super) rows: usize,
    /// What it is.
    pub(super) content: Content<'a>,
}

/// Whether a place holds a cell of its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content<'a> {
    /// A cell begins here.
    Cell(&'a Cell),
    /// A cell of a row above reaches down to here.
    FromAbove,
    /// The row has no cell for this place.
    Empty,
}

/// A cell that reaches into the rows below.
#[derive(Debug, Clone, Copy)]
struct Reaching {
    columns: usize,
    rows_left: usize,
}

/// The rows of a table, each as slots that cover every column once.
pub(super) fn lay_out<'a>(table: &'a Table, rows: &'a [Row]) -> impl Iterator<Item = Vec<Slot<'a>>> {
    let width = table.columns.len();
    let mut from_above: Vec<Option<Reaching>> = vec![None; width];
    rows.iter().enumerate().map(move |(number, row)| lay_out_row(row, rows.len() - number, &mut from_above))
}

fn lay_out_row<'a>(row: &'a Row, rows_left: usize, from_above: &mut [Option<Reaching>]) -> Vec<Slot<'a>> {
    let mut slots = Vec::with_capacity(row.cells.len());
    let mut cells = row.cells.iter();
    let mut column = 0;
    while column < from_above.len() {
        let slot =
            reaching_slot(column, from_above).unwrap_or_else(|| next_slot(cells.next(), column, rows_left, from_above));
        column += slot.columns;
        slots.push(slot);
    }
    slots
}

fn reaching_slot<'a>(column: usize, from_above: &mut [Option<Reaching>]) -> Option<Slot<'a>> {
    let place = from_above.get_mut(column)?;
    let Reaching { columns, rows_left } = (*place)?;
    *place = (rows_left > 1).then_some(Reaching { columns, rows_left: rows_left - 1 });
    Some(Slot { column, columns, rows: rows_left, content: Content::FromAbove })
}

fn next_slot<'a>(
    cell: Option<&'a Cell>,
    column: usize,
    rows_left: usize,
    from_above: &mut [Option<Reaching>],
) -> Slot<'a> {
    let Some(cell) = cell else {
        return Slot { column, columns: 1, rows: 1, content: Content::Empty };
    };
    let free = from_above.iter().skip(column).take_while(|place| place.is_none()).count();
    let columns = usize::from(cell.columns).clamp(1, free.max(1));
    let rows = usize::from(cell.rows).clamp(1, rows_left.max(1));
    if let Some(place) = from_above.get_mut(column).filter(|_| rows > 1) {
        *place = Some(Reaching { columns, rows_left: rows - 1 });
    }
    Slot { column, columns, rows, content: Content::Cell(cell) }
}

/// The shares of the columns as whole parts of `total`, which add up to it.
pub(super) fn widths(table: &Table, total: u32) -> Vec<u32> {
    let share = |width: u16| u64::from(width.max(1));
    let all: u64 = table.columns.iter().map(|column| share(column.width)).sum();
    let mut before = 0;
    let mut edge = 0;
    let width = |width: u16| {
        before += share(width);
        let next = u32::try_from(u64::from(total) * before / all.max(1)).unwrap_or(total);
        let part = next - edge;
        edge = next;
        part
    };
    table.columns.iter().map(|column| column.width).map(width).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: usize, rows: Vec<Vec<Cell>>) -> Table {
        let columns = (0..width).map(|_| ("", 1));
        Table::new(columns).rows(rows.into_iter().map(Row::of))
    }

    fn drawn(table: &Table) -> Vec<String> {
        let sign = |slot: Slot<'_>| match slot.content {
            Content::Cell(_) => "#".repeat(slot.columns),
            Content::FromAbove => "|".repeat(slot.columns),
            Content::Empty => ".".to_owned(),
        };
        lay_out(table, &table.rows).map(|row| row.into_iter().map(sign).collect()).collect()
    }

    #[test]
    fn every_row_covers_every_column_once() {
        let tall = || Cell::from("tall").spanning(1, 3);
        let wide = || Cell::from("wide").spanning(2, 1);
        let one = || Cell::from("one");
        let table = table(
            3,
            vec![vec![tall(), wide()], vec![one(), one()], vec![one()], vec![one(), one(), one(), one()], vec![]],
        );
        assert_eq!(drawn(&table), ["###", "|##", "|#.", "###", "..."]);
    }

    #[test]
    fn a_span_ends_with_the_table_and_at_another_span() {
        let table = table(
            3,
            vec![
                vec![Cell::from("a"), Cell::from("b").spanning(1, 9), Cell::from("c")],
                vec![Cell::from("d").spanning(7, 7)],
            ],
        );
        assert_eq!(drawn(&table), ["###", "#|."]);
        let last: Vec<usize> = lay_out(&table, &table.rows).flatten().map(|slot| slot.rows).collect();
        assert_eq!(last, [1, 2, 1, 1, 1, 1]);
    }

    #[test]
    fn the_widths_add_up() {
        let table = Table::new([("a", 1), ("b", 0), ("c", 5)]);
        assert_eq!(widths(&table, 100), [14, 14, 72]);
        assert_eq!(widths(&Table::default(), 100), [0; 0]);
    }
}
