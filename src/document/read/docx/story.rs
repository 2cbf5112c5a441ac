//! A file while it is read, part by part.

use std::collections::HashMap;

use super::Tracked;
use super::marks::Marks;
use super::numbering::Numbering;
use super::runs::Fields;
use super::styles::Styles;
use crate::document::image::Bytes;
use crate::document::ooxml::{
    Package, ReadError, Relationships, Source, Space, Target, XmlNode, attribute, elements, is,
};
use crate::document::revision::Revision;
use crate::document::tree::{Block, ParagraphStyle};

/// A file that is being read.
pub(super) struct Reader<'p> {
    pub(super) package: &'p Package<'p>,
    pub(super) tracked: Tracked,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) marks: Marks,
    /// The changes that what is read now lies within.
    pub(super) within: Vec<Revision>,
    /// Where what is read now leads.
    pub(super) link: Option<String>,
    pub(super) fields: Fields,
    /// What the part that is read points at.
    pub(super) relationships: Relationships,
    pub(super) notes: HashMap<(NoteKind, String), Vec<Block>>,
    images: HashMap<String, Option<Bytes>>,
}

/// Where a note stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
}

impl<'p> Reader<'p> {
    /// Reads what the text will refer to: styles, lists and notes.
    pub(super) fn open(package: &'p Package<'p>, tracked: Tracked) -> Result<Self, ReadError> {
        let relationships = package.relationships(package.main())?;
        let mut reader = Self {
            package,
            tracked,
            styles: Styles::default(),
            numbering: Numbering::default(),
            marks: Marks::default(),
            within: Vec::new(),
            link: None,
            fields: Fields::default(),
            relationships: Relationships::default(),
            notes: HashMap::new(),
            images: HashMap::new(),
        };
        let part = |kind| relationships.part_of_kind(kind).filter(|part| package.contains(part));
        if let Some(part) = part("styles") {
            reader.styles = Styles::read(&Source::read(package, part)?.xml()?);
        }
        if let Some(part) = part("numbering") {
            reader.numbering = Numbering::read(&Source::read(package, part)?.xml()?, &reader.styles);
        }
        for (kind, name) in [(NoteKind::Footnote, "footnotes"), (NoteKind::Endnote, "endnotes")] {
            if let Some(part) = part(name) {
                reader.part(part, |reader, root| reader.read_notes(root, kind))?;
            }
        }
        reader.relationships = relationships;
        Ok(reader)
    }

    /// Reads the text itself.
    pub(super) fn main(&mut self) -> Result<Vec<Block>, ReadError> {
        let package = self.package;
        self.part(package.main(), |reader, root| {
            let body = elements(root).find(|node| is(*node, Space::Word, "body"));
            body.map(|body| reader.blocks(body)).unwrap_or_default()
        })
    }

    /// Reads a part with what it points at.
    pub(super) fn part<T>(
        &mut self,
        part: &str,
        read: impl FnOnce(&mut Self, XmlNode<'_>) -> T,
    ) -> Result<T, ReadError> {
        let source = Source::read(self.package, part)?;
        let xml = source.xml()?;
        let own = self.package.relationships(part)?;
        let before = std::mem::replace(&mut self.relationships, own);
        let result = read(self, xml.root());
        self.relationships = before;
        self.fields = Fields::default();
        Ok(result)
    }

    fn read_notes(&mut self, root: XmlNode<'_>, kind: NoteKind) {
        for note in elements(root).filter(|note| attribute(*note, "type").is_none_or(|kind| kind == "normal")) {
            let Some(id) = attribute(note, "id") else { continue };
            let mut blocks = self.blocks(note);
            plain_note(&mut blocks);
            self.notes.insert((kind, id.to_owned()), blocks);
        }
    }

    /// The bytes of a part that an image refers to by the id of a relationship, and the name of the part.
    pub(super) fn image(&mut self, id: &str) -> Option<(String, Bytes)> {
        let Target::Part(part) = &self.relationships.get(id)?.target else { return None };
        let package = self.package;
        let kept = self.images.entry(part.clone()).or_insert_with(|| package.bytes(part).ok().map(Bytes::from));
        Some((part.clone(), kept.clone()?))
    }
}

/// A note is in smaller print by itself, and a space parts its words from its sign.
fn plain_note(blocks: &mut [Block]) {
    for (number, block) in blocks.iter_mut().enumerate() {
        let Block::Paragraph(paragraph) = block else { continue };
        if paragraph.style == ParagraphStyle::Note {
            paragraph.style = ParagraphStyle::Body;
        }
        if let Some(run) = paragraph.text.runs.first_mut().filter(|_| number == 0) {
            run.text.drain(..run.text.len() - run.text.trim_start_matches([' ', '\t']).len());
        }
        paragraph.text.runs.retain(|run| !run.is_empty());
    }
}
