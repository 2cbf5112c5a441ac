//! How to read a diagram, and what each end means.

use super::pen::{BACK, DETERMINATION, INK, QUIET, USUAL, arrow, block, double, line, octagon, rect, words};
use crate::workflow::Definition;
use crate::workflow::diagram::layout::{Frame, Point};
use crate::workflow::diagram::text::{self, Line, Style};

/// Width of one entry.
const ENTRY: i32 = 300;
/// Height of one entry.
const ROW: i32 = 34;
/// Room left of it all.
const LEFT: i32 = 34;

/// Something a diagram shows.
#[derive(Clone, Copy)]
enum Sample {
    UsualState,
    Detour,
    Determination,
    End,
    UsualWay,
    OtherWay,
    WayBack,
}

const ENTRIES: [(Sample, &str); 7] = [
    (Sample::UsualState, "a state of the usual path"),
    (Sample::Detour, "dashed border: only on a detour"),
    (Sample::Determination, "cut corners: a determination is made"),
    (Sample::End, "double border: an end, wherever it stands"),
    (Sample::UsualWay, "the usual path"),
    (Sample::OtherWay, "another way on, or the case stays"),
    (Sample::WayBack, "dashed line: back to an earlier state"),
];

/// What stands below a diagram.
pub(super) struct Legend {
    columns: i32,
    endings: Vec<Vec<Line>>,
}

impl Legend {
    /// The legend of a definition in a diagram of this width.
    pub(super) fn new(definition: &Definition, width: i32) -> Self {
        let finals = definition.states.values().filter_map(|state| Some((&state.title, state.ends.as_ref()?)));
        let lines = |title: &String, ends: &String| text::wrap(&format!("{title}: {ends}"), Style::Owner, width - 80);
        Self {
            columns: ((width - LEFT) / ENTRY).max(1),
            endings: finals.map(|(title, ends)| lines(title, ends)).collect(),
        }
    }

    /// Its height.
    pub(super) fn height(&self) -> i32 {
        self.endings_from() + self.endings.iter().map(|lines| text::height(lines) + 6).sum::<i32>() + LEFT
    }

    fn endings_from(&self) -> i32 {
        let rows = ENTRIES.into_iter().zip(0..).map(|(_, place)| place / self.columns + 1).max();
        36 + rows.unwrap_or(0) * ROW
    }

    /// Draws it below `top`.
    pub(super) fn draw(&self, out: &mut String, top: i32) {
        out.push_str("<g id=\"legend\">\n");
        words(out, Point { x: LEFT, y: top + 14 }, 14, "font-weight=\"bold\"", "How to read this");
        for ((sample, said), place) in ENTRIES.into_iter().zip(0..) {
            let (x, y) = (LEFT + place % self.columns * ENTRY, top + 26 + place / self.columns * ROW);
            draw_sample(out, sample, Frame { x, y, width: 44, height: 22 });
            words(out, Point { x: x + 54, y: y + 16 }, 12, "", said);
        }
        let mut y = top + self.endings_from();
        for lines in &self.endings {
            block(out, lines, Point { x: LEFT, y });
            y += text::height(lines) + 6;
        }
        out.push_str("</g>\n");
    }
}

fn draw_sample(out: &mut String, sample: Sample, frame: Frame) {
    let way = |out: &mut String, colour: &str, look: &str| {
        let (from, to) = (Point { x: frame.x, y: frame.middle().y }, Point { x: frame.right(), y: frame.middle().y });
        line(out, &[from, to], &format!("stroke=\"{colour}\" {look}"));
        arrow(out, from, to, colour);
    };
    match sample {
        Sample::UsualState => state(out, frame, "fill=\"#e9f1fa\""),
        Sample::Detour => state(out, frame, "fill=\"#ffffff\" stroke-dasharray=\"6 4\""),
        Sample::Determination => {
            octagon(out, frame, &format!("fill=\"#fff7e0\" stroke=\"{DETERMINATION}\" stroke-width=\"2\""));
        }
        Sample::End => double(out, frame, "#f4f4f4", INK),
        Sample::UsualWay => way(out, USUAL, "stroke-width=\"2.5\""),
        Sample::OtherWay => way(out, QUIET, "stroke-width=\"1.5\""),
        Sample::WayBack => way(out, BACK, "stroke-width=\"1.5\" stroke-dasharray=\"7 3\""),
    }
}

fn state(out: &mut String, frame: Frame, look: &str) {
    rect(out, frame, &format!("rx=\"6\" stroke=\"{USUAL}\" stroke-width=\"2\" {look}"));
}
