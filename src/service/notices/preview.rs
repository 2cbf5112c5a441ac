//! How a notice of a real case would read, for those who keep the process.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::app::App;
use super::super::error::ServiceError;
use super::super::loaded::load;
use super::super::reading::for_the_keepers;
use super::about;
use super::addressed::Kept;
use super::body::{self, Told};
use crate::actor::Actor;
use crate::notify::{Composer, Delivery, Letter, Outbox, Purpose};
use crate::workflow::NoticeName;

/// How a notice would read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoticePreview {
    /// The subject line.
    pub subject: String,
    /// The message as plain text.
    pub text: String,
    /// The message as a page.
    pub html: String,
}

/// How a notice of the definition of a case would read now, to somebody whose turn it is; for SECAS and DCC.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else; [`ServiceError::NotFound`] for a notice that the process of the case
/// does not have.
pub async fn preview_notice(
    app: &App,
    viewer: &Actor,
    (reference, notice): (&str, &str),
    now: DateTime<Utc>,
) -> Result<NoticePreview, ServiceError> {
    for_the_keepers(viewer)?;
    let letter = letter(app, viewer, (reference, notice), now).await?;
    let damaged = |error: crate::notify::ComposeError| ServiceError::damaged("the templates of e-mails", error);
    let composer = Composer::new("Quorate", "no-reply@quorate.example").map_err(damaged)?;
    let rendered = composer.render(&letter).map_err(damaged)?;
    Ok(NoticePreview { subject: rendered.subject, text: rendered.text, html: rendered.html })
}

/// Sends how a notice of a real case would read to an address, marked as a test; for SECAS and DCC. Nothing is queued and
/// nothing is recorded of the case.
///
/// # Errors
///
/// As [`preview_notice`]; [`ServiceError::Wrong`] with the mail server's words where it does not take it.
pub async fn send_test_notice(
    app: &App,
    outbox: &Outbox,
    viewer: &Actor,
    (reference, notice, address): (&str, &str, &str),
    now: DateTime<Utc>,
) -> Result<String, ServiceError> {
    for_the_keepers(viewer)?;
    let letter = letter(app, viewer, (reference, notice), now).await?;
    let letter = Letter { email: address.to_owned(), ..letter };
    match outbox.send(&letter).await {
        Delivery::Accepted(answer) => Ok(answer),
        Delivery::TryAgain(why) | Delivery::Refused(why) | Delivery::Unknown(why) => {
            Err(ServiceError::wrong("notice", why))
        }
    }
}

async fn letter(
    app: &App,
    viewer: &Actor,
    (reference, notice): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Letter, ServiceError> {
    let case = load(app, &app.store, reference).await?;
    let not_found = || ServiceError::NotFound { what: "notice of this process", name: notice.to_owned() };
    let spec = case.definition.notices.get(&NoticeName::new(notice)).ok_or_else(not_found)?;
    let words = Told { subject: &spec.subject, to: &spec.to, statutory: spec.statutory };
    let mut says = body::letter(app, &app.store, &case, (words, about(&case, None), &[]), now).await?;
    says.your_turn = true;
    let kept = Kept::of(spec.template.as_str(), &says)?;
    let id = format!("test-{}-{notice}-{}", case.record.id, now.timestamp_micros());
    let words = serde_json::Value::Object(kept.says);
    Ok(Letter {
        purpose: Purpose::Test,
        ..Letter::new(id, kept.template, &viewer.name, "nobody@quorate.example", now, words)
    })
}
