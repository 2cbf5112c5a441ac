//! Meetings of a body: calling and moving them, agenda and papers, the session, the minutes.
//!
//! A meeting is a case, which has the clocks and tells people, and a dossier of the same reference, which has everything
//! said and done. Both change together in one transaction.

mod agenda;
mod ballots;
mod calling;
mod documents;
mod minutes;
mod session;
mod shapes;
mod views;

use chrono::{DateTime, Utc};

use super::acts::{answered, finish, up_to_date};
use super::app::App;
use super::ballots::secretary_only;
use super::call::Call;
use super::committees;
use super::dossiers::{self, Dossier, Eyes, Kept, Key};
use super::error::ServiceError;
use super::loaded::Loaded;
use super::outcomes::{self, carry_out};
use crate::calendar::london_date;
use crate::committee::PersonId;
use crate::committee::meeting::{Event, Meeting};
use crate::store::{Source, WriteTx};
use crate::workflow::Facts;

pub use agenda::{NewAgendaItem, NewMeetingPaper, add_agenda_item, add_meeting_paper, remove_agenda_item, send_papers};
pub(super) use ballots::{ballot_ended, ballot_opened, floor, on_the_floor};
pub use calling::{MeetingCall, MeetingMove, call_meeting, cancel_meeting, move_meeting};
pub use documents::{MeetingPaper, meeting_paper};
pub use minutes::{approve_minutes, correct_minutes, send_minutes};
pub use session::{MeetingEntry, close_meeting, enter_in_meeting, open_meeting};
pub use shapes::{
    AgendaItemView, AgreedView, AttendedView, CorrectionView, InterestView, ItemDecisionView, MeetingPaperView,
    MeetingView, MinutesView, MoveView, QuorumSpanView,
};
pub use views::{meeting, meetings};

/// The process every meeting follows.
pub(super) const MEETING_PROCESS: &str = "committee-meeting";

impl Dossier for Meeting {
    const KIND: &'static str = "meeting";
    const EYES: Eyes = Eyes::Secretary;
    type Event = Event;

    fn apply(&mut self, event: &Event, at: DateTime<Utc>, _: &str) {
        Self::apply(self, event, at);
    }
}

/// The meeting of this reference.
pub(super) async fn find_meeting(source: &impl Source, reference: &str) -> Result<Kept<Meeting>, ServiceError> {
    let reference = reference.trim().to_uppercase();
    let found = dossiers::find::<Meeting>(source, &reference).await?;
    found.ok_or(ServiceError::NotFound { what: "meeting", name: reference })
}

fn key_of(meeting: &Meeting) -> Key {
    Key::child(&meeting.called.reference, meeting.called.body.as_str())
}

/// The people a meeting is for: the members of the body on its day, and while it meets the alternates too.
pub(super) async fn people(source: &impl Source, case: &Loaded) -> Result<Vec<PersonId>, ServiceError> {
    let meeting = find_meeting(source, &case.record.reference).await?.body;
    let terms = committees::terms_on(source, meeting.called.body.as_str(), meeting.called.on).await?;
    Ok(terms.sitting(meeting.called.on).map(|member| member.person.clone()).collect())
}

/// An action of the case of a meeting, with what is filled in.
type Step = (&'static str, Facts);

/// Lets what `decided` answers happen to a meeting, takes the action that goes with it in its case, and lets ballots on
/// the floor know.
async fn change(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    act: &'static str,
    decided: impl FnOnce(&Meeting, &Loaded) -> Result<Vec<Event>, ServiceError>,
    step: impl FnOnce(&Meeting) -> Option<Step>,
) -> Result<MeetingView, ServiceError> {
    let tx = app.store.write().await?;
    if let Some(view) = answered(&tx, call).await? {
        return Ok(view);
    }
    find_meeting(&tx, reference).await?;
    let (tx, mut case) = up_to_date(app, tx, call, reference).await?;
    let meeting = find_meeting(&tx, reference).await?.body;
    let events = decided(&meeting, &case)?;
    let kept = dossiers::enter::<Meeting>(&tx, call, &key_of(&meeting), act, &events).await?;
    ballots::tell(&tx, call, &kept.body, &events).await?;
    if let Some((action, values)) = step(&kept.body) {
        carry_out(app, &tx, call, &mut case, outcomes::Step::new(action, values, call.now)).await?;
    }
    shown(app, tx, call, &kept.body).await
}

/// The meeting as the caller sees it, everything made durable.
async fn shown(app: &App, tx: WriteTx, call: &Call<'_>, meeting: &Meeting) -> Result<MeetingView, ServiceError> {
    let view = views::meeting_view(app, &tx, meeting, Some(call.actor), call.now).await?;
    finish(tx, call, view).await
}

/// Every meeting of a body, by reference.
async fn of_body(source: &impl Source, body: &str) -> Result<Vec<Meeting>, ServiceError> {
    let all = dossiers::of_parent::<Meeting>(source, body).await?;
    Ok(all.into_iter().map(|kept| kept.body).collect())
}

/// The person of this id, who must be known.
async fn known(source: &impl Source, id: &str) -> Result<PersonId, ServiceError> {
    let unknown = |what: String| ServiceError::wrong("person", what);
    let person = PersonId::parse(id).map_err(|error| unknown(error.to_string()))?;
    match crate::store::find_person(source, id).await? {
        Some(_) => Ok(person),
        None => Err(unknown(format!("nobody is known as {id}; add them first"))),
    }
}
