//! Ballots at a meeting: who is there and who is recused comes from the meeting, and the meeting knows what is open.

use super::super::ballots::{find_ballot, key_of as ballot_key};
use super::super::turns::Turn;
use super::{Call, Meeting, ServiceError, dossiers, find_meeting, key_of};
use crate::committee::meeting::{Event, decide, presence};
use crate::committee::{self, Attendance, Ballot, Coming, Interest, Mode};
use crate::store::{Source, WriteTx};

/// How the references of meetings that are kept here begin. A ballot may also be held at a meeting kept elsewhere, such
/// as `Panel 130`; its secretary then records in the ballot who was there.
const KEPT_HERE: &str = "M-";

/// A meeting in session and the item that is put to the vote.
pub(in crate::service) struct Floor {
    meeting: Meeting,
    item: u32,
}

/// Whether a ballot is held at a meeting that is kept here, which alone says who is there and who is recused.
pub(in crate::service) fn on_the_floor(mode: &Mode) -> Option<&str> {
    match mode {
        Mode::Meeting { reference } if reference.starts_with(KEPT_HERE) => Some(reference),
        _ => None,
    }
}

/// The floor a ballot is to be opened on: a meeting of the body, in session, with the case on its agenda. None for a
/// ballot that is held elsewhere.
pub(in crate::service) async fn floor(
    source: &impl Source,
    mode: &Mode,
    turn: &Turn,
    known_as: &str,
) -> Result<Option<Floor>, ServiceError> {
    let Some(reference) = on_the_floor(mode) else { return Ok(None) };
    let meeting = find_meeting(source, reference).await?.body;
    if meeting.called.body.as_str() != turn.body {
        let what =
            format!("{reference} is a meeting of {}; it is for {} to decide", meeting.called.title, turn.body_title);
        return Err(ServiceError::wrong("meeting", what));
    }
    let item = meeting.item_on(known_as, &turn.point).map(|item| item.number);
    let off =
        || ServiceError::wrong("meeting", format!("{known_as} is not on the agenda of {reference}; add it first"));
    let item = item.ok_or_else(off)?;
    Ok(Some(Floor { meeting, item }))
}

/// A ballot was opened on the floor: the meeting notes it, and the ballot takes over who is there and who is recused.
pub(in crate::service) async fn ballot_opened(
    tx: &WriteTx,
    call: &Call<'_>,
    floor: &Floor,
    ballot: &Ballot,
) -> Result<Ballot, ServiceError> {
    let Floor { meeting, item } = floor;
    let opened = decide::open_ballot(meeting, *item, &ballot.opening.reference)?;
    dossiers::enter::<Meeting>(tx, call, &key_of(meeting), "ballot_opened", &opened).await?;
    let taken_over = there(meeting, ballot, call).chain(declared(meeting, *item, ballot)).collect();
    told(tx, call, ballot.clone(), taken_over, "meeting_taken_over").await
}

fn there<'a>(
    meeting: &'a Meeting,
    ballot: &'a Ballot,
    call: &'a Call<'_>,
) -> impl Iterator<Item = committee::Event> + 'a {
    let there = presence::there(meeting, call.now).into_iter();
    there.filter(|person| ballot.opening.electorate.knows(person)).map(|person| {
        let (person, what, at) = (person.clone(), Coming::Arrived, call.now);
        committee::Event::AttendanceRecorded(Attendance { person, what, at })
    })
}

fn declared<'a>(meeting: &'a Meeting, number: u32, ballot: &'a Ballot) -> impl Iterator<Item = committee::Event> + 'a {
    let interests = meeting.item(number).into_iter().flat_map(|item| &item.interests);
    let entitled = interests.filter(|declared| ballot.opening.electorate.knows(&declared.person));
    entitled.map(|Interest { person, interest, then, .. }| committee::Event::InterestDeclared {
        person: person.clone(),
        interest: interest.clone(),
        then: *then,
    })
}

/// Lets the open ballots of a meeting know who came or went, and who declared an interest in their item.
pub(super) async fn tell(
    tx: &WriteTx,
    call: &Call<'_>,
    meeting: &Meeting,
    events: &[Event],
) -> Result<(), ServiceError> {
    for held in meeting.open_ballots() {
        let ballot = find_ballot(tx, &held.ballot).await?.body;
        let news = events.iter().filter_map(|event| news(event, held.item, &ballot)).collect();
        told(tx, call, ballot, news, "meeting_taken_over").await?;
    }
    Ok(())
}

fn news(event: &Event, number: u32, ballot: &Ballot) -> Option<committee::Event> {
    let knows = |person| ballot.opening.electorate.knows(person);
    match event.clone() {
        Event::AttendanceRecorded(attended) if knows(&attended.person) => {
            let (person, what, at) = (attended.person, attended.what, attended.at);
            Some(committee::Event::AttendanceRecorded(Attendance { person, what, at }))
        }
        Event::InterestDeclared { item, person, interest, then } if item == number && knows(&person) => {
            Some(committee::Event::InterestDeclared { person, interest, then })
        }
        _ => None,
    }
}

async fn told(
    tx: &WriteTx,
    call: &Call<'_>,
    ballot: Ballot,
    events: Vec<committee::Event>,
    act: &'static str,
) -> Result<Ballot, ServiceError> {
    if events.is_empty() {
        return Ok(ballot);
    }
    Ok(dossiers::enter::<Ballot>(tx, call, &ballot_key(&ballot), act, &events).await?.body)
}

/// A ballot has ended, counted or void: the meeting it was held at notes it.
pub(in crate::service) async fn ballot_ended(
    tx: &WriteTx,
    call: &Call<'_>,
    ballot: &Ballot,
) -> Result<(), ServiceError> {
    let Some(reference) = on_the_floor(&ballot.opening.mode) else { return Ok(()) };
    let meeting = find_meeting(tx, reference).await?.body;
    let ended = decide::end_ballot(&meeting, &ballot.opening.reference)?;
    dossiers::enter::<Meeting>(tx, call, &key_of(&meeting), "ballot_ended", &ended).await.map(|_| ())
}
