//! Tables: columns, rows that repeat at the head of each page, and cells.

use serde::{Deserialize, Serialize};

use super::revision::Revision;
use super::text_runs::Text;
use super::tree::Block;

/// A table.
///
/// A row may hold fewer cells than the table has columns: the rest are empty. Cells beyond the columns are not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What the table shows; empty for none.
    pub caption: Text,
    /// The columns from the first to the last.
    pub columns: Vec<Column>,
    /// The rows that name the columns, repeated at the head of each page.
    pub header: Vec<Row>,
    /// The rows below.
    pub rows: Vec<Row>,
    /// Whether the first cell of a row names the row.
    pub row_heads: RowHeads,
}

/// A column: its share of the width, and how its cells are aligned unless they say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The share of the width, in proportion to the other columns. Nought counts as one.
    pub width: u16,
    /// How the cells are aligned.
    pub align: Align,
}

/// Whether the first cell of a row names the row, as in a table of facts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowHeads {
    /// The first cell is like the others.
    #[default]
    None,
    /// The first cell names the row.
    FirstColumn,
}

/// A row of cells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The cells from the first column on, without places taken by a cell of a row above.
    pub cells: Vec<Cell>,
    /// How the row as such differs from the document before; empty but in a redline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What it holds.
    pub blocks: Vec<Block>,
    /// How it is aligned, if not as its column is.
    pub align: Option<Align>,
    /// How many columns it spans. Nought counts as one.
    pub columns: u16,
    /// How many rows it spans. Nought counts as one.
    pub rows: u16,
    /// How the cell as such differs from the document before; empty but in a redline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
}

/// How text stands between the edges of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Where reading begins.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// Where reading ends, as amounts and counts are.
    End,
}

impl Table {
    /// A table with a header row: the name of each column and its share of the width.
    pub fn new<T: Into<Text>>(columns: impl IntoIterator<Item = (T, u16)>) -> Self {
        let (names, columns) = columns.into_iter().map(|(name, width)| (name.into(), Column::of(width))).unzip();
        let names: Vec<Text> = names;
        Self { columns, header: vec![Row::of(names)], ..Self::default() }
    }

    /// A table of facts: a name and a value in each row, and no header row.
    pub fn facts<N: Into<Text>, V: Into<Cell>>(facts: impl IntoIterator<Item = (N, V)>) -> Self {
        let row = |(name, value): (N, V)| Row::of([Cell::from(name.into()), value.into()]);
        Self {
            columns: vec![Column::of(1), Column::of(2)],
            rows: facts.into_iter().map(row).collect(),
            row_heads: RowHeads::FirstColumn,
            ..Self::default()
        }
    }

    /// Says what the table shows.
    #[must_use]
    pub fn caption(mut self, caption: impl Into<Text>) -> Self {
        self.caption = caption.into();
        self
    }

    /// Aligns the columns from the first on.
    #[must_use]
    pub fn align(mut self, aligns: impl IntoIterator<Item = Align>) -> Self {
        for (column, align) in self.columns.iter_mut().zip(aligns) {
            column.align = align;
        }
        self
    }

    /// Lets the first cell of each row name the row.
    #[must_use]
    pub fn with_row_heads(mut self) -> Self {
        self.row_heads = RowHeads::FirstColumn;
        self
    }

    /// Adds a row.
    #[must_use]
    pub fn row<C: Into<Cell>>(mut self, cells: impl IntoIterator<Item = C>) -> Self {
        self.rows.push(Row::of(cells));
        self
    }

    /// Adds rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.rows.extend(rows);
        self
    }
}

impl Column {
    /// A column with a share of the width.
    pub fn of(width: u16) -> Self {
        Self { width, align: Align::Start }
    }
}

impl Row {
    /// A row of cells.
    pub fn of<C: Into<Cell>>(cells: impl IntoIterator<Item = C>) -> Self {
        Self { cells: cells.into_iter().map(Into::into).collect(), revisions: Vec::new() }
    }
}

impl Cell {
    /// A cell of several blocks.
    pub fn of(blocks: impl IntoIterator<Item = Block>) -> Self {
        Self { blocks: blocks.into_iter().collect(), align: None, columns: 1, rows: 1, revisions: Vec::new() }
    }

    /// Lets the cell span several columns and rows.
    #[must_use]
    pub fn spanning(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// Aligns the cell otherwise than its column.
    #[must_use]
    pub fn aligned(mut self, align: Align) -> Self {
        self.align = Some(align);
        self
    }
}

impl<T: Into<Text>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::of([Block::paragraph(text)])
    }
}
