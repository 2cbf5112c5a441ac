//! The text of a document as lines.

use super::table;
use super::wrap::{width_of, wrap};
use crate::document::counting::{letters, roman};
use crate::document::outline::{self, Entry};
use crate::document::revision::{Change, Revision};
use crate::document::text_runs::{Run, Text};
use crate::document::tree::{Block, Document, Item, Level, List, ListKind, Paragraph, ParagraphStyle};

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    paragraphs: u32,
}

impl Writer {
    /// The lines of a document, with an empty line between blocks.
    pub(super) fn document(&mut self, document: &Document, width: usize) -> Vec<String> {
        let outline = outline::outline(&document.blocks);
        let mut headings = outline.iter();
        let mut lines = Vec::new();
        for block in &document.blocks {
            let more = match block {
                Block::Heading(_) => headings.next().map(|entry| heading(entry, width)).unwrap_or_default(),
                Block::Contents => contents(&outline, width),
                block => self.block(block, width),
            };
            if !lines.is_empty() && !more.is_empty() {
                lines.push(String::new());
            }
            lines.extend(more);
        }
        lines
    }

    /// The lines of what a cell or an item holds.
    pub(super) fn within(&mut self, blocks: &[Block], width: usize) -> Vec<String> {
        blocks.iter().flat_map(|block| self.block(block, width)).collect()
    }

    fn block(&mut self, block: &Block, width: usize) -> Vec<String> {
        match block {
            Block::Heading(heading) => wrap(&readable(&heading.text), width),
            Block::Paragraph(paragraph) => self.paragraph(paragraph, width),
            Block::List(list) => self.list(list, width),
            Block::Table(table) => table::lines(self, table, width),
            Block::Contents | Block::PageBreak => Vec::new(),
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, width: usize) -> Vec<String> {
        let text = readable(&paragraph.text);
        match paragraph.style {
            ParagraphStyle::Body
            | ParagraphStyle::Note
            | ParagraphStyle::Caption
            | ParagraphStyle::Title
            | ParagraphStyle::Subtitle => wrap(&text, width),
            ParagraphStyle::Quote => hang("  | ", "  | ", wrap(&text, width.saturating_sub(4))),
            ParagraphStyle::Numbered => {
                self.paragraphs += 1;
                let mark = format!("{:<5}", format!("{}.", self.paragraphs));
                hang(&mark, "     ", wrap(&text, width.saturating_sub(5)))
            }
        }
    }

    fn list(&mut self, list: &List, width: usize) -> Vec<String> {
        let items = (list.start.max(1)..).zip(&list.items);
        items.flat_map(|(number, item)| self.item(item, &mark(list.kind, number), width)).collect()
    }

    fn item(&mut self, item: &Item, mark: &str, width: usize) -> Vec<String> {
        let lines = self.within(&item.blocks, width.saturating_sub(width_of(mark)));
        hang(mark, &" ".repeat(width_of(mark)), lines)
    }
}

fn mark(kind: ListKind, number: u32) -> String {
    let count = match kind {
        ListKind::Bullets => return "  - ".to_owned(),
        ListKind::Numbers => number.to_string(),
        ListKind::Letters => letters(number),
        ListKind::Romans => roman(number),
    };
    format!(" {:<4}", format!("{count}."))
}

/// The first line after a mark, the others below it.
fn hang(mark: &str, space: &str, lines: Vec<String>) -> Vec<String> {
    let before = |number: usize| if number == 0 { mark } else { space };
    lines.into_iter().enumerate().map(|(number, line)| format!("{}{line}", before(number))).collect()
}

fn heading(entry: &Entry<'_>, width: usize) -> Vec<String> {
    let mut lines = wrap(&numbered(entry), width);
    let rule = match entry.heading.level {
        Level::One => "-",
        Level::Two => ".",
        Level::Three | Level::Four => return lines,
    };
    lines.push(rule.repeat(lines.iter().map(|line| width_of(line)).max().unwrap_or_default()));
    lines
}

fn contents(outline: &[Entry<'_>], width: usize) -> Vec<String> {
    let entry = |entry: &Entry<'_>| {
        let space = "   ".repeat(usize::from(entry.heading.level.depth()));
        hang(&space, &space, wrap(&numbered(entry), width.saturating_sub(space.len())))
    };
    std::iter::once("Contents".to_owned()).chain(outline::contents(outline).flat_map(entry)).collect()
}

fn numbered(entry: &Entry<'_>) -> String {
    let text = readable(&entry.heading.text);
    entry.number.as_ref().map_or(text.clone(), |number| format!("{number} {text}"))
}

/// The characters of a text, with the address of each link that does not show it, what images show, notes, and what a
/// redline marks between `[-` and `-]` or `{+` and `+}`.
pub(super) fn readable(text: &Text) -> String {
    let marked = text.runs.chunk_by(|a, b| a.revisions == b.revisions);
    let marked = marked.map(|runs| {
        let words: String = runs.iter().map(of_run).collect();
        let marks = runs.first().map(|run| run.revisions.as_slice()).unwrap_or_default();
        marks.iter().rev().fold(words, |words, mark| within_mark(&words, mark))
    });
    marked.collect()
}

fn within_mark(words: &str, mark: &Revision) -> String {
    match mark.change {
        Change::Inserted => format!("{{+{words}+}}"),
        Change::Deleted => format!("[-{words}-]"),
        Change::MovedTo => format!("{{+{words}+}}(moved here, change {})", mark.number),
        Change::MovedFrom => format!("[-{words}-](moved away, change {})", mark.number),
        Change::Formatted => words.to_owned(),
    }
}

fn of_run(run: &Run) -> String {
    let mut words = match &run.image {
        Some(_) if run.text.is_empty() => "[image]".to_owned(),
        Some(_) => format!("[image: {}]", run.text),
        None => run.text.clone(),
    };
    if let Some(address) = run.address().filter(|address| !address.ends_with(run.text.as_str())) {
        words.extend([" <", address, ">"]);
    }
    if !run.footnote.is_empty() {
        let note = Writer::default().within(&run.footnote, usize::MAX).join(" ");
        words.extend([" [note: ", &note, "]"]);
    }
    words
}
