//! The ids a committee uses, and the categories its members stand for.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

const LIMIT: usize = 80;

/// A text is not the id of a body or a person, or not a category.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// An id with other characters, or too many or none of them.
    #[error("{given:?} is no id; write 1 to 80 small letters, digits, hyphens and underscores")]
    NotAnId {
        /// The beginning of what was given.
        given: String,
    },
    /// A category that is blank, long or on several lines.
    #[error("{given:?} is no Party category; write its name on one line, such as Large Supplier")]
    NotACategory {
        /// The beginning of what was given.
        given: String,
    },
}

fn beginning(text: &str) -> String {
    text.chars().take(40).collect()
}

fn is_id(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    (1..=LIMIT).contains(&text.len()) && text.chars().all(allowed)
}

macro_rules! id {
    ($(#[$doc:meta])* $type:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $type(String);

        impl $type {
            /// Reads an id.
            ///
            /// # Errors
            ///
            /// [`IdError::NotAnId`] for anything but 1 to 80 small letters, digits, hyphens and underscores.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                if is_id(text) { Ok(Self(text.to_owned())) } else { Err(IdError::NotAnId { given: beginning(text) }) }
            }

            /// The id as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $type {
            type Error = IdError;

            /// As `parse`; the empty text is the id of nobody, as in a ballot that is not open yet.
            fn try_from(text: String) -> Result<Self, IdError> {
                if text.is_empty() { Ok(Self::default()) } else { Self::parse(&text) }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A body that makes determinations, such as `operations_group`.
    BodyId
}

id! {
    /// A person, such as `priya`. Names stay outside, so that they can be erased without touching a record.
    PersonId
}

/// The Party category a member stands for, as it is stated on the record, such as `Large Supplier` (R10).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Category(String);

impl Category {
    /// The category as stated.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Category {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        let one_line = !text.chars().any(char::is_control) && text.chars().count() <= 200;
        if one_line && !text.trim().is_empty() {
            return Ok(Self(text.trim().to_owned()));
        }
        Err(IdError::NotACategory { given: beginning(&text) })
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
