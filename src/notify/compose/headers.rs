//! The headers of a message, and the texts that may stand in them.

use std::fmt::Write;

use lettre::message::Mailbox;
use lettre::message::header::{HeaderName, HeaderValue};

use super::{ComposeError, Letter};
use crate::notify::calendar_file::is_unseen;

/// The most characters of a subject.
const LONGEST_SUBJECT: usize = 160;

/// The most characters of a person's name.
const LONGEST_NAME: usize = 100;

/// The longest Message-ID that is answered, in characters.
const LONGEST_ID: usize = 250;

/// The headers that say what kind of message it is and what it belongs to.
///
/// Nothing here invites an answer by a machine, so no two machines write to each other for ever (RFC 3834); what may be
/// opted out of can be with one click (RFC 8058).
pub(super) fn of(letter: &Letter, domain: &str) -> Vec<HeaderValue> {
    let answered = letter.answers.as_deref().and_then(known_id);
    let root = letter.thread.as_deref().map(|case| message_id(&format!("case-{}", case.to_lowercase()), domain));
    let automatic = if letter.answers.is_some() { "auto-replied" } else { "auto-generated" };
    let mut headers = vec![("Auto-Submitted", automatic.to_owned()), ("X-Auto-Response-Suppress", "All".to_owned())];
    let thread: Vec<String> = root.into_iter().chain(answered).collect();
    if let Some(parent) = thread.last() {
        headers.push(("In-Reply-To", parent.clone()));
        headers.push(("References", thread.join(" ")));
    }
    if let Some(link) = &letter.unsubscribe {
        headers.push(("List-Id", format!("Quorate <quorate.{domain}>")));
        headers.push(("List-Unsubscribe", format!("<{link}>")));
        headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    headers.into_iter().map(|(name, value)| HeaderValue::new(HeaderName::new_from_ascii_str(name), value)).collect()
}

/// A Message-ID that is the same for the same id and differs for any other; what may not stand in one is written `=2F`.
pub(super) fn message_id(id: &str, domain: &str) -> String {
    let mut local = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            local.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(local, "={byte:02X}");
        }
    }
    format!("<{local}@{domain}>")
}

/// A Message-ID that came from outside, if it is one.
fn known_id(id: &str) -> Option<String> {
    let id = id.trim();
    let within = id.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(id);
    let is_plain = within.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'));
    (is_plain && within.contains('@') && within.len() <= LONGEST_ID).then(|| format!("<{within}>"))
}

/// A subject: one line, nothing in it that hides or turns the rest, and short enough to be read.
pub(super) fn subject(text: &str) -> String {
    one_line(text, LONGEST_SUBJECT)
}

/// Someone with a name and an address. Characters that would break the header are taken out of the name.
pub(super) fn mailbox(name: &str, email: &str) -> Result<Mailbox, ComposeError> {
    let address = email.parse().map_err(|error: lettre::address::AddressError| ComposeError::Address {
        address: one_line(email, LONGEST_NAME),
        cause: error.to_string(),
    })?;
    let name = one_line(name, LONGEST_NAME);
    Ok(Mailbox::new(Some(name).filter(|name| !name.is_empty()), address))
}

/// A text on one line, with what hides or turns text taken out, cut where it is too long.
pub(super) fn one_line(text: &str, longest: usize) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let seen: String = spaced.chars().filter(|c| !is_unseen(*c)).collect();
    let mut line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = line.char_indices().nth(longest) {
        line.truncate(cut);
        line.push('\u{2026}');
    }
    line
}
