//! Lanes, columns and the lines between them.

use indexmap::{IndexMap, IndexSet};

use super::cell::{Cell, cell, task_id};
use super::{Drawing, Flow, Frame, Kind, Lane, Point, Shape, owner};
use crate::workflow::diagram::{beginning, name, role_title};
use crate::workflow::{Definition, RoleName, StateName};

/// Width of the heads of the pool and of its lanes together.
const HEADS: i32 = 60;
/// Width of the head of a pool or lane.
const HEAD: i32 = 30;
/// Room for the start.
const START: i32 = 90;
/// Distance between two lines.
const TRACK: i32 = 12;

/// Where a cell is in the grid.
#[derive(Clone, Copy)]
struct Place {
    column: usize,
    lane: usize,
}

/// Lines that share a piece of line: those that lead to one state.
type Tracks<'a> = IndexMap<usize, IndexSet<(Part, &'a StateName)>>;

/// The part of a gutter a line runs in. Leaving lines run left of those that go straight over, and those left of the
/// ones that come from far, so that no two lie on each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Leave,
    Over,
    Arrive,
}

/// The grid with its cells and the tracks its lines need.
struct Grid<'a> {
    cells: Vec<(Place, Cell<'a>)>,
    lanes: Vec<Option<&'a RoleName>>,
    /// By column, the lines in the gutter left of it.
    gutters: Tracks<'a>,
    /// By lane, the lines along its top.
    channels: Tracks<'a>,
}

pub(super) fn place(definition: &Definition) -> Drawing {
    let grid = grid(definition);
    let (columns, width) = columns(&grid);
    let (lanes, height) = lanes(definition, &grid, width);
    let pool = Frame { x: 0, y: 0, width, height };
    let mut drawing = Drawing { pool, lanes, shapes: Vec::new(), flows: Vec::new() };
    let corners: IndexMap<&StateName, Point> =
        grid.cells.iter().map(|(at, cell)| (cell.state, corner(&grid, &drawing.lanes, &columns, *at, cell))).collect();
    add_start(definition, &grid, &corners, &mut drawing);
    let routes = Routes { grid: &grid, columns: &columns, corners: &corners };
    let flows: Vec<_> = grid.cells.iter().flat_map(|(at, cell)| routes.flows(&drawing.lanes, *at, cell)).collect();
    drawing.flows.extend(flows);
    for (at, cell) in grid.cells {
        let corner = corners.get(cell.state).copied().unwrap_or(Point { x: 0, y: 0 });
        drawing.shapes.extend(cell.shapes.into_iter().map(|shape| moved(shape, corner, at.lane)));
    }
    drawing
}

fn moved(shape: Shape, by: Point, lane: usize) -> Shape {
    let frame = |frame: Frame| Frame { x: frame.x + by.x, y: frame.y + by.y, ..frame };
    Shape { frame: frame(shape.frame), label: shape.label.map(frame), lane, ..shape }
}

fn grid(definition: &Definition) -> Grid<'_> {
    let start = definition.states.get_key_value(&definition.start).map(|(name, _)| name);
    let others = definition.states.keys().filter(|state| Some(*state) != start);
    let states = start.into_iter().chain(others);
    let states: Vec<_> =
        states.filter(|state| definition.states.get(*state).is_some_and(|state| !state.is_final())).collect();
    let owners: IndexSet<Option<&RoleName>> = states.iter().map(|state| owner(definition, state)).collect();
    let mut lanes: Vec<_> = owners.into_iter().collect();
    lanes.sort_by_key(|owner| owner.and_then(|owner| definition.roles.get_index_of(owner)).unwrap_or(usize::MAX));
    let places = places(definition, &states, &lanes);
    let cells = places.iter().map(|(state, place)| (*place, cell(definition, state))).collect();
    let mut grid = Grid { cells, lanes, gutters: IndexMap::new(), channels: IndexMap::new() };
    reserve(&mut grid, &places);
    grid
}

/// Each state one column after the last of those before it that lead to it, and alone in its lane there.
fn places<'a>(
    definition: &Definition,
    states: &[&'a StateName],
    lanes: &[Option<&RoleName>],
) -> IndexMap<&'a StateName, Place> {
    let mut places: IndexMap<&StateName, Place> = IndexMap::new();
    for state in states {
        let leads_here = |(before, _): &(&&StateName, &Place)| {
            definition.actions_of(before).any(|(_, action)| action.to.states(before).contains(state))
        };
        let first = places.iter().filter(leads_here).map(|(_, place)| place.column + 1).max();
        let least = first.unwrap_or(usize::from(!places.is_empty()));
        let lane = lanes.iter().position(|lane| *lane == owner(definition, state)).unwrap_or(0);
        let taken = |column: &usize| places.values().any(|place| place.lane == lane && place.column == *column);
        let column = (least..=least + places.len()).find(|column| !taken(column)).unwrap_or(least);
        places.insert(state, Place { column, lane });
    }
    places
}

/// Sets aside a track for each line between two cells.
fn reserve<'a>(grid: &mut Grid<'a>, places: &IndexMap<&'a StateName, Place>) {
    for (from, cell) in &grid.cells {
        for (_, target) in &cell.leaving {
            let Some(to) = places.get(target) else { continue };
            if from.column + 1 == to.column {
                grid.gutters.entry(to.column).or_default().insert((Part::Over, target));
            } else {
                grid.gutters.entry(from.column + 1).or_default().insert((Part::Leave, target));
                grid.gutters.entry(to.column).or_default().insert((Part::Arrive, target));
                grid.channels.entry(to.lane).or_default().insert((Part::Arrive, target));
            }
        }
    }
    for tracks in grid.gutters.values_mut() {
        tracks.sort_by_key(|(part, _)| *part);
    }
}

fn track(tracks: &Tracks<'_>, at: usize, part: Part, target: &StateName) -> i32 {
    let place = tracks.get(&at).and_then(|tracks| tracks.get_index_of(&(part, target)));
    (1 + place.map_or(0, count)) * TRACK
}

fn room(tracks: &Tracks<'_>, at: usize) -> i32 {
    (1 + tracks.get(&at).map_or(0, |tracks| count(tracks.len()))) * TRACK
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(0)
}

/// The left edge of each gutter, and the width of it all. The gutter left of a column comes before the column.
fn columns(grid: &Grid<'_>) -> (Vec<i32>, i32) {
    let last = grid.cells.iter().map(|(place, _)| place.column).max().unwrap_or(0);
    let mut x = HEADS + START;
    let mut gutters = Vec::new();
    for column in 0..=last + 1 {
        gutters.push(x);
        let cells = grid.cells.iter().filter(|(place, _)| place.column == column);
        x += room(&grid.gutters, column) + cells.map(|(_, cell)| cell.width()).max().unwrap_or(0);
    }
    (gutters, x + TRACK)
}

fn lanes(definition: &Definition, grid: &Grid<'_>, width: i32) -> (Vec<Lane>, i32) {
    let mut y = 0;
    let mut lanes = Vec::new();
    for (index, lane_owner) in grid.lanes.iter().enumerate() {
        let below = cells_of(grid, index).map(|cell| cell.height - cell.top).max().unwrap_or(0);
        let height = room(&grid.channels, index) + task_top(grid, index) + below + TRACK;
        let (id, title) = match lane_owner {
            Some(owner) => (format!("lane.{}", name(owner.as_str())), role_title(definition, owner)),
            None => ("lane".to_owned(), definition.subject.clone()),
        };
        lanes.push(Lane { id, title, frame: Frame { x: HEAD, y, width: width - HEAD, height } });
        y += height;
    }
    (lanes, y)
}

fn cells_of<'g, 'a>(grid: &'g Grid<'a>, lane: usize) -> impl Iterator<Item = &'g Cell<'a>> {
    grid.cells.iter().filter(move |(place, _)| place.lane == lane).map(|(_, cell)| cell)
}

/// Top of the tasks of a lane, below the lines along its top.
fn task_top(grid: &Grid<'_>, lane: usize) -> i32 {
    cells_of(grid, lane).map(|cell| cell.top).max().unwrap_or(0)
}

/// The top left of a cell. The tasks of a lane stand in one row.
fn corner(grid: &Grid<'_>, lanes: &[Lane], columns: &[i32], place: Place, cell: &Cell<'_>) -> Point {
    let x = columns.get(place.column).copied().unwrap_or(0) + room(&grid.gutters, place.column);
    let lane = lanes.get(place.lane).map_or(0, |lane| lane.frame.y);
    Point { x, y: lane + room(&grid.channels, place.lane) + task_top(grid, place.lane) - cell.top }
}

fn add_start(definition: &Definition, grid: &Grid<'_>, corners: &IndexMap<&StateName, Point>, drawing: &mut Drawing) {
    let first = grid.cells.iter().find(|(_, cell)| *cell.state == definition.start);
    let Some(((place, cell), corner)) = first.and_then(|first| Some((first, corners.get(first.1.state)?))) else {
        return;
    };
    let entry = Point { x: corner.x, y: corner.y + cell.entry().y };
    let frame = Frame { x: HEADS + 30, y: entry.y - 18, width: 36, height: 36 };
    let label = Frame { x: frame.x - 22, y: frame.bottom() + 3, width: 80, height: 28 };
    drawing.shapes.push(Shape {
        id: "start".to_owned(),
        kind: Kind::Start,
        name: beginning(definition),
        about: None,
        frame,
        label: Some(label),
        lane: place.lane,
    });
    drawing.flows.push(Flow {
        id: "way.start".to_owned(),
        name: String::new(),
        from: "start".to_owned(),
        to: task_id(cell.state),
        points: vec![Point { x: frame.right(), y: entry.y }, entry],
        label: None,
    });
}

/// What it takes to run lines between cells.
struct Routes<'g, 'a> {
    grid: &'g Grid<'a>,
    columns: &'g [i32],
    corners: &'g IndexMap<&'a StateName, Point>,
}

impl<'a> Routes<'_, 'a> {
    /// The flows of a cell, those to other cells run through.
    fn flows(&self, lanes: &[Lane], at: Place, cell: &Cell<'a>) -> Vec<Flow> {
        let corner = self.corners.get(cell.state).copied().unwrap_or(Point { x: 0, y: 0 });
        let shift = |point: Point| Point { x: point.x + corner.x, y: point.y + corner.y };
        let run = |(index, flow): (usize, &Flow)| {
            let mut points: Vec<_> = flow.points.iter().copied().map(shift).collect();
            if let Some((_, target)) = cell.leaving.iter().find(|(leaving, _)| *leaving == index) {
                self.run_on(lanes, at, target, &mut points);
            }
            let label = flow.label.map(|label| {
                let at = shift(Point { x: label.x, y: label.y });
                Frame { x: at.x, y: at.y, ..label }
            });
            let (id, name, from, to) = (flow.id.clone(), flow.name.clone(), flow.from.clone(), flow.to.clone());
            Flow { id, name, from, to, points, label }
        };
        cell.flows.iter().enumerate().map(run).collect()
    }

    /// From the right edge of a cell to the task of another state.
    fn run_on(&self, lanes: &[Lane], at: Place, target: &StateName, points: &mut Vec<Point>) {
        let found = self.grid.cells.iter().find(|(_, cell)| cell.state == target);
        let (Some((to, cell)), Some(corner), Some(leave)) = (found, self.corners.get(target), points.pop()) else {
            return;
        };
        let entry = Point { x: corner.x, y: corner.y + cell.entry().y };
        let gutter = |column: usize, part: Part| {
            self.columns.get(column).copied().unwrap_or(0) + track(&self.grid.gutters, column, part, target)
        };
        let corners = if at.column + 1 == to.column {
            let x = gutter(to.column, Part::Over);
            vec![(x, leave.y), (x, entry.y)]
        } else {
            let (out, into) = (gutter(at.column + 1, Part::Leave), gutter(to.column, Part::Arrive));
            let lane = lanes.get(to.lane).map_or(0, |lane| lane.frame.y);
            let y = lane + track(&self.grid.channels, to.lane, Part::Arrive, target);
            vec![(out, leave.y), (out, y), (into, y), (into, entry.y)]
        };
        points.extend(corners.into_iter().map(|(x, y)| Point { x, y }));
        points.push(entry);
    }
}
