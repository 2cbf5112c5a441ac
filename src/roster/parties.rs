//! A list of organisations, read and compared with what is known.

use std::collections::BTreeSet;

use serde::Serialize;

use super::columns::{CATEGORY, Cells, Columned, ID, NAME, OF_PARTIES};
use super::faults::Faults;
use super::known::{Known, KnownParty, Office};
use super::likeness::plain;
use super::people::{read_id, read_name};
use super::plan::{Absent, Difference};
use crate::document::SentTable;
use crate::sip::{Mend, PartyCategory};

/// What a list writes for the category of an organisation that is not a Party.
pub(super) const NOT_A_PARTY: &str = "not a Party";

/// An organisation as a list names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyRow {
    /// The line or row, counted from 1.
    pub line: usize,
    /// Its id, where it is given.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its category.
    pub category: Stated,
}

/// What a list says of the category of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// Nothing.
    Nothing,
    /// That it is not a Party.
    NotAParty,
    /// Its Party category.
    Category(PartyCategory),
}

impl Stated {
    /// The category it means; `before` where it says nothing.
    fn or(self, before: Option<PartyCategory>) -> Option<PartyCategory> {
        match self {
            Self::Nothing => before,
            Self::NotAParty => None,
            Self::Category(category) => Some(category),
        }
    }
}

/// An organisation that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartyChange {
    /// The organisation as it will be.
    pub party: KnownParty,
    /// What changes.
    pub differences: Vec<Difference>,
}

/// What taking a list of organisations over comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PartiesPlan {
    /// Organisations that are new.
    pub added: Vec<KnownParty>,
    /// Organisations about which something changes.
    pub changed: Vec<PartyChange>,
    /// Organisations that go.
    pub removed: Vec<KnownParty>,
    /// Organisations that the list leaves out, and that stay.
    pub kept: Vec<KnownParty>,
    /// How many are as the list has them.
    pub unchanged: usize,
    /// What was left aside, in words.
    pub notes: Vec<String>,
}

/// Reads a list of organisations, and what was left aside of it, in words.
///
/// # Errors
///
/// Every cell that cannot be read, and every column that is missing.
pub fn read_parties(table: &SentTable) -> Result<(Vec<PartyRow>, Vec<String>), Faults> {
    let mut faults = Faults::default();
    let Some(columns) = Columned::find(table, OF_PARTIES, &mut faults) else {
        return faults.or((Vec::new(), Vec::new()));
    };
    columns.need(&[NAME], &mut faults);
    let rows = columns.rows().map(|cells| row(cells, &mut faults)).collect();
    let notes = columns.notes;
    faults.or((rows, notes))
}

fn row(cells: Cells<'_>, faults: &mut Faults) -> PartyRow {
    let line = cells.line();
    let id = Some(cells.get(ID)).filter(|id| !id.is_empty());
    PartyRow {
        line,
        id: id.map(|id| read_id(line, id, faults)),
        name: read_name(line, cells.get(NAME), faults),
        category: category(cells, faults),
    }
}

fn category(cells: Cells<'_>, faults: &mut Faults) -> Stated {
    let cell = cells.get(CATEGORY);
    match plain(cell).as_str() {
        "" => return Stated::Nothing,
        "not a party" | "none" | "secas" => return Stated::NotAParty,
        _ => {}
    }
    match PartyCategory::parse(cell) {
        Ok(category) => Stated::Category(category),
        Err(error) => {
            faults.at(cells.line(), CATEGORY, error.to_string(), format!("{}, or {NOT_A_PARTY}", error.mend()));
            Stated::Nothing
        }
    }
}

/// Compares a list with what is known. An organisation is known by its id, else by its name.
///
/// # Errors
///
/// Every row that cannot be taken over, such as one that removes an organisation for which people act.
pub fn plan_parties(rows: &[PartyRow], known: &Known, absent: Absent) -> Result<PartiesPlan, Faults> {
    let mut planner = Planner { known, seen: BTreeSet::new(), faults: Faults::default(), plan: PartiesPlan::default() };
    for row in rows {
        planner.row(row);
    }
    planner.check_names();
    planner.leave_out(absent);
    planner.faults.or(planner.plan)
}

struct Planner<'k> {
    known: &'k Known,
    seen: BTreeSet<String>,
    faults: Faults,
    plan: PartiesPlan,
}

impl Planner<'_> {
    fn row(&mut self, row: &PartyRow) {
        let named = |party: &&KnownParty| plain(&party.name) == plain(&row.name);
        let found = match &row.id {
            Some(id) => self.known.party(id),
            None => self.known.parties.iter().find(named),
        };
        let id = found.map(|party| party.id.clone()).or_else(|| row.id.clone()).unwrap_or_else(|| made_id(&row.name));
        if id.is_empty() {
            self.faults.at(row.line, ID, "no id can be made of this name", "write one, such as `northwind`");
        } else if !self.seen.insert(id.clone()) {
            self.faults.at(row.line, ID, format!("{id:?} stands in the list twice"), "keep one, or write other ids");
        }
        match found {
            Some(before) => self.change(row, before),
            None => self.add(row, id),
        }
    }

    fn add(&mut self, row: &PartyRow, id: String) {
        if row.category == Stated::Nothing {
            let mend = format!("write its Party category, or {NOT_A_PARTY}");
            self.faults.at(row.line, CATEGORY, "it is empty, and the organisation is new", mend);
        }
        let category = row.category.or(None);
        self.plan.added.push(KnownParty { id, name: row.name.clone(), category });
    }

    fn change(&mut self, row: &PartyRow, before: &KnownParty) {
        // A name that differs only in how it is written does not rename an organisation found by it.
        let name = if row.id.is_some() { row.name.clone() } else { before.name.clone() };
        let after = KnownParty { id: before.id.clone(), name, category: row.category.or(before.category) };
        let usual = |party: &KnownParty| Office::usual(party.category);
        if usual(&after) != usual(before) && self.known.people.iter().any(|person| person.party == before.id) {
            let what = format!("people of {} hold offices that would no longer suit it", before.name);
            self.faults.at(row.line, CATEGORY, what, "remove its people first, or keep the category");
        }
        let pairs = [
            (NAME, before.name.clone(), after.name.clone()),
            (CATEGORY, category_words(before.category), category_words(after.category)),
        ];
        let differ = pairs.into_iter().filter(|(_, before, after)| before != after);
        let differences: Vec<_> = differ.map(|(field, before, after)| Difference { field, before, after }).collect();
        if differences.is_empty() {
            self.plan.unchanged += 1;
        } else {
            self.plan.changed.push(PartyChange { party: after, differences });
        }
    }

    /// No two organisations have the same name afterwards.
    fn check_names(&mut self) {
        let changed: BTreeSet<_> = self.plan.changed.iter().map(|change| change.party.id.as_str()).collect();
        let stay = self.known.parties.iter().filter(|party| !changed.contains(party.id.as_str()));
        let now = stay.chain(&self.plan.added).chain(self.plan.changed.iter().map(|change| &change.party));
        let mut names = BTreeSet::new();
        let doubled: Vec<_> =
            now.filter(|party| !names.insert(party.name.clone())).map(|party| party.name.clone()).collect();
        for name in doubled {
            self.faults.whole(NAME, format!("two organisations would be called {name:?}"), "tell them apart by name");
        }
    }

    fn leave_out(&mut self, absent: Absent) {
        let out = self.known.parties.iter().filter(|party| !self.seen.contains(&party.id)).cloned().collect();
        match absent {
            Absent::Keep => self.plan.kept = out,
            Absent::Remove => self.plan.removed = out,
        }
        for party in &self.plan.removed {
            if self.known.people.iter().any(|person| person.party == party.id) {
                let what = format!("people act for {}, which it leaves out", party.name);
                self.faults.whole("the list", what, "remove its people first, or add it to the list");
            }
        }
    }
}

/// An id made of a name: its letters and digits in lower case, with hyphens between words.
fn made_id(name: &str) -> String {
    let plain: String = plain(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<_> = plain.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-").chars().take(64).collect::<String>().trim_end_matches('-').to_owned()
}

pub(super) fn category_words(category: Option<PartyCategory>) -> String {
    category.map_or_else(|| NOT_A_PARTY.to_owned(), |category| category.to_string())
}
