//! London time: the only place that knows the zone.
//!
//! The zone is not a setting. The Code is British, its bodies publish London dates and close at London times, and two
//! nodes that disagreed about the zone would disagree about whether a response was late. Instants are stored in UTC and
//! become dates only here.
//!
//! Nothing here panics: at the far ends of the calendar a result stops at the last instant or date there is.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Europe::London;

/// The London date of an instant.
pub fn london_date(instant: DateTime<Utc>) -> NaiveDate {
    london_clock(instant).date()
}

/// What London clocks show at an instant.
pub fn london_time(instant: DateTime<Utc>) -> NaiveTime {
    london_clock(instant).time()
}

/// The first instant after a London day: something due that day is late from here on.
pub fn end_of_day(date: NaiveDate) -> DateTime<Utc> {
    date.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, |next| london_instant(next, NaiveTime::MIN))
}

/// The instant at which London clocks show `time` on `date`.
///
/// When clocks go forward, a time they skip becomes the first time they show next; when they go back, a time they show
/// twice is the later of the two. Both favour the person who has to act.
pub fn london_instant(date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let asked = date.and_time(time);
    match London.from_local_datetime(&asked) {
        LocalResult::Single(found) | LocalResult::Ambiguous(_, found) => found.to_utc(),
        LocalResult::None => after_the_gap(asked),
    }
}

/// The first instant at which London clocks show `time` on `date` or, where they skip it, the time they show next; for
/// what Quorate does by itself. Nothing at the far ends of the calendar.
pub(super) fn first_london_instant(date: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
    let found = match London.from_local_datetime(&date.and_time(time)) {
        LocalResult::Single(found) | LocalResult::Ambiguous(found, _) => found.to_utc(),
        LocalResult::None => after_the_gap(date.and_time(time)),
    };
    (found < DateTime::<Utc>::MAX_UTC).then_some(found)
}

/// An instant in words, such as "Friday 28 February 2025, 17:00 (London)".
pub fn words(instant: DateTime<Utc>) -> String {
    london_clock(instant).format("%A %-d %B %Y, %H:%M (London)").to_string()
}

/// A date in words, such as "Friday 28 February 2025".
pub fn date_words(date: NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

fn london_clock(instant: DateTime<Utc>) -> NaiveDateTime {
    let utc = instant.naive_utc();
    let offset = London.offset_from_utc_datetime(&utc).fix();
    utc.checked_add_offset(offset).unwrap_or(utc)
}

/// The first whole minute after `asked` that London clocks do show. No change has ever skipped three hours.
fn after_the_gap(asked: NaiveDateTime) -> DateTime<Utc> {
    let minute = asked.with_second(0).and_then(|time| time.with_nanosecond(0));
    (1..=180)
        .filter_map(|later| minute?.checked_add_signed(TimeDelta::minutes(later)))
        .find_map(|shown| London.from_local_datetime(&shown).latest())
        .map_or(DateTime::<Utc>::MAX_UTC, |shown| shown.to_utc())
}
