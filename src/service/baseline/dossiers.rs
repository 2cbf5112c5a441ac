//! What is kept of the baseline, as dossiers that follow from the journal.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::super::dossiers::{Dossier, Eyes};
use crate::brd::Version;
use crate::brd::changes::{Change, ChangeSet, ItemName, Settlement, SipName};
use crate::brd::versions::{Answer, Checklist, Duty, Publication};

/// Every version in order, and what was settled between SIPs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct Shelf {
    pub(super) versions: Vec<OnShelf>,
    pub(super) settlements: Vec<Settlement>,
}

/// A version on the shelf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OnShelf {
    pub(super) version: Version,
    pub(super) date: NaiveDate,
    pub(super) at: DateTime<Utc>,
    pub(super) by: String,
    pub(super) sips: Vec<SipName>,
}

/// What can happen to the shelf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in super::super) enum ShelfEvent {
    /// A version was put on it.
    VersionPut { version: Version, date: NaiveDate, sips: Vec<SipName> },
    /// A conflict was settled.
    ConflictSettled { settlement: Box<Settlement> },
}

impl Shelf {
    /// The version in force.
    pub(super) fn live(&self) -> Option<&OnShelf> {
        self.versions.last()
    }
}

impl Dossier for Shelf {
    const KIND: &'static str = "baseline";
    const EYES: Eyes = Eyes::Everybody;
    type Event = ShelfEvent;

    fn apply(&mut self, event: &ShelfEvent, at: DateTime<Utc>, by: &str) {
        match event.clone() {
            ShelfEvent::VersionPut { version, date, sips } => {
                self.versions.push(OnShelf { version, date, at, by: by.to_owned(), sips });
            }
            ShelfEvent::ConflictSettled { settlement } => self.settlements.push(*settlement),
        }
    }
}

/// A version of the baseline.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct BaselineVersion {
    pub(super) publication: Option<Publication>,
}

/// What can happen to a version: that it is published, once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in super::super) enum VersionEvent {
    /// It was published, or taken over as the first.
    BaselinePublished { publication: Box<Publication> },
}

impl Dossier for BaselineVersion {
    const KIND: &'static str = "baseline-version";
    const EYES: Eyes = Eyes::Everybody;
    type Event = VersionEvent;

    fn apply(&mut self, event: &VersionEvent, _: DateTime<Utc>, _: &str) {
        let VersionEvent::BaselinePublished { publication } = event;
        self.publication = Some((**publication).clone());
    }
}

/// What a SIP does to the baseline, in every draft, and what was answered to SEC H8.8 about it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct ChangeFile {
    pub(super) drafts: Vec<DraftKept>,
    pub(super) duties: Checklist,
}

/// A change set as it was drafted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DraftKept {
    pub(super) at: DateTime<Utc>,
    pub(super) by: String,
    pub(super) reason: Option<String>,
    pub(super) set: ChangeSet,
}

/// What can happen to the file of a SIP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in super::super) enum ChangeFileEvent {
    /// A change set was drafted, in the place of any before.
    ChangesDrafted { set: Box<ChangeSet>, reason: Option<String> },
    /// A duty was answered.
    DutyAnswered { duty: Duty, answer: Answer },
}

impl Dossier for ChangeFile {
    const KIND: &'static str = "change-set";
    const EYES: Eyes = Eyes::Everybody;
    type Event = ChangeFileEvent;

    fn apply(&mut self, event: &ChangeFileEvent, at: DateTime<Utc>, by: &str) {
        match event.clone() {
            ChangeFileEvent::ChangesDrafted { set, reason } => {
                self.drafts.push(DraftKept { at, by: by.to_owned(), reason, set: *set });
            }
            ChangeFileEvent::DutyAnswered { duty, answer } => {
                self.duties.0.insert(duty, answer);
            }
        }
    }
}

impl ChangeFile {
    /// The change set as it stands.
    pub(super) fn latest(&self) -> Option<&DraftKept> {
        self.drafts.last()
    }

    /// Every id that a draft gave.
    pub(super) fn given(&self) -> impl Iterator<Item = &ItemName> {
        let changes = self.drafts.iter().flat_map(|draft| &draft.set.changes);
        changes.filter_map(|change| match change {
            Change::Add(add) => add.item.as_ref(),
            _ => None,
        })
    }
}
