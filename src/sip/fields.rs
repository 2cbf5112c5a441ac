//! How single fields of the form are read: answers, choices, dates and numbers of weeks.

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

use super::errors::{Mend, excerpt};
use super::form::{AddedRequirement, ChangeType, ConfidentialPart, Dependency};
use super::id_text::IdError;
use super::ids::RequirementId;
use super::references::SipReference;
use super::text::{Prose, TextError};

/// The longest effort, in weeks: ten years.
const MOST_WEEKS: u16 = 520;
/// The years a wanted window may touch.
const WINDOW_YEARS: std::ops::RangeInclusive<i32> = 2019..=2099;

/// A short field was not one of the things it may be.
#[derive(Debug, Error)]
#[error("{given:?} is not {expected}")]
pub(super) struct NotAChoice {
    given: String,
    expected: &'static str,
    mend: &'static str,
}

impl NotAChoice {
    pub(super) fn new(given: &str, expected: &'static str, mend: &'static str) -> Self {
        Self { given: excerpt(given), expected, mend }
    }
}

impl Mend for NotAChoice {
    fn mend(&self) -> String {
        self.mend.to_owned()
    }
}

/// An answer to a question of the form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
}

pub(super) fn answer(text: &str) -> Result<Answer, NotAChoice> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "on" => Ok(Answer::Yes),
        "no" | "n" | "false" | "off" => Ok(Answer::No),
        _ => Err(NotAChoice::new(text, "an answer", "answer yes or no")),
    }
}

/// How much of the form is meant to be confidential.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    None,
    Part,
    Whole,
}

pub(super) fn extent(text: &str) -> Result<Extent, NotAChoice> {
    match text.trim().to_lowercase().as_str() {
        "none" => Ok(Extent::None),
        "part" => Ok(Extent::Part),
        "whole" => Ok(Extent::Whole),
        _ => Err(NotAChoice::new(text, "an extent", "write none, part or whole")),
    }
}

pub(super) fn confidential_part(text: &str) -> Result<ConfidentialPart, NotAChoice> {
    match text.trim().to_lowercase().as_str() {
        "contact" => Ok(ConfidentialPart::Contact),
        "description" => Ok(ConfidentialPart::Description),
        "benefits" => Ok(ConfidentialPart::Benefits),
        "requirements" => Ok(ConfidentialPart::Requirements),
        "systems" => Ok(ConfidentialPart::Systems),
        "timescale" => Ok(ConfidentialPart::Timescale),
        "urgency_reason" => Ok(ConfidentialPart::UrgencyReason),
        "anticipated_cost" => Ok(ConfidentialPart::AnticipatedCost),
        _ => Err(NotAChoice::new(
            text,
            "a field that can be kept from publication",
            "write contact, description, benefits, requirements, systems, timescale, urgency_reason or anticipated_cost",
        )),
    }
}

pub(super) fn change_type(text: &str) -> Result<ChangeType, NotAChoice> {
    match text.trim().to_lowercase().as_str() {
        "add" => Ok(ChangeType::Add),
        "amend" => Ok(ChangeType::Amend),
        "remove" => Ok(ChangeType::Remove),
        _ => Err(NotAChoice::new(text, "a type of change", "write add, amend or remove")),
    }
}

pub(super) fn weeks(text: &str) -> Result<u16, NotAChoice> {
    let digits = Some(text.trim()).filter(|text| text.chars().all(|c| c.is_ascii_digit()));
    let weeks = digits.and_then(|digits| digits.parse().ok()).filter(|weeks| *weeks <= MOST_WEEKS);
    weeks.ok_or_else(|| NotAChoice::new(text, "a number of weeks", "write a whole number from 0 to 520"))
}

pub(super) fn day(text: &str) -> Result<NaiveDate, NotAChoice> {
    let text = text.trim();
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
    let date = date.filter(|date| WINDOW_YEARS.contains(&date.year()));
    let mend = "write year, month and day, such as 2026-02-23, between 2019 and 2099";
    date.ok_or_else(|| NotAChoice::new(text, "a date", mend))
}

/// An id on its own keeps a number for a requirement; anything else is its wording.
pub(super) fn added_requirement(text: &str) -> Result<AddedRequirement, TextError> {
    RequirementId::parse(text)
        .map(AddedRequirement::Numbered)
        .or_else(|_| Prose::parse(text).map(AddedRequirement::Wording))
}

/// Why a dependency was refused.
#[derive(Debug, Error)]
pub(super) enum DependencyError {
    #[error(transparent)]
    Reference(IdError),
    #[error(transparent)]
    Words(TextError),
}

impl Mend for DependencyError {
    fn mend(&self) -> String {
        match self {
            Self::Reference(error) => error.mend(),
            Self::Words(error) => error.mend(),
        }
    }
}

/// A single word that begins like a SIP reference must be one; anything else is taken as words.
pub(super) fn dependency(text: &str) -> Result<Dependency, DependencyError> {
    let lower = text.trim().to_lowercase();
    let meant_as_reference = lower.starts_with("sip-") || lower.starts_with("p-2");
    match SipReference::parse(text) {
        Ok(reference) => Ok(Dependency::Sip(reference)),
        Err(error) if meant_as_reference && !lower.contains(' ') => Err(DependencyError::Reference(error)),
        Err(_) => Prose::parse(text).map(Dependency::Other).map_err(DependencyError::Words),
    }
}
