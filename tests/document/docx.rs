//! What stands in a `.docx` file.

use quorate::document::{Block, Cell, Document, Image, Item, Level, ListKind, Media, Row, Table, Text, to_docx};

use super::{consultation, part, parts, properties};
use crate::diagram::xml::{Element, read};

/// The main part of a document as elements.
fn body(document: &Document) -> Element {
    read(&part(&to_docx(document).unwrap(), "word/document.xml"))
}

/// The paragraphs with this style, as their words.
fn styled(body: &Element, style: &str) -> Vec<String> {
    let has = |paragraph: &&Element| {
        paragraph.all().iter().any(|element| element.name == "w:pStyle" && element.get("w:val") == style)
    };
    let paragraphs = body.all().into_iter().filter(|element| element.name == "w:p");
    paragraphs.filter(has).map(words).collect()
}

fn words(element: &Element) -> String {
    let texts = element.all().into_iter().filter(|element| element.name == "w:t");
    texts.map(|element| element.text.as_str()).collect()
}

fn count(element: &Element, name: &str) -> usize {
    element.all().iter().filter(|element| element.name == name).count()
}

/// The lists that paragraphs with this style belong to.
fn lists(body: &Element, style: &str) -> Vec<String> {
    let paragraphs = body.all().into_iter().filter(|element| element.name == "w:p");
    let value = |paragraph: &Element, name: &str| {
        paragraph.all().into_iter().find(|element| element.name == name).map(|found| found.get("w:val").to_owned())
    };
    let of_style = paragraphs.filter(|paragraph| value(paragraph, "w:pStyle").as_deref() == Some(style));
    of_style.filter_map(|paragraph| value(paragraph, "w:numId")).collect()
}

#[test]
fn every_part_is_well_formed_and_the_content_types_come_first() {
    let package = to_docx(&consultation()).unwrap();
    let names = parts(&package);
    assert_eq!(names[0], "[Content_Types].xml");
    let types = part(&package, "[Content_Types].xml");
    for name in &names {
        read(&part(&package, name));
        let known = types.contains(&format!("\"/{name}\"")) || name.contains("_rels/");
        assert!(known || name == "[Content_Types].xml", "{name} has no content type");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(to_docx(&consultation()), to_docx(&consultation()));
}

#[test]
fn headings_are_headings_and_carry_real_numbers() {
    let body = body(&consultation());
    assert_eq!(styled(&body, "Title"), ["SSI Improvement Consultation"]);
    assert_eq!(styled(&body, "Heading1"), ["Background", "Responses", "Appendix A: Progression timetable"]);
    assert_eq!(styled(&body, "Heading2"), ["Scope"]);
    assert_eq!(lists(&body, "Heading1"), ["1", "1"], "the appendix has no number");
    assert_eq!(lists(&body, "NumberedParagraph"), ["2"; 3], "one list runs through the document");
}

#[test]
fn each_list_begins_afresh() {
    let document = consultation();
    let body = body(&document);
    assert_eq!(lists(&body, "ListParagraph"), ["3", "3", "4", "4", "5", "5", "6"]);
    let numbering = read(&part(&to_docx(&document).unwrap(), "word/numbering.xml"));
    assert_eq!(count(&numbering, "w:startOverride"), 3);
}

#[test]
fn a_list_in_a_cell_is_set_as_small_at_every_level() {
    let below = Block::list(ListKind::Bullets, ["the second level"]);
    let cell = Cell::of([Block::list(ListKind::Numbers, [Item::with("the first level", [below])])]);
    let mut table = Table::new([("What", 1)]);
    table.rows.push(Row { cells: vec![cell], ..Row::default() });
    let mut document = Document::new("x", properties());
    document.table(table);
    assert_eq!(styled(&body(&document), "TableText"), ["the first level", "the second level"]);
    assert_eq!(styled(&body(&document), "ListParagraph"), [""; 0]);
}

#[test]
fn the_contents_list_is_filled_in_and_every_entry_leads_somewhere() {
    let body = body(&consultation());
    assert_eq!(styled(&body, "TOC1"), ["1Background", "2Responses", "Appendix A: Progression timetable"]);
    assert_eq!(styled(&body, "TOC2"), ["1.1Scope"]);
    let marks: Vec<&str> = body.all().iter().filter(|e| e.name == "w:bookmarkStart").map(|e| e.get("w:name")).collect();
    let anchors: Vec<&str> = body.all().iter().map(|e| e.get("w:anchor")).filter(|a| !a.is_empty()).collect();
    assert_eq!(marks, anchors);
    assert_eq!(count(&body, "w:fldChar"), 3);
}

#[test]
fn header_rows_repeat_and_rows_stay_whole() {
    let body = body(&consultation());
    assert_eq!(count(&body, "w:tblHeader"), 2);
    assert_eq!(count(&body, "w:cantSplit"), count(&body, "w:tr"));
    assert_eq!(count(&body, "w:tblCaption"), 1);
    let mut long = Document::new("x", properties());
    long.table(Table::new([("a", 1)]).row(["word ".repeat(400)]));
    let split = self::body(&long);
    assert_eq!((count(&split, "w:tr"), count(&split, "w:cantSplit")), (2, 1), "a page of text may run on");
}

#[test]
fn the_rows_of_a_table_cover_its_columns() {
    let body = body(&consultation());
    for table in body.all().into_iter().filter(|element| element.name == "w:tbl") {
        let columns = count(table, "w:gridCol");
        for row in table.all().into_iter().filter(|element| element.name == "w:tr") {
            let spans: usize = row
                .all()
                .iter()
                .filter(|e| e.name == "w:gridSpan")
                .map(|e| e.number("w:val") - 1)
                .map(|more| usize::try_from(more).unwrap())
                .sum();
            assert_eq!(count(row, "w:tc") + spans, columns);
        }
    }
    assert_eq!(count(&body, "w:vMerge"), 2);
}

#[test]
fn every_cell_ends_with_a_paragraph() {
    let mut document = Document::new("x", properties());
    let inner = Table::new([("in", 1)]).row(["x"]);
    let cells = [Cell::of([]), Cell::of([quorate::document::Block::Table(inner)])];
    document.table(Table::new([("a", 1), ("b", 1), ("c", 1)]).rows([Row::of(cells)]));
    for cell in body(&document).all().into_iter().filter(|element| element.name == "w:tc") {
        assert_eq!(cell.children.last().unwrap().name, "w:p");
    }
}

#[test]
fn every_link_is_a_relationship() {
    let package = to_docx(&consultation()).unwrap();
    let relationships = read(&part(&package, "word/_rels/document.xml.rels"));
    let all = relationships.all();
    let link = all.iter().find(|element| element.get("TargetMode") == "External").unwrap();
    assert_eq!(link.get("Target"), "https://register.example/sips");
    let body = read(&part(&package, "word/document.xml"));
    let ids: Vec<&str> = body.all().iter().map(|e| e.get("r:id")).filter(|id| !id.is_empty()).collect();
    assert!(ids.iter().all(|id| all.iter().any(|element| element.get("Id") == *id)), "{ids:?}");
}

#[test]
fn head_foot_and_properties_say_what_the_document_is_filed_under() {
    let package = to_docx(&consultation()).unwrap();
    let header = words(&read(&part(&package, "word/header1.xml")));
    assert_eq!(header, "SSI_C_2026_03Improvement consultationClassification: White");
    let footer = part(&package, "word/footer1.xml");
    assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES "), "{footer}");
    let core = read(&part(&package, "docProps/core.xml"));
    assert_eq!(core.words_of("dcterms:created"), "2026-08-03T00:00:00Z");
    assert_eq!(core.words_of("dc:identifier"), "SSI_C_2026_03");
    assert!(part(&package, "word/styles.xml").contains("w:lang w:val=\"en-GB\""));
}

#[test]
fn a_page_break_goes_with_what_follows_it() {
    let mut document = Document::new("x", properties());
    document.page_break().heading(Level::One, "a").page_break().table(Table::new([("b", 1)]).row(["c"])).page_break();
    assert_eq!(count(&body(&document), "w:pageBreakBefore"), 2);
}

#[test]
fn what_people_write_survives_and_what_xml_cannot_hold_shows() {
    let mut document = Document::new("x", properties());
    document.paragraph(Text::new("👩‍👩‍👧 שלום e\u{301} <&>\"' \u{0}\u{8}\ttab\r\nline"));
    let paragraph = styled(&body(&document), "Normal").remove(0);
    assert_eq!(paragraph, "👩‍👩‍👧 שלום e\u{301} <&>\"' \u{FFFD}\u{FFFD}tabline");
    assert_eq!((count(&body(&document), "w:tab"), count(&body(&document), "w:br")), (1, 1));
}

#[test]
fn images_and_notes_are_parts_of_the_file() {
    let image = |bytes: &[u8]| Image { media: Media::Png, bytes: bytes.into(), width: 914_400, height: 457_200 };
    let mut document = Document::new("x", properties());
    document
        .paragraph(Text::new("See ").image("a map", image(b"one")).image("a plan", image(b"two")))
        .paragraph(Text::default().image("the map again", image(b"one")))
        .paragraph(Text::new("Words").footnote(Text::new("as ").link("there", "https://a.example/")));
    let package = to_docx(&document).unwrap();
    let names = parts(&package);
    assert_eq!(names[names.len() - 2..], ["word/media/image1.png", "word/media/image2.png"], "each once");
    assert!(part(&package, "[Content_Types].xml").contains("<Default Extension=\"png\" ContentType=\"image/png\"/>"));
    let body = body(&document);
    assert_eq!((count(&body, "w:drawing"), count(&body, "w:footnoteReference")), (3, 1));
    let notes = read(&part(&package, "word/footnotes.xml"));
    assert_eq!(words(&notes), " as there");
    assert!(part(&package, "word/_rels/footnotes.xml.rels").contains("https://a.example/"));
    assert!(!parts(&to_docx(&consultation()).unwrap()).iter().any(|name| name.contains("footnotes")));
}
