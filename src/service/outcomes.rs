//! What follows from a ballot: counting it, taking the option it formed, escalating where it formed none, and making it
//! void where what it was about is no longer to be decided.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value as Json;

use super::acts::{answered, finish, up_to_date};
use super::app::App;
use super::ballots::{find_ballot, key_of};
use super::call::{Call, Receipt};
use super::dossiers;
use super::error::ServiceError;
use super::loaded::{Loaded, load};
use super::settle::settle;
use super::turns::{Power, turn};
use super::{facts, fields, meetings};
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::committee::{self, Ballot, Outcome, Phase, Reader, Sees, decide, explain, in_one_sentence, tally};
use crate::store::{Source, WriteTx};
use crate::workflow::{
    self, ActionName, Command, Event, FactName, Facts, NoticeName, Record, RoleName, Statutory, Value,
};

/// An action that the process itself lets happen.
pub(super) struct Step<'a> {
    action: &'a str,
    values: Facts,
    /// What the record knows beside the facts that the action asks about.
    more: Record,
    /// The instant from which dates are taken.
    as_of: DateTime<Utc>,
}

impl<'a> Step<'a> {
    pub(super) fn new(action: &'a str, values: Facts, as_of: DateTime<Utc>) -> Self {
        Self { action, values, more: Record::default(), as_of }
    }

    fn knowing(self, more: Record) -> Self {
        Self { more, ..self }
    }
}

/// Takes an action of a case as the process itself.
pub(super) async fn carry_out(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &mut Loaded,
    step: Step<'_>,
) -> Result<Receipt, ServiceError> {
    let system = Actor::system();
    carry_out_for(app, tx, &Call { actor: &system, now: call.now, once: None }, loaded, step).await
}

/// Takes an action that only the process itself may take, entered in the journal under the name of who caused it.
async fn carry_out_for(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &mut Loaded,
    Step { action, values, more, as_of }: Step<'_>,
) -> Result<Receipt, ServiceError> {
    let (action, offices) = (ActionName::new(action), Actor::system().offices);
    let mut record = facts::for_action(app, tx, as_of, loaded, &action, &values).await?;
    record.facts.extend(more.facts);
    let command = Command::Act { action, values };
    let events = workflow::decide(loaded.rules(), loaded.case(), &command, &offices, &record, as_of)?;
    Box::pin(settle(app, tx, call, loaded, "action_taken", &events)).await
}

/// Whether the body may no longer decide what a ballot asks: its case has gone on, or the delegation has lapsed.
async fn overtaken(app: &App, source: &impl Source, ballot: &Ballot, at: DateTime<Utc>) -> Result<bool, ServiceError> {
    let case = load(app, source, &ballot.opening.matter.case).await?;
    let turn = turn(source, &case, london_date(at)).await?;
    let same = |turn: &super::turns::Turn| {
        turn.body == ballot.opening.body.as_str()
            && turn.point == ballot.opening.matter.point
            && turn.power == Power::Held
    };
    Ok(!turn.is_some_and(|turn| same(&turn)))
}

/// Whether the votes of the ballot this case is about form a determination.
pub(super) async fn determination_formed(
    app: &App,
    tx: &WriteTx,
    case: &Loaded,
    at: DateTime<Utc>,
) -> Result<bool, ServiceError> {
    let ballot = find_ballot(tx, &case.record.reference).await?.body;
    let formed = matches!(tally(&ballot).outcome, Outcome::Formed { .. });
    Ok(formed && !overtaken(app, tx, &ballot, at).await?)
}

/// Whether the leading votes of the ballot this case is about are equal, and the casting vote is still to come.
pub(super) async fn tied(app: &App, tx: &WriteTx, case: &Loaded, at: DateTime<Utc>) -> Result<bool, ServiceError> {
    let ballot = find_ballot(tx, &case.record.reference).await?.body;
    let tied = matches!(tally(&ballot).outcome, Outcome::CastingVoteNeeded { .. });
    Ok(tied && !overtaken(app, tx, &ballot, at).await?)
}

/// Counts the ballot this case is about as of an instant, and takes the option it formed.
pub(super) async fn count(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    case: &Loaded,
    as_of: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let ballot = find_ballot(tx, &case.record.reference).await?.body;
    let events = counting(app, tx, &ballot, as_of).await?;
    let kept = dossiers::enter::<Ballot>(tx, call, &key_of(&ballot), "ballot_counted", &events).await?;
    if !kept.body.is_open() {
        meetings::ballot_ended(tx, call, &kept.body).await?;
    }
    match &kept.body.phase {
        Phase::Closed(Outcome::Formed { option, .. }) => {
            take_option(app, tx, call, &kept.body, option, as_of).await.map(|_| ())
        }
        Phase::Closed(_) => tell_undecided(app, tx, call, &kept.body).await,
        _ => Ok(()),
    }
}

/// What happens to a ballot when it is counted as of an instant.
async fn counting(
    app: &App,
    source: &impl Source,
    ballot: &Ballot,
    as_of: DateTime<Utc>,
) -> Result<Vec<committee::Event>, ServiceError> {
    Ok(if overtaken(app, source, ballot, as_of).await? {
        decide::overtake(ballot)?
    } else if ballot.phase == Phase::CastingVote {
        decide::lapse(ballot, as_of)?
    } else {
        decide::close(ballot, as_of)?
    })
}

/// What counting the ballot this case is about comes to, in one sentence; nothing where it cannot be counted yet, which
/// [`count`] refuses.
pub(super) async fn foreseen(
    app: &App,
    source: &impl Source,
    case: &Loaded,
    at: DateTime<Utc>,
) -> Result<String, ServiceError> {
    let mut ballot = find_ballot(source, &case.record.reference).await?.body;
    let events = match counting(app, source, &ballot, at).await {
        Err(ServiceError::Ballot(_)) => return Ok(String::new()),
        counted => counted?,
    };
    for event in &events {
        ballot.apply(event, at, &Actor::system().id);
    }
    Ok(in_one_sentence(&ballot))
}

/// The record of the case that a ballot was about says why it formed no determination; proposer and DCC are told.
async fn tell_undecided(app: &App, tx: &WriteTx, call: &Call<'_>, ballot: &Ballot) -> Result<(), ServiceError> {
    let mut case = load(app, tx, &ballot.opening.matter.case).await?;
    if case.record.closed_at.is_some() {
        return Ok(());
    }
    let concerned = ["proposer", "dcc"].into_iter().map(RoleName::new);
    let ended = Event::BallotEnded { ballot: ballot.opening.reference.clone(), outcome: in_one_sentence(ballot) };
    let told = Event::NoticeRaised {
        notice: NoticeName::new("no_determination"),
        subject: "a ballot ended without a determination".to_owned(),
        to: concerned.filter(|role| case.definition.roles.contains_key(role)).collect(),
        statutory: Statutory::Yes,
        clock: None,
    };
    let system = Actor::system();
    let as_system = Call { actor: &system, now: call.now, once: None };
    Box::pin(settle(app, tx, &as_system, &mut case, "ballot_ended", &[ended, told])).await.map(|_| ())
}

/// Takes in the case that a ballot was about the option it formed, with what was proposed, the reasons and conditions.
async fn take_option(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    ballot: &Ballot,
    option: &str,
    as_of: DateTime<Utc>,
) -> Result<Receipt, ServiceError> {
    let mut case = load(app, tx, &ballot.opening.matter.case).await?;
    let proposed: BTreeMap<String, Json> =
        ballot.option(option).map(|option| option.proposed.clone()).unwrap_or_default();
    let (mut values, unreadable) = fields::read(&case.definition, proposed);
    fields::with_unreadable(Ok(()), unreadable)?;
    values.insert("decided_on".into(), Value::Date(london_date(as_of)));
    values.insert("decision_reasons".into(), Value::Text(reasons(ballot, option)));
    let conditions: Vec<&str> = ballot.reasons_for(option).filter_map(|given| given.conditions.as_deref()).collect();
    if !conditions.is_empty() {
        values.insert("conditions".into(), Value::Text(conditions.join("\n")));
    }
    let more = named_in_record(&ballot.opening.reference);
    let step = Step::new(option, values, as_of).knowing(more);
    carry_out(app, tx, call, &mut case, step).await
}

/// The record of the case names the ballot.
fn named_in_record(ballot: &str) -> Record {
    let facts = Facts::from([(FactName::new("ballot"), Value::Text(ballot.to_owned()))]);
    Record { facts, ..Record::default() }
}

/// The reasons recorded for an option; where there are none, what the count says.
fn reasons(ballot: &Ballot, option: &str) -> String {
    let recorded: Vec<&str> = ballot.reasons_for(option).map(|given| given.reasons.as_str()).collect();
    if !recorded.is_empty() {
        return recorded.join("\n");
    }
    let reader = Reader { sees: Sees::Numbers, name: &ToString::to_string };
    explain(ballot, &tally(ballot), reader).pop().unwrap_or_default()
}

/// Makes the open ballots on a case void, because it has gone on without them.
pub(super) async fn void_ballots(app: &App, tx: &WriteTx, call: &Call<'_>, case: &Loaded) -> Result<(), ServiceError> {
    for kept in dossiers::of_parent::<Ballot>(tx, &case.record.reference).await? {
        if !kept.body.is_open() || !overtaken(app, tx, &kept.body, call.now).await? {
            continue;
        }
        let reason = format!("{} is no longer to be decided here", case.known_as());
        let events = decide::void(&kept.body, &reason)?;
        dossiers::enter::<Ballot>(tx, call, &key_of(&kept.body), "ballot_voided", &events).await?;
        meetings::ballot_ended(tx, call, &kept.body).await?;
        let mut of_ballot = load(app, tx, &kept.id).await?;
        let values = Facts::from([("reason".into(), Value::Text(reason))]);
        carry_out(app, tx, call, &mut of_ballot, Step::new("void", values, call.now)).await?;
    }
    Ok(())
}

/// An escalation to the Panel, because the body cannot form a decision (R41).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Escalation {
    /// Why no decision could be formed.
    pub reasons: String,
    /// The options sought from the Panel.
    pub options_sought: String,
    /// The papers that go with it.
    pub papers: Option<String>,
}

/// Escalates what a body could not decide to the Panel, which takes over the same record (R41).
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Wrong`] where nothing is to be decided,
/// the Panel has it already, or the last ballot has not ended without a determination.
pub async fn escalate(app: &App, call: &Call<'_>, reference: &str, given: Escalation) -> Result<Receipt, ServiceError> {
    super::ballots::secretary_only(call)?;
    let reasons = fields::text("reasons", &given.reasons)?;
    let sought = fields::text("options_sought", &given.options_sought)?;
    let tx = app.store.write().await?;
    if let Some(receipt) = answered(&tx, call).await? {
        return Ok(receipt);
    }
    let (tx, mut case) = up_to_date(app, tx, call, reference).await?;
    let ballot = ended_without(&tx, &case, call).await?;
    let mut values = Facts::from([
        ("decided_on".into(), Value::Date(london_date(call.now))),
        ("decision_reasons".into(), Value::Text(reasons)),
        ("options_sought".into(), Value::Text(sought)),
    ]);
    if let Some(papers) = &given.papers {
        values.insert("papers".into(), Value::Text(fields::text("papers", papers)?));
    }
    let more = ballot.map(|ballot| named_in_record(&ballot)).unwrap_or_default();
    let step = Step::new("escalate", values, call.now).knowing(more);
    let receipt = carry_out_for(app, &tx, call, &mut case, step).await?;
    finish(tx, call, receipt).await
}

/// The ballot that ended without a determination; none where the body's delegation has lapsed, so that it could hold
/// none.
async fn ended_without(tx: &WriteTx, case: &Loaded, call: &Call<'_>) -> Result<Option<String>, ServiceError> {
    let refuse = |what: String| Err(ServiceError::wrong("escalate", what));
    let Some(turn) = turn(tx, case, london_date(call.now)).await? else {
        return refuse(format!("{} waits for no determination", case.known_as()));
    };
    if case.definition.action(&case.case().state, &ActionName::new("escalate")).is_none() {
        return refuse(format!("{} has it already, and there is nowhere to escalate it to", turn.body_title));
    }
    let all = dossiers::of_parent::<Ballot>(tx, &case.record.reference).await?;
    let here = all.iter().filter(|kept| kept.body.opening.matter.point == turn.point);
    let mut since = here.filter(|kept| kept.body.opened_at.is_some_and(|at| at >= case.case().entered_at));
    match since.next_back().map(|kept| (&kept.body.phase, kept.id.clone())) {
        Some((Phase::Closed(outcome), id)) if !matches!(outcome, Outcome::Formed { .. }) => Ok(Some(id)),
        _ if turn.power == Power::Lapsed => Ok(None),
        Some((Phase::Voting | Phase::CastingVote, id)) => refuse(format!("the ballot {id} is open; close it first")),
        _ => refuse("no ballot has ended without a determination; hold one first".to_owned()),
    }
}

/// Whether the events of a case may have overtaken ballots on it.
pub(super) fn may_overtake(events: &[Event]) -> bool {
    events.iter().any(|event| match event {
        Event::ActionTaken { from, to, .. } => from != to,
        Event::Migrated { .. } => true,
        _ => false,
    })
}
