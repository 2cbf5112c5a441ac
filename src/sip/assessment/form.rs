//! The parts of an Impact Assessment once each of them could be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::span::{Span, Timing};
use crate::sip::form::{AddedRequirement, Window};
use crate::sip::ids::RequirementId;
use crate::sip::money::{CostRange, Pence};
use crate::sip::party::PartyCategory;
use crate::sip::text::{Line, Name, Note, Prose, RequirementText, Title};

/// A section written out.
pub type Account = Prose<20_000>;
/// A short reference within the document, such as `R1` or `A3`.
pub type Label = Line<20>;
/// The name of a release.
pub type Release = Line<100>;

/// Declares structs that are stored as they are.
macro_rules! stored {
    ($($(#[$about:meta])* $name:ident { $($(#[$field_about:meta])* $field:ident: $kind:ty,)+ })+) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_about])* pub $field: $kind,)+
        }
    )+};
}

stored! {
    /// What the deciding body is asked, and why.
    Summary {
        /// The total cost it is asked to approve, where the summary gives one.
        cost: Option<CostRange>,
        /// The time to implement.
        timescale: Option<Span>,
        /// The release.
        release: Option<Release>,
        /// What else it is asked.
        asks: Vec<Note>,
        /// The problem to be solved.
        problem: Option<Account>,
        /// The benefits.
        benefits: Option<Account>,
    }
    /// Where the document comes from.
    History {
        /// Its revisions, in the order written.
        revisions: Vec<Revision>,
        /// The documents it belongs with.
        documents: Vec<AssociatedDocument>,
        /// The organisation that proposes.
        proposer: Option<Name>,
        /// What happened when.
        timeline: Vec<Milestone>,
    }
    /// A revision of the document.
    Revision {
        /// The day.
        date: NaiveDate,
        /// Its name.
        revision: Label,
        /// What changed.
        changes: Note,
    }
    /// A document the assessment belongs with.
    AssociatedDocument {
        /// Its title and its originator's reference.
        title: Title,
        /// Who issued it.
        source: Name,
        /// The day of issue.
        issued: Option<NaiveDate>,
    }
    /// An entry of the timeline.
    Milestone {
        /// When: a day, a month or a range, in words.
        when: Line<40>,
        /// What happened.
        what: Note,
    }
    /// What the solution must do.
    Requirements {
        /// The arrangements as they are.
        current: Option<Account>,
        /// The business requirements, each under its own reference.
        business: Vec<BusinessRequirement>,
        /// The requirements of the baseline that change; absent where they are those consulted on.
        baseline: Option<Baseline>,
        /// What has changed in scope since the consultation, where the lists do not say it.
        scope_change: Option<Note>,
        /// The business case.
        case: Option<Account>,
        /// The impact on each Party category named.
        parties: BTreeMap<PartyCategory, Note>,
    }
    /// A business requirement.
    BusinessRequirement {
        /// Its reference.
        reference: Label,
        /// The requirement.
        requirement: RequirementText,
        /// What constrains its solution.
        constraints: Option<Account>,
    }
    /// The requirements of the baseline that the assessed solution changes.
    Baseline {
        /// Requirements whose wording changes.
        amend: BTreeSet<RequirementId>,
        /// Requirements that go.
        remove: BTreeSet<RequirementId>,
        /// Requirements that come.
        add: Vec<AddedRequirement>,
    }
    /// The solution.
    Solution {
        /// The solution in words.
        overview: Option<Account>,
        /// Changes of the SEC or its subsidiary documents.
        sec_changes: Option<Account>,
        /// What is delivered in each phase.
        deliverables: Vec<Deliverable>,
        /// The impact on each component.
        components: Vec<Component>,
    }
    /// A deliverable.
    Deliverable {
        /// The phase that delivers it.
        phase: Title,
        /// The deliverable.
        deliverable: Title,
        /// What changes in it.
        changes: Note,
        /// The business requirements it answers.
        answers: BTreeSet<Label>,
    }
    /// A component and the impact on it.
    Component {
        /// Its name.
        name: Title,
        /// The impact.
        impact: Account,
        /// The business requirements it answers.
        answers: BTreeSet<Label>,
    }
    /// How it is tested.
    Testing {
        /// Pre-Integration Testing.
        pit: Option<Account>,
        /// When Pre-Integration Testing is accepted.
        acceptance: Vec<Note>,
        /// Systems Integration Testing.
        sit: Option<Account>,
        /// User Integration Testing.
        uit: Option<Account>,
    }
    /// When it is done.
    Timescales {
        /// The phases in order.
        phases: Vec<Phase>,
        /// How a release is chosen, and what other changes it meets.
        release: Option<Account>,
        /// The day development is due to be complete.
        develop_by: NaiveDate,
        /// The implementation window, where it is known.
        window: Option<Window>,
    }
    /// A phase.
    Phase {
        /// Its name.
        phase: Title,
        /// How long it takes or when it is done, where that is said.
        timing: Option<Timing>,
    }
    /// What it costs. Stated totals are kept as stated.
    Costs {
        /// What the figures assume.
        basis: Option<Account>,
        /// The cost of each phase, by supplier and release where these are told apart.
        lines: Vec<CostLine>,
        /// Totals stated for a phase, a supplier or a release.
        subtotals: Vec<Subtotal>,
        /// The total stated.
        total: CostRange,
        /// The cost of support for each year.
        support_per_year: Option<CostRange>,
        /// The price of the assessment itself (R48).
        assessment: Option<Pence>,
        /// Changes of contracts and schedules.
        contracts: Option<Account>,
    }
    /// A line of the costs.
    CostLine {
        /// The phase.
        phase: Title,
        /// The supplier, where suppliers are told apart.
        supplier: Option<Title>,
        /// The release, where releases are told apart.
        release: Option<Title>,
        /// The cost; absent where it does not apply.
        cost: Option<CostRange>,
    }
    /// A stated total of part of the costs.
    Subtotal {
        /// The phase, supplier or release it is the total of.
        of: Title,
        /// The total.
        cost: CostRange,
    }
    /// Risks, assumptions, issues and dependencies.
    Raid {
        /// Risks.
        risks: Register,
        /// Assumptions.
        assumptions: Register,
        /// Issues.
        issues: Register,
        /// Dependencies.
        dependencies: Register,
    }
    /// A risk, assumption, issue or dependency.
    RaidItem {
        /// Its reference.
        reference: Label,
        /// The area it concerns.
        area: Option<Title>,
        /// What it is.
        description: Note,
        /// Its status, mitigation or impact.
        status: Option<Note>,
    }
    /// A word the document explains.
    Definition {
        /// The word or acronym.
        term: Line<100>,
        /// What it means.
        meaning: Note,
    }
}

/// A part of the RAID register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// Nothing is said about it.
    Unstated,
    /// There are none at this time, and the document says so.
    NoneAtThisTime,
    /// The items, each under its own reference.
    Items(Vec<RaidItem>),
}

impl Register {
    /// Its items.
    pub fn items(&self) -> &[RaidItem] {
        match self {
            Self::Items(items) => items,
            Self::Unstated | Self::NoneAtThisTime => &[],
        }
    }
}

impl Raid {
    /// Its four parts with their titles, in the order documents print them.
    pub fn parts(&self) -> [(&'static str, &Register); 4] {
        [
            ("Risks", &self.risks),
            ("Assumptions", &self.assumptions),
            ("Issues", &self.issues),
            ("Dependencies", &self.dependencies),
        ]
    }
}

/// Whether the assessment found a risk to the wider DCC Total System, which goes back to the deciding body (R47).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TotalSystemRisk {
    /// There is none.
    NoneFound {
        /// Why, where the document says so.
        because: Option<Account>,
    },
    /// There is one.
    Found {
        /// What it is.
        description: Account,
    },
}

/// An area on which an Impact Assessment states the impact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Services of the suppliers.
    Services,
    /// Technical specifications.
    TechnicalSpecifications,
    /// Security.
    Security,
    /// Processing, storage and transmission of data.
    Data,
    /// Safety.
    Safety,
    /// Performance and infrastructure.
    Performance,
    /// Resilience and disaster recovery.
    Resilience,
    /// Interfaces.
    Interfaces,
    /// Transition to operations.
    Transition,
    /// Application support.
    ApplicationSupport,
}

impl Area {
    /// Every area, in the order documents print them.
    pub const ALL: [Self; 10] = [
        Self::Services,
        Self::TechnicalSpecifications,
        Self::Security,
        Self::Data,
        Self::Safety,
        Self::Performance,
        Self::Resilience,
        Self::Interfaces,
        Self::Transition,
        Self::ApplicationSupport,
    ];

    /// The name by which a form gives it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::TechnicalSpecifications => "technical_specifications",
            Self::Security => "security",
            Self::Data => "data",
            Self::Safety => "safety",
            Self::Performance => "performance",
            Self::Resilience => "resilience",
            Self::Interfaces => "interfaces",
            Self::Transition => "transition",
            Self::ApplicationSupport => "application_support",
        }
    }
}

impl Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Services => "Services",
            Self::TechnicalSpecifications => "Technical Specifications",
            Self::Security => "Security",
            Self::Data => "Processing, Storage and Transmission of Data",
            Self::Safety => "Safety",
            Self::Performance => "Performance and Infrastructure",
            Self::Resilience => "Resilience and Disaster Recovery",
            Self::Interfaces => "Interfaces",
            Self::Transition => "Transition to Operations",
            Self::ApplicationSupport => "Application Support",
        })
    }
}
