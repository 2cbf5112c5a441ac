//! What the figures of an Impact Assessment come to, computed from its lines.

use super::form::{CostLine, Costs};
use super::span::{Span, Timing};
use super::{Assessment, Phase};
use crate::sip::money::{CostRange, MoneyError, Pence};
use crate::sip::text::Title;

/// Refuses lines that come to more than an amount of money can hold, so that no later sum can fail.
pub(super) fn addable(lines: &[CostLine]) -> Result<(), MoneyError> {
    let costs = lines.iter().filter_map(|line| line.cost);
    costs.map(|cost| cost.high()).try_fold(Pence::ZERO, Pence::checked_add).map(|_| ())
}

/// The sum of some lines; none where no line has a cost.
fn sum<'a>(lines: impl Iterator<Item = &'a CostLine>) -> Option<CostRange> {
    let costs = lines.filter_map(|line| line.cost);
    costs.map(Some).reduce(|sum, cost| added(sum?, cost?)).flatten()
}

fn added(one: CostRange, other: CostRange) -> Option<CostRange> {
    let ends = (one.low().checked_add(other.low()), one.high().checked_add(other.high()));
    CostRange::new(ends.0.ok()?, ends.1.ok()?).ok()
}

/// Names as people write them, whatever the capitals.
pub(super) fn same(one: &Title, other: &Title) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}

impl CostLine {
    fn concerns(&self, name: &Title) -> bool {
        let named = [Some(&self.phase), self.supplier.as_ref(), self.release.as_ref()];
        named.into_iter().flatten().any(|other| same(other, name))
    }
}

impl Costs {
    /// The sum of all lines; none where no line has a cost.
    pub fn sum(&self) -> Option<CostRange> {
        sum(self.lines.iter())
    }

    /// The sum of the lines of a phase, a supplier or a release; none where no such line has a cost.
    pub fn sum_of(&self, name: &Title) -> Option<CostRange> {
        sum(self.lines.iter().filter(|line| line.concerns(name)))
    }

    /// Whether any line is of this phase, supplier or release.
    pub(super) fn names(&self, name: &Title) -> bool {
        self.lines.iter().any(|line| line.concerns(name))
    }

    /// The phases in the order of the lines, each with its sum.
    pub fn by_phase(&self) -> Vec<(&Title, Option<CostRange>)> {
        let mut phases: Vec<&Title> = Vec::new();
        for line in &self.lines {
            if !phases.iter().any(|phase| same(phase, &line.phase)) {
                phases.push(&line.phase);
            }
        }
        let lines = |phase: &Title| sum(self.lines.iter().filter(|line| same(&line.phase, phase)));
        phases.into_iter().map(|phase| (phase, lines(phase))).collect()
    }
}

impl Assessment {
    /// The total cost the deciding body is asked to approve: that of the summary, or else the stated total.
    pub fn asked(&self) -> CostRange {
        self.summary.cost.unwrap_or(self.costs.total)
    }

    /// The range from the lowest to the highest figure the document gives for the total: asked, stated or computed.
    ///
    /// A change of cost is tested against it, so that no slip of adding up can hide one.
    pub fn widest(&self) -> CostRange {
        let (asked, stated) = (self.asked(), self.costs.total);
        let computed = self.costs.sum().unwrap_or(stated);
        let low = asked.low().min(stated.low()).min(computed.low());
        let high = asked.high().max(stated.high()).max(computed.high());
        CostRange::new(low, high).unwrap_or(asked)
    }
}

/// How long phases take in all, in the unit they share.
pub(super) enum Elapsed {
    /// Nothing is stated.
    Nothing,
    /// This long.
    For(Span),
    /// Months and Working Days, which do not add up.
    Mixed,
}

/// A phase stated to be done before the phases up to it can be.
pub(super) struct Overrun<'a> {
    pub(super) phase: &'a Phase,
    pub(super) stated: Span,
    pub(super) needed: Span,
}

/// The time from approval to the end of the last phase, and where a stated day leaves too little for the phases before.
pub(super) fn elapsed(phases: &[Phase]) -> (Elapsed, Vec<Overrun<'_>>) {
    let (mut so_far, mut overruns) = (Elapsed::Nothing, Vec::new());
    for phase in phases {
        so_far = match (so_far, phase.timing) {
            (so_far, None) => so_far,
            (Elapsed::Nothing, Some(Timing::Lasts(span) | Timing::After(span))) => Elapsed::For(span),
            (Elapsed::Mixed, Some(Timing::Lasts(_))) => Elapsed::Mixed,
            (Elapsed::For(before), Some(Timing::Lasts(span))) => together(before, span),
            (before, Some(Timing::After(stated))) => {
                let needed = match before {
                    Elapsed::For(needed) => longer(needed, stated).then_some(needed),
                    Elapsed::Nothing | Elapsed::Mixed => None,
                };
                overruns.extend(needed.map(|needed| Overrun { phase, stated, needed }));
                Elapsed::For(stated)
            }
        };
    }
    (so_far, overruns)
}

fn together(one: Span, other: Span) -> Elapsed {
    match (one, other) {
        (Span::Months(one), Span::Months(other)) => Elapsed::For(Span::Months(one.saturating_add(other))),
        (Span::WorkingDays(one), Span::WorkingDays(other)) => {
            Elapsed::For(Span::WorkingDays(one.saturating_add(other)))
        }
        _ => Elapsed::Mixed,
    }
}

fn longer(one: Span, other: Span) -> bool {
    match (one, other) {
        (Span::Months(one), Span::Months(other)) | (Span::WorkingDays(one), Span::WorkingDays(other)) => one > other,
        _ => false,
    }
}
