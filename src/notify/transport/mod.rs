//! Where messages go, and what became of each.
//!
//! Architecture invariant: a transport sends what it is given, once. Whether and when to try again, and what to do about
//! a message nobody can say was delivered, is for its caller to decide.

mod bounces;
mod directory;
mod memory;
mod smtp;

use std::path::PathBuf;

use lettre::Message;
use thiserror::Error;

use super::server::MailServerError;

pub use bounces::{AddressError, Bounces, ReturnPath};
pub use memory::Memory;
pub use smtp::{Smtp, SmtpSettings};

/// Where messages go.
#[derive(Debug)]
pub enum Transport {
    /// They are kept in memory, for tests.
    Memory(Memory),
    /// Each is written to a file of its own in a directory, named after its notice.
    Directory(PathBuf),
    /// They are handed to a mail server.
    Smtp(Box<Smtp>),
}

/// What became of a message, with the reason or the server's answer for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Delivery {
    /// It was taken; the server's answer.
    Accepted(String),
    /// It was not taken, and may be later. Also when our own settings are at fault.
    TryAgain(String),
    /// It was not taken and never will be: this recipient or this message is refused.
    Refused(String),
    /// It was handed over in full and no answer came, so it may have been taken. Sent again, it carries the same
    /// Message-ID.
    Unknown(String),
}

/// Why no message can be handed over at the moment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct TransportError(String);

impl Transport {
    /// Keeps messages in memory.
    pub fn memory() -> Self {
        Self::Memory(Memory::default())
    }

    /// Hands messages to a mail server. Nothing is connected yet.
    ///
    /// # Errors
    ///
    /// The settings do not fit together: a password without a user, or one that would travel in the clear; or the
    /// extra certificate cannot be read.
    pub fn smtp(settings: SmtpSettings) -> Result<Self, MailServerError> {
        Ok(Self::Smtp(Box::new(Smtp::new(settings)?)))
    }

    /// The messages kept in memory so far; none for another transport.
    pub fn kept(&self) -> Vec<Vec<u8>> {
        match self {
            Self::Memory(memory) => memory.kept(),
            Self::Directory(_) | Self::Smtp(_) => Vec::new(),
        }
    }

    /// Hands over the message of the notice `id`. What cannot be delivered later on comes back to `return_path`.
    pub async fn send(&self, id: &str, return_path: &ReturnPath, message: &Message) -> Delivery {
        match self {
            Self::Memory(memory) => memory.keep(message),
            Self::Directory(directory) => directory::write(directory, id, message),
            Self::Smtp(smtp) => smtp.send(return_path, message).await,
        }
    }

    /// Finds out whether messages can be handed over, sending none, and says what it found.
    ///
    /// # Errors
    ///
    /// They cannot: the directory cannot be made, or the server cannot be reached, offers no encryption or refuses our
    /// sign-in.
    pub async fn check(&self) -> Result<String, TransportError> {
        match self {
            Self::Memory(_) => Ok("messages are kept in memory and reach nobody".to_owned()),
            Self::Directory(directory) => directory::check(directory),
            Self::Smtp(smtp) => smtp.check().await,
        }
    }

    /// Takes leave of the mail server, if there is one. The next message connects anew.
    pub async fn close(&self) {
        if let Self::Smtp(smtp) = self {
            smtp.close().await;
        }
    }
}
