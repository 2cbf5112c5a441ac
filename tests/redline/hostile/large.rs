//! Input of a size and shape that tempts a comparison into quadratic work. The bound is on what is done, not on time:
//! a quadratic path over these would take minutes or hours, and the run would not end.

use super::super::engine;
use super::{Package, right, with_body};

fn table(rows: usize, cell: &dyn Fn(usize) -> String) -> String {
    let mut text = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>".to_owned();
    for row in 0..rows {
        text += &format!("<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>", cell(row));
    }
    text + "</w:tbl><w:p/>"
}

fn paragraphs(many: usize, each: &dyn Fn(usize) -> String) -> String {
    (0..many).map(|at| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", each(at))).collect()
}

#[test]
fn a_table_of_ten_thousand_rows_is_compared() {
    let old = with_body(&table(10_000, &|row| format!("row {row} as it was")));
    let new = with_body(&table(10_001, &|row| {
        if row == 5_000 { "row new".to_owned() } else { format!("row {} as it was", row - usize::from(row > 5_000)) }
    }));
    right(&old, &new);
}

#[test]
fn ten_thousand_equal_rows_are_compared() {
    let old = with_body(&table(10_000, &|_| "the same".to_owned()));
    let new = with_body(&table(9_990, &|_| "the same".to_owned()));
    right(&old, &new);
}

#[test]
fn paragraphs_that_are_all_different_are_compared() {
    let old = with_body(&paragraphs(3_000, &|at| format!("old {at} words {}", at * 7)));
    let new = with_body(&paragraphs(3_000, &|at| format!("new {at} text {}", at * 11)));
    right(&old, &new);
}

#[test]
fn paragraphs_that_are_all_equal_are_compared() {
    let old = with_body(&paragraphs(5_000, &|_| "the same".to_owned()));
    let new = with_body(&paragraphs(4_000, &|_| "the same".to_owned()));
    right(&old, &new);
}

#[test]
fn a_paragraph_of_a_megabyte_is_compared() {
    let words = |skip: usize| -> String {
        (0..150_000).filter(|at| at % skip != 7).map(|at| format!("word{} ", at * 31 % 997)).collect()
    };
    let paragraph = |text: String| format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>");
    right(&with_body(&paragraph(words(1_000))), &with_body(&paragraph(words(1_001))));
}

#[test]
fn a_megabyte_without_a_space_is_compared() {
    let paragraph = |text: String| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    right(&with_body(&paragraph("ab".repeat(500_000))), &with_body(&paragraph("ba".repeat(500_000))));
}

#[test]
fn shuffled_paragraphs_are_compared() {
    let old = with_body(&paragraphs(2_000, &|at| format!("paragraph number {at} with words of its own")));
    let new =
        with_body(&paragraphs(2_000, &|at| format!("paragraph number {} with words of its own", at * 1_013 % 2_000)));
    right(&old, &new);
}

#[test]
fn a_hundred_thousand_runs_in_one_paragraph_are_compared() {
    let runs = |odd: &str| -> String {
        let runs = (0..100_000).map(|at| format!("<w:r><w:t>{}</w:t></w:r>", if at == 70_000 { odd } else { "a" }));
        format!("<w:p>{}</w:p>", runs.collect::<String>())
    };
    let redlined = engine::redline(&with_body(&runs("b")), &with_body(&runs("c"))).unwrap();
    assert!(Package::open(&redlined.docx).is_ok() && redlined.changes > 0);
}
