//! Queues notices in the transaction that causes them, and hands them out to be sent.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value as Json, json};

use super::app::App;
use super::call::Call;
use super::directory::directory;
use super::error::ServiceError;
use super::loaded::Loaded;
use crate::calendar::london_date;
use crate::store::{self, Entry, NewNotice, NoticeOutcome, NoticeRecord, WriteTx};
use crate::workflow::{Clock, Event, RoleName};

/// How long a sender may take before another may try.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// A notice to be sent, with the address it goes to.
#[derive(Debug, Clone)]
pub struct OutgoingNotice {
    /// The name of the recipient.
    pub name: String,
    /// The address, looked up now.
    pub email: String,
    /// The notice as it was queued.
    pub notice: NoticeRecord,
}

/// Queues every notice that the events of one journal entry raise, once for each person.
pub(super) async fn queue(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &Loaded,
    entry: &Entry,
    events: &[Event],
) -> Result<(), ServiceError> {
    for event in events {
        let Event::NoticeRaised { notice, subject, to, clock, .. } = event else { continue };
        let key = format!("{}/{notice}", entry.seq);
        let about = clock.as_ref().and_then(|name| loaded.case().clock(name));
        let body = body(app, loaded, subject, about, call.now)?;
        for recipient in recipients(app, tx, to, loaded.record.proposer_party.as_deref()).await? {
            let new = NewNotice {
                id: format!("{}-{notice}-{recipient}", entry.seq),
                event_key: key.clone(),
                recipient,
                template: notice.to_string(),
                case_id: Some(loaded.record.id.clone()),
                queued_at: call.now,
                send_at: call.now,
                body: body.clone(),
            };
            store::queue_notice(tx, new).await?;
        }
    }
    Ok(())
}

/// The people the roles stand for, each once.
pub(super) async fn recipients(
    app: &App,
    tx: &WriteTx,
    roles: &[RoleName],
    proposer: Option<&str>,
) -> Result<BTreeSet<String>, ServiceError> {
    let directory = directory(app, tx).await?;
    Ok(roles.iter().flat_map(|role| directory.told(role, proposer)).map(str::to_owned).collect())
}

/// What a notice says: what happened, whose turn it is, by when and why, and where to look.
fn body(
    app: &App,
    loaded: &Loaded,
    subject: &str,
    about: Option<&Clock>,
    now: DateTime<Utc>,
) -> Result<Json, ServiceError> {
    let definition = &loaded.definition;
    let state = definition.states.get(&loaded.case().state);
    let first = || loaded.case().clocks.iter().min_by_key(|clock| clock.deadline.closes_at);
    let clock = about.or_else(first);
    let deadline = clock.map(|clock| {
        let today = london_date(now);
        let left = loaded.calendar.between(today, clock.deadline.on.max(today));
        let title = definition.clocks.get(&clock.name).map(|spec| spec.title.clone());
        Ok::<_, ServiceError>(json!({
            "what": title,
            "who": definition.clocks.get(&clock.name).map(|spec| definition.title_of(spec.owner.as_str())),
            "closes": crate::calendar::words(clock.deadline.closes_at),
            "on": crate::calendar::date_words(clock.deadline.on),
            "working_days_left": left?,
            "overdue": clock.overdue_since.is_some(),
            "explanation": clock.deadline.explain(),
        }))
    });
    Ok(json!({
        "reference": loaded.known_as(),
        "kind": definition.subject,
        "title": loaded.record.title,
        "subject": subject,
        "state": state.map(|state| state.title.clone()),
        "ended": state.and_then(|state| state.ends.clone()),
        "turn": state.and_then(|state| state.owner.as_ref()).map(|owner| definition.title_of(owner.as_str())),
        "deadline": deadline.transpose()?,
        "link": format!("{}/cases/{}", app.settings.base_url.trim_end_matches('/'), loaded.record.reference),
    }))
}

/// Takes notices to be sent; nobody else gets them until the lease is over.
///
/// # Errors
///
/// The database cannot be read or written.
pub async fn claim_outgoing(app: &App, now: DateTime<Utc>, limit: u32) -> Result<Vec<OutgoingNotice>, ServiceError> {
    let tx = app.store.write().await?;
    let claimed = store::claim_notices(&tx, now, LEASE, limit).await?;
    let mut outgoing = Vec::new();
    for notice in claimed {
        match store::find_person(&tx, &notice.recipient).await? {
            Some(person) => outgoing.push(OutgoingNotice { name: person.name, email: person.email, notice }),
            None => {
                let why = NoticeOutcome::Failed("the recipient is no longer in the directory".to_owned());
                store::mark_notice(&tx, &notice, why, now).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(outgoing)
}

/// Records what became of a notice.
///
/// # Errors
///
/// The database cannot be written, or another sender has taken the notice over.
pub async fn settle_outgoing(
    app: &App,
    notice: &OutgoingNotice,
    outcome: Result<String, String>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let outcome = match outcome {
        Ok(answer) => NoticeOutcome::Sent(answer),
        Err(why) => NoticeOutcome::Retry(why, now + TimeDelta::minutes(5)),
    };
    let tx = app.store.write().await?;
    store::mark_notice(&tx, &notice.notice, outcome, now).await?;
    tx.commit().await?;
    Ok(())
}
