//! Links that may stand in a message.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest link, in characters; mail programs cut longer ones.
const LONGEST: usize = 900;

/// An address of a page: `http` or `https`, and nothing in it that could end a header or a tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

/// A text is no link that may stand in a message.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no link to a page; write it in full, as https://example.org/page")]
pub struct NotALink(String);

impl Link {
    /// Takes a link as it is written.
    ///
    /// # Errors
    ///
    /// It begins with neither `http://` nor `https://`, names no host, is longer than 900 characters, or holds a space,
    /// a control character, a bracket, a quotation mark or a letter outside ASCII.
    pub fn parse(text: &str) -> Result<Self, NotALink> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let has_host = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['));
        let is_plain = text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\'' | '`' | '\\'));
        if has_host && is_plain && text.len() <= LONGEST {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotALink(text.chars().filter(|c| !c.is_control()).take(80).collect()))
        }
    }

    /// The link as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Link {
    type Error = NotALink;

    fn try_from(text: String) -> Result<Self, NotALink> {
        Self::parse(&text)
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.0
    }
}
