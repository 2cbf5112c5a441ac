//! Lists: items behind their numbers or bullets.

use krilla::tagging::{ListNumbering, Tag};

use super::compose::{Composer, Paragraphs, Place, Within, setting};
use super::flow::Item;
use super::ink::Source;
use super::set::{Label, Setting};
use super::style::{self, STEP};
use crate::document::counting::{letters, roman};
use crate::document::table::Align;
use crate::document::tree::{Block, List, ListKind, ParagraphStyle};

impl<'a> Composer<'a> {
    /// Sets a list.
    pub(super) fn list(&mut self, list: &'a List, place: Place) -> Vec<Item> {
        let numbering = match list.kind {
            ListKind::Bullets => ListNumbering::Disc,
            ListKind::Numbers => ListNumbering::Decimal,
            ListKind::Letters => ListNumbering::LowerAlpha,
            ListKind::Romans => ListNumbering::LowerRoman,
        };
        let level = if let Within::Item(level) = place.within { level.saturating_add(1) } else { 0 };
        let count = u32::try_from(list.items.len()).unwrap_or(u32::MAX);
        let start = list.start.max(1);
        let last = self.width(&place.look(ParagraphStyle::Body), &mark(list.kind, start.saturating_add(count), level));
        let marks = if place.within == Within::Page { place.set_in(STEP * 0.6) } else { place };
        let text = if level > style::DEEPEST { marks } else { marks.set_in((last + 5.0).max(STEP * 0.85)) };
        let part = self.part(place, Tag::L(numbering));
        let mut items = Vec::new();
        for (number, item) in (start..).zip(&list.items) {
            let item_part = self.tags.within(part, Tag::LI);
            let label = Label {
                text: mark(list.kind, number, level),
                left: marks.left,
                part: self.tags.within(item_part, Tag::Lbl),
            };
            let body = self.tags.within(item_part, Tag::LBody);
            let within = match place.within {
                Within::Page | Within::Item(_) => Within::Item(level),
                within => within,
            };
            let paragraphs = Paragraphs::among(&item.blocks);
            items.extend(self.item(&item.blocks, label, Place { part: Some(body), within, paragraphs, ..text }));
        }
        if place.within == Within::Page
            && let Some(Item::Strip(last)) = items.last_mut()
        {
            last.space.after = last.space.after.max(style::BODY.after + 1.5);
        }
        items
    }

    /// Sets the blocks of an item, the first of them beside its label.
    pub(super) fn item(&mut self, blocks: &'a [Block], label: Label, place: Place) -> Vec<Item> {
        let (first, below) = match blocks.split_first() {
            Some((Block::Paragraph(first), below)) => (Some(first), below),
            _ => (None, blocks),
        };
        let look = place.look(first.map_or(ParagraphStyle::Body, |first| first.style));
        let part = self.paragraph_part(place);
        let setting = Setting { label: Some(label), align: Align::Start, ..setting(look, place, part) };
        let mut items = match first {
            Some(first) => self.text(&first.text, &first.revisions, &setting),
            None => self.set(Source::default(), &setting),
        };
        items.extend(self.blocks(below, place));
        items
    }
}

fn mark(kind: ListKind, number: u32, level: u8) -> String {
    let count = match kind {
        ListKind::Bullets if level.is_multiple_of(2) => return "•".to_owned(),
        ListKind::Bullets => return "–".to_owned(),
        ListKind::Numbers => number.to_string(),
        ListKind::Letters => letters(number),
        ListKind::Romans => roman(number),
    };
    format!("{count}.")
}
