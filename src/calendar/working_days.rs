//! A number of Working Days.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A number of Working Days, such as the 20 allowed for findings on a proposal.
///
/// Written `20wd` in files; `20` is also read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorkingDays(u16);

/// A text that is not a number of Working Days.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a number of Working Days: write a whole number from 0 to 65535, as 20wd or 20")]
pub struct NotWorkingDays(String);

impl WorkingDays {
    /// That many Working Days.
    pub const fn new(days: u16) -> Self {
        Self(days)
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for WorkingDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("1 Working Day"),
            days => write!(f, "{days} Working Days"),
        }
    }
}

impl FromStr for WorkingDays {
    type Err = NotWorkingDays;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.strip_suffix("wd").unwrap_or(text);
        let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        plain
            .then(|| number.parse().ok())
            .flatten()
            .map(Self)
            .ok_or_else(|| NotWorkingDays(text.chars().take(40).collect()))
    }
}

impl TryFrom<String> for WorkingDays {
    type Error = NotWorkingDays;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<WorkingDays> for String {
    fn from(days: WorkingDays) -> Self {
        format!("{}wd", days.0)
    }
}
