//! Pages: the public register, one page a case, the process with its diagram, and the baseline with its history.
//!
//! Server-rendered; every page works without scripts. Architecture invariant: a page shows what [`crate::service`] answers and decides
//! nothing.

mod address;
mod baseline;
mod mail;
mod pages;
mod redlines;
mod register;
mod templates;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;

use crate::clock::Clock;
use crate::redline::report::{REDLINE_SCRIPT, REDLINE_STYLE};
use crate::service::{App, ServiceError};
use templates::Pages;

/// Everything a page may load comes from here, and nothing written in a page runs.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What every page needs.
#[derive(Clone)]
struct Site {
    app: Arc<App>,
    clock: Clock,
    pages: Arc<Pages>,
}

/// The pages, to be served beside the API.
///
/// # Errors
///
/// A template cannot be read.
pub fn router(app: Arc<App>, clock: Clock) -> Result<Router, templates::TemplateError> {
    let site = Site { app, clock, pages: Arc::new(Pages::new()?) };
    Ok(Router::new()
        .route("/", get(register::register))
        .route("/cases/{reference}", get(pages::case))
        .route("/process", get(pages::process))
        .route("/brd", get(baseline::live))
        .route("/brd/versions/{version}", get(baseline::version))
        .route("/brd/items/{item}", get(baseline::item))
        .route("/brd/redline", get(redlines::versions))
        .route("/cases/{reference}/redline", get(redlines::case))
        .route("/notices", get(mail::how))
        .route("/notices/{token}/{topic}", get(mail::ask_to_stop).post(mail::stop))
        .route("/mail/{token}", get(mail::ask_to_confirm).post(mail::confirm))
        .route("/sip-form/{format}", get(mail::form))
        .route("/metrics", get(mail::metrics))
        .route("/assets/document.css", get(document_style))
        .route("/assets/redline.css", get(redline_style))
        .route("/assets/redline.js", get(redline_script))
        .route("/assets/style.css", get(style))
        .fallback(no_such_page)
        .with_state(site))
}

async fn no_such_page(State(site): State<Site>, uri: Uri) -> Response {
    site.problem(&ServiceError::NotFound { what: "page", name: uri.path().to_owned() })
}

async fn style() -> impl IntoResponse {
    style_sheet(templates::STYLE)
}

/// What documents within a page look like.
async fn document_style() -> impl IntoResponse {
    style_sheet(crate::document::STYLE_SHEET)
}

/// What a redline within a page looks like.
async fn redline_style() -> impl IntoResponse {
    style_sheet(REDLINE_STYLE)
}

/// What goes from change to change in a redline.
async fn redline_script() -> impl IntoResponse {
    asset("text/javascript; charset=utf-8", REDLINE_SCRIPT)
}

fn style_sheet(sheet: &'static str) -> impl IntoResponse {
    asset("text/css; charset=utf-8", sheet)
}

fn asset(media_type: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "public, max-age=3600")], text)
}

impl Site {
    fn page(&self, template: &str, data: &impl Serialize) -> Response {
        match self.pages.render(template, data, self.clock.now()) {
            Ok(html) => with_policy(Html(html).into_response()),
            Err(error) => {
                tracing::error!(template, %error, "a page could not be written");
                with_policy((StatusCode::INTERNAL_SERVER_ERROR, "This page could not be written.").into_response())
            }
        }
    }

    fn problem(&self, error: &ServiceError) -> Response {
        let (status, heading) = match error {
            ServiceError::NotFound { .. } => (StatusCode::NOT_FOUND, "Not found"),
            ServiceError::NotAllowed { .. } => (StatusCode::FORBIDDEN, "That is for others"),
            ServiceError::Wrong { .. } => (StatusCode::BAD_REQUEST, "That cannot be shown"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here"),
        };
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(%error, "a page could not be made");
        }
        let what = if status.is_server_error() { "It has been noted.".to_owned() } else { error.to_string() };
        let data = serde_json::json!({ "page_title": heading, "heading": heading, "what": what });
        let mut response = self.page("not_found", &data);
        *response.status_mut() = status;
        response
    }
}

fn with_policy(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}
