//! What the text of a file refers to: addresses, images and notes, and the parts that hold them.

use std::collections::BTreeMap;

use crate::document::image::{Image, Media};
use crate::document::markup::Markup;

const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATIONSHIPS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The addresses, images and notes that a file refers to, each with its number.
#[derive(Debug, Default)]
pub(super) struct Parts {
    addresses: BTreeMap<String, u32>,
    images: Vec<Image>,
    shown: u32,
    notes: Vec<String>,
}

impl Parts {
    /// The number of an address.
    pub(super) fn link(&mut self, address: &str) -> u32 {
        if let Some(number) = self.addresses.get(address) {
            return *number;
        }
        let next = u32::try_from(self.addresses.len()).unwrap_or(u32::MAX);
        self.addresses.insert(address.to_owned(), next);
        next
    }

    /// The number of the file of an image, and the number of this showing of it, both from one.
    pub(super) fn image(&mut self, image: &Image) -> (u32, u32) {
        self.shown += 1;
        let same = |kept: &Image| kept.bytes == image.bytes && kept.media == image.media;
        let place = self.images.iter().position(same).unwrap_or_else(|| {
            self.images.push(image.clone());
            self.images.len() - 1
        });
        (u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1), self.shown)
    }

    /// Keeps a note, and gives its number from one.
    pub(super) fn note(&mut self, xml: String) -> u32 {
        self.notes.push(xml);
        u32::try_from(self.notes.len()).unwrap_or(u32::MAX)
    }

    /// Whether there are notes.
    pub(super) fn has_notes(&self) -> bool {
        !self.notes.is_empty()
    }

    /// The files of images, with their names within the package.
    pub(super) fn images(&self) -> impl Iterator<Item = (String, &[u8])> {
        let numbered = (1..).zip(&self.images);
        numbered.map(|(number, image): (u32, _)| (format!("word/{}", file_name(number, image)), image.bytes.get()))
    }

    /// What each part of the file is.
    pub(super) fn content_types(&self) -> String {
        let types = include_str!("parts/content_types.xml");
        let Some((before, after)) = types.split_once("<Override ") else { return types.to_owned() };
        let mut media: Vec<Media> = self.images.iter().map(|image| image.media).collect();
        media.sort();
        media.dedup();
        let mut more = Markup::default();
        for media in media {
            more.raw("<Default Extension=\"").raw(media.extension()).raw("\" ContentType=\"");
            more.raw(media.media_type()).raw("\"/>");
        }
        if self.has_notes() {
            more.raw("<Override PartName=\"/word/footnotes.xml\" ContentType=\"application/vnd.openxmlformats-")
                .raw("officedocument.wordprocessingml.footnotes+xml\"/>");
        }
        format!("{before}{}<Override {after}", more.finish())
    }

    /// The relationships of the text: to the other parts of the file, and to every address.
    pub(super) fn relationships(&self) -> String {
        let mut xml = Markup::default();
        xml.raw(DECLARATION).raw(RELATIONSHIPS);
        for part in ["styles", "numbering", "settings"] {
            relationship(&mut xml, part, part).raw(".xml\"/>");
        }
        relationship(&mut xml, "header", "header").raw("1.xml\"/>");
        relationship(&mut xml, "footer", "footer").raw("1.xml\"/>");
        if self.has_notes() {
            relationship(&mut xml, "footnotes", "footnotes").raw(".xml\"/>");
        }
        self.referred(&mut xml);
        xml.raw("</Relationships>");
        xml.finish()
    }

    fn referred(&self, xml: &mut Markup) {
        for (address, number) in &self.addresses {
            xml.raw("<Relationship Id=\"link").number(*number).raw("\" Type=\"").raw(RELATIONSHIP);
            xml.raw("/hyperlink\" Target=\"").text(address).raw("\" TargetMode=\"External\"/>");
        }
        for (number, image) in (1_u32..).zip(&self.images) {
            xml.raw("<Relationship Id=\"image").number(number).raw("\" Type=\"").raw(RELATIONSHIP);
            xml.raw("/image\" Target=\"").text(&file_name(number, image)).raw("\"/>");
        }
    }

    /// The relationships of the notes, which refer to what the text refers to.
    pub(super) fn note_relationships(&self) -> String {
        let mut xml = Markup::default();
        xml.raw(DECLARATION).raw(RELATIONSHIPS);
        self.referred(&mut xml);
        xml.raw("</Relationships>");
        xml.finish()
    }

    /// The notes, after the two lines that part them from the text.
    pub(super) fn notes(&self) -> String {
        let mut xml = Markup::default();
        xml.raw(DECLARATION)
            .raw("<w:footnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ")
            .raw("xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">")
            .raw("<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>")
            .raw("<w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r>")
            .raw("</w:p></w:footnote>");
        for (number, note) in (1_u32..).zip(&self.notes) {
            xml.raw("<w:footnote w:id=\"").number(number).raw("\">").ready(note).raw("</w:footnote>");
        }
        xml.raw("</w:footnotes>");
        xml.finish()
    }
}

fn file_name(number: u32, image: &Image) -> String {
    format!("media/image{number}.{}", image.media.extension())
}

fn relationship<'a>(xml: &'a mut Markup, kind: &'static str, target: &'static str) -> &'a mut Markup {
    xml.raw("<Relationship Id=\"").raw(kind).raw("\" Type=\"").raw(RELATIONSHIP).raw("/").raw(kind);
    xml.raw("\" Target=\"").raw(target)
}
