//! The SIP form once it is known to be complete and well formed (R14).

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::email::EmailAddress;
use super::errors::Mend;
use super::ids::{ComponentId, DomainId, RequirementId};
use super::money::CostRange;
use super::party::{PartyCategory, StatedCategory};
use super::references::SipReference;
use super::route::AccessChange;
use super::text::{Benefit, Description, Name, Note, Reason, RequirementText, SystemName, Title};

/// A complete SIP form. Only [`RawSipForm::parse`](super::RawSipForm::parse) makes one from what people write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SipForm {
    /// Who proposes.
    pub proposer: Proposer,
    /// The title.
    pub title: Title,
    /// What is asked for.
    pub description: Description,
    /// What Parties would gain; at least one benefit.
    pub benefits: Vec<Benefit>,
    /// The Party categories impacted; at least one.
    pub impacted_parties: BTreeSet<PartyCategory>,
    /// What is added, amended or removed.
    pub change: Change,
    /// The Business Functional Domain claimed (R18).
    pub domain: DomainId,
    /// Other Business Functional Domains touched.
    pub other_domains: BTreeSet<DomainId>,
    /// The DCC Systems touched (R2); at least one.
    pub systems: BTreeSet<SystemName>,
    /// When it could be developed and deployed.
    pub timescale: Timescale,
    /// Whether the proposer claims urgency (R52).
    pub urgency: Urgency,
    /// What the proposer asks to keep from publication.
    pub confidentiality: Confidentiality,
    /// The proposer's idea of the cost, if there is one.
    pub anticipated_cost: Option<CostRange>,
    /// What must come first.
    pub depends_on: Vec<Dependency>,
    /// The earlier SIP that this one replaces (R43).
    pub resubmission_of: Option<SipReference>,
    /// Changes that may take the proposal out of this route (R26).
    pub access_changes: BTreeSet<AccessChange>,
}

/// The organisation that proposes and the person who speaks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposer {
    /// The organisation.
    pub organisation: Name,
    /// Its Party category.
    pub category: StatedCategory,
    /// Who speaks for it.
    pub contact: Contact,
}

/// A person and an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The person.
    pub name: Name,
    /// The e-mail address.
    pub email: EmailAddress,
}

/// Whether the SIP adds to the SSI, amends it or removes from it (R29).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeType {
    /// Something new.
    Add,
    /// Something done otherwise.
    Amend,
    /// Something taken away.
    Remove,
}

impl Display for ChangeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Add => "add",
            Self::Amend => "amend",
            Self::Remove => "remove",
        })
    }
}

/// The change asked for, in terms of the baseline.
///
/// The requirements may all be empty: a proposer need not know the baseline, and DCC names them in validation (R19).
/// No requirement is both amended and removed, or added as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Add, amend or remove, taken as a whole.
    #[serde(rename = "type")]
    pub change_type: ChangeType,
    /// Requirements whose wording changes.
    pub amend: BTreeSet<RequirementId>,
    /// Requirements that go.
    pub remove: BTreeSet<RequirementId>,
    /// Requirements that come.
    pub add: Vec<AddedRequirement>,
    /// Functional components touched.
    pub functional_components: BTreeSet<ComponentId>,
}

impl Change {
    /// Whether the proposer named any requirement.
    pub fn names_requirements(&self) -> bool {
        !(self.amend.is_empty() && self.remove.is_empty() && self.add.is_empty())
    }
}

/// A new requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddedRequirement {
    /// Its wording; the id is allocated later.
    Wording(RequirementText),
    /// An id already allocated elsewhere; the wording comes later.
    Numbered(RequirementId),
}

/// The expected timescale: effort in weeks, the dates wanted, or both (R29).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Timescale {
    /// Effort alone.
    Effort(Effort),
    /// Dates alone.
    Window(Window),
    /// Effort, and the dates it should fall in.
    EffortInWindow {
        /// The effort.
        effort: Effort,
        /// The dates.
        window: Window,
    },
}

impl Timescale {
    /// The effort, if it was given.
    pub fn effort(&self) -> Option<Effort> {
        match self {
            Self::Effort(effort) | Self::EffortInWindow { effort, .. } => Some(*effort),
            Self::Window(_) => None,
        }
    }

    /// The dates wanted, if they were given.
    pub fn window(&self) -> Option<Window> {
        match self {
            Self::Window(window) | Self::EffortInWindow { window, .. } => Some(*window),
            Self::Effort(_) => None,
        }
    }
}

/// How long the work takes, in weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effort {
    /// Weeks to develop.
    pub develop_weeks: u16,
    /// Weeks to deploy.
    pub deploy_weeks: u16,
}

/// A period of whole days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Days", into = "Days")]
pub struct Window {
    start: NaiveDate,
    end: NaiveDate,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Days {
    start: NaiveDate,
    end: NaiveDate,
}

/// The last day of a window comes before its first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the last day, {end}, is before the first, {start}")]
pub struct WindowReversed {
    /// The first day given.
    pub start: NaiveDate,
    /// The last day given.
    pub end: NaiveDate,
}

impl Mend for WindowReversed {
    fn mend(&self) -> String {
        "exchange the two dates or correct one".to_owned()
    }
}

impl Window {
    /// A period; it may be a single day.
    ///
    /// # Errors
    ///
    /// [`WindowReversed`] when `end` is before `start`.
    pub fn new(start: NaiveDate, end: NaiveDate) -> Result<Self, WindowReversed> {
        if end < start { Err(WindowReversed { start, end }) } else { Ok(Self { start, end }) }
    }

    /// The first day.
    pub fn start(&self) -> NaiveDate {
        self.start
    }

    /// The last day.
    pub fn end(&self) -> NaiveDate {
        self.end
    }
}

impl Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.start, self.end)
    }
}

impl TryFrom<Days> for Window {
    type Error = WindowReversed;

    fn try_from(days: Days) -> Result<Self, WindowReversed> {
        Self::new(days.start, days.end)
    }
}

impl From<Window> for Days {
    fn from(window: Window) -> Self {
        Self { start: window.start, end: window.end }
    }
}

/// Whether the proposer claims urgency; DCC validates the claim (R52).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Urgency {
    /// No claim.
    Ordinary,
    /// A claim with its reason.
    Claimed {
        /// Why it is urgent.
        reason: Reason,
    },
}

/// What the proposer asks to keep from publication.
///
/// Seven items must be published before a consultation (R29), so a claim over one of them is for DCC and the proposer to
/// settle in validation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Confidentiality {
    /// Nothing.
    None,
    /// Some fields; at least one.
    Part {
        /// The fields.
        parts: BTreeSet<ConfidentialPart>,
        /// Why.
        reason: Reason,
    },
    /// The whole form.
    Whole {
        /// Why.
        reason: Reason,
    },
}

/// A field that may be kept from publication by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfidentialPart {
    /// The contact person and address.
    Contact,
    /// The description.
    Description,
    /// The benefits.
    Benefits,
    /// The requirements and components.
    Requirements,
    /// The DCC Systems.
    Systems,
    /// The timescale.
    Timescale,
    /// The reason for urgency.
    UrgencyReason,
    /// The anticipated cost.
    AnticipatedCost,
}

/// Something that must come first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dependency {
    /// Another SIP.
    Sip(SipReference),
    /// Anything else, in words.
    Other(Note),
}
