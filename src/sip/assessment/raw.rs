//! The Impact Assessment as somebody typed it: every field is text and any of them may be missing.
//!
//! The names here are the names of the document in YAML and JSON. An unknown name is refused, since a mistyped name
//! would otherwise lose what was written under it.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::sip::raw::{RawRequirements, RawWindow, or_default, scalar};

/// Declares structs of what was typed: text and lists that may be missing, and no unknown names.
macro_rules! typed {
    ($($(#[$about:meta])* $name:ident { $($(#[$field_about:meta])* $field:ident: $kind:ty,)+ })+) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_about])* #[serde(deserialize_with = "or_default")] pub $field: $kind,)+
        }
    )+};
}

typed! {
    /// An Impact Assessment before it is checked.
    RawAssessment {
        /// What the deciding body is asked, and why.
        summary: RawSummary,
        /// Where the document comes from.
        history: RawHistory,
        /// What the solution must do.
        requirements: RawAssessedRequirements,
        /// The solution.
        solution: RawSolution,
        /// The impact by area, such as `security`.
        impacts: BTreeMap<String, String>,
        /// The risk to the wider DCC Total System.
        total_system_risk: RawTotalSystemRisk,
        /// How it is tested.
        testing: RawTesting,
        /// When it is done.
        timescales: RawTimescales,
        /// What it costs.
        costs: RawCosts,
        /// Risks, assumptions, issues and dependencies.
        raid: RawRaid,
        /// The words the document explains.
        glossary: Vec<RawDefinition>,
    }
    /// The executive summary before it is checked.
    RawSummary {
        /// The total cost the body is asked to approve; the stated total of the costs where it is left out.
        cost: RawScalar,
        /// The time to implement, such as `9 months`.
        timescale: RawScalar,
        /// The release.
        release: RawScalar,
        /// What else the body is asked.
        asks: Vec<String>,
        /// The problem to be solved.
        problem: RawScalar,
        /// The benefits.
        benefits: RawScalar,
    }
    /// The history of the document before it is checked.
    RawHistory {
        /// The revisions of the document.
        revisions: Vec<RawRevision>,
        /// The documents it belongs with.
        documents: Vec<RawAssociatedDocument>,
        /// The organisation that proposes; persons are not named.
        proposer: RawScalar,
        /// What happened when.
        timeline: Vec<RawMilestone>,
    }
    /// A revision before it is checked.
    RawRevision {
        /// The day, such as `2026-02-23`.
        date: RawScalar,
        /// Its name, such as `0.2`.
        revision: RawScalar,
        /// What changed.
        changes: RawScalar,
    }
    /// An associated document before it is checked.
    RawAssociatedDocument {
        /// Its title and its originator's reference.
        title: RawScalar,
        /// Who issued it.
        source: RawScalar,
        /// The day of issue.
        issued: RawScalar,
    }
    /// An entry of the timeline before it is checked.
    RawMilestone {
        /// When: a day, a month or a range, in words.
        when: RawScalar,
        /// What happened.
        what: RawScalar,
    }
    /// The solution requirements before they are checked.
    RawAssessedRequirements {
        /// The arrangements as they are.
        current: RawScalar,
        /// The business requirements.
        business: Vec<RawBusinessRequirement>,
        /// The requirements of the baseline that change.
        baseline: RawRequirements,
        /// The business case.
        case: RawScalar,
        /// What has changed in scope since the consultation, where the lists do not say it.
        scope_change: RawScalar,
        /// The impact on each Party category.
        parties: BTreeMap<String, String>,
    }
    /// A business requirement before it is checked.
    RawBusinessRequirement {
        /// Its reference, such as `R1`.
        #[serde(rename = "ref")]
        reference: RawScalar,
        /// The requirement.
        requirement: RawScalar,
        /// What constrains its solution.
        constraints: RawScalar,
    }
    /// The solution before it is checked.
    RawSolution {
        /// The solution in words.
        overview: RawScalar,
        /// Changes of the SEC or its subsidiary documents.
        sec_changes: RawScalar,
        /// What is delivered in each phase.
        deliverables: Vec<RawDeliverable>,
        /// The impact on each component.
        components: Vec<RawComponent>,
    }
    /// A deliverable before it is checked.
    RawDeliverable {
        /// The phase that delivers it.
        phase: RawScalar,
        /// The deliverable.
        deliverable: RawScalar,
        /// What changes in it.
        changes: RawScalar,
        /// The business requirements it answers.
        answers: Vec<String>,
    }
    /// A component before it is checked.
    RawComponent {
        /// Its name.
        name: RawScalar,
        /// The impact on it.
        impact: RawScalar,
        /// The business requirements it answers.
        answers: Vec<String>,
    }
    /// The risk to the DCC Total System before it is checked.
    RawTotalSystemRisk {
        /// `yes` when there is one.
        found: RawScalar,
        /// What it is, or why there is none.
        description: RawScalar,
    }
    /// The testing before it is checked.
    RawTesting {
        /// Pre-Integration Testing.
        pit: RawScalar,
        /// When Pre-Integration Testing is accepted.
        acceptance: Vec<String>,
        /// Systems Integration Testing.
        sit: RawScalar,
        /// User Integration Testing.
        uit: RawScalar,
    }
    /// The timescales before they are checked.
    RawTimescales {
        /// The phases in order.
        phases: Vec<RawPhase>,
        /// How a release is chosen, and what other changes it meets.
        release: RawScalar,
        /// The day development is complete.
        develop_by: RawScalar,
        /// The implementation window.
        window: RawWindow,
    }
    /// A phase before it is checked.
    RawPhase {
        /// Its name.
        phase: RawScalar,
        /// How long it takes, `4 months`, or when it is done, `D + 9 months`.
        duration: RawScalar,
    }
    /// The costs before they are checked.
    RawCosts {
        /// What the figures assume.
        basis: RawScalar,
        /// The cost of each phase, by supplier and release where these are told apart.
        lines: Vec<RawCostLine>,
        /// Totals stated for a phase, a supplier or a release.
        subtotals: Vec<RawSubtotal>,
        /// The total stated.
        total: RawScalar,
        /// The cost of support for each year.
        support_per_year: RawScalar,
        /// The price of the assessment itself.
        assessment: RawScalar,
        /// Changes of contracts and schedules.
        contracts: RawScalar,
    }
    /// A line of the costs before it is checked.
    RawCostLine {
        /// The phase.
        phase: RawScalar,
        /// The supplier.
        supplier: RawScalar,
        /// The release.
        release: RawScalar,
        /// The cost: `£9,358`, `£300,000 to £350,000`, or `n/a`.
        cost: RawScalar,
    }
    /// A stated total before it is checked.
    RawSubtotal {
        /// The phase, supplier or release it is the total of.
        of: RawScalar,
        /// The total.
        cost: RawScalar,
    }
    /// Risks, assumptions, issues and dependencies before they are checked.
    RawRaid {
        /// Risks.
        risks: RawRegister,
        /// Assumptions.
        assumptions: RawRegister,
        /// Issues.
        issues: RawRegister,
        /// Dependencies.
        dependencies: RawRegister,
    }
    /// A risk, assumption, issue or dependency before it is checked.
    RawRaidItem {
        /// Its reference, such as `A1`.
        #[serde(rename = "ref")]
        reference: RawScalar,
        /// The area it concerns.
        area: RawScalar,
        /// What it is.
        description: RawScalar,
        /// Its status, mitigation or impact.
        status: RawScalar,
    }
    /// A word of the glossary before it is checked.
    RawDefinition {
        /// The word or acronym.
        term: RawScalar,
        /// What it means.
        meaning: RawScalar,
    }
}

/// A piece of text, a number or a yes or no, as text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RawScalar(#[serde(deserialize_with = "scalar")] pub Option<String>);

impl RawScalar {
    /// The text, if there is one.
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl From<&str> for RawScalar {
    fn from(text: &str) -> Self {
        Self(Some(text.to_owned()))
    }
}

/// A part of the RAID register before it is checked: its items, or that there are none at this time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum RawRegister {
    /// Nothing is said.
    #[default]
    Blank,
    /// Something other than items, such as `none at this time`.
    Said(String),
    /// The items.
    Items(Vec<RawRaidItem>),
}

impl<'de> Deserialize<'de> for RawRegister {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Register;

        impl<'de> Visitor<'de> for Register {
            type Value = RawRegister;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list, or: none at this time")
            }

            fn visit_str<E>(self, text: &str) -> Result<RawRegister, E> {
                Ok(RawRegister::Said(text.to_owned()))
            }

            fn visit_unit<E>(self) -> Result<RawRegister, E> {
                Ok(RawRegister::Blank)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<RawRegister, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(items)).map(RawRegister::Items)
            }
        }

        deserializer.deserialize_any(Register)
    }
}
