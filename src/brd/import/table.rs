//! Tables: their header, whichever rows it stands in, and what kind of table it makes them.

use super::columns::{Column, is_fact, of_header};
use super::fields::plain;
use super::grid::{self, Slot};
use super::titles::title_row;
use super::walk::Walk;
use super::{items, lists};
use crate::brd::item::ItemId;
use crate::document::{Block, Table};

/// A row with the names of its columns.
pub(super) struct Record<'a> {
    columns: &'a [Column],
    slots: &'a [Slot<'a>],
}

impl<'a> Record<'a> {
    /// The place in a column.
    pub(super) fn slot(&self, column: &Column) -> Option<&'a Slot<'a>> {
        self.slots.get(self.columns.iter().position(|other| other == column)?)
    }

    /// The words in a column; empty where there is no such column.
    pub(super) fn plain(&self, column: &Column) -> String {
        self.slot(column).map(Slot::plain).unwrap_or_default()
    }

    /// What stands in a column, without what goes on from the row above.
    pub(super) fn blocks(&self, column: &Column) -> &'a [Block] {
        self.slot(column).map_or(&[], Slot::own_blocks)
    }

    /// The columns with their places.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'a Column, &'a Slot<'a>)> + use<'a> {
        self.columns.iter().zip(self.slots)
    }

    /// The names of the columns that are none of the known ones.
    pub(super) fn others(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.columns.iter().filter_map(|column| match column {
            Column::Other(name) if !name.is_empty() => Some(name.as_str()),
            _ => None,
        })
    }

    fn has(&self, column: &Column) -> bool {
        self.columns.contains(column)
    }
}

/// Reads a table into the baseline.
pub(super) fn read(walk: &mut Walk, table: &Table) {
    let rows = grid::rows(table);
    if facts(walk, &rows) {
        return;
    }
    let width = rows.first().map_or(0, Vec::len);
    let mut columns = if walk.columns.len() == width { std::mem::take(&mut walk.columns) } else { Vec::new() };
    let (mut understood, mut named) = (!columns.is_empty(), false);
    for row in &rows {
        walk.place.next_row();
        if let Some(header) = of_header(row).filter(|header| !named || *header == columns) {
            columns = header;
            (understood, named) = (true, true);
        } else if title_row(walk, row, &columns) {
            understood = true;
        } else if !columns.is_empty() {
            record(walk, &Record { columns: &columns, slots: row });
        }
    }
    if understood {
        walk.open = None;
        walk.columns = columns;
    } else if walk.open.is_some() {
        walk.text(&Block::Table(table.clone()));
    } else {
        walk.place.whole_table();
        walk.not_understood("this table has no columns that are known", "Name its columns as the live document does.");
    }
}

/// A table of names and values: facts of the document, or of the requirement whose heading is open.
fn facts(walk: &mut Walk, rows: &[Vec<Slot<'_>>]) -> bool {
    let pairs: Vec<(String, &Slot<'_>)> = rows
        .iter()
        .filter_map(|row| match row.as_slice() {
            [name, value] => Some((name.plain(), value)),
            _ => None,
        })
        .collect();
    if pairs.len() < rows.len() || pairs.is_empty() {
        return false;
    }
    let of_requirement = matches!(walk.open, Some(ItemId::Requirement(_)));
    if of_requirement && pairs.iter().all(|(name, _)| !matches!(Column::named(name), Column::Other(_))) {
        let columns: Vec<Column> = pairs.iter().map(|(name, _)| Column::named(name)).collect();
        let slots: Vec<Slot<'_>> = pairs.iter().map(|(_, slot)| **slot).collect();
        items::of_open(walk, &Record { columns: &columns, slots: &slots });
        return true;
    }
    let of_document = pairs.iter().all(|(name, _)| is_fact(name));
    if of_document {
        for (name, slot) in &pairs {
            lists::fact(walk, name, &plain(slot.blocks()));
        }
    }
    of_document
}

/// One row of a table with known columns.
fn record(walk: &mut Walk, record: &Record<'_>) {
    if record.slots.iter().all(|slot| slot.plain().is_empty()) {
        return;
    }
    match () {
        () if record.has(&Column::Id) => items::row(walk, record),
        () if record.has(&Column::FirstId) => lists::allocated(walk, record),
        () if record.has(&Column::Component) => lists::access(walk, record),
        () if record.has(&Column::Role) => lists::role(walk, record),
        () if record.has(&Column::Term) => lists::term(walk, record),
        () if record.has(&Column::DocId) => lists::delta(walk, record),
        () if record.has(&Column::Title) => lists::reference(walk, record),
        () => walk.not_understood("this row has neither an id nor a term", "Give the table a column of ids."),
    }
}
