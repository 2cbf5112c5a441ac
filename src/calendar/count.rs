//! Counting Working Days.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use bdays::HolidayCalendar;
use chrono::{Datelike, NaiveDate};

use super::holiday::{BankHoliday, BankHolidays, Skipped};
use super::{Division, EditionName, WorkingDays};

/// The Working Days of one division by one edition of the bank holidays. Cloning is cheap.
///
/// A Working Day is any day but a Saturday, a Sunday or a bank holiday (Good Friday and Christmas Day among them), as SEC
/// Section A1 has it. A count never takes in the day it starts from, whatever kind of day that is.
///
/// As a [`HolidayCalendar`] it can be handed to `bdays`, whose own counts first roll a start that is not a
/// Working Day forward, are one day late from there, and know no limits: beyond the known years every weekday looks
/// like a Working Day. [`Calendar::add`] and the other methods here have neither fault.
#[derive(Clone, PartialEq, Eq)]
pub struct Calendar(Arc<Table>);

/// What a calendar knows, with every known Working Day numbered, so that a count is a subtraction.
#[derive(PartialEq, Eq)]
struct Table {
    edition: EditionName,
    division: Division,
    years: RangeInclusive<i32>,
    holidays: BankHolidays,
    first: NaiveDate,
    /// For each day from `first` on, the number of Working Days up to and including it.
    counted: Vec<u32>,
    /// The Working Days in order.
    working_days: Vec<NaiveDate>,
}

/// Why a count has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The date lies outside the known years.
    #[error("{date} is outside {first} to {last}, the years that the bank holiday edition {edition:?} covers: {MEND}", edition = .edition.as_str())]
    OutsideYears {
        /// The date asked about.
        date: NaiveDate,
        /// The first known year.
        first: i32,
        /// The last known year.
        last: i32,
        /// The edition asked.
        edition: EditionName,
    },
    /// The year is not a known one.
    #[error("the year {year} is outside {first} to {last}, the years that the bank holiday edition {edition:?} covers: {MEND}", edition = .edition.as_str())]
    UnknownYear {
        /// The year asked about.
        year: i32,
        /// The first known year.
        first: i32,
        /// The last known year.
        last: i32,
        /// The edition asked.
        edition: EditionName,
    },
    /// The count starts inside the known years and leaves them.
    #[error("{days} counted from {from} end outside {first} to {last}, the years that the bank holiday edition {edition:?} covers: {MEND}", edition = .edition.as_str())]
    CountLeavesYears {
        /// The day counted from.
        from: NaiveDate,
        /// How many Working Days were asked for, paused ones included.
        days: u32,
        /// The first known year.
        first: i32,
        /// The last known year.
        last: i32,
        /// The edition asked.
        edition: EditionName,
    },
    /// A span ends before it starts.
    #[error("the end {end} is before the start {start}: give the earlier date first")]
    EndBeforeStart {
        /// The start given.
        start: NaiveDate,
        /// The end given.
        end: NaiveDate,
    },
    /// An extension does not extend.
    #[error("an extension from {due} to {to} is no extension: give a date after {due}")]
    ExtensionNotLater {
        /// The date due so far.
        due: NaiveDate,
        /// The new date given.
        to: NaiveDate,
    },
}

const MEND: &str = "import an edition that covers it with `quorate bank-holidays import FILE --edition NAME`";

impl Calendar {
    /// Numbers the Working Days from 1 January of the first year to 31 December of the last.
    pub(super) fn new(
        edition: EditionName,
        division: Division,
        years: RangeInclusive<i32>,
        holidays: BankHolidays,
    ) -> Self {
        let first = NaiveDate::from_ymd_opt(*years.start(), 1, 1).unwrap_or(NaiveDate::MAX);
        let mut counted = Vec::new();
        let mut working_days = Vec::new();
        let mut total = 0;
        for day in first.iter_days().take_while(|day| years.contains(&day.year())) {
            if holidays.is_bday(day) {
                working_days.push(day);
                total += 1;
            }
            counted.push(total);
        }
        Self(Arc::new(Table { edition, division, years, holidays, first, counted, working_days }))
    }

    /// The edition it counts by.
    pub fn edition(&self) -> &EditionName {
        &self.0.edition
    }

    /// The division whose bank holidays it keeps.
    pub fn division(&self) -> Division {
        self.0.division
    }

    /// The years it knows.
    pub fn years(&self) -> RangeInclusive<i32> {
        self.0.years.clone()
    }

    /// Whether a date is a Working Day.
    ///
    /// # Errors
    ///
    /// [`CalendarError::OutsideYears`].
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, CalendarError> {
        self.counted_to(date)?;
        Ok(self.0.holidays.is_bday(date))
    }

    /// The nth Working Day strictly after `from`, whatever day `from` is; `from` itself if `n` is 0.
    ///
    /// # Errors
    ///
    /// [`CalendarError::OutsideYears`] or [`CalendarError::CountLeavesYears`].
    pub fn add(&self, from: NaiveDate, n: WorkingDays) -> Result<NaiveDate, CalendarError> {
        self.nth_after(from, u32::from(n.get()))
    }

    /// The nth Working Day strictly before `from`, whatever day `from` is; `from` itself if `n` is 0.
    ///
    /// # Errors
    ///
    /// [`CalendarError::OutsideYears`] or [`CalendarError::CountLeavesYears`].
    pub fn subtract(&self, from: NaiveDate, n: WorkingDays) -> Result<NaiveDate, CalendarError> {
        let upto = self.counted_to(from)?;
        let days = u32::from(n.get());
        if days == 0 {
            return Ok(from);
        }
        let next = upto + u32::from(self.nth(upto) != Some(from));
        next.checked_sub(days)
            .and_then(|position| self.nth(position))
            .ok_or_else(|| self.count_leaves_years(from, days))
    }

    /// The number of Working Days after `start`, up to and including `end`.
    ///
    /// # Errors
    ///
    /// [`CalendarError::EndBeforeStart`] or [`CalendarError::OutsideYears`].
    pub fn between(&self, start: NaiveDate, end: NaiveDate) -> Result<u32, CalendarError> {
        in_order(start, end)?;
        Ok(self.counted_to(end)?.saturating_sub(self.counted_to(start)?))
    }

    /// Each day after `after`, up to and including `until`, that is not a Working Day, and why.
    ///
    /// # Errors
    ///
    /// [`CalendarError::EndBeforeStart`] or [`CalendarError::OutsideYears`].
    pub fn skipped(&self, after: NaiveDate, until: NaiveDate) -> Result<Vec<Skipped>, CalendarError> {
        in_order(after, until)?;
        self.counted_to(after)?;
        self.counted_to(until)?;
        let days = after.iter_days().skip(1).take_while(|day| *day <= until);
        Ok(days
            .filter_map(|date| {
                let why = self.0.holidays.why_not_working(date)?;
                Some(Skipped { date, why })
            })
            .collect())
    }

    /// How many Working Days a year has.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`].
    pub fn working_days_in_year(&self, year: i32) -> Result<u32, CalendarError> {
        let (first, last) = self.days_of(year)?;
        let before = self.counted_to(first)? - u32::from(self.is_working_day(first)?);
        Ok(self.counted_to(last)? - before)
    }

    /// The bank holidays of a year, in order.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`].
    pub fn holidays_in(&self, year: i32) -> Result<Vec<&BankHoliday>, CalendarError> {
        let (first, last) = self.days_of(year)?;
        Ok(self.0.holidays.0.range(first..=last).map(|(_, holiday)| holiday).collect())
    }

    /// Every bank holiday it holds, in order.
    pub fn holidays(&self) -> impl Iterator<Item = &BankHoliday> {
        self.0.holidays.0.values()
    }

    /// The nth Working Day strictly after a date, for counts that pauses have lengthened.
    pub(super) fn nth_after(&self, from: NaiveDate, days: u32) -> Result<NaiveDate, CalendarError> {
        let before = self.counted_to(from)?;
        if days == 0 {
            return Ok(from);
        }
        self.nth(before.saturating_add(days)).ok_or_else(|| self.count_leaves_years(from, days))
    }

    /// The Working Day numbered `position`, the first known one being number 1.
    fn nth(&self, position: u32) -> Option<NaiveDate> {
        let index = usize::try_from(position.checked_sub(1)?).ok()?;
        self.0.working_days.get(index).copied()
    }

    /// The number of Working Days from the first known day up to and including a date.
    fn counted_to(&self, date: NaiveDate) -> Result<u32, CalendarError> {
        let index = date.num_days_from_ce() - self.0.first.num_days_from_ce();
        usize::try_from(index)
            .ok()
            .and_then(|index| self.0.counted.get(index).copied())
            .ok_or_else(|| self.outside_years(date))
    }

    fn days_of(&self, year: i32) -> Result<(NaiveDate, NaiveDate), CalendarError> {
        let days = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
        days.filter(|_| self.0.years.contains(&year)).ok_or_else(|| CalendarError::UnknownYear {
            year,
            first: *self.0.years.start(),
            last: *self.0.years.end(),
            edition: self.0.edition.clone(),
        })
    }

    fn outside_years(&self, date: NaiveDate) -> CalendarError {
        CalendarError::OutsideYears {
            date,
            first: *self.0.years.start(),
            last: *self.0.years.end(),
            edition: self.0.edition.clone(),
        }
    }

    fn count_leaves_years(&self, from: NaiveDate, days: u32) -> CalendarError {
        CalendarError::CountLeavesYears {
            from,
            days,
            first: *self.0.years.start(),
            last: *self.0.years.end(),
            edition: self.0.edition.clone(),
        }
    }
}

impl HolidayCalendar<NaiveDate> for Calendar {
    fn is_holiday(&self, date: NaiveDate) -> bool {
        self.0.holidays.is_holiday(date)
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Calendar({}, {})", self.0.division, self.0.edition)
    }
}

fn in_order(start: NaiveDate, end: NaiveDate) -> Result<(), CalendarError> {
    if end < start {
        return Err(CalendarError::EndBeforeStart { start, end });
    }
    Ok(())
}
