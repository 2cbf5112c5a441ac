//! Which mail server messages are handed to, and how.

use std::str::FromStr;
use std::time::Duration;

use crate::notify::server::{self, MailServer, MailServerError, Protocol};

const SMTP: Protocol =
    Protocol { scheme: "smtp", ports: [465, 587, 25], settings: &["hello", "connections", "timeout"] };

/// Which mail server messages are handed to, and how.
///
/// Read from a URL: `smtp://user:password@host:587?tls=required`, `smtps://host:465`, with what [`MailServer`] says.
/// After `?`, joined by `&`, may stand beside `tls`:
/// * `hello`: the name we greet the server with; the name of this machine unless given.
/// * `connections`: how many at most at the same time, 1 to 50; 4 unless given.
/// * `timeout`: how many seconds an exchange may take up to the final dot, and the answer to that dot, 1 to 600; 60
///   unless given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    /// The server.
    pub server: MailServer,
    /// The name we greet the server with; the name of this machine without one.
    pub hello: Option<String>,
    /// How many connections are used at most.
    pub connections: usize,
    /// How long an exchange may take up to the final dot, and the answer to that dot.
    pub timeout: Duration,
}

impl SmtpSettings {
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

impl FromStr for SmtpSettings {
    type Err = MailServerError;

    fn from_str(text: &str) -> Result<Self, MailServerError> {
        let (server, given) = server::read(text, &SMTP)?;
        let connections = given.number("connections", 1..=50, "a number from 1 to 50")?.unwrap_or(4).into();
        Ok(Self { server, hello: given.host("hello")?, connections, timeout: given.timeout()? })
    }
}
