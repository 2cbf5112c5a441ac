//! The record of everything that happened, and the proof that it is whole.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::ApiState;
use super::problem::{OnPrivateRead, OnRead, Refused};
use super::request::{Params, SignedIn, Viewer};
use super::schemas::Nothing;
use crate::service::{self, JournalPage, Verification};

/// Which part of the journal.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct JournalQuery {
    /// The number of the last entry you have; from the start where absent.
    #[param(example = 120)]
    after: Option<i64>,
    /// How many entries, 1 to 1,000; 100 where absent.
    limit: Option<u32>,
}

/// Reads the journal, oldest first.
///
/// What a SIP form keeps from publication is withheld as in the case itself; the hash is that of the full entry.
#[utoipa::path(
    get, path = "/journal", operation_id = "readJournal", tag = "journal", params(JournalQuery),
    responses((status = 200, description = "A page of entries", body = JournalPage), OnRead)
)]
pub(super) async fn page(
    State(state): State<ApiState>,
    Params(query): Params<JournalQuery>,
    Viewer(viewer): Viewer,
) -> Result<Json<JournalPage>, Refused> {
    Ok(Json(service::journal_page(&state.app, viewer.as_ref(), query.after, query.limit).await?))
}

/// Recomputes every hash and replays every case, and says whether they hold.
///
/// For anybody with a token, since it reads everything there is.
#[utoipa::path(
    get, path = "/journal/verify", operation_id = "verifyJournal", tag = "journal", security(("bearer" = [])),
    responses((status = 200, description = "Whether the record holds", body = Verification), OnPrivateRead)
)]
pub(super) async fn verify(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
    SignedIn(_): SignedIn,
) -> Result<Json<Verification>, Refused> {
    Ok(Json(service::verification(&state.app).await?))
}
