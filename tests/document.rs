//! Documents and the files they are written as.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

use std::io::{Cursor, Read as _};

use chrono::NaiveDate;
use quorate::document::{Align, Block, Cell, Document, Item, Level, ListKind, Properties, Row, Table, Text};

#[path = "document/any.rs"]
mod any;
#[path = "document/docx.rs"]
mod docx;
#[path = "document/foreign.rs"]
mod foreign;
#[path = "document/html.rs"]
mod html;
#[path = "document/markdown.rs"]
mod markdown;
#[path = "document/office.rs"]
mod office;
#[path = "document/pages.rs"]
mod pages;
#[path = "document/pdf.rs"]
mod pdf;
#[path = "document/read.rs"]
mod read;
#[path = "document/sheet.rs"]
mod sheet;
#[path = "document/text.rs"]
mod text;

fn properties() -> Properties {
    Properties {
        reference: "SSI_C_2026_03".to_owned(),
        classification: "White".to_owned(),
        date: NaiveDate::from_ymd_opt(2026, 8, 3).unwrap(),
        author: "SECAS on behalf of DCC".to_owned(),
    }
}

/// A consultation with one of everything.
fn consultation() -> Document {
    let mut document = Document::new("SSI Improvement Consultation", properties());
    "Improvement consultation".clone_into(&mut document.header);
    "Published 3 August 2026".clone_into(&mut document.footer);
    document.subtitle("Issued: 3 August 2026").subtitle("Respond by: 17:00 on 24 August 2026").contents().page_break();
    document
        .numbered_heading(Level::One, "Background")
        .numbered(Text::new("Respond by ").bold("17:00 on Monday 24 August 2026").plain("."))
        .numbered("Two proposals are put to every Party:")
        .bullets([
            Item::from("SIP-0012: Bulk export"),
            Item::with("SIP-0013: Search", [Block::list(ListKind::Letters, ["by postcode", "by device"])]),
        ])
        .numbered_heading(Level::Two, "Scope")
        .numbered(Text::new("See ").link("the register", "https://register.example/sips").plain("."))
        .numbers(["Read it", "Answer it"])
        .numbers(["Begin again"])
        .numbered_heading(Level::One, "Responses")
        .quote("We agree.\nIt saves time.")
        .note(Text::new("Digest ").code("9f86d081"))
        .table(responses())
        .page_break()
        .table(tally())
        .heading(Level::One, "Appendix A: Progression timetable")
        .table(Table::facts([("Closes", "24 August 2026")]));
    document
}

fn responses() -> Table {
    Table::new([("Respondent", 2), ("Category", 2), ("Response", 1), ("Rationale", 5)])
        .caption("Question 1")
        .row(["Example Energy", "Large Supplier", "Yes", "It improves search <b>for</b> everyone & more."])
        .row(["Ynni Cymru Cyf", "Small Supplier", "As per consultation document.", ""])
}

fn tally() -> Table {
    Table::new([("Category", 3), ("Yes", 1), ("No", 1)])
        .align([Align::Start, Align::End, Align::End])
        .with_row_heads()
        .row(["Large Supplier", "1", "0"])
        .rows([Row::of([Cell::from("Both").spanning(1, 2), Cell::from("wide").spanning(2, 1)]), Row::of(["2", "3"])])
}

/// The part of a package with this name.
fn part(package: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("a package");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

/// The names of the parts of a package, in order.
fn parts(package: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("a package");
    (0..archive.len()).map(|place| archive.by_index(place).unwrap().name().unwrap().into_owned()).collect()
}

#[test]
fn a_document_can_be_kept_and_read_again() {
    let document = consultation();
    let kept = serde_json::to_string(&document).unwrap();
    assert_eq!(serde_json::from_str::<Document>(&kept).unwrap(), document);
}

#[test]
fn a_link_is_followed_only_where_that_is_safe() {
    let address = |link: &str| Text::default().link("x", link).runs[0].address().map(str::to_owned);
    for link in ["https://a.example/", "HTTP://a.example", "mailto:sip@dcc.example"] {
        assert_eq!(address(link).as_deref(), Some(link));
    }
    for link in
        ["javascript:alert(1)", "data:text/html,x", "//a.example", "https:", "https://a.example/ b", "java\nscript:x"]
    {
        assert_eq!(address(link), None, "{link}");
    }
}
