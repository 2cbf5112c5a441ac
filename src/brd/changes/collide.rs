//! Where two change sets meet, said when the second is drafted and not at deployment.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::super::Brd;
use super::change::ChangeSet;
use super::conflict::Conflict;
use super::edits::{Edits, ItemEdit, edits};
use super::field::Field;
use super::item::ItemName;
use super::items::names;
use super::merge::{Notice, Unmergeable, merge};

/// A place where two change sets meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Collision {
    /// They contradict each other; a person has to settle it before both are published.
    #[error("{0}")]
    Conflict(Conflict),
    /// Both add the same words under two ids.
    #[error("{ours} and {theirs} say the same: one of the two is enough")]
    SameWords {
        /// What the first adds.
        ours: ItemName,
        /// What the second adds.
        theirs: ItemName,
    },
    /// They meet, and both changes stand.
    #[error("{0}")]
    Notice(Notice),
    /// One names in its words what the other ends.
    #[error("the words of {item} name {gone}, which the other takes out of use")]
    Names {
        /// The item whose words name it.
        item: ItemName,
        /// The item that goes.
        gone: ItemName,
    },
}

impl Collision {
    /// Whether a person has to settle it.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict(_) | Self::SameWords { .. })
    }
}

/// Where two change sets on a baseline meet: conflicts first.
///
/// Two changes of different items, such as two requirements of one domain, do not meet.
///
/// # Errors
///
/// What keeps one of them from applying to the baseline at all.
pub fn collisions(brd: &Brd, ours: &ChangeSet, theirs: &ChangeSet) -> Result<Vec<Collision>, Vec<Unmergeable>> {
    let merged = merge(brd, &[ours.clone(), theirs.clone()], &[])?;
    let mut found: Vec<Collision> = merged.conflicts.into_iter().map(Collision::Conflict).collect();
    if let (Ok(ours), Ok(theirs)) = (edits(ours), edits(theirs)) {
        found.extend(same_words(&ours, &theirs));
        found.extend(names_gone(&ours, &theirs).chain(names_gone(&theirs, &ours)));
    }
    let met = |notice: &Notice| !matches!(notice, Notice::Rebased { .. });
    found.extend(merged.notices.into_iter().filter(met).map(Collision::Notice));
    Ok(found)
}

fn added(edits: &Edits) -> impl Iterator<Item = (&ItemName, Vec<String>)> {
    edits.iter().filter_map(|(item, edit)| match edit {
        ItemEdit::Added(says) => {
            let text = says.get(&Field::Text)?;
            Some((item, text.split_whitespace().map(str::to_lowercase).collect()))
        }
        _ => None,
    })
}

fn same_words(ours: &Edits, theirs: &Edits) -> Vec<Collision> {
    let ours: Vec<_> = added(ours).collect();
    let pairs = added(theirs).flat_map(|(their, words)| {
        let same = ours.iter().filter(move |(our, said)| *our != their && *said == words);
        same.map(move |(our, _)| Collision::SameWords { ours: (*our).clone(), theirs: their.clone() })
    });
    pairs.collect()
}

/// The items whose new words, in one set, name what the other ends.
fn names_gone<'a>(one: &'a Edits, other: &'a Edits) -> impl Iterator<Item = Collision> + 'a {
    let gone = other.iter().filter(|(_, edit)| matches!(edit, ItemEdit::Ended(_))).map(|(item, _)| item);
    let gone: BTreeSet<&ItemName> = gone.collect();
    one.iter().flat_map(move |(item, edit)| {
        let text = match edit {
            ItemEdit::Added(says) => says.get(&Field::Text).map(String::as_str),
            ItemEdit::Changed(fields) => fields.get(&Field::Text).map(|edit| edit.becomes.as_str()),
            ItemEdit::Ended(_) => None,
        };
        let named = gone.iter().filter(move |gone| text.is_some_and(|text| names(text, gone)));
        let named: Vec<_> = named.map(|gone| Collision::Names { item: item.clone(), gone: (*gone).clone() }).collect();
        named
    })
}
