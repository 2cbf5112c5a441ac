//! Drawing what is set on the pages of a file.

use std::collections::BTreeMap;

use krilla::geom::{PathBuilder, Point, Quadrilateral, Rect, Size, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::KrillaGlyph;

use super::flow::{Anchor, Area, LinkNumber, Mark, Says, Words};
use super::fonts::{Face, Fonts};
use super::pages::Anchors;
use super::style::{CHANGE_BAR, Colour, DARK, RULE, TEXT_LEFT};
use super::tags::{Drawn, Leaf};

/// A page being drawn.
pub(super) struct Painter<'a, 's> {
    fonts: &'a Fonts,
    anchors: &'a Anchors,
    drawn: &'a mut Drawn,
    surface: Surface<'s>,
    /// Where each link stands on this page.
    links: BTreeMap<usize, Vec<Quadrilateral>>,
    open: Open,
}

/// What is being drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Nothing.
    Nothing,
    /// What only adorns.
    Adornment,
    /// What belongs to a leaf of the structure.
    Leaf(Leaf),
}

impl<'a, 's> Painter<'a, 's> {
    /// Begins a page.
    pub(super) fn new(fonts: &'a Fonts, anchors: &'a Anchors, drawn: &'a mut Drawn, surface: Surface<'s>) -> Self {
        Self { fonts, anchors, drawn, surface, links: BTreeMap::new(), open: Open::Nothing }
    }

    /// Ends the page; where each link stands on it.
    pub(super) fn finish(mut self) -> BTreeMap<usize, Vec<Quadrilateral>> {
        self.close();
        self.surface.finish();
        self.links
    }

    /// Draws the head or the foot of the page.
    pub(super) fn furniture(&mut self, kind: ArtifactType, marks: Vec<Mark>) {
        self.close();
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        self.open = Open::Adornment;
        for mark in marks {
            self.mark(TEXT_LEFT, 0.0, mark);
        }
        self.close();
    }

    /// Draws something.
    pub(super) fn mark(&mut self, x: f32, y: f32, mark: Mark) {
        match mark {
            Mark::Words(words) => {
                let x = x + words.x;
                self.words(x, y, words);
            }
            Mark::Margin(words) => self.words(CHANGE_BAR - 4.0 - words.width, y, words),
            Mark::Fill(area, colour) => self.fill(moved(area, x, y), colour),
            Mark::Frame(area) => self.frame(moved(area, x, y)),
            Mark::ChangeBar(top, height) => {
                self.fill(Area { x: CHANGE_BAR, y: y + top, width: 1.1, height }, DARK);
            }
            Mark::Picture(picture, area, leaf) => {
                self.open(leaf, None);
                if let Some(size) = Size::from_wh(area.width, area.height) {
                    self.surface.push_transform(&Transform::from_translate(x + area.x, y + area.y));
                    self.surface.draw_image(picture.image, size);
                    self.surface.pop();
                }
            }
            Mark::Anchor(_) => {}
        }
    }

    fn words(&mut self, x: f32, y: f32, words: Words) {
        let (face, size) = (words.pen.face, words.pen.size);
        let (text, stands_for, x, width) = match words.says {
            Says::Text(text) => (text, None, x, words.width),
            Says::InPlaceOf(text, other) => (text, Some(other), x, words.width),
            Says::PageOf(heading) => {
                let page = self.anchors.get(&Anchor::Heading(heading)).map_or(1, |(page, _)| page + 1).to_string();
                let width = self.fonts.width(face, size, &page);
                (page, None, x - width, width)
            }
        };
        let glyphs = glyphs(self.fonts, face, &text);
        if glyphs.is_empty() && words.leaf.is_none() {
            return;
        }
        let baseline = y + words.baseline;
        self.open(words.leaf, stands_for.as_deref());
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill(words.pen.colour)));
        self.surface.draw_glyphs(Point::from_xy(x, baseline), &glyphs, self.fonts.font(face), &text, size, false);
        if stands_for.is_some() {
            self.close();
        }
        if let Some(LinkNumber(link)) = words.link
            && let Some(area) = Rect::from_xywh(x, baseline - 0.85 * size, width.max(1.0), 1.1 * size)
        {
            self.links.entry(link).or_default().push(area.into());
        }
    }

    fn fill(&mut self, area: Area, colour: Colour) {
        self.path(area, |surface| {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(colour)));
        });
    }

    fn frame(&mut self, area: Area) {
        self.path(area, |surface| {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { paint: rgb(RULE).into(), width: 0.5, ..Stroke::default() }));
        });
    }

    fn path(&mut self, area: Area, prepare: impl FnOnce(&mut Surface<'s>)) {
        let mut path = PathBuilder::new();
        if let Some(area) = Rect::from_xywh(area.x, area.y, area.width, area.height) {
            path.push_rect(area);
        }
        if let Some(path) = path.finish() {
            self.open(None, None);
            prepare(&mut self.surface);
            self.surface.draw_path(&path);
        }
    }

    /// Begins what belongs to a leaf of the structure, perhaps in place of other text, or what adorns.
    fn open(&mut self, leaf: Option<Leaf>, stands_for: Option<&str>) {
        let next = leaf.map_or(Open::Adornment, Open::Leaf);
        if self.open == next {
            return;
        }
        self.close();
        let tag = match next {
            Open::Leaf(_) => ContentTag::Span(SpanTag::empty().with_actual_text(stands_for)),
            _ => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        };
        let place = self.surface.start_tagged(tag);
        if let Some(leaf) = leaf {
            self.drawn.note(leaf, place);
        }
        self.open = next;
    }

    fn close(&mut self) {
        if self.open != Open::Nothing {
            self.surface.end_tagged();
        }
        self.open = Open::Nothing;
    }
}

fn moved(area: Area, x: f32, y: f32) -> Area {
    Area { x: area.x + x, y: area.y + y, ..area }
}

fn rgb(colour: Colour) -> krilla::color::rgb::Color {
    let Colour(red, green, blue) = colour;
    krilla::color::rgb::Color::new(red, green, blue)
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: rgb(colour).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

/// The glyphs of text, each with the character that it shows.
fn glyphs(fonts: &Fonts, face: Face, text: &str) -> Vec<KrillaGlyph> {
    let glyph = |(start, letter): (usize, char)| {
        let glyph = fonts.glyph(face, letter);
        KrillaGlyph::new(glyph.id, glyph.advance, 0.0, 0.0, 0.0, start..start + letter.len_utf8(), None)
    };
    text.char_indices().map(glyph).collect()
}
