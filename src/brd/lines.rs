//! The words of a baseline: names of one line, and texts of paragraphs, lists and tables.
//!
//! Reading never fails. Both kinds drop what cannot be seen (control characters, marks that change the direction of
//! text, spaces without width) and write every kind of space and line ending in one way, so that the same words from
//! two files are the same value.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

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

/// The wording of an item in Markdown: paragraphs, lists within lists, tables and emphasis; may be blank.
///
/// Kept without blank lines at its ends, spaces at the ends of lines, or more than one blank line in a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct BrdText(String);

impl BrdText {
    /// Takes a text in Markdown, with any line endings.
    pub fn new(markdown: impl AsRef<str>) -> Self {
        let text = markdown.as_ref().replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
        let text = text.replace('\t', "    ").replace('\u{a0}', " ");
        let seen: String = text.chars().filter(|c| is_visible(*c)).collect();
        let mut lines: Vec<&str> = seen.lines().map(str::trim_end).collect();
        lines.dedup_by(|next, before| next.is_empty() && before.is_empty());
        Self(lines.join("\n").trim_matches('\n').to_owned())
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
