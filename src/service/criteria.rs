//! The published criteria that put SIPs in order (R23, R25): data that everybody can read, changed only by publishing
//! another version. A score keeps the version it was made under, so every version stays readable.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::acts::{answered, finish};
use super::app::App;
use super::call::Call;
use super::error::ServiceError;
use super::settle::{Journalled, append};
use crate::actor::Actor;
use crate::sip::prioritisation::{Criteria, Criterion, Score, score_written};
use crate::sip::{FieldError, FieldErrors};
use crate::store::{self, Source, WriteTx};
use crate::workflow::{Facts, Missing, Refusal, Value, Why};
use crate::yaml::{self, Limits};

const SETTING: &str = "criteria";
/// The criteria that hold until others are published.
const BUILT_IN: (&str, &str) = ("fixtures/prioritisation.yaml", include_str!("../../fixtures/prioritisation.yaml"));

/// A version of the criteria, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Published {
    criteria: Criteria,
    at: DateTime<Utc>,
    by: String,
}

/// A published version of the criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CriteriaView {
    /// Its name.
    pub version: String,
    /// Whether SIPs accepted now are scored by it.
    pub in_force: bool,
    /// When it was published (UTC).
    pub published_at: DateTime<Utc>,
    /// Who published it: a person's id, or `system` for the version that comes with Quorate.
    pub published_by: String,
    /// The criteria, in the order a score explains them.
    pub criteria: Vec<CriterionView>,
}

/// One published criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CriterionView {
    /// The short name that marks refer to.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The question a mark answers.
    pub question: String,
    /// How much each mark counts, 1 to 100.
    pub weight: u32,
    /// What each mark means, from 0 upwards.
    pub levels: Vec<String>,
}

/// Publishes another version of the criteria, from its YAML. Scores already given stay as they are.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but DCC; [`ServiceError::Definition`] with every problem of the text;
/// [`ServiceError::Wrong`] when there is a version of this name already.
pub async fn publish_criteria(app: &App, call: &Call<'_>, yaml: &str) -> Result<CriteriaView, ServiceError> {
    if !call.actor.holds("dcc") {
        return Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "DCC".to_owned() });
    }
    let criteria = yaml::load::<Criteria>("criteria", yaml, Limits::default())?.value;
    let tx = app.store.write().await?;
    if let Some(published) = answered(&tx, call).await? {
        return Ok(published);
    }
    publish(&tx, call.actor, criteria, call.now).await?;
    let published = view(&tx, None).await?;
    finish(tx, call, published).await
}

/// Publishes the built-in criteria where none were ever published.
pub(super) async fn record_built_in(tx: &WriteTx, now: DateTime<Utc>) -> Result<(), ServiceError> {
    if !published(tx).await?.is_empty() {
        return Ok(());
    }
    let (file, text) = BUILT_IN;
    let criteria = yaml::load::<Criteria>(file, text, Limits::default())?.value;
    publish(tx, &Actor::system(), criteria, now).await
}

async fn publish(tx: &WriteTx, by: &Actor, criteria: Criteria, at: DateTime<Utc>) -> Result<(), ServiceError> {
    let mut all = published(tx).await?;
    if all.iter().any(|other| other.criteria.version() == criteria.version()) {
        let what = format!("there is a version {} already; give another name", criteria.version());
        return Err(ServiceError::wrong("version", what));
    }
    let payload = json!({ "criteria": criteria });
    all.push(Published { criteria, at, by: by.id.clone() });
    store::put_setting(tx, SETTING, json!(all)).await?;
    append(tx, by, at, Journalled::new(SETTING, "criteria_published", payload)).await?;
    Ok(())
}

/// A version of the criteria; the one in force where none is named.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such version.
pub async fn criteria_view(app: &App, version: Option<&str>) -> Result<CriteriaView, ServiceError> {
    view(&app.store, version).await
}

async fn view(source: &impl Source, version: Option<&str>) -> Result<CriteriaView, ServiceError> {
    let all = published(source).await?;
    let in_force = all.last().map(|latest| latest.criteria.version().clone());
    let named = |one: &&Published| version.is_none_or(|version| version == one.criteria.version().as_str());
    let missing = || not_found(version.unwrap_or("in force"));
    let found = all.iter().rev().find(named).ok_or_else(missing)?;
    Ok(CriteriaView {
        version: found.criteria.version().to_string(),
        in_force: in_force.as_ref() == Some(found.criteria.version()),
        published_at: found.at,
        published_by: found.by.clone(),
        criteria: found.criteria.iter().map(criterion_view).collect(),
    })
}

fn not_found(version: &str) -> ServiceError {
    ServiceError::NotFound { what: "version of the criteria", name: version.to_owned() }
}

fn criterion_view(criterion: &Criterion) -> CriterionView {
    CriterionView {
        key: criterion.key.to_string(),
        name: criterion.name.to_string(),
        question: criterion.question.to_string(),
        weight: criterion.weight,
        levels: criterion.levels.iter().map(ToString::to_string).collect(),
    }
}

async fn published(source: &impl Source) -> Result<Vec<Published>, ServiceError> {
    let Some(json) = store::find_setting(source, SETTING).await? else { return Ok(Vec::new()) };
    serde_json::from_value(json).map_err(|error| ServiceError::damaged(SETTING, error))
}

/// The criteria that SIPs are scored by now.
pub(super) async fn in_force(source: &impl Source) -> Result<Criteria, ServiceError> {
    let latest = published(source).await?.pop();
    latest.map(|latest| latest.criteria).ok_or_else(|| not_found("in force"))
}

/// What the recorded marks score by the criteria in force, or everything wrong with them.
pub(super) async fn score(source: &impl Source, values: &Facts) -> Result<Result<Score, FieldErrors>, ServiceError> {
    let criteria = in_force(source).await?;
    let marks = match values.get("marks") {
        Some(Value::Marks(marks)) => Some(marks),
        _ => None,
    };
    let written = marks.into_iter().flatten();
    Ok(score_written(&criteria, written.map(|(key, mark)| (key.as_str(), mark.mark, mark.because.as_str()))))
}

/// Whether every criterion has a mark with its reason and nothing else has one, and what is wrong where not (R25).
pub(super) async fn marks_complete(
    source: &impl Source,
    values: &Facts,
) -> Result<(bool, Option<String>), ServiceError> {
    let faults = score(source, values).await?.err();
    let said = |fault: &FieldError| format!("{}: {}, {}", fault.field, fault.what, fault.mend);
    let note = faults.map(|faults| faults.iter().map(said).collect::<Vec<_>>().join("; "));
    Ok((note.is_none(), note))
}

/// The refusal of marks that cannot be scored.
pub(super) fn refused(faults: &FieldErrors) -> ServiceError {
    let missing = faults
        .iter()
        .map(|fault| Missing { field: Some(fault.field.clone()), what: format!("{}; {}", fault.what, fault.mend) });
    Refusal { missing: missing.collect(), ..Refusal::because(Why::Incomplete) }.into()
}
