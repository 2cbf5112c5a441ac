//! One case: a SIP, a consultation or a change of the process, as far as the process is concerned.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::guard::Facts;
use super::names::{ActionName, BodyName, ClockName, FactName, PointName, ProcessName, StateName};
use super::value::Value;
use crate::calendar::{Deadline, Division, EditionName, PausedSpan, WorkingDays};

/// A case as it stands: what [`super::apply()`] makes of its events, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The process it follows.
    pub process: ProcessName,
    /// The version of the process it follows, fixed when it began unless it is migrated.
    pub version: String,
    /// The edition of bank holidays its deadlines are counted with.
    pub edition: EditionName,
    /// The division of bank holidays its deadlines are counted with.
    pub division: Division,
    /// Where it stands.
    pub state: StateName,
    /// When it was opened (UTC).
    pub opened_at: DateTime<Utc>,
    /// When it came into its state (UTC).
    pub entered_at: DateTime<Utc>,
    /// The number it was given on acceptance (R20).
    pub number: Option<String>,
    /// What is recorded: form facts, fields filled in, process facts.
    pub values: Facts,
    /// Clocks that run or stand.
    pub clocks: Vec<Clock>,
    /// Clocks that have ended.
    pub ended_clocks: Vec<EndedClock>,
    /// The timetable that replaces the targets, where a body set one (R52).
    pub timetable: Option<Timetable>,
    /// Determinations made, oldest first.
    pub determinations: Vec<Made>,
}

/// A clock of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Which clock.
    pub name: ClockName,
    /// Counts the times this clock has been started in this case, from 1.
    pub instance: u32,
    /// When it is due, and how that was reached.
    pub deadline: Deadline,
    /// The first due date people were told.
    pub first_due: NaiveDate,
    /// Whether it runs.
    pub standing: Standing,
    /// The spans it stood still.
    pub paused: Vec<PausedSpan>,
    /// Since when it is overdue (UTC), once everyone concerned has been told.
    pub overdue_since: Option<DateTime<Utc>>,
    /// Reminders sent for the present due date, as Working Days before it.
    pub reminded: Vec<WorkingDays>,
}

/// Whether a clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It runs.
    Running,
    /// It stands still, because something is awaited from someone else.
    Paused,
}

/// A clock that has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedClock {
    /// Which clock.
    pub name: ClockName,
    /// Which of its starts.
    pub instance: u32,
    /// The first due date people were told.
    pub first_due: NaiveDate,
    /// The due date when it ended.
    pub due: NaiveDate,
    /// The London date it ended.
    pub ended: NaiveDate,
    /// How it ended.
    pub outcome: ClockOutcome,
}

/// How a clock ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockOutcome {
    /// What it asked for was done by its due date.
    Met,
    /// It was done after its due date.
    MetLate,
    /// It no longer mattered.
    Stopped,
}

/// The timetable of an urgent SIP (R52, R53).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timetable {
    /// A date for each clock it names.
    pub dates: BTreeMap<ClockName, NaiveDate>,
    /// The body that set it.
    pub body: String,
    /// Its reasons, which are public.
    pub reason: String,
}

/// A determination that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// At which point.
    pub point: PointName,
    /// By which body.
    pub body: BodyName,
    /// Which option it chose.
    pub option: ActionName,
    /// On which London date.
    pub decided_on: NaiveDate,
    /// Its reasons.
    pub reasons: String,
    /// Its conditions, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<String>,
    /// Reference of the ballot that formed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ballot: Option<String>,
}

impl Case {
    /// The clock of this name, if one runs or stands.
    pub fn clock(&self, name: &ClockName) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.name == *name)
    }

    /// The value recorded under this name.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// The words recorded under this name.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.value(name).and_then(Value::as_text)
    }

    /// The deadline that comes first among clocks that run, if any.
    pub fn next_deadline(&self) -> Option<&Deadline> {
        let open = self.clocks.iter().filter(|clock| clock.standing != Standing::Paused);
        open.map(|clock| &clock.deadline).min_by_key(|deadline| deadline.closes_at)
    }

    /// How often a clock has been started.
    pub(super) fn starts_of(&self, name: &ClockName) -> u32 {
        let ended = self.ended_clocks.iter().filter(|clock| clock.name == *name).map(|clock| clock.instance);
        let open = self.clock(name).map(|clock| clock.instance);
        ended.chain(open).max().unwrap_or(0)
    }

    /// The facts of the case, with what is being filled in now and what the record says laid over them.
    pub(super) fn facts_with(&self, filled_in: &Facts, record: &Facts) -> Facts {
        let mut facts = self.values.clone();
        facts.extend(filled_in.iter().chain(record).map(|(name, value)| (name.clone(), value.clone())));
        facts
    }

    /// The London date under this name, if a date is recorded.
    pub fn date(&self, name: &FactName) -> Option<NaiveDate> {
        self.values.get(name).and_then(Value::as_date)
    }
}
