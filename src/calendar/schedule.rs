//! Schedules: when something that comes round comes round, by London clocks.

use std::fmt;

use chrono::{DateTime, Datelike, Days, Month, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc, Weekday};

use super::count::{Calendar, CalendarError};
use super::london::{first_london_instant, london_date};
use super::working_days::WorkingDays;

/// When something comes round.
///
/// Times are London times. On the day the clocks go back, a time they show twice is the first of the two; on the day
/// they go forward, a time they skip is the first they show next. So there is one slot a day on every day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// At every full hour that passes; there are 23 on the day the clocks go forward and 25 on the day they go back.
    Hourly,
    /// Every day at a time.
    Daily(NaiveTime),
    /// Every week, on a day at a time.
    Weekly(Weekday, NaiveTime),
    /// On dates of the year.
    Dated(Dates),
}

/// A date that comes round each quarter or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// How often.
    pub every: Every,
    /// The month, or with quarters one of the four.
    pub month: Month,
    /// The day of the month, from 1; the last day of a month that has fewer.
    pub day: u8,
    /// The time.
    pub time: NaiveTime,
    /// What becomes of a date that is no Working Day.
    pub falls: Falls,
}

/// How often a date comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// Every third month.
    Quarter,
    /// Every twelfth month.
    Year,
}

/// What becomes of a date that is no Working Day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Falls {
    /// It stays.
    OnTheDate,
    /// It moves to the next Working Day.
    OnAWorkingDay,
}

/// One time that something comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// The instant (UTC).
    pub at: DateTime<Utc>,
    /// Its London date.
    pub on: NaiveDate,
}

/// The slot of a date as the schedule names it, where the calendar has such an instant.
type Found = Result<Option<Slot>, CalendarError>;

impl Schedule {
    /// The last slot at or before `now`; nothing at the beginning of time.
    ///
    /// # Errors
    ///
    /// [`CalendarError`] where a date may move to a Working Day and the calendar does not know the year.
    pub fn latest(&self, calendar: &Calendar, now: DateTime<Utc>) -> Result<Option<Slot>, CalendarError> {
        if *self == Self::Hourly {
            return Ok(full_hour(now));
        }
        let mut date = self.named_until(london_date(now));
        while let Some(named) = date {
            match self.slot(calendar, named)? {
                Some(slot) if slot.at <= now => return Ok(Some(slot)),
                _ => date = named.pred_opt().and_then(|before| self.named_until(before)),
            }
        }
        Ok(None)
    }

    /// The first slot after `now`; nothing at the end of time.
    ///
    /// # Errors
    ///
    /// As [`latest`](Self::latest).
    pub fn next(&self, calendar: &Calendar, now: DateTime<Utc>) -> Result<Option<Slot>, CalendarError> {
        if *self == Self::Hourly {
            return Ok(now.checked_add_signed(TimeDelta::hours(1)).and_then(full_hour));
        }
        let today = london_date(now);
        // The slot of a date named before today may have moved to a Working Day still to come.
        let mut date = self.named_until(today).or_else(|| self.named_after(today));
        while let Some(named) = date {
            match self.slot(calendar, named)? {
                Some(slot) if slot.at > now => return Ok(Some(slot)),
                _ => date = self.named_after(named),
            }
        }
        Ok(None)
    }

    /// How many slots there are after one instant and up to another, counted no further than `most`.
    ///
    /// # Errors
    ///
    /// As [`latest`](Self::latest).
    pub fn count(
        &self,
        calendar: &Calendar,
        (after, until): (DateTime<Utc>, DateTime<Utc>),
        most: u32,
    ) -> Result<u32, CalendarError> {
        let (mut count, mut from) = (0, after);
        while count < most {
            match self.next(calendar, from)? {
                Some(slot) if slot.at <= until => from = slot.at,
                _ => break,
            }
            count += 1;
        }
        Ok(count)
    }

    /// The last date the schedule names that is not after `day`.
    fn named_until(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Hourly | Self::Daily(_) => Some(day),
            Self::Weekly(weekday, _) => day.checked_sub_days(Days::new(u64::from(day.weekday().days_since(*weekday)))),
            Self::Dated(dates) => {
                let turn = dates.turn_of(day);
                dates.date(turn).filter(|date| *date <= day).or_else(|| dates.date(turn - 1))
            }
        }
    }

    /// The first date the schedule names after `day`.
    fn named_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Hourly | Self::Daily(_) => day.succ_opt(),
            Self::Weekly(..) => self.named_until(day.checked_add_days(Days::new(7))?),
            Self::Dated(dates) => {
                let turn = dates.turn_of(day);
                dates.date(turn).filter(|date| *date > day).or_else(|| dates.date(turn + 1))
            }
        }
    }

    /// The slot of a date the schedule names.
    fn slot(&self, calendar: &Calendar, named: NaiveDate) -> Found {
        let (on, time) = match self {
            Self::Hourly => (named, NaiveTime::MIN),
            Self::Daily(time) | Self::Weekly(_, time) => (named, *time),
            Self::Dated(dates) => (dates.moved(calendar, named)?, dates.time),
        };
        Ok(first_london_instant(on, time).map(|at| Slot { at, on }))
    }
}

impl Dates {
    /// The number of the last turn that does not begin in a month after that of `day`.
    fn turn_of(&self, day: NaiveDate) -> i32 {
        let months = day.year() * 12 + month0(day.month()) - month0(self.month.number_from_month());
        months.div_euclid(self.every.months())
    }

    /// The date of a turn.
    fn date(&self, turn: i32) -> Option<NaiveDate> {
        let months = turn * self.every.months() + month0(self.month.number_from_month());
        let (year, month) = (months.div_euclid(12), u32::try_from(months.rem_euclid(12)).ok()? + 1);
        (1..=u32::from(self.day.max(1))).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
    }

    fn moved(&self, calendar: &Calendar, date: NaiveDate) -> Result<NaiveDate, CalendarError> {
        if self.falls == Falls::OnTheDate || calendar.is_working_day(date)? {
            return Ok(date);
        }
        calendar.add(date, WorkingDays::new(1))
    }
}

impl Every {
    fn months(self) -> i32 {
        match self {
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

fn month0(month: u32) -> i32 {
    i32::try_from(month).unwrap_or(1) - 1
}

/// The full hour at or before an instant. London's clocks differ from UTC by whole hours.
fn full_hour(instant: DateTime<Utc>) -> Option<Slot> {
    let at = instant.with_minute(0)?.with_second(0)?.with_nanosecond(0)?;
    Some(Slot { at, on: london_date(at) })
}

/// In words, such as "every day at 02:00".
impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hourly => f.write_str("every hour"),
            Self::Daily(time) => write!(f, "every day at {}", time.format("%H:%M")),
            Self::Weekly(weekday, time) => {
                let named = NaiveDate::from_isoywd_opt(2024, 1, *weekday).unwrap_or_default();
                write!(f, "every {} at {}", named.format("%A"), time.format("%H:%M"))
            }
            Self::Dated(dates) => dates.fmt(f),
        }
    }
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, month) = (self.day, self.month.name());
        match self.every {
            Every::Quarter => write!(f, "every third month on day {day}, {month} among them,")?,
            Every::Year => write!(f, "every {day} {month}")?,
        }
        if self.falls == Falls::OnAWorkingDay {
            f.write_str(" or the next Working Day")?;
        }
        write!(f, " at {}", self.time.format("%H:%M"))
    }
}
