//! What comes round, and when.

use chrono::{Month, NaiveTime, TimeDelta};

use crate::calendar::{Dates, Every, Falls, Schedule};
use crate::service::app::App;

/// Something that comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Job {
    /// SECAS is told of the consultations of the cycle that are to be prepared (R17, R28).
    Consultations,
    /// The contacts of every Party are asked to look at their list (R33).
    Contacts,
    /// The review of how consultations work is opened (R57).
    Review,
    /// The database is copied.
    Backup,
    /// What nobody needs any more is forgotten.
    Housekeeping,
}

impl Job {
    /// Every job. What takes long comes late, and forgetting last, so that nothing is forgotten before it is looked at.
    pub(super) const ALL: [Self; 5] =
        [Self::Consultations, Self::Contacts, Self::Review, Self::Backup, Self::Housekeeping];

    /// The word it is kept by; never reused for another.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Consultations => "consultations",
            Self::Contacts => "contacts",
            Self::Review => "review",
            Self::Backup => "backup",
            Self::Housekeeping => "housekeeping",
        }
    }

    /// What it does, for people.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Consultations => "Tell SECAS which consultation of the cycle to prepare",
            Self::Contacts => "Ask every Party to look at its contacts",
            Self::Review => "Open the yearly review of how consultations work",
            Self::Backup => "Copy the database",
            Self::Housekeeping => "Forget what nobody needs any more",
        }
    }

    /// When it comes round.
    pub(super) fn schedule(self) -> Schedule {
        match self {
            Self::Consultations => Schedule::Daily(hour(9)),
            Self::Contacts => yearly(Month::February),
            Self::Review => yearly(Month::September),
            Self::Backup => Schedule::Daily(hour(2)),
            Self::Housekeeping => Schedule::Daily(hour(4)),
        }
    }

    /// How long a node may take before another may try.
    pub(super) fn lease(self) -> TimeDelta {
        match self {
            Self::Backup => TimeDelta::hours(2),
            _ => TimeDelta::minutes(15),
        }
    }

    /// Whether this node can do it.
    pub(super) fn is_set_up(self, app: &App) -> bool {
        self != Self::Backup || app.settings.backups.is_some()
    }
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()
}

/// At the beginning of a month, on a Working Day.
fn yearly(month: Month) -> Schedule {
    Schedule::Dated(Dates { every: Every::Year, month, day: 1, time: hour(9), falls: Falls::OnAWorkingDay })
}
