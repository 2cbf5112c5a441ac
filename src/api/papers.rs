//! The documents of a decision, and how any document is handed out.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::ApiState;
use super::meeting_bodies::InForm;
use super::problem::{OnFind, Refused};
use super::request::{Now, Params, Viewer};
use crate::service::{self, PaperFile};

/// Hands out the decision record of a ballot that is over: who was entitled and took part, the count, the rule and the
/// reasons, the papers, and what followed.
///
/// Members of the body and SECAS read who voted how; everybody else reads the counts.
#[utoipa::path(
    get, path = "/ballots/{reference}/record", operation_id = "getDecisionRecord", tag = "ballots",
    params(InForm, ("reference" = String, Path, description = "Its reference", example = "B-2025-001")),
    responses(
        (status = 200, description = "The decision record", content(
            (String = "text/html"), (String = "text/plain"), (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        )),
        OnFind
    )
)]
pub(super) async fn record(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    (Viewer(viewer), Now(now)): (Viewer, Now),
    Params(query): Params<InForm>,
) -> Result<Response, Refused> {
    let format = query.format();
    Ok(file(service::decision_record(&state.app, viewer.as_ref(), &reference, format, now).await?))
}

/// Hands out the paper that asks a body for the determination a case waits for, from the record as it is now.
///
/// The deciding bodies, DCC and SECAS get the whole; everybody else gets a copy without what is confidential (R37).
#[utoipa::path(
    get, path = "/cases/{reference}/committee-paper", operation_id = "getCommitteePaper", tag = "cases",
    params(InForm, ("reference" = String, Path, description = "Its reference or number", example = "SIP-0001")),
    responses(
        (status = 200, description = "The committee paper", content(
            (String = "text/html"), (String = "text/plain"), (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        )),
        OnFind
    )
)]
pub(super) async fn committee_paper(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    (Viewer(viewer), Now(now)): (Viewer, Now),
    Params(query): Params<InForm>,
) -> Result<Response, Refused> {
    let format = query.format();
    Ok(file(service::committee_paper(&state.app, viewer.as_ref(), &reference, format, now).await?))
}

/// A document as a file to save.
pub(super) fn file(file: PaperFile) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    let head = [(header::CONTENT_TYPE, file.media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (head, file.bytes).into_response()
}
