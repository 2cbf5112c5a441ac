//! What is wrong with a list, row by row.

use std::fmt::{self, Display};

use serde::Serialize;

/// The most faults told at once; whoever mends these sees the rest next.
const MOST: usize = 200;

/// Something wrong with a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The line or row, counted from 1; none where it is about the whole list.
    pub line: Option<usize>,
    /// The column, as it is usually called.
    pub column: &'static str,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

/// Everything that is wrong with a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// The first of them, in the order of the list.
    pub list: Vec<Fault>,
    /// How many more there are.
    pub more: usize,
}

impl Fault {
    /// Where it is, such as `line 3, E-mail`.
    pub fn place(&self) -> String {
        match self.line {
            Some(line) => format!("line {line}, {}", self.column),
            None => self.column.to_owned(),
        }
    }
}

impl Faults {
    /// Adds one about a line.
    pub(super) fn at(&mut self, line: usize, column: &'static str, what: impl Into<String>, mend: impl Into<String>) {
        self.push(Fault { line: Some(line), column, what: what.into(), mend: mend.into() });
    }

    /// Adds one about the whole list.
    pub(super) fn whole(&mut self, column: &'static str, what: impl Into<String>, mend: impl Into<String>) {
        self.push(Fault { line: None, column, what: what.into(), mend: mend.into() });
    }

    fn push(&mut self, fault: Fault) {
        if self.list.len() < MOST { self.list.push(fault) } else { self.more += 1 }
    }

    /// What was made of the list, unless something is wrong.
    pub(super) fn or<T>(mut self, made: T) -> Result<T, Self> {
        if self.list.is_empty() {
            return Ok(made);
        }
        self.list.sort_by_key(|fault| fault.line);
        Err(self)
    }
}

impl Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.list {
            writeln!(f, "{}: {}; {}", fault.place(), fault.what, fault.mend)?;
        }
        match self.more {
            0 => Ok(()),
            more => writeln!(f, "and {more} more"),
        }
    }
}

impl std::error::Error for Faults {}
