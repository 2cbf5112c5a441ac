//! The text of a document as lines of Markdown, block by block.

use super::escape::{self, Place};
use super::inline::{self, Notes};
use super::table;
use crate::document::text_runs::{Run, Text};
use crate::document::tree::{Block, Heading, Item, List, ListKind, Paragraph, ParagraphStyle};

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    below: usize,
    notes: Notes,
}

impl Writer {
    /// A text whose sections lie this much deeper than their level says.
    pub(super) fn below(below: usize) -> Self {
        Self { below, notes: Notes::new() }
    }

    /// The lines of a document, with its notes at the end.
    pub(super) fn document(&mut self, blocks: &[Block]) -> Vec<String> {
        let mut lines = self.blocks(blocks);
        let mut number = 0;
        while let Some(note) = self.notes.get_mut(number).map(std::mem::take) {
            number += 1;
            let mark = format!("[^{number}]: ");
            let note = hang(&mark, "    ", self.blocks(&note));
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(note);
        }
        lines
    }

    /// The lines of blocks. Between lists that follow each other the marks change, so that they stay apart.
    fn blocks(&mut self, blocks: &[Block]) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut before: Option<(&Block, Mark)> = None;
        for block in blocks {
            let mark = match before {
                Some((Block::List(_), mark)) => mark.other(),
                _ => Mark::First,
            };
            let more = self.block(block, mark);
            if more.is_empty() {
                continue;
            }
            if before.is_some_and(|(before, _)| !follows_closely(before, block)) {
                lines.push(String::new());
            }
            lines.extend(more);
            before = Some((block, mark));
        }
        lines
    }

    fn block(&mut self, block: &Block, mark: Mark) -> Vec<String> {
        match block {
            Block::Heading(heading) => vec![self.heading(heading)],
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::List(list) => self.list(list, mark),
            Block::Table(table) => table::lines(table, &mut self.notes),
            Block::Contents | Block::PageBreak => Vec::new(),
        }
    }

    fn heading(&mut self, heading: &Heading) -> String {
        let signs = "#".repeat((usize::from(heading.level.depth()) + self.below).min(6));
        let text = escape::edges(&inline::write(&heading.text, Place::Heading, &mut self.notes));
        match text.strip_suffix('#') {
            Some(text) => format!("{signs} {text}\\#"),
            None => format!("{signs} {text}"),
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Vec<String> {
        let lines = match block_of_code(&paragraph.text) {
            Some(run) => fenced(run),
            None => self.text(&paragraph.text),
        };
        match paragraph.style {
            ParagraphStyle::Quote => lines.iter().map(|line| format!("> {line}")).collect(),
            _ => lines,
        }
    }

    /// The lines of a text that stands by itself.
    pub(super) fn text(&mut self, text: &Text) -> Vec<String> {
        let text = escape::edges(&inline::write(text, Place::Paragraph, &mut self.notes));
        if text.is_empty() { Vec::new() } else { text.split('\n').map(str::to_owned).collect() }
    }

    fn list(&mut self, list: &List, mark: Mark) -> Vec<String> {
        let items = (list.start.max(1)..).zip(&list.items);
        items.flat_map(|(number, item)| self.item(item, &mark.sign(list.kind, number))).collect()
    }

    fn item(&mut self, item: &Item, mark: &str) -> Vec<String> {
        let lines = self.blocks(&item.blocks);
        let lines = if lines.is_empty() { vec![String::new()] } else { lines };
        hang(mark, &" ".repeat(mark.len()), lines)
    }
}

/// Which of the two marks a list has.
#[derive(Debug, Clone, Copy)]
enum Mark {
    First,
    Second,
}

impl Mark {
    fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }

    fn sign(self, kind: ListKind, number: u32) -> String {
        match (kind, self) {
            (ListKind::Bullets, Self::First) => "* ".to_owned(),
            (ListKind::Bullets, Self::Second) => "- ".to_owned(),
            (_, Self::First) => format!("{number}. "),
            (_, Self::Second) => format!("{number}) "),
        }
    }
}

/// Whether a block may stand below another without an empty line: a list below its words.
fn follows_closely(before: &Block, block: &Block) -> bool {
    let Block::List(list) = block else { return false };
    let begins_at_one = list.kind == ListKind::Bullets || list.start <= 1;
    let says_something = matches!(list.items.first().and_then(|item| item.blocks.first()),
        Some(Block::Paragraph(paragraph)) if !paragraph.text.is_empty());
    let body = |paragraph: &Paragraph| paragraph.style == ParagraphStyle::Body && !paragraph.text.is_empty();
    matches!(before, Block::Paragraph(paragraph) if body(paragraph)) && begins_at_one && says_something
}

/// The run of a paragraph that is nothing but code in several lines.
fn block_of_code(text: &Text) -> Option<&Run> {
    match text.runs.as_slice() {
        [run] if run.code && run.text.contains('\n') && run.link.is_none() && run.revisions.is_empty() => Some(run),
        _ => None,
    }
}

fn fenced(run: &Run) -> Vec<String> {
    let fence = "`".repeat((escape::longest_fence(&run.text) + 1).max(3));
    let lines = run.text.split('\n').map(str::to_owned);
    std::iter::once(fence.clone()).chain(lines).chain([fence]).collect()
}

/// The first line after a mark, the others below it.
fn hang(mark: &str, space: &str, lines: Vec<String>) -> Vec<String> {
    let hung = lines.into_iter().enumerate().map(|(number, line)| match number {
        0 if line.is_empty() => mark.trim_end().to_owned(),
        0 => format!("{mark}{line}"),
        _ if line.is_empty() => line,
        _ => format!("{space}{line}"),
    });
    hung.collect()
}
