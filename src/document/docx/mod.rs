//! A document as an Office Open XML file (`.docx`), as word processors open it.
//!
//! The file is a zip of XML parts. Styles and settings are fixed parts beside this module; the text, the lists and the
//! links follow from the document. Nothing in a file depends on when or where it was written.

mod blocks;
mod furniture;
mod numbering;
mod package;
mod parts;
mod runs;
mod table;

use super::error::WriteError;
use super::tree::Document;
use blocks::Body;

/// Writes a document as the bytes of a `.docx` file: A4, in British English, with real styles, numbering and repeated
/// header rows.
///
/// # Errors
///
/// [`WriteError::Package`] if the file would be too large to pack, at four gigabytes for a part.
pub fn to_docx(document: &Document) -> Result<Vec<u8>, WriteError> {
    let Body { document: text, parts, lists } = Body::write(document);
    let header = furniture::header(document);
    let footer = furniture::footer(document);
    let properties = furniture::core_properties(document);
    let fixed = [
        ("[Content_Types].xml", parts.content_types()),
        ("_rels/.rels", include_str!("parts/package_rels.xml").to_owned()),
        ("word/document.xml", text),
        ("word/_rels/document.xml.rels", parts.relationships()),
        ("word/styles.xml", include_str!("parts/styles.xml").to_owned()),
        ("word/numbering.xml", lists.finish()),
        ("word/settings.xml", include_str!("parts/settings.xml").to_owned()),
        ("word/header1.xml", header),
        ("word/footer1.xml", footer),
        ("docProps/core.xml", properties),
        ("docProps/app.xml", include_str!("parts/app.xml").to_owned()),
    ];
    let notes = parts.has_notes().then(|| {
        [("word/footnotes.xml", parts.notes()), ("word/_rels/footnotes.xml.rels", parts.note_relationships())]
    });
    let texts = fixed.iter().chain(notes.iter().flatten());
    let texts = texts.map(|(name, text)| ((*name).to_owned(), text.as_bytes()));
    package::pack(document.properties.date, texts.chain(parts.images()))
}
