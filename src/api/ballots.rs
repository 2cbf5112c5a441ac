//! Ballots, votes and what they come to (R50).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::ApiState;
use super::problem::{OnFind, OnWrite, Refused};
use super::read_json::Day;
use super::request::{Params, Viewer, Write};
use crate::committee::{Choice, Coming, Mode, Paper, Reasons, Then};
use crate::service::{
    self, BallotEntry, BallotView, DeterminationView, Escalation, NewBallot, NewVote, Receipt, ServiceError,
};

/// On which case.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OnCase {
    /// The reference or number of a case; every case where absent.
    #[param(example = "SIP-0001")]
    case: Option<String>,
}

/// A ballot to be opened: at a meeting, or by correspondence until 17:00 of a day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "case": "SIP-0001", "meeting": "OPSG 12", "papers": ["OPSG-12-04"],
    "proposed": { "escalate": { "options_sought": "Approve or reject." } } }))]
pub(super) struct BallotToOpen {
    /// The case whose determination is awaited.
    case: String,
    /// The question, where it is more than the point and the case.
    question: Option<String>,
    /// The meeting; leave it out for a ballot by correspondence.
    meeting: Option<String>,
    /// The London date on which a ballot by correspondence closes at 17:00.
    #[schema(value_type = Option<String>, format = Date)]
    closes_on: Option<Day>,
    /// What each option proposes to be filled in if it is chosen, by the name of the option and of the field.
    #[serde(default)]
    #[schema(value_type = Object)]
    proposed: BTreeMap<String, BTreeMap<String, Value>>,
    /// The papers before the body.
    #[serde(default)]
    papers: Vec<String>,
}

impl BallotToOpen {
    fn read(self) -> Result<NewBallot, ServiceError> {
        let mode = match (self.meeting, self.closes_on) {
            (Some(reference), None) => Mode::Meeting { reference },
            (None, Some(day)) => Mode::Correspondence { closes_on: day.0 },
            _ => {
                let what = "give either the meeting, or the day a ballot by correspondence closes".to_owned();
                return Err(ServiceError::Wrong { field: "meeting".to_owned(), what });
            }
        };
        let paper = |reference| Paper { reference, digest: None };
        let papers = self.papers.into_iter().map(paper).collect();
        Ok(NewBallot { case: self.case, question: self.question, mode, proposed: self.proposed, papers })
    }
}

/// A vote.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "choice": "approve", "reason": "The cost is small." }))]
pub(super) struct VoteToGive {
    /// An option of the ballot, `abstain`, or `against` where there is one option only.
    choice: String,
    /// Why; members and secretary read it.
    reason: Option<String>,
    /// The member whose seat it is; needed only of an alternate named for several.
    seat: Option<String>,
    /// Whose vote this is, where the secretary records it at a meeting.
    recorded_for: Option<String>,
}

impl From<VoteToGive> for NewVote {
    fn from(vote: VoteToGive) -> Self {
        let choice = match vote.choice.as_str() {
            "abstain" => Choice::Abstain,
            "against" => Choice::Against,
            _ => Choice::For(vote.choice),
        };
        Self { choice, reason: vote.reason, seat: vote.seat, recorded_for: vote.recorded_for }
    }
}

/// Something to be entered in a ballot: exactly one of these.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
#[schema(example = json!({ "interest": { "interest": "My employer proposed it.", "recused": true } }))]
pub(super) enum Entry {
    /// An interest, and whether the person takes no part because of it.
    Interest {
        /// Whose; you where absent.
        person: Option<String>,
        /// The interest, in words.
        interest: String,
        /// Whether the person takes no part.
        recused: bool,
    },
    /// Somebody came to the meeting.
    Arrived {
        /// Who.
        person: String,
        /// When (UTC); now where absent.
        at: Option<DateTime<Utc>>,
    },
    /// Somebody left the meeting.
    Left {
        /// Who.
        person: String,
        /// When (UTC); now where absent.
        at: Option<DateTime<Utc>>,
    },
    /// A member will be absent from a ballot by correspondence.
    Absent {
        /// The member; you where absent.
        member: Option<String>,
    },
    /// The reasons of the body.
    Reasons {
        /// The option they belong to; any where absent.
        option: Option<String>,
        /// The reasons.
        reasons: String,
        /// The conditions.
        conditions: Option<String>,
    },
}

impl From<Entry> for BallotEntry {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Interest { person, interest, recused } => {
                Self::Interest { person, interest, then: if recused { Then::Recused } else { Then::Stays } }
            }
            Entry::Arrived { person, at } => Self::Attendance { person, what: Coming::Arrived, at },
            Entry::Left { person, at } => Self::Attendance { person, what: Coming::Left, at },
            Entry::Absent { member } => Self::Absence { member },
            Entry::Reasons { option, reasons, conditions } => Self::Reasons(Reasons { option, reasons, conditions }),
        }
    }
}

/// Nothing more to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({}))]
pub(super) struct Close {}

/// An escalation to the Panel.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reasons": "Two for, two against.", "options_sought": "Approve or reject." }))]
pub(super) struct ToEscalate {
    /// Why no decision could be formed.
    reasons: String,
    /// The options sought from the Panel.
    options_sought: String,
    /// The papers that go with it.
    papers: Option<String>,
}

/// Lists the ballots, all or on one case.
///
/// Everybody reads the count and its reasoning once a ballot is over. Who voted how is for the members of the body and
/// its secretary; while it is open nobody but the secretary and the voter reads a vote.
#[utoipa::path(
    get, path = "/ballots", operation_id = "listBallots", tag = "ballots", params(OnCase),
    responses((status = 200, description = "The ballots", body = [BallotView]), OnFind)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Viewer(viewer): Viewer,
    Params(query): Params<OnCase>,
) -> Result<Json<Vec<BallotView>>, Refused> {
    Ok(Json(service::ballots(&state.app, query.case.as_deref(), viewer.as_ref()).await?))
}

/// Shows a ballot.
#[utoipa::path(
    get, path = "/ballots/{reference}", operation_id = "getBallot", tag = "ballots",
    params(("reference" = String, Path, description = "Its reference", example = "B-2025-001")),
    responses((status = 200, description = "The ballot", body = BallotView), OnFind)
)]
pub(super) async fn find(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    Viewer(viewer): Viewer,
) -> Result<Json<BallotView>, Refused> {
    Ok(Json(service::ballot(&state.app, &reference, viewer.as_ref()).await?))
}

/// Puts a question to the body whose determination a case waits for; for SECAS.
///
/// The options are exactly those of that body at that point. The terms of reference and the electorate are frozen.
#[utoipa::path(
    post, path = "/ballots", operation_id = "openBallot", tag = "ballots", request_body = BallotToOpen,
    security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")),
    responses((status = 201, description = "Opened", body = BallotView), OnWrite)
)]
pub(super) async fn open(
    State(state): State<ApiState>,
    write: Write<BallotToOpen>,
) -> Result<(StatusCode, Json<BallotView>), Refused> {
    let Write { asked, body } = write;
    let ballot = service::open_ballot(&state.app, &asked.call(), body.read()?).await?;
    Ok((StatusCode::CREATED, Json(ballot)))
}

/// Votes; for members, for alternates of absent members, and for SECAS recording the vote of somebody at a meeting.
///
/// A vote may be changed until the close; the last one counts.
#[utoipa::path(
    post, path = "/ballots/{reference}/votes", operation_id = "vote", tag = "ballots", request_body = VoteToGive,
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "B-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Entered", body = BallotView), OnWrite)
)]
pub(super) async fn vote(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<VoteToGive>,
) -> Result<Json<BallotView>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::vote(&state.app, &asked.call(), &reference, body.into()).await?))
}

/// Gives the casting vote of the chair, or of the deputy while the chair is absent; `abstain` declines it.
#[utoipa::path(
    post, path = "/ballots/{reference}/casting-vote", operation_id = "giveCastingVote", tag = "ballots",
    request_body = VoteToGive, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "B-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Given", body = BallotView), OnWrite)
)]
pub(super) async fn casting_vote(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<VoteToGive>,
) -> Result<Json<BallotView>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::casting_vote(&state.app, &asked.call(), &reference, body.into()).await?))
}

/// Enters an interest, attendance, an absence or the reasons of the body in an open ballot.
#[utoipa::path(
    post, path = "/ballots/{reference}/entries", operation_id = "enterInBallot", tag = "ballots",
    request_body = Entry, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "B-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Entered", body = BallotView), OnWrite)
)]
pub(super) async fn enter(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<Entry>,
) -> Result<Json<BallotView>, Refused> {
    let Write { asked, body } = write;
    Ok(Json(service::enter_in_ballot(&state.app, &asked.call(), &reference, body.into()).await?))
}

/// Closes and counts a ballot; for SECAS. The result alone takes the option in the case it is about.
#[utoipa::path(
    post, path = "/ballots/{reference}/close", operation_id = "closeBallot", tag = "ballots", request_body = Close,
    security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference", example = "B-2025-001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Counted", body = BallotView), OnWrite)
)]
pub(super) async fn close(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<Close>,
) -> Result<Json<BallotView>, Refused> {
    let Write { asked, body: Close {} } = write;
    Ok(Json(service::close_ballot(&state.app, &asked.call(), &reference).await?))
}

/// Escalates what a body could not decide to the Panel; for SECAS (R41).
#[utoipa::path(
    post, path = "/cases/{reference}/escalation", operation_id = "escalate", tag = "ballots",
    request_body = ToEscalate, security(("bearer" = [])),
    params(
        ("reference" = String, Path, description = "Its reference or number", example = "SIP-0001"),
        ("Idempotency-Key" = Option<String>, Header, description = "Do this at most once under this key")
    ),
    responses((status = 200, description = "Escalated", body = Receipt), OnWrite)
)]
pub(super) async fn escalate(
    State(state): State<ApiState>,
    Path(reference): Path<String>,
    write: Write<ToEscalate>,
) -> Result<Json<Receipt>, Refused> {
    let Write { asked, body } = write;
    let ToEscalate { reasons, options_sought, papers } = body;
    let given = Escalation { reasons, options_sought, papers };
    Ok(Json(service::escalate(&state.app, &asked.call(), &reference, given).await?))
}

/// Lists what every counted ballot came to, all or on one case.
#[utoipa::path(
    get, path = "/determinations", operation_id = "listDeterminations", tag = "ballots", params(OnCase),
    responses((status = 200, description = "The determinations", body = [DeterminationView]), OnFind)
)]
pub(super) async fn determinations(
    State(state): State<ApiState>,
    Params(query): Params<OnCase>,
) -> Result<Json<Vec<DeterminationView>>, Refused> {
    Ok(Json(service::determinations(&state.app, query.case.as_deref()).await?))
}
