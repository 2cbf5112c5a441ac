//! A process as data: what a definition file may say.
//!
//! These structs mirror the YAML in `workflows/`. Reading one proves nothing about its sense; [`super::load`] does,
//! by running every check in [`super::check`], and the rest of the engine takes only a loaded [`Definition`].

use chrono::{NaiveDate, NaiveTime};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::guard::Guard;
use super::names::{
    ActionName, BodyName, ClockName, FactName, NoticeName, PointName, ProcessName, RoleName, StageName, StateName,
};
use crate::calendar::WorkingDays;

/// A whole process: its states, who may do what in each, its clocks, bodies, notices and assertions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Name of the process; with `version` it identifies the definition.
    pub process: ProcessName,
    /// Version as people cite it, for example `1.0`.
    pub version: String,
    /// Title in plain words.
    pub title: String,
    /// What one case of this process is called, for example `SIP`.
    pub subject: String,
    /// The day from which new cases begin under this version.
    pub effective: NaiveDate,
    /// The document this definition follows.
    pub source: String,
    /// The state a new case begins in.
    pub start: StateName,
    /// The notice sent when a date people were told moves for a reason no action explains, such as a new bank holiday.
    pub when_a_date_moves: NoticeName,
    /// The clocks whose dates make up the implementation window, which lies in one Regulatory Year (R31).
    #[serde(default)]
    pub implementation: Vec<ClockName>,
    /// Notices sent when a case begins.
    #[serde(default)]
    pub notify_at_start: Vec<NoticeName>,
    /// The longest the source says the whole process takes, in months, where it says so (R49).
    #[serde(default)]
    pub months_in_source: Option<u16>,
    /// Everyone who can act or be told.
    pub roles: IndexMap<RoleName, Role>,
    /// The bodies that make determinations, with their powers.
    #[serde(default)]
    pub bodies: IndexMap<BodyName, Body>,
    /// Stages, in the order people speak of them.
    pub stages: IndexMap<StageName, Stage>,
    /// Facts that guards may ask about and that no action's field records.
    #[serde(default)]
    pub facts: IndexMap<FactName, Fact>,
    /// What people fill in when they act; each is a fact of the case from then on.
    #[serde(default)]
    pub fields: IndexMap<FactName, Field>,
    /// Clocks: what must happen by when.
    #[serde(default)]
    pub clocks: IndexMap<ClockName, ClockSpec>,
    /// Notices: who is told what.
    #[serde(default)]
    pub notices: IndexMap<NoticeName, Notice>,
    /// States in the order of the process.
    pub states: IndexMap<StateName, State>,
    /// Actions that are the same in several states, written once.
    #[serde(default)]
    pub shared_actions: IndexMap<ActionName, SharedAction>,
    /// What must hold on every path, proved when the definition is loaded.
    #[serde(default)]
    pub assertions: Vec<Assertion>,
}

/// Someone who can act or be told.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The name people use, for example `DCC`.
    pub title: String,
}

/// A body that makes determinations.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The name people use, for example `SEC Panel`.
    pub title: String,
    /// The role that records this body's determinations.
    pub secretary: RoleName,
    /// The body that delegated its powers, if they are delegated (R6).
    #[serde(default)]
    pub delegated_from: Option<BodyName>,
    /// For each point, exactly the options open to this body (table 1E of the process rules).
    pub powers: IndexMap<PointName, Vec<ActionName>>,
}

/// A stage of the process.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Title in plain words.
    pub title: String,
}

/// What kind of value a fact or field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// Words, kept as written.
    Text,
    /// A whole number.
    Number,
    /// An amount in whole pence.
    Money,
    /// A lowest and a highest amount in whole pence.
    CostRange,
    /// A London date.
    Date,
    /// A first and last London date.
    Window,
    /// A window that lies within one Regulatory Year (R31).
    ImplementationWindow,
    /// One of the listed `choices`.
    Choice,
    /// A list of texts.
    List,
    /// A date for each named clock, set by a deciding body (R52, R53).
    Timetable,
}

/// Where a fact that no action records comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactSource {
    /// Given when the case is opened.
    Form,
    /// Set by the process itself through an action's `sets`; begins as `no`.
    Process,
    /// Assembled from the record when someone acts, for example whether a delegation is in force.
    Record,
}

/// A fact that guards may ask about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The fact as a statement, used when a refusal explains itself.
    pub title: String,
    /// The kind of value.
    pub kind: Kind,
    /// Where it comes from.
    pub from: FactSource,
    /// The values a `choice` may take.
    #[serde(default)]
    pub choices: Vec<String>,
}

/// Something a person fills in when acting.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The label of the field.
    pub title: String,
    /// The kind of value.
    pub kind: Kind,
    /// Guidance shown beside the field.
    #[serde(default)]
    pub help: Option<String>,
    /// The values a `choice` may take.
    #[serde(default)]
    pub choices: Vec<String>,
}

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
    /// Reminders before it is due.
    #[serde(default)]
    pub remind: Vec<Reminder>,
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

/// What happens once a clock is due.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum WhenDue {
    /// It is overdue, publicly, and this notice goes out once.
    Overdue(NoticeName),
    /// The engine itself takes this action of the state the case is in.
    Take(ActionName),
}

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

/// A state of a case.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// What is going on, in plain words.
    pub title: String,
    /// The stage it belongs to.
    pub stage: StageName,
    /// Whose turn it is; absent in a final state.
    #[serde(default)]
    pub owner: Option<RoleName>,
    /// How it ended, in plain words, where this state is final.
    #[serde(default)]
    pub ends: Option<String>,
    /// Why no clock runs here, where none does.
    #[serde(default)]
    pub untimed: Option<String>,
    /// Whether the usual path passes here or only a detour does.
    #[serde(default)]
    pub detour: Option<String>,
    /// The determination made here; then every action is one of its options.
    #[serde(default)]
    pub determination: Option<Determination>,
    /// What may be done here.
    #[serde(default)]
    pub actions: IndexMap<ActionName, Action>,
}

/// A determination made in a state.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Determination {
    /// The point of the process.
    pub point: PointName,
    /// The body that decides.
    pub body: BodyName,
    /// The fact that says the body's delegation is in force; needed where its powers are delegated.
    #[serde(default)]
    pub delegation: Option<FactName>,
}

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
    /// Where the case goes.
    pub to: Target,
    /// Notices sent, or the word `none`.
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
}

/// Yes or no, spelt out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
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

/// Something that must hold on every path of the process.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assertion {
    /// The promise in plain words.
    pub says: String,
    /// Starts after this step (`state` or `state.action`) instead of at the beginning.
    #[serde(default)]
    pub after: Option<Step>,
    /// Every path to this step ...
    #[serde(default)]
    pub every_path_to: Option<Step>,
    /// ... passes these, in this order; a list within the list means any one of them.
    #[serde(default)]
    pub passes: Vec<AnyOf>,
    /// No path reaches any of these.
    #[serde(default)]
    pub never_reaches: Vec<Step>,
    /// At least one path reaches each of these.
    #[serde(default)]
    pub can_reach: Vec<Step>,
    /// Only this role or body ...
    #[serde(default)]
    pub only: Option<String>,
    /// ... takes these states or steps.
    #[serde(default)]
    pub takes: Vec<Step>,
}

/// `state` or `state.action`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(from = "String")]
pub struct Step {
    /// The state.
    pub state: StateName,
    /// The action taken in it; any where absent.
    pub action: Option<ActionName>,
}

/// One step, or any of several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "OneOrMany")]
pub struct AnyOf(pub Vec<Step>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(Step),
    Many(Vec<Step>),
}

impl From<OneOrMany> for AnyOf {
    fn from(steps: OneOrMany) -> Self {
        match steps {
            OneOrMany::One(step) => Self(vec![step]),
            OneOrMany::Many(steps) => Self(steps),
        }
    }
}

impl From<String> for Step {
    fn from(text: String) -> Self {
        match text.split_once('.') {
            Some((state, action)) => Self { state: state.into(), action: Some(action.into()) },
            None => Self { state: text.as_str().into(), action: None },
        }
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.action {
            Some(action) => write!(f, "{}.{action}", self.state),
            None => write!(f, "{}", self.state),
        }
    }
}

impl Definition {
    /// The actions of a state: its own, then those it shares with others.
    pub fn actions_of<'a>(&'a self, state: &'a StateName) -> impl Iterator<Item = (&'a ActionName, &'a Action)> {
        let own = self.states.get(state).into_iter().flat_map(|state| state.actions.iter());
        let shared = self
            .shared_actions
            .iter()
            .filter(move |(_, shared)| shared.in_states.contains(state))
            .map(|(name, shared)| (name, &shared.action));
        own.chain(shared)
    }

    /// One action of a state, if it is possible there.
    pub fn action(&self, state: &StateName, action: &ActionName) -> Option<&Action> {
        let own = self.states.get(state).and_then(|state| state.actions.get(action));
        own.or_else(|| {
            let shared = self.shared_actions.get(action).filter(|shared| shared.in_states.contains(state));
            shared.map(|shared| &shared.action)
        })
    }

    /// Who may take an action in a state: its `by`, or the secretary of the body that decides there.
    pub fn who_may<'a>(&'a self, state: &StateName, action: &'a Action) -> Vec<&'a RoleName> {
        if !action.by.is_empty() {
            return action.by.iter().collect();
        }
        let body = self.states.get(state).and_then(|state| state.determination.as_ref()).map(|made| &made.body);
        body.and_then(|body| self.bodies.get(body)).map(|body| &body.secretary).into_iter().collect()
    }

    /// The clocks that run in a state.
    pub fn clocks_in<'a>(&'a self, state: &'a StateName) -> impl Iterator<Item = (&'a ClockName, &'a ClockSpec)> {
        self.clocks.iter().filter(move |(_, clock)| clock.runs_in.contains(state))
    }

    /// The title of a role or body, or its name where it has none.
    pub fn title_of(&self, role: &str) -> String {
        let role_title = self.roles.get(role).map(|role| role.title.clone());
        let body_title = || self.bodies.get(role).map(|body| body.title.clone());
        role_title.or_else(body_title).unwrap_or_else(|| role.replace('_', " "))
    }

    /// The kind of a fact or field, if declared.
    pub fn kind_of(&self, name: &FactName) -> Option<Kind> {
        let fact = self.facts.get(name).map(|fact| fact.kind);
        fact.or_else(|| self.fields.get(name).map(|field| field.kind))
    }

    /// The title of a fact or field, or its name where it is not declared.
    pub fn fact_title(&self, name: &FactName) -> String {
        let fact = self.facts.get(name).map(|fact| fact.title.clone());
        let field = || self.fields.get(name).map(|field| field.title.clone());
        fact.or_else(field).unwrap_or_else(|| name.words())
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

impl State {
    /// Whether a case in this state has ended.
    pub fn is_final(&self) -> bool {
        self.ends.is_some()
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
