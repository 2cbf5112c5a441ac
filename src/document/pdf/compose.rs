//! The blocks of a document, set one below the other.

use std::num::NonZeroU16;

use krilla::tagging::{Tag, TagKind};

use super::flow::{Anchor, Area, Item, Mark, Strip};
use super::fonts::Fonts;
use super::ink::{Ink, Leads, Source};
use super::picture::Picture;
use super::set::{Label, Setting};
use super::style::{self, Keep, Look, NARROWEST, NUMBER, STEP, TEXT_WIDTH};
use super::tags::{Leaf, Part, Tags};
use super::{Images, contents};
use crate::document::markup::legible;
use crate::document::outline::{self, Entry};
use crate::document::revision::{Change, Revision};
use crate::document::table::Align;
use crate::document::text_runs::{Run, Script, Text};
use crate::document::tree::{Block, Document, Heading, Paragraph, ParagraphStyle};

/// A document being set.
pub(super) struct Composer<'a> {
    /// The typefaces.
    pub(super) fonts: &'a Fonts,
    /// The structure so far.
    pub(super) tags: Tags,
    /// The links so far.
    pub(super) links: Vec<Link>,
    /// The change and what it did that the margin named last.
    pub(super) beside: Option<(u32, Change)>,
    images: Images,
    notes: Vec<&'a [Block]>,
    paragraphs: u32,
    depth: u8,
}

/// A link of the document.
#[derive(Debug)]
pub(super) struct Link {
    /// Where it leads.
    pub(super) leads: Leads,
    /// Its place in the structure.
    pub(super) leaf: Leaf,
}

/// Where blocks stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Where their lines begin.
    pub(super) left: f32,
    /// How wide their lines are.
    pub(super) width: f32,
    /// The part of the structure they are in; none for the document itself.
    pub(super) part: Option<Part>,
    /// What they stand in.
    pub(super) within: Within,
    /// Whether a paragraph there is a part of the structure by itself.
    pub(super) paragraphs: Paragraphs,
}

/// Whether a paragraph is a part of the structure by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paragraphs {
    /// It is.
    Parts,
    /// It is all there is in a cell or an item, and needs none.
    Sole,
}

impl Paragraphs {
    /// How the paragraphs among these blocks are parts.
    pub(super) fn among(blocks: &[Block]) -> Self {
        match blocks {
            [Block::Paragraph(Paragraph { style: ParagraphStyle::Body, .. })] => Self::Sole,
            _ => Self::Parts,
        }
    }
}

/// What blocks stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// The page itself.
    Page,
    /// An item of a list, so deep.
    Item(u8),
    /// A cell of a table.
    Cell(Align),
    /// A cell that names a row or a column.
    Head(Align),
    /// A note.
    Note,
}

impl Place {
    /// The page itself.
    pub(super) const PAGE: Self =
        Self { left: 0.0, width: TEXT_WIDTH, part: None, within: Within::Page, paragraphs: Paragraphs::Parts };

    fn align(self) -> Align {
        match self.within {
            Within::Cell(align) | Within::Head(align) => align,
            Within::Page | Within::Item(_) | Within::Note => Align::Start,
        }
    }

    /// The place further in from the left.
    pub(super) fn set_in(self, by: f32) -> Self {
        let by = by.min((self.width - NARROWEST).max(0.0));
        Self { left: self.left + by, width: self.width - by, ..self }
    }

    /// How a paragraph looks here.
    pub(super) fn look(self, style: ParagraphStyle) -> Look {
        match (self.within, style) {
            (_, ParagraphStyle::Note) | (Within::Note, _) => style::NOTE,
            (Within::Head(_), _) => style::HEAD,
            (Within::Cell(_), ParagraphStyle::Caption) => Look { bold: true, ..style::CELL },
            (Within::Cell(_), _) => style::CELL,
            (Within::Item(_), ParagraphStyle::Body) => style::ITEM,
            (_, style) => style::paragraph(style),
        }
    }
}

impl<'a> Composer<'a> {
    /// A document of which nothing is set yet.
    pub(super) fn new(fonts: &'a Fonts, images: Images) -> Self {
        Self {
            fonts,
            tags: Tags::default(),
            links: Vec::new(),
            beside: None,
            images,
            notes: Vec::new(),
            paragraphs: 0,
            depth: 0,
        }
    }

    /// Begins a part of the structure in a place.
    pub(super) fn part(&mut self, place: Place, tag: impl Into<TagKind>) -> Part {
        match place.part {
            Some(parent) => self.tags.within(parent, tag),
            None => self.tags.part(tag),
        }
    }

    /// Begins the part of the structure that a paragraph is.
    pub(super) fn paragraph_part(&mut self, place: Place) -> Part {
        match place.part.filter(|_| place.paragraphs == Paragraphs::Sole) {
            Some(part) => part,
            None => self.part(place, Tag::P),
        }
    }

    /// Sets a document with its title and its notes.
    pub(super) fn document(&mut self, document: &'a Document) -> Vec<Item> {
        let title = self.part(Place::PAGE, Tag::Title);
        let mut items = self.plain(&document.title, style::TITLE, title);
        for line in &document.subtitle {
            let part = self.part(Place::PAGE, Tag::P);
            items.extend(self.plain(line, style::SUBTITLE, part));
        }
        if let Some(Item::Strip(last)) = items.last_mut() {
            (last.space.after, last.keep) = (16.0, Keep::Free);
        }
        let outline = outline::outline(&document.blocks);
        let mut headings = outline.iter();
        for block in &document.blocks {
            match block {
                Block::Heading(heading) => {
                    if let Some(entry) = headings.next() {
                        items.extend(self.heading(heading, entry));
                    }
                }
                Block::Contents => items.extend(contents::set(self, &outline)),
                Block::PageBreak => items.push(Item::PageBreak),
                block => items.extend(self.block(block, Place::PAGE)),
            }
        }
        items.extend(self.all_notes());
        items
    }

    /// Sets text that is all alike.
    pub(super) fn plain(&mut self, text: &str, look: Look, part: Part) -> Vec<Item> {
        let mut source = Source::default();
        source.add(self.fonts, Ink::plain(&look), text);
        self.set(source, &setting(look, Place::PAGE, part))
    }

    /// Sets blocks one below the other.
    pub(super) fn blocks(&mut self, blocks: &'a [Block], place: Place) -> Vec<Item> {
        blocks.iter().flat_map(|block| self.block(block, place)).collect()
    }

    fn block(&mut self, block: &'a Block, place: Place) -> Vec<Item> {
        match block {
            Block::Heading(heading) => {
                let part = self.part(place, Tag::P);
                let look = Look { bold: true, keep: Keep::WithNext, ..place.look(ParagraphStyle::Body) };
                self.text(&heading.text, &heading.revisions, &setting(look, place, part))
            }
            Block::Paragraph(paragraph) => self.paragraph(paragraph, place),
            Block::List(list) => self.list(list, place),
            Block::Table(table) => self.table(table, place),
            Block::Contents | Block::PageBreak => Vec::new(),
        }
    }

    /// Sets the runs of a text, and shows where the end of its paragraph was changed.
    pub(super) fn text(&mut self, text: &'a Text, revisions: &[Revision], setting: &Setting) -> Vec<Item> {
        let mut source = Source::default();
        for run in &text.runs {
            self.run(&mut source, run, setting);
        }
        let ends: Vec<Revision> =
            revisions.iter().filter(|mark| !text.runs.iter().all(|run| has(run, mark))).cloned().collect();
        if !ends.is_empty() {
            let mut ink = Ink::plain(&setting.look);
            ink.revise(&ends);
            source.add(self.fonts, ink, "¶");
        }
        self.set(source, setting)
    }

    fn run(&mut self, source: &mut Source, run: &'a Run, setting: &Setting) {
        let mut ink = Ink::of(run, &setting.look);
        let image = run.image.as_ref();
        let picture = image.filter(|_| self.images == Images::Drawn);
        ink.picture = picture.and_then(|image| Picture::read(image, setting.width.max(NARROWEST)));
        match (image, &ink.picture) {
            (Some(_), Some(_)) => source.add_picture(ink, &run.text),
            (Some(_), None) => source.add(self.fonts, ink, &format!("[Image: {}]", run.text)),
            (None, _) => source.add(self.fonts, ink, &run.text),
        }
        if !run.footnote.is_empty() {
            self.notes.push(&run.footnote);
            let number = u32::try_from(self.notes.len()).unwrap_or(u32::MAX);
            let sign = Run { script: Script::Super, revisions: run.revisions.clone(), ..Run::default() };
            let mut ink = Ink::of(&sign, &setting.look);
            ink.leads = Some(Leads::Within(Anchor::Note(number)));
            source.add(self.fonts, ink, &number.to_string());
        }
    }

    fn paragraph(&mut self, paragraph: &'a Paragraph, place: Place) -> Vec<Item> {
        let look = place.look(paragraph.style);
        let within = matches!(place.within, Within::Cell(_) | Within::Head(_));
        match paragraph.style {
            ParagraphStyle::Numbered => {
                self.paragraphs += 1;
                let part = self.part(place, Tag::P);
                let label = Label { text: format!("{}.", self.paragraphs), left: place.left, part };
                let set_in = (self.width(&look, &label.text) + 6.0).max(NUMBER);
                let setting = Setting { label: Some(label), ..setting(look, place.set_in(set_in), part) };
                self.text(&paragraph.text, &paragraph.revisions, &setting)
            }
            ParagraphStyle::Quote if !within => {
                let part = self.part(place, Tag::BlockQuote);
                let mut set_in = place.set_in(STEP);
                set_in.width = (set_in.width - STEP).max(NARROWEST);
                let part = self.part(Place { part: Some(part), ..place }, Tag::P);
                let mut items = self.text(&paragraph.text, &paragraph.revisions, &setting(look, set_in, part));
                bar(&mut items, place.left + 6.0);
                items
            }
            style => {
                let part = match style {
                    ParagraphStyle::Title => self.part(place, Tag::Title),
                    _ => self.paragraph_part(place),
                };
                self.text(&paragraph.text, &paragraph.revisions, &setting(look, place, part))
            }
        }
    }

    fn heading(&mut self, heading: &'a Heading, entry: &Entry<'_>) -> Vec<Item> {
        let look = style::heading(heading.level);
        self.depth = heading.level.depth().min(self.depth + 1);
        let title = legible(&title(entry));
        let level = NonZeroU16::new(u16::from(self.depth)).unwrap_or(NonZeroU16::MIN);
        let part = self.tags.part(Tag::Hn(level, Some(title)));
        let mut setting = setting(look, Place::PAGE, part);
        if let Some(number) = &entry.number {
            let least = NUMBER + 7.0 * f32::from(heading.level.depth() - 1);
            let set_in = Place::PAGE.set_in((self.width(&look, number) + 9.0).max(least));
            (setting.left, setting.width) = (set_in.left, set_in.width);
            setting.label = Some(Label { text: number.clone(), left: 0.0, part });
        }
        let mut items = self.text(&heading.text, &heading.revisions, &setting);
        anchor(&mut items, Anchor::Heading(entry.place));
        items
    }

    /// Sets what the notes say, at the end. A note may have notes itself.
    fn all_notes(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        let mut number: u32 = 0;
        while let Some(note) = usize::try_from(number).ok().and_then(|place| self.notes.get(place).copied()) {
            number += 1;
            let part = self.part(Place::PAGE, Tag::Note);
            let place = Place { part: Some(part), within: Within::Note, ..Place::PAGE }.set_in(STEP);
            let label = self.tags.within(part, Tag::Lbl);
            let label = Label { text: format!("{number}"), left: 0.0, part: label };
            let mut set = self.item(note, label, place);
            anchor(&mut set, Anchor::Note(number));
            if number == 1 {
                rule_above(&mut set);
            }
            items.extend(set);
        }
        items
    }

    /// How wide text of a look is.
    pub(super) fn width(&self, look: &Look, text: &str) -> f32 {
        let ink = Ink::plain(look);
        self.fonts.width(ink.face, ink.size, text)
    }
}

/// A paragraph set in a place.
pub(super) fn setting(look: Look, place: Place, part: Part) -> Setting {
    Setting { look, left: place.left, width: place.width, align: place.align(), part, label: None }
}

/// What a heading says with its number.
pub(super) fn title(entry: &Entry<'_>) -> String {
    let text = entry.heading.text.to_plain();
    let text = entry.number.as_ref().map_or(text.clone(), |number| format!("{number} {text}"));
    if text.trim().is_empty() { "Untitled".to_owned() } else { text }
}

/// Whether a run carries the same mark.
fn has(run: &Run, mark: &Revision) -> bool {
    run.revisions.iter().any(|own| own.change == mark.change)
}

fn strips(items: &mut [Item]) -> impl Iterator<Item = &mut Strip> {
    items.iter_mut().filter_map(|item| match item {
        Item::Strip(strip) => Some(strip),
        Item::Band(_) | Item::PageBreak => None,
    })
}

/// Lets links lead to where items begin.
fn anchor(items: &mut [Item], anchor: Anchor) {
    if let Some(first) = strips(items).next() {
        first.marks.push(Mark::Anchor(anchor));
    }
}

/// Draws a line to the left of items.
fn bar(items: &mut [Item], x: f32) {
    for strip in strips(items) {
        let area = Area { x, y: 0.0, width: 1.6, height: strip.height };
        strip.marks.push(Mark::Fill(area, style::BAR));
    }
}

/// Draws a short line above items.
fn rule_above(items: &mut [Item]) {
    if let Some(first) = strips(items).next() {
        first.space.before = 22.0;
        first.marks.push(Mark::Fill(Area { x: 0.0, y: -6.0, width: 120.0, height: 0.6 }, style::BAR));
    }
}
