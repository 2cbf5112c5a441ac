//! Reads a form that somebody filled in.

use super::VERSION;
use super::error::{FormError, FormFault, faults};
use super::fields::{Answer, Field, Need, fields};
use super::locate::{Located, locate};
use super::{ticks, written};
use crate::document::{Block, Document};
use crate::sip::RawSipForm;

/// Reads a form that somebody filled in, from a document read with its tracked changes accepted.
///
/// The form that is given back has nothing missing: it would pass [`RawSipForm::parse`]. Blank lines, styles, fonts and
/// added rows make no difference. Boxes are ticked, dates and lists written, as people do.
///
/// # Errors
///
/// [`FormError`] for a document that is not this form or holds several; otherwise every field that is missing or faulty.
pub fn read_form(document: &Document) -> Result<RawSipForm, FormError> {
    let located = locate(document);
    let version = version(document);
    if let Some(found) = version.filter(|found| *found != VERSION) {
        return Err(FormError::OtherVersion { found });
    }
    if !located.is_form() {
        return Err(FormError::NotTheForm);
    }
    if located.is_several() {
        return Err(FormError::SeveralForms);
    }
    let mut found = located.strays.clone();
    let form = raw_form(&located, &mut found);
    if let Err(errors) = form.clone().parse() {
        let already = |fault: &FormFault| found.iter().any(|other| other.label == fault.label);
        let more: Vec<_> = faults(&errors).into_iter().filter(|fault| !already(fault)).collect();
        found.extend(more);
        found.sort_by_key(place);
    }
    if found.is_empty() { Ok(form) } else { Err(FormError::Faulty(found)) }
}

/// The place of a fault in the order of the form.
fn place(fault: &FormFault) -> usize {
    let code = fault.label.split(' ').next();
    fields().position(|field| Some(field.code) == code).unwrap_or(usize::MAX)
}

/// The version that the document says it is, if it says it is a SIP form.
fn version(document: &Document) -> Option<u32> {
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.to_plain()),
        Block::Heading(heading) => Some(heading.text.to_plain()),
        _ => None,
    });
    let mut lines = document.subtitle.iter().cloned().chain(paragraphs);
    lines.find_map(|line| {
        let line = line.trim().to_lowercase();
        line.strip_prefix("sip form, version ")?.trim_end_matches('.').trim().parse().ok()
    })
}

fn raw_form(located: &Located, found: &mut Vec<FormFault>) -> RawSipForm {
    let mut form = RawSipForm::default();
    for field in fields() {
        let values = values(field, located.answer(field));
        if matches!(field.answer, Answer::OneOf(_)) && values.len() > 1 {
            found.push(FormFault {
                label: format!("{} {}", field.code, field.label),
                what: format!("several boxes are ticked: {}", values.join(", ")),
                mend: "tick one box".to_owned(),
            });
        }
        set(&mut form, field.path, values);
    }
    form
}

/// What an answer says, one text to an item.
fn values(field: &Field, paragraphs: &[String]) -> Vec<String> {
    let says_none = |text: &String| field.need == Need::Optional && written::is_blank_word(text);
    let paragraphs: Vec<String> = paragraphs.iter().filter(|text| !says_none(text)).cloned().collect();
    if paragraphs.is_empty() {
        return Vec::new();
    }
    match field.answer {
        Answer::OneOf(choices) | Answer::AnyOf(choices) => ticks::taken(choices, &paragraphs),
        Answer::Line => vec![written::one_line(&paragraphs)],
        Answer::Prose => vec![paragraphs.join("\n\n")],
        Answer::Texts => paragraphs,
        Answer::Names => written::names(&paragraphs),
        Answer::Name | Answer::Money => vec![written::name(&paragraphs)],
        Answer::Weeks => vec![written::weeks(&written::name(&paragraphs))],
        Answer::Day => vec![written::day(&written::name(&paragraphs))],
    }
}

/// Puts an answer where the form has it. Of several values for a single place the first is put; the rest was reported.
fn set(form: &mut RawSipForm, path: &str, values: Vec<String>) {
    if let Some(list) = list_of(form, path) {
        *list = values;
    } else if let Some(place) = place_of(form, path) {
        *place = values.into_iter().next();
    }
}

fn list_of<'a>(form: &'a mut RawSipForm, path: &str) -> Option<&'a mut Vec<String>> {
    Some(match path {
        "benefits" => &mut form.benefits,
        "depends_on" => &mut form.depends_on,
        "requirements.amend" => &mut form.requirements.amend,
        "requirements.remove" => &mut form.requirements.remove,
        "requirements.add" => &mut form.requirements.add,
        "functional_components" => &mut form.functional_components,
        "impacted_parties" => &mut form.impacted_parties,
        "other_domains" => &mut form.other_domains,
        "systems" => &mut form.systems,
        "confidentiality.parts" => &mut form.confidentiality.parts,
        _ => return None,
    })
}

fn place_of<'a>(form: &'a mut RawSipForm, path: &str) -> Option<&'a mut Option<String>> {
    Some(match path {
        "proposer.organisation" => &mut form.proposer.organisation,
        "proposer.category" => &mut form.proposer.category,
        "proposer.contact.name" => &mut form.proposer.contact.name,
        "proposer.contact.email" => &mut form.proposer.contact.email,
        "title" => &mut form.title,
        "description" => &mut form.description,
        "resubmission_of" => &mut form.resubmission_of,
        "change_type" => &mut form.change_type,
        "domain" => &mut form.domain,
        "changes.connection" => &mut form.changes.connection,
        "changes.access_rights" => &mut form.changes.access_rights,
        "changes.role_and_domain_tables" => &mut form.changes.role_and_domain_tables,
        "timescale.develop_weeks" => &mut form.timescale.develop_weeks,
        "timescale.deploy_weeks" => &mut form.timescale.deploy_weeks,
        "timescale.window.start" => &mut form.timescale.window.start,
        "timescale.window.end" => &mut form.timescale.window.end,
        "anticipated_cost.low" => &mut form.anticipated_cost.low,
        "anticipated_cost.high" => &mut form.anticipated_cost.high,
        "urgent" => &mut form.urgent,
        "urgency_reason" => &mut form.urgency_reason,
        "confidentiality.extent" => &mut form.confidentiality.extent,
        "confidentiality.reason" => &mut form.confidentiality.reason,
        _ => return None,
    })
}
