//! Meetings of the bodies: calling them, agenda and papers, the session, the minutes.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::ApiState;
use super::meeting_bodies::{
    Because, InForm, InSession, ItemToAdd, MeetingToCall, MeetingToMove, OfBody, PaperToAdd, Step, ToApprove,
    ToCorrect, ToStep,
};
use super::papers::file;
use super::problem::{OnFind, OnPrivateRead, OnRead, OnWrite, Refused};
use super::request::{Now, Params, SignedIn, Viewer, Write};
use crate::service::{self, MeetingPaper, MeetingView, ServiceError};

/// Lists the meetings, all or of one body.
///
/// Everybody reads dates, the titles on the agenda and what was decided; the rest is for the members of the body, their
/// alternates and the secretary.
#[utoipa::path(
    get, path = "/meetings", operation_id = "listMeetings", tag = "meetings", params(OfBody),
    responses((status = 200, description = "The meetings", body = [MeetingView]), OnRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    (Viewer(viewer), Now(now)): (Viewer, Now),
    Params(query): Params<OfBody>,
) -> Result<Json<Vec<MeetingView>>, Refused> {
    Ok(Json(service::meetings(&state.app, query.body.as_deref(), viewer.as_ref(), now).await?))
}

/// Shows a meeting, as far as it is for the reader.
#[utoipa::path(
    get, path = "/meetings/{reference}", operation_id = "getMeeting", tag = "meetings",
    params(("reference" = String, Path, description = "Its reference", example = "M-2025-001")),
    responses((status = 200, description = "The meeting", body = MeetingView), OnFind)
)]
pub(super) async fn find(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    (Viewer(viewer), Now(now)): (Viewer, Now),
) -> Result<Json<MeetingView>, Refused> {
    Ok(Json(service::meeting(&state.app, &reference, viewer.as_ref(), now).await?))
}

/// Calls a meeting; for SECAS. Its agenda is drawn up from what waits for the body, and paper day is counted back.
#[utoipa::path(
    post, path = "/meetings", operation_id = "callMeeting", tag = "meetings", request_body = MeetingToCall,
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 201, description = "Called", body = MeetingView), OnWrite)
)]
pub(super) async fn call(
    State(state): State<ApiState>,
    write: Write<MeetingToCall>,
) -> Result<(StatusCode, Json<MeetingView>), Refused> {
    let Write { asked, body } = write;
    Ok((StatusCode::CREATED, Json(service::call_meeting(&state.app, &asked.call(), body.into()).await?)))
}

/// Moves a meeting; for SECAS. Paper day moves with it, and everybody who was told is told.
#[utoipa::path(
    post, path = "/meetings/{reference}/move", operation_id = "moveMeeting", tag = "meetings",
    request_body = MeetingToMove, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "M-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Moved", body = MeetingView), OnWrite)
)]
pub(super) async fn move_to(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<MeetingToMove>,
) -> Result<Json<MeetingView>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::move_meeting(&state.app, &asked.call(), &reference, body.into()).await?))
}

/// Calls a meeting off; for SECAS.
#[utoipa::path(
    post, path = "/meetings/{reference}/cancellation", operation_id = "cancelMeeting", tag = "meetings",
    request_body = Because, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "M-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Cancelled", body = MeetingView), OnWrite)
)]
pub(super) async fn cancel(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<Because>,
) -> Result<Json<MeetingView>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::cancel_meeting(&state.app, &asked.call(), &reference, &body.reason).await?))
}

/// Puts an item on the agenda, with the reason; for SECAS.
#[utoipa::path(
    post, path = "/meetings/{reference}/items", operation_id = "addAgendaItem", tag = "meetings",
    request_body = ItemToAdd, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "M-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Added", body = MeetingView), OnWrite)
)]
pub(super) async fn add_item(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<ItemToAdd>,
) -> Result<Json<MeetingView>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::add_agenda_item(&state.app, &asked.call(), &reference, body.into()).await?))
}

/// Takes an item off the agenda, with the reason; for SECAS.
#[utoipa::path(
    post, path = "/meetings/{reference}/items/{number}/removal", operation_id = "removeAgendaItem", tag = "meetings",
    request_body = Because, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "M-2025-001"),
        ("number" = u32, Path, description = "The number of the item", example = 3),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Removed", body = MeetingView), OnWrite)
)]
pub(super) async fn remove_item(
    State(state): State<ApiState>,
    Path((reference, number)): Path<(String, String)>,
    write: Write<Because>,
) -> Result<Json<MeetingView>, Refused> {
    let Write { asked, body } = write;
    let unreadable = |_| ServiceError::NotFound { what: "item", name: number.clone() };
    let number: u32 = number.parse().map_err(unreadable)?;
    Ok(Json(service::remove_agenda_item(&state.app, &asked.call(), &reference, number, &body.reason).await?))
}

/// Adds a paper to an item; for SECAS. A late one needs the reason and is marked.
#[utoipa::path(
    post, path = "/meetings/{reference}/papers", operation_id = "addMeetingPaper", tag = "meetings",
    request_body = PaperToAdd, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "M-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Added", body = MeetingView), OnWrite)
)]
pub(super) async fn add_paper(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<PaperToAdd>,
) -> Result<Json<MeetingView>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::add_meeting_paper(&state.app, &asked.call(), &reference, body.into()).await?))
}

/// Takes the next step: papers go out, the session begins or ends, the draft minutes go out. For SECAS.
#[utoipa::path(
    post, path = "/meetings/{reference}/steps", operation_id = "stepMeeting", tag = "meetings",
    request_body = ToStep, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "M-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Done", body = MeetingView), OnWrite)
)]
pub(super) async fn step(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<ToStep>,
) -> Result<Json<MeetingView>, Refused> {
    let Write { asked, body } = write;
    let (app, call) = (&state.app, &asked.call());
    Ok(Json(match body.step {
        Step::SendPapers => service::send_papers(app, call, &reference).await?,
        Step::OpenSession => service::open_meeting(app, call, &reference).await?,
        Step::CloseSession => service::close_meeting(app, call, &reference).await?,
        Step::SendMinutes => service::send_minutes(app, call, &reference).await?,
    }))
}

/// Enters attendance, an interest, a note or an action while a body meets; for SECAS, and one's own interest for anyone.
#[utoipa::path(
    post, path = "/meetings/{reference}/entries", operation_id = "enterInMeeting", tag = "meetings",
    request_body = InSession, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "M-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Entered", body = MeetingView), OnWrite)
)]
pub(super) async fn enter(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<InSession>,
) -> Result<Json<MeetingView>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::enter_in_meeting(&state.app, &asked.call(), &reference, body.into()).await?))
}

/// Corrects the draft minutes; for SECAS.
#[utoipa::path(
    post, path = "/meetings/{reference}/minutes/corrections", operation_id = "correctMinutes", tag = "meetings",
    request_body = ToCorrect, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "M-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Corrected", body = MeetingView), OnWrite)
)]
pub(super) async fn correct(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<ToCorrect>,
) -> Result<Json<MeetingView>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::correct_minutes(&state.app, &asked.call(), &reference, body.item, &body.text).await?))
}

/// Records that the body approved the minutes; for SECAS.
#[utoipa::path(
    post, path = "/meetings/{reference}/minutes/approval", operation_id = "approveMinutes", tag = "meetings",
    request_body = ToApprove, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "M-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Approved", body = MeetingView), OnWrite)
)]
pub(super) async fn approve(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<ToApprove>,
) -> Result<Json<MeetingView>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::approve_minutes(&state.app, &asked.call(), &reference, body.on.0, body.at.as_deref()).await?))
}

/// Hands out the agenda as a document, for members and the secretary.
#[utoipa::path(
    get, path = "/meetings/{reference}/agenda", operation_id = "getAgenda", tag = "meetings", params(InForm, ("reference" = String, Path, description = "Its reference", example = "M-2025-001")),
    security(("bearer" = [])), responses((status = 200, description = "The agenda", content_type = "text/html", body = String), OnPrivateRead)
)]
pub(super) async fn agenda(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    (SignedIn(viewer), Now(now)): (SignedIn, Now),
    Params(query): Params<InForm>,
) -> Result<Response, Refused> {
    let wanted = (MeetingPaper::Agenda, query.format());
    Ok(file(service::meeting_paper(&state.app, &viewer, &reference, wanted, now).await?))
}

/// Hands out the minutes as a document, a draft until the body has approved them; for members and the secretary.
#[utoipa::path(
    get, path = "/meetings/{reference}/minutes", operation_id = "getMinutes", tag = "meetings", params(InForm, ("reference" = String, Path, description = "Its reference", example = "M-2025-001")),
    security(("bearer" = [])), responses((status = 200, description = "The minutes", content_type = "text/html", body = String), OnPrivateRead)
)]
pub(super) async fn minutes(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    (SignedIn(viewer), Now(now)): (SignedIn, Now),
    Params(query): Params<InForm>,
) -> Result<Response, Refused> {
    let wanted = (MeetingPaper::Minutes, query.format());
    Ok(file(service::meeting_paper(&state.app, &viewer, &reference, wanted, now).await?))
}
