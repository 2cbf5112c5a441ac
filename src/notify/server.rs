//! A mail server as an operator writes it: one URL, read the same way for sending and for fetching.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::ops::RangeInclusive;
use std::time::Duration;

use thiserror::Error;

/// Whether and when a connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte.
    Implicit,
    /// After a command; nobody signs in and nothing is said of a message before that.
    StartTls,
    /// Never.
    None,
}

/// Where a mail server is, how the way there is encrypted, and who we are to it.
///
/// Written `smtp://user:password@host:587?tls=required`: user and password with percent signs where they have characters
/// that mean something in a URL; `tls` is `required` or `none`, and `required` unless the host is this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailServer {
    /// Name or IP address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Whether and when the connection is encrypted.
    pub encryption: Encryption,
    /// Who we sign in as; without one, we do not sign in.
    pub user: Option<String>,
    pub(super) authority: Option<String>,
    password: Option<Password>,
}

/// A password, which is never shown.
#[derive(Clone, PartialEq, Eq)]
struct Password(String);

/// Why the settings of a mail server cannot be used. The URL itself is not repeated: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MailServerError {
    /// It does not begin as such a URL does.
    #[error("the mail server is written {0}://host, or {0}s://host when it encrypts from the first byte")]
    Scheme(&'static str),
    /// There is no host, or it is none.
    #[error("{0:?} is not the name or address of a mail server; write mail.example.org")]
    Host(String),
    /// The port is no number from 1 to 65535.
    #[error("{0:?} is not a port; write a number from 1 to 65535 after the host")]
    Port(String),
    /// Something stands after the host that is neither port nor settings.
    #[error("{0:?} after the mail server means nothing; settings follow after `?`")]
    Path(String),
    /// A percent sign that is not followed by two hexadecimal digits, or what they spell is no text.
    #[error("{0} of the mail server is not well written; a percent sign itself is written %25")]
    Percent(&'static str),
    /// There is no such setting.
    #[error("the mail server has no setting {name:?}; there are {known}")]
    Unknown {
        /// What was given.
        name: String,
        /// What there is.
        known: String,
    },
    /// A setting stands there twice.
    #[error("the setting {0} of the mail server is given twice")]
    Twice(&'static str),
    /// A setting cannot have this value.
    #[error("the setting {name} of the mail server cannot be {value:?}; it is {expected}")]
    Value {
        /// The setting.
        name: &'static str,
        /// What was given.
        value: String,
        /// What it may be.
        expected: &'static str,
    },
    /// There is a user and no password.
    #[error("the mail server has a user and no password")]
    NoPassword,
    /// There is a password and no user.
    #[error("the mail server has a password and no user; write the user and @ before the host")]
    NoUser,
    /// There is no user, and nothing can be had without one.
    #[error("the mail server has no user; write the user and @ before the host")]
    Nobody,
    /// The password would travel unencrypted.
    #[error("the password would go to {0} unencrypted; leave out tls=none, or the user")]
    PasswordInTheClear(String),
    /// The extra certificate is none.
    #[error("the certificate for the mail server is not one in PEM form (-----BEGIN CERTIFICATE-----)")]
    Authority,
    /// Encryption cannot be prepared.
    #[error("encryption to the mail server cannot be prepared: {0}")]
    Tls(String),
}

use MailServerError as Problem;

/// A way to talk to mail servers.
pub(super) struct Protocol {
    /// What a URL begins with; the encrypted form has an `s` more.
    pub(super) scheme: &'static str,
    /// The ports for encryption from the first byte, after a command, and for none.
    pub(super) ports: [u16; 3],
    /// The settings that may stand after `?`, `tls` apart.
    pub(super) settings: &'static [&'static str],
}

/// The settings after `?`, each as it was written.
pub(super) struct Given<'a>(Vec<(&'static str, &'a str)>);

impl MailServer {
    /// The server with this password, say from a file; line ends after it are no part of it.
    #[must_use]
    pub fn with_password(self, password: &str) -> Self {
        Self { password: Some(Password(password.trim_end_matches(['\r', '\n']).to_owned())), ..self }
    }

    /// The server with the certificate (PEM) of an authority to be trusted beside those of this machine, for servers
    /// whose certificate was made in the house.
    #[must_use]
    pub fn with_authority(self, pem: String) -> Self {
        Self { authority: Some(pem), ..self }
    }

    /// User and password. Neither is sent without the other, nor unencrypted to another machine.
    pub(super) fn credentials(&self) -> Result<Option<(String, String)>, Problem> {
        match (&self.user, &self.password) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(Problem::NoPassword),
            (None, Some(_)) => Err(Problem::NoUser),
            (Some(_), Some(_)) if self.encryption == Encryption::None && !is_this_machine(&self.host) => {
                Err(Problem::PasswordInTheClear(self.host.clone()))
            }
            (Some(user), Some(Password(password))) => Ok(Some((user.clone(), password.clone()))),
        }
    }

    /// What connecting has shown: server, encryption and who we are.
    pub(super) fn found(&self) -> String {
        let encrypted = match self.encryption {
            Encryption::None => "without encryption",
            Encryption::StartTls => "encrypted (STARTTLS)",
            Encryption::Implicit => "encrypted (TLS)",
        };
        let signed_in = self.user.as_ref().map_or_else(String::new, |user| format!(", signed in as {user}"));
        format!("{self} answers, {encrypted}{signed_in}")
    }
}

/// Host and port.
impl fmt::Display for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// A reason or an answer as one line without control characters, of a length fit for the record.
pub(super) fn recorded(text: &str) -> String {
    const LONGEST: usize = 500;
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}

/// The server that a URL names, and the settings that are given for it.
pub(super) fn read<'a>(text: &'a str, protocol: &Protocol) -> Result<(MailServer, Given<'a>), Problem> {
    let (scheme, rest) = text.trim().split_once("://").ok_or(Problem::Scheme(protocol.scheme))?;
    // Before all else, so that no error repeats part of a password that has a character with a meaning of its own.
    let (credentials, rest) = match rest.rsplit_once('@') {
        Some((credentials, rest)) => (Some(credentials), rest),
        None => (None, rest),
    };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, port) = host_and_port(place)?;
    let given = Given::read(query, protocol)?;
    let encryption = encryption(protocol, scheme, host, given.text("tls"))?;
    let [implicit, start_tls, none] = protocol.ports;
    let port = match (port, encryption) {
        (Some(port), _) => number(port, 1..=65535).ok_or_else(|| Problem::Port(port.to_owned()))?,
        (None, Encryption::Implicit) => implicit,
        (None, Encryption::StartTls) => start_tls,
        (None, Encryption::None) => none,
    };
    let (user, password) = credentials.map_or(Ok((None, None)), user_and_password)?;
    Ok((MailServer { host: host.to_owned(), port, encryption, user, authority: None, password }, given))
}

impl<'a> Given<'a> {
    fn read(query: &'a str, protocol: &Protocol) -> Result<Self, Problem> {
        let mut given: Vec<(&'static str, &'a str)> = Vec::new();
        for setting in query.split('&').filter(|setting| !setting.is_empty()) {
            let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
            let known = ["tls"].iter().chain(protocol.settings).find(|known| **known == name);
            let Some(known) = known else {
                let (name, known) = (name.to_owned(), format!("tls, {}", protocol.settings.join(", ")));
                return Err(Problem::Unknown { name, known });
            };
            if given.iter().any(|(earlier, _)| earlier == known) {
                return Err(Problem::Twice(known));
            }
            given.push((known, value));
        }
        Ok(Self(given))
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(given, _)| *given == name).map(|(_, value)| *value)
    }

    pub(super) fn host(&self, name: &'static str) -> Result<Option<String>, Problem> {
        let host = self.text(name).map(|value| {
            is_host(value)
                .then(|| value.to_owned())
                .ok_or_else(|| wrong(name, value, "a host name, such as a.example.org"))
        });
        host.transpose()
    }

    /// The number of a setting, in a range that `expected` says in words.
    pub(super) fn number(
        &self,
        name: &'static str,
        range: RangeInclusive<u16>,
        expected: &'static str,
    ) -> Result<Option<u16>, Problem> {
        let number = self.text(name).map(|value| number(value, range).ok_or_else(|| wrong(name, value, expected)));
        number.transpose()
    }

    /// How long to wait; 60 seconds unless given.
    pub(super) fn timeout(&self) -> Result<Duration, Problem> {
        let seconds = self.number("timeout", 1..=600, "a number of seconds from 1 to 600")?;
        Ok(Duration::from_secs(seconds.unwrap_or(60).into()))
    }
}

fn host_and_port(place: &str) -> Result<(&str, Option<&str>), Problem> {
    let (place, path) = place.split_at(place.find('/').unwrap_or(place.len()));
    if path.len() > 1 {
        return Err(Problem::Path(path.to_owned()));
    }
    let (host, port) = match place.strip_prefix('[') {
        Some(bracketed) => bracketed.split_once(']').ok_or_else(|| Problem::Host(place.to_owned()))?,
        None => place.split_at(place.find(':').unwrap_or(place.len())),
    };
    let is_address = place.starts_with('[') && host.parse::<Ipv6Addr>().is_ok();
    if !is_address && (place.starts_with('[') || !is_host(host)) {
        return Err(Problem::Host(host.to_owned()));
    }
    match port.strip_prefix(':') {
        None if port.is_empty() => Ok((host, None)),
        None => Err(Problem::Port(port.to_owned())),
        port => Ok((host, port)),
    }
}

fn is_host(host: &str) -> bool {
    !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

fn encryption(protocol: &Protocol, scheme: &str, host: &str, tls: Option<&str>) -> Result<Encryption, Problem> {
    let implicit = scheme.strip_suffix('s') == Some(protocol.scheme);
    if scheme != protocol.scheme && !implicit {
        return Err(Problem::Scheme(protocol.scheme));
    }
    match tls {
        None if implicit => Ok(Encryption::Implicit),
        Some(value) if implicit => Err(wrong("tls", value, "left out where encryption begins with the first byte")),
        None if is_this_machine(host) => Ok(Encryption::None),
        None | Some("required") => Ok(Encryption::StartTls),
        Some("none") => Ok(Encryption::None),
        Some(value) => Err(wrong("tls", value, "required or none")),
    }
}

fn wrong(name: &'static str, value: &str, expected: &'static str) -> Problem {
    Problem::Value { name, value: value.to_owned(), expected }
}

fn number(text: &str, range: RangeInclusive<u16>) -> Option<u16> {
    text.parse().ok().filter(|number| range.contains(number))
}

fn user_and_password(credentials: &str) -> Result<(Option<String>, Option<Password>), Problem> {
    let (user, password) = match credentials.split_once(':') {
        Some((user, password)) => (user, password),
        None => (credentials, ""),
    };
    let user = decoded(user).ok_or(Problem::Percent("the user"))?;
    let password = decoded(password).ok_or(Problem::Percent("the password"))?;
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    Ok((given(user), given(password).map(Password)))
}

/// The text behind percent signs (RFC 3986, section 2.1).
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2)?;
        let hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)?);
        bytes.extend(rest.bytes());
    }
    String::from_utf8(bytes).ok()
}
