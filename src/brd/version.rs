//! The version of a baseline.

use std::fmt::{self, Display};

use thiserror::Error;

/// The version of a baseline, such as `V1.0.9`. Versions order by their numbers, `V1.0.9` before `V1.0.10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Version {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
    /// The third number; nought where none is printed.
    pub patch: u32,
}

/// A text that is not a version.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{given:?} is not a version; write it like V1.0.9")]
pub struct VersionError {
    /// The beginning of what was given.
    pub given: String,
}

impl Version {
    /// Reads a version with or without its `V`, of two or three numbers.
    ///
    /// # Errors
    ///
    /// [`VersionError`] when the text is something else.
    pub fn parse(text: &str) -> Result<Self, VersionError> {
        let refused = || VersionError { given: text.trim().chars().take(60).collect() };
        let bare = text.trim();
        let bare = bare.strip_prefix(['v', 'V']).unwrap_or(bare);
        let numbers: Option<Vec<u32>> = bare.split('.').map(number).collect();
        match *numbers.unwrap_or_default().as_slice() {
            [major, minor] => Ok(Self { major, minor, patch: 0 }),
            [major, minor, patch] => Ok(Self { major, minor, patch }),
            _ => Err(refused()),
        }
    }
}

impl Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "V{}.{}.{}", self.major, self.minor, self.patch)
    }
}

text_value!(Version, VersionError);

fn number(digits: &str) -> Option<u32> {
    let plain = (1..=6).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}
