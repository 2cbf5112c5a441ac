//! Text made ready to be broken into lines: each character with its glyph and its width.

use super::flow::Anchor;
use super::fonts::{Face, Fonts, Slant, Weight};
use super::picture::Picture;
use super::style::{self, Colour, Look};
use crate::document::markup::legible;
use crate::document::revision::{Change, Revision};
use crate::document::text_runs::{Run, Script};

/// How much smaller a typeface of a fixed width is set.
const MONO: f32 = 0.92;
/// How much smaller raised and lowered text is set.
const SCRIPT: f32 = 0.68;

/// The text of a paragraph, ready to be broken into lines.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// Every character.
    pub(super) text: String,
    /// How the characters are set, one for each run.
    pub(super) inks: Vec<Ink>,
    /// The characters one by one, each with those that take no room of their own.
    pub(super) atoms: Vec<Atom>,
}

/// How a run is set.
#[derive(Debug, Clone)]
pub(super) struct Ink {
    /// The typeface.
    pub(super) face: Face,
    /// The size.
    pub(super) size: f32,
    /// The colour.
    pub(super) colour: Colour,
    /// How far it stands above the line.
    pub(super) raised: f32,
    /// The line below it.
    pub(super) below: Stroke,
    /// The line through it.
    pub(super) through: Stroke,
    /// Where it leads.
    pub(super) leads: Option<Leads>,
    /// How it differs from the document before.
    pub(super) revisions: Vec<Revision>,
    /// The image that stands in its place.
    pub(super) picture: Option<Picture>,
}

/// A line below text or through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stroke {
    /// None.
    None,
    /// Dashes.
    Dashed,
    /// One.
    Single,
    /// Two.
    Double,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Leads {
    /// To an address.
    Out(String),
    /// To a place of the document.
    Within(Anchor),
}

/// A character with its glyph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    /// Which ink.
    pub(super) ink: usize,
    /// Where it begins in the text.
    pub(super) start: usize,
    /// Where it ends in the text.
    pub(super) end: usize,
    /// The typeface that draws it.
    pub(super) face: Face,
    /// How wide it is.
    pub(super) advance: f32,
    /// What it does to the line.
    pub(super) kind: Kind,
}

/// What a character does to the line it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Letter,
    /// Nothing; it is of a script that reads from right to left.
    Leftward,
    /// It belongs to the one before.
    Joined,
    /// The line may end after it.
    Space,
    /// The line may end after it, where a word is too long for a line.
    Hinge,
    /// The line ends here.
    LineEnd,
}

impl Source {
    /// Adds text that is set in one way.
    pub(super) fn add(&mut self, fonts: &Fonts, ink: Ink, text: &str) {
        let (face, size) = (ink.face, ink.size);
        self.inks.push(ink);
        for letter in legible(text).chars() {
            match letter {
                '\u{FEFF}' => {}
                '\t' => (0..4).for_each(|_| self.letter(fonts, face, size, ' ')),
                letter if takes_no_room(letter) => self.ride(letter),
                letter => self.letter(fonts, face, size, letter),
            }
        }
    }

    /// Adds an image, which says what it shows.
    pub(super) fn add_picture(&mut self, ink: Ink, shows: &str) {
        let (face, advance) = (ink.face, ink.picture.as_ref().map(|picture| picture.width).unwrap_or_default());
        self.inks.push(ink);
        let start = self.text.len();
        self.text.push_str(&legible(shows));
        let (ink, end) = (self.inks.len() - 1, self.text.len());
        self.atoms.push(Atom { ink, start, end, face, advance, kind: Kind::Letter });
    }

    fn letter(&mut self, fonts: &Fonts, face: Face, size: f32, letter: char) {
        let (ink, kind) = (self.inks.len().saturating_sub(1), kind(letter));
        // The end of a line parts words, for those who do not see it.
        let letter = if kind == Kind::LineEnd { ' ' } else { letter };
        let glyph = fonts.glyph(face, letter);
        let advance = if kind == Kind::LineEnd { 0.0 } else { glyph.advance * size };
        let start = self.text.len();
        self.text.push(letter);
        self.atoms.push(Atom { ink, start, end: self.text.len(), face: glyph.face, advance, kind });
    }

    /// Lets a character without a glyph ride on the one before; where none is, it says nothing.
    fn ride(&mut self, letter: char) {
        let ink = self.inks.len().saturating_sub(1);
        if let Some(atom) = self.atoms.last_mut().filter(|atom| atom.kind != Kind::LineEnd && atom.ink == ink) {
            self.text.push(letter);
            atom.end = self.text.len();
            if letter == '\u{200B}' && atom.kind == Kind::Letter {
                atom.kind = Kind::Hinge;
            }
        }
    }
}

impl Ink {
    /// How text without any setting of its own looks.
    pub(super) fn plain(look: &Look) -> Self {
        Self::of(&Run::default(), look)
    }

    /// How a run looks within a paragraph.
    pub(super) fn of(run: &Run, look: &Look) -> Self {
        let leads = run.address().map(|address| Leads::Out(address.to_owned()));
        let weight = if run.bold || look.bold { Weight::Bold } else { Weight::Regular };
        let slant = if run.italic || look.italic { Slant::Italic } else { Slant::Upright };
        let (face, size) = if run.code { (Face::Mono, look.size * MONO) } else { (Face::of(weight, slant), look.size) };
        let (size, raised) = match run.script {
            Script::None => (size, 0.0),
            Script::Super => (size * SCRIPT, look.size * 0.34),
            Script::Sub => (size * SCRIPT, look.size * -0.14),
        };
        let mut ink = Self {
            face,
            size,
            colour: if leads.is_some() { style::LINK } else { look.colour },
            raised,
            below: if run.underlined || leads.is_some() { Stroke::Single } else { Stroke::None },
            through: if run.struck { Stroke::Single } else { Stroke::None },
            leads,
            revisions: Vec::new(),
            picture: None,
        };
        ink.revise(&run.revisions);
        ink
    }

    /// Shows that text was changed: never by its colour alone.
    pub(super) fn revise(&mut self, revisions: &[Revision]) {
        for revision in revisions {
            let (below, through, colour) = match revision.change {
                Change::Inserted => (Stroke::Single, Stroke::None, style::INSERTED),
                Change::Deleted => (Stroke::None, Stroke::Single, style::DELETED),
                Change::MovedTo => (Stroke::Double, Stroke::None, style::MOVED),
                Change::MovedFrom => (Stroke::None, Stroke::Double, style::MOVED),
                Change::Formatted => (Stroke::Dashed, Stroke::None, self.colour),
            };
            (self.below, self.through) = (self.below.max(below), self.through.max(through));
            self.colour = colour;
        }
        self.revisions.extend(revisions.iter().cloned());
    }
}

fn kind(letter: char) -> Kind {
    match letter {
        '\n' | '\u{2028}' | '\u{2029}' => Kind::LineEnd,
        ' ' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}' | '\u{205F}' | '\u{3000}' => Kind::Space,
        '/' | '-' | '_' | '\u{2010}' | '\u{2013}' | '\u{2014}' => Kind::Hinge,
        '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' => {
            Kind::Joined
        }
        '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => Kind::Letter,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => Kind::Leftward,
        _ => Kind::Letter,
    }
}

/// Whether a character only says how others are to be treated.
pub(super) fn takes_no_room(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}')
}
