//! Cases of every process: reading them and acting on them.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::problem::{OnFind, OnPrivateRead, OnRead, OnWrite, Refused};
use super::read_json::Fields;
use super::request::{Now, Params, SignedIn, Viewer, Write};
use super::schemas::{CaseFilter, Later, Nothing};
use super::{ApiState, etag};
use crate::service::{
    self, CaseView, ClockView, HistoryEntry, Listing, NoticeView, Receipt, SIP_PROCESS, Seen, ServiceError,
};

/// Lists cases of every process, the latest opened first.
#[utoipa::path(
    get, path = "/cases", operation_id = "listCases", tag = "cases", params(CaseFilter),
    responses((status = 200, description = "A page of cases", body = Listing), OnRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Params(filter): Params<CaseFilter>,
) -> Result<Json<Listing>, Refused> {
    Ok(Json(service::list(&state.app, filter.into()).await?))
}

/// Shows a case as it stands, with its clocks and what may be done now.
///
/// What the proposer keeps from publication is shown to its own organisation, DCC, SECAS and the deciding bodies, and
/// the contact to the first three; for others a mark stands in its place.
#[utoipa::path(
    get, path = "/cases/{reference}", operation_id = "getCase", tag = "cases",
    params(
        ("reference" = String, Path, description = "Its reference or number, in any case of letters", example = "SIP-0001"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of what you have; 304 where nothing differs")
    ),
    responses(
        (status = 200, description = "The case", body = CaseView, headers(("ETag" = String, description = "Its revision first; give it back as `If-Match`"))),
        (status = 304, description = "You have it already"),
        OnFind
    )
)]
pub(super) async fn find(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(Nothing {}): Params<Nothing>,
    (Viewer(viewer), Now(now)): (Viewer, Now),
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let seen = service::case_seen(&state.app, viewer.as_ref(), &reference, now).await?;
    let tag = etag::of_case(&seen, now);
    Ok(shown(seen, tag, &headers))
}

/// Shows a SIP as it stands: the same as under `/cases`.
#[utoipa::path(
    get, path = "/sips/{reference}", operation_id = "getSip", tag = "SIPs",
    params(
        ("reference" = String, Path, description = "Its reference or number, in any case of letters", example = "SIP-0001"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of what you have; 304 where nothing differs")
    ),
    responses(
        (status = 200, description = "The SIP", body = CaseView, headers(("ETag" = String, description = "Its revision first; give it back as `If-Match`"))),
        (status = 304, description = "You have it already"),
        OnFind
    )
)]
pub(super) async fn find_sip(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(Nothing {}): Params<Nothing>,
    (Viewer(viewer), Now(now)): (Viewer, Now),
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let seen = service::case_seen(&state.app, viewer.as_ref(), &reference, now).await?;
    if seen.process != SIP_PROCESS {
        return Err(ServiceError::NotFound { what: "SIP", name: reference }.into());
    }
    let tag = etag::of_case(&seen, now);
    Ok(shown(seen, tag, &headers))
}

fn shown(seen: Seen, tag: String, headers: &HeaderMap) -> Response {
    let known = etag::known(headers, &tag);
    let tagged = [(header::ETAG, tag)];
    if known { (StatusCode::NOT_MODIFIED, tagged).into_response() } else { (tagged, Json(seen.view)).into_response() }
}

/// Shows everything that happened to a case, oldest first.
#[utoipa::path(
    get, path = "/cases/{reference}/history", operation_id = "getHistory", tag = "cases",
    params(("reference" = String, Path, description = "Its reference or number", example = "SIP-0001")),
    responses((status = 200, description = "What happened", body = [HistoryEntry]), OnFind)
)]
pub(super) async fn history(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(Nothing {}): Params<Nothing>,
    Viewer(viewer): Viewer,
) -> Result<Json<Vec<HistoryEntry>>, Refused> {
    Ok(Json(service::history_seen(&state.app, viewer.as_ref(), &reference).await?))
}

/// Shows the open clocks of a case, soonest first, each with how its date was reached.
#[utoipa::path(
    get, path = "/cases/{reference}/clocks", operation_id = "getClocks", tag = "cases",
    params(("reference" = String, Path, description = "Its reference or number", example = "SIP-0001")),
    responses((status = 200, description = "The open clocks", body = [ClockView]), OnFind)
)]
pub(super) async fn clocks(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(Nothing {}): Params<Nothing>,
    Now(now): Now,
) -> Result<Json<Vec<ClockView>>, Refused> {
    Ok(Json(service::case(&state.app, &reference, now).await?.clocks))
}

/// Shows every notice queued about a case; for DCC and SECAS, since notices name people.
#[utoipa::path(
    get, path = "/cases/{reference}/notices", operation_id = "getNotices", tag = "cases", security(("bearer" = [])),
    params(("reference" = String, Path, description = "Its reference or number", example = "SIP-0001")),
    responses((status = 200, description = "The notices, oldest first", body = [NoticeView]), OnPrivateRead)
)]
pub(super) async fn notices(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Params(Nothing {}): Params<Nothing>,
    SignedIn(viewer): SignedIn,
) -> Result<Json<Vec<NoticeView>>, Refused> {
    Ok(Json(service::notices_seen(&state.app, &viewer, &reference).await?))
}

/// Takes an action in a case.
///
/// The body holds the fields of the action, as the case lists them under `actions`; `{}` where there are none. A
/// refusal says which rule stands in the way, who could act, and what is missing.
#[utoipa::path(
    post, path = "/cases/{reference}/actions/{action}", operation_id = "act", tag = "cases", security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference or number", example = "P-2025-0001"),
        ("action" = String, Path, description = "Name of the action", example = "acknowledge"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the case as you read it; 412 where it has changed since"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    request_body(content = Object, description = "The fields, by name", example = json!({ "reason": "Already possible." })),
    responses(
        (status = 200, description = "Done", body = Receipt, headers(("ETag" = String, description = "Its revision now"))),
        OnWrite
    )
)]
pub(super) async fn act(
    State(state): State<ApiState>,
    Path((reference, action)): Path<(String, String)>,
    headers: HeaderMap,
    write: Write<Fields>,
) -> Result<Response, Refused> {
    let Write { asked, body } = write;
    let expected = etag::expected(&headers)?;
    let receipt = service::act(&state.app, &asked.call(), &reference, &action, body.0, expected).await?;
    Ok(done(receipt))
}

/// Gives a clock of a case a later date, with a reason, and tells people (R13, R24).
#[utoipa::path(
    post, path = "/cases/{reference}/clocks/{clock}/extension", operation_id = "extendClock", tag = "cases", security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference or number", example = "P-2025-0001"),
        ("clock" = String, Path, description = "Name of the clock", example = "findings"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    request_body = Later,
    responses(
        (status = 200, description = "Extended", body = Receipt, headers(("ETag" = String, description = "Its revision now"))),
        OnWrite
    )
)]
pub(super) async fn extend(
    State(state): State<ApiState>,
    Path((reference, clock)): Path<(String, String)>,
    write: Write<Later>,
) -> Result<Response, Refused> {
    let Write { asked, body } = write;
    let receipt = service::extend(&state.app, &asked.call(), &reference, &clock, body.to.0, &body.reason).await?;
    Ok(done(receipt))
}

fn done(receipt: Receipt) -> Response {
    ([(header::ETAG, etag::of_revision(receipt.revision))], Json(receipt)).into_response()
}
