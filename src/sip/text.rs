//! Text that people write, within bounds.
//!
//! Both kinds trim their ends, write every line ending as a line feed and refuse what cannot be seen: control
//! characters and the format characters that make text display in another order than it is stored. HTML and other
//! markup is kept as the plain text it is: escaping belongs to whoever writes the text into a page, a document or
//! a message.

use std::fmt::{self, Display};

use thiserror::Error;

use super::errors::Mend;

/// Text of one line and at most `MOST` characters; never blank.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line<const MOST: usize>(String);

/// Text of any number of lines and at most `MOST` characters in all; never blank. Tabs are kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prose<const MOST: usize>(String);

/// The name of a person or an organisation.
pub type Name = Line<200>;
/// The title of a SIP.
pub type Title = Line<200>;
/// What a SIP asks for.
pub type Description = Prose<20_000>;
/// One benefit of a SIP.
pub type Benefit = Prose<1_000>;
/// The wording of one requirement.
pub type RequirementText = Prose<5_000>;
/// The name of a DCC System.
pub type SystemName = Line<100>;
/// Why somebody asked, chose or decided.
pub type Reason = Prose<2_000>;
/// A short remark.
pub type Note = Prose<1_000>;

/// Why a text was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextError {
    /// There is nothing to read.
    #[error("this is blank")]
    Blank,
    /// The text is longer than its bound.
    #[error("this has {characters} characters")]
    TooLong {
        /// The number of characters after trimming.
        characters: usize,
        /// The most allowed.
        most: usize,
    },
    /// The text holds a character that cannot be seen.
    #[error("line {line} has {} at character {column}", character_name(*.character))]
    Invisible {
        /// The first such character.
        character: char,
        /// Its line, counted from 1.
        line: usize,
        /// Its place in the line in characters, counted from 1.
        column: usize,
    },
}

impl Mend for TextError {
    fn mend(&self) -> String {
        match self {
            Self::Blank => "write something".to_owned(),
            Self::TooLong { most, .. } => format!("write at most {most} characters"),
            Self::Invisible { character: '\n', .. } => "write it on one line".to_owned(),
            Self::Invisible { .. } => "take it out".to_owned(),
        }
    }
}

impl<const MOST: usize> Line<MOST> {
    /// Reads one line.
    ///
    /// # Errors
    ///
    /// [`TextError`] when the text is blank, too long, has a line break or tab, or an invisible character.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        bounded(text, MOST, |_| false).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize> Prose<MOST> {
    /// Reads text of several lines.
    ///
    /// # Errors
    ///
    /// [`TextError`] when the text is blank, too long or has an invisible character.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        bounded(text, MOST, |c| matches!(c, '\n' | '\t')).map(Self)
    }

    /// The text, its lines parted by line feeds.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize> Display for Line<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MOST: usize> Display for Prose<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_value!([const MOST: usize] Line<MOST>, TextError);
text_value!([const MOST: usize] Prose<MOST>, TextError);

fn bounded(text: &str, most: usize, allowed: impl Fn(char) -> bool) -> Result<String, TextError> {
    let text = with_line_feeds(text.trim());
    if text.is_empty() {
        return Err(TextError::Blank);
    }
    let characters = text.chars().count();
    if characters > most {
        return Err(TextError::TooLong { characters, most });
    }
    match text.char_indices().find(|(_, c)| is_invisible(*c) && !allowed(*c)) {
        Some((at, character)) => Err(invisible(text.get(..at).unwrap_or_default(), character)),
        None => Ok(text),
    }
}

/// The text with every line ending written as a line feed.
fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
}

fn invisible(before: &str, character: char) -> TextError {
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    TextError::Invisible { character, line, column }
}

/// Control characters, marks that change the direction of text, and spaces without width.
fn is_invisible(c: char) -> bool {
    let reorders = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || reorders || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn character_name(character: char) -> String {
    let name = match character {
        '\n' => return "a line break".to_owned(),
        '\t' => return "a tab".to_owned(),
        '\0' => "null",
        '\u{7}' => "bell",
        '\u{8}' => "backspace",
        '\u{b}' => "vertical tab",
        '\u{c}' => "form feed",
        '\u{1b}' => "escape",
        '\u{7f}' => "delete",
        '\u{200b}' | '\u{2060}' | '\u{feff}' => "space without width",
        other if other.is_control() => "control character",
        _ => "change of text direction",
    };
    format!("the invisible character U+{:04X} ({name})", u32::from(character))
}
