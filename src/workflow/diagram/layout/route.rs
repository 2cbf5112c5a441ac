//! Where every line runs, and from that how far across everything stands.

use super::place::{Span, down_room};
use super::plan::{Leaving, Node, Plan, Side, Use, Way, end_height, side};
use super::{
    BOX_WIDTH, Band, Column, Course, END_WIDTH, Edge, EndMark, Frame, LABEL_WIDTH, Label, Layout, MARGIN, PAD, Point,
    StateBox, TRACK,
};
use crate::workflow::StateName;
use crate::workflow::diagram::text::{self, Line, Style};

/// Room above the first band for the title of the diagram.
const HEADER: i32 = 104;

/// The distances across.
struct Across {
    usual: i32,
    middle: i32,
    inner_right: i32,
    beside: i32,
    outside: i32,
    width: i32,
}

/// The vertical run of all lines of a gutter that lead to one state.
struct Trunk<'a> {
    way: Way,
    course: Course,
    target: &'a StateName,
    column: Column,
    top: i32,
    bottom: i32,
    track: i32,
}

impl Trunk<'_> {
    fn carries(&self, leaving: &Leaving<'_>) -> bool {
        self.way == leaving.way && self.course == leaving.course && self.target == leaving.transition.to
    }
}

pub(super) fn route(plan: &Plan<'_>, spans: &[Span]) -> Layout {
    let trunks = trunks(plan);
    let across = across(plan, &trunks);
    let edges = (0..plan.leaving.len()).filter_map(|index| edge(plan, &trunks, &across, index)).collect();
    let ends = plan.leaving.iter().enumerate().filter_map(|(index, leaving)| end_mark(plan, &across, index, leaving));
    let start = plan.nodes.values().next().map(|node| frame(&across, node)).map(|frame| {
        let x = frame.middle().x;
        [Point { x, y: frame.y - 34 }, Point { x, y: frame.y }]
    });
    Layout {
        width: across.width,
        height: HEADER + spans.last().map_or(0, |span| span.y + span.height) + MARGIN,
        bands: plan.bands.iter().zip(spans).map(|(band, span)| band_at(&band.title, span, &across)).collect(),
        boxes: plan.nodes.iter().map(|(state, node)| state_box(&across, state, node)).collect(),
        ends: ends.collect(),
        edges,
        start,
    }
}

fn band_at(title: &str, span: &Span, across: &Across) -> Band {
    let frame = Frame { x: MARGIN, y: HEADER + span.y, width: across.width - 2 * MARGIN, height: span.height };
    Band { title: title.to_owned(), frame }
}

fn state_box(across: &Across, state: &StateName, node: &Node) -> StateBox {
    StateBox { state: state.clone(), column: node.column, frame: frame(across, node), lines: node.lines.clone() }
}

fn frame(across: &Across, node: &Node) -> Frame {
    let x = if node.column == Column::Usual { across.usual } else { across.beside };
    Frame { x, y: HEADER + node.frame.y, width: BOX_WIDTH, height: node.frame.height }
}

/// The trunks of both gutters, each on the first track where it meets no other.
fn trunks<'a>(plan: &Plan<'a>) -> Vec<Trunk<'a>> {
    let mut trunks: Vec<Trunk<'a>> = Vec::new();
    for (index, leaving) in plan.leaving.iter().enumerate() {
        let way = leaving.way;
        let (Some(from), Some(to)) = (leave_y(plan, index), enter_y(plan, leaving)) else { continue };
        let known = trunks.iter_mut().find(|trunk| trunk.carries(leaving));
        if let Some(trunk) = known {
            trunk.top = trunk.top.min(from);
            trunk.bottom = trunk.bottom.max(from);
        } else if let Some(node) = plan.nodes.get(leaving.transition.to) {
            let target = leaving.transition.to;
            let (top, bottom) = (from.min(to), from.max(to));
            trunks.push(Trunk { way, course: leaving.course, target, column: node.column, top, bottom, track: 0 });
        }
    }
    trunks.sort_by_key(|trunk| (trunk.bottom - trunk.top, trunk.top));
    for index in 0..trunks.len() {
        let (placed, rest) = trunks.split_at_mut(index);
        if let Some(trunk) = rest.first_mut() {
            trunk.track = free_track(placed, trunk);
        }
    }
    trunks
}

/// The first track on which a trunk meets none of those placed.
fn free_track(placed: &[Trunk<'_>], trunk: &Trunk<'_>) -> i32 {
    let same = |other: &&Trunk<'_>| other.way == trunk.way && other.column == trunk.column;
    let meets = |other: &Trunk<'_>| other.top <= trunk.bottom + TRACK && trunk.top <= other.bottom + TRACK;
    let taken = |track: i32| placed.iter().filter(same).any(|other| other.track == track && meets(other));
    let most = i32::try_from(placed.len()).unwrap_or(0);
    (0..=most).find(|track| !taken(*track)).unwrap_or(most)
}

fn tracks(trunks: &[Trunk<'_>], way: Way, column: Column) -> i32 {
    let those = trunks.iter().filter(|trunk| trunk.way == way && trunk.column == column);
    those.map(|trunk| trunk.track + 1).max().unwrap_or(0)
}

fn across(plan: &Plan<'_>, trunks: &[Trunk<'_>]) -> Across {
    let heads = plan.bands.iter().map(|band| text::width(&[head(&band.title)])).max().unwrap_or(0) + 2 * PAD;
    let middle_tracks = tracks(trunks, Way::Across, Column::Usual) + tracks(trunks, Way::Across, Column::Beside);
    let usual = MARGIN + heads.max(words(plan, Column::Usual, Side::Left) + ends(plan, Column::Usual)) + PAD;
    let middle = usual + BOX_WIDTH + words(plan, Column::Usual, Side::Right);
    let inner_right = middle + (middle_tracks + 1) * TRACK;
    let beside = inner_right + words(plan, Column::Beside, Side::Left);
    let outside = beside + BOX_WIDTH + words(plan, Column::Beside, Side::Right) + ends(plan, Column::Beside);
    let right = outside + (tracks(trunks, Way::Outside, Column::Beside) + 1) * TRACK + PAD + MARGIN;
    let has_second = plan.nodes.values().any(|node| node.column == Column::Beside);
    Across {
        usual,
        middle,
        inner_right,
        beside,
        outside,
        width: if has_second { right } else { middle + PAD + MARGIN },
    }
}

pub(super) fn head(title: &str) -> Line {
    Line { text: title.to_owned(), style: Style::Title }
}

/// Room for the words at one side of a column. Words beside the way down reach over the right of the box.
fn words(plan: &Plan<'_>, column: Column, at: Side) -> i32 {
    let those = plan.leaving.iter().filter(|leaving| {
        let from = plan.nodes.get(leaving.transition.from);
        from.is_some_and(|node| node.column == column) && leaving.way != Way::Down && side(column, leaving.way) == at
    });
    let widest = those.map(|leaving| text::width(&leaving.label)).max().unwrap_or(0);
    let down = if at == Side::Right { LABEL_WIDTH + PAD - BOX_WIDTH / 2 } else { 0 };
    (widest + 2 * PAD).max(down + PAD)
}

/// Room for the marks of ends at a column.
fn ends(plan: &Plan<'_>, column: Column) -> i32 {
    let ends = |leaving: &&Leaving<'_>| leaving.way == Way::End;
    let mut from = plan.leaving.iter().filter(ends).filter_map(|leaving| plan.nodes.get(leaving.transition.from));
    if from.any(|node| node.column == column) { END_WIDTH + PAD } else { 0 }
}

/// Where a transition leaves, before the header is added.
fn leave_y(plan: &Plan<'_>, index: usize) -> Option<i32> {
    let leaving = plan.leaving.get(index)?;
    let node = plan.nodes.get(leaving.transition.from)?;
    let slots = node.left.iter().chain(&node.right);
    slots.filter(|slot| slot.use_of == Use::Leave(index)).map(|slot| slot.y).next()
}

/// Where a transition enters the state it leads to, before the header is added; only lines in a gutter do.
fn enter_y(plan: &Plan<'_>, leaving: &Leaving<'_>) -> Option<i32> {
    if !matches!(leaving.way, Way::Across | Way::Outside) {
        return None;
    }
    let node = plan.nodes.get(leaving.transition.to)?;
    let slots = node.slots(side(node.column, leaving.way)).iter();
    slots.filter(|slot| slot.use_of == Use::Enter(leaving.course)).map(|slot| slot.y).next()
}

fn edge(plan: &Plan<'_>, trunks: &[Trunk<'_>], across: &Across, index: usize) -> Option<Edge> {
    let leaving = plan.leaving.get(index)?;
    let node = plan.nodes.get(leaving.transition.from)?;
    let points = match leaving.way {
        Way::Down => down(plan, across, leaving)?,
        Way::Loop => circle(across, node, leaving, leave_y(plan, index)? + HEADER),
        Way::End => to_end(across, node, leave_y(plan, index)? + HEADER),
        Way::Across | Way::Outside => through(plan, trunks, across, leaving, index)?,
    };
    Some(Edge {
        id: leaving.transition.id("way"),
        from: leaving.transition.from.clone(),
        action: leaving.transition.name.clone(),
        to: leaving.transition.to.clone(),
        course: leaving.course,
        label: label(plan, node, frame(across, node), leaving, index, *points.first()?),
        points,
    })
}

fn down(plan: &Plan<'_>, across: &Across, leaving: &Leaving<'_>) -> Option<Vec<Point>> {
    let from = frame(across, plan.nodes.get(leaving.transition.from)?);
    let to = frame(across, plan.nodes.get(leaving.transition.to)?);
    let x = from.middle().x;
    Some(vec![Point { x, y: from.bottom() }, Point { x, y: to.y }])
}

/// Where lines leave and enter a box at a side.
fn edge_x(frame: Frame, at: Side) -> i32 {
    if at == Side::Left { frame.x } else { frame.right() }
}

/// A distance away from a box at a side.
fn away(from: i32, at: Side, distance: i32) -> i32 {
    if at == Side::Left { from - distance } else { from + distance }
}

fn circle(across: &Across, node: &Node, leaving: &Leaving<'_>, y: i32) -> Vec<Point> {
    let at = side(node.column, leaving.way);
    let x = edge_x(frame(across, node), at);
    let far = away(x, at, text::width(&leaving.label) + PAD);
    [(x, y), (far, y), (far, y + TRACK), (x, y + TRACK)].map(|(x, y)| Point { x, y }).to_vec()
}

fn to_end(across: &Across, node: &Node, y: i32) -> Vec<Point> {
    let at = side(node.column, Way::End);
    let mark = end_frame(across, node, y, 0);
    let far = if at == Side::Left { mark.right() } else { mark.x };
    vec![Point { x: edge_x(frame(across, node), at), y }, Point { x: far, y }]
}

fn end_frame(across: &Across, node: &Node, y: i32, height: i32) -> Frame {
    let x = match node.column {
        Column::Usual => MARGIN + PAD,
        Column::Beside => across.outside - END_WIDTH,
    };
    Frame { x, y: y - height / 2, width: END_WIDTH, height }
}

fn end_mark(plan: &Plan<'_>, across: &Across, index: usize, leaving: &Leaving<'_>) -> Option<EndMark> {
    if leaving.way != Way::End {
        return None;
    }
    let node = plan.nodes.get(leaving.transition.from)?;
    let frame = end_frame(across, node, leave_y(plan, index)? + HEADER, end_height(&leaving.end));
    Some(EndMark { state: leaving.transition.to.clone(), frame, lines: leaving.end.clone() })
}

fn through(
    plan: &Plan<'_>,
    trunks: &[Trunk<'_>],
    across: &Across,
    leaving: &Leaving<'_>,
    index: usize,
) -> Option<Vec<Point>> {
    let (from, to) = (plan.nodes.get(leaving.transition.from)?, plan.nodes.get(leaving.transition.to)?);
    let trunk = trunks.iter().find(|trunk| trunk.carries(leaving))?;
    let (leave, enter) = (leave_y(plan, index)? + HEADER, enter_y(plan, leaving)? + HEADER);
    let inner = (trunk.track + 1) * TRACK;
    let run = match (leaving.way, to.column) {
        (Way::Outside, _) => across.outside + inner,
        (_, Column::Usual) => across.middle + inner,
        (_, Column::Beside) => across.inner_right - inner,
    };
    let source = edge_x(frame(across, from), side(from.column, leaving.way));
    let target = edge_x(frame(across, to), side(to.column, leaving.way));
    Some([(source, leave), (run, leave), (run, enter), (target, enter)].map(|(x, y)| Point { x, y }).to_vec())
}

fn label(plan: &Plan<'_>, node: &Node, frame: Frame, leaving: &Leaving<'_>, index: usize, start: Point) -> Label {
    let (width, height) = (text::width(&leaving.label), text::height(&leaving.label));
    let (x, y) = match (leaving.way, side(node.column, leaving.way)) {
        (Way::Down, _) => (start.x + PAD, start.y + 8 + above(plan, node, index)),
        (_, Side::Left) => (frame.x - PAD - width, start.y - 4 - height),
        (_, Side::Right) => (frame.right() + PAD, start.y - 4 - height),
    };
    Label { frame: Frame { x, y, width, height }, lines: leaving.label.clone() }
}

/// Height of the words that stand before these beside the same way down.
fn above(plan: &Plan<'_>, node: &Node, index: usize) -> i32 {
    let before = node.down.iter().take_while(|other| **other != index).filter_map(|other| plan.leaving.get(*other));
    before.map(down_room).sum()
}
