//! Cost as people read it: of one SIP over time, of its Impact Assessment, and of a Regulatory Year (R40, R48).

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::app::App;
use super::budgets::{budget_of, commitment, statement_of, years};
use super::error::ServiceError;
use super::loaded::{Loaded, load};
use super::material::{Decision, Found, ScopeFile, file};
use super::sips::SIP_PROCESS;
use super::{assessments, budgets};
use crate::calendar::RegulatoryYear;
use crate::sip::budget::{Balance, Basis, Commitment};
use crate::sip::maintenance::{Hours, Month};
use crate::sip::material::{Finding, MaterialChange, Test};
use crate::sip::{CostRange, Mend, Pence};

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Money {
    /// Whole pence.
    #[schema(example = 1_240_000)]
    pub pence: i64,
    /// In words.
    #[schema(example = "£12,400")]
    pub words: String,
}

impl From<Pence> for Money {
    fn from(amount: Pence) -> Self {
        Self { pence: amount.get(), words: amount.to_string() }
    }
}

/// A range of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MoneyRange {
    /// The low end in whole pence.
    pub low_pence: i64,
    /// The high end in whole pence.
    pub high_pence: i64,
    /// In words.
    pub words: String,
    /// The cost band: that of the high end (R22).
    #[schema(example = "Medium")]
    pub band: String,
}

impl From<CostRange> for MoneyRange {
    fn from(range: CostRange) -> Self {
        let (low_pence, high_pence) = (range.low().get(), range.high().get());
        Self { low_pence, high_pence, words: range.to_string(), band: range.band().to_string() }
    }
}

/// What a SIP was expected to cost, and costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SipCosts {
    /// Its number, or its reference before it has one.
    pub sip: String,
    /// The range Parties were first consulted on.
    pub anticipated: Option<MoneyRange>,
    /// The figure of the Impact Assessment.
    pub assessed: Option<Money>,
    /// The figures expected during development, in the order reported.
    pub revised: Vec<Money>,
    /// What it cost.
    pub actual: Option<Money>,
    /// The figure a body approved last.
    pub approved: Option<Money>,
    /// The price of the Impact Assessment itself.
    pub price_of_assessment: Option<Money>,
    /// What it commits, and in which Regulatory Year.
    pub committed: Option<Committed>,
    /// Each time scope and cost were found, with what the tests of material change said to it.
    pub found: Vec<FoundView>,
    /// Each determination on a figure, with what the tests had found.
    pub decisions: Vec<DecisionView>,
}

/// What a SIP commits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Committed {
    /// The SIP.
    pub sip: String,
    /// The Regulatory Year.
    #[schema(example = "2026/27")]
    pub year: String,
    /// The sprint, where it has one.
    pub sprint: Option<String>,
    /// Which figure it is.
    #[schema(value_type = String, example = "assessed")]
    pub basis: Basis,
    /// The figure.
    pub cost: Money,
}

/// Scope and cost as found at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundView {
    /// When (UTC).
    pub at: DateTime<Utc>,
    /// Whether it was assessed, revised or actual.
    #[schema(value_type = String, example = "revised")]
    pub basis: Basis,
    /// The figure.
    pub cost: Money,
    /// What the tests of material change found; none where the change is not material.
    pub findings: Vec<FindingView>,
}

/// A determination on the figure found last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DecisionView {
    /// When (UTC).
    pub at: DateTime<Utc>,
    /// At which point of the process.
    #[schema(example = "revised_scope")]
    pub point: String,
    /// The option chosen.
    #[schema(example = "approve")]
    pub option: String,
    /// The figure it was about.
    pub cost: Option<Money>,
    /// What the tests of material change had found.
    pub findings: Vec<FindingView>,
}

/// What a test of material change found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FindingView {
    /// The test.
    #[schema(value_type = String, example = "band_crossed")]
    pub test: Test,
    /// What was consulted on, or approved.
    pub consulted: String,
    /// What is now.
    pub now: String,
    /// The finding in words.
    pub words: String,
}

/// What a SIP was expected to cost, and costs.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such SIP.
pub async fn sip_costs(app: &App, reference: &str) -> Result<SipCosts, ServiceError> {
    let sip = load_sip(app, reference).await?;
    let file = file(&app.store, &sip).await?;
    let price = assessments::latest(&app.store, &sip).await?.and_then(|latest| latest.costs.assessment);
    Ok(costs(&sip, &file, price))
}

pub(super) async fn load_sip(app: &App, reference: &str) -> Result<Loaded, ServiceError> {
    let sip = load(app, &app.store, reference).await?;
    if sip.record.process == SIP_PROCESS {
        return Ok(sip);
    }
    Err(ServiceError::NotFound { what: "SIP", name: reference.to_owned() })
}

fn costs(sip: &Loaded, file: &ScopeFile, price: Option<Pence>) -> SipCosts {
    let history = file.history();
    SipCosts {
        sip: sip.known_as().to_owned(),
        anticipated: history.anticipated.map(MoneyRange::from),
        assessed: history.assessed.map(Money::from),
        revised: history.revised.into_iter().map(Money::from).collect(),
        actual: history.actual.map(Money::from),
        approved: file.approved().map(Money::from),
        price_of_assessment: price.map(Money::from),
        committed: commitment(file, sip).as_ref().map(committed),
        found: file.found.iter().map(found_view).collect(),
        decisions: file.decisions.iter().map(decision_view).collect(),
    }
}

fn found_view(found: &Found) -> FoundView {
    FoundView { at: found.at, basis: found.basis, cost: found.cost.into(), findings: findings(&found.change) }
}

fn decision_view(decision: &Decision) -> DecisionView {
    DecisionView {
        at: decision.at,
        point: decision.point.clone(),
        option: decision.option.clone(),
        cost: decision.cost.map(Money::from),
        findings: findings(&decision.change),
    }
}

fn findings(change: &MaterialChange) -> Vec<FindingView> {
    let view = |finding: &Finding| FindingView {
        test: finding.test,
        consulted: finding.consulted.clone(),
        now: finding.now.clone(),
        words: finding.words.clone(),
    };
    change.findings.iter().map(view).collect()
}

fn committed(commitment: &Commitment) -> Committed {
    Committed {
        sip: commitment.sip.clone(),
        year: commitment.year.to_string(),
        sprint: commitment.sprint.as_ref().map(ToString::to_string),
        basis: commitment.basis,
        cost: commitment.cost.into(),
    }
}

/// The budget of a Regulatory Year and what is committed against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct YearBudget {
    /// The Regulatory Year.
    #[schema(example = "2026/27")]
    pub year: String,
    /// Its first London date.
    pub starts: NaiveDate,
    /// Its last London date.
    pub ends: NaiveDate,
    /// The budget; absent where none is set.
    pub budget: Option<Money>,
    /// Why it is this.
    pub reason: Option<String>,
    /// When it was set (UTC).
    pub set_at: Option<DateTime<Utc>>,
    /// Who set it: a person's id.
    pub set_by: Option<String>,
    /// What is committed so far.
    pub committed: Money,
    /// What is left of the budget; absent where none is set or it is exceeded.
    pub left: Option<Money>,
    /// How far it is exceeded.
    pub over: Option<Money>,
    /// What each SIP commits.
    pub sips: Vec<Committed>,
    /// What each sprint commits; first, what has no sprint.
    pub sprints: Vec<SprintCost>,
}

/// What a sprint commits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SprintCost {
    /// The sprint; absent for what has none.
    pub sprint: Option<String>,
    /// The sum.
    pub cost: Money,
}

/// Every Regulatory Year that has a budget or a commitment, the earliest first.
///
/// # Errors
///
/// The database cannot be read.
pub async fn year_budgets(app: &App) -> Result<Vec<YearBudget>, ServiceError> {
    let mut drawn = Vec::new();
    for year in years(app, &app.store).await? {
        drawn.push(year_budget(app, year).await?);
    }
    Ok(drawn)
}

/// The budget of one Regulatory Year, such as `2026/27`, and what is committed against it.
///
/// # Errors
///
/// The database cannot be read.
pub async fn year_budget(app: &App, year: RegulatoryYear) -> Result<YearBudget, ServiceError> {
    let drawn = statement_of(app, &app.store, year).await?;
    let set = budget_of(&app.store, year).await?;
    let (left, over) = match drawn.balance {
        Some(Balance::Left(amount)) => (Some(amount), None),
        Some(Balance::Over(amount)) => (None, Some(amount)),
        None => (None, None),
    };
    let sprint = |(name, cost): &(Option<_>, Pence)| (name.as_ref().map(crate::sip::budget::Sprint::to_string), *cost);
    let sprints = drawn.sprints.iter().map(sprint).map(|(sprint, cost)| SprintCost { sprint, cost: cost.into() });
    Ok(YearBudget {
        year: year.to_string(),
        starts: year.starts(),
        ends: year.ends(),
        budget: drawn.budget.map(Money::from),
        reason: set.as_ref().map(|set| set.reason.clone()),
        set_at: set.as_ref().map(|set| set.at),
        set_by: set.map(|set| set.by),
        committed: drawn.committed.into(),
        left: left.map(Money::from),
        over: over.map(Money::from),
        sips: drawn.commitments.iter().map(committed).collect(),
        sprints: sprints.collect(),
    })
}

/// The hours of Planned Maintenance of a month (R65, R66).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MonthHours {
    /// The month.
    #[schema(example = "2026-03")]
    pub month: String,
    /// The hours the SEC allows.
    pub allowed: u32,
    /// The hours asked for so far.
    pub asked: u32,
    /// The hours left.
    pub left: u32,
    /// The hours asked for above the allowance.
    pub over: u32,
    /// Who asks for them.
    pub sips: Vec<SipHours>,
}

/// The hours of Planned Maintenance a SIP asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SipHours {
    /// The SIP.
    pub sip: String,
    /// The hours.
    pub hours: u32,
}

/// The hours of Planned Maintenance of a month such as `2026-03`: allowed, asked for and left (R65, R66).
///
/// # Errors
///
/// [`ServiceError::Wrong`] when it is not a month.
pub async fn maintenance(app: &App, month: &str) -> Result<MonthHours, ServiceError> {
    let month =
        Month::parse(month).map_err(|error| ServiceError::wrong("month", format!("{error}; {}", error.mend())))?;
    let Hours { month, allowed, asked, left, over, requests } = budgets::maintenance_hours(&app.store, month).await?;
    let sips = requests.into_iter().map(|request| SipHours { sip: request.sip, hours: request.hours }).collect();
    Ok(MonthHours { month: month.to_string(), allowed, asked, left, over, sips })
}
