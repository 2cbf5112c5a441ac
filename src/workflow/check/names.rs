//! Names: well formed, known where they are used, and used where they are declared.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::Findings;
use super::references::{Reference, Sort, references, written_actions};
use super::spelling::{is_joined_by, mend, nearest};
use crate::workflow::{Definition, FactSource};

/// The role that stands for the process itself.
pub(super) const SYSTEM: &str = "system";

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    spelling(definition, findings);
    reserved(definition, findings);
    shared_between_facts_and_fields(definition, findings);
    let references = references(definition);
    for reference in &references {
        known(definition, reference, findings);
    }
    unused(definition, &references, findings);
    never_set(definition, findings);
}

fn spelling(definition: &Definition, findings: &mut Findings) {
    let process = definition.process.as_str();
    if !is_joined_by('-', process) {
        let what = format!("`{process}` is not a name of lower-case words joined by hyphens");
        findings.add("process", what, "Write it like `ssi-change-governance`.");
    }
    for (path, name) in declared(definition) {
        if !is_joined_by('_', &name) {
            let what = format!("`{name}` is not a name of lower-case words joined by underscores");
            findings.add(path, what, "Write it like `impact_assessment`.");
        }
    }
}

/// Every name the definition gives to something, with its path.
fn declared(definition: &Definition) -> Vec<(String, String)> {
    let mut names = Vec::new();
    let mut section = |section: &str, keys: Vec<&str>| {
        names.extend(keys.into_iter().map(|key| (format!("{section}.{key}"), key.to_owned())));
    };
    section("roles", keys(&definition.roles));
    section("bodies", keys(&definition.bodies));
    section("stages", keys(&definition.stages));
    section("facts", keys(&definition.facts));
    section("fields", keys(&definition.fields));
    section("clocks", keys(&definition.clocks));
    section("notices", keys(&definition.notices));
    section("states", keys(&definition.states));
    for (name, body) in &definition.bodies {
        section(&format!("bodies.{name}.powers"), keys(&body.powers));
    }
    let action = |written: super::references::WrittenAction<'_>| {
        let path = written.path.strip_suffix(".action").unwrap_or(&written.path).to_owned();
        (path, written.name.to_string())
    };
    names.extend(written_actions(definition).into_iter().map(action));
    names.extend(choices(definition));
    names
}

fn choices(definition: &Definition) -> impl Iterator<Item = (String, String)> {
    let facts = definition.facts.iter().map(|(name, fact)| (format!("facts.{name}"), &fact.choices));
    let fields = definition.fields.iter().map(|(name, field)| (format!("fields.{name}"), &field.choices));
    facts.chain(fields).flat_map(|(path, choices)| {
        let choices = choices.iter().enumerate();
        choices.map(move |(index, choice)| (format!("{path}.choices[{index}]"), choice.clone()))
    })
}

fn keys<N: std::borrow::Borrow<str>, T>(section: &IndexMap<N, T>) -> Vec<&str> {
    section.keys().map(std::borrow::Borrow::borrow).collect()
}

fn reserved(definition: &Definition, findings: &mut Findings) {
    let mut refuse = |path: String, name: &str, means: &str| {
        findings.add(path, format!("`{name}` is reserved: it means {means}"), "Choose another name.");
    };
    for (section, is_there) in
        [("roles", definition.roles.contains_key(SYSTEM)), ("bodies", definition.bodies.contains_key(SYSTEM))]
    {
        if is_there {
            refuse(format!("{section}.{SYSTEM}"), SYSTEM, "the process itself");
        }
    }
    if definition.states.contains_key("stay") {
        refuse("states.stay".to_owned(), "stay", "the state a case is already in");
    }
    if definition.notices.contains_key("nobody") {
        refuse("notices.nobody".to_owned(), "nobody", "that no notice is sent");
    }
}

fn shared_between_facts_and_fields(definition: &Definition, findings: &mut Findings) {
    for name in definition.fields.keys().filter(|name| definition.facts.contains_key(*name)) {
        let what = format!("`{name}` is both a fact and a field");
        findings.add(format!("fields.{name}"), what, "Rename one of them: a field is a fact once it is recorded.");
    }
}

/// What may stand where a name of this sort is used, what such a thing is called, and where it is declared.
fn candidates(definition: &Definition, sort: Sort) -> (Vec<&str>, &'static str, &'static str) {
    let roles = || keys(&definition.roles);
    let owners = || roles().into_iter().chain(keys(&definition.bodies)).collect::<Vec<_>>();
    match sort {
        Sort::Role => (roles(), "role", "roles"),
        Sort::Actor => (roles().into_iter().chain([SYSTEM]).collect(), "role", "roles"),
        Sort::Owner => (owners(), "role or body", "roles"),
        Sort::Anyone => (owners().into_iter().chain([SYSTEM]).collect(), "role or body", "roles"),
        Sort::Body => (keys(&definition.bodies), "body", "bodies"),
        Sort::Stage => (keys(&definition.stages), "stage", "stages"),
        Sort::State => (keys(&definition.states), "state", "states"),
        Sort::Notice => (keys(&definition.notices), "notice", "notices"),
        Sort::Clock => (keys(&definition.clocks), "clock", "clocks"),
        Sort::Fact => {
            let facts = keys(&definition.facts).into_iter().chain(keys(&definition.fields));
            (facts.collect(), "fact or field", "facts")
        }
        Sort::Field => (keys(&definition.fields), "field", "fields"),
        Sort::Set => (keys(&definition.facts), "fact", "facts"),
    }
}

fn known(definition: &Definition, reference: &Reference<'_>, findings: &mut Findings) {
    let Reference { path, sort, name } = reference;
    let (candidates, noun, section) = candidates(definition, *sort);
    if candidates.contains(name) {
        return;
    }
    if *name == SYSTEM && matches!(sort, Sort::Role | Sort::Owner) {
        let mend = "Name a role: the process itself acts, but it is not told and owns nothing.";
        return findings.add(path, format!("`{SYSTEM}` is the process itself"), mend);
    }
    let mut mend = mend(name, &candidates, &format!("Declare it under `{section}`"));
    if matches!(sort, Sort::State | Sort::Set) {
        mend.push_str(" The paths are searched once it is known.");
    }
    findings.add(path, format!("no {noun} is called `{name}`"), mend);
}

/// Declared things nothing refers to. Clocks, bodies and powers have checks of their own.
fn unused(definition: &Definition, references: &[Reference<'_>], findings: &mut Findings) {
    use Sort::{Actor, Anyone, Fact, Field, Notice, Owner, Role, Stage};
    let sections: [(&str, Vec<&str>, &[Sort], &str); 5] = [
        ("roles", keys(&definition.roles), &[Role, Actor, Owner, Anyone], "nobody acts, owns or is told anything as"),
        ("stages", keys(&definition.stages), &[Stage], "no state belongs to the stage"),
        ("facts", keys(&definition.facts), &[Fact], "nothing asks about the fact"),
        ("fields", keys(&definition.fields), &[Field], "no action records the field"),
        ("notices", keys(&definition.notices), &[Notice], "nothing sends the notice"),
    ];
    for (section, declared, sorts, complaint) in sections {
        let uses = references.iter().filter(|used| sorts.contains(&used.sort)).map(|used| used.name);
        let meant: HashSet<_> = uses.map(|name| meant(name, &declared)).collect();
        for name in declared.into_iter().filter(|name| !meant.contains(name)) {
            findings.add(format!("{section}.{name}"), format!("{complaint} `{name}`"), "Use it, or take it out.");
        }
    }
}

/// The declared name that is meant: the name itself, or the one it seems to misspell.
fn meant<'n>(name: &'n str, declared: &[&'n str]) -> &'n str {
    if declared.contains(&name) { name } else { nearest(name, declared).unwrap_or(name) }
}

/// Facts of the process that stay `no` for ever.
fn never_set(definition: &Definition, findings: &mut Findings) {
    let actions = written_actions(definition);
    let declared = keys(&definition.facts);
    let set: HashSet<_> = actions.iter().flat_map(|written| keys(&written.action.sets)).collect();
    let set: HashSet<_> = set.into_iter().map(|name| meant(name, &declared)).collect();
    let of_process = definition.facts.iter().filter(|(_, fact)| fact.from == FactSource::Process);
    for (name, _) in of_process.filter(|(name, _)| !set.contains(name.as_str())) {
        let mend = "Set it in the `sets` of an action, or take it out.";
        findings.add(format!("facts.{name}"), format!("no action sets `{name}`, so it is never yes"), mend);
    }
}
