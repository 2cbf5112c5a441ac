//! Whose determination a case waits for, and what that body may choose (R6, R41, process rules 1E).

use chrono::NaiveDate;

use super::delegations;
use super::error::ServiceError;
use super::loaded::Loaded;
use crate::store::Source;
use crate::workflow::{Action, ActionName, Definition, Determination, FactName};

/// The fields of a determination that follow from the ballot itself.
const FROM_THE_BALLOT: [&str; 3] = ["decided_on", "decision_reasons", "conditions"];

/// Whose turn it is to determine something in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    /// The body.
    pub(super) body: String,
    /// Its name.
    pub(super) body_title: String,
    /// The point.
    pub(super) point: String,
    /// Its name.
    pub(super) point_title: String,
    /// Whether the body holds the power.
    pub(super) power: Power,
}

/// Whether a body holds the power to determine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Power {
    /// It does.
    Held,
    /// Its delegation has lapsed; it can only escalate.
    Lapsed,
}

/// Whose turn it is in a case on a London date, where a determination is awaited.
pub(super) async fn turn(source: &impl Source, case: &Loaded, today: NaiveDate) -> Result<Option<Turn>, ServiceError> {
    let definition = &case.definition;
    let state = definition.states.get(&case.case().state);
    let Some(made) = state.and_then(|state| state.determination.as_ref()) else { return Ok(None) };
    let held = match &made.delegation {
        Some(fact) => delegations::in_force(source, definition, fact, today).await?.0,
        None => true,
    };
    let can_escalate = definition.action(&case.case().state, &ActionName::new("escalate")).is_some();
    let delegating = definition.bodies.get(&made.body).and_then(|body| body.delegated_from.as_ref());
    let (body, power) = match delegating.filter(|_| !held && !can_escalate) {
        Some(delegating) => (delegating, Power::Held),
        None => (&made.body, if held { Power::Held } else { Power::Lapsed }),
    };
    Ok(Some(named(definition, made, body.as_str(), power)))
}

fn named(definition: &Definition, made: &Determination, body: &str, power: Power) -> Turn {
    Turn {
        body: body.to_owned(),
        body_title: definition.title_of(body),
        point: made.point.to_string(),
        point_title: definition.point_title(&made.point),
        power,
    }
}

/// The options of the determination a case waits for, in the order of the process.
pub(super) fn options(case: &Loaded) -> Vec<(&ActionName, &Action)> {
    case.definition.actions_of(&case.case().state).collect()
}

/// The fields that have to be proposed with an option, because no ballot gives them.
pub(super) fn to_propose(option: &Action) -> impl Iterator<Item = &FactName> {
    option.needs.iter().filter(|field| !FROM_THE_BALLOT.contains(&field.as_str()))
}

/// Every field that may be proposed with an option.
pub(super) fn may_propose(option: &Action) -> impl Iterator<Item = &FactName> {
    to_propose(option).chain(option.may.iter().filter(|field| !FROM_THE_BALLOT.contains(&field.as_str())))
}
