//! What the SSI is for: drivers, domains, epics with their process maps.

use super::{cell, optional, section, text};
use crate::brd::model::Brd;
use crate::brd::shape::{CAPABILITY, DOMAIN, DRIVER, ENABLES, EPIC, ID, NAME, STORY};
use crate::document::{Document, Row, Table};

pub(super) fn write(brd: &Brd, document: &mut Document) {
    if !brd.drivers.is_empty() {
        section(document, "Business drivers");
        let rows = brd.drivers.iter().map(|driver| Row::of([text(driver.id.to_string()), cell(driver, &driver.text)]));
        document.table(Table::new([(ID, 1), (DRIVER, 9)]).with_row_heads().rows(rows));
    }
    if !brd.domains.is_empty() {
        section(document, "Business Functional Domains");
        document.table(domains(brd));
    }
    if !brd.process_maps.is_empty() {
        section(document, "Epics and process maps");
        document.table(process_maps(brd));
    }
}

fn domains(brd: &Brd) -> Table {
    let rows = brd.domains.iter().map(|domain| {
        let capability = text(domain.business_capability.as_str());
        Row::of([text(domain.id.to_string()), text(domain.name.as_str()), capability, cell(domain, &domain.text)])
    });
    Table::new([(ID, 2), (NAME, 4), (CAPABILITY, 4), (ENABLES, 10)]).with_row_heads().rows(rows)
}

fn process_maps(brd: &Brd) -> Table {
    let rows = brd.process_maps.iter().map(|map| {
        Row::of([text(map.id.to_string()), text(map.epic.as_str()), optional(map.domain), cell(map, &map.text)])
    });
    Table::new([(ID, 2), (EPIC, 4), (DOMAIN, 2), (STORY, 12)]).with_row_heads().rows(rows)
}
