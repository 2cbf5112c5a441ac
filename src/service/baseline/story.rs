//! What happened to the baseline and to change sets, in words.

use super::dossiers::{ChangeFileEvent, ShelfEvent};
use crate::brd::changes::{Change, ChangeSet, SipName};

/// A version or a settlement.
pub(in super::super) fn of_shelf(event: &ShelfEvent) -> String {
    match event {
        ShelfEvent::VersionPut { version, sips, .. } if sips.is_empty() => {
            format!("{version} of the baseline was taken over.")
        }
        ShelfEvent::VersionPut { version, sips, .. } => {
            let sips: Vec<&str> = sips.iter().map(SipName::as_str).collect();
            format!("{version} of the baseline was published, with {}.", sips.join(", "))
        }
        ShelfEvent::ConflictSettled { settlement } => {
            let (conflict, why) = (&settlement.conflict, settlement.why.trim_end_matches('.'));
            let sips: Vec<&str> = conflict.sides.iter().map(|side| side.sip.as_str()).collect();
            format!("What {} want of {} was settled: {why}.", sips.join(" and "), conflict.item)
        }
    }
}

/// A draft or an answer.
pub(in super::super) fn of_changes(event: &ChangeFileEvent) -> String {
    match event {
        ChangeFileEvent::ChangesDrafted { set, reason } => {
            let reason =
                reason.as_ref().map(|reason| format!(" {}.", reason.trim_end_matches('.'))).unwrap_or_default();
            format!("What it does to the baseline was drafted: {}.{reason}", counted(set))
        }
        ChangeFileEvent::DutyAnswered { duty, .. } => format!("Answered for SEC H8.8: {duty}."),
    }
}

/// How many items come, change and go.
fn counted(set: &ChangeSet) -> String {
    let word = |change: &Change| match change {
        Change::Add(_) => "added",
        Change::Amend(_) => "amended",
        Change::Move(_) => "moved",
        Change::Remove(_) => "removed",
        Change::Retire(_) => "retired",
    };
    let words = ["added", "amended", "moved", "removed", "retired"];
    let counts = words.map(|known| (known, set.changes.iter().filter(|change| word(change) == known).count()));
    let said = counts.iter().filter(|(_, count)| *count > 0).map(|(word, count)| format!("{count} {word}"));
    said.collect::<Vec<_>>().join(", ")
}
