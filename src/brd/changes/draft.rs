//! Drafting a change set: ids are given, what each change was drafted against is kept, and people see what it leaves to
//! be done.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::super::Brd;
use super::apply::{applied, moved_on, problems};
use super::bridge::{rebuild, table};
use super::change::{Change, ChangeSet, Dependents, Edit, Move, Retire};
use super::edits::{ItemEdit, edits};
use super::field::{Field, parts};
use super::item::ItemName;
use super::items::{Items, Standing, dependents, mentions};
use super::numbers::Numbers;
use super::problem::Problem;

/// A change set as it is kept once drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// The changes, with every id given and everything they were drafted against.
    pub set: ChangeSet,
    /// What people should know about it.
    pub findings: Vec<Finding>,
}

/// The ids that are spoken for when a change set is drafted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reserved {
    /// Ids given to other change sets, whatever became of them.
    pub others: Vec<ItemName>,
    /// Ids given to earlier drafts of this one, which it may go on using.
    pub own: Vec<ItemName>,
}

/// Something a change set leaves to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// An item still traces to one that goes.
    #[error("{item} still traces to {gone} by its {}, which goes{}: trace it to another, or let dependents follow", titles(fields), successor(into.as_ref()))]
    StillTraces {
        /// The item.
        item: ItemName,
        /// The item that goes.
        gone: ItemName,
        /// Its successor.
        into: Option<ItemName>,
        /// By which fields.
        fields: Vec<Field>,
    },
    /// The words of an item still name one that goes.
    #[error("the words of {item} still name {gone}, which goes{}: amend them", successor(into.as_ref()))]
    StillNames {
        /// The item.
        item: ItemName,
        /// The item that goes.
        gone: ItemName,
        /// Its successor.
        into: Option<ItemName>,
    },
    /// Two items say the same.
    #[error("{item} says the same as {other}: keep one of them")]
    SameWords {
        /// The item.
        item: ItemName,
        /// The other one.
        other: ItemName,
    },
}

fn titles(fields: &[Field]) -> String {
    fields.iter().map(|field| field.title()).collect::<Vec<_>>().join(" and ")
}

fn successor(into: Option<&ItemName>) -> String {
    into.map(|into| format!(" into {into}")).unwrap_or_default()
}

/// Drafts a change set against a baseline.
///
/// What has no id is given the next free one; what each field says now is kept beside what it becomes; where dependents
/// follow a successor, a move is written out for each that the set does not move itself.
///
/// # Errors
///
/// Every [`Problem`] that would keep it from being applied.
pub fn draft(brd: &Brd, set: ChangeSet, reserved: &Reserved) -> Result<Drafted, Vec<Problem>> {
    let before = table(brd);
    let mut numbers = Numbers::of(brd, &before);
    reserved.others.iter().cloned().for_each(|id| numbers.give(id));
    let mut unfree = Vec::new();
    let mut set = ChangeSet { base: brd.version, ..set };
    set.changes.iter_mut().for_each(|change| number(change, &mut numbers, &reserved.own, &mut unfree));
    follow(&before, &mut set.changes);
    set.changes.iter_mut().for_each(|change| keep(&before, change));
    let edits = match edits(&set) {
        Ok(edits) => edits,
        Err(more) => return Err([unfree, more].concat()),
    };
    let mut found = unfree;
    found.extend(problems(&before, &Numbers::of(brd, &before), &edits));
    found.extend(moved_on(&before, &edits));
    found.dedup();
    if !found.is_empty() {
        return Err(found);
    }
    let after = applied(&before, &edits);
    rebuild(brd, &after)?;
    let gone = edits.iter().filter_map(|(item, edit)| match edit {
        ItemEdit::Ended(Standing::Retired { into, .. }) => Some((item, into.as_ref())),
        _ => None,
    });
    let mut findings: Vec<Finding> = gone.flat_map(|(item, into)| left_behind(&after, item, into)).collect();
    findings.extend(edits.keys().filter_map(|item| says_the_same(&after, item)));
    Ok(Drafted { set, findings })
}

/// Gives an item that comes its id, or makes sure that the one it has is free.
fn number(change: &mut Change, numbers: &mut Numbers, own: &[ItemName], unfree: &mut Vec<Problem>) {
    let Change::Add(add) = change else { return };
    match &add.item {
        None => add.item = numbers.next(add.kind),
        Some(item) => {
            if !own.contains(item) && !numbers.is_free(item) {
                unfree.push(Problem::IdUsed { item: item.clone() });
            }
            numbers.give(item.clone());
        }
    }
}

/// Writes out the moves of dependents that follow a successor.
fn follow(before: &Items, changes: &mut Vec<Change>) {
    let mut moves = Vec::new();
    for change in &mut *changes {
        let Change::Retire(Retire { item, into, dependents: what, .. }) = change else { continue };
        if std::mem::take(what) == Dependents::Follow {
            moves.extend(
                dependents(before, item).into_iter().map(|(id, fields)| moved(before, id, &fields, (item, into))),
            );
        }
    }
    for (item, to) in moves {
        join(changes, item, to);
    }
}

type Moves = Vec<(Field, Edit)>;

/// What becomes of the fields by which an item traces to one that is retired.
fn moved(before: &Items, id: &ItemName, fields: &[Field], (from, into): (&ItemName, &ItemName)) -> (ItemName, Moves) {
    let says = |field: Field| before.get(id).map(|item| item.field(field)).unwrap_or_default();
    let becomes = |field: Field| {
        let other = |part: &&str| !super::field::targets(field, part).contains(from);
        let kept = parts(says(field)).into_iter().filter(other).map(str::to_owned);
        kept.chain([into.name().to_owned()]).collect::<Vec<_>>().join(", ")
    };
    let edit = |field: &Field| (*field, Edit { was: Some(says(*field).to_owned()), becomes: becomes(*field) });
    (id.clone(), fields.iter().map(edit).collect())
}

/// Adds to the changes what becomes of an item, unless the set says so itself.
fn join(changes: &mut Vec<Change>, item: ItemName, moves: Moves) {
    let said = |change: &Change, field: Field| match change {
        _ if change.item() != Some(&item) => false,
        Change::Amend(amend) => amend.fields.contains_key(&field),
        Change::Move(moved) => moved.to.contains_key(&field),
        Change::Remove(_) | Change::Retire(_) | Change::Add(_) => true,
    };
    let open = moves.into_iter().filter(|(field, _)| !changes.iter().any(|change| said(change, *field)));
    let (traces, sets): (Vec<_>, Vec<_>) = open.partition(|(field, _)| field.is_trace());
    if !traces.is_empty() {
        changes.push(Change::Move(Move { item: item.clone(), to: traces.into_iter().collect() }));
    }
    if !sets.is_empty() {
        changes.push(Change::Amend(super::change::Amend { item, fields: sets.into_iter().collect() }));
    }
}

/// Keeps what each field says now.
fn keep(before: &Items, change: &mut Change) {
    let (item, fields) = match change {
        Change::Amend(amend) => (&amend.item, &mut amend.fields),
        Change::Move(moved) => (&moved.item, &mut moved.to),
        Change::Add(_) | Change::Remove(_) | Change::Retire(_) => return,
    };
    let Some(now) = before.get(item) else { return };
    for (field, edit) in fields {
        edit.was.get_or_insert_with(|| now.field(*field).to_owned());
    }
}

/// What still traces to an item that goes, or names it.
fn left_behind(after: &Items, gone: &ItemName, into: Option<&ItemName>) -> Vec<Finding> {
    let traces = dependents(after, gone).into_iter().map(|(item, fields)| Finding::StillTraces {
        item: item.clone(),
        gone: gone.clone(),
        into: into.cloned(),
        fields,
    });
    let names = mentions(after, gone).map(|item| Finding::StillNames {
        item: item.clone(),
        gone: gone.clone(),
        into: into.cloned(),
    });
    traces.chain(names).collect()
}

/// Another item of the same kind with the same words.
fn says_the_same(after: &Items, item: &ItemName) -> Option<Finding> {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let text = words(after.get(item).filter(|found| found.is_active())?.field(Field::Text));
    if text.is_empty() {
        return None;
    }
    let alike = after.iter().find(|(other, found)| {
        *other != item && other.kind() == item.kind() && found.is_active() && words(found.field(Field::Text)) == text
    });
    alike.map(|(other, _)| Finding::SameWords { item: item.clone(), other: other.clone() })
}
