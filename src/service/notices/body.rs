//! What a notice says: what happened, whose turn it is, by when and why, and where to look.

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use crate::calendar::{Close, WorkingDays, date_words, london_date, words};
use crate::service::app::App;
use crate::service::error::ServiceError;
use crate::service::loaded::Loaded;
use crate::workflow::{Clock, Event, RoleName};

/// What came of a ballot that these events tell of.
pub(super) fn outcome(events: &[Event]) -> Option<&str> {
    events.iter().find_map(|event| match event {
        Event::BallotCounted { outcome } | Event::BallotEnded { outcome, .. } => Some(outcome.as_str()),
        _ => None,
    })
}

/// What a notice says of a case: under a subject, to the roles told, about a clock.
pub(super) fn body(
    app: &App,
    loaded: &Loaded,
    (subject, told): (&str, &[RoleName]),
    outcome: Option<&str>,
    about: Option<&Clock>,
    now: DateTime<Utc>,
) -> Result<Json, ServiceError> {
    let definition = &loaded.definition;
    let told: Vec<_> = told.iter().map(|role| definition.title_of(role.as_str())).collect();
    let state = definition.states.get(&loaded.case().state);
    let deadline = about.map(|clock| deadline(loaded, clock, now)).transpose()?;
    Ok(json!({
        "reference": loaded.known_as(),
        "kind": definition.subject,
        "title": loaded.record.title,
        "subject": subject,
        "outcome": outcome,
        "state": state.map(|state| state.title.clone()),
        "ended": state.and_then(|state| state.ends.clone()),
        "turn": state.and_then(|state| state.owner.as_ref()).map(|owner| definition.title_of(owner.as_str())),
        "deadline": deadline,
        "told": told.join(", "),
        "link": app.page_of(loaded),
    }))
}

/// The deadline a notice is about: who must do what by when, and how the date was reached.
fn deadline(loaded: &Loaded, clock: &Clock, now: DateTime<Utc>) -> Result<Json, ServiceError> {
    let (today, due) = (london_date(now), &clock.deadline);
    let spec = loaded.definition.clocks.get(&clock.name);
    let left = loaded.calendar.between(today, due.on.max(today))?;
    let left = WorkingDays::new(u16::try_from(left).unwrap_or(u16::MAX));
    Ok(json!({
        "what": what(loaded, clock),
        "who": spec.map(|spec| loaded.definition.title_of(spec.owner.as_str())).unwrap_or_default(),
        "by": by(clock),
        "left": format!("{left} left"),
        "overdue": clock.overdue_since.is_some(),
        "explanation": due.explain(),
    }))
}

/// What a clock asks for, in words.
pub(super) fn what(loaded: &Loaded, clock: &Clock) -> String {
    let spec = loaded.definition.clocks.get(&clock.name);
    spec.map_or_else(|| clock.name.words(), |spec| spec.title.clone())
}

fn by(clock: &Clock) -> String {
    match clock.deadline.derivation.closes {
        Close::EndOfDay => format!("the end of {}", date_words(clock.deadline.on)),
        Close::At(_) => words(clock.deadline.closes_at),
    }
}
