//! Bank holidays and the days a count passes over.

use std::collections::BTreeMap;

use bdays::HolidayCalendar;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One bank holiday, as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankHoliday {
    /// Its name, such as "Good Friday".
    pub title: String,
    /// The day it is kept on, which is never at a weekend.
    pub date: NaiveDate,
    /// What the publisher adds, such as "Substitute day"; often empty.
    #[serde(default)]
    pub notes: String,
    /// Whether public buildings fly bunting; kept only so that the data can be written back whole.
    #[serde(default)]
    pub bunting: bool,
}

/// A day that a count passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The day.
    pub date: NaiveDate,
    /// Why it is not a Working Day.
    pub why: NotWorking,
}

/// Why a day is not a Working Day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotWorking {
    /// A Saturday or a Sunday.
    Weekend,
    /// A bank holiday, with its name.
    BankHoliday(String),
}

/// The bank holidays of one division by date; a date it does not hold is an ordinary one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BankHolidays(pub(super) BTreeMap<NaiveDate, BankHoliday>);

impl BankHolidays {
    /// Why a date is not a Working Day, or `None` if it is one.
    pub(super) fn why_not_working(&self, date: NaiveDate) -> Option<NotWorking> {
        if bdays::is_weekend(date) {
            return Some(NotWorking::Weekend);
        }
        let holiday = self.0.get(&date)?;
        Some(NotWorking::BankHoliday(holiday.title.clone()))
    }
}

impl HolidayCalendar<NaiveDate> for BankHolidays {
    fn is_holiday(&self, date: NaiveDate) -> bool {
        self.0.contains_key(&date)
    }
}
