//! Reading the blocks of a story.

use std::collections::HashSet;

use super::hash::{Hash, of_numbers};
use super::lens::Lens;
use super::story::{Block, Cell, HOLDER, Linked, Row, Story, Table, TextBox};
use crate::document::ooxml::{Space, XmlNode, child, elements, is};
use crate::redline::diff::Interner;
use crate::redline::identity::Identity;

/// The identity of a row stands in one of its first columns.
const COLUMNS_OF_IDENTITY: usize = 3;

/// Reads a story as it goes.
pub(super) struct Reader<'x, 'r> {
    pub(super) lens: Lens<'r>,
    /// Serves both documents.
    pub(super) ids: &'r mut Interner<u64>,
    pub(super) story: Story<'x>,
    /// Where the text that is not yet cut into words begins.
    pub(super) uncut: usize,
    /// Text boxes found and not yet read, so that the text of a paragraph stays in one piece.
    next_box: usize,
}

/// Reads the story inside `container`: a body, a header, a note.
pub(super) fn story<'x>(container: XmlNode<'x>, lens: Lens<'_>, ids: &mut Interner<u64>) -> Story<'x> {
    let mut reader = Reader::new(lens, ids);
    let blocks = reader.blocks(container);
    reader.finish(blocks)
}

impl<'x, 'r> Reader<'x, 'r> {
    pub(super) fn new(lens: Lens<'r>, ids: &'r mut Interner<u64>) -> Self {
        Self { lens, ids, story: Story::default(), uncut: 0, next_box: 0 }
    }

    /// Reads what was put off; gives the story, with these as its outermost blocks.
    pub(super) fn finish(mut self, blocks: Vec<Block>) -> Story<'x> {
        self.text_boxes();
        self.story.blocks = blocks;
        self.story
    }

    fn text_boxes(&mut self) {
        while let Some(node) = self.story.boxes.get(self.next_box).map(|found| found.node) {
            let blocks = self.blocks(node);
            if let Some(found) = self.story.boxes.get_mut(self.next_box) {
                found.blocks = blocks;
            }
            self.next_box += 1;
        }
    }

    /// Notes the text boxes inside a node, to be read later; gives a digest of what they hold.
    pub(super) fn find_boxes(&mut self, node: XmlNode<'x>) -> u64 {
        let mut hash = Hash::new();
        let mut inside = node.descendants();
        while let Some(found) = inside.next() {
            if is(found, Space::Word, "txbxContent") {
                elements(found).for_each(|block| hash.number(self.lens.node(block)));
                self.story.boxes.push(TextBox { node: found, blocks: Vec::new() });
                let within = found.descendants().count().saturating_sub(1);
                if within > 0 {
                    inside.nth(within - 1);
                }
            }
        }
        hash.finish()
    }

    /// The blocks of a container; content controls and the like are looked through, and of what is written in several
    /// ways for programs of several ages the first counts.
    pub(super) fn blocks(&mut self, container: XmlNode<'x>) -> Vec<Block> {
        let mut blocks = Vec::new();
        self.add_blocks(container, &mut blocks);
        blocks
    }

    fn add_blocks(&mut self, container: XmlNode<'x>, blocks: &mut Vec<Block>) {
        for node in elements(container) {
            match (node.space(), node.name()) {
                (Space::Word, "p") => blocks.push(Block::Paragraph(self.paragraph(node))),
                (Space::Word, "tbl") => blocks.push(Block::Table(self.table(node))),
                (Space::Word, "sdt" | "sdtContent" | "customXml" | "smartTag") => self.add_blocks(node, blocks),
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(shown) = elements(node).next() {
                        self.add_blocks(shown, blocks);
                    }
                }
                _ => {}
            }
        }
    }

    fn table(&mut self, node: XmlNode<'x>) -> usize {
        let words = self.story.words.len();
        let mut nodes = Vec::new();
        collect(node, "tr", &mut nodes);
        let mut rows: Vec<Row<'x>> = nodes.into_iter().map(|row| self.row(row)).collect();
        self.identify(&mut rows);
        let mut hash = Hash::new();
        for part in ["tblPr", "tblGrid"] {
            hash.number(child(node, part).map_or(0, |found| self.lens.node(found)));
        }
        for row in &rows {
            hash.number(row.content);
        }
        let linked = rows.iter().fold(Linked::No, |all, row| all.or(row.linked));
        let words = words..self.story.words.len();
        self.story.tables.push(Table { node, rows, words, content: hash.finish(), linked });
        self.story.tables.len() - 1
    }

    fn row(&mut self, node: XmlNode<'x>) -> Row<'x> {
        let words = self.story.words.len();
        let mut nodes = Vec::new();
        collect(node, "tc", &mut nodes);
        let cells: Vec<Cell<'x>> = nodes.into_iter().map(|cell| self.cell(cell)).collect();
        let mut hash = Hash::new();
        for part in ["tblPrEx", "trPr"] {
            hash.number(child(node, part).map_or(0, |found| self.lens.properties(elements(found))));
        }
        for cell in &cells {
            hash.number(cell.content);
        }
        let linked =
            cells.iter().flat_map(|cell| &cell.blocks).fold(Linked::No, |all, block| all.or(self.linked(*block)));
        Row { node, cells, words: words..self.story.words.len(), content: hash.finish(), identity: None, linked }
    }

    fn cell(&mut self, node: XmlNode<'x>) -> Cell<'x> {
        let blocks = self.blocks(node);
        let properties = child(node, "tcPr").map_or(0, |found| self.lens.properties(elements(found)));
        let mut all = vec![properties];
        all.extend(blocks.iter().map(|block| self.content(*block)));
        Cell { node, blocks, content: of_numbers(&all) }
    }

    pub(super) fn content(&self, block: Block) -> u64 {
        match block {
            Block::Paragraph(at) => self.story.paragraph(at).map_or(0, |found| found.content),
            Block::Table(at) => self.story.table(at).map_or(0, |found| found.content),
        }
    }

    fn linked(&self, block: Block) -> Linked {
        match block {
            Block::Paragraph(at) => self.story.paragraph(at).map_or(Linked::No, |found| found.linked),
            Block::Table(at) => self.story.table(at).map_or(Linked::No, |found| found.linked),
        }
    }

    /// Finds the column that tells the rows of a table apart by identities, and gives each row its own. A column in which
    /// they keep coming back refers to something else, and so does one that only ends its rows: a label and what it
    /// labels are no identity.
    fn identify(&self, rows: &mut [Row<'x>]) {
        let column = |at: usize| -> Vec<Option<Identity>> {
            let followed = |row: &Row<'x>| at == 0 || at + 1 < row.cells.len();
            let identity =
                |row: &Row<'x>| row.cells.get(at).filter(|_| followed(row)).and_then(|cell| self.sole_identity(cell));
            rows.iter().map(identity).collect()
        };
        let mut best = (0, Vec::new());
        for identities in (0..COLUMNS_OF_IDENTITY).map(column) {
            let different = identities.iter().flatten().collect::<HashSet<_>>().len();
            if different > best.0 && different * 4 >= identities.iter().flatten().count() * 3 {
                best = (different, identities);
            }
        }
        for (row, identity) in rows.iter_mut().zip(best.1) {
            row.identity = identity;
        }
    }

    /// The identity a cell holds and nothing besides.
    fn sole_identity(&self, cell: &Cell<'x>) -> Option<Identity> {
        let Some(Block::Paragraph(at)) = cell.blocks.first() else { return None };
        let text = self.story.slice(&self.story.paragraph(*at)?.range);
        Identity::parse(text.trim_matches(|letter: char| letter == HOLDER || letter.is_whitespace()))
    }
}

/// The elements `name` inside a node, looking through content controls.
fn collect<'x>(node: XmlNode<'x>, name: &str, found: &mut Vec<XmlNode<'x>>) {
    for inner in elements(node) {
        if is(inner, Space::Word, name) {
            found.push(inner);
        } else if ["sdt", "sdtContent", "customXml"].iter().any(|through| is(inner, Space::Word, through)) {
            collect(inner, name, found);
        }
    }
}
