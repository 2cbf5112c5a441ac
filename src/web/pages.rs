//! The page of a case, and the page of a process.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::Site;
use crate::calendar::{Close, WorkingDays, date_words, words};
use crate::service::{self, CaseView, ClockView, HistoryEntry, ServiceError};
use crate::sip::SipForm;
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
    let case = service::case(&site.app, reference, site.clock.now()).await?;
    let history = service::history(&site.app, reference).await?;
    let definition = service::definition_version(&site.app, &case.process, &case.version).await?;
    Ok(json!({
        "page_title": case.title,
        "kind": case.kind,
        "known_as": case.number.as_ref().unwrap_or(&case.reference),
        "provisional": case.number.as_ref().map(|_| &case.reference),
        "title": case.title,
        "state": case.state.title,
        "ended": case.state.ends,
        "turn": case.state.owner_title,
        "untimed": case.state.untimed,
        "clocks": case.clocks.iter().map(clock).collect::<Vec<_>>(),
        "form": case.form.as_ref().map(form),
        "determinations": case.determinations.iter().map(|made| json!({
            "on": date_words(made.decided_on), "body": made.body, "point": made.point, "option": made.option,
            "reasons": made.reasons,
        })).collect::<Vec<_>>(),
        "actions": case.actions.iter().map(|action| json!({
            "title": action.title,
            "who": action.body.clone().unwrap_or_else(|| action.who.join(" or ")),
            "rule": action.rule,
        })).collect::<Vec<_>>(),
        "diagram": diagram(&definition, &case, &history),
        "history": history.iter().rev().map(|entry| json!({ "when": words(entry.at), "happened": entry.happened }))
            .collect::<Vec<_>>(),
    }))
}

fn clock(clock: &ClockView) -> Json {
    let left = WorkingDays::new(u16::try_from(clock.working_days_left).unwrap_or(u16::MAX));
    json!({
        "title": clock.title,
        "owner": clock.owner,
        "standing": clock.standing,
        "paused": clock.standing == "paused",
        "overdue": clock.standing == "overdue",
        "by": match clock.deadline.derivation.closes {
            Close::EndOfDay => date_words(clock.due),
            Close::At(_) => clock.closes.clone(),
        },
        "left": format!("{left} left"),
        "explanation": clock.explanation,
    })
}

fn form(form: &SipForm) -> Json {
    let parties: Vec<_> = form.impacted_parties.iter().map(ToString::to_string).collect();
    json!({
        "description": form.description.to_string(),
        "proposer": form.proposer.organisation.to_string(),
        "benefits": form.benefits.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "parties": parties.join(", "),
        "change": form.change.change_type.to_string(),
        "domain": form.domain.to_string(),
    })
}

/// The diagram with the path that the case has gone.
fn diagram(definition: &Definition, case: &CaseView, history: &[HistoryEntry]) -> String {
    let events = history.iter().filter_map(|entry| entry.payload.get("events")?.as_array());
    let from = |event: &Json| event.get("action_taken")?.get("from")?.as_str().map(StateName::new);
    let visited: Vec<StateName> = events.flatten().filter_map(from).collect();
    let current = StateName::new(case.state.name.as_str());
    svg(definition, Highlight { current: Some(&current), visited: &visited })
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
