//! An installation with the built-in world, asked over HTTP without a network.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use http_body_util::BodyExt;
use quorate::api::{ApiState, router, without_pages};
use quorate::calendar::london_instant;
use quorate::clock::Clock;
use quorate::rehearsal::World;
use quorate::service::{App, Settings};
use serde_json::{Value, json};
use tower::ServiceExt;

pub(crate) const DANA: &str = "demo-dcc-dana";
pub(crate) const SOFIA: &str = "demo-secas-sofia";
pub(crate) const PRIYA: &str = "demo-northwind-priya";
pub(crate) const TOM: &str = "demo-brightwell-tom";
pub(crate) const MEI: &str = "demo-sharedserve-mei";

/// The day on which the tests begin, a Monday.
pub(crate) const MONDAY: &str = "2025-11-03";

/// An installation on a day.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    router: Router,
}

/// What came back.
#[derive(Debug)]
#[must_use]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

/// Ten o'clock in London on a date.
pub(crate) fn at(date: &str) -> DateTime<Utc> {
    let date: NaiveDate = date.parse().unwrap();
    london_instant(date, NaiveTime::from_hms_opt(10, 0, 0).unwrap())
}

impl Site {
    pub(crate) async fn new() -> Self {
        Self::at_url("sqlite::memory:").await
    }

    pub(crate) async fn at_url(url: &str) -> Self {
        let app = App::open(url, Settings::default(), at(MONDAY)).await.unwrap();
        World::built_in().unwrap().add_to(&app, at(MONDAY)).await.unwrap();
        Self::of(Arc::new(app), MONDAY)
    }

    /// The same with the bodies entered, so that their members hold their offices.
    pub(crate) async fn with_bodies() -> Self {
        let site = Self::new().await;
        let sofia = World::built_in().unwrap().actors().remove("sofia").unwrap();
        let call = quorate::service::Call::new(&sofia, at(MONDAY));
        quorate::rehearsal::establish(&site.app, &call, MONDAY.parse().unwrap(), &[]).await.unwrap();
        site
    }

    pub(crate) fn of(app: Arc<App>, date: &str) -> Self {
        let state = ApiState { app: app.clone(), clock: Clock::showing(at(date)) };
        Self { app, router: router(state).merge(without_pages()) }
    }

    /// The same installation on another day.
    pub(crate) fn on(&self, date: &str) -> Self {
        Self::of(self.app.clone(), date)
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        answer(self.router.clone(), request).await
    }

    /// A page, as a reader opens it who has not signed in.
    pub(crate) async fn page(&self, path: &str) -> Answer {
        self.page_with(Method::GET, path, Body::empty()).await
    }

    /// A page, asked for with a body.
    pub(crate) async fn page_with(&self, method: Method, path: &str, body: Body) -> Answer {
        let pages = quorate::web::router(self.app.clone(), Clock::showing(at(MONDAY))).unwrap();
        let request = Request::builder().method(method).uri(path).header(header::HOST, "quorate.example");
        answer(pages, request.body(body).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(request(Method::GET, path, &[], Body::empty())).await
    }

    pub(crate) async fn get_as(&self, token: &str, path: &str) -> Answer {
        self.get_with(path, &[("authorization", &format!("Bearer {token}"))]).await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request(Method::GET, path, headers, Body::empty())).await
    }

    pub(crate) async fn post(&self, token: &str, path: &str, body: &Value) -> Answer {
        self.post_with(token, path, &[], body.to_string()).await
    }

    pub(crate) async fn post_with(
        &self,
        token: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let bearer = format!("Bearer {token}");
        let usual = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        self.send(request(Method::POST, path, &[&usual, headers].concat(), body.into())).await
    }

    /// Submits the usual form and gives its reference.
    pub(crate) async fn submitted(&self) -> String {
        self.post(PRIYA, "/sips", &form()).await.created()["reference"].as_str().unwrap().to_owned()
    }

    /// A SIP that DCC is validating.
    pub(crate) async fn in_validation(&self) -> String {
        let reference = self.submitted().await;
        let acknowledged = self.act(DANA, &reference, "acknowledge", &json!({})).await;
        assert_eq!(acknowledged.ok()["state"], "validation");
        reference
    }

    pub(crate) async fn act(&self, token: &str, reference: &str, action: &str, fields: &Value) -> Answer {
        self.post(token, &format!("/cases/{reference}/actions/{action}"), fields).await
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    #[track_caller]
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        self.json()
    }

    #[track_caller]
    pub(crate) fn created(&self) -> Value {
        assert_eq!(self.status, StatusCode::CREATED, "{}", self.text);
        self.json()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The problem, after checking everything that all problems share.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16, kind: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        let problem = self.json();
        assert_eq!(problem["type"], format!("/api/v1/problems/{kind}"), "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()));
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
        problem
    }

    /// The fields a problem names.
    pub(crate) fn fields_named(&self) -> Vec<String> {
        let problem = self.json();
        let items = problem["missing"].as_array().unwrap();
        items.iter().filter_map(|item| item["field"].as_str()).map(str::to_owned).collect()
    }
}

async fn answer(router: Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let (bytes, text) = (bytes.to_vec(), String::from_utf8_lossy(&bytes).into_owned());
    Answer { status: parts.status, headers: parts.headers, text, bytes }
}

/// A request to the API; `path` is relative to its base.
pub(crate) fn request(method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.header(header::HOST, "quorate.example").body(body).unwrap()
}

/// A complete form.
pub(crate) fn form() -> Value {
    json!({
        "proposer": { "organisation": "Northwind Energy Supply", "category": "Large Supplier",
            "contact": { "name": "Priya Nair", "email": "priya.nair@northwind.example" } },
        "title": "Show the coverage history of a postcode",
        "description": "Installers visit twice because they cannot see that coverage has just been lost.",
        "benefits": ["Fewer visits in vain"],
        "impacted_parties": ["Large Supplier", "Small Supplier"],
        "change_type": "amend",
        "requirements": { "amend": ["SSI-FR-13"] },
        "functional_components": ["UC_Coverage_001"],
        "domain": "BFD07",
        "systems": ["SSI"],
        "timescale": { "develop_weeks": "3", "deploy_weeks": "1" },
        "urgent": "no",
        "anticipated_cost": { "low": "8,000", "high": "15,000" },
        "changes": { "connection": "no", "access_rights": "no", "role_and_domain_tables": "no" }
    })
}

/// The usual form with some parts laid over it.
pub(crate) fn form_with(parts: &Value) -> Value {
    let mut form = form();
    form.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
    form
}

/// A mark by every published criterion, 33 of 61 in all, each for this reason.
pub(crate) fn marks(because: &str) -> Value {
    let given = [("duty", 0), ("party_benefit", 4), ("breadth", 3), ("value", 3), ("readiness", 2)];
    given.iter().map(|(key, mark)| ((*key).to_owned(), json!({ "mark": mark, "because": because }))).collect()
}

/// Everything DCC fills in to accept a SIP.
pub(crate) fn acceptance() -> Value {
    json!({
        "requirements_clear": "yes", "within_ssi_capability": "yes", "business_functional_domain": "BFD07",
        "impact_on_systems": "SSI only.", "impact_on_parties": "Suppliers see clearer coverage results.",
        "impact_on_sips": ["none under consideration"], "cost": { "low": "8000", "high": "15,000" },
        "marks": marks("Wanted by installers."),
        "develop_weeks": 3, "deploy_weeks": 1
    })
}
