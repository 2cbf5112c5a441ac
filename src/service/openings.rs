//! Opening a ballot: what it asks, of which body, and what each option would do.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::Value as Json;

use super::acts::{answered, finish, up_to_date};
use super::app::App;
use super::ballot_views::{BallotView, ballot_view};
use super::ballots::secretary_only;
use super::call::Call;
use super::dossiers::{self, Key};
use super::error::ServiceError;
use super::loaded::{Loaded, load};
use super::outcomes::{Step, carry_out};
use super::sips::{Opening, open_case};
use super::turns::{Power, Turn, may_propose, options, to_propose, turn};
use super::{committees, facts, fields, meetings};
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::committee::decide::{self, Proposal};
use crate::committee::{Ballot, BallotOption, Matter, Mode, Paper};
use crate::store::{self, WriteTx};
use crate::workflow::{self, ActionName, Command, Facts, Value};

/// The process every ballot follows.
const BALLOT_PROCESS: &str = "committee-ballot";

/// A ballot to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBallot {
    /// The case to be decided.
    pub case: String,
    /// The question, where it is more than the point and the title of the case.
    pub question: Option<String>,
    /// Where it is held, or until when votes come in.
    pub mode: Mode,
    /// What each option proposes to be filled in if it is chosen, by the name of the option.
    pub proposed: BTreeMap<String, BTreeMap<String, Json>>,
    /// The papers before the body.
    pub papers: Vec<Paper>,
}

/// Puts a question to the body whose determination a case waits for. The options are exactly those of that body at that
/// point (process rules 1E); the terms of reference and the electorate are frozen with it.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Wrong`] where nothing is to be decided, a
/// ballot on it is open, the delegation has lapsed, or what an option needs is not proposed; [`ServiceError::Ballot`]
/// where the terms of reference allow none, such as while no quorum is set (R50); [`ServiceError::Meeting`] where the
/// meeting it is to be held at is not in session.
pub async fn open_ballot(app: &App, call: &Call<'_>, new: NewBallot) -> Result<BallotView, ServiceError> {
    secretary_only(call)?;
    let tx = app.store.write().await?;
    if let Some(view) = answered(&tx, call).await? {
        return Ok(view);
    }
    let (tx, case) = up_to_date(app, tx, call, &new.case).await?;
    let today = london_date(call.now);
    let turn = awaited(&tx, &case, today).await?;
    let year = today.year();
    let serial = store::next_number(&tx, &format!("ballot-{year}")).await?;
    let reference = format!("B-{year}-{serial:03}");
    let question = new.question.as_deref().map(|question| fields::text("question", question)).transpose()?;
    let matter = Matter {
        case: case.record.reference.clone(),
        point: turn.point.clone(),
        point_title: turn.point_title.clone(),
        question: question.unwrap_or_else(|| format!("{} of {}", turn.point_title, case.known_as())),
    };
    let options = proposed(&case, new.proposed)?;
    possible(app, &tx, call, &case, &options).await?;
    let title = format!("{}: {} of {}", turn.body_title, turn.point_title, case.known_as());
    let proposal =
        Proposal { reference: reference.clone(), matter, options, papers: new.papers, mode: new.mode.clone() };
    let terms = committees::terms_on(&tx, &turn.body, today).await?;
    let events = decide::open(proposal, &terms, call.now)?;
    let floor = meetings::floor(&tx, &new.mode, &turn, case.known_as()).await?;
    let key = Key::child(&reference, &case.record.reference);
    let mut ballot = dossiers::enter::<Ballot>(&tx, call, &key, "ballot_opened", &events).await?.body;
    if let Some(floor) = floor {
        ballot = meetings::ballot_opened(&tx, call, &floor, &ballot).await?;
    }
    open_its_case(app, &tx, call, reference, title, &new.mode).await?;
    let view = ballot_view(app, &tx, &ballot, Some(call.actor)).await?;
    finish(tx, call, view).await
}

/// Whose turn it is, where a ballot on it can be opened.
async fn awaited(tx: &WriteTx, case: &Loaded, today: NaiveDate) -> Result<Turn, ServiceError> {
    let refuse = |what: String| ServiceError::wrong("case", what);
    let turn = turn(tx, case, today).await?;
    let turn = turn.ok_or_else(|| refuse(format!("{} waits for no determination", case.known_as())))?;
    if turn.power == Power::Lapsed {
        let what = format!("the delegation to {} is not in force; escalate {}", turn.body_title, case.known_as());
        return Err(refuse(what));
    }
    let all = dossiers::of_parent::<Ballot>(tx, &case.record.reference).await?;
    match all.iter().find(|kept| kept.body.is_open() && kept.body.opening.matter.point == turn.point) {
        Some(open) => Err(refuse(format!("the ballot {} on {} is open already", open.id, case.known_as()))),
        None => Ok(turn),
    }
}

/// Every option of the determination with what is proposed for it; what it needs must be there and readable.
fn proposed(
    case: &Loaded,
    mut given: BTreeMap<String, BTreeMap<String, Json>>,
) -> Result<Vec<BallotOption>, ServiceError> {
    let mut found = Vec::new();
    for (name, action) in options(case) {
        let values = given.remove(name.as_str()).unwrap_or_default();
        let place = |field: &str| format!("proposed.{name}.{field}");
        if let Some(extra) = values.keys().find(|field| may_propose(action).all(|may| may.as_str() != *field)) {
            return Err(ServiceError::wrong(place(extra), "this option takes no such field; leave it out"));
        }
        if let Some(missing) = to_propose(action).find(|field| !values.contains_key(field.as_str())) {
            let what = format!("give it with the option: {}", case.definition.fact_title(missing));
            return Err(ServiceError::wrong(place(missing.as_str()), what));
        }
        let (_, unreadable) = fields::read(&case.definition, values.clone());
        if let Some(problem) = unreadable.first() {
            return Err(ServiceError::wrong(place(problem.field.as_deref().unwrap_or_default()), &problem.what));
        }
        found.push(BallotOption { name: name.to_string(), title: action.title.clone(), proposed: values });
    }
    match given.keys().next() {
        Some(unknown) => Err(ServiceError::wrong(format!("proposed.{unknown}"), "the body has no such option here")),
        None => Ok(found),
    }
}

/// Every option could be taken today as it is proposed: a ballot whose result the process would refuse is not opened.
async fn possible(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    case: &Loaded,
    options: &[BallotOption],
) -> Result<(), ServiceError> {
    for option in options {
        let (mut values, _) = fields::read(&case.definition, option.proposed.clone());
        values.insert("decided_on".into(), Value::Date(london_date(call.now)));
        values.insert("decision_reasons".into(), Value::Text(option.title.clone()));
        let action = ActionName::new(&option.name);
        let record = facts::for_action(app, tx, call.now, case, &action, &values).await?;
        let command = Command::Act { action, values };
        workflow::decide(case.rules(), case.case(), &command, &Actor::system().offices, &record, call.now)?;
    }
    Ok(())
}

async fn open_its_case(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    reference: String,
    title: String,
    mode: &Mode,
) -> Result<(), ServiceError> {
    let opening = Opening { process: BALLOT_PROCESS, reference: reference.clone(), title, party: None };
    open_case(app, tx, call, opening, Facts::new(), None).await?;
    let mut loaded = load(app, tx, &reference).await?;
    let (action, values) = match mode {
        Mode::Meeting { .. } => ("open_at_meeting", Facts::new()),
        Mode::Correspondence { closes_on } => {
            ("open_by_correspondence", Facts::from([("closes_on".into(), Value::Date(*closes_on))]))
        }
    };
    carry_out(app, tx, call, &mut loaded, Step::new(action, values, call.now)).await.map(|_| ())
}
