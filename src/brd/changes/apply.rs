//! Applying one change set: all of it, or nothing and every reason why not.

use super::super::Brd;
use super::bridge::{rebuild, table};
use super::change::ChangeSet;
use super::edits::{Edits, ItemEdit, edits};
use super::field::{Field, Fields, same, targets, tidy};
use super::item::ItemName;
use super::items::{Item, Items, Standing};
use super::numbers::Numbers;
use super::problem::Problem;

/// The baseline with a change set applied. Its version stays what it was; publishing gives the next.
///
/// # Errors
///
/// Every [`Problem`] that keeps a part of it from being applied; then nothing is.
pub fn apply(brd: &Brd, set: &ChangeSet) -> Result<Brd, Vec<Problem>> {
    let edits = edits(set)?;
    let before = table(brd);
    let mut problems = problems(&before, &Numbers::of(brd, &before), &edits);
    problems.extend(moved_on(&before, &edits));
    if !problems.is_empty() {
        return Err(problems);
    }
    rebuild(brd, &applied(&before, &edits))
}

/// What is wrong with a change set on this baseline, but for texts that have moved on since it was drafted.
pub(super) fn problems(before: &Items, numbers: &Numbers, edits: &Edits) -> Vec<Problem> {
    let after = applied(before, edits);
    let mut found = Vec::new();
    for (item, edit) in edits {
        match edit {
            ItemEdit::Added(_) if before.contains_key(item) || numbers.has(item) => {
                found.push(Problem::IdUsed { item: item.clone() });
            }
            ItemEdit::Added(says) => {
                found.extend(says.iter().flat_map(|(field, text)| astray(&after, item, *field, text)));
            }
            ItemEdit::Changed(fields) => {
                found.extend(not_there(before, item, None));
                found.extend(fields.iter().flat_map(|(field, edit)| astray(&after, item, *field, &edit.becomes)));
            }
            ItemEdit::Ended(standing) => {
                found.extend(not_there(before, item, None));
                found.extend(successor(standing).and_then(|into| not_there(&after, into, Some(item))));
            }
        }
    }
    found
}

fn successor(standing: &Standing) -> Option<&ItemName> {
    match standing {
        Standing::Retired { into, .. } => into.as_ref(),
        Standing::Active => None,
    }
}

/// Why `named` cannot be changed or traced to.
fn not_there(items: &Items, named: &ItemName, by: Option<&ItemName>) -> Option<Problem> {
    match items.get(named) {
        None => Some(Problem::Unknown { named: named.clone(), by: by.cloned() }),
        Some(item) if !item.is_active() => Some(Problem::NotInUse { named: named.clone(), by: by.cloned() }),
        Some(_) => None,
    }
}

/// What is wrong with what a field traces to.
fn astray(after: &Items, item: &ItemName, field: Field, text: &str) -> Vec<Problem> {
    targets(field, text).iter().filter_map(|target| not_there(after, target, Some(item))).collect()
}

/// The fields that no longer say what the changes were drafted against.
pub(super) fn moved_on(before: &Items, edits: &Edits) -> Vec<Problem> {
    let mut found = Vec::new();
    for (item, edit) in edits {
        let (ItemEdit::Changed(fields), Some(now)) = (edit, before.get(item)) else { continue };
        for (field, edit) in fields {
            let is = now.field(*field);
            if let Some(was) = edit.was.as_deref().filter(|was| !same(*field, was, is)) {
                let (was, is) = (was.to_owned(), is.to_owned());
                found.push(Problem::Moved { item: item.clone(), field: *field, was, is });
            }
        }
    }
    found
}

/// The items after the edits; an edit of what is not there changes nothing.
pub(super) fn applied(before: &Items, edits: &Edits) -> Items {
    let mut items = before.clone();
    for (id, edit) in edits {
        match edit {
            ItemEdit::Added(says) => {
                items.insert(id.clone(), Item { fields: spoken(says), standing: Standing::Active });
            }
            ItemEdit::Changed(fields) => {
                let Some(item) = items.get_mut(id) else { continue };
                for (field, edit) in fields {
                    put(&mut item.fields, *field, &edit.becomes);
                }
            }
            ItemEdit::Ended(standing) => end(&mut items, id, standing),
        }
    }
    items
}

/// An item with an id stays as a tombstone; any other is taken out.
pub(super) fn end(items: &mut Items, id: &ItemName, standing: &Standing) {
    if !id.kind().is_numbered() {
        items.remove(id);
    } else if let Some(item) = items.get_mut(id) {
        item.standing = standing.clone();
    }
}

pub(super) fn spoken(says: &Fields) -> Fields {
    let mut fields = Fields::new();
    for (field, text) in says {
        put(&mut fields, *field, text);
    }
    fields
}

/// Puts a value into a field; an empty one leaves it out.
pub(super) fn put(fields: &mut Fields, field: Field, text: &str) {
    let text = tidy(field, text);
    if text.is_empty() {
        fields.remove(&field);
    } else {
        fields.insert(field, text);
    }
}
