//! What a rehearsal shows: a readable timeline, and which transitions of a definition were taken.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, Utc};

use super::play::Taken;
use crate::calendar::{date_words, london_date, london_time};
use crate::service::Happening;
use crate::workflow::check::transitions;
use crate::workflow::{Definition, Event};

/// A line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When (UTC).
    pub at: DateTime<Utc>,
    /// The case it is about; empty for the story itself.
    pub case: String,
    /// What happened.
    pub what: String,
    /// What kind of line it is.
    pub tone: Tone,
}

/// What kind of line it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something happened.
    Happened,
    /// A command was refused, as it should be.
    Refused,
    /// Words of the story.
    Story,
    /// It did not go as expected.
    Difference,
}

impl Line {
    /// The lines of a journal entry; the first names the person who did it, where one did.
    pub(super) fn of(happening: &Happening, who: Option<&str>) -> Vec<Self> {
        let line = |(index, what): (usize, &String)| Self {
            at: happening.entry.at,
            case: happening.known_as.clone(),
            what: match who.filter(|_| index == 0) {
                Some(who) => format!("{who}: {what}"),
                None => what.clone(),
            },
            tone: Tone::Happened,
        };
        happening.entry.happened.iter().enumerate().map(line).collect()
    }

    pub(super) fn story(at: DateTime<Utc>, what: &str) -> Self {
        Self { at, case: String::new(), what: what.to_owned(), tone: Tone::Story }
    }

    pub(super) fn refused(at: DateTime<Utc>, case: &str, who: &str, why: &str) -> Self {
        Self { at, case: case.to_owned(), what: format!("Refused to {who}: {why}"), tone: Tone::Refused }
    }

    pub(super) fn difference(at: DateTime<Utc>, what: &str) -> Self {
        Self { at, case: String::new(), what: what.to_owned(), tone: Tone::Difference }
    }
}

impl Line {
    /// The line as it stands below `above`: what they have in common is written once.
    pub fn below(&self, above: Option<&Self>) -> String {
        let same = above.is_some_and(|above| above.is_of_someone() && above.at == self.at && above.case == self.case);
        if self.is_of_someone() && same { format!("{:<51}{}", "", self.what) } else { self.to_string() }
    }

    fn is_of_someone(&self) -> bool {
        matches!(self.tone, Tone::Happened | Tone::Refused)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.tone {
            Tone::Story => write!(f, "\n  {}\n", self.what),
            Tone::Difference => write!(f, "  NOT AS EXPECTED: {}", self.what),
            Tone::Happened | Tone::Refused => {
                let (day, time) = (date_words(london_date(self.at)), london_time(self.at).format("%H:%M"));
                write!(f, "  {day:<27} {time}  {:<13} {}", self.case, self.what)
            }
        }
    }
}

/// The transitions that a journal entry records.
pub(super) fn transitions_in(happening: &Happening) -> Vec<Taken> {
    let events = happening.entry.payload.get("events").cloned().unwrap_or_default();
    let events: Vec<Event> = serde_json::from_value(events).unwrap_or_default();
    let taken = |event: &Event| match event {
        Event::ActionTaken { action, from, to, .. } => {
            Some((happening.process.clone(), from.to_string(), action.to_string(), to.to_string()))
        }
        _ => None,
    };
    events.iter().filter_map(taken).collect()
}

/// How many transitions of a definition were taken, how many there are, and which were not.
pub fn coverage(definition: &Definition, taken: &BTreeSet<Taken>) -> (usize, usize, Vec<String>) {
    let all: BTreeSet<_> = transitions(definition)
        .into_iter()
        .map(|transition| (transition.from.to_string(), transition.action.to_string(), transition.to.to_string()))
        .collect();
    let process = definition.process.to_string();
    let missed: Vec<_> = all
        .iter()
        .filter(|(from, action, to)| !taken.contains(&(process.clone(), from.clone(), action.clone(), to.clone())))
        .map(|(from, action, to)| format!("{from} --{action}--> {to}"))
        .collect();
    (all.len() - missed.len(), all.len(), missed)
}
