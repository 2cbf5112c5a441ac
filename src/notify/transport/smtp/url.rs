//! Reads the settings of a mail server from a URL.

use std::net::Ipv6Addr;
use std::time::Duration;

use thiserror::Error;

use super::settings::{Encryption, Password, SmtpSettings, is_this_machine};

/// Why the settings of a mail server cannot be used. The URL itself is not repeated: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SmtpSettingsError {
    /// It does not begin with `smtp://` or `smtps://`.
    #[error("the mail server is written smtp://host:587, or smtps://host:465 when it encrypts from the first byte")]
    Scheme,
    /// There is no host, or it is none.
    #[error("{0:?} is not the name or address of a mail server; write smtp://host:587")]
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
    #[error("the mail server has no setting {0:?}; there are tls, hello, connections and timeout")]
    Unknown(String),
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
    #[error("the mail server has a password and no user; write smtp://user@host")]
    NoUser,
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

use SmtpSettingsError as Problem;

const CONNECTIONS: &str = "a number from 1 to 50";
const TIMEOUT: &str = "a number of seconds from 1 to 600";
const HELLO: &str = "a host name, such as quorate.example.org";
const TLS: &str = "required or none";
const TLS_IMPLIED: &str = "left out, for smtps:// is always encrypted";

/// The settings after `?`, each as it was written.
#[derive(Default)]
struct Given<'a> {
    tls: Option<&'a str>,
    hello: Option<&'a str>,
    connections: Option<&'a str>,
    timeout: Option<&'a str>,
}

pub(super) fn parse(text: &str) -> Result<SmtpSettings, Problem> {
    let (scheme, rest) = text.trim().split_once("://").ok_or(Problem::Scheme)?;
    // Before all else, so that no error repeats part of a password that has a character with a meaning of its own.
    let (credentials, rest) = match rest.rsplit_once('@') {
        Some((credentials, rest)) => (Some(credentials), rest),
        None => (None, rest),
    };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, port) = host_and_port(place)?;
    let given = given(query)?;
    let mut settings = SmtpSettings::new(host.to_owned(), encryption(scheme, host, given.tls)?);
    if let Some(port) = port {
        settings.port = number(port, 1..=65535).ok_or_else(|| Problem::Port(port.to_owned()))?;
    }
    if let Some(credentials) = credentials {
        (settings.user, settings.password) = user_and_password(credentials)?;
    }
    apply(&mut settings, &given)?;
    Ok(settings)
}

fn host_and_port(place: &str) -> Result<(&str, Option<&str>), Problem> {
    let (place, path) = place.split_at(place.find('/').unwrap_or(place.len()));
    if path.len() > 1 {
        return Err(Problem::Path(path.to_owned()));
    }
    if let Some(bracketed) = place.strip_prefix('[') {
        let (host, after) = bracketed.split_once(']').ok_or_else(|| Problem::Host(place.to_owned()))?;
        host.parse::<Ipv6Addr>().map_err(|_| Problem::Host(host.to_owned()))?;
        let port = after.strip_prefix(':');
        return if port.is_none() && !after.is_empty() {
            Err(Problem::Port(after.to_owned()))
        } else {
            Ok((host, port))
        };
    }
    let (host, port) = place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port)));
    if is_host(host) { Ok((host, port)) } else { Err(Problem::Host(host.to_owned())) }
}

fn is_host(host: &str) -> bool {
    !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn encryption(scheme: &str, host: &str, tls: Option<&str>) -> Result<Encryption, Problem> {
    match (scheme, tls) {
        ("smtps", None) => Ok(Encryption::Implicit),
        ("smtps", Some(value)) => Err(wrong("tls", value, TLS_IMPLIED)),
        ("smtp", None) if is_this_machine(host) => Ok(Encryption::None),
        ("smtp", None | Some("required")) => Ok(Encryption::StartTls),
        ("smtp", Some("none")) => Ok(Encryption::None),
        ("smtp", Some(value)) => Err(wrong("tls", value, TLS)),
        _ => Err(Problem::Scheme),
    }
}

fn given(query: &str) -> Result<Given<'_>, Problem> {
    let mut given = Given::default();
    for setting in query.split('&').filter(|setting| !setting.is_empty()) {
        let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
        let (name, place) = match name {
            "tls" => ("tls", &mut given.tls),
            "hello" => ("hello", &mut given.hello),
            "connections" => ("connections", &mut given.connections),
            "timeout" => ("timeout", &mut given.timeout),
            _ => return Err(Problem::Unknown(name.to_owned())),
        };
        if place.replace(value).is_some() {
            return Err(Problem::Twice(name));
        }
    }
    Ok(given)
}

fn apply(settings: &mut SmtpSettings, given: &Given<'_>) -> Result<(), Problem> {
    if let Some(value) = given.hello {
        settings.hello = Some(value.to_owned()).filter(|name| is_host(name));
        settings.hello.as_ref().ok_or_else(|| wrong("hello", value, HELLO))?;
    }
    if let Some(value) = given.connections {
        settings.connections = number(value, 1..=50).ok_or_else(|| wrong("connections", value, CONNECTIONS))?.into();
    }
    if let Some(value) = given.timeout {
        let seconds = number(value, 1..=600).ok_or_else(|| wrong("timeout", value, TIMEOUT))?;
        settings.timeout = Duration::from_secs(seconds.into());
    }
    Ok(())
}

fn wrong(name: &'static str, value: &str, expected: &'static str) -> Problem {
    Problem::Value { name, value: value.to_owned(), expected }
}

fn number(text: &str, range: std::ops::RangeInclusive<u16>) -> Option<u16> {
    text.parse().ok().filter(|number| range.contains(number))
}

fn user_and_password(credentials: &str) -> Result<(Option<String>, Option<Password>), Problem> {
    let (user, password) = match credentials.split_once(':') {
        Some((user, password)) => (user, Some(password)),
        None => (credentials, None),
    };
    let user = decoded(user).ok_or(Problem::Percent("the user"))?;
    let password = password.map(|password| decoded(password).ok_or(Problem::Percent("the password"))).transpose()?;
    Ok((Some(user).filter(|user| !user.is_empty()), password.filter(|password| !password.is_empty()).map(Password)))
}

/// The text behind percent signs (RFC 3986, section 2.1).
fn decoded(text: &str) -> Option<String> {
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
