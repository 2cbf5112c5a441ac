//! Editions of bank holidays: importing one, seeing whom it affects, and adopting it for open cases.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use utoipa::ToSchema;

use super::acts::{answered, finish};
use super::app::App;
use super::call::Call;
use super::error::ServiceError;
use super::fields;
use super::loaded::{Loaded, with_rules};
use super::notices::{Kept, link, recipients, told_anew};
use super::settle::{Journalled, append, settle};
use crate::calendar::{Edition, EditionName, date_words};
use crate::notify::letters::{BankHolidaysChanged, MovedDate};
use crate::store::{self, CaseFilter, EditionRecord, Entry, NewNotice, Source, StoreError, WriteTx};
use crate::workflow::{Command, EditionChoice, Event, Record, Rules, decide, moved_by_edition};

/// A due date that a new edition of bank holidays would move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Affected {
    /// The case.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The clock, in words.
    pub clock: String,
    /// When it is due now.
    pub due: NaiveDate,
    /// When it would be due.
    pub would_be: NaiveDate,
    /// When it is due now, in words.
    pub due_words: String,
    /// When it would be due, in words.
    pub would_be_words: String,
}

/// What is to become of the due dates that would move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionChoices {
    /// For every case not named.
    pub usual: EditionChoice,
    /// References of the cases that are treated the other way.
    pub except: BTreeSet<String>,
    /// Why.
    pub reason: String,
}

/// The name of the edition that new cases count with.
pub(super) async fn current(source: &impl Source) -> Result<String, ServiceError> {
    let setting = store::find_setting(source, "edition").await?;
    let name = setting.as_ref().and_then(Json::as_str).map(str::to_owned);
    name.ok_or_else(|| ServiceError::damaged("settings", "no edition of bank holidays is set"))
}

/// The edition that new cases count with.
///
/// # Errors
///
/// The database cannot be read.
pub async fn current_edition(app: &App) -> Result<std::sync::Arc<Edition>, ServiceError> {
    let name = current(&app.store).await?;
    app.edition(&app.store, &name).await
}

/// The names of every edition stored, the latest imported first.
///
/// # Errors
///
/// The database cannot be read.
pub async fn editions(app: &App) -> Result<Vec<String>, ServiceError> {
    Ok(store::list_editions(&app.store).await?.into_iter().map(|edition| edition.name).collect())
}

/// Stores an edition; no deadline moves until it is adopted.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and DCC; [`ServiceError::Edition`] with every problem of the file;
/// [`ServiceError::Wrong`] when the name is taken.
pub async fn import_edition(app: &App, call: &Call<'_>, name: &str, json: &str) -> Result<EditionName, ServiceError> {
    keeper(call)?;
    let name: EditionName = name.parse().map_err(|error| ServiceError::wrong("edition", format!("{error}")))?;
    let edition = Edition::parse(name.clone(), json)?;
    let stored =
        serde_json::from_str(&edition.to_json()).map_err(|error| ServiceError::damaged(name.as_str(), error))?;
    let record = EditionRecord {
        name: name.to_string(),
        json: stored,
        imported_at: call.now,
        imported_by: call.actor.id.clone(),
    };
    let tx = app.store.write().await?;
    if let Some(stored) = answered(&tx, call).await? {
        return Ok(stored);
    }
    store::insert_edition(&tx, &record).await.map_err(|error| match error {
        StoreError::Exists { .. } => {
            ServiceError::wrong("edition", format!("there is an edition `{name}` already; give another name"))
        }
        other => other.into(),
    })?;
    let payload = json!({ "edition": name });
    append(&tx, call.actor, call.now, Journalled::new("bank-holidays", "edition_imported", payload)).await?;
    finish(tx, call, name).await
}

fn keeper(call: &Call<'_>) -> Result<(), ServiceError> {
    if call.actor.holds("secas") || call.actor.holds("dcc") || call.actor.holds("system") {
        return Ok(());
    }
    Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "SECAS or DCC".to_owned() })
}

/// Every due date of an open case that an edition would move. Nothing is changed.
///
/// # Errors
///
/// There is no such edition, or a date would lie outside its years.
pub async fn preview_edition(app: &App, name: &str) -> Result<Vec<Affected>, ServiceError> {
    let mut affected = Vec::new();
    for loaded in open_cases(app, &app.store).await? {
        affected.extend(affected_in(app, &app.store, &loaded, name).await?);
    }
    Ok(affected)
}

async fn affected_in(
    app: &App,
    source: &impl Source,
    loaded: &Loaded,
    edition: &str,
) -> Result<Vec<Affected>, ServiceError> {
    let calendar = app.calendar(source, edition, loaded.case().division).await?;
    let rules = Rules { definition: &loaded.definition, calendar: &calendar };
    let moved = moved_by_edition(rules, loaded.case())?;
    let told = |(clock, due, would_be): (crate::workflow::ClockName, NaiveDate, NaiveDate)| Affected {
        reference: loaded.known_as().to_owned(),
        title: loaded.record.title.clone(),
        clock: loaded.definition.clocks.get(&clock).map_or_else(|| clock.words(), |spec| spec.title.clone()),
        due_words: date_words(due),
        would_be_words: date_words(would_be),
        due,
        would_be,
    };
    Ok(moved.into_iter().map(told).collect())
}

/// Counts every open clock with an edition, moving or keeping each due date that differs, and makes it the edition that
/// new cases count with. Ended clocks stay as they are. Each person concerned is told once, whatever the number of
/// dates.
///
/// # Errors
///
/// As [`preview_edition`]; [`ServiceError::Wrong`] for an exception that names no affected case, or no reason.
pub async fn adopt_edition(
    app: &App,
    call: &Call<'_>,
    name: &str,
    choices: EditionChoices,
) -> Result<Vec<Affected>, ServiceError> {
    keeper(call)?;
    let reason = fields::text("reason", &choices.reason)?;
    let tx = app.store.write().await?;
    if let Some(affected) = answered(&tx, call).await? {
        return Ok(affected);
    }
    app.edition(&tx, name).await?;
    let mut affected = Vec::new();
    let mut told: BTreeMap<String, Vec<Affected>> = BTreeMap::new();
    let mut unknown = choices.except.clone();
    for mut loaded in open_cases(app, &tx).await? {
        if loaded.case().edition.as_str() == name {
            continue;
        }
        let moves = affected_in(app, &tx, &loaded, name).await?;
        let choice = choice_for(&loaded, &choices, &mut unknown);
        let calendar = app.calendar(&tx, name, loaded.case().division).await?;
        let rules = Rules { definition: &loaded.definition, calendar: &calendar };
        let command = Command::AdoptEdition { choice, reason: reason.clone() };
        let events = decide(rules, loaded.case(), &command, &call.actor.offices, &Record::default(), call.now)?;
        let (notices, events): (Vec<_>, Vec<_>) =
            events.into_iter().partition(|event| matches!(event, Event::NoticeRaised { .. }));
        let mut concerned = recipients_of(app, &tx, call, &loaded, &notices).await?;
        settle(app, &tx, call, &mut loaded, "edition_adopted", &events).await?;
        concerned.extend(told_anew(&tx, &loaded).await?);
        for person in concerned {
            told.entry(person).or_default().extend(moves.clone());
        }
        affected.extend(moves);
    }
    if let Some(unknown) = unknown.first() {
        return Err(ServiceError::wrong("except", format!("{unknown} is not an open case")));
    }
    store::put_setting(&tx, "edition", json!(name)).await?;
    let payload = json!({ "edition": name, "reason": reason, "affected": affected });
    let entry = append(&tx, call.actor, call.now, Journalled::new("bank-holidays", "edition_adopted", payload)).await?;
    tell(app, &tx, &entry, name, &reason, told).await?;
    finish(tx, call, affected).await
}

fn choice_for(loaded: &Loaded, choices: &EditionChoices, unknown: &mut BTreeSet<String>) -> EditionChoice {
    let names = [loaded.known_as(), loaded.record.reference.as_str()];
    let excepted = names.iter().any(|name| choices.except.contains(*name));
    for name in names {
        unknown.remove(name);
    }
    match (choices.usual, excepted) {
        (EditionChoice::Move, false) | (EditionChoice::Keep, true) => EditionChoice::Move,
        _ => EditionChoice::Keep,
    }
}

async fn recipients_of(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &Loaded,
    notices: &[Event],
) -> Result<BTreeSet<String>, ServiceError> {
    let mut people = BTreeSet::new();
    for event in notices {
        if let Event::NoticeRaised { to, .. } = event {
            people.extend(recipients(app, tx, loaded, to, call.now).await?);
        }
    }
    Ok(people)
}

/// One notice a person, listing every date that moved for them. An edition may be adopted again after another, so the
/// notices are known by the entry of this adoption.
async fn tell(
    app: &App,
    tx: &WriteTx,
    adoption: &Entry,
    edition: &str,
    reason: &str,
    told: BTreeMap<String, Vec<Affected>>,
) -> Result<(), ServiceError> {
    for (recipient, moved) in told.into_iter().filter(|(_, moved)| !moved.is_empty()) {
        let says = BankHolidaysChanged {
            edition: edition.to_owned(),
            moved: moved.into_iter().map(MovedDate::from).collect(),
            reason: reason.to_owned(),
            link: link(&app.settings.base_url)?,
        };
        let new = NewNotice {
            id: format!("{}-bank_holidays_changed-{recipient}", adoption.seq),
            event_key: format!("{}/bank_holidays_changed", adoption.seq),
            recipient,
            template: "bank_holidays_changed".to_owned(),
            case_id: None,
            queued_at: adoption.at,
            way: store::Way::AtOnce,
            send_at: adoption.at,
            body: Kept::of("bank_holidays_changed", &says)?.into_body()?,
        };
        store::queue_notice(tx, new).await?;
    }
    Ok(())
}

impl From<Affected> for MovedDate {
    fn from(moved: Affected) -> Self {
        let Affected { reference, title, clock, due_words, would_be_words, .. } = moved;
        Self { reference, title, clock, due_words, would_be_words }
    }
}

/// Every case that has not ended.
async fn open_cases(app: &App, source: &impl Source) -> Result<Vec<Loaded>, ServiceError> {
    let mut filter = CaseFilter::default();
    let mut open = Vec::new();
    loop {
        let page = store::list_cases(source, &filter, 500).await?;
        for record in page.cases.into_iter().filter(|case| case.closed_at.is_none()) {
            open.push(with_rules(app, source, record).await?);
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(open),
        }
    }
}
