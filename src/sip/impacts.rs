//! What validation must record of a SIP's impact: on each DCC System, each Party category and every other SIP under
//! consideration (R21).
//!
//! "No impact" is an answer and must be given; silence is reported by [`Impacts::missing`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

use super::party::PartyCategory;
use super::references::SipReference;
use super::text::{Note, SystemName};

/// The impacts recorded so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Impacts {
    /// On each DCC System.
    pub systems: BTreeMap<SystemName, Impact>,
    /// On each Party category.
    pub parties: BTreeMap<PartyCategory, Impact>,
    /// On each other SIP under consideration.
    pub sips: BTreeMap<SipReference, Relation>,
}

/// The impact on a DCC System or a Party category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// None.
    None,
    /// An impact, and what it is.
    Affected(Note),
}

/// How a SIP stands to another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// They have nothing to do with each other.
    None,
    /// They touch the same things and can both be done.
    Overlaps(Note),
    /// They cannot both be done as they stand.
    Conflicts(Note),
    /// This one needs the other first.
    DependsOn(Note),
}

/// What the impacts of a SIP must cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope<'a> {
    /// The SIP being assessed, which is not assessed against itself.
    pub subject: SipReference,
    /// The DCC Systems to answer for.
    pub systems: &'a BTreeSet<SystemName>,
    /// The SIPs under consideration.
    pub under_consideration: &'a BTreeSet<SipReference>,
}

/// One thing whose impact is not recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingImpact {
    /// A DCC System.
    System(SystemName),
    /// A Party category.
    Party(PartyCategory),
    /// Another SIP.
    Sip(SipReference),
}

impl Impacts {
    /// What the impacts do not cover yet, in the order systems, Party categories, SIPs; empty when they are complete.
    pub fn missing(&self, scope: &Scope<'_>) -> Vec<MissingImpact> {
        let systems = scope.systems.iter().filter(|system| !self.systems.contains_key(*system));
        let parties = PartyCategory::ALL.into_iter().filter(|party| !self.parties.contains_key(party));
        let others = scope.under_consideration.iter().filter(|other| **other != scope.subject);
        let sips = others.filter(|other| !self.sips.contains_key(*other));
        systems
            .cloned()
            .map(MissingImpact::System)
            .chain(parties.map(MissingImpact::Party))
            .chain(sips.copied().map(MissingImpact::Sip))
            .collect()
    }

    /// The SIPs this one cannot stand beside, with the reason.
    pub fn conflicts(&self) -> impl Iterator<Item = (SipReference, &Note)> {
        self.sips.iter().filter_map(|(sip, relation)| match relation {
            Relation::Conflicts(note) => Some((*sip, note)),
            _ => None,
        })
    }
}

impl Display for MissingImpact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(system) => {
                write!(f, "record the impact on {system}, or that there is none")
            }
            Self::Party(party) => write!(f, "record the impact on {party}, or that there is none"),
            Self::Sip(sip) => write!(f, "record how it stands to {sip}, or that they are unrelated"),
        }
    }
}
