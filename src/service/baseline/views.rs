//! The baseline as people see it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dossiers::{ChangeFile, DraftKept, Shelf};
use crate::brd::changes::{ChangeSet, Collision, Conflict, Finding, Merged, Settlement, SipName, Unmergeable, Word};
use crate::brd::versions::{
    Blame, By, Checklist, Determination, Differing, Duty, Passage, Publication, PublishedSip, nature, next_version,
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
        let line = |kept: &super::dossiers::OnShelf| Self {
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
    pub(super) fn of(publication: Publication, live: bool) -> Self {
        Self {
            version: publication.version.to_string(),
            base: publication.base.map(|base| base.to_string()),
            date: publication.date,
            live,
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
    pub found: Option<crate::brd::versions::Found>,
    /// What was done or found.
    pub says: Option<String>,
    /// Who answered: a person's id.
    pub by: Option<String>,
    /// When (UTC).
    pub at: Option<DateTime<Utc>>,
}

impl DutyView {
    fn all(checklist: &Checklist) -> Vec<Self> {
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

/// What a SIP does to the baseline.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ChangeSetView {
    /// The SIP.
    pub sip: String,
    /// Which draft this is, from 1.
    pub draft: usize,
    /// When it was drafted (UTC).
    pub drafted_at: DateTime<Utc>,
    /// Who drafted it: a person's id.
    pub drafted_by: String,
    /// Why, where the Impact Assessment was delivered already.
    pub reason: Option<String>,
    /// The version it was drafted against.
    pub base: String,
    /// Whether it is functional or non-functional (R68).
    #[schema(example = "functional")]
    pub nature: String,
    /// The version it is published in, once it is.
    pub published_in: Option<String>,
    /// The changes, each with what it was drafted against.
    #[schema(value_type = Object)]
    pub changes: ChangeSet,
    /// What it leaves to be done, in words.
    pub findings: Vec<String>,
    /// Where it meets the live version and the change sets of other SIPs; conflicts first.
    pub collisions: Vec<CollisionView>,
    /// The duties of SEC H8.8 (R69).
    pub duties: Vec<DutyView>,
}

impl ChangeSetView {
    pub(super) fn of(
        file: &ChangeFile,
        kept: &DraftKept,
        set: ChangeSet,
        published_in: Option<String>,
        findings: Vec<Finding>,
        collisions: Vec<CollisionView>,
    ) -> Self {
        Self {
            sip: set.sip.to_string(),
            draft: file.drafts.len(),
            drafted_at: kept.at,
            drafted_by: kept.by.clone(),
            reason: kept.reason.clone(),
            base: set.base.to_string(),
            nature: nature(&set).title().to_owned(),
            published_in,
            changes: set,
            findings: findings.iter().map(ToString::to_string).collect(),
            collisions,
            duties: DutyView::all(&file.duties),
        }
    }
}

/// A place where a change set meets another or the live version.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CollisionView {
    /// The other SIP; absent where it is the live version.
    pub with: Option<String>,
    /// Whether somebody has to settle it; otherwise both changes stand.
    pub conflict: bool,
    /// What it is, in words.
    pub words: String,
    /// The contradiction with every text, where it is one.
    pub detail: Option<ConflictView>,
}

impl CollisionView {
    pub(super) fn of(with: &SipName, collision: &Collision) -> Self {
        let detail = match collision {
            Collision::Conflict(conflict) => Some(ConflictView::of(conflict)),
            _ => None,
        };
        let (with, words) = (Some(with.to_string()), collision.to_string());
        Self { with, conflict: collision.is_conflict(), words, detail }
    }

    /// A contradiction with what was published since the change set was drafted.
    pub(super) fn with_live(conflict: &Conflict) -> Self {
        let field = conflict.field.map_or("item", |field| field.title());
        let words = format!("the {field} of {} has changed in the live version since this was drafted", conflict.item);
        Self { with: None, conflict: true, words, detail: Some(ConflictView::of(conflict)) }
    }

    /// Why a change set no longer applies to the live version.
    pub(super) fn refused(problem: &Unmergeable) -> Self {
        Self { with: None, conflict: true, words: problem.problem.to_string(), detail: None }
    }
}

/// A contradiction between change sets, with every text.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ConflictView {
    /// The item.
    #[schema(example = "SSI-FR-6")]
    pub item: String,
    /// The field; absent where it is about the whole item.
    #[schema(value_type = Option<String>, example = "text")]
    pub field: Option<crate::brd::changes::Field>,
    /// What the live version says.
    pub live: Option<String>,
    /// What each SIP wants.
    pub sides: Vec<SideView>,
    /// The same in one sentence.
    pub words: String,
}

/// What one SIP wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SideView {
    /// The SIP.
    pub sip: String,
    /// What the field becomes, or in words what happens to the item.
    pub says: String,
}

impl ConflictView {
    fn of(conflict: &Conflict) -> Self {
        let side = |side: &crate::brd::changes::Side| SideView { sip: side.sip.to_string(), says: side.says.clone() };
        Self {
            item: conflict.item.to_string(),
            field: conflict.field,
            live: conflict.live.clone(),
            sides: conflict.sides.iter().map(side).collect(),
            words: conflict.to_string(),
        }
    }
}

/// What a sprint comes to before it is published.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SprintView {
    /// The live version.
    pub base: String,
    /// The version it becomes.
    #[schema(example = "V1.0.10")]
    pub version: String,
    /// The SIPs, in the order they are merged.
    pub sips: Vec<String>,
    /// What has to be settled first.
    pub conflicts: Vec<ConflictView>,
    /// The duties of SEC H8.8 without an answer, by SIP.
    pub unanswered: BTreeMap<String, Vec<String>>,
    /// The SIPs that are not deployed.
    pub not_deployed: Vec<String>,
    /// What came together by itself, for people to look at.
    pub notices: Vec<String>,
    /// Whether it can be published.
    pub ready: bool,
}

impl SprintView {
    pub(super) fn of(base: Version, parts: &[PublishedSip], merged: Merged, not_deployed: Vec<String>) -> Self {
        let missing = |part: &PublishedSip| {
            let missing: Vec<String> = part.duties.missing().iter().map(ToString::to_string).collect();
            (!missing.is_empty()).then(|| (part.sip.to_string(), missing))
        };
        let unanswered: BTreeMap<String, Vec<String>> = parts.iter().filter_map(missing).collect();
        let ready =
            merged.conflicts.is_empty() && unanswered.is_empty() && not_deployed.is_empty() && !parts.is_empty();
        Self {
            base: base.to_string(),
            version: next_version(base).to_string(),
            sips: parts.iter().map(|part| part.sip.to_string()).collect(),
            conflicts: merged.conflicts.iter().map(ConflictView::of).collect(),
            unanswered,
            not_deployed,
            notices: merged.notices.iter().map(ToString::to_string).collect(),
            ready,
        }
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
