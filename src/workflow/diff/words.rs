//! The words differences are told in.

use crate::calendar::WorkingDays;
use crate::workflow::{
    AnyOf, Assertion, Branch, ClockSpec, Definition, Effect, Guard, NoticeName, StateName, Step, Target,
};

/// What is said of a part in one version.
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// Something, in words.
    Text(String),
    /// Several things.
    List(Vec<String>),
}

impl Said {
    pub(super) fn quoted(text: &str) -> Self {
        Self::Text(quoted(text))
    }

    pub(super) fn maybe(text: Option<String>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }

    pub(super) fn list<T>(items: &[T], words: impl Fn(&T) -> String) -> Self {
        Self::List(items.iter().map(words).collect())
    }
}

pub(super) fn quoted(text: &str) -> String {
    format!("'{text}'")
}

/// A change as a sentence: what it is of, and what it was and is.
pub(super) fn change(label: &str, old: Said, new: Said) -> String {
    match (old, new) {
        (Said::List(old), Said::List(new)) => format!("{label}: {}", list_change(&old, &new)),
        (Said::Text(old), Said::Text(new)) if old == new => format!("{label} changes, though it still reads {new}"),
        (Said::Text(old), Said::Text(new)) => {
            let unit = " Working Days";
            let old = if new.ends_with(unit) { old.strip_suffix(unit).unwrap_or(&old) } else { &old };
            format!("{label} changes from {old} to {new}")
        }
        (Said::Nothing, new) => format!("{label} is now {}", new.in_full()),
        (old, Said::Nothing) => format!("{label} is taken out; it was {}", old.in_full()),
        (old, new) => format!("{label} changes from {} to {}", old.in_full(), new.in_full()),
    }
}

impl Said {
    pub(super) fn in_full(&self) -> String {
        match self {
            Self::Nothing => "nothing".to_owned(),
            Self::Text(text) => text.clone(),
            Self::List(items) => joined(items),
        }
    }
}

fn list_change(old: &[String], new: &[String]) -> String {
    let only = |some: &[String], others: &[String]| -> Vec<String> {
        some.iter().filter(|item| !others.contains(item)).cloned().collect()
    };
    let (added, removed) = (only(new, old), only(old, new));
    let added = (!added.is_empty()).then(|| format!("now also {}", joined(&added)));
    let removed = (!removed.is_empty()).then(|| format!("no longer {}", joined(&removed)));
    let changes: Vec<_> = added.into_iter().chain(removed).collect();
    if changes.is_empty() { format!("listed differently, as {}", joined(new)) } else { changes.join("; ") }
}

/// Items in words: `a, b and c`.
pub(super) fn joined(items: &[String]) -> String {
    match items.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// The title of a state, quoted.
pub(super) fn title(definition: &Definition, state: &StateName) -> String {
    quoted(&definition.states.get(state).map_or_else(|| state.words(), |state| state.title.clone()))
}

pub(super) fn notices(definition: &Definition, notices: &[NoticeName]) -> Said {
    Said::list(notices, |name| {
        let subject = definition.notices.get(name).map(|notice| notice.subject.clone());
        quoted(&subject.unwrap_or_else(|| name.words()))
    })
}

pub(super) fn days(days: WorkingDays) -> String {
    format!("{} Working Days", days.get())
}

/// When a clock is due.
pub(super) fn due(definition: &Definition, clock: &ClockSpec) -> Said {
    let until = clock.until.as_ref().map(|fact| format!("the date in {}", quoted(&definition.fact_title(fact))));
    Said::maybe(clock.target.map(days).or(until))
}

pub(super) fn guard(definition: &Definition, guard: Option<&Guard>) -> Said {
    Said::maybe(guard.map(|guard| quoted(&guard.words(definition))))
}

/// Where an action leads.
pub(super) fn target(definition: &Definition, target: &Target) -> String {
    let branch = |Branch { when, to }: &Branch| match when {
        Some(guard) => format!("{} if '{}'", title(definition, to), guard.words(definition)),
        None => format!("otherwise {}", title(definition, to)),
    };
    match target {
        Target::Stay => "the same state".to_owned(),
        Target::State(state) => title(definition, state),
        Target::Branches(branches) => branches.iter().map(branch).collect::<Vec<_>>().join(", "),
    }
}

pub(super) fn effect(effect: &Effect) -> String {
    match effect {
        Effect::AssignSipNumber => "giving it its number".to_owned(),
        Effect::SetTimetable => "setting its timetable".to_owned(),
        Effect::MembersTake(action) => format!("taking '{}' in every case it carries", action.words()),
        Effect::LeaveBatch => "leaving the batch that carries it".to_owned(),
        Effect::AddMembers => "adding cases to the batch".to_owned(),
        Effect::DropMember => "taking a case out of the batch".to_owned(),
        Effect::ActivateDefinition => "bringing the new version into force".to_owned(),
        Effect::JoinPriorities => "putting it on the list of priorities where its score belongs".to_owned(),
        Effect::Rerank => "giving it another rank on the list of priorities".to_owned(),
        Effect::CountBallot => "counting the ballot".to_owned(),
        Effect::AdoptTerms => "putting the terms of reference into force".to_owned(),
        Effect::DissolveBody => "ending the terms of reference".to_owned(),
        Effect::IssueContents => "fixing what is said and to whom it is sent".to_owned(),
        Effect::ReferCollation => "fixing the collated responses".to_owned(),
    }
}

/// What an assertion promises, step by step.
pub(super) fn assertion(assertion: &Assertion) -> String {
    let Assertion { says: _, after, every_path_to, passes, never_reaches, can_reach, only, takes } = assertion;
    let steps = |steps: &[Step]| joined(&steps.iter().map(Step::to_string).collect::<Vec<_>>());
    let any = |AnyOf(any): &AnyOf| any.iter().map(Step::to_string).collect::<Vec<_>>().join(" or ");
    let mut said: Vec<String> = after.iter().map(|step| format!("after {step}")).collect();
    said.extend(every_path_to.iter().map(|step| format!("every path to {step}")));
    if !passes.is_empty() {
        said.push(format!("passes {}", passes.iter().map(any).collect::<Vec<_>>().join(", then ")));
    }
    for (verb, list) in [("never reaches", never_reaches), ("can reach", can_reach)] {
        if !list.is_empty() {
            said.push(format!("{verb} {}", steps(list)));
        }
    }
    said.extend(only.iter().map(|only| format!("only {only}")));
    if !takes.is_empty() {
        said.push(format!("takes {}", steps(takes)));
    }
    quoted(&said.join(" "))
}

/// A name as serde writes it, in words.
pub(super) fn plain(value: &impl serde::Serialize) -> Said {
    let text = serde_json::to_value(value).ok().and_then(|value| value.as_str().map(|text| text.replace('_', " ")));
    Said::maybe(text)
}

/// A title inside a sentence: its first letter small, unless the first word is an abbreviation.
pub(super) fn inside(title: &str) -> String {
    let mut letters = title.chars();
    let Some(first) = letters.next() else { return String::new() };
    let is_abbreviation = letters.clone().next().is_some_and(char::is_uppercase);
    if is_abbreviation { title.to_owned() } else { first.to_lowercase().chain(letters).collect() }
}
