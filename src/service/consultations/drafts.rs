//! Save and return: a Party's working copy of its response. It is no part of the record, and only its contacts see it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::super::app::App;
use super::super::call::Call;
use super::super::error::ServiceError;
use super::super::loaded::Loaded;
use super::responses::spoken_for;
use super::{find, issued};
use crate::consultation::{PartyId, RawResponse};
use crate::store::{self, DraftRecord};

/// A working copy of a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SavedDraft {
    /// When it was last saved (UTC).
    pub saved_at: DateTime<Utc>,
    /// What has been filled in so far, as it was typed.
    #[schema(value_type = Object)]
    pub response: RawResponse,
}

/// Saves the working copy of the caller's Party, in place of the one before. Nothing in it is checked yet.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but a contact agreed for the Party.
pub async fn save_response_draft(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    response: &RawResponse,
) -> Result<SavedDraft, ServiceError> {
    let tx = app.store.write().await?;
    let (case, contents) = find(app, &tx, reference).await?;
    let issued = issued(&case, &contents)?;
    let party = &spoken_for(call, &issued)?.respondent.party;
    let draft =
        DraftRecord { owner: owner(party), subject: subject(&case), updated_at: call.now, body: json!(response) };
    store::put_draft(&tx, &draft).await?;
    tx.commit().await?;
    Ok(SavedDraft { saved_at: call.now, response: response.clone() })
}

/// The working copy of the caller's Party.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but a contact agreed for the Party; [`ServiceError::NotFound`] where nothing
/// was saved, or it has been submitted since.
pub async fn response_draft(app: &App, call: &Call<'_>, reference: &str) -> Result<SavedDraft, ServiceError> {
    let (case, contents) = find(app, &app.store, reference).await?;
    let issued = issued(&case, &contents)?;
    let party = &spoken_for(call, &issued)?.respondent.party;
    let draft = store::find_draft(&app.store, &owner(party), &subject(&case)).await?;
    let not_found = || ServiceError::NotFound { what: "draft of a response to", name: case.record.reference.clone() };
    let draft = draft.ok_or_else(not_found)?;
    let response = serde_json::from_value(draft.body).map_err(|error| ServiceError::damaged("a draft", error))?;
    Ok(SavedDraft { saved_at: draft.updated_at, response })
}

pub(super) fn owner(party: &PartyId) -> String {
    format!("party:{party}")
}

pub(super) fn subject(case: &Loaded) -> String {
    format!("response:{}", case.record.reference)
}
