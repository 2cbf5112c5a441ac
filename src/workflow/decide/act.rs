//! Taking an action.

use super::{Draft, Refusal, Why, clocks, fields, system};
use crate::calendar::date_words;
use crate::workflow::case::{Made, Timetable};
use crate::workflow::decide::refusal::Missing;
use crate::workflow::definition::{Action, Definition, Effect, Target, YesNo};
use crate::workflow::event::Event;
use crate::workflow::guard::{Facts, Guard, Record};
use crate::workflow::names::{ActionName, BodyName, ClockName, RoleName, StateName};
use crate::workflow::value::Value;

/// Takes an action on behalf of someone who holds `roles`.
pub(super) fn act(
    draft: &mut Draft<'_>,
    name: &ActionName,
    values: &Facts,
    roles: &[RoleName],
    record: &Record,
) -> Result<(), Refusal> {
    let definition = draft.rules.definition;
    let state = draft.case.state.clone();
    let action = find(definition, &state, name)?;
    let role = permitted(definition, &state, action, roles)?;
    fields::check_action(definition, action, values, draft.today())?;
    let facts = draft.case.facts_with(values, &record.facts);
    met(definition, action, &facts, record)?;
    let body = deciding_body(definition, &state, name, &facts)?;
    let to = target(action, &state, &facts)?;

    let stated = action.for_the_record == YesNo::Yes;
    draft.push(Event::ActionTaken {
        action: name.clone(),
        role,
        from: state,
        to,
        at: draft.as_of,
        values: if stated { Facts::new() } else { values.clone() },
    });
    if stated {
        draft.push(Event::Stated { values: values.clone() });
    }
    if let Some(body) = &body {
        let ballot = facts.get("ballot").and_then(Value::as_text).map(str::to_owned);
        draft.push(determination(definition, draft, body, name, values, ballot));
    }
    for (fact, holds) in &action.sets {
        draft.push(Event::FactSet { fact: fact.clone(), holds: *holds == YesNo::Yes });
    }
    effects(draft, action, body.as_ref(), &facts)?;
    clocks::enter(draft, values)?;
    for notice in action.notify.notices() {
        draft.raise(notice, None);
    }
    Ok(())
}

fn find<'a>(definition: &'a Definition, state: &StateName, name: &ActionName) -> Result<&'a Action, Refusal> {
    if let Some(action) = definition.action(state, name) {
        return Ok(action);
    }
    let here = definition.states.get(state);
    if let Some(how) = here.and_then(|state| state.ends.clone()) {
        return Err(Refusal::because(Why::Ended { how }));
    }
    let possible = definition.actions_of(state).map(|(name, _)| name.to_string()).collect();
    let state = here.map_or_else(|| state.words(), |state| state.title.clone());
    Err(Refusal::because(Why::NotHere { action: name.clone(), state, possible }))
}

fn permitted(
    definition: &Definition,
    state: &StateName,
    action: &Action,
    roles: &[RoleName],
) -> Result<RoleName, Refusal> {
    if action.by.is_empty() {
        return by_ballot(definition, state, action, roles);
    }
    let who = definition.who_may(state, action);
    let holds = who.iter().find(|role| roles.contains(role));
    holds.map(|role| (*role).clone()).ok_or_else(|| {
        let names: Vec<_> = who.iter().map(|role| role.as_str()).collect();
        Refusal::of(action, Why::NotYou { action: action.title.clone() }).who(definition, &names)
    })
}

/// An option of a determination is taken by the process itself, as what a ballot of the body comes to (R50).
fn by_ballot(
    definition: &Definition,
    state: &StateName,
    action: &Action,
    roles: &[RoleName],
) -> Result<RoleName, Refusal> {
    if roles.contains(&system()) {
        return Ok(system());
    }
    let made = definition.states.get(state).and_then(|state| state.determination.as_ref());
    let body: Vec<_> = made.iter().map(|made| made.body.as_str()).collect();
    Err(Refusal::of(action, Why::ByBallot { action: action.title.clone() }).who(definition, &body))
}

fn met(definition: &Definition, action: &Action, facts: &Facts, record: &Record) -> Result<(), Refusal> {
    let Some(guard) = action.when.as_ref().filter(|guard| !guard.holds(facts)) else { return Ok(()) };
    let missing =
        guard.missing(definition, facts, &record.notes).into_iter().map(|what| Missing { field: None, what }).collect();
    Err(Refusal::of(action, Why::NotMet { action: action.title.clone() }).missing(missing))
}

/// The body whose determination this is. A delegated body decides only while its delegation is in force (R6); once it
/// has lapsed the body escalates, or, where it has nothing to escalate with, the power is back where it came from.
fn deciding_body(
    definition: &Definition,
    state: &StateName,
    option: &ActionName,
    facts: &Facts,
) -> Result<Option<BodyName>, Refusal> {
    let Some(made) = definition.states.get(state).and_then(|state| state.determination.as_ref()) else {
        return Ok(None);
    };
    let in_force = made.delegation.as_ref().is_none_or(|fact| Guard::Holds(fact.clone()).holds(facts));
    let escalate = ActionName::new("escalate");
    if in_force || *option == escalate {
        return Ok(Some(made.body.clone()));
    }
    let delegating = definition.bodies.get(&made.body).and_then(|body| body.delegated_from.clone());
    if definition.action(state, &escalate).is_none() {
        return Ok(delegating);
    }
    let instead = delegating.map(|body| definition.title_of(body.as_str())).unwrap_or_default();
    let body = definition.title_of(made.body.as_str());
    Err(Refusal::because(Why::NotDelegated { body, instead: format!("escalate it to {instead}") }))
}

fn target(action: &Action, here: &StateName, facts: &Facts) -> Result<StateName, Refusal> {
    match &action.to {
        Target::Stay => Ok(here.clone()),
        Target::State(state) => Ok(state.clone()),
        Target::Branches(branches) => branches
            .iter()
            .find(|branch| branch.when.as_ref().is_none_or(|guard| guard.holds(facts)))
            .map(|branch| branch.to.clone())
            .ok_or_else(|| Refusal::of(action, Why::NotMet { action: action.title.clone() })),
    }
}

fn determination(
    definition: &Definition,
    draft: &Draft<'_>,
    body: &BodyName,
    option: &ActionName,
    values: &Facts,
    ballot: Option<String>,
) -> Event {
    let from = match draft.events.last() {
        Some(Event::ActionTaken { from, .. }) => from,
        _ => &draft.case.state,
    };
    let made = definition.states.get(from).and_then(|state| state.determination.as_ref());
    Event::DeterminationMade(Made {
        point: made.map_or_else(|| option.as_str().into(), |made| made.point.clone()),
        body: body.clone(),
        option: option.clone(),
        decided_on: values.get("decided_on").and_then(Value::as_date).unwrap_or_else(|| draft.today()),
        reasons: values.get("decision_reasons").and_then(Value::as_text).unwrap_or_default().to_owned(),
        conditions: values.get("conditions").and_then(Value::as_text).map(str::to_owned),
        ballot,
    })
}

fn effects(draft: &mut Draft<'_>, action: &Action, body: Option<&BodyName>, facts: &Facts) -> Result<(), Refusal> {
    let text = |name: &str| facts.get(name).and_then(Value::as_text).unwrap_or_default().to_owned();
    for effect in &action.effects {
        let event = match effect {
            Effect::AssignSipNumber if draft.case.number.is_some() => continue,
            Effect::AssignSipNumber => Event::NumberAssigned { number: text("next_sip_number") },
            Effect::SetTimetable => {
                set_timetable(draft, body, facts)?;
                continue;
            }
            Effect::MembersTake(action) => Event::MembersTook { action: action.clone() },
            Effect::LeaveBatch => Event::BatchLeft { reason: text("reason") },
            Effect::AddMembers => Event::MembersAdded { members: list(facts, "sips") },
            Effect::DropMember => Event::MemberDropped { member: text("sip"), reason: text("reason") },
            Effect::ActivateDefinition => {
                Event::DefinitionActivated { process: text("process_changed"), version: text("new_version") }
            }
            Effect::JoinPriorities => Event::PrioritiesJoined,
            Effect::IssueContents => Event::ContentsIssued,
            Effect::ReferCollation => Event::CollationReferred,
            Effect::Rerank => Event::Reranked { rank: number(facts, "rank"), reason: text("rank_reason") },
            Effect::CountBallot => Event::BallotCounted { outcome: text("ballot_outcome") },
            Effect::AdoptTerms => Event::TermsAdopted { terms: text("terms") },
            Effect::DissolveBody => Event::BodyDissolved,
        };
        draft.push(event);
    }
    Ok(())
}

fn number(facts: &Facts, name: &str) -> i64 {
    match facts.get(name) {
        Some(Value::Number(number)) => *number,
        _ => 0,
    }
}

fn list(facts: &Facts, name: &str) -> Vec<String> {
    match facts.get(name) {
        Some(Value::List(items)) => items.clone(),
        _ => Vec::new(),
    }
}

/// Replaces the targets of the clocks the timetable names, those that run now included (R52, R53).
fn set_timetable(draft: &mut Draft<'_>, body: Option<&BodyName>, facts: &Facts) -> Result<(), Refusal> {
    let Some(Value::Timetable(dates)) = facts.get("timetable") else { return Ok(()) };
    let today = draft.today();
    if let Some((clock, date)) = dates.iter().find(|(_, date)| **date < today) {
        let what = format!("{} on {} is in the past", clock.words(), date_words(*date));
        let missing = vec![Missing { field: Some("timetable".to_owned()), what }];
        return Err(Refusal::because(Why::Incomplete).missing(missing));
    }
    let body = body.map(|body| draft.rules.definition.title_of(body.as_str())).unwrap_or_default();
    let reason = facts.get("decision_reasons").and_then(Value::as_text).unwrap_or_default().to_owned();
    draft.push(Event::TimetableSet(Timetable { dates: dates.clone(), body: body.clone(), reason: reason.clone() }));
    let open: Vec<ClockName> = draft.case.clocks.iter().map(|clock| clock.name.clone()).collect();
    for name in open {
        let (Some(date), Some(clock)) = (dates.get(&name), draft.case.clock(&name)) else { continue };
        let deadline = clock.deadline.set_by(*date, body.as_str(), reason.as_str());
        draft.push(Event::DeadlineMoved { clock: name, deadline, reason: reason.clone() });
    }
    Ok(())
}

/// The engine's own action when a clock falls due.
pub(super) fn act_as_system(draft: &mut Draft<'_>, action: &ActionName, record: &Record) -> Result<(), Refusal> {
    act(draft, action, &Facts::new(), &[system()], record)
}
