//! What falls due: finds it, lets the process decide, saves it. Idempotent; any number of nodes may do it at once.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::json;

use super::app::App;
use super::call::Call;
use super::error::ServiceError;
use super::facts;
use super::loaded::{Loaded, load_by_id};
use super::settle::{PUT_OFF, clock_records, settle};
use crate::actor::Actor;
use crate::store;
use crate::workflow::{Clock, Command, Event, Facts, Record, Standing, WhenDue, decide};

/// How many clocks are looked at together.
const PAGE: u32 = 200;

/// How long a case that could not be dealt with is left alone.
const LEAVE_ALONE: TimeDelta = TimeDelta::hours(1);

/// What a tick did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TickReport {
    /// References of the cases in which something fell due.
    pub cases: Vec<String>,
    /// Reminders, overdue notices and automatic acts raised.
    pub raised: usize,
    /// Cases that could not be dealt with, and why.
    pub failed: Vec<(String, String)>,
}

/// Does whatever has fallen due by `now`: reminders, overdue notices, openings and closings.
///
/// # Errors
///
/// The database cannot be read or written. A case that cannot be dealt with does not hold up the others.
pub async fn tick(app: &App, now: DateTime<Utc>) -> Result<TickReport, ServiceError> {
    let mut report = TickReport::default();
    loop {
        let due = store::due_clocks(&app.store, now, PAGE).await?;
        let cases: BTreeSet<String> = due.into_iter().map(|clock| clock.case_id).collect();
        if cases.is_empty() {
            return Ok(report);
        }
        for case in cases {
            one(app, &case, now, &mut report).await?;
        }
    }
}

async fn one(app: &App, case_id: &str, now: DateTime<Utc>, report: &mut TickReport) -> Result<(), ServiceError> {
    let system = Actor::system();
    let call = Call::new(&system, now);
    match fall_due(app, &call, case_id).await {
        Ok((reference, raised)) => {
            report.raised += raised;
            report.cases.push(reference);
            Ok(())
        }
        Err(error) if error.is_of_the_surroundings() => Err(error),
        Err(error) => {
            tracing::error!(case = case_id, %error, "a clock could not be dealt with; it is tried again in an hour");
            report.failed.push((case_id.to_owned(), error.to_string()));
            put_off(app, case_id, &error, now).await
        }
    }
}

/// Lets what has fallen due in a case happen before anything else is done to it, where the process does it by itself:
/// nobody responds to a consultation after its close because the close has not been noticed yet.
pub(super) async fn catch_up(app: &App, loaded: &Loaded, now: DateTime<Utc>) -> Result<(), ServiceError> {
    one(app, &loaded.record.id, now, &mut TickReport::default()).await
}

/// Whether the process should have done something by itself in this case by `now`.
pub(super) fn is_behind(loaded: &Loaded, now: DateTime<Utc>) -> bool {
    let by_itself = |clock: &&Clock| {
        let spec = loaded.definition.clocks.get(&clock.name);
        clock.standing == Standing::Running && spec.is_some_and(|spec| matches!(spec.when_due, WhenDue::Take(_)))
    };
    loaded.case().clocks.iter().filter(by_itself).any(|clock| clock.deadline.closes_at <= now)
}

async fn fall_due(app: &App, call: &Call<'_>, case_id: &str) -> Result<(String, usize), ServiceError> {
    let tx = app.store.write().await?;
    let mut loaded = load_by_id(app, &tx, case_id).await?;
    let record = record_facts(app, &tx, call, &loaded).await?;
    let events = decide(loaded.rules(), loaded.case(), &Command::Due, &call.actor.offices, &record, call.now)?;
    let raised = events.iter().filter(|event| is_raised(event)).count();
    if events.is_empty() {
        // Another node was quicker, or the row was out of step with the case; bring it back into step.
        store::replace_clocks(&tx, case_id, &clock_records(&loaded)?).await?;
    } else {
        settle(app, &tx, call, &mut loaded, "clock_due", &events).await?;
    }
    tx.commit().await?;
    Ok((loaded.known_as().to_owned(), raised))
}

fn is_raised(event: &Event) -> bool {
    matches!(event, Event::ReminderRaised { .. } | Event::ClockOverdue { .. } | Event::ActionTaken { .. })
}

/// The facts that the automatic acts of this state ask about.
async fn record_facts(
    app: &App,
    tx: &store::WriteTx,
    call: &Call<'_>,
    loaded: &Loaded,
) -> Result<Record, ServiceError> {
    let mut record = Record::default();
    for clock in &loaded.case().clocks {
        let spec = loaded.definition.clocks.get(&clock.name);
        if let Some(WhenDue::Take(action)) = spec.map(|spec| &spec.when_due) {
            let found = facts::for_action(app, tx, call.now, loaded, action, &Facts::new()).await?;
            record.facts.extend(found.facts);
            record.notes.extend(found.notes);
        }
    }
    Ok(record)
}

/// Leaves the clocks of a case alone for a while, so that one case that fails does not hold up the rest.
async fn put_off(app: &App, case_id: &str, why: &ServiceError, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let tx = app.store.write().await?;
    let mut clocks = store::clocks_of(&tx, case_id).await?;
    for clock in clocks.iter_mut().filter(|clock| clock.next_at.is_some_and(|at| at <= now)) {
        clock.next_at = Some(now + LEAVE_ALONE);
        if let Some(body) = clock.body.as_object_mut() {
            body.insert(PUT_OFF.to_owned(), json!(why.to_string()));
        }
    }
    store::replace_clocks(&tx, case_id, &clocks).await?;
    tx.commit().await?;
    Ok(())
}
