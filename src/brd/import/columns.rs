//! Which column of a table is which, by the names people give columns.

use super::grid::Slot;
use crate::brd::shape;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Domain,
    ProcessMap,
    Component,
    Moscow,
    /// What an item or a term says.
    Text,
    Name,
    Capability,
    Category,
    Heading,
    Serial,
    Term,
    Title,
    DocId,
    Link,
    Date,
    Status,
    Role,
    /// The roles of a row that have no column of their own.
    OtherRoles,
    FirstId,
    LastId,
    Reason,
    /// Anything else, such as the name or the number of a role.
    Other(String),
}

/// The names of each column, in lower case and without signs, the one that is written first.
const NAMES: &[(Column, &[&str])] = &[
    (Column::Id, &["id", "ref", "req id", "requirement id", "requirement ref", "requirement reference", "brd ref"]),
    (Column::Id, &["requirement no", "requirement number", "bfd id", "process map id", "functional requirement id"]),
    (Column::Domain, &["domain", "bfd", "business functional domain", "functional domain", "bfd ref"]),
    (Column::ProcessMap, &["process map", "pm", "map", "process map ref"]),
    (Column::Component, &["functional components", "functional component", "component", "components"]),
    (Column::Component, &["categories of interface transaction"]),
    (Column::Component, &["uc", "uc id", "use case", "use cases", "interface transaction id"]),
    (Column::Moscow, &["moscow", "priority", "moscow priority"]),
    (
        Column::Text,
        &["requirement", "driver", "what it enables", "story", "meaning", "description", "text", "statement"],
    ),
    (
        Column::Text,
        &["requirement text", "requirement description", "business driver", "capability description", "capability"],
    ),
    (Column::Text, &["epic description", "definition", "functional requirement", "non functional requirement"]),
    (Column::Text, &["functional component requirement"]),
    (
        Column::Name,
        &[
            "name",
            "epic",
            "domain name",
            "business functional domain name",
            "epic name",
            "function",
            "interface transaction",
            "transaction",
        ],
    ),
    (Column::Capability, &["business capability"]),
    (Column::Category, &["category", "nfr category", "requirement category"]),
    (Column::Heading, &["heading", "topic", "subject"]),
    (Column::Serial, &["serial", "no", "s n", "number", "serial no"]),
    (Column::Term, &["term", "acronym", "term or acronym"]),
    (Column::Link, &["document link", "link"]),
    (Column::Title, &["title", "document", "document title", "reference"]),
    (Column::DocId, &["doc id", "document id", "doc ref", "document reference"]),
    (Column::Date, &["date"]),
    (Column::Status, &["status"]),
    (Column::Role, &["job type role", "role", "job type roles"]),
    (Column::OtherRoles, &["other roles"]),
    (Column::FirstId, &["first id"]),
    (Column::LastId, &["last id"]),
    (Column::Reason, &["where", "reason"]),
];

impl Column {
    /// The column with this name.
    pub(super) fn named(name: &str) -> Self {
        let key = key(name);
        let known = NAMES.iter().find(|(_, names)| names.contains(&key.as_str()));
        known.map_or_else(|| Self::Other(name.trim().to_owned()), |(column, _)| column.clone())
    }

    fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

/// The columns that a row names, if it is a row of names: two at least are known, and one of them tells what kind of
/// table it is.
pub(super) fn of_header(row: &[Slot<'_>]) -> Option<Vec<Column>> {
    let mut columns: Vec<Column> = row.iter().map(|slot| Column::named(&slot.plain())).collect();
    settle(&mut columns, row);
    let known = columns.iter().filter(|column| column.is_known()).count();
    let keys = [Column::Id, Column::FirstId, Column::Component, Column::Role, Column::Term, Column::DocId];
    let has = |column: &Column| columns.contains(column);
    let listed = has(&Column::Title) && (has(&Column::Serial) || has(&Column::Link));
    let telling = keys.iter().any(has) || listed;
    let matrix = has(&Column::Component) && columns.len() > 3;
    (telling && (known >= 2 || matrix)).then_some(columns)
}

/// Names that mean one thing beside one column and another beside another.
fn settle(columns: &mut [Column], row: &[Slot<'_>]) {
    let has = |columns: &[Column], column: &Column| columns.contains(column);
    let texts = columns.iter().filter(|column| **column == Column::Text).count();
    let defines = |index: usize| row.get(index).is_some_and(|slot| key(&slot.plain()) == "definition");
    if let Some(term) = (0..columns.len()).find(|index| texts > 1 && defines(*index)) {
        replace(columns, term, Column::Term);
    }
    if has(columns, &Column::Title) && has(columns, &Column::Link) {
        become_of(columns, &Column::Id, &Column::Serial);
        become_of(columns, &Column::Other(String::new()), &Column::Serial);
    }
    if !has(columns, &Column::Id) && has(columns, &Column::Name) && has(columns, &Column::Text) {
        become_of(columns, &Column::ProcessMap, &Column::Id);
    }
}

fn become_of(columns: &mut [Column], from: &Column, to: &Column) {
    if let Some(index) = columns.iter().position(|column| column == from) {
        replace(columns, index, to.clone());
    }
}

fn replace(columns: &mut [Column], index: usize, column: Column) {
    if let Some(place) = columns.get_mut(index) {
        *place = column;
    }
}

/// A name in lower case, its words parted by single spaces.
fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether the first cells of a table name facts about the document, such as its version.
pub(super) fn is_fact(name: &str) -> bool {
    [shape::VERSION, shape::DATE, shape::STATUS, shape::CLASSIFICATION].iter().any(|fact| key(fact) == key(name))
}
