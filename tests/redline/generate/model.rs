//! A document as an author thinks of it: no ids, no runs, no parts.

/// Formatting of a stretch of text, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Format(pub(crate) u8);

impl Format {
    /// What each member of the set is in a file, in schema order.
    pub(crate) const EACH: &[(u8, &str)] = &[
        (1, "<w:b/>"),
        (2, "<w:i/>"),
        (4, "<w:strike/>"),
        (8, "<w:color w:val=\"C00000\"/>"),
        (16, "<w:sz w:val=\"28\"/>"),
        (32, "<w:u w:val=\"single\"/>"),
        (64, "<w:vertAlign w:val=\"superscript\"/>"),
        (128, "<w:rtl/>"),
    ];

    pub(crate) fn written(self) -> String {
        Self::EACH.iter().filter(|(bit, _)| self.0 & bit != 0).map(|(_, xml)| *xml).collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoteKind {
    Footnote,
    Endnote,
}

/// What stands in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Inline {
    Text(String, Format),
    Tab,
    Break,
    Image(u8),
    Note(NoteKind, Vec<Paragraph>),
    Link(String, Vec<Inline>),
    PageNumber,
    /// A field with the code and the result it was last given.
    Field(String, String),
    TextBox(Vec<Paragraph>),
    Control(String, Vec<Inline>),
    Equation(String),
    Bookmark(String, Vec<Inline>),
    Comment(String, Vec<Inline>),
}

/// The style, list, alignment and spacing of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Look {
    /// An index in [`super::vocabulary::STYLES`]; 0 is the plain one.
    pub(crate) style: usize,
    /// A list, counted on its own, and the level in it.
    pub(crate) list: Option<(u8, u8)>,
    pub(crate) centred: bool,
    pub(crate) kept: bool,
    pub(crate) bold_mark: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Paragraph {
    pub(crate) look: Look,
    pub(crate) content: Vec<Inline>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Merge {
    #[default]
    Alone,
    Begins,
    Goes,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    /// How many columns the cell takes, at least 1.
    pub(crate) span: usize,
    pub(crate) merge: Merge,
    pub(crate) shaded: bool,
    pub(crate) blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Row {
    pub(crate) heading: bool,
    /// The name of the content control around the row, if any.
    pub(crate) control: Option<String>,
    pub(crate) cells: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Table {
    pub(crate) wide: bool,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(Paragraph),
    Table(Table),
    Control(String, Vec<Block>),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Section {
    pub(crate) blocks: Vec<Block>,
    pub(crate) header: Option<Vec<Paragraph>>,
    pub(crate) first_header: Option<Vec<Paragraph>>,
    pub(crate) footer: Option<Vec<Paragraph>>,
    pub(crate) landscape: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Document {
    pub(crate) sections: Vec<Section>,
}

impl Paragraph {
    pub(crate) fn of(text: &str) -> Self {
        Self { content: vec![Inline::Text(text.to_owned(), Format::default())], ..Self::default() }
    }
}

impl Cell {
    pub(crate) fn of(text: &str) -> Self {
        Self { span: 1, blocks: vec![Block::Paragraph(Paragraph::of(text))], ..Self::default() }
    }
}

impl Document {
    /// The document with what every document has: a section, and a paragraph at the end of everything that holds
    /// blocks and between two tables.
    pub(crate) fn made_sound(mut self) -> Self {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        for section in &mut self.sections {
            make_sound(&mut section.blocks);
        }
        self
    }
}

fn make_sound(blocks: &mut Vec<Block>) {
    let mut sound: Vec<Block> = Vec::new();
    for mut block in std::mem::take(blocks) {
        match &mut block {
            Block::Paragraph(_) => {}
            Block::Table(table) => {
                make_table_sound(table);
                if table.rows.is_empty() {
                    continue;
                }
                if matches!(sound.last(), Some(Block::Table(_) | Block::Control(..))) {
                    sound.push(Block::Paragraph(Paragraph::default()));
                }
            }
            Block::Control(_, inside) => {
                make_sound(inside);
                if matches!(sound.last(), Some(Block::Table(_))) {
                    sound.push(Block::Paragraph(Paragraph::default()));
                }
            }
        }
        sound.push(block);
    }
    if !matches!(sound.last(), Some(Block::Paragraph(_))) {
        sound.push(Block::Paragraph(Paragraph::default()));
    }
    *blocks = sound;
}

fn make_table_sound(table: &mut Table) {
    table.rows.retain(|row| !row.cells.is_empty());
    for at in 0..table.rows.len() {
        for column in 0..table.rows[at].cells.len() {
            let above = at.checked_sub(1).and_then(|above| table.rows[above].cells.get(column));
            let begun = above.is_some_and(|above| above.merge != Merge::Alone);
            let cell = &mut table.rows[at].cells[column];
            if cell.merge == Merge::Goes && !begun {
                cell.merge = Merge::Alone;
            }
            make_sound(&mut cell.blocks);
        }
    }
}
