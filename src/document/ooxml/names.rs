//! The namespaces of office XML, in both of their editions.

/// A namespace of office XML. The transitional and the strict edition of the standard name the same one differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Space {
    /// Text documents: `w:`.
    Word,
    /// Relationships used inside parts: `r:`.
    Relationship,
    /// Mathematics: `m:`.
    Math,
    /// Markup compatibility: `mc:`.
    Compatibility,
    /// Drawings, all kinds.
    Drawing,
    /// The extensions of later Word versions, such as `w14:`.
    WordExtension,
    /// No namespace at all.
    None,
    /// Any other.
    Other,
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Which namespace a name stands in.
pub fn space_of(namespace: Option<&str>) -> Space {
    match namespace {
        Some(WORD | "http://purl.oclc.org/ooxml/wordprocessingml/main") => Space::Word,
        None => Space::None,
        Some(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            | "http://purl.oclc.org/ooxml/officeDocument/relationships",
        ) => Space::Relationship,
        Some(
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math",
        ) => Space::Math,
        Some("http://schemas.openxmlformats.org/markup-compatibility/2006") => Space::Compatibility,
        Some(other) if other.contains("/drawingml/") => Space::Drawing,
        Some(other) if other.starts_with("http://schemas.microsoft.com/office/word/") => Space::WordExtension,
        Some(_) => Space::Other,
    }
}
