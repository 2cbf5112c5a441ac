//! A document as an HTML page that a screen reader follows and a strict content security policy lets through: no
//! script, no style in an element, nothing from elsewhere.

mod blocks;
mod marks;
mod runs;
mod table;

use super::markup::Markup;
use super::tree::{Block, Document};
use blocks::Writer;

/// Where a page takes its looks from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look<'a> {
    /// From a `<style>` in the page, so that the file stands alone.
    Embedded,
    /// From the style sheet at this address.
    Linked(&'a str),
    /// From nowhere: the page is structure alone.
    Bare,
}

/// The style sheet that fits what [`to_html`] and [`to_html_article`] write.
pub const STYLE_SHEET: &str = include_str!("../../../templates/document.css");

/// Writes a document as a whole HTML page.
pub fn to_html(document: &Document, look: Look<'_>) -> String {
    let mut html = Markup::default();
    html.raw("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\"/>\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>")
        .text(&document.title)
        .raw("</title>\n<meta name=\"author\" content=\"")
        .text(&document.properties.author)
        .raw("\"/>\n<meta name=\"date\" content=\"")
        .text(&document.properties.date.format("%Y-%m-%d").to_string())
        .raw("\"/>\n");
    match look {
        Look::Embedded => html.raw("<style>\n").raw(STYLE_SHEET).raw("</style>\n"),
        Look::Linked(address) => html.raw("<link rel=\"stylesheet\" href=\"").text(address).raw("\"/>\n"),
        Look::Bare => &mut html,
    };
    html.raw("</head>\n<body>\n").append(&article(document)).raw("</body>\n</html>\n");
    html.finish()
}

/// Writes a document as an `<article>` to stand within a page that has its own head and styles.
///
/// Its title is the `<h1>` of that page. Numbered paragraphs can be linked to as `#p1`, `#p2` and so on, headings as
/// `#section-1`, `#section-2` and so on. In a redline the place of each change is `#change-1`, `#change-2` and so on,
/// that from which a part was moved `#change-1-from`; each leads to `#list-1` and so on, where the page around it lists
/// the changes.
pub fn to_html_article(document: &Document) -> String {
    article(document).finish()
}

/// Writes blocks as they stand in a document, to stand within an `<article class="document">`.
pub fn blocks_to_html(blocks: &[Block]) -> String {
    let mut writer = Writer::default();
    writer.document(blocks);
    writer.html.finish()
}

fn article(document: &Document) -> Markup {
    let mut writer = Writer::of(document);
    writer.html.raw("<article class=\"document\" lang=\"en-GB\">\n");
    banner(&mut writer.html, document);
    writer.document(&document.blocks);
    foot(&mut writer.html, document);
    writer.html.raw("</article>\n");
    writer.html
}

fn banner(html: &mut Markup, document: &Document) {
    let properties = &document.properties;
    html.raw("<header>\n<div class=\"banner\">");
    html.raw("<p>").text(&properties.reference).raw("</p>");
    if !document.header.is_empty() {
        html.raw("<p>").text(&document.header).raw("</p>");
    }
    if !properties.classification.is_empty() {
        html.raw("<p>Classification: <strong>").text(&properties.classification).raw("</strong></p>");
    }
    html.raw("</div>\n<h1>").text(&document.title).raw("</h1>\n");
    for line in &document.subtitle {
        html.raw("<p class=\"subtitle\">").text(line).raw("</p>\n");
    }
    html.raw("</header>\n");
}

fn foot(html: &mut Markup, document: &Document) {
    html.raw("<footer><p>").text(&document.properties.author);
    if !document.footer.is_empty() {
        html.raw(" · ").text(&document.footer);
    }
    html.raw("</p></footer>\n");
}
