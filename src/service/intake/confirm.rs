//! A sender says that a form is theirs, by the link that was mailed to their address.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::super::app::App;
use super::super::call::Receipt;
use super::super::error::ServiceError;
use super::super::settle::{Journalled, append};
use super::answers::TO_CONFIRM;
use super::forms::forms;
use super::{MailDoor, decode, encode, sender, submit};
use crate::calendar::{date_words, london_date};
use crate::intake::read;
use crate::store::{self, ArrivalRecord, ArrivalStatus, Source};

/// A form that waits for its sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToConfirm {
    /// The address it came from.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// The London day it counts as sent, in words.
    pub sent_on: String,
}

/// What the owner of a link is asked to confirm.
///
/// # Errors
///
/// [`ServiceError::NotFound`] for a link that is nobody's, or that was used or has run out.
pub async fn sender_to_confirm(app: &App, token: &str, now: DateTime<Utc>) -> Result<ToConfirm, ServiceError> {
    let arrival = waiting(&app.store, token, now).await?;
    let sent = decode(&arrival).sent_at.unwrap_or(arrival.received_at);
    Ok(ToConfirm { sender: arrival.sender, subject: arrival.subject, sent_on: date_words(london_date(sent)) })
}

/// Submits the form that waits for its sender. It counts as sent when its message was (R12).
///
/// # Errors
///
/// As [`sender_to_confirm`]; also where the sender is no nominated contact any more.
pub async fn confirm_sender(
    app: &App,
    door: &MailDoor,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Receipt, ServiceError> {
    let tx = app.store.write().await?;
    let mut arrival = waiting(&tx, token, now).await?;
    let damaged = |why: String| ServiceError::damaged("a message that arrived", why);
    let arrived = read(&arrival.raw, arrival.received_at, &door.door).map_err(|error| damaged(error.to_string()))?;
    let forms = forms(&arrived);
    let form = forms.iter().find(|form| form.sip.is_some());
    let sender = sender::known(app, &tx, &arrival.sender).await?;
    if sender.actor.is_none() {
        let could = "a nominated contact of a Party".to_owned();
        return Err(ServiceError::NotAllowed { who: arrival.sender, could });
    }
    let mut found = decode(&arrival);
    let sent_at = found.sent_at.unwrap_or(arrival.received_at);
    let receipt = submit(app, &tx, (form, &sender), (sent_at, now)).await?;
    found.what = format!("Its sender confirmed it, and it was submitted as {}.", receipt.reference);
    arrival.status = ArrivalStatus::Submitted;
    arrival.token = None;
    arrival.case_id = Some(receipt.reference.to_lowercase());
    arrival.body = encode(&found)?;
    store::update_arrival(&tx, &arrival).await?;
    let actor = sender.actor.unwrap_or_else(crate::actor::Actor::system);
    let payload = serde_json::json!({ "case": arrival.case_id });
    append(&tx, &actor, now, Journalled::new(format!("mail/{}", arrival.id), "mail_confirmed", payload)).await?;
    tx.commit().await?;
    Ok(receipt)
}

async fn waiting(source: &impl Source, token: &str, now: DateTime<Utc>) -> Result<ArrivalRecord, ServiceError> {
    let not_found = || ServiceError::NotFound { what: "form waiting for its sender", name: "this link".to_owned() };
    let arrival = store::find_arrival_by_token(source, token).await?.ok_or_else(not_found)?;
    if arrival.status == ArrivalStatus::Unconfirmed && arrival.received_at + TO_CONFIRM >= now {
        return Ok(arrival);
    }
    Err(not_found())
}
