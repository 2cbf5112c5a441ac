//! The Impact Assessment as a structured document (R48): what the deciding body is asked, what is built, what it
//! touches, how it is tested, when it comes and what it costs.
//!
//! A [`RawAssessment`] is what somebody typed. [`RawAssessment::parse`] turns it into an [`Assessment`] or reports every
//! faulty field at once. A document that can be read may still disagree with itself or leave things out:
//! [`Assessment::findings`] says where, beside the figures as they were stated, and corrects nothing. [`document`] prints
//! it.

pub mod document;
mod document_tables;
mod findings;
mod form;
mod parse;
mod parse_parts;
mod raw;
mod read;
mod references;
mod section;
mod span;
mod sums;

pub use findings::{Finding, THE_TOTAL};
pub use form::{
    Account, Area, AssociatedDocument, Baseline, BusinessRequirement, Component, CostLine, Costs, Definition,
    Deliverable, History, Label, Milestone, Phase, Raid, RaidItem, Register, Release, Requirements, Revision, Solution,
    Subtotal, Summary, Testing, Timescales, TotalSystemRisk,
};
pub use raw::{
    RawAssessedRequirements, RawAssessment, RawAssociatedDocument, RawBusinessRequirement, RawComponent, RawCostLine,
    RawCosts, RawDefinition, RawDeliverable, RawHistory, RawMilestone, RawPhase, RawRaid, RawRaidItem, RawRegister,
    RawRevision, RawScalar, RawSolution, RawSubtotal, RawSummary, RawTesting, RawTimescales, RawTotalSystemRisk,
};
pub use section::Section;
pub use span::{Span, SpanError, Timing};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A complete Impact Assessment. Only [`RawAssessment::parse`] makes one from what people write.
///
/// Text, lists and registers may be empty: that is a [`Finding`], for the body to see. What cannot be left out is what
/// the process acts on: the total cost, the answer about the DCC Total System and the day development is complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Assessment {
    /// What the deciding body is asked, and why.
    pub summary: Summary,
    /// Where the document comes from.
    pub history: History,
    /// What the solution must do.
    pub requirements: Requirements,
    /// The solution.
    pub solution: Solution,
    /// The impact by area; an area without impact says so.
    pub impacts: BTreeMap<Area, Account>,
    /// The risk to the wider DCC Total System (R47).
    pub total_system_risk: TotalSystemRisk,
    /// How it is tested.
    pub testing: Testing,
    /// When it is done.
    pub timescales: Timescales,
    /// What it costs.
    pub costs: Costs,
    /// Risks, assumptions, issues and dependencies.
    pub raid: Raid,
    /// The words the document explains.
    pub glossary: Vec<Definition>,
}
