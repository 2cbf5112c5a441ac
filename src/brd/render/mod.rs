//! The live document: a baseline as people read it, in the shape of the document DCC keeps (R58).
//!
//! Every item stands in a row whose first cell is its id, or under a heading that begins with it, so that a redline
//! finds it wherever it moves.

mod appendices;
mod functional;
mod html;
mod overview;

pub use html::{to_html, to_html_body};

use super::item::Item;
use super::lines::BrdText;
use super::model::Brd;
use super::shape::{BECAUSE, CLASSIFICATION, DATE, DATE_FORMAT, REPLACED_BY, RETIRED, STATUS, VERSION};
use crate::document::{Block, Cell, Document, Level, ParagraphStyle, Properties, Table};

/// Writes a baseline as a document, in the order of [`Brd::arranged`].
///
/// A baseline without a date is filed under 1 January 1970, so that the same baseline always gives the same file.
pub fn render(brd: &Brd) -> Document {
    let brd = &brd.arranged();
    let properties = Properties {
        reference: format!("SSI BRD {}", brd.version),
        classification: brd.classification.to_string(),
        date: brd.date.unwrap_or_default(),
        author: "DCC".to_owned(),
    };
    let mut document = Document::new(brd.title.as_str(), properties);
    document.subtitle(format!("Version {}", brd.version));
    document.table(facts(brd)).contents().page_break();
    overview::write(brd, &mut document);
    functional::write(brd, &mut document);
    functional::write_non_functional(brd, &mut document);
    document.page_break();
    appendices::write(brd, &mut document);
    document
}

fn facts(brd: &Brd) -> Table {
    let date = brd.date.map(|date| (DATE, date.format(DATE_FORMAT).to_string()));
    let status = (!brd.status.is_blank()).then(|| (STATUS, brd.status.to_string()));
    let classification = (!brd.classification.is_blank()).then(|| (CLASSIFICATION, brd.classification.to_string()));
    let version = Some((VERSION, brd.version.to_string()));
    Table::facts([version, date, status, classification].into_iter().flatten())
}

/// A section of the document with a numbered heading.
fn section(document: &mut Document, name: &str) {
    document.numbered_heading(Level::One, name);
}

/// What an item says, below the line that it is no longer in use if that is so.
fn says<T: Item>(item: &T, text: &BrdText) -> Vec<Block> {
    notice(item).into_iter().chain(text.blocks()).collect()
}

fn cell<T: Item>(item: &T, text: &BrdText) -> Cell {
    Cell::of(says(item, text))
}

/// The line that an item is no longer in use, what takes its place and why (R61).
fn notice<T: Item>(item: &T) -> Option<Block> {
    let retirement = item.retirement()?;
    let successor = retirement.into.as_ref().map(|id| format!("{REPLACED_BY}{id}"));
    let reason = (!retirement.reason.is_blank()).then(|| format!("{BECAUSE}{}", retirement.reason));
    let words = [Some(RETIRED.to_owned()), successor, reason].into_iter().flatten().collect::<String>();
    Some(Block::styled(ParagraphStyle::Note, words))
}

/// A trace or a word as a cell, empty where there is none.
fn optional<T: ToString>(value: Option<T>) -> Cell {
    text(value.map(|value| value.to_string()).unwrap_or_default())
}

/// Words as a cell without blocks where there are none.
fn text(words: impl Into<String>) -> Cell {
    let words = words.into();
    if words.is_empty() { Cell::of([]) } else { Cell::from(words) }
}
