//! Redlines: of two versions of the baseline, of what a SIP makes of it, of what those of a consultation make of it.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::Site;
use super::address::encoded;
use crate::redline::report::to_redline_article;
use crate::service::{self, RedlineOf, ServiceError};

/// Which versions to compare.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    from: String,
    to: String,
}

/// The redline of two versions; up to the live one where the second is not given.
pub(super) async fn versions(State(site): State<Site>, Query(asked): Query<Asked>) -> Response {
    let newer = Some(asked.to.trim()).filter(|to| !to.is_empty());
    let made = service::version_redline(&site.app, asked.from.trim(), newer).await;
    let files = format!(
        "/api/v1/baseline/versions/{}/redline/{}",
        encoded(newer.unwrap_or("live")),
        encoded(asked.from.trim())
    );
    shown(&site, made, ("/brd", "Baseline Requirements Document"), &files)
}

/// The redline of a SIP, or of the SIPs of a consultation together.
pub(super) async fn case(State(site): State<Site>, Path(reference): Path<String>) -> Response {
    let back = format!("/cases/{}", encoded(&reference));
    match of_case(&site, &reference).await {
        Ok((made, of)) => {
            let files = format!("/api/v1/{of}/{}/redline", encoded(&reference));
            shown(&site, Ok(made), (&back, &reference), &files)
        }
        Err(error) => site.problem(&error),
    }
}

async fn of_case(site: &Site, reference: &str) -> Result<(RedlineOf, &'static str), ServiceError> {
    let seen = service::case_seen(&site.app, None, reference, site.clock.now()).await?;
    if seen.process == service::CONSULTATION_PROCESS {
        return Ok((service::consultation_redline(&site.app, reference).await?, "consultations"));
    }
    Ok((service::sip_redline(&site.app, reference).await?, "sips"))
}

fn shown(site: &Site, made: Result<RedlineOf, ServiceError>, back: (&str, &str), files: &str) -> Response {
    match made.and_then(|made| data(&made, back, files)) {
        Ok(data) => site.page("redline", &data),
        Err(error) => site.problem(&error),
    }
}

fn data(made: &RedlineOf, (back, above): (&str, &str), files: &str) -> Result<Json, ServiceError> {
    let report = made.report()?;
    let versions = made.versions();
    let file = |(format, title): (&str, &str)| json!({ "href": format!("{files}?format={format}"), "title": title });
    let forms = [("docx", "Word, with tracked changes"), ("pdf", "PDF"), ("html", "one page"), ("json", "JSON")];
    Ok(json!({
        "page_title": format!("Redline: {} to {}", versions.older, versions.newer),
        "title": format!("From {} to {}", versions.older, versions.newer),
        "back": back,
        "above": above,
        "files": forms.map(file),
        "redline": to_redline_article(&report, versions),
    }))
}
