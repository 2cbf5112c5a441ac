//! Notices: queued in the transaction that causes them, and sent from there.
//!
//! * [`queue`] writes one notice for each person whom the events of a journal entry concern: in words (`body`), by the
//!   way they chose (`ways`), and so that whoever was told a deadline hears when it moves (`deadlines`).
//! * [`send_due`] hands out what is waiting, each notice once (`send`).
//! * What could not be delivered is seen and sent again by people (`ledger`).

mod addressed;
mod body;
mod deadlines;
mod ledger;

mod preferences;
mod preview;
mod send;
mod ways;

pub use ledger::{MailView, MailWaiting, mail_figures, mail_waiting, resend_notice};
pub use preferences::{PreferencesView, TopicView, own_preferences, preferences_by_token, set_preferences, stop_topic};
pub use preview::{NoticePreview, preview_notice, send_test_notice};
pub use send::{SendReport, send_due};

pub(super) use addressed::Kept;
pub(super) use body::link;
pub(super) use deadlines::told_anew;
pub(super) use send::MAIL_TO;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::app::App;
use super::ballots::{self, find_ballot};
use super::call::Call;
use super::consultations;
use super::directory::directory;
use super::error::ServiceError;
use super::loaded::Loaded;
use super::meetings;
use crate::calendar::london_date;
use crate::committee::PersonId;
use crate::notice::Topic;
use crate::store::{self, Entry, Source, WriteTx};
use crate::workflow::{Clock, Event, RoleName};
use addressed::{Addressed, Form};
use body::Told;

/// Queues every notice that the events of one journal entry raise, once for each person.
pub(super) async fn queue(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    loaded: &Loaded,
    entry: &Entry,
    events: &[Event],
) -> Result<(), ServiceError> {
    let mut letters = Vec::new();
    for event in events {
        letters.extend(Box::pin(raised(app, tx, loaded, entry, (event, events), call.now)).await?);
    }
    let known = deadlines::known(tx, loaded).await?;
    let moved = deadlines::moved(app, tx, (loaded, entry), (&letters, events, &known), call.now);
    letters.extend(Box::pin(moved).await?);
    let (mut letters, chosen) = ways::choose(app, tx, letters, call.now).await?;
    Box::pin(deadlines::over(app, tx, (loaded, entry), (&mut letters, &known), call.now)).await?;
    deadlines::keep(app, tx, loaded, &mut letters, (&known, &chosen)).await?;
    let notices: Result<Vec<_>, _> = letters.into_iter().map(Addressed::into_notice).collect();
    Ok(store::queue_notices(tx, notices?).await?)
}

/// The letters of one notice that was raised.
async fn raised(
    app: &App,
    tx: &WriteTx,
    loaded: &Loaded,
    entry: &Entry,
    (event, events): (&Event, &[Event]),
    now: DateTime<Utc>,
) -> Result<Vec<Addressed>, ServiceError> {
    let Event::NoticeRaised { notice, subject, to, clock, statutory } = event else { return Ok(Vec::new()) };
    let about = about(loaded, clock.as_ref().and_then(|name| loaded.case().clock(name)));
    let told = recipients(app, tx, loaded, to, now).await?;
    let owners = owners(app, tx, loaded, about, now).await?;
    let reminds = events.iter().any(|event| matches!(event, Event::ReminderRaised { .. }));
    let form = Form {
        notice: notice.to_string(),
        template: loaded.definition.notices.get(notice).map(|notice| notice.template).unwrap_or_default().as_str(),
        statutory: *statutory,
        topic: if reminds { Topic::Reminders } else { Topic::of_process(&loaded.record.process) },
    };
    let words = Told { subject, to, statutory: *statutory };
    let says = body::letter(app, tx, loaded, (words, about, events), now).await?;
    let letter = |person: &String| {
        let spoken = about.map(|clock| deadlines::spoken_of(clock, &owners, person));
        Addressed::new((loaded, entry), form.clone(), person, says.clone(), spoken)
    };
    Ok(told.iter().map(letter).collect())
}

/// The clock a notice speaks of: its own, or the one that is due first.
fn about<'a>(loaded: &'a Loaded, own: Option<&'a Clock>) -> Option<&'a Clock> {
    own.or_else(|| loaded.case().clocks.iter().min_by_key(|clock| clock.deadline.closes_at))
}

/// The people whose turn a clock says it is.
async fn owners(
    app: &App,
    source: &impl Source,
    loaded: &Loaded,
    clock: Option<&Clock>,
    now: DateTime<Utc>,
) -> Result<BTreeSet<String>, ServiceError> {
    let spec = clock.and_then(|clock| loaded.definition.clocks.get(&clock.name));
    match spec {
        Some(spec) => recipients(app, source, loaded, std::slice::from_ref(&spec.owner), now).await,
        None => Ok(BTreeSet::new()),
    }
}

/// The people the roles stand for towards a case, each once. The Parties of a consultation are told through the
/// contacts agreed when it was issued (R33).
pub(super) async fn recipients(
    app: &App,
    source: &impl Source,
    loaded: &Loaded,
    roles: &[RoleName],
    now: DateTime<Utc>,
) -> Result<BTreeSet<String>, ServiceError> {
    let directory = directory(app, source).await?;
    let proposer = loaded.record.proposer_party.as_deref();
    let told = |role: &RoleName| directory.told(role, proposer, london_date(now)).into_iter().map(str::to_owned);
    let (parties, others): (Vec<_>, Vec<_>) = roles.iter().partition(|role| role.as_str() == "party");
    let mut people: BTreeSet<String> = others.iter().copied().flat_map(told).collect();
    if let Some(party) = parties.first() {
        let agreed = consultations::told(source, loaded).await?;
        people.extend(agreed.unwrap_or_else(|| told(party).collect()));
    }
    if others.iter().any(|role| role.as_str() == "member") {
        people.extend(members(source, loaded).await?.iter().map(ToString::to_string));
    }
    Ok(people)
}

/// The members a case is for: those of a meeting, or those who take part in a ballot.
async fn members(source: &impl Source, case: &Loaded) -> Result<Vec<PersonId>, ServiceError> {
    if case.record.process == meetings::MEETING_PROCESS {
        return meetings::people(source, case).await;
    }
    let ballot = find_ballot(source, &case.record.reference).await?.body;
    Ok(ballots::people(&ballot).cloned().collect())
}
