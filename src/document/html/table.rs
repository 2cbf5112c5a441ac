//! Tables of a page.

use super::blocks::Writer;
use crate::document::grid::{self, Content, Slot};
use crate::document::marked::are_marked;
use crate::document::revision::Change;
use crate::document::table::{Align, Row, RowHeads, Table};

/// What kind of cell stands in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    NamesColumn,
    NamesRow,
    Data,
}

/// Writes a table with its caption. It scrolls by itself where the page is narrow.
pub(super) fn write(writer: &mut Writer, table: &Table) {
    if table.columns.is_empty() || table.header.is_empty() && table.rows.is_empty() {
        caption_alone(writer, table);
        return;
    }
    writer.html.raw("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"");
    let caption = table.caption.to_plain();
    writer.html.text(if caption.is_empty() { "Table" } else { &caption }).raw("\">\n<table>\n");
    if !table.caption.is_empty() {
        writer.html.raw("<caption>");
        writer.text(&table.caption);
        writer.html.raw("</caption>\n");
    }
    columns(writer, table);
    if !table.header.is_empty() {
        writer.html.raw("<thead>\n");
        rows(writer, table, &table.header);
        writer.html.raw("</thead>\n");
    }
    writer.html.raw("<tbody>\n");
    body_rows(writer, table);
    writer.html.raw("</tbody>\n</table>\n</div>\n");
}

fn caption_alone(writer: &mut Writer, table: &Table) {
    if !table.caption.is_empty() {
        writer.html.raw("<p>");
        writer.text(&table.caption);
        writer.html.raw("</p>\n");
    }
}

/// The widths as classes, in steps of five in the hundred: a style in an element would not be let through.
fn columns(writer: &mut Writer, table: &Table) {
    writer.html.raw("<colgroup>");
    for width in grid::widths(table, 20) {
        writer.html.raw("<col class=\"w").number(width.max(1) * 5).raw("\"/>");
    }
    writer.html.raw("</colgroup>\n");
}

fn rows(writer: &mut Writer, table: &Table, rows: &[Row]) {
    for (slots, of) in grid::lay_out(table, rows).zip(rows) {
        open_row(writer, of, "");
        row(writer, table, &slots, |_| Kind::NamesColumn);
    }
}

fn body_rows(writer: &mut Writer, table: &Table) {
    let kind = |slot: &Slot<'_>| match table.row_heads {
        RowHeads::FirstColumn if slot.column == 0 => Kind::NamesRow,
        _ => Kind::Data,
    };
    // A row that another reaches into cannot be left out.
    let can_leave_out = table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.rows <= 1);
    for (slots, of) in grid::lay_out(table, &table.rows).zip(&table.rows) {
        let same = writer.unchanged(|| !can_leave_out || is_marked(of));
        open_row(writer, of, same);
        row(writer, table, &slots, kind);
    }
}

fn is_marked(row: &Row) -> bool {
    let mut cells = row.cells.iter();
    !row.revisions.is_empty() || cells.any(|cell| !cell.revisions.is_empty() || are_marked(&cell.blocks))
}

fn open_row(writer: &mut Writer, row: &Row, class: &'static str) {
    let class = match row.revisions.first().map(|mark| mark.change) {
        Some(Change::Inserted) => " class=\"row-inserted\"",
        Some(Change::Deleted) => " class=\"row-deleted\"",
        Some(Change::MovedFrom) => " class=\"row-moved-from\"",
        Some(Change::MovedTo) => " class=\"row-moved-to\"",
        Some(Change::Formatted) | None => class,
    };
    writer.html.raw("<tr").raw(class);
    // An empty row has no words to carry the number of its change.
    if let Some(mark) = row.revisions.first().filter(|_| !row.cells.iter().any(|cell| are_marked(&cell.blocks))) {
        writer.html.raw(" id=\"change-").number(mark.number).raw("\"");
    }
    writer.html.raw(">");
}

fn row(writer: &mut Writer, table: &Table, slots: &[Slot<'_>], kind: impl Fn(&Slot<'_>) -> Kind) {
    for slot in slots {
        cell(writer, table, slot, kind(slot));
    }
    writer.html.raw("</tr>\n");
}

fn cell(writer: &mut Writer, table: &Table, slot: &Slot<'_>, kind: Kind) {
    let cell = match slot.content {
        Content::Cell(cell) => Some(cell),
        Content::Empty => None,
        Content::FromAbove => return,
    };
    let own = cell.and_then(|cell| cell.align);
    let align = own.or(table.columns.get(slot.column).map(|column| column.align)).unwrap_or_default();
    open_cell(writer, slot, kind, align);
    if let Some(cell) = cell {
        writer.first_marks(&cell.revisions);
        writer.within(&cell.blocks);
    }
    writer.html.raw(if kind == Kind::Data { "</td>" } else { "</th>" });
}

fn open_cell(writer: &mut Writer, slot: &Slot<'_>, kind: Kind, align: Align) {
    let span = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let html = &mut writer.html;
    html.raw(match kind {
        Kind::NamesColumn => "<th scope=\"col\"",
        Kind::NamesRow => "<th scope=\"row\"",
        Kind::Data => "<td",
    });
    if slot.columns > 1 {
        html.raw(" colspan=\"").number(span(slot.columns)).raw("\"");
    }
    if slot.rows > 1 {
        html.raw(" rowspan=\"").number(span(slot.rows)).raw("\"");
    }
    html.raw(match align {
        Align::Start => ">",
        Align::Centre => " class=\"centre\">",
        Align::End => " class=\"end\">",
    });
}
