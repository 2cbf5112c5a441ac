//! The live document as a page on which every item has an address of its own.

use super::render;
use crate::brd::item::ItemId;
use crate::brd::model::Brd;
use crate::document::{self, Look};

/// How a cell begins that names its row.
const ROW_HEAD: &str = "<th scope=\"row\">";

/// Writes a baseline as an HTML page. Each item can be linked to by its id, as `#SSI-FR-6a`.
pub fn to_html(brd: &Brd, look: Look<'_>) -> String {
    anchored(&document::to_html(&render(brd), look))
}

/// Writes a baseline without its title, to stand within a page that has one. Each item can be linked to by its id.
pub fn to_html_body(brd: &Brd) -> String {
    anchored(&document::blocks_to_html(&render(brd).blocks))
}

/// The page with an anchor where a row or a heading begins with the id of an item.
fn anchored(page: &str) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 50);
    let mut rest = page;
    while let Some(at) = rest.find("<h3 id=").into_iter().chain(rest.find(ROW_HEAD)).min() {
        let (before, here) = rest.split_at(at);
        let (open, text) = here.split_at(here.find('>').map_or(here.len(), |end| end + 1));
        out.push_str(before);
        match id(text) {
            Some(id) if open == ROW_HEAD => out.extend(["<th scope=\"row\" id=\"", &id, "\">"]),
            Some(id) => out.extend([open, "<span id=\"", &id, "\"></span>"]),
            None => out.push_str(open),
        }
        rest = text;
    }
    out.push_str(rest);
    out
}

/// The id that the text of a cell or a heading begins with, behind the number of the heading.
fn id(text: &str) -> Option<String> {
    let text = text.split_once("</span> ").filter(|_| text.starts_with("<span")).map_or(text, |(_, text)| text);
    let word = text.split(['<', ' ']).next()?;
    ItemId::parse(word).ok().map(|id| id.to_string()).filter(|id| id == word)
}
