//! A sheet as comma-separated values.

use super::{Sheet, Value, pounds};
use crate::document::markup::legible;

/// What makes a spreadsheet take text for a formula when a cell begins with it.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// Writes a sheet as comma-separated values (RFC 4180) in UTF-8, the header first.
///
/// Text that a spreadsheet would run as a formula gets an apostrophe before it, also where it begins with one already, so
/// that reading takes away exactly what writing added. Nothing else is altered but line ends, which become line feeds,
/// and control characters, which show as replacement characters. Dates are written as `2026-02-06`, amounts in pounds
/// as `1234.56`.
pub fn to_csv(sheet: &Sheet) -> String {
    let mut text = String::new();
    line(&mut text, sheet.header.iter().map(|name| safe(name)));
    for row in &sheet.rows {
        line(&mut text, row.iter().map(shown));
    }
    text
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (number, cell) in cells.enumerate() {
        if number > 0 {
            text.push(',');
        }
        quote(text, &cell);
    }
    text.push_str("\r\n");
}

fn quote(text: &mut String, cell: &str) {
    let plain = !cell.contains(['"', ',', '\n', '\r']) && cell.trim() == cell;
    if plain {
        text.push_str(cell);
    } else {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => safe(text),
        Value::Whole(number) => number.to_string(),
        Value::Pence(pence) => pounds(*pence),
        Value::Date(date) => date.format("%Y-%m-%d").to_string(),
        Value::Empty => String::new(),
    }
}

fn safe(text: &str) -> String {
    let clean = legible(text);
    if is_armed(text) { format!("'{clean}") } else { clean }
}

/// Whether a spreadsheet would take text for a formula, or for one that was disarmed.
fn is_armed(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// Text as it was before [`to_csv`] disarmed it.
pub(super) fn disarmed(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_armed(rest)).unwrap_or(text)
}
