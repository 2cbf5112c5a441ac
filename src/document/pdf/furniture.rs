//! The head and foot of each page.

use super::compose::Composer;
use super::flow::{Area, Mark, Pen, Says, Words};
use super::ink::Ink;
use super::style::{self, FURNITURE, PAGE_HEIGHT, TEXT_WIDTH};
use crate::document::table::Align;
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

/// Words at the left, in the middle and at the right.
fn thirds(composer: &Composer<'_>, texts: [&str; 3], baseline: f32) -> Vec<Mark> {
    let ink = Ink::plain(&FURNITURE);
    let pen = Pen { face: ink.face, size: ink.size, colour: ink.colour };
    let room = TEXT_WIDTH / 3.0 - 4.0;
    let places = [Align::Start, Align::Centre, Align::End];
    let words = texts.into_iter().zip(places).filter(|(text, _)| !text.is_empty()).map(|(text, align)| {
        let text = composer.shortened(text, pen.face, pen.size, room);
        let width = composer.fonts.width(pen.face, pen.size, &text);
        let x = match align {
            Align::Start => 0.0,
            Align::Centre => (TEXT_WIDTH - width) / 2.0,
            Align::End => TEXT_WIDTH - width,
        };
        Mark::Words(Words { x, baseline, width, says: Says::Text(text), pen, leaf: None, link: None })
    });
    words.collect()
}
