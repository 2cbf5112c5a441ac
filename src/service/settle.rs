//! Saves what was decided, in the transaction of the caller: the case, its clocks, the journal entry, the notices, and
//! whatever follows in other cases.

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use super::app::App;
use super::batches;
use super::call::{Call, Receipt};
use super::committees;
use super::consultations;
use super::error::ServiceError;
use super::loaded::{Body, Loaded};
use super::material;
use super::notices;
use super::outcomes;
use super::priorities;
use super::processes;
use crate::actor::Actor;
use crate::store::{self, ClockRecord, ClockStatus, Entry, NewEntry, Source, WriteTx};
use crate::workflow::{Clock, Event, Standing, apply, next_due};

/// In the row of a clock that could not be dealt with: why not. It is tried again at the `next_at` of the row.
pub(super) const PUT_OFF: &str = "put_off";

/// An act for the journal.
pub(super) struct Journalled {
    subject: String,
    act: &'static str,
    payload: Json,
}

impl Journalled {
    pub(super) fn new(subject: impl Into<String>, act: &'static str, payload: Json) -> Self {
        Self { subject: subject.into(), act, payload }
    }
}

/// Enters an act in the journal.
pub(super) async fn append(
    tx: &WriteTx,
    actor: &Actor,
    at: DateTime<Utc>,
    act: Journalled,
) -> Result<Entry, ServiceError> {
    let Journalled { subject, act, payload } = act;
    let entry = NewEntry { at, actor: actor.id.clone(), subject, act: act.to_owned(), payload };
    Ok(store::append_journal(tx, entry).await?)
}

/// Applies events to a loaded case and saves everything that follows from them.
pub(super) async fn settle(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &mut Loaded,
    act: &'static str,
    events: &[Event],
) -> Result<Receipt, ServiceError> {
    for event in events {
        apply(&mut loaded.body.case, event);
    }
    if events.iter().any(|event| matches!(event, Event::Migrated { .. } | Event::EditionAdopted { .. })) {
        refresh_rules(app, tx, loaded).await?;
    }
    if events.contains(&Event::PrioritiesJoined) {
        loaded.body.score = Some(priorities::score(tx, &loaded.body.case.values).await?);
    }
    refresh(loaded, call.now)?;
    loaded.record.revision = store::update_case(tx, &loaded.record).await?;
    store::replace_clocks(tx, &loaded.record.id, &clock_records(loaded)?).await?;
    let act = Journalled::new(loaded.record.id.clone(), act, payload(loaded, events));
    let receipt = record(app, tx, call, loaded, act, events).await?;
    priorities::follow(app, tx, call, loaded, events).await?;
    Box::pin(material::follow(app, tx, call, loaded, events)).await?;
    Ok(receipt)
}

/// What the journal holds of the events: the score too, where they gave the case one.
fn payload(loaded: &Loaded, events: &[Event]) -> Json {
    let revision = loaded.record.revision;
    match loaded.body.score.as_ref().filter(|_| events.contains(&Event::PrioritiesJoined)) {
        Some(score) => json!({ "events": events, "revision": revision, "score": score }),
        None => json!({ "events": events, "revision": revision }),
    }
}

/// The journal entry, the notices and the consequences of events already applied and saved.
pub(super) async fn record(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &Loaded,
    act: Journalled,
    events: &[Event],
) -> Result<Receipt, ServiceError> {
    let entry = append(tx, call.actor, call.now, act).await?;
    Box::pin(consultations::follow(app, tx, call, loaded, events)).await?;
    Box::pin(notices::queue(app, tx, call, loaded, &entry, events)).await?;
    let mut as_of = call.now;
    for event in events {
        if let Event::ActionTaken { at, .. } = event {
            as_of = *at;
        }
        Box::pin(consequence(app, tx, call, loaded, event, as_of)).await?;
    }
    if outcomes::may_overtake(events) {
        Box::pin(outcomes::void_ballots(app, tx, call, loaded)).await?;
    }
    Ok(Receipt {
        reference: loaded.record.reference.clone(),
        number: loaded.record.sip_number.clone(),
        state: loaded.record.state.clone(),
        revision: loaded.record.revision,
        journal_seq: entry.seq,
    })
}

/// What an event of this case brings about in others. Dates there are taken from `as_of`, the instant the act that
/// raised it fell due: after downtime that is before it was noticed, and an opening and a close may come together.
async fn consequence(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &Loaded,
    event: &Event,
    as_of: DateTime<Utc>,
) -> Result<(), ServiceError> {
    match event {
        Event::MembersAdded { members } => batches::add_members(app, tx, call, loaded, members).await,
        Event::MemberDropped { member, reason } => batches::drop_member(app, tx, call, loaded, member, reason).await,
        Event::MembersTook { action } => batches::members_take(app, tx, call, loaded, action, as_of).await,
        Event::BatchLeft { reason } => batches::leave(app, tx, call, loaded, reason).await,
        Event::DefinitionActivated { process, version } => {
            processes::activate(tx, call, loaded, process, version).await
        }
        Event::BallotCounted { .. } => outcomes::count(app, tx, call, loaded, as_of).await,
        Event::TermsAdopted { terms } => committees::adopt(tx, call, loaded, terms).await,
        Event::BodyDissolved => committees::dissolve(tx, call, loaded).await,
        _ => Ok(()),
    }
}

/// The definition and the calendar that a case goes by now.
pub(super) async fn refresh_rules(app: &App, source: &impl Source, loaded: &mut Loaded) -> Result<(), ServiceError> {
    let case = &loaded.body.case;
    loaded.definition = app.definition(source, case.process.as_str(), &case.version).await?;
    loaded.calendar = app.calendar(source, case.edition.as_str(), case.division).await?;
    Ok(())
}

/// Brings the row of a case into line with the case.
pub(super) fn refresh(loaded: &mut Loaded, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let Loaded { record, body, definition, .. } = loaded;
    let case = &body.case;
    let state = definition.states.get(&case.state);
    record.definition_version.clone_from(&case.version);
    record.edition = case.edition.to_string();
    record.state = case.state.to_string();
    record.owner = state.and_then(|state| state.owner.as_ref()).map(ToString::to_string);
    record.sip_number.clone_from(&case.number);
    record.updated_at = now;
    let ended = state.is_some_and(crate::workflow::State::is_final);
    record.closed_at = if ended { record.closed_at.or(Some(now)) } else { None };
    record.next_deadline_at = case.next_deadline().map(|deadline| deadline.closes_at);
    record.body = encode(record.reference.as_str(), body)?;
    Ok(())
}

pub(super) fn encode(reference: &str, body: &Body) -> Result<Json, ServiceError> {
    serde_json::to_value(body).map_err(|error| ServiceError::damaged(reference, error))
}

/// The rows of the open clocks of a case.
pub(super) fn clock_records(loaded: &Loaded) -> Result<Vec<ClockRecord>, ServiceError> {
    let due = next_due(loaded.rules(), loaded.case())?;
    let row = |clock: &Clock| ClockRecord {
        case_id: loaded.record.id.clone(),
        name: clock.name.to_string(),
        instance: i64::from(clock.instance),
        status: status(clock),
        due_on: clock.deadline.on,
        closes_at: clock.deadline.closes_at,
        next_at: due.get(&clock.name).copied().flatten(),
        body: json!({ "first_due": clock.first_due }),
    };
    Ok(loaded.case().clocks.iter().map(row).collect())
}

fn status(clock: &Clock) -> ClockStatus {
    match (clock.standing, clock.overdue_since) {
        (Standing::Paused, _) => ClockStatus::Paused,
        (Standing::Running, Some(_)) => ClockStatus::Overdue,
        (Standing::Running, None) => ClockStatus::Running,
    }
}
