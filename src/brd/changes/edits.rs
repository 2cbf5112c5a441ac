//! A change set sorted by item: what happens to each, whatever order and form it was written in.

use std::collections::BTreeMap;

use super::change::{Add, Change, ChangeSet, Edit};
use super::field::{Field, Fields};
use super::item::ItemName;
use super::items::Standing;
use super::problem::Problem;

/// What happens to one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ItemEdit {
    /// It comes, and says this.
    Added(Fields),
    /// These fields change.
    Changed(BTreeMap<Field, Edit>),
    /// It goes.
    Ended(Standing),
}

/// What happens to each item.
pub(crate) type Edits = BTreeMap<ItemName, ItemEdit>;

/// Sorts a change set by item.
///
/// # Errors
///
/// Everything in it that contradicts itself or says nothing, whatever the baseline is.
pub(crate) fn edits(set: &ChangeSet) -> Result<Edits, Vec<Problem>> {
    let (mut edits, mut problems) = (Edits::new(), Vec::new());
    if set.changes.is_empty() {
        problems.push(Problem::Empty);
    }
    for (index, change) in set.changes.iter().enumerate() {
        match edit(index, change) {
            Ok((item, edit)) => problems.extend(enter(&mut edits, item, edit)),
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(edits.iter().flat_map(|(item, edit)| misfits(item, edit)));
    if problems.is_empty() { Ok(edits) } else { Err(problems) }
}

fn edit(index: usize, change: &Change) -> Result<(ItemName, ItemEdit), Problem> {
    Ok(match change {
        Change::Add(Add { item: None, kind, .. }) => {
            return Err(Problem::NoId { change: index + 1, kind: *kind });
        }
        Change::Add(Add { item: Some(item), kind, says }) => {
            if item.kind() != *kind {
                return Err(Problem::OtherKind { item: item.clone(), kind: *kind });
            }
            (item.clone(), ItemEdit::Added(says.clone()))
        }
        Change::Amend(amend) => (amend.item.clone(), ItemEdit::Changed(amend.fields.clone())),
        Change::Move(moved) => {
            if let Some(field) = moved.to.keys().find(|field| !field.is_trace()) {
                return Err(Problem::NotATrace { item: moved.item.clone(), field: *field });
            }
            (moved.item.clone(), ItemEdit::Changed(moved.to.clone()))
        }
        Change::Remove(remove) => (remove.item.clone(), ended(None, &remove.reason)),
        Change::Retire(retire) => (retire.item.clone(), ended(Some(retire.into.clone()), &retire.reason)),
    })
}

fn ended(into: Option<ItemName>, reason: &str) -> ItemEdit {
    ItemEdit::Ended(Standing::Retired { into, reason: reason.trim().to_owned() })
}

/// Enters what happens to an item; amending and moving the same item are one change where they touch different fields.
fn enter(edits: &mut Edits, item: ItemName, edit: ItemEdit) -> Option<Problem> {
    match (edits.get_mut(&item), edit) {
        (None, edit) => {
            edits.insert(item, edit);
            None
        }
        (Some(ItemEdit::Changed(fields)), ItemEdit::Changed(more)) => {
            let twice = more.keys().find(|field| fields.contains_key(field)).copied();
            fields.extend(more);
            twice.map(|_| Problem::Twice { item })
        }
        (Some(_), _) => Some(Problem::Twice { item }),
    }
}

/// What does not fit the kind of the item, or says nothing.
fn misfits(item: &ItemName, edit: &ItemEdit) -> Vec<Problem> {
    let known = Field::of(item.kind());
    let unknown =
        |field: &Field| (!known.contains(field)).then(|| Problem::NoSuchField { item: item.clone(), field: *field });
    match edit {
        ItemEdit::Added(says) => {
            let silent =
                known.contains(&Field::Text) && says.get(&Field::Text).is_none_or(|text| text.trim().is_empty());
            let silent = silent.then(|| Problem::SaysNothing { item: item.clone() });
            says.keys().filter_map(unknown).chain(silent).collect()
        }
        ItemEdit::Changed(fields) => {
            let idle = fields.is_empty().then(|| Problem::NothingChanges { item: item.clone() });
            let emptied = fields.get(&Field::Text).filter(|edit| edit.becomes.trim().is_empty());
            let emptied = emptied.map(|_| Problem::SaysNothing { item: item.clone() });
            fields.keys().filter_map(unknown).chain(idle).chain(emptied).collect()
        }
        ItemEdit::Ended(Standing::Retired { reason, .. }) if reason.is_empty() => {
            vec![Problem::NoReason { item: item.clone() }]
        }
        ItemEdit::Ended(Standing::Retired { into: Some(into), .. }) if into.kind() != item.kind() || into == item => {
            vec![Problem::WrongSuccessor { item: item.clone(), into: into.clone() }]
        }
        ItemEdit::Ended(_) => Vec::new(),
    }
}
