//! Takes one step of a scenario.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveTime;
use serde_json::{Value as Json, json};

use super::assess::assess;
use super::consulting;
use super::play::Rehearsal;
use super::report::Line;
use super::scenario::{Act, BankHoliday, Expect, Extend, ImportDefinition, Migrate, Names, Open, Step, Submit};
use super::{ballots, baseline, library, meetings};
use crate::actor::Actor;
use crate::calendar::london_instant;
use crate::service::{self, Call, CaseView, EditionChoices, HistoryEntry, Receipt, ServiceError};
use crate::sip::RawSipForm;
use crate::workflow::EditionChoice;
use crate::yaml::{self, Limits};

/// Why a step did not go as it should.
pub(super) enum Failed {
    /// It went otherwise than the scenario expects.
    Difference(String),
    /// It was refused, or the database failed.
    Service(ServiceError),
}

impl From<ServiceError> for Failed {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

pub(super) type Outcome = Result<(), Failed>;

pub(super) fn differs(what: impl Into<String>) -> Failed {
    Failed::Difference(what.into())
}

/// Takes a step.
pub(super) async fn take(rehearsal: &mut Rehearsal, step: &Step) -> Outcome {
    match step {
        Step::Say(words) => {
            rehearsal.played.lines.push(Line::story(rehearsal.now, words));
            Ok(())
        }
        Step::On(date) => Ok(rehearsal.go_on_to(*date).await?),
        Step::After(days) => {
            let date = rehearsal.calendar().await?.add(rehearsal.today(), *days).map_err(ServiceError::from)?;
            Ok(rehearsal.go_on_to(date).await?)
        }
        Step::At(time) => at(rehearsal, time).await,
        Step::DownUntil(date) => Ok(rehearsal.be_down_until(*date).await?),
        Step::Submit(step) => submit(rehearsal, step).await,
        Step::Act(step) => act(rehearsal, step).await,
        Step::Assess(step) => Box::pin(assess(rehearsal, step)).await,
        Step::Extend(step) => extend(rehearsal, step).await,
        Step::Consult(step) => consult(rehearsal, step).await,
        Step::ChangeProcess(step) => change_process(rehearsal, step).await,
        Step::Review(step) => review(rehearsal, step).await,
        Step::ImportDefinition(step) => import_definition(rehearsal, step).await,
        Step::Migrate(step) => migrate(rehearsal, step).await,
        Step::Determine(step) => Box::pin(ballots::determine(rehearsal, step)).await,
        Step::Ballot(step) => Box::pin(ballots::open_ballot(rehearsal, step)).await,
        Step::Vote(step) => ballots::vote(rehearsal, step).await,
        Step::Escalate(step) => ballots::escalate(rehearsal, step).await,
        Step::Meet(step) => meetings::meet(rehearsal, step).await,
        Step::Meeting(step) => meetings::happen(rehearsal, step).await,
        Step::ExpectMeeting(step) => meetings::expect(rehearsal, step).await,
        Step::BankHoliday(step) => bank_holiday(rehearsal, step).await,
        Step::Contents(step) => Box::pin(consulting::contents(rehearsal, step)).await,
        Step::Respond(step) => Box::pin(consulting::respond(rehearsal, step)).await,
        Step::Late(step) => Box::pin(consulting::late(rehearsal, step)).await,
        Step::Consider(step) => Box::pin(consulting::consider(rehearsal, step)).await,
        Step::Waive(step) => Box::pin(consulting::waive(rehearsal, step)).await,
        Step::Nominate(step) => Box::pin(consulting::nominate(rehearsal, step)).await,
        Step::ImportBrd(step) => baseline::import(rehearsal, step).await,
        Step::ChangeSet(step) => Box::pin(baseline::draft(rehearsal, step)).await,
        Step::Duties(step) => Box::pin(baseline::duties(rehearsal, step)).await,
        Step::SettleConflict(step) => Box::pin(baseline::settle_conflict(rehearsal, step)).await,
        Step::PublishBrd(step) => Box::pin(baseline::publish(rehearsal, step)).await,
        Step::ExpectBrd(step) => baseline::expect(rehearsal, step).await,
        Step::Expect(step) => expect(rehearsal, step).await,
    }
}

async fn at(rehearsal: &mut Rehearsal, time: &str) -> Outcome {
    let parsed = NaiveTime::parse_from_str(time, "%H:%M");
    let time = parsed.map_err(|_| differs(format!("`{time}` is not a time of day; write it as \"17:00\"")))?;
    Ok(rehearsal.go_on_until(london_instant(rehearsal.today(), time)).await?)
}

pub(super) fn actor(rehearsal: &Rehearsal, name: &str) -> Result<Actor, Failed> {
    let known = || rehearsal.actors.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let found = rehearsal.actors.get(name).cloned();
    found.ok_or_else(|| differs(format!("there is no person `{name}`; there are {}", known())))
}

pub(super) fn reference(rehearsal: &Rehearsal, name: &str) -> Result<String, Failed> {
    let known = || rehearsal.cases.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let found = rehearsal.cases.get(name).cloned();
    found.ok_or_else(|| differs(format!("nothing is called `{name}` yet; there are {}", known())))
}

/// Compares what came of a command with whether it should be refused, and passes on what came of it.
pub(super) fn settle<T>(
    rehearsal: &mut Rehearsal,
    by: &Actor,
    case: &str,
    outcome: Result<T, ServiceError>,
    refused: Option<&str>,
) -> Result<Option<T>, Failed> {
    match (outcome, refused) {
        (Ok(done), None) => Ok(Some(done)),
        (Ok(_), Some(wanted)) => Err(differs(format!("it was done, but should be refused with `{wanted}`"))),
        (Err(error), None) => Err(error.into()),
        (Err(error), Some(wanted)) => {
            let said = error.to_string();
            if !said.contains(wanted) {
                return Err(differs(format!("it should be refused with `{wanted}`, but was refused with: {said}")));
            }
            rehearsal.played.lines.push(Line::refused(rehearsal.now, case, &by.name, &said));
            Ok(None)
        }
    }
}

fn name_case(rehearsal: &mut Rehearsal, name: &str, receipt: Option<Receipt>) {
    if let Some(receipt) = receipt {
        rehearsal.cases.insert(name.to_owned(), receipt.reference);
    }
}

async fn submit(rehearsal: &mut Rehearsal, step: &Submit) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let form = form(step)?;
    let outcome = service::submit_sip(&rehearsal.app, &Call::new(&by, rehearsal.now), form, step.sent_on).await;
    let receipt = settle(rehearsal, &by, &step.call_it, outcome, step.refused.as_deref())?;
    name_case(rehearsal, &step.call_it, receipt);
    Ok(())
}

/// The shipped form, with the parts the step gives laid over it.
fn form(step: &Submit) -> Result<RawSipForm, Failed> {
    let mut json = match &step.form {
        Some(name) => shipped_form(name)?,
        None => json!({}),
    };
    if let Some(parts) = json.as_object_mut() {
        parts.extend(step.fields.clone());
    }
    serde_json::from_value(json).map_err(|error| differs(format!("the form cannot be read: {error}")))
}

fn shipped_form(name: &str) -> Result<Json, Failed> {
    let text = library::form(name).ok_or_else(|| differs(format!("there is no form `{name}`")))?;
    let form = yaml::load::<RawSipForm>(name, text, Limits::default());
    let form = form.map_err(|problems| differs(problems.to_string()))?.value;
    serde_json::to_value(form).map_err(|error| differs(error.to_string()))
}

async fn act(rehearsal: &mut Rehearsal, step: &Act) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    for name in step.case.iter() {
        let reference = reference(rehearsal, name)?;
        let mut values = BTreeMap::new();
        for (field, json) in &step.values {
            values.insert(field.clone(), named(rehearsal, json).await?);
        }
        let call = Call::new(&by, rehearsal.now);
        let outcome = service::act(&rehearsal.app, &call, &reference, &step.take, values, None).await;
        let known_as = known_as(rehearsal, &reference).await?;
        settle(rehearsal, &by, &known_as, outcome, step.refused.as_deref())?;
    }
    Ok(())
}

/// Puts the number of a case in place of `$name`.
pub(super) async fn named(rehearsal: &Rehearsal, json: &Json) -> Result<Json, Failed> {
    Ok(match json {
        Json::String(text) => Json::String(named_text(rehearsal, text).await?),
        Json::Array(items) => {
            let mut put = Vec::new();
            for item in items {
                put.push(Box::pin(named(rehearsal, item)).await?);
            }
            Json::Array(put)
        }
        other => other.clone(),
    })
}

pub(super) async fn named_text(rehearsal: &Rehearsal, text: &str) -> Result<String, Failed> {
    let Some(rest) = text.strip_prefix('$') else { return Ok(text.to_owned()) };
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    let reference = reference(rehearsal, name)?;
    Ok(known_as(rehearsal, &reference).await? + rest)
}

pub(super) async fn known_as(rehearsal: &Rehearsal, reference: &str) -> Result<String, Failed> {
    let case = service::case(&rehearsal.app, reference, rehearsal.now).await?;
    Ok(case.number.unwrap_or(case.reference))
}

async fn extend(rehearsal: &mut Rehearsal, step: &Extend) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let reference = reference(rehearsal, &step.case)?;
    let call = Call::new(&by, rehearsal.now);
    let outcome = service::extend(&rehearsal.app, &call, &reference, &step.clock, step.to, &step.reason).await;
    let known_as = known_as(rehearsal, &reference).await?;
    settle(rehearsal, &by, &known_as, outcome, step.refused.as_deref()).map(|_| ())
}

async fn consult(rehearsal: &mut Rehearsal, step: &Open) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let receipt = service::open_consultation(&rehearsal.app, &Call::new(&by, rehearsal.now), &step.title).await?;
    name_case(rehearsal, &step.call_it, Some(receipt));
    Ok(())
}

async fn change_process(rehearsal: &mut Rehearsal, step: &Open) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let receipt = service::open_process_change(&rehearsal.app, &Call::new(&by, rehearsal.now), &step.title).await?;
    name_case(rehearsal, &step.call_it, Some(receipt));
    Ok(())
}

async fn review(rehearsal: &mut Rehearsal, step: &Open) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let receipt = service::open_review(&rehearsal.app, &Call::new(&by, rehearsal.now), &step.title).await?;
    name_case(rehearsal, &step.call_it, Some(receipt));
    Ok(())
}

async fn import_definition(rehearsal: &mut Rehearsal, step: &ImportDefinition) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let built_in = crate::workflow::load::BUILT_IN.iter().find(|(file, _)| file.contains(step.from.as_str()));
    let Some((file, text)) = built_in else { return Err(differs(format!("there is no definition `{}`", step.from))) };
    let mut text = (*text).to_owned();
    for replace in &step.replace {
        if !text.contains(replace.text.as_str()) {
            return Err(differs(format!("{file} has no text `{}` to replace", replace.text)));
        }
        text = text.replace(replace.text.as_str(), &replace.with);
    }
    let outcome = service::import_definition(&rehearsal.app, &Call::new(&by, rehearsal.now), file, &text).await;
    settle(rehearsal, &by, "processes", outcome, step.refused.as_deref()).map(|_| ())
}

async fn migrate(rehearsal: &mut Rehearsal, step: &Migrate) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let call = Call::new(&by, rehearsal.now);
    let outcome = service::migrate_cases(&rehearsal.app, &call, &step.process, &step.mapping).await;
    settle(rehearsal, &by, "processes", outcome, step.refused.as_deref()).map(|_| ())
}

/// Imports the edition in force with one more bank holiday in every division, and adopts it.
async fn bank_holiday(rehearsal: &mut Rehearsal, step: &BankHoliday) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let edition = service::current_edition(&rehearsal.app).await?;
    let mut json: Json = serde_json::from_str(&edition.to_json()).map_err(|error| differs(error.to_string()))?;
    let added = json!({ "title": step.title, "date": step.date, "notes": "", "bunting": true });
    for division in json.as_object_mut().into_iter().flat_map(|divisions| divisions.values_mut()) {
        if let Some(events) = division.get_mut("events").and_then(Json::as_array_mut) {
            events.push(added.clone());
            events.sort_by_key(|event| event.get("date").map(ToString::to_string));
        }
    }
    let call = Call::new(&by, rehearsal.now);
    service::import_edition(&rehearsal.app, &call, &step.edition, &json.to_string()).await?;
    let mut except = BTreeSet::new();
    for name in &step.keep {
        except.insert(reference(rehearsal, name)?);
    }
    let choices = EditionChoices { usual: EditionChoice::Move, except, reason: step.reason.clone() };
    service::adopt_edition(&rehearsal.app, &call, &step.edition, choices).await?;
    Ok(())
}

async fn expect(rehearsal: &Rehearsal, step: &Expect) -> Outcome {
    if step.case.is_none() && step.priorities.is_none() {
        return Err(differs("`expect` needs a `case` or `priorities`"));
    }
    let mut found = compare_priorities(rehearsal, step).await?;
    for name in step.case.iter().flat_map(Names::iter) {
        let reference = reference(rehearsal, name)?;
        let case = service::case(&rehearsal.app, &reference, rehearsal.now).await?;
        found.extend(compare(step, &case).into_iter().map(|what| format!("{name}: {what}")));
        found.extend(
            compare_record(rehearsal, step, &reference).await?.into_iter().map(|what| format!("{name}: {what}")),
        );
    }
    if found.is_empty() { Ok(()) } else { Err(differs(found.join("; "))) }
}

async fn compare_priorities(rehearsal: &Rehearsal, step: &Expect) -> Result<Vec<String>, Failed> {
    let Some(names) = &step.priorities else { return Ok(Vec::new()) };
    let mut wanted = Vec::new();
    for name in names {
        wanted.push(known_as(rehearsal, &reference(rehearsal, name)?).await?);
    }
    let list = service::priorities(&rehearsal.app).await?;
    let is: Vec<_> = list.sips.into_iter().map(|ranked| ranked.sip).collect();
    let differs = || format!("the list of priorities should be {}, is {}", wanted.join(", "), is.join(", "));
    Ok(if is == wanted { Vec::new() } else { vec![differs()] })
}

fn compare(step: &Expect, case: &CaseView) -> Vec<String> {
    let mut found = Vec::new();
    let mut same = |what: &str, wanted: Option<&String>, is: &str| {
        if let Some(wanted) = wanted.filter(|wanted| *wanted != is) {
            found.push(format!("{what} should be `{wanted}`, is `{is}`"));
        }
    };
    same("state", step.state.as_ref(), &case.state.name);
    same("owner", step.owner.as_ref(), case.state.owner.as_deref().unwrap_or("nobody"));
    same("number", step.number.as_ref(), case.number.as_deref().unwrap_or("none"));
    same("version", step.version.as_ref(), &case.version);
    for (field, wanted) in &step.recorded {
        same(field, Some(wanted), case.recorded.get(field).map_or("nothing", String::as_str));
    }
    for (clock, wanted) in &step.due {
        let due = case.clocks.iter().find(|open| open.name == *clock).map(|open| open.due.to_string());
        same(&format!("clock {clock}"), Some(&wanted.to_string()), due.as_deref().unwrap_or("not open"));
    }
    let standing = |wanted: &str| {
        let names = case.clocks.iter().filter(|clock| clock.standing == wanted).map(|clock| clock.name.clone());
        names.collect::<BTreeSet<_>>()
    };
    for (what, wanted) in [("overdue", &step.overdue), ("paused", &step.paused)] {
        if let Some(wanted) = wanted.as_ref().map(|names| names.iter().cloned().collect::<BTreeSet<_>>())
            && wanted != standing(what)
        {
            found.push(format!("{what} clocks should be {wanted:?}, are {:?}", standing(what)));
        }
    }
    found
}

async fn compare_record(rehearsal: &Rehearsal, step: &Expect, reference: &str) -> Result<Vec<String>, Failed> {
    let mut found = Vec::new();
    if !step.notices.is_empty() {
        let mut sent: BTreeMap<String, usize> = BTreeMap::new();
        for notice in service::notices_of_case(&rehearsal.app, reference).await? {
            *sent.entry(notice.template).or_default() += 1;
        }
        for (notice, wanted) in &step.notices {
            let is = sent.get(notice).copied().unwrap_or(0);
            if is != *wanted {
                found.push(format!("notice {notice} should have gone to {wanted} people, has gone to {is}"));
            }
        }
    }
    let history = service::history(&rehearsal.app, reference).await?;
    let mut acts = history.iter().flat_map(acts_of);
    if let Some(missing) = step.journal.iter().find(|wanted| !acts.any(|act| act == wanted.as_str())) {
        found.push(format!("the journal should have `{missing}` in its place, and has not"));
    }
    let said = |text: &String| history.iter().any(|entry| holds_text(&entry.payload, text.trim()));
    if let Some(missing) = step.verbatim.iter().find(|text| !said(text)) {
        found.push(format!("the journal should have `{missing}` word for word, and has not"));
    }
    found.extend(consulting::not_collated(rehearsal, reference, &step.collated).await?);
    Ok(found)
}

/// What a journal entry calls its act, and the actions taken with it.
fn acts_of(entry: &HistoryEntry) -> Vec<&str> {
    let events = entry.payload.get("events").and_then(Json::as_array).into_iter().flatten();
    let taken = events.filter_map(|event| event.pointer("/action_taken/action").and_then(Json::as_str));
    std::iter::once(entry.act.as_str()).chain(taken).collect()
}

fn holds_text(json: &Json, text: &str) -> bool {
    match json {
        Json::String(held) => held == text,
        Json::Array(items) => items.iter().any(|item| holds_text(item, text)),
        Json::Object(parts) => parts.values().any(|part| holds_text(part, text)),
        _ => false,
    }
}
