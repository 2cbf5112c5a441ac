//! Money as whole pence, the anticipated cost of a SIP and its cost band.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::amount::{decimals, refusal, whole_pounds, without_pound_sign};
use super::errors::Mend;

/// An amount of money in whole pence, from nothing to ten billion pounds.
///
/// Stored and exchanged as an integer number of pence; displayed as `£50,000` or `£1,234.56`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Pence(i64);

impl Pence {
    /// No money.
    pub const ZERO: Self = Self(0);
    /// The largest amount held: £10,000,000,000.
    pub const MAX: Self = Self(1_000_000_000_000);

    /// An amount given in pence.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Negative`] below nought, [`MoneyError::TooLarge`] above [`Pence::MAX`].
    pub fn new(pence: i64) -> Result<Self, MoneyError> {
        match pence {
            ..0 => Err(MoneyError::Negative),
            _ if pence > Self::MAX.0 => Err(MoneyError::TooLarge),
            _ => Ok(Self(pence)),
        }
    }

    /// An amount given in whole pounds.
    ///
    /// # Errors
    ///
    /// As [`Pence::new`].
    pub fn from_pounds(pounds: i64) -> Result<Self, MoneyError> {
        Self::new(pounds.saturating_mul(100))
    }

    /// Reads an amount in pounds as a person writes it: `£50,000`, `50000`, `GBP 1,234.50`.
    ///
    /// # Errors
    ///
    /// [`MoneyError`] for anything whose value could be read in two ways or not at all.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let amount = without_pound_sign(text);
        if amount.is_empty() {
            return Err(MoneyError::Empty);
        }
        if let Some(error) = refusal(amount) {
            return Err(error);
        }
        let (pounds, pence) = amount.split_once('.').map_or((amount, None), |(pounds, pence)| (pounds, Some(pence)));
        let pence = pence.map_or(Ok(0), |pence| decimals(pounds, pence))?;
        Self::new(whole_pounds(pounds)?.saturating_mul(100).saturating_add(pence))
    }

    /// The amount in pence.
    pub fn get(self) -> i64 {
        self.0
    }

    /// The sum of two amounts.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] above [`Pence::MAX`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        Self::new(self.0.saturating_add(other.0))
    }

    /// This amount less another.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Negative`] when the other amount is the larger.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        Self::new(self.0.saturating_sub(other.0))
    }
}

impl Display for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pounds = (self.0 / 100).to_string();
        f.write_str("£")?;
        for (index, digit) in pounds.chars().enumerate() {
            if index > 0 && (pounds.len() - index).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        let pence = self.0 % 100;
        if pence == 0 { Ok(()) } else { write!(f, ".{pence:02}") }
    }
}

impl TryFrom<i64> for Pence {
    type Error = MoneyError;

    fn try_from(pence: i64) -> Result<Self, MoneyError> {
        Self::new(pence)
    }
}

impl From<Pence> for i64 {
    fn from(amount: Pence) -> i64 {
        amount.0
    }
}

/// Why an amount of money was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// There is no amount.
    #[error("there is no amount")]
    Empty,
    /// The text carries a plus, a minus or accountants' brackets.
    #[error("an amount carries no sign or brackets, and {given:?} does")]
    Signed {
        /// The beginning of what was given.
        given: String,
    },
    /// The text is in scientific notation.
    #[error("{given:?} has an exponent")]
    Exponent {
        /// The beginning of what was given.
        given: String,
    },
    /// The amount is not in pounds sterling.
    #[error("{currency} is not pounds sterling")]
    OtherCurrency {
        /// The currency sign or code that was given.
        currency: String,
    },
    /// A character that no amount contains.
    #[error("{character:?} does not belong in an amount")]
    Unexpected {
        /// The first such character.
        character: char,
    },
    /// There are not exactly two digits after the point, or none before it.
    #[error("pence are two digits after a point with the pounds before it, and {given:?} is not so")]
    Decimals {
        /// The beginning of what was given.
        given: String,
        /// What was probably meant, where there is one reading.
        write: Option<String>,
    },
    /// Commas that do not part thousands, or a second point.
    #[error("the commas or points in {given:?} do not part thousands and pence")]
    Separators {
        /// The beginning of what was given.
        given: String,
    },
    /// More than [`Pence::MAX`].
    #[error("that is more than {}", Pence::MAX)]
    TooLarge,
    /// Less than nothing.
    #[error("an amount cannot be less than nothing")]
    Negative,
    /// The low end of a range is above its high end.
    #[error("the low end, {low}, is above the high end, {high}")]
    Reversed {
        /// The low end given.
        low: Pence,
        /// The high end given.
        high: Pence,
    },
}

impl Mend for MoneyError {
    fn mend(&self) -> String {
        match self {
            Self::Empty => "write pounds such as 50,000 or 1234.50",
            Self::Signed { .. } | Self::Negative => "write it without a sign",
            Self::Exponent { .. } => "write all the digits, such as 50,000",
            Self::OtherCurrency { .. } => "convert it and write pounds sterling",
            Self::Unexpected { .. } => "use only digits, commas and a point, such as 1,234.50",
            Self::Decimals { write: Some(write), .. } => return format!("write {write}"),
            Self::Decimals { write: None, .. } => "round it to whole pence, such as 1234.50",
            Self::Separators { .. } => "write 1,234,567.89 or 1234567.89",
            Self::TooLarge => "check the number of digits",
            Self::Reversed { .. } => "exchange the two",
        }
        .to_owned()
    }
}

/// The anticipated cost of a SIP, from a low to a high end (R29).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct CostRange {
    low: Pence,
    high: Pence,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    low: Pence,
    high: Pence,
}

impl CostRange {
    /// A range; the two ends may be equal.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Reversed`] when `low` is above `high`.
    pub fn new(low: Pence, high: Pence) -> Result<Self, MoneyError> {
        if low > high { Err(MoneyError::Reversed { low, high }) } else { Ok(Self { low, high }) }
    }

    /// The low end.
    pub fn low(&self) -> Pence {
        self.low
    }

    /// The high end.
    pub fn high(&self) -> Pence {
        self.high
    }

    /// The band of the range: that of its high end, since the dearer reading protects the Parties who pay (R22).
    pub fn band(&self) -> CostBand {
        CostBand::of(self.high)
    }

    /// Whether the low end alone would fall in a cheaper band.
    pub fn spans_bands(&self) -> bool {
        CostBand::of(self.low) != self.band()
    }
}

impl Display for CostRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high { self.low.fmt(f) } else { write!(f, "{} to {}", self.low, self.high) }
    }
}

impl TryFrom<Ends> for CostRange {
    type Error = MoneyError;

    fn try_from(ends: Ends) -> Result<Self, MoneyError> {
        Self::new(ends.low, ends.high)
    }
}

impl From<CostRange> for Ends {
    fn from(range: CostRange) -> Self {
        Self { low: range.low, high: range.high }
    }
}

/// The cost category DCC applies to a SIP; both edges, £50,000 and £100,000, are Medium (R22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CostBand {
    /// Below £50,000.
    Small,
    /// From £50,000 to £100,000.
    Medium,
    /// Above £100,000.
    Large,
}

impl CostBand {
    /// The lowest amount that is Medium.
    pub const MEDIUM_FROM: Pence = Pence(5_000_000);
    /// The highest amount that is Medium.
    pub const MEDIUM_TO: Pence = Pence(10_000_000);

    /// The band of one amount.
    pub fn of(amount: Pence) -> Self {
        if amount < Self::MEDIUM_FROM {
            Self::Small
        } else if amount <= Self::MEDIUM_TO {
            Self::Medium
        } else {
            Self::Large
        }
    }
}

impl Display for CostBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Small => "Small",
            Self::Medium => "Medium",
            Self::Large => "Large",
        })
    }
}
