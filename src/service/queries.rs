//! Questions about cases. Nothing is changed.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::accounts;
use super::app::App;
use super::error::ServiceError;
use super::loaded::{Loaded, load, with_rules};
use super::views::{self, CaseView, HistoryEntry, StateView};
use super::words;
use crate::calendar::london_date;
use crate::store::{self, CaseCursor, CaseFilter, Entry, NoticeRecord};
use crate::workflow::{Definition, Event, StateName};

/// Most cases on one page.
const MOST: u32 = 200;

/// Which cases to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Only this process.
    pub process: Option<String>,
    /// Only this state.
    pub state: Option<String>,
    /// Only those whose turn is this role's.
    pub owner: Option<String>,
    /// Only those this organisation proposed.
    pub party: Option<String>,
    /// Only those whose title or reference has this text.
    pub text: Option<String>,
    /// Only those with a deadline at or before the end of this London day.
    pub due_by: Option<NaiveDate>,
    /// How many on a page, 1 to 200.
    pub limit: Option<u32>,
    /// Where to go on: the `next` of the page before.
    pub cursor: Option<String>,
}

/// A page of cases, the latest opened first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Listing {
    /// The cases.
    pub cases: Vec<ListedCase>,
    /// Give this as `cursor` for the next page; none on the last.
    pub next: Option<String>,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedCase {
    /// The reference it had from the start.
    pub reference: String,
    /// The number it was given on acceptance.
    pub number: Option<String>,
    /// What it is called: SIP, Consultation, Process change.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The process it follows.
    pub process: String,
    /// Where it stands.
    pub state: StateView,
    /// When it was opened (UTC).
    pub opened_at: DateTime<Utc>,
    /// When it ended (UTC).
    pub ended_at: Option<DateTime<Utc>>,
    /// London date of its next deadline.
    pub next_due: Option<NaiveDate>,
    /// Its revision.
    pub revision: i64,
}

/// The cases a query asks for.
///
/// # Errors
///
/// [`ServiceError::Wrong`] for a cursor or limit that makes no sense.
pub async fn list(app: &App, query: ListQuery) -> Result<Listing, ServiceError> {
    let limit = query.limit.unwrap_or(50);
    if !(1..=MOST).contains(&limit) {
        return Err(ServiceError::wrong("limit", format!("give a number from 1 to {MOST}")));
    }
    let filter = CaseFilter {
        after: query.cursor.as_deref().map(read_cursor).transpose()?,
        process: query.process,
        state: query.state,
        owner: query.owner,
        party: query.party,
        text: query.text,
        due_before: query.due_by.map(|due| crate::calendar::end_of_day(due) + chrono::TimeDelta::microseconds(1)),
    };
    let page = store::list_cases(&app.store, &filter, limit).await?;
    let mut cases = Vec::new();
    for record in page.cases {
        let definition = app.definition(&app.store, &record.process, &record.definition_version).await?;
        cases.push(ListedCase {
            kind: definition.subject.clone(),
            state: views::state_view(&definition, &StateName::new(record.state)),
            reference: record.reference,
            number: record.sip_number,
            title: record.title,
            process: record.process,
            opened_at: record.opened_at,
            ended_at: record.closed_at,
            next_due: record.next_deadline_at.map(|at| london_date(at - chrono::TimeDelta::microseconds(1))),
            revision: record.revision,
        });
    }
    Ok(Listing { cases, next: page.next.map(|cursor| write_cursor(&cursor)) })
}

fn write_cursor(cursor: &CaseCursor) -> String {
    format!("{}_{}", cursor.opened_at.timestamp_micros(), cursor.id)
}

fn read_cursor(text: &str) -> Result<CaseCursor, ServiceError> {
    let wrong = || ServiceError::wrong("cursor", "it is not one this list gave; start again without it");
    let (micros, id) = text.split_once('_').ok_or_else(wrong)?;
    let micros = micros.parse().map_err(|_| wrong())?;
    let opened_at = DateTime::from_timestamp_micros(micros).ok_or_else(wrong)?;
    Ok(CaseCursor { opened_at, id: id.to_owned() })
}

/// A case, by reference or number, as it stands at `now`.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is none.
pub async fn case(app: &App, reference: &str, now: DateTime<Utc>) -> Result<CaseView, ServiceError> {
    views::view(&load(app, &app.store, reference).await?, now)
}

/// Everything that happened to a case, oldest first.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such case.
pub async fn history(app: &App, reference: &str) -> Result<Vec<HistoryEntry>, ServiceError> {
    history_of(app, &load(app, &app.store, reference).await?).await
}

/// Everything that happened to a loaded case, oldest first.
pub(super) async fn history_of(app: &App, loaded: &Loaded) -> Result<Vec<HistoryEntry>, ServiceError> {
    let entries = store::journal_of(&app.store, &loaded.record.id).await?;
    entries.into_iter().map(|entry| history_entry(&loaded.definition, entry)).collect()
}

fn history_entry(definition: &Definition, entry: Entry) -> Result<HistoryEntry, ServiceError> {
    let damaged = |error: serde_json::Error| ServiceError::damaged(format!("journal entry {}", entry.seq), error);
    let payload: Json = serde_json::from_str(&entry.payload).map_err(damaged)?;
    let events: Vec<Event> = match payload.get("events") {
        Some(events) => serde_json::from_value(events.clone()).map_err(damaged)?,
        None => Vec::new(),
    };
    Ok(HistoryEntry {
        seq: entry.seq,
        at: entry.at,
        actor: entry.actor,
        act: entry.act,
        happened: events.iter().filter_map(|event| words::sentence(definition, event)).collect(),
        payload,
        hash: entry.hash.to_string(),
    })
}

/// Every notice queued about a case, oldest first.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such case.
pub async fn notices_of_case(app: &App, reference: &str) -> Result<Vec<NoticeRecord>, ServiceError> {
    let loaded = load(app, &app.store, reference).await?;
    Ok(store::notices_of(&app.store, &loaded.record.id).await?)
}

/// A journal entry with the case it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// What the journal keeps the entry under: the id of a case, or the kind and id of something kept beside the cases.
    pub subject: String,
    /// What the case is known by that it is about or belongs to; its subject where there is none.
    pub known_as: String,
    /// Its title.
    pub title: String,
    /// The process it follows; empty where it is about no case.
    pub process: String,
    /// The organisation that brought the case.
    pub proposer: Option<String>,
    /// The entry.
    pub entry: HistoryEntry,
}

/// Everything entered in the journal after entry number `after`, at most 1,000 entries.
///
/// # Errors
///
/// The database cannot be read.
pub async fn happenings(app: &App, after: i64) -> Result<Vec<Happening>, ServiceError> {
    happenings_up_to(app, after, 1_000).await
}

/// The first `limit` entries of the journal after entry number `after`.
pub(super) async fn happenings_up_to(app: &App, after: i64, limit: u32) -> Result<Vec<Happening>, ServiceError> {
    let mut happenings = Vec::new();
    for entry in store::journal_range(&app.store, after, limit).await? {
        happenings.push(happening(app, entry).await?);
    }
    Ok(happenings)
}

async fn happening(app: &App, entry: Entry) -> Result<Happening, ServiceError> {
    let Some(record) = store::find_case(&app.store, &entry.subject).await? else {
        return Ok(Happening {
            known_as: accounts::known_as(&app.store, &entry.subject).await?,
            subject: entry.subject.clone(),
            title: String::new(),
            process: String::new(),
            proposer: None,
            entry: history_entry_of_none(app, entry).await?,
        });
    };
    let loaded = with_rules(app, &app.store, record).await?;
    Ok(Happening {
        subject: entry.subject.clone(),
        known_as: loaded.known_as().to_owned(),
        entry: history_entry(&loaded.definition, entry)?,
        title: loaded.record.title,
        process: loaded.record.process,
        proposer: loaded.record.proposer_party,
    })
}

async fn history_entry_of_none(app: &App, entry: Entry) -> Result<HistoryEntry, ServiceError> {
    let damaged = |error: serde_json::Error| ServiceError::damaged(format!("journal entry {}", entry.seq), error);
    let payload: Json = serde_json::from_str(&entry.payload).map_err(damaged)?;
    let of_dossier = accounts::sentences(app, &app.store, &entry, &payload).await?;
    Ok(HistoryEntry {
        seq: entry.seq,
        at: entry.at,
        happened: of_dossier.unwrap_or_else(|| vec![words::record_sentence(&entry.act, &payload)]),
        actor: entry.actor,
        act: entry.act,
        payload,
        hash: entry.hash.to_string(),
    })
}

/// The number of the last journal entry.
///
/// # Errors
///
/// The database cannot be read.
pub async fn journal_head(app: &App) -> Result<i64, ServiceError> {
    Ok(store::journal_head(&app.store).await?.seq)
}

/// When something next falls due (UTC), if anything will.
///
/// # Errors
///
/// The database cannot be read.
pub async fn next_due_at(app: &App) -> Result<Option<DateTime<Utc>>, ServiceError> {
    Ok(store::next_clock_at(&app.store).await?)
}
