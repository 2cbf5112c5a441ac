//! Opening cases: submitting a SIP, beginning a consultation or a process change; and listing SIPs.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};

use super::problem::{OnRead, OnWrite, Refused};
use super::read_json::{Day, Fields, from_fields};
use super::request::{Params, Write};
use super::schemas::{SipFilter, Submission, Titled};
use super::{ApiState, BASE, etag};
use crate::service::{self, Listing, Receipt, SIP_PROCESS};
use crate::sip::RawSipForm;

/// Lists SIPs, the latest opened first.
#[utoipa::path(
    get, path = "/sips", operation_id = "listSips", tag = "SIPs", params(SipFilter),
    responses((status = 200, description = "A page of SIPs", body = Listing), OnRead)
)]
pub(super) async fn list_sips(
    State(state): State<ApiState>,
    Params(filter): Params<SipFilter>,
) -> Result<Json<Listing>, Refused> {
    Ok(Json(service::list(&state.app, filter.query(SIP_PROCESS)).await?))
}

/// Submits a SIP on behalf of your organisation.
///
/// For everybody who acts for a SEC Party. Every faulty field is reported at once.
#[utoipa::path(
    post, path = "/sips", operation_id = "submitSip", tag = "SIPs", request_body = Submission, security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses(
        (status = 201, description = "Submitted", body = Receipt, headers(
            ("Location" = String, description = "Where the SIP is"),
            ("ETag" = String, description = "Its revision, for `If-Match`")
        )),
        OnWrite
    )
)]
pub(super) async fn submit_sip(State(state): State<ApiState>, write: Write<Fields>) -> Result<Response, Refused> {
    let Write { asked, mut body } = write;
    let mut sent_on = Fields::default();
    sent_on.0.extend(body.0.remove_entry("sent_on"));
    let sent_on: Sent = from_fields(sent_on)?;
    let form: RawSipForm = from_fields(body)?;
    let receipt = service::submit_sip(&state.app, &asked.call(), form, sent_on.sent_on.map(|day| day.0)).await?;
    Ok(opened("sips", receipt))
}

/// The part of a submission that is not the form.
#[derive(serde::Deserialize)]
struct Sent {
    sent_on: Option<Day>,
}

/// Begins to prepare a consultation; for SECAS and DCC (R28).
#[utoipa::path(
    post, path = "/consultations", operation_id = "openConsultation", tag = "cases", request_body = Titled, security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses(
        (status = 201, description = "Opened", body = Receipt, headers(
            ("Location" = String, description = "Where the consultation is"),
            ("ETag" = String, description = "Its revision, for `If-Match`")
        )),
        OnWrite
    )
)]
pub(super) async fn open_consultation(
    State(state): State<ApiState>,
    write: Write<Titled>,
) -> Result<Response, Refused> {
    let Write { asked, body } = write;
    Ok(opened("cases", service::open_consultation(&state.app, &asked.call(), &body.title).await?))
}

/// Begins a change of a process; for DCC (R56).
#[utoipa::path(
    post, path = "/process-changes", operation_id = "openProcessChange", tag = "cases", request_body = Titled, security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses(
        (status = 201, description = "Opened", body = Receipt, headers(
            ("Location" = String, description = "Where the process change is"),
            ("ETag" = String, description = "Its revision, for `If-Match`")
        )),
        OnWrite
    )
)]
pub(super) async fn open_process_change(
    State(state): State<ApiState>,
    write: Write<Titled>,
) -> Result<Response, Refused> {
    let Write { asked, body } = write;
    Ok(opened("cases", service::open_process_change(&state.app, &asked.call(), &body.title).await?))
}

/// Opens a review of how consultations work; for SECAS and DCC (R57).
#[utoipa::path(
    post, path = "/consultation-reviews", operation_id = "openReview", tag = "cases", request_body = Titled, security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses(
        (status = 201, description = "Opened", body = Receipt, headers(
            ("Location" = String, description = "Where the review is"),
            ("ETag" = String, description = "Its revision, for `If-Match`")
        )),
        OnWrite
    )
)]
pub(super) async fn open_review(State(state): State<ApiState>, write: Write<Titled>) -> Result<Response, Refused> {
    let Write { asked, body } = write;
    Ok(opened("cases", service::open_review(&state.app, &asked.call(), &body.title).await?))
}

fn opened(folder: &str, receipt: Receipt) -> Response {
    let location = format!("{BASE}/{folder}/{}", receipt.reference);
    let headers = AppendHeaders([(header::LOCATION, location), (header::ETAG, etag::of_revision(receipt.revision))]);
    (StatusCode::CREATED, headers, Json(receipt)).into_response()
}
