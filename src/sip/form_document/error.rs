//! Why a document is not taken as a form.

use std::fmt::{self, Display};

use thiserror::Error;

use super::VERSION;
use super::fields::{Answer, Field, field_of};
use crate::sip::{FieldError, FieldErrors};

/// Why a document is not taken as a form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormError {
    /// It is some other document.
    #[error("this is not the SIP form: download the form and fill that in")]
    NotTheForm,
    /// It is the form in another version.
    #[error("this is version {found} of the SIP form, and version {VERSION} is in use: fill in the form of today")]
    OtherVersion {
        /// The version of the document.
        found: u32,
    },
    /// It holds several forms.
    #[error("this holds more than one form: send each proposal in a file of its own")]
    SeveralForms,
    /// Fields are missing or faulty.
    #[error("{}", each(.0))]
    Faulty(Vec<FormFault>),
}

/// A field that is missing or faulty, in the words of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFault {
    /// The field as the form prints it, such as `C2 Requirements to amend`; with the place of the item where there are
    /// several.
    pub label: String,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub mend: String,
}

impl Display for FormFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.label, self.what, self.mend)
    }
}

fn each(faults: &[FormFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// What the form prints for a field of [`FieldErrors`], such as `C2 Requirements to amend` for `requirements.amend[0]`;
/// nothing for a field that the form does not have.
pub fn label_of(field: &str) -> Option<String> {
    let found = field_of(field)?;
    let item = field.split_once('[').and_then(|(_, rest)| rest.split(']').next()?.parse::<usize>().ok());
    let label = format!("{} {}", found.code, found.label);
    Some(item.map_or_else(|| label.clone(), |item| format!("{label}, item {}", item + 1)))
}

/// The errors of a form in the words of the form.
pub(super) fn faults(errors: &FieldErrors) -> Vec<FormFault> {
    errors.iter().map(fault).collect()
}

fn fault(error: &FieldError) -> FormFault {
    let label = label_of(&error.field).unwrap_or_else(|| error.field.clone());
    let mend = field_of(&error.field).and_then(|field| mend(field, error)).unwrap_or(&error.mend).to_owned();
    FormFault { label, what: error.what.clone(), mend }
}

/// What to do on paper, where that differs from what is done in YAML.
fn mend(field: &Field, error: &FieldError) -> Option<&'static str> {
    let is_own = error.field.split('[').next() == Some(field.path);
    let missing = error.what == "this is missing";
    match (field.path, field.answer) {
        ("timescale.develop_weeks", _) if !is_own => {
            Some("give the weeks in F1 and F2, or the dates wanted in F3 and F4")
        }
        ("urgency_reason", _) if !missing => Some("tick Yes in G1, or take the reason out"),
        ("confidentiality.extent", _) => Some("tick one box in H1, or take out what is said in H2 and H3"),
        ("change_type", _) if !missing => Some("tick one box, and check the requirements in C2 to C4"),
        (_, Answer::OneOf(_)) => Some("tick one box"),
        (_, Answer::AnyOf(_)) if missing => Some("tick at least one box"),
        (_, Answer::Day) if is_own => Some("write day, month and year, such as 23 February 2026"),
        _ => None,
    }
}
