//! A case as people see it: one shape for pages, API and commands.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::error::ServiceError;
use super::loaded::Loaded;
use crate::calendar::{Deadline, london_date, words};
use crate::sip::SipForm;
use crate::workflow::{Action, ActionName, Clock, Definition, FactName, Kind, Made, Standing, State, StateName};

/// A case as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CaseView {
    /// The reference it had from the start.
    pub reference: String,
    /// The number it was given on acceptance (R20).
    pub number: Option<String>,
    /// What it is called: SIP, Consultation, Process change.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The process it follows.
    pub process: String,
    /// The version of the process it follows.
    pub version: String,
    /// The edition of bank holidays it counts with.
    pub edition: String,
    /// The division of bank holidays it counts with.
    pub division: String,
    /// Where it stands.
    pub state: StateView,
    /// Counts its changes; give it back as `If-Match` to act on what you have read and nothing later.
    pub revision: i64,
    /// When it was opened (UTC).
    pub opened_at: DateTime<Utc>,
    /// When it came into its state (UTC).
    pub entered_at: DateTime<Utc>,
    /// When it ended (UTC).
    pub ended_at: Option<DateTime<Utc>>,
    /// Its open clocks, soonest first.
    pub clocks: Vec<ClockView>,
    /// What may be done now.
    pub actions: Vec<ActionView>,
    /// Determinations made, oldest first.
    pub determinations: Vec<MadeView>,
    /// What is recorded, in words, by field.
    pub recorded: BTreeMap<String, String>,
    /// The SIP form, where it is a SIP.
    #[schema(value_type = Option<Object>)]
    pub form: Option<SipForm>,
}

/// Where a case stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StateView {
    /// Name of the state.
    pub name: String,
    /// What is going on, in words.
    pub title: String,
    /// The stage it belongs to, in words.
    pub stage: String,
    /// The role whose turn it is.
    pub owner: Option<String>,
    /// Whose turn it is, in words.
    pub owner_title: Option<String>,
    /// How it ended, in words.
    pub ends: Option<String>,
    /// Why no clock runs.
    pub untimed: Option<String>,
}

/// An open clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClockView {
    /// Name of the clock.
    pub name: String,
    /// What must happen.
    pub title: String,
    /// Who must act, in words.
    pub owner: String,
    /// London date it is due.
    pub due: NaiveDate,
    /// The first due date people were told.
    pub first_due: NaiveDate,
    /// The first instant that is too late (UTC).
    pub closes_at: DateTime<Utc>,
    /// The same in London time, in words.
    pub closes: String,
    /// Working Days left; 0 on the day itself and after.
    pub working_days_left: u32,
    /// `running`, `paused` or `overdue`.
    pub standing: String,
    /// How the date was reached, in words.
    pub explanation: String,
    /// How the date was reached, in full.
    #[schema(value_type = Object)]
    pub deadline: Deadline,
}

/// Something that may be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActionView {
    /// Name of the action.
    pub action: String,
    /// What it is, in words.
    pub title: String,
    /// Who may do it, in words.
    pub who: Vec<String>,
    /// The body whose determination it records.
    pub body: Option<String>,
    /// The rule behind it.
    pub rule: Option<String>,
    /// Fields that must be filled in.
    pub needs: Vec<FieldView>,
    /// Fields that may be filled in.
    pub may: Vec<FieldView>,
}

/// A field of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldView {
    /// Name of the field.
    pub field: String,
    /// Its label.
    pub title: String,
    /// What kind of value it takes.
    #[schema(value_type = String)]
    pub kind: Option<Kind>,
    /// Guidance.
    pub help: Option<String>,
    /// The choices of a choice.
    pub choices: Vec<String>,
}

/// A determination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MadeView {
    /// At which point, in words.
    pub point: String,
    /// By which body, in words.
    pub body: String,
    /// The option chosen, in words.
    pub option: String,
    /// On which London date.
    pub decided_on: NaiveDate,
    /// Its reasons.
    pub reasons: String,
    /// Reference of the ballot that formed it.
    pub ballot: Option<String>,
}

/// Something that happened to a case.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HistoryEntry {
    /// Number of the journal entry.
    pub seq: i64,
    /// When (UTC).
    pub at: DateTime<Utc>,
    /// Who did it: a person's id, or `system`.
    pub actor: String,
    /// What was done.
    pub act: String,
    /// Each thing that happened, in words.
    pub happened: Vec<String>,
    /// The same in full, as the journal holds it.
    #[schema(value_type = Object)]
    pub payload: Json,
    /// Hash of the entry, in hexadecimal.
    pub hash: String,
}

/// Puts a case into the shape people see.
pub(super) fn view(loaded: &Loaded, now: DateTime<Utc>) -> Result<CaseView, ServiceError> {
    let (record, case, definition) = (&loaded.record, loaded.case(), &loaded.definition);
    let mut clocks: Vec<&Clock> = case.clocks.iter().collect();
    clocks.sort_by_key(|clock| clock.deadline.closes_at);
    Ok(CaseView {
        reference: record.reference.clone(),
        number: record.sip_number.clone(),
        kind: definition.subject.clone(),
        title: record.title.clone(),
        process: record.process.clone(),
        version: record.definition_version.clone(),
        edition: record.edition.clone(),
        division: record.division.clone(),
        state: state_view(definition, &case.state),
        revision: record.revision,
        opened_at: record.opened_at,
        entered_at: case.entered_at,
        ended_at: record.closed_at,
        clocks: clocks.into_iter().map(|clock| clock_view(loaded, clock, now)).collect::<Result<_, _>>()?,
        actions: definition
            .actions_of(&case.state)
            .map(|(name, action)| action_view(definition, &case.state, name, action))
            .collect(),
        determinations: case.determinations.iter().map(|made| made_view(definition, made)).collect(),
        recorded: recorded(loaded),
        form: loaded.body.form.clone(),
    })
}

/// What is recorded, in words; the score stands beside the marks it follows from.
fn recorded(loaded: &Loaded) -> BTreeMap<String, String> {
    let values = loaded.case().values.iter().map(|(name, value)| (name.to_string(), value.to_string()));
    let score = loaded.body.score.as_ref().map(|score| ("score".to_owned(), score.to_string()));
    values.chain(score).collect()
}

/// A state in words; a state the definition does not know keeps its name.
pub(super) fn state_view(definition: &Definition, name: &StateName) -> StateView {
    let state = definition.states.get(name);
    let stage = state.and_then(|state| definition.stages.get(&state.stage));
    let owner = state.and_then(|state| state.owner.as_ref());
    StateView {
        name: name.to_string(),
        title: state.map_or_else(|| name.words(), |state: &State| state.title.clone()),
        stage: stage.map(|stage| stage.title.clone()).unwrap_or_default(),
        owner: owner.map(ToString::to_string),
        owner_title: owner.map(|owner| definition.title_of(owner.as_str())),
        ends: state.and_then(|state| state.ends.clone()),
        untimed: state.and_then(|state| state.untimed.clone()),
    }
}

fn clock_view(loaded: &Loaded, clock: &Clock, now: DateTime<Utc>) -> Result<ClockView, ServiceError> {
    let spec = loaded.definition.clocks.get(&clock.name);
    let (today, due) = (london_date(now), clock.deadline.on);
    let standing = match (clock.standing, clock.overdue_since) {
        (Standing::Paused, _) => "paused",
        (Standing::Running, Some(_)) => "overdue",
        (Standing::Running, None) => "running",
    };
    Ok(ClockView {
        name: clock.name.to_string(),
        title: spec.map_or_else(|| clock.name.words(), |spec| spec.title.clone()),
        owner: spec.map(|spec| loaded.definition.title_of(spec.owner.as_str())).unwrap_or_default(),
        due,
        first_due: clock.first_due,
        closes_at: clock.deadline.closes_at,
        closes: words(clock.deadline.closes_at),
        working_days_left: loaded.calendar.between(today, due.max(today))?,
        standing: standing.to_owned(),
        explanation: clock.deadline.explain(),
        deadline: clock.deadline.clone(),
    })
}

fn action_view(definition: &Definition, state: &StateName, name: &ActionName, action: &Action) -> ActionView {
    let who = definition.who_may(state, action);
    let made = definition.states.get(state).and_then(|state| state.determination.as_ref());
    let body = made.filter(|_| action.by.is_empty()).map(|made| definition.title_of(made.body.as_str()));
    ActionView {
        action: name.to_string(),
        title: action.title.clone(),
        who: who.into_iter().map(|role| definition.title_of(role.as_str())).collect(),
        body,
        rule: action.rule.clone(),
        needs: action.needs.iter().map(|field| field_view(definition, field)).collect(),
        may: action.may.iter().map(|field| field_view(definition, field)).collect(),
    }
}

fn field_view(definition: &Definition, name: &FactName) -> FieldView {
    let field = definition.fields.get(name);
    FieldView {
        field: name.to_string(),
        title: definition.fact_title(name),
        kind: definition.kind_of(name),
        help: field.and_then(|field| field.help.clone()),
        choices: field.map(|field| field.choices.clone()).unwrap_or_default(),
    }
}

fn made_view(definition: &Definition, made: &Made) -> MadeView {
    MadeView {
        point: definition.point_title(&made.point),
        body: definition.title_of(made.body.as_str()),
        option: made.option.words(),
        decided_on: made.decided_on,
        reasons: made.reasons.clone(),
        ballot: made.ballot.clone(),
    }
}
