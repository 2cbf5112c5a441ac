//! Packing the parts of a file, with the same bytes on any day and any machine.

use std::io::{Cursor, Write as _};

use chrono::{Datelike as _, NaiveDate};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::document::error::WriteError;

/// Packs parts in the order given. Each carries midnight of `date` as its time.
pub(super) fn pack<'a>(
    date: NaiveDate,
    parts: impl Iterator<Item = (String, &'a [u8])>,
) -> Result<Vec<u8>, WriteError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(stamp(date))
        .unix_permissions(0o644);
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        package.start_file(name, options).map_err(|error| WriteError::package(&error))?;
        package.write_all(bytes).map_err(|error| WriteError::package(&error))?;
    }
    Ok(package.finish().map_err(|error| WriteError::package(&error))?.into_inner())
}

/// The stamp of a date; a zip begins in 1980 and ends in 2107, and other years carry its first day.
fn stamp(date: NaiveDate) -> DateTime {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(date.year()).unwrap_or_default();
    DateTime::from_date_and_time(year, part(date.month()), part(date.day()), 0, 0, 0).unwrap_or_default()
}
