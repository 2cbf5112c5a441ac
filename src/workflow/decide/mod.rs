//! Decides what may happen in a case: a command and the facts go in, events or a refusal come out.
//!
//! Architecture invariant: this is the only place that decides. Pages, API, e-mail, timers and rehearsal all bring
//! their commands here, and [`super::apply()`] adds no rule of its own.

mod act;
mod change;
mod clocks;
mod due;
mod fields;
mod refusal;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::apply::{apply, open as opened};
use super::case::Case;
use super::definition::{Definition, FactSource, Kind};
use super::event::Event;
use super::guard::{Facts, Record};
use super::migrate::Move;
use super::names::{ActionName, ClockName, FactName, NoticeName, RoleName};
use super::value::Value;
use crate::calendar::{Calendar, EditionName, london_date};
pub use due::next_due;
pub use refusal::{Missing, Refusal, Why};

/// The rules a case is decided by: the version of the process it follows, and the calendar it counts with.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The definition of the case's own version.
    pub definition: &'a Definition,
    /// The calendar of the case's own edition and division.
    pub calendar: &'a Calendar,
}

/// What someone wants to happen in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Take an action of the state the case is in.
    Act {
        /// Which.
        action: ActionName,
        /// What is filled in.
        values: Facts,
    },
    /// Give a clock a later date (R13, R24).
    Extend {
        /// Which.
        clock: ClockName,
        /// The new London date.
        to: NaiveDate,
        /// Why.
        reason: String,
    },
    /// Do whatever clocks have fallen due.
    Due,
    /// Count open clocks with another edition of bank holidays; `Rules::calendar` is the new one.
    AdoptEdition {
        /// Whether each due date moves or is kept.
        choice: EditionChoice,
        /// Why.
        reason: String,
    },
    /// Go on under another version of the process; `Rules::definition` is the new one.
    Migrate(Move),
}

/// What a new edition of bank holidays does to the due dates of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditionChoice {
    /// They move to where the new edition puts them.
    Move,
    /// They stay.
    Keep,
}

/// The events that open a case.
///
/// # Errors
///
/// A fact the form must give is missing or of the wrong kind, or a first deadline lies outside the calendar's years.
pub fn open(rules: Rules<'_>, values: Facts, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
    let definition = rules.definition;
    fields::check_form(definition, &values)?;
    let mut values = values;
    for (name, _) in definition.facts.iter().filter(|(_, fact)| fact.from == FactSource::Process) {
        values.insert(name.clone(), Value::YesNo(false));
    }
    let event = Event::CaseOpened {
        process: definition.process.clone(),
        version: definition.version.clone(),
        edition: rules.calendar.edition().clone(),
        division: rules.calendar.division(),
        state: definition.start.clone(),
        at: now,
        values,
    };
    let case = opened(&event).ok_or_else(|| Refusal::because(Why::NotOpened))?;
    let mut draft = Draft { rules, case, events: vec![event], as_of: now };
    clocks::enter(&mut draft, &Facts::new())?;
    for notice in definition.notify_at_start.notices() {
        draft.raise(notice, None);
    }
    Ok(draft.events)
}

/// The events that follow from a command, or why it is refused.
///
/// `roles` are those the actor holds towards this case; `record` holds the facts that come from the record rather than
/// from the case. The case itself is not changed.
///
/// # Errors
///
/// [`Refusal`] says which rule stands in the way, who could act, and what is missing.
pub fn decide(
    rules: Rules<'_>,
    case: &Case,
    command: &Command,
    roles: &[RoleName],
    record: &Record,
    now: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    let mut draft = Draft { rules, case: case.clone(), events: Vec::new(), as_of: now };
    match command {
        Command::Act { action, values } => act::act(&mut draft, action, values, roles, record)?,
        Command::Extend { clock, to, reason } => clocks::extend(&mut draft, clock, *to, reason, roles)?,
        Command::Due => due::due(&mut draft, record, now)?,
        Command::AdoptEdition { choice, reason } => change::adopt_edition(&mut draft, *choice, reason)?,
        Command::Migrate(planned) => change::migrate(&mut draft, planned)?,
    }
    Ok(draft.events)
}

/// Where the due dates of open clocks would move under another calendar: clock, date now, date then.
///
/// # Errors
///
/// A date would lie outside the new calendar's years.
pub fn moved_by_edition(
    rules: Rules<'_>,
    case: &Case,
) -> Result<Vec<(ClockName, NaiveDate, NaiveDate)>, crate::calendar::CalendarError> {
    change::moved(rules, case)
}

/// The role the engine itself acts in.
pub fn system() -> RoleName {
    RoleName::new("system")
}

/// A case on its way through a decision: every event is applied as soon as it is decided.
struct Draft<'a> {
    rules: Rules<'a>,
    case: Case,
    events: Vec<Event>,
    /// The instant that dates are taken from: now, or for what falls due the instant it fell due.
    as_of: DateTime<Utc>,
}

impl Draft<'_> {
    fn today(&self) -> NaiveDate {
        london_date(self.as_of)
    }

    fn push(&mut self, event: Event) {
        apply(&mut self.case, &event);
        self.events.push(event);
    }

    fn raise(&mut self, notice: &NoticeName, clock: Option<&ClockName>) {
        let Some(spec) = self.rules.definition.notices.get(notice) else { return };
        self.push(Event::NoticeRaised {
            notice: notice.clone(),
            subject: spec.subject.clone(),
            to: spec.to.clone(),
            statutory: spec.statutory,
            clock: clock.cloned(),
        });
    }
}

/// The kind a fact or field is declared with, for the service to read what people send.
pub fn kinds(definition: &Definition) -> BTreeMap<&FactName, Kind> {
    let facts = definition.facts.iter().map(|(name, fact)| (name, fact.kind));
    facts.chain(definition.fields.iter().map(|(name, field)| (name, field.kind))).collect()
}

/// The edition a case counts with after an adoption; kept here so that `change` reads well.
fn edition_of(rules: Rules<'_>) -> EditionName {
    rules.calendar.edition().clone()
}
