//! The typefaces, which travel with the program, and the glyphs of characters.

use krilla::text::{Font, GlyphId};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider as _};

use crate::document::error::WriteError;

const REGULAR: &[u8] = include_bytes!("../../../templates/fonts/LiberationSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../templates/fonts/LiberationSans-Bold.ttf");
const ITALIC: &[u8] = include_bytes!("../../../templates/fonts/LiberationSans-Italic.ttf");
const BOLD_ITALIC: &[u8] = include_bytes!("../../../templates/fonts/LiberationSans-BoldItalic.ttf");
const MONO: &[u8] = include_bytes!("../../../templates/fonts/LiberationMono-Regular.ttf");

/// What stands for a character that no typeface has.
const BOX: char = '\u{25A1}';

/// The characters up to here are looked up once for each typeface.
const COMMON: u32 = 0x250;

/// A typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// Upright.
    Regular,
    /// Upright and bold.
    Bold,
    /// Italics.
    Italic,
    /// Bold italics.
    BoldItalic,
    /// Of a fixed width.
    Mono,
}

impl Face {
    /// The typeface of text that is set in these ways.
    pub(super) fn of(bold: Weight, slant: Slant) -> Self {
        match (bold, slant) {
            (Weight::Regular, Slant::Upright) => Self::Regular,
            (Weight::Bold, Slant::Upright) => Self::Bold,
            (Weight::Regular, Slant::Italic) => Self::Italic,
            (Weight::Bold, Slant::Italic) => Self::BoldItalic,
        }
    }
}

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// As text is.
    Regular,
    /// Bold.
    Bold,
}

/// Whether letters lean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slant {
    /// They do not.
    Upright,
    /// They do.
    Italic,
}

/// A character as a typeface draws it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// The typeface that has it.
    pub(super) face: Face,
    /// Its place in the typeface.
    pub(super) id: GlyphId,
    /// How far the next one stands from it, as a part of the size.
    pub(super) advance: f32,
}

/// The typefaces, ready to measure and to draw.
pub(super) struct Fonts {
    regular: Loaded,
    bold: Loaded,
    italic: Loaded,
    bold_italic: Loaded,
    mono: Loaded,
}

struct Loaded {
    font: Font,
    letters: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    common: Vec<Option<(GlyphId, f32)>>,
}

impl Loaded {
    fn read(data: &'static [u8]) -> Result<Self, WriteError> {
        let unreadable = || WriteError::Typesetting { reason: "a typeface cannot be read".to_owned() };
        let font = Font::new(data.into(), 0).ok_or_else(unreadable)?;
        let tables = FontRef::new(data).map_err(|_| unreadable())?;
        // At a size of one, every measure is a part of the size.
        let metrics = tables.glyph_metrics(Size::new(1.0), LocationRef::default());
        let mut loaded = Self { font, letters: tables.charmap(), metrics, common: Vec::new() };
        loaded.common = (0..COMMON).map(|letter| loaded.look_up(letter)).collect();
        Ok(loaded)
    }

    fn look_up(&self, letter: u32) -> Option<(GlyphId, f32)> {
        let id = self.letters.map(letter).filter(|id| id.to_u32() > 0)?;
        Some((GlyphId::new(id.to_u32()), self.metrics.advance_width(id).unwrap_or_default()))
    }

    fn find(&self, letter: char) -> Option<(GlyphId, f32)> {
        let common = usize::try_from(u32::from(letter)).ok().and_then(|place| self.common.get(place));
        common.copied().unwrap_or_else(|| self.look_up(u32::from(letter)))
    }
}

impl Fonts {
    /// Reads the typefaces.
    ///
    /// # Errors
    ///
    /// [`WriteError::Typesetting`] if one is not a typeface.
    pub(super) fn read() -> Result<Self, WriteError> {
        Ok(Self {
            regular: Loaded::read(REGULAR)?,
            bold: Loaded::read(BOLD)?,
            italic: Loaded::read(ITALIC)?,
            bold_italic: Loaded::read(BOLD_ITALIC)?,
            mono: Loaded::read(MONO)?,
        })
    }

    fn get(&self, face: Face) -> &Loaded {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Italic => &self.italic,
            Face::BoldItalic => &self.bold_italic,
            Face::Mono => &self.mono,
        }
    }

    /// The typeface as it is embedded.
    pub(super) fn font(&self, face: Face) -> Font {
        self.get(face).font.clone()
    }

    /// The glyph of a character: in this typeface, or in the upright one, or else an empty box.
    pub(super) fn glyph(&self, face: Face, letter: char) -> Glyph {
        let letter = drawn_as(letter);
        for (face, letter) in [(face, letter), (Face::Regular, letter), (face, BOX), (Face::Regular, BOX)] {
            if let Some((id, advance)) = self.get(face).find(letter) {
                return Glyph { face, id, advance };
            }
        }
        // The typefaces here have the box; another without it would show nothing, and take up room.
        Glyph { face, id: GlyphId::new(0), advance: 0.5 }
    }

    /// The character that is seen where a typeface draws this one.
    pub(super) fn seen(&self, face: Face, letter: char) -> char {
        let letter = drawn_as(letter);
        if self.get(face).find(letter).is_some() { letter } else { BOX }
    }

    /// How wide text is at a size.
    pub(super) fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        text.chars().map(|letter| self.glyph(face, letter).advance * size).sum()
    }
}

/// The character that is drawn for one that looks the same.
pub(super) fn drawn_as(letter: char) -> char {
    match letter {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_typeface_has_what_papers_are_written_with() {
        let fonts = Fonts::read().unwrap();
        for face in [Face::Regular, Face::Bold, Face::Italic, Face::BoldItalic] {
            for letter in "AZaz09 .,;:!?()[]/-_£€–—‘’“”•…×≥≤→←ŵŷÂé\u{25A1}".chars() {
                assert!(fonts.get(face).find(letter).is_some(), "{face:?} {letter:?}");
            }
        }
        assert!(fonts.get(Face::Mono).find('x').is_some());
    }

    #[test]
    fn a_character_that_no_typeface_has_is_a_box() {
        let fonts = Fonts::read().unwrap();
        assert_eq!(fonts.glyph(Face::Bold, '👩').id, fonts.glyph(Face::Bold, BOX).id);
        assert!(fonts.glyph(Face::Mono, '👩').id.to_u32() > 0);
    }
}
