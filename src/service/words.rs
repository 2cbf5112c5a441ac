//! What happened, in words: one sentence for each event.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value as Json;

use crate::calendar::date_words;
use crate::workflow::{ClockName, Definition, Event, Facts, RoleName, Value};

/// What an event says to a person, or nothing where it says nothing new.
pub(super) fn sentence(definition: &Definition, event: &Event) -> Option<String> {
    let clock = |name: &ClockName| clock_title(definition, name);
    let text = match event {
        Event::CaseOpened { version, .. } => format!("Opened under version {version} of the {}.", definition.title),
        Event::ActionTaken { action, role, from, .. } => {
            let title = definition.action(from, action).map_or_else(|| action.words(), |action| action.title.clone());
            format!("{title} ({}).", who(definition, role))
        }
        Event::Stated { values } => stated(values)?,
        Event::DeterminationMade(made) => {
            let body = definition.title_of(made.body.as_str());
            let on_condition = made.conditions.as_ref().map(|conditions| format!(" Conditions: {conditions}"));
            format!(
                "Determination of {body} on {}: {}. {}{}",
                date_words(made.decided_on),
                made.option.words(),
                made.reasons,
                on_condition.unwrap_or_default()
            )
        }
        Event::NumberAssigned { number } => format!("Numbered {number}."),
        Event::TimetableSet(set) => {
            format!("Timetable set by {}: {}. {}", set.body, Value::Timetable(set.dates.clone()), set.reason)
        }
        Event::ClockStarted { clock: name, deadline, .. } => {
            format!("{}: by {}.", clock(name), date_words(deadline.on))
        }
        Event::ClockPaused { clock: name, on } => format!("{}: stands still from {}.", clock(name), date_words(*on)),
        Event::ClockResumed { clock: name, deadline, .. } => {
            format!("{}: goes on, now by {}.", clock(name), date_words(deadline.on))
        }
        Event::ClockExtended { clock: name, deadline, reason, .. } => {
            format!("{}: extended to {}. {reason}", clock(name), date_words(deadline.on))
        }
        Event::DeadlineMoved { clock: name, deadline, reason } => {
            format!("{}: moved to {}. {reason}", clock(name), date_words(deadline.on))
        }
        Event::DeadlineKept { clock: name, instead_of, reason } => {
            format!("{}: kept, although it would move to {}. {reason}", clock(name), date_words(*instead_of))
        }
        Event::EditionAdopted { edition } => format!("Counts with the bank holidays of {edition}."),
        Event::ReminderRaised { clock: name, before } => format!("{}: {before} left.", clock(name)),
        Event::ClockOverdue { clock: name } => format!("{}: overdue.", clock(name)),
        Event::ClockMet { clock: name, .. } => format!("{}: done.", clock(name)),
        Event::ClockStopped { clock: name, .. } => format!("{}: no longer needed.", clock(name)),
        _ => return other(definition, event),
    };
    Some(text)
}

fn other(definition: &Definition, event: &Event) -> Option<String> {
    Some(match event {
        Event::NoticeRaised { to, subject, .. } => notice_words(definition, to, subject),
        Event::MembersAdded { members } => format!("Carries {}.", members.join(", ")),
        Event::MemberDropped { member, reason } => format!("{member} taken out: {reason}"),
        Event::MemberLeft { member, reason } => format!("{member} left: {reason}"),
        Event::MembersTook { .. } => "Every SIP in it moves along.".to_owned(),
        Event::DefinitionActivated { process, version } => format!("Version {version} of {process} is in force."),
        Event::BallotCounted { outcome } => outcome.clone(),
        Event::BallotEnded { ballot, outcome } => format!("Ballot {ballot}: {outcome}"),
        Event::TermsAdopted { .. } => "Other terms of reference are in force.".to_owned(),
        Event::BodyDissolved => "The terms of reference have ended.".to_owned(),
        Event::PrioritiesJoined => "Takes its place on the list of priorities.".to_owned(),
        Event::Reranked { rank, reason } => format!("Ranked {rank}. {reason}"),
        Event::ContentsIssued => "What it says, and whom it is sent to, is fixed.".to_owned(),
        Event::CollationReferred => "The collated responses are fixed.".to_owned(),
        Event::Migrated { version, .. } => format!("Goes on under version {version}."),
        _ => return None,
    })
}

/// What an act that is about no case says to a person.
pub(super) fn record_sentence(act: &str, payload: &Json) -> String {
    let text = |name: &str| payload.get(name).and_then(Json::as_str).unwrap_or_default();
    let date = |name: &str| payload.get(name).and_then(|date| NaiveDate::deserialize(date).ok()).map(date_words);
    let until = date("until").map(|until| format!(" until {until}")).unwrap_or_default();
    let from = date("from").unwrap_or_default();
    let plain = |name: &str| text(name).replace('_', " ");
    match act {
        "delegation_recorded" => {
            let (point, body) = (plain("point"), plain("body"));
            format!("Delegation of {point} to the {body}: from {from}{until}. {}", text("reasons"))
        }
        "definition_recorded" => format!("Version {} of {} recorded.", text("version"), text("process")),
        "definition_activated" => format!(
            "Version {} of {} is in force from {from}, as approved in {}.",
            text("version"),
            text("process"),
            text("approved_by")
        ),
        "edition_imported" => format!("Edition {} imported.", text("edition")),
        "edition_adopted" => format!("Edition {} adopted. {}", text("edition"), text("reason")),
        "criteria_published" => {
            let version = payload.pointer("/criteria/version").and_then(Json::as_str).unwrap_or_default();
            format!("Version {version} of the criteria of prioritisation published.")
        }
        "ranked" => ranked(payload),
        other => format!("{}.", other.replace('_', " ")),
    }
}

fn notice_words(definition: &Definition, to: &[RoleName], subject: &str) -> String {
    let told: Vec<_> = to.iter().map(|role| who(definition, role)).collect();
    format!("Told {}: {subject}.", told.join(", "))
}

fn who(definition: &Definition, role: &RoleName) -> String {
    definition.title_of(role.as_str())
}

fn clock_title(definition: &Definition, name: &ClockName) -> String {
    definition.clocks.get(name).map_or_else(|| name.words(), |spec| spec.title.clone())
}

/// What a statement for the record is about; what it says is for those who may read it.
fn stated(values: &Facts) -> Option<String> {
    values.get("sip").map(|sip| format!("About {sip}."))
}

/// A change of the list of priorities: the SIP's own first, then those it moved.
fn ranked(payload: &Json) -> String {
    let rank = |of: &Json, name: &str| of.get(name).and_then(Json::as_u64);
    let text = |of: &Json, name: &str| of.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let moved = |of: &Json| match (rank(of, "previous"), rank(of, "rank")) {
        (None, Some(rank)) => format!("{} joins the list of priorities at rank {rank}", text(of, "sip")),
        (Some(previous), Some(rank)) if previous == rank => format!("{} keeps rank {rank}", text(of, "sip")),
        (Some(previous), Some(rank)) => format!("{} moves from rank {previous} to {rank}", text(of, "sip")),
        (previous, None) => {
            format!("{} leaves the list of priorities, from rank {}", text(of, "sip"), previous.unwrap_or_default())
        }
    };
    let changes = payload.get("changes").and_then(Json::as_array).into_iter().flatten();
    let others: Vec<_> = changes.filter(|other| other.get("sip") != payload.get("sip")).collect();
    let others = match others.len() {
        0..=3 => others.into_iter().map(moved).fold(String::new(), |said, moved| format!("{said} {moved}.")),
        many => format!(" {many} others move by one rank."),
    };
    format!("{}. {}{others}", moved(payload), text(payload, "reason"))
}
