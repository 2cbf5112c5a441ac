//! Tables that people send: comma-separated values and workbooks, read as rows of text.
//!
//! Nothing is taken on trust: sizes are bounded before anything is unpacked, and a formula counts for the value last
//! saved with it.

mod decode;
mod separated;
mod workbook;

use thiserror::Error;

/// The most bytes of a file.
pub const MOST_BYTES: usize = 5 << 20;
/// The most rows that hold anything.
pub(super) const MOST_ROWS: usize = 10_000;
/// The most columns.
pub(super) const MOST_COLUMNS: usize = 100;

/// The first bytes of a zip, and so of a workbook.
const ZIP: &[u8] = b"PK";
/// The first bytes of a compound file: a workbook under a password, or one of before 2007.
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// A table as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SentTable {
    /// The rows that hold anything, in their order.
    pub rows: Vec<SentRow>,
    /// What was left aside, in words.
    pub notes: Vec<String>,
}

/// A row as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentRow {
    /// The line of the file it begins on, or the row of the sheet, counted from 1.
    pub line: usize,
    /// What stands in its cells, without the spaces around it.
    pub cells: Vec<String>,
}

/// Why a table could not be read, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SentError {
    /// There is more than is read at once.
    #[error("{what}: {found}, and at most {limit} are read at once; send it in parts")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much there is, or how far it was counted.
        found: usize,
        /// How much there may be.
        limit: usize,
    },
    /// There is nothing in it.
    #[error("there is nothing in it; write a row that names the columns, and a row for each entry")]
    Empty,
    /// Protected by a password, or of before 2007.
    #[error("this is protected by a password, or an old .xls file; save it as .xlsx or .csv without a password")]
    ProtectedOrOld,
    /// Neither a workbook nor text.
    #[error("this is neither a workbook nor text ({reason}); save it as .xlsx, or as .csv in UTF-8")]
    Unreadable {
        /// What was found instead.
        reason: String,
    },
    /// Quotation marks are not in pairs.
    #[error("line {line}: {what}; put quotation marks around the whole cell, and write each one inside it twice")]
    Quotes {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// A cell holds the error of a formula.
    #[error("row {row}, column {column}: the formula there gives {error}; mend it, or write the value itself")]
    Formula {
        /// The row, counted from 1.
        row: usize,
        /// The column, counted from 1.
        column: usize,
        /// What it gives.
        error: String,
    },
}

/// Reads a table, whatever it is: an `.xlsx` workbook, or values divided by commas, semicolons or tabs, in UTF-8, UTF-16
/// or Windows-1252. Rows without anything in them are left out. Of a workbook, the first visible sheet is read.
///
/// # Errors
///
/// [`SentError`], with the line where there is one.
pub fn read_table(bytes: &[u8]) -> Result<SentTable, SentError> {
    at_most("its size in bytes", bytes.len(), MOST_BYTES)?;
    let table = if bytes.starts_with(&COMPOUND) {
        return Err(SentError::ProtectedOrOld);
    } else if bytes.starts_with(ZIP) {
        workbook::read(bytes)?
    } else {
        separated::read(&decode::text(bytes)?)?
    };
    if table.rows.is_empty() { Err(SentError::Empty) } else { Ok(table) }
}

fn at_most(what: &'static str, found: usize, limit: usize) -> Result<(), SentError> {
    if found > limit { Err(SentError::TooLarge { what, found, limit }) } else { Ok(()) }
}

impl SentTable {
    /// Adds a row, unless there is nothing in it.
    fn push(&mut self, line: usize, cells: Vec<String>) -> Result<(), SentError> {
        if cells.iter().all(String::is_empty) {
            return Ok(());
        }
        at_most("the columns of a row", cells.len(), MOST_COLUMNS)?;
        at_most("the rows", self.rows.len() + 1, MOST_ROWS + 1)?;
        self.rows.push(SentRow { line, cells });
        Ok(())
    }
}
