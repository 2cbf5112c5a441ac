//! The one door to the engine that all of these tests go through.

use chrono::{TimeZone, Utc};
use quorate::redline::docx::{self, Existing, Options};

/// The author of every change.
pub(crate) const AUTHOR: &str = "SIP-0007";

/// The instant of every change, as a file gives it.
pub(crate) const DATE: &str = "2026-03-02T09:30:00Z";

/// A redline, and how many changes are reported.
#[derive(Debug)]
pub(crate) struct Redlined {
    pub(crate) docx: Vec<u8>,
    pub(crate) changes: usize,
}

/// A redline of two files without tracked changes; files with some are refused.
pub(crate) fn redline(old: &[u8], new: &[u8]) -> Result<Redlined, String> {
    with(Existing::Refuse, old, new)
}

/// A redline of two files as they are with all of their changes accepted.
pub(crate) fn redline_accepting(old: &[u8], new: &[u8]) -> Result<Redlined, String> {
    with(Existing::Accept, old, new)
}

/// A redline of two files as they were before any of their changes.
pub(crate) fn redline_rejecting(old: &[u8], new: &[u8]) -> Result<Redlined, String> {
    with(Existing::Reject, old, new)
}

fn with(existing: Existing, old: &[u8], new: &[u8]) -> Result<Redlined, String> {
    let date = Utc.with_ymd_and_hms(2026, 3, 2, 9, 30, 0).unwrap();
    let options = Options { author: AUTHOR.to_owned(), date, existing, attribution: Vec::new() };
    let redline = docx::redline(old, new, &options).map_err(|error| error.to_string())?;
    let all = redline.summary.all;
    let changes = [
        all.insertions,
        all.deletions,
        all.moves,
        all.formatting,
        all.rows_inserted,
        all.rows_deleted,
        all.words_inserted,
        all.words_deleted,
    ];
    Ok(Redlined { docx: redline.docx, changes: changes.iter().sum() })
}
