//! The deadlines people were told. Whoever was told one hears when it is another, whatever moved it, and whoever has it
//! in a calendar has it taken out when it no longer matters.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::addressed::{Addressed, Form, Spoken};
use super::body::{self, Told};
use super::owners;
use super::ways::Chosen;
use crate::calendar::{date_words, words};
use crate::notice::{Invitations, Topic};
use crate::notify::letters::{Gone, Moved};
use crate::notify::{Due, Invitation, Method};
use crate::service::app::App;
use crate::service::error::ServiceError;
use crate::service::loaded::Loaded;
use crate::store::{self, Entry, Source, ToldRecord, Way, WriteTx};
use crate::workflow::{Clock, Event, Statutory, Template};

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
    (loaded, entry): (&Loaded, &Entry),
    (letters, events, known): (&[Addressed], &[Event], &Known),
    now: DateTime<Utc>,
) -> Result<Vec<Addressed>, ServiceError> {
    if events.iter().any(|event| matches!(event, Event::EditionAdopted { .. })) {
        return Ok(Vec::new());
    }
    let name = &loaded.definition.when_a_date_moves;
    let spec = loaded.definition.notices.get(name);
    let statutory = spec.map(|notice| notice.statutory).unwrap_or_default();
    let told = Told { subject: spec.map_or("a date has moved", |notice| &notice.subject), to: &[], statutory };
    let mut found: Vec<Addressed> = Vec::new();
    for (clock, knows) in known.outdated(loaded) {
        let spoken = |letter: &Addressed| letter.spoken.as_ref().is_some_and(|spoken| spoken.clock == clock.name);
        if letters.iter().chain(&found).any(|letter| letter.recipient == knows.person && spoken(letter)) {
            continue;
        }
        let form = Form {
            notice: format!("{name}-{}", clock.name),
            template: Template::DateMoved.as_str(),
            statutory,
            topic: Topic::of_process(&loaded.record.process),
        };
        let mut says = body::letter(app, tx, loaded, (told, Some(clock), events), now).await?;
        says.why.because = Some("you were told the earlier date".to_owned());
        says.moved = Some(Moved { from: due_words(knows.closes_at), because: says.reason.take() });
        let owners = owners(app, tx, loaded, Some(clock), now).await?;
        let spoken = spoken_of(clock, &owners, &knows.person);
        found.push(Addressed::new((loaded, entry), form, &knows.person, says, Some(spoken)));
    }
    Ok(found)
}

/// The deadline of a clock as it is told to a person, who may be one of those whose turn it is.
pub(super) fn spoken_of(clock: &Clock, owners: &BTreeSet<String>, person: &str) -> Spoken {
    let own = owners.contains(person);
    Spoken { clock: clock.name.clone(), instance: clock.instance, closes_at: clock.deadline.closes_at, own }
}

/// Takes what no longer matters out of people's calendars: with a letter they get anyway, or with one of its own.
pub(super) async fn over(
    app: &App,
    tx: &WriteTx,
    (loaded, entry): (&Loaded, &Entry),
    (letters, known): (&mut Vec<Addressed>, &Known),
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let pending = known.ended(loaded).filter(|told| told.invitations > 0 && told.closes_at > now);
    for told in pending {
        let cancelled = invitation(app, loaded, told, Method::Cancel)?;
        let free = |letter: &&mut Addressed| {
            letter.recipient == told.person
                && letter.way == Way::AtOnce
                && letter.calendar.is_none()
                && !letter.spoken.as_ref().is_some_and(|spoken| spoken.own)
        };
        if let Some(letter) = letters.iter_mut().find(free) {
            letter.calendar = Some(cancelled);
            continue;
        }
        let what = body::what(loaded, &told.clock);
        let subject = format!("nothing more to do: {what}");
        let form = Form {
            notice: format!("{NO_LONGER_NEEDED}-{}", told.clock),
            template: NO_LONGER_NEEDED,
            statutory: Statutory::default(),
            topic: Topic::Reminders,
        };
        let words = Told { subject: &subject, to: &[], statutory: form.statutory };
        let mut says = body::letter(app, tx, loaded, (words, None, &[]), now).await?;
        says.why.because = Some("you have it in your calendar".to_owned());
        says.gone = Some(Gone { what, by: due_words(told.closes_at) });
        let mut letter = Addressed::new((loaded, entry), form, &told.person, says, None);
        letter.calendar = Some(cancelled);
        letters.push(letter);
    }
    Ok(())
}

/// A deadline that people were told, in words: a day where it ends with one.
fn due_words(closes_at: DateTime<Utc>) -> String {
    match Due::closing(closes_at) {
        Due::Day(day) => format!("the end of {}", date_words(day)),
        Due::At(at) => words(at),
    }
}

/// What puts a deadline that somebody is told into a calendar, or takes it out.
fn invitation(app: &App, loaded: &Loaded, told: &ToldRecord, method: Method) -> Result<Invitation, ServiceError> {
    let what = body::what(loaded, &told.clock);
    let explained = clock_of(loaded, told).map(|clock| clock.deadline.explain()).unwrap_or_default();
    Ok(Invitation {
        deadline: format!("{}-{}-{}", told.case_id, told.clock, told.instance),
        sequence: u32::try_from(told.invitations).unwrap_or(u32::MAX),
        method,
        summary: format!("{}: {what}", loaded.known_as()),
        description: format!("{}\n\n{explained}", loaded.record.title),
        link: body::link(&app.page_of(loaded))?,
        due: Due::closing(told.closes_at),
        remind_at: None,
    })
}

/// Adds an invitation to each letter that tells somebody of a deadline of their own, and records who knows what now.
pub(super) async fn keep(
    app: &App,
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
        if news && spoken.own && wanted && letter.way == Way::AtOnce && letter.calendar.is_none() {
            letter.calendar = Some(invitation(app, loaded, &now, Method::Request)?);
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
