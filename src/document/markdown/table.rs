//! Tables of Markdown: one line for each row.

use super::escape::{self, Place};
use super::inline::{self, Notes};
use crate::document::counting::{letters, roman};
use crate::document::grid::{self, Content, Slot};
use crate::document::table::{Align, Row, Table};
use crate::document::tree::{Block, List, ListKind};

/// The lines of a table, with its caption as a paragraph before it.
pub(super) fn lines(table: &Table, notes: &mut Notes) -> Vec<String> {
    let mut lines = Vec::new();
    if !table.caption.is_empty() {
        lines.push(escape::edges(&inline::write(&table.caption, Place::Heading, notes)));
    }
    if table.columns.is_empty() {
        return lines;
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let (head, more) = match table.header.split_first() {
        Some((head, more)) => (rows(table, std::slice::from_ref(head), notes), more),
        None => (vec![line(table.columns.iter().map(|_| String::new()))], &[][..]),
    };
    lines.extend(head);
    lines.push(line(table.columns.iter().map(|column| {
        let rule = match column.align {
            Align::Start => "---",
            Align::Centre => ":-:",
            Align::End => "--:",
        };
        rule.to_owned()
    })));
    lines.extend(rows(table, more, notes));
    lines.extend(rows(table, &table.rows, notes));
    lines
}

fn rows(table: &Table, rows: &[Row], notes: &mut Notes) -> Vec<String> {
    let slots = grid::lay_out(table, rows);
    slots.map(|slots| line(slots.iter().flat_map(|slot| cells(slot, notes)).collect::<Vec<_>>().into_iter())).collect()
}

/// A cell, and an empty one for each further column that it spans.
fn cells(slot: &Slot<'_>, notes: &mut Notes) -> Vec<String> {
    let first = match slot.content {
        Content::Cell(cell) => within(&cell.blocks, notes),
        Content::FromAbove | Content::Empty => String::new(),
    };
    let mut cells = vec![String::new(); slot.columns.max(1)];
    if let Some(cell) = cells.first_mut() {
        *cell = first;
    }
    cells
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let mut line = String::from("|");
    for cell in cells {
        line.extend([" ", &cell, " |"]);
    }
    line
}

/// What a cell holds, in one line.
fn within(blocks: &[Block], notes: &mut Notes) -> String {
    blocks.iter().map(|block| one_line(block, notes)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("<br>")
}

fn one_line(block: &Block, notes: &mut Notes) -> String {
    let text = match block {
        Block::Heading(heading) => inline::write(&heading.text, Place::Cell, notes),
        Block::Paragraph(paragraph) => inline::write(&paragraph.text, Place::Cell, notes),
        Block::List(list) => return items(list, notes),
        Block::Table(table) => {
            let cells = table.header.iter().chain(&table.rows).map(|row| {
                let cells = row.cells.iter().map(|cell| within(&cell.blocks, notes));
                cells.collect::<Vec<_>>().join("; ")
            });
            return cells.collect::<Vec<_>>().join("<br>");
        }
        Block::Contents | Block::PageBreak => String::new(),
    };
    escape::edges(&text)
}

fn items(list: &List, notes: &mut Notes) -> String {
    let items = (list.start.max(1)..).zip(&list.items).map(|(number, item)| {
        let mark = match list.kind {
            ListKind::Bullets => "•".to_owned(),
            ListKind::Numbers => format!("{number}."),
            ListKind::Letters => format!("{}.", letters(number)),
            ListKind::Romans => format!("{}.", roman(number)),
        };
        format!("{mark} {}", within(&item.blocks, notes))
    });
    items.collect::<Vec<_>>().join("<br>")
}
