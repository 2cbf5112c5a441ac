//! Values divided by commas, semicolons or tabs.

use std::iter::Peekable;
use std::str::Chars;

use super::{MOST_COLUMNS, SentError, SentTable, at_most};
use crate::document::sheet::csv::disarmed;

/// Reads separated values. A cell in quotation marks may hold separators, line breaks and quotation marks written twice.
pub(super) fn read(text: &str) -> Result<SentTable, SentError> {
    let (separator, skipped) = separator(text);
    let mut reader = Reader { rest: text.chars().peekable(), line: 1, separator };
    if skipped {
        reader.record()?;
    }
    let mut table = SentTable::default();
    while reader.rest.peek().is_some() {
        let line = reader.line;
        let cells = reader.record()?;
        table.push(line, cells)?;
    }
    Ok(table)
}

/// How many lines are looked at to find the separator; a title may stand above the names of the columns.
const LINES_LOOKED_AT: usize = 10;

/// The separator, and whether the first line does nothing but name it, as `sep=;` does. Otherwise it is the one that one
/// of the first lines has most of.
fn separator(text: &str) -> (char, bool) {
    let named = text.lines().next().and_then(|line| line.trim_end().strip_prefix("sep="));
    let mut named = named.unwrap_or_default().chars();
    if let (Some(named), None) = (named.next(), named.next()) {
        return (named, true);
    }
    let lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(LINES_LOOKED_AT);
    let counts = lines.flat_map(|line| [',', ';', '\t'].map(|separator| (count(line, separator), separator)));
    let most = counts.fold((0, ','), |most, found| if found.0 > most.0 { found } else { most });
    (most.1, false)
}

/// How often a character stands in a line outside quotation marks.
fn count(line: &str, separator: char) -> usize {
    line.split('"').step_by(2).map(|outside| outside.matches(separator).count()).sum()
}

struct Reader<'t> {
    rest: Peekable<Chars<'t>>,
    line: usize,
    separator: char,
}

impl Reader<'_> {
    /// The cells up to the end of the record.
    fn record(&mut self) -> Result<Vec<String>, SentError> {
        let mut cells = Vec::new();
        loop {
            let cell = self.cell()?;
            cells.push(disarmed(cell.trim()).to_owned());
            // Empty columns at the end of a row cost nothing; there may be thousands of them.
            if cells.len() > MOST_COLUMNS && cells.last().is_some_and(String::is_empty) {
                cells.pop();
            }
            at_most("the columns of a row", cells.len(), MOST_COLUMNS)?;
            match self.next() {
                Some(letter) if letter == self.separator => {}
                _ => return Ok(cells),
            }
        }
    }

    fn cell(&mut self) -> Result<String, SentError> {
        while self.rest.peek() == Some(&' ') {
            self.rest.next();
        }
        if self.rest.peek() == Some(&'"') { self.quoted() } else { Ok(self.plain()) }
    }

    fn plain(&mut self) -> String {
        let mut cell = String::new();
        while let Some(letter) = self.rest.next_if(|letter| *letter != self.separator && !matches!(letter, '\n' | '\r'))
        {
            cell.push(letter);
        }
        cell
    }

    fn quoted(&mut self) -> Result<String, SentError> {
        let (line, mut cell) = (self.line, String::new());
        self.rest.next();
        loop {
            match self.next() {
                Some('"') if self.rest.peek() == Some(&'"') => {
                    self.rest.next();
                    cell.push('"');
                }
                Some('"') => break,
                Some(letter) => cell.push(letter),
                None => return Err(SentError::Quotes { line, what: "a quotation mark is never closed" }),
            }
        }
        if self.plain().trim().is_empty() {
            return Ok(cell);
        }
        Err(SentError::Quotes { line: self.line, what: "something follows a closing quotation mark" })
    }

    /// The next character; every kind of line end counts as a line feed.
    fn next(&mut self) -> Option<char> {
        let letter = self.rest.next()?;
        if letter == '\r' {
            self.rest.next_if_eq(&'\n');
        }
        if !matches!(letter, '\n' | '\r') {
            return Some(letter);
        }
        self.line += 1;
        Some('\n')
    }
}
