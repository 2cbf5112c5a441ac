//! What a person chose, and what follows for one notice.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::topic::Topic;
use crate::calendar::{date_words, london_date, london_instant};

/// How often somebody is told of a topic. What the process obliges us to tell is told at once, whatever they chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Each notice as a message of its own, when it happens.
    #[default]
    AtOnce,
    /// One message a day with all that happened, if anything did.
    Daily,
    /// One message a week.
    Weekly,
    /// Not at all.
    Never,
}

/// When digests go out, by London clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rhythm {
    /// The hour of the day, 0 to 23.
    pub hour: u8,
    /// The day of the week of weekly ones.
    pub day: Weekday,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self { hour: 8, day: Weekday::Mon }
    }
}

/// Whether deadlines are also sent as invitations for a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invitations {
    /// They are.
    #[default]
    Wanted,
    /// They are not.
    Unwanted,
}

/// A time away from work, and who is told meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Away {
    /// The first London day away.
    pub from: NaiveDate,
    /// The last London day away.
    pub until: NaiveDate,
    /// Who is told meanwhile: a person of the same organisation, by id.
    pub substitute: String,
}

/// What a person chose. Whoever chose nothing is told of everything at once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Preferences {
    /// How often, by topic; a topic that is not named is told at once.
    pub topics: BTreeMap<Topic, Pace>,
    /// When digests go out.
    pub digest: Rhythm,
    /// Whether deadlines come as invitations.
    pub invitations: Invitations,
    /// A time away from work.
    pub away: Option<Away>,
}

/// How one notice reaches one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// As a message of its own, now.
    AtOnce,
    /// In the digest that goes out at this instant (UTC).
    Digest(DateTime<Utc>),
    /// Not at all.
    Never,
}

/// What is wrong with a choice.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PreferencesError {
    /// There is no such hour.
    #[error("the hour of the digest is {0}; give a whole hour from 0 to 23")]
    Hour(u8),
    /// The time away ends before it begins.
    #[error("the time away ends on {}, before it begins on {}", date_words(.0.until), date_words(.0.from))]
    AwayEndsFirst(Away),
    /// Nobody stands in for themselves.
    #[error("somebody else has to stand in while you are away")]
    OwnSubstitute,
}

impl Preferences {
    /// Whether these are choices that can be kept for `person`.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with them.
    pub fn check(&self, person: &str) -> Result<(), PreferencesError> {
        if self.digest.hour > 23 {
            return Err(PreferencesError::Hour(self.digest.hour));
        }
        match &self.away {
            Some(away) if away.until < away.from => Err(PreferencesError::AwayEndsFirst(away.clone())),
            Some(away) if away.substitute == person => Err(PreferencesError::OwnSubstitute),
            _ => Ok(()),
        }
    }

    /// How often this person is told of a topic.
    pub fn pace(&self, topic: Topic) -> Pace {
        self.topics.get(&topic).copied().unwrap_or_default()
    }

    /// How often this person's digests come: each day where any topic comes so, each week otherwise.
    pub fn rhythm(&self) -> Pace {
        let daily = self.topics.values().any(|pace| *pace == Pace::Daily);
        let weekly = self.topics.values().any(|pace| *pace == Pace::Weekly);
        if weekly && !daily { Pace::Weekly } else { Pace::Daily }
    }

    /// How a notice that may be opted out of reaches this person at `now`.
    pub fn delivery(&self, topic: Topic, now: DateTime<Utc>) -> Delivery {
        match self.pace(topic) {
            Pace::AtOnce => Delivery::AtOnce,
            Pace::Never => Delivery::Never,
            Pace::Daily => Delivery::Digest(self.digest.next(now, |_| true)),
            Pace::Weekly => Delivery::Digest(self.digest.next(now, |date| date.weekday() == self.digest.day)),
        }
    }

    /// Who is told in this person's place on a London day, while they are away.
    pub fn substitute(&self, on: NaiveDate) -> Option<&str> {
        let away = self.away.as_ref().filter(|away| (away.from..=away.until).contains(&on));
        away.map(|away| away.substitute.as_str())
    }
}

impl Rhythm {
    /// The next instant after `now` at which a digest goes out, on a London day that `suits`; within eight days.
    fn next(self, now: DateTime<Utc>, suits: impl Fn(NaiveDate) -> bool) -> DateTime<Utc> {
        let hour = NaiveTime::from_hms_opt(u32::from(self.hour.min(23)), 0, 0).unwrap_or_default();
        let today = london_date(now);
        let days = (0..=8).filter_map(|later| today.checked_add_days(Days::new(later)));
        let slots = days.filter(|day| suits(*day)).map(|day| london_instant(day, hour));
        slots.into_iter().find(|slot| *slot > now).unwrap_or(now)
    }
}
