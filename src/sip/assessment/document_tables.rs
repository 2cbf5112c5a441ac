//! The tables of an Impact Assessment.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::form::{Baseline, Costs, Definition, History, Label, RaidItem, Requirements, Solution, Timescales};
use crate::document::{Align, Table};
use crate::sip::form::AddedRequirement;
use crate::sip::money::CostRange;

/// A London date in words.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// A table; one without rows says so.
fn table<const COLUMNS: usize>(heads: [(&str, u16); COLUMNS], rows: impl Iterator<Item = [String; COLUMNS]>) -> Table {
    let mut rows = rows.peekable();
    let empty = rows.peek().is_none();
    let filled = rows.fold(Table::new(heads), Table::row);
    if empty { filled.row(["None"]) } else { filled }
}

pub(super) fn revisions(history: &History) -> Table {
    let rows = history.revisions.iter().map(|one| [day(one.date), one.revision.to_string(), one.changes.to_string()]);
    table([("Revision Date", 2), ("Revision", 1), ("Summary of Changes", 5)], rows)
}

pub(super) fn documents(history: &History) -> Table {
    let rows = (1..).zip(&history.documents).map(|(number, one): (u32, _)| {
        let issued = one.issued.map(day).unwrap_or_default();
        [number.to_string(), one.title.to_string(), one.source.to_string(), issued]
    });
    table([("#", 1), ("Title and Originator's Reference", 6), ("Source", 3), ("Issue Date", 2)], rows)
}

pub(super) fn timeline(history: &History) -> Table {
    let rows = history.timeline.iter().map(|one| [one.when.to_string(), one.what.to_string()]);
    table([("When", 1), ("What", 3)], rows)
}

pub(super) fn business(needs: &Requirements) -> Table {
    let rows = needs.business.iter().map(|one| [one.reference.to_string(), one.requirement.to_string()]);
    table([("Req.", 1), ("Requirement", 6)], rows)
}

pub(super) fn baseline(baseline: &Baseline) -> Table {
    let added = baseline.add.iter().map(|added| match added {
        AddedRequirement::Wording(text) => ["Add".to_owned(), text.to_string()],
        AddedRequirement::Numbered(id) => ["Add".to_owned(), id.to_string()],
    });
    let amended = baseline.amend.iter().map(|id| ["Amend".to_owned(), id.to_string()]);
    let removed = baseline.remove.iter().map(|id| ["Remove".to_owned(), id.to_string()]);
    table([("Change", 1), ("Requirement", 6)], added.chain(amended).chain(removed))
}

pub(super) fn parties(needs: &Requirements) -> Table {
    let rows = needs.parties.iter().map(|(category, impact)| [category.to_string(), impact.to_string()]);
    table([("Party category", 1), ("Impact", 3)], rows)
}

pub(super) fn deliverables(solution: &Solution) -> Table {
    let rows = solution
        .deliverables
        .iter()
        .map(|one| [one.phase.to_string(), one.deliverable.to_string(), one.changes.to_string(), list(&one.answers)]);
    table([("Phase", 2), ("Deliverable", 3), ("Changes Required", 4), ("Answers", 1)], rows)
}

pub(super) fn components(solution: &Solution) -> Table {
    let rows = solution.components.iter().map(|one| [one.name.to_string(), one.impact.to_string(), list(&one.answers)]);
    table([("Component", 2), ("Impact", 5), ("Answers", 1)], rows)
}

fn list(labels: &BTreeSet<Label>) -> String {
    labels.iter().map(Label::as_str).collect::<Vec<_>>().join(", ")
}

pub(super) fn phases(times: &Timescales) -> Table {
    let rows = times
        .phases
        .iter()
        .map(|one| [one.phase.to_string(), one.timing.map(|timing| timing.to_string()).unwrap_or_default()]);
    table([("Phase", 3), ("Duration", 1)], rows)
}

/// The lines, the sums of the phases where there are several, the totals as stated, and the sum beside a total that is
/// not the same.
pub(super) fn costs(costs: &Costs) -> Table {
    let lines = costs.lines.iter().map(|line| {
        let name = |part: &Option<_>| part.as_ref().map(ToString::to_string).unwrap_or_default();
        [line.phase.to_string(), name(&line.supplier), name(&line.release), amount(line.cost)]
    });
    let row = |what: String, cost: Option<CostRange>| [what, String::new(), String::new(), amount(cost)];
    let several = costs.by_phase().len() < costs.lines.len();
    let phases = costs.by_phase().into_iter().filter(|_| several);
    let phases = phases.map(|(phase, cost)| row(format!("Sum of {phase}"), cost));
    let stated = costs.subtotals.iter().map(|one| row(format!("Stated for {}", one.of), Some(one.cost)));
    let sum = costs.sum().filter(|sum| *sum != costs.total).map(|sum| row("Sum of the lines".to_owned(), Some(sum)));
    let total = [row("Total as stated".to_owned(), Some(costs.total))];
    let rows = lines.chain(phases).chain(stated).chain(total).chain(sum);
    let heads = [("Phase", 3), ("Supplier", 3), ("Release", 2), ("Cost", 3)];
    table(heads, rows).align([Align::Start, Align::Start, Align::Start, Align::End])
}

fn amount(cost: Option<CostRange>) -> String {
    cost.map_or_else(|| "n/a".to_owned(), |cost| cost.to_string())
}

pub(super) fn raid(items: &[RaidItem]) -> Table {
    let rows = items.iter().map(|item| {
        let area = item.area.as_ref().map(ToString::to_string).unwrap_or_default();
        let status = item.status.as_ref().map(ToString::to_string).unwrap_or_default();
        [item.reference.to_string(), area, item.description.to_string(), status]
    });
    table([("Ref", 1), ("Area", 2), ("Description", 5), ("Status/Mitigation", 3)], rows)
}

pub(super) fn glossary(words: &[Definition]) -> Table {
    let rows = words.iter().map(|one| [one.term.to_string(), one.meaning.to_string()]);
    table([("Acronym", 1), ("Definition", 4)], rows)
}
