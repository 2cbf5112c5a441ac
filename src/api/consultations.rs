//! Consultations: what they say, whom they ask, and when they come round (R17, R28 to R34).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::ApiState;
use super::meeting_bodies::InForm;
use super::problem::{OnFind, OnPrivateRead, OnRead, OnWrite, Refused};
use super::request::{Now, Params, SignedIn, Viewer, Write};
use super::schemas::Nothing;
use crate::consultation::{Frame, Proposal, RawCycle};
use crate::service::{
    self, Call, CollationFormat, ConsultationView, CycleView, PaperFile, PaperFormat, PartyContacts, SheetFormat,
};

/// The forms in which a collation is handed out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Format {
    #[default]
    Json,
    Html,
    Docx,
    Pdf,
    Text,
    Xlsx,
    Csv,
}

impl Format {
    pub(super) fn of_file(self) -> Option<CollationFormat> {
        match self {
            Self::Json => None,
            Self::Html => Some(CollationFormat::Paper(PaperFormat::Html)),
            Self::Docx => Some(CollationFormat::Paper(PaperFormat::Docx)),
            Self::Pdf => Some(CollationFormat::Paper(PaperFormat::Pdf)),
            Self::Text => Some(CollationFormat::Paper(PaperFormat::Text)),
            Self::Xlsx => Some(CollationFormat::Sheets(SheetFormat::Xlsx)),
            Self::Csv => Some(CollationFormat::Sheets(SheetFormat::Csv)),
        }
    }
}

/// A reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "party": "albion-gas", "reason": "It has no successor for its contact yet." }))]
pub(super) struct Waiver {
    /// The Party's id.
    party: String,
    /// Why.
    reason: String,
}

/// A change of the contact list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "party": "albion-gas", "person": "callum" }))]
pub(super) struct ContactChange {
    /// The Party's id.
    party: String,
    /// The person's id.
    person: String,
    /// Why the person cannot be reached, where that is so.
    unusable: Option<String>,
    /// `yes` takes the person off the list.
    #[serde(default)]
    remove: Remove,
}

/// Whether a person is taken off the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Remove {
    /// Taken off.
    Yes,
    /// Kept, or put on it.
    #[default]
    No,
}

/// Shows a consultation: what it says, whom it asks and how it stands.
///
/// Before it is issued it is for SECAS and DCC, with everything that stands in the way of issuing it, item by item.
#[utoipa::path(
    get, path = "/consultations/{reference}", operation_id = "getConsultation", tag = "consultations",
    params(("reference" = String, Path, description = "Its reference", example = "C-2025-01")),
    responses((status = 200, description = "The consultation", body = ConsultationView), OnPrivateRead)
)]
pub(super) async fn find(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(Nothing {}): Params<Nothing>,
    (Viewer(viewer), Now(now)): (Viewer, Now),
) -> Result<Json<ConsultationView>, Refused> {
    Ok(Json(service::consultation_seen(&state.app, viewer.as_ref(), &reference, now).await?))
}

/// Writes what a consultation says as a whole while it is being prepared. For SECAS and DCC.
///
/// What is left out is taken from the record or from standing words.
#[utoipa::path(
    post, path = "/consultations/{reference}/contents", operation_id = "writeConsultation", tag = "consultations",
    request_body(content = Object, description = "What it says as a whole, as under `frame` of the consultation"),
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "C-2025-01"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 204, description = "Written"), OnWrite)
)]
pub(super) async fn write_frame(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<Frame>,
) -> Result<StatusCode, Refused> {
    service::write_frame(&state.app, &write.asked.call(), &reference, write.body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes what a consultation says of one SIP while it is being prepared. For SECAS and DCC.
///
/// What is left out is taken from the record of the SIP.
#[utoipa::path(
    post, path = "/consultations/{reference}/contents/{sip}", operation_id = "writeConsultationOfSip",
    tag = "consultations", security(("bearer" = [])),
    request_body(content = Object, description = "What it says of the SIP, as under `proposal` of the consultation"),
    params(
        ("reference" = String, Path, description = "Its reference", example = "C-2025-01"),
        ("sip" = String, Path, description = "The SIP's number", example = "SIP-0001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 204, description = "Written"), OnWrite)
)]
pub(super) async fn write_proposal(
    State(state): State<ApiState>,
    Path((reference, sip)): Path<(String, String)>,
    write: Write<Proposal>,
) -> Result<StatusCode, Refused> {
    service::write_contents(&state.app, &write.asked.call(), &reference, &sip, write.body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets a consultation go without a usable contact of a Party, with a reason (R33). For SECAS.
#[utoipa::path(
    post, path = "/consultations/{reference}/waivers", operation_id = "waiveContact", tag = "consultations",
    request_body = Waiver, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "C-2025-01"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 204, description = "Waived"), OnWrite)
)]
pub(super) async fn waive(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<Waiver>,
) -> Result<StatusCode, Refused> {
    let Waiver { party, reason } = write.body;
    service::waive_contact(&state.app, &write.asked.call(), &reference, &party, &reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives the consultation as the document that Parties receive.
#[utoipa::path(
    get, path = "/consultations/{reference}/document", operation_id = "getConsultationDocument", tag = "consultations",
    params(("reference" = String, Path, description = "Its reference", example = "C-2025-01"), InForm),
    responses((status = 200, description = "The document", body = String, content_type = "text/html"), OnFind)
)]
pub(super) async fn document(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(query): Params<InForm>,
) -> Result<Response, Refused> {
    Ok(file(service::issue_paper(&state.app, &reference, query.format()).await?))
}

/// Lists every Party that consultations ask, with its contacts (R33). For SECAS and DCC.
#[utoipa::path(
    get, path = "/contacts", operation_id = "listContacts", tag = "consultations", security(("bearer" = [])),
    responses((status = 200, description = "The list", body = [PartyContacts]), OnPrivateRead)
)]
pub(super) async fn contacts(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
    (SignedIn(actor), Now(now)): (SignedIn, Now),
) -> Result<Json<Vec<PartyContacts>>, Refused> {
    Ok(Json(service::contact_list(&state.app, &Call::new(&actor, now)).await?))
}

/// Nominates a contact of a Party, says that one cannot be reached, or takes one off the list.
///
/// For SECAS; a Party also nominates and removes its own.
#[utoipa::path(
    post, path = "/contacts", operation_id = "changeContact", tag = "consultations", request_body = ContactChange,
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 204, description = "Changed"), OnWrite)
)]
pub(super) async fn change_contact(
    State(state): State<ApiState>,
    write: Write<ContactChange>,
) -> Result<StatusCode, Refused> {
    let (call, ContactChange { party, person, unusable, remove }) = (write.asked.call(), write.body);
    match (unusable, remove) {
        (Some(why), _) => service::mark_contact(&state.app, &call, &party, &person, &why).await?,
        (None, Remove::Yes) => service::remove_contact(&state.app, &call, &party, &person).await?,
        (None, Remove::No) => service::nominate_contact(&state.app, &call, &party, &person).await?,
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Shows when consultations come round, with the cut-off day of each for the year ahead (R17, R28).
#[utoipa::path(
    get, path = "/consultation-cycle", operation_id = "getCycle", tag = "consultations",
    responses((status = 200, description = "The cycle", body = CycleView), OnRead)
)]
pub(super) async fn cycle(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
    Now(now): Now,
) -> Result<Json<CycleView>, Refused> {
    Ok(Json(service::consultation_cycle(&state.app, now).await?))
}

/// Sets when consultations come round. For SECAS.
#[utoipa::path(
    post, path = "/consultation-cycle", operation_id = "setCycle", tag = "consultations",
    request_body(content = Object, description = "Whatever differs from the usual", example = json!({
        "interval_months": 3, "anchor": "2026-01-05", "window": "15wd", "notice": "5wd", "preparation": "30wd",
        "collation": "5wd"
    })),
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 200, description = "The cycle now", body = CycleView), OnWrite)
)]
pub(super) async fn set_cycle(
    State(state): State<ApiState>,
    write: Write<RawCycle>,
) -> Result<Json<CycleView>, Refused> {
    Ok(Json(service::set_consultation_cycle(&state.app, &write.asked.call(), write.body).await?))
}

/// Shows what consultations ask of each Party, each category and in each month.
#[utoipa::path(
    get, path = "/consultation-burden", operation_id = "getBurden", tag = "consultations",
    responses((status = 200, description = "The burden", body = Object), OnRead)
)]
pub(super) async fn burden(
    State(state): State<ApiState>,
    Params(Nothing {}): Params<Nothing>,
) -> Result<Response, Refused> {
    Ok(Json(service::burden(&state.app).await?).into_response())
}

/// A document or a list as a file to look at.
pub(super) fn file(file: PaperFile) -> Response {
    let disposition = format!("inline; filename=\"{}\"", file.name);
    let headers =
        AppendHeaders([(header::CONTENT_TYPE, file.media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)]);
    (headers, file.bytes).into_response()
}
