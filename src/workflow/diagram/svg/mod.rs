//! A definition as SVG.
//!
//! The picture stands alone: no script, no style sheet, no font and no file from elsewhere. What a line or box is can
//! be told without its colour: by its shape, its dashes or a word.

mod heading;
mod legend;
mod pen;

use std::fmt::Write as _;

use self::heading::Heading;
use self::legend::Legend;
use self::pen::{BACK, DETERMINATION, INK, QUIET, USUAL, arrow, block, double, line, octagon, rect, words};
use super::layout::{Band, Column, Course, Edge, EndMark, Frame, Layout, Point, StateBox, layout};
use super::text::{self, Style};
use super::{beginning, escape};
use crate::workflow::{Definition, State, StateName};

/// What to point out in a diagram: where a case is and where it has been.
#[derive(Debug, Clone, Copy, Default)]
pub struct Highlight<'a> {
    /// The state the case is in.
    pub current: Option<&'a StateName>,
    /// The states it has passed.
    pub visited: &'a [StateName],
}

/// Draws a definition as SVG, for a page or a file of its own.
pub fn svg(definition: &Definition, highlight: Highlight<'_>) -> String {
    let layout = layout(definition);
    let heading = Heading::new(definition);
    let width = layout.width.max(heading.width());
    let legend = Legend::new(definition, width);
    let mut out = heading.open(definition, width, layout.height + legend.height());
    for (index, band) in layout.bands.iter().enumerate() {
        draw_band(&mut out, band, index);
    }
    draw_start(&mut out, definition, &layout);
    for edge in &layout.edges {
        draw_edge(&mut out, definition, edge);
    }
    for state in &layout.boxes {
        draw_box(&mut out, definition, state, highlight);
    }
    for end in &layout.ends {
        draw_end(&mut out, end, highlight);
    }
    legend.draw(&mut out, layout.height + 10);
    out.push_str("</svg>\n");
    out
}

fn title<'a>(definition: &'a Definition, name: &'a StateName) -> &'a str {
    definition.states.get(name).map_or(name.as_str(), |state| state.title.as_str())
}

fn draw_band(out: &mut String, band: &Band, index: usize) {
    let fill = if index.is_multiple_of(2) { "fill=\"#f3f5f8\"" } else { "fill=\"#ffffff\" stroke=\"#e3e7ec\"" };
    rect(out, band.frame, fill);
    let at = Point { x: band.frame.x + 10, y: band.frame.y + 22 };
    words(out, at, Style::Title.size(), "font-weight=\"bold\"", &band.title);
}

fn draw_start(out: &mut String, definition: &Definition, layout: &Layout) {
    let Some([from, to]) = layout.start else { return };
    let _ = writeln!(out, "<g id=\"start\"><title>{}</title>", escape(&beginning(definition)));
    let _ = writeln!(out, "<circle cx=\"{}\" cy=\"{}\" r=\"9\" fill=\"{INK}\"/>", from.x, from.y);
    let below = Point { x: from.x, y: from.y + 9 };
    line(out, &[below, to], &format!("stroke=\"{USUAL}\" stroke-width=\"2.5\""));
    arrow(out, below, to, USUAL);
    words(out, Point { x: from.x + 18, y: from.y + 5 }, 13, "font-weight=\"bold\"", &beginning(definition));
    out.push_str("</g>\n");
}

fn draw_edge(out: &mut String, definition: &Definition, edge: &Edge) {
    let (colour, look) = match edge.course {
        Course::Usual => (USUAL, "stroke-width=\"2.5\""),
        Course::Back => (BACK, "stroke-width=\"1.5\" stroke-dasharray=\"7 3\""),
        Course::Onward | Course::Stay | Course::End => (QUIET, "stroke-width=\"1.5\""),
    };
    let said = format!("{}: {}", title(definition, &edge.from), action_title(definition, edge));
    let _ = writeln!(
        out,
        "<g id=\"{}\"><title>{} \u{2192} {}</title>",
        edge.id,
        escape(&said),
        escape(title(definition, &edge.to))
    );
    // From the arrow back, so that the dashes of lines that join fall on each other.
    let points: Vec<_> = edge.points.iter().rev().copied().collect();
    line(out, &points, &format!("stroke=\"{colour}\" {look}"));
    if let [.., before, last] = edge.points.as_slice() {
        arrow(out, *before, *last, colour);
    }
    let frame = edge.label.frame;
    block(out, &edge.label.lines, Point { x: frame.x, y: frame.y });
    out.push_str("</g>\n");
}

fn action_title<'a>(definition: &'a Definition, edge: &'a Edge) -> &'a str {
    definition.action(&edge.from, &edge.action).map_or(edge.action.as_str(), |action| action.title.as_str())
}

fn draw_box(out: &mut String, definition: &Definition, drawn: &StateBox, highlight: Highlight<'_>) {
    let Some(state) = definition.states.get(&drawn.state) else { return };
    let _ =
        writeln!(out, "<g id=\"state.{}\"><title>{}</title>", super::name(drawn.state.as_str()), escape(&state.title));
    draw_outline(out, drawn, state, highlight);
    let room = drawn.frame.height - text::height(&drawn.lines);
    block(out, &drawn.lines, Point { x: drawn.frame.x + 12, y: drawn.frame.y + room / 2 });
    draw_tag(out, drawn.frame, &drawn.state, highlight);
    out.push_str("</g>\n");
}

fn draw_outline(out: &mut String, drawn: &StateBox, state: &State, highlight: Highlight<'_>) {
    let width = if highlight.current == Some(&drawn.state) { 4 } else { 2 };
    let dash = if state.detour.is_some() || drawn.column == Column::Beside { " stroke-dasharray=\"6 4\"" } else { "" };
    let frame = drawn.frame;
    if state.is_final() {
        double(out, frame, "#e7f3ea", "#1d5c33");
    } else if state.determination.is_some() {
        let look = format!("fill=\"#fff7e0\" stroke=\"{DETERMINATION}\" stroke-width=\"{width}\"{dash}");
        octagon(out, frame, &look);
    } else {
        let fill = if drawn.column == Column::Usual { "#e9f1fa" } else { "#ffffff" };
        rect(out, frame, &format!("rx=\"6\" fill=\"{fill}\" stroke=\"{USUAL}\" stroke-width=\"{width}\"{dash}"));
    }
}

fn draw_end(out: &mut String, end: &EndMark, highlight: Highlight<'_>) {
    let title = end.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    let _ = writeln!(out, "<g><title>{}</title>", escape(&title));
    double(out, end.frame, "#f4f4f4", INK);
    let room = end.frame.height - text::height(&end.lines);
    let mut y = end.frame.y + room / 2;
    for line in &end.lines {
        let at = Point { x: end.frame.middle().x, y: y + line.style.size() };
        words(out, at, line.style.size(), "text-anchor=\"middle\" font-weight=\"bold\"", &line.text);
        y += line.style.leading();
    }
    draw_tag(out, end.frame, &end.state, highlight);
    out.push_str("</g>\n");
}

/// A tag on the top edge that says where a case is or has been.
fn draw_tag(out: &mut String, frame: Frame, state: &StateName, highlight: Highlight<'_>) {
    let (said, width) = match highlight {
        Highlight { current: Some(current), .. } if current == state => ("It is here now", 104),
        Highlight { visited, .. } if visited.contains(state) => ("\u{2713} passed", 74),
        _ => return,
    };
    let tag = Frame { x: frame.right() - width - 8, y: frame.y - 10, width, height: 19 };
    rect(out, tag, &format!("rx=\"9\" fill=\"{USUAL}\""));
    let at = Point { x: tag.middle().x, y: tag.y + 14 };
    words(out, at, 12, "text-anchor=\"middle\" font-weight=\"bold\" fill=\"#ffffff\"", said);
}
