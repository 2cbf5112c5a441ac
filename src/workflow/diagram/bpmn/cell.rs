//! A state with everything that belongs to it: its task, timers, gateways and ends, placed from its own top left.

use super::super::text::{Style, wrap};
use super::super::{Transition, clock_words, name, transitions};
use super::{Due, Flow, Frame, Kind, Point, Shape};
use crate::workflow::{Action, ActionName, ClockName, ClockSpec, Definition, StateName, WhenDue};

/// Size of a task.
const TASK: (i32, i32) = (140, 80);
/// Size of an event.
const EVENT: i32 = 36;
/// Size of a gateway.
const GATEWAY: i32 = 50;
/// Middle of the gateway at which the actions part.
const CHOICE_X: i32 = 185;
/// Middle of the gateway at which an action branches.
const BRANCH_X: i32 = 265;
/// Middle of an end.
const END_X: i32 = 430;
/// Middle of an end in a cell where an action branches, which leaves room to say when.
const FAR_END_X: i32 = 620;
/// Left edge of the words that say when a branch is taken.
const CONDITION_X: i32 = 376;
/// Distance between two rows.
const ROW: i32 = 90;
/// Distance between two lines that come back to their task, with the words of one.
const LOOP: i32 = 36;
/// Middle of the first timer.
const TIMER_X: i32 = 26;
/// Greatest distance between two timers.
const TIMER: i32 = 66;
/// Where lines enter a task, from its top.
const ENTRY: i32 = 20;
/// Height of a line of words.
const LINE: i32 = 14;

/// A state and what belongs to it.
pub(super) struct Cell<'a> {
    definition: &'a Definition,
    pub(super) state: &'a StateName,
    pub(super) shapes: Vec<Shape>,
    pub(super) flows: Vec<Flow>,
    /// The flows that go on to another state; their last point is at the right edge of the cell.
    pub(super) leaving: Vec<(usize, &'a StateName)>,
    /// Top of the task.
    pub(super) top: i32,
    /// Middle of the ends.
    end_x: i32,
    pub(super) height: i32,
}

/// Where a flow begins.
#[derive(Clone)]
struct Origin {
    id: String,
    /// Where it begins when it goes straight on to the right.
    right: Point,
    /// Where it begins when it goes down first.
    below: Point,
}

/// The words of a flow and where they stand.
#[derive(Clone, Copy)]
struct Said<'s> {
    words: &'s str,
    at: Option<Frame>,
}

/// A flow that needs no words.
const NOTHING: Said<'_> = Said { words: "", at: None };

/// An action with its branches.
type Group<'a> = (&'a ActionName, &'a Action, Vec<Transition<'a>>);

pub(super) fn task_id(state: &StateName) -> String {
    format!("state.{}", name(state.as_str()))
}

impl Cell<'_> {
    /// Where lines enter the task, from the top left of the cell.
    pub(super) fn entry(&self) -> Point {
        Point { x: 0, y: self.top + ENTRY }
    }

    pub(super) fn width(&self) -> i32 {
        self.end_x + 40
    }
}

/// Places a state and what belongs to it.
pub(super) fn cell<'a>(definition: &'a Definition, state: &'a StateName) -> Cell<'a> {
    let groups = groups(definition, state);
    let taken = |name: &ActionName| definition.clocks_in(state).any(|(_, clock)| takes(clock, name));
    let by_hand =
        |(name, action, _): &&Group<'a>| !taken(name) || action.by.iter().any(|role| role.as_str() != "system");
    let chosen: Vec<_> = groups.iter().filter(by_hand).collect();
    let (stays, goes): (Vec<_>, Vec<_>) = chosen.iter().copied().partition(|(_, _, ways)| ways.iter().all(stays));
    let top = 64 + LOOP * i32::try_from(stays.len()).unwrap_or(0);
    let end_x = if groups.iter().any(|(_, _, ways)| ways.len() > 1) { FAR_END_X } else { END_X };
    let mut cell =
        Cell { definition, state, shapes: Vec::new(), flows: Vec::new(), leaving: Vec::new(), top, end_x, height: 0 };
    let task = cell.add_task();
    let origin = if chosen.len() > 1 { cell.add_choice(&task) } else { task.clone() };
    for (place, group) in stays.iter().enumerate() {
        cell.add_loop(&origin, group, i32::try_from(place).unwrap_or(0));
    }
    let mut row = 0;
    for group in goes {
        row = cell.add_group(&origin, group, row, "");
    }
    cell.add_timers(&groups, row);
    cell
}

fn groups<'a>(definition: &'a Definition, state: &'a StateName) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for transition in transitions(definition).into_iter().filter(|transition| transition.from == state) {
        match groups.last_mut() {
            Some((name, _, ways)) if *name == transition.name => ways.push(transition),
            _ => groups.push((transition.name, transition.action, vec![transition])),
        }
    }
    groups
}

fn takes(clock: &ClockSpec, name: &ActionName) -> bool {
    matches!(&clock.when_due, WhenDue::Take(taken) if taken == name)
}

fn stays(transition: &Transition<'_>) -> bool {
    transition.to == transition.from
}

impl<'a> Cell<'a> {
    fn add_task(&mut self) -> Origin {
        let id = task_id(self.state);
        let state = self.definition.states.get(self.state);
        let frame = Frame { x: 0, y: self.top, width: TASK.0, height: TASK.1 };
        let title = state.map_or_else(|| self.state.words(), |state| state.title.clone());
        let about = state.and_then(|state| state.untimed.as_ref().map(|reason| format!("No clock: {reason}.")));
        self.push(id.clone(), Kind::Task, title, about, frame);
        self.height = self.height.max(frame.bottom() + 24);
        let right = Point { x: frame.right(), y: frame.middle().y };
        Origin { id, right, below: Point { x: frame.middle().x, y: frame.bottom() } }
    }

    fn push(&mut self, id: String, kind: Kind, name: String, about: Option<String>, frame: Frame) {
        let label = match kind {
            Kind::Task | Kind::Gateway { .. } => None,
            Kind::Timer { .. } => Some(Frame { x: frame.x + 22, y: frame.bottom() + 2, width: 60, height: 3 * LINE }),
            _ => Some(Frame { x: frame.x - 22, y: frame.bottom() + 3, width: 80, height: 2 * LINE }),
        };
        self.shapes.push(Shape { id, kind, name, about, frame, label, lane: 0 });
    }

    fn add_choice(&mut self, task: &Origin) -> Origin {
        let origin = self.add_gateway(format!("choice.{}", name(self.state.as_str())), CHOICE_X, task.right.y, None);
        let into = Point { x: CHOICE_X - GATEWAY / 2, y: task.right.y };
        let id = format!("choose.{}", name(self.state.as_str()));
        self.add_flow(id, NOTHING, task, &origin.id, vec![task.right, into]);
        origin
    }

    fn add_gateway(&mut self, id: String, x: i32, y: i32, default: Option<String>) -> Origin {
        let half = GATEWAY / 2;
        let frame = Frame { x: x - half, y: y - half, width: GATEWAY, height: GATEWAY };
        self.push(id.clone(), Kind::Gateway { default }, String::new(), None, frame);
        Origin { id, right: Point { x: x + half, y }, below: Point { x, y: y + half } }
    }

    fn add_flow(&mut self, id: String, said: Said<'_>, from: &Origin, to: &str, points: Vec<Point>) {
        let (name, from, to) = (said.words.to_owned(), from.id.clone(), to.to_owned());
        self.flows.push(Flow { id, name, from, to, points, label: said.at });
    }

    /// A line over the task and back into it.
    fn add_loop(&mut self, origin: &Origin, (_, action, ways): &Group<'a>, place: i32) {
        let y = self.top - 46 - LOOP * place;
        let (out, back) = (CHOICE_X, TASK.0 / 2 - 12 * place);
        let mut points = vec![Point { x: out, y }, Point { x: back, y }, Point { x: back, y: self.top }];
        if origin.right.x > CHOICE_X {
            points.insert(0, Point { x: CHOICE_X, y: origin.right.y - GATEWAY / 2 });
        } else {
            points.splice(0..0, [origin.right, Point { x: out, y: origin.right.y }]);
        }
        let label = Frame { x: CHOICE_X + 6, y: y - 8, width: 190, height: 2 * LINE };
        let Some(id) = ways.first().map(|way| way.id("way")) else { return };
        let task = task_id(self.state);
        self.add_flow(id, Said { words: &action.title, at: Some(label) }, origin, &task, points);
    }

    /// An action from where it is taken to where it leads; the next free row.
    fn add_group(&mut self, origin: &Origin, group: &Group<'a>, row: i32, suffix: &str) -> i32 {
        let (action_name, action, ways) = group;
        if let [way] = ways.as_slice() {
            self.add_way(origin, way, row, &format!("{}{suffix}", way.id("way")), &action.title);
            return row + 1;
        }
        let y = self.row(row);
        let part = format!("{}.{}{suffix}", name(self.state.as_str()), name(action_name.as_str()));
        let last = ways.last().map(|way| format!("{}{suffix}", way.id("way")));
        let gateway = self.add_gateway(format!("branch.{part}"), BRANCH_X, y, last);
        let points = path(origin, y, BRANCH_X - GATEWAY / 2);
        let label = above(&action.title, CHOICE_X + 28, y - GATEWAY / 2, CONDITION_X - CHOICE_X - 32);
        self.add_flow(
            format!("way.{part}"),
            Said { words: &action.title, at: Some(label) },
            origin,
            &gateway.id,
            points,
        );
        let rows = row..;
        for (way, row) in ways.iter().zip(rows) {
            let id = format!("{}{suffix}", way.id("way"));
            self.add_way(&gateway, way, row, &id, way.condition.as_deref().unwrap_or(""));
        }
        row + i32::try_from(ways.len()).unwrap_or(0)
    }

    /// The middle of a row, which it makes room for.
    fn row(&mut self, row: i32) -> i32 {
        let y = self.top + TASK.1 / 2 + ROW * row;
        self.height = self.height.max(y + 66);
        y
    }

    /// One way on: to an end beside the task, or to the right edge of the cell and on to another state.
    fn add_way(&mut self, origin: &Origin, way: &Transition<'a>, row: i32, id: &str, words: &str) {
        let y = self.row(row);
        let from = if origin.right.x > CHOICE_X + GATEWAY { CONDITION_X } else { CHOICE_X + 30 };
        let label = above(words, from, y, self.end_x - EVENT / 2 - 6 - from);
        let said = Said { words, at: Some(label) };
        let target = self.definition.states.get(way.to).filter(|state| state.is_final());
        let Some(end) = target else {
            self.leaving.push((self.flows.len(), way.to));
            self.add_flow(id.to_owned(), said, origin, &task_id(way.to), path(origin, y, self.width()));
            return;
        };
        let half = EVENT / 2;
        let frame = Frame { x: self.end_x - half, y: y - half, width: EVENT, height: EVENT };
        let end_id = id.replacen("way.", "end.", 1);
        self.push(end_id.clone(), Kind::End, end.title.clone(), end.ends.clone(), frame);
        self.add_flow(id.to_owned(), said, origin, &end_id, path(origin, y, frame.x));
    }

    /// The clocks that run here; those that take an action use the rows below all others.
    fn add_timers(&mut self, groups: &[Group<'a>], rows: i32) {
        let clocks: Vec<_> = self.definition.clocks_in(self.state).collect();
        let overdue = clocks.iter().any(|(_, clock)| matches!(clock.when_due, WhenDue::Overdue(_)));
        let mut row = rows.max(if overdue { 3 } else { 2 });
        let gaps = i32::try_from(clocks.len()).unwrap_or(i32::MAX).saturating_sub(1).max(1);
        let apart = TIMER.min((TASK.0 - 2 * TIMER_X) / gaps);
        for ((clock_name, clock), place) in clocks.into_iter().zip(0..) {
            let timer = self.add_timer(clock_name, clock, TIMER_X + apart * place);
            match &clock.when_due {
                WhenDue::Take(taken) => {
                    let suffix = format!(".at.{}", name(clock_name.as_str()));
                    for group in groups.iter().filter(|(name, ..)| *name == taken) {
                        row = self.add_group(&timer, group, row, &suffix);
                    }
                }
                WhenDue::Overdue(notice) => {
                    let subject = self.definition.notices.get(notice).map(|notice| notice.subject.clone());
                    self.add_overdue(&timer, clock_name, subject.unwrap_or_else(|| notice.words()));
                }
            }
        }
    }

    fn add_timer(&mut self, clock_name: &ClockName, clock: &ClockSpec, x: i32) -> Origin {
        let bottom = self.top + TASK.1;
        let half = EVENT / 2;
        let id = format!("clock.{}.{}", name(self.state.as_str()), name(clock_name.as_str()));
        let due = if matches!(clock.when_due, WhenDue::Take(_)) { Due::Ends } else { Due::GoesOn };
        let frame = Frame { x: x - half, y: bottom - half, width: EVENT, height: EVENT };
        let about = format!("{}: {}.", clock.title, clock_words(self.definition, clock));
        let kind = Kind::Timer { on: task_id(self.state), due };
        self.push(id.clone(), kind, clock_words(self.definition, clock), Some(about), frame);
        let below = Point { x, y: bottom + half };
        Origin { id, right: Point { x: x + half, y: bottom }, below }
    }

    fn add_overdue(&mut self, timer: &Origin, clock_name: &ClockName, subject: String) {
        let half = EVENT / 2;
        let top = timer.below.y + 46;
        let part = format!("{}.{}", name(self.state.as_str()), name(clock_name.as_str()));
        let frame = Frame { x: timer.below.x - half, y: top, width: EVENT, height: EVENT };
        self.push(format!("overdue.{part}"), Kind::Overdue, subject, None, frame);
        let points = vec![timer.below, Point { x: timer.below.x, y: top }];
        self.add_flow(format!("late.{part}"), NOTHING, timer, &format!("overdue.{part}"), points);
        self.height = self.height.max(frame.bottom() + 48);
    }
}

/// Where words stand above a line, as many lines of them as they need.
fn above(said: &str, x: i32, y: i32, width: i32) -> Frame {
    let height = LINE * i32::try_from(wrap(said, Style::Note, width).len()).unwrap_or(0);
    Frame { x, y: y - 4 - height, width, height }
}

/// From where a flow begins to a row and along it.
fn path(origin: &Origin, y: i32, x: i32) -> Vec<Point> {
    if origin.right.y == y {
        return vec![origin.right, Point { x, y }];
    }
    vec![origin.below, Point { x: origin.below.x, y }, Point { x, y }]
}
