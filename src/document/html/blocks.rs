//! The text of a page, block by block.

use super::marks::Marks;
use super::{runs, table};
use crate::document::marked::{are_marked, shown_with_changes};
use crate::document::markup::Markup;
use crate::document::outline::{self, Entry};
use crate::document::text_runs::Text;
use crate::document::tree::{Block, Document, Item, Level, List, ListKind, Paragraph, ParagraphStyle};

/// A page in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// The page so far.
    pub(super) html: Markup,
    paragraphs: u32,
    page_break: bool,
    notes: Vec<Vec<Block>>,
    /// The changes that the page shows, if it shows any.
    pub(super) marks: Option<Marks>,
}

impl Writer {
    /// A page for a document.
    pub(super) fn of(document: &Document) -> Self {
        Self { marks: Marks::of(document), ..Self::default() }
    }

    /// Writes every block of a document.
    pub(super) fn document(&mut self, blocks: &[Block]) {
        let outline = outline::outline(blocks);
        let mut headings = outline.iter();
        let shown = if self.marks.is_some() { shown_with_changes(blocks) } else { Vec::new() };
        let mut shown = shown.into_iter();
        for block in blocks {
            let is_same = shown.next() == Some(false);
            if is_same {
                self.html.raw("<div class=\"same\">\n");
            }
            match block {
                Block::Heading(_) => self.heading(headings.next()),
                Block::Contents => self.contents(&outline),
                Block::PageBreak => self.page_break = true,
                block => self.block_on_its_page(block),
            }
            if is_same {
                self.html.raw("</div>\n");
            }
        }
        runs::write_notes(self);
    }

    fn block_on_its_page(&mut self, block: &Block) {
        let broken = std::mem::take(&mut self.page_break);
        if broken {
            self.html.raw("<div class=\"page-break\">\n");
        }
        self.block(block);
        if broken {
            self.html.raw("</div>\n");
        }
    }

    /// Writes a block that is not a heading of the document.
    pub(super) fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => {
                self.html.raw("<p><strong>");
                self.text(&heading.text);
                self.html.raw("</strong>");
                self.end_mark(&heading.text, &heading.revisions);
                self.html.raw("</p>\n");
            }
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::List(list) => self.list(list),
            Block::Table(table) => table::write(self, table),
            Block::Contents | Block::PageBreak => {}
        }
    }

    fn heading(&mut self, entry: Option<&Entry<'_>>) {
        let Some(entry) = entry else { return };
        let (open, close) = match entry.heading.level {
            Level::One => ("<h2", "</h2>\n"),
            Level::Two => ("<h3", "</h3>\n"),
            Level::Three => ("<h4", "</h4>\n"),
            Level::Four => ("<h5", "</h5>\n"),
        };
        self.html.raw(open);
        if std::mem::take(&mut self.page_break) {
            self.html.raw(" class=\"page-break\"");
        }
        self.html.raw(" id=\"section-").number(entry.place).raw("\">");
        self.number(entry);
        self.text(&entry.heading.text);
        self.end_mark(&entry.heading.text, &entry.heading.revisions);
        self.html.raw(close);
    }

    fn number(&mut self, entry: &Entry<'_>) {
        if let Some(number) = &entry.number {
            self.html.raw("<span class=\"number\">").text(number).raw("</span> ");
        }
    }

    fn contents(&mut self, outline: &[Entry<'_>]) {
        self.html.raw("<nav class=\"contents\" aria-label=\"Contents\">\n<h2>Contents</h2>\n<ul>\n");
        for entry in outline::contents(outline) {
            self.html.raw("<li class=\"depth-").number(entry.heading.level.depth());
            self.html.raw("\"><a href=\"#section-").number(entry.place).raw("\">");
            self.number(entry);
            self.html.text(&entry.heading.text.to_plain()).raw("</a></li>\n");
        }
        self.html.raw("</ul>\n</nav>\n");
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let close = match paragraph.style {
            ParagraphStyle::Body => {
                self.html.raw("<p>");
                "</p>\n"
            }
            ParagraphStyle::Note => self.classed("note"),
            ParagraphStyle::Caption => self.classed("caption"),
            ParagraphStyle::Title => self.classed("title"),
            ParagraphStyle::Subtitle => self.classed("subtitle"),
            ParagraphStyle::Quote => {
                self.html.raw("<blockquote><p>");
                "</p></blockquote>\n"
            }
            ParagraphStyle::Numbered => {
                self.paragraphs += 1;
                let number = self.paragraphs;
                self.html.raw("<p class=\"numbered\" id=\"p").number(number);
                self.html.raw("\"><span class=\"number\">").number(number).raw(".</span> ");
                "</p>\n"
            }
        };
        self.text(&paragraph.text);
        self.end_mark(&paragraph.text, &paragraph.revisions);
        self.html.raw(close);
    }

    fn classed(&mut self, class: &'static str) -> &'static str {
        self.html.raw("<p class=\"").raw(class).raw("\">");
        "</p>\n"
    }

    fn list(&mut self, list: &List) {
        let (open, close) = match list.kind {
            ListKind::Bullets => ("<ul", "</ul>\n"),
            ListKind::Numbers => ("<ol", "</ol>\n"),
            ListKind::Letters => ("<ol class=\"letters\" type=\"a\"", "</ol>\n"),
            ListKind::Romans => ("<ol type=\"i\"", "</ol>\n"),
        };
        self.html.raw(open);
        if list.start > 1 && list.kind != ListKind::Bullets {
            self.html.raw(" start=\"").number(list.start).raw("\"");
        }
        self.html.raw(">\n");
        for item in &list.items {
            self.item(item);
        }
        self.html.raw(close);
    }

    fn item(&mut self, item: &Item) {
        let same = self.unchanged(|| are_marked(&item.blocks));
        self.html.raw("<li").raw(same).raw(">");
        self.within(&item.blocks);
        self.html.raw("</li>\n");
    }

    /// Writes what a cell or an item holds; a single paragraph needs no element of its own.
    pub(super) fn within(&mut self, blocks: &[Block]) {
        if let [Block::Paragraph(Paragraph { style: ParagraphStyle::Body, text, revisions })] = blocks {
            self.text(text);
            self.end_mark(text, revisions);
            return;
        }
        for block in blocks {
            self.block(block);
        }
    }

    /// Writes the runs of a text.
    pub(super) fn text(&mut self, text: &Text) {
        runs::write(self, text);
    }

    /// Keeps a note for the end of the document, and gives its number.
    pub(super) fn add_note(&mut self, note: &[Block]) -> u32 {
        self.notes.push(note.to_vec());
        u32::try_from(self.notes.len()).unwrap_or(u32::MAX)
    }

    /// What the note after so many others says.
    pub(super) fn take_note(&mut self, before: u32) -> Option<Vec<Block>> {
        self.notes.get_mut(usize::try_from(before).ok()?).map(std::mem::take)
    }
}
