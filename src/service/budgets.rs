//! Budgets by Regulatory Year, what is committed against them, and hours of Planned Maintenance (R40, R48, R65, R66).

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::acts::{answered, finish};
use super::app::App;
use super::bounds::bounds;
use super::call::Call;
use super::dossiers::{self, Dossier, Eyes, Key};
use super::error::ServiceError;
use super::fields;
use super::loaded::{Body, Loaded, load};
use super::material::{ScopeFile, window};
use super::sips::SIP_PROCESS;
use crate::calendar::RegulatoryYear;
use crate::sip::budget::{Basis, Commitment, Sprint, Statement, statement};
use crate::sip::maintenance::{Hours, Month, Request, hours};
use crate::sip::{Mend, Pence};
use crate::store::{self, CaseFilter, CaseRecord, Source};
use crate::workflow::{ActionName, FactName, Facts, Value};

/// The budget of a Regulatory Year, each time it was set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Budget {
    pub(super) set: Vec<BudgetSet>,
}

/// A budget as somebody set it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BudgetSet {
    pub(super) at: DateTime<Utc>,
    pub(super) by: String,
    pub(super) amount: Pence,
    pub(super) reason: String,
}

/// What can happen to a budget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum BudgetEvent {
    /// It was set.
    Set { amount: Pence, reason: String },
}

impl Dossier for Budget {
    const KIND: &'static str = "budget";
    const EYES: Eyes = Eyes::Everybody;
    type Event = BudgetEvent;

    fn apply(&mut self, event: &BudgetEvent, at: DateTime<Utc>, by: &str) {
        let BudgetEvent::Set { amount, reason } = event.clone();
        self.set.push(BudgetSet { at, by: by.to_owned(), amount, reason });
    }
}

/// A budget to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBudget {
    /// The Regulatory Year, such as `2026/27`.
    pub year: String,
    /// The amount in pounds, as people write it.
    pub amount: String,
    /// Why it is this.
    pub reason: String,
}

/// Sets the budget of a Regulatory Year. The figures set before stay in the record.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but SECAS and DCC; [`ServiceError::Wrong`] when the year, the amount or the
/// reason cannot be read.
pub async fn set_budget(app: &App, call: &Call<'_>, new: &NewBudget) -> Result<RegulatoryYear, ServiceError> {
    if !call.actor.holds("secas") && !call.actor.holds("dcc") {
        return Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "SECAS or DCC".to_owned() });
    }
    let year: RegulatoryYear = new.year.trim().parse().map_err(|error| wrong("year", &error))?;
    let amount = Pence::parse(&new.amount)
        .map_err(|error| ServiceError::wrong("amount", format!("{error}; {}", error.mend())))?;
    let event = BudgetEvent::Set { amount, reason: fields::text("reason", &new.reason)? };
    let tx = app.store.write().await?;
    if let Some(answered) = answered(&tx, call).await? {
        return Ok(answered);
    }
    dossiers::enter::<Budget>(&tx, call, &Key::of(year.to_string()), "budget_set", &[event]).await?;
    finish(tx, call, year).await
}

fn wrong(field: &str, what: &impl ToString) -> ServiceError {
    ServiceError::wrong(field, what.to_string())
}

/// The budget of a Regulatory Year, as it was set last.
pub(super) async fn budget_of(source: &impl Source, year: RegulatoryYear) -> Result<Option<BudgetSet>, ServiceError> {
    let kept = dossiers::find::<Budget>(source, &year.to_string()).await?;
    Ok(kept.and_then(|kept| kept.body.set.last().cloned()))
}

/// What is committed in a Regulatory Year against its budget, as it stands (R40).
pub(super) async fn statement_of(
    app: &App,
    source: &impl Source,
    year: RegulatoryYear,
) -> Result<Statement, ServiceError> {
    let amount = budget_of(source, year).await?.map(|set| set.amount);
    Ok(statement(year, amount, &commitments(app, source).await?))
}

/// The years that have a budget or a commitment.
pub(super) async fn years(app: &App, source: &impl Source) -> Result<BTreeSet<RegulatoryYear>, ServiceError> {
    let set = dossiers::all::<Budget>(source).await?.into_iter().filter_map(|kept| kept.id.parse().ok());
    let committed = commitments(app, source).await?.into_iter().map(|one| one.year);
    Ok(set.chain(committed).collect())
}

/// What every SIP commits: its actual cost, or else the figure a body approved last. A SIP that ended without going live
/// commits nothing but what it has actually cost.
async fn commitments(app: &App, source: &impl Source) -> Result<Vec<Commitment>, ServiceError> {
    let mut commitments = Vec::new();
    for kept in dossiers::all::<ScopeFile>(source).await? {
        let sip = load(app, source, &kept.id).await?;
        commitments.extend(commitment(&kept.body, &sip));
    }
    Ok(commitments)
}

/// What one SIP commits, and in which year.
pub(super) fn commitment(file: &ScopeFile, sip: &Loaded) -> Option<Commitment> {
    let history = file.history();
    let given_up = sip.record.closed_at.is_some() && sip.case().state.as_str() != "live";
    let approved = file.approved().filter(|_| !given_up);
    let basis = if history.revised.is_empty() { Basis::Assessed } else { Basis::Revised };
    let actual = history.actual.map(|cost| (Basis::Actual, cost));
    let (basis, cost) = actual.or(approved.map(|cost| (basis, cost)))?;
    let sprint = sip.case().value("sprint").and_then(Value::as_text).and_then(|name| Sprint::parse(name).ok());
    let year = RegulatoryYear::containing(falls_on(file, sip)?);
    Some(Commitment { sip: sip.known_as().to_owned(), year, sprint, basis, cost })
}

/// The day that says in which Regulatory Year a SIP falls: of deployment, of the implementation window, or else of the
/// end of development.
fn falls_on(file: &ScopeFile, sip: &Loaded) -> Option<NaiveDate> {
    let values = &sip.case().values;
    let date = |name: &str| values.get(name).and_then(Value::as_date);
    let planned = || window(values, "implementation_window").map(|window| window.start());
    let scoped = || file.found.last()?.scope.window.map(|window| window.start());
    date("deploy_on").or_else(planned).or_else(scoped).or_else(|| date("develop_by"))
}

/// The hours of Planned Maintenance of a month: allowed, asked for and left (R65, R66).
pub(super) async fn maintenance_hours(source: &impl Source, month: Month) -> Result<Hours, ServiceError> {
    let mut requests = Vec::new();
    let mut filter = CaseFilter { process: Some(SIP_PROCESS.to_owned()), ..CaseFilter::default() };
    loop {
        let page = store::list_cases(source, &filter, 500).await?;
        for record in &page.cases {
            requests.extend(request(record)?);
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(hours(month, bounds()?.planned_maintenance_hours, &requests)),
        }
    }
}

/// The hours that a case asks for, where it does and has not ended without going live.
fn request(record: &CaseRecord) -> Result<Option<Request>, ServiceError> {
    if record.closed_at.is_some() && record.state != "live" {
        return Ok(None);
    }
    let body: Body =
        serde_json::from_value(record.body.clone()).map_err(|error| ServiceError::damaged(&record.reference, error))?;
    let sip = record.sip_number.clone().unwrap_or_else(|| record.reference.clone());
    Ok(asked(&body.case.values).map(|(month, hours)| Request { sip, month, hours }))
}

fn asked(values: &Facts) -> Option<(Month, u32)> {
    let hours = match values.get("maintenance_hours") {
        Some(Value::Number(hours)) => u32::try_from(*hours).ok()?,
        _ => return None,
    };
    let on = values.get("deploy_on").and_then(Value::as_date);
    let planned = || window(values, "implementation_window").map(|window| window.start());
    Some((Month::of(on.or_else(planned)?), hours))
}

/// Fills in the hours left in the month a SIP is to be deployed in, before its own are taken.
pub(super) async fn derive(
    source: &impl Source,
    sip: &Loaded,
    action: &ActionName,
    values: &mut Facts,
) -> Result<(), ServiceError> {
    let field = FactName::new("maintenance_hours_left");
    let action = sip.definition.action(&sip.case().state, action);
    let Some((month, _)) = asked(values).filter(|_| action.is_some_and(|action| action.may.contains(&field))) else {
        return Ok(());
    };
    let month = maintenance_hours(source, month).await?;
    let own = month.requests.iter().filter(|request| request.sip == sip.known_as()).map(|request| request.hours);
    let others = month.asked.saturating_sub(own.sum());
    values.insert(field, Value::Number(i64::from(month.allowed.saturating_sub(others))));
    Ok(())
}
