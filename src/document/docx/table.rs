//! Tables of a file.

use super::blocks::{Place, Writer};
use super::numbering;
use crate::document::grid::{self, Content, Slot};
use crate::document::markup::Markup;
use crate::document::table::{Align, Cell, Row, RowHeads, Table};
use crate::document::tree::Block;

/// The width of the text on a page, in twentieths of a point.
const PAGE_WIDTH: u32 = 9638;

/// The width given to a table within a cell, in twentieths of a point.
const NESTED_WIDTH: u32 = 4000;

/// A row with more characters than this in one cell may run on to the next page. Shorter ones stay whole.
const LONGEST_WHOLE_CELL: usize = 1200;

/// Which part of a table a row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Header,
    Rows(RowHeads),
}

/// Writes a table with its caption.
pub(super) fn write(writer: &mut Writer, table: &Table, place: Place) {
    if !table.caption.is_empty() {
        writer.caption(&table.caption);
    }
    if table.columns.is_empty() || table.header.is_empty() && table.rows.is_empty() {
        writer.end_of_table();
        return;
    }
    let indent = if let Place::Item(level) | Place::CellItem(level) = place { numbering::indent(level) } else { 0 };
    let in_cell = matches!(place, Place::Cell(_) | Place::Head(_) | Place::CellItem(_));
    let full = if in_cell { NESTED_WIDTH } else { PAGE_WIDTH - indent };
    let widths = grid::widths(table, full);
    open(&mut writer.xml, table, &widths, indent);
    rows(writer, table, &table.header, &widths, Part::Header);
    rows(writer, table, &table.rows, &widths, Part::Rows(table.row_heads));
    writer.xml.raw("</w:tbl>");
    writer.end_of_table();
}

fn open(xml: &mut Markup, table: &Table, widths: &[u32], indent: u32) {
    xml.raw("<w:tbl><w:tblPr><w:tblStyle w:val=\"RuledTable\"/><w:tblW w:w=\"").number(widths.iter().sum::<u32>());
    xml.raw("\" w:type=\"dxa\"/><w:tblInd w:w=\"").number(indent);
    xml.raw("\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"04A0\" w:firstRow=\"")
        .raw(if table.header.is_empty() { "0" } else { "1" })
        .raw("\" w:lastRow=\"0\" w:firstColumn=\"")
        .raw(if table.row_heads == RowHeads::FirstColumn { "1" } else { "0" })
        .raw("\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>");
    if !table.caption.is_empty() {
        xml.raw("<w:tblCaption w:val=\"").text(&table.caption.to_plain()).raw("\"/>");
    }
    xml.raw("</w:tblPr><w:tblGrid>");
    for width in widths {
        xml.raw("<w:gridCol w:w=\"").number(*width).raw("\"/>");
    }
    xml.raw("</w:tblGrid>");
}

fn rows(writer: &mut Writer, table: &Table, rows: &[Row], widths: &[u32], part: Part) {
    for (slots, row) in grid::lay_out(table, rows).zip(rows) {
        writer.xml.raw("<w:tr>");
        row_properties(&mut writer.xml, row, part);
        for slot in slots {
            write_slot(writer, table, slot, widths, part);
        }
        writer.xml.raw("</w:tr>");
    }
}

fn row_properties(xml: &mut Markup, row: &Row, part: Part) {
    let whole = row.cells.iter().all(stays_whole);
    if whole || part == Part::Header {
        xml.raw("<w:trPr>");
        if whole {
            xml.raw("<w:cantSplit/>");
        }
        if part == Part::Header {
            xml.raw("<w:tblHeader/>");
        }
        xml.raw("</w:trPr>");
    }
}

fn stays_whole(cell: &Cell) -> bool {
    let simple = cell.blocks.iter().all(|block| matches!(block, Block::Paragraph(_)));
    let characters = cell.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.text.runs.iter().map(|run| run.text.len()).sum(),
        _ => 0,
    });
    simple && characters.sum::<usize>() <= LONGEST_WHOLE_CELL
}

fn write_slot(writer: &mut Writer, table: &Table, slot: Slot<'_>, widths: &[u32], part: Part) {
    let aligned = table.columns.get(slot.column).map(|column| column.align).unwrap_or_default();
    let (blocks, align): (&[Block], Align) = match slot.content {
        Content::Cell(cell) => (&cell.blocks, cell.align.unwrap_or(aligned)),
        Content::FromAbove | Content::Empty => (&[], aligned),
    };
    let place = match part {
        Part::Header => Place::Head(align),
        Part::Rows(RowHeads::FirstColumn) if slot.column == 0 => Place::Head(align),
        Part::Rows(_) => Place::Cell(align),
    };
    let width = widths.iter().skip(slot.column).take(slot.columns).sum();
    cell_properties(&mut writer.xml, slot, width, place);
    writer.cell(blocks, place);
    writer.xml.raw("</w:tc>");
}

fn cell_properties(xml: &mut Markup, slot: Slot<'_>, width: u32, place: Place) {
    xml.raw("<w:tc><w:tcPr><w:tcW w:w=\"").number(width).raw("\" w:type=\"dxa\"/>");
    if slot.columns > 1 {
        let columns = u32::try_from(slot.columns).unwrap_or(u32::MAX);
        xml.raw("<w:gridSpan w:val=\"").number(columns).raw("\"/>");
    }
    match slot.content {
        Content::Cell(_) if slot.rows > 1 => drop(xml.raw("<w:vMerge w:val=\"restart\"/>")),
        Content::FromAbove => drop(xml.raw("<w:vMerge/>")),
        Content::Cell(_) | Content::Empty => {}
    }
    if matches!(place, Place::Head(_)) {
        xml.raw("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E9EEF4\"/>");
    }
    xml.raw("</w:tcPr>");
}
