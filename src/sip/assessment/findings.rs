//! Where an Impact Assessment leaves something out, disagrees with itself or points at what is not there.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use serde::Serialize;

use super::form::{Area, Label, Phase, Register};
use super::section::Section;
use super::span::Span;
use super::sums::{Elapsed, elapsed, same};
use super::{Assessment, references};
use crate::sip::money::CostRange;
use crate::sip::text::Title;

/// What a [`Finding::Sum`] calls the total of all.
pub const THE_TOTAL: &str = "the total";

/// Something the deciding body should know when it reads the document. Nothing is corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Finding {
    /// A section is empty.
    Missing {
        /// The section.
        section: Section,
    },
    /// The impact on an area is not stated.
    AreaMissing {
        /// The area.
        area: Area,
    },
    /// A stated total is not what its lines come to.
    Sum {
        /// What it is the total of.
        of: String,
        /// The total as stated.
        stated: CostRange,
        /// What the lines come to.
        computed: CostRange,
    },
    /// The summary asks for another cost than the total stated under the costs.
    AskedCost {
        /// The cost asked for.
        asked: CostRange,
        /// The total stated.
        stated: CostRange,
    },
    /// The summary asks for another time than the phases take.
    AskedTime {
        /// The time asked for.
        asked: Span,
        /// The time the phases take.
        stated: Span,
    },
    /// A phase is stated to be done before the phases up to it can be.
    TooSoon {
        /// The phase.
        phase: Title,
        /// The time after approval it is stated for.
        stated: Span,
        /// The time the phases up to it take.
        needed: Span,
    },
    /// Phases are given in months and in Working Days, and do not add up.
    MixedTimes,
    /// Something named is not defined where it should be.
    Dangling {
        /// The section that names it.
        section: Section,
        /// What it names.
        name: String,
        /// The section that should define it.
        among: Section,
    },
    /// A total is stated of something that no line of the costs concerns.
    NoLines {
        /// What it is the total of.
        of: Title,
        /// The total as stated.
        stated: CostRange,
    },
    /// No deliverable or component answers a business requirement.
    Unanswered {
        /// The requirement.
        requirement: Label,
    },
    /// The text points at a section that is not there.
    BrokenReference {
        /// The section with the text.
        section: Section,
        /// What it points at.
        points_at: String,
    },
}

impl Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { section } => write!(f, "{section} is empty or incomplete"),
            Self::AreaMissing { area } => write!(f, "section 5 does not state the impact on {area}"),
            Self::Sum { of, stated, computed } => {
                write!(f, "{of} is stated as {stated}, and its lines come to {computed}")
            }
            Self::AskedCost { asked, stated } => {
                write!(f, "the summary asks for {asked}, and {} states {stated}", Section::COSTS)
            }
            Self::AskedTime { asked, stated } => {
                write!(f, "the summary asks for {asked}, and the phases take {stated}")
            }
            Self::TooSoon { phase, stated, needed } => {
                write!(f, "{phase} is stated for D + {stated}, and the phases up to it take {needed}")
            }
            Self::MixedTimes => f.write_str("the phases are given in months and in Working Days, and do not add up"),
            Self::Dangling { section, name, among } => write!(f, "{section} names {name}, which is not in {among}"),
            Self::NoLines { of, stated } => {
                write!(f, "{of} is stated as {stated}, and no line of the costs concerns it")
            }
            Self::Unanswered { requirement } => {
                write!(f, "no deliverable and no component answers {requirement}")
            }
            Self::BrokenReference { section, points_at } => {
                write!(f, "{section} points at {points_at}, which is not there")
            }
        }
    }
}

impl Assessment {
    /// Everything the document leaves out, states in two ways, or points at without having it.
    pub fn findings(&self) -> Vec<Finding> {
        let mut found = self.missing();
        found.extend(self.sums());
        found.extend(self.times());
        found.extend(self.dangling());
        found.extend(self.unanswered());
        found.extend(references::broken(self));
        found
    }

    fn missing(&self) -> Vec<Finding> {
        let empty = [
            (Section::SUMMARY, self.summary.problem.is_none() || self.summary.benefits.is_none()),
            (Section::REVISIONS, self.history.revisions.is_empty()),
            (Section::INFORMATION, self.history.proposer.is_none() || self.history.timeline.is_empty()),
            (Section::CURRENT, self.requirements.current.is_none()),
            (Section::BUSINESS, self.requirements.business.is_empty()),
            (Section::BASELINE, self.requirements.baseline.is_none()),
            (Section::CASE, self.requirements.case.is_none() || self.requirements.parties.is_empty()),
            (Section::OVERVIEW, self.solution.overview.is_none()),
            (Section::SEC_CHANGES, self.solution.sec_changes.is_none()),
            (Section::DELIVERABLES, self.solution.deliverables.is_empty()),
            (Section::COMPONENTS, self.solution.components.is_empty()),
            (Section::PIT, self.testing.pit.is_none()),
            (Section::SIT, self.testing.sit.is_none()),
            (Section::UIT, self.testing.uit.is_none()),
            (Section::LEAD_TIMES, self.timescales.phases.is_empty() || self.timescales.window.is_none()),
            (Section::RELEASE, self.timescales.release.is_none()),
            (Section::COSTS, self.costs.sum().is_none()),
            (Section::SUPPORT, self.costs.support_per_year.is_none()),
            (Section::PRICE, self.costs.assessment.is_none()),
            (Section::RAID, self.raid.parts().iter().any(|(_, part)| **part == Register::Unstated)),
        ];
        let sections = empty.into_iter().filter(|(_, empty)| *empty).map(|(section, _)| Finding::Missing { section });
        let silent = Area::ALL.into_iter().filter(|area| !self.impacts.contains_key(area));
        sections.chain(silent.map(|area| Finding::AreaMissing { area })).collect()
    }

    fn sums(&self) -> Vec<Finding> {
        let subtotals = self.costs.subtotals.iter();
        let parts = subtotals.filter_map(|stated| Some((&stated.of, stated.cost, self.costs.sum_of(&stated.of)?)));
        let mut found: Vec<_> = parts.filter_map(|(of, stated, sum)| differs(of.as_str(), stated, sum)).collect();
        let idle = self.costs.subtotals.iter().filter(|stated| !self.costs.names(&stated.of));
        found.extend(idle.map(|stated| Finding::NoLines { of: stated.of.clone(), stated: stated.cost }));
        found.extend(self.costs.sum().and_then(|sum| differs(THE_TOTAL, self.costs.total, sum)));
        let (asked, stated) = (self.asked(), self.costs.total);
        found.extend((asked != stated).then_some(Finding::AskedCost { asked, stated }));
        found
    }

    fn times(&self) -> Vec<Finding> {
        let (elapsed, overruns) = elapsed(&self.timescales.phases);
        let mut found: Vec<_> = overruns
            .iter()
            .map(|over| Finding::TooSoon { phase: over.phase.phase.clone(), stated: over.stated, needed: over.needed })
            .collect();
        match (elapsed, self.summary.timescale) {
            (Elapsed::Mixed, _) => found.push(Finding::MixedTimes),
            (Elapsed::For(stated), Some(asked)) if asked != stated => found.push(Finding::AskedTime { asked, stated }),
            _ => {}
        }
        found
    }

    /// Phases that section 7.1 does not have, and requirements that section 3.2 does not have.
    fn dangling(&self) -> Vec<Finding> {
        let phases = &self.timescales.phases;
        let delivered = self.solution.deliverables.iter().map(|one| (Section::DELIVERABLES, &one.phase));
        let charged = self.costs.lines.iter().map(|one| (Section::COSTS, &one.phase));
        let unknown = delivered.chain(charged).filter(|(_, phase)| !names_phase(phases, phase));
        let lead_times = Section::LEAD_TIMES;
        let mut found: Vec<_> = unknown.map(|(section, phase)| dangling(section, phase.as_str(), lead_times)).collect();
        let strangers = self.answers().filter(|(_, label)| !self.has_requirement(label));
        found.extend(strangers.map(|(section, label)| dangling(section, label.as_str(), Section::BUSINESS)));
        let mut seen = Vec::new();
        found.retain(|finding| {
            !seen.contains(finding) && {
                seen.push(finding.clone());
                true
            }
        });
        found
    }

    fn answers(&self) -> impl Iterator<Item = (Section, &Label)> {
        let deliverables = self.solution.deliverables.iter().flat_map(|one| &one.answers);
        let components = self.solution.components.iter().flat_map(|one| &one.answers);
        let deliverables = deliverables.map(|label| (Section::DELIVERABLES, label));
        deliverables.chain(components.map(|label| (Section::COMPONENTS, label)))
    }

    fn has_requirement(&self, label: &Label) -> bool {
        self.requirements.business.iter().any(|one| one.reference == *label)
    }

    /// Business requirements that no part of the solution answers.
    fn unanswered(&self) -> Vec<Finding> {
        let answered: BTreeSet<_> = self.answers().map(|(_, label)| label).collect();
        let open = self.requirements.business.iter().filter(|one| !answered.contains(&one.reference));
        open.map(|one| Finding::Unanswered { requirement: one.reference.clone() }).collect()
    }
}

fn differs(of: &str, stated: CostRange, computed: CostRange) -> Option<Finding> {
    (stated != computed).then(|| Finding::Sum { of: of.to_owned(), stated, computed })
}

fn names_phase(phases: &[Phase], name: &Title) -> bool {
    phases.iter().any(|phase| same(&phase.phase, name))
}

fn dangling(section: Section, name: &str, among: Section) -> Finding {
    Finding::Dangling { section, name: name.to_owned(), among }
}
