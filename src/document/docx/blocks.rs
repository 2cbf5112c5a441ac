//! The text of a file, block by block.

use super::numbering::{self, ListNumber, Lists};
use super::parts::Parts;
use super::{runs, table};
use crate::document::markup::Markup;
use crate::document::outline::{self, Entry};
use crate::document::table::Align;
use crate::document::text_runs::Text;
use crate::document::tree::{Block, Document, Heading, List, Numbering, Paragraph, ParagraphStyle};

/// The main part of a file, and what it refers to.
pub(super) struct Body {
    /// The main part.
    pub(super) document: String,
    /// What it refers to.
    pub(super) parts: Parts,
    /// The lists it counts.
    pub(super) lists: Lists,
}

/// A file in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// The main part so far.
    pub(super) xml: Markup,
    /// What the text refers to.
    pub(super) parts: Parts,
    lists: Lists,
    headings: u32,
    page_break: bool,
    note_sign: bool,
}

/// Where blocks stand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// In the text itself.
    Page,
    /// In a list, at this level.
    Item(u8),
    /// In a list in a cell, at this level.
    CellItem(u8),
    /// In a note.
    Note,
    /// In a cell of a table.
    Cell(Align),
    /// In a cell that names a row or a column.
    Head(Align),
}

/// What a paragraph is beside its words.
#[derive(Debug, Clone, Copy)]
struct Setting {
    style: &'static str,
    list: Option<(ListNumber, u8)>,
    indent: Option<u32>,
    space: Space,
    align: Align,
}

/// How much space follows a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    /// As its style says.
    OfStyle,
    /// More, since a list ends with it.
    EndOfList,
}

impl Setting {
    fn of(style: &'static str) -> Self {
        Self { style, list: None, indent: None, space: Space::OfStyle, align: Align::Start }
    }
}

impl Body {
    /// Writes the main part of a document.
    pub(super) fn write(document: &Document) -> Self {
        let mut writer = Writer::default();
        writer
            .xml
            .raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
            .raw("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ")
            .raw("xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>");
        writer.paragraph(Setting::of("Title"), &Text::from(&document.title));
        for line in &document.subtitle {
            writer.paragraph(Setting::of("Subtitle"), &Text::from(line));
        }
        let outline = outline::outline(&document.blocks);
        for block in &document.blocks {
            match block {
                Block::Heading(heading) => writer.heading(heading),
                Block::Contents => writer.contents(&outline),
                Block::PageBreak => writer.page_break = true,
                block => writer.block(block, Place::Page),
            }
        }
        writer.finish()
    }
}

impl Writer {
    fn finish(mut self) -> Body {
        self.xml
            .raw("<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header\"/>")
            .raw("<w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>")
            .raw("<w:pgMar w:top=\"1531\" w:right=\"1134\" w:bottom=\"1304\" w:left=\"1134\" w:header=\"680\" ")
            .raw("w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
        Body { document: self.xml.finish(), parts: self.parts, lists: self.lists }
    }

    /// Writes a block that is not a heading of the document.
    pub(super) fn block(&mut self, block: &Block, place: Place) {
        match block {
            Block::Heading(heading) => self.paragraph(set_in(place, "TableHead"), &heading.text),
            Block::Paragraph(paragraph) => self.styled(paragraph, place),
            Block::List(list) => self.list(list, place),
            Block::Table(table) => {
                self.break_page_before_table(table);
                table::write(self, table, place);
            }
            Block::Contents | Block::PageBreak => {}
        }
    }

    fn heading(&mut self, heading: &Heading) {
        self.headings += 1;
        let level = heading.level.depth();
        let style = match level {
            1 => "Heading1",
            2 => "Heading2",
            3 => "Heading3",
            _ => "Heading4",
        };
        let list = (heading.numbering == Numbering::Numbered).then_some((ListNumber::HEADINGS, level - 1));
        self.open(Setting { list, ..Setting::of(style) });
        let place = self.headings;
        self.xml.raw("<w:bookmarkStart w:id=\"").number(place).raw("\" w:name=\"_Toc").number(place).raw("\"/>");
        runs::write(self, &heading.text);
        self.xml.raw("<w:bookmarkEnd w:id=\"").number(place).raw("\"/></w:p>");
    }

    fn styled(&mut self, paragraph: &Paragraph, place: Place) {
        let style = match (place, paragraph.style) {
            (_, ParagraphStyle::Note) | (Place::Note, _) => "Note",
            (Place::Head(_), _) => "TableHead",
            (_, ParagraphStyle::Caption) => "Caption",
            (Place::Cell(_) | Place::CellItem(_), _) => "TableText",
            (_, ParagraphStyle::Quote) => "Quote",
            (_, ParagraphStyle::Numbered) => "NumberedParagraph",
            (Place::Page, ParagraphStyle::Title) => "Title",
            (Place::Page, ParagraphStyle::Subtitle) => "Subtitle",
            (Place::Item(_), _) => "ListParagraph",
            (Place::Page, ParagraphStyle::Body) => "Normal",
        };
        let mut setting = set_in(place, style);
        if paragraph.style == ParagraphStyle::Numbered {
            (setting.list, setting.indent) = (Some((ListNumber::PARAGRAPHS, 0)), None);
        }
        self.paragraph(setting, &paragraph.text);
    }

    fn list(&mut self, list: &List, place: Place) {
        let level = match place {
            Place::Item(level) | Place::CellItem(level) => numbering::level(usize::from(level) + 1),
            _ => 0,
        };
        let (style, inside) = match place {
            Place::Cell(_) | Place::Head(_) | Place::CellItem(_) => ("TableText", Place::CellItem(level)),
            _ => ("ListParagraph", Place::Item(level)),
        };
        let number = self.lists.start(list, level);
        let last = list.items.last().filter(|item| matches!(place, Place::Page) && item.blocks.len() == 1);
        for item in &list.items {
            let space =
                if last.is_some_and(|last| std::ptr::eq(last, item)) { Space::EndOfList } else { Space::OfStyle };
            let (first, below) = match item.blocks.split_first() {
                Some((Block::Paragraph(paragraph), below)) => (paragraph.text.clone(), below),
                _ => (Text::default(), item.blocks.as_slice()),
            };
            self.paragraph(Setting { list: Some((number, level)), space, ..Setting::of(style) }, &first);
            for block in below {
                self.block(block, inside);
            }
        }
    }

    fn contents(&mut self, outline: &[Entry<'_>]) {
        self.paragraph(Setting::of("TOCHeading"), &Text::from("Contents"));
        let mut begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \
             &quot;1-3&quot; \\n \\h \\z </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
        for entry in outline::contents(outline) {
            self.open(Setting::of(match entry.heading.level.depth() {
                1 => "TOC1",
                2 => "TOC2",
                _ => "TOC3",
            }));
            self.xml.raw(begin);
            begin = "";
            self.contents_entry(entry);
            self.xml.raw("</w:p>");
        }
        if begin.is_empty() {
            self.open(Setting::of("TableEnd"));
            self.xml.raw("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>");
        }
    }

    fn contents_entry(&mut self, entry: &Entry<'_>) {
        self.xml.raw("<w:hyperlink w:anchor=\"_Toc").number(entry.place).raw("\" w:history=\"1\"><w:r>");
        if let Some(number) = &entry.number {
            self.xml.raw("<w:t>").text(number).raw("</w:t><w:tab/>");
        }
        runs::write_lines(&mut self.xml, &entry.heading.text.to_plain());
        self.xml.raw("</w:r></w:hyperlink>");
    }

    /// Writes the caption of a table.
    pub(super) fn caption(&mut self, caption: &Text) {
        self.paragraph(Setting::of("Caption"), caption);
    }

    /// Ends a table: a table must not touch the next, and a cell must end with a paragraph.
    pub(super) fn end_of_table(&mut self) {
        self.paragraph(Setting::of("TableEnd"), &Text::default());
    }

    /// Writes what a cell holds, with at least one paragraph.
    pub(super) fn cell(&mut self, blocks: &[Block], place: Place) {
        for block in blocks {
            self.block(block, place);
        }
        if !blocks.iter().any(|block| !matches!(block, Block::Contents | Block::PageBreak)) {
            self.paragraph(set_in(place, "TableText"), &Text::default());
        }
    }

    /// A table cannot begin a page by itself; its caption can, or else an empty line.
    fn break_page_before_table(&mut self, table: &crate::document::table::Table) {
        if self.page_break && table.caption.is_empty() {
            self.end_of_table();
        }
    }

    fn paragraph(&mut self, setting: Setting, text: &Text) {
        self.open(setting);
        runs::write(self, text);
        self.xml.raw("</w:p>");
    }

    /// Opens a paragraph. The order of its properties is that of the schema.
    fn open(&mut self, setting: Setting) {
        self.xml.raw("<w:p><w:pPr><w:pStyle w:val=\"").raw(setting.style).raw("\"/>");
        if std::mem::take(&mut self.page_break) {
            self.xml.raw("<w:pageBreakBefore/>");
        }
        if let Some((number, level)) = setting.list {
            self.xml.raw("<w:numPr><w:ilvl w:val=\"").number(level);
            self.xml.raw("\"/><w:numId w:val=\"").number(number.get()).raw("\"/></w:numPr>");
        }
        if setting.space == Space::EndOfList {
            self.xml.raw("<w:spacing w:after=\"160\"/>");
        }
        if let Some(indent) = setting.indent {
            self.xml.raw("<w:ind w:left=\"").number(indent).raw("\"/>");
        }
        match setting.align {
            Align::Start => {}
            Align::Centre => drop(self.xml.raw("<w:jc w:val=\"center\"/>")),
            Align::End => drop(self.xml.raw("<w:jc w:val=\"right\"/>")),
        }
        self.xml.raw("</w:pPr>");
        if std::mem::take(&mut self.note_sign) {
            self.xml.raw("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:footnoteRef/></w:r>");
            self.xml.raw("<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>");
        }
    }

    /// Writes a note apart from the text, and gives its number.
    pub(super) fn note(&mut self, blocks: &[Block]) -> u32 {
        let text = std::mem::take(&mut self.xml);
        let signs = (std::mem::take(&mut self.page_break), std::mem::replace(&mut self.note_sign, true));
        self.cell(blocks, Place::Note);
        (self.page_break, self.note_sign) = signs;
        let note = std::mem::replace(&mut self.xml, text).finish();
        self.parts.note(note)
    }
}

fn set_in(place: Place, style: &'static str) -> Setting {
    let setting = Setting::of(style);
    match place {
        Place::Page | Place::Note => setting,
        Place::Item(level) | Place::CellItem(level) => Setting { indent: Some(numbering::indent(level)), ..setting },
        Place::Cell(align) | Place::Head(align) => Setting { align, ..setting },
    }
}
