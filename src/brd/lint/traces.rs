//! Whether items trace to what exists, is in use and belongs together (R60).

use std::collections::BTreeSet;
use std::fmt::Display;

use super::finding::{Findings, Rule};
use crate::brd::ids::{DomainId, ProcessMapId};
use crate::brd::item::{Item, ItemId};
use crate::brd::model::{Brd, Component, Moscow, ProcessMap, ProcessMapTrace, Requirement};

pub(super) fn check(brd: &Brd, found: &mut Findings) {
    for map in brd.process_maps.iter().filter(|map| map.is_active()) {
        domain(brd, &ItemId::ProcessMap(map.id), map.domain, found);
    }
    for component in brd.components.iter().filter(|component| component.is_active()) {
        domain(brd, &ItemId::Component(component.id.clone()), component.domain, found);
    }
    for requirement in brd.requirements.iter().filter(|requirement| requirement.is_active()) {
        functional(brd, requirement, found);
    }
    for requirement in brd.non_functional.iter().filter(|requirement| requirement.is_active()) {
        let item = ItemId::Requirement(requirement.id);
        process_map(brd, &item, requirement.process_map, found);
        moscow(&item, requirement.moscow, found);
    }
    one_moscow(brd, found);
    successors(brd, found);
    unused(brd, found);
}

fn functional(brd: &Brd, requirement: &Requirement, found: &mut Findings) {
    let item = ItemId::Requirement(requirement.id);
    domain(brd, &item, requirement.domain, found);
    process_map(brd, &item, requirement.process_map, found);
    component(brd, &item, requirement, found);
    moscow(&item, requirement.moscow, found);
    match_domains(brd, &item, requirement, found);
}

fn missing(item: &ItemId, field: &str, found: &mut Findings) {
    let name = field.replace('_', " ");
    found.item(item.clone(), Rule::MissingTrace, format!("it traces to no {name}"), format!("Write `{field}`."));
}

/// A trace to `to`, which is nothing that exists, or something with or without a successor.
fn target<T: Item>(item: &ItemId, to: &dyn Display, target: Option<&T>, found: &mut Findings) {
    match target.map(Item::retirement) {
        None => {
            let what = format!("it traces to {to}, which does not exist");
            found.item(item.clone(), Rule::DanglingTrace, what, "Write the id of an item of this document.");
        }
        Some(Some(retirement)) => {
            let mend = retirement.into.as_ref().map_or_else(
                || "Trace it to an item in use, or retire it too.".to_owned(),
                |successor| format!("Trace it to {successor}, which takes its place."),
            );
            found.item(item.clone(), Rule::RetiredTrace, format!("it traces to {to}, which is no longer in use"), mend);
        }
        Some(None) => {}
    }
}

/// A trace to a domain; a misprint is told apart from a domain that does not exist.
pub(super) fn domain(brd: &Brd, item: &ItemId, to: Option<DomainId>, found: &mut Findings) {
    let Some(to) = to else {
        return missing(item, "domain", found);
    };
    if let Some((what, mend)) = misprint(brd, to) {
        return found.item(item.clone(), Rule::MisspeltId, what, mend);
    }
    target(item, &to, brd.domain(&to), found);
}

/// What is wrong with the letters of a domain, and how to mend it.
pub(super) fn misprint(brd: &Brd, id: DomainId) -> Option<(String, String)> {
    let meant = id.meant().filter(|meant| brd.domain(&id).is_none() && brd.domain(meant).is_some())?;
    Some((format!("its domain is printed as {id}"), format!("Write {meant}.")))
}

fn process_map(brd: &Brd, item: &ItemId, to: Option<ProcessMapTrace>, found: &mut Findings) {
    match to {
        None => missing(item, "process_map", found),
        Some(ProcessMapTrace::All) => {}
        Some(ProcessMapTrace::One(id)) => target(item, &id, brd.process_map(&id), found),
    }
}

fn component(brd: &Brd, item: &ItemId, requirement: &Requirement, found: &mut Findings) {
    match &requirement.component {
        None => missing(item, "component", found),
        Some(id) => target(item, id, brd.component(id), found),
    }
}

fn moscow(item: &ItemId, moscow: Option<Moscow>, found: &mut Findings) {
    if moscow.is_none() {
        let mend = "Write `moscow`: Must, Should, Could or Won't.";
        found.item(item.clone(), Rule::MissingMoscow, "it does not say how much it is needed", mend);
    }
}

/// The domain of a requirement against those of its process map and its component.
fn match_domains(brd: &Brd, item: &ItemId, requirement: &Requirement, found: &mut Findings) {
    let Some(own) = requirement.domain else {
        return;
    };
    if requirement.process_map == Some(ProcessMapTrace::All) {
        let what = format!("it belongs to every process map and yet to {own} alone");
        let mend = "Make it a non-functional requirement, or trace it to the process maps of its domain.";
        found.item(item.clone(), Rule::DomainMismatch, what, mend);
    }
    let map = requirement.process_map.and_then(ProcessMapTrace::one).and_then(|id| brd.process_map(&id));
    let component = requirement.component.as_ref().and_then(|id| brd.component(id));
    let map = map.and_then(|ProcessMap { id, domain, .. }| Some((id.to_string(), (*domain)?)));
    let component = component.and_then(|Component { id, domain, .. }| Some((id.to_string(), (*domain)?)));
    for (id, domain) in [map, component].into_iter().flatten() {
        let meant = domain.meant().unwrap_or(domain);
        if meant != own.meant().unwrap_or(own) {
            let what = format!("it belongs to {own}, but {id} to {meant}");
            let mend = "Change one of them, so that both belong to one domain.";
            found.item(item.clone(), Rule::DomainMismatch, what, mend);
        }
    }
}

/// A `MoSCoW` that is the same for every requirement cannot put them in order.
fn one_moscow(brd: &Brd, found: &mut Findings) {
    let functional = brd.requirements.iter().map(|requirement| requirement.moscow);
    let given = functional.chain(brd.non_functional.iter().map(|requirement| requirement.moscow)).flatten();
    let (words, count) = given.fold((BTreeSet::new(), 0), |(mut words, count), word| {
        words.insert(word);
        (words, count + 1)
    });
    if let (Some(word), 1, 10..) = (words.first(), words.len(), count) {
        let what = format!("each of the {count} requirements with a MoSCoW is a {word}");
        found.place("the document", Rule::OneMoscow, what, "Prioritise by something else, or tell them apart.");
    }
}

/// Where items that are no longer in use lead.
fn successors(brd: &Brd, found: &mut Findings) {
    leads(&brd.drivers, ItemId::Driver, |id| brd.driver(id), found);
    leads(&brd.domains, ItemId::Domain, |id| brd.domain(id), found);
    leads(&brd.process_maps, ItemId::ProcessMap, |id| brd.process_map(id), found);
    leads(&brd.components, ItemId::Component, |id| brd.component(id), found);
    leads(&brd.requirements, ItemId::Requirement, |id| brd.functional_requirement(id), found);
    leads(&brd.non_functional, ItemId::Requirement, |id| brd.non_functional_requirement(id), found);
}

fn leads<'a, T: Item + 'a>(
    items: &'a [T],
    name: impl Fn(T::Id) -> ItemId,
    find: impl Fn(&T::Id) -> Option<&'a T>,
    found: &mut Findings,
) {
    for item in items {
        let Some(successor) = item.retirement().and_then(|retirement| retirement.into.as_ref()) else {
            continue;
        };
        let (what, rule) = match find(successor) {
            None => (format!("{successor}, which is to take its place, does not exist"), Rule::DanglingTrace),
            Some(other) if !other.is_active() => {
                (format!("{successor}, which is to take its place, is itself no longer in use"), Rule::RetiredTrace)
            }
            Some(_) => continue,
        };
        found.item(name(item.id().clone()), rule, what, "Name an item in use, or none.");
    }
}

/// Domains, process maps and components that nothing traces to.
fn unused(brd: &Brd, found: &mut Findings) {
    let active = || brd.requirements.iter().filter(|requirement| requirement.is_active());
    let domains: BTreeSet<DomainId> = active().filter_map(|requirement| requirement.domain).collect();
    let ours = active().filter_map(|requirement| requirement.process_map);
    let all = ours.chain(brd.non_functional.iter().filter_map(|requirement| requirement.process_map));
    let maps: BTreeSet<ProcessMapId> = all.filter_map(ProcessMapTrace::one).collect();
    let components: BTreeSet<_> = active().filter_map(|requirement| requirement.component.as_ref()).collect();
    let idle = |id: ItemId, found: &mut Findings| {
        let mend = "Retire it, or trace a requirement to it.";
        found.item(id, Rule::NothingTraces, "no requirement traces to it", mend);
    };
    for domain in brd.domains.iter().filter(|domain| domain.is_active() && !domains.contains(&domain.id)) {
        idle(ItemId::Domain(domain.id), found);
    }
    for map in brd.process_maps.iter().filter(|map| map.is_active() && !maps.contains(&map.id)) {
        idle(ItemId::ProcessMap(map.id), found);
    }
    for component in brd.components.iter().filter(|item| item.is_active() && !components.contains(&item.id)) {
        idle(ItemId::Component(component.id.clone()), found);
    }
}
