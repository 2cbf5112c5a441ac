//! What was consulted on, what was found since, and what the deciding bodies said to it (R44 to R48).
//!
//! Each SIP has a file of its scope and cost. The scope is frozen when a consultation on it opens; the Impact Assessment,
//! each report of change and the actual cost are held against it by the tests of material change, and each determination
//! keeps what the tests had found.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::app::App;
use super::assessments;
use super::bounds::bounds;
use super::call::Call;
use super::dossiers::{self, Dossier, Eyes, Key};
use super::error::ServiceError;
use super::loaded::{Loaded, load_by_id};
use super::sips::SIP_PROCESS;
use crate::consultation::{Contents, Costs, SipId};
use crate::sip::budget::{Basis, CostHistory};
use crate::sip::material::{MaterialChange, Snapshots, material_change};
use crate::sip::scope::{Report, Scope};
use crate::sip::{CostRange, FieldErrors, Pence, Window};
use crate::store::{self, Source, WriteTx};
use crate::workflow::{ActionName, Event, FactName, Facts, Missing, Value};

/// The points at which a body approves the figure it is shown.
const APPROVING: [&str; 3] = ["revised_scope", "development_sign_off", "deployment_sign_off"];
/// Where an action keeps what the tests found, in words.
const FINDINGS: &str = "material_findings";

/// The scope and cost of a SIP over time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScopeFile {
    /// What Parties were consulted on, the latest time last.
    pub(super) consulted: Vec<Scope>,
    /// What was found since, the latest last.
    pub(super) found: Vec<Found>,
    /// What the bodies determined, the latest last.
    pub(super) decisions: Vec<Decision>,
}

/// Scope and cost as found at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Found {
    pub(super) at: DateTime<Utc>,
    pub(super) basis: Basis,
    pub(super) cost: Pence,
    pub(super) scope: Scope,
    pub(super) change: MaterialChange,
}

/// A determination on the figure found last, with what the tests had found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    pub(super) at: DateTime<Utc>,
    pub(super) point: String,
    pub(super) option: String,
    pub(super) cost: Option<Pence>,
    pub(super) change: MaterialChange,
}

/// What can happen to scope and cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ScopeEvent {
    /// A consultation on it opened.
    Consulted { scope: Scope },
    /// It left that consultation before its close.
    LeftConsultation,
    /// Scope and cost were found to be this.
    Found { basis: Basis, cost: Pence, scope: Scope, change: MaterialChange },
    /// A body made a determination on what was found.
    Decided { point: String, option: String },
}

impl Dossier for ScopeFile {
    const KIND: &'static str = "scope";
    const EYES: Eyes = Eyes::Everybody;
    type Event = ScopeEvent;

    fn apply(&mut self, event: &ScopeEvent, at: DateTime<Utc>, _: &str) {
        match event.clone() {
            ScopeEvent::Consulted { scope } => self.consulted.push(scope),
            ScopeEvent::LeftConsultation => {
                self.consulted.pop();
            }
            ScopeEvent::Found { basis, cost, scope, change } => {
                self.found.push(Found { at, basis, cost, scope, change });
            }
            ScopeEvent::Decided { point, option } => {
                let change = self.found.last().map(|found| found.change.clone()).unwrap_or_default();
                let cost = self.found.last().map(|found| found.cost);
                self.decisions.push(Decision { at, point, option, cost, change });
            }
        }
    }
}

impl ScopeFile {
    /// How the cost was known over time.
    pub(super) fn history(&self) -> CostHistory {
        let of = |basis| self.found.iter().filter(move |found| found.basis == basis).map(|found| found.cost);
        CostHistory {
            anticipated: self.consulted.first().and_then(|scope| scope.cost),
            assessed: of(Basis::Assessed).next_back(),
            revised: of(Basis::Revised).collect(),
            actual: of(Basis::Actual).next_back(),
        }
    }

    /// The figure a body approved last.
    pub(super) fn approved(&self) -> Option<Pence> {
        let approved = self.decisions.iter().rev().find(|decision| decision.option == "approve");
        approved.and_then(|decision| decision.cost)
    }

    /// The scope as found last, or else as consulted on.
    fn now(&self) -> Option<&Scope> {
        self.found.last().map(|found| &found.scope).or(self.consulted.last())
    }

    /// The moments that the tests compare, with `now` laid over them.
    fn snapshots(&self, consulted: Scope, now: (Basis, Scope)) -> Snapshots {
        let assessed = self.found.iter().rfind(|found| found.basis == Basis::Assessed);
        let assessed = assessed.map(|found| found.scope.clone());
        let approved = self.approved();
        match now {
            (Basis::Assessed, scope) => Snapshots { consulted, assessed: Some(scope), current: None, approved },
            (_, scope) => Snapshots { consulted, assessed, current: Some(scope), approved },
        }
    }
}

/// The file of a SIP; an empty one before it was ever consulted on.
pub(super) async fn file(source: &impl Source, sip: &Loaded) -> Result<ScopeFile, ServiceError> {
    let kept = dossiers::find::<ScopeFile>(source, &sip.record.reference).await?;
    Ok(kept.map(|kept| kept.body).unwrap_or_default())
}

/// Whether scope and cost as the Impact Assessment found them differ materially from what was consulted on (R45, R47).
pub(super) async fn is_material(tx: &WriteTx, sip: &Loaded) -> Result<(bool, Option<String>), ServiceError> {
    let change = assessed(tx, sip).await?.map(|(_, change)| change).unwrap_or_default();
    Ok((change.is_material(), Some(change.to_string())))
}

/// What the latest Impact Assessment found, and what the tests say to it.
async fn assessed(tx: &WriteTx, sip: &Loaded) -> Result<Option<(Scope, MaterialChange)>, ServiceError> {
    let file = file(tx, sip).await?;
    let Some(assessment) = assessments::latest(tx, sip).await? else { return Ok(None) };
    let consulted = file.consulted.last().cloned().unwrap_or_else(|| of_form(sip));
    let scope = Scope::of_assessment(&assessment, &consulted);
    let snapshots = file.snapshots(consulted, (Basis::Assessed, scope.clone()));
    Ok(Some((scope, material_change(&snapshots, &bounds()?.material_change))))
}

/// The scope after a cost was reported, and what the tests say to it.
fn reported(
    file: &ScopeFile,
    sip: &Loaded,
    basis: Basis,
    report: &Report,
) -> Result<Result<(Scope, MaterialChange), FieldErrors>, ServiceError> {
    let before = file.now().cloned().unwrap_or_else(|| of_form(sip));
    let scope = match before.after(report) {
        Ok(scope) => scope,
        Err(faults) => return Ok(Err(faults)),
    };
    let consulted = file.consulted.last().cloned().unwrap_or_else(|| of_form(sip));
    let snapshots = file.snapshots(consulted, (basis, scope.clone()));
    Ok(Ok((scope, material_change(&snapshots, &bounds()?.material_change))))
}

/// The scope that the form and validation give.
fn of_form(sip: &Loaded) -> Scope {
    let cost = match sip.case().value("cost") {
        Some(Value::CostRange { low, high }) => range(*low, *high),
        _ => None,
    };
    let form = sip.body.form.as_ref().map(|form| Scope::of_form(form, cost));
    form.unwrap_or_else(|| Scope { cost, ..Scope::default() })
}

fn range(low: i64, high: i64) -> Option<CostRange> {
    CostRange::new(Pence::new(low).ok()?, Pence::new(high).ok()?).ok()
}

/// Fills in what follows from the rest: what the tests find in a report of change. Faults of the report are added to
/// what cannot be read.
pub(super) async fn derive(
    tx: &WriteTx,
    sip: &Loaded,
    action: &ActionName,
    values: &mut Facts,
    unreadable: &mut Vec<Missing>,
) -> Result<(), ServiceError> {
    let change = match action.as_str() {
        assessments::DELIVER => assessed(tx, sip).await?.map(|(_, change)| change),
        "report_change" => match reported(&file(tx, sip).await?, sip, Basis::Revised, &report(values))? {
            Ok((_, change)) => Some(change),
            Err(faults) => {
                unreadable.extend(faults.iter().map(|fault| Missing {
                    field: Some(fault.field.clone()),
                    what: format!("{}; {}", fault.what, fault.mend),
                }));
                None
            }
        },
        _ => return Ok(()),
    };
    let asked = sip.definition.action(&sip.case().state, action).is_some_and(|action| {
        let name = FactName::new(FINDINGS);
        action.may.contains(&name) || action.needs.contains(&name)
    });
    if let Some(change) = change.filter(|_| asked) {
        values.insert(FINDINGS.into(), Value::Text(change.to_string()));
    }
    Ok(())
}

/// The report that the values of an action make.
fn report(values: &Facts) -> Report {
    let list = |name: &str| match values.get(name) {
        Some(Value::List(items)) => items.clone(),
        _ => Vec::new(),
    };
    let changed = values.get("scope_changed") == Some(&Value::YesNo(true));
    let words = values.get("what_changed").and_then(Value::as_text).map(str::to_owned);
    Report {
        cost: money(values, "revised_cost").unwrap_or_default(),
        requirements_added: list("requirements_added"),
        requirements_removed: list("requirements_removed"),
        parties_added: list("parties_added"),
        window: window(values, "new_window"),
        changed: words.filter(|_| changed),
    }
}

fn money(values: &Facts, name: &str) -> Option<Pence> {
    match values.get(name) {
        Some(Value::Money(pence)) => Pence::new(*pence).ok(),
        _ => None,
    }
}

pub(super) fn window(values: &Facts, name: &str) -> Option<Window> {
    match values.get(name) {
        Some(Value::Window { from, to }) => Window::new(*from, *to).ok(),
        _ => None,
    }
}

/// Brings the file into line with what happened to a SIP.
pub(super) async fn follow(
    app: &App,
    tx: &WriteTx,
    call: &Call<'_>,
    sip: &Loaded,
    events: &[Event],
) -> Result<(), ServiceError> {
    if sip.record.process != SIP_PROCESS {
        return Ok(());
    }
    for event in events {
        let happened = match event {
            Event::ActionTaken { action, values, .. } => of_action(app, tx, sip, action, values).await?,
            Event::DeterminationMade(made) if APPROVING.contains(&made.point.as_str()) => {
                Some(ScopeEvent::Decided { point: made.point.to_string(), option: made.option.to_string() })
            }
            _ => None,
        };
        if let Some(happened) = happened {
            let key = Key::child(&sip.record.reference, &sip.record.id);
            dossiers::enter::<ScopeFile>(tx, call, &key, "scope_followed", &[happened]).await?;
        }
    }
    Ok(())
}

async fn of_action(
    app: &App,
    tx: &WriteTx,
    sip: &Loaded,
    action: &ActionName,
    values: &Facts,
) -> Result<Option<ScopeEvent>, ServiceError> {
    let file = file(tx, sip).await?;
    Ok(match action.as_str() {
        "join_consultation" => Some(ScopeEvent::Consulted { scope: consulted(app, tx, sip, &file).await? }),
        "return_to_backlog" if !file.consulted.is_empty() => Some(ScopeEvent::LeftConsultation),
        assessments::DELIVER => {
            let cost = money(values, "assessed_cost");
            let found = assessed(tx, sip).await?.zip(cost);
            found.map(|((scope, change), cost)| ScopeEvent::Found { basis: Basis::Assessed, cost, scope, change })
        }
        "report_change" => found(&file, sip, Basis::Revised, &report(values))?,
        "deploy" => match money(values, "actual_cost") {
            Some(cost) => found(&file, sip, Basis::Actual, &Report { cost, ..Report::default() })?,
            None => None,
        },
        _ => None,
    })
}

fn found(file: &ScopeFile, sip: &Loaded, basis: Basis, report: &Report) -> Result<Option<ScopeEvent>, ServiceError> {
    let found = reported(file, sip, basis, report)?.map_err(ServiceError::Form)?;
    let (scope, change) = found;
    Ok(Some(ScopeEvent::Found { basis, cost: report.cost, scope, change }))
}

/// The cost that a consultation states for a SIP.
async fn cost_stated(tx: &WriteTx, batch: &Loaded, sip: &Loaded) -> Result<Option<CostRange>, ServiceError> {
    let contents = dossiers::find::<Contents>(tx, &batch.record.reference).await?;
    let (issued, Ok(id)) = (contents.and_then(|kept| kept.body.issued), SipId::parse(sip.known_as())) else {
        return Ok(None);
    };
    let cost = issued.as_ref().and_then(|issued| issued.proposal(&id)?.cost);
    let range = |cost: Costs| CostRange::new(Pence::new(cost.low_pence)?, Pence::new(cost.high_pence)?);
    let damaged = |error| ServiceError::damaged(format!("consultation:{}", batch.record.reference), error);
    cost.map(range).transpose().map_err(damaged)
}

/// What Parties are consulted on: the scope as it is now, at the cost that the consultation states and in its window.
async fn consulted(app: &App, tx: &WriteTx, sip: &Loaded, file: &ScopeFile) -> Result<Scope, ServiceError> {
    let mut scope = file.found.last().map_or_else(|| of_form(sip), |found| found.scope.clone());
    for member in store::batches_of(tx, &sip.record.id).await?.into_iter().filter(|member| member.left_at.is_none()) {
        let batch = load_by_id(app, tx, &member.batch_case_id).await?;
        if batch.record.closed_at.is_none() {
            scope.window = window(&batch.case().values, "implementation_window").or(scope.window);
            scope.cost = cost_stated(tx, &batch, sip).await?.or(scope.cost);
        }
    }
    Ok(scope)
}
