//! Guards: typed predicates over the facts of a case. Data, not code, and not an expression language.
//!
//! A guard is written as one of
//!
//! ```yaml
//! when: urgent                                          # a yes-or-no fact
//! when: { not: urgent }
//! when: { all: [requirements_clear, { not: urgent }] }
//! when: { any: [cost_grew, scope_grew] }
//! when: { fact: hours_asked, over: 4 }                  # over, at_least, under, at_most: numbers, money in pence
//! when: { fact: cost_band, is: large }                  # a choice
//! when: { fact: agreed_window, given: yes }             # whether anything is recorded
//! ```

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::definition::{Definition, Kind, YesNo};
use super::names::FactName;
use super::value::Value;

/// The facts a guard is asked about.
pub type Facts = BTreeMap<FactName, Value>;

/// A predicate over facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// A yes-or-no fact is yes.
    Holds(FactName),
    /// The guard within does not hold.
    Not(Box<Guard>),
    /// Every one holds.
    All(Vec<Guard>),
    /// At least one holds.
    Any(Vec<Guard>),
    /// A fact compares with a value.
    Compare(FactName, Comparison),
}

/// How a fact is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// More than.
    Over(i64),
    /// This or more.
    AtLeast(i64),
    /// Less than.
    Under(i64),
    /// This or less.
    AtMost(i64),
    /// A choice has this value.
    Is(String),
    /// Whether anything is recorded.
    Given(YesNo),
}

impl Guard {
    /// Whether the guard holds. A fact that is not recorded is neither yes nor comparable, so what asks for it fails.
    pub fn holds(&self, facts: &Facts) -> bool {
        match self {
            Self::Holds(fact) => facts.get(fact) == Some(&Value::YesNo(true)),
            Self::Not(guard) => !guard.holds(facts),
            Self::All(guards) => guards.iter().all(|guard| guard.holds(facts)),
            Self::Any(guards) => guards.iter().any(|guard| guard.holds(facts)),
            Self::Compare(fact, comparison) => comparison.holds(facts.get(fact)),
        }
    }

    /// Whether the guard holds when only some facts are known: `None` where it could go either way.
    pub fn known(&self, known: &dyn Fn(&FactName) -> Option<bool>) -> Option<bool> {
        match self {
            Self::Holds(fact) => known(fact),
            Self::Not(guard) => guard.known(known).map(|holds| !holds),
            Self::All(guards) => decide_all(guards.iter().map(|guard| guard.known(known))),
            Self::Any(guards) => {
                decide_all(guards.iter().map(|guard| guard.known(known).map(|holds| !holds))).map(|none| !none)
            }
            Self::Compare(..) => None,
        }
    }

    /// Every fact the guard asks about.
    pub fn facts(&self) -> Vec<&FactName> {
        match self {
            Self::Holds(fact) | Self::Compare(fact, _) => vec![fact],
            Self::Not(guard) => guard.facts(),
            Self::All(guards) | Self::Any(guards) => guards.iter().flat_map(Guard::facts).collect(),
        }
    }

    /// The parts that do not hold, in words: what is missing before the guard holds.
    pub fn missing(&self, definition: &Definition, facts: &Facts) -> Vec<String> {
        match self {
            _ if self.holds(facts) => Vec::new(),
            Self::All(guards) => guards.iter().flat_map(|guard| guard.missing(definition, facts)).collect(),
            _ => vec![self.words(definition)],
        }
    }

    /// The guard as a person would say it.
    pub fn words(&self, definition: &Definition) -> String {
        match self {
            Self::Holds(fact) => definition.fact_title(fact),
            Self::Not(guard) => format!("not: {}", guard.words(definition)),
            Self::All(guards) => join(guards, definition, "; and "),
            Self::Any(guards) => join(guards, definition, "; or "),
            Self::Compare(fact, comparison) => {
                let kind = definition.kind_of(fact);
                format!("{} {}", definition.fact_title(fact), comparison.words(kind))
            }
        }
    }

    /// What is wrong with asking this of a fact of `kind`, if anything.
    pub(super) fn misuse(&self, kind: Kind) -> Option<String> {
        match (self, kind) {
            (Self::Holds(_), Kind::YesNo)
            | (Self::Compare(_, Comparison::Given(_)), _)
            | (Self::Compare(_, Comparison::Is(_)), Kind::Choice) => None,
            (Self::Holds(fact), _) => Some(format!("`{fact}` is not a yes-or-no fact")),
            (Self::Compare(fact, Comparison::Is(_)), _) => Some(format!("`{fact}` is not a choice")),
            (Self::Compare(..), Kind::Number | Kind::Money) => None,
            (Self::Compare(fact, _), _) => Some(format!("`{fact}` is neither a number nor an amount of money")),
            _ => None,
        }
    }

    /// Every atom: the guards within that ask one fact something.
    pub(super) fn atoms(&self) -> Vec<&Guard> {
        match self {
            Self::Holds(_) | Self::Compare(..) => vec![self],
            Self::Not(guard) => guard.atoms(),
            Self::All(guards) | Self::Any(guards) => guards.iter().flat_map(Guard::atoms).collect(),
        }
    }
}

fn decide_all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

fn join(guards: &[Guard], definition: &Definition, with: &str) -> String {
    guards.iter().map(|guard| guard.words(definition)).collect::<Vec<_>>().join(with)
}

impl Comparison {
    fn holds(&self, value: Option<&Value>) -> bool {
        let amount = match value {
            Some(Value::Number(number)) => Some(*number),
            Some(Value::Money(pence)) => Some(*pence),
            _ => None,
        };
        match self {
            Self::Over(limit) => amount.is_some_and(|amount| amount > *limit),
            Self::AtLeast(limit) => amount.is_some_and(|amount| amount >= *limit),
            Self::Under(limit) => amount.is_some_and(|amount| amount < *limit),
            Self::AtMost(limit) => amount.is_some_and(|amount| amount <= *limit),
            Self::Is(wanted) => matches!(value, Some(Value::Choice(choice)) if choice == wanted),
            Self::Given(YesNo::Yes) => value.is_some(),
            Self::Given(YesNo::No) => value.is_none(),
        }
    }

    fn words(&self, kind: Option<Kind>) -> String {
        let amount = |limit: &i64| match kind {
            Some(Kind::Money) => super::value::pounds(*limit),
            _ => limit.to_string(),
        };
        match self {
            Self::Over(limit) => format!("over {}", amount(limit)),
            Self::AtLeast(limit) => format!("at least {}", amount(limit)),
            Self::Under(limit) => format!("under {}", amount(limit)),
            Self::AtMost(limit) => format!("at most {}", amount(limit)),
            Self::Is(wanted) => format!("is {}", wanted.replace('_', " ")),
            Self::Given(YesNo::Yes) => "is recorded".to_owned(),
            Self::Given(YesNo::No) => "is not recorded".to_owned(),
        }
    }
}

impl<'de> Deserialize<'de> for Guard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GuardVisitor)
    }
}

struct GuardVisitor;

impl<'de> Visitor<'de> for GuardVisitor {
    type Value = Guard;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a yes-or-no fact, or one of `not`, `all`, `any`, `fact` with a comparison")
    }

    fn visit_str<E: de::Error>(self, fact: &str) -> Result<Guard, E> {
        Ok(Guard::Holds(fact.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Guard, A::Error> {
        let Some(key) = map.next_key::<String>()? else {
            return Err(de::Error::custom("an empty guard; leave `when` out instead"));
        };
        let guard = match key.as_str() {
            "not" => Guard::Not(Box::new(map.next_value()?)),
            "all" => Guard::All(map.next_value()?),
            "any" => Guard::Any(map.next_value()?),
            "fact" => return comparison(map.next_value::<String>()?.as_str().into(), map),
            other => return Err(de::Error::unknown_field(other, &["not", "all", "any", "fact"])),
        };
        match map.next_key::<String>()? {
            None => Ok(guard),
            Some(extra) => Err(de::Error::custom(format!("`{extra}` beside `{key}`; wrap both in `all` or `any`"))),
        }
    }
}

fn comparison<'de, A: MapAccess<'de>>(fact: FactName, mut map: A) -> Result<Guard, A::Error> {
    const KNOWN: &[&str] = &["over", "at_least", "under", "at_most", "is", "given"];
    let Some(key) = map.next_key::<String>()? else {
        return Err(de::Error::custom(format!("`{fact}` is compared with nothing; add one of {}", KNOWN.join(", "))));
    };
    let comparison = match key.as_str() {
        "over" => Comparison::Over(map.next_value()?),
        "at_least" => Comparison::AtLeast(map.next_value()?),
        "under" => Comparison::Under(map.next_value()?),
        "at_most" => Comparison::AtMost(map.next_value()?),
        "is" => Comparison::Is(map.next_value()?),
        "given" => Comparison::Given(map.next_value()?),
        other => return Err(de::Error::unknown_field(other, KNOWN)),
    };
    match map.next_key::<String>()? {
        None => Ok(Guard::Compare(fact, comparison)),
        Some(extra) => Err(de::Error::custom(format!("`{extra}` beside `{key}`: one comparison at a time"))),
    }
}
