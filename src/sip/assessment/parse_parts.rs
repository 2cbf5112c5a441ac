//! How the records of an Impact Assessment are read: one function for each kind.

use super::form::{
    AssociatedDocument, BusinessRequirement, Component, CostLine, Definition, Deliverable, Milestone, Phase, RaidItem,
    Revision, Subtotal,
};
use super::raw::{
    RawAssociatedDocument, RawBusinessRequirement, RawComponent, RawCostLine, RawDefinition, RawDeliverable,
    RawMilestone, RawPhase, RawRaidItem, RawRevision, RawSubtotal,
};
use super::read::{Cell, Fields, cell, cost};
use super::span::Timing;
use crate::sip::fields::day;
use crate::sip::text::{Line, Prose};

pub(super) fn revision(raw: &RawRevision, fields: &mut Fields<'_>) -> Option<Revision> {
    let date = fields.needs("date", &raw.date, "give the day, such as 2026-02-23", day);
    let revision = fields.needs("revision", &raw.revision, "name the revision, such as 0.2", Line::parse);
    let changes = fields.needs("changes", &raw.changes, "say what changed", Prose::parse);
    Some(Revision { date: date?, revision: revision?, changes: changes? })
}

pub(super) fn document(raw: &RawAssociatedDocument, fields: &mut Fields<'_>) -> Option<AssociatedDocument> {
    let title = fields.needs("title", &raw.title, "name the document", Line::parse);
    let source = fields.needs("source", &raw.source, "say who issued it", Line::parse);
    let issued = fields.may("issued", &raw.issued, day);
    Some(AssociatedDocument { title: title?, source: source?, issued })
}

pub(super) fn milestone(raw: &RawMilestone, fields: &mut Fields<'_>) -> Option<Milestone> {
    let when = fields.needs("when", &raw.when, "say when, such as March 2026", Line::parse);
    let what = fields.needs("what", &raw.what, "say what happened", Prose::parse);
    Some(Milestone { when: when?, what: what? })
}

pub(super) fn business(raw: &RawBusinessRequirement, fields: &mut Fields<'_>) -> Option<BusinessRequirement> {
    let reference = fields.needs("ref", &raw.reference, "give it a reference, such as R1", Line::parse);
    let requirement = fields.needs("requirement", &raw.requirement, "write the requirement", Prose::parse);
    let constraints = fields.may("constraints", &raw.constraints, Prose::parse);
    Some(BusinessRequirement { reference: reference?, requirement: requirement?, constraints })
}

pub(super) fn deliverable(raw: &RawDeliverable, fields: &mut Fields<'_>) -> Option<Deliverable> {
    let phase = fields.needs("phase", &raw.phase, "name the phase that delivers it", Line::parse);
    let deliverable = fields.needs("deliverable", &raw.deliverable, "name the deliverable", Line::parse);
    let changes = fields.needs("changes", &raw.changes, "say what changes in it", Prose::parse);
    let answers = fields.labels("answers", &raw.answers);
    Some(Deliverable { phase: phase?, deliverable: deliverable?, changes: changes?, answers })
}

pub(super) fn component(raw: &RawComponent, fields: &mut Fields<'_>) -> Option<Component> {
    let name = fields.needs("name", &raw.name, "name the component", Line::parse);
    let impact = fields.needs("impact", &raw.impact, "say how it is touched", Prose::parse);
    let answers = fields.labels("answers", &raw.answers);
    Some(Component { name: name?, impact: impact?, answers })
}

pub(super) fn phase(raw: &RawPhase, fields: &mut Fields<'_>) -> Option<Phase> {
    let phase = fields.needs("phase", &raw.phase, "name the phase", Line::parse);
    let timing = fields.may("duration", &raw.duration, Timing::parse);
    Some(Phase { phase: phase?, timing })
}

pub(super) fn cost_line(raw: &RawCostLine, fields: &mut Fields<'_>) -> Option<CostLine> {
    let phase = fields.needs("phase", &raw.phase, "name the phase", Line::parse);
    let supplier = fields.may("supplier", &raw.supplier, Line::parse);
    let release = fields.may("release", &raw.release, Line::parse);
    let mend = "give pounds, such as £9,358 or £300,000 to £350,000, or write n/a";
    let cost = match fields.needs("cost", &raw.cost, mend, cell)? {
        Cell::Cost(cost) => Some(cost),
        Cell::NotApplicable => None,
    };
    Some(CostLine { phase: phase?, supplier, release, cost })
}

pub(super) fn subtotal(raw: &RawSubtotal, fields: &mut Fields<'_>) -> Option<Subtotal> {
    let of = fields.needs("of", &raw.of, "name the phase, supplier or release", Line::parse);
    let cost = fields.needs("cost", &raw.cost, "give pounds, such as £300,000 to £350,000", cost);
    Some(Subtotal { of: of?, cost: cost? })
}

pub(super) fn raid_item(raw: &RawRaidItem, fields: &mut Fields<'_>) -> Option<RaidItem> {
    let reference = fields.needs("ref", &raw.reference, "give it a reference, such as A1", Line::parse);
    let area = fields.may("area", &raw.area, Line::parse);
    let description = fields.needs("description", &raw.description, "say what it is", Prose::parse);
    let status = fields.may("status", &raw.status, Prose::parse);
    Some(RaidItem { reference: reference?, area, description: description?, status })
}

pub(super) fn definition(raw: &RawDefinition, fields: &mut Fields<'_>) -> Option<Definition> {
    let term = fields.needs("term", &raw.term, "name the word explained", Line::parse);
    let meaning = fields.needs("meaning", &raw.meaning, "say what it means", Prose::parse);
    Some(Definition { term: term?, meaning: meaning? })
}
