//! Office Open XML workbooks (`.xlsx`).

use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{MOST_COLUMNS, MOST_ROWS, SentError, SentTable, at_most};
use crate::document::ooxml::{Limits, ReadError, check_package};

/// Room for the most rows of long text there may be, and for nothing that would fill the memory of a small server.
const LIMITS: Limits =
    Limits { entries: 1_000, part: 64 << 20, total: 96 << 20, ratio: 200, ratio_from: 8 << 20, nodes: 0, depth: 0 };

/// The furthest row looked at; empty ones may stand between those that hold something.
const LAST_ROW: usize = 10 * MOST_ROWS;

/// Reads the first visible sheet.
pub(super) fn read(bytes: &[u8]) -> Result<SentTable, SentError> {
    check_package(bytes, &LIMITS).map_err(refused)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let visible =
        |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet;
    let mut names = book.sheets_metadata().iter().filter(visible).map(|sheet| sheet.name.clone());
    let name = names.next().ok_or(SentError::Empty)?;
    let aside: Vec<_> = names.map(|name| format!("the sheet {name:?} was not read; only the first one is")).collect();
    let mut table = sheet(&mut book, &name)?;
    table.notes = aside;
    Ok(table)
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<SentTable, SentError> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| unreadable(&error))?;
    let mut table = SentTable::default();
    let (mut current, mut row): (usize, Vec<String>) = (0, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(|error| unreadable(&error))? {
        let (line, column) = cell.get_position();
        let (line, column) = (place(line), place(column));
        let text = shown(cell.get_value(), line, column)?;
        if text.is_empty() {
            continue;
        }
        at_most("the furthest row", line, LAST_ROW)?;
        at_most("the columns of a row", column, MOST_COLUMNS)?;
        if line != current {
            table.push(current, std::mem::take(&mut row))?;
            current = line;
        }
        row.resize(row.len().max(column), String::new());
        if let Some(cell) = row.get_mut(column - 1) {
            *cell = text;
        }
    }
    table.push(current, row)?;
    Ok(table)
}

/// A row or column counted from 1.
fn place(counted_from_0: u32) -> usize {
    usize::try_from(counted_from_0).unwrap_or(usize::MAX).saturating_add(1)
}

/// What a reader sees in a cell, as far as a list of words and numbers goes.
fn shown(value: &DataRef<'_>, row: usize, column: usize) -> Result<String, SentError> {
    Ok(match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(true) => "yes".to_owned(),
        DataRef::Bool(false) => "no".to_owned(),
        DataRef::DateTime(date) => date.as_f64().to_string(),
        DataRef::Error(error) => return Err(SentError::Formula { row, column, error: error.to_string() }),
        DataRef::Empty => String::new(),
    })
}

fn refused(error: ReadError) -> SentError {
    let unreadable = |reason: &str| SentError::Unreadable { reason: reason.to_owned() };
    match error {
        ReadError::ProtectedOrOld | ReadError::ProtectedPart { .. } => SentError::ProtectedOrOld,
        ReadError::TooLarge { what, found, limit } => {
            SentError::Unreadable { reason: format!("{what} is {found}, and may be {limit}") }
        }
        ReadError::BadName { name, reason } => SentError::Unreadable { reason: format!("`{name}` {reason}") },
        _ => unreadable("it is damaged or cut short"),
    }
}

fn unreadable(error: &XlsxError) -> SentError {
    SentError::Unreadable { reason: error.to_string() }
}
