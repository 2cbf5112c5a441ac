//! Tables, with the cells that span several columns or rows.

use super::Tracked;
use super::marks::change_of;
use super::story::Reader;
use crate::document::ooxml::{Space, XmlNode, attribute, child, elements, is};
use crate::document::revision::Revision;
use crate::document::table::{Align, Cell, Column, Row, RowHeads, Table};
use crate::document::tree::Block;

/// The most columns a table has.
const MOST_COLUMNS: usize = 1000;

/// A table in the making.
#[derive(Debug, Default)]
struct Building {
    rows: Vec<BuiltRow>,
    /// For each column, the cell that reaches down from above: its row and its place in that row.
    above: Vec<Option<(usize, usize)>>,
}

#[derive(Debug, Default)]
struct BuiltRow {
    row: Row,
    /// For each cell the column where it begins, and how it is aligned.
    begins: Vec<(usize, Align)>,
    is_header: bool,
    /// Whether the first cell names the row; nothing if it is empty.
    is_headed: Option<bool>,
}

/// How a cell continues the one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Merge {
    None,
    Begins,
    Continues,
}

impl Reader<'_> {
    /// Reads a table; nothing if no row of it is in the document that is read.
    pub(super) fn table(&mut self, node: XmlNode<'_>) -> Option<Table> {
        let mut building = Building::default();
        self.rows(node, &mut building);
        let grid = child(node, "tblGrid").into_iter().flat_map(elements);
        let widths = grid.filter(|column| is(*column, Space::Word, "gridCol"));
        let widths: Vec<u16> = widths.take(MOST_COLUMNS).map(|column| width(column)).collect();
        (!building.rows.is_empty()).then(|| building.finish(widths))
    }

    fn rows(&mut self, node: XmlNode<'_>, building: &mut Building) {
        for inner in elements(node) {
            match inner.name() {
                "tr" => self.row(inner, building),
                "sdt" | "sdtContent" | "customXml" => self.rows(inner, building),
                _ => self.marks.range(inner),
            }
        }
    }

    fn row(&mut self, node: XmlNode<'_>, building: &mut Building) {
        let properties = child(node, "trPr");
        let Some(revisions) = self.changes(properties) else { return };
        let properties = properties.map(|properties| self.current(properties, "trPrChange", "trPr"));
        let skipped = |name| {
            let cells = properties.and_then(|properties| child(properties, name));
            cells.and_then(|cells| attribute(cells, "val")?.parse::<usize>().ok()).unwrap_or_default().min(MOST_COLUMNS)
        };
        let header = properties.and_then(|properties| child(properties, "tblHeader"));
        building.rows.push(BuiltRow {
            row: Row { cells: Vec::new(), revisions },
            is_header: header.is_some_and(super::styles::is_on),
            ..BuiltRow::default()
        });
        let mut column = 0;
        if skipped("gridBefore") > 0 {
            column = building.cell(column, skipped("gridBefore"), Merge::None, Cell::of([]), Align::Start);
        }
        self.cells(node, building, &mut column);
    }

    fn cells(&mut self, node: XmlNode<'_>, building: &mut Building, column: &mut usize) {
        for inner in elements(node) {
            match inner.name() {
                "tc" => self.cell(inner, building, column),
                "sdt" | "sdtContent" | "customXml" => self.cells(inner, building, column),
                _ => self.marks.range(inner),
            }
        }
    }

    fn cell(&mut self, node: XmlNode<'_>, building: &mut Building, column: &mut usize) {
        let properties = child(node, "tcPr");
        let Some(revisions) = self.changes(properties) else { return };
        let properties = properties.map(|properties| self.current(properties, "tcPrChange", "tcPr"));
        let value = |name| properties.and_then(|properties| child(properties, name));
        let columns = value("gridSpan").and_then(|span| attribute(span, "val")?.parse::<usize>().ok()).unwrap_or(1);
        let merge = match value("vMerge").map(|merge| attribute(merge, "val")) {
            None => Merge::None,
            Some(Some("restart")) => Merge::Begins,
            Some(_) => Merge::Continues,
        };
        let read = self.cell_blocks(node);
        if let Some(row) = building.rows.last_mut().filter(|_| *column == 0) {
            row.is_headed = (!read.blocks.is_empty()).then_some(read.is_head);
        }
        let cell = Cell { revisions, ..Cell::of(read.blocks) };
        *column = building.cell(*column, columns.clamp(1, MOST_COLUMNS), merge, cell, read.align);
    }

    /// The marks of a row or a cell; nothing if it is not in the document that is read.
    fn changes(&mut self, properties: Option<XmlNode<'_>>) -> Option<Vec<Revision>> {
        let mut marks = Vec::new();
        for node in properties.into_iter().flat_map(elements) {
            let Some(change) = change_of(node) else { continue };
            if !self.tracked.reads(change) {
                return None;
            }
            if self.tracked == Tracked::Show {
                marks.push(self.marks.mark(node, change));
            }
        }
        Some(marks)
    }
}

/// What a cell holds.
pub(super) struct CellBlocks {
    pub(super) blocks: Vec<Block>,
    pub(super) align: Align,
    /// Whether its words name a row or a column.
    pub(super) is_head: bool,
}

fn width(column: XmlNode<'_>) -> u16 {
    let width = attribute(column, "w").and_then(|width| width.parse::<u32>().ok()).unwrap_or(1);
    u16::try_from(width.max(1)).unwrap_or(u16::MAX)
}

impl Building {
    /// Adds a cell to the last row, and gives the column after it.
    fn cell(&mut self, column: usize, columns: usize, merge: Merge, mut cell: Cell, align: Align) -> usize {
        let next = (column + columns).min(MOST_COLUMNS);
        if self.above.len() < next {
            self.above.resize(next, None);
        }
        let number = self.rows.len().saturating_sub(1);
        let origin = self.above.get(column).copied().flatten().filter(|_| merge == Merge::Continues);
        if let Some(above) = origin.and_then(|(row, place)| self.rows.get_mut(row)?.row.cells.get_mut(place)) {
            above.rows = above.rows.saturating_add(1);
            return next;
        }
        cell.columns = u16::try_from(next.saturating_sub(column).max(1)).unwrap_or(1);
        let Some(row) = self.rows.get_mut(number) else { return next };
        let reaches = (merge == Merge::Begins).then_some((number, row.row.cells.len()));
        self.above.iter_mut().take(next).skip(column).for_each(|above| *above = None);
        if let Some(above) = self.above.get_mut(column) {
            *above = reaches;
        }
        row.row.cells.push(cell);
        row.begins.push((column, align));
        next
    }

    fn finish(mut self, mut widths: Vec<u16>) -> Table {
        let columns = self.above.len().max(1);
        let usual =
            widths.iter().copied().map(u32::from).sum::<u32>().checked_div(u32::try_from(widths.len()).unwrap_or(1));
        widths.resize(columns, usual.and_then(|usual| u16::try_from(usual).ok()).unwrap_or(1).max(1));
        let aligns = self.align_columns(columns);
        let columns = widths.into_iter().zip(aligns).map(|(width, align)| Column { width, align }).collect();
        let headers = self.rows.iter().take_while(|row| row.is_header).count();
        let body = self.rows.split_off(headers);
        let says = |answer| body.iter().any(|row| row.is_headed == Some(answer));
        let headed = says(true) && !says(false);
        let rows = |rows: Vec<BuiltRow>| rows.into_iter().map(|row| row.row).collect();
        Table {
            columns,
            header: rows(self.rows),
            rows: rows(body),
            row_heads: if headed { RowHeads::FirstColumn } else { RowHeads::None },
            ..Table::default()
        }
    }

    /// Each column is aligned as its cells are, if those that say something agree; other cells say so themselves.
    fn align_columns(&mut self, columns: usize) -> Vec<Align> {
        let mut agreed: Vec<Option<Option<Align>>> = vec![None; columns];
        for row in &self.rows {
            for (cell, (column, align)) in row.row.cells.iter().zip(&row.begins) {
                let Some(agreed) = agreed.get_mut(*column).filter(|_| !cell.blocks.is_empty()) else { continue };
                *agreed = Some(match *agreed {
                    None => Some(*align),
                    Some(before) => before.filter(|before| before == align),
                });
            }
        }
        let aligns: Vec<Align> = agreed.into_iter().map(|agreed| agreed.flatten().unwrap_or_default()).collect();
        for row in &mut self.rows {
            for (cell, (column, align)) in row.row.cells.iter_mut().zip(&row.begins) {
                let usual = aligns.get(*column).copied().unwrap_or_default();
                cell.align = (*align != usual && !cell.blocks.is_empty()).then_some(*align);
            }
        }
        aligns
    }
}
