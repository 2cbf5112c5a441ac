//! The cycle of consultations: how often they come, and by when a SIP must be sent to be in the next (R17, R28).

use chrono::{Datelike, Months, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::fault::{Fault, Faults};
use crate::calendar::{Calendar, CalendarError, Close, Deadline, WorkingDays};

/// The fewest Working Days a consultation is open (R30).
pub(super) const FEWEST_WORKING_DAYS: u16 = 15;

/// When consultations come round, as somebody may set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawCycle {
    /// Months from one consultation to the next, 1 to 12; 3 unless said otherwise.
    pub interval_months: u32,
    /// A day from which the intervals are counted. A consultation opens on the first Working Day on or after each.
    pub anchor: NaiveDate,
    /// How long each is open; 15 Working Days unless said otherwise, and never fewer (R30).
    pub window: WorkingDays,
    /// How long before it opens each is announced; 5 Working Days unless said otherwise.
    pub notice: WorkingDays,
    /// How long before it is announced SIPs must have been sent; 30 Working Days unless said otherwise: 5 to acknowledge,
    /// 20 to validate and 5 to prepare the consultation (R12, R24).
    pub preparation: WorkingDays,
    /// How long after it closes the responses go to the deciding body; 5 Working Days unless said otherwise (R39).
    pub collation: WorkingDays,
}

impl Default for RawCycle {
    fn default() -> Self {
        Self {
            interval_months: 3,
            anchor: NaiveDate::from_ymd_opt(2019, 7, 1).unwrap_or_default(),
            window: WorkingDays::new(FEWEST_WORKING_DAYS),
            notice: WorkingDays::new(5),
            preparation: WorkingDays::new(30),
            collation: WorkingDays::new(5),
        }
    }
}

/// When consultations come round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawCycle", into = "RawCycle")]
pub struct Cycle(RawCycle);

/// One consultation to come, with each of its dates and how it was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The last day to send a SIP that is to be in it (R17).
    pub cut_off: Deadline,
    /// The day it is announced.
    pub announced: Deadline,
    /// The day it opens.
    pub opens: Deadline,
    /// The day it closes, at 17:00 (R30).
    pub closes: Deadline,
    /// The day by which the collated responses go to the deciding body (R36, R39).
    pub referral: Deadline,
}

/// Why no dates can be given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CycleError {
    /// The dates lie beyond the known Working Days.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The dates lie beyond any calendar.
    #[error("the months from {from} on are beyond the last date there is: give an earlier day")]
    TooFar {
        /// The day asked about.
        from: NaiveDate,
    },
}

impl TryFrom<RawCycle> for Cycle {
    type Error = Faults;

    fn try_from(raw: RawCycle) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        if !(1..=12).contains(&raw.interval_months) {
            let what = format!("{} months is no interval", raw.interval_months);
            faults.note("interval_months", what, "give 1 to 12, such as 3 for each quarter");
        }
        if raw.window.get() < FEWEST_WORKING_DAYS {
            let what = format!("a window of {} is too short", raw.window);
            faults.note("window", what, format!("give at least {FEWEST_WORKING_DAYS}wd (R30)"));
        }
        let long = [("window", raw.window), ("notice", raw.notice), ("preparation", raw.preparation)];
        let too_long = long.into_iter().chain([("collation", raw.collation)]).filter(|(_, days)| days.get() > 250);
        faults.0.extend(too_long.map(|(place, days)| Fault {
            place: place.to_owned(),
            what: format!("{days} is more than a year"),
            mend: "give at most 250wd".to_owned(),
        }));
        faults.finish(Self(raw))
    }
}

impl From<Cycle> for RawCycle {
    fn from(cycle: Cycle) -> Self {
        cycle.0
    }
}

impl Cycle {
    /// What is set.
    pub fn settings(&self) -> &RawCycle {
        &self.0
    }

    /// The consultations that open within twelve months, the first on or after `from`.
    ///
    /// # Errors
    ///
    /// [`CycleError`] when a date lies beyond the known Working Days.
    pub fn year_ahead(&self, calendar: &Calendar, from: NaiveDate) -> Result<Vec<Slot>, CycleError> {
        let until = from.checked_add_months(Months::new(12)).ok_or(CycleError::TooFar { from })?;
        let mut slots = Vec::new();
        for turn in self.turn_before(from).. {
            let Some(slot) = self.slot(calendar, turn, from)? else { continue };
            if slot.opens.on >= until {
                break;
            }
            slots.push(slot);
        }
        Ok(slots)
    }

    /// The first consultation that a SIP sent on a day is in time for (R17).
    ///
    /// # Errors
    ///
    /// [`CycleError`] when a date lies beyond the known Working Days.
    pub fn next_for(&self, calendar: &Calendar, sent_on: NaiveDate) -> Result<Slot, CycleError> {
        let mut turn = self.turn_before(sent_on);
        loop {
            if let Some(slot) = self.slot(calendar, turn, sent_on)?.filter(|slot| slot.cut_off.on >= sent_on) {
                return Ok(slot);
            }
            turn += 1;
        }
    }

    /// The consultations to be prepared on a day, the first first: those not announced before it, from `ahead` before
    /// their cut-off on (R17).
    ///
    /// # Errors
    ///
    /// [`CycleError`] when a date lies beyond the known Working Days.
    pub fn to_prepare(&self, calendar: &Calendar, on: NaiveDate, ahead: WorkingDays) -> Result<Vec<Slot>, CycleError> {
        let mut slots = Vec::new();
        for turn in self.turn_before(on).. {
            let Some(slot) = self.slot(calendar, turn, on)? else { continue };
            if calendar.subtract(slot.cut_off.on, ahead)? > on {
                break;
            }
            slots.extend(Some(slot).filter(|slot| slot.announced.on >= on));
        }
        Ok(slots)
    }

    /// A turn of the cycle that comes no later than a day, or the first.
    fn turn_before(&self, day: NaiveDate) -> u32 {
        let months = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
        let elapsed = u32::try_from(months(day) - months(self.0.anchor)).unwrap_or(0);
        (elapsed / self.0.interval_months).saturating_sub(1)
    }

    /// One turn of the cycle; none if it opens before `from`.
    fn slot(&self, calendar: &Calendar, turn: u32, from: NaiveDate) -> Result<Option<Slot>, CycleError> {
        let months = Months::new(turn.saturating_mul(self.0.interval_months));
        let due = self.0.anchor.checked_add_months(months).ok_or(CycleError::TooFar { from })?;
        if due.year() < from.year() - 1 {
            return Ok(None);
        }
        let opens = if calendar.is_working_day(due)? { due } else { calendar.add(due, WorkingDays::new(1))? };
        if opens < from {
            return Ok(None);
        }
        self.dates(calendar, due, opens).map(Some)
    }

    fn dates(&self, calendar: &Calendar, due: NaiveDate, opens: NaiveDate) -> Result<Slot, CycleError> {
        let back = |what: &str, from, days, rule| {
            Deadline::counted_back(calendar, what, from, days, Close::EndOfDay, Some(rule))
        };
        let five = Close::At(NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default());
        let on =
            |what: &str, from, days, close, rule| Deadline::counted(calendar, what, from, days, &[], close, Some(rule));
        let why = "a consultation opens on the first Working Day on or after its day in the cycle";
        let announced = back("the consultation opens", opens, self.0.notice, "R28")?;
        let closes = on("the consultation opens", opens, self.0.window, five, "R30")?;
        Ok(Slot {
            cut_off: back("the consultation is announced", announced.on, self.0.preparation, "R17")?,
            referral: on("the consultation closes", closes.on, self.0.collation, Close::EndOfDay, "R39")?,
            opens: Deadline::fixed(calendar, "the day in the cycle", due, opens, Close::EndOfDay, why),
            announced,
            closes,
        })
    }
}
