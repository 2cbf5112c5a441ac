//! Responses to a consultation, and the collation of them all (R35 to R37).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::ApiState;
use super::consultations::{Format, file};
use super::problem::{OnPrivateRead, OnWrite, Refused};
use super::request::{Now, Params, SignedIn, Viewer, Write};
use super::schemas::Nothing;
use crate::consultation::{Admitted, Audience, RawConsideration, RawResponse};
use crate::service::{self, Call, OwnResponse, ResponseReceipt, SavedDraft};

/// In which form, and for whom.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CollationQuery {
    /// `json`, `html`, `docx`, `pdf`, `text`, `xlsx` or `csv`; JSON where absent.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "docx")]
    format: Format,
    /// `public` or `deciding_body`; the public copy where absent.
    #[param(value_type = Option<String>, example = "public")]
    audience: Option<Audience>,
}

/// Whether a late response counts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "admitted": "yes", "reason": "It came ten minutes after the close." }))]
pub(super) struct LateDecision {
    /// `yes` or `no`.
    #[schema(value_type = String)]
    admitted: Admitted,
    /// Why.
    reason: String,
}

/// Submits the response of your Party, or another version of it. For the contacts agreed for the Party.
///
/// It may be amended until the close, and every version is kept. One that comes after the close is kept, marked late, and
/// counts only if SECAS records so with a reason.
#[utoipa::path(
    post, path = "/consultations/{reference}/response", operation_id = "respond", tag = "consultations",
    request_body(content = Object, description = "The answers by question, what each SIP means for the Party, comments, \
        and what is confidential and why", example = json!({
        "answers": { "Q1": { "answer": "Yes", "rationale": "It saves a visit." } },
        "sips": { "SIP-0001": { "impact": "Our installers are trained anew.", "cost": "Two days." } },
        "comments": "Flexible as to the dates.",
        "confidential": { "parts": { "SIP-0001.cost": "It shows what we pay." } }
    })),
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "C-2025-01"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 201, description = "Received", body = ResponseReceipt), OnWrite)
)]
pub(super) async fn respond(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<RawResponse>,
) -> Result<(StatusCode, Json<ResponseReceipt>), Refused> {
    let receipt = service::submit_response(&state.app, &write.asked.call(), &reference, &write.body).await?;
    Ok((StatusCode::CREATED, Json(receipt)))
}

/// Shows the response of your own Party, with every version.
#[utoipa::path(
    get, path = "/consultations/{reference}/response", operation_id = "getOwnResponse", tag = "consultations",
    params(("reference" = String, Path, description = "Its reference", example = "C-2025-01")), security(("bearer" = [])),
    responses((status = 200, description = "The response", body = OwnResponse), OnPrivateRead)
)]
pub(super) async fn own_response(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(Nothing {}): Params<Nothing>,
    (SignedIn(actor), Now(now)): (SignedIn, Now),
) -> Result<Json<OwnResponse>, Refused> {
    Ok(Json(service::own_response(&state.app, &Call::new(&actor, now), &reference).await?))
}

/// Saves the working copy of your Party's response. Nobody else sees it, and nothing in it is checked yet.
#[utoipa::path(
    post, path = "/consultations/{reference}/draft", operation_id = "saveDraft", tag = "consultations",
    request_body(content = Object, description = "As for a response"), security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "C-2025-01"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Saved", body = SavedDraft), OnWrite)
)]
pub(super) async fn save_draft(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<RawResponse>,
) -> Result<Json<SavedDraft>, Refused> {
    Ok(Json(service::save_response_draft(&state.app, &write.asked.call(), &reference, &write.body).await?))
}

/// Shows the working copy of your Party's response.
#[utoipa::path(
    get, path = "/consultations/{reference}/draft", operation_id = "getDraft", tag = "consultations",
    params(("reference" = String, Path, description = "Its reference", example = "C-2025-01")), security(("bearer" = [])),
    responses((status = 200, description = "The working copy", body = SavedDraft), OnPrivateRead)
)]
pub(super) async fn draft(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(Nothing {}): Params<Nothing>,
    (SignedIn(actor), Now(now)): (SignedIn, Now),
) -> Result<Json<SavedDraft>, Refused> {
    Ok(Json(service::response_draft(&state.app, &Call::new(&actor, now), &reference).await?))
}

/// Records whether the late response of a Party counts. For SECAS, while responses are collated.
#[utoipa::path(
    post, path = "/consultations/{reference}/late/{party}", operation_id = "decideLate", tag = "consultations",
    request_body = LateDecision, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "C-2025-01"),
        ("party" = String, Path, description = "The Party's id", example = "albion-gas"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 204, description = "Recorded"), OnWrite)
)]
pub(super) async fn late(
    State(state): State<ApiState>,
    Path((reference, party)): Path<(String, String)>,
    write: Write<LateDecision>,
) -> Result<StatusCode, Refused> {
    let LateDecision { admitted, reason } = write.body;
    service::decide_late(&state.app, &write.asked.call(), &reference, &party, (admitted, &reason)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Records what DCC made of the responses: refinements with the responses behind each, or why nothing changes (R35).
#[utoipa::path(
    post, path = "/consultations/{reference}/considerations", operation_id = "considerResponses", tag = "consultations",
    request_body(content = Object, description = "Refinements, and for every other SIP why nothing changes",
        example = json!({
            "refinements": [{ "sip": "SIP-0001", "change": "Bulk checks only.", "because_of": ["northwind Q1"] }],
            "unchanged": { "SIP-0002": "Every response supports it as it is." }
        })),
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "C-2025-01"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 204, description = "Recorded"), OnWrite)
)]
pub(super) async fn consider(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<RawConsideration>,
) -> Result<StatusCode, Refused> {
    service::consider_responses(&state.app, &write.asked.call(), &reference, &write.body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives all responses collated, unaltered: the whole to those who decide, and a copy for everybody (R36, R37).
#[utoipa::path(
    get, path = "/consultations/{reference}/collation", operation_id = "getCollation", tag = "consultations",
    params(("reference" = String, Path, description = "Its reference", example = "C-2025-01"), CollationQuery),
    responses((status = 200, description = "The collation", body = Object), OnPrivateRead)
)]
pub(super) async fn collation(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(query): Params<CollationQuery>,
    (Viewer(viewer), Now(now)): (Viewer, Now),
) -> Result<Response, Refused> {
    let (audience, viewer) = (query.audience.unwrap_or(Audience::Public), viewer.as_ref());
    Ok(match query.format.of_file() {
        Some(format) => file(service::collation_file(&state.app, viewer, &reference, audience, format, now).await?),
        None => Json(service::collation(&state.app, viewer, &reference, audience).await?).into_response(),
    })
}
