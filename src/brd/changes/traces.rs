//! Items that one SIP touches and that trace to something another SIP ends.

use std::collections::BTreeSet;

use super::apply::put;
use super::conflict::{Conflict, Decision, Side};
use super::edits::{Edits, ItemEdit};
use super::field::{Field, parts, targets};
use super::item::ItemName;
use super::items::Standing;
use super::merge::Merge;
use super::sip::SipName;

/// Notes each as a conflict, or does what was decided about it. Where the SIP that ends the target moves the item away
/// itself, there is none.
pub(super) fn settle(merge: &mut Merge<'_>, sorted: &[(SipName, Edits)]) {
    for loose in loose(merge, sorted) {
        let conflict = loose.conflict(merge);
        match merge.decision(conflict) {
            Some(Decision::Text(text)) => set(merge, &loose, &text),
            Some(Decision::Takes(sip)) if sip == loose.ender => {
                let text = loose.retraced(merge);
                set(merge, &loose, &text);
            }
            Some(Decision::Takes(_)) | None => {}
        }
    }
}

/// A trace of an item to one that goes.
struct Loose {
    item: ItemName,
    field: Field,
    gone: ItemName,
    into: Option<ItemName>,
    ender: SipName,
}

/// The traces, by item, of what one SIP touches to what only another ends.
fn loose(merge: &Merge<'_>, sorted: &[(SipName, Edits)]) -> Vec<Loose> {
    let mut found = Vec::new();
    for (ender, edits) in sorted {
        for (gone, edit) in edits {
            let ItemEdit::Ended(Standing::Retired { into, .. }) = edit else { continue };
            if merge.items.get(gone).is_some_and(super::items::Item::is_active) {
                continue;
            }
            let touched = merge.touched.iter().filter(|(_, touched)| touched.sips.iter().any(|sip| sip != ender));
            for (item, _) in touched {
                let Some(says) = merge.items.get(item).filter(|item| item.is_active()) else { continue };
                found.extend(says.traces_to(gone).map(|field| {
                    let (item, gone, into, ender) = (item.clone(), gone.clone(), into.clone(), ender.clone());
                    Loose { item, field, gone, into, ender }
                }));
            }
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|loose| seen.insert((loose.item.clone(), loose.field, loose.gone.clone())));
    found
}

impl Loose {
    fn conflict(&self, merge: &Merge<'_>) -> Conflict {
        let live = merge.live.get(&self.item).map(|item| item.field(self.field).to_owned());
        let now = merge.items.get(&self.item).map(|item| item.field(self.field)).unwrap_or_default();
        let keeps = |sip: &SipName| Side { sip: sip.clone(), says: format!("{} is {now}", self.field) };
        let goes = match &self.into {
            Some(into) => format!("{} is retired into {into}", self.gone),
            None => format!("{} is removed", self.gone),
        };
        let touched = merge.touched.get(&self.item).into_iter().flat_map(|touched| &touched.sips);
        let others = touched.filter(|sip| **sip != self.ender).map(keeps);
        let sides = others.chain([Side { sip: self.ender.clone(), says: goes }]).collect();
        Conflict::new(&self.item, Some(self.field), live, sides)
    }

    /// The field with the successor in the place of what goes, or without it.
    fn retraced(&self, merge: &Merge<'_>) -> String {
        let now = merge.items.get(&self.item).map(|item| item.field(self.field)).unwrap_or_default();
        let stays = parts(now).into_iter().filter(|part| !targets(self.field, part).contains(&self.gone));
        let into = self.into.as_ref().map(ItemName::name);
        stays.chain(into).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
    }
}

fn set(merge: &mut Merge<'_>, loose: &Loose, text: &str) {
    if let Some(item) = merge.items.get_mut(&loose.item) {
        put(&mut item.fields, loose.field, text);
    }
}
