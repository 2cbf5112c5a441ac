//! Actions as a definition describes them: who may take them, what they need, where they lead, what else they do.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::workflow::guard::Guard;
use crate::workflow::names::{ActionName, FactName, NoticeName, RoleName, StateName};

/// Something a role may do in a state.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// What it is, as a person would say it.
    pub title: String,
    /// Who may do it; absent for an option of a determination, which the body's secretary records.
    #[serde(default)]
    pub by: Vec<RoleName>,
    /// The rules behind it.
    #[serde(default)]
    pub rule: Option<String>,
    /// Fields that must be filled in.
    #[serde(default)]
    pub needs: Vec<FactName>,
    /// Fields that may be filled in.
    #[serde(default)]
    pub may: Vec<FactName>,
    /// What must be so.
    #[serde(default)]
    pub when: Option<Guard>,
    /// Process facts it sets.
    #[serde(default)]
    pub sets: IndexMap<FactName, YesNo>,
    /// What else it does.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// Whether what the clocks it ends asked for is left undone, as when a case is withdrawn or cancelled.
    #[serde(default)]
    pub leaves_undone: YesNo,
    /// Whether what is filled in is kept in the record only and becomes no fact of the case, as with a response.
    #[serde(default)]
    pub for_the_record: YesNo,
    /// Where the case goes.
    pub to: Target,
    /// Notices sent, or the word `nobody`.
    pub notify: Notify,
}

/// An action written once for several states.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedAction {
    /// The states it is possible in.
    #[serde(rename = "in")]
    pub in_states: Vec<StateName>,
    /// The action itself.
    pub action: Action,
}

/// Where an action leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// The case stays where it is.
    Stay,
    /// One state, always.
    State(StateName),
    /// The first branch whose guard holds; the last has none.
    Branches(Vec<Branch>),
}

/// One way on out of several.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// What must be so; absent on the last branch.
    #[serde(default)]
    pub when: Option<Guard>,
    /// Where the case goes.
    pub to: StateName,
}

/// The closed vocabulary of things an action does besides moving its case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Effect {
    /// Gives the SIP its number (R20).
    AssignSipNumber,
    /// Makes the field `timetable` replace the targets of the clocks it names (R52, R53).
    SetTimetable,
    /// Takes this action, as the process itself, in every case the batch carries.
    MembersTake(ActionName),
    /// Takes the case out of the batch that carries it, without disturbing the rest (R32).
    LeaveBatch,
    /// Puts the cases named in the field `sips` into this batch.
    AddMembers,
    /// Takes the case named in the field `sip` out of this batch.
    DropMember,
    /// Makes the approved definition the one that new cases begin under (R56).
    ActivateDefinition,
    /// Puts the case on the list of priorities where the score of the field `marks` belongs (R23, R25).
    JoinPriorities,
    /// Gives the case the rank in the field `rank`, for the reason in the field `rank_reason` (R25).
    Rerank,
    /// Counts the ballot this case is about and lets its result take the option it gives (R50).
    CountBallot,
    /// Puts the terms of reference in the field `terms` into force (R5).
    AdoptTerms,
    /// Ends the terms of reference of the body (R5).
    DissolveBody,
    /// Fixes what the consultation says and whom it is sent to (R29, R33).
    IssueContents,
    /// Fixes the collated responses that go to the deciding body (R36).
    ReferCollation,
}

/// Yes or no, spelt out; no where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    #[default]
    No,
}

/// The notices an action sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notify {
    /// Nobody is told, on purpose.
    Nobody,
    /// These notices are sent.
    Notices(Vec<NoticeName>),
}

impl Notify {
    /// The notices, none where nobody is told.
    pub fn notices(&self) -> &[NoticeName] {
        match self {
            Self::Nobody => &[],
            Self::Notices(notices) => notices,
        }
    }
}

impl Action {
    /// Every fact that its guard or its branches ask about.
    pub fn asks(&self) -> Vec<&FactName> {
        let branches = match &self.to {
            Target::Branches(branches) => branches.as_slice(),
            Target::Stay | Target::State(_) => &[],
        };
        let guards = self.when.iter().chain(branches.iter().filter_map(|branch| branch.when.as_ref()));
        guards.flat_map(Guard::facts).collect()
    }
}

impl Target {
    /// Every state this target may lead to from `here`.
    pub fn states<'a>(&'a self, here: &'a StateName) -> Vec<&'a StateName> {
        match self {
            Self::Stay => vec![here],
            Self::State(state) => vec![state],
            Self::Branches(branches) => branches.iter().map(|branch| &branch.to).collect(),
        }
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Target;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a state, the word `stay`, or a list of branches each with `when` and `to`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Target, E> {
                Ok(if text == "stay" { Target::Stay } else { Target::State(text.into()) })
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Target, A::Error> {
                let mut branches = Vec::new();
                while let Some(branch) = seq.next_element()? {
                    branches.push(branch);
                }
                Ok(Target::Branches(branches))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl<'de> Deserialize<'de> for Notify {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Notify;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of notices, one notice, or the word `nobody`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Notify, E> {
                Ok(if text == "nobody" { Notify::Nobody } else { Notify::Notices(vec![text.into()]) })
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Notify, A::Error> {
                let mut notices = Vec::new();
                while let Some(notice) = seq.next_element()? {
                    notices.push(notice);
                }
                Ok(Notify::Notices(notices))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
