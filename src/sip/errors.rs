//! Errors a person can act on: each names the field, what is wrong with it and how to mend it.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

/// How many characters of a faulty value an error repeats.
const EXCERPT_CHARACTERS: usize = 60;

/// The most items of a list a person writes out, such as benefits.
pub(super) const SHORT_LIST: usize = 50;

/// A refusal that can also say what to write instead.
pub trait Mend: Display {
    /// What the person should do, as an instruction ("write 1234.50").
    fn mend(&self) -> String;
}

/// One faulty field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field as a dotted path; places in a list count from nought (`requirements.amend[0]`).
    pub field: String,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub mend: String,
}

impl Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.field, self.what, self.mend)
    }
}

/// Every faulty field of a form, in the order of the form. Displays one per line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// The errors, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }

    /// How many fields are faulty.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is faulty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The errors of one field, by its exact path.
    pub fn of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a FieldError> {
        self.0.iter().filter(move |error| error.field == field)
    }
}

impl Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for FieldErrors {}

/// Gathers the errors of a form while it is read, so that all of them are reported together.
///
/// A value that cannot be read is noted here and left out; [`Collector::finish`] then refuses the whole form.
#[derive(Debug, Default)]
pub(super) struct Collector {
    errors: Vec<FieldError>,
}

impl Collector {
    /// Notes one faulty field.
    pub(super) fn note(&mut self, field: impl Into<String>, what: impl Into<String>, mend: impl Into<String>) {
        self.errors.push(FieldError { field: field.into(), what: what.into(), mend: mend.into() });
    }

    /// Keeps a value, or notes why it was refused.
    pub(super) fn keep<T, E: Mend>(&mut self, field: &str, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.note(field, error.to_string(), error.mend())).ok()
    }

    /// Reads a field that may be left blank.
    pub(super) fn optional<T, E: Mend>(
        &mut self,
        field: &str,
        given: Option<&str>,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        self.keep(field, parse(filled(given)?))
    }

    /// Reads a field whose blank has a meaning of its own.
    pub(super) fn or<T, E: Mend>(
        &mut self,
        field: &str,
        given: Option<&str>,
        blank: T,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        filled(given).map_or(Some(blank), |text| self.keep(field, parse(text)))
    }

    /// Reads a field that must be filled in; `mend` says what belongs there.
    pub(super) fn required<T, E: Mend>(
        &mut self,
        field: &str,
        given: Option<&str>,
        mend: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        if filled(given).is_none() {
            self.note(field, "this is missing", mend);
        }
        self.optional(field, given, parse)
    }

    /// Reads each item of a list of at most `most` items; blank items are passed over.
    pub(super) fn list<T, E: Mend, C: FromIterator<T>>(
        &mut self,
        field: &str,
        given: &[String],
        most: usize,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> C {
        if given.len() > most {
            self.note(field, format!("this has {} items", given.len()), format!("give at most {most}"));
        }
        let items = given.iter().take(most).enumerate();
        items.filter_map(|(index, item)| self.optional(&format!("{field}[{index}]"), Some(item), &parse)).collect()
    }

    /// Reads a list that needs at least one item; `mend` says what belongs there.
    pub(super) fn some<T, E: Mend, C: FromIterator<T>>(
        &mut self,
        field: &str,
        given: &[String],
        mend: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> C {
        if given.iter().all(|item| filled(Some(item)).is_none()) {
            self.note(field, "this is missing", mend);
        }
        self.list(field, given, SHORT_LIST, parse)
    }

    /// Hands over the value if nothing was faulty, otherwise every error noted.
    pub(super) fn finish<T>(self, value: Option<T>) -> Result<T, FieldErrors> {
        value.filter(|_| self.errors.is_empty()).ok_or(FieldErrors(self.errors))
    }
}

/// The text of a field, unless it is blank.
pub(super) fn filled(given: Option<&str>) -> Option<&str> {
    given.filter(|text| !text.trim().is_empty())
}

/// The beginning of a faulty value, short enough to repeat in an error.
pub(super) fn excerpt(text: &str) -> String {
    let mut characters = text.trim().chars();
    let start: String = characters.by_ref().take(EXCERPT_CHARACTERS).collect();
    if characters.next().is_some() { format!("{start}…") } else { start }
}

/// Carries a refusal through serde with its mend.
pub(super) fn as_serde_error<E: serde::de::Error>(error: &impl Mend) -> E {
    E::custom(format!("{error}; {}", error.mend()))
}
