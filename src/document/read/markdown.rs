//! Markdown as a tree: `CommonMark` with tables, notes and text struck through. HTML is text like any other, so nothing
//! that people write becomes markup.

mod frame;
mod table;

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::join;
use crate::document::text_runs::{Run, Text};
use crate::document::tree::{Block, Document, Heading, Level, Numbering, Paragraph, ParagraphStyle, Properties};
use frame::{Frame, Frames};

/// Reads Markdown as blocks. Any text is Markdown, so there is nothing to refuse.
///
/// A heading `#` is of level one; those below level four count as level four. Lists that lie deeper than 12 levels
/// continue the list at that level. A line is broken by two spaces or a backslash at its end, or by `<br>`. An image is
/// a link to it, named by its alternative text.
///
/// ```
/// use quorate::document::{Block, read_markdown};
///
/// let blocks = read_markdown("The system **must**:\n\n* list users\n* sort them");
/// let [Block::Paragraph(says), Block::List(list)] = blocks.as_slice() else { panic!("two blocks") };
/// assert_eq!(says.text.to_plain(), "The system must:");
/// assert_eq!(list.items.len(), 2);
/// ```
pub fn read_markdown(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, options) {
        reader.event(event);
    }
    reader.finish()
}

/// Reads Markdown as a document. A heading `#` that begins the text is its title, and then `##` is of level one.
pub fn read_markdown_document(text: &str, properties: Properties) -> Document {
    let mut blocks = read_markdown(text);
    let title = match blocks.first() {
        Some(Block::Heading(Heading { level: Level::One, text, .. })) => Some(text.to_plain()),
        _ => None,
    };
    if title.is_some() {
        blocks.remove(0);
        blocks.iter_mut().for_each(raise);
    }
    let mut document = Document::new(title.unwrap_or_default(), properties);
    document.blocks = blocks;
    document
}

fn raise(block: &mut Block) {
    if let Block::Heading(heading) = block {
        heading.level = match heading.level {
            Level::One | Level::Two => Level::One,
            Level::Three => Level::Two,
            Level::Four => Level::Three,
        };
    }
}

/// A text in the making.
#[derive(Debug, Default)]
struct Reader {
    frames: Frames,
    text: Text,
    bold: u32,
    italic: u32,
    struck: u32,
    links: Vec<String>,
    code: Option<String>,
    notes: BTreeMap<String, Vec<Block>>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words),
            Event::Code(words) => self.add(Run { text: words.into_string(), code: true, ..self.setting() }),
            Event::Html(words) | Event::InlineHtml(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.html(&words);
            }
            Event::FootnoteReference(label) => self.sign(&label),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.words("\n"),
            Event::Rule => self.flush(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn words(&mut self, words: &str) {
        match &mut self.code {
            Some(code) => code.push_str(words),
            None => self.add(Run { text: words.to_owned(), ..self.setting() }),
        }
    }

    fn html(&mut self, words: &str) {
        let tag = words.trim().trim_matches(['<', '>', '/', ' ']);
        let breaks = words.trim_start().starts_with('<') && tag.eq_ignore_ascii_case("br");
        self.words(if breaks { "\n" } else { words });
    }

    /// The note stands for its label until every note has been read.
    fn sign(&mut self, label: &str) {
        let label = Block::paragraph(Text { runs: vec![Run { text: label.to_owned(), ..Run::default() }] });
        self.add(Run { footnote: vec![label], ..Run::default() });
    }

    fn setting(&self) -> Run {
        Run {
            bold: self.bold > 0,
            italic: self.italic > 0,
            struck: self.struck > 0,
            link: self.links.last().cloned(),
            ..Run::default()
        }
    }

    fn add(&mut self, run: Run) {
        join::add(&mut self.text, run);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.italic += 1,
            Tag::Strong => self.bold += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.links.push(dest_url.into_string()),
            Tag::Superscript | Tag::Subscript | Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            block => self.start_block(block),
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        self.flush();
        match tag {
            Tag::BlockQuote(_) => self.frames.open(Frame::Quote),
            Tag::List(start) => self.frames.open_list(start),
            Tag::Item => self.frames.open(Frame::Item(Vec::new())),
            Tag::FootnoteDefinition(label) => self.frames.open(Frame::Note(label.into_string(), Vec::new())),
            Tag::Table(columns) => self.frames.open(Frame::Table(table::Reading::of(&columns))),
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => drop(self.links.pop()),
            TagEnd::TableCell => self.frames.end_cell(std::mem::take(&mut self.text)),
            TagEnd::TableHead => self.frames.end_row(table::Part::Header),
            TagEnd::TableRow => self.frames.end_row(table::Part::Rows),
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::Table => {
                self.flush();
                if let Some((label, note)) = self.frames.close() {
                    self.notes.insert(label, note);
                }
            }
            _ => self.flush(),
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let level = match level {
            HeadingLevel::H1 => Level::One,
            HeadingLevel::H2 => Level::Two,
            HeadingLevel::H3 => Level::Three,
            _ => Level::Four,
        };
        let text = std::mem::take(&mut self.text);
        self.frames.push(Block::heading(level, Numbering::Plain, text));
    }

    fn end_code(&mut self) {
        let code = self.code.take().unwrap_or_default();
        let text = code.strip_suffix('\n').unwrap_or(&code).to_owned();
        self.add(Run { text, code: true, ..Run::default() });
        self.flush();
    }

    /// Ends the paragraph that is being read, if there is one.
    fn flush(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        trim(&mut text);
        if !text.is_empty() {
            let style = if self.frames.is_quoting() { ParagraphStyle::Quote } else { ParagraphStyle::Body };
            self.frames.push(Block::Paragraph(Paragraph { style, text, revisions: Vec::new() }));
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.flush();
        while !self.frames.is_done() {
            if let Some((label, note)) = self.frames.close() {
                self.notes.insert(label, note);
            }
        }
        let mut blocks = self.frames.finish();
        frame::fill_notes(&mut blocks, &self.notes);
        blocks
    }
}

/// Line feeds that end a block of HTML are none of its text.
fn trim(text: &mut Text) {
    if let Some(last) = text.runs.last_mut().filter(|run| !run.code) {
        last.text.truncate(last.text.trim_end_matches('\n').len());
    }
    text.runs.retain(|run| !run.is_empty());
}
