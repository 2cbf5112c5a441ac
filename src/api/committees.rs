//! The bodies that decide and their terms of reference (R5, R6).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::ApiState;
use super::problem::{OnFind, OnRead, OnWrite, Refused};
use super::read_json::Day;
use super::request::{Now, Params, Write};
use crate::calendar::london_date;
use crate::service::{self, CommitteeView, Receipt};

/// On which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OnDay {
    /// The London date; today where absent.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<Day>,
}

/// A body to be entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "yaml": "body: operations_group\ntitle: Operations Group\nversion: founding\n\
    in_force_from: 2025-11-01\napproved_by: founded by the SEC Panel\nsub_committee_of: panel\nchair: callum\n\
    quorum: { number: 3 }\nmembers:\n  - { person: callum, category: Gas Network Operator, seat: Gas networks }\n" }))]
pub(super) struct NewCommittee {
    /// The founding terms of reference in YAML.
    yaml: String,
}

/// Lists the bodies, with their terms of reference in force on a day.
#[utoipa::path(
    get, path = "/committees", operation_id = "listCommittees", tag = "committees", params(OnDay),
    responses((status = 200, description = "The bodies", body = [CommitteeView]), OnRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Now(now): Now,
    Params(query): Params<OnDay>,
) -> Result<Json<Vec<CommitteeView>>, Refused> {
    let on = query.on.map_or_else(|| london_date(now), |day| day.0);
    Ok(Json(service::committees(&state.app, on).await?))
}

/// Shows a body, with its terms of reference in force on a day and every version of them.
#[utoipa::path(
    get, path = "/committees/{body}", operation_id = "getCommittee", tag = "committees",
    params(("body" = String, Path, description = "The body", example = "operations_group"), OnDay),
    responses((status = 200, description = "The body", body = CommitteeView), OnFind)
)]
pub(super) async fn find(
    State(state): State<ApiState>,
    Now(now): Now,
    Path(body): Path<String>,
    Params(query): Params<OnDay>,
) -> Result<Json<CommitteeView>, Refused> {
    let on = query.on.map_or_else(|| london_date(now), |day| day.0);
    Ok(Json(service::committee(&state.app, &body, on).await?))
}

/// Enters a body with its founding terms of reference; for SECAS, once. Later terms are for the Panel: act in the case
/// of the body.
#[utoipa::path(
    post, path = "/committees", operation_id = "establishCommittee", tag = "committees", request_body = NewCommittee,
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 201, description = "Entered", body = Receipt), OnWrite)
)]
pub(super) async fn establish(
    State(state): State<ApiState>,
    write: Write<NewCommittee>,
) -> Result<(StatusCode, Json<Receipt>), Refused> {
    let Write { asked, body } = write;
    let receipt = service::establish_committee(&state.app, &asked.call(), &body.yaml).await?;
    Ok((StatusCode::CREATED, Json(receipt)))
}
