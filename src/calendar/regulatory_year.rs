//! Regulatory Years: 1 April to 31 March.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A Regulatory Year, from 1 April to the 31 March after it, both included (R31).
///
/// Written `2025/26`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegulatoryYear(i32);

/// A text that is not a Regulatory Year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a Regulatory Year: write the two calendar years it lies in, for example 2025/26")]
pub struct NotRegulatoryYear(String);

impl RegulatoryYear {
    /// The Regulatory Year that a date lies in.
    pub fn containing(date: NaiveDate) -> Self {
        Self(date.year() - i32::from(date.month() < 4))
    }

    /// Its first day, 1 April.
    pub fn starts(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0, 4, 1).unwrap_or(NaiveDate::MIN)
    }

    /// Its last day, 31 March.
    pub fn ends(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0 + 1, 3, 31).unwrap_or(NaiveDate::MAX)
    }

    /// Whether a date lies in it.
    pub fn contains(self, date: NaiveDate) -> bool {
        Self::containing(date) == self
    }
}

impl fmt::Display for RegulatoryYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

impl FromStr for RegulatoryYear {
    type Err = NotRegulatoryYear;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once('/')
            .filter(|(first, _)| first.len() == 4)
            .and_then(|(first, _)| first.parse::<u16>().ok())
            .map(|first| Self(i32::from(first)))
            .filter(|year| year.to_string() == text)
            .ok_or_else(|| NotRegulatoryYear(text.chars().take(40).collect()))
    }
}

impl TryFrom<String> for RegulatoryYear {
    type Error = NotRegulatoryYear;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RegulatoryYear> for String {
    fn from(year: RegulatoryYear) -> Self {
        year.to_string()
    }
}
