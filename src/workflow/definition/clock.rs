//! Clocks as a definition describes them.

use chrono::NaiveTime;
use serde::de::Unexpected;
use serde::{Deserialize, Serialize};

use crate::calendar::WorkingDays;
use crate::workflow::names::{ActionName, FactName, NoticeName, RoleName, StateName};

/// Whether a figure is the source's own or a setting of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The source gives the figure.
    Source,
    /// The source is silent; the figure is a setting.
    Setting,
}

/// A clock: who must act by when, and what follows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSpec {
    /// What must happen, in plain words.
    pub title: String,
    /// Whose turn it is while the clock runs.
    pub owner: RoleName,
    /// How long, in Working Days; or give `until`.
    #[serde(default)]
    pub target: Option<WorkingDays>,
    /// The field or fact that holds the due date; or give `target`.
    #[serde(default)]
    pub until: Option<FactName>,
    /// Allowance in Working Days for the timeline, where the due date comes from `until`.
    #[serde(default)]
    pub allow: Option<WorkingDays>,
    /// The fewest Working Days it may run: a new bank holiday that would leave fewer moves the date given by `until`.
    #[serde(default)]
    pub at_least: Option<WorkingDays>,
    /// The date the count begins after; the day of entering the state where absent.
    #[serde(default)]
    pub counted_from: Option<FactName>,
    /// The states in which it runs; entering the first starts it, leaving the last ends it.
    pub runs_in: Vec<StateName>,
    /// The states in which it stands still.
    #[serde(default)]
    pub pauses_in: Vec<StateName>,
    /// Actions that begin it again from the day they are taken.
    #[serde(default)]
    pub restarts_on: Vec<ActionName>,
    /// Closing time in London; the end of the day where absent.
    #[serde(default, with = "hour_and_minute")]
    pub closes_at: Option<NaiveTime>,
    /// Whether the figure is the source's or ours.
    pub basis: Basis,
    /// The rule behind it, for example `R12`.
    #[serde(default)]
    pub rule: Option<String>,
    /// Who may extend it, if anyone, and who must be told.
    #[serde(default)]
    pub extension: Option<Extension>,
    /// Reminders before it is due, or the word `nobody`.
    pub remind: Remind,
    /// What happens once it is due.
    pub when_due: WhenDue,
}

/// The right to extend a clock by telling people and giving a new date (R13, R24).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Who may extend.
    pub by: Vec<RoleName>,
    /// The notice that tells people; sent whenever the date moves.
    pub notice: NoticeName,
}

/// A reminder sent once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// Working Days before the due date.
    pub before: WorkingDays,
    /// The notice sent.
    pub notice: NoticeName,
}

/// Who hears of a clock before it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remind {
    /// Nobody is reminded, on purpose.
    Nobody,
    /// These reminders are sent.
    Reminders(Vec<Reminder>),
}

impl Remind {
    /// The reminders, none where nobody is reminded.
    pub fn reminders(&self) -> &[Reminder] {
        match self {
            Self::Nobody => &[],
            Self::Reminders(reminders) => reminders,
        }
    }
}

impl<'de> Deserialize<'de> for Remind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Remind;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of reminders each with `before` and `notice`, or the word `nobody`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Remind, E> {
                if text == "nobody" { Ok(Remind::Nobody) } else { Err(E::invalid_type(Unexpected::Str(text), &self)) }
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Remind, A::Error> {
                let mut reminders = Vec::new();
                while let Some(reminder) = seq.next_element()? {
                    reminders.push(reminder);
                }
                Ok(Remind::Reminders(reminders))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// What happens once a clock is due.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum WhenDue {
    /// It is overdue, publicly, and this notice goes out once.
    Overdue(NoticeName),
    /// The engine itself takes this action of the state the case is in.
    Take(ActionName),
}

mod hour_and_minute {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveTime>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        NaiveTime::parse_from_str(&text, "%H:%M").map(Some).map_err(|_| {
            serde::de::Error::custom(format!("`{text}` is not a time of day; write it as \"17:00\", in quotes"))
        })
    }
}
