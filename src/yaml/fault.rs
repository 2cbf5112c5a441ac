//! Why a tree does not fit a type, as data, with the node where that showed.

use super::words;
use serde::de::{Error, Expected, Unexpected};
use std::fmt;

/// Why a tree does not fit the type, and at which node that showed.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    pub(super) site: Option<Site>,
}

#[derive(Debug)]
pub(super) enum FaultKind {
    UnknownField { field: String, known: &'static [&'static str] },
    UnknownChoice { given: String, known: &'static [&'static str] },
    OneChoice { known: &'static [&'static str] },
    MissingField(&'static str),
    Mismatch { found: String, expected: String },
    Other(String),
}

/// Where a fault showed, by node id.
#[derive(Debug, Clone, Copy)]
pub(super) enum Site {
    /// While reading a value.
    Value(usize),
    /// While reading a key; `value` is what stands behind it.
    Key { key: usize, value: usize },
    /// While reading the name of a choice written as `name: content`; `holder` is the value around it.
    Choice { key: usize, holder: usize },
    /// While filling a missing field.
    Filled { holder: usize, field: &'static str },
}

impl Fault {
    pub(super) fn new(kind: FaultKind) -> Self {
        Self { kind, site: None }
    }

    /// Notes the place, unless a deeper one is known.
    pub(super) fn at(self, site: Site) -> Self {
        Self { site: self.site.or(Some(site)), ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(FaultKind::Other(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let (found, expected) = (words::unexpected(found), expected.to_string());
        Self::new(FaultKind::Mismatch { found, expected })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        let found = format!("a list of {length}");
        Self::new(FaultKind::Mismatch { found, expected: expected.to_string() })
    }

    fn unknown_variant(given: &str, known: &'static [&'static str]) -> Self {
        Self::new(FaultKind::UnknownChoice { given: given.to_owned(), known })
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::new(FaultKind::UnknownField { field: field.to_owned(), known })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(FaultKind::MissingField(field))
    }
}
