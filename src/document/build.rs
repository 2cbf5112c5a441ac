//! Putting a document together, in words that read like the document.

use super::table::Table;
use super::text_runs::Text;
use super::tree::{
    Block, Document, Heading, Item, Level, List, ListKind, Numbering, Paragraph, ParagraphStyle, Properties,
};

impl Document {
    /// A document with a title and nothing in it yet.
    pub fn new(title: impl Into<String>, properties: Properties) -> Self {
        Self {
            title: title.into(),
            subtitle: Vec::new(),
            properties,
            header: String::new(),
            footer: String::new(),
            blocks: Vec::new(),
        }
    }

    /// Adds a line below the title.
    pub fn subtitle(&mut self, line: impl Into<String>) -> &mut Self {
        self.subtitle.push(line.into());
        self
    }

    /// Adds a block.
    pub fn push(&mut self, block: Block) -> &mut Self {
        self.blocks.push(block);
        self
    }

    /// Adds a heading without a number.
    pub fn heading(&mut self, level: Level, text: impl Into<Text>) -> &mut Self {
        self.push(Block::heading(level, Numbering::Plain, text))
    }

    /// Adds a heading with a number.
    pub fn numbered_heading(&mut self, level: Level, text: impl Into<Text>) -> &mut Self {
        self.push(Block::heading(level, Numbering::Numbered, text))
    }

    /// Adds a paragraph of ordinary text.
    pub fn paragraph(&mut self, text: impl Into<Text>) -> &mut Self {
        self.push(Block::paragraph(text))
    }

    /// Adds a paragraph with a number that runs through the document.
    pub fn numbered(&mut self, text: impl Into<Text>) -> &mut Self {
        self.push(Block::styled(ParagraphStyle::Numbered, text))
    }

    /// Adds words of somebody else, unaltered.
    pub fn quote(&mut self, text: impl Into<Text>) -> &mut Self {
        self.push(Block::styled(ParagraphStyle::Quote, text))
    }

    /// Adds a remark in smaller print.
    pub fn note(&mut self, text: impl Into<Text>) -> &mut Self {
        self.push(Block::styled(ParagraphStyle::Note, text))
    }

    /// Adds a list with bullets.
    pub fn bullets<I: Into<Item>>(&mut self, items: impl IntoIterator<Item = I>) -> &mut Self {
        self.push(Block::list(ListKind::Bullets, items))
    }

    /// Adds a list with numbers.
    pub fn numbers<I: Into<Item>>(&mut self, items: impl IntoIterator<Item = I>) -> &mut Self {
        self.push(Block::list(ListKind::Numbers, items))
    }

    /// Adds a list with letters.
    pub fn letters<I: Into<Item>>(&mut self, items: impl IntoIterator<Item = I>) -> &mut Self {
        self.push(Block::list(ListKind::Letters, items))
    }

    /// Adds a list with small Roman numbers.
    pub fn romans<I: Into<Item>>(&mut self, items: impl IntoIterator<Item = I>) -> &mut Self {
        self.push(Block::list(ListKind::Romans, items))
    }

    /// Adds a table.
    pub fn table(&mut self, table: Table) -> &mut Self {
        self.push(Block::Table(table))
    }

    /// Adds the contents list.
    pub fn contents(&mut self) -> &mut Self {
        self.push(Block::Contents)
    }

    /// Lets what follows begin on a new page.
    pub fn page_break(&mut self) -> &mut Self {
        self.push(Block::PageBreak)
    }
}

impl Block {
    /// A heading.
    pub fn heading(level: Level, numbering: Numbering, text: impl Into<Text>) -> Self {
        Self::Heading(Heading { level, numbering, text: text.into(), revisions: Vec::new() })
    }

    /// A paragraph of ordinary text.
    pub fn paragraph(text: impl Into<Text>) -> Self {
        Self::styled(ParagraphStyle::Body, text)
    }

    /// A paragraph that plays a part of its own.
    pub fn styled(style: ParagraphStyle, text: impl Into<Text>) -> Self {
        Self::Paragraph(Paragraph { style, text: text.into(), revisions: Vec::new() })
    }

    /// A list.
    pub fn list<I: Into<Item>>(kind: ListKind, items: impl IntoIterator<Item = I>) -> Self {
        Self::List(List { kind, start: 1, items: items.into_iter().map(Into::into).collect() })
    }
}

impl Item {
    /// An item with further blocks below its words, such as a list.
    pub fn with(text: impl Into<Text>, below: impl IntoIterator<Item = Block>) -> Self {
        let mut item = Self::from(text);
        item.blocks.extend(below);
        item
    }
}

impl<T: Into<Text>> From<T> for Item {
    fn from(text: T) -> Self {
        Self { blocks: vec![Block::paragraph(text)] }
    }
}
