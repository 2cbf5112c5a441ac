//! Tables: their rows as bands.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::rc::Rc;

use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::columns;
use super::compose::{Composer, Paragraphs, Place, Within, setting};
use super::flow::{Area, Band, Boxed, CELL_SIDE, CELL_TOP, Cut, Item, Mark, Space, stacked};
use super::fonts::Fonts;
use super::set::baseline;
use super::style::{self, Keep, NARROWEST, TEXT_HEIGHT};
use super::tags::Part;
use crate::document::grid::{self, Content, Slot};
use crate::document::revision::Revision;
use crate::document::table::{Row, RowHeads, Table};

/// A row higher than this may run on to the next page.
const HIGHEST_WHOLE: f32 = 0.3 * TEXT_HEIGHT;
/// A table of which the rows below the header are no higher than this stays on one page.
const HIGHEST_SMALL: f32 = 0.2 * TEXT_HEIGHT;
/// Rows tied together that are higher than this come apart.
const HIGHEST_TIED: f32 = 0.45 * TEXT_HEIGHT;

/// The rows of the header, or those below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    Header,
    Body,
}

/// A table being set.
struct Frame<'a> {
    table: &'a Table,
    /// Where each column begins, and where the last one ends.
    edges: Vec<f32>,
}

/// A cell that is set, and where it stands among the rows that are tied together.
struct Set {
    row: usize,
    rows: usize,
    cell: Boxed,
}

impl<'a> Frame<'a> {
    fn new(fonts: &Fonts, table: &'a Table, place: Place) -> Self {
        let edges = columns::edges(fonts, table, place.width).into_iter().map(|edge| place.left + edge);
        Self { table, edges: edges.collect() }
    }

    /// From where to where a slot reaches.
    fn reach(&self, slot: &Slot<'_>) -> (f32, f32) {
        let edge = |column: usize| self.edges.get(column).or(self.edges.last()).copied().unwrap_or_default();
        (edge(slot.column), edge(slot.column + slot.columns))
    }

    /// Whether a cell names a row or a column, and which.
    fn names(&self, slot: &Slot<'_>, rows: Rows) -> Option<TableHeaderScope> {
        match rows {
            Rows::Header => Some(TableHeaderScope::Column),
            Rows::Body => {
                let first = slot.column == 0 && self.table.row_heads == RowHeads::FirstColumn;
                first.then_some(TableHeaderScope::Row)
            }
        }
    }
}

fn tag(slot: &Slot<'_>, names: Option<TableHeaderScope>) -> TagKind {
    let span = |count: usize| u32::try_from(count).ok().filter(|count| *count > 1).and_then(NonZeroU32::new);
    let (columns, rows) = (span(slot.columns), span(slot.rows));
    match names {
        Some(scope) => Tag::TH(scope).with_col_span(columns).with_row_span(rows).into(),
        None => Tag::TD.with_col_span(columns).with_row_span(rows).into(),
    }
}

impl<'a> Composer<'a> {
    /// Sets a table with its caption.
    pub(super) fn table(&mut self, table: &'a Table, place: Place) -> Vec<Item> {
        let empty = table.columns.is_empty() || table.header.is_empty() && table.rows.is_empty();
        let part = if empty { self.part(place, Tag::P) } else { self.part(place, Tag::Table) };
        let mut items = Vec::new();
        if !table.caption.is_empty() {
            let caption = if empty { part } else { self.tags.within(part, Tag::Caption) };
            items.extend(self.text(&table.caption, &[], &setting(style::CAPTION, place, caption)));
        }
        if empty {
            return items;
        }
        let frame = Frame::new(self.fonts, table, place);
        let mut bands = self.bands(&frame, Rows::Header, part);
        let header: Option<Rc<[Band]>> = (!bands.is_empty()).then(|| bands.clone().into());
        for band in &mut bands {
            band.keep = Keep::WithNext;
        }
        let mut body = self.bands(&frame, Rows::Body, part);
        for band in &mut body {
            band.header.clone_from(&header);
        }
        hold_together(&mut body);
        bands.append(&mut body);
        let (before, after) = if place.within == Within::Page { (8.0, 13.0) } else { (3.0, 5.0) };
        if let Some(first) = bands.first_mut().filter(|_| table.caption.is_empty()) {
            first.space.before = before;
        }
        if let Some(last) = bands.last_mut() {
            last.space.after = after;
        }
        items.extend(bands.into_iter().map(Item::Band));
        items
    }

    fn bands(&mut self, frame: &Frame<'a>, which: Rows, part: Part) -> Vec<Band> {
        let table = frame.table;
        let (rows, part) = match which {
            Rows::Header if table.header.is_empty() => return Vec::new(),
            Rows::Header => (&table.header, self.tags.within(part, Tag::THead)),
            Rows::Body => (&table.rows, self.tags.within(part, Tag::TBody)),
        };
        let mut bands = Vec::with_capacity(rows.len());
        let mut tied = Vec::new();
        let (mut count, mut reaches) = (0, 1);
        for (slots, row) in grid::lay_out(table, rows).zip(rows) {
            let down = slots.iter().filter(|slot| matches!(slot.content, Content::Cell(_))).map(|slot| slot.rows);
            reaches = reaches.max(count + down.max().unwrap_or(1));
            tied.extend(self.row(frame, (which, part), row, &slots, count));
            count += 1;
            if count >= reaches {
                bands.extend(tie(std::mem::take(&mut tied), count));
                (count, reaches) = (0, 1);
            }
        }
        bands
    }

    fn row(
        &mut self,
        frame: &Frame<'a>,
        (which, part): (Rows, Part),
        row: &'a Row,
        slots: &[Slot<'a>],
        number: usize,
    ) -> Vec<Set> {
        let part = self.tags.within(part, Tag::TR);
        let mut changes = row.revisions.as_slice();
        let mut set = Vec::with_capacity(slots.len());
        for slot in slots {
            if matches!(slot.content, Content::FromAbove) {
                continue;
            }
            let changes = std::mem::take(&mut changes);
            let cell = self.cell(frame, (which, part), slot, changes);
            set.push(Set { row: number, rows: slot.rows, cell });
        }
        set
    }

    fn cell(
        &mut self,
        frame: &Frame<'a>,
        (which, part): (Rows, Part),
        slot: &Slot<'a>,
        row_changes: &[Revision],
    ) -> Boxed {
        let names = frame.names(slot, which);
        let part = self.tags.within(part, tag(slot, names));
        let cell = if let Content::Cell(cell) = slot.content { Some(cell) } else { None };
        let aligned = frame.table.columns.get(slot.column).map(|column| column.align).unwrap_or_default();
        let align = cell.and_then(|cell| cell.align).unwrap_or(aligned);
        let within = if names.is_some() { Within::Head(align) } else { Within::Cell(align) };
        let (left, right) = frame.reach(slot);
        let width = right - left;
        let room = (width - 2.0 * CELL_SIDE).max(NARROWEST);
        let blocks = cell.map(|cell| cell.blocks.as_slice()).unwrap_or_default();
        let paragraphs = Paragraphs::among(blocks);
        let place = Place { left: CELL_SIDE, width: room, part: Some(part), within, paragraphs };
        let changes = row_changes.iter().chain(cell.into_iter().flat_map(|cell| &cell.revisions));
        let beside = self.beside(changes, part, baseline(&style::CELL));
        let mut items = self.blocks(blocks, place);
        if items.is_empty() {
            items = self.plain("", style::CELL, part);
        }
        show_beside(&mut items, beside);
        let area = Area { x: left, y: 0.0, width, height: 0.0 };
        Boxed { area, shade: names.is_some(), content: stacked(&items), items: VecDeque::from(items) }
    }
}

/// Keeps the rows of a small table on one page, and of any other the first two and the last two.
fn hold_together(rows: &mut [Band]) {
    let small = rows.iter().map(|row| row.height).sum::<f32>() <= HIGHEST_SMALL;
    let count = rows.len();
    for (row, number) in rows.iter_mut().zip(1..) {
        if number < count && row.cut == Cut::Whole && (small || number == 1 || number + 1 == count) {
            row.keep = Keep::WithNext;
        }
    }
}

/// Draws the line beside what was changed along all of a cell, and the words beside its beginning.
fn show_beside(items: &mut [Item], beside: Option<Vec<Mark>>) {
    let Some(mut words) = beside else { return };
    for item in items {
        if let Item::Strip(strip) = item {
            strip.marks.push(Mark::ChangeBar(0.0, strip.height + strip.space.after));
            strip.marks.append(&mut words);
        }
    }
}

/// Puts rows that cells tie together in one band, or each in its own where they are too high for that.
fn tie(set: Vec<Set>, rows: usize) -> Vec<Band> {
    let mut heights = vec![0.0_f32; rows];
    for Set { row, rows, cell } in &set {
        if let Some(height) = heights.get_mut(*row).filter(|_| *rows == 1) {
            *height = height.max(cell.content + 2.0 * CELL_TOP);
        }
    }
    for Set { row, rows, cell } in set.iter().filter(|set| set.rows > 1) {
        let spanned = heights.get_mut(*row..row + rows).unwrap_or_default();
        let missing = cell.content + 2.0 * CELL_TOP - spanned.iter().sum::<f32>();
        if let Some(last) = spanned.last_mut() {
            *last += missing.max(0.0);
        }
    }
    let height: f32 = heights.iter().sum();
    if rows > 1 && height <= HIGHEST_TIED { vec![together(set, &heights)] } else { apart(set, rows) }
}

fn together(set: Vec<Set>, heights: &[f32]) -> Band {
    let sum = |from: usize, count: usize| heights.iter().skip(from).take(count).sum::<f32>();
    let cells = set.into_iter().map(|Set { row, rows, mut cell }| {
        (cell.area.y, cell.area.height) = (sum(0, row), sum(row, rows));
        cell
    });
    Band { height: sum(0, heights.len()), cells: cells.collect(), ..band() }
}

fn apart(set: Vec<Set>, rows: usize) -> Vec<Band> {
    let mut bands: Vec<Band> = (0..rows).map(|_| band()).collect();
    for Set { row, rows, cell } in set {
        for below in bands.iter_mut().take(row + rows).skip(row + 1) {
            below.cells.push(Boxed { items: VecDeque::new(), content: 0.0, ..cell });
        }
        if let Some(band) = bands.get_mut(row) {
            band.cells.push(cell);
        }
    }
    for band in &mut bands {
        band.fit();
        band.cut = if band.height > HIGHEST_WHOLE { Cut::Anywhere } else { Cut::Whole };
    }
    bands
}

fn band() -> Band {
    Band { space: Space::default(), height: 0.0, keep: Keep::Free, cut: Cut::Whole, header: None, cells: Vec::new() }
}
