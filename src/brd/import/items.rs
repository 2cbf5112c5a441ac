//! Items: one for each row with an id, or for each heading with one.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::columns::Column;
use super::fields::{component_ids, moscow, says};
use super::join::join;
use super::table::Record;
use super::walk::Walk;
use crate::brd::ids::{ComponentId, RequirementId, RequirementKind};
use crate::brd::item::ItemId;
use crate::brd::lines::{BrdText, Line};
use crate::brd::model::{Brd, Component, Domain, Driver, NonFunctional, ProcessMap, Requirement, Retirement};
use crate::brd::shape::{NO_CATEGORY, NO_HEADING};

/// Reads a row of a table with a column of ids.
pub(super) fn row(walk: &mut Walk, record: &Record<'_>) {
    let Some(slot) = record.slot(&Column::Id) else {
        return;
    };
    let words = slot.plain();
    if words.is_empty() || slot.from_above {
        return go_on(walk, record);
    }
    let Ok(id) = ItemId::parse(&words) else {
        return walk.not_understood(&format!("“{words}” is not an id"), "Write it like SSI-FR-6a or BFD01.");
    };
    if complement(walk, &id, record) {
        return;
    }
    if walk.brd.has(&id) && walk.last.as_ref() != Some(&id) {
        let what = format!("{id} is already there, so what stands here was left out");
        return walk.not_understood(&what, "Give one of the two an id of its own, or make them one.");
    }
    if walk.last.as_ref() == Some(&id) {
        return go_on(walk, record);
    }
    walk.last = Some(id.clone());
    match id {
        ItemId::Driver(id) => {
            let (text, retired) = says(record.blocks(&Column::Text));
            walk.brd.drivers.push(Driver { id, text, retired });
        }
        ItemId::Domain(id) => {
            let (text, retired) = says(record.blocks(&Column::Text));
            let (name, business_capability) = (line(record, &Column::Name), line(record, &Column::Capability));
            walk.brd.domains.push(Domain { id, name, business_capability, text, retired });
        }
        ItemId::ProcessMap(id) => {
            let (text, retired) = says(record.blocks(&Column::Text));
            let domain = trace(walk, record, &Column::Domain);
            walk.brd.process_maps.push(ProcessMap { id, epic: line(record, &Column::Name), domain, text, retired });
        }
        ItemId::Component(id) => component(walk, id, record),
        ItemId::Requirement(id) => {
            add(walk, id);
            fill(walk, id, record);
        }
    }
}

/// A domain that is already there takes its business capability from a table that gives no text.
fn complement(walk: &mut Walk, id: &ItemId, record: &Record<'_>) -> bool {
    let ItemId::Domain(id) = id else {
        return false;
    };
    let domain = walk.brd.domains.iter_mut().find(|domain| domain.id == *id && domain.business_capability.is_blank());
    match domain.filter(|_| record.slot(&Column::Text).is_none()) {
        Some(domain) => {
            domain.business_capability = line(record, &Column::Capability);
            true
        }
        None => false,
    }
}

fn component(walk: &mut Walk, id: ComponentId, record: &Record<'_>) {
    let (text, retired) = says(record.blocks(&Column::Text));
    let domain = trace(walk, record, &Column::Domain);
    let (name, flow) = (line(record, &Column::Name), Line::default());
    walk.brd.components.push(Component { id, name, flow, domain, text, retired });
}

fn line(record: &Record<'_>, column: &Column) -> Line {
    Line::new(record.plain(column))
}

/// A row that goes on from the row above, as where a page ends.
fn go_on(walk: &mut Walk, record: &Record<'_>) {
    let more = record.blocks(&Column::Text);
    let Some(id) = walk.last.clone() else {
        return walk.not_understood("this row has no id", "Write the id of its item.");
    };
    if let Some(text) = text_of(&mut walk.brd, &id).filter(|_| !more.is_empty()) {
        *text = join(text, more);
    }
}

/// Begins the requirement that a heading names; nothing if it is already there.
pub(super) fn begin(walk: &mut Walk, id: RequirementId) -> Option<ItemId> {
    let item = ItemId::Requirement(id);
    if walk.brd.has(&item) {
        let what = format!("{id} is already there, so what stands here was left out");
        walk.not_understood(&what, "Give one of the two an id of its own, or make them one.");
        return None;
    }
    add(walk, id);
    Some(item)
}

/// Adds a requirement with what the headings above say of it.
fn add(walk: &mut Walk, id: RequirementId) {
    let (text, retired) = (BrdText::default(), None);
    let (process_map, moscow) = (None, None);
    if id.kind() == RequirementKind::NonFunctional {
        let heading = heading_above(walk, 1, id);
        let category = walk.place.parent().filter(|category| *category != NO_CATEGORY);
        let category = Line::new(category.unwrap_or_default());
        walk.brd.non_functional.push(NonFunctional { id, category, heading, process_map, moscow, text, retired });
        return;
    }
    let component = walk.component.clone();
    let heading = heading_above(walk, component.as_ref().map_or(1, |(_, depth)| *depth), id);
    let component = component.map(|(id, _)| id);
    let requirement = Requirement { id, heading, domain: None, process_map, component, moscow, text, retired };
    walk.brd.requirements.push(requirement);
}

/// The heading below a depth, without the id of the requirement where it names it.
fn heading_above(walk: &Walk, depth: u8, id: RequirementId) -> Line {
    match &walk.row_heading {
        Some(heading) if walk.component.is_none() => return heading.clone(),
        _ => {}
    }
    let heading = walk.place.heading_below(depth).filter(|heading| *heading != NO_HEADING).unwrap_or_default();
    match super::fields::requirement_in(heading) {
        Some((named, rest)) if named == id => rest,
        _ => Line::new(heading),
    }
}

/// Fills in the requirement whose heading is open from a table of names and values.
pub(super) fn of_open(walk: &mut Walk, record: &Record<'_>) {
    if let Some(ItemId::Requirement(id)) = walk.open {
        fill(walk, id, record);
    }
}

/// Fills in a requirement from the columns of its row.
fn fill(walk: &mut Walk, id: RequirementId, record: &Record<'_>) {
    let domain = trace(walk, record, &Column::Domain);
    let process_map = trace(walk, record, &Column::ProcessMap);
    let component = own_component(walk, record);
    let needed = record.plain(&Column::Moscow);
    let moscow = moscow(&needed);
    if moscow.is_none() && !needed.is_empty() {
        let what = format!("“{needed}” does not say how much {id} is needed");
        walk.not_understood(&what, "Write Must, Should, Could or Won't.");
    }
    let (text, retired) = says(record.blocks(&Column::Text));
    let (category, heading) = (line(record, &Column::Category), line(record, &Column::Heading));
    if let Some(requirement) = walk.brd.requirements.iter_mut().rfind(|requirement| requirement.id == id) {
        requirement.domain = domain;
        requirement.process_map = process_map;
        requirement.component = component.or(requirement.component.take());
        requirement.moscow = moscow;
        take(&mut requirement.heading, heading);
        (requirement.text, requirement.retired) = (text, retired);
    } else if let Some(requirement) = walk.brd.non_functional.iter_mut().rfind(|requirement| requirement.id == id) {
        requirement.process_map = process_map;
        requirement.moscow = moscow;
        take(&mut requirement.category, category);
        take(&mut requirement.heading, heading);
        (requirement.text, requirement.retired) = (text, retired);
    }
}

/// Takes a line that says something.
fn take(line: &mut Line, new: Line) {
    if !new.is_blank() {
        *line = new;
    }
}

/// The component that a row names itself.
fn own_component(walk: &mut Walk, record: &Record<'_>) -> Option<ComponentId> {
    let words = record.plain(&Column::Component);
    let (mut ids, rest) = component_ids(&words);
    if ids.len() > 1 || !rest.is_empty() {
        walk.not_understood(&format!("“{words}” is not the id of one component"), "Write it like UC_Login_001.");
    }
    if ids.is_empty() { None } else { Some(ids.remove(0)) }
}

/// The trace in a column, with a finding where it cannot be read.
fn trace<Id: FromStr>(walk: &mut Walk, record: &Record<'_>, column: &Column) -> Option<Id> {
    let words = record.plain(column);
    // A name may stand behind the id.
    let id = Id::from_str(&words).ok().or_else(|| Id::from_str(words.split(' ').next()?).ok());
    if id.is_none() && !words.is_empty() {
        walk.not_understood(&format!("“{words}” is not an id that can stand here"), "Write the id it traces to.");
    }
    id
}

/// A component named by a row of one cell above its requirements. It is called what the row of a heading above says.
pub(super) fn title_component(walk: &mut Walk, id: ComponentId, flow: Line, text: BrdText) {
    let depth = walk.place.depth();
    if walk.brd.component(&id).is_none() {
        let above = walk.place.heading_below(1).map(Line::new);
        let name = walk.row_heading.clone().or(above).unwrap_or_default();
        let (domain, retired) = (None, None);
        walk.brd.components.push(Component { id: id.clone(), name, flow, domain, text, retired });
        walk.without_domain.push(id.clone());
    }
    walk.component = Some((id, depth));
    walk.last = None;
}

/// Components that were named without a domain belong to that of their requirements, if these agree.
pub(super) fn learn_domains(walk: &mut Walk) {
    for id in std::mem::take(&mut walk.without_domain) {
        let own = walk.brd.requirements.iter().filter(|requirement| requirement.component.as_ref() == Some(&id));
        let domains: BTreeSet<_> = own.map(|requirement| requirement.domain).collect();
        let domain = domains.first().copied().flatten().filter(|_| domains.len() == 1);
        if let Some(component) = walk.brd.components.iter_mut().find(|component| component.id == id) {
            component.domain = domain;
        }
    }
}

/// The text of an item.
pub(super) fn text_of<'a>(brd: &'a mut Brd, id: &ItemId) -> Option<&'a mut BrdText> {
    match id {
        ItemId::Driver(id) => brd.drivers.iter_mut().find(|item| item.id == *id).map(|item| &mut item.text),
        ItemId::Domain(id) => brd.domains.iter_mut().find(|item| item.id == *id).map(|item| &mut item.text),
        ItemId::ProcessMap(id) => brd.process_maps.iter_mut().find(|item| item.id == *id).map(|item| &mut item.text),
        ItemId::Component(id) => brd.components.iter_mut().find(|item| item.id == *id).map(|item| &mut item.text),
        ItemId::Requirement(id) => {
            let functional = brd.requirements.iter_mut().find(|item| item.id == *id).map(|item| &mut item.text);
            let others = brd.non_functional.iter_mut().find(|item| item.id == *id).map(|item| &mut item.text);
            functional.or(others)
        }
    }
}

/// Marks the requirement whose heading is open as no longer in use; false if the block says something else.
pub(super) fn retire(brd: &mut Brd, id: &ItemId, retired: Option<Retirement<RequirementId>>) -> bool {
    let ItemId::Requirement(id) = id else {
        return false;
    };
    if let Some(requirement) = brd.requirements.iter_mut().find(|item| item.id == *id && item.text.is_blank()) {
        requirement.retired = retired;
        return true;
    }
    if let Some(requirement) = brd.non_functional.iter_mut().find(|item| item.id == *id && item.text.is_blank()) {
        requirement.retired = retired;
        return true;
    }
    false
}
