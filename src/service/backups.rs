//! Copies of the database: one by hand, and one every night of which the last are kept.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Serialize;

use super::app::App;
use super::error::ServiceError;
use crate::store::{self, Head, Store};

/// What the name of every nightly copy begins with; its London date follows.
const PREFIX: &str = "quorate-";
/// What it ends with.
const SUFFIX: &str = ".db";

/// Where nightly copies go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    /// The folder; it must be there.
    pub folder: PathBuf,
    /// How many are kept.
    pub keep: NonZeroUsize,
}

/// A copy that was made and proved whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Backup {
    /// Where it is.
    pub file: PathBuf,
    /// How many journal entries are in it.
    pub entries: i64,
    /// The hash of the last of them.
    pub head: String,
}

/// Copies the database at `url`, which may be in use, into a file that must not be there yet, and proves the copy whole.
///
/// # Errors
///
/// The database cannot be read, the file is there already or cannot be written, or the copy is not whole; no file is
/// left then.
pub async fn back_up(url: &str, file: &Path) -> Result<Backup, ServiceError> {
    let store = Store::open(url).await?;
    let head = store.back_up(file).await;
    store.close().await?;
    Ok(made(file, head?))
}

fn made(file: &Path, head: Head) -> Backup {
    Backup { file: file.to_owned(), entries: head.seq, head: head.hash.to_string() }
}

/// Makes the copy of a London date, where there is none yet, removes those beyond the number kept, and says so.
pub(super) async fn nightly(app: &App, backups: &Backups, on: NaiveDate) -> Result<String, ServiceError> {
    let file = backups.folder.join(name_of(on));
    let (copy, how) = if file.exists() {
        // The node that made it came to its end before it could say so.
        (made(&file, app.store.prove_copy(&file).await?), "was there already")
    } else {
        (made(&file, app.store.back_up(&file).await?), "made")
    };
    let removed = remove_older(backups, on)?;
    let (entries, head) = (copy.entries, copy.head.get(..12).unwrap_or_default());
    let kept = if removed == 0 { String::new() } else { format!("; {removed} of before removed") };
    Ok(format!("{} {how} and proved: {entries} journal entries, head {head}{kept}", name_of(on)))
}

fn name_of(on: NaiveDate) -> String {
    format!("{PREFIX}{on}{SUFFIX}")
}

/// The London date of a nightly copy, by the name of its file; nothing for any other file.
fn date_of(name: &str) -> Option<NaiveDate> {
    let date = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.parse().ok()?;
    (name_of(date) == name).then_some(date)
}

/// Removes the oldest copies beyond the number kept, never that of `on` or later.
fn remove_older(backups: &Backups, on: NaiveDate) -> Result<usize, ServiceError> {
    let names = store::files_in(&backups.folder)?;
    let mut dates: Vec<NaiveDate> = names.iter().filter_map(|name| date_of(name)).collect();
    dates.sort_unstable();
    let beyond = dates.len().saturating_sub(backups.keep.get());
    let old: Vec<_> = dates.into_iter().take(beyond).filter(|date| *date < on).collect();
    for date in &old {
        store::remove_file(&backups.folder.join(name_of(*date)))?;
    }
    Ok(old.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_named_as_nightly_copies_are_taken_for_them() {
        assert_eq!(date_of("quorate-2026-11-23.db"), NaiveDate::from_ymd_opt(2026, 11, 23));
        for other in [
            "quorate-2026-11-23.db.part",
            "quorate-2026-11-2.db",
            "quorate-2026-02-30.db",
            "quorate-.db",
            "quorate-2026-11-23-before-upgrade.db",
            "Quorate-2026-11-23.db",
            "quorate.db",
        ] {
            assert_eq!(date_of(other), None, "{other}");
        }
    }
}
