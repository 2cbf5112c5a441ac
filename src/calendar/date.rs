//! Dates as people write them to Quorate: `YYYY-MM-DD` and nothing else.

use chrono::{Datelike, NaiveDate};

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text is not of the form `YYYY-MM-DD`.
    #[error("{text:?} is not a date: write it as YYYY-MM-DD, for example 2025-02-28")]
    NotIso {
        /// The text, cut short if it is long.
        text: String,
    },
    /// There are only twelve months.
    #[error("{text} is not a date: there is no month {month:02}, only 01 to 12")]
    NoSuchMonth {
        /// The text.
        text: String,
        /// The month it names.
        month: u32,
    },
    /// The month has no such day.
    #[error("{text} is not a date: that month has the days 01 to {days}")]
    NoSuchDay {
        /// The text.
        text: String,
        /// How many days the month has.
        days: u32,
    },
}

/// Reads a date written `YYYY-MM-DD`.
///
/// # Errors
///
/// [`DateError`] if the text has another form or names a day that does not exist.
pub fn parse_date(text: &str) -> Result<NaiveDate, DateError> {
    let (year, month, day) = parts(text).ok_or_else(|| DateError::NotIso { text: text.chars().take(40).collect() })?;
    let year_signed = i32::try_from(year).unwrap_or(i32::MAX);
    NaiveDate::from_ymd_opt(year_signed, month, day).ok_or_else(|| no_such(text, year_signed, month))
}

fn parts(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let day = digits(parts.next()?, 2)?;
    parts.next().is_none().then_some((year, month, day))
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn no_such(text: &str, year: i32, month: u32) -> DateError {
    let text = text.to_owned();
    match NaiveDate::from_ymd_opt(year, month, 1) {
        Some(first) => DateError::NoSuchDay { text, days: u32::from(first.num_days_in_month()) },
        None => DateError::NoSuchMonth { text, month },
    }
}
