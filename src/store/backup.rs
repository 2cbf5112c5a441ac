//! Copies of a database in use, and the proof that a copy is whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use super::address::{Address, Kind, connect};
use super::connection::{Source, Store};
use super::entries::{journal_head, journal_range, verify_journal};
use super::error::StoreError;
use super::journal::Head;

impl Store {
    /// Copies everything committed at one moment into `file` and proves the copy whole; reading and writing go on beside
    /// it. The file appears once it is whole; one that is there is never written over. Gives the head of its journal.
    ///
    /// # Errors
    /// [`StoreError::Backup`] when the file is there or cannot be written, or the database is in memory; [`StoreError::Full`]; or as
    /// [`prove_copy`](Self::prove_copy). No file is left then.
    pub async fn back_up(&self, file: &Path) -> Result<Head, StoreError> {
        if self.address.kind == Kind::Memory {
            return Err(not_made(
                file,
                io::Error::other("a database in memory is gone when it is closed; copy a file"),
            ));
        }
        if file.exists() {
            return Err(not_made(file, io::ErrorKind::AlreadyExists.into()));
        }
        let part = reserve(file)?;
        let made = self.make(&part, file).await;
        if made.is_err() {
            let _ = fs::remove_file(&part);
        }
        made
    }

    async fn make(&self, part: &Path, file: &Path) -> Result<Head, StoreError> {
        self.copy_into(part).await?;
        let head = self.prove_copy(part).await?;
        publish(part, file).map_err(|error| not_made(file, error))?;
        Ok(head)
    }

    /// Writes the copy into an empty file.
    async fn copy_into(&self, file: &Path) -> Result<(), StoreError> {
        let name = file.to_str().ok_or_else(|| not_made(file, io::ErrorKind::InvalidFilename.into()))?;
        let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [Value::from(name)]);
        // A connection of its own: those that read refuse to write, into whatever file.
        let apart = connect(1, self.address.writer_options().create_if_missing(false)).await?;
        let done = apart.execute_raw(copy).await;
        apart.close().await?;
        done?;
        Ok(())
    }

    /// Proves that a file is a whole copy of this database: nothing in it is damaged, every hash of its journal holds,
    /// and its journal is the beginning of this one. Gives the head of its journal.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] or [`StoreError::Journal`] when it is not whole; [`StoreError::NotACopy`] when it is of
    /// another database; or why it cannot be opened.
    pub async fn prove_copy(&self, file: &Path) -> Result<Head, StoreError> {
        let copy = Self::open_address(&Address::of_copy(file)).await?;
        let proved = self.prove(&copy).await;
        copy.close().await?;
        proved
    }

    async fn prove(&self, copy: &Self) -> Result<Head, StoreError> {
        copy.integrity_check().await?;
        let head = verify_journal(copy).await?;
        if head == head_at(self, head.seq).await? {
            return Ok(head);
        }
        let here = journal_head(self).await?;
        Err(StoreError::NotACopy { file: copy.address.url.clone(), entries: head.seq, here: here.seq })
    }
}

/// Where the journal stood after an entry.
async fn head_at(source: &impl Source, seq: i64) -> Result<Head, StoreError> {
    let entry = journal_range(source, seq - 1, 1).await?;
    Ok(entry.first().filter(|entry| entry.seq == seq).map_or(Head::EMPTY, super::journal::Entry::head))
}

/// An empty file beside `file`, for nobody else to read, under a name that no other copy has.
fn reserve(file: &Path) -> Result<PathBuf, StoreError> {
    let mut number = [0; 8];
    getrandom::fill(&mut number).map_err(|error| not_made(file, io::Error::other(error)))?;
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{:016x}.part", u64::from_le_bytes(number)));
    let part = file.with_file_name(name);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&part).map_err(|error| not_made(file, error))?;
    Ok(part)
}

/// Gives a whole copy its name, for good, unless that is taken.
fn publish(part: &Path, file: &Path) -> io::Result<()> {
    fs::OpenOptions::new().read(true).open(part)?.sync_all()?;
    match fs::hard_link(part, file) {
        Ok(()) => fs::remove_file(part)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists || file.exists() => return Err(error),
        // A file system without links.
        Err(_) => fs::rename(part, file)?,
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::OpenOptions::new().read(true).open(folder)?.sync_all()
}

/// The names of the files in a folder.
///
/// # Errors
/// [`StoreError::Backup`] when it cannot be read.
pub fn files_in(folder: &Path) -> Result<Vec<String>, StoreError> {
    let names = |entries: fs::ReadDir| -> io::Result<Vec<String>> {
        let names = entries.map(|entry| Ok(entry?.file_name().into_string().ok()));
        names.filter_map(Result::transpose).collect()
    };
    fs::read_dir(folder).and_then(names).map_err(|error| not_made(folder, error))
}

/// Removes a file.
///
/// # Errors
/// [`StoreError::Backup`] when it cannot be removed.
pub fn remove_file(file: &Path) -> Result<(), StoreError> {
    fs::remove_file(file).map_err(|error| not_made(file, error))
}

fn not_made(file: &Path, cause: io::Error) -> StoreError {
    StoreError::Backup { file: file.display().to_string(), cause }
}
