//! The values that facts and fields hold.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::definition::Kind;
use super::names::ClockName;

/// The most marks a field takes.
pub const MOST_MARKS: usize = 100;

/// A mark by one criterion, with the reason for it (R25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// From nought upwards; the published criteria say how far.
    pub mark: u32,
    /// Why this mark.
    pub because: String,
}

/// A value of a fact or field, tagged by its kind when stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// Words as written.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Whole pence.
    Money(i64),
    /// Lowest and highest amount, whole pence.
    CostRange {
        /// Lowest amount in pence.
        low: i64,
        /// Highest amount in pence.
        high: i64,
    },
    /// A London date.
    Date(NaiveDate),
    /// First and last London date.
    Window {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// One of a field's choices.
    Choice(String),
    /// Several texts.
    List(Vec<String>),
    /// A date for each named clock.
    Timetable(BTreeMap<ClockName, NaiveDate>),
    /// A mark for each criterion, by the criterion's key.
    Marks(BTreeMap<String, Mark>),
}

impl Value {
    /// Whether this value can stand in a fact or field of `kind`.
    pub fn is_of(&self, kind: Kind) -> bool {
        matches!(
            (self, kind),
            (Self::YesNo(_), Kind::YesNo)
                | (Self::Text(_), Kind::Text)
                | (Self::Number(_), Kind::Number)
                | (Self::Money(_), Kind::Money)
                | (Self::CostRange { .. }, Kind::CostRange)
                | (Self::Date(_), Kind::Date)
                | (Self::Window { .. }, Kind::Window | Kind::ImplementationWindow)
                | (Self::Choice(_), Kind::Choice)
                | (Self::List(_), Kind::List)
                | (Self::Timetable(_), Kind::Timetable)
                | (Self::Marks(_), Kind::Marks)
        )
    }

    /// The date, where this is one.
    pub fn as_date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The words, where this is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Choice(text) => Some(text),
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YesNo(true) => f.write_str("yes"),
            Self::YesNo(false) => f.write_str("no"),
            Self::Text(text) => f.write_str(text),
            Self::Choice(choice) => f.write_str(&choice.replace('_', " ")),
            Self::Number(number) => write!(f, "{number}"),
            Self::Money(pence) => f.write_str(&pounds(*pence)),
            Self::CostRange { low, high } => write!(f, "{} to {}", pounds(*low), pounds(*high)),
            Self::Date(date) => write!(f, "{}", date.format("%-d %B %Y")),
            Self::Window { from, to } => write!(f, "{} to {}", from.format("%-d %B %Y"), to.format("%-d %B %Y")),
            Self::List(items) => f.write_str(&items.join("; ")),
            Self::Timetable(dates) => {
                let lines =
                    dates.iter().map(|(clock, date)| format!("{}: {}", clock.words(), date.format("%-d %B %Y")));
                f.write_str(&lines.collect::<Vec<_>>().join("; "))
            }
            Self::Marks(marks) => {
                let lines = marks
                    .iter()
                    .map(|(key, Mark { mark, because })| format!("{}: {mark} ({because})", key.replace('_', " ")));
                f.write_str(&lines.collect::<Vec<_>>().join("; "))
            }
        }
    }
}

/// An amount in pence as people write it: `£50,000`, or `£1,234.56` where there are pence.
pub fn pounds(pence: i64) -> String {
    let sign = if pence < 0 { "-" } else { "" };
    let (whole, part) = (pence.unsigned_abs() / 100, pence.unsigned_abs() % 100);
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if part == 0 { format!("{sign}£{grouped}") } else { format!("{sign}£{grouped}.{part:02}") }
}
