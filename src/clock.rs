//! The only reader of the time.
//!
//! It is read once per request or tick; everything else takes the instant as an argument. A rehearsal does not use it
//! at all, and a demonstration reads it through an offset, so that its world goes on from where its story ended.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// Tells the time, possibly that of another day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    offset: TimeDelta,
}

impl Clock {
    /// The real time.
    pub fn real() -> Self {
        Self::default()
    }

    /// A clock that shows `instant` at this moment and goes on from there.
    pub fn showing(instant: DateTime<Utc>) -> Self {
        Self { offset: instant - read() }
    }

    /// The time (UTC), to the microsecond, as it is stored.
    pub fn now(&self) -> DateTime<Utc> {
        (read() + self.offset).trunc_subsecs(6)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the time")]
fn read() -> DateTime<Utc> {
    Utc::now()
}
