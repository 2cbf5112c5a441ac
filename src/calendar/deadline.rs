//! Deadlines, each with the whole of how it was reached.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::holiday::Skipped;
use super::{Calendar, CalendarError, Division, EditionName, WorkingDays, end_of_day, london_instant};

/// A date by which something is to be done, and how the date was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The London date.
    pub on: NaiveDate,
    /// The first instant that is too late.
    pub closes_at: DateTime<Utc>,
    /// How the date was reached.
    pub derivation: Derivation,
}

/// How a deadline was reached: enough to check it by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    /// What started the count, such as "the proposal was sent".
    pub start_event: String,
    /// The London date of that, which is not itself counted.
    pub counted_from: NaiveDate,
    /// How the date follows from it.
    pub method: Method,
    /// The rule that sets the target, such as `R24`.
    pub rule: Option<String>,
    /// Whose bank holidays were kept.
    pub division: Division,
    /// The edition of the bank holidays.
    pub edition: EditionName,
    /// The days passed over; of an extended deadline, those up to the original date.
    pub skipped: Vec<Skipped>,
    /// The spans the clock stood still that bear on the count: none overlap, none begin before the count.
    pub paused: Vec<PausedSpan>,
    /// When on the day it closes.
    pub closes: Close,
}

/// How a date follows from its start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// So many Working Days after the start.
    Count {
        /// How many.
        target: WorkingDays,
    },
    /// So many Working Days before the start.
    CountBack {
        /// How many.
        target: WorkingDays,
    },
    /// An extension of an earlier date, told to those it concerns.
    Extended {
        /// The new date.
        to: NaiveDate,
        /// Who extended it.
        by: String,
        /// Why.
        reason: String,
        /// The date before any extension.
        original: NaiveDate,
        /// The Working Days that gave the original date, if they were counted.
        target: Option<WorkingDays>,
    },
    /// A date set by the body entitled to, in place of the target.
    SetBy {
        /// The body.
        body: String,
        /// Why.
        reason: String,
    },
    /// A date given by something else than a count.
    Fixed {
        /// By what.
        why: String,
    },
}

/// When on its day a deadline closes, in London time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Close {
    /// At the end of the day.
    #[default]
    EndOfDay,
    /// At a time of day, as consultations do at 17:00.
    At(NaiveTime),
}

/// A span during which a clock stood still: the days after `from`, up to and including `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PausedSpan {
    /// The London date on which the clock was stopped.
    pub from: NaiveDate,
    /// The London date on which it went on, or `None` while it stands.
    pub to: Option<NaiveDate>,
}

impl Deadline {
    /// The deadline `target` Working Days after `from`, not counting days on which the clock stood still.
    ///
    /// Each ended pause adds the Working Days between its two dates. Pauses that overlap count once, and what lies
    /// before `from` or after the date is left out. While a pause is open nothing after its start is counted, so the date
    /// is the one that held when it began: ask again when the clock goes on.
    ///
    /// # Errors
    ///
    /// [`CalendarError::EndBeforeStart`] for a pause that ends before it starts; otherwise as [`Calendar::add`].
    #[expect(clippy::too_many_arguments, reason = "each is one fact of the count, and all are needed")]
    pub fn counted(
        calendar: &Calendar,
        start_event: impl Into<String>,
        from: NaiveDate,
        target: WorkingDays,
        paused: &[PausedSpan],
        close: Close,
        rule: Option<&str>,
    ) -> Result<Self, CalendarError> {
        let (on, paused) = count(calendar, from, target, effective(from, paused)?)?;
        let start = Derivation {
            skipped: calendar.skipped(from, on)?,
            paused,
            rule: rule.map(str::to_owned),
            ..started(calendar, start_event.into(), from, Method::Count { target }, close)
        };
        Ok(Self::due(on, start))
    }

    /// The deadline `target` Working Days before `from`, such as the day papers are due for a meeting.
    ///
    /// # Errors
    ///
    /// As [`Calendar::subtract`].
    pub fn counted_back(
        calendar: &Calendar,
        start_event: impl Into<String>,
        from: NaiveDate,
        target: WorkingDays,
        close: Close,
        rule: Option<&str>,
    ) -> Result<Self, CalendarError> {
        let on = calendar.subtract(from, target)?;
        let mut skipped = calendar.skipped(on, from)?;
        skipped.retain(|day| day.date != from);
        let start = Derivation {
            skipped,
            rule: rule.map(str::to_owned),
            ..started(calendar, start_event.into(), from, Method::CountBack { target }, close)
        };
        Ok(Self::due(on, start))
    }

    /// A deadline on a date that something else than a count gives; `why` says what.
    pub fn fixed(
        calendar: &Calendar,
        start_event: impl Into<String>,
        from: NaiveDate,
        on: NaiveDate,
        close: Close,
        why: impl Into<String>,
    ) -> Self {
        let method = Method::Fixed { why: why.into() };
        Self::due(on, started(calendar, start_event.into(), from, method, close))
    }

    /// This deadline put off to a later date. Extended again, it still shows the date before any extension.
    ///
    /// # Errors
    ///
    /// [`CalendarError::ExtensionNotLater`] unless `to` is after the date due so far.
    pub fn extended(
        &self,
        to: NaiveDate,
        by: impl Into<String>,
        reason: impl Into<String>,
    ) -> Result<Self, CalendarError> {
        if to <= self.on {
            return Err(CalendarError::ExtensionNotLater { due: self.on, to });
        }
        let (original, target) = match &self.derivation.method {
            Method::Extended { original, target, .. } => (*original, *target),
            Method::Count { target } => (self.on, Some(*target)),
            _ => (self.on, None),
        };
        let method = Method::Extended { to, by: by.into(), reason: reason.into(), original, target };
        Ok(Self::due(to, Derivation { method, ..self.derivation.clone() }))
    }

    /// This deadline replaced by a date that a body set, as the timetable of an urgent proposal is.
    #[must_use]
    pub fn set_by(&self, on: NaiveDate, body: impl Into<String>, reason: impl Into<String>) -> Self {
        let method = Method::SetBy { body: body.into(), reason: reason.into() };
        let derivation = Derivation { method, skipped: Vec::new(), paused: Vec::new(), ..self.derivation.clone() };
        Self::due(on, derivation)
    }

    /// Whether it is too late at `now`.
    pub fn is_past(&self, now: DateTime<Utc>) -> bool {
        self.closes_at <= now
    }

    fn due(on: NaiveDate, derivation: Derivation) -> Self {
        let closes_at = derivation.closes.on(on);
        Self { on, closes_at, derivation }
    }
}

impl Close {
    /// The first instant that is too late for something due on a London date.
    pub fn on(self, date: NaiveDate) -> DateTime<Utc> {
        match self {
            Self::EndOfDay => end_of_day(date),
            Self::At(time) => london_instant(date, time),
        }
    }
}

fn started(calendar: &Calendar, start_event: String, from: NaiveDate, method: Method, closes: Close) -> Derivation {
    Derivation {
        start_event,
        counted_from: from,
        method,
        rule: None,
        division: calendar.division(),
        edition: calendar.edition().clone(),
        skipped: Vec::new(),
        paused: Vec::new(),
        closes,
    }
}

/// Counts past each pause that begins before the date, and gives the pauses that did.
fn count(
    calendar: &Calendar,
    from: NaiveDate,
    target: WorkingDays,
    pauses: Vec<PausedSpan>,
) -> Result<(NaiveDate, Vec<PausedSpan>), CalendarError> {
    let mut days = u32::from(target.get());
    let mut due = calendar.nth_after(from, days)?;
    let mut passed = Vec::new();
    for pause in pauses {
        if pause.from >= due {
            break;
        }
        if let Some(to) = pause.to {
            days += calendar.between(pause.from, to)?;
            due = calendar.nth_after(from, days)?;
        }
        passed.push(pause);
    }
    Ok((due, passed))
}

/// The pauses that can bear on a count from `from`: in order, apart, not before `from`, and nothing after an open one.
fn effective(from: NaiveDate, paused: &[PausedSpan]) -> Result<Vec<PausedSpan>, CalendarError> {
    let mut ended = Vec::new();
    let mut open: Option<NaiveDate> = None;
    for pause in paused {
        let start = pause.from.max(from);
        match pause.to {
            Some(end) if end < pause.from => {
                return Err(CalendarError::EndBeforeStart { start: pause.from, end });
            }
            Some(end) => ended.push((start, end)),
            None => open = Some(open.map_or(start, |earlier| earlier.min(start))),
        }
    }
    ended.sort_unstable();
    let still_to_come = open.unwrap_or(NaiveDate::MAX);
    let mut last_end = from;
    let mut apart = Vec::new();
    for (start, end) in ended {
        let (start, end) = (start.max(last_end), end.min(still_to_come));
        if start < end {
            last_end = end;
            apart.push(PausedSpan { from: start, to: Some(end) });
        }
    }
    apart.extend(open.map(|from| PausedSpan { from, to: None }));
    Ok(apart)
}
