//! A list of people, read row by row.

use super::columns::{
    CONTACT, Cells, Column, Columned, EMAIL, FIRST, ID, LAST, NAME, OF_PEOPLE, OFFICES, PARTY, PARTY_NAME,
};
use super::faults::Faults;
use super::known::{Contact, Office};
use crate::document::SentTable;
use crate::sip::{EmailAddress, Mend};

/// The longest id of an organisation or a person, in characters.
const LONGEST_ID: usize = 64;
/// The longest name, in characters.
const LONGEST_NAME: usize = 2_000;

/// A person as a list names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The line or row, counted from 1.
    pub line: usize,
    /// Their organisation by id or name; none where the list leaves it out.
    pub party: Option<String>,
    /// Its name, where there is a column for it besides.
    pub party_name: Option<String>,
    /// Their id, where it is given.
    pub id: Option<String>,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their offices; none where nothing is said.
    pub offices: Option<Vec<Office>>,
    /// Whether consultations reach the organisation through them.
    pub contact: Contact,
}

/// A list of people as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonRows {
    /// The people.
    pub rows: Vec<PersonRow>,
    /// What was left aside, in words.
    pub notes: Vec<String>,
}

/// Reads a list of people: who they are, for whom they act, and whether they are contacts.
///
/// # Errors
///
/// Every cell that cannot be read, and every column that is missing.
pub fn read_people(table: &SentTable) -> Result<PersonRows, Faults> {
    let mut faults = Faults::default();
    let Some(mut columns) = Columned::find(table, OF_PEOPLE, &mut faults) else {
        return faults.or(PersonRows::default());
    };
    let in_two = columns.has(FIRST) && columns.has(LAST);
    if !columns.has(NAME) && !in_two && columns.has(CONTACT) {
        columns.rename(CONTACT, NAME);
    }
    columns.need(if in_two { &[EMAIL] } else { &[NAME, EMAIL] }, &mut faults);
    let rows = columns.rows().map(|cells| row(cells, &mut faults)).collect();
    let notes = columns.notes;
    faults.or(PersonRows { rows, notes })
}

fn row(cells: Cells<'_>, faults: &mut Faults) -> PersonRow {
    let in_two = format!("{} {}", cells.get(FIRST), cells.get(LAST));
    let name = if cells.get(NAME).is_empty() { in_two.as_str() } else { cells.get(NAME) };
    PersonRow {
        line: cells.line(),
        party: given(cells, PARTY),
        party_name: given(cells, PARTY_NAME),
        id: given(cells, ID).map(|id| read_id(cells.line(), &id, faults)),
        name: read_name(cells.line(), name, faults),
        email: email(cells, faults),
        offices: offices(cells, faults),
        contact: contact(cells, faults),
    }
}

fn given(cells: Cells<'_>, column: Column) -> Option<String> {
    Some(cells.get(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
}

/// An id as it may stand in the record.
pub(super) fn read_id(line: usize, given: &str, faults: &mut Faults) -> String {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if given.len() > LONGEST_ID || !given.chars().all(allowed) {
        let mend = format!("use 1 to {LONGEST_ID} small letters, digits and hyphens, as in `northwind-2`");
        faults.at(line, ID, format!("{given:?} is no id"), mend);
    }
    given.to_owned()
}

/// A name on one line.
pub(super) fn read_name(line: usize, given: &str, faults: &mut Faults) -> String {
    let name = given.replace(['\n', '\t'], " ").trim().to_owned();
    if name.is_empty() {
        faults.at(line, NAME, "it is empty", "write the name");
    } else if name.chars().count() > LONGEST_NAME {
        faults.at(line, NAME, format!("it is longer than {LONGEST_NAME} characters"), "shorten it");
    } else if name.chars().any(char::is_control) {
        faults.at(line, NAME, "it has a control character", "take it out");
    }
    name
}

fn email(cells: Cells<'_>, faults: &mut Faults) -> String {
    match EmailAddress::parse(cells.get(EMAIL)) {
        Ok(email) => email.to_string(),
        Err(_) if cells.get(EMAIL).is_empty() => {
            faults.at(cells.line(), EMAIL, "it is empty", "write the address, such as name@example.org");
            String::new()
        }
        Err(error) => {
            faults.at(cells.line(), EMAIL, error.to_string(), error.mend());
            String::new()
        }
    }
}

fn offices(cells: Cells<'_>, faults: &mut Faults) -> Option<Vec<Office>> {
    let mut held = Vec::new();
    let cell = given(cells, OFFICES)?;
    for word in cell.split([',', ';', '/', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
        match Office::read(word) {
            Some(office) if held.contains(&office) => {}
            Some(office) => held.push(office),
            None => faults.at(
                cells.line(),
                OFFICES,
                format!("there is no office {word:?}"),
                "write party, dcc or secas; who sits on a body is in its terms of reference",
            ),
        }
    }
    Some(held)
}

fn contact(cells: Cells<'_>, faults: &mut Faults) -> Contact {
    match cells.get(CONTACT).to_lowercase().as_str() {
        "" => Contact::Unstated,
        "yes" | "y" | "true" | "1" | "x" | "✓" => Contact::Yes,
        "no" | "n" | "false" | "0" => Contact::No,
        other => {
            faults.at(
                cells.line(),
                CONTACT,
                format!("{other:?} is neither yes nor no"),
                "write yes or no, or leave it empty",
            );
            Contact::Unstated
        }
    }
}
