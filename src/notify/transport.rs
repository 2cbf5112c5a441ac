//! Where messages go.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use lettre::Message;
use thiserror::Error;

/// Where messages go.
#[derive(Debug)]
pub enum Transport {
    /// They are kept in memory, for tests.
    Memory(Mutex<Vec<Vec<u8>>>),
    /// Each is written to a file of its own in a directory, named after its notice.
    Directory(PathBuf),
}

/// Why a message could not be handed over.
#[derive(Debug, Error)]
#[error("{place}: {cause}")]
pub struct TransportError {
    place: String,
    cause: std::io::Error,
}

impl Transport {
    /// Keeps messages in memory.
    pub fn memory() -> Self {
        Self::Memory(Mutex::default())
    }

    /// The messages kept in memory so far; none for another transport.
    pub fn kept(&self) -> Vec<Vec<u8>> {
        match self {
            Self::Memory(kept) => kept.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Self::Directory(_) => Vec::new(),
        }
    }

    /// Hands a message over and says what came of it.
    pub async fn send(&self, id: &str, message: &Message) -> Delivery {
        let bytes = message.formatted();
        match self {
            Self::Memory(kept) => {
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(bytes);
                Delivery::Accepted("kept in memory".to_owned())
            }
            Self::Directory(directory) => match write(directory, id, &bytes) {
                Ok(answer) => Delivery::Accepted(answer),
                Err(error) => Delivery::TryAgain(error.to_string()),
            },
        }
    }
}

/// What came of handing a message over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It was taken, with this answer.
    Accepted(String),
    /// It was not taken, and may be later.
    TryAgain(String),
    /// It will not be taken.
    Refused(String),
    /// It may have been taken: the connection was lost before the answer.
    Unknown(String),
}

/// Writing the same notice again replaces the file, so nobody finds it twice.
fn write(directory: &std::path::Path, id: &str, bytes: &[u8]) -> Result<String, TransportError> {
    let name: String = id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    let path = directory.join(format!("{name}.eml"));
    let failed = |cause| TransportError { place: path.display().to_string(), cause };
    std::fs::create_dir_all(directory).map_err(failed)?;
    #[expect(clippy::disallowed_methods, reason = "this transport writes files")]
    std::fs::write(&path, bytes).map_err(failed)?;
    Ok(format!("written to {}", path.display()))
}
