//! The messages that wait for a person, and what else arrived.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::super::app::App;
use super::super::call::Call;
use super::super::error::ServiceError;
use super::super::reading::for_the_keepers;
use super::super::settle::{Journalled, append};
use super::{decode, encode};
use crate::actor::Actor;
use crate::store::{self, ArrivalRecord, ArrivalStatus};

/// The most that are shown together.
const SHOWN: u32 = 500;

/// The messages that wait for a person.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ArrivalsWaiting {
    /// How many wait for a person.
    pub waiting: u64,
    /// How many wait for their sender to confirm them.
    pub unconfirmed: u64,
    /// Those that wait for a person, the latest first.
    pub messages: Vec<ArrivalView>,
}

/// A message that arrived.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ArrivalView {
    /// The SHA-256 of its bytes.
    pub id: String,
    /// When it was read (UTC).
    pub received_at: DateTime<Utc>,
    /// The address it says it is from.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// What was done.
    pub what: String,
    /// What was wrong with it.
    pub findings: Vec<String>,
    /// What trusted servers found out about its sender.
    pub authentication: String,
    /// Names of the files that came with it.
    pub files: Vec<String>,
}

/// The messages that wait for a person; for DCC and SECAS.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else.
pub async fn arrivals_waiting(app: &App, viewer: &Actor) -> Result<ArrivalsWaiting, ServiceError> {
    for_the_keepers(viewer)?;
    let messages = store::list_arrivals(&app.store, ArrivalStatus::Waiting, SHOWN).await?;
    Ok(ArrivalsWaiting {
        waiting: store::count_arrivals(&app.store, ArrivalStatus::Waiting).await?,
        unconfirmed: store::count_arrivals(&app.store, ArrivalStatus::Unconfirmed).await?,
        messages: messages.into_iter().map(view).collect(),
    })
}

fn view(arrival: ArrivalRecord) -> ArrivalView {
    let found = decode(&arrival);
    ArrivalView {
        id: arrival.id,
        received_at: arrival.received_at,
        sender: arrival.sender,
        subject: arrival.subject,
        what: found.what,
        findings: found.findings,
        authentication: found.authentication,
        files: found.files,
    }
}

/// Says that somebody has looked at a message that waited, with what they did; for DCC and SECAS.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone else; [`ServiceError::NotFound`] when no such message waits.
pub async fn arrival_done(app: &App, call: &Call<'_>, id: &str, what: &str) -> Result<(), ServiceError> {
    for_the_keepers(call.actor)?;
    let what = super::super::fields::text("what", what)?;
    let tx = app.store.write().await?;
    let not_found = || ServiceError::NotFound { what: "message waiting for a person", name: id.to_owned() };
    let mut arrival = store::find_arrival(&tx, id).await?.ok_or_else(not_found)?;
    if arrival.status != ArrivalStatus::Waiting {
        return Err(not_found());
    }
    let mut found = decode(&arrival);
    found.what = what.clone();
    arrival.status = ArrivalStatus::Done;
    arrival.body = encode(&found)?;
    store::update_arrival(&tx, &arrival).await?;
    let done = Journalled::new(format!("mail/{id}"), "mail_dealt_with", json!({ "what": what }));
    append(&tx, call.actor, call.now, done).await?;
    tx.commit().await?;
    Ok(())
}
