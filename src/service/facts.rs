//! The facts that come from the record rather than from the case: assembled here, judged by the process.
//!
//! Only those that the action at hand asks about are assembled.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::app::App;
use super::error::ServiceError;
use super::loaded::Loaded;
use super::sips::SIP_PROCESS;
use super::{
    assessments, batches, committees, consultations, criteria, delegations, material, outcomes, priorities, processes,
};
use crate::calendar::london_date;
use crate::store::{self, CaseFilter, WriteTx};
use crate::workflow::{ActionName, Effect, FactName, FactSource, Facts, Record, Value};

/// Every fact the record can give; a definition may ask for no other.
pub(super) const KNOWN: &[&str] = &[
    "assessment_delivered",
    "material_change",
    "other_sips_considered",
    "nothing_missing",
    "window_long_enough",
    "late_responses_decided",
    "responses_referred",
    "close_moves_later",
    "names_a_member",
    "names_candidates",
    "definition_checked",
    "marks_complete",
    "rank_exists",
    "determination_formed",
    "tied",
    "terms_sound",
];

/// The facts an action asks about, with what is being filled in.
pub(super) async fn for_action(
    app: &App,
    tx: &WriteTx,
    now: DateTime<Utc>,
    loaded: &Loaded,
    action: &ActionName,
    values: &Facts,
) -> Result<Record, ServiceError> {
    let mut record = Record::default();
    let state = &loaded.case().state;
    let Some(found) = loaded.definition.action(state, action) else { return Ok(record) };
    let mut merged = loaded.case().values.clone();
    merged.extend(values.clone());
    let mut asked: BTreeSet<FactName> = found.asks().into_iter().cloned().collect();
    let made = loaded.definition.states.get(state).and_then(|state| state.determination.as_ref());
    asked.extend(made.and_then(|made| made.delegation.clone()));
    for name in asked {
        let from_record = loaded.definition.facts.get(&name).is_some_and(|fact| fact.from == FactSource::Record);
        if from_record {
            let (holds, note) = fact(app, tx, now, loaded, &name, &merged).await?;
            record.facts.insert(name.clone(), Value::YesNo(holds));
            record.notes.extend(note.map(|note| (name, note)));
        }
    }
    if found.effects.contains(&Effect::AssignSipNumber) && loaded.case().number.is_none() {
        record.facts.insert("next_sip_number".into(), Value::Text(next_sip_number(tx).await?));
    }
    if found.effects.contains(&Effect::CountBallot) {
        record.facts.insert("ballot_outcome".into(), Value::Text(outcomes::foreseen(app, tx, loaded, now).await?));
    }
    Ok(record)
}

/// Whether a fact holds, and what more there is to say where it does not.
type Found = (bool, Option<String>);

async fn fact(
    app: &App,
    tx: &WriteTx,
    now: DateTime<Utc>,
    loaded: &Loaded,
    name: &FactName,
    values: &Facts,
) -> Result<Found, ServiceError> {
    let today = london_date(now);
    match name.as_str() {
        "material_change" => material::is_material(tx, loaded).await,
        "assessment_delivered" => assessments::is_delivered(tx, loaded, values).await,
        "other_sips_considered" => other_sips_considered(tx, loaded, values).await,
        "nothing_missing" => Box::pin(consultations::nothing_missing(app, tx, loaded, values, today)).await,
        "window_long_enough" => batches::window_long_enough(loaded, values, today),
        "late_responses_decided" => consultations::late_responses_decided(tx, loaded).await,
        "responses_referred" => consultations::responses_referred(app, tx, loaded).await,
        "close_moves_later" => Ok(batches::close_moves_later(loaded, values, today)),
        "names_a_member" => batches::names_a_member(app, tx, loaded, values).await,
        "names_candidates" => batches::names_candidates(app, tx, values).await,
        "definition_checked" => processes::definition_checked(app, tx, values, today).await,
        "marks_complete" => criteria::marks_complete(tx, values).await,
        "rank_exists" => priorities::rank_exists(tx, loaded, values).await,
        "determination_formed" => Ok((outcomes::determination_formed(app, tx, loaded, now).await?, None)),
        "tied" => Ok((outcomes::tied(app, tx, loaded, now).await?, None)),
        "terms_sound" => committees::terms_sound(tx, loaded, values).await,
        _ => delegations::in_force(tx, &loaded.definition, name, today).await,
    }
}

async fn next_sip_number(tx: &WriteTx) -> Result<String, ServiceError> {
    let serial = store::next_number(tx, "sip").await?;
    let number = u32::try_from(serial).ok().and_then(|serial| crate::sip::SipNumber::new(serial).ok());
    number.map(|number| number.to_string()).ok_or_else(|| ServiceError::wrong("number", "no SIP numbers are left"))
}

/// Whether `impact_on_sips` has a line for every other SIP under consideration (R21).
async fn other_sips_considered(tx: &WriteTx, loaded: &Loaded, values: &Facts) -> Result<Found, ServiceError> {
    let lines = match values.get("impact_on_sips") {
        Some(Value::List(lines)) => lines.as_slice(),
        _ => &[],
    };
    let names: BTreeSet<String> =
        lines.iter().filter_map(|line| line.split([':', ' ']).next()).map(str::to_uppercase).collect();
    let missing: Vec<String> = under_consideration(tx)
        .await?
        .into_iter()
        .filter(|(id, number)| *id != loaded.record.id && !names.contains(number))
        .map(|(_, number)| number)
        .collect();
    let note = (!missing.is_empty()).then(|| format!("missing: {}", missing.join(", ")));
    Ok((missing.is_empty(), note))
}

/// Every SIP that has been accepted and has not ended: its id and number.
async fn under_consideration(tx: &WriteTx) -> Result<Vec<(String, String)>, ServiceError> {
    let mut filter = CaseFilter { process: Some(SIP_PROCESS.to_owned()), ..CaseFilter::default() };
    let mut found = Vec::new();
    loop {
        let page = store::list_cases(tx, &filter, 500).await?;
        let open = page.cases.into_iter().filter(|case| case.closed_at.is_none());
        found.extend(open.filter_map(|case| Some((case.id, case.sip_number?))));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}
