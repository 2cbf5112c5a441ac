//! Any text as Markdown: a document, and that document in every format it can be written in.
#![no_main]

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use quorate::document::{
    Look, Properties, Tracked, read_docx, read_markdown_document, to_docx, to_html, to_markdown, to_pdf, to_text,
};

fuzz_target!(|text: &str| {
    let properties = Properties {
        reference: "Fuzz".to_owned(),
        classification: "White".to_owned(),
        date: NaiveDate::default(),
        author: text.chars().take(8).collect(),
    };
    let document = read_markdown_document(text, properties);
    let _ = to_markdown(&document);
    let _ = to_html(&document, Look::Bare);
    let _ = to_text(&document);
    read_docx(&to_docx(&document).expect("a document is written"), Tracked::Show).expect("what is written can be read");
    // Setting pages takes longer than all the rest.
    if text.len().is_multiple_of(64) {
        let _ = to_pdf(&document);
    }
});
