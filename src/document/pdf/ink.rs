//! Text made ready to be broken into lines: each character with its glyph and its width.

use super::fonts::{Face, Fonts, Glyph, Slant, Weight};
use super::style::{self, Colour, Look};
use crate::document::markup::legible;
use crate::document::text_runs::{Run, Text};

/// How much smaller a typeface of a fixed width is set.
const MONO: f32 = 0.92;

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
    /// Where it leads.
    pub(super) address: Option<String>,
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
    /// Makes text ready.
    pub(super) fn of(fonts: &Fonts, text: &Text, look: &Look) -> Self {
        let mut source = Self::default();
        for run in &text.runs {
            source.inks.push(Ink::of(run, look));
            source.letters(fonts, &legible(&run.text));
        }
        source
    }

    fn letters(&mut self, fonts: &Fonts, text: &str) {
        let Some(ink) = self.inks.len().checked_sub(1) else { return };
        let Some((face, size)) = self.inks.last().map(|ink| (ink.face, ink.size)) else { return };
        for letter in text.chars() {
            match letter {
                '\u{FEFF}' => {}
                '\t' => (0..4).for_each(|_| self.letter(ink, fonts.glyph(face, ' '), size, ' ')),
                letter if takes_no_room(letter) => self.ride(letter),
                letter => self.letter(ink, fonts.glyph(face, letter), size, letter),
            }
        }
    }

    fn letter(&mut self, ink: usize, glyph: Glyph, size: f32, letter: char) {
        let start = self.text.len();
        self.text.push(letter);
        let (kind, advance) = (kind(letter), glyph.advance * size);
        self.atoms.push(Atom { ink, start, end: self.text.len(), face: glyph.face, advance, kind });
    }

    /// Lets a character without a glyph ride on the one before; at the beginning it says nothing.
    fn ride(&mut self, letter: char) {
        if let Some(atom) = self.atoms.last_mut().filter(|atom| atom.kind != Kind::LineEnd) {
            self.text.push(letter);
            atom.end = self.text.len();
            if letter == '\u{200B}' && atom.kind == Kind::Letter {
                atom.kind = Kind::Hinge;
            }
        }
    }
}

impl Ink {
    fn of(run: &Run, look: &Look) -> Self {
        let address = run.address().map(str::to_owned);
        let colour = if address.is_some() { style::LINK } else { look.colour };
        let weight = if run.bold || look.bold { Weight::Bold } else { Weight::Regular };
        let slant = if run.italic || look.italic { Slant::Italic } else { Slant::Upright };
        let (face, size) =
            if run.code { (Face::Mono, look.size * MONO) } else { (Face::of(weight, slant), look.size) };
        Self { face, size, colour, address }
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
fn takes_no_room(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}')
}
