//! Which column is which, by the names people give them.

use std::collections::BTreeMap;

use super::faults::Faults;
use crate::document::{SentRow, SentTable};

/// A column that means something, by the name it is usually given.
pub(super) type Column = &'static str;

pub(super) const PARTY: Column = "Party";
pub(super) const PARTY_NAME: Column = "Party name";
pub(super) const ID: Column = "Id";
pub(super) const NAME: Column = "Name";
pub(super) const FIRST: Column = "First name";
pub(super) const LAST: Column = "Last name";
pub(super) const EMAIL: Column = "E-mail";
pub(super) const OFFICES: Column = "Offices";
pub(super) const CONTACT: Column = "Contact";
pub(super) const CATEGORY: Column = "Category";

/// The names of a column in lower case without spaces and signs.
type Names = (Column, &'static [&'static str]);

/// The columns of a list of people.
pub(super) const OF_PEOPLE: &[Names] = &[
    (PARTY, &["party", "partyid", "secparty", "organisation", "organization", "organisationid", "company"]),
    (PARTY_NAME, &["partyname", "organisationname", "organizationname", "companyname"]),
    (ID, &["id", "personid", "person", "userid"]),
    (NAME, &["name", "fullname", "personname", "contactname", "contactperson"]),
    (FIRST, &["firstname", "forename", "givenname"]),
    (LAST, &["lastname", "surname", "familyname"]),
    (EMAIL, &["email", "emailaddress", "mail", "contactemail", "mailaddress"]),
    (OFFICES, &["offices", "office", "role", "roles"]),
    (CONTACT, &["contact", "iscontact", "contactyesno", "nominated", "nominatedcontact", "consultationcontact"]),
];

/// The columns of a list of organisations.
pub(super) const OF_PARTIES: &[Names] = &[
    (ID, &["id", "partyid", "organisationid"]),
    (
        NAME,
        &["name", "party", "partyname", "organisation", "organization", "organisationname", "company", "companyname"],
    ),
    (CATEGORY, &["category", "partycategory", "type", "partytype"]),
];

/// How many rows may stand above the one that names the columns.
const TITLE_ROWS: usize = 10;

/// The rows of a list below the one that names its columns.
pub(super) struct Columned<'t> {
    places: BTreeMap<Column, usize>,
    rows: &'t [SentRow],
    /// What was left aside, in words.
    pub(super) notes: Vec<String>,
}

/// A row of a list.
#[derive(Clone, Copy)]
pub(super) struct Cells<'t> {
    places: &'t BTreeMap<Column, usize>,
    row: &'t SentRow,
}

impl<'t> Columned<'t> {
    /// Finds the row that names the columns: the first with at least two names known.
    pub(super) fn find(table: &'t SentTable, known: &[Names], faults: &mut Faults) -> Option<Self> {
        let heads = table.rows.iter().enumerate().take(TITLE_ROWS);
        let mut named =
            heads.filter(|(_, row)| row.cells.iter().filter(|cell| which(cell, known).is_some()).count() > 1);
        let Some((at, head)) = named.next() else {
            let names: Vec<_> = known.iter().map(|(column, _)| *column).collect();
            let mend = format!("write a first row with the names of the columns: {}", names.join(", "));
            faults.whole("the columns", "no row names them", mend);
            return None;
        };
        let mut found = Self { places: BTreeMap::new(), rows: table.rows.get(at + 1..)?, notes: table.notes.clone() };
        for (place, cell) in head.cells.iter().enumerate() {
            found.take(head.line, (place, cell), known, faults);
        }
        Some(found)
    }

    fn take(&mut self, line: usize, (place, cell): (usize, &str), known: &[Names], faults: &mut Faults) {
        let Some(column) = which(cell, known) else {
            if !cell.is_empty() {
                self.notes.push(format!("the column {cell:?} was not read"));
            }
            return;
        };
        if self.places.insert(column, place).is_some() {
            faults.at(line, column, "two columns have this meaning", "keep one of them, or rename the other");
        }
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.places.contains_key(column)
    }

    /// Gives the place of one column to another, as where a column headed Contact holds names.
    pub(super) fn rename(&mut self, from: Column, to: Column) {
        if let Some(place) = self.places.remove(from) {
            self.places.insert(to, place);
        }
    }

    /// Says of each column that has to be there, and is not, that it is missing.
    pub(super) fn need(&self, columns: &[Column], faults: &mut Faults) {
        for column in columns.iter().filter(|column| !self.has(column)) {
            faults.whole(column, "there is no such column", format!("add a column headed {column}"));
        }
    }

    /// The rows that hold something in a column that is read.
    pub(super) fn rows(&self) -> impl Iterator<Item = Cells<'_>> {
        let cells = self.rows.iter().map(|row| Cells { places: &self.places, row });
        cells.filter(|cells| self.places.keys().any(|column| !cells.get(column).is_empty()))
    }
}

impl<'t> Cells<'t> {
    /// What stands in a column; nothing where there is no such column.
    pub(super) fn get(self, column: Column) -> &'t str {
        self.places.get(column).and_then(|place| self.row.cells.get(*place)).map_or("", String::as_str)
    }

    /// The line it begins on.
    pub(super) fn line(self) -> usize {
        self.row.line
    }
}

fn which(cell: &str, known: &[Names]) -> Option<Column> {
    let plain: String = cell.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    known.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(column, _)| *column)
}
