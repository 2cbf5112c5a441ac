//! Whether a SIP has changed materially since it was consulted on (R45, R47): explicit tests, each by name.
//!
//! The source leaves "material" undefined. Each test compares the scope consulted on with the scope as it is now, and
//! says what it compared. What the tests find always goes to the deciding body; they decide nothing themselves.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

use super::money::{CostBand, Pence};
use super::party::PartyCategory;
use super::scope::Scope;

/// How much more a cost may be before the growth is material: what reaches either bound is let pass, what exceeds one
/// is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// The share of the earlier cost, in parts per thousand.
    pub permille: u32,
    /// The sum.
    pub sum: Pence,
}

impl Growth {
    /// Any growth at all.
    pub const ANY: Self = Self { permille: 0, sum: Pence::ZERO };

    /// Whether the growth from `before` to `now` exceeds the share or the sum.
    fn exceeded(self, before: Pence, now: Pence) -> bool {
        let more = i128::from(now.get()) - i128::from(before.get());
        let share = i128::from(before.get()) * i128::from(self.permille);
        more > 0 && (more * 1_000 > share || more > i128::from(self.sum.get()))
    }
}

impl Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::ANY {
            return f.write_str("any growth is material");
        }
        let (whole, tenth) = (self.permille / 10, self.permille % 10);
        let share = if tenth == 0 { whole.to_string() } else { format!("{whole}.{tenth}") };
        write!(f, "growth by more than {share} % or {} is material", self.sum)
    }
}

/// The thresholds of the tests of cost.
///
/// By default any cost above the range consulted on is material, since Parties answered that range; above a figure the
/// body has approved, more than 5 % or £10,000 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Above the high end of the range consulted on.
    pub over_consulted: Growth,
    /// Above the last figure approved.
    pub over_approved: Growth,
}

impl Default for Thresholds {
    fn default() -> Self {
        let ten_thousand_pounds = Pence::from_pounds(10_000).unwrap_or(Pence::ZERO);
        Self { over_consulted: Growth::ANY, over_approved: Growth { permille: 50, sum: ten_thousand_pounds } }
    }
}

/// The scope at the moments that count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Snapshots {
    /// As Parties were consulted on it.
    pub consulted: Scope,
    /// As the Impact Assessment found it.
    pub assessed: Option<Scope>,
    /// As it was last reported during development.
    pub current: Option<Scope>,
    /// The last figure a body approved.
    pub approved: Option<Pence>,
}

impl Snapshots {
    /// The scope as it is now.
    pub fn now(&self) -> &Scope {
        self.current.as_ref().or(self.assessed.as_ref()).unwrap_or(&self.consulted)
    }
}

/// A test of material change, named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// The cost reaches a higher band.
    BandCrossed,
    /// The cost exceeds the range consulted on.
    CostOverConsulted,
    /// The cost exceeds the last figure approved.
    CostOverApproved,
    /// Something happens to a requirement that was not consulted on.
    RequirementAdded,
    /// Something consulted on no longer happens to a requirement.
    RequirementRemoved,
    /// A Party category is newly impacted.
    NewPartyCategory,
    /// A date lies outside the window consulted on.
    OutsideWindow,
    /// The wider DCC Total System is at risk.
    WiderSystemRisk,
    /// DCC says in words that the scope has changed.
    ScopeChanged,
}

impl Test {
    /// Every test, in the order in which they are made.
    pub const ALL: [Self; 9] = [
        Self::BandCrossed,
        Self::CostOverConsulted,
        Self::CostOverApproved,
        Self::RequirementAdded,
        Self::RequirementRemoved,
        Self::NewPartyCategory,
        Self::OutsideWindow,
        Self::WiderSystemRisk,
        Self::ScopeChanged,
    ];
}

/// What one test found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The test.
    pub test: Test,
    /// What was consulted on, or approved.
    pub consulted: String,
    /// What is now.
    pub now: String,
    /// The finding in words.
    pub words: String,
}

/// Everything the tests found; nothing means the change is not material.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialChange {
    /// The findings, in the order of the tests.
    pub findings: Vec<Finding>,
}

impl MaterialChange {
    /// Whether any test found something.
    pub fn is_material(&self) -> bool {
        !self.findings.is_empty()
    }
}

impl Display for MaterialChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.findings.iter().map(|finding| finding.words.as_str()).collect();
        f.write_str(&if words.is_empty() { "no test finds a material change".to_owned() } else { words.join("; ") })
    }
}

/// Makes every test.
pub fn material_change(snapshots: &Snapshots, thresholds: &Thresholds) -> MaterialChange {
    let (then, now) = (&snapshots.consulted, snapshots.now());
    let mut findings: Vec<_> = [band_crossed(then, now), over_consulted(then, now, thresholds.over_consulted)]
        .into_iter()
        .chain([over_approved(snapshots.approved, now, thresholds.over_approved)])
        .flatten()
        .collect();
    findings.extend(requirements(snapshots));
    findings.extend(new_parties(then, now));
    findings.extend(outside_window(then, now));
    findings.extend(wider_risk(then, now));
    findings.extend(scope_changed(then, now));
    MaterialChange { findings }
}

fn finding(test: Test, consulted: impl Display, now: impl Display, words: String) -> Finding {
    Finding { test, consulted: consulted.to_string(), now: now.to_string(), words }
}

fn band_crossed(then: &Scope, now: &Scope) -> Option<Finding> {
    let (before, after) = (then.cost?.band(), CostBand::of(now.cost?.high()));
    let words = format!("the cost band rises from {before} to {after}");
    (after > before).then(|| finding(Test::BandCrossed, before, after, words))
}

fn over_consulted(then: &Scope, now: &Scope, growth: Growth) -> Option<Finding> {
    let (range, cost) = (then.cost?, now.cost?);
    let words = format!("the cost of {cost} exceeds the {range} that Parties were consulted on; {growth}");
    let over = growth.exceeded(range.high(), cost.high());
    over.then(|| finding(Test::CostOverConsulted, range, cost, words))
}

fn over_approved(approved: Option<Pence>, now: &Scope, growth: Growth) -> Option<Finding> {
    let (approved, cost) = (approved?, now.cost?);
    let words = format!("the cost of {cost} exceeds the {approved} last approved; {growth}");
    growth.exceeded(approved, cost.high()).then(|| finding(Test::CostOverApproved, approved, cost, words))
}

/// Where the consultation named no requirements, a report is held against those the Impact Assessment named, or against
/// none: it says itself what is new.
fn requirements(snapshots: &Snapshots) -> Vec<Finding> {
    let Some(now) = &snapshots.now().requirements else { return Vec::new() };
    let assessed = || snapshots.assessed.as_ref().and_then(|scope| scope.requirements.clone()).unwrap_or_default();
    let reported = || snapshots.current.as_ref().map(|_| assessed());
    let Some(then) = snapshots.consulted.requirements.clone().or_else(reported) else { return Vec::new() };
    let added = now.difference(&then).map(|touch| {
        let words = format!("Parties were not consulted on this: {touch}");
        finding(Test::RequirementAdded, "not in it", touch, words)
    });
    let removed = then.difference(now).map(|touch| {
        let words = format!("Parties were consulted on this, and it is no longer to be done: {touch}");
        finding(Test::RequirementRemoved, touch, "no longer in it", words)
    });
    added.chain(removed).collect()
}

fn new_parties(then: &Scope, now: &Scope) -> Vec<Finding> {
    let new = now.parties.difference(&then.parties);
    let named = |category: &PartyCategory| {
        let words = format!("{category} is impacted and was not named as such in the consultation");
        finding(Test::NewPartyCategory, "not impacted", category, words)
    };
    new.map(named).collect()
}

fn outside_window(then: &Scope, now: &Scope) -> Option<Finding> {
    let (window, planned) = (then.window?, now.window?);
    let within = window.start() <= planned.start() && planned.end() <= window.end();
    let words = format!("it is planned for {planned}, outside the window of {window} consulted on");
    (!within).then(|| finding(Test::OutsideWindow, window, planned, words))
}

fn wider_risk(then: &Scope, now: &Scope) -> Option<Finding> {
    let words = "the wider DCC Total System is at risk".to_owned();
    let new = now.total_system > then.total_system;
    new.then(|| finding(Test::WiderSystemRisk, "no risk known", "a risk is known", words))
}

fn scope_changed(then: &Scope, now: &Scope) -> Option<Finding> {
    let said = now.changed.as_deref().filter(|_| now.changed != then.changed)?;
    Some(finding(Test::ScopeChanged, "as consulted on", said, format!("the scope has changed: {said}")))
}
