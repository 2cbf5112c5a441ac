//! What stands around the text: the head and foot of each page, and the properties of the file.

use crate::document::markup::Markup;
use crate::document::tree::Document;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The head of each page: the reference, what the document adds, and the classification.
pub(super) fn header(document: &Document) -> String {
    let properties = &document.properties;
    let mut xml = Markup::default();
    xml.raw(DECLARATION)
        .raw("<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">")
        .raw("<w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>");
    run(&mut xml, &properties.reference);
    tab(&mut xml);
    run(&mut xml, &document.header);
    tab(&mut xml);
    if !properties.classification.is_empty() {
        run(&mut xml, "Classification: ");
        run(&mut xml, &properties.classification);
    }
    xml.raw("</w:p></w:hdr>");
    xml.finish()
}

/// The foot of each page: the body that issues the document, what the document adds, and the page number.
pub(super) fn footer(document: &Document) -> String {
    let mut xml = Markup::default();
    xml.raw(DECLARATION)
        .raw("<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">")
        .raw("<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>");
    run(&mut xml, &document.properties.author);
    tab(&mut xml);
    run(&mut xml, &document.footer);
    tab(&mut xml);
    run(&mut xml, "Page ");
    field(&mut xml, " PAGE ");
    run(&mut xml, " of ");
    field(&mut xml, " NUMPAGES ");
    xml.raw("</w:p></w:ftr>");
    xml.finish()
}

fn run(xml: &mut Markup, text: &str) {
    xml.raw("<w:r><w:t xml:space=\"preserve\">").text(text).raw("</w:t></w:r>");
}

fn tab(xml: &mut Markup) {
    xml.raw("<w:r><w:tab/></w:r>");
}

/// A field that the word processor works out on every page; `1` stands until it has.
fn field(xml: &mut Markup, code: &'static str) {
    xml.raw("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\">")
        .raw(code)
        .raw("</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>")
        .raw("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
}

/// The properties of the file, dated with the date of the document.
pub(super) fn core_properties(document: &Document) -> String {
    let properties = &document.properties;
    let moment = format!("{}T00:00:00Z", properties.date.format("%Y-%m-%d"));
    let mut xml = Markup::default();
    xml.raw(DECLARATION)
        .raw("<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" ")
        .raw("xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" ")
        .raw("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
    xml.raw("<dc:title>").text(&document.title).raw("</dc:title>");
    xml.raw("<dc:creator>").text(&properties.author).raw("</dc:creator>");
    xml.raw("<cp:category>").text(&properties.classification).raw("</cp:category>");
    xml.raw("<dcterms:created xsi:type=\"dcterms:W3CDTF\">").text(&moment).raw("</dcterms:created>");
    xml.raw("<dc:identifier>").text(&properties.reference).raw("</dc:identifier>");
    xml.raw("<dc:language>en-GB</dc:language>");
    xml.raw("<cp:lastModifiedBy>").text(&properties.author).raw("</cp:lastModifiedBy>");
    xml.raw("<dcterms:modified xsi:type=\"dcterms:W3CDTF\">").text(&moment).raw("</dcterms:modified>");
    xml.raw("</cp:coreProperties>");
    xml.finish()
}
