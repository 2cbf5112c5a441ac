//! The outermost element of a part: which prefixes it declares, and which of them a reader may ignore.

use std::collections::BTreeSet;

use super::graft::Used;
use super::markup::open_tag;
use super::pen::escaped;
use crate::document::ooxml::{Space, Xml, XmlNode, space_of};

/// What must be done to a newer root so that nodes of an older part may stand below it.
#[derive(Debug, Default)]
pub(super) struct Root {
    /// How the `w:` prefix is written in the newer part, with its colon.
    pub(super) w: String,
    /// Declared on the root in any case.
    needed: String,
    /// Declared on the root when something is carried.
    wanted: String,
    /// Declared on each carried node, because the newer part uses the prefix for something else.
    pub(super) conflicts: String,
    /// Prefixes a reader may ignore, when something is carried.
    ignorable: Vec<String>,
}

impl Root {
    /// Compares two roots.
    pub(super) fn compare(old: &Xml<'_>, new: &Xml<'_>) -> Self {
        let (before, after) = (old.root(), new.root());
        let mut root = Self::default();
        root.find_word_prefix(after);
        for one in before.namespaces() {
            let (prefix, uri) = (one.name(), one.uri());
            if prefix == Some("xml") {
                continue;
            }
            let name = prefix.map_or("xmlns".to_owned(), |prefix| format!("xmlns:{prefix}"));
            let declaration = format!(" {name}=\"{}\"", escaped(uri));
            match after.lookup_namespace_uri(prefix) {
                Some(known) if known == uri => {}
                None if prefix.is_some() && !root.needed.contains(&format!(" {name}=")) => {
                    root.wanted.push_str(&declaration);
                }
                _ => root.conflicts.push_str(&declaration),
            }
        }
        let known = ignorable(after);
        let usable = |prefix: &&str| {
            let uri = before.lookup_namespace_uri(Some(prefix));
            let there = after.lookup_namespace_uri(Some(prefix));
            !known.contains(*prefix) && uri.is_some() && (there.is_none() || there == uri)
        };
        root.ignorable = ignorable(before).iter().copied().filter(usable).map(str::to_owned).collect();
        root
    }

    fn find_word_prefix(&mut self, root: XmlNode<'_>) {
        let named = root.namespaces().find(|one| one.name().is_some() && space_of(Some(one.uri())) == Space::Word);
        if let Some(prefix) = named.and_then(|one| one.name()) {
            self.w = format!("{prefix}:");
            return;
        }
        let prefix = if root.lookup_namespace_uri(Some("w")).is_none() { "w" } else { "wr" };
        let uri = root.tag_name().namespace().unwrap_or_default();
        self.w = format!("{prefix}:");
        self.needed = format!(" xmlns:{prefix}=\"{}\"", escaped(uri));
    }

    /// Mends the root in the text of the newer part as written so far.
    pub(super) fn mend(&self, new: &Xml<'_>, out: &mut String, carried: Used) {
        let root = new.root();
        let end = root.range().start + open_tag(new.text(), root).len();
        let mut more = self.needed.clone();
        let mut prefixes = String::new();
        if carried == Used::Yes {
            more.push_str(&self.wanted);
            prefixes = self.ignorable.iter().flat_map(|prefix| [" ", prefix]).collect();
        }
        let list = root.attributes().find(|one| one.name() == "Ignorable" && is_compatibility(one.namespace()));
        if list.is_none() && !prefixes.is_empty() {
            let text = format!("{}{more}", open_tag(new.text(), root));
            let mc =
                ["mc", "ve"].into_iter().find(|prefix| text.contains(&format!("xmlns:{prefix}=\"{COMPATIBILITY}\"")));
            if let Some(mc) = mc {
                put!(more, " {mc}:Ignorable=\"{}\"", prefixes.trim_start());
            }
        }
        if end <= out.len() && out.is_char_boundary(end) {
            out.insert_str(end, &more);
        }
        if let Some(list) = list.filter(|_| !prefixes.is_empty()) {
            out.insert_str(list.range_value().end, &prefixes);
        }
    }
}

const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

fn is_compatibility(namespace: Option<&str>) -> bool {
    space_of(namespace) == Space::Compatibility
}

fn ignorable(root: XmlNode<'_>) -> BTreeSet<&str> {
    let list = root.attributes().find(|one| one.name() == "Ignorable" && is_compatibility(one.namespace()));
    list.map(|one| one.value().split_whitespace().collect()).unwrap_or_default()
}
