//! Lists of organisations and people, taken over whole or not at all, and written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::acts::{answered, finish};
use super::super::app::App;
use super::super::call::Call;
use super::super::error::ServiceError;
use super::super::papers::{PaperFile, SheetFormat, list_file};
use super::save::{covers, only_for_secas, save_parties, save_people, scope};
use super::{known, known_parties};
use crate::calendar::london_date;
use crate::document::{Properties, SentTable, Sheet, read_table};
use crate::roster::{
    Absent, Known, PartiesPlan, PartyRow, PeoplePlan, PersonRows, parties_sheet, people_sheet, plan_parties,
    plan_people, read_parties, read_people,
};
use crate::store::Source;

/// What makes a spreadsheet read a CSV file as UTF-8.
const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What taking a list of people over came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PeopleImported {
    /// Ids of people who were new.
    pub added: Vec<String>,
    /// Ids of people about whom something changed.
    pub changed: Vec<String>,
    /// Ids of people who left.
    pub removed: Vec<String>,
    /// Ids of people whom the list leaves out, and who stay.
    pub kept: Vec<String>,
    /// How many people are as the list has them.
    pub unchanged: usize,
    /// What was left aside, in words.
    pub notes: Vec<String>,
}

/// What taking a list of organisations over came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PartiesImported {
    /// Ids of organisations that were new.
    pub added: Vec<String>,
    /// Ids of organisations about which something changed.
    pub changed: Vec<String>,
    /// Ids of organisations that went.
    pub removed: Vec<String>,
    /// Ids of organisations that the list leaves out, and that stay.
    pub kept: Vec<String>,
    /// How many are as the list has them.
    pub unchanged: usize,
    /// What was left aside, in words.
    pub notes: Vec<String>,
}

/// What taking over a list of people (CSV or XLSX) would change. Nothing is saved.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and a Party's people, who bring their own; [`ServiceError::List`] with
/// everything that is wrong with the list.
pub async fn preview_people(
    app: &App,
    call: &Call<'_>,
    file: &[u8],
    absent: Absent,
) -> Result<PeoplePlan, ServiceError> {
    scope(call)?;
    planned(&app.store, call, &people_of(file)?, absent).await
}

/// Takes over a list of people and contacts (CSV or XLSX): whole, or not at all.
///
/// # Errors
///
/// As [`preview_people`].
pub async fn import_people(
    app: &App,
    call: &Call<'_>,
    file: &[u8],
    absent: Absent,
) -> Result<PeopleImported, ServiceError> {
    scope(call)?;
    let list = people_of(file)?;
    let tx = app.store.write().await?;
    if let Some(answered) = answered(&tx, call).await? {
        return Ok(answered);
    }
    let plan = planned(&tx, call, &list, absent).await?;
    if !(plan.added.is_empty() && plan.changed.is_empty() && plan.removed.is_empty()) {
        save_people(&tx, call, &plan, &BTreeMap::new()).await?;
    }
    let ids = |people: Vec<crate::roster::KnownPerson>| people.into_iter().map(|person| person.id).collect();
    let imported = PeopleImported {
        changed: plan.changed.into_iter().map(|change| change.person.id).collect(),
        added: ids(plan.added),
        removed: ids(plan.removed),
        kept: ids(plan.kept),
        unchanged: plan.unchanged,
        notes: plan.notes,
    };
    finish(tx, call, imported).await
}

async fn planned(
    source: &impl Source,
    call: &Call<'_>,
    list: &PersonRows,
    absent: Absent,
) -> Result<PeoplePlan, ServiceError> {
    Ok(plan_people(list, &known(source).await?, scope(call)?, absent, &call.actor.id)?)
}

fn people_of(file: &[u8]) -> Result<PersonRows, ServiceError> {
    Ok(read_people(&table(file)?)?)
}

fn table(file: &[u8]) -> Result<SentTable, ServiceError> {
    read_table(file).map_err(|error| ServiceError::wrong("file", error.to_string()))
}

/// What taking over a list of organisations (CSV or XLSX) would change. Nothing is saved.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS; [`ServiceError::List`] with everything that is wrong with the list.
pub async fn preview_parties(
    app: &App,
    call: &Call<'_>,
    file: &[u8],
    absent: Absent,
) -> Result<PartiesPlan, ServiceError> {
    only_for_secas(call)?;
    planned_parties(&app.store, &read_parties(&table(file)?)?, absent).await
}

/// Takes over a list of organisations (CSV or XLSX): whole, or not at all.
///
/// # Errors
///
/// As [`preview_parties`].
pub async fn import_parties(
    app: &App,
    call: &Call<'_>,
    file: &[u8],
    absent: Absent,
) -> Result<PartiesImported, ServiceError> {
    only_for_secas(call)?;
    let list = read_parties(&table(file)?)?;
    let tx = app.store.write().await?;
    if let Some(answered) = answered(&tx, call).await? {
        return Ok(answered);
    }
    let plan = planned_parties(&tx, &list, absent).await?;
    save_parties(&tx, call, &plan).await?;
    let ids = |parties: Vec<crate::roster::KnownParty>| parties.into_iter().map(|party| party.id).collect();
    let imported = PartiesImported {
        changed: plan.changed.into_iter().map(|change| change.party.id).collect(),
        added: ids(plan.added),
        removed: ids(plan.removed),
        kept: ids(plan.kept),
        unchanged: plan.unchanged,
        notes: plan.notes,
    };
    finish(tx, call, imported).await
}

async fn planned_parties(
    source: &impl Source,
    (rows, notes): &(Vec<PartyRow>, Vec<String>),
    absent: Absent,
) -> Result<PartiesPlan, ServiceError> {
    let plan = plan_parties(rows, &known(source).await?, absent)?;
    Ok(PartiesPlan { notes: notes.clone(), ..plan })
}

/// The list of people and contacts as a file; taking it over changes nothing. A Party's people get their own.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and a Party's people.
pub async fn export_people(app: &App, call: &Call<'_>, format: SheetFormat) -> Result<PaperFile, ServiceError> {
    let scope = scope(call)?;
    let mut known = known(&app.store).await?;
    known.people.retain(|person| covers(scope, &person.party));
    written(call, &people_sheet(&known), "people", format)
}

/// The list of organisations as a file; taking it over changes nothing.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS.
pub async fn export_parties(app: &App, call: &Call<'_>, format: SheetFormat) -> Result<PaperFile, ServiceError> {
    only_for_secas(call)?;
    let known = Known { parties: known_parties(&app.store).await?, ..Known::default() };
    written(call, &parties_sheet(&known), "parties", format)
}

fn written(call: &Call<'_>, sheet: &Sheet, name: &str, format: SheetFormat) -> Result<PaperFile, ServiceError> {
    let properties = Properties {
        reference: String::new(),
        classification: "Personal data".to_owned(),
        date: london_date(call.now),
        author: call.actor.name.clone(),
    };
    let mut file = list_file(&sheet.name, &properties, std::slice::from_ref(sheet), name, format)?;
    if format == SheetFormat::Csv {
        file.bytes.splice(0..0, UTF_8_MARK.iter().copied());
    }
    Ok(file)
}
