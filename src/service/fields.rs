//! Reads what people send for the fields of an action, by the kind each field is declared with.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value as Json;

use super::error::ServiceError;
use crate::calendar::parse_date;
use crate::sip::{Mend, Pence};
use crate::workflow::{
    ClockName, Definition, FactName, Facts, Kind, MOST_MARKS, Mark, Missing, Refusal, Value, Why, kinds,
};

/// Longest name, reference or reason given outside a field, in characters.
const LINE_LIMIT: usize = 2_000;

/// Longest part of a criterion's name that a problem repeats, in characters.
const KEY_SHOWN: usize = 40;

/// The values given, each of the kind its field is declared with, and what is wrong with those that cannot be read.
pub(super) fn read(definition: &Definition, given: BTreeMap<String, Json>) -> (Facts, Vec<Missing>) {
    let kinds = kinds(definition);
    let mut facts = Facts::new();
    let mut unreadable = Vec::new();
    for (name, json) in given {
        let name = FactName::new(name);
        let read = match kinds.get(&name) {
            Some(kind) => value(*kind, &json),
            None => Err("there is no such field in this process".to_owned()),
        };
        match read {
            Ok(value) => {
                facts.insert(name, value);
            }
            Err(what) => unreadable.push(Missing { field: Some(name.to_string()), what }),
        }
    }
    (facts, unreadable)
}

/// What was decided without the values that cannot be read: refused where there are any, and everything wrong with
/// what is filled in reported together. A refusal for another reason comes first, because mending the values would not
/// help.
pub(super) fn with_unreadable<T>(outcome: Result<T, Refusal>, unreadable: Vec<Missing>) -> Result<T, Refusal> {
    let mut refusal = match outcome {
        Ok(decided) if unreadable.is_empty() => return Ok(decided),
        Err(refusal) if unreadable.is_empty() => return Err(refusal),
        Err(refusal) if *refusal.why == Why::Incomplete => refusal,
        Err(refusal) if comes_first(&refusal.why) => return Err(refusal),
        Ok(_) | Err(_) => Refusal::because(Why::Incomplete),
    };
    refusal.missing.retain(|other| !unreadable.iter().any(|missing| missing.field == other.field));
    refusal.missing.extend(unreadable);
    Err(refusal)
}

pub(super) fn comes_first(why: &Why) -> bool {
    matches!(why, Why::Ended { .. } | Why::NotHere { .. } | Why::NotYou { .. } | Why::ByBallot { .. })
}

/// A text given outside a field.
pub(super) fn text(field: &str, given: &str) -> Result<String, ServiceError> {
    let given = given.trim();
    if given.is_empty() {
        return Err(ServiceError::wrong(field, "it is empty; write something"));
    }
    if given.chars().count() > LINE_LIMIT {
        return Err(ServiceError::wrong(field, format!("it is longer than {LINE_LIMIT} characters; shorten it")));
    }
    if given.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(ServiceError::wrong(field, "it has a control character; take it out"));
    }
    Ok(given.to_owned())
}

/// A name, which fits on one line.
pub(super) fn line(field: &str, given: &str) -> Result<String, ServiceError> {
    let line = text(field, given)?;
    if line.contains(['\n', '\t']) {
        return Err(ServiceError::wrong(field, "it has several lines or a tab; write it on one line"));
    }
    Ok(line)
}

fn value(kind: Kind, json: &Json) -> Result<Value, String> {
    match kind {
        Kind::YesNo => yes_no(json),
        Kind::Text => string(json).map(|text| Value::Text(text.trim().replace("\r\n", "\n"))),
        Kind::Number => number(json).map(Value::Number),
        Kind::Money => money(json).map(Value::Money),
        Kind::CostRange => Ok(Value::CostRange { low: money(part(json, "low")?)?, high: money(part(json, "high")?)? }),
        Kind::Date => date(json).map(Value::Date),
        Kind::Window | Kind::ImplementationWindow => {
            Ok(Value::Window { from: date(part(json, "from")?)?, to: date(part(json, "to")?)? })
        }
        Kind::Choice => string(json).map(|choice| Value::Choice(choice.to_owned())),
        Kind::List => list(json),
        Kind::Timetable => timetable(json),
        Kind::Marks => marks(json),
    }
}

fn yes_no(json: &Json) -> Result<Value, String> {
    match json {
        Json::Bool(answer) => Ok(Value::YesNo(*answer)),
        Json::String(answer) if answer == "yes" => Ok(Value::YesNo(true)),
        Json::String(answer) if answer == "no" => Ok(Value::YesNo(false)),
        _ => Err("give yes or no".to_owned()),
    }
}

fn string(json: &Json) -> Result<&str, String> {
    json.as_str().ok_or_else(|| "give text".to_owned())
}

fn number(json: &Json) -> Result<i64, String> {
    let given = match json {
        Json::Number(number) => number.as_i64(),
        Json::String(digits) => digits.trim().parse().ok(),
        _ => None,
    };
    given.ok_or_else(|| "give a whole number".to_owned())
}

/// Pounds, as text or as a whole number.
fn money(json: &Json) -> Result<i64, String> {
    let given = match json {
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.clone(),
        _ => return Err("give an amount of money, as \"£50,000\"".to_owned()),
    };
    Pence::parse(&given).map(Pence::get).map_err(|error| format!("{error}; {}", error.mend()))
}

fn date(json: &Json) -> Result<NaiveDate, String> {
    parse_date(string(json).map_err(|_| "give a date, as \"2025-12-01\"".to_owned())?)
        .map_err(|error| error.to_string())
}

fn part<'a>(json: &'a Json, name: &str) -> Result<&'a Json, String> {
    json.get(name).ok_or_else(|| format!("give its part `{name}`"))
}

fn list(json: &Json) -> Result<Value, String> {
    let items = match json {
        Json::String(item) => vec![item.trim().to_owned()],
        Json::Array(items) => {
            items.iter().map(|item| Ok(string(item)?.trim().to_owned())).collect::<Result<_, String>>()?
        }
        _ => return Err("give a list of texts".to_owned()),
    };
    Ok(Value::List(items))
}

fn timetable(json: &Json) -> Result<Value, String> {
    let dates = json.as_object().ok_or_else(|| "give a date for each clock, as {\"development\": ..}".to_owned())?;
    let read = |(name, json): (&String, &Json)| {
        date(json).map(|date| (ClockName::new(name), date)).map_err(|what| format!("{name}: {what}"))
    };
    dates.iter().map(read).collect::<Result<_, _>>().map(Value::Timetable)
}

fn marks(json: &Json) -> Result<Value, String> {
    let given = json.as_object().ok_or_else(|| {
        "give a mark and a reason for each criterion, as {\"duty\": {\"mark\": 0, \"because\": \"..\"}}".to_owned()
    })?;
    if given.len() > MOST_MARKS {
        return Err(format!("{} marks; the limit is {MOST_MARKS}", given.len()));
    }
    let (mut marks, mut wrong) = (BTreeMap::new(), Vec::new());
    for (key, json) in given {
        match mark(json) {
            Ok(mark) => {
                marks.insert(key.clone(), mark);
            }
            Err(what) => wrong.push(format!("{}: {what}", key.chars().take(KEY_SHOWN).collect::<String>())),
        }
    }
    if wrong.is_empty() { Ok(Value::Marks(marks)) } else { Err(wrong.join("; ")) }
}

fn mark(json: &Json) -> Result<Mark, String> {
    let parts = json.as_object().ok_or_else(|| "give its `mark` and `because`".to_owned())?;
    if parts.keys().any(|part| !matches!(part.as_str(), "mark" | "because")) {
        return Err("give its parts `mark` and `because`, and no other".to_owned());
    }
    let mark = u32::try_from(number(part(json, "mark")?)?).map_err(|_| "give a mark of 0 or more".to_owned())?;
    let because = string(part(json, "because")?)?.trim().replace("\r\n", "\n");
    Ok(Mark { mark, because })
}
