//! A package: a zip of parts, opened with care.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::entries::{Archive, Entries, unpacking};
use super::parts::{ContentTypes, Relationships, Target, relationships_part};
use super::{Limits, ReadError, Xml};

/// The first bytes of a compound file: a document under a password, or one of before 2007.
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// An office file, opened. Parts are unpacked when asked for and not before.
#[derive(Debug, Clone)]
pub struct Package<'a> {
    pub(super) archive: Archive<'a>,
    pub(super) entries: Entries,
    pub(super) bytes: &'a [u8],
    limits: Limits,
    main: String,
    /// What was read already, by the part that refers.
    relationships: RefCell<HashMap<String, Relationships>>,
}

/// Checks an office file of any kind before somebody else unpacks it: its parts are within the limits, also where their
/// sizes are not as stated.
///
/// # Errors
/// Not a zip, protected, too large, damaged, or names that no part may have.
pub fn check_package(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    if bytes.starts_with(&COMPOUND) {
        return Err(ReadError::ProtectedOrOld);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unpacking(&error))?;
    let entries = Entries::list(&mut archive, limits)?;
    let mut total = 0;
    for (position, entry) in entries.list.iter().enumerate() {
        let part = entry.name.as_str();
        let file = archive.by_index(position).map_err(|error| ReadError::damaged(part, &error))?;
        let unpacked = std::io::copy(&mut file.take(limits.part + 1), &mut std::io::sink());
        total += unpacked.map_err(|error| ReadError::damaged(part, &error))?;
        if total > limits.total {
            return Err(ReadError::too_large("the file unpacked", total, limits.total, "bytes"));
        }
    }
    Ok(())
}

impl<'a> Package<'a> {
    /// Opens a text document within the usual [`Limits`].
    ///
    /// # Errors
    /// As [`Package::open_within`].
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        Self::open_within(bytes, Limits::default())
    }

    /// Opens a text document within limits of the caller's own.
    ///
    /// # Errors
    /// Whatever is wrong with the outside of the file: not a zip, protected, too large, names that no part may have, no
    /// main part, or a main part that is not a text document.
    pub fn open_within(bytes: &'a [u8], limits: Limits) -> Result<Self, ReadError> {
        if bytes.starts_with(&COMPOUND) {
            return Err(ReadError::ProtectedOrOld);
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unpacking(&error))?;
        let entries = Entries::list(&mut archive, &limits)?;
        let mut package =
            Self { archive, entries, bytes, limits, main: String::new(), relationships: RefCell::default() };
        package.main = package.find_main()?;
        Ok(package)
    }

    /// The name of the main part, usually `word/document.xml`.
    pub fn main(&self) -> &str {
        &self.main
    }

    /// The limits it was opened with.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Every part, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.list.iter().map(|entry| entry.name.as_str())
    }

    /// Whether a part is there.
    pub fn contains(&self, part: &str) -> bool {
        self.entries.position(part).is_some()
    }

    /// A number that two parts share when they hold the same bytes, and almost never otherwise. Nothing is unpacked.
    pub fn digest(&self, part: &str) -> Option<u64> {
        let entry = self.entries.list.get(self.entries.position(part)?)?;
        Some((u64::from(entry.crc) << 32) ^ entry.size)
    }

    /// Whether a part here and a part of another package hold the same bytes. Parts packed alike are not unpacked.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] when a part cannot be unpacked.
    pub fn same(&self, part: &str, other: &Package<'_>, of_other: &str) -> Result<bool, ReadError> {
        if self.digest(part) != other.digest(of_other) {
            return Ok(false);
        }
        if self.contains(part) && self.packed(part)? != other.packed(of_other)? {
            return Ok(self.bytes(part)? == other.bytes(of_other)?);
        }
        Ok(true)
    }

    /// The bytes of a part.
    ///
    /// # Errors
    /// [`ReadError::Missing`], [`ReadError::Damaged`], or [`ReadError::TooLarge`] when it unpacks to more than its size.
    pub fn bytes(&self, part: &str) -> Result<Vec<u8>, ReadError> {
        let (position, size) = self.find(part)?;
        let mut archive = self.archive.clone();
        let file = archive.by_index(position).map_err(|error| ReadError::damaged(part, &error))?;
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(self.limits.part)).unwrap_or_default());
        file.take(self.limits.part + 1).read_to_end(&mut bytes).map_err(|error| ReadError::damaged(part, &error))?;
        if bytes.len() as u64 > self.limits.part {
            return Err(ReadError::too_large(
                format!("the part `{part}`"),
                bytes.len() as u64,
                self.limits.part,
                "bytes",
            ));
        }
        Ok(bytes)
    }

    /// The text of a part, whether it is UTF-8 or UTF-16; a byte order mark is left out.
    ///
    /// # Errors
    /// As [`Package::bytes`], and [`ReadError::Encoding`].
    pub fn text(&self, part: &str) -> Result<String, ReadError> {
        super::text::decode(part, self.bytes(part)?)
    }

    /// What a part points at; nothing when it points at nothing.
    ///
    /// # Errors
    /// When the list is there and cannot be read.
    pub fn relationships(&self, part: &str) -> Result<Relationships, ReadError> {
        if let Some(known) = self.relationships.borrow().get(part) {
            return Ok(known.clone());
        }
        let list = relationships_part(part);
        if !self.contains(&list) {
            return Ok(Relationships::default());
        }
        let text = self.text(&list)?;
        let read = Relationships::read(part, &self.list(&list, &text, "Relationships")?);
        self.relationships.borrow_mut().insert(part.to_owned(), read.clone());
        Ok(read)
    }

    /// What kind of thing each part is.
    ///
    /// # Errors
    /// When the list is missing or cannot be read.
    pub fn content_types(&self) -> Result<ContentTypes, ReadError> {
        let text = self.text(ContentTypes::PART)?;
        Ok(ContentTypes::read(&self.list(ContentTypes::PART, &text, "Types")?))
    }

    /// A part that is a list with this root.
    fn list<'t>(&self, part: &str, text: &'t str, root: &str) -> Result<Xml<'t>, ReadError> {
        let xml = Xml::parse(part, text, &self.limits)?;
        if xml.root().name() == root {
            return Ok(xml);
        }
        let reason = format!("it begins with `{}` where `{root}` is due", xml.root().name());
        Err(ReadError::BadXml { part: part.to_owned(), line: 1, reason })
    }

    fn find(&self, part: &str) -> Result<(usize, u64), ReadError> {
        let missing = || ReadError::Missing { part: part.to_owned() };
        let position = self.entries.position(part).ok_or_else(missing)?;
        Ok((position, self.entries.list.get(position).ok_or_else(missing)?.size))
    }

    /// The bytes of a part as they stand in the zip.
    fn packed(&self, part: &str) -> Result<&'a [u8], ReadError> {
        let (position, _) = self.find(part)?;
        let mut archive = self.archive.clone();
        let file = archive.by_index_raw(position).map_err(|error| ReadError::damaged(part, &error))?;
        let start = file.data_start().and_then(|start| usize::try_from(start).ok());
        let packed = start.and_then(|start| self.bytes.get(start..)).unwrap_or_default();
        let size = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        packed.get(..size).ok_or_else(|| ReadError::damaged(part, &"it ends beyond the end of the file"))
    }

    fn find_main(&self) -> Result<String, ReadError> {
        if !self.contains(ContentTypes::PART) {
            return Err(ReadError::NotADocument { what: "some other kind of zip".to_owned() });
        }
        let roots = self.relationships("")?;
        let main = roots.of_kind("officeDocument").find_map(|root| match &root.target {
            Target::Part(name) => Some(name.clone()),
            Target::External(_) => None,
        });
        let main = main.ok_or_else(|| ReadError::Missing { part: "word/document.xml".to_owned() })?;
        let kind = self.content_types()?.of(&main).unwrap_or_default().to_owned();
        if !self.contains(&main) {
            return Err(ReadError::Missing { part: main });
        }
        let what = if kind.contains("spreadsheetml") || kind.contains("ms-excel") {
            "a workbook"
        } else if kind.contains("presentationml") || kind.contains("ms-powerpoint") {
            "a presentation"
        } else {
            return Ok(main);
        };
        Err(ReadError::NotADocument { what: what.to_owned() })
    }
}
