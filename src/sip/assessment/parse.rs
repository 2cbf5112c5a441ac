//! From the assessment as typed to the assessment as understood, with every faulty field reported at once.

use std::collections::BTreeMap;

use super::Assessment;
use super::form::{
    Account, Area, Baseline, Costs, History, Raid, Requirements, Solution, Summary, Testing, Timescales,
    TotalSystemRisk,
};
use super::parse_parts::{
    business, component, cost_line, definition, deliverable, document, milestone, phase, revision, subtotal,
};
use super::raw::{
    RawAssessedRequirements, RawAssessment, RawCosts, RawHistory, RawRaid, RawSolution, RawSummary, RawTesting,
    RawTimescales, RawTotalSystemRisk,
};
use super::read::{account, area, cost, line, records, refuse_twins, register};
use super::span::Span;
use crate::sip::errors::{Collector, FieldErrors, SHORT_LIST, filled};
use crate::sip::fields::{Answer, answer, day};
use crate::sip::form::Window;
use crate::sip::money::Pence;
use crate::sip::parse_change::{Touched, touched};
use crate::sip::party::PartyCategory;
use crate::sip::raw::{RawRequirements, RawWindow};
use crate::sip::text::{Note, Prose};

impl RawAssessment {
    /// Reads the assessment.
    ///
    /// # Errors
    ///
    /// [`FieldErrors`] with every faulty field, in the order of the document.
    pub fn parse(self) -> Result<Assessment, FieldErrors> {
        let mut faults = Collector::default();
        let assessment = assessment(&self, &mut faults);
        faults.finish(assessment)
    }
}

/// Reads every field before it gives up, so that `faults` holds all there is to say.
fn assessment(raw: &RawAssessment, faults: &mut Collector) -> Option<Assessment> {
    let summary = summary(&raw.summary, faults);
    let history = history(&raw.history, faults);
    let requirements = requirements(&raw.requirements, faults);
    let solution = solution(&raw.solution, faults);
    let impacts = impacts(&raw.impacts, faults);
    let total_system_risk = total_system_risk(&raw.total_system_risk, faults);
    let testing = testing(&raw.testing, faults);
    let timescales = timescales(&raw.timescales, faults);
    let costs = costs(&raw.costs, faults);
    let raid = raid(&raw.raid, faults);
    let glossary = records("glossary", &raw.glossary, faults, definition);
    Some(Assessment {
        summary,
        history,
        requirements,
        solution,
        impacts,
        total_system_risk: total_system_risk?,
        testing,
        timescales: timescales?,
        costs: costs?,
        raid,
        glossary,
    })
}

fn summary(raw: &RawSummary, faults: &mut Collector) -> Summary {
    Summary {
        cost: faults.optional("summary.cost", raw.cost.as_deref(), cost),
        timescale: faults.optional("summary.timescale", raw.timescale.as_deref(), Span::parse),
        release: line("summary.release", &raw.release, faults),
        asks: faults.list("summary.asks", &raw.asks, SHORT_LIST, Prose::parse),
        problem: account("summary.problem", &raw.problem, faults),
        benefits: account("summary.benefits", &raw.benefits, faults),
    }
}

fn history(raw: &RawHistory, faults: &mut Collector) -> History {
    History {
        revisions: records("history.revisions", &raw.revisions, faults, revision),
        documents: records("history.documents", &raw.documents, faults, document),
        proposer: line("history.proposer", &raw.proposer, faults),
        timeline: records("history.timeline", &raw.timeline, faults, milestone),
    }
}

fn requirements(raw: &RawAssessedRequirements, faults: &mut Collector) -> Requirements {
    let current = account("requirements.current", &raw.current, faults);
    let business = records("requirements.business", &raw.business, faults, business);
    refuse_twins("requirements.business", business.iter().map(|one| &one.reference), faults);
    let baseline = baseline(&raw.baseline, faults);
    let case = account("requirements.case", &raw.case, faults);
    let scope_change = account("requirements.scope_change", &raw.scope_change, faults);
    let parties = parties(&raw.parties, faults);
    Requirements { current, business, baseline, scope_change, case, parties }
}

/// The requirements of the baseline, unless none is listed.
fn baseline(raw: &RawRequirements, faults: &mut Collector) -> Option<Baseline> {
    let Touched { amend, remove, add } = touched("requirements.baseline", raw, faults);
    let listed = !(amend.is_empty() && remove.is_empty() && add.is_empty());
    listed.then_some(Baseline { amend, remove, add })
}

fn parties(raw: &BTreeMap<String, String>, faults: &mut Collector) -> BTreeMap<PartyCategory, Note> {
    let mut parties = BTreeMap::new();
    for (name, impact) in raw {
        let path = format!("requirements.parties.{name}");
        let category = faults.keep(&path, PartyCategory::parse(name));
        let impact = faults.required(&path, Some(impact), "say how they are impacted", Prose::parse);
        if let (Some(category), Some(impact)) = (category, impact)
            && parties.insert(category, impact).is_some()
        {
            faults.note(&path, format!("{category} stands here twice"), "leave it in once");
        }
    }
    parties
}

fn solution(raw: &RawSolution, faults: &mut Collector) -> Solution {
    Solution {
        overview: account("solution.overview", &raw.overview, faults),
        sec_changes: account("solution.sec_changes", &raw.sec_changes, faults),
        deliverables: records("solution.deliverables", &raw.deliverables, faults, deliverable),
        components: records("solution.components", &raw.components, faults, component),
    }
}

fn impacts(raw: &BTreeMap<String, String>, faults: &mut Collector) -> BTreeMap<Area, Account> {
    let mut impacts = BTreeMap::new();
    for (name, impact) in raw {
        let path = format!("impacts.{name}");
        let area = faults.keep(&path, area(name));
        let impact = faults.optional(&path, Some(impact), Prose::parse);
        if let (Some(area), Some(impact)) = (area, impact)
            && impacts.insert(area, impact).is_some()
        {
            faults.note(&path, format!("{area} stands here twice"), "leave it in once");
        }
    }
    impacts
}

fn total_system_risk(raw: &RawTotalSystemRisk, faults: &mut Collector) -> Option<TotalSystemRisk> {
    let mend = "answer yes or no: is the wider DCC Total System at risk?";
    let found = faults.required("total_system_risk.found", raw.found.as_deref(), mend, answer);
    let path = "total_system_risk.description";
    if found == Some(Answer::Yes) {
        let description = faults.required(path, raw.description.as_deref(), "say what the risk is", Prose::parse);
        return Some(TotalSystemRisk::Found { description: description? });
    }
    let because = account(path, &raw.description, faults);
    found.map(|_| TotalSystemRisk::NoneFound { because })
}

fn testing(raw: &RawTesting, faults: &mut Collector) -> Testing {
    Testing {
        pit: account("testing.pit", &raw.pit, faults),
        acceptance: faults.list("testing.acceptance", &raw.acceptance, SHORT_LIST, Prose::parse),
        sit: account("testing.sit", &raw.sit, faults),
        uit: account("testing.uit", &raw.uit, faults),
    }
}

fn timescales(raw: &RawTimescales, faults: &mut Collector) -> Option<Timescales> {
    let phases = records("timescales.phases", &raw.phases, faults, phase);
    let release = account("timescales.release", &raw.release, faults);
    let mend = "give the day development is due to be complete";
    let develop_by = faults.required("timescales.develop_by", raw.develop_by.as_deref(), mend, day);
    let window = window(&raw.window, faults);
    Some(Timescales { phases, release, develop_by: develop_by?, window })
}

fn window(raw: &RawWindow, faults: &mut Collector) -> Option<Window> {
    filled(raw.start.as_deref()).or(filled(raw.end.as_deref()))?;
    let start = faults.required("timescales.window.start", raw.start.as_deref(), "give the first day", day);
    let end = faults.required("timescales.window.end", raw.end.as_deref(), "give the last day", day);
    faults.keep("timescales.window", Window::new(start?, end?))
}

fn costs(raw: &RawCosts, faults: &mut Collector) -> Option<Costs> {
    let basis = account("costs.basis", &raw.basis, faults);
    let lines = records("costs.lines", &raw.lines, faults, cost_line);
    let subtotals = records("costs.subtotals", &raw.subtotals, faults, subtotal);
    let mend = "give the total, such as £350,000 to £450,000";
    let total = faults.required("costs.total", raw.total.as_deref(), mend, cost);
    let support_per_year = faults.optional("costs.support_per_year", raw.support_per_year.as_deref(), cost);
    let assessment = faults.optional("costs.assessment", raw.assessment.as_deref(), Pence::parse);
    let contracts = account("costs.contracts", &raw.contracts, faults);
    faults.keep("costs.lines", super::sums::addable(&lines));
    Some(Costs { basis, lines, subtotals, total: total?, support_per_year, assessment, contracts })
}

fn raid(raw: &RawRaid, faults: &mut Collector) -> Raid {
    Raid {
        risks: register("raid.risks", &raw.risks, faults),
        assumptions: register("raid.assumptions", &raw.assumptions, faults),
        issues: register("raid.issues", &raw.issues, faults),
        dependencies: register("raid.dependencies", &raw.dependencies, faults),
    }
}
