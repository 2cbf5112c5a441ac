//! What is proposed, from the form and the findings of DCC.

use serde_json::Value as Json;

use super::super::loaded::Loaded;
use super::super::reading::{Sight, form_seen};
use super::App;
use crate::committee::papers::{Impact, ProposalSummary};
use crate::consultation::Audience;
use crate::sip::assessment::{Area, Assessment, TotalSystemRisk};
use crate::sip::{AddedRequirement, SipForm, Timescale, Urgency};
use crate::workflow::FactName;

/// The longest recorded text that stands in a paper, in characters.
const TEXT_LIMIT: usize = 1_000;

/// A case in summary, as far as the copy may show it. Names of people who propose are in neither copy.
pub(super) fn summary(app: &App, case: &Loaded, audience: Audience) -> ProposalSummary {
    let state = case.definition.states.get(&case.case().state);
    let form = case.body.form.as_ref();
    let proposer = form.map(|form| format!("{} ({})", form.proposer.organisation, form.proposer.category.category));
    ProposalSummary {
        reference: case.known_as().to_owned(),
        title: case.record.title.clone(),
        raised_by: proposer.unwrap_or_default(),
        organisation: String::new(),
        lead: String::new(),
        stage: state.map(|state| state.title.clone()).unwrap_or_default(),
        summary: form.map_or_else(|| recorded(case), |form| of_form(form, audience)),
        link: Some(app.page_of(case)),
    }
}

/// What the form says, with a mark in place of each part that the copy may not show (R37).
fn of_form(form: &SipForm, audience: Audience) -> Vec<String> {
    let sight = match audience {
        Audience::DecidingBody => Sight::Deciding,
        Audience::Public => Sight::Public,
    };
    let seen = form_seen(form, sight);
    let each = |items: &mut dyn Iterator<Item = String>| items.collect::<Vec<_>>().join("; ");
    let change = &form.change;
    let parts = [
        ("", "/description", form.description.to_string()),
        ("Benefits", "/benefits", each(&mut form.benefits.iter().map(ToString::to_string))),
        ("Parties impacted", "/impacted_parties", each(&mut form.impacted_parties.iter().map(ToString::to_string))),
        ("Requirements to amend", "/change/amend", each(&mut change.amend.iter().map(ToString::to_string))),
        ("Requirements to remove", "/change/remove", each(&mut change.remove.iter().map(ToString::to_string))),
        ("Requirements to add", "/change/add", each(&mut change.add.iter().map(added))),
        ("DCC Systems", "/systems", each(&mut form.systems.iter().map(ToString::to_string))),
        ("Timescale", "/timescale", timescale(&form.timescale)),
        ("Urgency claimed", "/urgency/claimed/reason", urgency(&form.urgency)),
    ];
    let said = |(label, place, words): (&str, &str, String)| {
        // Only a mark, or what is a text by itself, is a text in the form as it is seen.
        let words = seen.pointer(place).and_then(Json::as_str).map_or(words, str::to_owned);
        let words = words.trim().trim_end_matches('.');
        (!words.is_empty()).then(|| if label.is_empty() { format!("{words}.") } else { format!("{label}: {words}.") })
    };
    parts.into_iter().filter_map(said).collect()
}

fn added(requirement: &AddedRequirement) -> String {
    match requirement {
        AddedRequirement::Wording(words) => words.to_string(),
        AddedRequirement::Numbered(id) => id.to_string(),
    }
}

fn timescale(timescale: &Timescale) -> String {
    let weeks = |weeks: u16| if weeks == 1 { "1 week".to_owned() } else { format!("{weeks} weeks") };
    let effort = timescale
        .effort()
        .map(|effort| format!("{} to develop, {} to deploy", weeks(effort.develop_weeks), weeks(effort.deploy_weeks)));
    effort.into_iter().chain(timescale.window().map(|window| window.to_string())).collect::<Vec<_>>().join("; ")
}

fn urgency(urgency: &Urgency) -> String {
    match urgency {
        Urgency::Ordinary => String::new(),
        Urgency::Claimed { reason } => reason.to_string(),
    }
}

/// What is recorded of a case that has no form, such as a change of a process.
fn recorded(case: &Loaded) -> Vec<String> {
    let values = case.case().values.iter().map(|(name, value)| (name, value.to_string()));
    let short = values.filter(|(_, value)| value.chars().count() <= TEXT_LIMIT);
    let filled_in = short.filter(|(name, _)| case.definition.fields.contains_key(*name));
    filled_in.map(|(name, value)| format!("{}: {value}", case.definition.fact_title(name))).collect()
}

/// What validation and the Impact Assessment found, by area.
pub(super) fn impacts(case: &Loaded, assessment: Option<&Assessment>) -> Vec<Impact> {
    let found = ["impact_on_systems", "impact_on_parties", "impact_on_sips"].into_iter().filter_map(|name| {
        let effect = case.case().value(name)?.to_string();
        Some(Impact { area: area(&case.definition.fact_title(&FactName::new(name))), effect })
    });
    let assessed = assessment.into_iter().flat_map(|assessment| {
        let areas = Area::ALL.into_iter().filter_map(|area| {
            Some(Impact { area: area.to_string(), effect: assessment.impacts.get(&area)?.to_string() })
        });
        let risk = match &assessment.total_system_risk {
            TotalSystemRisk::Found { description } => description.to_string(),
            TotalSystemRisk::NoneFound { .. } => "No risk was found.".to_owned(),
        };
        areas.chain([Impact { area: "Wider DCC Total System".to_owned(), effect: risk }])
    });
    found.chain(assessed).collect()
}

/// The area that the title of a field names: what stands after `Impact on`.
fn area(title: &str) -> String {
    let area = title.strip_prefix("Impact on ").unwrap_or(title);
    let mut letters = area.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
