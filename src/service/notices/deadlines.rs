//! The deadlines people were told. Whoever was told one hears when it is another, whatever moved it, and whoever has it
//! in a calendar has it taken out when it no longer matters.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::json;

use super::addressed::{Addressed, Spoken};
use super::ways::Chosen;
use super::{body, owners};
use crate::calendar::{Close, date_words, london_date, words};
use crate::notice::{Invitations, Topic};
use crate::service::app::App;
use crate::service::error::ServiceError;
use crate::service::loaded::Loaded;
use crate::store::{self, Entry, Source, ToldRecord, Way, WriteTx};
use crate::workflow::{Clock, Event, Statutory};

/// The notice to those who have a deadline in their calendar that no longer matters, and hear nothing else.
const NO_LONGER_NEEDED: &str = "no_longer_needed";

/// Everybody who was told a deadline of a case, by clock, start of the clock and person.
pub(super) struct Known(BTreeMap<(String, i64, String), ToldRecord>);

/// What people were told of the deadlines of a case so far.
pub(super) async fn known(source: &impl Source, loaded: &Loaded) -> Result<Known, ServiceError> {
    let told = store::told_of(source, &loaded.record.id).await?;
    Ok(Known(told.into_iter().map(|told| ((told.clock.clone(), told.instance, told.person.clone()), told)).collect()))
}

/// The people who know another deadline of this case than the one that holds now. The record says from here on that
/// they have been told: it is for the caller to tell them.
pub(in super::super) async fn told_anew(tx: &WriteTx, loaded: &Loaded) -> Result<BTreeSet<String>, ServiceError> {
    let known = known(tx, loaded).await?;
    let anew =
        |(clock, told): (&Clock, &ToldRecord)| ToldRecord { closes_at: clock.deadline.closes_at, ..told.clone() };
    let told: Vec<ToldRecord> = known.outdated(loaded).map(anew).collect();
    store::put_told(tx, &told).await?;
    Ok(told.into_iter().map(|told| told.person).collect())
}

impl Known {
    /// Each open clock whose deadline somebody knows otherwise, with what they know.
    fn outdated<'a>(&'a self, loaded: &'a Loaded) -> impl Iterator<Item = (&'a Clock, &'a ToldRecord)> {
        let open = |told: &&ToldRecord| clock_of(loaded, told);
        let pairs = self.0.values().filter_map(move |told| open(&told).map(|clock| (clock, told)));
        pairs.filter(|(clock, told)| clock.deadline.closes_at != told.closes_at)
    }

    /// What is known of clocks that have ended.
    fn ended<'a>(&'a self, loaded: &'a Loaded) -> impl Iterator<Item = &'a ToldRecord> {
        self.0.values().filter(|told| clock_of(loaded, told).is_none())
    }
}

fn clock_of<'a>(loaded: &'a Loaded, told: &ToldRecord) -> Option<&'a Clock> {
    let same = |clock: &&Clock| clock.name.as_str() == told.clock && i64::from(clock.instance) == told.instance;
    loaded.case().clocks.iter().find(same)
}

/// Letters to those who were told a deadline that is another now, and whom no other letter of this entry tells. Where
/// bank holidays have changed, the notice that lists every date tells them.
pub(super) async fn moved(
    app: &App,
    tx: &WriteTx,
    loaded: &Loaded,
    entry: &Entry,
    (letters, events, known): (&[Addressed], &[Event], &Known),
    now: DateTime<Utc>,
) -> Result<Vec<Addressed>, ServiceError> {
    if events.iter().any(|event| matches!(event, Event::EditionAdopted { .. })) {
        return Ok(Vec::new());
    }
    let spec = loaded.definition.notices.get(&loaded.definition.when_a_date_moves);
    let subject = spec.map_or("a date has moved", |notice| notice.subject.as_str());
    let statutory = spec.map(|notice| notice.statutory).unwrap_or_default();
    let topic = Topic::of_process(&loaded.record.process);
    let mut found = Vec::new();
    for (clock, told) in known.outdated(loaded) {
        let spoken = |letter: &Addressed| letter.spoken.as_ref().is_some_and(|spoken| spoken.clock == clock.name);
        if letters.iter().chain(&found).any(|letter| letter.recipient == told.person && spoken(letter)) {
            continue;
        }
        let notice = format!("{}-{}", loaded.definition.when_a_date_moves, clock.name);
        let letter = Addressed::about(loaded, entry, &notice, statutory, topic);
        let mut said = body::body(app, loaded, (subject, &[]), None, Some(clock), now)?;
        if let Some(said) = said.as_object_mut() {
            said.insert("old_deadline".to_owned(), json!(instant(clock, told.closes_at)));
        }
        let own = owners(app, tx, loaded, Some(clock), now).await?.contains(&told.person);
        found.push(letter.to(&told.person, &said, Some(spoken_of(clock, own))));
    }
    Ok(found)
}

/// A deadline as people say it: a day, or a time of day where the clock closes at one.
fn instant(clock: &Clock, closes_at: DateTime<Utc>) -> String {
    match clock.deadline.derivation.closes {
        Close::EndOfDay => {
            format!("the end of {}", date_words(london_date(closes_at - chrono::TimeDelta::microseconds(1))))
        }
        Close::At(_) => words(closes_at),
    }
}

pub(super) fn spoken_of(clock: &Clock, own: bool) -> Spoken {
    Spoken { clock: clock.name.clone(), instance: clock.instance, closes_at: clock.deadline.closes_at, own }
}

/// Takes what no longer matters out of people's calendars: with a letter they get anyway, or with one of its own.
pub(super) fn over(
    app: &App,
    loaded: &Loaded,
    entry: &Entry,
    (letters, known): (&mut Vec<Addressed>, &Known),
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let pending = known.ended(loaded).filter(|told| told.invitations > 0 && told.closes_at > now);
    for told in pending {
        let cancelled = json!({
            "method": "CANCEL", "uid": uid(told), "sequence": told.invitations, "closes_at": told.closes_at,
        });
        let free = |letter: &&mut Addressed| {
            letter.recipient == told.person
                && letter.way == Way::AtOnce
                && !letter.spoken.as_ref().is_some_and(|spoken| spoken.own)
                && !letter.is_for_a_calendar()
        };
        if let Some(letter) = letters.iter_mut().find(free) {
            letter.say("calendar", cancelled);
            continue;
        }
        let name = format!("{NO_LONGER_NEEDED}-{}", told.clock);
        let letter = Addressed::about(loaded, entry, &name, Statutory::default(), Topic::Reminders);
        let subject = format!("nothing more to do: {}", title(loaded, told));
        let said = body::body(app, loaded, (&subject, &[]), None, None, now)?;
        let mut letter = letter.to(&told.person, &said, None);
        letter.say("calendar", cancelled);
        letters.push(letter);
    }
    Ok(())
}

fn title(loaded: &Loaded, told: &ToldRecord) -> String {
    let clock = loaded.definition.clocks.iter().find(|(name, _)| name.as_str() == told.clock);
    clock.map_or_else(|| told.clock.clone(), |(_, spec)| spec.title.clone())
}

/// What a calendar knows a deadline by, whoever has it and however often it moves.
fn uid(told: &ToldRecord) -> String {
    format!("{}-{}-{}", told.case_id, told.clock, told.instance)
}

/// Adds an invitation to each letter that tells somebody of a deadline of their own, and records who knows what now.
pub(super) async fn keep(
    tx: &WriteTx,
    loaded: &Loaded,
    letters: &mut [Addressed],
    (known, chosen): (&Known, &Chosen),
) -> Result<(), ServiceError> {
    let mut told = BTreeMap::new();
    for letter in letters.iter_mut() {
        let Some(spoken) = letter.spoken.clone() else { continue };
        let key = (spoken.clock.to_string(), i64::from(spoken.instance), letter.recipient.clone());
        let before = told.get(&key).or_else(|| known.0.get(&key));
        let mut now = ToldRecord {
            case_id: loaded.record.id.clone(),
            clock: key.0.clone(),
            instance: key.1,
            person: key.2.clone(),
            closes_at: spoken.closes_at,
            invitations: before.map_or(0, |before| before.invitations),
        };
        let news = before.is_none_or(|before| before.closes_at != now.closes_at || before.invitations == 0);
        let wanted = chosen.of(&letter.recipient).invitations == Invitations::Wanted;
        if news && spoken.own && wanted && letter.way == Way::AtOnce && !letter.is_for_a_calendar() {
            letter.say(
                "calendar",
                json!({
                    "method": "REQUEST", "uid": uid(&now), "sequence": now.invitations, "closes_at": now.closes_at,
                }),
            );
            now.invitations += 1;
        }
        told.insert(key, now);
    }
    let told: Vec<ToldRecord> =
        told.into_values().filter(|now| !known.0.values().any(|before| before == now)).collect();
    store::put_told(tx, &told).await?;
    let ended: BTreeSet<_> = known.ended(loaded).map(|told| (told.clock.as_str(), told.instance)).collect();
    for (clock, instance) in ended {
        store::forget_told(tx, &loaded.record.id, clock, instance).await?;
    }
    Ok(())
}
