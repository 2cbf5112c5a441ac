//! What a redline tells people: as a tree with marks, as a list of changes, as a page.

use quorate::document::{
    Block, Document, Level, Properties, Revision, Row, Table, Text, Tracked, read_docx, stands_in_newer,
    stands_in_older, to_docx, to_html_article, to_text,
};
use quorate::redline::docx::{Existing, Options, redline};
use quorate::redline::identity::Identity;
use quorate::redline::report::{
    Kind, Part, RedlineDocument, Versions, report, to_redline_article, to_redline_html, to_redline_json,
};

use super::generate::documents::{Kind as Made, document as made};
use super::generate::edits;
use super::generate::random::Random;
use super::generate::write::{Noise, package};
use crate::diagram::xml::read as read_xml;

fn options() -> Options {
    let attribution = vec![(Identity::parse("SSI-FR-6").unwrap(), "SIP-0012".to_owned())];
    let date = "2026-02-06T17:00:00Z".parse().unwrap();
    Options { author: "SECAS".to_owned(), date, existing: Existing::Accept, attribution }
}

fn compared(old: &Document, new: &Document) -> RedlineDocument {
    let made = redline(&to_docx(old).unwrap(), &to_docx(new).unwrap(), &options()).unwrap();
    report(&made.docx).unwrap()
}

fn paper() -> Document {
    let properties = Properties {
        reference: String::new(),
        classification: String::new(),
        date: "2026-02-06".parse().unwrap(),
        author: "SECAS".to_owned(),
    };
    Document::new("Baseline", properties)
}

fn requirements(rows: &[(&str, &str, &str)]) -> Table {
    let rows = rows.iter().map(|(id, text, domain)| Row::of([*id, *text, *domain]));
    Table::new([("Id", 1), ("Requirement", 4), ("Domain", 1)]).rows(rows)
}

fn old() -> Document {
    let mut document = paper();
    document
        .heading(Level::One, "1 Scope")
        .paragraph("The system shall list the users of each Party in the order of their names.")
        .paragraph("It is not for the public.")
        .heading(Level::One, "2 Requirements")
        .table(requirements(&[
            ("SSI-FR-6", "It lists five users.", "BFD01"),
            ("SSI-FR-7", "It sorts users by their names.", "BFD02"),
            ("SSI-FR-8", "It shows when each of them was last seen by the service.", "BFD02"),
        ]))
        .heading(Level::One, "3 Notes")
        .bullets(["First of all", "Second to none"]);
    document
}

fn new() -> Document {
    let mut document = paper();
    document
        .heading(Level::One, "1 Scope")
        .paragraph("The system must list the users of each Party in the order of their names.")
        .heading(Level::One, "2 Requirements")
        .table(requirements(&[
            ("SSI-FR-8", "It shows when each of them was last seen by the service.", "BFD02"),
            ("SSI-FR-6", "It lists ten users.", "BFD01"),
            ("SSI-FR-7", "It sorts users by their names.", "BFD02"),
        ]))
        .heading(Level::One, "3 Notes")
        .bullets(["First of all", "Second to none"])
        .paragraph(Text::new("Then there is ").bold("more").plain("."))
        .paragraph("And more.");
    document
}

#[test]
fn each_change_is_told_with_its_kind_its_place_and_its_author() {
    let redline = compared(&old(), &new());
    let told: Vec<_> = redline
        .changes
        .iter()
        .map(|change| {
            let identity = change.identity.as_deref().unwrap_or_default();
            (change.number, change.kind, change.part, identity, change.section.join(" / "), change.author.as_str())
        })
        .collect();
    assert_eq!(
        told,
        [
            (1, Kind::Amended, Part::Paragraph, "", "1 Scope".to_owned(), "SECAS"),
            (2, Kind::Removed, Part::Paragraph, "", "1 Scope".to_owned(), "SECAS"),
            (3, Kind::Moved, Part::Row, "SSI-FR-8", "2 Requirements".to_owned(), "SECAS"),
            (4, Kind::Amended, Part::Row, "SSI-FR-6", "2 Requirements".to_owned(), "SIP-0012"),
            (5, Kind::Added, Part::Paragraph, "", "3 Notes".to_owned(), "SECAS"),
        ]
    );
    let words = |number: usize| (redline.changes[number].old.as_str(), redline.changes[number].new.as_str());
    assert_eq!(words(1), ("It is not for the public.", ""));
    assert_eq!(words(3), ("SSI-FR-6\nIt lists five users.\nBFD01", "SSI-FR-6\nIt lists ten users.\nBFD01"));
    assert_eq!(words(4), ("", "Then there is more.\nAnd more."), "what is added together is one change");
    assert_eq!(redline.changes[3].domain.as_deref(), Some("BFD01"));
}

#[test]
fn two_documents_that_are_the_same_have_no_changes() {
    let redline = compared(&old(), &old());
    assert!(redline.changes.is_empty());
    let page = to_redline_article(&redline, &versions());
    assert!(page.contains("The two documents say the same.") && !page.contains("type=\"radio\""), "{page}");
}

#[test]
fn a_number_given_anew_is_told_apart_from_an_amendment() {
    let numbered = |headings: &[&str]| {
        let mut document = paper();
        for heading in headings {
            document.heading(Level::One, *heading).paragraph(format!("What there is to say of {}.", &heading[2..]));
        }
        document
    };
    let redline = compared(
        &numbered(&["1 Scope of the whole service", "2 Reports that are made at night"]),
        &numbered(&["1 Aim", "2 Scope of the whole service", "3 Reports that are made at night"]),
    );
    let counts = redline.summary().all;
    assert_eq!((counts.added, counts.renumbered, counts.all()), (1, 2, 3), "{:#?}", redline.changes);
}

fn versions() -> Versions {
    Versions { older: "1.0 <old>".to_owned(), newer: "1.1".to_owned() }
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    let page = to_redline_article(&compared(&old(), &new()), &versions());
    let page = read_xml(&page);
    let all = page.all();
    let ids: Vec<&str> = all.iter().map(|element| element.get("id")).filter(|id| !id.is_empty()).collect();
    let links: Vec<&str> = all.iter().filter_map(|element| element.get("href").strip_prefix('#')).collect();
    assert!(links.iter().all(|link| ids.contains(link)), "{links:?} {ids:?}");
    for expected in ["change-1", "change-5", "list-1", "list-5", "change-3-from", "by-2", "view-changes"] {
        assert_eq!(ids.iter().filter(|id| **id == expected).count(), 1, "{expected} in {ids:?}");
    }
}

#[test]
fn a_page_tells_nothing_by_colour_alone_and_lets_nothing_through() {
    let mut evil = new();
    evil.paragraph("<script>alert(1)</script>");
    let html = to_redline_html(&compared(&old(), &evil), &versions());
    assert!(html.contains("<span class=\"unseen\">removed: </span>") && html.contains("<ins class=\"rev inserted"));
    assert!(html.contains("moved to →") && html.contains("← moved from") && html.contains("1.0 &lt;old&gt;"));
    assert_eq!(html.matches("<script").count(), 1, "the page's own and no other");
    assert!(!html.contains(" style=") && !html.contains("onclick"));
    let article = to_redline_article(&compared(&old(), &evil), &versions());
    assert!(!article.contains("<script") && !article.contains("<style"));
}

#[test]
fn what_is_the_same_can_be_left_out() {
    let page = to_html_article(&compared(&old(), &new()).document);
    let same = |words: &str| {
        let before = &page[..page.find(words).unwrap()];
        before
            .rfind("class=\"same\"")
            .is_some_and(|place| !before[place..].contains("</tr>") && !before[place..].contains("</div>"))
    };
    assert!(same("It sorts users"), "a row that is the same");
    assert!(!same("It lists"), "a row that is not");
    assert!(!same("2 Requirements"), "the heading of what is not");
    assert!(!to_html_article(&old()).contains("same"), "a document that is no redline");
}

#[test]
fn programs_are_told_everything() {
    let json: serde_json::Value = serde_json::from_str(&to_redline_json(&compared(&old(), &new()))).unwrap();
    assert_eq!(json["summary"]["by_author"][1]["name"], "SIP-0012");
    assert_eq!(json["summary"]["by_domain"][0]["moved"], 1);
    assert_eq!(json["summary"]["by_section"][1]["name"], "2 Requirements");
    assert_eq!(json["changes"][3]["at"], "2026-02-06T17:00:00Z");
    assert_eq!(json["changes"][2]["kind"], "moved");
}

#[test]
fn plain_text_shows_both_sides() {
    let text = to_text(&compared(&old(), &new()).document);
    assert!(text.contains("The system [-shall-]{+must+} list"), "{text}");
}

/// The letters of one side of a marked tree, without white space.
fn letters(blocks: &[Block], stands: fn(&[Revision]) -> bool, out: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(heading) => text_letters(&heading.text, stands, out),
            Block::Paragraph(paragraph) => text_letters(&paragraph.text, stands, out),
            Block::List(list) => list.items.iter().for_each(|item| letters(&item.blocks, stands, out)),
            Block::Table(table) => {
                text_letters(&table.caption, stands, out);
                let rows = table.header.iter().chain(&table.rows).filter(|row| stands(&row.revisions));
                let cells = rows.flat_map(|row| &row.cells).filter(|cell| stands(&cell.revisions));
                for cell in cells {
                    letters(&cell.blocks, stands, out);
                }
            }
            Block::Contents | Block::PageBreak => {}
        }
    }
}

fn text_letters(text: &Text, stands: fn(&[Revision]) -> bool, out: &mut String) {
    for run in text.runs.iter().filter(|run| stands(&run.revisions)) {
        out.extend(run.text.chars().filter(|letter| !letter.is_whitespace()));
        letters(&run.footnote, stands, out);
    }
}

fn side(document: &Document, stands: fn(&[Revision]) -> bool) -> String {
    let mut out = String::new();
    letters(&document.blocks, stands, &mut out);
    out
}

/// The document without the heads and feet of its pages, of which it names one of several.
fn text_alone(mut document: Document) -> Document {
    document.header.clear();
    document.footer.clear();
    document
}

#[test]
fn both_documents_can_be_read_from_a_redline() {
    for seed in 0..45 {
        let mut random = Random::new(seed);
        let old = made(&mut random, Made::Rich);
        let new = edits::edited(&old, edits::ALL, 6, &mut random);
        let (old, new) = (package(&old, Noise::None), package(&new, Noise::None));
        let marked = redline(&old, &new, &options()).unwrap().docx;
        let read = |bytes: &[u8], tracked| text_alone(read_docx(bytes, tracked).unwrap());
        let (older, newer) = (read(&old, Tracked::Accept), read(&new, Tracked::Accept));
        assert_eq!(to_text(&read(&marked, Tracked::Accept)), to_text(&newer), "seed {seed}, accepted");
        assert_eq!(to_text(&read(&marked, Tracked::Reject)), to_text(&older), "seed {seed}, rejected");
        let shown = read(&marked, Tracked::Show);
        assert_eq!(side(&shown, stands_in_newer), side(&newer, stands_in_newer), "seed {seed}, the newer side");
        assert_eq!(side(&shown, stands_in_older), side(&older, stands_in_older), "seed {seed}, the older side");
        let redline = report(&marked).unwrap();
        read_xml(&to_redline_article(&redline, &versions()).replace('\t', " "));
    }
}
