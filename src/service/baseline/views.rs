//! The baseline as people see it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dossiers::{OnShelf, Shelf};
use crate::brd::changes::{Origin, Settlement, Word};
use crate::brd::versions::{
    Blame, By, Checklist, Determination, Differing, Duty, Found, Passage, Publication, PublishedSip,
};
use crate::brd::{Brd, Version};

/// A version in the list of versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VersionLine {
    /// The version.
    #[schema(example = "V1.0.10")]
    pub version: String,
    /// The London date it was published.
    pub date: NaiveDate,
    /// When it was put on the shelf (UTC).
    pub published_at: DateTime<Utc>,
    /// Who published it: a person's id.
    pub published_by: String,
    /// The SIPs in it, in the order they were merged; none for the first.
    pub sips: Vec<String>,
    /// Whether it is the live one.
    pub live: bool,
}

impl VersionLine {
    pub(super) fn all(shelf: &Shelf) -> Vec<Self> {
        let live = shelf.live().map(|live| live.version);
        let line = |kept: &OnShelf| Self {
            version: kept.version.to_string(),
            date: kept.date,
            published_at: kept.at,
            published_by: kept.by.clone(),
            sips: kept.sips.iter().map(ToString::to_string).collect(),
            live: Some(kept.version) == live,
        };
        shelf.versions.iter().map(line).collect()
    }
}

/// A version of the baseline with everything it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BaselineView {
    /// The version.
    #[schema(example = "V1.0.10")]
    pub version: String,
    /// The version it follows; absent for the first.
    pub base: Option<String>,
    /// The London date it was published.
    pub date: NaiveDate,
    /// Whether it is the live one.
    pub live: bool,
    /// The SIPs in it, in the order they were merged.
    pub sips: Vec<PublishedSipView>,
    /// What was settled between them.
    #[schema(value_type = Vec<Object>)]
    pub settlements: Vec<Settlement>,
    /// The document, as its file has it.
    #[schema(value_type = Object)]
    pub document: Brd,
}

impl BaselineView {
    pub(super) fn of(publication: Publication, latest: Option<Version>) -> Self {
        Self {
            version: publication.version.to_string(),
            base: publication.base.map(|base| base.to_string()),
            date: publication.date,
            live: latest == Some(publication.version),
            sips: publication.sips.into_iter().map(PublishedSipView::of).collect(),
            settlements: publication.settlements,
            document: publication.brd,
        }
    }
}

/// A SIP in a version.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PublishedSipView {
    /// The SIP.
    pub sip: String,
    /// Its title.
    pub title: String,
    /// Whether it is functional or non-functional (R68).
    #[schema(example = "functional")]
    pub nature: String,
    /// The determinations it rests on, oldest first.
    #[schema(value_type = Vec<Object>)]
    pub determinations: Vec<Determination>,
    /// What was answered to SEC H8.8 (R69).
    pub duties: Vec<DutyView>,
}

impl PublishedSipView {
    fn of(sip: PublishedSip) -> Self {
        Self {
            nature: sip.nature().title().to_owned(),
            sip: sip.sip.to_string(),
            title: sip.title.to_string(),
            duties: DutyView::all(&sip.duties),
            determinations: sip.determinations,
        }
    }
}

/// A duty of SEC H8.8, and its answer where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DutyView {
    /// The duty.
    #[schema(value_type = String, example = "offer_of_testing")]
    pub duty: Duty,
    /// What is asked.
    pub question: String,
    /// Whether it was done; absent while it is without an answer.
    #[schema(value_type = Option<String>, example = "done")]
    pub found: Option<Found>,
    /// What was done or found.
    pub says: Option<String>,
    /// Who answered: a person's id.
    pub by: Option<String>,
    /// When (UTC).
    pub at: Option<DateTime<Utc>>,
}

impl DutyView {
    pub(super) fn all(checklist: &Checklist) -> Vec<Self> {
        let view = |duty: Duty| {
            let answer = checklist.0.get(&duty);
            Self {
                duty,
                question: duty.question().to_owned(),
                found: answer.map(|answer| answer.found),
                says: answer.map(|answer| answer.says.to_string()),
                by: answer.map(|answer| answer.by.clone()),
                at: answer.map(|answer| answer.at),
            }
        };
        Duty::ALL.into_iter().map(view).collect()
    }
}

/// What differs between two versions.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DifferenceView {
    /// The older version.
    pub old: String,
    /// The newer version.
    pub new: String,
    /// How many items were added, amended, moved, retired, restored and removed.
    pub counts: BTreeMap<String, usize>,
    /// The items, in the order of the document.
    #[schema(value_type = Vec<Object>)]
    pub items: Vec<Differing>,
}

impl DifferenceView {
    pub(super) fn of(old: Version, new: Version, items: Vec<Differing>) -> Self {
        let mut counts = BTreeMap::new();
        for item in &items {
            *counts.entry(item.how.title().to_owned()).or_default() += 1;
        }
        Self { old: old.to_string(), new: new.to_string(), counts, items }
    }
}

/// Where an item comes from.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TraceView {
    /// The item.
    #[schema(example = "SSI-FR-6")]
    pub item: String,
    /// The first version that has it.
    pub since: String,
    /// The version in which it last changed.
    pub last_changed: String,
    /// What happened to it, oldest first.
    pub passages: Vec<PassageView>,
    /// Its words as they are, each with the SIPs they come from, and those taken out on the way.
    #[schema(value_type = Vec<Object>)]
    pub words: Vec<Word>,
}

/// What happened to an item in one version.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PassageView {
    /// The version.
    pub version: String,
    /// The London date it was published.
    pub date: NaiveDate,
    /// What happened, field by field.
    #[schema(value_type = Object)]
    pub change: Differing,
    /// The SIPs that did it, with the determinations each rests on; none for the first version.
    #[schema(value_type = Vec<Object>)]
    pub by: Vec<By>,
}

impl TraceView {
    /// The text of the item as it is.
    pub fn text(&self) -> String {
        let there = self.words.iter().filter(|word| !matches!(word.origin, Origin::Removed(_)));
        there.map(|word| word.text.as_str()).collect()
    }

    pub(super) fn of(blame: Blame) -> Self {
        let passage = |passage: Passage| PassageView {
            version: passage.version.to_string(),
            date: passage.date,
            change: passage.change,
            by: passage.by,
        };
        Self {
            item: blame.item.to_string(),
            since: blame.since.to_string(),
            last_changed: blame.last_changed.to_string(),
            passages: blame.passages.into_iter().map(passage).collect(),
            words: blame.words,
        }
    }
}
