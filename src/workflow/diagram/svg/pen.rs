//! The few shapes a diagram is drawn with.

use std::fmt::Write as _;

use crate::workflow::diagram::escape;
use crate::workflow::diagram::layout::{Frame, Point};
use crate::workflow::diagram::text::{Line, Style};

/// Words, and the borders of ends. Every colour here stands out from its ground by more than 4.5 to 1.
pub(super) const INK: &str = "#1a1a1a";
/// Ways beside the usual path.
pub(super) const QUIET: &str = "#4a4f57";
/// The usual path.
pub(super) const USUAL: &str = "#1f4e79";
/// Ways back.
pub(super) const BACK: &str = "#8f3a00";
/// Determinations.
pub(super) const DETERMINATION: &str = "#6b4a00";

/// Some lines of text from a top left corner.
pub(super) fn block(out: &mut String, lines: &[Line], from: Point) {
    let mut y = from.y;
    for line in lines {
        let baseline = y + line.style.size();
        sign(out, line.style, Point { x: from.x + 6, y: baseline - 4 });
        let look = match line.style {
            Style::Title => "font-weight=\"bold\"",
            Style::Aside => "font-style=\"italic\"",
            _ => "",
        };
        words(out, Point { x: from.x + line.style.indent(), y: baseline }, line.style.size(), look, &line.text);
        y += line.style.leading();
    }
}

/// The sign before a line: a small clock, or the diamond of a determination.
fn sign(out: &mut String, style: Style, at: Point) {
    let Point { x, y } = at;
    let _ = match style {
        Style::Clock => writeln!(
            out,
            "<path d=\"M{} {y} a6 6 0 1 0 12 0 a6 6 0 1 0 -12 0 M{x} {} V{y} H{}\" fill=\"none\" stroke=\"{INK}\"/>",
            x - 6,
            y - 4,
            x + 3,
        ),
        Style::Mark => writeln!(
            out,
            "<path d=\"M{} {y} L{x} {} L{} {y} L{x} {} Z\" fill=\"{DETERMINATION}\"/>",
            x - 6,
            y - 6,
            x + 6,
            y + 6,
        ),
        _ => Ok(()),
    };
}

pub(super) fn words(out: &mut String, at: Point, size: i32, look: &str, said: &str) {
    let fill = if look.contains("fill=") { String::new() } else { format!(" fill=\"{INK}\"") };
    let look = if look.is_empty() { String::new() } else { format!(" {look}") };
    let _ =
        writeln!(out, "<text x=\"{}\" y=\"{}\" font-size=\"{size}\"{fill}{look}>{}</text>", at.x, at.y, escape(said));
}

pub(super) fn rect(out: &mut String, frame: Frame, look: &str) {
    let Frame { x, y, width, height } = frame;
    let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {look}/>");
}

/// A line with its corners rounded, so that where lines join can be told from where they cross.
pub(super) fn line(out: &mut String, points: &[Point], look: &str) {
    let mut path = String::new();
    for (index, point) in points.iter().enumerate() {
        let _ = match (index, index.checked_sub(1).and_then(|before| points.get(before)), points.get(index + 1)) {
            (_, Some(before), Some(after)) => {
                let (into, out_of) = (toward(*point, *before), toward(*point, *after));
                write!(path, " L{} {} Q{} {} {} {}", into.x, into.y, point.x, point.y, out_of.x, out_of.y)
            }
            (0, ..) => write!(path, "M{} {}", point.x, point.y),
            _ => write!(path, " L{} {}", point.x, point.y),
        };
    }
    let _ = writeln!(out, "<path d=\"{path}\" fill=\"none\" {look}/>");
}

/// A point a little from a corner towards another.
fn toward(corner: Point, other: Point) -> Point {
    let step = |from: i32, to: i32| from + (to - from).clamp(-6, 6);
    Point { x: step(corner.x, other.x), y: step(corner.y, other.y) }
}

pub(super) fn arrow(out: &mut String, before: Point, tip: Point, colour: &str) {
    let (dx, dy) = ((tip.x - before.x).signum(), (tip.y - before.y).signum());
    let base = Point { x: tip.x - 9 * dx, y: tip.y - 9 * dy };
    let (one, other) = ((base.x - 4 * dy, base.y - 4 * dx), (base.x + 4 * dy, base.y + 4 * dx));
    let _ = writeln!(
        out,
        "<path d=\"M{} {} L{} {} L{} {} Z\" fill=\"{colour}\"/>",
        tip.x, tip.y, one.0, one.1, other.0, other.1,
    );
}

/// A box with its corners cut off.
pub(super) fn octagon(out: &mut String, frame: Frame, look: &str) {
    let (left, top, right, bottom) = (frame.x, frame.y, frame.right(), frame.bottom());
    let cut = (frame.height / 4).min(13);
    let (far_right, far_bottom) = (right - cut, bottom - cut);
    let _ = writeln!(
        out,
        "<path d=\"M{} {top} H{far_right} L{right} {} V{far_bottom} L{far_right} {bottom} H{} L{left} {far_bottom} V{} Z\" {look}/>",
        left + cut,
        top + cut,
        left + cut,
        top + cut,
    );
}

/// The rounded double border of an end.
pub(super) fn double(out: &mut String, frame: Frame, fill: &str, stroke: &str) {
    let inner = Frame { x: frame.x + 3, y: frame.y + 3, width: frame.width - 6, height: frame.height - 6 };
    let round = frame.height / 2;
    let outer = format!("rx=\"{}\" fill=\"{fill}\" stroke=\"{stroke}\"", round.min(24));
    rect(out, frame, &outer);
    rect(out, inner, &format!("rx=\"{}\" fill=\"none\" stroke=\"{stroke}\"", round.min(24) - 3));
}
