//! What may be done with a meeting: each function answers with what happened, or with why it may not.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::agenda::{self, NewItem};
use super::event::Event;
pub use super::minutes::{agree, approve, correct, draft, note};
use super::presence::latest;
use super::record::{AgendaItem, Attended, Called, Capacity, Meeting, Phase, Session, Subject};
use super::refused::Refused;
use crate::calendar::{Calendar, WorkingDays, london_date};
use crate::committee::ballot::{Coming, Then};
use crate::committee::electorate::Electorate;
use crate::committee::ids::{BodyId, PersonId};
use crate::committee::terms::Terms;

pub(super) type Decided = Result<Vec<Event>, Refused>;

/// When and where a meeting is to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrangement {
    /// The London date.
    pub on: NaiveDate,
    /// The London time at which it begins.
    pub at: NaiveTime,
    /// The room, or how to join.
    pub place: String,
    /// How long before it papers are out.
    pub papers_before: WorkingDays,
    /// Why it is not on a Working Day, or at so short a notice; for a move, why it moves.
    pub reason: Option<String>,
}

/// A paper as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPaper {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The SHA-256 of its content, in hexadecimal, where it is kept as a file.
    pub digest: Option<String>,
}

/// The meeting a body is called to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The reference of the meeting.
    pub reference: String,
    /// The body.
    pub body: BodyId,
    /// The name of the body for readers.
    pub title: String,
}

/// Calls a meeting with its first agenda. Paper day is counted back in Working Days.
///
/// # Errors
///
/// It would begin in the past; it is not on a Working Day, or its paper day has passed, and no reason is given; the
/// place is blank; or a date is beyond the years the calendar knows.
pub fn call(
    who: Who,
    arrangement: &Arrangement,
    items: Vec<NewItem>,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Decided {
    let called = arranged(who, arrangement, calendar, now)?;
    let first = Event::MeetingCalled(Box::new(called));
    Ok(std::iter::once(first).chain(agenda::events(items)).collect())
}

fn arranged(who: Who, given: &Arrangement, calendar: &Calendar, now: DateTime<Utc>) -> Result<Called, Refused> {
    let Who { reference, body, title } = who;
    let place = filled("the place", &given.place)?;
    let reason = given.reason.as_deref().map(|reason| filled("the reason", reason)).transpose()?;
    let today = london_date(now);
    let counted = calendar.subtract(given.on, given.papers_before)?;
    let (on, at, paper_day) = (given.on, given.at, counted.max(today));
    let called = Called { reference, body, title, on, at, place, paper_day, reason };
    if called.begins_at() <= now {
        return Err(Refused::InThePast { at: called.begins_at() });
    }
    if called.reason.is_none() && !calendar.is_working_day(on)? {
        return Err(Refused::NotAWorkingDay { on });
    }
    if called.reason.is_none() && counted < today {
        return Err(Refused::ShortNotice { paper_day: counted });
    }
    Ok(called)
}

/// Gives a meeting another date, time or place; paper day moves with it.
///
/// # Errors
///
/// The session has begun or the meeting is over, no reason is given, nothing would change, or as [`call`].
pub fn move_to(meeting: &Meeting, to: &Arrangement, calendar: &Calendar, now: DateTime<Utc>) -> Decided {
    in_phase(meeting, &[Phase::Called, Phase::PapersOut])?;
    let reason = filled("the reason", to.reason.as_deref().unwrap_or_default())?;
    let before = &meeting.called;
    let (reference, body, title) = (before.reference.clone(), before.body.clone(), before.title.clone());
    let mut called = arranged(Who { reference, body, title }, to, calendar, now)?;
    if meeting.phase == Phase::PapersOut {
        called.paper_day = before.paper_day;
    }
    if (called.on, called.at, &called.place) == (before.on, before.at, &before.place) {
        return Err(Refused::NothingMoves);
    }
    Ok(vec![Event::MeetingMoved { to: Box::new(called), reason }])
}

/// Calls a meeting off.
///
/// # Errors
///
/// The session has begun or the meeting is over, or no reason is given.
pub fn cancel(meeting: &Meeting, reason: &str) -> Decided {
    in_phase(meeting, &[Phase::Called, Phase::PapersOut])?;
    Ok(vec![Event::MeetingCancelled { reason: filled("the reason", reason)? }])
}

const AGENDA_OPEN: &[Phase] = &[Phase::Called, Phase::PapersOut, Phase::InSession];

/// Puts an item on the agenda.
///
/// # Errors
///
/// The meeting is over, no reason or title is given, or the same matter is on the agenda already.
pub fn add_item(meeting: &Meeting, item: NewItem, reason: &str) -> Decided {
    in_phase(meeting, AGENDA_OPEN)?;
    let (title, reason) = (filled("the title", &item.title)?, filled("the reason", reason)?);
    let same = |there: &&AgendaItem| item.subject != Subject::Other && there.subject == item.subject;
    if let Some(there) = meeting.agenda().find(same) {
        return Err(Refused::OnTheAgenda { number: there.number });
    }
    let last = meeting.items.iter().map(|item| item.number).max().unwrap_or(0);
    let (number, subject) = (last.saturating_add(1), item.subject);
    Ok(vec![Event::ItemAdded { number, title, subject, reason: Some(reason) }])
}

/// Takes an item off the agenda.
///
/// # Errors
///
/// The meeting is over, there is no such item, a ballot was opened on it, or no reason is given.
pub fn remove_item(meeting: &Meeting, number: u32, reason: &str) -> Decided {
    in_phase(meeting, AGENDA_OPEN)?;
    item(meeting, number)?;
    if let Some(held) = meeting.ballots.iter().find(|held| held.item == number) {
        return Err(Refused::BallotWasHeld { number, ballot: held.ballot.clone() });
    }
    Ok(vec![Event::ItemRemoved { number, reason: filled("the reason", reason)? }])
}

/// Adds a paper to an item. After paper day, or once the papers are out, it is late and needs a reason.
///
/// # Errors
///
/// The meeting is over, there is no such item, the paper is there already, something is blank, the digest is none, or
/// it is late without a reason.
pub fn add_paper(
    meeting: &Meeting,
    number: u32,
    paper: &NewPaper,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Decided {
    in_phase(meeting, AGENDA_OPEN)?;
    let item = item(meeting, number)?;
    let (reference, title) = (filled("the reference", &paper.reference)?, filled("the title", &paper.title)?);
    if item.papers.iter().any(|there| there.reference == reference) {
        return Err(Refused::PaperThere { number, reference });
    }
    let digest = paper.digest.as_deref().map(digest).transpose()?;
    let late = meeting.phase != Phase::Called || london_date(now) > meeting.called.paper_day;
    let late_because = match reason.map(str::trim).filter(|reason| late && !reason.is_empty()) {
        None if late => return Err(Refused::LatePaper { paper_day: meeting.called.paper_day }),
        reason => reason.map(str::to_owned),
    };
    Ok(vec![Event::PaperAdded { item: number, reference, title, digest, late_because }])
}

fn digest(text: &str) -> Result<String, Refused> {
    let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex { Ok(text.to_ascii_lowercase()) } else { Err(Refused::NotADigest) }
}

/// Sends agenda and papers out.
///
/// # Errors
///
/// They are out already or the meeting is over, or there is nothing on the agenda.
pub fn send_papers(meeting: &Meeting) -> Decided {
    in_phase(meeting, &[Phase::Called])?;
    if meeting.agenda().next().is_none() {
        return Err(Refused::EmptyAgenda);
    }
    Ok(vec![Event::PapersSent])
}

/// Begins the session. Seats, alternates and quorum are settled by the terms of reference in force.
///
/// # Errors
///
/// The papers are not out, the meeting was begun before, or it is not its day or hour.
pub fn open(meeting: &Meeting, terms: &Terms, now: DateTime<Utc>) -> Decided {
    in_phase(meeting, &[Phase::PapersOut])?;
    let (today, called) = (london_date(now), &meeting.called);
    if called.on != today {
        return Err(Refused::NotTheDay { on: called.on });
    }
    if now < called.begins_at() {
        return Err(Refused::BeforeTheHour { at: called.begins_at() });
    }
    let electorate = Box::new(Electorate::of(terms, today));
    Ok(vec![Event::SessionOpened { terms: terms.version.clone(), electorate }])
}

fn session(meeting: &Meeting) -> Result<&Session, Refused> {
    in_phase(meeting, &[Phase::InSession])?;
    let phase = meeting.phase;
    meeting.session.as_ref().ok_or_else(|| Refused::NotNow { reference: meeting.called.reference.clone(), phase })
}

/// Records who came or went. Whoever was there from the start came when the session began.
///
/// # Errors
///
/// The body is not in session; the person is no member, or no alternate, and was not admitted as an observer; a member
/// would only observe; or the instant is in the future, before the session, before what is recorded of the person or
/// before the last ballot ended.
pub fn attend(meeting: &Meeting, attended: Attended, now: DateTime<Utc>) -> Decided {
    let session = session(meeting)?;
    let at = attended.at;
    if at > now {
        return Err(Refused::NotYet { at });
    }
    if at < session.opened_at {
        return Err(Refused::BeforeTheSession { opened_at: session.opened_at });
    }
    entitled(session, &meeting.called.body, &attended)?;
    if let Some(ended) = meeting.ballots.iter().filter_map(|held| held.ended_at).max().filter(|ended| at < *ended) {
        return Err(Refused::BeforeABallot { ended });
    }
    let person = attended.person.clone();
    let before = latest(meeting, &person);
    if let Some(last) = before.filter(|before| at < before.at) {
        return Err(Refused::OutOfOrder { person, at: last.at });
    }
    let is_there = before.is_some_and(|before| before.what == Coming::Arrived);
    match (attended.what, is_there) {
        (Coming::Arrived, true) => return Err(Refused::Already { person, state: "at the meeting" }),
        (Coming::Left, false) => return Err(Refused::Already { person, state: "away" }),
        (Coming::Left, true) if before.is_some_and(|before| before.capacity != attended.capacity) => {
            return Err(Refused::OtherCapacity { person });
        }
        _ => {}
    }
    Ok(vec![Event::AttendanceRecorded(attended)])
}

fn entitled(session: &Session, body: &BodyId, attended: &Attended) -> Result<(), Refused> {
    let (electorate, person) = (&session.electorate, &attended.person);
    let is_member = electorate.seat_of(person).is_some();
    let is_alternate = electorate.seats.iter().any(|seat| seat.alternates.contains(person));
    match attended.capacity {
        Capacity::Member if is_member => Ok(()),
        Capacity::Alternate if is_alternate => Ok(()),
        Capacity::Observer if !is_member => Ok(()),
        Capacity::Observer => Err(Refused::IsAMember { person: person.clone() }),
        Capacity::Member | Capacity::Alternate => Err(Refused::Stranger { person: person.clone(), body: body.clone() }),
    }
}

/// Enters an interest somebody declares in an item.
///
/// # Errors
///
/// The body is not in session, there is no such item, the person is neither member nor alternate or is recused from it
/// already, nothing is said, or the item has been decided.
pub fn declare_interest(meeting: &Meeting, number: u32, person: &PersonId, interest: &str, then: Then) -> Decided {
    let session = session(meeting)?;
    let item = item(meeting, number)?;
    if !session.electorate.knows(person) {
        return Err(Refused::Stranger { person: person.clone(), body: meeting.called.body.clone() });
    }
    let interest = filled("the interest", interest)?;
    if item.is_recused(person) {
        return Err(Refused::RecusedAlready { person: person.clone(), number });
    }
    if let Some(held) = meeting.ballots.iter().find(|held| held.item == number && held.ended_at.is_some()) {
        return Err(Refused::BallotWasHeld { number, ballot: held.ballot.clone() });
    }
    Ok(vec![Event::InterestDeclared { item: number, person: person.clone(), interest, then }])
}

/// Opens a ballot on an item.
///
/// # Errors
///
/// The body is not in session, there is no such item, nothing is to be determined in it, or a ballot is open on it.
pub fn open_ballot(meeting: &Meeting, number: u32, ballot: &str) -> Decided {
    session(meeting)?;
    if !matches!(item(meeting, number)?.subject, Subject::Determination { .. }) {
        return Err(Refused::NothingToDetermine { number });
    }
    if let Some(open) = meeting.open_ballots().find(|held| held.item == number) {
        return Err(Refused::BallotOpen { ballots: vec![open.ballot.clone()] });
    }
    Ok(vec![Event::BallotOpened { item: number, ballot: ballot.to_owned() }])
}

/// Notes that a ballot of the meeting has ended.
///
/// # Errors
///
/// The body is not in session, or no such ballot is open at it.
pub fn end_ballot(meeting: &Meeting, ballot: &str) -> Decided {
    session(meeting)?;
    if !meeting.open_ballots().any(|held| held.ballot == ballot) {
        return Err(Refused::NoSuchBallot { ballot: ballot.to_owned() });
    }
    Ok(vec![Event::BallotEnded { ballot: ballot.to_owned() }])
}

/// Ends the session.
///
/// # Errors
///
/// The body is not in session, or a ballot is open.
pub fn close(meeting: &Meeting) -> Decided {
    session(meeting)?;
    let ballots: Vec<String> = meeting.open_ballots().map(|held| held.ballot.clone()).collect();
    if ballots.is_empty() { Ok(vec![Event::SessionClosed]) } else { Err(Refused::BallotOpen { ballots }) }
}

pub(super) fn in_phase(meeting: &Meeting, phases: &[Phase]) -> Result<(), Refused> {
    if phases.contains(&meeting.phase) {
        return Ok(());
    }
    Err(Refused::NotNow { reference: meeting.called.reference.clone(), phase: meeting.phase })
}

pub(super) fn item(meeting: &Meeting, number: u32) -> Result<&AgendaItem, Refused> {
    let there = || meeting.agenda().map(|item| item.number).collect();
    meeting.item(number).ok_or_else(|| Refused::NoSuchItem { number, there: there() })
}

pub(super) fn filled(what: &'static str, text: &str) -> Result<String, Refused> {
    let text = text.trim();
    if text.is_empty() { Err(Refused::Blank { what }) } else { Ok(text.to_owned()) }
}
