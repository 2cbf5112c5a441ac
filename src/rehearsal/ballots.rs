//! The steps of a scenario in which a body decides.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::play::Rehearsal;
use super::scenario::Names;
use super::steps::{Outcome, actor, differs, known_as, named, reference, settle};
use crate::actor::Actor;
use crate::committee::{Choice, Coming, Mode, Reasons};
use crate::service::{self, ActionView, BallotEntry, BallotView, Call, Escalation, NewBallot, NewVote, ServiceError};
use crate::workflow::Kind;

/// The word for every member not named otherwise.
const MEMBERS: &str = "members";

/// A body decides at a meeting: a ballot is opened, voted and closed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Determine {
    /// The secretary.
    #[serde(rename = "as")]
    pub actor: String,
    /// The case, or several that are decided alike.
    pub case: Names,
    /// The meeting, as the scenario calls it; one that is not kept in Quorate where absent. At a kept meeting whoever
    /// votes has to be there.
    #[serde(default)]
    pub at: Option<String>,
    /// Who votes for which option; `members` stands for everybody not named otherwise.
    pub votes: BTreeMap<String, Vec<String>>,
    /// The reasons of the body; absent where the count is reason enough.
    #[serde(default)]
    pub reasons: Option<String>,
    /// The conditions of the body.
    #[serde(default)]
    pub conditions: Option<String>,
    /// What is proposed with the options that take it; what an option needs besides is made up.
    #[serde(default, rename = "with")]
    pub values: BTreeMap<String, Json>,
    /// The casting vote.
    #[serde(default)]
    pub casting: Option<Casting>,
    /// The option that must come of it, or `none`.
    #[serde(default)]
    pub expect: Option<String>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// A casting vote.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Casting {
    /// Who presides.
    pub by: String,
    /// The choice.
    pub choice: String,
}

/// A ballot is opened: at a meeting, or by correspondence until a day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenBallot {
    /// The secretary.
    #[serde(rename = "as")]
    pub actor: String,
    /// What the scenario calls it from here on.
    pub call_it: String,
    /// The case to be decided.
    pub case: String,
    /// The meeting, as the scenario calls it.
    #[serde(default)]
    pub at: Option<String>,
    /// The day it closes at 17:00; at a meeting where absent.
    #[serde(default)]
    pub closes_on: Option<NaiveDate>,
    /// What is proposed with the options that take it; what an option needs besides is made up.
    #[serde(default, rename = "with")]
    pub values: BTreeMap<String, Json>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// Somebody votes by correspondence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// Who, or several who vote alike.
    #[serde(rename = "as")]
    pub actor: Names,
    /// The ballot, as the scenario calls it.
    pub ballot: String,
    /// The option, `against` or `abstain`.
    pub choice: String,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// What a body could not decide goes to the Panel.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalate {
    /// The secretary.
    #[serde(rename = "as")]
    pub actor: String,
    /// The case, or several.
    pub case: Names,
    /// Why no decision could be formed.
    pub reasons: String,
    /// The options sought.
    pub options_sought: String,
    /// The papers that go with it.
    #[serde(default)]
    pub papers: Option<String>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

fn choice(word: &str) -> Choice {
    match word {
        "abstain" => Choice::Abstain,
        "against" => Choice::Against,
        option => Choice::For(option.to_owned()),
    }
}

fn new_vote(word: &str, recorded_for: Option<String>) -> NewVote {
    NewVote { choice: choice(word), reason: None, seat: None, recorded_for }
}

pub(super) async fn determine(rehearsal: &mut Rehearsal, step: &Determine) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    for name in step.case.iter() {
        let case = reference(rehearsal, name)?;
        let mut with = BTreeMap::new();
        for (field, json) in &step.values {
            with.insert(field.clone(), named(rehearsal, json).await?);
        }
        let at = step.at.as_deref().map(|at| reference(rehearsal, at)).transpose()?;
        let outcome = Box::pin(decided(rehearsal, &by, (&case, at), step, &with)).await;
        let known_as = known_as(rehearsal, &case).await?;
        let Some(ballot) = settle(rehearsal, &by, &known_as, outcome, step.refused.as_deref())? else { continue };
        let formed = ballot.result.and_then(|result| result.option).unwrap_or_else(|| "none".to_owned());
        if let Some(wanted) = step.expect.as_ref().filter(|wanted| **wanted != formed) {
            return Err(differs(format!("the ballot should come to `{wanted}`, came to `{formed}`")));
        }
    }
    Ok(())
}

async fn decided(
    rehearsal: &Rehearsal,
    by: &Actor,
    (case, at): (&str, Option<String>),
    step: &Determine,
    with: &BTreeMap<String, Json>,
) -> Result<BallotView, ServiceError> {
    let (app, call) = (&rehearsal.app, Call::new(by, rehearsal.now));
    let kept = at.is_some();
    let mode = Mode::Meeting { reference: at.unwrap_or_else(|| format!("Meeting of {}", rehearsal.today())) };
    let ballot = open(rehearsal, &call, case, mode, with).await?;
    let reference = ballot.reference;
    let votes = spelt_out(rehearsal, &ballot.body, &step.votes).await?;
    let voters = votes.iter().map(|(person, _)| person.clone());
    for person in voters.chain(step.casting.iter().map(|vote| vote.by.clone())).filter(|_| !kept) {
        let arrival = BallotEntry::Attendance { person, what: Coming::Arrived, at: None };
        match service::enter_in_ballot(app, &call, &reference, arrival).await {
            // Whoever gives the casting vote may have voted too, and is there already.
            Ok(_) | Err(ServiceError::Ballot(crate::committee::Refused::Attendance { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    for (person, option) in votes {
        service::vote(app, &call, &reference, new_vote(&option, Some(person))).await?;
    }
    if let Some(reasons) = &step.reasons {
        let reasons = Reasons { option: None, reasons: reasons.clone(), conditions: step.conditions.clone() };
        service::enter_in_ballot(app, &call, &reference, BallotEntry::Reasons(reasons)).await?;
    }
    if let Some(casting) = &step.casting {
        let vote = new_vote(&casting.choice, Some(casting.by.clone()));
        service::casting_vote(app, &call, &reference, vote).await?;
    }
    service::close_ballot(app, &call, &reference).await
}

/// Who votes how, with everybody not named in place of `members`.
async fn spelt_out(
    rehearsal: &Rehearsal,
    body: &str,
    votes: &BTreeMap<String, Vec<String>>,
) -> Result<Vec<(String, String)>, ServiceError> {
    let terms = service::committee(&rehearsal.app, body, rehearsal.today()).await?.terms.unwrap_or_default();
    let named: BTreeSet<&String> = votes.values().flatten().collect();
    let sitting: Vec<String> = terms.sitting(rehearsal.today()).map(|member| member.person.to_string()).collect();
    let others = || sitting.iter().filter(|person| !named.contains(person)).cloned();
    let mut spelt = Vec::new();
    for (option, people) in votes {
        for person in people {
            let people: Vec<String> = if person == MEMBERS { others().collect() } else { vec![person.clone()] };
            spelt.extend(people.into_iter().map(|person| (person, option.clone())));
        }
    }
    Ok(spelt)
}

async fn open(
    rehearsal: &Rehearsal,
    call: &Call<'_>,
    case: &str,
    mode: Mode,
    with: &BTreeMap<String, Json>,
) -> Result<BallotView, ServiceError> {
    let view = service::case(&rehearsal.app, case, rehearsal.now).await?;
    let proposed = |action: &ActionView| (action.action.clone(), proposed(action, with, rehearsal.today()));
    let proposed = view.actions.iter().map(proposed).collect();
    let new = NewBallot { case: case.to_owned(), question: None, mode, proposed, papers: Vec::new() };
    service::open_ballot(&rehearsal.app, call, new).await
}

/// What is proposed with an option: the values of the step that it takes, and something for whatever else it needs.
fn proposed(action: &ActionView, with: &BTreeMap<String, Json>, today: NaiveDate) -> BTreeMap<String, Json> {
    let of_ballot = |field: &str| matches!(field, "decided_on" | "decision_reasons" | "conditions");
    let mut values = BTreeMap::new();
    for field in action.needs.iter().chain(&action.may).filter(|field| !of_ballot(&field.field)) {
        let given = with.get(&field.field).cloned();
        let needed = action.needs.contains(field);
        if let Some(value) = given.or_else(|| made_up(field.kind, today).filter(|_| needed)) {
            values.insert(field.field.clone(), value);
        }
    }
    values
}

fn made_up(kind: Option<Kind>, today: NaiveDate) -> Option<Json> {
    match kind? {
        Kind::Date => today.checked_add_days(Days::new(28)).map(|date| json!(date)),
        Kind::Text => Some(json!("As the members see fit.")),
        _ => None,
    }
}

pub(super) async fn open_ballot(rehearsal: &mut Rehearsal, step: &OpenBallot) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let case = reference(rehearsal, &step.case)?;
    let at = step.at.as_deref().map(|at| reference(rehearsal, at)).transpose()?;
    let elsewhere = || format!("Meeting of {}", rehearsal.today());
    let meeting = || Mode::Meeting { reference: at.clone().unwrap_or_else(elsewhere) };
    let mode = step.closes_on.map_or_else(meeting, |closes_on| Mode::Correspondence { closes_on });
    let outcome = open(rehearsal, &Call::new(&by, rehearsal.now), &case, mode, &step.values).await;
    let known_as = known_as(rehearsal, &case).await?;
    let opened = settle(rehearsal, &by, &known_as, outcome, step.refused.as_deref())?;
    if let Some(ballot) = opened {
        rehearsal.cases.insert(step.call_it.clone(), ballot.reference);
    }
    Ok(())
}

/// Votes, or gives the casting vote where voting has ended in a tie.
pub(super) async fn vote(rehearsal: &mut Rehearsal, step: &Vote) -> Outcome {
    let ballot = reference(rehearsal, &step.ballot)?;
    for name in step.actor.iter() {
        let by = actor(rehearsal, name)?;
        let call = Call::new(&by, rehearsal.now);
        let phase = service::ballot(&rehearsal.app, &ballot, None).await?.phase;
        let vote = new_vote(&step.choice, None);
        let outcome = match phase.as_str() {
            "casting_vote" => service::casting_vote(&rehearsal.app, &call, &ballot, vote).await,
            _ => service::vote(&rehearsal.app, &call, &ballot, vote).await,
        };
        settle(rehearsal, &by, &ballot, outcome, step.refused.as_deref())?;
    }
    Ok(())
}

pub(super) async fn escalate(rehearsal: &mut Rehearsal, step: &Escalate) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    for name in step.case.iter() {
        let reference = reference(rehearsal, name)?;
        let (reasons, options_sought) = (step.reasons.clone(), step.options_sought.clone());
        let given = Escalation { reasons, options_sought, papers: step.papers.clone() };
        let outcome = service::escalate(&rehearsal.app, &Call::new(&by, rehearsal.now), &reference, given).await;
        let known_as = known_as(rehearsal, &reference).await?;
        settle(rehearsal, &by, &known_as, outcome, step.refused.as_deref())?;
    }
    Ok(())
}
