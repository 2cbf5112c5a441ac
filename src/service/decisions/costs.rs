//! What a case was thought to cost, what it costs now, and what has changed materially (R44 to R48).

use chrono::{DateTime, Utc};

use super::super::loaded::Loaded;
use super::super::material::{Decision, Found, ScopeFile};
use super::Happened;
use crate::calendar::london_date;
use crate::committee::papers::{CostFigure, Costs, MaterialChange};
use crate::sip::budget::Basis;
use crate::sip::material::Test;
use crate::sip::{CostBand, CostRange};
use crate::workflow::{Event, PointName, Value};

/// What figures are taken from.
pub(super) struct Figures<'a> {
    pub(super) case: &'a Loaded,
    pub(super) file: &'a ScopeFile,
    pub(super) history: &'a [Happened],
}

impl Figures<'_> {
    /// What was consulted on, what is known now, and every figure in between.
    pub(super) fn costs(&self) -> Costs {
        let consulted = self.file.consulted.first().and_then(|scope| scope.cost);
        let recorded = || self.case.case().value("cost").map(ToString::to_string).unwrap_or_default();
        let last = self.file.found.last();
        let found = last.map(|found| format!("{} ({}), {}", found.cost, CostBand::of(found.cost), source(found.basis)));
        let mut history = self.estimated();
        history.extend(self.consulted());
        history.extend(self.file.found.iter().map(|found| (found.at, as_found(found))));
        history.extend(self.file.decisions.iter().filter_map(|made| Some((made.at, self.decided(made)?))));
        history.sort_by_key(|(at, _)| *at);
        Costs {
            original: consulted.map(in_band).unwrap_or_default(),
            now: found.unwrap_or_else(recorded),
            history: history.into_iter().map(|(_, figure)| figure).collect(),
        }
    }

    /// The ranges that were recorded on the way.
    fn estimated(&self) -> Vec<(DateTime<Utc>, CostFigure)> {
        let figure = |entry: &Happened, event: &Event| {
            let Event::ActionTaken { action, from, values, .. } = event else { return None };
            let cost = values.get("cost")?;
            let (definition, at) = (&self.case.definition, entry.at);
            let stage = definition.states.get(from).and_then(|state| definition.stages.get(&state.stage));
            let title = definition.action(from, action).map(|action| action.title.clone());
            let figure = CostFigure {
                stage: stage.map(|stage| stage.title.clone()).unwrap_or_default(),
                on: london_date(at),
                figure: match cost {
                    Value::CostRange { .. } => cost.to_string(),
                    _ => return None,
                },
                basis: title.unwrap_or_else(|| action.words()),
            };
            Some((at, figure))
        };
        self.history
            .iter()
            .flat_map(|entry| entry.events.iter().filter_map(move |event| figure(entry, event)))
            .collect()
    }

    /// The ranges that Parties were consulted on.
    fn consulted(&self) -> Vec<(DateTime<Utc>, CostFigure)> {
        let scopes = self.file.consulted.iter().zip(self.joined());
        let figure = |(scope, at): (&crate::sip::scope::Scope, DateTime<Utc>)| {
            let figure = CostFigure {
                stage: "Consultation".to_owned(),
                on: london_date(at),
                figure: in_band(scope.cost?),
                basis: "What Parties were consulted on".to_owned(),
            };
            Some((at, figure))
        };
        scopes.filter_map(figure).collect()
    }

    /// When each consultation that ran its course opened.
    fn joined(&self) -> Vec<DateTime<Utc>> {
        let mut joined = Vec::new();
        for entry in self.history {
            for event in &entry.events {
                match event {
                    Event::ActionTaken { action, .. } if action.as_str() == "join_consultation" => {
                        joined.push(entry.at);
                    }
                    Event::ActionTaken { action, .. } if action.as_str() == "return_to_backlog" => {
                        joined.pop();
                    }
                    _ => {}
                }
            }
        }
        joined
    }

    fn decided(&self, made: &Decision) -> Option<CostFigure> {
        Some(CostFigure {
            stage: self.case.definition.point_title(&PointName::new(&made.point)),
            on: london_date(made.at),
            figure: made.cost?.to_string(),
            basis: format!("Determination: {}", made.option.replace('_', " ")),
        })
    }

    /// What the tests found in scope and cost since they were last consulted on.
    pub(super) fn material_changes(&self) -> Vec<MaterialChange> {
        let consulted = self.joined().last().copied();
        let last = self.file.found.last().filter(|found| consulted.is_none_or(|at| found.at > at));
        let findings = last.into_iter().flat_map(|found| &found.change.findings);
        let change = |finding: &crate::sip::material::Finding| MaterialChange {
            test: test(finding.test).to_owned(),
            before: finding.consulted.clone(),
            now: finding.now.clone(),
        };
        findings.map(change).collect()
    }
}

fn in_band(range: CostRange) -> String {
    format!("{range} ({})", range.band())
}

fn as_found(found: &Found) -> CostFigure {
    let basis = if found.change.is_material() {
        format!("Material: {}", found.change)
    } else {
        "No material change found".to_owned()
    };
    CostFigure {
        stage: match found.basis {
            Basis::Assessed => "Impact Assessment",
            Basis::Revised => "Development",
            Basis::Actual => "Deployment",
        }
        .to_owned(),
        on: london_date(found.at),
        figure: found.cost.to_string(),
        basis,
    }
}

fn source(basis: Basis) -> &'static str {
    match basis {
        Basis::Assessed => "from the Impact Assessment",
        Basis::Revised => "as reported during development",
        Basis::Actual => "as it was in the end",
    }
}

fn test(test: Test) -> &'static str {
    match test {
        Test::BandCrossed => "The cost is in a higher band",
        Test::CostOverConsulted => "The cost exceeds the range consulted on",
        Test::CostOverApproved => "The cost exceeds the figure approved",
        Test::RequirementAdded => "A requirement was added",
        Test::RequirementRemoved => "A requirement was removed",
        Test::NewPartyCategory => "Another Party category is impacted",
        Test::OutsideWindow => "A date is outside the window",
        Test::WiderSystemRisk => "The wider DCC Total System is at risk",
        Test::ScopeChanged => "The scope has changed",
    }
}
