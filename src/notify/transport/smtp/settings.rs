//! Which mail server, and how to talk to it.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use super::url::{self, SmtpSettingsError};

/// How many connections are used at most, unless the settings say so.
const CONNECTIONS: usize = 4;

/// How long an exchange may take, unless the settings say so.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Whether and when the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte.
    Implicit,
    /// After a command; no message is sent and nobody signs in before that.
    StartTls,
    /// Never.
    None,
}

/// Which mail server, and how to talk to it.
///
/// Read from a URL: `smtp://user:password@host:587?tls=required`, `smtps://host:465`. User and password are written with
/// percent signs where they have characters that mean something in a URL. After `?`, joined by `&`:
/// * `tls`: `required` (STARTTLS) or `none`. It is `required` unless the host is this machine. Only for `smtp`.
/// * `hello`: the name we greet the server with; the name of this machine unless given.
/// * `connections`: how many at most at the same time, 1 to 50; 4 unless given.
/// * `timeout`: how many seconds an exchange may take up to the final dot, and the answer to that dot, 1 to 600; 60
///   unless given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    /// Name or IP address of the server.
    pub host: String,
    /// Port of the server.
    pub port: u16,
    /// Whether and when the connection is encrypted.
    pub encryption: Encryption,
    /// Who we sign in as; without one, we do not sign in.
    pub user: Option<String>,
    /// The name we greet the server with; the name of this machine without one.
    pub hello: Option<String>,
    /// How many connections are used at most.
    pub connections: usize,
    /// How long an exchange may take up to the final dot, and the answer to that dot.
    pub timeout: Duration,
    pub(super) password: Option<Password>,
    pub(super) authority: Option<String>,
}

/// A password, which is never shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Password(pub(super) String);

impl SmtpSettings {
    /// The settings with this password, say from a file; line ends after it are no part of it.
    #[must_use]
    pub fn with_password(self, password: &str) -> Self {
        Self { password: Some(Password(password.trim_end_matches(['\r', '\n']).to_owned())), ..self }
    }

    /// The settings with the certificate (PEM) of an authority to be trusted beside those of this machine, for servers
    /// whose certificate was made in the house.
    #[must_use]
    pub fn with_authority(self, pem: String) -> Self {
        Self { authority: Some(pem), ..self }
    }

    /// Server and port, as they stand in messages.
    pub(super) fn server(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    /// User and password. Neither is sent without the other, nor unencrypted to another machine.
    pub(super) fn credentials(&self) -> Result<Option<(String, String)>, SmtpSettingsError> {
        match (&self.user, &self.password) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(SmtpSettingsError::NoPassword),
            (None, Some(_)) => Err(SmtpSettingsError::NoUser),
            (Some(_), Some(_)) if self.encryption == Encryption::None && !is_this_machine(&self.host) => {
                Err(SmtpSettingsError::PasswordInTheClear(self.host.clone()))
            }
            (Some(user), Some(Password(password))) => Ok(Some((user.clone(), password.clone()))),
        }
    }

    pub(super) fn new(host: String, encryption: Encryption) -> Self {
        let port = match encryption {
            Encryption::Implicit => 465,
            Encryption::StartTls => 587,
            Encryption::None => 25,
        };
        let (user, password, hello, authority) = (None, None, None, None);
        Self { host, port, encryption, user, hello, connections: CONNECTIONS, timeout: TIMEOUT, password, authority }
    }
}

impl FromStr for SmtpSettings {
    type Err = SmtpSettingsError;

    fn from_str(text: &str) -> Result<Self, SmtpSettingsError> {
        url::parse(text)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

pub(super) fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}
