//! The forms in a message: each file read as what it may be.

use super::super::error::ServiceError;
use super::super::papers::{PaperFile, PaperFormat, paper_file};
use crate::document::{Tracked, read_docx};
use crate::intake::{Arrived, Candidate, Fault, FormFact, FormOutcome};
use crate::sip::form_document::{FormError, blank_form, blank_yaml, label_of, read_form};
use crate::sip::{RawSipForm, SipForm};
use crate::yaml;

/// What a file turned out to be, and the SIP in it.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) fact: FormFact,
    /// The SIP, where the form is complete.
    pub(super) sip: Option<SipForm>,
}

/// Reads everything in a message that may be a form.
pub(super) fn forms(arrived: &Arrived) -> Vec<Form> {
    arrived.candidates().iter().map(form).collect()
}

fn form(candidate: &Candidate<'_>) -> Form {
    let raw = match candidate {
        Candidate::Docx(file) => docx(&file.bytes),
        Candidate::Yaml(file) => match str::from_utf8(&file.bytes) {
            Ok(text) => from_yaml(&file.name, text),
            Err(_) => Err(FormOutcome::Unreadable { why: "it is not UTF-8 text; save it as UTF-8".to_owned() }),
        },
        Candidate::Text(text) => from_yaml("the message", text),
    };
    let file = candidate.name().to_owned();
    let parsed =
        raw.and_then(|raw| raw.parse().map_err(|errors| FormOutcome::Faulty(errors.iter().map(fault).collect())));
    match parsed {
        Ok(sip) => Form { fact: FormFact { file, outcome: FormOutcome::Complete }, sip: Some(sip) },
        Err(outcome) => Form { fact: FormFact { file, outcome }, sip: None },
    }
}

fn docx(bytes: &[u8]) -> Result<RawSipForm, FormOutcome> {
    let document = read_docx(bytes, Tracked::Accept);
    let document = document.map_err(|error| FormOutcome::Unreadable { why: error.to_string() })?;
    read_form(&document).map_err(|error| match error {
        FormError::NotTheForm => FormOutcome::NotAForm,
        FormError::OtherVersion { found } => FormOutcome::OtherVersion { version: found.to_string() },
        FormError::SeveralForms => FormOutcome::Several,
        FormError::Faulty(faults) => {
            let fault = |fault: crate::sip::form_document::FormFault| Fault {
                label: fault.label,
                what: fault.what,
                mend: fault.mend,
            };
            FormOutcome::Faulty(faults.into_iter().map(fault).collect())
        }
    })
}

fn from_yaml(name: &str, text: &str) -> Result<RawSipForm, FormOutcome> {
    let problem = |problem: &yaml::Problem| Fault {
        label: format!("line {}", problem.line),
        what: problem.what.clone(),
        mend: problem.mend.clone().unwrap_or_default(),
    };
    let read = yaml::load::<RawSipForm>(name, text, yaml::Limits::default());
    read.map(|read| read.value).map_err(|problems| FormOutcome::Faulty(problems.iter().map(problem).collect()))
}

fn fault(error: &crate::sip::FieldError) -> Fault {
    Fault {
        label: label_of(&error.field).unwrap_or_else(|| error.field.clone()),
        what: error.what.clone(),
        mend: error.mend.clone(),
    }
}

/// The SIP form to be filled in and mailed, as a Word document or as YAML.
///
/// # Errors
///
/// The document cannot be written.
pub fn blank_sip_form(form: FormFile) -> Result<PaperFile, ServiceError> {
    match form {
        FormFile::Docx => paper_file(&blank_form(None), FORM_NAME, PaperFormat::Docx),
        FormFile::Yaml => Ok(PaperFile {
            name: format!("{FORM_NAME}.yaml"),
            media_type: "application/yaml",
            bytes: blank_yaml().into_bytes(),
        }),
    }
}

/// What the form is saved as.
const FORM_NAME: &str = "sip-form";

/// The forms in which the SIP form is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormFile {
    /// As a Word document.
    Docx,
    /// As YAML.
    Yaml,
}
