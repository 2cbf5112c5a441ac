//! A case read from the store, with the rules it is decided by.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::app::App;
use super::error::ServiceError;
use crate::calendar::Calendar;
use crate::sip::SipForm;
use crate::sip::prioritisation::Score;
use crate::store::{self, CaseRecord, Source};
use crate::workflow::{Case, Definition, Rules};

/// What is kept of a case: where the process stands, and for a SIP its form and what it scored on acceptance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) case: Case,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) form: Option<SipForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) score: Option<Score>,
}

/// A case with the rules it is decided by.
#[derive(Debug, Clone)]
pub(super) struct Loaded {
    pub(super) record: CaseRecord,
    pub(super) body: Body,
    pub(super) definition: Arc<Definition>,
    pub(super) calendar: Calendar,
}

impl Loaded {
    pub(super) fn rules(&self) -> Rules<'_> {
        Rules { definition: &self.definition, calendar: &self.calendar }
    }

    pub(super) fn case(&self) -> &Case {
        &self.body.case
    }

    /// The name people know it by: its number once it has one, its reference before.
    pub(super) fn known_as(&self) -> &str {
        self.record.sip_number.as_deref().unwrap_or(&self.record.reference)
    }
}

/// The case people know by this reference or number.
pub(super) async fn load(app: &App, source: &impl Source, reference: &str) -> Result<Loaded, ServiceError> {
    let reference = reference.trim().to_uppercase();
    let record = store::find_case_by_reference(source, &reference).await?;
    let record = record.ok_or(ServiceError::NotFound { what: "case", name: reference })?;
    with_rules(app, source, record).await
}

/// The case with this id.
pub(super) async fn load_by_id(app: &App, source: &impl Source, id: &str) -> Result<Loaded, ServiceError> {
    let record = store::find_case(source, id).await?;
    let record = record.ok_or_else(|| ServiceError::NotFound { what: "case", name: id.to_owned() })?;
    with_rules(app, source, record).await
}

pub(super) async fn with_rules(app: &App, source: &impl Source, record: CaseRecord) -> Result<Loaded, ServiceError> {
    let body: Body =
        serde_json::from_value(record.body.clone()).map_err(|error| ServiceError::damaged(&record.reference, error))?;
    let definition = app.definition(source, &record.process, &record.definition_version).await?;
    let calendar = app.calendar(source, body.case.edition.as_str(), body.case.division).await?;
    Ok(Loaded { record, body, definition, calendar })
}
