//! A document as it was written: every value with its place, nothing yet interpreted.

use std::fmt::Write;

/// A place in the text: line and column (in characters), both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Position {
    /// The beginning of the text.
    pub(super) const START: Self = Self { line: 1, column: 1 };

    /// The place behind the character `c` that stands here.
    pub(super) fn after(self, c: char) -> Self {
        let Self { line, column } = self;
        match c {
            '\n' => Self { line: line + 1, column: 1 },
            _ => Self { line, column: column + 1 },
        }
    }
}

/// One value. Ids ascend in the order in which values (and keys) begin in the text.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) id: usize,
    pub(super) at: Position,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Scalar(Scalar),
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>),
}

#[derive(Debug, Clone)]
pub(super) struct Scalar {
    pub(super) text: String,
    pub(super) style: Style,
}

/// Only a plain scalar can mean something other than text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Quoted,
}

/// One `key: value`; the key is always a scalar.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: Node,
    pub(super) value: Node,
}

/// What a plain scalar means where the reader has no wish for text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning<'t> {
    Nothing,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(&'t str),
}

/// A node with its path and the node that holds it.
#[derive(Debug)]
pub(super) struct Found<'t> {
    pub(super) node: &'t Node,
    pub(super) path: String,
    pub(super) at: Position,
    pub(super) parent: Option<&'t Node>,
}

impl Scalar {
    pub(super) fn is_blank(&self) -> bool {
        self.style == Style::Plain && self.text.is_empty()
    }

    pub(super) fn meaning(&self) -> Meaning<'_> {
        let text = self.text.as_str();
        if self.style == Style::Quoted {
            return Meaning::Text(text);
        }
        match text {
            "" | "~" | "null" | "Null" | "NULL" => Meaning::Nothing,
            "true" | "True" | "TRUE" => Meaning::Bool(true),
            "false" | "False" | "FALSE" => Meaning::Bool(false),
            _ => text.parse().map_or(Meaning::Text(text), |number: serde_yaml::Number| of_number(text, &number)),
        }
    }
}

fn of_number<'t>(text: &'t str, number: &serde_yaml::Number) -> Meaning<'t> {
    let unsigned = number.as_u64().map(Meaning::Unsigned);
    let signed = || number.as_i64().map(Meaning::Signed);
    let float = || number.as_f64().map(Meaning::Float);
    unsigned.or_else(signed).or_else(float).unwrap_or(Meaning::Text(text))
}

impl Entry {
    pub(super) fn key(&self) -> &str {
        match &self.key.kind {
            Kind::Scalar(scalar) => &scalar.text,
            Kind::Sequence(_) | Kind::Mapping(_) => "",
        }
    }

    /// Where a reader should look for this entry: at its value when that begins on the line of its key.
    pub(super) fn at(&self) -> Position {
        let empty = matches!(&self.value.kind, Kind::Scalar(scalar) if scalar.is_blank());
        if self.value.at.line == self.key.at.line && !empty { self.value.at } else { self.key.at }
    }
}

impl Node {
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Mapping(entries) => entries,
            Kind::Scalar(_) | Kind::Sequence(_) => &[],
        }
    }

    /// Finds a value or a key by its id; a key has the path of the fields it is among.
    pub(super) fn find(&self, id: usize) -> Option<Found<'_>> {
        let mut found = Found { node: self, path: String::new(), at: self.at, parent: None };
        while found.node.id != id {
            found = step(found, id)?;
        }
        Some(found)
    }
}

/// Moves one level down towards `id`: to the last child that begins no later.
fn step(from: Found<'_>, id: usize) -> Option<Found<'_>> {
    let Found { node, mut path, .. } = from;
    match &node.kind {
        Kind::Scalar(_) => None,
        Kind::Sequence(items) => {
            let (index, child) = items.iter().enumerate().rfind(|(_, child)| child.id <= id)?;
            push_index(&mut path, index);
            Some(Found { node: child, path, at: child.at, parent: Some(node) })
        }
        Kind::Mapping(entries) => {
            let entry = entries.iter().rfind(|entry| entry.key.id <= id)?;
            if entry.key.id == id {
                return Some(Found { node: &entry.key, path, at: entry.key.at, parent: Some(node) });
            }
            push_key(&mut path, entry.key());
            Some(Found { node: &entry.value, path, at: entry.at(), parent: Some(node) })
        }
    }
}

pub(super) fn push_key(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(&super::words::clip(key));
}

pub(super) fn push_index(path: &mut String, index: usize) {
    // Writing to a String cannot fail.
    let _ = write!(path, "[{index}]");
}
