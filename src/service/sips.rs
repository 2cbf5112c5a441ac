//! Submitting a SIP (R1, R11 to R14, R20).

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::acts::{answered, finish};
use super::app::App;
use super::call::{Call, Receipt};
use super::error::ServiceError;
use super::loaded::{Body, Loaded};
use super::settle::{Journalled, clock_records, encode, record, refresh};
use super::{editions, processes};
use crate::calendar::london_date;
use crate::sip::route::{Boundary, Route, route};
use crate::sip::{ProvisionalReference, RawSipForm, SipForm, Urgency};
use crate::store::{self, CaseRecord, WriteTx};
use crate::workflow::{Facts, Rules, Value, open, replay};

/// The process every SIP follows.
pub const SIP_PROCESS: &str = "ssi-change-governance";

/// Submits a SIP on behalf of the actor's organisation.
///
/// `sent_on` is the London date on which the proposer sent it, from which DCC's five Working Days count (R12); today
/// where absent.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone who does not act for a SEC Party, [`ServiceError::Form`] with every faulty
/// field, [`ServiceError::Wrong`] for a date of sending in the future.
pub async fn submit_sip(
    app: &App,
    call: &Call<'_>,
    form: RawSipForm,
    sent_on: Option<NaiveDate>,
) -> Result<Receipt, ServiceError> {
    let party = call.actor.party.clone().filter(|_| call.actor.holds("party") || call.actor.holds("dcc"));
    let Some(party) = party else {
        return Err(ServiceError::NotAllowed {
            who: call.actor.name.clone(),
            could: "anyone who acts for a SEC Party".to_owned(),
        });
    };
    let form = form.parse().map_err(ServiceError::Form)?;
    let sent_on = sent_date(call, sent_on)?;
    let tx = app.store.write().await?;
    if let Some(receipt) = answered(&tx, call).await? {
        return Ok(receipt);
    }
    let receipt = submit_in(app, &tx, call, (party, form), sent_on).await?;
    finish(tx, call, receipt).await
}

/// Submits a SIP that is complete, on behalf of a Party, in the transaction of the caller.
pub(super) async fn submit_in(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    (party, form): (String, SipForm),
    sent_on: NaiveDate,
) -> Result<Receipt, ServiceError> {
    let facts = opening_facts(app, &form, sent_on);
    let serial = store::next_number(tx, &format!("provisional-{}", sent_on.year())).await?;
    let reference = provisional(sent_on, serial)?;
    let opening = Opening { process: SIP_PROCESS, reference, title: form.title.to_string(), party: Some(party) };
    open_case(app, tx, call, opening, facts, Some(form)).await
}

fn sent_date(call: &Call<'_>, sent_on: Option<NaiveDate>) -> Result<NaiveDate, ServiceError> {
    let today = london_date(call.now);
    let sent_on = sent_on.unwrap_or(today);
    if sent_on > today {
        return Err(ServiceError::wrong("sent_on", format!("{sent_on} is in the future; give the day it was sent")));
    }
    Ok(sent_on)
}

fn provisional(sent_on: NaiveDate, serial: i64) -> Result<String, ServiceError> {
    let (year, number) = (u16::try_from(sent_on.year()), u32::try_from(serial));
    let (Ok(year), Ok(number)) = (year, number) else {
        return Err(ServiceError::wrong("sent_on", "no provisional reference can be given for this year"));
    };
    let reference = ProvisionalReference::new(year, number);
    reference.map(|reference| reference.to_string()).map_err(|error| ServiceError::wrong("sent_on", error.to_string()))
}

/// The facts of the process that a form gives.
fn opening_facts(app: &App, form: &SipForm, sent_on: NaiveDate) -> Facts {
    let boundary = Boundary { tables_leave_appendix_ah: app.settings.tables_leave_appendix_ah };
    let section_d = matches!(route(&form.access_changes, sent_on, boundary), Route::SectionD { .. });
    let urgent = matches!(form.urgency, Urgency::Claimed { .. });
    Facts::from([
        ("sent_on".into(), Value::Date(sent_on)),
        ("urgency_claimed".into(), Value::YesNo(urgent)),
        ("changes_access_rights".into(), Value::YesNo(section_d)),
    ])
}

/// What is needed to open a case.
pub(super) struct Opening {
    pub(super) process: &'static str,
    pub(super) reference: String,
    pub(super) title: String,
    pub(super) party: Option<String>,
}

/// Opens a case of a process under the version in force and saves it.
pub(super) async fn open_case(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    opening: Opening,
    facts: Facts,
    form: Option<SipForm>,
) -> Result<Receipt, ServiceError> {
    let definition = processes::in_force(app, tx, opening.process, london_date(call.now)).await?;
    let edition = editions::current(tx).await?;
    let calendar = app.calendar(tx, &edition, app.settings.division).await?;
    let rules = Rules { definition: &definition, calendar: &calendar };
    let events = open(rules, facts, call.now)?;
    let case = replay(&events).ok_or_else(|| ServiceError::damaged(&opening.reference, "it did not open"))?;
    let body = Body { case, form, score: None };
    let case_record = CaseRecord {
        id: opening.reference.to_lowercase(),
        process: definition.process.to_string(),
        definition_version: definition.version.clone(),
        edition,
        division: app.settings.division.to_string(),
        body: encode(&opening.reference, &body)?,
        reference: opening.reference,
        sip_number: None,
        title: opening.title,
        state: String::new(),
        owner: None,
        proposer_party: opening.party,
        revision: 1,
        opened_at: call.now,
        updated_at: call.now,
        closed_at: None,
        next_deadline_at: None,
    };
    let mut loaded = Loaded { record: case_record, body, definition, calendar };
    refresh(&mut loaded, call.now)?;
    store::insert_case(tx, &loaded.record).await?;
    store::replace_clocks(tx, &loaded.record.id, &clock_records(&loaded)?).await?;
    let payload = json!({
        "events": events, "revision": 1, "title": loaded.record.title, "reference": loaded.record.reference,
        "proposer_party": loaded.record.proposer_party, "form": loaded.body.form,
    });
    record(app, tx, call, &loaded, Journalled::new(loaded.record.id.clone(), "case_opened", payload), &events).await
}
