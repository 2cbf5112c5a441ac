//! The versions of the baseline: reading, comparing and tracing them, and publishing the next (R55, R58).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::ApiState;
use super::papers::file;
use super::problem::{OnFind, OnRead, OnWrite, Refused};
use super::request::{Params, Write};
use super::schemas::Nothing;
use crate::brd::changes::Field;
use crate::service::{self, BaselineView, DifferenceView, Holds, NewSettlement, SprintView, TraceView, VersionLine};

/// How the live version is named in an address.
const LIVE: &str = "live";

/// A baseline to be taken over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "yaml": "brd: 1\nversion: V1.0.9\ntitle: SSI Baseline Requirements Document\n" }))]
pub(super) struct NewBaseline {
    /// The baseline in YAML.
    yaml: String,
}

/// A sprint to be published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSprint {
    /// The SIPs, in the order their change sets are merged.
    #[schema(example = json!(["SIP-0001", "SIP-0002"]))]
    sips: Vec<String>,
}

/// How a conflict is settled: by a text, or by what one SIP wants.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "sips": ["SIP-0001", "SIP-0002"], "item": "SSI-FR-6", "field": "text", "takes": "SIP-0002",
    "why": "Both proposers agree." }))]
pub(super) struct Settlement {
    /// The SIPs of the sprint, in their order.
    sips: Vec<String>,
    /// The item the conflict is about.
    item: String,
    /// The field; left out where it is about the whole item.
    #[schema(value_type = Option<String>)]
    field: Option<Field>,
    /// The text that holds; or else `takes`.
    text: Option<String>,
    /// The SIP whose change holds; or else `text`.
    takes: Option<String>,
    /// Why; everybody can read it.
    why: String,
}

/// Which two versions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Two {
    /// The older version.
    #[param(example = "V1.0.9")]
    old: String,
    /// The newer version; the live one where absent.
    #[param(example = "V1.0.10")]
    new: Option<String>,
}

/// Which item.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OfItem {
    /// Its id, or its kind and name.
    #[param(example = "SSI-FR-6")]
    item: String,
}

/// Which SIPs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OfSips {
    /// The SIPs in the order they are merged, with commas between them.
    #[param(example = "SIP-0001,SIP-0002")]
    sips: String,
}

/// The version named in an address.
pub(super) fn version(named: &str) -> Option<&str> {
    Some(named).filter(|named| !named.eq_ignore_ascii_case(LIVE))
}

/// Lists every version of the baseline, the latest last.
#[utoipa::path(
    get, path = "/baseline/versions", operation_id = "listBaselineVersions", tag = "baseline",
    responses((status = 200, description = "The versions", body = [VersionLine]), OnRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Json<Vec<VersionLine>>, Refused> {
    Ok(Json(service::baseline_versions(&state.app).await?))
}

/// Shows a version of the baseline with the SIPs in it and the determinations they rest on.
#[utoipa::path(
    get, path = "/baseline/versions/{version}", operation_id = "getBaselineVersion", tag = "baseline",
    params(("version" = String, Path, description = "The version, or `live`", example = "live")),
    responses((status = 200, description = "The version", body = BaselineView), OnFind)
)]
pub(super) async fn find(
    State(state): State<ApiState>,
    Path(named): Path<String>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Json<BaselineView>, Refused> {
    Ok(Json(service::baseline(&state.app, version(&named)).await?))
}

/// Hands out a version of the baseline as its YAML file.
#[utoipa::path(
    get, path = "/baseline/versions/{version}/file", operation_id = "getBaselineFile", tag = "baseline",
    params(("version" = String, Path, description = "The version, or `live`", example = "live")),
    responses((status = 200, description = "The file", content((String = "application/yaml"))), OnFind)
)]
pub(super) async fn document(
    State(state): State<ApiState>,
    Path(named): Path<String>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Response, Refused> {
    Ok(file(service::baseline_yaml(&state.app, version(&named)).await?))
}

/// Compares two versions of the baseline, item by item and field by field.
#[utoipa::path(
    get, path = "/baseline/difference", operation_id = "compareBaselineVersions", tag = "baseline", params(Two),
    responses((status = 200, description = "What differs", body = DifferenceView), OnFind)
)]
pub(super) async fn difference(
    State(state): State<ApiState>,
    Params(query): Params<Two>,
) -> Result<Json<DifferenceView>, Refused> {
    Ok(Json(service::compare_versions(&state.app, &query.old, query.new.as_deref()).await?))
}

/// Traces an item of the baseline: since which version it is as it is, by which SIPs and under which determinations, with
/// what it said before.
#[utoipa::path(
    get, path = "/baseline/trace", operation_id = "traceBaselineItem", tag = "baseline", params(OfItem),
    responses((status = 200, description = "Where it comes from", body = TraceView), OnFind)
)]
pub(super) async fn trace(
    State(state): State<ApiState>,
    Params(query): Params<OfItem>,
) -> Result<Json<TraceView>, Refused> {
    Ok(Json(service::trace_item(&state.app, &query.item).await?))
}

/// Takes over the baseline as it stands; for DCC, once. From then on it changes by SIPs alone (R54, R55).
#[utoipa::path(
    post, path = "/baseline", operation_id = "importBaseline", tag = "baseline", request_body = NewBaseline,
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 201, description = "Taken over", body = VersionLine), OnWrite)
)]
pub(super) async fn import(
    State(state): State<ApiState>,
    write: Write<NewBaseline>,
) -> Result<(StatusCode, Json<VersionLine>), Refused> {
    let Write { asked, body } = write;
    let line = service::import_baseline(&state.app, &asked.call(), "yaml", &body.yaml).await?;
    Ok((StatusCode::CREATED, Json(line)))
}

/// Shows what a sprint of SIPs comes to on the live version before it is published: conflicts to settle, duties without
/// an answer, SIPs that are not deployed, and what came together by itself.
#[utoipa::path(
    get, path = "/baseline/sprint", operation_id = "getSprint", tag = "baseline", params(OfSips),
    responses((status = 200, description = "The sprint", body = SprintView), OnFind)
)]
pub(super) async fn sprint(
    State(state): State<ApiState>,
    Params(query): Params<OfSips>,
) -> Result<Json<SprintView>, Refused> {
    let sips: Vec<String> =
        query.sips.split(',').map(str::trim).filter(|sip| !sip.is_empty()).map(str::to_owned).collect();
    Ok(Json(service::sprint(&state.app, &sips).await?))
}

/// Settles a conflict between the change sets of a sprint; for DCC. It holds for exactly what each side says now.
#[utoipa::path(
    post, path = "/baseline/settlements", operation_id = "settleConflict", tag = "baseline", request_body = Settlement,
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 201, description = "Settled; what the sprint comes to now", body = SprintView), OnWrite)
)]
pub(super) async fn settle(
    State(state): State<ApiState>,
    write: Write<Settlement>,
) -> Result<(StatusCode, Json<SprintView>), Refused> {
    let Write { asked, body: Settlement { sips, item, field, text, takes, why } } = write;
    let holds = match (text, takes) {
        (Some(text), None) => Holds::Text(text),
        (None, Some(sip)) => Holds::Sip(sip),
        _ => return Err(Refused::of_field(super::kind::Kind::Invalid, "text", "give either `text` or `takes`")),
    };
    let new = NewSettlement { sips, item, field, holds, why };
    Ok((StatusCode::CREATED, Json(service::settle_conflict(&state.app, &asked.call(), new).await?)))
}

/// Publishes the next version of the baseline with the change sets of SIPs that are deployed, and ends each; for DCC
/// (R58).
#[utoipa::path(
    post, path = "/baseline/versions", operation_id = "publishBaseline", tag = "baseline", request_body = NewSprint,
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 201, description = "Published", body = VersionLine), OnWrite)
)]
pub(super) async fn publish(
    State(state): State<ApiState>,
    write: Write<NewSprint>,
) -> Result<(StatusCode, Json<VersionLine>), Refused> {
    let Write { asked, body } = write;
    let line = service::publish_baseline(&state.app, &asked.call(), &body.sips).await?;
    Ok((StatusCode::CREATED, Json(line)))
}
