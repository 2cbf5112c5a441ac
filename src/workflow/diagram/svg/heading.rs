//! The head of a diagram: what it shows, from when, after which source, and how long the process takes.

use std::fmt::Write as _;

use super::pen::{rect, words};
use super::title;
use crate::workflow::Definition;
use crate::workflow::diagram::escape;
use crate::workflow::diagram::layout::{Frame, Point};
use crate::workflow::diagram::text::{self, Line, Style};
use crate::workflow::timeline::timeline;

/// Room left of the words.
const LEFT: i32 = 24;
/// Least width of a diagram, for the words below the title.
const LEAST_WIDTH: i32 = 680;
/// Size of the title.
const SIZE: i32 = 22;

/// The head of a diagram.
pub(super) struct Heading {
    title: String,
    how_long: String,
}

impl Heading {
    pub(super) fn new(definition: &Definition) -> Self {
        Self { title: format!("{}, version {}", definition.title, definition.version), how_long: how_long(definition) }
    }

    /// The width it needs.
    pub(super) fn width(&self) -> i32 {
        let title = text::width(&[Line { text: self.title.clone(), style: Style::Title }]);
        LEAST_WIDTH.max(title * SIZE / Style::Title.size() + 2 * LEFT)
    }

    /// Opens the drawing and writes the head into it.
    pub(super) fn open(&self, definition: &Definition, width: i32, height: i32) -> String {
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" \
             font-family=\"Arial, Helvetica, 'Liberation Sans', sans-serif\">\n"
        );
        let said = format!("{} {}", self.how_long, description(definition));
        let _ = writeln!(out, "<title>{}</title>\n<desc>{}</desc>", escape(&self.title), escape(&said));
        rect(&mut out, Frame { x: 0, y: 0, width, height }, "fill=\"#ffffff\"");
        words(&mut out, Point { x: LEFT, y: 42 }, SIZE, "font-weight=\"bold\"", &self.title);
        let from = format!("From {}, after {}.", definition.effective.format("%-d %B %Y"), definition.source);
        words(&mut out, Point { x: LEFT, y: 66 }, 13, "", &from);
        words(&mut out, Point { x: LEFT, y: 86 }, 13, "", &self.how_long);
        out
    }
}

fn how_long(definition: &Definition) -> String {
    let timeline = timeline(definition);
    let usual = format!("Usual path: {} Working Days, {} months", timeline.usual.total.get(), timeline.usual.months);
    match timeline.limit {
        Some(limit) => format!("{usual}, not counting waits; the source says up to {} months.", limit.months),
        None => format!("{usual}, not counting waits."),
    }
}

/// The process in sentences, for those who cannot see the picture.
fn description(definition: &Definition) -> String {
    let sentences = definition.states.iter().map(|(name, state)| {
        let actions = definition.actions_of(name).map(|(_, action)| {
            let to: Vec<_> = action.to.states(name).into_iter().map(|to| title(definition, to)).collect();
            format!("{} (to: {})", action.title, to.join(", or "))
        });
        match &state.ends {
            Some(ends) => format!("{}: {ends}", state.title),
            None => format!("{}: {}.", state.title, actions.collect::<Vec<_>>().join("; ")),
        }
    });
    sentences.collect::<Vec<_>>().join(" ")
}
