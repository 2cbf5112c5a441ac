//! What could not be delivered: seen by people, and sent again when they say so.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::Actor;
use crate::service::app::App;
use crate::service::call::Call;
use crate::service::directory::directory;
use crate::service::error::ServiceError;
use crate::service::reading::for_the_keepers;
use crate::service::settle::{Journalled, append};
use crate::store::{self, ArrivalStatus, NoticeRecord, NoticeStatus};

/// The most that are shown together.
const SHOWN: u32 = 500;

/// Notices that wait for a person, the latest first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MailWaiting {
    /// How many wait to be sent, by themselves.
    pub queued: u64,
    /// How many were given up.
    pub failed: u64,
    /// Of how many nobody knows whether they were delivered.
    pub unknown: u64,
    /// Those given up or unknown.
    pub notices: Vec<MailView>,
}

/// A notice that waits for a person.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MailView {
    /// Its id; its Message-ID is made from it.
    pub id: String,
    /// Who was to be told.
    pub recipient: String,
    /// The person's name; none for somebody who has gone.
    pub name: Option<String>,
    /// What it says, in one line.
    pub subject: String,
    /// `failed` or `unknown`.
    pub status: String,
    /// How often it was tried.
    pub attempts: i64,
    /// How many of these may have delivered it.
    pub doubtful: i64,
    /// When it was queued (UTC).
    pub queued_at: DateTime<Utc>,
    /// Why it was given up.
    pub why: Option<String>,
}

/// The notices that wait for a person; for SECAS and DCC.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else.
pub async fn mail_waiting(app: &App, viewer: &Actor) -> Result<MailWaiting, ServiceError> {
    for_the_keepers(viewer)?;
    let directory = directory(app, &app.store).await?;
    let mut notices = store::list_notices(&app.store, NoticeStatus::Failed, SHOWN).await?;
    notices.extend(store::list_notices(&app.store, NoticeStatus::Unknown, SHOWN).await?);
    notices.sort_by(|a, b| (b.queued_at, &b.id).cmp(&(a.queued_at, &a.id)));
    let view = |notice: NoticeRecord| MailView {
        name: directory.name(&notice.recipient).map(str::to_owned),
        subject: subject(&notice),
        id: notice.id,
        recipient: notice.recipient,
        status: notice.status.as_str().to_owned(),
        attempts: notice.attempts,
        doubtful: notice.doubtful,
        queued_at: notice.queued_at,
        why: notice.answer,
    };
    Ok(MailWaiting {
        queued: store::count_notices(&app.store, NoticeStatus::Queued).await?,
        failed: store::count_notices(&app.store, NoticeStatus::Failed).await?,
        unknown: store::count_notices(&app.store, NoticeStatus::Unknown).await?,
        notices: notices.into_iter().map(view).collect(),
    })
}

fn subject(notice: &NoticeRecord) -> String {
    let said = |name: &str| notice.body.get(name).and_then(|said| said.as_str()).unwrap_or_default();
    match said("reference") {
        "" => said("subject").to_owned(),
        reference => format!("{reference}: {}", said("subject")),
    }
}

/// Puts a notice that was given up, or of which nobody knows whether it was delivered, back into the queue; for SECAS
/// and DCC. It keeps its Message-ID.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else; [`ServiceError::NotFound`] when no such notice waits for a person.
pub async fn resend_notice(app: &App, call: &Call<'_>, id: &str) -> Result<(), ServiceError> {
    for_the_keepers(call.actor)?;
    let tx = app.store.write().await?;
    store::requeue_notice(&tx, id, call.now).await?;
    append(&tx, call.actor, call.now, Journalled::new(format!("notice/{id}"), "notice_resent", json!({}))).await?;
    tx.commit().await?;
    Ok(())
}

/// How many messages stand where: `queued`, `failed` and `unknown` of those to be sent; `waiting` and `unconfirmed` of
/// those that arrived.
///
/// # Errors
///
/// The database cannot be read.
pub async fn mail_figures(app: &App) -> Result<Vec<(&'static str, u64)>, ServiceError> {
    let mut figures = Vec::new();
    for status in [NoticeStatus::Queued, NoticeStatus::Claimed, NoticeStatus::Failed, NoticeStatus::Unknown] {
        figures.push((status.as_str(), store::count_notices(&app.store, status).await?));
    }
    for status in [ArrivalStatus::Waiting, ArrivalStatus::Unconfirmed] {
        figures.push((status.as_str(), store::count_arrivals(&app.store, status).await?));
    }
    Ok(figures)
}
