//! Tables of values, for spreadsheets and other programs.

mod csv;
mod names;
mod read;
mod workbook;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use csv::to_csv;
pub use read::{MOST_BYTES, SentError, SentRow, SentTable, read_table};
pub use workbook::to_xlsx;

/// A table of values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// What the sheet is called. A workbook shortens it to what a sheet may be called, and keeps names apart.
    pub name: String,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows below.
    pub rows: Vec<Vec<Value>>,
}

/// What stands in a cell of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Text, and never a formula whatever it begins with.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// An amount of money in pence, shown in pounds.
    Pence(i64),
    /// A date.
    Date(NaiveDate),
    /// Nothing.
    Empty,
}

impl Sheet {
    /// A sheet with a header and no rows yet.
    pub fn new<S: Into<String>>(name: impl Into<String>, header: impl IntoIterator<Item = S>) -> Self {
        Self { name: name.into(), header: header.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        self.rows.push(values.into_iter().map(Into::into).collect());
        self
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

/// Pence as pounds with two decimals, such as `-0.05`.
fn pounds(pence: i64) -> String {
    let sign = if pence < 0 { "-" } else { "" };
    let pence = pence.unsigned_abs();
    format!("{sign}{}.{:02}", pence / 100, pence % 100)
}

#[cfg(test)]
mod tests {
    use super::pounds;

    #[test]
    fn pence_are_shown_in_pounds() {
        let shown = [0, 5, -5, 123_456, i64::MIN].map(pounds);
        assert_eq!(shown, ["0.00", "0.05", "-0.05", "1234.56", "-92233720368547758.08"]);
    }
}
