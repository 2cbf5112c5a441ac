//! What SEC H8.8 asks before a change of the SSI is deployed, as a checklist (R69).

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::Line;

/// Something SEC H8.8 asks of DCC before a change is deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// The impact on Parties and Registration Data Providers is assessed.
    ImpactOnParties,
    /// Parties are consulted where there is a Material Risk of disruption.
    MaterialRiskConsultation,
    /// Parties are offered to take part in testing.
    OfferOfTesting,
    /// The security of the change is assessed.
    SecurityAssessment,
}

impl Duty {
    /// Every duty, in the order they are asked.
    pub const ALL: [Self; 4] =
        [Self::ImpactOnParties, Self::MaterialRiskConsultation, Self::OfferOfTesting, Self::SecurityAssessment];

    /// What is asked.
    pub fn question(self) -> &'static str {
        match self {
            Self::ImpactOnParties => "What is the impact on Parties and Registration Data Providers?",
            Self::MaterialRiskConsultation => {
                "Is there a Material Risk of disruption, and were Parties consulted on it?"
            }
            Self::OfferOfTesting => "How were Parties offered to take part in testing?",
            Self::SecurityAssessment => "What did the security assessment find?",
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::ImpactOnParties => "the impact on Parties and RDPs",
            Self::MaterialRiskConsultation => "the consultation on Material Risk",
            Self::OfferOfTesting => "the offer of testing",
            Self::SecurityAssessment => "the security assessment",
        }
    }

    /// Why an answer does not do, if it does not: only the consultation may be found not to be needed.
    pub fn unfit(self, found: Found) -> Option<&'static str> {
        let optional = self == Self::MaterialRiskConsultation;
        (found == Found::NotNeeded && !optional).then_some("it is always needed; say what was done")
    }
}

impl Display for Duty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

/// Whether a duty was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// It was done.
    Done,
    /// It was not needed, for the reason given.
    NotNeeded,
}

impl Found {
    /// What was found, in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotNeeded => "not needed",
        }
    }
}

/// What was answered to a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Whether it was done.
    pub found: Found,
    /// What was done or found, and where it can be read.
    pub says: Line,
    /// Who answered: a person's id.
    pub by: String,
    /// When (UTC).
    pub at: DateTime<Utc>,
}

/// The answers so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Checklist(pub BTreeMap<Duty, Answer>);

impl Checklist {
    /// The duties without an answer.
    pub fn missing(&self) -> Vec<Duty> {
        Duty::ALL.into_iter().filter(|duty| !self.0.contains_key(duty)).collect()
    }
}
