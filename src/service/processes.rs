//! The processes themselves: their versions, which is in force, and how a new one comes into force (R56).

use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::json;

use super::acts::{answered, finish};
use super::app::{App, digest};
use super::call::{Call, Receipt};
use super::error::ServiceError;
use super::fields;
use super::loaded::Loaded;
use super::settle::{Journalled, append};
use super::sips::{Opening, open_case};
use crate::calendar::london_date;
use crate::store::{self, DefinitionRecord, Source, StoreError, WriteTx};
use crate::workflow::{ActionName, Definition, FactName, FactSource, Facts, Value, diff, load};

/// The process by which the processes change.
const CHANGE_PROCESS: &str = "governance-process-change";
/// The most characters of differences that are put into a field.
const MOST_SAID: usize = 19_000;

/// The version of a process in force on a London date.
pub(super) async fn in_force(
    app: &App,
    source: &impl Source,
    process: &str,
    on: NaiveDate,
) -> Result<Arc<Definition>, ServiceError> {
    let record = store::active_definition(source, process, on).await?;
    let missing = || ServiceError::NotFound { what: "process in force", name: process.to_owned() };
    let record = record.ok_or_else(missing)?;
    app.definition(source, process, &record.version).await
}

/// The version of a process in force at an instant.
///
/// # Errors
///
/// There is none, or the database cannot be read.
pub async fn definition_in_force(
    app: &App,
    process: &str,
    now: DateTime<Utc>,
) -> Result<Arc<Definition>, ServiceError> {
    in_force(app, &app.store, process, london_date(now)).await
}

/// Stores a new version of a process, checked but not in force.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but DCC; [`ServiceError::Definition`] with every problem of the text;
/// [`ServiceError::Wrong`] when the version is taken or asks for facts the record cannot give.
pub async fn import_definition(app: &App, call: &Call<'_>, file: &str, yaml: &str) -> Result<(), ServiceError> {
    if !call.actor.holds("dcc") && !call.actor.holds("system") {
        return Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "DCC".to_owned() });
    }
    let definition = load::load(file, yaml)?;
    known_facts(&definition)?;
    let (process, version) = (definition.process.to_string(), definition.version.clone());
    let record = DefinitionRecord {
        process: process.clone(),
        version: version.clone(),
        yaml: yaml.to_owned(),
        digest: digest(yaml),
        loaded_at: call.now,
        approved_by: None,
        active_from: None,
    };
    let tx = app.store.write().await?;
    store::insert_definition(&tx, &record).await.map_err(|error| match error {
        StoreError::Exists { .. } => {
            ServiceError::wrong("version", format!("{process} has a version {version} already; give another"))
        }
        other => other.into(),
    })?;
    let payload = json!({ "process": process, "version": version, "digest": record.digest });
    append(&tx, call.actor, call.now, Journalled::new("processes", "definition_recorded", payload)).await?;
    tx.commit().await?;
    Ok(())
}

/// Refuses facts `from: record` that the record cannot give.
fn known_facts(definition: &Definition) -> Result<(), ServiceError> {
    let delegations = definition.states.values().filter_map(|state| state.determination.as_ref()?.delegation.as_ref());
    let delegations: Vec<_> = delegations.collect();
    for (name, _) in definition.facts.iter().filter(|(_, fact)| fact.from == FactSource::Record) {
        if !super::facts::KNOWN.contains(&name.as_str()) && !delegations.contains(&name) {
            let known = super::facts::KNOWN.join(", ");
            return Err(ServiceError::wrong(format!("facts.{name}"), format!("the record gives only {known}")));
        }
    }
    Ok(())
}

/// Begins a change of a process.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but DCC.
pub async fn open_process_change(app: &App, call: &Call<'_>, title: &str) -> Result<Receipt, ServiceError> {
    if !call.actor.holds("dcc") {
        return Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "DCC".to_owned() });
    }
    let title = fields::line("title", title)?;
    let tx = app.store.write().await?;
    if let Some(receipt) = answered(&tx, call).await? {
        return Ok(receipt);
    }
    let year = london_date(call.now).year();
    let serial = store::next_number(&tx, &format!("process-change-{year}")).await?;
    let reference = format!("G-{year}-{serial:02}");
    let opening = Opening { process: CHANGE_PROCESS, reference, title, party: None };
    let receipt = open_case(app, &tx, call, opening, Facts::new(), None).await?;
    finish(tx, call, receipt).await
}

/// Whether the definition a change is about is stored, and differs from the one in force.
pub(super) async fn definition_checked(
    app: &App,
    tx: &WriteTx,
    values: &Facts,
    today: NaiveDate,
) -> Result<(bool, Option<String>), ServiceError> {
    let text = |name: &str| values.get(name).and_then(Value::as_text).unwrap_or_default();
    let (process, version) = (text("process_changed"), text("new_version"));
    let Some(record) = store::find_definition(tx, process, version).await? else {
        return Ok((false, Some(format!("{process} has no version `{version}`; import it first"))));
    };
    let new = load::load(&format!("{process} {version}"), &record.yaml)?;
    let old = in_force(app, tx, process, today).await?;
    let same = diff::diff(&old, &new).is_empty();
    Ok((!same, same.then(|| "it does not differ from the version in force".to_owned())))
}

/// Fills in every difference between the version in force and the one Parties are to be consulted on, so that the
/// consultation leaves none out (R56).
pub(super) async fn derive(
    app: &App,
    tx: &WriteTx,
    now: DateTime<Utc>,
    change: &Loaded,
    action: &ActionName,
    values: &mut Facts,
) -> Result<(), ServiceError> {
    let field = FactName::new("every_difference");
    let asked = change.definition.action(&change.case().state, action).is_some_and(|one| one.may.contains(&field));
    if !asked {
        return Ok(());
    }
    values.remove(&field);
    let text = |name: &str| values.get(name).and_then(Value::as_text).unwrap_or_default().to_owned();
    let (process, version) = (text("process_changed"), text("new_version"));
    let Some(record) = store::find_definition(tx, &process, &version).await? else { return Ok(()) };
    let new = load::load(&format!("{process} {version}"), &record.yaml)?;
    let old = in_force(app, tx, &process, london_date(now)).await?;
    let said = diff::text(&diff::diff(&old, &new));
    if !said.is_empty() {
        values.insert(field, Value::Text(shortened(&said)));
    }
    Ok(())
}

/// As much as a field takes, and where the rest is.
fn shortened(said: &str) -> String {
    if said.chars().count() <= MOST_SAID {
        return said.to_owned();
    }
    let start: String = said.chars().take(MOST_SAID).collect();
    format!("{start}…\nThe whole is too long for a field; compare the two versions to read it.")
}

/// Brings a version into force, by reference to the case in which the Panel approved it.
pub(super) async fn activate(
    tx: &WriteTx,
    call: &Call<'_>,
    change: &Loaded,
    process: &str,
    version: &str,
) -> Result<(), ServiceError> {
    let from = change.case().value("effective_on").and_then(Value::as_date);
    let from = from.unwrap_or_else(|| london_date(call.now));
    store::activate_definition(tx, (process, version), &change.record.reference, from).await?;
    let ballot = change.case().determinations.last().and_then(|made| made.ballot.clone());
    let payload = json!({
        "process": process, "version": version, "approved_by": change.record.reference, "ballot": ballot, "from": from,
    });
    append(tx, call.actor, call.now, Journalled::new("processes", "definition_activated", payload)).await?;
    Ok(())
}

/// A version of a process, in force or not.
///
/// # Errors
///
/// There is none, or the database cannot be read.
pub async fn definition_version(app: &App, process: &str, version: &str) -> Result<Arc<Definition>, ServiceError> {
    app.definition(&app.store, process, version).await
}
