//! Lengths of time as an Impact Assessment states them: months or Working Days, from the day of approval, D.

use std::fmt::{self, Display};

use thiserror::Error;

use crate::sip::errors::{Mend, excerpt};

/// The longest time, in either unit.
const LONGEST: u16 = 1_000;

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// Calendar months.
    Months(u16),
    /// Working Days.
    WorkingDays(u16),
}

/// How long a phase takes, or when it is done counted from the day of approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timing {
    /// It takes this long.
    Lasts(Span),
    /// It is done this long after the day of approval.
    After(Span),
}

/// A text that states no length of time.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{given:?} is not a length of time")]
pub struct SpanError {
    /// The beginning of what was given.
    pub given: String,
    mend: &'static str,
}

impl SpanError {
    fn new(given: &str, mend: &'static str) -> Self {
        Self { given: excerpt(given), mend }
    }
}

impl Mend for SpanError {
    fn mend(&self) -> String {
        self.mend.to_owned()
    }
}

impl Span {
    /// Reads a length of time, such as `4 months` or `15 Working Days`.
    ///
    /// # Errors
    ///
    /// [`SpanError`] for another unit, or a number that is not whole or above 1,000.
    pub fn parse(text: &str) -> Result<Self, SpanError> {
        let refused = || SpanError::new(text, "write months or Working Days, such as 4 months or 15 Working Days");
        let (number, unit) = text.trim().split_once(char::is_whitespace).ok_or_else(refused)?;
        let digits = Some(number).filter(|number| number.chars().all(|c| c.is_ascii_digit()));
        let number = digits.and_then(|digits| digits.parse().ok()).filter(|number| *number <= LONGEST);
        let number = number.ok_or_else(refused)?;
        match unit.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().as_str() {
            "month" | "months" => Ok(Self::Months(number)),
            "working day" | "working days" => Ok(Self::WorkingDays(number)),
            _ => Err(refused()),
        }
    }
}

impl Timing {
    /// Reads a duration, or a day counted from approval, such as `D + 9 months`.
    ///
    /// # Errors
    ///
    /// As [`Span::parse`].
    pub fn parse(text: &str) -> Result<Self, SpanError> {
        let after = text.trim().strip_prefix(['D', 'd']).map(str::trim_start).and_then(|rest| rest.strip_prefix('+'));
        let read = after.map_or_else(|| Span::parse(text).map(Self::Lasts), |span| Span::parse(span).map(Self::After));
        let mend = "write a duration, such as 4 months, or a day counted from approval, such as D + 9 months";
        read.map_err(|_| SpanError::new(text, mend))
    }
}

impl Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Months(1) => f.write_str("1 month"),
            Self::Months(months) => write!(f, "{months} months"),
            Self::WorkingDays(1) => f.write_str("1 Working Day"),
            Self::WorkingDays(days) => write!(f, "{days} Working Days"),
        }
    }
}

impl Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lasts(span) => span.fmt(f),
            Self::After(span) => write!(f, "D + {span}"),
        }
    }
}

text_value!(Span, SpanError);
text_value!(Timing, SpanError);
