//! The contents list: every heading with its page, and the bookmarks beside the pages.

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::Tag;

use super::compose::{Composer, Place, setting, title};
use super::flow::{Anchor, Item, Mark, Pen, Says, Words};
use super::ink::{Ink, Leads, Source};
use super::pages::Anchors;
use super::set::{Label, Setting};
use super::style::{self, NUMBER, TEXT_LEFT, TEXT_WIDTH};
use crate::document::markup::legible;
use crate::document::outline::{self, Entry};

/// The room for the number of a page at the end of a line.
const PAGE_NUMBER: f32 = 34.0;

/// Sets the contents list.
pub(super) fn set(composer: &mut Composer<'_>, outline: &[Entry<'_>]) -> Vec<Item> {
    let heading = composer.part(Place::PAGE, Tag::P);
    let mut items = composer.plain("Contents", style::CONTENTS, heading);
    let list = composer.part(Place::PAGE, Tag::TOC);
    for entry in outline::contents(outline) {
        let part = composer.tags.within(list, Tag::TOCI);
        let part = composer.tags.within(part, Tag::Reference);
        let place = Place { part: Some(part), ..Place::PAGE };
        items.extend(entry_of(composer, entry, place));
    }
    items
}

fn entry_of(composer: &mut Composer<'_>, entry: &Entry<'_>, place: Place) -> Vec<Item> {
    let look = style::contents(entry.heading.level);
    let part = composer.part(place, Tag::Link);
    let link = composer.link(Leads::Within(Anchor::Heading(entry.place)), part);
    let depth = f32::from(entry.heading.level.depth() - 1);
    let left = NUMBER * 0.8 * depth;
    let number = entry.number.as_ref().map(|number| Label { text: number.clone(), left, part });
    let shift = number.as_ref().map_or(0.0, |number| {
        let least = NUMBER * 0.8 + 6.0 * depth;
        (composer.width(&look, &number.text) + 7.0).max(least)
    });
    let width = TEXT_WIDTH - left - shift - PAGE_NUMBER;
    let setting = Setting { left: left + shift, width, label: number, ..setting(look, place, part) };
    let mut source = Source::default();
    source.add(composer.fonts, Ink::plain(&look), &entry.heading.text.to_plain());
    let mut items = composer.set(source, &setting);
    for item in &mut items {
        if let Item::Strip(strip) = item {
            let words = strip.marks.iter_mut().filter_map(|mark| match mark {
                Mark::Words(words) => Some(words),
                _ => None,
            });
            words.for_each(|words| words.link = Some(link));
        }
    }
    if let Some(Item::Strip(last)) = items.last_mut() {
        let end = last.marks.iter().filter_map(end_of).fold(setting.left, f32::max);
        let ink = Ink::plain(&look);
        let pen = Pen { face: ink.face, size: ink.size, colour: ink.colour };
        let baseline = super::set::baseline(&look);
        let page = Words {
            x: TEXT_WIDTH,
            baseline,
            width: 0.0,
            says: Says::PageOf(entry.place),
            pen,
            leaf: Some(composer.tags.leaf(part)),
            link: Some(link),
        };
        last.marks.extend(leader(composer, end + 5.0, baseline).map(Mark::Words));
        last.marks.push(Mark::Words(page));
    }
    items
}

fn end_of(mark: &Mark) -> Option<f32> {
    match mark {
        Mark::Words(words) => Some(words.x + words.width),
        _ => None,
    }
}

/// Dots from the end of a line to the number of the page.
fn leader(composer: &Composer<'_>, start: f32, baseline: f32) -> Option<Words> {
    let look = style::NOTE;
    let dot = composer.width(&look, " .");
    let end = TEXT_WIDTH - PAGE_NUMBER + 8.0;
    let (mut dots, mut x) = (String::new(), end);
    while x - dot > start {
        x -= dot;
        dots.push_str(" .");
    }
    let ink = Ink::plain(&look);
    let pen = Pen { face: ink.face, size: ink.size, colour: style::BAR };
    let words = Words { x, baseline, width: end - x, says: Says::Text(dots), pen, leaf: None, link: None };
    (words.width > 0.0).then_some(words)
}

/// The bookmarks: the title, and every heading below those it belongs to.
pub(super) fn bookmarks(document: &str, outline: &[Entry<'_>], anchors: &Anchors) -> Outline {
    let mut bookmarks = Outline::new();
    bookmarks.push_child(OutlineNode::new(document.to_owned(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    for entry in outline {
        let Some(destination) = destination(anchors, Anchor::Heading(entry.place)) else { continue };
        let depth = entry.heading.level.depth();
        close(&mut bookmarks, &mut open, depth);
        let node = OutlineNode::new(legible(&title(entry)).replace('\n', " "), destination).with_open(depth < 2);
        open.push((depth, node));
    }
    close(&mut bookmarks, &mut open, 0);
    bookmarks
}

/// Puts what lies as deep or deeper where it belongs.
fn close(bookmarks: &mut Outline, open: &mut Vec<(u8, OutlineNode)>, depth: u8) {
    while open.last().is_some_and(|(own, _)| *own >= depth) {
        let Some((_, node)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, parent)) => parent.push_child(node),
            None => bookmarks.push_child(node),
        }
    }
}

/// Where a link within the document leads, a little above what it names.
pub(super) fn destination(anchors: &Anchors, anchor: Anchor) -> Option<XyzDestination> {
    let (page, y) = anchors.get(&anchor)?;
    Some(XyzDestination::new(*page, Point::from_xy(TEXT_LEFT, (y - 8.0).max(0.0))))
}
