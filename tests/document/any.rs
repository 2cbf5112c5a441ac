//! What holds for any text that anybody writes.

use proptest::prelude::*;
use quorate::document::{
    Document, Level, Look, Sheet, Table, Text, to_csv, to_docx, to_html, to_pdf, to_text, to_xlsx,
};

use super::{part, parts, properties};
use crate::diagram::xml::read;

fn document(words: &[String]) -> Document {
    let word = |place: usize| words[place % words.len()].clone();
    let mut document = Document::new(word(0), properties());
    document.header = word(1);
    document.properties.reference = word(2);
    document
        .subtitle(word(3))
        .contents()
        .numbered_heading(Level::Two, word(4))
        .numbered(
            Text::new(word(5)).bold(word(6)).link(word(7), word(8)).link(word(9), format!("https://{}", word(10))),
        )
        .bullets([word(11), word(12)])
        .table(Table::new([(word(13), 1), (word(14), 2)]).caption(word(15)).row([word(16), word(17), word(18)]));
    document
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_file_is_well_formed_whatever_people_write(words in prop::collection::vec(any::<String>(), 1..19)) {
        let document = document(&words);
        let package = to_docx(&document).unwrap();
        for name in parts(&package) {
            read(&part(&package, &name));
        }
        let html = to_html(&document, Look::Bare).replace('\t', " ");
        read(html.strip_prefix("<!DOCTYPE html>").unwrap());
        let text = to_text(&document);
        prop_assert!(!text.contains(|letter: char| letter.is_control() && letter != '\n'));
        let pdf = to_pdf(&document).unwrap();
        prop_assert!(pdf.starts_with(b"%PDF-1.7"));
    }

    #[test]
    fn any_text_in_a_sheet_stays_text(words in prop::collection::vec(any::<String>(), 1..9)) {
        let mut sheet = Sheet::new(words[0].clone(), words.clone());
        sheet.row(words.clone());
        let package = to_xlsx(&words[0], &properties(), &[sheet.clone(), sheet.clone()]).unwrap();
        prop_assert!(!part(&package, "xl/worksheets/sheet1.xml").contains("<f"));
        let csv = to_csv(&sheet);
        let armed = |cell: &str| cell.trim_start_matches('"').starts_with(['=', '+', '-', '@', '\t', '\r']);
        prop_assert!(!csv.split("\r\n").next().is_some_and(armed));
    }
}
