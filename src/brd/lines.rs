//! The words of a baseline: names of one line, and texts of paragraphs, lists and tables.
//!
//! Reading never fails. Both kinds drop what cannot be seen (control characters, marks that change the direction of
//! text, spaces without width) and write every kind of space and line ending in one way, so that the same words from
//! two files are the same value.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

use super::markdown;
use crate::document::{Block, read_markdown};

/// Words on one line, such as a name or a heading; may be blank.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Line(String);

impl Line {
    /// Takes the words of a text and parts them by single spaces.
    pub fn new(text: impl AsRef<str>) -> Self {
        let seen: String = text.as_ref().chars().filter(|c| is_visible(*c)).collect();
        Self(seen.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there are none.
    pub fn is_blank(&self) -> bool {
        self.0.is_empty()
    }
}

/// The wording of an item: paragraphs, lists within lists, tables and emphasis, kept as Markdown.
///
/// However it was typed, the same wording is the same value: the Markdown is read and written again in one form.
/// What has no place in an item is made a part of its words: a heading becomes a paragraph in bold, a note stands in
/// brackets. May be blank.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct BrdText(String);

impl BrdText {
    /// Takes a text in Markdown, with any line endings.
    pub fn new(markdown: impl AsRef<str>) -> Self {
        let text = markdown.as_ref().replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
        let text: String = text.replace('\u{a0}', " ").chars().filter(|c| is_visible(*c)).collect();
        if is_one_plain_line(&text) {
            return Self(text);
        }
        Self::from_blocks(&read_markdown(&text))
    }

    /// Takes what a document says.
    pub fn from_blocks(blocks: &[Block]) -> Self {
        Self(markdown::of_blocks(blocks))
    }

    /// What it says, as part of a document.
    pub fn blocks(&self) -> Vec<Block> {
        read_markdown(&self.0)
    }

    /// The Markdown, its lines parted by line feeds.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it says nothing.
    pub fn is_blank(&self) -> bool {
        self.0.is_empty()
    }
}

impl Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Display for BrdText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&str> for BrdText {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<String> for BrdText {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.0
    }
}

impl From<BrdText> for String {
    fn from(text: BrdText) -> Self {
        text.0
    }
}

/// Line feeds and spaces count as visible: they part words.
fn is_visible(c: char) -> bool {
    let reorders = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let widthless = matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}');
    c.is_whitespace() || !(c.is_control() || reorders || widthless)
}

/// Whether nothing in a text could be taken for Markdown, as in most sentences.
fn is_one_plain_line(text: &str) -> bool {
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | ';' | '(' | ')' | '/' | '’' | '\'' | '%');
    text.starts_with(char::is_alphabetic)
        && text.ends_with(|c: char| c != ' ')
        && !text.contains("  ")
        && text.chars().all(plain)
}
