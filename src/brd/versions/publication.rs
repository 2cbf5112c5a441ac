//! Publishing a sprint: its change sets become the next version of the baseline (R58, R59).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::super::changes::{ChangeSet, Conflict, ItemName, Settlement, SipName, Touched, Unmergeable, merge};
use super::super::{Brd, DeltaEntry, Line, Version};
use super::duties::{Checklist, Duty};
use super::nature::{ChangeNature, nature};

/// What the delta reference says of a change that is in the baseline.
const PUBLISHED: &str = "Live";

/// A version of the baseline with everything it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// The version.
    pub version: Version,
    /// The version it follows; absent for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Version>,
    /// The London date it was published.
    pub date: NaiveDate,
    /// The SIPs in it, in the order they were merged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sips: Vec<PublishedSip>,
    /// Which SIPs touched each item, and which words come from which.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub touched: BTreeMap<ItemName, Touched>,
    /// The conflicts people settled on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settlements: Vec<Settlement>,
    /// The baseline.
    pub brd: Brd,
}

/// A SIP as it went into a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedSip {
    /// The SIP.
    pub sip: SipName,
    /// Its title.
    pub title: Line,
    /// What it does to the baseline.
    pub changes: ChangeSet,
    /// The determinations it rests on, oldest first.
    pub determinations: Vec<Determination>,
    /// The duties of SEC H8.8, answered (R69).
    pub duties: Checklist,
}

impl PublishedSip {
    /// Whether it changes what the SSI does (R68).
    pub fn nature(&self) -> ChangeNature {
        nature(&self.changes)
    }
}

/// A determination that a change rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Determination {
    /// The point that was decided, in words.
    pub point: String,
    /// The body that decided, in words.
    pub body: String,
    /// What it decided, in words.
    pub option: String,
    /// The London date.
    pub on: NaiveDate,
    /// The reference of the ballot, where one was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ballot: Option<String>,
}

/// Why a sprint cannot be published yet.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotReady {
    /// No SIP was named.
    #[error("name the SIPs of the sprint, at least one")]
    NoSip,
    /// A SIP was named twice.
    #[error("{0} is named twice")]
    Twice(SipName),
    /// A change set rests on nothing a body determined.
    #[error("{0} rests on no determination: it is published once it is approved")]
    NoDetermination(SipName),
    /// Duties of SEC H8.8 are without an answer.
    #[error("{sip} still needs an answer on {}", each(missing))]
    Unanswered {
        /// The SIP.
        sip: SipName,
        /// The duties.
        missing: Vec<Duty>,
    },
    /// Change sets that do not apply to the baseline.
    #[error("{}", lines(.0))]
    Unmergeable(Vec<Unmergeable>),
    /// Contradictions that nobody has settled.
    #[error("settle first:\n{}", lines(.0))]
    Conflicts(Vec<Conflict>),
}

fn each(items: &[impl Display]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn lines(items: &[impl Display]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

impl Publication {
    /// The first version, as it was taken over.
    pub fn first(brd: Brd, date: NaiveDate) -> Self {
        let (sips, touched, settlements) = (Vec::new(), BTreeMap::new(), Vec::new());
        Self { version: brd.version, base: None, date, sips, touched, settlements, brd }
    }
}

/// The version after `version`: the last number counts on, as `V1.0.10` after `V1.0.9`.
pub fn next_version(version: Version) -> Version {
    Version { patch: version.patch.saturating_add(1), ..version }
}

/// Publishes SIPs, merged in this order, as the next version on a London date.
///
/// # Errors
///
/// [`NotReady`] with whatever has to be done first; nothing is published then.
pub fn publish(
    live: &Brd,
    sips: Vec<PublishedSip>,
    settlements: &[Settlement],
    date: NaiveDate,
) -> Result<Publication, NotReady> {
    ready(&sips)?;
    let sets: Vec<ChangeSet> = sips.iter().map(|sip| sip.changes.clone()).collect();
    let merged = merge(live, &sets, settlements).map_err(NotReady::Unmergeable)?;
    if !merged.conflicts.is_empty() {
        return Err(NotReady::Conflicts(merged.conflicts));
    }
    let version = next_version(live.version);
    let mut brd = Brd { version, date: Some(date), status: Line::new(PUBLISHED), ..merged.brd };
    for sip in &sips {
        let entry = delta(&brd, sip, date);
        brd.delta.push(entry);
    }
    let used = settlements.iter().filter(|settled| merged.settled.contains(&settled.conflict)).cloned();
    let (touched, settlements) = (merged.touched, used.collect());
    Ok(Publication { version, base: Some(live.version), date, sips, touched, settlements, brd })
}

fn ready(sips: &[PublishedSip]) -> Result<(), NotReady> {
    let mut seen = BTreeSet::new();
    if sips.is_empty() {
        return Err(NotReady::NoSip);
    }
    for PublishedSip { sip, determinations, duties, .. } in sips {
        let missing = duties.missing();
        if !seen.insert(sip) {
            return Err(NotReady::Twice(sip.clone()));
        }
        if determinations.is_empty() {
            return Err(NotReady::NoDetermination(sip.clone()));
        }
        if !missing.is_empty() {
            return Err(NotReady::Unanswered { sip: sip.clone(), missing });
        }
    }
    Ok(())
}

/// The row of the delta reference for a SIP.
fn delta(brd: &Brd, sip: &PublishedSip, date: NaiveDate) -> DeltaEntry {
    let highest = brd.delta.iter().filter_map(|entry| entry.serial).max().unwrap_or_default();
    DeltaEntry {
        serial: Some(highest.saturating_add(1)),
        doc_id: Line::new(sip.sip.as_str()),
        title: sip.title.clone(),
        date: Some(date),
        status: Line::new(PUBLISHED),
    }
}
