//! Runs of text, with the links, images and notes they carry.

use super::blocks::Writer;
use crate::document::image::Image;
use crate::document::markup::{Markup, lines};
use crate::document::text_runs::{Run, Script, Text};

/// Writes the runs of a text.
pub(super) fn write(writer: &mut Writer, text: &Text) {
    for run in &text.runs {
        match run.address() {
            Some(address) => {
                let number = writer.parts.link(address);
                writer.xml.raw("<w:hyperlink r:id=\"link").number(number).raw("\" w:history=\"1\">");
                write_run(writer, run, Some("Hyperlink"));
                writer.xml.raw("</w:hyperlink>");
            }
            None => write_run(writer, run, run.code.then_some("Code")),
        }
        if !run.footnote.is_empty() {
            write_sign(writer, run);
        }
    }
}

fn write_run(writer: &mut Writer, run: &Run, style: Option<&'static str>) {
    if run.text.is_empty() && run.image.is_none() {
        return;
    }
    writer.xml.raw("<w:r>");
    write_properties(&mut writer.xml, run, style);
    match &run.image {
        Some(image) => write_image(writer, image, &run.text),
        None => write_lines(&mut writer.xml, &run.text),
    }
    writer.xml.raw("</w:r>");
}

/// Writes how a run is set. The order is that of the schema.
fn write_properties(xml: &mut Markup, run: &Run, style: Option<&'static str>) {
    let marks = [
        (run.bold, "<w:b/><w:bCs/>"),
        (run.italic, "<w:i/><w:iCs/>"),
        (run.struck, "<w:strike/>"),
        (run.underlined, "<w:u w:val=\"single\"/>"),
        (run.script == Script::Super, "<w:vertAlign w:val=\"superscript\"/>"),
        (run.script == Script::Sub, "<w:vertAlign w:val=\"subscript\"/>"),
    ];
    if style.is_none() && marks.iter().all(|(set, _)| !set) {
        return;
    }
    xml.raw("<w:rPr>");
    if let Some(style) = style {
        xml.raw("<w:rStyle w:val=\"").raw(style).raw("\"/>");
    }
    for (_, mark) in marks.iter().filter(|(set, _)| *set) {
        xml.raw(mark);
    }
    xml.raw("</w:rPr>");
}

/// Writes the sign of a note.
fn write_sign(writer: &mut Writer, run: &Run) {
    let number = writer.note(&run.footnote);
    writer.xml.raw("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:footnoteReference w:id=\"");
    writer.xml.number(number).raw("\"/></w:r>");
}

/// Writes an image that stands in the line.
fn write_image(writer: &mut Writer, image: &Image, shows: &str) {
    let (relationship, number) = writer.parts.image(image);
    let extent = |xml: &mut Markup, name: &'static str| {
        xml.raw(name).number(image.width).raw("\" cy=\"").number(image.height).raw("\"/>");
    };
    let xml = &mut writer.xml;
    xml.raw(
        "<w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" ",
    )
    .raw("distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">");
    extent(xml, "<wp:extent cx=\"");
    xml.raw("<wp:docPr id=\"").number(number).raw("\" name=\"Image ").number(number);
    xml.raw("\" descr=\"").text(shows);
    xml.raw("\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData ")
        .raw("uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic ")
        .raw("xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"")
        .number(number)
        .raw("\" name=\"Image ")
        .number(number);
    xml.raw("\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"image").number(relationship);
    xml.raw("\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>");
    extent(xml, "<a:ext cx=\"");
    xml.raw("</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>")
        .raw("</a:graphic></wp:inline></w:drawing>");
}

/// Writes characters with a break for each line feed and a tab for each tab.
pub(super) fn write_lines(xml: &mut Markup, text: &str) {
    for (number, line) in lines(text).enumerate() {
        if number > 0 {
            xml.raw("<w:br/>");
        }
        for (number, piece) in line.split('\t').enumerate() {
            if number > 0 {
                xml.raw("<w:tab/>");
            }
            if !piece.is_empty() {
                xml.raw("<w:t xml:space=\"preserve\">").text(piece).raw("</w:t>");
            }
        }
    }
}
