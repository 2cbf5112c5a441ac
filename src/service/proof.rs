//! Proving that the record is whole: the journal's chain, and every case replayed from its events.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::app::App;
use super::batches::CONSULTATION_PROCESS;
use super::dossiers;
use super::error::ServiceError;
use super::loaded::{Body, Loaded};
use super::priorities;
use super::settle::{PUT_OFF, clock_records, refresh, refresh_rules};
use crate::sip::SipForm;
use crate::sip::prioritisation::Score;
use crate::store::{self, CaseFilter, CaseRecord, ClockRecord, Entry, MemberRecord};
use crate::workflow::{Event, apply, replay};

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proof {
    /// How many entries the journal has.
    pub entries: i64,
    /// The hash of the last one, in hexadecimal; publish it to hold the whole journal to it.
    pub head: String,
    /// How many cases were replayed from their events and found equal to what is stored.
    pub cases: usize,
    /// What is stored and does not follow from the journal: cases, dossiers, or the list of priorities.
    pub differing: Vec<String>,
}

/// What a journal entry about a case holds. The opening alone has the title and what follows it.
#[derive(Deserialize)]
struct Payload {
    events: Vec<Event>,
    revision: i64,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    reference: Option<String>,
    #[serde(default)]
    proposer_party: Option<String>,
    #[serde(default)]
    form: Option<SipForm>,
    #[serde(default)]
    score: Option<Score>,
}

/// Recomputes every hash of the journal, replays every case from its events and compares it, its row in the register,
/// its form, its score, its clocks and what it carries with what is stored, and the list of priorities too.
///
/// # Errors
///
/// [`ServiceError::Store`] naming the first entry at which the chain does not hold and what was done there.
pub async fn verify_journal(app: &App) -> Result<Proof, ServiceError> {
    let head = store::verify_journal(&app.store).await?;
    let register = register(app).await?;
    let mut missing = register.opened.clone();
    let mut proof = Proof { entries: head.seq, head: head.hash.to_string(), cases: 0, differing: Vec::new() };
    let mut filter = CaseFilter::default();
    loop {
        let page = store::list_cases(&app.store, &filter, 500).await?;
        for record in page.cases {
            proof.cases += 1;
            missing.remove(&record.id);
            let found = differences(app, &register, &record).await?;
            if !found.is_empty() {
                proof.differing.push(format!("{}: {}", record.reference, found.join("; ")));
            }
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    let list = priorities::difference(&app.store).await?;
    proof.differing.extend(list.map(|difference| format!("priorities: {difference}")));
    proof.differing.extend(dossiers::differences(&app.store).await?);
    proof.differing.extend(missing.iter().map(|id| format!("{id}: the journal has it, but the register does not")));
    Ok(proof)
}

/// What the journal says of all cases together.
#[derive(Default)]
struct Register {
    /// The ids of those that were ever opened.
    opened: BTreeSet<String>,
    /// The id of each that was given a number, by its number.
    numbered: BTreeMap<String, String>,
}

impl Register {
    /// The id of the case people know by this name. Ids are references in small letters.
    fn id_of(&self, name: &str) -> String {
        let name = name.trim();
        self.numbered.get(&name.to_uppercase()).cloned().unwrap_or_else(|| name.to_lowercase())
    }

    /// Entries that are about no case have no events.
    fn note(&mut self, entry: Entry) {
        let numbers = entry.payload.contains("number_assigned").then(|| payload(&entry).ok()).flatten();
        if let Some(payload) = numbers {
            for event in payload.events {
                if let Event::NumberAssigned { number } = event {
                    self.numbered.insert(number, entry.subject.clone());
                }
            }
        }
        if entry.act == "case_opened" {
            self.opened.insert(entry.subject);
        }
    }
}

async fn register(app: &App) -> Result<Register, ServiceError> {
    let (mut register, mut after) = (Register::default(), 0);
    loop {
        let page = store::journal_range(&app.store, after, 1_000).await?;
        let Some(last) = page.last() else { return Ok(register) };
        after = last.seq;
        for entry in page {
            register.note(entry);
        }
    }
}

/// What is stored of a case and does not follow from the journal.
async fn differences(app: &App, register: &Register, stored: &CaseRecord) -> Result<Vec<String>, ServiceError> {
    let Some(expected) = replayed(app, stored).await? else {
        return Ok(vec!["the journal has no opening of it".to_owned()]);
    };
    let mut found = Vec::new();
    match serde_json::from_value::<Body>(stored.body.clone()) {
        Err(error) => found.push(format!("what is stored cannot be read ({error})")),
        Ok(body) if body.case != expected.body.case => {
            found.push("what is stored does not follow from its events".to_owned());
        }
        Ok(body) if body.form != expected.body.form => {
            found.push("its form is not the one that was submitted".to_owned());
        }
        Ok(body) if body.score != expected.body.score => {
            found.push("its score is not the one it was given".to_owned());
        }
        Ok(_) => {}
    }
    let columns = columns_that_differ(stored, &expected.record);
    if !columns.is_empty() {
        found.push(format!("its row in the register does not match its events ({})", columns.join(", ")));
    }
    let clocks = clocks_that_differ(app, &expected).await?;
    if !clocks.is_empty() {
        found.push(format!("its clocks do not match its events ({})", clocks.join(", ")));
    }
    if store::members_of(&app.store, &stored.id).await? != members(app, register, stored).await? {
        found.push("what it carries does not match its events".to_owned());
    }
    Ok(found)
}

/// The case, its form, its score and its row as its journal entries give them.
async fn replayed(app: &App, stored: &CaseRecord) -> Result<Option<Loaded>, ServiceError> {
    let mut replayed: Option<Loaded> = None;
    for entry in store::journal_of(&app.store, &stored.id).await? {
        let payload = payload(&entry)?;
        replayed = match replayed {
            None => opening(app, stored, &entry, payload).await?,
            Some(loaded) => Some(next(app, loaded, &entry, payload).await?),
        };
    }
    Ok(replayed)
}

fn payload(entry: &Entry) -> Result<Payload, ServiceError> {
    let damaged = |error| ServiceError::damaged(format!("journal entry {}", entry.seq), error);
    serde_json::from_str(&entry.payload).map_err(damaged)
}

/// The case that its first journal entry opens.
async fn opening(
    app: &App,
    stored: &CaseRecord,
    entry: &Entry,
    payload: Payload,
) -> Result<Option<Loaded>, ServiceError> {
    let Some(case) = replay(&payload.events) else { return Ok(None) };
    let record = CaseRecord {
        process: case.process.to_string(),
        division: case.division.to_string(),
        reference: payload.reference.unwrap_or_default(),
        title: payload.title.unwrap_or_default(),
        proposer_party: payload.proposer_party,
        revision: payload.revision,
        opened_at: entry.at,
        closed_at: None,
        ..stored.clone()
    };
    let definition = app.definition(&app.store, case.process.as_str(), &case.version).await?;
    let calendar = app.calendar(&app.store, case.edition.as_str(), case.division).await?;
    let mut loaded = Loaded { record, body: Body { case, form: payload.form, score: None }, definition, calendar };
    refresh(&mut loaded, entry.at)?;
    Ok(Some(loaded))
}

/// The case after its next journal entry.
async fn next(app: &App, mut loaded: Loaded, entry: &Entry, payload: Payload) -> Result<Loaded, ServiceError> {
    for event in &payload.events {
        apply(&mut loaded.body.case, event);
    }
    loaded.body.score = payload.score.or(loaded.body.score);
    refresh_rules(app, &app.store, &mut loaded).await?;
    refresh(&mut loaded, entry.at)?;
    loaded.record.revision = payload.revision;
    Ok(loaded)
}

/// The columns of a row in the register that do not say what they should.
fn columns_that_differ(stored: &CaseRecord, expected: &CaseRecord) -> Vec<&'static str> {
    let same = [
        ("process", stored.process == expected.process),
        ("version", stored.definition_version == expected.definition_version),
        ("edition", stored.edition == expected.edition),
        ("division", stored.division == expected.division),
        ("reference", stored.reference == expected.reference),
        ("number", stored.sip_number == expected.sip_number),
        ("title", stored.title == expected.title),
        ("state", stored.state == expected.state),
        ("owner", stored.owner == expected.owner),
        ("proposer", stored.proposer_party == expected.proposer_party),
        ("revision", stored.revision == expected.revision),
        ("opened", stored.opened_at == expected.opened_at),
        ("changed", stored.updated_at == expected.updated_at),
        ("ended", stored.closed_at == expected.closed_at),
        ("next deadline", stored.next_deadline_at == expected.next_deadline_at),
    ];
    same.into_iter().filter(|(_, same)| !same).map(|(column, _)| column).collect()
}

/// The clocks whose rows are not as they should be: altered, missing, or there without reason.
async fn clocks_that_differ(app: &App, loaded: &Loaded) -> Result<Vec<String>, ServiceError> {
    let by_name = |clocks: Vec<ClockRecord>| -> BTreeMap<(String, i64), ClockRecord> {
        clocks.into_iter().map(|clock| ((clock.name.clone(), clock.instance), clock)).collect()
    };
    let stored = by_name(store::clocks_of(&app.store, &loaded.record.id).await?);
    let expected = by_name(clock_records(loaded)?);
    let differ = stored.keys().chain(expected.keys()).filter(|key| match (stored.get(*key), expected.get(*key)) {
        (Some(stored), Some(expected)) => !is_as_expected(stored, expected),
        _ => true,
    });
    let names: BTreeSet<String> = differ.map(|(name, _)| name.clone()).collect();
    Ok(names.into_iter().collect())
}

/// What a consultation carries and has carried, as its journal entries give it.
async fn members(app: &App, register: &Register, batch: &CaseRecord) -> Result<Vec<MemberRecord>, ServiceError> {
    let mut members = Vec::new();
    if batch.process != CONSULTATION_PROCESS {
        return Ok(members);
    }
    for entry in store::journal_of(&app.store, &batch.id).await? {
        for event in payload(&entry)?.events {
            match event {
                Event::MembersAdded { members: added } => {
                    let added = added.iter().map(|name| register.id_of(name));
                    join(&batch.id, &mut members, added, entry.at);
                }
                Event::MemberDropped { member, .. } | Event::MemberLeft { member, .. } => {
                    let id = register.id_of(&member);
                    let carried = members.iter_mut().find(|known| known.sip_case_id == id && known.left_at.is_none());
                    if let Some(carried) = carried {
                        carried.left_at = Some(entry.at);
                    }
                }
                _ => {}
            }
        }
    }
    members.sort_by_key(|member| (member.position, member.joined_at));
    Ok(members)
}

fn join(batch: &str, members: &mut Vec<MemberRecord>, added: impl Iterator<Item = String>, at: DateTime<Utc>) {
    for (position, sip_case_id) in (members.len() + 1..).zip(added) {
        // One that left at the very instant it joined makes room, as in the table of members.
        members.retain(|known| known.sip_case_id != sip_case_id || known.joined_at != at);
        members.push(MemberRecord {
            batch_case_id: batch.to_owned(),
            sip_case_id,
            position: i64::try_from(position).unwrap_or(i64::MAX),
            joined_at: at,
            left_at: None,
        });
    }
}

/// A clock that could not be dealt with says so, and is looked at later than it should be.
fn is_as_expected(stored: &ClockRecord, expected: &ClockRecord) -> bool {
    if stored.next_at < expected.next_at || stored.body.get(PUT_OFF).is_none() {
        return stored == expected;
    }
    let (next_at, body) = (expected.next_at, expected.body.clone());
    ClockRecord { next_at, body, ..stored.clone() } == *expected
}

/// Writes the journal to `out`, one JSON object a line, and returns how many entries there are.
///
/// # Errors
///
/// The chain does not hold, or `out` does not take it.
pub async fn export_journal(app: &App, out: &mut impl Write) -> Result<i64, ServiceError> {
    Ok(store::export_journal(&app.store, out).await?.seq)
}
