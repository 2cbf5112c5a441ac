//! Notices as a definition describes them: who is told what, and in which words.

use serde::{Deserialize, Serialize};

use crate::workflow::names::RoleName;

/// Who is told what.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Subject line, in plain words, without the reference of the case.
    pub subject: String,
    /// Roles told; addresses are resolved when it is sent.
    pub to: Vec<RoleName>,
    /// Whether the process obliges us to tell them, so that nobody can opt out.
    #[serde(default)]
    pub statutory: Statutory,
    /// The words it is written in; those of any notice where nothing is said.
    #[serde(default)]
    pub template: Template,
}

/// Whether a notice may be opted out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statutory {
    /// Required by the process.
    Yes,
    /// A courtesy.
    #[default]
    No,
}

/// The words a notice is written in. What stands behind each name is no matter of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// Something happened, and whose turn it is now.
    #[default]
    Notice,
    /// Something is due soon.
    Reminder,
    /// A date has passed and what was due has not been done.
    Overdue,
    /// A date has moved: the old one, the new one and why.
    DateMoved,
    /// A body has made a determination.
    Determination,
    /// A consultation is open: what it is about and how to answer.
    ConsultationOpen,
    /// A consultation closes soon.
    ConsultationClosing,
    /// A ballot is open, or votes are still awaited.
    BallotOpen,
    /// A case has come to its end.
    Ended,
}

impl Template {
    /// Every template that a definition may name.
    pub const ALL: [Self; 9] = [
        Self::Notice,
        Self::Reminder,
        Self::Overdue,
        Self::DateMoved,
        Self::Determination,
        Self::ConsultationOpen,
        Self::ConsultationClosing,
        Self::BallotOpen,
        Self::Ended,
    ];

    /// The name as written in a definition.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Reminder => "reminder",
            Self::Overdue => "overdue",
            Self::DateMoved => "date_moved",
            Self::Determination => "determination",
            Self::ConsultationOpen => "consultation_open",
            Self::ConsultationClosing => "consultation_closing",
            Self::BallotOpen => "ballot_open",
            Self::Ended => "ended",
        }
    }
}
