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
    (Column::Component, &["uc", "uc id", "use case", "use cases", "interface transaction id"]),
    (Column::Moscow, &["moscow", "priority", "moscow priority"]),
    (
        Column::Text,
        &["requirement", "driver", "what it enables", "story", "meaning", "description", "text", "statement"],
    ),
    (Column::Text, &["requirement text", "requirement description", "business driver", "capability description"]),
    (Column::Text, &["epic description", "definition", "functional requirement", "non functional requirement"]),
    (Column::Name, &["name", "epic", "domain name", "epic name", "function", "interface transaction", "transaction"]),
    (Column::Capability, &["business capability"]),
    (Column::Category, &["category", "nfr category", "requirement category"]),
    (Column::Heading, &["heading", "topic", "subject"]),
    (Column::Serial, &["serial", "no", "s n", "number", "serial no"]),
    (Column::Term, &["term", "acronym", "term or acronym"]),
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
    let columns: Vec<Column> = row.iter().map(|slot| Column::named(&slot.plain())).collect();
    let known = columns.iter().filter(|column| column.is_known()).count();
    let keys = [Column::Id, Column::FirstId, Column::Component, Column::Role, Column::Term, Column::DocId];
    let has = |column: &Column| columns.contains(column);
    let telling = keys.iter().any(has) || has(&Column::Title) && has(&Column::Serial);
    (known >= 2 && telling).then_some(columns)
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
