//! What happened to dossiers, in words: who responded, whose vote was entered, what was written. What was voted, and what
//! a response says, is never among them.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::app::App;
use super::baseline::{self, ChangeFile, Shelf};
use super::budgets::{Budget, BudgetEvent};
use super::committees::{self, Committee, CommitteeEvent};
use super::directory::{Directory, directory};
use super::dossiers::Dossier;
use super::error::ServiceError;
use crate::calendar::date_words;
use crate::committee::meeting::{Event as MeetingEvent, Meeting};
use crate::committee::{Ballot, Coming, Event as BallotEvent, PersonId, Then};
use crate::consultation::{
    Admitted, Contacts, ContactsEvent, ContactsReview, Contents, ContentsEvent, Response, ResponseEvent, Timing,
};
use crate::store::{self, Entry, Source};

/// What a subject of the journal that is no case is known by: the reference of the case it belongs to, where it does.
pub(super) async fn known_as(source: &impl Source, subject: &str) -> Result<String, ServiceError> {
    let Some((kind, id)) = subject.split_once(':') else { return Ok(subject.to_owned()) };
    let reference = match kind {
        "contacts" | "contacts-review" | "consultation-cycle" => return Ok("consultations".to_owned()),
        "baseline" | "baseline-version" => return Ok("baseline".to_owned()),
        "budget" => return Ok(format!("budget {id}")),
        "committee" => committees::case_of(id),
        _ => id.split('/').next().unwrap_or(id).to_owned(),
    };
    let case = store::find_case_by_reference(source, &reference).await?;
    Ok(case.and_then(|case| case.sip_number).unwrap_or(reference))
}

/// What an entry about a dossier says to a person; nothing where the entry of a case says it already, and none where it
/// is about no dossier.
pub(super) async fn sentences(
    app: &App,
    source: &impl Source,
    entry: &Entry,
    payload: &Json,
) -> Result<Option<Vec<String>>, ServiceError> {
    let Some((kind, id)) = entry.subject.split_once(':') else { return Ok(None) };
    let people = directory(app, source).await?;
    Ok(Some(match kind {
        <Ballot as Dossier>::KIND if entry.act == "meeting_taken_over" => Vec::new(),
        <Ballot as Dossier>::KIND => said(entry, payload, |event| of_ballot(event, &people))?,
        <Meeting as Dossier>::KIND => said(entry, payload, |event| of_meeting(event, &people))?,
        <Committee as Dossier>::KIND => said(entry, payload, of_committee)?,
        <Budget as Dossier>::KIND => said(entry, payload, |event| Some(of_budget(event, id)))?,
        <Response as Dossier>::KIND => of_response(source, entry, payload).await?,
        <Contents as Dossier>::KIND => of_contents(source, entry, payload).await?,
        <Contacts as Dossier>::KIND => of_contacts(source, entry, payload, &people).await?,
        <ContactsReview as Dossier>::KIND => {
            vec![format!("The contacts of {} were said to be right.", party(source, id).await?)]
        }
        <Shelf as Dossier>::KIND => said(entry, payload, |event| Some(baseline::of_shelf(event)))?,
        <ChangeFile as Dossier>::KIND => said(entry, payload, |event| Some(baseline::of_changes(event)))?,
        "consultation-cycle" => vec!["The cycle of consultations was set.".to_owned()],
        _ => Vec::new(),
    }))
}

/// What stands in place of the sentences of an entry for those who may not read it in full.
pub(super) fn neutral(act: &str) -> String {
    let said = match act {
        "response_submitted" => "A response was received.",
        "late_decided" => "It was decided whether a late response counts.",
        "vote_entered" => "A vote was entered.",
        "casting_vote_given" => "The casting vote was entered.",
        "reasons_recorded" => "Reasons were recorded.",
        "interest_declared" => "An interest was declared.",
        "attendance_recorded" => "Attendance was recorded.",
        "absence_declared" => "An absence was declared.",
        "contact_nominated" | "contact_unusable" | "contact_removed" | "contact_waived" | "contacts_listed" => {
            "The contacts of a Party were changed."
        }
        "contacts_reviewed" => "The contacts of a Party were said to be right.",
        "frame_written" | "proposal_written" => "What the consultation says was written.",
        "responses_considered" => "The responses were considered.",
        _ => "The record was continued.",
    };
    said.to_owned()
}

fn events<E: DeserializeOwned>(entry: &Entry, payload: &Json) -> Result<Vec<E>, ServiceError> {
    let damaged = |error| ServiceError::damaged(format!("journal entry {}", entry.seq), error);
    Vec::deserialize(payload.get("events").unwrap_or(&Json::Null)).map_err(damaged)
}

fn said<E: DeserializeOwned>(
    entry: &Entry,
    payload: &Json,
    sentence: impl Fn(&E) -> Option<String>,
) -> Result<Vec<String>, ServiceError> {
    Ok(events(entry, payload)?.iter().filter_map(sentence).collect())
}

/// A reason as the last sentence: with one full stop.
fn ended(reason: &str) -> String {
    format!("{}.", reason.trim_end().trim_end_matches('.'))
}

fn name<'a>(people: &'a Directory, person: &'a PersonId) -> &'a str {
    people.name(person.as_str()).unwrap_or(person.as_str())
}

async fn party(source: &impl Source, id: &str) -> Result<String, ServiceError> {
    Ok(store::find_party(source, id).await?.map_or_else(|| id.to_owned(), |party| party.name))
}

fn came(what: Coming) -> &'static str {
    match what {
        Coming::Arrived => "is there",
        Coming::Left => "has left",
    }
}

fn takes_part(then: Then) -> &'static str {
    match then {
        Then::Recused => "takes no part",
        Then::Stays => "takes part",
    }
}

fn of_ballot(event: &BallotEvent, people: &Directory) -> Option<String> {
    let name = |person| name(people, person);
    Some(match event {
        BallotEvent::InterestDeclared { person, interest, then } => {
            format!("{} declared an interest and {}: {}", name(person), takes_part(*then), ended(interest))
        }
        BallotEvent::AttendanceRecorded(attendance) => {
            format!("{} {}.", name(&attendance.person), came(attendance.what))
        }
        BallotEvent::AbsenceDeclared { member } => format!("{} takes no part.", name(member)),
        BallotEvent::VoteEntered { seat, by, .. } if seat == by => format!("{}'s vote was entered.", name(by)),
        BallotEvent::VoteEntered { seat, by, .. } => {
            format!("{}'s vote was entered, for {}.", name(by), name(seat))
        }
        BallotEvent::CastingVoteGiven { by, .. } => format!("{}'s casting vote was entered.", name(by)),
        BallotEvent::ReasonsRecorded(_) => "Reasons were recorded.".to_owned(),
        BallotEvent::BallotOpened(_)
        | BallotEvent::VotingEnded
        | BallotEvent::BallotClosed { .. }
        | BallotEvent::BallotVoided { .. } => return None,
    })
}

fn of_meeting(event: &MeetingEvent, people: &Directory) -> Option<String> {
    let name = |person| name(people, person);
    Some(match event {
        MeetingEvent::MeetingCalled(called) => {
            format!("Called for {} at {}, {}.", date_words(called.on), called.at.format("%H:%M"), called.place)
        }
        MeetingEvent::MeetingMoved { to, reason } => {
            format!("Moved to {} at {}, {}. {}", date_words(to.on), to.at.format("%H:%M"), to.place, ended(reason))
        }
        MeetingEvent::MeetingCancelled { reason } => format!("It will not be held: {}", ended(reason)),
        MeetingEvent::ItemAdded { number, title, .. } => format!("Item {number} came onto the agenda: {title}."),
        MeetingEvent::ItemRemoved { number, reason } => format!("Item {number} left the agenda: {}", ended(reason)),
        MeetingEvent::PaperAdded { item, title, .. } => format!("A paper was added to item {item}: {title}."),
        MeetingEvent::AttendanceRecorded(attended) => format!("{} {}.", name(&attended.person), came(attended.what)),
        MeetingEvent::InterestDeclared { item, person, then, .. } => {
            format!("{} declared an interest in item {item} and {}.", name(person), takes_part(*then))
        }
        MeetingEvent::NoteTaken { item, .. } => format!("A note was taken on item {item}."),
        MeetingEvent::ActionAgreed { item, agreed } => format!("Agreed under item {item}: {}", ended(&agreed.what)),
        MeetingEvent::MinutesCorrected { .. } => "The draft minutes were corrected.".to_owned(),
        MeetingEvent::BallotOpened { ballot, item } => format!("The ballot {ballot} was opened on item {item}."),
        _ => return None,
    })
}

fn of_committee(event: &CommitteeEvent) -> Option<String> {
    match event {
        CommitteeEvent::CommitteeEstablished { terms } => {
            Some(format!("{} was entered with its terms of reference {}.", terms.title, terms.version))
        }
        CommitteeEvent::TermsAdopted { .. } | CommitteeEvent::CommitteeDissolved => None,
    }
}

fn of_budget(event: &BudgetEvent, year: &str) -> String {
    let BudgetEvent::Set { amount, reason } = event;
    format!("The budget of {year} was set at {amount}. {}", ended(reason))
}

async fn of_response(source: &impl Source, entry: &Entry, payload: &Json) -> Result<Vec<String>, ServiceError> {
    let mut told = Vec::new();
    for event in events::<ResponseEvent>(entry, payload)? {
        told.push(match event {
            ResponseEvent::Submitted { respondent, timing, .. } => {
                let late = if timing == Timing::Late { " after the close" } else { "" };
                match submitted_by_then(source, entry).await? {
                    0 | 1 => format!("{} responded{late}.", respondent.name),
                    version => format!("{} changed its response{late} (version {version}).", respondent.name),
                }
            }
            ResponseEvent::LateDecided { admitted, reason, .. } => {
                let (_, id) = entry.subject.rsplit_once('/').unwrap_or_default();
                let counts = if admitted == Admitted::Yes { "counts" } else { "does not count" };
                format!("The late response of {} {counts}: {}", party(source, id).await?, ended(reason.as_str()))
            }
        });
    }
    Ok(told)
}

/// How many versions of a response there were after an entry.
async fn submitted_by_then(source: &impl Source, entry: &Entry) -> Result<usize, ServiceError> {
    let entries = store::journal_of(source, &entry.subject).await?;
    Ok(entries.iter().filter(|other| other.seq <= entry.seq && other.act == entry.act).count())
}

async fn of_contents(source: &impl Source, entry: &Entry, payload: &Json) -> Result<Vec<String>, ServiceError> {
    let mut told = Vec::new();
    for event in events::<ContentsEvent>(entry, payload)? {
        told.push(match event {
            ContentsEvent::FrameWritten(_) => "What the consultation says as a whole was written.".to_owned(),
            ContentsEvent::ProposalWritten { sip, .. } => format!("What the consultation says of {sip} was written."),
            ContentsEvent::ContactWaived { party: id, reason } => {
                let party = party(source, id.as_str()).await?;
                format!("{party} may go without a contact. {}", ended(reason.as_str()))
            }
            ContentsEvent::Considered(_) => "The responses were considered.".to_owned(),
            ContentsEvent::Issued(_) | ContentsEvent::SipLeft { .. } | ContentsEvent::Referred { .. } => continue,
        });
    }
    Ok(told)
}

async fn of_contacts(
    source: &impl Source,
    entry: &Entry,
    payload: &Json,
    people: &Directory,
) -> Result<Vec<String>, ServiceError> {
    let name = |id: &str| people.name(id).unwrap_or(id).to_owned();
    let mut told = Vec::new();
    for event in events::<ContactsEvent>(entry, payload)? {
        told.push(match event {
            ContactsEvent::Nominated { party: id, person } => {
                format!("{} is asked on behalf of {}.", name(person.as_str()), party(source, id.as_str()).await?)
            }
            ContactsEvent::Unusable { party: id, person, why } => {
                let (person, party) = (name(person.as_str()), party(source, id.as_str()).await?);
                format!("{person} cannot be reached on behalf of {party}: {}", ended(why.as_str()))
            }
            ContactsEvent::Removed { party: id, person } => {
                let (person, party) = (name(person.as_str()), party(source, id.as_str()).await?);
                format!("{person} is no longer asked on behalf of {party}.")
            }
        });
    }
    Ok(told)
}
