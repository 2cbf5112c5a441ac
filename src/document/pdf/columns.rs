//! How wide the columns of a table are: their shares of the room, and enough for their longest word if that can be had.

use super::flow::CELL_SIDE;
use super::fonts::{Face, Fonts};
use super::style::CELL;
use crate::document::grid;
use crate::document::table::{Row, RowHeads, Table};
use crate::document::text_runs::Text;
use crate::document::tree::Block;

/// The widest a word may be for a column to be made wider for it.
const WIDEST_WORD: f32 = 110.0;

/// Where each column begins, from the left of the table, and where the last one ends.
pub(super) fn edges(fonts: &Fonts, table: &Table, room: f32) -> Vec<f32> {
    let mut widths = shares(table, room);
    let mut needs = vec![0.0; widths.len()];
    for row in &table.header {
        need(fonts, row, Face::Bold, table.row_heads, &mut needs);
    }
    for row in &table.rows {
        need(fonts, row, Face::Regular, table.row_heads, &mut needs);
    }
    even_out(&mut widths, &needs);
    let mut edge = 0.0;
    std::iter::once(0.0).chain(widths.into_iter().map(|width| add(&mut edge, width))).collect()
}

fn add(edge: &mut f32, width: f32) -> f32 {
    *edge += width;
    *edge
}

fn shares(table: &Table, room: f32) -> Vec<f32> {
    // Ten thousand parts are whole numbers that add up, and exact as fractions.
    let part = |width: u32| room * f32::from(u16::try_from(width).unwrap_or(u16::MAX)) / 10_000.0;
    grid::widths(table, 10_000).into_iter().map(part).collect()
}

/// Notes how wide each column must be for the words of a row. Rows with cells that span others say nothing.
fn need(fonts: &Fonts, row: &Row, face: Face, heads: RowHeads, needs: &mut [f32]) {
    if row.cells.iter().any(|cell| cell.columns > 1 || cell.rows > 1) {
        return;
    }
    for (place, (cell, need)) in row.cells.iter().zip(needs).enumerate() {
        let face = if place == 0 && heads == RowHeads::FirstColumn { Face::Bold } else { face };
        for block in &cell.blocks {
            if let Block::Paragraph(paragraph) = block {
                *need = need.max(widest_word(fonts, &paragraph.text, face) + 2.0 * CELL_SIDE + 0.5);
            }
        }
    }
}

fn widest_word(fonts: &Fonts, text: &Text, face: Face) -> f32 {
    let (mut widest, mut width) = (0.0_f32, 0.0_f32);
    for run in &text.runs {
        let face = match face {
            _ if run.code => Face::Mono,
            Face::Regular if run.bold => Face::Bold,
            face => face,
        };
        for letter in run.text.chars() {
            if letter.is_whitespace() || width > WIDEST_WORD {
                width = 0.0;
            } else {
                width += fonts.glyph(face, letter).advance * CELL.size;
                widest = widest.max(width);
            }
        }
    }
    widest.min(WIDEST_WORD)
}

/// Widens the columns that need it, at the cost of those that have room to spare.
fn even_out(widths: &mut [f32], needs: &[f32]) {
    let sum = |part: fn(f32, f32) -> f32| -> f32 {
        widths.iter().zip(needs).map(|(width, need)| part(*width, *need).max(0.0)).sum()
    };
    let missing = sum(|width, need| need - width);
    let spare = sum(|width, need| width - need);
    if missing <= 0.0 || spare <= 0.0 {
        return;
    }
    let moved = missing.min(spare);
    for (width, need) in widths.iter_mut().zip(needs) {
        let short = need - *width;
        *width += short * if short > 0.0 { moved / missing } else { moved / spare };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_the_room() {
        let fonts = Fonts::read().unwrap();
        let edges = edges(&fonts, &Table::new([("a", 1), ("b", 1), ("c", 2)]), 400.0);
        assert_eq!(edges, [0.0, 100.0, 200.0, 400.0]);
    }

    #[test]
    fn a_column_is_made_wide_enough_for_its_longest_word() {
        let fonts = Fonts::read().unwrap();
        let table = Table::new([("Determination", 1), ("x", 9)]).row(["ab", "cd"]);
        let edges = edges(&fonts, &table, 400.0);
        let word = fonts.width(Face::Bold, CELL.size, "Determination");
        assert!(edges[1] >= word + 2.0 * CELL_SIDE && edges[1] < word + 2.0 * CELL_SIDE + 2.0, "{edges:?}");
        assert!((edges[2] - 400.0).abs() < 0.01, "{edges:?}");
    }

    #[test]
    fn words_that_nobody_has_room_for_do_not_widen_a_table() {
        let fonts = Fonts::read().unwrap();
        let table = Table::new([("a", 1), ("b", 1)]).row(["x".repeat(900), "y".repeat(900)]);
        let edges = edges(&fonts, &table, 150.0);
        assert!((edges[2] - 150.0).abs() < 0.01, "{edges:?}");
    }
}
