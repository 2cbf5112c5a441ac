//! How the small parts of an Impact Assessment are read: costs, registers and lists of records.

use std::collections::BTreeSet;

use super::form::{Area, Label, Register};
use super::raw::{RawRegister, RawScalar};
use crate::sip::errors::{Collector, Mend, filled};
use crate::sip::fields::NotAChoice;
use crate::sip::money::{CostRange, MoneyError, Pence};
use crate::sip::text::{Line, Prose};

/// The most records of a list.
const MOST_RECORDS: usize = 200;

/// A cost as a cell of a table states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    Cost(CostRange),
    NotApplicable,
}

/// Reads `£9,358` or `£300,000 to £350,000`.
pub(super) fn cost(text: &str) -> Result<CostRange, MoneyError> {
    let parted = [" to ", "–", "—", "-"].into_iter().find_map(|between| text.split_once(between));
    let ends = parted.filter(|(low, high)| !low.trim().is_empty() && !high.trim().is_empty());
    let (low, high) = ends.unwrap_or((text, text));
    CostRange::new(Pence::parse(low)?, Pence::parse(high)?)
}

/// Reads a cost, or `n/a`.
pub(super) fn cell(text: &str) -> Result<Cell, MoneyError> {
    match text.trim().to_lowercase().as_str() {
        "n/a" | "not applicable" => Ok(Cell::NotApplicable),
        _ => cost(text).map(Cell::Cost),
    }
}

/// Reads the name of an area, such as `security`.
pub(super) fn area(text: &str) -> Result<Area, NotAChoice> {
    let key = text.trim().to_lowercase().replace([' ', '-'], "_");
    let found = Area::ALL.into_iter().find(|area| area.key() == key);
    found.ok_or_else(|| {
        NotAChoice::new(
            text,
            "an area of impact",
            "write services, technical_specifications, security, data, safety, performance, resilience, interfaces, \
             transition or application_support",
        )
    })
}

/// The fields of one record, by the path of the record.
pub(super) struct Fields<'a> {
    path: &'a str,
    faults: &'a mut Collector,
}

impl Fields<'_> {
    pub(super) fn needs<T, E: Mend>(
        &mut self,
        name: &str,
        given: &RawScalar,
        mend: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        self.faults.required(&self.name(name), given.as_deref(), mend, parse)
    }

    pub(super) fn may<T, E: Mend>(
        &mut self,
        name: &str,
        given: &RawScalar,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        self.faults.optional(&self.name(name), given.as_deref(), parse)
    }

    pub(super) fn labels(&mut self, name: &str, given: &[String]) -> BTreeSet<Label> {
        self.faults.list(&self.name(name), given, MOST_RECORDS, Line::parse)
    }

    fn name(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }
}

/// Reads each record of a list.
pub(super) fn records<R, T>(
    path: &str,
    given: &[R],
    faults: &mut Collector,
    read: impl Fn(&R, &mut Fields<'_>) -> Option<T>,
) -> Vec<T> {
    if given.len() > MOST_RECORDS {
        faults.note(path, format!("this has {} items", given.len()), format!("give at most {MOST_RECORDS}"));
    }
    let numbered = given.iter().take(MOST_RECORDS).enumerate();
    numbered.filter_map(|(at, raw)| read(raw, &mut Fields { path: &format!("{path}[{at}]"), faults })).collect()
}

/// Refuses two records under one reference.
pub(super) fn refuse_twins<'a>(path: &str, labels: impl Iterator<Item = &'a Label>, faults: &mut Collector) {
    let mut seen = BTreeSet::new();
    for label in labels {
        if !seen.insert(label) {
            faults.note(path, format!("{label} stands here twice"), "give each its own reference");
        }
    }
}

/// Reads a part of the RAID register; only the words "none at this time" or a list will do.
pub(super) fn register(path: &str, given: &RawRegister, faults: &mut Collector) -> Register {
    match given {
        RawRegister::Blank => Register::Unstated,
        RawRegister::Said(said) if filled(Some(said)).is_none() => Register::Unstated,
        RawRegister::Said(said) if says_none(said) => Register::NoneAtThisTime,
        RawRegister::Said(_) => {
            faults.note(path, "this is neither a list nor none", "write a list, or: none at this time");
            Register::Unstated
        }
        RawRegister::Items(items) => {
            let items = records(path, items, faults, super::parse_parts::raid_item);
            refuse_twins(path, items.iter().map(|item| &item.reference), faults);
            if items.is_empty() { Register::Unstated } else { Register::Items(items) }
        }
    }
}

fn says_none(said: &str) -> bool {
    let said = said.trim().trim_end_matches('.').to_lowercase();
    matches!(said.as_str(), "none" | "none at this time")
}

/// Reads text of a section that may be left out.
pub(super) fn account<const MOST: usize>(path: &str, given: &RawScalar, faults: &mut Collector) -> Option<Prose<MOST>> {
    faults.optional(path, given.as_deref(), Prose::parse)
}

/// Reads a line that may be left out.
pub(super) fn line<const MOST: usize>(path: &str, given: &RawScalar, faults: &mut Collector) -> Option<Line<MOST>> {
    faults.optional(path, given.as_deref(), Line::parse)
}
