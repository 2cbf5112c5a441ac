//! Editions of bank holidays: importing one, seeing what it would move, and adopting it.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::ApiState;
use super::problem::{OnPrivateRead, OnRead, OnWrite, Refused};
use super::request::{Params, SignedIn, Write};
use super::schemas::Nothing;
use crate::service::{self, Affected, EditionChoices};
use crate::workflow::EditionChoice;

/// The editions stored.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Editions {
    /// Their names, the latest imported first.
    editions: Vec<String>,
    /// The one that new cases count with.
    in_use: String,
}

/// An edition to be stored.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewEdition {
    /// A name for it.
    #[schema(example = "gov.uk 2026-11-01")]
    edition: String,
    /// The bank holidays, in the format of GOV.UK's `bank-holidays.json`.
    #[schema(value_type = Object)]
    bank_holidays: Value,
}

/// The name of a stored edition.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StoredEdition {
    /// The name.
    edition: String,
}

/// How to adopt an edition.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Proclamation of 30 October", "dates": "move", "except": ["SIP-0003"] }))]
pub(super) struct Adoption {
    /// Why; it is recorded and told.
    reason: String,
    /// What becomes of the dates that would move; `move` where absent.
    #[serde(default)]
    dates: Dates,
    /// References of the cases that are treated the other way.
    #[serde(default)]
    except: Vec<String>,
}

/// What becomes of dates that would move.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Dates {
    /// They move.
    #[default]
    Move,
    /// They stay.
    Keep,
}

impl From<Adoption> for EditionChoices {
    fn from(adoption: Adoption) -> Self {
        let usual = match adoption.dates {
            Dates::Move => EditionChoice::Move,
            Dates::Keep => EditionChoice::Keep,
        };
        let except: BTreeSet<String> = adoption.except.iter().map(|name| name.trim().to_uppercase()).collect();
        Self { usual, except, reason: adoption.reason }
    }
}

/// Lists the editions of bank holidays.
#[utoipa::path(
    get, path = "/bank-holidays/editions", operation_id = "listEditions", tag = "bank holidays",
    responses((status = 200, description = "The editions", body = Editions), OnRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Json<Editions>, Refused> {
    let in_use = service::current_edition(&state.app).await?.name().to_string();
    Ok(Json(Editions { editions: service::editions(&state.app).await?, in_use }))
}

/// Stores an edition; no date moves until it is adopted. For SECAS and DCC.
#[utoipa::path(
    post, path = "/bank-holidays/editions", operation_id = "importEdition", tag = "bank holidays", request_body = NewEdition, security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 201, description = "Stored", body = StoredEdition), OnWrite)
)]
pub(super) async fn import(
    State(state): State<ApiState>,
    write: Write<NewEdition>,
) -> Result<(StatusCode, Json<StoredEdition>), Refused> {
    let Write { asked, body } = write;
    let json = body.bank_holidays.to_string();
    let name = service::import_edition(&state.app, &asked.call(), &body.edition, &json).await?;
    Ok((StatusCode::CREATED, Json(StoredEdition { edition: name.to_string() })))
}

/// Shows every open date that an edition would move; nothing is changed. For SECAS and DCC.
#[utoipa::path(
    get, path = "/bank-holidays/editions/{edition}/preview", operation_id = "previewEdition", tag = "bank holidays", security(("bearer" = [])),
    params(("edition" = String, Path, description = "Name of the edition", example = "gov.uk 2026-11-01")),
    responses((status = 200, description = "The dates", body = [Affected]), OnPrivateRead)
)]
pub(super) async fn preview(
    State(state): State<ApiState>,
    Path(edition): Path<String>,
    Params(Nothing {}): Params<Nothing>,
    SignedIn(viewer): SignedIn,
) -> Result<Json<Vec<Affected>>, Refused> {
    Ok(Json(service::preview_edition_seen(&state.app, &viewer, &edition).await?))
}

/// Counts every open clock with an edition and tells each person concerned once. For SECAS and DCC.
#[utoipa::path(
    post, path = "/bank-holidays/editions/{edition}/adoption", operation_id = "adoptEdition", tag = "bank holidays", security(("bearer" = [])),
    params(
        ("edition" = String, Path, description = "Name of the edition", example = "gov.uk 2026-11-01"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    request_body = Adoption,
    responses((status = 200, description = "The dates concerned", body = [Affected]), OnWrite)
)]
pub(super) async fn adopt(
    State(state): State<ApiState>,
    Path(edition): Path<String>,
    write: Write<Adoption>,
) -> Result<Json<Vec<Affected>>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::adopt_edition(&state.app, &asked.call(), &edition, body.into()).await?))
}
