//! Faults a person can act on.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

/// One thing that is wrong with what was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where, as a dotted path (`answers.Q2.rationale`).
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub mend: String,
}

/// Everything that is wrong with what was given, in its order. Displays one a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(transparent)]
pub struct Faults(pub Vec<Fault>);

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place, self.what, self.mend)
    }
}

impl Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(Fault::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl Faults {
    /// Notes one fault.
    pub(super) fn note(&mut self, place: impl Into<String>, what: impl Into<String>, mend: impl Into<String>) {
        self.0.push(Fault { place: place.into(), what: what.into(), mend: mend.into() });
    }

    /// Keeps a value, or notes why it was refused.
    pub(super) fn keep<T, E: Display>(
        &mut self,
        place: impl Into<String>,
        mend: &str,
        result: Result<T, E>,
    ) -> Option<T> {
        result.map_err(|error| self.note(place, error.to_string(), mend)).ok()
    }

    /// The value, if nothing was noted.
    pub(super) fn finish<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

/// The beginning of what somebody wrote, for repeating it in a message.
pub(super) fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}
