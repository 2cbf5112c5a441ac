//! Proving that the record is whole: the journal's chain, and every case replayed from its events.

use std::io::Write;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::app::App;
use super::error::ServiceError;
use super::loaded::Body;
use crate::sip::SipForm;
use crate::store::{self, CaseFilter, CaseRecord};
use crate::workflow::{Case, Event, replay};

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proof {
    /// How many entries the journal has.
    pub entries: i64,
    /// The hash of the last one, in hexadecimal; publish it to hold the whole journal to it.
    pub head: String,
    /// How many cases were replayed from their events and found equal to what is stored.
    pub cases: usize,
    /// Cases whose stored state does not follow from the journal.
    pub differing: Vec<String>,
}

/// What a journal entry about a case holds of its events.
#[derive(Deserialize)]
struct Payload {
    events: Vec<Event>,
    #[serde(default)]
    form: Option<SipForm>,
}

/// Recomputes every hash of the journal, replays every case from its events and compares it with what is stored.
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
            None => return Ok(proof),
        }
    }
}

async fn difference(app: &App, record: &CaseRecord) -> Result<Option<String>, ServiceError> {
    let Some((case, form)) = replayed(app, record).await? else {
        return Ok(Some("the journal has no opening of it".to_owned()));
    };
    let stored: Body = match serde_json::from_value(record.body.clone()) {
        Ok(stored) => stored,
        Err(error) => return Ok(Some(format!("what is stored cannot be read ({error})"))),
    };
    if stored.case != case {
        return Ok(Some("what is stored does not follow from its events".to_owned()));
    }
    if stored.form != form {
        return Ok(Some("its form is not the one that was submitted".to_owned()));
    }
    let row = (&record.state, &record.sip_number, &record.definition_version);
    let replayed = (&case.state.to_string(), &case.number, &case.version);
    Ok((row != replayed).then(|| "its row in the register does not match its events".to_owned()))
}

/// The case and its form as its journal entries give them.
async fn replayed(app: &App, record: &CaseRecord) -> Result<Option<(Case, Option<SipForm>)>, ServiceError> {
    let (mut events, mut form) = (Vec::new(), None);
    for entry in store::journal_of(&app.store, &record.id).await? {
        let payload: Payload = serde_json::from_str(&entry.payload)
            .map_err(|error| ServiceError::damaged(format!("journal entry {}", entry.seq), error))?;
        events.extend(payload.events);
        form = form.or(payload.form);
    }
    Ok(replay(&events).map(|case| (case, form)))
}

/// Writes the journal to `out`, one JSON object a line, and returns how many entries there are.
///
/// # Errors
///
/// The chain does not hold, or `out` does not take it.
pub async fn export_journal(app: &App, out: &mut impl Write) -> Result<i64, ServiceError> {
    Ok(store::export_journal(&app.store, out).await?.seq)
}
