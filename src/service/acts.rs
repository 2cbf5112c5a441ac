//! Acting on a case: the one door for every action and every extension.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::app::App;
use super::call::{Call, Receipt};
use super::error::ServiceError;
use super::loaded::{Loaded, load};
use super::settle::settle;
use super::{baseline, budgets, consultations, facts, fields, material, processes, ticks};
use crate::store::{self, IdempotencyRecord, StoreError, WriteTx};
use crate::workflow::{ActionName, ClockName, Command, Event, Record, Refusal, decide};

/// Takes an action in a case.
///
/// `expected` is the revision the caller has read, where it wants to act on that and nothing later.
///
/// # Errors
///
/// [`ServiceError::Refused`] when the process does not allow it, with what is missing; [`ServiceError::Stale`] when the
/// case has changed since.
pub async fn act(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    action: &str,
    values: BTreeMap<String, Json>,
    expected: Option<i64>,
) -> Result<Receipt, ServiceError> {
    let tx = app.store.write().await?;
    if let Some(receipt) = answered(&tx, call).await? {
        return Ok(receipt);
    }
    let (tx, mut loaded) = up_to_date(app, tx, call, reference).await?;
    unchanged(&loaded, expected)?;
    let (mut values, mut unreadable) = fields::read(&loaded.definition, values);
    let action = ActionName::new(action);
    baseline::guard(&tx, &loaded, &action).await?;
    consultations::fill_in(app, &tx, &loaded, &action, &mut values).await?;
    Box::pin(material::derive(&tx, &loaded, &action, &mut values, &mut unreadable)).await?;
    Box::pin(budgets::derive(&tx, &loaded, &action, &mut values)).await?;
    Box::pin(processes::derive(app, &tx, call.now, &loaded, &action, &mut values)).await?;
    let record = facts::for_action(app, &tx, call.now, &loaded, &action, &values).await?;
    let outcome = decided(&loaded, &Command::Act { action, values }, call, &record);
    let outcome = outcome.map_err(|refusal| consultations::all_at_once(refusal, &record));
    let events = fields::with_unreadable(outcome, unreadable)?;
    let receipt = settle(app, &tx, call, &mut loaded, "action_taken", &events).await?;
    finish(tx, call, receipt).await
}

/// Gives a clock of a case a later date, with a reason, and tells people (R13, R24).
///
/// # Errors
///
/// [`ServiceError::Refused`] when the clock may not be extended, or not by this actor, or not to this date.
pub async fn extend(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    clock: &str,
    to: NaiveDate,
    reason: &str,
) -> Result<Receipt, ServiceError> {
    let tx = app.store.write().await?;
    if let Some(receipt) = answered(&tx, call).await? {
        return Ok(receipt);
    }
    let (tx, mut loaded) = up_to_date(app, tx, call, reference).await?;
    let reason = fields::text("reason", reason)?;
    let command = Command::Extend { clock: ClockName::new(clock), to, reason };
    let events = decided(&loaded, &command, call, &Record::default())?;
    let receipt = settle(app, &tx, call, &mut loaded, "clock_extended", &events).await?;
    finish(tx, call, receipt).await
}

/// The case, once everything the process does in it by itself up to now is done.
pub(super) async fn up_to_date(
    app: &App,
    tx: WriteTx,
    call: &Call<'_>,
    reference: &str,
) -> Result<(WriteTx, Loaded), ServiceError> {
    let loaded = load(app, &tx, reference).await?;
    if !ticks::is_behind(&loaded, call.now) {
        return Ok((tx, loaded));
    }
    drop(tx);
    ticks::catch_up(app, &loaded, call.now).await?;
    let tx = app.store.write().await?;
    let loaded = load(app, &tx, reference).await?;
    Ok((tx, loaded))
}

pub(super) fn decided(
    loaded: &Loaded,
    command: &Command,
    call: &Call<'_>,
    record: &Record,
) -> Result<Vec<Event>, Refusal> {
    let roles = call.actor.roles_towards(loaded.record.proposer_party.as_deref());
    decide(loaded.rules(), loaded.case(), command, &roles, record, call.now)
}

pub(super) fn unchanged(loaded: &Loaded, expected: Option<i64>) -> Result<(), ServiceError> {
    match expected.filter(|expected| *expected != loaded.record.revision) {
        None => Ok(()),
        Some(expected) => Err(ServiceError::Stale {
            reference: loaded.known_as().to_owned(),
            expected,
            found: loaded.record.revision,
        }),
    }
}

/// The answer already given to this request, if its key was used before.
pub(super) async fn answered<T: DeserializeOwned>(tx: &WriteTx, call: &Call<'_>) -> Result<Option<T>, ServiceError> {
    let Some(once) = &call.once else { return Ok(None) };
    let Some(answer) = store::find_answer(tx, &call.actor.id, &once.key).await? else { return Ok(None) };
    if answer.request_hash != once.request_hash {
        return Err(ServiceError::KeyReused(once.key.clone()));
    }
    let given = serde_json::from_value(answer.response);
    given.map(Some).map_err(|error| ServiceError::damaged(format!("key {}", once.key), error))
}

/// Keeps the answer under the caller's key and makes everything durable.
pub(super) async fn finish<T: Serialize>(tx: WriteTx, call: &Call<'_>, given: T) -> Result<T, ServiceError> {
    if let Some(once) = &call.once {
        let response = serde_json::to_value(&given).map_err(|error| StoreError::Other(error.to_string()))?;
        let answer = IdempotencyRecord {
            actor: call.actor.id.clone(),
            key: once.key.clone(),
            request_hash: once.request_hash.clone(),
            status: 200,
            response,
            at: call.now,
        };
        store::insert_answer(&tx, &answer).await?;
    }
    tx.commit().await?;
    Ok(given)
}
