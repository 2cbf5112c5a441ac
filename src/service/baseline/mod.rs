//! The baseline: taken over once, changed by the change sets of SIPs, published sprint by sprint (R55, R58 to R61).
//!
//! Each version is a dossier of its own, a shelf lists them in order with what was settled on the way, and each SIP has a
//! file of its change sets and of what was answered to SEC H8.8. Publishing merges the change sets of a sprint into the
//! next version and takes the action that ends each SIP, in one transaction.

mod change_views;
mod changes;
mod dossiers;
mod duties;
mod history;
mod items;
mod library;
mod publish;
mod redlines;
mod settle;
mod story;
mod views;

pub(super) use changes::told;
pub(super) use dossiers::{BaselineVersion, ChangeFile, Shelf};
pub(super) use publish::guard;
pub(super) use story::{of_changes, of_shelf};

pub use change_views::{ChangeSetView, CollisionView, ConflictView, SideView, SprintView};
pub use changes::{change_set, change_set_yaml, draft_change_set};
pub use duties::{DutyAnswer, answer_duty};
pub use history::{compare_versions, trace_item};
pub use items::{baseline_item, baseline_items};
pub use library::{baseline, baseline_versions, baseline_yaml, import_baseline};
pub use publish::{publish_baseline, sprint};
pub use redlines::{
    RedlineFormat, RedlineOf, baseline_file, changing_sips, consultation_redline, sip_redline, version_redline,
};
pub use settle::{Holds, NewSettlement, settle_conflict};
pub use views::{BaselineView, DifferenceView, DutyView, PassageView, PublishedSipView, TraceView, VersionLine};

use super::app::App;
use super::call::Call;
use super::error::ServiceError;
use super::loaded::Loaded;
use crate::brd::changes::{ChangeSet, SipName};

/// The action that ends a SIP once its change is in the baseline.
pub(super) const PUBLISH: &str = "publish_baseline";

/// Refuses anyone but DCC, which produces and maintains the baseline (R55).
fn dcc_only(call: &Call<'_>) -> Result<(), ServiceError> {
    if call.actor.holds("dcc") {
        return Ok(());
    }
    Err(ServiceError::NotAllowed { who: call.actor.name.clone(), could: "DCC".to_owned() })
}

/// The name by which the baseline knows a SIP.
fn name_of(sip: &Loaded) -> Result<SipName, ServiceError> {
    SipName::parse(sip.known_as()).map_err(|error| ServiceError::damaged(sip.known_as(), error))
}

/// A change set under the name its SIP is known by now.
fn named(sip: &Loaded, set: &ChangeSet) -> Result<ChangeSet, ServiceError> {
    Ok(ChangeSet { sip: name_of(sip)?, ..set.clone() })
}

/// What is wrong, one line each.
fn lines(problems: &[impl ToString]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
