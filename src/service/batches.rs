//! Consultations that carry SIPs: putting SIPs in, taking them out, and moving them along together (R28 to R32).

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::acts::{answered, finish};
use super::app::App;
use super::call::{Call, Receipt};
use super::error::ServiceError;
use super::loaded::{Loaded, load, load_by_id};
use super::settle::settle;
use super::sips::{Opening, open_case};
use super::{consultations, fields};
use crate::actor::Actor;
use crate::calendar::{WorkingDays, date_words, london_date};
use crate::store::{self, MemberRecord, Source, WriteTx};
use crate::workflow::{ActionName, Command, Definition, Event, FactName, Facts, Record, StateName, Value, decide};

/// The process every consultation follows.
pub const CONSULTATION_PROCESS: &str = "improvement-consultation";

/// Begins to prepare a consultation.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and DCC.
pub async fn open_consultation(app: &App, call: &Call<'_>, title: &str) -> Result<Receipt, ServiceError> {
    if !call.actor.holds("secas") && !call.actor.holds("dcc") {
        return Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "SECAS or DCC".to_owned() });
    }
    let title = fields::line("title", title)?;
    let tx = app.store.write().await?;
    if let Some(receipt) = answered(&tx, call).await? {
        return Ok(receipt);
    }
    let year = london_date(call.now).year();
    let serial = store::next_number(&tx, &format!("consultation-{year}")).await?;
    let reference = format!("C-{year}-{serial:02}");
    let opening = Opening { process: CONSULTATION_PROCESS, reference, title, party: None };
    let receipt = open_case(app, &tx, call, opening, Facts::new(), None).await?;
    finish(tx, call, receipt).await
}

/// The cases a batch carries now, in their order.
pub(super) async fn members(app: &App, tx: &impl Source, batch: &str) -> Result<Vec<Loaded>, ServiceError> {
    let mut members = Vec::new();
    for member in store::members_of(tx, batch).await?.into_iter().filter(|member| member.left_at.is_none()) {
        members.push(load_by_id(app, tx, &member.sip_case_id).await?);
    }
    Ok(members)
}

/// Puts SIPs into a batch.
pub(super) async fn add_members(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    batch: &Loaded,
    references: &[String],
) -> Result<(), ServiceError> {
    let taken = store::members_of(tx, &batch.record.id).await?.len();
    for (position, reference) in (taken + 1..).zip(references) {
        let sip = load(app, tx, reference).await?;
        let member = MemberRecord {
            batch_case_id: batch.record.id.clone(),
            sip_case_id: sip.record.id,
            position: i64::try_from(position).unwrap_or(i64::MAX),
            joined_at: call.now,
            left_at: None,
        };
        store::insert_member(tx, &member).await?;
    }
    Ok(())
}

/// Takes a SIP out of a batch; one that is being consulted on goes back to where it waited (R32).
pub(super) async fn drop_member(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    batch: &Loaded,
    reference: &str,
    reason: &str,
) -> Result<(), ServiceError> {
    let sip = load(app, tx, reference).await?;
    store::end_member(tx, &batch.record.id, &sip.record.id, call.now).await?;
    let action = ActionName::new("return_to_backlog");
    if sip.definition.action(&sip.case().state, &action).is_none() {
        return Ok(());
    }
    let values = Facts::from([(FactName::new("reason"), Value::Text(reason.to_owned()))]);
    take(app, tx, call, sip, Command::Act { action, values }, call.now).await
}

/// Every case in the batch takes an action as the process itself.
pub(super) async fn members_take(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    batch: &Loaded,
    action: &ActionName,
    as_of: DateTime<Utc>,
) -> Result<(), ServiceError> {
    for sip in members(app, tx, &batch.record.id).await? {
        let values = handed_down(&sip.definition, &sip.case().state, action, &batch.case().values);
        take(app, tx, call, sip, Command::Act { action: action.clone(), values }, as_of).await?;
    }
    Ok(())
}

/// What a member's action takes and its batch knows: the day the consultation closes, and why that has moved.
fn handed_down(definition: &Definition, state: &StateName, action: &ActionName, batch: &Facts) -> Facts {
    let taken = definition.action(state, action).into_iter().flat_map(|action| action.needs.iter().chain(&action.may));
    let of_batch = |name: &FactName| match name.as_str() {
        "consultation_closes_on" => batch.get("closes_on"),
        other => batch.get(other),
    };
    taken.filter_map(|name| Some((name.clone(), of_batch(name)?.clone()))).collect()
}

async fn take(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    mut sip: Loaded,
    command: Command,
    as_of: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let system = Actor::system();
    let events = decide(sip.rules(), sip.case(), &command, &system.offices, &Record::default(), as_of)?;
    let as_system = Call { actor: &system, now: call.now, once: None };
    Box::pin(settle(app, tx, &as_system, &mut sip, "action_taken", &events)).await.map(|_| ())
}

/// A case leaves whatever batch carries it, and the batch's own record says so.
pub(super) async fn leave(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    sip: &Loaded,
    reason: &str,
) -> Result<(), ServiceError> {
    for member in store::batches_of(tx, &sip.record.id).await?.into_iter().filter(|member| member.left_at.is_none()) {
        let mut batch = load_by_id(app, tx, &member.batch_case_id).await?;
        if batch.record.closed_at.is_some() {
            continue;
        }
        store::end_member(tx, &batch.record.id, &sip.record.id, call.now).await?;
        let left = Event::MemberLeft { member: sip.known_as().to_owned(), reason: reason.to_owned() };
        Box::pin(settle(app, tx, call, &mut batch, "member_left", &[left])).await?;
    }
    Ok(())
}

/// The fewest Working Days Parties have to respond (R30).
const FEWEST: WorkingDays = WorkingDays::new(15);

/// Whether Parties have 15 Working Days or more to respond (R30); the opening day does not count.
pub(super) fn window_long_enough(case: &Loaded, values: &Facts, today: NaiveDate) -> Result<Found, ServiceError> {
    let date = |name: &str| values.get(name).and_then(Value::as_date);
    let (opens, Some(closes)) = (date("opens_on").unwrap_or(today), date("closes_on")) else {
        return Ok((false, None));
    };
    if opens < today || closes <= opens {
        return Ok((false, Some("it must open today or later and close after it opens".to_owned())));
    }
    let (days, earliest) = (case.calendar.between(opens, closes)?, case.calendar.add(opens, FEWEST)?);
    let short = || format!("it has {days} Working Days; the earliest close is {}", date_words(earliest));
    Ok((closes >= earliest, (closes < earliest).then(short)))
}

/// Whether a fact holds, and what more there is to say where it does not.
type Found = (bool, Option<String>);

pub(super) fn close_moves_later(batch: &Loaded, values: &Facts, today: NaiveDate) -> (bool, Option<String>) {
    let then = values.get("closes_on").and_then(Value::as_date);
    let (Some(now), Some(then)) = (consultations::closes_on(batch), then) else { return (false, None) };
    let later = then > now && then >= today;
    (later, (!later).then(|| format!("it closes on {} now", date_words(now))))
}

pub(super) async fn names_a_member(
    app: &App,
    tx: &WriteTx,
    batch: &Loaded,
    values: &Facts,
) -> Result<(bool, Option<String>), ServiceError> {
    let named = values.get("sip").and_then(Value::as_text).unwrap_or_default().trim().to_uppercase();
    let members = members(app, tx, &batch.record.id).await?;
    let found = members.iter().any(|sip| sip.known_as() == named || sip.record.reference == named);
    let names: Vec<_> = members.iter().map(Loaded::known_as).collect();
    Ok((found, (!found).then(|| format!("it carries {}", names.join(", ")))))
}

/// Whether every SIP named waits for a consultation and is in no other.
pub(super) async fn names_candidates(
    app: &App,
    tx: &WriteTx,
    values: &Facts,
) -> Result<(bool, Option<String>), ServiceError> {
    let Some(Value::List(references)) = values.get("sips") else { return Ok((false, None)) };
    let (mut wrong, mut named) = (Vec::new(), BTreeSet::new());
    for reference in references {
        match load(app, tx, reference).await {
            Ok(sip) if !named.insert(sip.record.id.clone()) => wrong.push(format!("{reference} is named twice")),
            Ok(sip) => wrong.extend(not_a_candidate(app, tx, &sip).await?),
            Err(ServiceError::NotFound { .. }) => wrong.push(format!("there is no {reference}")),
            Err(error) => return Err(error),
        }
    }
    Ok((wrong.is_empty(), (!wrong.is_empty()).then(|| wrong.join("; "))))
}

async fn not_a_candidate(app: &App, tx: &WriteTx, sip: &Loaded) -> Result<Option<String>, ServiceError> {
    let join = ActionName::new("join_consultation");
    if sip.definition.action(&sip.case().state, &join).is_none() {
        let state = sip.definition.states.get(&sip.case().state).map(|state| state.title.clone()).unwrap_or_default();
        return Ok(Some(format!("{} does not wait for a consultation ({state})", sip.known_as())));
    }
    for member in store::batches_of(tx, &sip.record.id).await?.into_iter().filter(|member| member.left_at.is_none()) {
        let batch = load_by_id(app, tx, &member.batch_case_id).await?;
        if batch.record.closed_at.is_none() {
            return Ok(Some(format!("{} is in {}", sip.known_as(), batch.record.reference)));
        }
    }
    Ok(None)
}
