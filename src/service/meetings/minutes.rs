//! The minutes of a meeting: the draft goes out, is corrected, and is approved by the body.

use chrono::NaiveDate;

use super::super::fields;
use super::super::loaded::Loaded;
use super::{App, Call, Facts, Meeting, MeetingView, ServiceError, change, find_meeting, secretary_only};
use crate::calendar::{date_words, london_date};
use crate::committee::meeting::decide;
use crate::workflow::Value;

/// Sends the draft minutes out.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Meeting`] while the session lasts, or
/// where they are out already.
pub async fn send_minutes(app: &App, call: &Call<'_>, reference: &str) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let drafted = |meeting: &Meeting, _: &Loaded| Ok(decide::draft(meeting)?);
    change(app, call, reference, "minutes_drafted", drafted, |_| Some(("send_minutes", Facts::new()))).await
}

/// Corrects the draft minutes, of an item or as a whole.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Meeting`] where there is no draft.
pub async fn correct_minutes(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    item: Option<u32>,
    text: &str,
) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let text = fields::text("text", text)?;
    let corrected = |meeting: &Meeting, _: &Loaded| Ok(decide::correct(meeting, item, &text)?);
    change(app, call, reference, "minutes_corrected", corrected, |_| None).await
}

/// Records that the body approved the minutes on a London date, and at which later meeting, where it did so there.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Wrong`] for a meeting of another body or
/// day; [`ServiceError::Meeting`] where there is no draft, or the date cannot be.
pub async fn approve_minutes(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    on: NaiveDate,
    at: Option<&str>,
) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let body = find_meeting(&app.store, reference).await?.body.called.body;
    let approving = match at {
        Some(at) => Some(find_meeting(&app.store, at).await?.body),
        None => None,
    };
    if let Some(other) = &approving {
        let held = other.session.as_ref().is_some_and(|session| london_date(session.opened_at) == on);
        if other.called.body != body || !held {
            let what = format!("{} was no session of {body} on {}", other.called.reference, date_words(on));
            return Err(ServiceError::wrong("at", what));
        }
    }
    let at = approving.map(|meeting| meeting.called.reference);
    let approved = |meeting: &Meeting, _: &Loaded| Ok(decide::approve(meeting, on, at, call.now)?);
    let step = |_: &Meeting| Some(("approve_minutes", Facts::from([("approved_on".into(), Value::Date(on))])));
    change(app, call, reference, "minutes_approved", approved, step).await
}
