//! Impact Assessments: delivered as a document, kept in every version, with what does not agree in it (R47, R48).
//!
//! Delivering the document takes the action: cost, risk and dates follow from what it says and are typed nowhere else.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::acts::{answered, decided, finish, unchanged, up_to_date};
use super::app::App;
use super::call::{Call, Receipt};
use super::dossiers::{self, Dossier, Eyes, Key};
use super::error::ServiceError;
use super::loaded::Loaded;
use super::settle::settle;
use super::{facts, fields, material};
use crate::sip::FieldErrors;
use crate::sip::assessment::{Assessment, RawAssessment, TotalSystemRisk};
use crate::store::{Source, WriteTx};
use crate::workflow::{ActionName, Command, FactName, Facts, Record, Value};

/// The action that delivering an Impact Assessment takes.
pub(super) const DELIVER: &str = "deliver_impact_assessment";

/// The Impact Assessments of a SIP, the latest last.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Assessments {
    pub(super) versions: Vec<Version>,
}

/// An Impact Assessment as it was delivered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Version {
    pub(super) at: DateTime<Utc>,
    pub(super) by: String,
    pub(super) assessment: Assessment,
}

/// What can happen to the Impact Assessments of a SIP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AssessmentEvent {
    /// One was delivered.
    Delivered { assessment: Assessment },
}

impl Dossier for Assessments {
    const KIND: &'static str = "assessment";
    const EYES: Eyes = Eyes::Deciding;
    type Event = AssessmentEvent;

    fn apply(&mut self, event: &AssessmentEvent, at: DateTime<Utc>, by: &str) {
        let AssessmentEvent::Delivered { assessment } = event;
        self.versions.push(Version { at, by: by.to_owned(), assessment: assessment.clone() });
    }
}

/// Delivers the Impact Assessment of a SIP, which takes the action with what follows from the document.
///
/// `expected` is the revision the caller has read, where it wants to act on that and nothing later.
///
/// # Errors
///
/// [`ServiceError::Form`] with every faulty field; [`ServiceError::Refused`] when no Impact Assessment is awaited, or not
/// from this actor; [`ServiceError::Stale`] when the case has changed since.
pub async fn deliver_assessment(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    raw: RawAssessment,
    expected: Option<i64>,
) -> Result<Receipt, ServiceError> {
    let tx = app.store.write().await?;
    if let Some(receipt) = answered(&tx, call).await? {
        return Ok(receipt);
    }
    let (tx, mut loaded) = up_to_date(app, tx, call, reference).await?;
    unchanged(&loaded, expected)?;
    let assessment = raw.parse().map_err(|faults| faulty(&loaded, call, faults))?;
    let (action, mut values) = (ActionName::new(DELIVER), keep(&tx, call, &loaded, assessment).await?);
    material::derive(&tx, &loaded, &action, &mut values, &mut Vec::new()).await?;
    let record = facts::for_action(app, &tx, call.now, &loaded, &action, &values).await?;
    let events = decided(&loaded, &Command::Act { action, values }, call, &record)?;
    let receipt = settle(app, &tx, call, &mut loaded, "action_taken", &events).await?;
    finish(tx, call, receipt).await
}

/// Why a faulty document is refused: that nobody asked for it, or not from this actor, comes before what is wrong in it.
fn faulty(loaded: &Loaded, call: &Call<'_>, faults: FieldErrors) -> ServiceError {
    let command = Command::Act { action: ActionName::new(DELIVER), values: Facts::new() };
    match decided(loaded, &command, call, &Record::default()) {
        Err(refusal) if fields::comes_first(&refusal.why) => refusal.into(),
        _ => ServiceError::Form(faults),
    }
}

/// Keeps the document as the next version, and says what follows from it.
async fn keep(tx: &WriteTx, call: &Call<'_>, loaded: &Loaded, assessment: Assessment) -> Result<Facts, ServiceError> {
    let key = Key::child(&loaded.record.reference, &loaded.record.id);
    let delivered = AssessmentEvent::Delivered { assessment };
    let kept = dossiers::enter::<Assessments>(tx, call, &key, "assessment_delivered", &[delivered]).await?;
    Ok(kept.body.versions.last().map(|latest| figures(loaded, kept.body.versions.len(), latest)).unwrap_or_default())
}

/// What the action is told, as it follows from a version of the document.
fn figures(loaded: &Loaded, number: usize, version: &Version) -> Facts {
    let document = &version.assessment;
    let at_risk = matches!(document.total_system_risk, TotalSystemRisk::Found { .. });
    let changed = document.requirements.scope_change.as_ref();
    let mut figures = Facts::from([
        ("impact_assessment".into(), Value::Text(title(loaded, number))),
        ("assessed_cost".into(), Value::Money(document.asked().high().get())),
        ("wider_system_risk".into(), Value::YesNo(at_risk)),
        ("scope_changed".into(), Value::YesNo(changed.is_some())),
        ("develop_by".into(), Value::Date(document.timescales.develop_by)),
    ]);
    figures.extend(changed.map(|words| (FactName::new("what_changed"), Value::Text(words.to_string()))));
    figures
}

/// What a version of the Impact Assessment is called.
pub(super) fn title(loaded: &Loaded, number: usize) -> String {
    format!("{} Impact Assessment, version {number}", loaded.known_as())
}

/// Every Impact Assessment delivered for a SIP, the latest last.
pub(super) async fn versions(source: &impl Source, sip: &Loaded) -> Result<Vec<Version>, ServiceError> {
    let kept = dossiers::find::<Assessments>(source, &sip.record.reference).await?;
    Ok(kept.map(|kept| kept.body.versions).unwrap_or_default())
}

/// The latest Impact Assessment of a SIP.
pub(super) async fn latest(source: &impl Source, sip: &Loaded) -> Result<Option<Assessment>, ServiceError> {
    Ok(versions(source, sip).await?.pop().map(|version| version.assessment))
}

/// Whether the values of the action are those of a document delivered since the SIP came into its state.
pub(super) async fn is_delivered(
    tx: &WriteTx,
    sip: &Loaded,
    values: &Facts,
) -> Result<(bool, Option<String>), ServiceError> {
    let versions = versions(tx, sip).await?;
    let latest = versions.last().filter(|version| version.at >= sip.case().entered_at);
    let same = |latest: &Version| {
        figures(sip, versions.len(), latest).iter().all(|(name, figure)| values.get(name) == Some(figure))
    };
    let holds = latest.is_some_and(same);
    Ok((holds, (!holds).then(|| "deliver the document itself, and its figures are taken from it".to_owned())))
}
