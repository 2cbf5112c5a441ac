//! What comes round by itself: back-ups, reviews, reminders and housekeeping.

use axum::Json;
use axum::extract::State;

use super::ApiState;
use super::problem::{OnPrivateRead, Refused};
use super::request::{Now, Params, SignedIn};
use super::schemas::Nothing;
use crate::service::{self, JobView};

/// Lists what comes round: when, what came of the last run, and when it is next. For SECAS and DCC.
#[utoipa::path(
    get, path = "/jobs", operation_id = "listJobs", tag = "jobs", security(("bearer" = [])),
    responses((status = 200, description = "What comes round", body = [JobView]), OnPrivateRead)
)]
pub(super) async fn list(
    State(state): State<ApiState>,
    Now(now): Now,
    Params(Nothing {}): Params<Nothing>,
    SignedIn(viewer): SignedIn,
) -> Result<Json<Vec<JobView>>, Refused> {
    Ok(Json(service::jobs_seen(&state.app, &viewer, now).await?))
}
