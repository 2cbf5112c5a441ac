//! The order in which SIPs are taken, with the reasons, and the criteria behind it (R23, R25).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::ApiState;
use super::problem::{OnFind, OnRead, OnWrite, Refused};
use super::request::{Params, Write};
use super::schemas::Nothing;
use crate::service::{self, CriteriaView, Priorities};

/// Which version of the criteria.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CriteriaQuery {
    /// The version; the one in force where absent.
    #[param(example = "example-1")]
    version: Option<String>,
}

/// Criteria to be published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "yaml": "version: example-2\ncriteria:\n  - key: duty\n    name: Duty and security\n    \
    question: Does a legal duty require it?\n    weight: 5\n    levels: [No., Yes.]\n" }))]
pub(super) struct NewCriteria {
    /// The criteria in YAML: a new `version`, and for each criterion `key`, `name`, `question`, `weight` and `levels`.
    yaml: String,
}

/// Lists every SIP under consideration in the order it is taken, with its score, its rank and why it stands there.
///
/// A SIP joins the list on acceptance where its score belongs; DCC may rank it by hand and gives a reason. Who proposed
/// it is no criterion.
#[utoipa::path(
    get, path = "/priorities", operation_id = "listPriorities", tag = "priorities",
    responses((status = 200, description = "The list", body = Priorities), OnRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Json<Priorities>, Refused> {
    Ok(Json(service::priorities(&state.app).await?))
}

/// Shows the published criteria by which SIPs are scored.
#[utoipa::path(
    get, path = "/priorities/criteria", operation_id = "getCriteria", tag = "priorities", params(CriteriaQuery),
    responses((status = 200, description = "The criteria", body = CriteriaView), OnFind)
)]
pub(super) async fn criteria(
    State(state): State<ApiState>,
    Params(query): Params<CriteriaQuery>,
) -> Result<Json<CriteriaView>, Refused> {
    Ok(Json(service::criteria_view(&state.app, query.version.as_deref()).await?))
}

/// Publishes another version of the criteria; SIPs accepted from then on are scored by it. For DCC.
///
/// Scores already given keep the version they were made under.
#[utoipa::path(
    post, path = "/priorities/criteria", operation_id = "publishCriteria", tag = "priorities",
    request_body = NewCriteria, security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 201, description = "Published", body = CriteriaView), OnWrite)
)]
pub(super) async fn publish(
    State(state): State<ApiState>,
    write: Write<NewCriteria>,
) -> Result<(StatusCode, Json<CriteriaView>), Refused> {
    let Write { asked, body } = write;
    let published = service::publish_criteria(&state.app, &asked.call(), &body.yaml).await?;
    Ok((StatusCode::CREATED, Json(published)))
}
