//! How our own messages are known again when something refers to them.

use super::Door;

/// The most characters of an id of ours that comes back in a header.
const MOST_CHARACTERS: usize = 128;

/// The Message-ID of an arrived message, without its angle brackets.
///
/// It is printable ASCII without spaces, so it may stand in a header of an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(String);

impl MessageId {
    /// Reads a Message-ID, with or without angle brackets; nothing for what cannot stand in a header.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text);
        let sound = text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'));
        (sound && (3..=900).contains(&text.len())).then(|| Self(text.to_owned()))
    }

    /// The id without angle brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The id of a notice of ours, from a Message-ID or a bounce address. Whether such a notice exists is for the store to
/// say: anybody can write one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeId(String);

impl NoticeId {
    /// Reads an id: letters, digits, `-`, `_` and points.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        (sound && (1..=MOST_CHARACTERS).contains(&text.len())).then(|| Self(text.to_owned()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Something of ours that a message refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnReference {
    /// A notice.
    Notice(NoticeId),
    /// The thread of a case, by its reference in lower case, such as `p-2026-0001`.
    Case(String),
}

impl OwnReference {
    /// What a Message-ID of ours stands for: `ID@domain` or `case-REFERENCE@domain`.
    pub fn of(id: &MessageId, door: &Door) -> Option<Self> {
        let (local, domain) = id.as_str().rsplit_once('@')?;
        let ours = !door.domain.is_empty() && domain.eq_ignore_ascii_case(&door.domain);
        let id = NoticeId::parse(local).filter(|_| ours)?;
        Some(match local.strip_prefix("case-") {
            Some(reference) if !reference.is_empty() => Self::Case(reference.to_ascii_lowercase()),
            _ => Self::Notice(id),
        })
    }

    /// The notice, if it is one.
    pub fn notice(&self) -> Option<&NoticeId> {
        match self {
            Self::Notice(id) => Some(id),
            Self::Case(_) => None,
        }
    }
}

/// The notice named in an address that bounces come back to: `bounces+ID@domain`.
pub(super) fn notice_of_bounce_address(address: &str, door: &Door) -> Option<NoticeId> {
    let (own_mailbox, own_domain) = door.bounce_address.as_deref()?.rsplit_once('@')?;
    let (mailbox, domain) = address.rsplit_once('@')?;
    let (mailbox, id) = mailbox.split_once('+')?;
    let ours = mailbox.eq_ignore_ascii_case(own_mailbox) && domain.eq_ignore_ascii_case(own_domain);
    NoticeId::parse(id).filter(|_| ours)
}
