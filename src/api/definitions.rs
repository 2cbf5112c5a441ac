//! The processes themselves: their versions, how long they take, and drawings of them.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ApiState;
use super::problem::{OnFind, OnRead, Refused};
use super::read_json::Day;
use super::request::{Now, Params};
use super::schemas::Nothing;
use crate::service::{self, DefinitionSummary, DefinitionView, ServiceError};
use crate::workflow::diagram::{self, Highlight};
use crate::workflow::timeline::{self, DatedLeg, Timeline};

/// Which version of a process.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Version {
    /// The version; the one in force where absent.
    #[param(example = "1.0")]
    version: Option<String>,
}

/// Which timeline.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TimelineQuery {
    /// The version; the one in force where absent.
    version: Option<String>,
    /// Lay the usual path on dates from this London date on.
    #[param(value_type = Option<String>, format = Date, example = "2025-11-03")]
    from: Option<Day>,
}

/// How long a process takes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TimelineView {
    /// Stage by stage: the usual path, the detours and the longest way.
    #[schema(value_type = Object)]
    timeline: Timeline,
    /// The same in words.
    words: String,
    /// The usual path on dates, where a start was given.
    #[schema(value_type = Option<Vec<Object>>)]
    dates: Option<Vec<DatedLeg>>,
}

/// Lists every version of every process.
#[utoipa::path(
    get, path = "/definitions", operation_id = "listDefinitions", tag = "processes",
    responses((status = 200, description = "The versions", body = [DefinitionSummary]), OnRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
    Now(now): Now,
) -> Result<Json<Vec<DefinitionSummary>>, Refused> {
    Ok(Json(service::definitions(&state.app, now).await?))
}

/// Shows a process: its states, who may do what in them, and its text.
#[utoipa::path(
    get, path = "/definitions/{process}", operation_id = "getDefinition", tag = "processes",
    params(("process" = String, Path, description = "Name of the process", example = "ssi-change-governance"), Version),
    responses((status = 200, description = "The process", body = DefinitionView), OnFind)
)]
pub(super) async fn find(
    State(state): State<ApiState>,
    Path(process): Path<String>,
    Params(query): Params<Version>,
    Now(now): Now,
) -> Result<Json<DefinitionView>, Refused> {
    Ok(Json(service::definition_view(&state.app, &process, query.version.as_deref(), now).await?))
}

/// Shows how long a process takes, stage by stage (R49).
#[utoipa::path(
    get, path = "/definitions/{process}/timeline", operation_id = "getTimeline", tag = "processes",
    params(("process" = String, Path, description = "Name of the process", example = "ssi-change-governance"), TimelineQuery),
    responses((status = 200, description = "The timeline", body = TimelineView), OnFind)
)]
pub(super) async fn timeline(
    State(state): State<ApiState>,
    Path(process): Path<String>,
    Params(query): Params<TimelineQuery>,
    Now(now): Now,
) -> Result<Json<TimelineView>, Refused> {
    let definition = service::version_of(&state.app, &process, query.version.as_deref(), now).await?;
    let calendar = service::current_edition(&state.app).await?.calendar(state.app.settings.division);
    let add = |date, days| calendar.add(date, days);
    let timeline = timeline::timeline(&definition);
    let dates =
        query.from.map(|from| timeline::dates(&timeline, from.0, &add)).transpose().map_err(ServiceError::from)?;
    Ok(Json(TimelineView { words: timeline.to_string(), timeline, dates }))
}

/// Draws a process as SVG.
#[utoipa::path(
    get, path = "/definitions/{process}/diagram.svg", operation_id = "drawSvg", tag = "processes",
    params(("process" = String, Path, description = "Name of the process", example = "ssi-change-governance"), Version),
    responses((status = 200, description = "The drawing", body = String, content_type = "image/svg+xml"), OnFind)
)]
pub(super) async fn draw_svg(
    State(state): State<ApiState>,
    Path(process): Path<String>,
    Params(query): Params<Version>,
    Now(now): Now,
) -> Result<impl IntoResponse, Refused> {
    let definition = service::version_of(&state.app, &process, query.version.as_deref(), now).await?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], diagram::svg(&definition, Highlight::default())))
}

/// Draws a process as a Mermaid flowchart.
#[utoipa::path(
    get, path = "/definitions/{process}/diagram.mmd", operation_id = "drawMermaid", tag = "processes",
    params(("process" = String, Path, description = "Name of the process", example = "ssi-change-governance"), Version),
    responses((status = 200, description = "The drawing", body = String, content_type = "text/vnd.mermaid"), OnFind)
)]
pub(super) async fn draw_mermaid(
    State(state): State<ApiState>,
    Path(process): Path<String>,
    Params(query): Params<Version>,
    Now(now): Now,
) -> Result<impl IntoResponse, Refused> {
    let definition = service::version_of(&state.app, &process, query.version.as_deref(), now).await?;
    Ok(([(header::CONTENT_TYPE, "text/vnd.mermaid; charset=utf-8")], diagram::mermaid(&definition)))
}

/// Writes a process as BPMN 2.0 with its layout, for bpmn.io and other modellers.
#[utoipa::path(
    get, path = "/definitions/{process}/diagram.bpmn", operation_id = "drawBpmn", tag = "processes",
    params(("process" = String, Path, description = "Name of the process", example = "ssi-change-governance"), Version),
    responses((status = 200, description = "The model", body = String, content_type = "application/xml"), OnFind)
)]
pub(super) async fn draw_bpmn(
    State(state): State<ApiState>,
    Path(process): Path<String>,
    Params(query): Params<Version>,
    Now(now): Now,
) -> Result<impl IntoResponse, Refused> {
    let definition = service::version_of(&state.app, &process, query.version.as_deref(), now).await?;
    Ok(([(header::CONTENT_TYPE, "application/xml")], diagram::bpmn(&definition)))
}
