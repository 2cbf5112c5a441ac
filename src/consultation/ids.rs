//! Who and what is meant: SIPs, Parties, people and questions.

use std::fmt::{self, Display};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fault::excerpt;

/// The longest id, in characters.
const LONGEST: usize = 80;

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Blank, too long, or with a space or an invisible character in it.
    #[error("{given:?} is not an id: write 1 to {LONGEST} characters without spaces")]
    Malformed {
        /// The beginning of what was given.
        given: String,
    },
    /// Not the number of a question.
    #[error("{given:?} is not a question: write its number, such as Q3")]
    NotQuestion {
        /// The beginning of what was given.
        given: String,
    },
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads an id. It is kept as written.
            ///
            /// # Errors
            ///
            /// [`IdError::Malformed`] when it is blank, too long, or has a space or an invisible character in it.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                well_formed(text).map(|()| Self(text.to_owned()))
            }

            /// The id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id! {
    /// The number of a SIP, such as `SIP-0001`.
    SipId
}
id! {
    /// The id of a SEC Party.
    PartyId
}
id! {
    /// The id of a person. Names and addresses are never kept here.
    PersonId
}

fn well_formed(text: &str) -> Result<(), IdError> {
    let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if plain && (1..=LONGEST).contains(&text.chars().count()) {
        return Ok(());
    }
    Err(IdError::Malformed { given: excerpt(text) })
}

/// The number of a question, counted from 1 through the whole consultation. Written `Q3`; `3` and `q3` are also read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuestionNumber(u16);

impl QuestionNumber {
    /// That number.
    pub const fn new(number: u16) -> Self {
        Self(number)
    }
}

impl Display for QuestionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Q{}", self.0)
    }
}

impl FromStr for QuestionNumber {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let digits = text.strip_prefix(['Q', 'q']).unwrap_or(text);
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|number| plain && *number > 0);
        number.map(Self).ok_or_else(|| IdError::NotQuestion { given: excerpt(text) })
    }
}

impl TryFrom<String> for QuestionNumber {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<QuestionNumber> for String {
    fn from(number: QuestionNumber) -> Self {
        number.to_string()
    }
}
