//! A redline as a page: the summary first, then the list of changes, then the document with its marks.
//!
//! The page works without a script; filters are radio buttons that the style sheet asks about. [`REDLINE_SCRIPT`] adds
//! keys and a bar to go from change to change.

use super::change::{Kind, ReportedChange};
use super::counts::{Counted, Counts, Summary};
use super::{RedlineDocument, list};
use crate::document::marked::authors;
use crate::document::markup::Markup;
use crate::document::{STYLE_SHEET, to_html_article};

/// The style sheet of a redline, beside [`STYLE_SHEET`] for the document in it.
pub const REDLINE_STYLE: &str = include_str!("../../../templates/redline.css");

/// What goes from change to change by keys and buttons. Nothing needs it.
pub const REDLINE_SCRIPT: &str = include_str!("../../../templates/redline.js");

/// The most authors to choose from: the style sheet knows no more.
const MOST_AUTHORS: usize = 12;

/// The most changes in a list that is open from the start.
const OPEN_LIST: usize = 30;

/// What the two documents are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// The older, such as `Version 1.0.9`.
    pub older: String,
    /// The newer.
    pub newer: String,
}

/// Writes a redline as a page that is one file.
pub fn to_redline_html(redline: &RedlineDocument, versions: &Versions) -> String {
    let mut html = Markup::default();
    html.raw("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\"/>\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
        .raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>Redline: ")
        .text(&redline.document.title)
        .raw("</title>\n<style>\n")
        .raw(STYLE_SHEET)
        .raw(REDLINE_STYLE)
        .raw("</style>\n</head>\n<body>\n")
        .ready(&to_redline_article(redline, versions))
        .raw("<script>\n")
        .raw(REDLINE_SCRIPT)
        .raw("</script>\n</body>\n</html>\n");
    html.finish()
}

/// Writes a redline to stand within a page that has its own head, and links [`STYLE_SHEET`] and [`REDLINE_STYLE`].
pub fn to_redline_article(redline: &RedlineDocument, versions: &Versions) -> String {
    let authors = authors(&redline.document.blocks);
    let summary = redline.summary();
    let mut html = Markup::default();
    html.raw("<div class=\"redline\">\n");
    head(&mut html, redline, versions);
    totals(&mut html, &summary);
    if !redline.changes.is_empty() {
        filters(&mut html, &authors);
        changes(&mut html, &redline.changes, &authors);
    }
    html.ready(&to_html_article(&redline.document)).raw("</div>\n");
    html.finish()
}

fn head(html: &mut Markup, redline: &RedlineDocument, versions: &Versions) {
    html.raw("<header class=\"redline-head\">\n<p class=\"kicker\">Redline</p>\n<p class=\"name\">");
    html.text(&redline.document.title).raw("</p>\n<p>What changed from <strong>").text(&versions.older);
    html.raw("</strong> to <strong>").text(&versions.newer).raw("</strong>.</p>\n</header>\n");
}

fn totals(html: &mut Markup, summary: &Summary) {
    html.raw("<section class=\"totals\" aria-label=\"Summary\">\n");
    if summary.all.all() == 0 {
        html.raw("<p>The two documents say the same.</p>\n</section>\n");
        return;
    }
    html.raw("<ul class=\"counts\">\n");
    for kind in Kind::ALL {
        html.raw("<li class=\"").raw(class(kind)).raw("\"><span class=\"sign\" aria-hidden=\"true\">").raw(kind.sign());
        html.raw("</span> <strong>").number(summary.all.of(kind)).raw("</strong> ").raw(kind.word()).raw("</li>\n");
    }
    html.raw("</ul>\n");
    for (name, counted) in
        [("Section", &summary.by_section), ("Domain", &summary.by_domain), ("Made by", &summary.by_author)]
    {
        if !counted.is_empty() {
            table(html, name, counted);
        }
    }
    html.raw("</section>\n");
}

fn table(html: &mut Markup, name: &'static str, counted: &[Counted]) {
    html.raw("<details><summary>By ").text(&name.to_lowercase().replace("made by", "who made them"));
    html.raw("</summary>\n<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">").raw(name).raw("</th>");
    for kind in Kind::ALL {
        html.raw("<th scope=\"col\">").raw(kind.word()).raw("</th>");
    }
    html.raw("</tr></thead>\n<tbody>\n");
    for Counted { name, counts } in counted {
        html.raw("<tr><th scope=\"row\">").text(if name.is_empty() { "Before the first heading" } else { name });
        html.raw("</th>");
        cells(html, counts);
        html.raw("</tr>\n");
    }
    html.raw("</tbody>\n</table></div></details>\n");
}

fn cells(html: &mut Markup, counts: &Counts) {
    for kind in Kind::ALL {
        match counts.of(kind) {
            0 => drop(html.raw("<td class=\"none\">0</td>")),
            count => drop(html.raw("<td>").number(count).raw("</td>")),
        }
    }
}

fn filters(html: &mut Markup, authors: &[String]) {
    html.raw("<form class=\"filters\">\n<fieldset><legend>Show</legend>")
        .raw("<label><input type=\"radio\" name=\"view\" id=\"view-all\" checked=\"checked\"/> Whole document</label>")
        .raw("<label><input type=\"radio\" name=\"view\" id=\"view-changes\"/> Changes only</label>")
        .raw("<label><input type=\"radio\" name=\"view\" id=\"view-new\"/> As it reads now</label></fieldset>\n");
    if authors.len() > 1 {
        html.raw("<fieldset><legend>Made by</legend>")
            .raw("<label><input type=\"radio\" name=\"by\" id=\"by-all\" checked=\"checked\"/> Everybody</label>");
        for (number, author) in (1_u32..).zip(authors.iter().take(MOST_AUTHORS)) {
            html.raw("<label><input type=\"radio\" name=\"by\" id=\"by-").number(number).raw("\"/> ");
            html.text(author).raw("</label>");
        }
        html.raw("</fieldset>\n");
    }
    html.raw("</form>\n");
}

/// Lists the changes, and apart from them those that are nothing but a number given anew.
fn changes(html: &mut Markup, changes: &[ReportedChange], authors: &[String]) {
    let (renumbered, told): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.kind == Kind::Renumbered);
    entries(html, "List of changes", &told, authors);
    entries(html, "Given another number", &renumbered, authors);
}

fn entries(html: &mut Markup, name: &'static str, changes: &[&ReportedChange], authors: &[String]) {
    if changes.is_empty() {
        return;
    }
    let is_open = changes.len() <= OPEN_LIST && changes.iter().any(|change| change.kind != Kind::Renumbered);
    html.raw("<details class=\"changes\"").raw(if is_open { " open=\"open\"" } else { "" });
    html.raw("><summary>").raw(name).raw("</summary>\n<ol>\n");
    for change in changes {
        let author = authors.iter().position(|author| *author == change.author).unwrap_or_default();
        entry(html, change, u32::try_from(author + 1).unwrap_or(u32::MAX), authors.len());
    }
    html.raw("</ol>\n</details>\n");
}

fn entry(html: &mut Markup, change: &ReportedChange, author: u32, authors: usize) {
    html.raw("<li class=\"by-").number(author).raw(" ").raw(class(change.kind)).raw("\" id=\"list-");
    html.number(change.number).raw("\"><a href=\"#change-").number(change.number).raw("\"><span class=\"sign\" ");
    html.raw("aria-hidden=\"true\">").raw(change.kind.sign()).raw("</span> ").number(change.number).raw(" ");
    if let Some(identity) = &change.identity {
        html.raw("<strong>").text(identity).raw("</strong> ");
    }
    html.raw(change.kind.word()).raw("</a>");
    if let Some(section) = change.section.last() {
        html.raw(" <span class=\"where\">").text(section).raw("</span>");
    }
    if authors > 1 {
        html.raw(" <span class=\"who\">").text(&change.author).raw("</span>");
    }
    html.raw("<p>");
    match change.kind {
        Kind::Added => list::beginning(html, "ins", &change.new),
        Kind::Removed => list::beginning(html, "del", &change.old),
        Kind::Moved if change.old == change.new => list::beginning(html, "span", &change.new),
        Kind::Amended | Kind::Moved | Kind::Renumbered => list::difference(html, &change.old, &change.new),
        Kind::Formatted => {
            list::beginning(html, "span", &change.new);
            if let Some(was) = &change.was {
                html.raw("<span class=\"was\">(before: ").text(was).raw(")</span>");
            }
        }
    }
    html.raw("</p></li>\n");
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Added => "added",
        Kind::Amended => "amended",
        Kind::Removed => "removed",
        Kind::Moved => "moved",
        Kind::Formatted => "reset",
        Kind::Renumbered => "renumbered",
    }
}
