//! Scope and cost of a SIP at one moment: as Parties were consulted on it, as the Impact Assessment found it, as it was
//! reported since.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::assessment::{Assessment, Baseline, TotalSystemRisk};
use super::errors::{Collector, FieldErrors, Mend, SHORT_LIST};
use super::fields::added_requirement;
use super::form::{AddedRequirement, Change, ConfidentialPart, Confidentiality, SipForm, Window};
use super::id_text::IdError;
use super::ids::RequirementId;
use super::money::{CostRange, Pence};
use super::party::PartyCategory;
use super::text::TextError;

/// Scope and cost of a SIP at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scope {
    /// The cost; a figure is a range whose ends are the same.
    pub cost: Option<CostRange>,
    /// What happens to which requirement of the baseline; absent where none is named, and then nothing is compared.
    pub requirements: Option<BTreeSet<Touch>>,
    /// The Party categories impacted.
    pub parties: BTreeSet<PartyCategory>,
    /// The implementation window.
    pub window: Option<Window>,
    /// Whether the wider DCC Total System is at risk.
    pub total_system: TotalSystem,
    /// What DCC says has changed in scope, in words.
    pub changed: Option<String>,
}

/// Whether a risk to the wider DCC Total System is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TotalSystem {
    /// None is known.
    #[default]
    NoRiskKnown,
    /// One is known.
    AtRisk,
}

/// What happens to one requirement of the baseline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Touch {
    /// A requirement comes, by the id kept for it or by its wording.
    Add(String),
    /// Its wording changes.
    Amend(RequirementId),
    /// It goes.
    Remove(RequirementId),
}

impl Display for Touch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add(what) => write!(f, "add {what}"),
            Self::Amend(id) => write!(f, "amend {id}"),
            Self::Remove(id) => write!(f, "remove {id}"),
        }
    }
}

impl Touch {
    /// Reads `amend SSI-FR-13`, `remove SSI-FR-15`, or else the wording or id of a requirement to add.
    ///
    /// # Errors
    ///
    /// [`TouchError`] when the id or the wording cannot be read.
    pub fn parse(text: &str) -> Result<Self, TouchError> {
        let text = text.trim();
        let word = |word: &str| text.strip_prefix(word).filter(|rest| rest.starts_with(char::is_whitespace));
        let id = |rest: &str| RequirementId::parse(rest).map_err(TouchError::Id);
        match (word("amend"), word("remove")) {
            (Some(rest), _) => id(rest).map(Self::Amend),
            (_, Some(rest)) => id(rest).map(Self::Remove),
            _ => {
                added_requirement(word("add").unwrap_or(text)).map(|added| addition(&added)).map_err(TouchError::Words)
            }
        }
    }
}

/// Why a text does not say what happens to a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TouchError {
    /// What is to be amended or removed is no requirement.
    #[error(transparent)]
    Id(IdError),
    /// The wording of what is to be added cannot be read.
    #[error(transparent)]
    Words(TextError),
}

impl Mend for TouchError {
    fn mend(&self) -> String {
        match self {
            Self::Id(error) => error.mend(),
            Self::Words(error) => error.mend(),
        }
    }
}

/// A report that scope or cost has changed, as it was filled in (R44).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The cost now expected.
    pub cost: Pence,
    /// What now happens to requirements besides what did, such as `amend SSI-FR-13`.
    pub requirements_added: Vec<String>,
    /// What no longer happens to requirements.
    pub requirements_removed: Vec<String>,
    /// Party categories newly impacted.
    pub parties_added: Vec<String>,
    /// The implementation window now planned, where it moves.
    pub window: Option<Window>,
    /// What has changed in scope, in words, where it has.
    pub changed: Option<String>,
}

impl Scope {
    /// The scope that a SIP form gives, at the cost range it is consulted on with. Requirements that the proposer keeps
    /// from publication are left out, since Parties do not see them.
    pub fn of_form(form: &SipForm, cost: Option<CostRange>) -> Self {
        let named = form.change.names_requirements() && !keeps_requirements(form);
        Self {
            cost,
            requirements: named.then(|| touches(&form.change)),
            parties: form.impacted_parties.clone(),
            window: form.timescale.window(),
            total_system: TotalSystem::NoRiskKnown,
            changed: None,
        }
    }

    /// The scope that an Impact Assessment found. What it does not state is as `consulted`.
    pub fn of_assessment(assessment: &Assessment, consulted: &Self) -> Self {
        let parties = assessment.requirements.parties.keys().copied();
        let stated = assessment.requirements.baseline.as_ref().map(baseline_touches);
        Self {
            cost: Some(assessment.widest()),
            requirements: stated.or_else(|| consulted.requirements.clone()),
            parties: parties.chain(consulted.parties.iter().copied()).collect(),
            window: assessment.timescales.window.or(consulted.window),
            total_system: match assessment.total_system_risk {
                TotalSystemRisk::Found { .. } => TotalSystem::AtRisk,
                TotalSystemRisk::NoneFound { .. } => TotalSystem::NoRiskKnown,
            },
            changed: assessment.requirements.scope_change.as_ref().map(ToString::to_string),
        }
    }
}

impl Scope {
    /// This scope after a report of change.
    ///
    /// # Errors
    ///
    /// [`FieldErrors`] with every item of the report that cannot be read, and every one named as gone that was not there.
    pub fn after(&self, report: &Report) -> Result<Self, FieldErrors> {
        let mut faults = Collector::default();
        let added: Vec<Touch> = faults.list("requirements_added", &report.requirements_added, SHORT_LIST, Touch::parse);
        let gone: Vec<Touch> =
            faults.list("requirements_removed", &report.requirements_removed, SHORT_LIST, Touch::parse);
        let parties: Vec<PartyCategory> =
            faults.list("parties_added", &report.parties_added, SHORT_LIST, PartyCategory::parse);
        let mut now = self.clone();
        let mut touches = now.requirements.unwrap_or_default();
        for touch in gone.iter().filter(|touch| !touches.contains(touch)) {
            let mend = "write it as the scope has it, such as amend SSI-FR-13";
            faults.note("requirements_removed", format!("nothing in the scope says: {touch}"), mend);
        }
        touches.retain(|touch| !gone.contains(touch));
        touches.extend(added);
        let named = self.requirements.is_some() || !touches.is_empty();
        now.requirements = named.then_some(touches);
        now.parties.extend(parties);
        now.cost = CostRange::new(report.cost, report.cost).ok();
        now.window = report.window.or(now.window);
        now.changed = report.changed.clone().or(now.changed);
        faults.finish(Some(now))
    }
}

/// Whether the proposer keeps the requirements from publication.
fn keeps_requirements(form: &SipForm) -> bool {
    match &form.confidentiality {
        Confidentiality::None => false,
        Confidentiality::Whole { .. } => true,
        Confidentiality::Part { parts, .. } => parts.contains(&ConfidentialPart::Requirements),
    }
}

fn touches(change: &Change) -> BTreeSet<Touch> {
    let amend = change.amend.iter().copied().map(Touch::Amend);
    let remove = change.remove.iter().copied().map(Touch::Remove);
    amend.chain(remove).chain(change.add.iter().map(addition)).collect()
}

fn baseline_touches(baseline: &Baseline) -> BTreeSet<Touch> {
    let amend = baseline.amend.iter().copied().map(Touch::Amend);
    let remove = baseline.remove.iter().copied().map(Touch::Remove);
    amend.chain(remove).chain(baseline.add.iter().map(addition)).collect()
}

/// A wording counts as the same however its lines are broken.
fn addition(added: &AddedRequirement) -> Touch {
    Touch::Add(match added {
        AddedRequirement::Numbered(id) => id.to_string(),
        AddedRequirement::Wording(text) => text.as_str().split_whitespace().collect::<Vec<_>>().join(" "),
    })
}
