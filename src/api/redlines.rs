//! Redlines of the baseline as files: of a SIP, of a consultation, of two versions (R58).

use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::ApiState;
use super::baseline::version;
use super::meeting_bodies::InForm;
use super::papers::file;
use super::problem::{OnFind, Refused};
use super::request::Params;
use crate::service::{self, RedlineFormat};

/// In which form a redline is handed out.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RedlineIn {
    /// `html`, `docx`, `pdf`, `text` or `json`; HTML where absent.
    #[param(value_type = Option<String>, example = "docx")]
    format: Option<Form>,
}

/// The form of a redline.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Form {
    #[default]
    Html,
    Docx,
    Pdf,
    Text,
    Json,
}

impl RedlineIn {
    fn format(&self) -> RedlineFormat {
        match self.format.unwrap_or_default() {
            Form::Html => RedlineFormat::Html,
            Form::Docx => RedlineFormat::Docx,
            Form::Pdf => RedlineFormat::Pdf,
            Form::Text => RedlineFormat::Text,
            Form::Json => RedlineFormat::Json,
        }
    }
}

/// Hands out a version of the baseline as a document.
#[utoipa::path(
    get, path = "/baseline/versions/{version}/document", operation_id = "getBaselineDocument", tag = "baseline",
    params(InForm, ("version" = String, Path, description = "The version, or `live`", example = "live")),
    responses(
        (status = 200, description = "The document", content(
            (String = "text/html"), (String = "text/plain"), (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        )),
        OnFind
    )
)]
pub(super) async fn document(
    State(state): State<ApiState>,
    Path(named): Path<String>,
    Params(query): Params<InForm>,
) -> Result<Response, Refused> {
    Ok(file(service::baseline_file(&state.app, version(&named), query.format()).await?))
}

/// Hands out what differs between two versions of the baseline as a redline, each change under the SIPs it comes from.
#[utoipa::path(
    get, path = "/baseline/versions/{version}/redline/{older}", operation_id = "getBaselineRedline", tag = "baseline",
    params(
        RedlineIn,
        ("version" = String, Path, description = "The newer version, or `live`", example = "live"),
        ("older" = String, Path, description = "The older version", example = "V1.0.9")
    ),
    responses(
        (status = 200, description = "The redline", content(
            (String = "text/html"), (String = "text/plain"), (Object = "application/json"), (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        )),
        OnFind
    )
)]
pub(super) async fn versions(
    State(state): State<ApiState>,
    Path((named, older)): Path<(String, String)>,
    Params(query): Params<RedlineIn>,
) -> Result<Response, Refused> {
    Ok(file(service::version_redline(&state.app, &older, version(&named)).await?.file(query.format())?))
}

/// Hands out what one SIP does to the baseline as a redline: of the live version, or of the one it was published on.
#[utoipa::path(
    get, path = "/sips/{reference}/redline", operation_id = "getSipRedline", tag = "baseline",
    params(RedlineIn, ("reference" = String, Path, description = "Its reference or number", example = "SIP-0001")),
    responses(
        (status = 200, description = "The redline", content(
            (String = "text/html"), (String = "text/plain"), (Object = "application/json"), (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        )),
        OnFind
    )
)]
pub(super) async fn sip(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(query): Params<RedlineIn>,
) -> Result<Response, Refused> {
    Ok(file(service::sip_redline(&state.app, &reference).await?.file(query.format())?))
}

/// Hands out what the SIPs of a consultation do to the live baseline together, as one redline. Where they contradict
/// each other the text stays as it is.
#[utoipa::path(
    get, path = "/consultations/{reference}/redline", operation_id = "getConsultationRedline", tag = "baseline",
    params(RedlineIn, ("reference" = String, Path, description = "Its reference", example = "C-2025-01")),
    responses(
        (status = 200, description = "The redline", content(
            (String = "text/html"), (String = "text/plain"), (Object = "application/json"), (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        )),
        OnFind
    )
)]
pub(super) async fn consultation(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(query): Params<RedlineIn>,
) -> Result<Response, Refused> {
    Ok(file(service::consultation_redline(&state.app, &reference).await?.file(query.format())?))
}
