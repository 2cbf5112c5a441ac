//! How far down everything stands.

use indexmap::IndexMap;

use super::plan::{Leaving, Node, Plan, Side, Slot, Use, up};
use super::{BAND_HEAD, START_ROOM, TRACK};
use crate::workflow::StateName;
use crate::workflow::diagram::text;

/// Free room between two boxes of a column.
const GAP: i32 = 2 * TRACK;
/// Room at a corner of a box that no line leaves from.
const CORNER: i32 = TRACK;

/// Top and height of a band.
pub(super) struct Span {
    pub(super) y: i32,
    pub(super) height: i32,
}

/// Gives every box and every slot its place from the top; the bands come back with theirs.
pub(super) fn place(plan: &mut Plan<'_>) -> Vec<Span> {
    measure(&mut plan.nodes);
    let mut spans = Vec::new();
    let mut y = 0;
    for (index, band) in plan.bands.iter().enumerate() {
        let top = y + BAND_HEAD;
        let head = if index == 0 { START_ROOM } else { 0 };
        let usual = stack(&mut plan.nodes, &plan.leaving, &band.usual, top + head);
        let beside = stack(&mut plan.nodes, &plan.leaving, &band.beside, top);
        let bottom = usual.max(beside);
        spans.push(Span { y, height: bottom - y });
        y = bottom;
    }
    for index in 0..plan.nodes.len() {
        for side in [Side::Left, Side::Right] {
            place_slots(plan, index, side);
        }
    }
    spans
}

/// Gives every box its height: room for its words and for the lines at both its sides.
fn measure(nodes: &mut IndexMap<&StateName, Node>) {
    let room = |slots: &[Slot]| slots.iter().map(|slot| slot.above + slot.below).sum::<i32>();
    for node in nodes.values_mut() {
        let lines = room(&node.left).max(room(&node.right)) + 2 * CORNER;
        node.frame.height = up(lines.max(text::height(&node.lines) + 24));
    }
}

/// Stacks the boxes of a column from `top`, each with room below for the words of the way down; where they end.
fn stack(nodes: &mut IndexMap<&StateName, Node>, leaving: &[Leaving<'_>], states: &[&StateName], top: i32) -> i32 {
    let mut y = top;
    for state in states {
        let Some(node) = nodes.get_mut(*state) else { continue };
        node.frame.y = y;
        let words: i32 = node.down.iter().filter_map(|index| leaving.get(*index)).map(down_room).sum();
        y += node.frame.height + up(words) + GAP;
    }
    y
}

/// Room for the words of one transition beside the way down.
pub(super) fn down_room(leaving: &Leaving<'_>) -> i32 {
    text::height(&leaving.label) + 6
}

/// Gives the lines at one side of a box their places: lines that enter first, then by where they lead.
fn place_slots(plan: &mut Plan<'_>, index: usize, side: Side) {
    let Some((_, node)) = plan.nodes.get_index(index) else { return };
    let frame = node.frame;
    let mut slots = node.slots(side).to_vec();
    slots.sort_by_key(|slot| reach(plan, slot));
    let room: i32 = slots.iter().map(|slot| slot.above + slot.below).sum();
    let mut y = frame.y + down_to_grid((frame.height - room) / 2);
    for slot in &mut slots {
        slot.y = y + slot.above;
        y = slot.y + slot.below;
    }
    if let Some((_, node)) = plan.nodes.get_index_mut(index) {
        *node.slots_mut(side) = slots;
    }
}

/// The multiple of [`TRACK`] at or before a distance.
fn down_to_grid(distance: i32) -> i32 {
    distance - distance.rem_euclid(TRACK)
}

/// How far down a line leads; what enters and what ends beside the box goes first.
fn reach(plan: &Plan<'_>, slot: &Slot) -> Option<i32> {
    let Use::Leave(index) = slot.use_of else { return None };
    let target = plan.leaving.get(index).and_then(|leaving| plan.nodes.get(leaving.transition.to));
    Some(target.map_or(0, |node| node.frame.y))
}
