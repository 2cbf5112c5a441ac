//! Hours of Planned Maintenance: what the SEC allows in a month, what is asked, and what is left (R65 to R67).

use std::fmt::{self, Display};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::errors::{Mend, excerpt};

/// The hours of Planned Maintenance allowed in a calendar month. The SEC allows four (R65).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Allowance(pub u16);

impl Default for Allowance {
    fn default() -> Self {
        Self(4)
    }
}

/// A calendar month, written `2026-03`. Planned Maintenance is planned and counted by the month (R67).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u32,
}

/// A text that is not a month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is not a month")]
pub struct MonthError {
    /// The beginning of what was given.
    pub given: String,
}

impl Mend for MonthError {
    fn mend(&self) -> String {
        "write year and month, such as 2026-03".to_owned()
    }
}

impl Month {
    /// The month a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// Reads a month such as `2026-03`.
    ///
    /// # Errors
    ///
    /// [`MonthError`] for anything else.
    pub fn parse(text: &str) -> Result<Self, MonthError> {
        let refused = || MonthError { given: excerpt(text) };
        let text = Some(text.trim()).filter(|text| text.len() == 7).ok_or_else(refused)?;
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d");
        first.map(Self::of).map_err(|_| refused())
    }
}

impl Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

text_value!(Month, MonthError);

/// The hours one SIP asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The SIP.
    pub sip: String,
    /// The month it is deployed in.
    pub month: Month,
    /// The hours.
    pub hours: u32,
}

/// The hours of one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The month.
    pub month: Month,
    /// The hours allowed.
    pub allowed: u32,
    /// The hours asked for so far.
    pub asked: u32,
    /// The hours left; nought where the allowance is used up or exceeded.
    pub left: u32,
    /// The hours asked for above the allowance.
    pub over: u32,
    /// Who asks for them.
    pub requests: Vec<Request>,
}

/// Counts the hours asked for in a month against the allowance.
pub fn hours(month: Month, allowance: Allowance, requests: &[Request]) -> Hours {
    let own: Vec<_> = requests.iter().filter(|request| request.month == month).cloned().collect();
    let asked = own.iter().fold(0_u32, |sum, request| sum.saturating_add(request.hours));
    let allowed = u32::from(allowance.0);
    Hours {
        month,
        allowed,
        asked,
        left: allowed.saturating_sub(asked),
        over: asked.saturating_sub(allowed),
        requests: own,
    }
}
