//! How parts point at each other, and what kind each is.

use std::collections::HashMap;

use super::xml::{Xml, attribute, elements};

/// Where a relationship leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// To a part of the same package, by its full name.
    Part(String),
    /// Out of the package, to an address.
    External(String),
}

/// One arrow from a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// The name the part uses for it, such as `rId7`.
    pub id: String,
    /// What kind it is: a whole address, whose last step says it (`.../image`).
    pub kind: String,
    /// Where it leads.
    pub target: Target,
}

/// Everything a part points at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relationships {
    list: Vec<Relationship>,
    by_id: HashMap<String, usize>,
}

impl Relationships {
    /// Reads the list that belongs to the part `source`. Entries without an id or a target are left out.
    pub fn read(source: &str, xml: &Xml<'_>) -> Self {
        let mut all = Self::default();
        for node in elements(xml.root()) {
            let (Some(id), Some(target)) = (attribute(node, "Id"), attribute(node, "Target")) else { continue };
            let target = match attribute(node, "TargetMode") {
                Some("External") => Target::External(target.to_owned()),
                _ => Target::Part(resolve(source, target)),
            };
            let kind = attribute(node, "Type").unwrap_or_default().to_owned();
            all.by_id.insert(id.to_owned(), all.list.len());
            all.list.push(Relationship { id: id.to_owned(), kind, target });
        }
        all
    }

    /// The one with this id.
    pub fn get(&self, id: &str) -> Option<&Relationship> {
        self.list.get(*self.by_id.get(id)?)
    }

    /// All of them, in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = &Relationship> {
        self.list.iter()
    }

    /// Those of a kind, named by its last step: `of_kind("header")`.
    pub fn of_kind(&self, last: &str) -> impl Iterator<Item = &Relationship> {
        self.list.iter().filter(move |one| one.kind.rsplit('/').next() == Some(last))
    }

    /// The part that the first relationship of a kind leads to.
    pub fn part_of_kind(&self, last: &str) -> Option<&str> {
        self.of_kind(last).find_map(|one| match &one.target {
            Target::Part(name) => Some(name.as_str()),
            Target::External(_) => None,
        })
    }
}

/// The name of the part that lists what `part` points at; of the whole package for `""`.
pub fn relationships_part(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The full name of a target as written in the relationships of `source`.
pub fn resolve(source: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    let mut steps: Vec<&str> = match source.rsplit_once('/') {
        Some((folder, _)) if !target.starts_with('/') => folder.split('/').collect(),
        _ => Vec::new(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// What kind of thing each part of a package is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContentTypes {
    by_extension: HashMap<String, String>,
    by_part: HashMap<String, String>,
}

impl ContentTypes {
    /// The part that holds the list.
    pub const PART: &'static str = "[Content_Types].xml";

    /// Reads the list.
    pub fn read(xml: &Xml<'_>) -> Self {
        let mut all = Self::default();
        for node in elements(xml.root()) {
            let Some(kind) = attribute(node, "ContentType") else { continue };
            if let Some(extension) = attribute(node, "Extension") {
                all.by_extension.insert(extension.to_ascii_lowercase(), kind.to_owned());
            }
            if let Some(part) = attribute(node, "PartName") {
                all.by_part.insert(part.trim_start_matches('/').to_ascii_lowercase(), kind.to_owned());
            }
        }
        all
    }

    /// What kind a part is.
    pub fn of(&self, part: &str) -> Option<&str> {
        let own = self.by_part.get(&part.to_ascii_lowercase());
        own.map(String::as_str).or_else(|| self.of_extension(part.rsplit_once('.')?.1))
    }

    /// What kind parts of an extension are, unless they are named themselves.
    pub fn of_extension(&self, extension: &str) -> Option<&str> {
        self.by_extension.get(&extension.to_ascii_lowercase()).map(String::as_str)
    }
}
