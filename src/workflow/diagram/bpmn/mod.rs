//! A definition as BPMN 2.0 with its layout, as bpmn.io and other modelling tools open it.
//!
//! Each role that owns a state has a lane. A state is a user task; an exclusive gateway follows where several actions
//! are possible or an action branches; a clock is a timer at the edge of the task, which either takes an action or
//! leads to the notice that says it is overdue; an end of the process is an end event beside the task that leads there.
//! Lines run only between the columns of tasks and along the top of a lane, so that none crosses a task.

mod cell;
mod place;
mod write;

use super::layout::{Frame, Point};
use crate::workflow::{Definition, RoleName, StateName};

/// Writes a definition as BPMN 2.0.
pub fn bpmn(definition: &Definition) -> String {
    write::write(definition, &place::place(definition))
}

/// Everything to be written, in its place.
struct Drawing {
    pool: Frame,
    lanes: Vec<Lane>,
    shapes: Vec<Shape>,
    flows: Vec<Flow>,
}

/// The lane of a role.
struct Lane {
    id: String,
    title: String,
    frame: Frame,
}

/// A task, gateway or event.
struct Shape {
    id: String,
    kind: Kind,
    name: String,
    /// What a tool shows on asking about it.
    about: Option<String>,
    frame: Frame,
    label: Option<Frame>,
    /// Which lane it is in.
    lane: usize,
}

/// What a shape is.
#[derive(Clone, PartialEq, Eq)]
enum Kind {
    Start,
    Task,
    /// An exclusive gateway, with the flow taken where no condition holds.
    Gateway {
        default: Option<String>,
    },
    /// A timer at the edge of a task.
    Timer {
        on: String,
        due: Due,
    },
    End,
    /// The end of the work of saying that something is overdue.
    Overdue,
}

/// What a timer does to the task it is at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Due {
    /// The task goes on.
    GoesOn,
    /// The task is over.
    Ends,
}

/// A sequence flow.
struct Flow {
    id: String,
    name: String,
    from: String,
    to: String,
    points: Vec<Point>,
    label: Option<Frame>,
}

/// The role whose lane a state is in.
fn owner<'a>(definition: &'a Definition, state: &StateName) -> Option<&'a RoleName> {
    definition.states.get(state).and_then(|state| state.owner.as_ref())
}
