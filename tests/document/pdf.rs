//! What stands on the pages of a PDF, as other programs read them.
#![expect(clippy::disallowed_methods, reason = "a file is written for another program to open")]

use std::process::{Command, Output};

use quorate::document::{
    Block, Bytes, Change, Document, Image, Item, Level, List, Media, Paragraph, Properties, Revision, Run, Table, Text,
    to_pdf, to_text,
};

use super::{consultation, properties};

/// What a program of Poppler says of a file.
pub(super) fn run(program: &str, arguments: &[&str], pdf: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, pdf).unwrap();
    let mut command = Command::new(program);
    command.args(arguments).arg(&path);
    if program == "pdftotext" {
        command.arg("-");
    }
    let done = command.output().expect("Poppler is needed: apt-get install poppler-utils");
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    done
}

fn said(program: &str, arguments: &[&str], pdf: &[u8]) -> String {
    String::from_utf8(run(program, arguments, pdf).stdout).unwrap()
}

/// The text of the pages in the order in which it is drawn, page by page.
pub(super) fn pages(pdf: &[u8]) -> Vec<String> {
    let text = said("pdftotext", &["-raw", "-enc", "UTF-8"], pdf);
    text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
}

/// The parts of the file as those who listen to it meet them, with their words.
fn structure(document: &Document) -> String {
    said("pdfinfo", &["-struct-text"], &to_pdf(document).unwrap())
}

/// The words of the structure alone. Parts of the structure part words.
pub(super) fn heard(document: &Document) -> Vec<String> {
    let structure = structure(document);
    let said = |line: &str| Some(line.trim().strip_prefix('"')?.strip_suffix('"')?.to_owned());
    words(&structure.lines().map(|line| said(line).unwrap_or_else(|| " ".to_owned())).collect::<String>())
}

/// Compares words one by one, so that a failure shows the first that differ and not a whole book.
#[track_caller]
pub(super) fn assert_same(left: &[String], right: &[String]) {
    let differs = left.iter().zip(right).position(|(left, right)| left != right);
    let place = differs.unwrap_or(left.len().min(right.len()));
    let near = |words: &[String]| words.iter().skip(place.saturating_sub(4)).take(9).cloned().collect::<Vec<_>>();
    assert_eq!(near(left), near(right), "word {place} of {} and {}", left.len(), right.len());
}

pub(super) fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// The words of a document in reading order, without the numbers and bullets that are given out.
pub(super) fn told(document: &Document) -> Vec<String> {
    let mut text = format!("{} {} ", document.title, document.subtitle.join(" "));
    tell(&document.blocks, &mut text);
    words(&text)
}

fn tell(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(heading) => tell_text(&heading.text, text),
            Block::Paragraph(Paragraph { text: own, .. }) => tell_text(own, text),
            Block::List(List { items, .. }) => items.iter().for_each(|item| tell(&item.blocks, text)),
            Block::Table(table) => {
                tell_text(&table.caption, text);
                let rows = table.header.iter().chain(&table.rows);
                rows.flat_map(|row| &row.cells).for_each(|cell| tell(&cell.blocks, text));
            }
            Block::Contents | Block::PageBreak => {}
        }
    }
}

fn tell_text(own: &Text, text: &mut String) {
    text.push_str(&own.to_plain());
    text.push(' ');
}

/// A document whose pages have nothing at their heads, and nothing but the number at their feet.
pub(super) fn bare() -> Document {
    let nothing = Properties {
        reference: String::new(),
        classification: String::new(),
        author: String::new(),
        date: properties().date,
    };
    Document::new("Paper", nothing)
}

fn without_marks(words: Vec<String>) -> Vec<String> {
    let is_mark = |word: &String| {
        let counts = word.strip_suffix('.').is_some_and(|count| count.len() < 3);
        counts || ["•", "–", "-", "|", "1", "1.1", "2"].contains(&word.as_str())
    };
    words.into_iter().filter(|word| !is_mark(word)).collect()
}

pub(super) fn sentence(number: usize) -> String {
    let words = ["the", "Party", "shall", "view", "each", "Service", "Request", "with", "its", "status", "and"];
    (0..8 + number % 9).map(|word| words[(word * 7 + number) % words.len()]).collect::<Vec<_>>().join(" ")
}

#[test]
fn those_who_listen_meet_every_word_in_order() {
    let mut document = consultation();
    document.blocks.retain(|block| !matches!(block, Block::Contents));
    document.table(super::pages::long_table(60, 4));
    assert_same(&without_marks(heard(&document)), &without_marks(told(&document)));
}

#[test]
fn pages_say_what_plain_text_says() {
    let mut document = bare();
    document
        .numbered_heading(Level::One, "Background of it all")
        .numbered(sentence(3).repeat(9))
        .bullets([Item::from("Bulk export"), Item::with("Search", [Block::paragraph(sentence(5).repeat(40))])])
        .quote("We agree.\nIt saves time.")
        .paragraph(sentence(7).repeat(200))
        .note("Source: the register");
    let drawn: Vec<String> = pages(&to_pdf(&document).unwrap())
        .iter()
        .flat_map(|page| page.lines().filter(|line| !line.starts_with("Page ")).flat_map(words).collect::<Vec<_>>())
        .collect();
    let text = to_text(&document).replace("=====", "").replace("--", "");
    assert_same(&without_marks(drawn), &without_marks(words(&text)));
}

#[test]
fn every_page_says_what_the_document_is_filed_under_and_its_number() {
    let pages = pages(&to_pdf(&consultation()).unwrap());
    assert_eq!(pages.len(), 3);
    for (page, number) in pages.iter().zip(1..) {
        for words in ["SSI_C_2026_03", "Improvement consultation", "Classification: White", "SECAS on behalf of DCC"] {
            assert!(page.contains(words), "{words} is not on page {number}:\n{page}");
        }
        assert!(page.contains(&format!("Page {number} of 3")), "{page}");
    }
}

#[test]
fn head_and_foot_of_any_length_stay_within_their_places() {
    let mut document = consultation();
    document.header = "very long ".repeat(10_000);
    document.properties.reference = "x".repeat(10_000);
    document.footer = "a\nb\u{0}c".to_owned();
    document.properties.classification =
        "White: it may be shared with everybody, inside the industry and out".to_owned();
    let pages = pages(&to_pdf(&document).unwrap());
    assert_eq!(pages.len(), 3);
    assert!(pages[0].lines().next().unwrap().chars().count() < 150, "{}", pages[0]);
    assert!(pages[0].contains(&document.properties.classification), "{}", pages[0]);
    assert!(pages[0].contains("Page 1 of 3"));
}

#[test]
fn the_structure_says_what_each_part_is() {
    let mut document = consultation();
    document.paragraph(Text::new("Noted").footnote("below").plain("."));
    let structure = structure(&document);
    for part in [
        "TOCI",
        "H1 \"1 Background\"",
        "H2 \"1.1 Scope\"",
        "/ListNumbering /LowerAlpha",
        "Lbl",
        "LBody",
        "Link",
        "BlockQuote",
        "Caption",
        "THead",
        "TBody",
        "TH",
        "TD",
        "/Scope /Row",
        "/Scope /Column",
        "/RowSpan 2",
        "/ColSpan 2",
        "Note",
    ] {
        assert!(structure.contains(part), "there is no {part} in:\n{structure}");
    }
    let about = said("pdfinfo", &[], &to_pdf(&document).unwrap());
    assert!(about.contains("Tagged:          yes") && about.contains("Title:           SSI Improvement Consultation"));
    let pdf = to_pdf(&document).unwrap();
    let holds = |part: &str| pdf.windows(part.len()).any(|window| window == part.as_bytes());
    assert!(holds("/Lang(en-GB)") || holds("/Lang (en-GB)"));
    assert!(holds("pdfuaid:part") && holds("/Outlines"));
}

#[test]
fn levels_that_are_left_out_do_not_break_the_structure() {
    let mut document = bare();
    document.heading(Level::Three, "Deep").heading(Level::One, "").heading(Level::Four, "Deeper");
    let structure = structure(&document);
    assert!(structure.contains("H1 \"Deep\"") && structure.contains("H2 \"Deeper\""), "{structure}");
}

#[test]
fn the_same_document_gives_the_same_bytes_dated_with_its_date() {
    let pdf = to_pdf(&consultation()).unwrap();
    assert_eq!(pdf, to_pdf(&consultation()).unwrap());
    let created = "D:20260803000000";
    assert!(pdf.windows(created.len()).any(|window| window == created.as_bytes()));
}

#[test]
fn only_safe_addresses_are_followed() {
    let mut document = bare();
    document
        .paragraph(Text::new("See ").link("here", "https://register.example/ŵ?a=(b)"))
        .paragraph(Text::new("or ").link("there", "javascript:alert(1)").link("x", "file:///etc/passwd"));
    let pdf = to_pdf(&document).unwrap();
    let urls = said("pdfinfo", &["-url"], &pdf);
    assert!(urls.contains("https://register.example/%C5%B5?a=(b)"), "{urls}");
    assert!(!urls.contains("javascript") && !urls.contains("file:"), "{urls}");
}

#[test]
fn whatever_people_write_gives_a_file_that_opens() {
    let hostile = [
        "control \u{0}\u{1}\u{8}\u{b}\u{c}\u{1b}\u{7f}\u{85}\u{9f} text",
        "\u{FEFF}\u{FFFE}\u{FFFF}\u{FFFD}\u{200B}\u{200D}\u{AD}\u{2028}\u{2029}\u{E0001}",
        "שלום עולם mixed עברית 123 (עם) العربية ١٢٣",
        "👩‍👩‍👧 🇬🇧 ✊🏿 電気 ภาษาไทย हिन्दी",
        "e\u{301}\u{323}\u{308}".repeat(40).leak(),
        "\u{301}\u{301} starts with marks",
        "\u{202E}evil\u{202C} \u{2066}isolated",
        "<script>alert(1)</script> '\"><img src=x onerror=alert(1)> ${7*7} %0a )>>/JS(",
        "\r\n\r\n\n\n\t\t",
        "",
        " ",
    ];
    for text in hostile {
        let mut document = Document::new(text, properties());
        document.header = text.to_owned();
        document.properties.author = text.to_owned();
        document
            .subtitle(text)
            .contents()
            .numbered_heading(Level::One, text)
            .numbered(Text::new(text).bold(text).code(text).link(text, format!("https://{text}")))
            .bullets([text, text])
            .table(Table::new([(text, 1), (text, 0)]).caption(text).row([text, text, text]));
        let pdf = to_pdf(&document).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(said("pdfinfo", &["-js"], &pdf), "", "{text:?}");
    }
}

#[test]
fn text_without_glyphs_is_shown_as_boxes_and_not_lost() {
    let mut document = bare();
    document.paragraph("before 電気 after").paragraph("שלום עולם");
    let page = pages(&to_pdf(&document).unwrap()).join(" ");
    for words in ["before 電気 after", "שלום", "עולם"] {
        assert!(page.contains(words), "{words} is not in: {page}");
    }
}

#[test]
fn a_word_of_a_million_letters_is_broken_over_its_pages() {
    let mut document = bare();
    document.paragraph("x".repeat(1_000_000));
    let pdf = to_pdf(&document).unwrap();
    let pages = pages(&pdf);
    assert!(pages.len() > 100, "{}", pages.len());
    assert_eq!(pages.iter().map(|page| page.matches('x').count()).sum::<usize>(), 1_000_000);
}

fn marked(text: &str, change: Change, number: u32) -> Run {
    let author = format!("SIP-{number:04}");
    let revisions = vec![Revision { change, number, author, at: None, was: String::new() }];
    Run { text: text.to_owned(), revisions, ..Run::default() }
}

#[test]
fn a_redline_shows_old_and_new_and_who_changed_them() {
    let mut document = bare();
    let text = Text::new("It shall ")
        .run(marked("show", Change::Deleted, 1))
        .run(marked("display", Change::Inserted, 1))
        .plain(" all ")
        .run(marked("meters", Change::MovedTo, 2));
    document.paragraph(text).paragraph(Text::new("Still").run(marked(" here", Change::Formatted, 3)));
    let structure = structure(&document);
    for part in ["show", "display", "meters", "SIP-0001", "SIP-0002", "SIP-0003", "LineThrough", "Underline"] {
        assert!(structure.contains(part), "there is no {part} in:\n{structure}");
    }
    let pdf = to_pdf(&document).unwrap();
    let heard = b"(Change 1: deleted by SIP-0001. Change 1: inserted by SIP-0001. ";
    assert!(pdf.windows(heard.len()).any(|window| window == heard));
}

/// A picture of one grey dot.
const DOT: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82,
    0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

fn pictured(bytes: &[u8], media: Media) -> Document {
    let image = Image { media, bytes: Bytes::from(bytes.to_vec()), width: 3_600_000, height: 36_000_000 };
    let mut document = bare();
    document.paragraph(Text::new("See ").image("the process map", image).plain(" above"));
    document
}

#[test]
fn an_image_is_drawn_and_says_what_it_shows() {
    let document = pictured(DOT, Media::Png);
    let structure = structure(&document);
    assert!(structure.contains("Figure"), "{structure}");
    let listed = said("pdfimages", &["-list"], &to_pdf(&document).unwrap());
    assert_eq!(listed.lines().count(), 3, "{listed}");
}

#[test]
fn an_image_that_cannot_be_drawn_is_named() {
    let cut = &DOT[..50];
    for (bytes, media) in [(b"not an image".as_slice(), Media::Png), (cut, Media::Png), (DOT, Media::Emf)] {
        let pages = pages(&to_pdf(&pictured(bytes, media)).unwrap());
        assert!(pages[0].contains("[Image: the process map]"), "{}", pages[0]);
    }
}
