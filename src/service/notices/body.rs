//! What a notice says: what happened, whose turn it is, by when and why, and where to look.

use chrono::{DateTime, Utc};

use super::super::app::App;
use super::super::ballots::find_ballot;
use super::super::batches::CONSULTATION_PROCESS;
use super::super::error::ServiceError;
use super::super::loaded::{Loaded, load_by_id};
use crate::calendar::{WorkingDays, date_words, london_date};
use crate::notify::Link;
use crate::notify::letters::{
    BallotSays, CaseLetter, CaseLine, ConsultationSays, DeadlineSays, DeterminationSays, Why,
};
use crate::store::{self, Source};
use crate::workflow::{Clock, Event, Made, RoleName, Statutory};

/// The process that ballots follow.
const BALLOT_PROCESS: &str = "committee-ballot";

/// What is told: under which subject, to which roles, and whether the process requires it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) subject: &'a str,
    pub(super) to: &'a [RoleName],
    pub(super) statutory: Statutory,
}

/// What a notice says of a case as it stands, about a clock and after these events.
pub(super) async fn letter(
    app: &App,
    source: &impl Source,
    loaded: &Loaded,
    (told, about, events): (Told<'_>, Option<&Clock>, &[Event]),
    now: DateTime<Utc>,
) -> Result<CaseLetter, ServiceError> {
    let definition = &loaded.definition;
    let state = definition.states.get(&loaded.case().state);
    let roles: Vec<_> = told.to.iter().map(|role| definition.title_of(role.as_str())).collect();
    let mut why = Why::of(roles.join(" or "), told.statutory, Some(link(&app.preferences_page())?));
    why.told = why.told.filter(|told| !told.is_empty());
    Ok(CaseLetter {
        kind: definition.subject.clone(),
        reference: loaded.known_as().to_owned(),
        title: loaded.record.title.clone(),
        subject: told.subject.to_owned(),
        outcome: outcome(events).map(str::to_owned),
        reason: reason(events),
        state: state.map(|state| state.title.clone()),
        ended: state.and_then(|state| state.ends.clone()),
        turn: state.and_then(|state| state.owner.as_ref()).map(|owner| definition.title_of(owner.as_str())),
        your_turn: false,
        deadline: about.map(|clock| deadline(loaded, clock, now)).transpose()?,
        moved: None,
        gone: None,
        determination: made(events).map(|made| determination(loaded, made)),
        consultation: consultation(app, source, loaded).await?,
        ballot: ballot(app, source, loaded).await?,
        link: link(&app.page_of(loaded))?,
        why,
    })
}

/// An address of this installation.
pub(in super::super) fn link(address: &str) -> Result<Link, ServiceError> {
    Link::parse(address).map_err(|error| ServiceError::damaged("the address of the pages", error))
}

/// What came of a ballot that these events tell of.
fn outcome(events: &[Event]) -> Option<&str> {
    events.iter().find_map(|event| match event {
        Event::BallotCounted { outcome } | Event::BallotEnded { outcome, .. } => Some(outcome.as_str()),
        _ => None,
    })
}

/// The reason that was given for what these events tell of.
fn reason(events: &[Event]) -> Option<String> {
    events.iter().find_map(|event| match event {
        Event::ClockExtended { reason, .. } | Event::DeadlineMoved { reason, .. } => Some(reason.clone()),
        Event::ActionTaken { values, .. } => match values.get("reason") {
            Some(crate::workflow::Value::Text(reason)) => Some(reason.clone()),
            _ => None,
        },
        _ => None,
    })
}

fn made(events: &[Event]) -> Option<&Made> {
    events.iter().find_map(|event| match event {
        Event::DeterminationMade(made) => Some(made),
        _ => None,
    })
}

fn determination(loaded: &Loaded, made: &Made) -> DeterminationSays {
    let definition = &loaded.definition;
    DeterminationSays {
        body: with_capital(&definition.title_of(made.body.as_str())),
        point: definition.point_title(&made.point),
        option: made.option.words(),
        on: date_words(made.decided_on),
        reasons: made.reasons.clone(),
        conditions: made.conditions.clone(),
        votes: None,
    }
}

/// A title at the beginning of a line.
fn with_capital(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The deadline a notice is about: who must do what by when, and how the date was reached.
fn deadline(loaded: &Loaded, clock: &Clock, now: DateTime<Utc>) -> Result<DeadlineSays, ServiceError> {
    let (today, due) = (london_date(now), &clock.deadline);
    let spec = loaded.definition.clocks.get(&clock.name);
    let who = spec.map(|spec| loaded.definition.title_of(spec.owner.as_str())).unwrap_or_default();
    let left = loaded.calendar.between(today, due.on.max(today))?;
    let left = WorkingDays::new(u16::try_from(left).unwrap_or(u16::MAX));
    Ok(DeadlineSays::new(what(loaded, clock.name.as_str()), who, due, left, now))
}

/// What a clock asks for, in words.
pub(super) fn what(loaded: &Loaded, clock: &str) -> String {
    let spec = loaded.definition.clocks.iter().find(|(name, _)| name.as_str() == clock);
    spec.map_or_else(|| clock.replace('_', " "), |(_, spec)| spec.title.clone())
}

/// What a consultation is about; nothing for another case.
async fn consultation(
    app: &App,
    source: &impl Source,
    loaded: &Loaded,
) -> Result<Option<ConsultationSays>, ServiceError> {
    if loaded.record.process != CONSULTATION_PROCESS {
        return Ok(None);
    }
    let mut cases = Vec::new();
    for member in store::members_of(source, &loaded.record.id).await? {
        if member.left_at.is_none() {
            let sip = load_by_id(app, source, &member.sip_case_id).await?;
            let (reference, title) = (sip.known_as().to_owned(), sip.record.title.clone());
            cases.push(CaseLine { reference, title, link: link(&app.page_of(&sip))? });
        }
    }
    let answer = link(&app.page_of(loaded))?;
    Ok(Some(ConsultationSays { about: None, cases, answer, not_yet_answered: false }))
}

/// What a ballot asks; nothing for another case.
async fn ballot(app: &App, source: &impl Source, loaded: &Loaded) -> Result<Option<BallotSays>, ServiceError> {
    if loaded.record.process != BALLOT_PROCESS {
        return Ok(None);
    }
    let opening = find_ballot(source, &loaded.record.reference).await?.body.opening;
    Ok(Some(BallotSays {
        body: opening.terms.title,
        question: opening.matter.question,
        options: opening.options.into_iter().map(|option| option.title).collect(),
        vote: link(&app.page_of(loaded))?,
        not_yet_voted: false,
    }))
}
