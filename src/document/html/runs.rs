//! Runs of text, with their images, notes and marks.

use super::blocks::Writer;
use crate::document::image::Image;
use crate::document::markup::{Markup, lines};
use crate::document::text_runs::{Run, Script, Text};
use crate::document::tree::Block;

/// English Metric Units in a pixel of a page.
const PIXEL: u32 = 9525;

/// Writes the runs of a text.
pub(super) fn write(writer: &mut Writer, text: &Text) {
    for runs in text.runs.chunk_by(|a, b| a.revisions == b.revisions) {
        let revisions = runs.first().map(|run| run.revisions.as_slice()).unwrap_or_default();
        writer.open_marks(revisions);
        for run in runs {
            write_run(writer, run);
        }
        writer.close_marks(revisions);
    }
}

fn write_run(writer: &mut Writer, run: &Run) {
    let marks = marks(run);
    let html = &mut writer.html;
    let address = run.address();
    if let Some(address) = address {
        html.raw("<a href=\"").text(address).raw("\">");
    }
    for (open, _) in &marks {
        html.raw(open);
    }
    match &run.image {
        Some(image) => write_image(html, image, &run.text),
        None => write_lines(html, &run.text),
    }
    for (_, close) in marks.iter().rev() {
        html.raw(close);
    }
    if address.is_some() {
        html.raw("</a>");
    }
    if !run.footnote.is_empty() {
        write_sign(writer, &run.footnote);
    }
}

fn marks(run: &Run) -> Vec<(&'static str, &'static str)> {
    let marks = [
        (run.bold, ("<strong>", "</strong>")),
        (run.italic, ("<em>", "</em>")),
        (run.underlined, ("<u>", "</u>")),
        (run.struck, ("<s>", "</s>")),
        (run.script == Script::Super, ("<sup>", "</sup>")),
        (run.script == Script::Sub, ("<sub>", "</sub>")),
        (run.code, ("<code>", "</code>")),
    ];
    marks.into_iter().filter(|(set, _)| *set).map(|(_, mark)| mark).collect()
}

fn write_lines(html: &mut Markup, text: &str) {
    for (number, line) in lines(text).enumerate() {
        if number > 0 {
            html.raw("<br/>");
        }
        html.text(line);
    }
}

/// An image is part of the page itself, so that a page is one file. What browsers cannot show is named.
fn write_image(html: &mut Markup, image: &Image, shows: &str) {
    if !image.media.is_shown_by_browsers() {
        html.raw("<span class=\"image\">[Image: ").text(shows).raw("]</span>");
        return;
    }
    html.raw("<img src=\"data:").raw(image.media.media_type()).raw(";base64,").text(&image.bytes.to_base64());
    html.raw("\" alt=\"").text(shows).raw("\"");
    if image.width >= PIXEL && image.height >= PIXEL {
        html.raw(" width=\"").number(image.width / PIXEL);
        html.raw("\" height=\"").number(image.height / PIXEL).raw("\"");
    }
    html.raw("/>");
}

fn write_sign(writer: &mut Writer, note: &[Block]) {
    let number = writer.add_note(note);
    let html = &mut writer.html;
    html.raw("<sup><a href=\"#note-").number(number).raw("\" id=\"note-sign-").number(number);
    html.raw("\" role=\"doc-noteref\">").number(number).raw("</a></sup>");
}

/// Writes what the notes say, at the end of the document. A note may have notes itself.
pub(super) fn write_notes(writer: &mut Writer) {
    let mut number = 0;
    while let Some(note) = writer.take_note(number) {
        if number == 0 {
            writer.html.raw("<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n");
        }
        number += 1;
        writer.html.raw("<li id=\"note-").number(number).raw("\">");
        writer.within(&note);
        writer.html.raw(" <a href=\"#note-sign-").number(number);
        writer.html.raw("\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩</a></li>\n");
    }
    if number > 0 {
        writer.html.raw("</ol>\n</section>\n");
    }
}
