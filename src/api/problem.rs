//! Errors of the API: problem details (RFC 9457), from one mapping.
//!
//! What people can mend is told to them in full. What they cannot is logged once with the request's id, and only the id
//! is shown.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::openapi::{Content, RefOr, Response as ResponseDoc, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use super::kind::Kind;
use crate::service::{Fault, ServiceError};
use crate::workflow::{Missing, Refusal, Why};

/// The media type of problem details.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// Why a request was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "/api/v1/problems/not-allowed",
    "title": "Somebody else has to do this",
    "status": 403,
    "detail": "`Confirm receipt` is not for you to do. Who could: DCC. Rule R12.",
    "rule": "R12",
    "who_could": ["DCC"],
    "missing": [],
    "request_id": "5b0c0a0e-6f0e-4f3c-9a53-0d6e2f3f7c11"
}))]
pub struct Problem {
    /// What kind of problem it is; stable, and readable at this address.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong here and how to mend it.
    pub detail: String,
    /// The rule behind it.
    pub rule: Option<String>,
    /// Who could do it.
    pub who_could: Vec<String>,
    /// What is missing or wrong, item by item.
    pub missing: Vec<MissingItem>,
    /// Quote this when you ask for help; it is in the log.
    pub request_id: Option<String>,
}

/// Something missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MissingItem {
    /// The field, where it is one.
    pub field: Option<String>,
    /// What is wrong and how to mend it.
    pub what: String,
}

/// A problem on its way to the caller, with what only the log is told.
#[derive(Debug, Clone)]
pub(super) struct Refused {
    kind: Kind,
    problem: Box<Problem>,
    cause: Option<String>,
}

impl Refused {
    pub(super) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        let problem = Problem {
            kind: kind.address(),
            title: kind.title().to_owned(),
            status: kind.status().as_u16(),
            detail: detail.into(),
            rule: None,
            who_could: Vec::new(),
            missing: Vec::new(),
            request_id: None,
        };
        Self { kind, problem: Box::new(problem), cause: None }
    }

    /// A problem of one field.
    pub(super) fn of_field(kind: Kind, field: impl Into<String>, what: impl Into<String>) -> Self {
        let (field, what) = (field.into(), what.into());
        Self::new(kind, format!("{field}: {what}")).missing([MissingItem { field: Some(field), what }])
    }

    /// Something the caller cannot mend; `cause` goes to the log alone.
    pub(super) fn hidden(kind: Kind, cause: impl Into<String>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(kind, kind.meaning()) }
    }

    fn missing(mut self, missing: impl IntoIterator<Item = MissingItem>) -> Self {
        self.problem.missing = missing.into_iter().collect();
        self
    }

    /// What only the log is told.
    pub(super) fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// The answer, with the request's id in it.
    pub(super) fn answer(mut self, request_id: Option<&str>) -> Response {
        self.problem.request_id = request_id.map(str::to_owned);
        let mut response = (self.kind.status(), Json(&*self.problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        match self.kind {
            Kind::Unauthenticated => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"quorate\""));
            }
            Kind::Unavailable => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            _ => {}
        }
        response
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = self.clone().answer(None);
        response.extensions_mut().insert(self);
        response
    }
}

impl From<ServiceError> for Refused {
    fn from(error: ServiceError) -> Self {
        if let Some(fault) = error.fault() {
            return of_fault(fault, &error);
        }
        let detail = error.to_string();
        match error {
            ServiceError::Refused(refusal) => of_refusal(refusal, detail),
            ServiceError::Form(faults) => {
                let item = |fault: &crate::sip::FieldError| MissingItem {
                    field: Some(fault.field.clone()),
                    what: format!("{}; {}", fault.what, fault.mend),
                };
                Self::new(Kind::Invalid, detail).missing(faults.iter().map(item))
            }
            ServiceError::List(faults) => {
                let item = |fault: &crate::roster::Fault| MissingItem {
                    field: Some(fault.place()),
                    what: format!("{}; {}", fault.what, fault.mend),
                };
                Self::new(Kind::Invalid, detail).missing(faults.list.iter().map(item))
            }
            ServiceError::Wrong { field, what } => Self::of_field(Kind::Invalid, field, what),
            ServiceError::NotAllowed { could, .. } => {
                let mut refused = Self::new(Kind::NotAllowed, detail);
                refused.problem.who_could.push(could);
                refused
            }
            other => Self::new(plain_kind(&other), detail),
        }
    }
}

/// The kind of an error that has nothing more to say than its words.
fn plain_kind(error: &ServiceError) -> Kind {
    match error {
        ServiceError::NotFound { .. } => Kind::NotFound,
        ServiceError::Stale { .. } => Kind::Stale,
        ServiceError::KeyReused(_) => Kind::KeyReused,
        ServiceError::Migration(_) | ServiceError::Ballot(_) | ServiceError::Meeting(_) => Kind::Conflict,
        _ => Kind::Invalid,
    }
}

fn of_fault(fault: Fault, error: &ServiceError) -> Refused {
    match fault {
        Fault::Missing => Refused::new(Kind::NotFound, error.to_string()),
        Fault::InTheWay => Refused::new(Kind::Conflict, error.to_string()),
        Fault::Unavailable => Refused::hidden(Kind::Unavailable, error.to_string()),
        Fault::Internal => Refused::hidden(Kind::Internal, error.to_string()),
    }
}

fn of_refusal(refusal: Refusal, detail: String) -> Refused {
    let kind = match *refusal.why {
        Why::NotYou { .. } | Why::ByBallot { .. } => Kind::NotAllowed,
        Why::Incomplete | Why::Calendar { .. } => Kind::Invalid,
        _ => Kind::Conflict,
    };
    let item = |missing: Missing| MissingItem { field: missing.field, what: missing.what };
    let mut refused = Refused::new(kind, detail).missing(refusal.missing.into_iter().map(item));
    refused.problem.rule = refusal.rule;
    refused.problem.who_could = refusal.who_could;
    refused
}

/// The problems of a request that only reads.
pub(super) struct OnRead;

/// The problems of a request for one thing by name.
pub(super) struct OnFind;

/// The problems of a request that reads what is for certain people.
pub(super) struct OnPrivateRead;

/// The problems of a request that changes something.
pub(super) struct OnWrite;

const READ: [Kind; 4] = [Kind::Malformed, Kind::Unauthenticated, Kind::Internal, Kind::Unavailable];

impl IntoResponses for OnRead {
    fn responses() -> BTreeMap<String, RefOr<ResponseDoc>> {
        documented(&[Kind::Invalid])
    }
}

impl IntoResponses for OnFind {
    fn responses() -> BTreeMap<String, RefOr<ResponseDoc>> {
        documented(&[Kind::NotFound, Kind::Invalid])
    }
}

impl IntoResponses for OnPrivateRead {
    fn responses() -> BTreeMap<String, RefOr<ResponseDoc>> {
        documented(&[Kind::NotAllowed, Kind::NotFound])
    }
}

impl IntoResponses for OnWrite {
    fn responses() -> BTreeMap<String, RefOr<ResponseDoc>> {
        use Kind::{Conflict, Invalid, KeyReused, NotAllowed, NotFound, Stale, TooLarge, UnsupportedType};
        documented(&[NotAllowed, NotFound, Conflict, Stale, TooLarge, UnsupportedType, Invalid, KeyReused])
    }
}

fn documented(more: &[Kind]) -> BTreeMap<String, RefOr<ResponseDoc>> {
    let mut titles: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for kind in READ.iter().chain(more) {
        titles.entry(kind.status().as_u16()).or_default().push(kind.title());
    }
    let response = |(status, titles): (u16, Vec<&str>)| {
        let reference = utoipa::openapi::Ref::from_schema_name(Problem::name());
        let content = Content::new(Some(RefOr::Ref(reference)));
        let response = ResponseBuilder::new().description(titles.join("; or: ")).content(MEDIA_TYPE, content);
        (status.to_string(), RefOr::T(response.build()))
    };
    titles.into_iter().map(response).collect()
}

/// A kind of problem.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProblemKind {
    /// Its address, as problems give it under `type`.
    #[serde(rename = "type")]
    kind: String,
    /// What it is, in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What it means and what to do about it.
    meaning: &'static str,
}

impl From<Kind> for ProblemKind {
    fn from(kind: Kind) -> Self {
        Self { kind: kind.address(), title: kind.title(), status: kind.status().as_u16(), meaning: kind.meaning() }
    }
}

/// Lists every kind of problem the API answers with.
#[utoipa::path(
    get, path = "/problems", operation_id = "listProblems", tag = "about",
    responses((status = 200, description = "The kinds", body = [ProblemKind]))
)]
pub(super) async fn list() -> Json<Vec<ProblemKind>> {
    Json(Kind::ALL.into_iter().map(ProblemKind::from).collect())
}

/// Says what a kind of problem means.
#[utoipa::path(
    get, path = "/problems/{name}", operation_id = "explainProblem", tag = "about",
    params(("name" = String, Path, description = "The last part of a problem's `type`", example = "stale")),
    responses((status = 200, description = "The kind", body = ProblemKind), OnFind)
)]
pub(super) async fn explain(Path(name): Path<String>) -> Result<Json<ProblemKind>, Refused> {
    let found = Kind::ALL.into_iter().find(|kind| kind.name() == name);
    let missing =
        || Refused::new(Kind::NotFound, "There is no kind of problem of this name. List them at /api/v1/problems.");
    found.map(|kind| Json(kind.into())).ok_or_else(missing)
}

/// The answer to an address that leads nowhere.
pub(super) async fn no_such_address() -> Refused {
    Refused::new(Kind::NotFound, "There is nothing at this address. Every address is in /api/v1/openapi.json.")
}

/// The problem that stands for an answer some other part gave with a status alone.
pub(super) fn of_status(status: StatusCode) -> Refused {
    let kind = Kind::of_status(status);
    Refused::new(kind, kind.meaning())
}
