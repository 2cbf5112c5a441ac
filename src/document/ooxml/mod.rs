//! Office files from the outside in: the package, its parts, and the XML inside them.
//!
//! A `.docx` is a zip of parts that point at each other by relationships. [`Package`] opens one within [`Limits`],
//! unpacks a part only when it is asked for, and writes a new package in which every part that was not replaced is
//! copied as it stood, without unpacking it. [`Xml`] is one part parsed: text, tree and the byte ranges that let a
//! writer copy what it does not change.
//!
//! What is refused, and why, is a [`ReadError`] in words for people. Macros (`.docm`) are accepted and carried byte for
//! byte; nothing here runs or reads them.
//!
//! This module must not know what a paragraph is: that is for those who use it.

mod entries;
mod error;
mod limits;
mod names;
mod package;
mod parts;
mod text;
mod tree;
mod write;
mod xml;

pub use error::ReadError;
pub use limits::Limits;
pub use names::{Space, space_of};
pub use package::{Package, check_package};
pub use parts::{ContentTypes, Relationship, Relationships, Target, relationships_part, resolve};
pub use tree::{XmlAttribute, XmlId, XmlName, XmlNamespace, XmlNode};
pub use write::Edits;
pub use xml::{Source, Xml, attribute, child, elements, is};
