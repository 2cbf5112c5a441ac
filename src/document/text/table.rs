//! Tables drawn with characters, or written row by row where there are too many columns to draw.

use super::blocks::{Writer, readable};
use super::wrap::{width_of, wrap};
use crate::document::grid::{self, Content, Slot};
use crate::document::table::{Align, Row, Table};

/// The fewest characters a column has room for when it is drawn.
const NARROWEST: u32 = 6;

/// The lines of a table with its caption.
pub(super) fn lines(writer: &mut Writer, table: &Table, width: usize) -> Vec<String> {
    let mut lines = if table.caption.is_empty() { Vec::new() } else { wrap(&readable(&table.caption), width) };
    let rules = 3 * table.columns.len() + 1;
    let room = u32::try_from(width.saturating_sub(rules)).unwrap_or_default();
    let widths = grid::widths(table, room);
    if widths.iter().all(|width| *width >= NARROWEST) {
        lines.extend(drawn(writer, table, &widths));
    } else {
        lines.extend(row_by_row(writer, table, width));
    }
    lines
}

fn drawn(writer: &mut Writer, table: &Table, widths: &[u32]) -> Vec<String> {
    let widths: Vec<usize> = widths.iter().map(|width| usize::try_from(*width).unwrap_or_default()).collect();
    let mut lines = vec![rule(&widths, '-')];
    for (rows, below) in [(&table.header, '='), (&table.rows, '-')] {
        for slots in grid::lay_out(table, rows) {
            lines.extend(drawn_row(writer, table, &slots, &widths));
            lines.push(rule(&widths, '-'));
        }
        if let Some(last) = lines.last_mut().filter(|_| !rows.is_empty()) {
            *last = rule(&widths, below);
        }
    }
    lines
}

fn rule(widths: &[usize], sign: char) -> String {
    let part = |width: &usize| sign.to_string().repeat(width + 2);
    format!("+{}+", widths.iter().map(part).collect::<Vec<_>>().join("+"))
}

fn drawn_row(writer: &mut Writer, table: &Table, slots: &[Slot<'_>], widths: &[usize]) -> Vec<String> {
    let cells: Vec<DrawnCell> = slots.iter().map(|slot| drawn_cell(writer, table, slot, widths)).collect();
    let height = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
    let line = |number: usize| {
        let parts = cells.iter().map(|cell| cell.line(number));
        format!("|{}|", parts.collect::<Vec<_>>().join("|"))
    };
    (0..height).map(line).collect()
}

/// A cell as lines of one width.
struct DrawnCell {
    lines: Vec<String>,
    width: usize,
    align: Align,
}

impl DrawnCell {
    fn line(&self, number: usize) -> String {
        let text = self.lines.get(number).map(String::as_str).unwrap_or_default();
        let space = self.width.saturating_sub(width_of(text));
        let before = match self.align {
            Align::Start => 0,
            Align::Centre => space / 2,
            Align::End => space,
        };
        format!(" {}{text}{} ", " ".repeat(before), " ".repeat(space - before))
    }
}

fn drawn_cell(writer: &mut Writer, table: &Table, slot: &Slot<'_>, widths: &[usize]) -> DrawnCell {
    let covered = widths.iter().skip(slot.column).take(slot.columns);
    let width = covered.sum::<usize>() + 3 * (slot.columns - 1);
    let aligned = table.columns.get(slot.column).map(|column| column.align).unwrap_or_default();
    match slot.content {
        Content::Cell(cell) => {
            DrawnCell { lines: writer.within(&cell.blocks, width), width, align: cell.align.unwrap_or(aligned) }
        }
        Content::FromAbove | Content::Empty => DrawnCell { lines: Vec::new(), width, align: aligned },
    }
}

/// Each row as a paragraph of `column: value` lines.
fn row_by_row(writer: &mut Writer, table: &Table, width: usize) -> Vec<String> {
    let names = names(table);
    let mut lines = Vec::new();
    for row in &table.rows {
        lines.push("-".repeat(width.min(20)));
        lines.extend(named_cells(writer, &names, row, width));
    }
    lines
}

fn named_cells(writer: &mut Writer, names: &[String], row: &Row, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, cell) in row.cells.iter().enumerate() {
        let value = writer.within(&cell.blocks, width.saturating_sub(2)).join("\n  ");
        let named = match names.get(number).filter(|name| !name.is_empty()) {
            Some(name) => format!("{name}: {value}"),
            None => value,
        };
        lines.extend(wrap(&named, width));
    }
    lines
}

fn names(table: &Table) -> Vec<String> {
    let cells = table.header.last().into_iter().flat_map(|row| &row.cells);
    cells.map(|cell| Writer::default().within(&cell.blocks, usize::MAX).join(" ")).collect()
}
