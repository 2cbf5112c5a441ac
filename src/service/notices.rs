//! Queues notices in the transaction that causes them, and hands them out to be sent.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value as Json, json};

use super::app::App;
use super::ballots::{self, find_ballot};
use super::call::Call;
use super::consultations;
use super::directory::directory;
use super::error::ServiceError;
use super::loaded::Loaded;
use super::meetings;
use crate::calendar::{Close, WorkingDays, date_words, london_date, words};
use crate::committee::PersonId;
use crate::notify::{Composer, Letter, Transport};
use crate::store::{self, Entry, NewNotice, NoticeOutcome, NoticeRecord, StoreError, WriteTx};
use crate::workflow::{Clock, Event, RoleName};

/// How long a sender may take before another may try.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// How long after the first failure it is tried again; twice as long after each further one.
const TRY_AGAIN: TimeDelta = TimeDelta::minutes(5);

/// The longest time between two attempts.
const AT_LEAST_EVERY: TimeDelta = TimeDelta::hours(12);

/// After how many attempts, spread over more than two days, it waits for a person.
const ATTEMPTS: i64 = 12;

/// How many notices are claimed together.
const PAGE: u32 = 100;

/// Queues every notice that the events of one journal entry raise, once for each person.
pub(super) async fn queue(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &Loaded,
    entry: &Entry,
    events: &[Event],
) -> Result<(), ServiceError> {
    let mut queued = Vec::new();
    for event in events {
        let Event::NoticeRaised { notice, to, clock, .. } = event else { continue };
        let key = format!("{}/{notice}", entry.seq);
        let about = clock.as_ref().and_then(|name| loaded.case().clock(name));
        let body = body(app, loaded, (event, outcome(events)), about, call.now)?;
        for recipient in recipients(app, tx, loaded, to, call.now).await? {
            queued.push(NewNotice {
                id: format!("{}-{notice}-{recipient}", entry.seq),
                event_key: key.clone(),
                recipient,
                template: notice.to_string(),
                case_id: Some(loaded.record.id.clone()),
                queued_at: call.now,
                send_at: call.now,
                body: body.clone(),
            });
        }
    }
    Ok(store::queue_notices(tx, queued).await?)
}

/// The people the roles stand for towards a case, each once. The Parties of a consultation are told through the
/// contacts agreed when it was issued (R33).
pub(super) async fn recipients(
    app: &App,
    tx: &WriteTx,
    loaded: &Loaded,
    roles: &[RoleName],
    now: DateTime<Utc>,
) -> Result<BTreeSet<String>, ServiceError> {
    let directory = directory(app, tx).await?;
    let proposer = loaded.record.proposer_party.as_deref();
    let told = |role: &RoleName| directory.told(role, proposer, london_date(now)).into_iter().map(str::to_owned);
    let (parties, others): (Vec<_>, Vec<_>) = roles.iter().partition(|role| role.as_str() == "party");
    let mut people: BTreeSet<String> = others.iter().copied().flat_map(told).collect();
    if let Some(party) = parties.first() {
        let agreed = consultations::told(tx, loaded).await?;
        people.extend(agreed.unwrap_or_else(|| told(party).collect()));
    }
    if others.iter().any(|role| role.as_str() == "member") {
        people.extend(members(tx, loaded).await?.iter().map(ToString::to_string));
    }
    Ok(people)
}

/// The members a case is for: those of a meeting, or those who take part in a ballot.
async fn members(tx: &WriteTx, case: &Loaded) -> Result<Vec<PersonId>, ServiceError> {
    if case.record.process == meetings::MEETING_PROCESS {
        return meetings::people(tx, case).await;
    }
    let ballot = find_ballot(tx, &case.record.reference).await?.body;
    Ok(ballots::people(&ballot).cloned().collect())
}

/// What came of a ballot that these events tell of.
fn outcome(events: &[Event]) -> Option<&str> {
    events.iter().find_map(|event| match event {
        Event::BallotCounted { outcome } | Event::BallotEnded { outcome, .. } => Some(outcome.as_str()),
        _ => None,
    })
}

/// What a notice says: what happened, whose turn it is, by when and why, and where to look.
fn body(
    app: &App,
    loaded: &Loaded,
    (raised, outcome): (&Event, Option<&str>),
    about: Option<&Clock>,
    now: DateTime<Utc>,
) -> Result<Json, ServiceError> {
    let definition = &loaded.definition;
    let (subject, told) = match raised {
        Event::NoticeRaised { subject, to, .. } => (subject.as_str(), to.as_slice()),
        _ => ("", [].as_slice()),
    };
    let told: Vec<_> = told.iter().map(|role| definition.title_of(role.as_str())).collect();
    let state = definition.states.get(&loaded.case().state);
    let first = || loaded.case().clocks.iter().min_by_key(|clock| clock.deadline.closes_at);
    let clock = about.or_else(first);
    let deadline = clock.map(|clock| deadline(loaded, clock, now)).transpose()?;
    Ok(json!({
        "reference": loaded.known_as(),
        "kind": definition.subject,
        "title": loaded.record.title,
        "subject": subject,
        "outcome": outcome,
        "state": state.map(|state| state.title.clone()),
        "ended": state.and_then(|state| state.ends.clone()),
        "turn": state.and_then(|state| state.owner.as_ref()).map(|owner| definition.title_of(owner.as_str())),
        "deadline": deadline,
        "told": told.join(", "),
        "link": app.page_of(loaded),
    }))
}

/// The deadline a notice is about: who must do what by when, and how the date was reached.
fn deadline(loaded: &Loaded, clock: &Clock, now: DateTime<Utc>) -> Result<Json, ServiceError> {
    let (today, due) = (london_date(now), &clock.deadline);
    let spec = loaded.definition.clocks.get(&clock.name);
    let left = loaded.calendar.between(today, due.on.max(today))?;
    let left = WorkingDays::new(u16::try_from(left).unwrap_or(u16::MAX));
    Ok(json!({
        "what": spec.map_or_else(|| clock.name.words(), |spec| spec.title.clone()),
        "who": spec.map(|spec| loaded.definition.title_of(spec.owner.as_str())).unwrap_or_default(),
        "by": match due.derivation.closes {
            Close::EndOfDay => format!("the end of {}", date_words(due.on)),
            Close::At(_) => words(due.closes_at),
        },
        "left": format!("{left} left"),
        "overdue": clock.overdue_since.is_some(),
        "explanation": due.explain(),
    }))
}

/// What became of the notices that were waiting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SendReport {
    /// How many were handed over.
    pub sent: usize,
    /// How many could not be, and are tried again or wait for a person.
    pub failed: usize,
}

/// Sends the notices that are waiting at `now`. Claimed under a lease, so that several nodes do not send one twice.
///
/// # Errors
///
/// The database cannot be read or written. A notice that cannot be sent does not hold up the others.
pub async fn send_due(
    app: &App,
    composer: &Composer,
    transport: &Transport,
    now: DateTime<Utc>,
) -> Result<SendReport, ServiceError> {
    let mut report = SendReport::default();
    loop {
        let tx = app.store.write().await?;
        let claimed = store::claim_notices(&tx, now, LEASE, PAGE).await?;
        tx.commit().await?;
        if claimed.is_empty() {
            return Ok(report);
        }
        for notice in claimed {
            let outcome = send(app, composer, transport, &notice, now).await?;
            match &outcome {
                NoticeOutcome::Sent(_) => report.sent += 1,
                _ => report.failed += 1,
            }
            settle(app, &notice, outcome, now).await?;
        }
    }
}

/// Records how sending ended. Whoever lost the lease meanwhile leaves the record to the sender that took it over.
async fn settle(
    app: &App,
    notice: &NoticeRecord,
    outcome: NoticeOutcome,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let tx = app.store.write().await?;
    match store::mark_notice(&tx, notice, outcome, now).await {
        Ok(()) => Ok(tx.commit().await?),
        Err(StoreError::Conflict { .. }) => {
            tracing::warn!(notice = notice.id, "sending took longer than the lease; another sender has taken it over");
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

async fn send(
    app: &App,
    composer: &Composer,
    transport: &Transport,
    notice: &NoticeRecord,
    now: DateTime<Utc>,
) -> Result<NoticeOutcome, ServiceError> {
    let Some(person) = store::find_person(&app.store, &notice.recipient).await? else {
        return Ok(NoticeOutcome::Failed("the recipient is no longer in the directory".to_owned()));
    };
    let letter = Letter {
        id: notice.id.clone(),
        notice: notice.template.clone(),
        name: person.name,
        email: person.email,
        thread: notice.case_id.clone().unwrap_or_else(|| "quorate".to_owned()),
        queued_at: notice.queued_at,
        body: notice.body.clone(),
    };
    let message = match composer.compose(&letter) {
        Ok(message) => message,
        Err(error) => return Ok(NoticeOutcome::Failed(error.to_string())),
    };
    Ok(match transport.send(&notice.id, &message) {
        Ok(answer) => NoticeOutcome::Sent(answer),
        Err(error) if notice.attempts >= ATTEMPTS => NoticeOutcome::Failed(error.to_string()),
        Err(error) => NoticeOutcome::Retry(error.to_string(), now + pause_after(notice.attempts)),
    })
}

/// How long to wait after so many attempts have failed.
fn pause_after(attempts: i64) -> TimeDelta {
    let doubled = u32::try_from(attempts.saturating_sub(1)).ok().and_then(|times| 2_i32.checked_pow(times));
    doubled.and_then(|times| TRY_AGAIN.checked_mul(times)).map_or(AT_LEAST_EVERY, |pause| pause.min(AT_LEAST_EVERY))
}
