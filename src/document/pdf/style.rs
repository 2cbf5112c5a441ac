//! How a page looks: its measures, its colours and how each part of the text is set. Measures are in points.

use crate::document::tree::{Level, ParagraphStyle};

/// The width of a page (A4).
pub(super) const PAGE_WIDTH: f32 = 595.28;
/// The height of a page (A4).
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// Where the text begins, from the left edge of the page.
pub(super) const TEXT_LEFT: f32 = 62.0;
/// How wide the text is.
pub(super) const TEXT_WIDTH: f32 = PAGE_WIDTH - 2.0 * TEXT_LEFT;
/// Where the text begins, from the top of the page.
pub(super) const TEXT_TOP: f32 = 78.0;
/// Where the text ends, from the top of the page.
pub(super) const TEXT_BOTTOM: f32 = 774.0;
/// How high the text of a page is.
pub(super) const TEXT_HEIGHT: f32 = TEXT_BOTTOM - TEXT_TOP;
/// How far each level of a list is set in.
pub(super) const STEP: f32 = 19.0;
/// How far numbered paragraphs and headings are set in behind their numbers.
pub(super) const NUMBER: f32 = 30.0;
/// The deepest level at which a list is still set in further.
pub(super) const DEEPEST: u8 = 8;
/// The narrowest line that text is broken into.
pub(super) const NARROWEST: f32 = 8.0;

/// A colour as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

/// The colour of text.
pub(super) const INK: Colour = Colour(0x1a, 0x20, 0x2c);
/// The colour of text that stands back.
pub(super) const QUIET: Colour = Colour(0x4a, 0x55, 0x68);
/// The colour of headings.
pub(super) const ACCENT: Colour = Colour(0x1f, 0x35, 0x57);
/// The colour of lesser headings.
pub(super) const DARK: Colour = Colour(0x2d, 0x37, 0x48);
/// The colour of links.
pub(super) const LINK: Colour = Colour(0x1a, 0x4f, 0x8b);
/// The colour of lines between cells.
pub(super) const RULE: Colour = Colour(0xbf, 0xc7, 0xd1);
/// The colour of the lines at the head and foot of a page and beside a quotation.
pub(super) const BAR: Colour = Colour(0xa0, 0xae, 0xc0);
/// The colour behind cells that name a row or a column.
pub(super) const SHADE: Colour = Colour(0xe9, 0xee, 0xf4);

/// The colour of what is new.
pub(super) const INSERTED: Colour = Colour(0x0b, 0x5d, 0x38);
/// The colour of what is gone.
pub(super) const DELETED: Colour = Colour(0xa1, 0x1d, 0x1d);
/// The colour of what was moved.
pub(super) const MOVED: Colour = Colour(0x5b, 0x2c, 0x83);
/// Where the line beside what was changed stands, from the left edge of the page.
pub(super) const CHANGE_BAR: f32 = TEXT_LEFT - 11.0;
/// The room for words in the margin.
pub(super) const MARGIN_WIDTH: f32 = CHANGE_BAR - 4.0 - 12.0;

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    /// The size of the letters.
    pub(super) size: f32,
    /// The height of a line.
    pub(super) line: f32,
    /// The space above, which does not add to that below the paragraph before.
    pub(super) before: f32,
    /// The space below.
    pub(super) after: f32,
    /// The colour of the text.
    pub(super) colour: Colour,
    /// Whether all of it is bold.
    pub(super) bold: bool,
    /// Whether all of it is in italics.
    pub(super) italic: bool,
    /// Whether it stays on the page of what follows.
    pub(super) keep: Keep,
}

/// Whether a line stays on the page of what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// It may end a page.
    Free,
    /// What follows stands on the same page.
    WithNext,
}

/// Ordinary text.
pub(super) const BODY: Look =
    Look { size: 10.5, line: 14.4, before: 0.0, after: 6.5, colour: INK, bold: false, italic: false, keep: Keep::Free };
/// Text of a list.
pub(super) const ITEM: Look = Look { after: 4.0, ..BODY };
/// A remark.
pub(super) const NOTE: Look = Look { size: 9.0, line: 12.0, after: 5.0, colour: QUIET, ..BODY };
/// Text of a table.
pub(super) const CELL: Look = Look { size: 9.5, line: 12.6, after: 3.0, ..BODY };
/// What names a row or a column.
pub(super) const HEAD: Look = Look { bold: true, colour: ACCENT, ..CELL };
/// What a table shows.
pub(super) const CAPTION: Look =
    Look { size: 9.5, line: 12.6, before: 9.0, after: 4.0, colour: DARK, bold: true, keep: Keep::WithNext, ..BODY };
/// The title.
pub(super) const TITLE: Look =
    Look { size: 20.0, line: 24.5, before: 6.0, after: 6.0, colour: ACCENT, bold: true, keep: Keep::WithNext, ..BODY };
/// A line below the title.
pub(super) const SUBTITLE: Look = Look { size: 12.0, line: 16.5, after: 1.0, colour: QUIET, ..BODY };
/// The heading of the contents list.
pub(super) const CONTENTS: Look = Look { before: 18.0, ..heading(Level::One) };
/// The head and foot of a page.
pub(super) const FURNITURE: Look = Look { size: 8.5, line: 11.0, after: 0.0, colour: QUIET, ..BODY };

/// Words in the margin.
pub(super) const MARGIN: Look = Look { size: 6.4, line: 8.0, after: 0.0, colour: QUIET, ..BODY };

/// How a heading is set.
pub(super) const fn heading(level: Level) -> Look {
    let (size, before, after, colour) = match level {
        Level::One => (14.5, 20.0, 7.0, ACCENT),
        Level::Two => (12.0, 15.0, 5.5, ACCENT),
        Level::Three => (11.0, 12.0, 4.5, DARK),
        Level::Four => (10.5, 10.0, 4.0, DARK),
    };
    let italic = matches!(level, Level::Four);
    Look { size, line: size * 1.22, before, after, colour, bold: true, italic, keep: Keep::WithNext }
}

/// How a line of the contents list is set.
pub(super) fn contents(level: Level) -> Look {
    let (before, bold) = if level == Level::One { (5.0, true) } else { (0.0, false) };
    Look { after: 2.0, before, bold, ..BODY }
}

/// How a paragraph of the page itself is set.
pub(super) fn paragraph(style: ParagraphStyle) -> Look {
    match style {
        ParagraphStyle::Body | ParagraphStyle::Numbered | ParagraphStyle::Quote => BODY,
        ParagraphStyle::Note => NOTE,
        ParagraphStyle::Caption => Look { keep: Keep::Free, ..CAPTION },
        ParagraphStyle::Title => TITLE,
        ParagraphStyle::Subtitle => SUBTITLE,
    }
}
