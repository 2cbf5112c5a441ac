//! The answers of a form, field by field, as they are written into it.

use super::fields::Field;
use super::written;
use crate::sip::{AddedRequirement, ConfidentialPart, Confidentiality, Dependency, SipForm, Urgency};

/// What the form answers to a field, one text to an item; nothing if it is left blank.
pub(super) fn answers(sip: &SipForm, field: &Field) -> Vec<String> {
    let (group, _) = field.path.split_once('.').unwrap_or((field.path, ""));
    match group {
        "proposer" => proposer(sip, field.path),
        "requirements" | "functional_components" | "change_type" => change(sip, field.path),
        "changes" => vec![yes_or_no(sip, field.path)],
        "timescale" | "anticipated_cost" => time_and_cost(sip, field.path).into_iter().collect(),
        "urgent" | "urgency_reason" | "confidentiality" => claims(sip, field.path),
        _ => proposal(sip, field.path),
    }
}

fn each<T: ToString>(items: impl IntoIterator<Item = T>) -> Vec<String> {
    items.into_iter().map(|item| item.to_string()).collect()
}

fn proposer(sip: &SipForm, path: &str) -> Vec<String> {
    let proposer = &sip.proposer;
    vec![match path {
        "proposer.organisation" => proposer.organisation.to_string(),
        "proposer.category" => proposer.category.stated.to_string(),
        "proposer.contact.name" => proposer.contact.name.to_string(),
        _ => proposer.contact.email.to_string(),
    }]
}

fn proposal(sip: &SipForm, path: &str) -> Vec<String> {
    match path {
        "title" => each([&sip.title]),
        "description" => each([&sip.description]),
        "benefits" => each(&sip.benefits),
        "resubmission_of" => each(sip.resubmission_of),
        "depends_on" => each(sip.depends_on.iter().map(|one| match one {
            Dependency::Sip(reference) => reference.to_string(),
            Dependency::Other(words) => words.to_string(),
        })),
        "impacted_parties" => each(&sip.impacted_parties),
        "domain" => each([sip.domain]),
        "other_domains" => each(&sip.other_domains),
        _ => sip.systems.iter().map(|name| quoted(name.as_str())).collect(),
    }
}

/// A name that would be read as several, or otherwise than it is, stands in quotation marks.
fn quoted(name: &str) -> String {
    let reads_back = written::names(&[name.to_owned()]) == [name];
    if reads_back && !written::is_blank_word(name) { name.to_owned() } else { format!("\"{name}\"") }
}

fn change(sip: &SipForm, path: &str) -> Vec<String> {
    let change = &sip.change;
    match path {
        "change_type" => each([change.change_type]),
        "requirements.amend" => each(&change.amend),
        "requirements.remove" => each(&change.remove),
        "requirements.add" => each(change.add.iter().map(|added| match added {
            AddedRequirement::Wording(text) => text.to_string(),
            AddedRequirement::Numbered(id) => id.to_string(),
        })),
        _ => each(&change.functional_components),
    }
}

fn yes_or_no(sip: &SipForm, path: &str) -> String {
    use crate::sip::route::AccessChange;
    let change = match path {
        "changes.connection" => AccessChange::Connection,
        "changes.access_rights" => AccessChange::AccessRights,
        _ => AccessChange::RoleAndDomainTables,
    };
    if sip.access_changes.contains(&change) { "yes" } else { "no" }.to_owned()
}

fn time_and_cost(sip: &SipForm, path: &str) -> Option<String> {
    let (effort, window) = (sip.timescale.effort(), sip.timescale.window());
    let day = |date: chrono::NaiveDate| date.format("%-d %B %Y").to_string();
    match path {
        "timescale.develop_weeks" => effort.map(|effort| effort.develop_weeks.to_string()),
        "timescale.deploy_weeks" => effort.map(|effort| effort.deploy_weeks.to_string()),
        "timescale.window.start" => window.map(|window| day(window.start())),
        "timescale.window.end" => window.map(|window| day(window.end())),
        "anticipated_cost.low" => sip.anticipated_cost.map(|cost| cost.low().to_string()),
        _ => sip.anticipated_cost.map(|cost| cost.high().to_string()),
    }
}

fn claims(sip: &SipForm, path: &str) -> Vec<String> {
    let (extent, parts, why) = match &sip.confidentiality {
        Confidentiality::None => ("none", Vec::new(), None),
        Confidentiality::Part { parts, reason } => {
            ("part", each(parts.iter().map(|part| part_word(*part))), Some(reason))
        }
        Confidentiality::Whole { reason } => ("whole", Vec::new(), Some(reason)),
    };
    let (urgent, urgency) = match &sip.urgency {
        Urgency::Ordinary => ("no", None),
        Urgency::Claimed { reason } => ("yes", Some(reason)),
    };
    match path {
        "urgent" => each([urgent]),
        "urgency_reason" => each(urgency),
        "confidentiality.extent" => each([extent]),
        "confidentiality.parts" => parts,
        _ => each(why),
    }
}

fn part_word(part: ConfidentialPart) -> &'static str {
    match part {
        ConfidentialPart::Contact => "contact",
        ConfidentialPart::Description => "description",
        ConfidentialPart::Benefits => "benefits",
        ConfidentialPart::Requirements => "requirements",
        ConfidentialPart::Systems => "systems",
        ConfidentialPart::Timescale => "timescale",
        ConfidentialPart::UrgencyReason => "urgency_reason",
        ConfidentialPart::AnticipatedCost => "anticipated_cost",
    }
}

/// The paragraphs of a text, which blank lines part. One blank line alone makes a paragraph; other runs of line ends
/// stay within one, so that reading gives the same text again.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    for piece in text.split("\n\n") {
        let whole = |text: &str| !text.is_empty() && text.trim() == text;
        match paragraphs.last_mut() {
            Some(last) if !(whole(last) && whole(piece)) => {
                last.push_str("\n\n");
                last.push_str(piece);
            }
            _ => paragraphs.push(piece.to_owned()),
        }
    }
    paragraphs
}
