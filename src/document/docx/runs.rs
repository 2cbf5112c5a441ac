//! Runs of text, and the links they carry.

use std::collections::BTreeMap;

use crate::document::markup::{Markup, lines};
use crate::document::text_runs::{Run, Text};

const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The addresses that a file leads to, each with its number.
#[derive(Debug, Default)]
pub(super) struct Links {
    numbers: BTreeMap<String, u32>,
}

impl Links {
    fn number(&mut self, address: &str) -> u32 {
        if let Some(number) = self.numbers.get(address) {
            return *number;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(address.to_owned(), next);
        next
    }

    /// The relationships of the text: to the other parts of the file, and to every address.
    pub(super) fn finish(&self) -> String {
        let mut xml = Markup::default();
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
            .raw("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        for part in ["styles", "numbering", "settings"] {
            relationship(&mut xml, part, part).raw(".xml\"/>");
        }
        relationship(&mut xml, "header", "header").raw("1.xml\"/>");
        relationship(&mut xml, "footer", "footer").raw("1.xml\"/>");
        for (address, number) in &self.numbers {
            xml.raw("<Relationship Id=\"link").number(*number).raw("\" Type=\"").raw(RELATIONSHIP);
            xml.raw("/hyperlink\" Target=\"").text(address).raw("\" TargetMode=\"External\"/>");
        }
        xml.raw("</Relationships>");
        xml.finish()
    }
}

fn relationship<'a>(xml: &'a mut Markup, kind: &'static str, target: &'static str) -> &'a mut Markup {
    xml.raw("<Relationship Id=\"").raw(kind).raw("\" Type=\"").raw(RELATIONSHIP).raw("/").raw(kind);
    xml.raw("\" Target=\"").raw(target)
}

/// Writes the runs of a text.
pub(super) fn write(xml: &mut Markup, links: &mut Links, text: &Text) {
    for run in &text.runs {
        match run.address() {
            Some(address) => {
                xml.raw("<w:hyperlink r:id=\"link").number(links.number(address)).raw("\" w:history=\"1\">");
                write_run(xml, run, Some("Hyperlink"));
                xml.raw("</w:hyperlink>");
            }
            None => write_run(xml, run, run.code.then_some("Code")),
        }
    }
}

fn write_run(xml: &mut Markup, run: &Run, style: Option<&'static str>) {
    xml.raw("<w:r>");
    if style.is_some() || run.bold || run.italic {
        xml.raw("<w:rPr>");
        if let Some(style) = style {
            xml.raw("<w:rStyle w:val=\"").raw(style).raw("\"/>");
        }
        if run.bold {
            xml.raw("<w:b/><w:bCs/>");
        }
        if run.italic {
            xml.raw("<w:i/><w:iCs/>");
        }
        xml.raw("</w:rPr>");
    }
    write_lines(xml, &run.text);
    xml.raw("</w:r>");
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
