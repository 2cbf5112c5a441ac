//! What two documents may write differently and mean the same.
//!
//! Ids of revisions, relationships, lists, drawings and notes are free for a program to choose at each save. Seen
//! through a [`Lens`], what is left of a node is what it says.

use std::collections::HashMap;

use super::hash::{Hash, of_text};
use crate::document::ooxml::{Space, XmlNode, elements};

/// How ids of the older document are called in the newer one. For the newer document itself, nothing is renamed.
#[derive(Debug, Default)]
pub(super) struct Renames {
    /// Styles that have the same name and another id.
    pub(super) styles: HashMap<String, String>,
    /// Lists that are defined alike under another number.
    pub(super) numbers: HashMap<String, String>,
    /// Bookmarks that stand at the same text under another name that a program gave.
    pub(super) bookmarks: HashMap<String, String>,
}

/// Which kind of note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum NoteKind {
    Foot,
    End,
}

impl NoteKind {
    /// The kind of a note with this element name.
    pub(super) fn of_note(name: &str) -> Option<Self> {
        match name {
            "footnote" => Some(Self::Foot),
            "endnote" => Some(Self::End),
            _ => None,
        }
    }

    /// The last step of the kind of relationship that leads to the notes.
    pub(super) fn relation(self) -> &'static str {
        match self {
            Self::Foot => "footnotes",
            Self::End => "endnotes",
        }
    }

    /// The kind that a reference with this element name is to.
    pub(super) fn of_reference(name: &str) -> Option<Self> {
        match name {
            "footnoteReference" => Some(Self::Foot),
            "endnoteReference" => Some(Self::End),
            _ => None,
        }
    }
}

/// One document, one story of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lens<'l> {
    pub(super) renames: &'l Renames,
    /// What each relationship of the part points at, as a digest.
    pub(super) targets: &'l HashMap<String, u64>,
    /// Which note of the other document each note is, as a number shared by both.
    pub(super) notes: &'l HashMap<(NoteKind, String), u64>,
}

impl Lens<'_> {
    /// The digest of a node and everything in it.
    pub(super) fn node(&self, node: XmlNode<'_>) -> u64 {
        let name = node.name();
        let space = node.space();
        let mut hash = Hash::new();
        hash.text(name);
        hash.number(space as u64);
        hash.number(self.attributes(node, space));
        hash.number(if holds_properties(space, name) { self.unordered(node) } else { self.ordered(node) });
        hash.finish()
    }

    /// The digest of some properties, in whatever order they are written; 0 when there are none.
    pub(super) fn properties<'x>(&self, nodes: impl Iterator<Item = XmlNode<'x>>) -> u64 {
        nodes.map(|node| self.node(node)).fold(0, u64::wrapping_add)
    }

    fn unordered(&self, node: XmlNode<'_>) -> u64 {
        self.properties(elements(node).filter(|inner| !is_noise(*inner)))
    }

    fn ordered(&self, node: XmlNode<'_>) -> u64 {
        if node.name() == "txbxContent" {
            return 0;
        }
        let mut hash = Hash::new();
        for inner in node.children() {
            if inner.is_element() && !is_noise(inner) {
                hash.number(self.node(inner));
            } else if let Some(text) = inner.text().filter(|text| inner.is_text() && !text.trim().is_empty()) {
                hash.text(text);
            }
        }
        hash.finish()
    }

    fn attributes(&self, node: XmlNode<'_>, space: Space) -> u64 {
        let name = node.name();
        let mut sum = 0_u64;
        for one in node.attributes() {
            let of = one.space();
            if is_noise_attribute(name, of, one.name()) {
                continue;
            }
            let Some(value) = self.value(name, space, of, one.name(), one.value()) else { continue };
            let mut hash = Hash::new();
            hash.text(one.name());
            hash.number(of as u64);
            hash.number(value);
            sum = sum.wrapping_add(hash.finish());
        }
        sum
    }

    /// The digest of an attribute's value; nothing when it says what its absence would.
    fn value(&self, element: &str, space: Space, of: Space, name: &str, value: &str) -> Option<u64> {
        if of == Space::Relationship {
            return Some(self.targets.get(value).copied().unwrap_or_else(|| of_text(value)));
        }
        if space != Space::Word || (name != "val" && name != "id") {
            return Some(of_text(value));
        }
        if let Some(kind) = NoteKind::of_reference(element).filter(|_| name == "id") {
            return Some(self.notes.get(&(kind, value.to_owned())).copied().unwrap_or_else(|| of_text(value)));
        }
        match element {
            "pStyle" | "rStyle" | "tblStyle" => Some(of_text(self.style(value))),
            "numId" => Some(of_text(self.number(value))),
            _ if is_switch(element) => match value {
                "1" | "true" | "on" => None,
                "false" | "off" => Some(of_text("0")),
                other => Some(of_text(other)),
            },
            _ => Some(of_text(value)),
        }
    }

    /// A style id as the newer document calls it.
    pub(super) fn style<'v>(&'v self, id: &'v str) -> &'v str {
        self.renames.styles.get(id).map_or(id, String::as_str)
    }

    /// A list number as the newer document calls it.
    pub(super) fn number<'v>(&'v self, id: &'v str) -> &'v str {
        self.renames.numbers.get(id).map_or(id, String::as_str)
    }
}

/// Elements that say nothing a reader sees, and that every save may change.
pub(super) fn is_noise(node: XmlNode<'_>) -> bool {
    matches!(
        node.name(),
        "proofErr" | "lastRenderedPageBreak" | "bookmarkStart" | "bookmarkEnd" | "permStart" | "permEnd" | "rsid"
    )
}

fn is_noise_attribute(element: &str, of: Space, name: &str) -> bool {
    match of {
        Space::Word | Space::None if name.starts_with("rsid") => true,
        Space::Word => matches!(name, "dirty" | "fldLock") && element == "fldChar",
        Space::WordExtension => matches!(name, "paraId" | "textId" | "anchorId" | "editId"),
        Space::None => matches!(element, "docPr" | "cNvPr") && matches!(name, "id" | "name"),
        _ => false,
    }
}

/// Whether the order of what an element holds says nothing.
fn holds_properties(space: Space, name: &str) -> bool {
    space == Space::Word && name.ends_with("Pr")
}

/// Elements that are on by being there.
fn is_switch(element: &str) -> bool {
    matches!(
        element,
        "b" | "bCs"
            | "i"
            | "iCs"
            | "caps"
            | "smallCaps"
            | "strike"
            | "dstrike"
            | "outline"
            | "shadow"
            | "emboss"
            | "imprint"
            | "noProof"
            | "snapToGrid"
            | "vanish"
            | "webHidden"
            | "rtl"
            | "cs"
            | "specVanish"
            | "oMath"
            | "keepNext"
            | "keepLines"
            | "pageBreakBefore"
            | "widowControl"
            | "suppressLineNumbers"
            | "bidi"
            | "suppressAutoHyphens"
            | "kinsoku"
            | "wordWrap"
            | "overflowPunct"
            | "topLinePunct"
            | "autoSpaceDE"
            | "autoSpaceDN"
            | "adjustRightInd"
            | "contextualSpacing"
            | "mirrorIndents"
            | "cantSplit"
            | "tblHeader"
            | "noWrap"
            | "tcFitText"
            | "hideMark"
            | "titlePg"
            | "bidiVisual"
            | "hidden"
    )
}
