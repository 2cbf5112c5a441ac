//! The `OpenAPI` 3.1 document, put together from the routes themselves.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as OpenApiDocument, PathsBuilder};
use utoipa::{Modify, OpenApi};

use super::problem::Problem;
use super::{BASE, routes};
use crate::service::{CaseView, ClockView, HistoryEntry};

/// What the document says beside the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Quorate",
        description = "The governance of SSI Improvement Proposals (SIPs) under the Smart Energy Code: submit a SIP, \
            follow it, act on it, and read the public register.\n\n\
            Reading the register needs no token. Changing anything needs `Authorization: Bearer TOKEN`.\n\n\
            Every POST takes an `Idempotency-Key`: the same key with the same request is done once and answered alike. \
            Errors are problem details (RFC 9457); GET `/api/v1/problems` explains each kind. Dates are London dates, \
            instants are UTC. A list gives `next`; send it as `cursor` for the next page.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(Problem, CaseView, ClockView, HistoryEntry)),
    modifiers(&Bearer),
    tags(
        (name = "SIPs", description = "Submitting SIPs and finding them"),
        (name = "cases", description = "SIPs, consultations and process changes: reading them and acting on them"),
        (name = "consultations", description = "What Parties are asked, what they answer, and the collation of it"),
        (name = "people", description = "Organisations, people and contacts (R33)"),
        (name = "processes", description = "The processes themselves"),
        (name = "Working Days", description = "Counting Working Days"),
        (name = "bank holidays", description = "Editions of bank holidays"),
        (name = "committees", description = "The bodies that decide, their terms of reference and delegations (R5, R6)"),
        (name = "ballots", description = "Ballots, votes and what they come to (R50)"),
        (name = "meetings", description = "Meetings of the bodies: agenda, papers, attendance and minutes"),
        (name = "priorities", description = "The order in which SIPs are taken, and why (R23, R25)"),
        (name = "costs", description = "Impact Assessments, costs, budgets and hours of Planned Maintenance (R40, R48, R66)"),
        (name = "baseline", description = "The Baseline Requirements Document: versions, change sets, publishing (R55, R58)"),
        (name = "mail", description = "What people are told by e-mail, and what they mail (R11, R12, R33)"),
        (name = "journal", description = "The record of everything that happened"),
        (name = "jobs", description = "What comes round by itself: back-ups, reviews and reminders (R17, R33, R57)"),
        (name = "about", description = "The API itself")
    )
)]
pub(super) struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut OpenApiDocument) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The token you were given; it says who you are and which offices you hold."))
            .build();
        document.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

static JSON: LazyLock<String> = LazyLock::new(|| {
    let mut document = routes::routes().into_openapi();
    let relative = std::mem::replace(&mut document.paths, PathsBuilder::new().build());
    for (path, item) in relative.paths {
        document.paths.paths.insert(format!("{BASE}{path}"), item);
    }
    document.to_json().unwrap_or_default()
});

/// The document in JSON.
pub(super) fn json() -> &'static str {
    &JSON
}

/// Describes this API in `OpenAPI` 3.1.
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "getDocument", tag = "about",
    responses((status = 200, description = "The document", body = Object))
)]
pub(super) async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], json()).into_response()
}
