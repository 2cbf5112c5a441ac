//! Writing tables: rows that stay, come, go or move, and the cells of those that stay.

use super::lines::MoveRange;
use super::markup::{open_tag, raw, tag_end};
use super::pieces::{Piece, moved_from, moved_to};
use super::plan::{Content, RowOp};
use super::story::{Block, Row};
use super::summary::Tally;
use super::tags::Wrap;
use super::write::{Moving, Writer};
use crate::document::ooxml::{XmlNode, child, elements};

impl<'x> Writer<'_, 'x, '_> {
    /// Writes a table that is in both documents.
    pub(super) fn table(&mut self, old: usize, new: usize) {
        let (older, newer) = (self.sides.old, self.sides.new);
        let (Some(before), Some(after)) = (older.table(old), newer.table(new)) else { return };
        self.copy_to(tag_end(self.text, after.node));
        self.properties_in_place("tblPr", before.node, after.node);
        self.grid(before.node, after.node);
        for op in self.sides.plan_rows(&before.rows, &after.rows, &mut self.pen.moves) {
            match op {
                RowOp::Stays { old, new, content } => {
                    let (Some(old), Some(new)) = (before.rows.get(old), after.rows.get(new)) else { continue };
                    self.row_stays(old, new, content);
                }
                RowOp::Gone { old, moved } => {
                    let partner = moved.and_then(|moved| after.rows.get(moved.partner));
                    let moved = moved.map(|moved| moved.number);
                    if let Some(row) = before.rows.get(old) {
                        self.row_gone(row, moved, partner);
                    }
                }
                RowOp::Come { new, moved } => {
                    let partner = moved.and_then(|moved| before.rows.get(moved.partner));
                    let moved = moved.map(|moved| moved.number);
                    if let Some(row) = after.rows.get(new) {
                        self.row_come(row, moved, partner);
                    }
                }
            }
        }
        self.copy_to(after.node.range().end);
    }

    /// Writes properties that stand in an element where the newer document has them, or first.
    fn properties_in_place(&mut self, name: &str, old: XmlNode<'x>, new: XmlNode<'x>) {
        let (before, after) = (child(old, name), child(new, name));
        if let Some(after) = after {
            self.copy_to(after.range().start);
            self.properties(name, before, Some(after));
            self.skip_to(after.range().end);
        } else if before.is_some() {
            self.properties(name, before, None);
        }
    }

    /// Writes the widths of the columns, and what they were.
    fn grid(&mut self, old: XmlNode<'x>, new: XmlNode<'x>) {
        let (Some(before), Some(after)) = (child(old, "tblGrid"), child(new, "tblGrid")) else { return };
        self.copy_to(after.range().start);
        let same = self.graft.lens.properties(elements(before)) == self.lens.properties(elements(after))
            && self.graft.lens.node(before) == self.lens.node(after);
        if same {
            return self.copy_to(after.range().end);
        }
        let w = self.tags.w;
        let columns: String = elements(after).map(|column| raw(self.text, column)).collect();
        let id = self.pen.next_id();
        put!(self.out, "<{w}tblGrid>{columns}<{w}tblGridChange {w}id=\"{id}\"><{w}tblGrid>");
        for column in elements(before) {
            self.graft.node(&mut self.out, column, None);
        }
        put!(self.out, "</{w}tblGrid></{w}tblGridChange></{w}tblGrid>");
        self.pen.count_formatting();
        self.skip_to(after.range().end);
    }

    fn row_stays(&mut self, old: &Row<'x>, new: &Row<'x>, content: Content) {
        let end = new.node.range().end;
        if content == Content::Same {
            return self.copy_to(end);
        }
        let outer = self.pen.under.clone();
        self.enter(new.identity.as_ref().or(old.identity.as_ref()));
        self.copy_to(tag_end(self.text, new.node));
        self.properties_in_place("tblPrEx", old.node, new.node);
        self.properties_in_place("trPr", old.node, new.node);
        for (before, after) in old.cells.iter().zip(&new.cells) {
            self.copy_to(tag_end(self.text, after.node));
            self.properties_in_place("tcPr", before.node, after.node);
            if before.content != after.content || new.linked == super::story::Linked::Yes {
                self.blocks(&before.blocks, &after.blocks);
            }
            self.copy_to(after.node.range().end);
        }
        self.copy_to(end);
        self.pen.under = outer;
    }

    /// Writes a row that only the newer document has, or has here.
    fn row_come(&mut self, row: &Row<'x>, moved: Option<u32>, partner: Option<&Row<'x>>) {
        let outer = self.pen.under.clone();
        self.enter(row.identity.as_ref());
        self.copy_to(row.node.range().start);
        let (moving, mut range) = self.begin_moving(moved, Wrap::MovedTo);
        self.out.push_str(open_tag(self.text, row.node));
        self.out.push('>');
        self.skip_to(tag_end(self.text, row.node));
        let (before, properties) = (child(row.node, "tblPrEx"), child(row.node, "trPr"));
        if let Some(before) = before {
            self.copy_to(before.range().end);
        }
        let kept: String =
            properties.map(|node| elements(node).map(|one| raw(self.text, one)).collect()).unwrap_or_default();
        self.row_mark(&kept, Wrap::Added);
        if let Some(properties) = properties {
            self.skip_to(properties.range().end);
        }
        for (at, cell) in row.cells.iter().enumerate() {
            let other = partner.and_then(|row| row.cells.get(at)).map(|cell| cell.blocks.as_slice());
            match moved.and_then(|number| self.moved_cell(other?, &cell.blocks, number)) {
                Some((_, come)) => self.lines(&come),
                None => self.all_come(&cell.blocks, moved),
            }
            self.copy_to(cell.node.range().end);
        }
        self.copy_to(row.node.range().end);
        self.end_moving(moving, &mut range);
        self.count_row(moved, Tally { rows_inserted: 1, ..Tally::default() });
        self.pen.under = outer;
    }

    fn row_mark(&mut self, kept: &str, wrap: Wrap) {
        let w = self.tags.w;
        put!(self.out, "<{w}trPr>{kept}<{w}{}", wrap.name());
        self.pen.sign(&mut self.out, w);
        put!(self.out, "/></{w}trPr>");
    }

    fn count_row(&mut self, moved: Option<u32>, tally: Tally) {
        match moved {
            Some(number) => self.pen.count_move(number),
            None => self.pen.count(tally),
        }
    }

    /// Writes blocks of the newer document that are new altogether, or new here.
    fn all_come(&mut self, blocks: &[Block], moved: Option<u32>) {
        for block in blocks {
            match block {
                Block::Paragraph(at) => {
                    let mut pieces = self.sides.compare(&(0..0), &(*at..*at + 1));
                    if let Some(number) = moved {
                        for piece in &mut pieces {
                            piece.moves_to(number);
                        }
                    }
                    self.lines(&pieces);
                }
                Block::Table(at) => self.table_come(*at, moved),
            }
        }
    }

    /// Writes a table of the newer document that is new altogether, or new here.
    pub(super) fn table_come(&mut self, new: usize, moved: Option<u32>) {
        let newer = self.sides.new;
        let Some(table) = newer.table(new) else { return };
        self.copy_to(table.node.range().start);
        let (moving, mut range) = self.begin_moving(moved, Wrap::MovedTo);
        for row in &table.rows {
            self.row_come(row, moved, None);
        }
        self.copy_to(table.node.range().end);
        self.end_moving(moving, &mut range);
    }

    /// Writes a table that only the older document has, or has here.
    pub(super) fn table_gone(&mut self, old: usize, moved: Option<u32>) {
        let older = self.sides.old;
        let Some(table) = older.table(old) else { return };
        let (moving, mut range) = self.begin_moving(moved, Wrap::MovedFrom);
        self.graft.open(&mut self.out, table.node);
        for part in ["tblPr", "tblGrid"] {
            if let Some(node) = child(table.node, part) {
                self.graft.node(&mut self.out, node, None);
            }
        }
        for row in &table.rows {
            self.row_gone(row, moved, None);
        }
        self.graft.close(&mut self.out, table.node);
        self.end_moving(moving, &mut range);
    }

    /// Marks the beginning of a row or table that moves, unless it moves within something larger.
    fn begin_moving(&mut self, moved: Option<u32>, wrap: Wrap) -> (Moving, Option<MoveRange>) {
        let before = self.moving;
        let range = match (moved, before) {
            (Some(number), Moving::Alone) => Some(self.begin_range(number, wrap)),
            _ => None,
        };
        if moved.is_some() {
            self.moving = Moving::Within;
        }
        (before, range)
    }

    fn end_moving(&mut self, before: Moving, range: &mut Option<MoveRange>) {
        self.moving = before;
        self.end_range(range);
    }

    /// Writes a row that only the older document has, or has here.
    fn row_gone(&mut self, row: &Row<'x>, moved: Option<u32>, partner: Option<&Row<'x>>) {
        let outer = self.pen.under.clone();
        self.enter(row.identity.as_ref());
        let (moving, mut range) = self.begin_moving(moved, Wrap::MovedFrom);
        self.graft.open(&mut self.out, row.node);
        if let Some(node) = child(row.node, "tblPrEx") {
            self.graft.node(&mut self.out, node, None);
        }
        let mut kept = String::new();
        if let Some(properties) = child(row.node, "trPr") {
            self.graft.children(&mut kept, properties, None);
        }
        self.row_mark(&kept, Wrap::Removed);
        for (at, cell) in row.cells.iter().enumerate() {
            self.graft.open(&mut self.out, cell.node);
            if let Some(node) = child(cell.node, "tcPr") {
                self.graft.node(&mut self.out, node, None);
            }
            let other = partner.and_then(|row| row.cells.get(at)).map(|cell| cell.blocks.as_slice());
            match moved.and_then(|number| self.moved_cell(&cell.blocks, other?, number)) {
                Some((gone, _)) => self.lines(&gone),
                None => self.all_go(&cell.blocks, moved),
            }
            self.graft.close(&mut self.out, cell.node);
        }
        self.graft.close(&mut self.out, row.node);
        self.end_moving(moving, &mut range);
        self.count_row(moved, Tally { rows_deleted: 1, ..Tally::default() });
        self.pen.under = outer;
    }

    /// Both ends of the move of a cell, if it holds paragraphs only: what it says in both has moved, the rest changed.
    fn moved_cell(&self, old: &[Block], new: &[Block], number: u32) -> Option<(Vec<Piece>, Vec<Piece>)> {
        let pieces = self.sides.compare(&paragraphs(old)?, &paragraphs(new)?);
        Some((moved_from(&pieces, Some(number)), moved_to(&pieces, Some(number))))
    }

    fn all_go(&mut self, blocks: &[Block], moved: Option<u32>) {
        for block in blocks {
            match block {
                Block::Paragraph(at) => {
                    let mut pieces = self.sides.compare(&(*at..*at + 1), &(0..0));
                    if let Some(number) = moved {
                        for piece in &mut pieces {
                            piece.moves_from(number);
                        }
                    }
                    self.lines(&pieces);
                }
                Block::Table(at) => self.table_gone(*at, moved),
            }
        }
    }
}

impl Piece {
    fn moves_to(&mut self, number: u32) {
        match self {
            Self::Text { fate, .. } => *fate = super::pieces::Fate::MovedTo(number),
            Self::Mark { moved, .. } => *moved = Some(number),
            Self::Whole { .. } => {}
        }
    }

    fn moves_from(&mut self, number: u32) {
        match self {
            Self::Text { fate, .. } => *fate = super::pieces::Fate::MovedFrom(number),
            Self::Mark { moved, .. } => *moved = Some(number),
            Self::Whole { .. } => {}
        }
    }
}

/// The places of blocks that are all paragraphs.
fn paragraphs(blocks: &[Block]) -> Option<std::ops::Range<usize>> {
    let place = |block: &Block| if let Block::Paragraph(at) = block { Some(*at) } else { None };
    let all: Option<Vec<usize>> = blocks.iter().map(place).collect();
    let all = all?;
    Some(*all.first()?..*all.last()? + 1)
}
