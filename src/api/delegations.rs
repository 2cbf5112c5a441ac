//! Powers the Panel has delegated, as they stand in the terms of reference (R6).

use axum::Json;
use axum::extract::State;

use super::ApiState;
use super::problem::{OnRead, Refused};
use super::request::{Now, Params};
use super::schemas::Nothing;
use crate::calendar::london_date;
use crate::service::{self, Delegation};

/// Lists every delegation in the terms of reference in force today, whether its own days have come or not.
///
/// Only the Panel changes terms of reference.
#[utoipa::path(
    get, path = "/delegations", operation_id = "listDelegations", tag = "committees",
    responses((status = 200, description = "The delegations", body = [Delegation]), OnRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Now(now): Now,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Json<Vec<Delegation>>, Refused> {
    Ok(Json(service::list_delegations(&state.app, london_date(now)).await?))
}
