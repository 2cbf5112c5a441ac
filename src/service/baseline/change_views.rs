//! Change sets as people see them: what each does, what it meets, and what a sprint of them comes to.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::dossiers::{ChangeFile, DraftKept};
use super::views::DutyView;
use crate::brd::Version;
use crate::brd::changes::{ChangeSet, Collision, Conflict, Field, Finding, Merged, Side, SipName, Unmergeable};
use crate::brd::versions::{PublishedSip, nature, next_version};

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
        findings: &[Finding],
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
    pub field: Option<Field>,
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
        let side = |side: &Side| SideView { sip: side.sip.to_string(), says: side.says.clone() };
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
    pub(super) fn of(base: Version, parts: &[PublishedSip], merged: &Merged, not_deployed: Vec<String>) -> Self {
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
