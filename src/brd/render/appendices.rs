//! What stands behind the requirements: who may use what (R62), the terms, the references, the changes taken in (R59).

use super::{optional, text};
use crate::brd::model::{AccessRow, Brd};
use crate::brd::shape::{
    ABOUT_ACCESS, ABOUT_ALLOCATED, COMPONENTS, DATE, DATE_FORMAT, DOC_ID, DOMAIN, FIRST, FUNCTION, LAST, MEANING,
    NUMBER, OTHER_ROLES, REASON, ROLE, SERIAL, STATUS, TERM, TITLE, YES,
};
use crate::document::{Align, Block, Cell, Column, Document, Level, Row, Table};

pub(super) fn write(brd: &Brd, document: &mut Document) {
    if !(brd.roles.is_empty() && brd.access.is_empty()) {
        document.heading(Level::One, "Appendix A: Access by role");
        document.paragraph(ABOUT_ACCESS);
        document.table(roles(brd)).table(access(brd));
    }
    if !brd.glossary.is_empty() {
        document.heading(Level::One, "Appendix B: Glossary").table(glossary(brd));
    }
    if !brd.references.is_empty() {
        document.heading(Level::One, "Appendix C: References").table(references(brd));
    }
    if !brd.delta.is_empty() {
        document.heading(Level::One, "Appendix D: Delta reference").table(delta(brd));
    }
    if !brd.allocated_elsewhere.is_empty() {
        document.heading(Level::One, "Appendix E: Ids given out elsewhere");
        document.paragraph(ABOUT_ALLOCATED);
        document.table(allocated(brd));
    }
}

fn roles(brd: &Brd) -> Table {
    let rows = (1..).zip(&brd.roles).map(|(number, role): (u32, _)| Row::of([number.to_string(), role.to_string()]));
    Table::new([(NUMBER, 1), (ROLE, 9)]).with_row_heads().rows(rows)
}

/// The matrix has a column for each role, headed by its number in the list of roles; roles that are not in that list
/// have a column together, which is there only when a row needs it: the last cell of a row is not shown without it.
fn access(brd: &Brd) -> Table {
    let others = brd.access.iter().any(|row| others(brd, row).next().is_some());
    let numbers = (1..=brd.roles.len()).map(|number| (number.to_string(), 2));
    let fixed = [(DOMAIN, 5), (FUNCTION, 8), (COMPONENTS, 14)].map(|(name, width)| (name.to_owned(), width));
    let last = others.then(|| (OTHER_ROLES.to_owned(), 5));
    let mut table = Table::new(fixed.into_iter().chain(numbers).chain(last));
    for column in table.columns.iter_mut().skip(3).take(brd.roles.len()) {
        *column = Column { align: Align::Centre, ..*column };
    }
    table.rows(brd.access.iter().map(|row| access_row(brd, row)))
}

fn access_row(brd: &Brd, row: &AccessRow) -> Row {
    let marks = brd.roles.iter().map(|role| text(if row.roles.contains(role) { YES } else { "" }));
    let components = row.components.iter().map(|id| Block::paragraph(id.to_string()));
    let fixed = [optional(row.domain), text(row.name.as_str()), Cell::of(components)];
    Row::of(fixed.into_iter().chain(marks).chain([Cell::of(others(brd, row))]))
}

/// The roles of a row that are not in the list of roles, each as a paragraph.
fn others(brd: &Brd, row: &AccessRow) -> impl Iterator<Item = Block> {
    let others = row.roles.iter().filter(|role| !brd.roles.contains(role));
    others.map(|role| Block::paragraph(role.as_str())).collect::<Vec<_>>().into_iter()
}

fn glossary(brd: &Brd) -> Table {
    let rows = brd
        .glossary
        .iter()
        .map(|term| Row::of([text(term.serial.to_string()), text(term.term.as_str()), Cell::of(term.text.blocks())]));
    Table::new([(SERIAL, 2), (TERM, 6), (MEANING, 12)]).rows(rows)
}

fn references(brd: &Brd) -> Table {
    let rows = brd.references.iter().map(|entry| Row::of([text(entry.serial.to_string()), text(entry.title.as_str())]));
    Table::new([(SERIAL, 1), (TITLE, 9)]).rows(rows)
}

fn delta(brd: &Brd) -> Table {
    let rows = brd.delta.iter().map(|entry| {
        Row::of([
            optional(entry.serial),
            text(entry.doc_id.as_str()),
            text(entry.title.as_str()),
            optional(entry.date.map(|date| date.format(DATE_FORMAT))),
            text(entry.status.as_str()),
        ])
    });
    Table::new([(SERIAL, 2), (DOC_ID, 4), (TITLE, 8), (DATE, 4), (STATUS, 3)]).rows(rows)
}

fn allocated(brd: &Brd) -> Table {
    let rows = brd.allocated_elsewhere.iter().map(|allocated| {
        let (first, last) = (allocated.first.to_string(), allocated.last.to_string());
        Row::of([text(first), text(last), text(allocated.reason.as_str())])
    });
    Table::new([(FIRST, 3), (LAST, 3), (REASON, 14)]).rows(rows)
}
