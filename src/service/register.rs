//! The register beside the cases: the processes in all their versions, and whether the journal holds.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::app::App;
use super::error::ServiceError;
use super::processes::in_force;
use super::proof::{Proof, verify_journal};
use super::views::{StateView, state_view};
use crate::calendar::london_date;
use crate::store::{self, DefinitionRecord, StoreError};
use crate::workflow::{Definition, StateName};

/// A version of a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DefinitionSummary {
    /// The process.
    pub process: String,
    /// The version.
    pub version: String,
    /// What the process is called.
    pub title: String,
    /// The document it follows.
    pub source: String,
    /// Whether cases that begin now follow it.
    pub in_force: bool,
    /// The determination that approved it; none while it is only a proposal.
    pub approved_by: Option<String>,
    /// The London date from which new cases follow it; none while it is only a proposal.
    pub active_from: Option<NaiveDate>,
    /// SHA-256 of its text, in hexadecimal.
    pub digest: String,
}

/// A version of a process in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DefinitionView {
    /// Which version it is.
    #[serde(flatten)]
    pub summary: DefinitionSummary,
    /// Its states, in the order of the text.
    pub states: Vec<DefinitionState>,
    /// The text itself, in YAML.
    pub yaml: String,
}

/// A state of a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DefinitionState {
    /// The state in words.
    #[serde(flatten)]
    pub state: StateView,
    /// What may be done in it.
    pub actions: Vec<ActionSummary>,
}

/// Something that may be done in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActionSummary {
    /// Name of the action.
    pub action: String,
    /// What it is, in words.
    pub title: String,
    /// Who may do it, in words.
    pub who: Vec<String>,
    /// The rule behind it.
    pub rule: Option<String>,
}

/// Every version of every process.
///
/// # Errors
///
/// The database cannot be read, or a stored text no longer holds.
pub async fn definitions(app: &App, now: DateTime<Utc>) -> Result<Vec<DefinitionSummary>, ServiceError> {
    let mut summaries = Vec::new();
    for record in store::list_definitions(&app.store).await? {
        let definition = app.definition(&app.store, &record.process, &record.version).await?;
        summaries.push(summary(app, &record, &definition, now).await?);
    }
    Ok(summaries)
}

/// A version of a process in full; the one in force where none is named.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such process or version.
pub async fn definition_view(
    app: &App,
    process: &str,
    version: Option<&str>,
    now: DateTime<Utc>,
) -> Result<DefinitionView, ServiceError> {
    let definition = version_of(app, process, version, now).await?;
    let record = store::find_definition(&app.store, process, &definition.version).await?;
    let missing = || ServiceError::NotFound { what: "version of a process", name: definition.version.clone() };
    let record = record.ok_or_else(missing)?;
    let states = definition.states.keys().map(|state| state_of(&definition, state)).collect();
    Ok(DefinitionView { summary: summary(app, &record, &definition, now).await?, states, yaml: record.yaml })
}

/// A version of a process; the one in force where none is named.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such process or version.
pub async fn version_of(
    app: &App,
    process: &str,
    version: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Arc<Definition>, ServiceError> {
    match version {
        Some(version) => app.definition(&app.store, process, version).await,
        None => in_force(app, &app.store, process, london_date(now)).await,
    }
}

async fn summary(
    app: &App,
    record: &DefinitionRecord,
    definition: &Definition,
    now: DateTime<Utc>,
) -> Result<DefinitionSummary, ServiceError> {
    let active = store::active_definition(&app.store, &record.process, london_date(now)).await?;
    Ok(DefinitionSummary {
        process: record.process.clone(),
        version: record.version.clone(),
        title: definition.title.clone(),
        source: definition.source.clone(),
        in_force: active.is_some_and(|active| active.version == record.version),
        approved_by: record.approved_by.clone(),
        active_from: record.active_from,
        digest: record.digest.clone(),
    })
}

fn state_of(definition: &Definition, state: &StateName) -> DefinitionState {
    let actions = definition.actions_of(state).map(|(name, action)| ActionSummary {
        action: name.to_string(),
        title: action.title.clone(),
        who: definition.who_may(state, action).iter().map(|role| definition.title_of(role.as_str())).collect(),
        rule: action.rule.clone(),
    });
    DefinitionState { state: state_view(definition, state), actions: actions.collect() }
}

/// Whether the record holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Verification {
    /// Whether every hash follows from the one before, and every case from its events.
    pub holds: bool,
    /// Where the chain breaks and what was done there.
    pub broken: Option<String>,
    /// What was found; none where the chain breaks.
    pub proof: Option<Proof>,
}

/// Recomputes the journal and every case, and says whether they hold.
///
/// # Errors
///
/// The database cannot be read. A record that does not hold is an answer, not an error.
pub async fn verification(app: &App) -> Result<Verification, ServiceError> {
    match verify_journal(app).await {
        Ok(proof) => Ok(Verification { holds: proof.differing.is_empty(), broken: None, proof: Some(proof) }),
        Err(ServiceError::Store(StoreError::Journal(broken))) => {
            Ok(Verification { holds: false, broken: Some(broken.to_string()), proof: None })
        }
        Err(error) => Err(error),
    }
}

/// Whether anybody could sign in.
///
/// # Errors
///
/// The database cannot be read.
pub async fn has_people(app: &App) -> Result<bool, ServiceError> {
    Ok(!store::list_people(&app.store).await?.is_empty())
}
