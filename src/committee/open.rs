//! Opening a ballot: what it asks, of whom and how is settled here and never again.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::ballot::{BallotOption, Event, Matter, Mode, Opening, Paper};
use super::decide::Decided;
use super::electorate::Electorate;
use super::refused::Refused;
use super::terms::Terms;
use crate::calendar::london_date;

/// A ballot as it is proposed to be opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Its reference.
    pub reference: String,
    /// What it is about.
    pub matter: Matter,
    /// What may be chosen.
    pub options: Vec<BallotOption>,
    /// The papers before the body.
    pub papers: Vec<Paper>,
    /// Where it is held, or until when votes come in.
    pub mode: Mode,
}

/// Opens a ballot under the terms of reference in force; they and the electorate are frozen in it.
///
/// # Errors
///
/// The terms set no quorum (R50) or are not in force yet, nobody has a vote, there is nothing to choose or a name
/// twice, something is left blank, or the close is not in the future.
pub fn open(proposal: Proposal, terms: &Terms, now: DateTime<Utc>) -> Decided {
    let today = london_date(now);
    if terms.in_force_from > today {
        return Err(Refused::TermsNotInForce { from: terms.in_force_from });
    }
    let electorate = Electorate::of(terms, today);
    if electorate.quorum.is_none() {
        return Err(Refused::QuorumUnset { body: terms.body.clone() });
    }
    if electorate.voting().next().is_none() {
        return Err(Refused::NobodyVotes { body: terms.body.clone() });
    }
    check_options(&proposal.options)?;
    filled("the question", &proposal.matter.question)?;
    check_mode(&proposal.mode, now)?;
    let Proposal { reference, matter, options, papers, mode } = proposal;
    let (body, terms) = (terms.body.clone(), terms.clone());
    let opening = Opening { reference, body, matter, options, papers, mode, terms, electorate };
    Ok(vec![Event::BallotOpened(Box::new(opening))])
}

fn check_options(options: &[BallotOption]) -> Result<(), Refused> {
    if options.is_empty() {
        return Err(Refused::NoOptions);
    }
    let mut seen = BTreeSet::new();
    for option in options {
        filled("the name of an option", &option.name)?;
        if !seen.insert(&option.name) {
            return Err(Refused::OptionTwice { name: option.name.clone() });
        }
        if let Some((field, _)) = option.proposed.iter().find(|(_, value)| has_fraction(value)) {
            return Err(Refused::NotWhole { option: option.name.clone(), field: field.clone() });
        }
    }
    Ok(())
}

fn has_fraction(value: &Value) -> bool {
    match value {
        Value::Number(number) => !(number.is_i64() || number.is_u64()),
        Value::Array(items) => items.iter().any(has_fraction),
        Value::Object(entries) => entries.values().any(has_fraction),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

fn check_mode(mode: &Mode, now: DateTime<Utc>) -> Result<(), Refused> {
    match mode {
        Mode::Meeting { reference } => filled("the meeting", reference),
        Mode::Correspondence { closes_on } if mode.closes_at().is_none_or(|close| close <= now) => {
            Err(Refused::ClosesInThePast { closes_on: *closes_on })
        }
        Mode::Correspondence { .. } => Ok(()),
    }
}

pub(super) fn filled(what: &'static str, text: &str) -> Result<(), Refused> {
    if text.trim().is_empty() { Err(Refused::Blank { what }) } else { Ok(()) }
}
