//! Mail that arrives: a filled form of a nominated contact becomes a submission, what came back is recorded, and
//! everything else is answered or put before a person. Nothing mailed is lost: each message is kept byte for byte, in
//! the same transaction as whatever follows from it.

mod answers;
mod bounces;
mod confirm;
mod fetch;
mod forms;
mod queue;
mod sender;

pub use confirm::{ToConfirm, confirm_sender, sender_to_confirm};
pub use fetch::{Arrivals, fetch_mail};
pub use forms::{FormFile, blank_sip_form};
pub use queue::{ArrivalView, ArrivalsWaiting, arrival_done, arrivals_waiting};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::app::{App, hex};
use super::call::{Call, Receipt};
use super::error::ServiceError;
use super::secret::secret;
use super::settle::{Journalled, append};
use super::sips::submit_in;
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::intake::{Act, Answer, Arrived, Decision, Door, Facts, Ignored, Seen, decide, read};
use crate::store::{self, ArrivalRecord, ArrivalStatus, WriteTx};
use forms::{Form, forms};

/// How long an answer to an address counts as given.
const A_DAY: TimeDelta = TimeDelta::hours(24);

/// What the mail door is told of this installation.
#[derive(Debug, Clone, Default)]
pub struct MailDoor {
    /// How mail is read.
    pub door: Door,
    /// The address that people write to, named in answers.
    pub mailbox: String,
}

/// What became of a message that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Taken {
    /// The message, by the SHA-256 of its bytes.
    pub id: String,
    /// `waiting`, `unconfirmed`, `submitted`, `answered`, `bounced`, `automatic` or `done`.
    pub status: String,
    /// What was done, in a sentence.
    pub what: String,
    /// The reference of the submission, where it became one.
    pub reference: Option<String>,
}

/// What is kept of a message beside its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Found {
    /// Its Message-ID.
    message_id: Option<String>,
    /// When it counts as sent (UTC).
    sent_at: Option<DateTime<Utc>>,
    /// What was done, in a sentence.
    what: String,
    /// What was wrong with it.
    findings: Vec<String>,
    /// What trusted servers found out about its sender.
    authentication: String,
    /// The key of what was answered.
    answered: Option<String>,
    /// Names of the files that came with it.
    files: Vec<String>,
}

/// Takes in a message that arrived. The same message read twice is taken in once, and answered alike.
///
/// # Errors
///
/// The database cannot be read or written; nothing of the message is kept then, so it should be offered again.
pub async fn take_in(app: &App, door: &MailDoor, raw: &[u8], now: DateTime<Utc>) -> Result<Taken, ServiceError> {
    let id = hex(&Sha256::digest(raw));
    let tx = app.store.write().await?;
    if let Some(known) = store::find_arrival(&tx, &id).await? {
        return taken(app, &tx, &known).await;
    }
    let mut arrival = ArrivalRecord {
        id,
        received_at: now,
        raw: raw.to_vec(),
        sender: String::new(),
        subject: String::new(),
        status: ArrivalStatus::Waiting,
        case_id: None,
        token: None,
        body: json!({}),
    };
    match read(raw, now, &door.door) {
        Ok(arrived) => handle(app, &tx, door, (&mut arrival, &arrived), now).await?,
        Err(error) => {
            let found = Found { what: format!("It could not be read: {error}."), ..Found::default() };
            arrival.body = encode(&found)?;
            store::insert_arrival(&tx, &arrival).await?;
        }
    }
    let payload = json!({ "status": arrival.status.as_str(), "case": arrival.case_id });
    append(&tx, &Actor::system(), now, Journalled::new(format!("mail/{}", arrival.id), "mail_taken_in", payload))
        .await?;
    let seen = taken(app, &tx, &arrival).await?;
    tx.commit().await?;
    Ok(seen)
}

/// Keeps a message that could be read, and does what follows from it.
async fn handle(
    app: &App,
    tx: &WriteTx,
    door: &MailDoor,
    (arrival, arrived): (&mut ArrivalRecord, &Arrived),
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let from = arrived.from.as_ref().map(|from| from.address.to_lowercase()).unwrap_or_default();
    let earlier = store::arrivals_from(tx, &from, now - A_DAY).await?;
    let forms = forms(arrived);
    let sender = sender::known(app, tx, &from).await?;
    let facts = Facts {
        seen: seen_before(tx, &from, arrived).await?,
        sender: sender.known,
        forms: forms.iter().map(|form| form.fact.clone()).collect(),
        answered: earlier.iter().filter_map(|earlier| decode(earlier).answered).collect(),
    };
    let Decision { act, answer } = decide(arrived, &facts);
    arrival.sender = from;
    arrival.subject = arrived.subject.chars().take(500).collect();
    arrival.status = status(&act, answer.as_ref());
    if let Act::AwaitConfirmation { .. } = act {
        arrival.token = Some(secret()?);
    }
    let mut found = Found {
        message_id: arrived.message_id.as_ref().map(|id| id.as_str().to_owned()),
        sent_at: Some(arrived.sent.or_received(now)),
        what: answers::in_a_sentence(&act),
        findings: arrived.findings.iter().map(ToString::to_string).collect(),
        authentication: answers::authentication(arrived),
        answered: answer.as_ref().map(Answer::key),
        files: arrived.attachments.iter().map(|file| file.name.clone()).collect(),
    };
    arrival.body = encode(&found)?;
    store::insert_arrival(tx, arrival).await?;
    let mut receipt = None;
    match &act {
        Act::Submit { form } => {
            let sent_at = found.sent_at.unwrap_or(now);
            let submitted = submit(app, tx, (forms.get(*form), &sender), (sent_at, now)).await?;
            found.what = format!("It was submitted as {}.", submitted.reference);
            arrival.case_id = Some(submitted.reference.to_lowercase());
            arrival.body = encode(&found)?;
            store::update_arrival(tx, arrival).await?;
            receipt = Some(submitted);
        }
        Act::RecordBounce(bounce) => bounces::record(app, tx, arrival, bounce, now).await?,
        _ => {}
    }
    if let Some(answer) = &answer {
        answers::queue(app, tx, door, answers::About { arrival, arrived, forms: &forms, receipt }, (answer, now))
            .await?;
    }
    Ok(())
}

/// Submits a complete form on behalf of its sender. It counts as sent on the London day of the message (R12).
async fn submit(
    app: &App,
    tx: &WriteTx,
    (form, sender): (Option<&Form>, &sender::Sender),
    (sent_at, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Receipt, ServiceError> {
    let form = form.and_then(|form| form.sip.clone());
    let (Some(form), Some(actor)) = (form, sender.actor.clone()) else {
        return Err(ServiceError::damaged("a form that arrived by mail", "it cannot be submitted as it was read"));
    };
    let party = actor.party.clone().unwrap_or_default();
    submit_in(app, tx, &Call::new(&actor, now), (party, form), london_date(sent_at.min(now))).await
}

/// Whether a message with this Message-ID came from this address before.
async fn seen_before(tx: &WriteTx, from: &str, arrived: &Arrived) -> Result<Seen, ServiceError> {
    let Some(id) = &arrived.message_id else { return Ok(Seen::New) };
    let theirs = store::arrivals_from(tx, from, DateTime::<Utc>::MIN_UTC).await?;
    let same = theirs.iter().any(|earlier| decode(earlier).message_id.as_deref() == Some(id.as_str()));
    Ok(if same { Seen::Before } else { Seen::New })
}

fn status(act: &Act, answer: Option<&Answer>) -> ArrivalStatus {
    match act {
        Act::Submit { .. } => ArrivalStatus::Submitted,
        Act::AwaitConfirmation { .. } => ArrivalStatus::Unconfirmed,
        Act::RecordBounce(_) => ArrivalStatus::Bounced,
        Act::Ignore(Ignored::SeenBefore) => ArrivalStatus::Done,
        Act::Ignore(_) => ArrivalStatus::Automatic,
        Act::Queue(_) if matches!(answer, Some(Answer::FaultyFields { .. } | Answer::Unreadable { .. })) => {
            ArrivalStatus::Answered
        }
        Act::Queue(_) => ArrivalStatus::Waiting,
    }
}

async fn taken(app: &App, source: &impl store::Source, arrival: &ArrivalRecord) -> Result<Taken, ServiceError> {
    let reference = match &arrival.case_id {
        Some(case) => Some(super::loaded::load_by_id(app, source, case).await?.record.reference),
        None => None,
    };
    let (id, status) = (arrival.id.clone(), arrival.status.as_str().to_owned());
    Ok(Taken { id, status, what: decode(arrival).what, reference })
}

fn encode(found: &Found) -> Result<serde_json::Value, ServiceError> {
    serde_json::to_value(found).map_err(|error| ServiceError::damaged("what was found in a message", error))
}

/// What is kept of a message; of one that was kept by another version, what this one knows.
pub(super) fn decode(arrival: &ArrivalRecord) -> Found {
    Found::deserialize(&arrival.body).unwrap_or_default()
}
