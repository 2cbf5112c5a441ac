//! Who was at a meeting, and whether the body was quorate, at any instant of it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::record::{Attended, Capacity, Meeting, Session};
use crate::committee::ballot::Coming;
use crate::committee::electorate::{Electorate, Seat};
use crate::committee::ids::PersonId;

/// How a body stood towards its quorum for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// From when (UTC).
    pub from: DateTime<Utc>,
    /// Until when (UTC), that instant not included; absent while it goes on.
    pub until: Option<DateTime<Utc>>,
    /// How it stood.
    pub standing: Standing,
}

/// How a body stands towards its quorum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// How many of the seats that count towards the quorum are filled, by the member or an alternate.
    pub present: u32,
    /// How many must be; absent while the terms set no quorum (R50).
    pub needed: Option<u32>,
}

impl Standing {
    /// Whether the body is quorate.
    pub fn is_quorate(self) -> bool {
        self.needed.is_some_and(|needed| self.present >= needed)
    }
}

/// The last entry about somebody at or before an instant. A later entry corrects an earlier one of the same instant.
fn last<'a>(meeting: &'a Meeting, person: &PersonId, at: DateTime<Utc>) -> Option<&'a Attended> {
    let entries = meeting.attendance.iter().filter(|entry| entry.person == *person && entry.at <= at);
    entries.max_by_key(|entry| entry.at)
}

/// The last entry about somebody, whenever.
pub(super) fn latest<'a>(meeting: &'a Meeting, person: &PersonId) -> Option<&'a Attended> {
    last(meeting, person, DateTime::<Utc>::MAX_UTC)
}

/// Everybody at the meeting at an instant, in any capacity.
pub fn there(meeting: &Meeting, at: DateTime<Utc>) -> BTreeSet<&PersonId> {
    let people: BTreeSet<&PersonId> = meeting.attendance.iter().map(|entry| &entry.person).collect();
    people.into_iter().filter(|person| is_there(meeting, person, at)).collect()
}

/// Whether somebody is at the meeting at an instant, in any capacity.
pub fn is_there(meeting: &Meeting, person: &PersonId, at: DateTime<Utc>) -> bool {
    last(meeting, person, at).is_some_and(|entry| entry.what == Coming::Arrived)
}

/// Who fills each seat that is filled at an instant: the member, or else an alternate who acts for no other seat, the
/// seats in the order of the terms.
pub fn seated(meeting: &Meeting, at: DateTime<Utc>) -> Vec<(&Seat, &PersonId)> {
    let Some(session) = &meeting.session else { return Vec::new() };
    let there = there(meeting, at);
    let alternate = |person: &&PersonId| {
        there.contains(*person) && last(meeting, person, at).is_some_and(|entry| entry.capacity == Capacity::Alternate)
    };
    let mut acting: BTreeSet<&PersonId> = BTreeSet::new();
    let mut seated = Vec::new();
    for seat in &session.electorate.seats {
        let by = if there.contains(&seat.member) {
            Some(&seat.member)
        } else {
            seat.alternates.iter().filter(alternate).find(|person| acting.insert(*person))
        };
        seated.extend(by.map(|by| (seat, by)));
    }
    seated
}

/// How the body stands towards its quorum at an instant.
pub fn standing_at(meeting: &Meeting, at: DateTime<Utc>) -> Standing {
    let counted = |electorate: &Electorate| -> u32 {
        let seats: Vec<&PersonId> = electorate.counted().map(|seat| &seat.member).collect();
        let filled = seated(meeting, at).into_iter().filter(|(seat, _)| seats.contains(&&seat.member)).count();
        u32::try_from(filled).unwrap_or(u32::MAX)
    };
    match &meeting.session {
        Some(Session { electorate, .. }) => Standing { present: counted(electorate), needed: electorate.quorum },
        None => Standing { present: 0, needed: None },
    }
}

/// How the body stood through the session, from its beginning to its end; one span for each change.
pub fn through(meeting: &Meeting) -> Vec<Span> {
    let Some(session) = &meeting.session else { return Vec::new() };
    let mut instants: BTreeSet<DateTime<Utc>> = meeting.attendance.iter().map(|entry| entry.at).collect();
    instants.insert(session.opened_at);
    let within = |at: &DateTime<Utc>| {
        *at >= session.opened_at && session.closed_at.is_none_or(|end| *at < end || end == session.opened_at)
    };
    let mut spans: Vec<Span> = Vec::new();
    for from in instants.into_iter().filter(within) {
        let standing = standing_at(meeting, from);
        match spans.last_mut() {
            Some(before) if before.standing == standing => continue,
            Some(before) => before.until = Some(from),
            None => {}
        }
        spans.push(Span { from, until: session.closed_at, standing });
    }
    spans
}
