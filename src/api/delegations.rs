//! Powers the Panel has delegated (R6).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::ApiState;
use super::problem::{OnRead, OnWrite, Refused};
use super::read_json::Day;
use super::request::{Params, Write};
use super::schemas::Nothing;
use crate::service::{self, Delegation};

/// A delegation to be recorded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "point": "ia_sign_off", "body": "operations_group", "from": "2025-11-01", "until": "2026-10-31",
    "decided_on": "2025-10-17", "reasons": "The Operations Group knows the SSI best."
}))]
pub(super) struct NewDelegation {
    /// The point of the process.
    point: String,
    /// The body that may decide there.
    body: String,
    /// First London date in force.
    #[schema(value_type = String, format = Date)]
    from: Day,
    /// Last London date in force; open-ended where absent.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Day>,
    /// London date of the Panel's determination.
    #[schema(value_type = String, format = Date)]
    decided_on: Day,
    /// The Panel's reasons.
    reasons: String,
}

impl From<NewDelegation> for Delegation {
    fn from(new: NewDelegation) -> Self {
        Self {
            point: new.point,
            body: new.body,
            from: new.from.0,
            until: new.until.map(|day| day.0),
            decided_on: new.decided_on.0,
            reasons: new.reasons,
        }
    }
}

/// Lists every delegation recorded, in force or not.
#[utoipa::path(
    get, path = "/delegations", operation_id = "listDelegations", tag = "delegations",
    responses((status = 200, description = "The delegations", body = [Delegation]), OnRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Json<Vec<Delegation>>, Refused> {
    Ok(Json(service::list_delegations(&state.app).await?))
}

/// Records a determination of the Panel to delegate a power, or to end a delegation by giving it a last day.
///
/// For SECAS, who keeps the Panel's record.
#[utoipa::path(
    post, path = "/delegations", operation_id = "recordDelegation", tag = "delegations", request_body = NewDelegation, security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 201, description = "Recorded", body = Delegation), OnWrite)
)]
pub(super) async fn record(
    State(state): State<ApiState>,
    write: Write<NewDelegation>,
) -> Result<(StatusCode, Json<Delegation>), Refused> {
    let Write { asked, body } = write;
    let delegation = Delegation::from(body);
    service::record_delegation(&state.app, &asked.call(), delegation.clone()).await?;
    Ok((StatusCode::CREATED, Json(delegation)))
}
