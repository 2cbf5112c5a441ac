//! Calling a meeting, moving it and calling it off.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::super::committees;
use super::super::loaded::load;
use super::super::sips::{Opening, open_case};
use super::super::{editions, fields};
use super::{
    App, Call, Facts, Key, MEETING_PROCESS, Meeting, MeetingView, ServiceError, Step, agenda, answered, carry_out,
    change, dossiers, london_date, secretary_only, shown,
};
use crate::calendar::WorkingDays;
use crate::committee::meeting::decide::{self, Arrangement, Who};
use crate::store;
use crate::workflow::Value;

/// How long before a meeting its papers are out, where nothing else is said.
const PAPERS_BEFORE: WorkingDays = WorkingDays::new(5);

/// A meeting to be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingCall {
    /// The body, such as `operations_group`.
    pub body: String,
    /// The London date.
    pub on: NaiveDate,
    /// The London time at which it begins.
    pub at: NaiveTime,
    /// The room, or how to join; shown to members and their secretary only.
    pub place: String,
    /// How many Working Days before it papers are out; five where absent.
    pub papers_before: Option<WorkingDays>,
    /// Why it is not on a Working Day, or at so short a notice, where that is so.
    pub reason: Option<String>,
}

/// Another date, time or place for a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingMove {
    /// The London date; as it was where absent.
    pub on: Option<NaiveDate>,
    /// The London time at which it begins; as it was where absent.
    pub at: Option<NaiveTime>,
    /// The room, or how to join; as it was where absent.
    pub place: Option<String>,
    /// How many Working Days before it papers are out; five where absent.
    pub papers_before: Option<WorkingDays>,
    /// Why it moves.
    pub reason: String,
}

/// Calls a meeting of a body. Its agenda is drawn up from whatever waits for a determination of that body.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::NotFound`] where there is no such body on
/// that day; [`ServiceError::Meeting`] for a date in the past, one that is no Working Day without a reason, and so on.
pub async fn call_meeting(app: &App, call: &Call<'_>, given: MeetingCall) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let tx = app.store.write().await?;
    if let Some(view) = answered(&tx, call).await? {
        return Ok(view);
    }
    let terms = committees::terms_on(&tx, &given.body, given.on).await?;
    let year = given.on.year();
    let serial = store::next_number(&tx, &format!("meeting-{year}")).await?;
    let reference = format!("M-{year}-{serial:03}");
    let items = agenda::drawn_up(app, &tx, call, &given.body).await?;
    let arrangement = Arrangement {
        on: given.on,
        at: given.at,
        place: fields::line("place", &given.place)?,
        papers_before: given.papers_before.unwrap_or(PAPERS_BEFORE),
        reason: given.reason.as_deref().map(|reason| fields::text("reason", reason)).transpose()?,
    };
    let calendar = app.calendar(&tx, &editions::current(&tx).await?, app.settings.division).await?;
    let who = Who { reference: reference.clone(), body: terms.body.clone(), title: terms.title.clone() };
    let events = decide::call(who, &arrangement, items, &calendar, call.now)?;
    let key = Key::child(&reference, &given.body);
    let kept = dossiers::enter::<Meeting>(&tx, call, &key, "meeting_called", &events).await?;
    let title = format!("{} of {}", terms.title, given.on.format("%-d %B %Y"));
    let opening = Opening { process: MEETING_PROCESS, reference: reference.clone(), title, party: None };
    open_case(app, &tx, call, opening, Facts::new(), None).await?;
    let mut case = load(app, &tx, &reference).await?;
    let step = super::outcomes::Step::new("call", dates(&kept.body), call.now);
    carry_out(app, &tx, call, &mut case, step).await?;
    shown(app, tx, call, &kept.body).await
}

fn dates(meeting: &Meeting) -> Facts {
    Facts::from([
        ("meets_on".into(), Value::Date(meeting.called.on)),
        ("paper_day".into(), Value::Date(meeting.called.paper_day)),
    ])
}

fn reason(text: &str) -> Facts {
    Facts::from([("reason".into(), Value::Text(text.to_owned()))])
}

/// Gives a meeting another date, time or place. Paper day moves with it, and everybody who was told is told.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Meeting`] where it cannot be moved, or
/// not there.
pub async fn move_meeting(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    to: MeetingMove,
) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let why = fields::text("reason", &to.reason)?;
    let place = to.place.as_deref().map(|place| fields::line("place", place)).transpose()?;
    let said = why.clone();
    let moved = |meeting: &Meeting, case: &super::Loaded| {
        let called = &meeting.called;
        let arrangement = Arrangement {
            on: to.on.unwrap_or(called.on),
            at: to.at.unwrap_or(called.at),
            place: place.unwrap_or_else(|| called.place.clone()),
            papers_before: to.papers_before.unwrap_or(PAPERS_BEFORE),
            reason: Some(why),
        };
        Ok(decide::move_to(meeting, &arrangement, &case.calendar, call.now)?)
    };
    let step = |meeting: &Meeting| -> Option<Step> {
        let mut values = dates(meeting);
        values.extend(reason(&said));
        Some(("move", values))
    };
    change(app, call, reference, "meeting_moved", moved, step).await
}

/// Calls a meeting off.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Meeting`] once the session has begun.
pub async fn cancel_meeting(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    why: &str,
) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let why = fields::text("reason", why)?;
    let cancelled = |meeting: &Meeting, _: &super::Loaded| Ok(decide::cancel(meeting, &why)?);
    change(app, call, reference, "meeting_cancelled", cancelled, |_| Some(("cancel", reason(&why)))).await
}

/// Today in London, by the clock of a request.
pub(super) fn today(call: &Call<'_>) -> NaiveDate {
    london_date(call.now)
}
