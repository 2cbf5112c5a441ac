//! A maildir: a folder in which another program puts each message as a file of its own.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// What a message is marked with once it has been dealt with: seen.
const SEEN: &str = ":2,S";

/// A maildir in which mail arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maildir(PathBuf);

impl Maildir {
    /// The maildir at `folder`, which has the folders `new` and `cur`.
    ///
    /// # Errors
    ///
    /// It has not.
    pub fn open(folder: &Path) -> io::Result<Self> {
        for part in ["new", "cur"] {
            if !folder.join(part).is_dir() {
                let what = format!("{}: a maildir has a folder `{part}`, and this has none", folder.display());
                return Err(io::Error::new(io::ErrorKind::NotFound, what));
            }
        }
        Ok(Self(folder.to_path_buf()))
    }

    /// The messages that have not been dealt with, by name, which is by time of arrival.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn waiting(&self) -> io::Result<Vec<PathBuf>> {
        let entries = std::fs::read_dir(self.0.join("new"))?;
        let mut found: Vec<PathBuf> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        found.retain(|path| path.is_file());
        found.sort();
        Ok(found)
    }

    /// The bytes of a message.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn read(&self, message: &Path) -> io::Result<Vec<u8>> {
        #[expect(clippy::disallowed_methods, reason = "a maildir is read from its folder")]
        std::fs::read(message)
    }

    /// Moves a message to those that have been dealt with. Nothing is ever deleted.
    ///
    /// # Errors
    ///
    /// The file cannot be moved; it is then read again, and known.
    pub fn put_away(&self, message: &Path) -> io::Result<()> {
        let mut name: OsString = message.file_name().unwrap_or_default().to_owned();
        name.push(SEEN);
        std::fs::rename(message, self.0.join("cur").join(name))
    }
}
