//! Carrying nodes of the older document into the newer one, with every id renamed to what it is called there.

use super::carry::Carry;
use super::lens::{Lens, NoteKind, is_noise};
use super::markup::{open_tag, qualified_name, raw};
use super::pen::escape;
use super::tags::Wrap;
use crate::document::ooxml::{Space, XmlNode, elements};

/// Writes nodes of one older part into one newer part.
pub(super) struct Graft<'w, 'p> {
    /// The text of the older part.
    pub(super) text: &'w str,
    pub(super) lens: Lens<'w>,
    pub(super) carry: &'w mut Carry<'p>,
    pub(super) old_part: &'w str,
    pub(super) new_part: &'w str,
    /// Declarations that every carried node must bring, because the newer part uses their prefixes otherwise.
    pub(super) declarations: String,
    /// Whether anything was carried, so that the newer part must know the older one's prefixes.
    pub(super) used: Used,
}

/// Whether something was carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Used {
    Yes,
    No,
}

impl Graft<'_, '_> {
    /// Writes a node with all it holds.
    pub(super) fn node(&mut self, out: &mut String, node: XmlNode<'_>, wrap: Option<Wrap>) {
        self.used = Used::Yes;
        let at = out.len();
        self.inside(out, node, wrap);
        self.declare(out, at, node);
    }

    /// Adds to the tag that begins at `at` what the older document declares around the node.
    fn declare(&self, out: &mut String, at: usize, node: XmlNode<'_>) {
        let mut more = self.declarations.clone();
        let root = node.document().root_element();
        let around = node.parent().filter(|around| around.namespaces().len() != root.namespaces().len());
        for one in around.iter().flat_map(XmlNode::namespaces) {
            let Some(prefix) = one.name().filter(|prefix| root.lookup_namespace_uri(Some(prefix)) != Some(one.uri()))
            else {
                continue;
            };
            let name = format!(" xmlns:{prefix}=");
            if !open_tag(self.text, node).contains(&name) {
                put!(more, "{name}\"{}\"", super::pen::escaped(one.uri()));
            }
        }
        if !more.is_empty() {
            let name = out.get(at..).and_then(|tag| tag.find([' ', '/', '>'])).map_or(out.len(), |end| at + end);
            out.insert_str(name, &more);
        }
    }

    /// Writes what a node holds.
    pub(super) fn children(&mut self, out: &mut String, node: XmlNode<'_>, wrap: Option<Wrap>) {
        for inner in elements(node) {
            if !is_dropped(inner) {
                self.node(out, inner, wrap);
            }
        }
    }

    /// Writes the opening tag of a node.
    pub(super) fn open(&mut self, out: &mut String, node: XmlNode<'_>) {
        self.used = Used::Yes;
        let at = out.len();
        self.tag(out, node);
        self.declare(out, at, node);
        out.push('>');
    }

    /// Writes its closing tag.
    pub(super) fn close(&mut self, out: &mut String, node: XmlNode<'_>) {
        out.push_str("</");
        out.push_str(qualified_name(self.text, node));
        out.push('>');
    }

    fn inside(&mut self, out: &mut String, node: XmlNode<'_>, wrap: Option<Wrap>) {
        let text = self.text;
        let deleted = (wrap == Some(Wrap::Removed) && node.space() == Space::Word).then(|| node.name());
        let name = match deleted {
            Some("t") => Some("delText"),
            Some("instrText") => Some("delInstrText"),
            _ => None,
        };
        let start = out.len();
        self.tag(out, node);
        if let Some(name) = name {
            let old = qualified_name(text, node).len();
            let prefix = super::markup::prefix(text, node).len();
            out.replace_range(start + 1 + prefix..start + 1 + old, name);
        }
        if !node.has_children() {
            return out.push_str("/>");
        }
        out.push('>');
        // What stands in a text box has paragraphs of its own, which are not marked.
        let within = if node.name() == "txbxContent" { None } else { wrap };
        for inner in node.children() {
            if !inner.is_element() {
                out.push_str(raw(text, inner));
            } else if !is_dropped(inner) {
                self.inside(out, inner, within);
            }
        }
        out.push_str("</");
        match name {
            Some(name) => {
                out.push_str(super::markup::prefix(text, node));
                out.push_str(name);
            }
            None => out.push_str(qualified_name(text, node)),
        }
        out.push('>');
    }

    /// Writes an opening tag up to before its `>`, with ids renamed.
    fn tag(&mut self, out: &mut String, node: XmlNode<'_>) {
        let text = self.text;
        let mut from = node.range().start;
        let end = from + open_tag(text, node).len();
        for one in node.attributes() {
            let Some(change) = self.attribute(node, one.space(), one.name(), one.value()) else {
                continue;
            };
            match change {
                Change::Value(value) => {
                    let place = one.range_value();
                    out.push_str(text.get(from..place.start).unwrap_or_default());
                    escape(out, &value);
                    from = place.end;
                }
                Change::Gone => {
                    out.push_str(text.get(from..one.range().start).unwrap_or_default().trim_end());
                    from = one.range().end;
                }
            }
        }
        out.push_str(text.get(from..end).unwrap_or_default());
    }

    fn attribute(&mut self, node: XmlNode<'_>, of: Space, name: &str, value: &str) -> Option<Change> {
        let element = node.name();
        match (of, name) {
            (Space::Relationship, _) => {
                let id = self.carry.relation(self.old_part, self.new_part, value);
                (id != value).then_some(Change::Value(id))
            }
            (Space::WordExtension, "paraId" | "textId") => Some(Change::Gone),
            (Space::Word, "val") if names_style(element) => {
                let id = self.lens.style(value).to_owned();
                self.carry.need_style(&id);
                (id != value).then_some(Change::Value(id))
            }
            (Space::Word, "val") if element == "numId" => {
                let id = self.lens.number(value).to_owned();
                self.carry.need_number(&id);
                (id != value).then_some(Change::Value(id))
            }
            (Space::Word, "id") => {
                let kind = NoteKind::of_reference(element).or_else(|| NoteKind::of_note(element))?;
                Some(Change::Value(self.carry.note(kind, value)))
            }
            (Space::None, "id") if element == "docPr" => Some(Change::Value(self.carry.drawing_id())),
            _ => None,
        }
    }
}

/// What becomes of an attribute.
enum Change {
    Value(String),
    Gone,
}

/// What is left behind: places that others point at, and comments, which stay the newer document's own.
fn is_dropped(node: XmlNode<'_>) -> bool {
    is_noise(node) || matches!(node.name(), "commentReference" | "commentRangeStart" | "commentRangeEnd")
}

/// Elements whose value is the id of a style.
fn names_style(element: &str) -> bool {
    matches!(element, "pStyle" | "rStyle" | "tblStyle" | "basedOn" | "next" | "link" | "numStyleLink" | "styleLink")
}
