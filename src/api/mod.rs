//! The HTTP API: JSON under `/api/v1`, described by the `OpenAPI` document it serves itself.
//!
//! Reading the register needs no token; changing anything does. A handler takes the request apart, calls
//! [`crate::service`] and puts the answer together; errors become problem details (RFC 9457) in one place.
//!
//! Architecture invariant: no rule of the process and no question to the database lives here, and nothing is changed
//! except through the one extractor for changes, which cannot be had without an [`Actor`](crate::actor::Actor).

mod ballots;
mod bank_holidays;
mod baseline;
mod cases;
mod changes;
mod committees;
mod consultations;
mod costs;
mod definitions;
mod delegations;
mod document;
mod envelope;
mod etag;
mod jobs;
mod journal;
mod kind;
mod mail;
mod meeting_bodies;
mod meetings;
mod opening;
mod papers;
mod people;
mod priorities;
mod problem;
mod read_json;
mod redlines;
mod request;
mod responses;
mod routes;
mod schemas;
mod serving;
mod working_days;

use std::sync::Arc;

use axum::Router;

pub use problem::{MissingItem, Problem};
pub use serving::{ServeError, serve};

use crate::clock::Clock;
use crate::service::App;

/// Where the API is.
pub const BASE: &str = "/api/v1";

/// What every request has at hand.
#[derive(Clone)]
pub struct ApiState {
    /// The installation.
    pub app: Arc<App>,
    /// Tells the time, once a request.
    pub clock: Clock,
}

/// Every route of the API under [`BASE`], to be merged with the pages. An unknown address under it is answered with a
/// problem; others are left to whoever serves the pages.
pub fn router(state: ApiState) -> Router {
    let (api, _) = routes::routes().split_for_parts();
    let api = api.fallback(problem::no_such_address);
    Router::new().nest(BASE, envelope::wrap(api, &state).with_state(state))
}

/// Stands in for the pages where there are none: every address outside the API is answered with a problem.
pub fn without_pages() -> Router {
    envelope::answering(Router::new().fallback(problem::no_such_address))
}

/// The `OpenAPI` 3.1 document of the API, in JSON.
pub fn document() -> &'static str {
    document::json()
}
