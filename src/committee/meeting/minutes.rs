//! What may be written down of a meeting, during it and after.

use chrono::{DateTime, NaiveDate, Utc};

use super::decide::{Decided, filled, in_phase, item};
use super::event::Event;
use super::record::{Agreed, Meeting, Phase};
use super::refused::Refused;
use crate::calendar::london_date;

const NOTES_OPEN: &[Phase] = &[Phase::InSession, Phase::Over];

/// Notes what was said on an item.
///
/// # Errors
///
/// The session has not begun, the draft minutes are out, there is no such item, or the note is blank.
pub fn note(meeting: &Meeting, number: u32, text: &str) -> Decided {
    in_phase(meeting, NOTES_OPEN)?;
    item(meeting, number)?;
    Ok(vec![Event::NoteTaken { item: number, text: filled("the note", text)? }])
}

/// Records what was agreed to be done on an item.
///
/// # Errors
///
/// The session has not begun, the draft minutes are out, there is no such item, something is blank, or the day is
/// before the meeting.
pub fn agree(meeting: &Meeting, number: u32, agreed: &Agreed) -> Decided {
    in_phase(meeting, NOTES_OPEN)?;
    item(meeting, number)?;
    if let Some(by) = agreed.by.filter(|by| *by < meeting.called.on) {
        return Err(Refused::DueBefore { by });
    }
    let (owner, what) = (filled("who does it", &agreed.owner)?, filled("what is done", &agreed.what)?);
    Ok(vec![Event::ActionAgreed { item: number, agreed: Agreed { owner, what, by: agreed.by } }])
}

/// Sends the draft minutes out.
///
/// # Errors
///
/// The session has not ended, or they are out already.
pub fn draft(meeting: &Meeting) -> Decided {
    in_phase(meeting, &[Phase::Over])?;
    Ok(vec![Event::MinutesDrafted])
}

/// Corrects the draft minutes.
///
/// # Errors
///
/// There is no draft, or it is approved; there is no such item; or nothing is said.
pub fn correct(meeting: &Meeting, number: Option<u32>, text: &str) -> Decided {
    in_phase(meeting, &[Phase::Drafted])?;
    number.map(|number| item(meeting, number)).transpose()?;
    Ok(vec![Event::MinutesCorrected { item: number, text: filled("the correction", text)? }])
}

/// Records that the body approved the minutes, on a London date and, where it did so there, at a later meeting.
///
/// # Errors
///
/// There is no draft, or it is approved already; or the date is in the future or before the draft went out.
pub fn approve(meeting: &Meeting, on: NaiveDate, at: Option<String>, now: DateTime<Utc>) -> Decided {
    in_phase(meeting, &[Phase::Drafted])?;
    let drafted = meeting.minutes.drafted_at.map_or(meeting.called.on, london_date);
    if on > london_date(now) || on < drafted {
        return Err(Refused::ApprovedWhen { drafted });
    }
    Ok(vec![Event::MinutesApproved { on, at }])
}
