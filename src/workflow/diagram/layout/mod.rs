//! Where everything in a diagram goes.
//!
//! The usual path runs down one column and every other state stands in a second column beside it, both within the band
//! of their stage. Actions leave a state at its sides, each with its title on its own piece of line; lines then run
//! only in the gutters between the columns, one track for each state they lead to, so that no line crosses a state or a
//! title. Ways to an end off the usual path stop at a mark of that end right beside the state, however many states
//! lead there.

mod place;
mod plan;
mod route;

use super::text::Line;
use crate::workflow::{ActionName, Definition, StateName};

/// Free room around the whole, in pixels.
const MARGIN: i32 = 24;
/// Width of the box of a state.
const BOX_WIDTH: i32 = 236;
/// Greatest width of the words on a line.
const LABEL_WIDTH: i32 = 244;
/// Width of the mark of an end.
const END_WIDTH: i32 = 118;
/// Room between words and what stands beside them.
const PAD: i32 = 10;
/// Distance between two tracks of a gutter, and between two lines that leave a column at least.
const TRACK: i32 = 12;
/// Height of the head of a band, which holds the title of its stage.
const BAND_HEAD: i32 = 36;
/// Room for the start above the first state.
const START_ROOM: i32 = 48;

/// A diagram of a definition, in whole pixels from the top left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Width of the whole.
    pub width: i32,
    /// Height of the whole.
    pub height: i32,
    /// The bands of the stages, from the top.
    pub bands: Vec<Band>,
    /// The states that are not ends off the usual path, each once.
    pub boxes: Vec<StateBox>,
    /// The ends off the usual path, one mark for each transition that leads there.
    pub ends: Vec<EndMark>,
    /// The transitions.
    pub edges: Vec<Edge>,
    /// Where a case begins: the line from the start mark to the first state.
    pub start: Option<[Point; 2]>,
}

/// A point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Pixels from the left.
    pub x: i32,
    /// Pixels from the top.
    pub y: i32,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frame {
    /// Its left edge.
    pub x: i32,
    /// Its top edge.
    pub y: i32,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
}

/// The band of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The title of the stage.
    pub title: String,
    /// Where it is.
    pub frame: Frame,
}

/// Which column a state stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// On the usual path.
    Usual,
    /// Beside it.
    Beside,
}

/// The box of a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateBox {
    /// The state.
    pub state: StateName,
    /// The column.
    pub column: Column,
    /// Where it is.
    pub frame: Frame,
    /// What it says.
    pub lines: Vec<Line>,
}

/// The mark of an end beside a state that leads there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndMark {
    /// The final state.
    pub state: StateName,
    /// Where it is.
    pub frame: Frame,
    /// What it says.
    pub lines: Vec<Line>,
}

/// How a transition runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// On along the usual path.
    Usual,
    /// On to a detour, or from one.
    Onward,
    /// Back to an earlier state.
    Back,
    /// Nowhere: the case stays.
    Stay,
    /// To an end.
    End,
}

/// A transition as a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// A name of its own, safe in XML.
    pub id: String,
    /// The state it leaves.
    pub from: StateName,
    /// The action that takes it.
    pub action: ActionName,
    /// The state it leads to.
    pub to: StateName,
    /// How it runs.
    pub course: Course,
    /// Its corners, from where it leaves to where its arrow points.
    pub points: Vec<Point>,
    /// Its words.
    pub label: Label,
}

/// Words beside a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where they are.
    pub frame: Frame,
    /// What they say.
    pub lines: Vec<Line>,
}

/// Lays out a definition. The same definition always gives the same layout.
pub fn layout(definition: &Definition) -> Layout {
    let mut plan = plan::plan(definition);
    let bands = place::place(&mut plan);
    route::route(&plan, &bands)
}

impl Frame {
    /// Its right edge.
    pub fn right(&self) -> i32 {
        self.x + self.width
    }

    /// Its bottom edge.
    pub fn bottom(&self) -> i32 {
        self.y + self.height
    }

    /// Its middle.
    pub fn middle(&self) -> Point {
        Point { x: self.x + self.width / 2, y: self.y + self.height / 2 }
    }
}
