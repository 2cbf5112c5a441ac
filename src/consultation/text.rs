//! Two kinds of text: what SECAS and DCC state, which is tidied, and what Parties answer, which is never touched.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

/// The longest text of either kind, in characters.
const LONGEST: usize = 20_000;

/// Why a text was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// There is nothing to read.
    #[error("this is blank: write something")]
    Blank,
    /// Longer than the most there may be.
    #[error("this has {characters} characters: write at most {LONGEST}, and attach the rest")]
    TooLong {
        /// How many characters it has.
        characters: usize,
    },
    /// A character that cannot be seen and that no keyboard means to write.
    #[error("character {place} is the control character U+{code:04X}: take it out")]
    Control {
        /// Its place, counted from 1.
        place: usize,
        /// Its code.
        code: u32,
    },
}

/// What a consultation states: never blank, without spaces at either end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Statement(String);

/// What a Party wrote, to the letter: spaces, blank lines and spelling included. It may be blank.
///
/// Only its length and control characters other than tabs and line ends are ever refused (R36).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Verbatim(String);

impl Statement {
    /// Reads a statement, without the spaces at its ends.
    ///
    /// # Errors
    ///
    /// [`TextError`] when it is blank, too long, or holds a control character.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TextError::Blank);
        }
        plain(text).map(|()| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Verbatim {
    /// Reads what a Party wrote.
    ///
    /// # Errors
    ///
    /// [`TextError::TooLong`] or [`TextError::Control`].
    pub fn parse(text: &str) -> Result<Self, TextError> {
        plain(text).map(|()| Self(text.to_owned()))
    }

    /// The text, to the letter.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to read in it.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

fn plain(text: &str) -> Result<(), TextError> {
    let characters = text.chars().count();
    if characters > LONGEST {
        return Err(TextError::TooLong { characters });
    }
    match (1..).zip(text.chars()).find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        Some((place, character)) => Err(TextError::Control { place, code: u32::from(character) }),
        None => Ok(()),
    }
}

macro_rules! as_text {
    ($name:ident) => {
        impl Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;

            fn try_from(text: String) -> Result<Self, TextError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    };
}

as_text!(Statement);
as_text!(Verbatim);
