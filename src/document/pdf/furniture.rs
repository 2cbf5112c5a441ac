//! The head and foot of each page.

use super::compose::Composer;
use super::flow::{Area, Mark, Pen, Says, Words};
use super::ink::Ink;
use super::style::{self, FURNITURE, PAGE_HEIGHT, TEXT_WIDTH};
use crate::document::tree::Document;

/// Where the words of the head stand, from the top of the page.
const HEAD: f32 = 46.0;
/// Where the words of the foot stand, from the top of the page.
const FOOT: f32 = PAGE_HEIGHT - 36.0;

/// What stands at the head of every page: the reference, what the document adds, and the classification.
pub(super) fn head(composer: &Composer<'_>, document: &Document) -> Vec<Mark> {
    let properties = &document.properties;
    let classification = match properties.classification.as_str() {
        "" => String::new(),
        words => format!("Classification: {words}"),
    };
    let mut marks = thirds(composer, [&properties.reference, &document.header, &classification], HEAD);
    marks.push(rule(HEAD + 7.0));
    marks
}

/// What stands at the foot of a page: the body that issues the document, what the document adds, and the page number.
pub(super) fn foot(composer: &Composer<'_>, document: &Document, page: usize, pages: usize) -> Vec<Mark> {
    let number = format!("Page {page} of {pages}");
    let mut marks = thirds(composer, [&document.properties.author, &document.footer, &number], FOOT);
    marks.push(rule(FOOT - 15.0));
    marks
}

fn rule(y: f32) -> Mark {
    Mark::Fill(Area { x: 0.0, y, width: TEXT_WIDTH, height: 0.5 }, style::BAR)
}

/// Words at the left, in the middle and at the right. What stands at the right has room first, since it may not be
/// missed; what stands in the middle has what the others leave.
fn thirds(composer: &Composer<'_>, texts: [&str; 3], baseline: f32) -> Vec<Mark> {
    let [left, middle, right] = texts;
    let right = shortened(composer, right, TEXT_WIDTH * 0.7);
    let most = if middle.is_empty() { TEXT_WIDTH } else { TEXT_WIDTH * 0.66 };
    let left = shortened(composer, left, (most - right.width - GAP).max(TEXT_WIDTH * 0.2));
    let middle = shortened(composer, middle, (TEXT_WIDTH - left.width - right.width - 2.0 * GAP).max(0.0));
    let last = TEXT_WIDTH - right.width;
    let centred = (TEXT_WIDTH - middle.width) / 2.0;
    let between = centred.min(last - GAP - middle.width).max(left.width + GAP);
    let placed = [(left, 0.0), (middle, between), (right, last)];
    placed.into_iter().filter(|(words, _)| words.width > 0.0).map(|(words, x)| words.at(x, baseline)).collect()
}

/// The least space between words at the head or the foot.
const GAP: f32 = 12.0;

struct Shortened {
    text: String,
    width: f32,
}

fn shortened(composer: &Composer<'_>, text: &str, room: f32) -> Shortened {
    let ink = Ink::plain(&FURNITURE);
    // Less room than this would show nothing but that something is missing.
    let text = if room < 2.0 * GAP { "" } else { text };
    let text = composer.shortened(text, ink.face, ink.size, room);
    Shortened { width: composer.fonts.width(ink.face, ink.size, &text), text }
}

impl Shortened {
    fn at(self, x: f32, baseline: f32) -> Mark {
        let ink = Ink::plain(&FURNITURE);
        let pen = Pen { face: ink.face, size: ink.size, colour: ink.colour };
        Mark::Words(Words { x, baseline, width: self.width, says: Says::Text(self.text), pen, leaf: None, link: None })
    }
}
