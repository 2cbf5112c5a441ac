//! A process as data: what a definition file may say.
//!
//! These structs mirror the YAML in `workflows/`. Reading one proves nothing about its sense; [`super::load`] does,
//! by running every check in [`super::check`], and the rest of the engine takes only a loaded [`Definition`].

mod action;
mod assertion;
mod clock;
mod notice;

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::names::{
    ActionName, BodyName, ClockName, FactName, NoticeName, PointName, ProcessName, RoleName, StageName, StateName,
};
pub use action::{Action, Branch, Effect, Notify, SharedAction, Target, YesNo};
pub use assertion::{AnyOf, Assertion, Step};
pub use clock::{Basis, ClockSpec, Extension, Remind, Reminder, WhenDue};
pub use notice::{Notice, Statutory, Template};

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
    /// Notices sent when a case begins, or the word `nobody`.
    pub notify_at_start: Notify,
    /// Notices sent when a running case goes on under this version, or the word `nobody`.
    pub notify_on_migration: Notify,
    /// The longest the source says the whole process takes, in months, where it says so (R49).
    #[serde(default)]
    pub months_in_source: Option<u16>,
    /// Everyone who can act or be told.
    pub roles: IndexMap<RoleName, Role>,
    /// The bodies that make determinations, with their powers.
    #[serde(default)]
    pub bodies: IndexMap<BodyName, Body>,
    /// What the points of determination are called, where their names do not say it well.
    #[serde(default)]
    pub points: IndexMap<PointName, Stage>,
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
    /// A mark with its reason for each published criterion of prioritisation (R25).
    Marks,
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

    /// The title of a role or body, or its name where it has none; the engine itself is called Quorate.
    pub fn title_of(&self, role: &str) -> String {
        if role == "system" {
            return "Quorate".to_owned();
        }
        let role_title = self.roles.get(role).map(|role| role.title.clone());
        let body_title = || self.bodies.get(role).map(|body| body.title.clone());
        role_title.or_else(body_title).unwrap_or_else(|| role.replace('_', " "))
    }

    /// What a point of determination is called.
    pub fn point_title(&self, point: &PointName) -> String {
        self.points.get(point).map_or_else(|| point.words(), |point| point.title.clone())
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

impl State {
    /// Whether a case in this state has ended.
    pub fn is_final(&self) -> bool {
        self.ends.is_some()
    }
}
