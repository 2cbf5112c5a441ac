//! Proving that the record is whole: the journal's chain, and every case replayed from its events.

use std::io::Write;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::app::App;
use super::error::ServiceError;
use super::loaded::Body;
use super::priorities;
use crate::sip::SipForm;
use crate::sip::prioritisation::Score;
use crate::store::{self, CaseFilter, CaseRecord};
use crate::workflow::{Event, replay};

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proof {
    /// How many entries the journal has.
    pub entries: i64,
    /// The hash of the last one, in hexadecimal; publish it to hold the whole journal to it.
    pub head: String,
    /// How many cases were replayed from their events and found equal to what is stored.
    pub cases: usize,
    /// What is stored and does not follow from the journal: cases, or the list of priorities.
    pub differing: Vec<String>,
}

/// What a journal entry about a case holds of its events.
#[derive(Deserialize)]
struct Payload {
    events: Vec<Event>,
    #[serde(default)]
    form: Option<SipForm>,
    #[serde(default)]
    score: Option<Score>,
}

/// Recomputes every hash of the journal, replays every case and the list of priorities and compares them with what is
/// stored.
///
/// # Errors
///
/// [`ServiceError::Store`] naming the first entry at which the chain does not hold and what was done there.
pub async fn verify_journal(app: &App) -> Result<Proof, ServiceError> {
    let head = store::verify_journal(&app.store).await?;
    let mut proof = Proof { entries: head.seq, head: head.hash.to_string(), cases: 0, differing: Vec::new() };
    let mut filter = CaseFilter::default();
    loop {
        let page = store::list_cases(&app.store, &filter, 500).await?;
        for record in page.cases {
            proof.cases += 1;
            if let Some(difference) = difference(app, &record).await? {
                proof.differing.push(format!("{}: {difference}", record.reference));
            }
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    if priorities::stored(&app.store).await? != priorities::replayed(&app.store).await? {
        proof.differing.push("priorities: the list that is stored does not follow from its entries".to_owned());
    }
    Ok(proof)
}

async fn difference(app: &App, record: &CaseRecord) -> Result<Option<String>, ServiceError> {
    let Some(replayed) = replayed(app, record).await? else {
        return Ok(Some("the journal has no opening of it".to_owned()));
    };
    let stored: Body = match serde_json::from_value(record.body.clone()) {
        Ok(stored) => stored,
        Err(error) => return Ok(Some(format!("what is stored cannot be read ({error})"))),
    };
    if stored.case != replayed.case {
        return Ok(Some("what is stored does not follow from its events".to_owned()));
    }
    if stored.form != replayed.form {
        return Ok(Some("its form is not the one that was submitted".to_owned()));
    }
    if stored.score != replayed.score {
        return Ok(Some("its score is not the one it was given".to_owned()));
    }
    let row = (&record.state, &record.sip_number, &record.definition_version);
    let case = &replayed.case;
    let wanted = (&case.state.to_string(), &case.number, &case.version);
    Ok((row != wanted).then(|| "its row in the register does not match its events".to_owned()))
}

/// What is kept of a case, as its journal entries give it.
async fn replayed(app: &App, record: &CaseRecord) -> Result<Option<Body>, ServiceError> {
    let (mut events, mut form, mut score) = (Vec::new(), None, None);
    for entry in store::journal_of(&app.store, &record.id).await? {
        let payload: Payload = serde_json::from_str(&entry.payload)
            .map_err(|error| ServiceError::damaged(format!("journal entry {}", entry.seq), error))?;
        events.extend(payload.events);
        form = form.or(payload.form);
        score = payload.score.or(score);
    }
    Ok(replay(&events).map(|case| Body { case, form, score }))
}

/// Writes the journal to `out`, one JSON object a line, and returns how many entries there are.
///
/// # Errors
///
/// The chain does not hold, or `out` does not take it.
pub async fn export_journal(app: &App, out: &mut impl Write) -> Result<i64, ServiceError> {
    Ok(store::export_journal(&app.store, out).await?.seq)
}
