//! From the form as typed to the form as understood, with every faulty field reported at once.

use std::collections::BTreeSet;

use super::email::EmailAddress;
use super::errors::{Collector, FieldErrors, SHORT_LIST, filled};
use super::fields::{Answer, Extent, answer, confidential_part, day, dependency, extent, weeks};
use super::form::{Confidentiality, Contact, Effort, Proposer, SipForm, Timescale, Urgency, Window};
use super::ids::DomainId;
use super::money::{CostRange, Pence};
use super::parse_change::change;
use super::party::{PartyCategory, StatedCategory};
use super::raw::{
    RawConfidentiality, RawContact, RawCost, RawProposer, RawRouteQuestions, RawSipForm, RawTimescale, RawWindow,
};
use super::references::SipReference;
use super::route::AccessChange;
use super::text::{Description, Line, Prose, Reason, SystemName, Title};

impl RawSipForm {
    /// Reads the form.
    ///
    /// # Errors
    ///
    /// [`FieldErrors`] with every faulty field, in the order of the form.
    pub fn parse(self) -> Result<SipForm, FieldErrors> {
        let mut faults = Collector::default();
        let form = sip_form(&self, &mut faults);
        faults.finish(form)
    }
}

/// Reads every field before it gives up, so that `faults` holds all there is to say.
fn sip_form(raw: &RawSipForm, faults: &mut Collector) -> Option<SipForm> {
    let proposer = proposer(&raw.proposer, faults);
    let title = title(raw, faults);
    let description = description(raw, faults);
    let benefits = faults.some("benefits", &raw.benefits, "give at least one benefit", Prose::parse);
    let impacted_parties = impacted_parties(raw, faults);
    let change = change(raw, faults);
    let domains = domains(raw, faults);
    let systems = systems(raw, faults);
    let timescale = timescale(&raw.timescale, faults);
    let urgency = urgency(raw, faults);
    let confidentiality = confidentiality(&raw.confidentiality, faults);
    let anticipated_cost = anticipated_cost(&raw.anticipated_cost, faults);
    let depends_on = faults.list("depends_on", &raw.depends_on, SHORT_LIST, dependency);
    let resubmission_of = resubmission_of(raw, faults);
    let access_changes = access_changes(&raw.changes, faults);
    let (domain, other_domains) = domains?;
    Some(SipForm {
        proposer: proposer?,
        title: title?,
        description: description?,
        benefits,
        impacted_parties,
        change: change?,
        domain,
        other_domains,
        systems,
        timescale: timescale?,
        urgency: urgency?,
        confidentiality: confidentiality?,
        anticipated_cost,
        depends_on,
        resubmission_of,
        access_changes,
    })
}

fn title(raw: &RawSipForm, faults: &mut Collector) -> Option<Title> {
    faults.required("title", raw.title.as_deref(), "say in one line what is proposed", Line::parse)
}

fn description(raw: &RawSipForm, faults: &mut Collector) -> Option<Description> {
    let mend = "say what should change and why";
    faults.required("description", raw.description.as_deref(), mend, Prose::parse)
}

/// The domain claimed, and the others touched without it.
fn domains(raw: &RawSipForm, faults: &mut Collector) -> Option<(DomainId, BTreeSet<DomainId>)> {
    let mend = "name the Business Functional Domain, such as BFD01";
    let domain = faults.required("domain", raw.domain.as_deref(), mend, DomainId::parse);
    let mut others: BTreeSet<_> = faults.list("other_domains", &raw.other_domains, SHORT_LIST, DomainId::parse);
    let domain = domain?;
    others.remove(&domain);
    Some((domain, others))
}

fn systems(raw: &RawSipForm, faults: &mut Collector) -> BTreeSet<SystemName> {
    faults.some("systems", &raw.systems, "name at least one DCC System, such as SSI", Line::parse)
}

fn resubmission_of(raw: &RawSipForm, faults: &mut Collector) -> Option<SipReference> {
    faults.optional("resubmission_of", raw.resubmission_of.as_deref(), SipReference::parse)
}

fn proposer(raw: &RawProposer, faults: &mut Collector) -> Option<Proposer> {
    let organisation = raw.organisation.as_deref();
    let organisation = faults.required("proposer.organisation", organisation, "name your organisation", Line::parse);
    let category = raw.category.as_deref();
    let mend = "name its Party category, such as Large Supplier";
    let category = faults.required("proposer.category", category, mend, StatedCategory::parse);
    let contact = contact(&raw.contact, faults);
    Some(Proposer { organisation: organisation?, category: category?, contact: contact? })
}

fn contact(raw: &RawContact, faults: &mut Collector) -> Option<Contact> {
    let name = raw.name.as_deref();
    let name = faults.required("proposer.contact.name", name, "name the person DCC should ask", Line::parse);
    let email = raw.email.as_deref();
    let mend = "give the address DCC should answer to";
    let email = faults.required("proposer.contact.email", email, mend, EmailAddress::parse);
    Some(Contact { name: name?, email: email? })
}

fn impacted_parties(raw: &RawSipForm, faults: &mut Collector) -> BTreeSet<PartyCategory> {
    let mend = "name at least one Party category, such as Large Supplier";
    faults.some("impacted_parties", &raw.impacted_parties, mend, PartyCategory::parse)
}

fn timescale(raw: &RawTimescale, faults: &mut Collector) -> Option<Timescale> {
    let effort_given = filled(raw.develop_weeks.as_deref()).or(filled(raw.deploy_weeks.as_deref())).is_some();
    let window_given = filled(raw.window.start.as_deref()).or(filled(raw.window.end.as_deref())).is_some();
    if !effort_given && !window_given {
        faults.note("timescale", "this is missing", "give the weeks to develop and deploy, or the dates wanted");
    }
    let effort = effort_given.then(|| effort(raw, faults));
    let window = window_given.then(|| window(&raw.window, faults));
    match (effort, window) {
        (Some(effort), Some(window)) => Some(Timescale::EffortInWindow { effort: effort?, window: window? }),
        (Some(effort), None) => effort.map(Timescale::Effort),
        (None, window) => window?.map(Timescale::Window),
    }
}

fn effort(raw: &RawTimescale, faults: &mut Collector) -> Option<Effort> {
    let (develop, deploy) = (raw.develop_weeks.as_deref(), raw.deploy_weeks.as_deref());
    let develop = faults.required("timescale.develop_weeks", develop, "give the weeks to develop", weeks);
    let deploy = faults.required("timescale.deploy_weeks", deploy, "give the weeks to deploy", weeks);
    Some(Effort { develop_weeks: develop?, deploy_weeks: deploy? })
}

fn window(raw: &RawWindow, faults: &mut Collector) -> Option<Window> {
    let start = faults.required("timescale.window.start", raw.start.as_deref(), "give the first day", day);
    let end = faults.required("timescale.window.end", raw.end.as_deref(), "give the last day", day);
    faults.keep("timescale.window", Window::new(start?, end?))
}

fn urgency(raw: &RawSipForm, faults: &mut Collector) -> Option<Urgency> {
    let (field, given) = ("urgency_reason", raw.urgency_reason.as_deref());
    let claim = faults.or("urgent", raw.urgent.as_deref(), Answer::No, answer);
    if claim == Some(Answer::No) && filled(given).is_some() {
        let mend = "write urgent: yes, or take the reason out";
        faults.note(field, "there is a reason but urgency is not claimed", mend);
    }
    if claim == Some(Answer::Yes) {
        let mend = "say why it cannot wait for the ordinary timetable";
        let reason = faults.required(field, given, mend, Prose::parse);
        return Some(Urgency::Claimed { reason: reason? });
    }
    faults.optional(field, given, Reason::parse);
    claim.map(|_| Urgency::Ordinary)
}

fn confidentiality(raw: &RawConfidentiality, faults: &mut Collector) -> Option<Confidentiality> {
    let extent = faults.or("confidentiality.extent", raw.extent.as_deref(), Extent::None, extent);
    match extent? {
        Extent::None => {
            refuse_idle_confidentiality(raw, faults);
            Some(Confidentiality::None)
        }
        Extent::Part => {
            let reason = confidentiality_reason(raw, faults);
            let (field, mend) = ("confidentiality.parts", "name the fields meant");
            let parts = faults.some(field, &raw.parts, mend, confidential_part);
            Some(Confidentiality::Part { parts, reason: reason? })
        }
        Extent::Whole => {
            let reason = confidentiality_reason(raw, faults);
            Some(Confidentiality::Whole { reason: reason? })
        }
    }
}

fn confidentiality_reason(raw: &RawConfidentiality, faults: &mut Collector) -> Option<Reason> {
    let mend = "say why it should be kept from publication";
    faults.required("confidentiality.reason", raw.reason.as_deref(), mend, Prose::parse)
}

/// Refuses parts or a reason when nothing is to be kept from publication.
fn refuse_idle_confidentiality(raw: &RawConfidentiality, faults: &mut Collector) {
    let mut rest = raw.parts.iter().map(String::as_str).chain(raw.reason.as_deref());
    if rest.any(|text| filled(Some(text)).is_some()) {
        let what = "something is said about confidentiality but none is asked";
        let mend = "write part or whole, or take the parts and the reason out";
        faults.note("confidentiality.extent", what, mend);
    }
}

fn anticipated_cost(raw: &RawCost, faults: &mut Collector) -> Option<CostRange> {
    let (low, high) = (filled(raw.low.as_deref()), filled(raw.high.as_deref()));
    low.or(high)?;
    let mend = "give both ends, the same twice for a single figure";
    let low = faults.required("anticipated_cost.low", low, mend, Pence::parse);
    let high = faults.required("anticipated_cost.high", high, mend, Pence::parse);
    faults.keep("anticipated_cost", CostRange::new(low?, high?))
}

fn access_changes(raw: &RawRouteQuestions, faults: &mut Collector) -> BTreeSet<AccessChange> {
    let questions = [
        ("changes.connection", &raw.connection, AccessChange::Connection),
        ("changes.access_rights", &raw.access_rights, AccessChange::AccessRights),
        ("changes.role_and_domain_tables", &raw.role_and_domain_tables, AccessChange::RoleAndDomainTables),
    ];
    let mut changed = BTreeSet::new();
    for (field, given, change) in questions {
        if faults.required(field, given.as_deref(), "answer yes or no", answer) == Some(Answer::Yes) {
            changed.insert(change);
        }
    }
    changed
}
