//! Writing a package anew, with what did not change copied as it stood.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::parts::ContentTypes;
use super::{Limits, Package, ReadError, Xml};

/// How hard a changed part is packed: as fast as can be. The text of a document then takes a tenth more room than at the
/// usual level, and its pictures, which are most of it, are copied as they are.
const LEVEL: i64 = 1;

/// What is to be different in the new package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edits {
    replaced: BTreeMap<String, Vec<u8>>,
    added: Vec<(String, Vec<u8>)>,
}

impl Edits {
    /// Nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the new package would be the old one.
    pub fn is_empty(&self) -> bool {
        self.replaced.is_empty() && self.added.is_empty()
    }

    /// Gives a part other content. A part that is not there is added at the end.
    pub fn set(&mut self, part: &str, bytes: Vec<u8>) {
        self.replaced.insert(part.to_owned(), bytes);
    }

    /// Adds a part at the end; the caller sees to it that the name is free.
    pub fn add(&mut self, part: &str, bytes: Vec<u8>) {
        self.added.push((part.to_owned(), bytes));
    }

    /// Sees to it that every part of XML that was given content is well formed.
    ///
    /// # Errors
    /// [`ReadError`] for the first that is not.
    pub fn check(&self, limits: &Limits) -> Result<(), ReadError> {
        let added = self.added.iter().map(|(part, bytes)| (part, bytes));
        let is_xml = |part: &str| part.ends_with("xml") || part.ends_with("rels");
        for (part, bytes) in self.replaced.iter().chain(added).filter(|(part, _)| is_xml(part)) {
            let text = std::str::from_utf8(bytes).map_err(|_| ReadError::Encoding { part: part.clone() })?;
            Xml::check(part, text, limits)?;
        }
        Ok(())
    }

    /// The content a part has been given, if any.
    pub fn get(&self, part: &str) -> Option<&[u8]> {
        self.replaced.get(part).map(Vec::as_slice)
    }
}

impl Package<'_> {
    /// The package with these edits: the list of content types first, then the order it had, then what is new. Parts
    /// that are not edited are copied without unpacking them; with no edits at all, the very bytes come back.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] for a part that cannot be copied, [`ReadError::Packing`] for one that cannot be written.
    pub fn with(&self, mut edits: Edits) -> Result<Vec<u8>, ReadError> {
        if edits.is_empty() {
            return Ok(self.bytes.to_vec());
        }
        let mut archive = self.archive.clone();
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len() + self.bytes.len() / 8)));
        for position in self.order() {
            let Some(entry) = self.entries.list.get(position) else { continue };
            if let Some(bytes) = edits.replaced.remove(&entry.name) {
                pack(&mut writer, &entry.name, &bytes)?;
                continue;
            }
            let file = archive.by_index_raw(position).map_err(|error| ReadError::damaged(&entry.name, &error))?;
            writer.raw_copy_file(file).map_err(|error| ReadError::packing(&error))?;
        }
        for (name, bytes) in edits.replaced.into_iter().chain(edits.added) {
            pack(&mut writer, &name, &bytes)?;
        }
        Ok(writer.finish().map_err(|error| ReadError::packing(&error))?.into_inner())
    }

    fn order(&self) -> impl Iterator<Item = usize> {
        let first = self.entries.position(ContentTypes::PART);
        first.into_iter().chain((0..self.entries.list.len()).filter(move |position| Some(*position) != first))
    }
}

fn pack(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), ReadError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    writer.start_file(name, options).map_err(|error| ReadError::packing(&error))?;
    writer.write_all(bytes).map_err(|error| ReadError::packing(&error))
}
