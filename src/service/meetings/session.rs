//! The session of a meeting: who comes and goes, interests, what is said and agreed.

use chrono::{DateTime, NaiveDate, Utc};

use super::super::committees;
use super::super::fields;
use super::super::loaded::Loaded;
use super::calling::today;
use super::{App, Call, Facts, Meeting, MeetingView, ServiceError, change, find_meeting, known, secretary_only};
use crate::committee::meeting::decide;
use crate::committee::meeting::{Agreed, Attended, Capacity, Event};
use crate::committee::{Coming, PersonId, Then};

/// Something entered in a meeting while it is in session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingEntry {
    /// Somebody came or went.
    Attendance {
        /// Who.
        person: String,
        /// In which capacity.
        capacity: Capacity,
        /// Whether they came or went.
        what: Coming,
        /// When (UTC); now where absent.
        at: Option<DateTime<Utc>>,
    },
    /// An interest in an item; of the person asking where `person` is absent.
    Interest {
        /// The number of the item.
        item: u32,
        /// Whose.
        person: Option<String>,
        /// The interest, in words.
        interest: String,
        /// What follows from it.
        then: Then,
    },
    /// What was said on an item.
    Note {
        /// The number of the item.
        item: u32,
        /// What was said.
        text: String,
    },
    /// What was agreed to be done on an item.
    Action {
        /// The number of the item.
        item: u32,
        /// Who does it: a person or an office.
        owner: String,
        /// What is done.
        what: String,
        /// The London date by which.
        by: Option<NaiveDate>,
    },
}

/// Begins the session under the terms of reference in force.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Meeting`] on another day, before the
/// hour, or before the papers are out.
pub async fn open_meeting(app: &App, call: &Call<'_>, reference: &str) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let body = find_meeting(&app.store, reference).await?.body.called.body;
    let terms = committees::terms_on(&app.store, body.as_str(), today(call)).await?;
    let opened = |meeting: &Meeting, _: &Loaded| Ok(decide::open(meeting, &terms, call.now)?);
    change(app, call, reference, "session_opened", opened, |_| Some(("open_session", Facts::new()))).await
}

/// Enters attendance, an interest, a note or an action.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary, except for one's own interest;
/// [`ServiceError::Meeting`] with the reason where it may not be entered.
pub async fn enter_in_meeting(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    entry: MeetingEntry,
) -> Result<MeetingView, ServiceError> {
    let own = matches!(&entry, MeetingEntry::Interest { person, .. }
        if person.as_ref().is_none_or(|person| *person == call.actor.id));
    if !own {
        secretary_only(call)?;
    }
    let person = match &entry {
        MeetingEntry::Attendance { person, .. } | MeetingEntry::Interest { person: Some(person), .. } => {
            known(&app.store, person).await?
        }
        _ => known(&app.store, &call.actor.id).await?,
    };
    let act = match &entry {
        MeetingEntry::Attendance { .. } => "attendance_recorded",
        MeetingEntry::Interest { .. } => "interest_declared",
        MeetingEntry::Note { .. } => "note_taken",
        MeetingEntry::Action { .. } => "action_agreed",
    };
    change(app, call, reference, act, |meeting, _| entered(meeting, call, &person, entry), |_| None).await
}

fn entered(
    meeting: &Meeting,
    call: &Call<'_>,
    person: &PersonId,
    entry: MeetingEntry,
) -> Result<Vec<Event>, ServiceError> {
    Ok(match entry {
        MeetingEntry::Attendance { capacity, what, at, .. } => {
            let attended = Attended { person: person.clone(), capacity, what, at: at.unwrap_or(call.now) };
            decide::attend(meeting, attended, call.now)?
        }
        MeetingEntry::Interest { item, interest, then, .. } => {
            decide::declare_interest(meeting, item, person, &fields::text("interest", &interest)?, then)?
        }
        MeetingEntry::Note { item, text } => decide::note(meeting, item, &fields::text("note", &text)?)?,
        MeetingEntry::Action { item, owner, what, by } => {
            let (owner, what) = (fields::line("owner", &owner)?, fields::text("what", &what)?);
            decide::agree(meeting, item, &Agreed { owner, what, by })?
        }
    })
}

/// Ends the session.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Meeting`] while a ballot is open.
pub async fn close_meeting(app: &App, call: &Call<'_>, reference: &str) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let closed = |meeting: &Meeting, _: &Loaded| Ok(decide::close(meeting)?);
    change(app, call, reference, "session_closed", closed, |_| Some(("close_session", Facts::new()))).await
}
