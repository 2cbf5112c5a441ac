//! Ballots: a body is asked, its members vote, and the count alone decides (R50). Nobody types an outcome.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::Value as Json;

use super::acts::{answered, finish, up_to_date};
use super::app::App;
use super::ballot_views::{BallotView, ballot_view};
use super::call::Call;
use super::dossiers::{self, Dossier, Eyes, Kept, Key};
use super::error::ServiceError;
use super::loaded::{Loaded, load};
use super::outcomes::carry_out;
use super::sips::{Opening, open_case};
use super::turns::{Power, Turn, may_propose, options, to_propose, turn};
use super::{acts, committees, facts, fields};
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::committee::decide::{self, Cast, Proposal};
use crate::committee::{
    Attendance, Ballot, BallotOption, Choice, Coming, Event, Matter, Mode, Paper, PersonId, Phase, Reasons, Refused,
    Then,
};
use crate::store::{self, Source, WriteTx};
use crate::workflow::{self, ActionName, Command, Facts, Record, Value};

/// The process every ballot follows.
const BALLOT_PROCESS: &str = "committee-ballot";

impl Dossier for Ballot {
    const KIND: &'static str = "ballot";
    const EYES: Eyes = Eyes::Secretary;
    type Event = Event;

    fn apply(&mut self, event: &Event, at: DateTime<Utc>, by: &str) {
        Self::apply(self, event, at, by);
    }
}

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

/// A vote as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVote {
    /// What is chosen.
    pub choice: Choice,
    /// Why, where the voter says so.
    pub reason: Option<String>,
    /// The member whose seat it is; needed only of an alternate named for several.
    pub seat: Option<String>,
    /// Whose vote the secretary records at a meeting; absent where members vote for themselves.
    pub recorded_for: Option<String>,
}

/// What the secretary or a member enters in an open ballot, besides votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BallotEntry {
    /// An interest of a member or alternate; the person asking where `person` is absent.
    Interest {
        /// Whose.
        person: Option<String>,
        /// The interest, in words.
        interest: String,
        /// What follows from it.
        then: Then,
    },
    /// Somebody came to or left the meeting.
    Attendance {
        /// Who.
        person: String,
        /// Whether they came or went.
        what: Coming,
        /// When (UTC); now where absent.
        at: Option<DateTime<Utc>>,
    },
    /// A member will be absent; the person asking where `member` is absent.
    Absence {
        /// The member.
        member: Option<String>,
    },
    /// Reasons and conditions of the body.
    Reasons(Reasons),
}

/// Only the secretary of a body does this.
pub(super) fn secretary_only(call: &Call<'_>) -> Result<(), ServiceError> {
    if call.actor.holds("secas") {
        return Ok(());
    }
    Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "SECAS, as the secretary".to_owned() })
}

fn person(field: &str, id: &str) -> Result<PersonId, ServiceError> {
    PersonId::parse(id).map_err(|error| ServiceError::wrong(field, error.to_string()))
}

/// The ballot of this reference.
pub(super) async fn find_ballot(source: &impl Source, reference: &str) -> Result<Kept<Ballot>, ServiceError> {
    let reference = reference.trim().to_uppercase();
    let found = dossiers::find::<Ballot>(source, &reference).await?;
    found.ok_or(ServiceError::NotFound { what: "ballot", name: reference })
}

pub(super) fn key_of(ballot: &Ballot) -> Key {
    Key::child(&ballot.opening.reference, &ballot.opening.matter.case)
}

/// The people who take part in a ballot: members and alternates.
pub(super) fn people(ballot: &Ballot) -> impl Iterator<Item = &PersonId> {
    let seats = ballot.opening.electorate.seats.iter();
    seats.flat_map(|seat| std::iter::once(&seat.member).chain(&seat.alternates))
}

/// Puts a question to the body whose determination a case waits for. The options are exactly those of that body at that
/// point (process rules 1E); the terms of reference and the electorate are frozen with it.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Wrong`] where nothing is to be decided, a
/// ballot on it is open, the delegation has lapsed, or what an option needs is not proposed; [`ServiceError::Ballot`]
/// where the terms of reference allow none, such as while no quorum is set (R50).
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
    let key = Key::child(&reference, &case.record.reference);
    let kept = dossiers::enter::<Ballot>(&tx, call, &key, "ballot_opened", &events).await?;
    open_its_case(app, &tx, call, reference, title, &new.mode).await?;
    let view = ballot_view(app, &tx, &kept.body, Some(call.actor)).await?;
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
    carry_out(app, tx, call, &mut loaded, (action, values), &Record::default(), call.now).await.map(|_| ())
}

/// Enters what `decided` answers in an open ballot, as of now.
async fn enter(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    act: &'static str,
    decided: impl FnOnce(&Ballot) -> Result<Vec<Event>, ServiceError>,
) -> Result<BallotView, ServiceError> {
    let tx = app.store.write().await?;
    if let Some(view) = answered(&tx, call).await? {
        return Ok(view);
    }
    find_ballot(&tx, reference).await?;
    let (tx, mut case) = up_to_date(app, tx, call, reference).await?;
    let ballot = find_ballot(&tx, reference).await?.body;
    let events = decided(&ballot)?;
    let mut kept = dossiers::enter::<Ballot>(&tx, call, &key_of(&ballot), act, &events).await?;
    if kept.body.phase == Phase::CastingVote && matches!(events.as_slice(), [Event::CastingVoteGiven { .. }]) {
        carry_out(app, &tx, call, &mut case, ("close", Facts::new()), &Record::default(), call.now).await?;
        kept = find_ballot(&tx, reference).await?;
    }
    let view = ballot_view(app, &tx, &kept.body, Some(call.actor)).await?;
    finish(tx, call, view).await
}

/// Votes, as a member or alternate, or records a vote as the secretary of a meeting.
///
/// # Errors
///
/// [`ServiceError::Ballot`] with the reason where the vote may not be given; [`ServiceError::NotAllowed`] for recording
/// the vote of somebody else.
pub async fn vote(app: &App, call: &Call<'_>, reference: &str, new: NewVote) -> Result<BallotView, ServiceError> {
    enter(app, call, reference, "vote_entered", |ballot| {
        let by = voter(ballot, call, new.recorded_for.as_deref())?;
        let seat = match &new.seat {
            Some(seat) => person("seat", seat)?,
            None => seat_of(ballot, &by)?,
        };
        let reason = new.reason.as_deref().map(|reason| fields::text("reason", reason)).transpose()?;
        Ok(decide::vote(ballot, &Cast { seat, by, choice: new.choice.clone(), reason }, call.now)?)
    })
    .await
}

/// Whoever votes: the person asking, or, at a meeting, whoever the secretary records the vote of.
fn voter(ballot: &Ballot, call: &Call<'_>, recorded_for: Option<&str>) -> Result<PersonId, ServiceError> {
    let Some(voter) = recorded_for else { return person("voter", &call.actor.id) };
    secretary_only(call)?;
    if matches!(ballot.opening.mode, Mode::Correspondence { .. }) {
        let what = "by correspondence everybody votes for themselves; record votes at a meeting only";
        return Err(ServiceError::wrong("recorded_for", what));
    }
    person("recorded_for", voter)
}

/// The seat a person votes for: their own, or that of the only member they are an alternate of.
fn seat_of(ballot: &Ballot, by: &PersonId) -> Result<PersonId, ServiceError> {
    let electorate = &ballot.opening.electorate;
    if electorate.seat_of(by).is_some() {
        return Ok(by.clone());
    }
    let seats: Vec<_> = electorate.seats.iter().filter(|seat| seat.alternates.contains(by)).collect();
    match seats.as_slice() {
        [only] => Ok(only.member.clone()),
        [] => Err(Refused::NotEntitled { person: by.clone(), body: ballot.opening.body.clone() }.into()),
        several => {
            let members: Vec<_> = several.iter().map(|seat| seat.member.as_str()).collect();
            Err(ServiceError::wrong("seat", format!("say for which member: {}", members.join(", "))))
        }
    }
}

/// Gives the casting vote, or declines it by abstaining (R50). By correspondence that ends the ballot.
///
/// # Errors
///
/// As [`vote`].
pub async fn casting_vote(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    new: NewVote,
) -> Result<BallotView, ServiceError> {
    enter(app, call, reference, "casting_vote_given", |ballot| {
        let by = voter(ballot, call, new.recorded_for.as_deref())?;
        let reason = new.reason.as_deref().map(|reason| fields::text("reason", reason)).transpose()?;
        Ok(decide::casting_vote(ballot, &by, &new.choice, reason.as_deref())?)
    })
    .await
}

/// Enters an interest, attendance, an absence, or the reasons of the body.
///
/// # Errors
///
/// [`ServiceError::Ballot`] with the reason where it may not be entered; [`ServiceError::NotAllowed`] for entering
/// something of somebody else, which is for the secretary.
pub async fn enter_in_ballot(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    entry: BallotEntry,
) -> Result<BallotView, ServiceError> {
    let act = match &entry {
        BallotEntry::Interest { .. } => "interest_declared",
        BallotEntry::Attendance { .. } => "attendance_recorded",
        BallotEntry::Absence { .. } => "absence_declared",
        BallotEntry::Reasons(_) => "reasons_recorded",
    };
    enter(app, call, reference, act, |ballot| Ok(entered(ballot, call, entry)?)).await
}

fn entered(ballot: &Ballot, call: &Call<'_>, entry: BallotEntry) -> Result<Vec<Event>, ServiceError> {
    Ok(match entry {
        BallotEntry::Interest { person, interest, then } => {
            let who = of_oneself(call, person)?;
            decide::declare_interest(ballot, &who, &fields::text("interest", &interest)?, then, call.now)?
        }
        BallotEntry::Attendance { person: who, what, at } => {
            secretary_only(call)?;
            let attendance = Attendance { person: person("person", &who)?, what, at: at.unwrap_or(call.now) };
            decide::record_attendance(ballot, attendance, call.now)?
        }
        BallotEntry::Absence { member } => decide::declare_absence(ballot, &of_oneself(call, member)?, call.now)?,
        BallotEntry::Reasons(reasons) => {
            secretary_only(call)?;
            let text = fields::text("reasons", &reasons.reasons)?;
            decide::record_reasons(ballot, Reasons { reasons: text, ..reasons })?
        }
    })
}

/// The person asking, or somebody else where the secretary asks.
fn of_oneself(call: &Call<'_>, who: Option<String>) -> Result<PersonId, ServiceError> {
    match who.filter(|who| *who != call.actor.id) {
        None => person("person", &call.actor.id),
        Some(other) => {
            secretary_only(call)?;
            person("person", &other)
        }
    }
}

/// Closes and counts a ballot; the result alone decides what happens in the case it is about.
///
/// # Errors
///
/// [`ServiceError::Refused`] for anyone but the secretary; [`ServiceError::Ballot`] before the close, or while the
/// casting vote is outstanding.
pub async fn close_ballot(app: &App, call: &Call<'_>, reference: &str) -> Result<BallotView, ServiceError> {
    find_ballot(&app.store, reference).await?;
    acts::act(app, call, reference, "close", BTreeMap::new(), None).await?;
    let kept = find_ballot(&app.store, reference).await?;
    ballot_view(app, &app.store, &kept.body, Some(call.actor)).await
}
