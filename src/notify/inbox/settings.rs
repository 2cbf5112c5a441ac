//! Which mailbox mail is fetched from.

use std::str::FromStr;
use std::time::Duration;

use crate::notify::server::{self, Given, MailServer, MailServerError, Protocol};

const IMAP: Protocol =
    Protocol { scheme: "imap", ports: [993, 143, 143], settings: &["folder", "processed", "timeout"] };

/// The size of a message beyond which only its beginning is fetched: what servers usually take, 25 MB and the third more
/// that base64 makes of it.
const LARGEST: u32 = 36 * 1024 * 1024;

/// Which mailbox mail is fetched from.
///
/// Read from a URL: `imaps://user:password@host`, `imap://user:password@host?tls=required`, with what [`MailServer`]
/// says. After `?`, joined by `&`, may stand beside `tls`:
/// * `folder`: the folder in which mail arrives; `INBOX` unless given.
/// * `processed`: the folder to which mail is moved that has been dealt with; `Processed` unless given. Some servers
///   have all folders below the first one: `INBOX.Processed`.
/// * `timeout`: how many seconds the server may take for each answer, 1 to 600; 60 unless given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxSettings {
    /// The server.
    pub server: MailServer,
    /// The folder in which mail arrives.
    pub folder: String,
    /// The folder to which mail is moved that has been dealt with.
    pub processed: String,
    /// How long the server may take for each answer.
    pub timeout: Duration,
    /// The size in bytes beyond which only the beginning of a message is fetched.
    pub largest: u32,
}

impl InboxSettings {
    /// The settings with this password, say from a file; line ends after it are no part of it.
    #[must_use]
    pub fn with_password(self, password: &str) -> Self {
        Self { server: self.server.with_password(password), ..self }
    }

    /// The settings with the certificate (PEM) of an authority to be trusted beside those of this machine.
    #[must_use]
    pub fn with_authority(self, pem: String) -> Self {
        Self { server: self.server.with_authority(pem), ..self }
    }
}

impl FromStr for InboxSettings {
    type Err = MailServerError;

    fn from_str(text: &str) -> Result<Self, MailServerError> {
        let (server, given) = server::read(text, &IMAP)?;
        let arrives = folder(&given, "folder", "INBOX")?;
        let processed = folder(&given, "processed", "Processed")?;
        if arrives.eq_ignore_ascii_case(&processed) {
            let expected = "a folder other than the one in which mail arrives";
            return Err(MailServerError::Value { name: "processed", value: processed, expected });
        }
        Ok(Self { server, folder: arrives, processed, timeout: given.timeout()?, largest: LARGEST })
    }
}

/// The name of a folder, of characters that mean nothing in IMAP; `otherwise` unless given.
fn folder(given: &Given<'_>, name: &'static str, otherwise: &str) -> Result<String, MailServerError> {
    let value = given.text(name).unwrap_or(otherwise);
    let plain = |c: char| (c.is_ascii_graphic() || c == ' ') && !"\"\\*%&".contains(c);
    let folder = server::decoded(value).filter(|folder| !folder.is_empty() && folder.chars().all(plain));
    let expected = "the name of a folder: letters from A to Z, digits, spaces, and . - _ /";
    folder.ok_or_else(|| MailServerError::Value { name, value: value.to_owned(), expected })
}
