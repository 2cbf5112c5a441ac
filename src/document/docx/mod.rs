//! A document as an Office Open XML file (`.docx`), as word processors open it.
//!
//! The file is a zip of XML parts. Styles and settings are fixed parts beside this module; the text, the lists and the
//! links follow from the document. Nothing in a file depends on when or where it was written.

mod blocks;
mod furniture;
mod numbering;
mod package;
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
    let body = Body::write(document);
    package::pack(
        document.properties.date,
        &[
            ("[Content_Types].xml", include_str!("parts/content_types.xml")),
            ("_rels/.rels", include_str!("parts/package_rels.xml")),
            ("word/document.xml", &body.document),
            ("word/_rels/document.xml.rels", &body.links.finish()),
            ("word/styles.xml", include_str!("parts/styles.xml")),
            ("word/numbering.xml", &body.lists.finish()),
            ("word/settings.xml", include_str!("parts/settings.xml")),
            ("word/header1.xml", &furniture::header(document)),
            ("word/footer1.xml", &furniture::footer(document)),
            ("docProps/core.xml", &furniture::core_properties(document)),
            ("docProps/app.xml", include_str!("parts/app.xml")),
        ],
    )
}
