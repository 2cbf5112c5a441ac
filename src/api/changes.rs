//! What a SIP does to the baseline, and the duties of SEC H8.8 about it (R58, R68, R69).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::ApiState;
use super::papers::file;
use super::problem::{OnFind, OnWrite, Refused};
use super::request::{Params, Write};
use super::schemas::Nothing;
use crate::brd::versions::{Duty, Found};
use crate::service::{self, ChangeSetView, DutyAnswer};

/// A change set to be drafted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "yaml": "sip: SIP-0001\nbase: V1.0.9\nchanges:\n- amend:\n    item: SSI-FR-6\n    \
    fields:\n      text:\n        becomes: The form shall be short.\n" }))]
pub(super) struct NewChanges {
    /// The change set in YAML.
    yaml: String,
    /// Why it changes, once the Impact Assessment is delivered; everybody can read it.
    reason: Option<String>,
}

/// An answer to a duty.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "duty": "offer_of_testing", "found": "done", "says": "Offered to all Parties on 3 November." }))]
pub(super) struct NewAnswer {
    /// `impact_on_parties`, `material_risk_consultation`, `offer_of_testing` or `security_assessment`.
    #[schema(value_type = String)]
    duty: Duty,
    /// `done`, or for the consultation also `not_needed`.
    #[schema(value_type = String)]
    found: Found,
    /// What was done or found, and where it can be read.
    says: String,
}

/// Shows what a SIP does to the baseline: its changes, what they leave to be done, and where they meet those of others.
#[utoipa::path(
    get, path = "/sips/{reference}/changes", operation_id = "getChanges", tag = "baseline",
    params(("reference" = String, Path, description = "Its reference or number", example = "SIP-0001")),
    responses((status = 200, description = "The change set", body = ChangeSetView), OnFind)
)]
pub(super) async fn find(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Json<ChangeSetView>, Refused> {
    Ok(Json(service::change_set(&state.app, &reference).await?))
}

/// Hands out the change set of a SIP as its YAML file.
#[utoipa::path(
    get, path = "/sips/{reference}/changes/file", operation_id = "getChangesFile", tag = "baseline",
    params(("reference" = String, Path, description = "Its reference or number", example = "SIP-0001")),
    responses((status = 200, description = "The file", content((String = "application/yaml"))), OnFind)
)]
pub(super) async fn document(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Response, Refused> {
    Ok(file(service::change_set_yaml(&state.app, &reference).await?))
}

/// Drafts what a SIP does to the baseline, in the place of any draft before; for its proposer and DCC until the Impact
/// Assessment is delivered, and then for DCC with a reason.
#[utoipa::path(
    post, path = "/sips/{reference}/changes", operation_id = "draftChanges", tag = "baseline", request_body = NewChanges,
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference or number", example = "SIP-0001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 201, description = "Drafted", body = ChangeSetView), OnWrite)
)]
pub(super) async fn draft(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<NewChanges>,
) -> Result<(StatusCode, Json<ChangeSetView>), Refused> {
    let Write { asked, body } = write;
    let reason = body.reason.as_deref();
    let view = service::draft_change_set(&state.app, &asked.call(), &reference, &body.yaml, reason).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Answers a duty of SEC H8.8 about a SIP, in the place of any answer before; for DCC. All are answered before it is
/// deployed (R69).
#[utoipa::path(
    post, path = "/sips/{reference}/duties", operation_id = "answerDuty", tag = "baseline", request_body = NewAnswer,
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference or number", example = "SIP-0001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 201, description = "Answered", body = ChangeSetView), OnWrite)
)]
pub(super) async fn answer(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<NewAnswer>,
) -> Result<(StatusCode, Json<ChangeSetView>), Refused> {
    let Write { asked, body: NewAnswer { duty, found, says } } = write;
    let answer = DutyAnswer { duty, found, says };
    let view = service::answer_duty(&state.app, &asked.call(), &reference, answer).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
