//! Refusals: which rule stands in the way, who could act, and what is missing.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use crate::calendar::{CalendarError, date_words};
use crate::workflow::definition::{Action, Definition};
use crate::workflow::names::{ActionName, ClockName, StateName};

/// Why a command is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// What stands in the way.
    pub why: Box<Why>,
    /// The rule behind it, where one is named, for example `R18`.
    pub rule: Option<String>,
    /// Titles of those who could act, where others could.
    pub who_could: Vec<String>,
    /// What is missing or wrong, item by item.
    pub missing: Vec<Missing>,
}

/// Something missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The field, where it is one.
    pub field: Option<String>,
    /// What is wrong and how to mend it.
    pub what: String,
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The case has ended.
    Ended {
        /// How it ended.
        how: String,
    },
    /// The action is not possible in this state.
    NotHere {
        /// What was wanted.
        action: ActionName,
        /// Where the case stands, in words.
        state: String,
        /// What is possible there.
        possible: Vec<String>,
    },
    /// Someone else has to do this.
    NotYou {
        /// What was wanted, in words.
        action: String,
    },
    /// What is filled in is incomplete or wrong.
    Incomplete,
    /// What a body decides follows from a ballot (R50).
    ByBallot {
        /// What was wanted, in words.
        action: String,
    },
    /// What must be so is not.
    NotMet {
        /// What was wanted, in words.
        action: String,
    },
    /// The body's delegated power is not in force (R6).
    NotDelegated {
        /// The body.
        body: String,
        /// Who decides instead.
        instead: String,
    },
    /// No clock of this name is open.
    NoSuchClock {
        /// The name given.
        clock: ClockName,
        /// The open clocks.
        open: Vec<ClockName>,
    },
    /// This clock may not be extended.
    NotExtendable {
        /// The clock.
        clock: ClockName,
    },
    /// The new date is not later than the date due.
    NotLater {
        /// The date due.
        due: NaiveDate,
        /// The date given.
        to: NaiveDate,
    },
    /// A date cannot be reckoned.
    Calendar {
        /// What the calendar says.
        what: String,
    },
    /// The case could not be opened.
    NotOpened,
    /// The move to another version is not one of this case.
    NotThisMove {
        /// Where the case stands.
        state: StateName,
    },
    /// Deadlines kept falling due without end.
    Restless,
}

impl Refusal {
    /// A refusal with nothing more to say than why.
    pub fn because(why: Why) -> Self {
        Self { why: Box::new(why), rule: None, who_could: Vec::new(), missing: Vec::new() }
    }

    /// A refusal of an action, with its rule.
    pub(super) fn of(action: &Action, why: Why) -> Self {
        Self { rule: action.rule.clone(), ..Self::because(why) }
    }

    /// The same refusal, naming who could act.
    #[must_use]
    pub(super) fn who(mut self, definition: &Definition, roles: &[impl AsRef<str>]) -> Self {
        self.who_could = roles.iter().map(|role| definition.title_of(role.as_ref())).collect();
        self
    }

    /// The same refusal, saying what is missing.
    #[must_use]
    pub(super) fn missing(mut self, missing: Vec<Missing>) -> Self {
        self.missing = missing;
        self
    }
}

impl From<CalendarError> for Refusal {
    fn from(error: CalendarError) -> Self {
        Self::because(Why::Calendar { what: error.to_string() })
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.why)?;
        if !self.missing.is_empty() {
            let items: Vec<_> = self.missing.iter().map(ToString::to_string).collect();
            write!(f, ": {}", items.join("; "))?;
        }
        if !self.who_could.is_empty() {
            write!(f, ". Who could: {}", self.who_could.join(", "))?;
        }
        match &self.rule {
            Some(rule) => write!(f, ". Rule {rule}."),
            None => write!(f, "."),
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "{field}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended { how } => write!(f, "the case has ended: {}", how.trim_end_matches('.')),
            Self::NotHere { action, state, possible } => {
                write!(f, "`{action}` is not possible now ({state}); possible: {}", possible.join(", "))
            }
            Self::NotYou { action } => write!(f, "`{action}` is not for you to do"),
            Self::ByBallot { action } => {
                write!(f, "`{action}` follows from a ballot alone; nobody types what a body decides")
            }
            Self::Incomplete => f.write_str("something is missing or wrong"),
            Self::NotMet { action } => write!(f, "`{action}` is not possible yet, because this does not hold"),
            Self::NotDelegated { body, instead } => {
                write!(f, "the power of {body} to decide this is not in force; {instead}")
            }
            Self::NoSuchClock { clock, open } => {
                let open: Vec<_> = open.iter().map(ClockName::as_str).collect();
                write!(f, "no clock `{clock}` is open; open: {}", open.join(", "))
            }
            Self::NotExtendable { clock } => write!(f, "the clock `{clock}` may not be extended"),
            Self::NotLater { due, to } => {
                write!(f, "{} is not later than {}, when it is due now", date_words(*to), date_words(*due))
            }
            Self::Calendar { what } => f.write_str(what.trim_end_matches('.')),
            Self::NotOpened => f.write_str("the case could not be opened"),
            Self::NotThisMove { state } => write!(f, "the move planned does not start from `{state}`"),
            Self::Restless => f.write_str("deadlines kept falling due without end; the definition needs mending"),
        }
    }
}
