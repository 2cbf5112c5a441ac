//! A deadline as a letter says it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Close, Deadline, WorkingDays, date_words, london_date};

/// A deadline: who must do what by when, and how the date was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineSays {
    /// What is to be done, as the title of its clock.
    pub what: String,
    /// Whose turn it is.
    pub who: String,
    /// The day of the week.
    pub weekday: String,
    /// The date, for example `28 February 2025`.
    pub date: String,
    /// The London time at which it closes; none for the end of the day.
    pub time: Option<String>,
    /// All of that, as in `by ...`: `the end of Friday 28 February 2025`.
    pub by: String,
    /// How long is left, for example `5 Working Days left`; of what is overdue, that the date has passed.
    pub left: String,
    /// Whether the date has passed.
    pub overdue: bool,
    /// How the date was reached, one sentence each.
    pub explanation: Vec<String>,
    /// The first instant that is too late (UTC).
    pub closes_at: DateTime<Utc>,
}

impl DeadlineSays {
    /// What is to be said at `now` of a deadline that is `left` Working Days away.
    pub fn new(
        what: impl Into<String>,
        who: impl Into<String>,
        deadline: &Deadline,
        left: WorkingDays,
        now: DateTime<Utc>,
    ) -> Self {
        let time = match deadline.derivation.closes {
            Close::EndOfDay => None,
            Close::At(time) => Some(time.format("%H:%M").to_string()),
        };
        Self {
            what: what.into(),
            who: who.into(),
            weekday: deadline.on.format("%A").to_string(),
            date: deadline.on.format("%-d %B %Y").to_string(),
            by: by(deadline),
            time,
            left: how_long(deadline, left, now),
            overdue: deadline.is_past(now),
            explanation: deadline.explain().lines().map(str::to_owned).collect(),
            closes_at: deadline.closes_at,
        }
    }
}

/// A deadline as in `by ...`.
pub(super) fn by(deadline: &Deadline) -> String {
    let day = date_words(deadline.on);
    match deadline.derivation.closes {
        Close::EndOfDay => format!("the end of {day}"),
        Close::At(time) => format!("{} on {day}, London time", time.format("%H:%M")),
    }
}

fn how_long(deadline: &Deadline, left: WorkingDays, now: DateTime<Utc>) -> String {
    if deadline.is_past(now) {
        "this date has passed".to_owned()
    } else if deadline.on == london_date(now) {
        "today".to_owned()
    } else if left.get() == 0 {
        "no Working Day is left".to_owned()
    } else {
        format!("{left} left")
    }
}
