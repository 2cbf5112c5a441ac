//! The requirements: functional ones by component, the others by category.

use super::{cell, optional, says, section, text};
use crate::brd::arrange::{Section, sections};
use crate::brd::item::Item;
use crate::brd::lines::Line;
use crate::brd::model::{Brd, Component, NonFunctional, Requirement};
use crate::brd::shape::{
    DOMAIN, ID, MOSCOW, NO_CATEGORY, NO_DOMAIN, NO_HEADING, NO_SUCH_COMPONENT, OF_DOMAIN, OF_FLOW, PROCESS_MAP,
    REQUIREMENT,
};
use crate::document::{Document, Level, Row, Table};

/// Writes the components with their requirements.
pub(super) fn write(brd: &Brd, document: &mut Document) {
    if brd.components.is_empty() && brd.requirements.is_empty() {
        return;
    }
    section(document, "Functional requirements");
    for Section { component, requirements } in sections(brd) {
        match component.and_then(|place| brd.components.get(place)) {
            Some(component) => of_component(component, &requirements, document),
            None => of_none(&requirements, document),
        }
    }
}

/// A component, then the requirements under its name and those under headings of their own.
fn of_component(component: &Component, requirements: &[&Requirement], document: &mut Document) {
    document.numbered_heading(Level::Two, format!("{} {}", component.id, component.name).trim_end());
    let domain = component.domain.map_or_else(|| NO_DOMAIN.to_owned(), |domain| domain.to_string());
    let flow = if component.flow.is_blank() { String::new() } else { format!("{OF_FLOW}{}", component.flow) };
    document.note(format!("{OF_DOMAIN}{domain}{flow}"));
    for block in says(component, &component.text) {
        document.push(block);
    }
    for group in requirements.chunk_by(|a, b| a.heading == b.heading) {
        let heading = group.first().map(|requirement| &requirement.heading).filter(|heading| !heading.is_blank());
        if let Some(heading) = heading {
            document.heading(Level::Three, heading.as_str());
        }
        document.table(table(group));
    }
}

/// Requirements of no component of this document, by the component they name and their heading.
fn of_none(requirements: &[&Requirement], document: &mut Document) {
    for named in requirements.chunk_by(|a, b| a.component == b.component) {
        let component = named.first().and_then(|requirement| requirement.component.as_ref());
        if let Some(id) = component {
            document.numbered_heading(Level::Two, id.to_string()).note(NO_SUCH_COMPONENT);
        }
        for group in named.chunk_by(|a, b| a.heading == b.heading) {
            let heading = group.first().map_or(NO_HEADING, |requirement| or(&requirement.heading, NO_HEADING));
            match component {
                None => document.numbered_heading(Level::Two, heading),
                Some(_) => document.heading(Level::Three, heading),
            };
            document.table(table(group));
        }
    }
}

fn or<'a>(line: &'a Line, otherwise: &'a str) -> &'a str {
    if line.is_blank() { otherwise } else { line.as_str() }
}

fn table(requirements: &[&Requirement]) -> Table {
    let rows = requirements.iter().map(|requirement| {
        Row::of([
            text(requirement.id.to_string()),
            optional(requirement.domain),
            optional(requirement.process_map),
            optional(requirement.moscow),
            cell(*requirement, &requirement.text),
        ])
    });
    let columns = [(ID, 6), (DOMAIN, 4), (PROCESS_MAP, 4), (MOSCOW, 5), (REQUIREMENT, 21)];
    Table::new(columns).with_row_heads().rows(rows)
}

/// Writes the non-functional requirements.
pub(super) fn write_non_functional(brd: &Brd, document: &mut Document) {
    if brd.non_functional.is_empty() {
        return;
    }
    section(document, "Non-functional requirements");
    for category in brd.non_functional.chunk_by(|a, b| a.category == b.category) {
        let name = category.first().map_or(NO_CATEGORY, |first| or(&first.category, NO_CATEGORY));
        document.numbered_heading(Level::Two, name);
        for group in category.chunk_by(|a, b| a.heading == b.heading) {
            let heading = group.first().map_or(NO_HEADING, |first| or(&first.heading, NO_HEADING));
            document.numbered_heading(Level::Three, heading);
            document.table(non_functional(group));
        }
    }
}

fn non_functional(requirements: &[NonFunctional]) -> Table {
    let rows = requirements.iter().map(|requirement| {
        Row::of([
            text(requirement.id().to_string()),
            optional(requirement.process_map),
            optional(requirement.moscow),
            cell(requirement, &requirement.text),
        ])
    });
    Table::new([(ID, 6), (PROCESS_MAP, 4), (MOSCOW, 5), (REQUIREMENT, 25)]).with_row_heads().rows(rows)
}
