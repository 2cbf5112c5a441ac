//! What stands in which column and band, and at which side of a state each transition leaves and enters.

use indexmap::IndexMap;

use super::{BOX_WIDTH, Column, Course, END_WIDTH, Frame, LABEL_WIDTH, PAD, TRACK};
use crate::workflow::diagram::text::{self, Line, Style, wrap};
use crate::workflow::diagram::{Transition, clock_words, role_title, transitions};
use crate::workflow::timeline::usual_path;
use crate::workflow::{Definition, StageName, State, StateName};

/// Everything to be drawn, without its place.
pub(super) struct Plan<'a> {
    pub(super) leaving: Vec<Leaving<'a>>,
    pub(super) nodes: IndexMap<&'a StateName, Node>,
    pub(super) bands: Vec<BandPlan<'a>>,
}

/// The states of one band, each column from the top.
pub(super) struct BandPlan<'a> {
    pub(super) title: String,
    stage: &'a StageName,
    pub(super) usual: Vec<&'a StateName>,
    pub(super) beside: Vec<&'a StateName>,
}

/// A transition and how it is drawn.
pub(super) struct Leaving<'a> {
    pub(super) transition: Transition<'a>,
    pub(super) way: Way,
    pub(super) course: Course,
    pub(super) label: Vec<Line>,
    /// What the mark of the end says, where it leads to one.
    pub(super) end: Vec<Line>,
}

/// How a transition gets to where it leads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Straight down to the next state of the column.
    Down,
    /// Back into the same state.
    Loop,
    /// To the mark of an end.
    End,
    /// Through the gutter between the columns.
    Across,
    /// Through the gutter right of the second column.
    Outside,
}

/// A side of a box.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// A state in its column.
pub(super) struct Node {
    pub(super) column: Column,
    /// Place of the state in the order of the definition.
    pub(super) order: usize,
    pub(super) lines: Vec<Line>,
    pub(super) left: Vec<Slot>,
    pub(super) right: Vec<Slot>,
    /// The transitions that leave at the bottom.
    pub(super) down: Vec<usize>,
    pub(super) frame: Frame,
}

/// A place at the side of a box where one line leaves or all lines of a gutter enter.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) use_of: Use,
    /// Room needed above the line.
    pub(super) above: i32,
    /// Room needed below it.
    pub(super) below: i32,
    /// The line.
    pub(super) y: i32,
}

/// What a slot is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Lines of one course enter here, whatever state they come from.
    Enter(Course),
    /// One transition leaves here.
    Leave(usize),
}

pub(super) fn plan(definition: &Definition) -> Plan<'_> {
    let mut usual = usual_path(definition);
    if usual.is_empty() {
        usual.extend(definition.states.get_key_value(&definition.start).map(|(name, _)| name));
    }
    let bands = bands(definition, &usual);
    let mut nodes = nodes(definition, &bands);
    let leaving = leaving(definition, &nodes);
    for index in 0..leaving.len() {
        open_slots(&mut nodes, &leaving, index);
    }
    Plan { leaving, nodes, bands }
}

/// A band for each run of usual states in one stage, and for each stage that only other states belong to.
fn bands<'a>(definition: &'a Definition, usual: &[&'a StateName]) -> Vec<BandPlan<'a>> {
    let mut bands: Vec<BandPlan<'a>> = Vec::new();
    for state in usual {
        let Some(stage) = definition.states.get(*state).map(|state| &state.stage) else { continue };
        match bands.last_mut() {
            Some(band) if band.stage == stage => band.usual.push(state),
            _ => bands.push(BandPlan { usual: vec![state], ..empty_band(definition, stage) }),
        }
    }
    for (name, state) in definition.states.iter().filter(|(name, state)| !usual.contains(name) && !state.is_final()) {
        let band = bands.iter().position(|band| *band.stage == state.stage);
        let band = band.unwrap_or_else(|| insert_band(definition, &mut bands, &state.stage));
        if let Some(band) = bands.get_mut(band) {
            band.beside.push(name);
        }
    }
    bands
}

fn empty_band<'a>(definition: &'a Definition, stage: &'a StageName) -> BandPlan<'a> {
    let title = definition.stages.get(stage).map_or_else(|| stage.words(), |stage| stage.title.clone());
    BandPlan { title, stage, usual: Vec::new(), beside: Vec::new() }
}

fn insert_band<'a>(definition: &'a Definition, bands: &mut Vec<BandPlan<'a>>, stage: &'a StageName) -> usize {
    let order = |stage: &StageName| definition.stages.get_index_of(stage);
    let place = bands.iter().rposition(|band| order(band.stage) < order(stage)).map_or(0, |before| before + 1);
    bands.insert(place, empty_band(definition, stage));
    place
}

fn nodes<'a>(definition: &'a Definition, bands: &[BandPlan<'a>]) -> IndexMap<&'a StateName, Node> {
    let usual = bands.iter().flat_map(|band| &band.usual).map(|state| (*state, Column::Usual));
    let beside = bands.iter().flat_map(|band| &band.beside).map(|state| (*state, Column::Beside));
    usual.chain(beside).map(|(state, column)| (state, node(definition, state, column))).collect()
}

fn node(definition: &Definition, name: &StateName, column: Column) -> Node {
    let lines = definition.states.get(name).map(|state| box_lines(definition, name, state)).unwrap_or_default();
    let order = definition.states.get_index_of(name).unwrap_or(usize::MAX);
    Node { column, order, lines, left: Vec::new(), right: Vec::new(), down: Vec::new(), frame: Frame::default() }
}

/// What the box of a state says: its title, whose turn it is, its clocks or that none runs, and how it ends.
fn box_lines(definition: &Definition, name: &StateName, state: &State) -> Vec<Line> {
    let width = BOX_WIDTH - 2 * PAD - 4;
    let mut lines = wrap(&state.title, Style::Title, width);
    if state.determination.is_some() {
        lines.extend(wrap("Determination", Style::Mark, width));
    }
    if let Some(owner) = &state.owner {
        lines.extend(wrap(&role_title(definition, owner), Style::Owner, width));
    }
    let clocks: Vec<_> = definition.clocks_in(name).collect();
    for (clock_name, clock) in &clocks {
        let words = clock_words(definition, clock);
        let words = if clocks.len() > 1 { format!("{words} ({})", clock_name.words()) } else { words };
        lines.extend(wrap(&words, Style::Clock, width).into_iter().enumerate().map(continued));
    }
    if let Some(reason) = &state.untimed {
        lines.extend(wrap(&format!("No clock: {reason}"), Style::Note, width));
    }
    if let Some(ends) = &state.ends {
        lines.extend(wrap(ends, Style::Note, width));
    }
    lines
}

/// A second line about the same clock needs no second sign.
fn continued((index, line): (usize, Line)) -> Line {
    if index == 0 { line } else { Line { style: Style::ClockMore, ..line } }
}

fn leaving<'a>(definition: &'a Definition, nodes: &IndexMap<&'a StateName, Node>) -> Vec<Leaving<'a>> {
    let drawn = transitions(definition).into_iter().filter(|transition| nodes.contains_key(transition.from));
    drawn
        .map(|transition| {
            let (way, course) = way(nodes, &transition);
            let label = label(definition, &transition);
            let end = if way == Way::End { end_lines(definition, transition.to) } else { Vec::new() };
            Leaving { transition, way, course, label, end }
        })
        .collect()
}

fn way(nodes: &IndexMap<&StateName, Node>, transition: &Transition<'_>) -> (Way, Course) {
    let (Some((from, _, leaves)), Some((to, _, enters))) =
        (nodes.get_full(transition.from), nodes.get_full(transition.to))
    else {
        return (Way::End, Course::End);
    };
    let next = to == from + 1;
    let course = if enters.order < leaves.order { Course::Back } else { Course::Onward };
    match (leaves.column, enters.column) {
        _ if from == to => (Way::Loop, Course::Stay),
        (Column::Usual, Column::Usual) if next => (Way::Down, Course::Usual),
        (Column::Beside, Column::Beside) if next => (Way::Down, course),
        (Column::Beside, Column::Beside) => (Way::Outside, course),
        (Column::Usual, Column::Beside) => (Way::Across, Course::Onward),
        (_, Column::Usual) => (Way::Across, course),
    }
}

fn label(definition: &Definition, transition: &Transition<'_>) -> Vec<Line> {
    let mut lines = wrap(&transition.action.title, Style::Action, LABEL_WIDTH);
    let asides = transition.taker(definition).into_iter().chain(transition.condition.clone());
    lines.extend(asides.flat_map(|aside| wrap(&aside, Style::Aside, LABEL_WIDTH)));
    lines
}

/// The side of a box in `column` that faces the way a line goes.
pub(super) fn side(column: Column, way: Way) -> Side {
    match (column, way) {
        (Column::Usual, Way::Across) | (Column::Beside, Way::End | Way::Loop | Way::Outside) => Side::Right,
        _ => Side::Left,
    }
}

fn open_slots(nodes: &mut IndexMap<&StateName, Node>, leaving: &[Leaving<'_>], index: usize) {
    let Some(Leaving { transition, way, course, label, end }) = leaving.get(index) else { return };
    if matches!(way, Way::Across | Way::Outside)
        && let Some(target) = nodes.get_mut(transition.to)
    {
        let target_column = target.column;
        let slots = target.slots_mut(side(target_column, *way));
        if slots.iter().all(|slot| slot.use_of != Use::Enter(*course)) {
            slots.push(Slot::new(Use::Enter(*course), target_column, 8, 6));
        }
    }
    let Some(source) = nodes.get_mut(transition.from) else { return };
    if *way == Way::Down {
        source.down.push(index);
        return;
    }
    let words = text::height(label) + 6;
    let (above, below) = match way {
        Way::End => (words.max(end_height(end) / 2 + 5), end_height(end) / 2 + 5),
        Way::Loop => (words, 24),
        _ => (words, 6),
    };
    let slot = Slot::new(Use::Leave(index), source.column, above, below);
    source.slots_mut(side(source.column, *way)).push(slot);
}

/// What the mark of an end says.
fn end_lines(definition: &Definition, end: &StateName) -> Vec<Line> {
    let title = definition.states.get(end).map_or_else(|| end.words(), |state| state.title.clone());
    wrap(&title, Style::Owner, END_WIDTH - 20)
}

/// Height of the mark of an end.
pub(super) fn end_height(lines: &[Line]) -> i32 {
    text::height(lines) + 14
}

impl Slot {
    /// A slot whose line lies on the grid of its column. The grids of the two columns interleave, so that no line of
    /// one ever lies on a line of the other in the gutter between them.
    fn new(use_of: Use, column: Column, above: i32, below: i32) -> Self {
        let offset = if column == Column::Usual { 0 } else { TRACK / 2 };
        let above = up(above - offset) + offset;
        Self { use_of, above, below: up(above + below) - above, y: 0 }
    }
}

/// The next multiple of [`TRACK`].
pub(super) fn up(distance: i32) -> i32 {
    distance + (-distance).rem_euclid(TRACK)
}

impl Node {
    pub(super) fn slots(&self, side: Side) -> &[Slot] {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    pub(super) fn slots_mut(&mut self, side: Side) -> &mut Vec<Slot> {
        match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        }
    }
}
