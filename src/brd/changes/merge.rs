//! Bringing the change sets of a sprint together, in a stated order.
//!
//! Where several touch one text they are merged word by word against what each was drafted from; where they contradict
//! each other the place is a [`Conflict`] with every text, and says what the baseline says until a person settles it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::super::Brd;
use super::apply::{end, problems, put, spoken};
use super::bridge::{rebuild, table};
use super::change::{ChangeSet, Edit};
use super::conflict::{Conflict, Decision, Settlement, Side};
use super::edits::{Edits, ItemEdit, edits};
use super::field::{Field, Nature, parts, same};
use super::item::ItemName;
use super::items::{Item, Items, Standing};
use super::numbers::Numbers;
use super::problem::Problem;
use super::sip::SipName;
use super::traces;
use super::words::{Stage, Word};
use crate::redline;

/// What change sets come to together.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The baseline with all of them; where there is a conflict, it says what it said.
    pub brd: Brd,
    /// Which SIPs touched each item, and which words of it come from which.
    pub touched: BTreeMap<ItemName, Touched>,
    /// What has to be settled before it can be published.
    pub conflicts: Vec<Conflict>,
    /// The conflicts that were settled by what was given.
    pub settled: Vec<Conflict>,
    /// What came together by itself, for people to look at.
    pub notices: Vec<Notice>,
}

/// What came of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Touched {
    /// The SIPs that touch it.
    pub sips: BTreeSet<SipName>,
    /// The words of each text that changed, with where they come from.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<Field, Vec<Word>>,
}

/// Something that came together by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Several SIPs change different fields of one item.
    #[error("{} touch {item}, each another part of it", list(sips))]
    BothTouch {
        /// The item.
        item: ItemName,
        /// The SIPs.
        sips: Vec<SipName>,
    },
    /// Several SIPs change different words of one text.
    #[error("{} change different words of the {field} of {item}; both changes stand", list(sips))]
    BothMerge {
        /// The item.
        item: ItemName,
        /// The field.
        field: Field,
        /// The SIPs.
        sips: Vec<SipName>,
    },
    /// Several SIPs make the same change.
    #[error("{} make the same change to {item}; it is made once", list(sips))]
    SameChange {
        /// The item.
        item: ItemName,
        /// The SIPs.
        sips: Vec<SipName>,
    },
    /// The text had changed since the change was drafted, elsewhere.
    #[error("the {field} of {item} has changed since {sip} was drafted, in other words; both changes stand")]
    Rebased {
        /// The item.
        item: ItemName,
        /// The field.
        field: Field,
        /// The SIP.
        sip: SipName,
    },
}

pub(super) fn list(sips: &[SipName]) -> String {
    sips.iter().map(SipName::as_str).collect::<Vec<_>>().join(" and ")
}

/// Why a change set cannot take part in a merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Error)]
#[error("{sip}: {problem}")]
pub struct Unmergeable {
    /// The SIP whose change set it is.
    pub sip: SipName,
    /// What is wrong with it.
    pub problem: Problem,
}

/// Brings change sets together on a baseline, in this order, with what was settled before.
///
/// The order decides nothing where they do not touch the same words.
///
/// # Errors
///
/// Everything that keeps a change set from applying to the baseline at all, whatever the others do.
pub fn merge(brd: &Brd, sets: &[ChangeSet], settlements: &[Settlement]) -> Result<Merged, Vec<Unmergeable>> {
    let live = table(brd);
    let sorted = sorted(brd, &live, sets)?;
    let mut merge = Merge { settlements, ..Merge::on(&live) };
    for (item, wanted) in by_item(&sorted) {
        merge.item(item, &wanted);
    }
    merge.traces(&sorted);
    let brd = rebuild(brd, &merge.items).map_err(|found| unfit(&sorted, found))?;
    let Merge { touched, conflicts, settled, notices, .. } = merge;
    Ok(Merged { brd, touched, conflicts, settled, notices })
}

/// Values that their fields cannot take, each with every SIP that touches the item.
fn unfit(sorted: &[(SipName, Edits)], found: Vec<Problem>) -> Vec<Unmergeable> {
    let about =
        |problem: &Problem, edits: &Edits| matches!(problem, Problem::Unfit { item, .. } if edits.contains_key(item));
    let of = |problem: Problem| {
        let touching = sorted.iter().filter(|(_, edits)| about(&problem, edits)).map(|(sip, _)| sip.clone());
        let each = touching.map(|sip| Unmergeable { sip, problem: problem.clone() });
        each.collect::<Vec<_>>()
    };
    found.into_iter().flat_map(of).collect()
}

/// Each change set sorted by item, where all can apply.
fn sorted(brd: &Brd, live: &Items, sets: &[ChangeSet]) -> Result<Vec<(SipName, Edits)>, Vec<Unmergeable>> {
    let numbers = Numbers::of(brd, live);
    let (mut sorted, mut found) = (Vec::new(), Vec::new());
    for set in sets {
        let of_set = |problem| Unmergeable { sip: set.sip.clone(), problem };
        match edits(set) {
            Err(problems) => found.extend(problems.into_iter().map(of_set)),
            Ok(edits) => {
                found.extend(problems(live, &numbers, &edits).into_iter().map(of_set));
                sorted.push((set.sip.clone(), edits));
            }
        }
    }
    if found.is_empty() { Ok(sorted) } else { Err(found) }
}

/// What each SIP wants of an item.
type Wanted<'a> = Vec<(&'a SipName, &'a ItemEdit)>;

fn by_item(sorted: &[(SipName, Edits)]) -> BTreeMap<&ItemName, Wanted<'_>> {
    let mut items: BTreeMap<&ItemName, Wanted<'_>> = BTreeMap::new();
    for (sip, edits) in sorted {
        for (item, edit) in edits {
            items.entry(item).or_default().push((sip, edit));
        }
    }
    items
}

/// A merge under way.
pub(super) struct Merge<'a> {
    pub(super) live: &'a Items,
    pub(super) settlements: &'a [Settlement],
    pub(super) items: Items,
    pub(super) touched: BTreeMap<ItemName, Touched>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) settled: Vec<Conflict>,
    pub(super) notices: Vec<Notice>,
}

impl<'a> Merge<'a> {
    fn on(live: &'a Items) -> Self {
        let (conflicts, settled, notices) = (Vec::new(), Vec::new(), Vec::new());
        Self { live, settlements: &[], items: live.clone(), touched: BTreeMap::new(), conflicts, settled, notices }
    }

    fn item(&mut self, id: &ItemName, wanted: &Wanted<'_>) {
        let sips: BTreeSet<SipName> = wanted.iter().map(|(sip, _)| (*sip).clone()).collect();
        self.touched.entry(id.clone()).or_default().sips.extend(sips);
        match wanted.as_slice() {
            [(_, ItemEdit::Changed(_)), rest @ ..] if rest.iter().all(|(_, edit)| is_change(edit)) => {
                self.fields(id, wanted);
            }
            [(sip, edit), rest @ ..] if rest.iter().all(|(_, other)| alike(edit, other)) => {
                if !rest.is_empty() {
                    self.notices.push(Notice::SameChange { item: id.clone(), sips: names(wanted) });
                }
                self.whole(id, sip, edit);
            }
            _ => self.contradiction(id, wanted),
        }
    }

    /// One thing happens to a whole item.
    fn whole(&mut self, id: &ItemName, sip: &SipName, edit: &ItemEdit) {
        match edit {
            ItemEdit::Added(says) => {
                let fields = spoken(says);
                self.items.insert(id.clone(), Item { fields: fields.clone(), standing: Standing::Active });
                for (field, text) in fields.into_iter().filter(|(field, _)| field.nature() == Nature::Words) {
                    self.attribute(id, field, &[Stage { sips: vec![sip.clone()], text }]);
                }
            }
            ItemEdit::Changed(_) => self.fields(id, &vec![(sip, edit)]),
            ItemEdit::Ended(standing) => end(&mut self.items, id, standing),
        }
    }

    /// SIPs want an item to come, stay or go in different ways.
    fn contradiction(&mut self, id: &ItemName, wanted: &Wanted<'_>) {
        let sides = wanted.iter().map(|(sip, edit)| Side { sip: (*sip).clone(), says: in_words(edit) }).collect();
        let live = self.live.get(id).map(|item| item.field(Field::Text).to_owned());
        let decision = self.decision(Conflict::new(id, None, live, sides));
        let Some(Decision::Takes(takes)) = decision else { return };
        if let Some((sip, edit)) = wanted.iter().find(|(sip, _)| **sip == takes) {
            self.whole(id, sip, edit);
        }
    }

    /// Several SIPs, or one, change fields of an item.
    fn fields(&mut self, id: &ItemName, wanted: &Wanted<'_>) {
        let mut by_field: BTreeMap<Field, Vec<(&SipName, &Edit)>> = BTreeMap::new();
        for (sip, edit) in wanted {
            let ItemEdit::Changed(fields) = edit else { continue };
            for (field, edit) in fields {
                by_field.entry(*field).or_default().push((sip, edit));
            }
        }
        if wanted.len() > 1 && by_field.values().all(|edits| edits.len() == 1) {
            self.notices.push(Notice::BothTouch { item: id.clone(), sips: names(wanted) });
        }
        for (field, edits) in by_field {
            self.field(id, field, &edits);
        }
    }

    fn field(&mut self, id: &ItemName, field: Field, edits: &[(&SipName, &Edit)]) {
        let live = self.live.get(id).map(|item| item.field(field).to_owned()).unwrap_or_default();
        let stages = match together(field, &live, edits) {
            Some(stages) => {
                self.note(id, field, &live, edits);
                stages
            }
            None => match self.settle(id, field, &live, edits) {
                Some(stage) => vec![stage],
                None => return,
            },
        };
        let text = stages.last().map(|stage| stage.text.clone()).unwrap_or(live);
        if let Some(item) = self.items.get_mut(id) {
            put(&mut item.fields, field, &text);
        }
        if field.nature() == Nature::Words {
            self.attribute(id, field, &stages);
        }
    }

    /// What a person decided where the edits of a field contradict each other; else the conflict is noted.
    fn settle(&mut self, id: &ItemName, field: Field, live: &str, edits: &[(&SipName, &Edit)]) -> Option<Stage> {
        let side = |(sip, edit): &(&SipName, &Edit)| Side { sip: (*sip).clone(), says: edit.becomes.clone() };
        let conflict = Conflict::new(id, Some(field), Some(live.to_owned()), edits.iter().map(side).collect());
        match self.decision(conflict)? {
            Decision::Text(text) => Some(Stage { sips: edits.iter().map(|(sip, _)| (*sip).clone()).collect(), text }),
            Decision::Takes(takes) => {
                let taken = edits.iter().find(|(sip, _)| **sip == takes)?;
                Some(Stage { sips: vec![takes], text: taken.1.becomes.clone() })
            }
        }
    }

    /// What a person decided on a conflict; else it is noted for people to settle.
    pub(super) fn decision(&mut self, conflict: Conflict) -> Option<Decision> {
        let settled = conflict.settled(self.settlements).filter(|decision| conflict.unfit(decision).is_none()).cloned();
        let list = if settled.is_some() { &mut self.settled } else { &mut self.conflicts };
        list.push(conflict);
        settled
    }

    /// What people should look at where edits came together.
    fn note(&mut self, id: &ItemName, field: Field, live: &str, edits: &[(&SipName, &Edit)]) {
        let sips: Vec<SipName> = edits.iter().map(|(sip, _)| (*sip).clone()).collect();
        let mut edits = edits.iter();
        for (sip, edit) in edits.clone() {
            if edit.was.as_deref().is_some_and(|was| !same(field, was, live)) && !same(field, &edit.becomes, live) {
                self.notices.push(Notice::Rebased { item: id.clone(), field, sip: (*sip).clone() });
            }
        }
        let Some((_, first)) = edits.next().filter(|_| sips.len() > 1) else { return };
        self.notices.push(if edits.all(|(_, edit)| same(field, &edit.becomes, &first.becomes)) {
            Notice::SameChange { item: id.clone(), sips }
        } else {
            Notice::BothMerge { item: id.clone(), field, sips }
        });
    }

    fn attribute(&mut self, id: &ItemName, field: Field, stages: &[Stage]) {
        let live = self.live.get(id).map(|item| item.field(field)).unwrap_or_default();
        let words = super::words::attribute(live, stages);
        self.touched.entry(id.clone()).or_default().words.insert(field, words);
    }

    /// Items that trace to one that another SIP ends.
    fn traces(&mut self, sorted: &[(SipName, Edits)]) {
        traces::settle(self, sorted);
    }
}

fn is_change(edit: &ItemEdit) -> bool {
    matches!(edit, ItemEdit::Changed(_))
}

/// Whether two SIPs want the same of a whole item. Reasons may differ.
fn alike(one: &ItemEdit, other: &ItemEdit) -> bool {
    match (one, other) {
        (
            ItemEdit::Ended(Standing::Retired { into: one, .. }),
            ItemEdit::Ended(Standing::Retired { into: other, .. }),
        ) => one == other,
        (one, other) => one == other,
    }
}

fn names(wanted: &Wanted<'_>) -> Vec<SipName> {
    wanted.iter().map(|(sip, _)| (*sip).clone()).collect()
}

/// What happens to a whole item, in words.
fn in_words(edit: &ItemEdit) -> String {
    match edit {
        ItemEdit::Added(says) => format!("adds it: {}", says.get(&Field::Text).map(String::as_str).unwrap_or_default()),
        ItemEdit::Changed(fields) => {
            let each = fields.iter().map(|(field, edit)| format!("{field} becomes {}", edit.becomes));
            each.collect::<Vec<_>>().join("; ")
        }
        ItemEdit::Ended(Standing::Retired { into: Some(into), reason }) => format!("retires it into {into}: {reason}"),
        ItemEdit::Ended(Standing::Retired { into: None, reason }) => format!("removes it: {reason}"),
        ItemEdit::Ended(Standing::Active) => "keeps it".to_owned(),
    }
}

/// The field after each edit in turn; nothing where two contradict each other.
fn together(field: Field, live: &str, edits: &[(&SipName, &Edit)]) -> Option<Vec<Stage>> {
    let (mut now, mut stages) = (live.to_owned(), Vec::new());
    for (sip, edit) in edits {
        let was = edit.was.as_deref().unwrap_or(live);
        now = match field.nature() {
            _ if same(field, was, &now) || same(field, &edit.becomes, &now) => edit.becomes.clone(),
            Nature::Words => redline::merge::merge(was, &now, &edit.becomes).text()?,
            Nature::Set => three_way_set(was, &now, &edit.becomes),
            Nature::Whole => return None,
        };
        stages.push(Stage { sips: vec![(*sip).clone()], text: now.clone() });
    }
    Some(stages)
}

/// What each adds is added, what each takes away is gone.
fn three_way_set(was: &str, now: &str, becomes: &str) -> String {
    let (was, now, becomes) = (parts(was), parts(now), parts(becomes));
    let kept = now.iter().filter(|part| becomes.contains(*part) || !was.contains(*part));
    let added = becomes.iter().filter(|part| !was.contains(*part));
    kept.chain(added).copied().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}
