//! Budget and cost by Regulatory Year and by sprint: what is committed, by which SIP, and what is left (R40, R48).

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

use super::money::{CostRange, Pence};
use super::text::Line;
use crate::calendar::RegulatoryYear;

/// The name of a sprint.
pub type Sprint = Line<40>;

/// How the cost of a SIP was known over time: each stage stays visible beside the later ones (R48).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CostHistory {
    /// The range consulted on, before an Impact Assessment.
    pub anticipated: Option<CostRange>,
    /// The figure of the Impact Assessment.
    pub assessed: Option<Pence>,
    /// The figures expected during development, in the order reported.
    pub revised: Vec<Pence>,
    /// What it cost.
    pub actual: Option<Pence>,
}

/// Which figure of a cost history counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The figure of the Impact Assessment.
    Assessed,
    /// The last figure expected during development.
    Revised,
    /// What it cost.
    Actual,
}

impl Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Assessed => "assessed",
            Self::Revised => "revised",
            Self::Actual => "actual",
        })
    }
}

impl CostHistory {
    /// The latest figure: actual before revised before assessed. An anticipated range is no figure.
    pub fn latest(&self) -> Option<(Basis, Pence)> {
        let actual = self.actual.map(|cost| (Basis::Actual, cost));
        let revised = self.revised.last().map(|cost| (Basis::Revised, *cost));
        actual.or(revised).or(self.assessed.map(|cost| (Basis::Assessed, cost)))
    }
}

/// The cost of one approved SIP, in the Regulatory Year it falls in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// The SIP.
    pub sip: String,
    /// The Regulatory Year.
    pub year: RegulatoryYear,
    /// The sprint, where it has one.
    pub sprint: Option<Sprint>,
    /// Which figure is committed.
    pub basis: Basis,
    /// The figure.
    pub cost: Pence,
}

/// A sum of money against a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Balance {
    /// This much is left.
    Left(Pence),
    /// It is exceeded by this much.
    Over(Pence),
}

impl Balance {
    fn of(bound: Pence, used: Pence) -> Self {
        bound.checked_sub(used).map_or_else(|_| Self::Over(apart(used, bound)), Self::Left)
    }
}

fn apart(larger: Pence, smaller: Pence) -> Pence {
    larger.checked_sub(smaller).unwrap_or(Pence::ZERO)
}

impl Display for Balance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Left(amount) => write!(f, "{amount} left"),
            Self::Over(amount) => write!(f, "{amount} over"),
        }
    }
}

/// The budget and the commitments of one Regulatory Year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The Regulatory Year.
    pub year: RegulatoryYear,
    /// The budget, where one is set.
    pub budget: Option<Pence>,
    /// What is committed so far.
    pub committed: Pence,
    /// What is left of the budget, or how far it is exceeded.
    pub balance: Option<Balance>,
    /// The commitments, in the order of the references.
    pub commitments: Vec<Commitment>,
    /// The sum of each sprint in the order of their names; first, what has no sprint.
    pub sprints: Vec<(Option<Sprint>, Pence)>,
}

/// Draws up the statement of a year from every commitment there is.
///
/// Sums stop at [`Pence::MAX`], which is above anything a budget holds.
pub fn statement(year: RegulatoryYear, budget: Option<Pence>, commitments: &[Commitment]) -> Statement {
    let mut own: Vec<_> = commitments.iter().filter(|one| one.year == year).cloned().collect();
    own.sort_by(|one, other| one.sip.cmp(&other.sip));
    let mut sprints: BTreeMap<Option<Sprint>, Pence> = BTreeMap::new();
    for one in &own {
        let sum = sprints.entry(one.sprint.clone()).or_insert(Pence::ZERO);
        *sum = plus(*sum, one.cost);
    }
    let committed = own.iter().map(|one| one.cost).fold(Pence::ZERO, plus);
    let balance = budget.map(|budget| Balance::of(budget, committed));
    Statement { year, budget, committed, balance, commitments: own, sprints: sprints.into_iter().collect() }
}

fn plus(one: Pence, other: Pence) -> Pence {
    one.checked_add(other).unwrap_or(Pence::MAX)
}
