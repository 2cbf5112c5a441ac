//! A package as the tests read it: every entry in order, every XML part as a tree, every relationship.
#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    clippy::ptr_arg,
    clippy::type_complexity,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "what makes up documents is written to be read, and names its own files"
)]

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;

use super::xml::Node;

/// What a relationship leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Part(String),
    Outside(String),
}

/// A package, read whole.
#[derive(Debug)]
pub(crate) struct Package {
    /// The names of the entries in the order of the file.
    pub(crate) names: Vec<String>,
    pub(crate) bytes: BTreeMap<String, Vec<u8>>,
    pub(crate) trees: BTreeMap<String, Node>,
    relationships: BTreeMap<String, BTreeMap<String, (String, Target)>>,
}

impl Package {
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, String> {
        let (mut names, mut parts, mut trees) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for (name, inside) in entries_of(bytes)? {
            if is_xml(&name) {
                trees.insert(name.clone(), tree_of(&inside).map_err(|error| format!("{name}: {error}"))?);
            }
            names.push(name.clone());
            parts.insert(name, inside);
        }
        let mut package = Self { names, bytes: parts, trees, relationships: BTreeMap::new() };
        package.relationships = package.read_relationships();
        Ok(package)
    }

    fn read_relationships(&self) -> BTreeMap<String, BTreeMap<String, (String, Target)>> {
        let files = self.trees.iter().filter(|(name, _)| name.ends_with(".rels"));
        files
            .map(|(name, tree)| {
                let source = name.replacen("_rels/", "", 1).trim_end_matches(".rels").to_owned();
                let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
                let each = tree.elements().map(|one| {
                    let kind = one.value("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    (one.value("Id").to_owned(), (kind, target(&folder, one)))
                });
                (source, each.collect())
            })
            .collect()
    }

    /// Where a relationship of a part leads.
    pub(crate) fn target(&self, part: &str, id: &str) -> Option<&Target> {
        Some(&self.relationships.get(part)?.get(id)?.1)
    }

    /// Every relationship: the part it is of, its id and where it leads.
    pub(crate) fn relationships(&self) -> impl Iterator<Item = (&str, &str, &Target)> {
        self.relationships
            .iter()
            .flat_map(|(part, each)| each.iter().map(|(id, (_, target))| (part.as_str(), id.as_str(), target)))
    }

    /// The part that a relationship of this kind leads to, such as `styles`.
    pub(crate) fn related(&self, part: &str, kind: &str) -> Option<&str> {
        self.relationships.get(part)?.values().find_map(|(own, target)| match target {
            Target::Part(name) if own == kind => Some(name.as_str()),
            _ => None,
        })
    }

    /// The name of the part that holds the body.
    pub(crate) fn main(&self) -> &str {
        self.related("", "officeDocument").unwrap_or("word/document.xml")
    }

    /// The tree of a part that the main part is related to.
    pub(crate) fn beside(&self, kind: &str) -> Option<(&str, &Node)> {
        let name = self.related(self.main(), kind)?;
        Some((name, self.trees.get(name)?))
    }

    /// What a relationship leads to, told by content: equal for equal pictures and links whatever their names.
    pub(crate) fn digest(&self, part: &str, id: &str) -> String {
        match self.target(part, id) {
            Some(Target::Outside(address)) => format!("to:{address}"),
            Some(Target::Part(name)) => match self.bytes.get(name) {
                Some(bytes) => Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect(),
                None => format!("missing:{name}"),
            },
            None => format!("undefined:{id}"),
        }
    }
}

/// The entries of a package in order, whatever is in them.
pub(crate) fn entries_of(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| error.to_string())?;
        let name = entry.name().map_err(|error| error.to_string())?.into_owned();
        let mut inside = Vec::new();
        entry.read_to_end(&mut inside).map_err(|error| format!("{name}: {error}"))?;
        entries.push((name, inside));
    }
    Ok(entries)
}

/// Whether an entry is XML by its name.
pub(crate) fn is_xml(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels")
}

/// The tree of a part.
pub(crate) fn tree_of(bytes: &[u8]) -> Result<Node, String> {
    Node::parse(&decoded(bytes)?)
}

/// The text of a part in UTF-8 or UTF-16, without the mark that says which.
fn decoded(bytes: &[u8]) -> Result<String, String> {
    let units =
        |from: fn([u8; 2]) -> u16| bytes.chunks_exact(2).skip(1).map(|two| from([two[0], two[1]])).collect::<Vec<_>>();
    let text = match bytes {
        [0xfe, 0xff, ..] => String::from_utf16(&units(u16::from_be_bytes)).map_err(|error| error.to_string())?,
        [0xff, 0xfe, ..] => String::from_utf16(&units(u16::from_le_bytes)).map_err(|error| error.to_string())?,
        _ => String::from_utf8(bytes.to_vec()).map_err(|error| error.to_string())?,
    };
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn target(folder: &str, relationship: &Node) -> Target {
    let written = relationship.value("Target");
    if relationship.value("TargetMode") == "External" {
        return Target::Outside(written.to_owned());
    }
    if let Some(rooted) = written.strip_prefix('/') {
        return Target::Part(rooted.to_owned());
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in written.split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "." => {}
            _ => path.push(step),
        }
    }
    Target::Part(path.join("/"))
}

/// Writes entries as a package.
pub(crate) fn zip_of<'a>(entries: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
