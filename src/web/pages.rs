//! The page of a case, and the page of a process.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::Site;
use super::address::encoded;
use crate::brd::versions::Found;
use crate::calendar::{Close, Deadline, WorkingDays, date_words, words};
use crate::service::{self, DutyView, HistoryEntry, ServiceError};
use crate::sip::PartyCategory;
use crate::workflow::diagram::{Highlight, svg};
use crate::workflow::{Basis, ClockSpec, Definition, StateName};

/// The processes, with the titles of their pages.
const PROCESSES: [(&str, &str); 3] = [
    ("ssi-change-governance", "The life of a SIP"),
    ("improvement-consultation", "A consultation"),
    ("governance-process-change", "A change of the process"),
];

/// The page of a case.
pub(super) async fn case(State(site): State<Site>, Path(reference): Path<String>) -> Response {
    match case_data(&site, &reference).await {
        Ok(data) => site.page("case", &data),
        Err(error) => site.problem(&error),
    }
}

async fn case_data(site: &Site, reference: &str) -> Result<Json, ServiceError> {
    let seen = service::case_seen(&site.app, None, reference, site.clock.now()).await?;
    let history = service::history_seen(&site.app, None, reference).await?;
    let version = seen.view.get("version").and_then(Json::as_str).unwrap_or_default();
    let definition = service::definition_version(&site.app, &seen.process, version).await?;
    let drawing = diagram(&definition, &seen.view, &history);
    let mut data = seen.view;
    let known_as = data.get("number").filter(|number| !number.is_null()).or(data.get("reference")).cloned();
    let provisional = data.get("number").filter(|number| !number.is_null()).and(data.get("reference")).cloned();
    let clocks: Vec<Json> = items(&data, "clocks").iter().map(clock).collect();
    let determinations: Vec<Json> = items(&data, "determinations").iter().map(determination).collect();
    let told = history.iter().rev().map(|entry| json!({ "when": words(entry.at), "happened": entry.happened }));
    let more = json!({
        "page_title": data.get("title"),
        "known_as": known_as,
        "provisional": provisional,
        "clocks": clocks,
        "determinations": determinations,
        "proposed": proposed(data.get("form")),
        "baseline": baseline_change(site, &seen.process, reference).await?,
        "diagram": drawing,
        "history": told.collect::<Vec<_>>(),
    });
    if let (Json::Object(data), Json::Object(more)) = (&mut data, more) {
        data.extend(more);
    }
    Ok(data)
}

/// What a SIP, or those of a consultation together, do to the baseline; nothing where they do nothing.
async fn baseline_change(site: &Site, process: &str, reference: &str) -> Result<Option<Json>, ServiceError> {
    if process == service::CONSULTATION_PROCESS {
        let sips = service::changing_sips(&site.app, reference).await?;
        return Ok((!sips.is_empty()).then(|| json!({ "sips": sips, "view": null })));
    }
    let view = match service::change_set(&site.app, reference).await {
        Ok(view) => view,
        Err(ServiceError::NotFound { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let items: Vec<String> = view.changes.items().map(ToString::to_string).collect();
    let duties: Vec<Json> = view.duties.iter().map(duty).collect();
    Ok(Some(json!({
        "sips": null,
        "view": {
            "base": view.base,
            "nature": view.nature,
            "published_in": view.published_in,
            "items": items.iter().map(|item| json!({ "name": item, "href": encoded(item) })).collect::<Vec<_>>(),
            "collisions": view.collisions.iter().map(|met| json!({ "with": met.with, "words": met.words })).collect::<Vec<_>>(),
            "findings": view.findings,
            "duties": duties,
        },
    })))
}

fn duty(duty: &DutyView) -> Json {
    let found = duty.found.map(Found::title);
    json!({ "question": duty.question, "found": found, "says": duty.says })
}

fn items<'a>(data: &'a Json, name: &str) -> &'a [Json] {
    data.get(name).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A clock of the view, with its date and what is left of it in words.
fn clock(clock: &Json) -> Json {
    let left = clock.get("working_days_left").and_then(Json::as_u64).and_then(|left| u16::try_from(left).ok());
    let standing = clock.get("standing").and_then(Json::as_str).unwrap_or_default();
    let deadline: Option<Deadline> =
        clock.get("deadline").and_then(|deadline| serde_json::from_value(deadline.clone()).ok());
    let by = deadline.map(|deadline| match deadline.derivation.closes {
        Close::EndOfDay => date_words(deadline.on),
        Close::At(_) => words(deadline.closes_at),
    });
    json!({
        "title": clock.get("title"),
        "owner": clock.get("owner"),
        "standing": standing,
        "paused": standing == "paused",
        "overdue": standing == "overdue",
        "by": by,
        "left": format!("{} left", WorkingDays::new(left.unwrap_or(u16::MAX))),
        "explanation": clock.get("explanation"),
    })
}

fn determination(made: &Json) -> Json {
    let on = made.get("decided_on").and_then(Json::as_str).and_then(|on| on.parse().ok()).map(date_words);
    let mut made = made.clone();
    if let Some(fields) = made.as_object_mut() {
        fields.insert("on".to_owned(), json!(on));
    }
    made
}

/// What the form proposes, as far as it is for everybody.
fn proposed(form: Option<&Json>) -> Option<Json> {
    let form = form.filter(|form| form.is_object())?;
    let part = |pointer: &str| form.pointer(pointer).cloned().unwrap_or_default();
    let listed = |pointer: &str| match part(pointer) {
        Json::Array(items) => items.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        Json::String(text) => vec![text],
        _ => Vec::new(),
    };
    let parties = match serde_json::from_value::<Vec<PartyCategory>>(part("/impacted_parties")) {
        Ok(parties) => parties.iter().map(ToString::to_string).collect(),
        Err(_) => listed("/impacted_parties"),
    };
    Some(json!({
        "description": part("/description"),
        "proposer": part("/proposer/organisation"),
        "benefits": listed("/benefits"),
        "parties": parties.join(", "),
        "change": part("/change/type"),
        "domain": part("/domain"),
    }))
}

/// The diagram with the path that the case has gone.
fn diagram(definition: &Definition, view: &Json, history: &[HistoryEntry]) -> String {
    let events = history.iter().filter_map(|entry| entry.payload.get("events")?.as_array());
    let from = |event: &Json| event.get("action_taken")?.get("from")?.as_str().map(StateName::new);
    let visited: Vec<StateName> = events.flatten().filter_map(from).collect();
    let current = view.pointer("/state/name").and_then(Json::as_str).map(StateName::new);
    svg(definition, Highlight { current: current.as_ref(), visited: &visited })
}

/// Which process to show.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    name: Option<String>,
}

/// The page of a process.
pub(super) async fn process(State(site): State<Site>, Query(asked): Query<Asked>) -> Response {
    let name = asked.name.unwrap_or_else(|| "ssi-change-governance".to_owned());
    match service::definition_in_force(&site.app, &name, site.clock.now()).await {
        Ok(definition) => site.page("process", &process_data(&name, &definition)),
        Err(error) => site.problem(&error),
    }
}

fn process_data(name: &str, definition: &Arc<Definition>) -> Json {
    json!({
        "page_title": definition.title,
        "title": definition.title,
        "version": definition.version,
        "source": definition.source,
        "processes": PROCESSES.map(|(known, title)| json!({ "name": known, "title": title, "current": known == name })),
        "diagram": svg(definition, Highlight::default()),
        "clocks": definition.clocks.values().map(|clock| clock_row(definition, clock)).collect::<Vec<_>>(),
        "assertions": definition.assertions.iter().map(|assertion| assertion.says.clone()).collect::<Vec<_>>(),
    })
}

fn clock_row(definition: &Definition, clock: &ClockSpec) -> Json {
    let time = match (clock.target, &clock.until) {
        (Some(target), _) => target.to_string(),
        (None, Some(field)) => format!("until the {}", definition.fact_title(field).to_lowercase()),
        (None, None) => String::new(),
    };
    let basis = match clock.basis {
        Basis::Source => {
            clock.rule.clone().map_or_else(|| "the source".to_owned(), |rule| format!("the source ({rule})"))
        }
        Basis::Setting => "a setting".to_owned(),
    };
    json!({ "title": clock.title, "owner": definition.title_of(clock.owner.as_str()), "time": time, "basis": basis })
}
