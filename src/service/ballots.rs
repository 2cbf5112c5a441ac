//! Ballots: a body is asked, its members vote, and the count alone decides (R50). Nobody types an outcome.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::acts::{answered, finish, up_to_date};
use super::app::App;
use super::ballot_views::{BallotView, ballot_view};
use super::call::Call;
use super::dossiers::{self, Dossier, Eyes, Kept, Key};
use super::error::ServiceError;
use super::outcomes::{Step, carry_out};
use super::{acts, fields, meetings};
use crate::committee::decide::{self, Cast};
use crate::committee::{Attendance, Ballot, Choice, Coming, Event, Mode, PersonId, Phase, Reasons, Refused, Then};
use crate::store::Source;
use crate::workflow::Facts;

impl Dossier for Ballot {
    const KIND: &'static str = "ballot";
    const EYES: Eyes = Eyes::Secretary;
    type Event = Event;

    fn apply(&mut self, event: &Event, at: DateTime<Utc>, by: &str) {
        Self::apply(self, event, at, by);
    }
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
        carry_out(app, &tx, call, &mut case, Step::new("close", Facts::new(), call.now)).await?;
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
    enter(app, call, reference, act, |ballot| entered(ballot, call, entry)).await
}

fn entered(ballot: &Ballot, call: &Call<'_>, entry: BallotEntry) -> Result<Vec<Event>, ServiceError> {
    Ok(match entry {
        BallotEntry::Interest { person, interest, then } => {
            let who = of_oneself(call, person)?;
            elsewhere(ballot, "interest")?;
            decide::declare_interest(ballot, &who, &fields::text("interest", &interest)?, then, call.now)?
        }
        BallotEntry::Attendance { person: who, what, at } => {
            secretary_only(call)?;
            elsewhere(ballot, "attendance")?;
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

/// What a meeting that is kept here says of its ballots is entered there and nowhere else.
fn elsewhere(ballot: &Ballot, what: &str) -> Result<(), ServiceError> {
    match meetings::on_the_floor(&ballot.opening.mode) {
        Some(meeting) => {
            Err(ServiceError::wrong(what, format!("enter it in the meeting {meeting}, which tells the ballot")))
        }
        None => Ok(()),
    }
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
