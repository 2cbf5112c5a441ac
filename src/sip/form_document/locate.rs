//! Where the answers stand in a document.

use std::collections::BTreeMap;

use super::error::FormFault;
use super::fields::{Field, fields};
use crate::document::{Block, Cell, Document, Item, List, ListKind, Row};

/// The fewest codes that a document must have to be the form.
const FEWEST_CODES: usize = 8;

/// The answers of a document by the code of their field, as paragraphs.
#[derive(Debug, Default)]
pub(super) struct Located {
    answers: BTreeMap<&'static str, Vec<String>>,
    /// How often each code stands in the document.
    times: BTreeMap<&'static str, usize>,
    /// Rows with words in them that belong to no field.
    pub(super) strays: Vec<FormFault>,
}

impl Located {
    /// The paragraphs of an answer; none if it is blank.
    pub(super) fn answer(&self, field: &Field) -> &[String] {
        self.answers.get(field.code).map_or(&[], Vec::as_slice)
    }

    /// Whether enough codes were found for the document to be the form.
    pub(super) fn is_form(&self) -> bool {
        self.times.len() >= FEWEST_CODES
    }

    /// Whether the document holds more than one form: rows may be copied one by one, but not most of them.
    pub(super) fn is_several(&self) -> bool {
        2 * self.times.values().filter(|times| **times > 1).count() > self.times.len()
    }
}

/// Finds every answer in the tables of a document.
pub(super) fn locate(document: &Document) -> Located {
    let mut located = Located::default();
    for block in &document.blocks {
        if let Block::Table(table) = block {
            locate_in(table.header.iter().chain(&table.rows), &mut located);
        }
    }
    located
}

fn locate_in<'a>(rows: impl Iterator<Item = &'a Row>, located: &mut Located) {
    let mut current: Option<&'static Field> = None;
    let mut spanned = 0;
    for row in rows {
        let (head, rest) = match row.cells.split_first() {
            Some((head, rest)) if spanned == 0 => (Some(head), rest),
            _ => (None, row.cells.as_slice()),
        };
        spanned = head.map_or(spanned, |head| head.rows.max(1)).saturating_sub(1);
        let label = head.map(paragraphs_of).unwrap_or_default();
        let answer: Vec<String> = rest.iter().flat_map(paragraphs_of).collect();
        if let Some(field) = label.first().and_then(|label| field_of_label(label)) {
            *located.times.entry(field.code).or_default() += 1;
            current = Some(field);
        } else if !label.is_empty() {
            note_stray(&label, &answer, located);
            current = None;
        }
        if let Some(field) = current {
            located.answers.entry(field.code).or_default().extend(answer);
        }
    }
}

/// Notes a row that has an answer but belongs to no field.
fn note_stray(label: &[String], answer: &[String], located: &mut Located) {
    if !answer.is_empty() {
        let words: String = label.concat().chars().take(60).collect();
        located.strays.push(FormFault {
            label: format!("the row {words:?}"),
            what: "this row is not part of the form".to_owned(),
            mend: "move what it says to the field it belongs to, and delete the row".to_owned(),
        });
    }
}

/// The field that a label names: by its code, or by its words where the code was lost.
fn field_of_label(label: &str) -> Option<&'static Field> {
    let first = label.split_whitespace().next()?.trim_end_matches(['.', ':', ')', '*']);
    let words = |text: &str| text.trim_end_matches([' ', '*', ':']).trim().to_lowercase();
    let by_code = fields().find(|field| field.code.eq_ignore_ascii_case(first));
    by_code.or_else(|| fields().find(|field| words(field.label) == words(label)))
}

/// The paragraphs of a cell that say something.
fn paragraphs_of(cell: &Cell) -> Vec<String> {
    let mut paragraphs = Vec::new();
    cell.blocks.iter().for_each(|block| collect(block, "", &mut paragraphs));
    paragraphs
}

fn collect(block: &Block, mark: &str, paragraphs: &mut Vec<String>) {
    let text = match block {
        Block::Heading(heading) => heading.text.to_plain(),
        Block::Paragraph(paragraph) => paragraph.text.to_plain(),
        Block::List(list) => return collect_list(list, paragraphs),
        Block::Table(table) => {
            let cells = table.header.iter().chain(&table.rows).flat_map(|row| &row.cells);
            return paragraphs.extend(cells.flat_map(paragraphs_of));
        }
        Block::Contents | Block::PageBreak => return,
    };
    let text = text.replace(['\u{200b}', '\u{2060}', '\u{feff}', '\u{ad}'], "");
    if !text.trim().is_empty() {
        paragraphs.push(format!("{mark}{text}"));
    }
}

/// The items of a list, each with what lies below it. Numbers and letters are words of their author; bullets are not.
fn collect_list(list: &List, paragraphs: &mut Vec<String>) {
    for (place, item) in (list.start.max(1)..).zip(&list.items) {
        let mark = match list.kind {
            ListKind::Bullets => String::new(),
            ListKind::Numbers | ListKind::Letters | ListKind::Romans => format!("{place}. "),
        };
        paragraphs.push(item_text(item, &mark));
    }
}

fn item_text(item: &Item, mark: &str) -> String {
    let mut lines = Vec::new();
    for (place, block) in item.blocks.iter().enumerate() {
        collect(block, if place == 0 { mark } else { "" }, &mut lines);
    }
    lines.join("\n")
}
