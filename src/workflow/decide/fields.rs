//! What people fill in: required, allowed, of the right kind, within bounds. Everything wrong is reported together.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::refusal::{Missing, Refusal, Why};
use crate::calendar::{RegulatoryYear, date_words};
use crate::workflow::definition::{Action, Definition, FactSource, Kind};
use crate::workflow::guard::Facts;
use crate::workflow::names::FactName;
use crate::workflow::value::{MOST_MARKS, Mark, Value};

/// The longest text a field takes, in characters.
pub(super) const TEXT_LIMIT: usize = 20_000;
const LIST_LIMIT: usize = 1_000;

/// Checks the facts a form gives when a case is opened.
pub(super) fn check_form(definition: &Definition, values: &Facts) -> Result<(), Refusal> {
    let mut missing = Vec::new();
    for (name, fact) in definition.facts.iter().filter(|(_, fact)| fact.from == FactSource::Form) {
        match values.get(name) {
            None => missing.push(wrong(name, format!("give it: {}", fact.title))),
            Some(value) => missing.extend(problem(definition, name, fact.kind, value)),
        }
    }
    for name in values.keys().filter(|name| !definition.facts.contains_key(*name)) {
        missing.push(wrong(name, "not a fact that opens a case".to_owned()));
    }
    incomplete(missing, None)
}

/// Checks what is filled in for an action.
pub(super) fn check_action(
    definition: &Definition,
    action: &Action,
    values: &Facts,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let mut missing: Vec<Missing> = action
        .needs
        .iter()
        .filter(|name| !values.contains_key(*name))
        .map(|name| wrong(name, format!("give it: {}", definition.fact_title(name))))
        .collect();
    for (name, value) in values {
        if !action.needs.contains(name) && !action.may.contains(name) {
            missing.push(wrong(name, "this action does not ask for it".to_owned()));
        } else if let Some(kind) = definition.kind_of(name) {
            missing.extend(problem(definition, name, kind, value));
        }
    }
    missing.extend(decided_in_future(values, today));
    incomplete(missing, action.rule.clone())
}

fn incomplete(missing: Vec<Missing>, rule: Option<String>) -> Result<(), Refusal> {
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal { rule, missing, ..Refusal::because(Why::Incomplete) })
}

fn wrong(name: &FactName, what: String) -> Missing {
    Missing { field: Some(name.to_string()), what }
}

fn decided_in_future(values: &Facts, today: NaiveDate) -> Option<Missing> {
    let name = FactName::new("decided_on");
    let decided = values.get(&name).and_then(Value::as_date)?;
    let what = format!("{} is in the future; give the day it was decided", date_words(decided));
    (decided > today).then(|| wrong(&name, what))
}

/// What is wrong with one value, if anything.
fn problem(definition: &Definition, name: &FactName, kind: Kind, value: &Value) -> Option<Missing> {
    if !value.is_of(kind) {
        return Some(wrong(name, format!("give {}", kind_words(kind))));
    }
    let what = match value {
        Value::Text(text) => text_problem(text),
        Value::Choice(choice) => choice_problem(definition, name, choice),
        Value::List(items) => list_problem(items),
        Value::Number(number) if *number < 0 => Some("give a number of 0 or more".to_owned()),
        Value::Money(pence) if *pence < 0 => Some("give an amount of £0 or more".to_owned()),
        Value::CostRange { low, high } => cost_problem(*low, *high),
        Value::Window { from, to } => window_problem(kind, *from, *to),
        Value::Timetable(_) => timetable_problem(definition, value),
        Value::Marks(marks) => marks_problem(marks),
        _ => None,
    }?;
    Some(wrong(name, what))
}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::YesNo => "yes or no",
        Kind::Text => "text",
        Kind::Number => "a whole number",
        Kind::Money => "an amount of money",
        Kind::CostRange => "a lowest and a highest amount",
        Kind::Date => "a date, as 2025-12-01",
        Kind::Window | Kind::ImplementationWindow => "a first and a last day",
        Kind::Choice => "one of the choices",
        Kind::List => "a list",
        Kind::Timetable => "a date for each clock named",
        Kind::Marks => "a mark and a reason for each criterion",
    }
}

fn text_problem(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return Some("it is empty; write something".to_owned());
    }
    let length = text.chars().count();
    if length > TEXT_LIMIT {
        return Some(format!("{length} characters; the limit is {TEXT_LIMIT}, put the rest in a document"));
    }
    let control = text.chars().position(|c| c.is_control() && !matches!(c, '\n' | '\t'))?;
    Some(format!("a control character at position {}; take it out", control + 1))
}

fn list_problem(items: &[String]) -> Option<String> {
    if items.is_empty() {
        return Some("the list is empty; give at least one item".to_owned());
    }
    if items.len() > LIST_LIMIT {
        return Some(format!("{} items; the limit is {LIST_LIMIT}", items.len()));
    }
    items.iter().find_map(|item| text_problem(item))
}

/// What is wrong with the reasons of all marks together; which marks there must be is for the published criteria to say.
fn marks_problem(marks: &BTreeMap<String, Mark>) -> Option<String> {
    if marks.is_empty() {
        return Some("there are no marks; give one for each criterion".to_owned());
    }
    if marks.len() > MOST_MARKS {
        return Some(format!("{} marks; the limit is {MOST_MARKS}", marks.len()));
    }
    let wrong = |(key, mark): (&String, &Mark)| text_problem(&mark.because).map(|what| format!("{key}: {what}"));
    let wrong: Vec<_> = marks.iter().filter_map(wrong).collect();
    (!wrong.is_empty()).then(|| wrong.join("; "))
}

fn choice_problem(definition: &Definition, name: &FactName, choice: &str) -> Option<String> {
    let choices = definition.fields.get(name).map(|field| &field.choices);
    let choices = choices.or_else(|| definition.facts.get(name).map(|fact| &fact.choices))?;
    let known = choices.iter().any(|known| known == choice);
    (!known).then(|| format!("`{choice}` is not one of {}", choices.join(", ")))
}

fn cost_problem(low: i64, high: i64) -> Option<String> {
    if low < 0 {
        return Some("give amounts of £0 or more".to_owned());
    }
    (low > high).then(|| "the lowest amount is above the highest; swap them".to_owned())
}

/// A window must run forwards; an implementation window must lie in one Regulatory Year (R31).
fn window_problem(kind: Kind, from: NaiveDate, to: NaiveDate) -> Option<String> {
    if from > to {
        return Some(format!("it ends on {}, before it starts on {}", date_words(to), date_words(from)));
    }
    if kind == Kind::ImplementationWindow { straddles(from, to) } else { None }
}

fn straddles(from: NaiveDate, to: NaiveDate) -> Option<String> {
    let (first, last) = (RegulatoryYear::containing(from), RegulatoryYear::containing(to));
    (first != last).then(|| {
        format!("it starts in Regulatory Year {first} and ends in {last}; it must lie in one (R31): split or move it")
    })
}

fn timetable_problem(definition: &Definition, value: &Value) -> Option<String> {
    let Value::Timetable(dates) = value else { return None };
    if dates.is_empty() {
        return Some("it names no clock; give a date for at least one".to_owned());
    }
    if let Some(unknown) = dates.keys().find(|name| !definition.clocks.contains_key(*name)) {
        let known: Vec<_> = definition.clocks.keys().map(super::ClockName::as_str).collect();
        return Some(format!("there is no clock `{unknown}`; the clocks are {}", known.join(", ")));
    }
    let window = || definition.implementation.iter().filter_map(|name| dates.get(name));
    straddles(*window().min()?, *window().max()?)
}
