//! Packages from documents, written by hand so that nothing is shared with the product.
//!
//! A [`Noise`] decides what no reader sees: ids, the cutting of runs, the names of parts, revision-save ids.

mod blocks;
mod inline;
mod parts;
mod png;

use std::collections::BTreeMap;

use super::super::package::zip_of;
use super::model::{Document, Paragraph, Section};
use super::random::Random;

/// What differs between two saves of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noise {
    /// Everything written in the plainest way.
    None,
    /// Everything that may be written in several ways is, by this seed.
    Seeded(u64),
}

/// A relationship of a part.
struct Relationship {
    id: String,
    kind: &'static str,
    target: String,
}

/// What has been written so far of a package.
struct Writer {
    noisy: bool,
    random: Random,
    /// The part being written: its relationships are found under its name.
    part: String,
    relationships: BTreeMap<String, Vec<Relationship>>,
    /// Finished parts, besides the main one.
    parts: Vec<(String, String)>,
    footnotes: Vec<String>,
    endnotes: Vec<String>,
    comments: Vec<String>,
    images: Vec<(u8, String)>,
    bookmarks: Vec<String>,
    styles: Vec<usize>,
    lists: Vec<(u8, u32)>,
    drawings: u32,
    paragraphs: u32,
    controls: usize,
}

/// Writes a document as a package.
pub(crate) fn package(document: &Document, noise: Noise) -> Vec<u8> {
    let random = match noise {
        Noise::None => Random::new(0),
        Noise::Seeded(seed) => Random::new(seed),
    };
    let mut writer = Writer {
        noisy: noise != Noise::None,
        random,
        part: "document.xml".to_owned(),
        relationships: BTreeMap::new(),
        parts: Vec::new(),
        footnotes: Vec::new(),
        endnotes: Vec::new(),
        comments: Vec::new(),
        images: Vec::new(),
        bookmarks: Vec::new(),
        styles: Vec::new(),
        lists: Vec::new(),
        drawings: 0,
        paragraphs: 0,
        controls: 0,
    };
    let body = writer.body(document);
    let entries = writer.finish(&body);
    zip_of(entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

impl Writer {
    fn body(&mut self, document: &Document) -> String {
        let mut body = String::new();
        let last = document.sections.len() - 1;
        for (at, section) in document.sections.iter().enumerate() {
            let properties = self.section(section);
            if at == last {
                body += &self.blocks(&section.blocks);
                body += &properties;
            } else {
                body += &self.blocks_ending_in(&section.blocks, &properties);
            }
        }
        body
    }

    fn section(&mut self, section: &Section) -> String {
        let mut references = String::new();
        let stories = [
            ("header", "default", &section.header),
            ("header", "first", &section.first_header),
            ("footer", "default", &section.footer),
        ];
        for (kind, type_, story) in stories {
            if let Some(story) = story {
                let id = self.header(kind, story);
                references += &format!("<w:{kind}Reference w:type=\"{type_}\" r:id=\"{id}\"/>");
            }
        }
        let size = if section.landscape {
            "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
        } else {
            "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
        };
        let margins = "<w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/>";
        let title = if section.first_header.is_some() { "<w:titlePg/>" } else { "" };
        format!("<w:sectPr{}>{references}{size}{margins}{title}</w:sectPr>", self.revision_save("w:rsidR"))
    }

    /// Writes a header or footer as a part of its own and returns the id that leads to it.
    fn header(&mut self, kind: &'static str, story: &[Paragraph]) -> String {
        let number = self.parts.len() + 1 + if self.noisy { 10 * self.random.below(5) } else { 0 };
        let name = format!("{kind}{number}.xml");
        let name = if self.parts.iter().any(|(own, _)| *own == name) { format!("{kind}9{number}.xml") } else { name };
        let before = std::mem::replace(&mut self.part, name.clone());
        let paragraphs = self.paragraphs_of(story);
        self.part = before;
        let root = if kind == "header" { "hdr" } else { "ftr" };
        self.parts.push((name.clone(), parts::rooted(root, &paragraphs)));
        self.relate(kind, name)
    }

    fn paragraphs_of(&mut self, paragraphs: &[Paragraph]) -> String {
        if paragraphs.is_empty() {
            return self.paragraph(&Paragraph::default(), "");
        }
        paragraphs.iter().map(|paragraph| self.paragraph(paragraph, "")).collect()
    }

    /// A relationship of the part being written; its id.
    fn relate(&mut self, kind: &'static str, target: String) -> String {
        let of_part = self.relationships.entry(self.part.trim_end_matches("!box").to_owned()).or_default();
        if let Some(known) = of_part.iter().find(|one| one.kind == kind && one.target == target) {
            return known.id.clone();
        }
        let number = of_part.len() + 1;
        let id = if self.noisy { format!("R{:x}n{number}", self.random.below(4096)) } else { format!("rId{number}") };
        of_part.push(Relationship { id: id.clone(), kind, target });
        id
    }

    /// A revision-save id, as a word processor writes for its own use.
    fn revision_save(&mut self, attribute: &str) -> String {
        if self.noisy && self.random.percent(60) {
            format!(" {attribute}=\"{:08X}\"", self.random.below(0x00ff_ffff))
        } else {
            String::new()
        }
    }

    /// Whether the part being written may hold notes, comments and text boxes.
    fn in_body(&self) -> bool {
        self.part == "document.xml"
    }
}
