//! Writing runs: what stays as it was, what came, and what went.

use std::ops::Range;

use super::lens::NoteKind;
use super::markup::{inner, open_tag, qualified_name, raw};
use super::pen::escape;
use super::story::{Part, PartKind, Run, Story};
use super::summary::Tally;
use super::tags::Wrap;
use super::wrappers::{content_of, inside, takes_changes};
use super::write::Writer;
use crate::document::ooxml::{XmlNode, elements};

/// A part of a run of the newer document, gathered until it is known how far it goes.
#[derive(Debug, Clone)]
pub(super) struct Held {
    run: usize,
    parts: Range<usize>,
    place: Range<usize>,
    look: Look,
    wrap: Option<Wrap>,
    /// For each part with text boxes, those of its partner.
    boxes: Vec<(usize, Range<usize>)>,
}

/// Whether a stretch that stays looks as it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Same,
    /// It looked like this run of the older document.
    Was(usize),
}

impl<'x> Writer<'_, 'x, '_> {
    /// Writes a stretch that says the same in both.
    pub(super) fn same(&mut self, old: &Range<usize>, new: &Range<usize>) {
        let newer = self.sides.new;
        let aligned = old.len() == new.len();
        for at in newer.parts_in(new) {
            let Some(part) = newer.parts.get(at) else { continue };
            let Some(run) = part.run else {
                self.beside_runs(part, at, None);
                continue;
            };
            let mut from = part.range.start.max(new.start);
            let end = part.range.end.min(new.end);
            if from == end {
                self.hold(run, at, from..end, self.look_of_held(run), None);
            }
            while from < end {
                let place_old = aligned.then(|| old.start + (from - new.start));
                let (look, length) = self.look(run, place_old);
                let to = end.min(from.saturating_add(length));
                self.hold(run, at, from..to, look, None);
                self.link(part, at, place_old);
                from = to;
            }
        }
        self.release();
    }

    /// How a place looked, and for how many bytes on.
    fn look(&self, run: usize, place_old: Option<usize>) -> (Look, usize) {
        let Some(place) = place_old else { return (Look::Same, usize::MAX) };
        let (older, newer) = (self.sides.old, self.sides.new);
        let at = older.runs.partition_point(|run| run.range.end <= place);
        match (older.runs.get(at), newer.runs.get(run)) {
            (Some(before), Some(after)) if before.range.contains(&place) => {
                let look = if before.format == after.format { Look::Same } else { Look::Was(at) };
                (look, before.range.end - place)
            }
            _ => (Look::Same, usize::MAX),
        }
    }

    fn look_of_held(&self, run: usize) -> Look {
        self.held.as_ref().filter(|held| held.run == run).map_or(Look::Same, |held| held.look)
    }

    /// Remembers which note or text box of the older document stands where this part does.
    fn link(&mut self, part: &Part<'x>, at: usize, place_old: Option<usize>) {
        let (Some(place), PartKind::Leaf) = (place_old, part.kind) else { return };
        let Some(before) = part_at(self.sides.old, place) else { return };
        if NoteKind::of_reference(part.node.name()).is_some() {
            self.links.notes.push((before.node, part.node));
        }
        if let (false, Some(held)) = (part.boxes.is_empty(), self.held.as_mut()) {
            held.boxes.push((at, before.boxes.clone()));
        }
    }

    /// Writes a stretch that only the newer document has, or has here.
    pub(super) fn added(&mut self, range: &Range<usize>, wrap: Wrap) {
        let newer = self.sides.new;
        for at in newer.parts_in(range) {
            let Some(part) = newer.parts.get(at) else { continue };
            if part.range.start < self.written.new {
                continue;
            }
            let Some(run) = part.run else {
                let wrap = Some(wrap).filter(|_| part.kind != PartKind::Open || end_of(newer, at) <= range.end);
                self.written.new = self.beside_runs(part, at, wrap).max(self.written.new);
                continue;
            };
            let place = part.range.start.max(range.start)..part.range.end.min(range.end);
            self.hold(run, at, place, Look::Same, Some(wrap));
            if NoteKind::of_reference(part.node.name()).is_some() {
                self.links.notes_added.push(part.node);
            }
        }
        self.release();
    }

    /// Adds to the part of a run that is held back, or begins another.
    fn hold(&mut self, run: usize, part: usize, place: Range<usize>, look: Look, wrap: Option<Wrap>) {
        match &mut self.held {
            Some(held) if held.run == run && held.look == look && held.wrap == wrap => {
                held.parts.end = part + 1;
                held.place.end = place.end;
            }
            _ => {
                self.release();
                self.held = Some(Held { run, parts: part..part + 1, place, look, wrap, boxes: Vec::new() });
            }
        }
    }

    /// Writes what is held back.
    fn release(&mut self) {
        let newer = self.sides.new;
        let Some(held) = self.held.take() else { return };
        let Some(run) = newer.runs.get(held.run) else { return };
        if self.copied_run == Some(held.run) {
            return;
        }
        self.wrap_in(held.wrap);
        if held.place == run.range && held.look == Look::Same && held.boxes.is_empty() {
            self.out.push_str(raw(self.text, run.node));
            self.copied_run = Some(held.run);
            return;
        }
        self.out.push_str(open_tag(self.text, run.node));
        self.out.push('>');
        match held.look {
            Look::Same => self.out.push_str(run.properties.map_or("", |node| raw(self.text, node))),
            Look::Was(before) => self.reformatted(run, before),
        }
        for at in held.parts.clone() {
            self.part_of_run(at, &held);
        }
        let name = qualified_name(self.text, run.node);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn reformatted(&mut self, run: &Run<'x>, before: usize) {
        let older = self.sides.old;
        let old = older.runs.get(before).and_then(|run| run.properties);
        self.run_properties_changed(run.properties, old);
    }

    fn part_of_run(&mut self, at: usize, held: &Held) {
        let newer = self.sides.new;
        let Some(part) = newer.parts.get(at) else { return };
        let place = part.range.start.max(held.place.start)..part.range.end.min(held.place.end);
        if part.kind == PartKind::Text && place != part.range {
            let name = qualified_name(self.text, part.node);
            write_text(&mut self.out, name, newer.slice(&place));
        } else if let Some((_, old)) = held.boxes.iter().find(|(boxed, _)| *boxed == at) {
            self.boxed(part.boxes.clone(), old.clone(), part.node);
        } else {
            self.out.push_str(raw(self.text, part.node));
        }
    }

    /// Writes what stands beside runs; gives up to where it has written.
    fn beside_runs(&mut self, part: &Part<'x>, at: usize, wrap: Option<Wrap>) -> usize {
        self.release();
        let node = part.node;
        match part.kind {
            PartKind::Unit => {
                self.wrap_in(wrap);
                self.out.push_str(raw(self.text, node));
            }
            PartKind::SimpleField => self.simple_field_here(node, wrap),
            PartKind::Open if wrap.is_some() && !takes_changes(node) => {
                self.wrap_in(wrap);
                self.out.push_str(raw(self.text, node));
                return end_of(self.sides.new, at);
            }
            PartKind::Open => {
                self.close_wrap();
                let tag = node.range().start..inside(self.text, node).start;
                self.out.push_str(self.text.get(tag).unwrap_or_default());
            }
            PartKind::Close => {
                self.close_wrap();
                let tag = inside(self.text, node).end..node.range().end;
                self.out.push_str(self.text.get(tag).unwrap_or_default());
            }
            PartKind::Marker => {
                self.close_wrap();
                self.out.push_str(raw(self.text, node));
            }
            PartKind::Mark | PartKind::Text | PartKind::Leaf => {}
        }
        part.range.end
    }

    fn simple_field_here(&mut self, node: XmlNode<'x>, wrap: Option<Wrap>) {
        if wrap.is_none() {
            self.close_wrap();
            return self.out.push_str(raw(self.text, node));
        }
        self.wrap_in(wrap);
        let runs = self.text.get(inner(self.text, node)).unwrap_or_default();
        let code = crate::document::ooxml::attribute(node, "instr").unwrap_or_default();
        write_field(&mut self.out, self.tags.w, "instrText", code, |out| out.push_str(runs));
    }

    /// Writes what has no width in a stretch, as before the end of a paragraph.
    pub(super) fn markers(&mut self, range: &Range<usize>) {
        let newer = self.sides.new;
        for at in newer.parts_in(range) {
            let Some(part) = newer.parts.get(at).filter(|part| part.kind == PartKind::Marker) else { continue };
            match part.run {
                Some(run) => self.hold(run, at, part.range.clone(), Look::Same, None),
                None => drop(self.beside_runs(part, at, None)),
            }
        }
        self.release();
    }

    /// Writes a stretch that only the older document has, or has here.
    pub(super) fn removed(&mut self, range: &Range<usize>, wrap: Wrap) {
        let older = self.sides.old;
        let mut open_run = None;
        for at in older.parts_in(range) {
            let Some(part) = older.parts.get(at) else { continue };
            if part.range.start < self.written.old || part.kind == PartKind::Marker {
                continue;
            }
            if open_run != part.run {
                self.end_run(&mut open_run);
            }
            let Some(run) = part.run.and_then(|run| older.runs.get(run)) else {
                let whole = part.kind != PartKind::Open || end_of(older, at) <= range.end;
                let wrap = Some(wrap).filter(|_| whole);
                self.written.old = self.removed_beside_runs(part, at, wrap).max(self.written.old);
                continue;
            };
            if open_run.is_none() {
                self.wrap_in(Some(wrap));
                self.begin_old_run(run);
                open_run = part.run;
            }
            let place = part.range.start.max(range.start)..part.range.end.min(range.end);
            self.removed_part(part, &place, wrap);
        }
        self.end_run(&mut open_run);
    }

    fn begin_old_run(&mut self, run: &Run<'x>) {
        let w = self.tags.w;
        put!(self.out, "<{w}r>");
        if let Some(properties) = run.properties {
            self.graft.node(&mut self.out, properties, None);
        }
    }

    fn end_run(&mut self, run: &mut Option<usize>) {
        if run.take().is_some() {
            put!(self.out, "</{}r>", self.tags.w);
        }
    }

    fn removed_part(&mut self, part: &Part<'x>, place: &Range<usize>, wrap: Wrap) {
        if part.kind == PartKind::Text {
            let name = if wrap == Wrap::Removed { "delText" } else { "t" };
            let name = format!("{}{name}", self.tags.w);
            write_text(&mut self.out, &name, self.sides.old.slice(place));
        } else {
            self.graft.node(&mut self.out, part.node, Some(wrap));
        }
    }

    /// Writes what of the older document stands beside runs; gives up to where it has written. A wrapper that ends
    /// beyond the stretch, as in a paragraph that moved and changed, has no mark of its own: what it holds has.
    fn removed_beside_runs(&mut self, part: &Part<'x>, at: usize, wrap: Option<Wrap>) -> usize {
        let node = part.node;
        match part.kind {
            PartKind::Unit => {
                self.wrap_in(wrap);
                self.graft.node(&mut self.out, node, wrap);
            }
            PartKind::SimpleField => {
                self.wrap_in(wrap);
                let code = crate::document::ooxml::attribute(node, "instr").unwrap_or_default();
                let name = if wrap == Some(Wrap::Removed) { "delInstrText" } else { "instrText" };
                let graft = &mut self.graft;
                write_field(&mut self.out, self.tags.w, name, code, |out| graft.children(out, node, wrap));
            }
            PartKind::Open if wrap.is_some() && !takes_changes(node) => {
                self.wrap_in(wrap);
                self.graft.node(&mut self.out, node, wrap);
                return end_of(self.sides.old, at);
            }
            PartKind::Open => {
                self.close_wrap();
                self.begin_old_wrapper(node);
            }
            PartKind::Close => {
                self.close_wrap();
                if let Some(content) = content_of(node) {
                    self.graft.close(&mut self.out, content);
                }
                self.graft.close(&mut self.out, node);
            }
            _ => {}
        }
        part.range.end
    }

    /// Writes the beginning of a link, or of a control with its properties.
    fn begin_old_wrapper(&mut self, node: XmlNode<'x>) {
        self.graft.open(&mut self.out, node);
        let Some(content) = content_of(node) else { return };
        for before in elements(node).take_while(|before| before.id() != content.id()) {
            self.graft.node(&mut self.out, before, None);
        }
        self.graft.open(&mut self.out, content);
    }

    /// Stands runs from here on inside this element, or inside none.
    pub(super) fn wrap_in(&mut self, wrap: Option<Wrap>) {
        if self.wrap == wrap {
            return;
        }
        self.close_wrap();
        let Some(wrap) = wrap else { return };
        let w = self.tags.w;
        put!(self.out, "<{w}{}", wrap.name());
        self.pen.sign(&mut self.out, w);
        self.out.push('>');
        self.wrap = Some(wrap);
        match wrap {
            Wrap::Added => self.pen.count(Tally { insertions: 1, ..Tally::default() }),
            Wrap::Removed => self.pen.count(Tally { deletions: 1, ..Tally::default() }),
            Wrap::MovedFrom | Wrap::MovedTo => {}
        }
    }

    /// Ends the element around runs.
    pub(super) fn close_wrap(&mut self) {
        if let Some(wrap) = self.wrap.take() {
            put!(self.out, "</{}{}>", self.tags.w, wrap.name());
        }
    }
}

/// The part with width that stands at a place.
fn part_at<'s, 'x>(story: &'s Story<'x>, place: usize) -> Option<&'s Part<'x>> {
    story.parts.get(story.parts.partition_point(|part| part.range.end <= place))
}

/// Where the wrapper that the part at `at` opens is closed.
fn end_of(story: &Story<'_>, at: usize) -> usize {
    let parts = story.parts.get(at..).unwrap_or_default();
    let Some(open) = parts.first() else { return 0 };
    let close = parts.iter().find(|part| part.kind == PartKind::Close && part.node.id() == open.node.id());
    close.map_or(open.range.end, |part| part.range.end)
}

/// Writes text as an element of its own, with its white space.
fn write_text(out: &mut String, name: &str, text: &str) {
    out.push('<');
    out.push_str(name);
    out.push_str(" xml:space=\"preserve\">");
    escape(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Writes a simple field as a complex one, which can be marked as a whole.
fn write_field(out: &mut String, w: &str, name: &str, code: &str, result: impl FnOnce(&mut String)) {
    let edge = |kind: &str| format!("<{w}r><{w}fldChar {w}fldCharType=\"{kind}\"/></{w}r>");
    out.push_str(&edge("begin"));
    put!(out, "<{w}r>");
    write_text(out, &format!("{w}{name}"), code);
    put!(out, "</{w}r>");
    out.push_str(&edge("separate"));
    result(out);
    out.push_str(&edge("end"));
}
