//! Meetings of the bodies: calling them, agenda and papers, the session, the minutes.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Deserializer};
use utoipa::{IntoParams, ToSchema};

use super::ApiState;
use super::problem::{OnFind, OnRead, OnWrite, Refused};
use super::read_json::Day;
use super::request::{Now, Params, Viewer, Write};
use crate::calendar::WorkingDays;
use crate::committee::meeting::Capacity;
use crate::committee::{Coming, Then};
use crate::service::{
    self, MeetingCall, MeetingEntry, MeetingMove, MeetingView, NewAgendaItem, NewMeetingPaper, ServiceError,
};

/// Of which body.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OfBody {
    /// The body; every body where absent.
    #[param(example = "operations_group")]
    body: Option<String>,
}

/// A London time as people write it, HH:MM.
#[derive(Debug, Clone, Copy)]
pub(super) struct Time(NaiveTime);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unreadable = |_| serde::de::Error::custom(format!("`{text}` is not a time of day; write it as 10:00"));
        NaiveTime::parse_from_str(&text, "%H:%M").map(Self).map_err(unreadable)
    }
}

/// A meeting to be called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "body": "operations_group", "on": "2025-11-12", "at": "10:00", "place": "Room 4" }))]
pub(super) struct MeetingToCall {
    /// The body.
    body: String,
    /// The London date.
    #[schema(value_type = String, format = Date)]
    on: Day,
    /// The London time at which it begins.
    #[schema(value_type = String)]
    at: Time,
    /// The room, or how to join; shown to members and the secretary only.
    place: String,
    /// How many Working Days before it papers are out; 5 where absent.
    papers_before: Option<u16>,
    /// Why it is not on a Working Day, or at so short a notice, where that is so.
    reason: Option<String>,
}

/// Another date, time or place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "on": "2025-11-13", "reason": "The room is taken." }))]
pub(super) struct MeetingToMove {
    /// The London date; as it was where absent.
    #[schema(value_type = Option<String>, format = Date)]
    on: Option<Day>,
    /// The London time at which it begins; as it was where absent.
    #[schema(value_type = Option<String>)]
    at: Option<Time>,
    /// The room, or how to join; as it was where absent.
    place: Option<String>,
    /// How many Working Days before it papers are out; 5 where absent.
    papers_before: Option<u16>,
    /// Why it moves.
    reason: String,
}

/// A reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "There is nothing to decide." }))]
pub(super) struct Because {
    /// The reason.
    reason: String,
}

/// An item for an agenda: a case that waits for the body, or anything else with a title.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "case": "SIP-0001", "reason": "The Impact Assessment has come." }))]
pub(super) struct ItemToAdd {
    /// The reference or number of a case that waits for a determination of the body.
    case: Option<String>,
    /// What it is about; everybody can read it. Needed unless a case is given.
    title: Option<String>,
    /// Why it is added.
    reason: String,
}

/// A paper for an item.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "item": 3, "reference": "OPSG_12_1211_03", "title": "SIP-0001" }))]
pub(super) struct PaperToAdd {
    /// The number of the item.
    item: u32,
    /// Its reference.
    reference: String,
    /// Its title.
    title: String,
    /// The SHA-256 of its content, in hexadecimal.
    digest: Option<String>,
    /// Why it is late; needed after paper day, and once papers are out.
    late_because: Option<String>,
}

/// Something to be entered while a body meets: exactly one of these.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
#[schema(example = json!({ "arrived": { "person": "priya", "as": "member" } }))]
pub(super) enum InSession {
    /// Somebody came.
    Arrived {
        /// Who.
        person: String,
        /// `member`, `alternate` or `observer`.
        #[serde(rename = "as")]
        #[schema(value_type = String)]
        capacity: Capacity,
        /// When (UTC); now where absent.
        at: Option<DateTime<Utc>>,
    },
    /// Somebody left.
    Left {
        /// Who.
        person: String,
        /// `member`, `alternate` or `observer`, as they came.
        #[serde(rename = "as")]
        #[schema(value_type = String)]
        capacity: Capacity,
        /// When (UTC); now where absent.
        at: Option<DateTime<Utc>>,
    },
    /// An interest in an item, and whether the person takes no part because of it.
    Interest {
        /// The number of the item.
        item: u32,
        /// Whose; you where absent.
        person: Option<String>,
        /// The interest, in words.
        interest: String,
        /// Whether the person takes no part.
        recused: bool,
    },
    /// What was said on an item.
    Note {
        /// The number of the item.
        item: u32,
        /// What was said.
        text: String,
    },
    /// What was agreed to be done on an item.
    Action {
        /// The number of the item.
        item: u32,
        /// Who does it: a person or an office.
        owner: String,
        /// What is done.
        what: String,
        /// The London date by which.
        #[schema(value_type = Option<String>, format = Date)]
        by: Option<Day>,
    },
}

impl From<InSession> for MeetingEntry {
    fn from(entry: InSession) -> Self {
        match entry {
            InSession::Arrived { person, capacity, at } => {
                Self::Attendance { person, capacity, what: Coming::Arrived, at }
            }
            InSession::Left { person, capacity, at } => Self::Attendance { person, capacity, what: Coming::Left, at },
            InSession::Interest { item, person, interest, recused } => {
                Self::Interest { item, person, interest, then: if recused { Then::Recused } else { Then::Stays } }
            }
            InSession::Note { item, text } => Self::Note { item, text },
            InSession::Action { item, owner, what, by } => Self::Action { item, owner, what, by: by.map(|day| day.0) },
        }
    }
}

/// A step of a meeting that is taken as it is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = json!("send_papers"))]
pub(super) enum Step {
    /// Agenda and papers go out.
    SendPapers,
    /// The session begins.
    OpenSession,
    /// The session ends.
    CloseSession,
    /// The draft minutes go out.
    SendMinutes,
}

/// The next step of a meeting.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "step": "send_papers" }))]
pub(super) struct ToStep {
    /// The step.
    step: Step,
}

/// A correction of draft minutes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "item": 3, "text": "The member for small Suppliers asked what it costs to run." }))]
pub(super) struct ToCorrect {
    /// The number of the item; absent where it is about the whole.
    item: Option<u32>,
    /// What the minutes should say.
    text: String,
}

/// An approval of minutes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "on": "2025-12-10", "at": "M-2025-002" }))]
pub(super) struct ToApprove {
    /// The London date on which the body approved them.
    #[schema(value_type = String, format = Date)]
    on: Day,
    /// The later meeting at which it did.
    at: Option<String>,
}

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
    let MeetingToCall { body, on, at, place, papers_before, reason } = body;
    let papers_before = papers_before.map(WorkingDays::new);
    let given = MeetingCall { body, on: on.0, at: at.0, place, papers_before, reason };
    Ok((StatusCode::CREATED, Json(service::call_meeting(&state.app, &asked.call(), given).await?)))
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
    let MeetingToMove { on, at, place, papers_before, reason } = body;
    let papers_before = papers_before.map(WorkingDays::new);
    let to = MeetingMove { on: on.map(|day| day.0), at: at.map(|time| time.0), place, papers_before, reason };
    Ok(Json(service::move_meeting(&state.app, &asked.call(), &reference, to).await?))
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
    let Write { asked, body: ItemToAdd { case, title, reason } } = write;
    let new = NewAgendaItem { case, title, reason };
    Ok(Json(service::add_agenda_item(&state.app, &asked.call(), &reference, new).await?))
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
    let Write { asked, body: PaperToAdd { item, reference: named, title, digest, late_because } } = write;
    let paper = NewMeetingPaper { item, reference: named, title, digest, late_because };
    Ok(Json(service::add_meeting_paper(&state.app, &asked.call(), &reference, paper).await?))
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
