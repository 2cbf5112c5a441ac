//! The response of one Party to one consultation: every version of it, and what was decided of a late one (R36).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::answers::Words;
use super::pack::{Respondent, Timing};
use super::text::Statement;

/// The response of one Party to one consultation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// Whose it is, once something was submitted.
    pub respondent: Option<Respondent>,
    /// Every version, the first first. None is ever altered or removed.
    pub versions: Vec<Version>,
    /// What was decided of late versions, in order.
    pub decisions: Vec<LateDecision>,
}

/// One version of a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its number, counted from 1.
    pub number: u32,
    /// When it was received.
    pub at: DateTime<Utc>,
    /// The id of the person who submitted it.
    pub by: String,
    /// Whether it was in time.
    pub timing: Timing,
    /// What it says.
    pub words: Words,
}

/// What was decided of a late version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateDecision {
    /// The version it is about.
    pub version: u32,
    /// Whether that version counts.
    pub admitted: Admitted,
    /// Why.
    pub reason: Statement,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// The id of the person who recorded it.
    pub by: String,
}

/// Whether a late version counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Admitted {
    /// It counts, and is marked late.
    Yes,
    /// It is kept and does not count.
    No,
}

/// What happens to a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseEvent {
    /// A version was submitted.
    Submitted {
        /// On whose behalf.
        respondent: Respondent,
        /// Whether it was in time.
        timing: Timing,
        /// What it says.
        words: Box<Words>,
    },
    /// It was decided whether a late version counts.
    LateDecided {
        /// The version.
        version: u32,
        /// Whether it counts.
        admitted: Admitted,
        /// Why.
        reason: Statement,
    },
}

impl Response {
    /// Applies what has happened; `by` is the id of whoever did it.
    pub fn apply(&mut self, event: &ResponseEvent, at: DateTime<Utc>, by: &str) {
        let by = by.to_owned();
        match event.clone() {
            ResponseEvent::Submitted { respondent, timing, words } => {
                let number = u32::try_from(self.versions.len()).unwrap_or(u32::MAX).saturating_add(1);
                self.respondent = Some(respondent);
                self.versions.push(Version { number, at, by, timing, words: *words });
            }
            ResponseEvent::LateDecided { version, admitted, reason } => {
                self.decisions.push(LateDecision { version, admitted, reason, at, by });
            }
        }
    }

    /// The version that counts: the last admitted late one, or else the last that was in time.
    pub fn counts(&self) -> Option<&Version> {
        let admitted = |version: &&Version| {
            version.timing == Timing::Late
                && self.decision(version.number).is_some_and(|decision| decision.admitted == Admitted::Yes)
        };
        let in_time = |version: &&Version| version.timing == Timing::InTime;
        self.versions.iter().rev().find(admitted).or_else(|| self.versions.iter().rev().find(in_time))
    }

    /// The last word on a late version; none while it waits for a decision.
    pub fn decision(&self, version: u32) -> Option<&LateDecision> {
        self.decisions.iter().rev().find(|decision| decision.version == version)
    }

    /// The late versions that do not count: those refused, and those that wait for a decision.
    pub fn aside(&self) -> impl Iterator<Item = (&Version, Option<&LateDecision>)> {
        let late = self.versions.iter().filter(|version| version.timing == Timing::Late);
        late.map(|version| (version, self.decision(version.number)))
            .filter(|(_, decision)| decision.is_none_or(|decision| decision.admitted == Admitted::No))
    }

    /// The late version that waits for a decision, the last if there are several.
    pub fn undecided(&self) -> Option<&Version> {
        self.versions
            .iter()
            .rev()
            .find(|version| version.timing == Timing::Late && self.decision(version.number).is_none())
    }
}
