//! Word files as other programs write them.

use std::io::{Cursor, Write as _};

use quorate::document::{
    Block, Change, Level, ListKind, Media, Numbering, Script, Tracked, read_docx, to_markdown, to_text,
};

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                 xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                 xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
                 xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
                 xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
                 xmlns:v=\"urn:schemas-microsoft-com:vml\" \
                 xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";

const STYLES: &str = "<w:style w:type='paragraph' w:default='1' w:styleId='Standard'><w:name w:val='Normal'/></w:style>\
    <w:style w:type='paragraph' w:styleId='berschrift1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr>\
    <w:rPr><w:b/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Kapitel'><w:name w:val='Kapitel'/><w:basedOn w:val='berschrift1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='round'><w:name w:val='Round'/><w:basedOn w:val='round'/></w:style>\
    <w:style w:type='paragraph' w:styleId='toc1'><w:name w:val='toc 1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Liste'><w:name w:val='List Bullet'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
    <w:style w:type='character' w:styleId='Fett'><w:name w:val='Strong'/><w:rPr><w:b/></w:rPr></w:style>";

const NUMBERING: &str = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerRoman'/></w:lvl></w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>\
    <w:num w:numId='3'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>";

/// A package with this text.
fn package(body: &str) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relationship = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{OFFICE}/{kind}' Target='{target}'/>")
    };
    let related = [
        relationship("s", "styles", "styles.xml"),
        relationship("n", "numbering", "numbering.xml"),
        relationship("f", "footnotes", "footnotes.xml"),
        relationship("i", "image", "media/p.jpg"),
        format!("<Relationship Id='l' Type='{OFFICE}/hyperlink' Target='https://a.example/' TargetMode='External'/>"),
    ];
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>".to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns='{RELATIONSHIPS}'>{}</Relationships>",
                relationship("d", "officeDocument", "word/document.xml")
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!("<Relationships xmlns='{RELATIONSHIPS}'>{}</Relationships>", related.concat()),
        ),
        ("word/document.xml", format!("<w:document {W}><w:body>{body}</w:body></w:document>")),
        ("word/styles.xml", format!("<w:styles {W}>{STYLES}</w:styles>")),
        ("word/numbering.xml", format!("<w:numbering {W}>{NUMBERING}</w:numbering>")),
        (
            "word/footnotes.xml",
            format!("<w:footnotes {W}><w:footnote w:id='4'>{}</w:footnote></w:footnotes>", p("", "the note")),
        ),
        ("word/media/p.jpg", "bytes".to_owned()),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn p(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>")
}

fn style(id: &str, words: &str) -> String {
    p(&format!("<w:pStyle w:val='{id}'/>"), words)
}

fn item(list: u8, level: u8, words: &str) -> String {
    p(&format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>"), words)
}

fn read(body: &str) -> Vec<Block> {
    read_docx(&package(body), Tracked::Show).unwrap().blocks
}

fn text(body: &str, tracked: Tracked) -> String {
    let document = read_docx(&package(body), tracked).unwrap();
    to_text(&document).trim().to_owned()
}

fn runs(blocks: &[Block]) -> &[quorate::document::Run] {
    match &blocks[0] {
        Block::Paragraph(paragraph) => &paragraph.text.runs,
        other => panic!("{other:?}"),
    }
}

#[test]
fn headings_are_found_in_any_language_and_by_what_styles_are_based_on() {
    let outline = "<w:pStyle w:val='Standard'/><w:outlineLvl w:val='6'/>";
    let numbered = "<w:pStyle w:val='berschrift1'/><w:numPr><w:numId w:val='2'/></w:numPr>";
    let body =
        [style("berschrift1", "a"), style("Kapitel", "b"), p(outline, "c"), p(numbered, "d"), style("round", "e")];
    let headings: Vec<_> = read(&body.concat())
        .iter()
        .map(|block| match block {
            Block::Heading(heading) => Some((heading.level, heading.numbering)),
            _ => None,
        })
        .collect();
    let plain = |level| Some((level, Numbering::Plain));
    let expected =
        [plain(Level::One), plain(Level::One), plain(Level::Four), Some((Level::One, Numbering::Numbered)), None];
    assert_eq!(headings, expected);
}

#[test]
fn lists_go_on_after_what_interrupts_them_and_begin_where_they_say() {
    let body = [
        style("Liste", "bullet"),
        item(2, 0, "one"),
        item(2, 1, "i"),
        item(2, 1, "ii"),
        p("", "between"),
        item(2, 0, "two"),
        item(3, 0, "one again"),
    ];
    let lists: Vec<_> = read(&body.concat())
        .into_iter()
        .filter_map(|block| match block {
            Block::List(list) => Some((list.kind, list.start, list.items.len(), list.items[0].blocks.len())),
            _ => None,
        })
        .collect();
    let numbers = |start, below| (ListKind::Numbers, start, 1, below);
    assert_eq!(lists, [(ListKind::Bullets, 1, 1, 1), numbers(1, 2), numbers(2, 1), numbers(1, 1)]);
}

#[test]
fn fields_show_their_result_and_links_lead_where_they_lead() {
    let field = |code: &str, shows: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>{shows}</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    };
    let body = format!(
        "<w:p>{}{}<w:hyperlink r:id='l'><w:r><w:t>there</w:t></w:r></w:hyperlink><w:fldSimple w:instr='DATE'><w:r><w:t>now</w:t>\
         </w:r></w:fldSimple><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>",
        field(" REF x ", "3"),
        field(" HYPERLINK \"https://b.example/\" ", "here"),
    );
    let blocks = read(&body);
    let shown: Vec<_> = runs(&blocks).iter().map(|run| (run.text.as_str(), run.link.as_deref())).collect();
    let expected =
        [("3", None), ("here", Some("https://b.example/")), ("there", Some("https://a.example/")), ("now", None)];
    assert_eq!(shown, expected);
}

#[test]
fn runs_are_set_by_their_own_properties_and_by_character_styles() {
    let run = |properties: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>x</w:t></w:r>");
    let body =
        ["<w:rStyle w:val='Fett'/>", "<w:rStyle w:val='Fett'/><w:b w:val='0'/>", "<w:vertAlign w:val='subscript'/>"];
    let blocks = read(&format!(
        "<w:p>{}<w:r><w:noBreakHyphen/><w:sym w:font='Symbol' w:char='F0B7'/></w:r></w:p>",
        body.map(run).concat()
    ));
    let set: Vec<_> = runs(&blocks).iter().map(|run| (run.bold, run.script)).collect();
    assert_eq!(set, [(true, Script::None), (false, Script::None), (false, Script::Sub), (false, Script::None)]);
    assert_eq!(runs(&blocks)[3].text, "\u{2011}•");
}

#[test]
fn images_boxes_notes_and_equations_are_read() {
    let drawing = "<w:drawing><wp:inline><wp:extent cx='12700' cy='25400'/><wp:docPr id='1' name='x' descr='A map'/>\
                   <a:graphic><a:graphicData><a:blip r:embed='i'/></a:graphicData></a:graphic></wp:inline></w:drawing>";
    let boxed = format!(
        "<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
        p("", "in the box")
    );
    let blocks = read(&format!(
        "<w:p><w:r>{drawing}</w:r><w:r>{boxed}</w:r><w:r><w:footnoteReference w:id='4'/></w:r><m:oMath><m:r><m:t>x+y</m:t></m:r>\
         </m:oMath></w:p>"
    ));
    let runs = runs(&blocks);
    let image = runs[0].image.as_ref().unwrap();
    assert_eq!(
        (image.media, image.bytes.get(), image.width, image.height),
        (Media::Jpeg, &b"bytes"[..], 12_700, 25_400)
    );
    assert_eq!((runs[0].text.as_str(), runs[2].text.as_str()), ("A map", "x+y"));
    assert_eq!(runs[1].footnote, [Block::paragraph("the note")]);
    assert_eq!(blocks[1..], [Block::paragraph("in the box")], "once, whichever program reads it");
}

#[test]
fn cells_span_columns_and_rows() {
    let cell = |properties: &str, words: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p("", words));
    let body = format!(
        "<w:tbl><w:tblGrid><w:gridCol w:w='100'/><w:gridCol w:w='300'/><w:gridCol w:w='100'/></w:tblGrid>\
         <w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val='2'/>", "wide"),
        cell("", "h"),
        cell("<w:vMerge w:val='restart'/>", "tall"),
        cell("", "a"),
        cell("", "b"),
        cell("<w:vMerge/>", ""),
        cell("<w:gridSpan w:val='2'/>", "c"),
    );
    let blocks = read(&body);
    let [Block::Table(table)] = blocks.as_slice() else { panic!("a table") };
    let spans = |rows: &[quorate::document::Row]| -> Vec<Vec<(u16, u16)>> {
        rows.iter().map(|row| row.cells.iter().map(|cell| (cell.columns, cell.rows)).collect()).collect()
    };
    assert_eq!(spans(&table.header), [[(2, 1), (1, 1)]]);
    assert_eq!(spans(&table.rows), [vec![(1, 2), (1, 1), (1, 1)], vec![(2, 1)]]);
    assert_eq!(table.columns.iter().map(|column| column.width).collect::<Vec<_>>(), [100, 300, 100]);
}

const BY: &str = "w:id='1' w:author='SIP-0012' w:date='2026-02-06T17:00:00Z'";

#[test]
fn tracked_changes_are_shown_accepted_or_rejected() {
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>It </w:t></w:r><w:del {BY}><w:r><w:delText>shall</w:delText>\
         </w:r></w:del><w:ins {BY}><w:r><w:t>must</w:t></w:r></w:ins></w:p><w:p><w:r><w:t xml:space='preserve'> list.</w:t></w:r></w:p>"
    );
    assert_eq!(text(&body, Tracked::Accept), "It must list.");
    assert_eq!(text(&body, Tracked::Reject), "It shall\n\nlist.");
    let blocks = read(&body);
    let marks: Vec<_> = runs(&blocks).iter().map(|run| run.revisions.first().map(|mark| mark.change)).collect();
    assert_eq!(marks, [None, Some(Change::Deleted), Some(Change::Inserted)]);
    let mark = &runs(&blocks)[1].revisions[0];
    assert_eq!(
        (mark.author.as_str(), mark.at.unwrap().to_rfc3339()),
        ("SIP-0012", "2026-02-06T17:00:00+00:00".to_owned())
    );
    let marked = read_docx(&package(&body), Tracked::Show).unwrap();
    assert!(to_markdown(&marked).starts_with("It {--shall--}{++must++}\n"), "{}", to_markdown(&marked));
}

#[test]
fn both_ends_of_a_move_have_one_number_and_formatting_says_what_was() {
    let range = |end: &str, id: u8| {
        format!(
            "<w:move{end}RangeStart w:id='{id}' w:name='m'/><w:move{end} {BY}><w:r><w:t>{end}</w:t></w:r></w:move{end}><w:move{end}RangeEnd w:id='{id}'/>"
        )
    };
    let formatted =
        format!("<w:r><w:rPr><w:b/><w:rPrChange {BY}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>set</w:t></w:r>");
    let blocks = read(&format!("<w:p>{}{formatted}{}</w:p>", range("From", 7), range("To", 8)));
    let marks: Vec<_> = runs(&blocks).iter().map(|run| &run.revisions[0]).collect();
    assert_eq!(marks[0].number, marks[2].number);
    let changes: Vec<_> = marks.iter().map(|mark| mark.change).collect();
    assert_eq!(changes, [Change::MovedFrom, Change::Formatted, Change::MovedTo]);
    assert_eq!(marks[1].was, "not bold, italic");
}

#[test]
fn contents_become_contents_and_titles_titles() {
    let body =
        [style("toc1", "1 Scope\t3"), style("toc1", "2 Else\t4"), style("Standard", ""), style("berschrift1", "Scope")];
    let blocks = read(&body.concat());
    assert_eq!(blocks.len(), 2);
    assert_eq!(blocks[0], Block::Contents);
}

#[test]
fn tables_in_tables_are_read_as_deep_as_they_may_be() {
    let table = |inner: String| format!("<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>");
    let deep = |levels: usize| (0..levels).fold(p("", "deep"), |inner, _| table(inner));
    assert!(format!("{:?}", read(&deep(40))).contains("\"deep\""));
    let error = read_docx(&package(&deep(100)), Tracked::Accept).unwrap_err();
    assert!(error.to_string().contains("nesting"), "{error}");
}
