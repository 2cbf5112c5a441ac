//! Setting a paragraph: its lines with all that is drawn on them.

use krilla::tagging::{Tag, TextDecorationType};

use super::compose::{Composer, Link};
use super::flow::{Area, Item, LinkNumber, Mark, Pen, Says, Space, Strip, Words};
use super::fonts::{Face, Fonts, drawn_as};
use super::ink::{Ink, Leads, Source, Stroke, takes_no_room};
use super::lines::{self, Direction, Piece};
use super::style::{self, Keep, Look, MARGIN, NARROWEST};
use super::tags::{Leaf, Part};
use crate::document::markup::legible;
use crate::document::revision::{Change, Revision};
use crate::document::table::Align;

/// How and where a paragraph is set.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    /// How it looks.
    pub(super) look: Look,
    /// Where its lines begin.
    pub(super) left: f32,
    /// How wide its lines are.
    pub(super) width: f32,
    /// How its lines are aligned.
    pub(super) align: Align,
    /// What part of the structure it is.
    pub(super) part: Part,
    /// What stands before its first line.
    pub(super) label: Option<Label>,
}

/// A number or a bullet before the first line of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// What it says.
    pub(super) text: String,
    /// Where it begins.
    pub(super) left: f32,
    /// What part of the structure it is.
    pub(super) part: Part,
}

/// A line being put together.
struct Line {
    marks: Vec<Mark>,
    baseline: f32,
    height: f32,
}

/// A paragraph being set.
struct Job<'j> {
    source: &'j Source,
    setting: &'j Setting,
    /// The part of the structure that each run is, once it has begun.
    wrapped: Vec<Option<Wrapped>>,
}

/// Whether a line is the first of its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nth {
    First,
    Later,
}

/// The part of the structure that a run is, and the link it is part of.
#[derive(Debug, Clone, Copy)]
struct Wrapped {
    part: Part,
    leaf: Leaf,
    link: Option<LinkNumber>,
}

/// Where ordinary text stands in a line of this look, from the top.
pub(super) fn baseline(look: &Look) -> f32 {
    look.line / 2.0 + look.size * 0.3465
}

impl Composer<'_> {
    /// Sets a paragraph.
    pub(super) fn set(&mut self, mut source: Source, setting: &Setting) -> Vec<Item> {
        if source.atoms.is_empty() {
            // An empty paragraph, such as an empty cell, has its place in the structure too.
            source.add(self.fonts, Ink::plain(&setting.look), " ");
        }
        let broken = lines::break_lines(&source, setting.width.max(NARROWEST));
        let (look, count) = (&setting.look, broken.len());
        let mut job = Job { wrapped: vec![None; source.inks.len()], source: &source, setting };
        let strips = broken.iter().zip(1..).map(|(line, number)| {
            let strip = self.line(
                &mut job,
                &lines::pieces(&source, line),
                line.width,
                if number == 1 { Nth::First } else { Nth::Later },
            );
            // Neither the first line nor the last one stands alone on a page.
            let tied = number < count && (number == 1 || number + 1 == count);
            let keep = if tied { Keep::WithNext } else { look.keep };
            let before = if number == 1 { look.before } else { 0.0 };
            let after = if number == count { look.after } else { 0.0 };
            let space = Space { before, after };
            Item::Strip(Strip { space, height: strip.height, keep, marks: strip.marks })
        });
        strips.collect()
    }

    fn line(&mut self, job: &mut Job<'_>, pieces: &[Piece], width: f32, place: Nth) -> Line {
        let (source, setting) = (job.source, job.setting);
        let inks = || pieces.iter().filter_map(|piece| source.inks.get(piece.ink));
        let tallest = inks().filter_map(|ink| ink.picture.as_ref()).map(|picture| picture.height).fold(0.0, f32::max);
        let text = baseline(&setting.look);
        let baseline = text.max(tallest);
        let mut line = Line { marks: Vec::new(), baseline, height: setting.look.line - text + baseline };
        if let Some(mut words) = self.beside(inks().flat_map(|ink| &ink.revisions), setting.part, baseline) {
            line.marks.push(Mark::ChangeBar(0.0, line.height));
            line.marks.append(&mut words);
        }
        if let Some(label) = setting.label.as_ref().filter(|_| place == Nth::First) {
            line.marks.push(self.label(label, &setting.look, baseline));
        }
        let spare = (setting.width - width).max(0.0);
        let start = setting.left
            + match setting.align {
                Align::Start => 0.0,
                Align::Centre => spare / 2.0,
                Align::End => spare,
            };
        for piece in pieces {
            if let (Some(ink), Some(wrapped)) = (source.inks.get(piece.ink), job.wrapped.get_mut(piece.ink)) {
                let wrapped = *wrapped.get_or_insert_with(|| self.wrap(setting.part, ink));
                self.draw(&mut line, piece, ink, wrapped, start);
            }
        }
        line
    }

    fn label(&mut self, label: &Label, look: &Look, baseline: f32) -> Mark {
        let ink = Ink::plain(look);
        let pen = Pen { face: ink.face, size: ink.size, colour: ink.colour };
        let says = Says::Text(format!("{} ", label.text));
        let leaf = Some(self.tags.leaf(label.part));
        Mark::Words(Words { x: label.left, baseline, width: 0.0, says, pen, leaf, link: None })
    }

    fn draw(&mut self, line: &mut Line, piece: &Piece, ink: &Ink, wrapped: Wrapped, start: f32) {
        let x = start + piece.x;
        if let Some(picture) = &ink.picture {
            let shows = if piece.text.trim().is_empty() { "An image" } else { &piece.text };
            let figure = self.tags.within(wrapped.part, Tag::Figure(Some(shows.to_owned())));
            let area = Area { x, y: line.baseline - picture.height, width: picture.width, height: picture.height };
            let leaf = Some(self.tags.leaf(figure));
            line.marks.push(Mark::Picture(picture.clone(), area, leaf));
            strokes(&mut line.marks, ink, Area { y: line.baseline, ..area });
            return;
        }
        let baseline = line.baseline - ink.raised;
        let (says, other) = seen(self.fonts, piece);
        let leaf = Some(match other {
            Some(other) => {
                let part = self.tags.within(wrapped.part, Tag::Span.with_actual_text(Some(other)));
                self.tags.leaf(part)
            }
            None => wrapped.leaf,
        });
        strokes(&mut line.marks, ink, Area { x, y: baseline, width: piece.width, height: 0.0 });
        let (pen, width, link) = (piece.pen, piece.width, wrapped.link);
        line.marks.push(Mark::Words(Words { x, baseline, width, says, pen, leaf, link }));
    }

    fn wrap(&mut self, parent: Part, ink: &Ink) -> Wrapped {
        let (mut part, mut link) = (parent, None);
        if !ink.revisions.is_empty() {
            let stroke = if ink.through == Stroke::None {
                TextDecorationType::Underline
            } else {
                TextDecorationType::LineThrough
            };
            part = self.tags.within(part, Tag::Span.with_text_decoration_type(Some(stroke)));
        }
        if let Some(leads) = &ink.leads {
            part = self.tags.within(part, Tag::Link);
            link = Some(self.link(leads.clone(), part));
        }
        Wrapped { part, leaf: self.tags.leaf(part), link }
    }

    /// Adds a link, whose place in the structure is the next within this part.
    pub(super) fn link(&mut self, leads: Leads, part: Part) -> LinkNumber {
        self.links.push(Link { leads, leaf: self.tags.leaf(part) });
        LinkNumber(self.links.len() - 1)
    }

    /// The words in the margin beside what was changed, for the changes that begin; nothing where nothing was changed.
    pub(super) fn beside<'r>(
        &mut self,
        revisions: impl Iterator<Item = &'r Revision>,
        part: Part,
        baseline: f32,
    ) -> Option<Vec<Mark>> {
        let mut begun = Vec::new();
        let mut revisions = revisions.peekable();
        revisions.peek()?;
        for revision in revisions {
            let known = (revision.number, revision.change);
            if self.beside != Some(known) {
                self.beside = Some(known);
                begun.push(revision);
            }
        }
        Some(if begun.is_empty() { Vec::new() } else { self.margin(&begun, part, baseline) })
    }

    /// Names the authors of changes in the margin, on two lines at most.
    fn margin(&mut self, begun: &[&Revision], part: Part, baseline: f32) -> Vec<Mark> {
        let heard: Vec<String> = begun.iter().map(|revision| said(revision)).collect();
        let part = self.tags.within(part, Tag::Span.with_alt_text(Some(heard.join(" "))));
        let mut authors: Vec<&str> = begun.iter().map(|revision| revision.author.as_str()).collect();
        authors.dedup();
        let (first, others) =
            authors.split_first().map_or(("", Vec::new()), |(first, others)| (*first, others.to_vec()));
        let others = others.join(", ");
        let lines: Vec<&str> = [first, others.as_str()].into_iter().filter(|line| !line.is_empty()).collect();
        let half = if lines.len() > 1 { MARGIN.size * 0.55 } else { 0.0 };
        let pen = Pen { face: Face::Regular, size: MARGIN.size, colour: MARGIN.colour };
        let places = [baseline - half - 0.8, baseline + half - 0.8];
        let words = lines.into_iter().zip(places).map(|(line, baseline)| {
            let text = self.shortened(line, pen.face, pen.size, style::MARGIN_WIDTH);
            let width = self.fonts.width(pen.face, pen.size, &text);
            let leaf = Some(self.tags.leaf(part));
            let says = Says::Text(format!("{text} "));
            Mark::Margin(Words { x: 0.0, baseline, width, says, pen, leaf, link: None })
        });
        words.collect()
    }

    /// Text on one line, cut where it is wider than there is room.
    pub(super) fn shortened(&self, text: &str, face: Face, size: f32, room: f32) -> String {
        let mut text = legible(text).replace(['\n', '\t', '\u{FEFF}', '\u{2028}', '\u{2029}'], " ");
        let sign = self.fonts.width(face, size, "…");
        let mut width = 0.0;
        let mut kept = 0;
        for (place, letter) in text.char_indices() {
            width += self.fonts.glyph(face, letter).advance * size;
            if width > room {
                text.truncate(kept);
                text.push('…');
                break;
            }
            if width + sign <= room {
                kept = place + letter.len_utf8();
            }
        }
        text
    }
}

/// What is seen of the words of a line, from left to right, and what they are if that is not the same.
fn seen(fonts: &Fonts, piece: &Piece) -> (Says, Option<String>) {
    let letters = || piece.text.chars().filter(|letter| !takes_no_room(*letter));
    let text: String = letters().map(|letter| fonts.seen(piece.pen.face, letter)).collect();
    let other = || Some(piece.text.clone());
    if !text.chars().eq(letters().map(drawn_as)) {
        return (Says::InPlaceOf(text, piece.text.clone()), other());
    }
    match piece.direction {
        Direction::Rightward => (Says::Text(text), None),
        // Programs that read pages put letters of such scripts in order themselves.
        Direction::Leftward => (Says::Text(text.chars().rev().collect()), other()),
    }
}

/// What was done, in words for those who listen.
fn said(revision: &Revision) -> String {
    let done = match revision.change {
        Change::Inserted => "inserted",
        Change::Deleted => "deleted",
        Change::MovedFrom => "moved from here",
        Change::MovedTo => "moved to here",
        Change::Formatted => "set otherwise",
    };
    let author = legible(&revision.author);
    let by = if author.is_empty() { String::new() } else { format!(" by {author}") };
    format!("Change {}: {done}{by}.", revision.number)
}

/// Draws the lines below and through words; `area` begins where the words stand.
fn strokes(marks: &mut Vec<Mark>, ink: &Ink, area: Area) {
    if area.width <= 0.0 {
        return;
    }
    let height = (ink.size * 0.06).max(0.4);
    let mut rule = |x: f32, y: f32, width: f32| {
        marks.push(Mark::Fill(Area { x, y: area.y + y, width, height }, ink.colour));
    };
    let below = ink.size * 0.12;
    match ink.below {
        Stroke::None => {}
        Stroke::Single => rule(area.x, below, area.width),
        Stroke::Double => [below, below + 2.2 * height].into_iter().for_each(|y| rule(area.x, y, area.width)),
        Stroke::Dashed => {
            let mut x = area.x;
            while x < area.x + area.width {
                rule(x, below, (area.x + area.width - x).min(2.0));
                x += 3.6;
            }
        }
    }
    let through = ink.size * -0.29;
    match ink.through {
        Stroke::None => {}
        Stroke::Single | Stroke::Dashed => rule(area.x, through, area.width),
        Stroke::Double => [-1.1, 1.1].into_iter().for_each(|y| rule(area.x, through + y * height, area.width)),
    }
}
