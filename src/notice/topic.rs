//! What a notice is about, as people choose by it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a notice is about, as people choose by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// How SIPs get on.
    Sips,
    /// Consultations: opened, closing, considered.
    Consultations,
    /// Ballots, meetings and bodies.
    Committees,
    /// Changes of the process itself, and of bank holidays.
    Process,
    /// That something is due soon.
    Reminders,
}

/// None of the topics.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no topic of notices; use sips, consultations, committees, process or reminders")]
pub struct UnknownTopic(String);

impl Topic {
    /// Every topic, in the order in which people choose.
    pub const ALL: [Self; 5] = [Self::Sips, Self::Consultations, Self::Committees, Self::Process, Self::Reminders];

    /// The word it is kept and addressed by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sips => "sips",
            Self::Consultations => "consultations",
            Self::Committees => "committees",
            Self::Process => "process",
            Self::Reminders => "reminders",
        }
    }

    /// What it is, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sips => "how SIPs get on",
            Self::Consultations => "consultations",
            Self::Committees => "ballots, meetings and bodies",
            Self::Process => "changes of the process and of bank holidays",
            Self::Reminders => "reminders that something is due soon",
        }
    }

    /// The topic of the notices of a process.
    pub fn of_process(process: &str) -> Self {
        match process {
            "improvement-consultation" => Self::Consultations,
            "governance-process-change" | "consultation-review" => Self::Process,
            _ if process.starts_with("committee") => Self::Committees,
            _ => Self::Sips,
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Topic {
    type Err = UnknownTopic;

    fn from_str(word: &str) -> Result<Self, UnknownTopic> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == word).ok_or_else(|| UnknownTopic(word.to_owned()))
    }
}
