//! The list of parts of a package, checked before any is unpacked.

use std::collections::HashMap;
use std::io::Cursor;

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limits, ReadError};

/// The zip under a package.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// One part as the directory of the zip lists it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) crc: u32,
}

/// Every part in the order of the zip, and where each name stands. Names differ in more than case.
#[derive(Debug, Clone)]
pub(super) struct Entries {
    pub(super) list: Vec<Entry>,
    index: HashMap<String, usize>,
}

impl Entries {
    /// Where a part stands. Part names are compared without regard to ASCII case, as the standard says.
    pub(super) fn position(&self, part: &str) -> Option<usize> {
        self.index.get(part).copied().or_else(|| self.index.get(&part.to_ascii_lowercase()).copied())
    }

    /// Lists and checks the parts of a zip.
    pub(super) fn list(archive: &mut Archive<'_>, limits: &Limits) -> Result<Self, ReadError> {
        if archive.len() > limits.entries {
            return Err(ReadError::too_large(
                "the number of parts",
                archive.len() as u64,
                limits.entries as u64,
                "parts",
            ));
        }
        let mut entries = Self { list: Vec::with_capacity(archive.len()), index: HashMap::new() };
        let mut total = 0_u64;
        for position in 0..archive.len() {
            let entry = entry(archive, position, limits)?;
            total = total.saturating_add(entry.size);
            entries.push(entry)?;
        }
        if archive.has_duplicate_names() {
            return Err(bad_name("", "stands in it twice"));
        }
        if total > limits.total {
            return Err(ReadError::too_large("the file unpacked", total, limits.total, "bytes"));
        }
        Ok(entries)
    }

    fn push(&mut self, entry: Entry) -> Result<(), ReadError> {
        let position = self.list.len();
        if self.index.insert(entry.name.to_ascii_lowercase(), position).is_some() {
            return Err(bad_name(&entry.name, "stands in it twice"));
        }
        self.index.insert(entry.name.clone(), position);
        self.list.push(entry);
        Ok(())
    }
}

fn entry(archive: &mut Archive<'_>, position: usize, limits: &Limits) -> Result<Entry, ReadError> {
    let file = archive.by_index_raw(position).map_err(|error| unpacking(&error))?;
    let name = file.name().map_err(|error| unpacking(&error))?.into_owned();
    check_name(&name)?;
    if file.encrypted() {
        return Err(ReadError::ProtectedPart { part: name });
    }
    let size = file.size();
    if size > limits.part {
        return Err(ReadError::too_large(format!("the part `{name}`"), size, limits.part, "bytes"));
    }
    let ratio = size / file.compressed_size().max(1);
    if size > limits.ratio_from && ratio > limits.ratio {
        return Err(ReadError::too_large(format!("the part `{name}` unpacked"), ratio, limits.ratio, "times its size"));
    }
    Ok(Entry { size, crc: file.crc32(), name })
}

fn check_name(name: &str) -> Result<(), ReadError> {
    let reason = if name.is_empty() {
        "is empty"
    } else if name.starts_with('/') {
        "begins at the root of the disk"
    } else if name.contains('\\') || name.contains(':') || name.contains('\0') {
        "holds a character that no part name may hold"
    } else if name.split('/').any(|step| step == ".." || step == ".") {
        "leads out of the file"
    } else {
        return Ok(());
    };
    Err(bad_name(name, reason))
}

fn bad_name(name: &str, reason: &'static str) -> ReadError {
    ReadError::BadName { name: name.chars().take(80).flat_map(char::escape_default).collect(), reason }
}

/// What unpacking said, as a sentence about the whole file.
pub(super) fn unpacking(error: &ZipError) -> ReadError {
    ReadError::NotAPackage { reason: error.to_string() }
}
