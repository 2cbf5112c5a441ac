//! Tracked changes that are in a document already: all taken, all refused, or found so that the document can be refused.

use std::collections::HashSet;

use super::Existing;
use super::markup::{inner, open_tag, prefix, qualified_name, raw};
use crate::document::ooxml::{ReadError, Source, Space, Xml, XmlId, XmlNode, attribute, child, elements, is};

/// The first tracked change of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct First {
    pub(super) author: String,
    /// What it says, cut short.
    pub(super) near: String,
}

/// What a story is once its changes are dealt with.
#[derive(Debug)]
pub(super) enum Settled {
    /// It has none.
    AsItIs,
    /// Its text with all of them taken or refused.
    Text(String),
    /// It has some, and none were to be there.
    Refused(First),
}

/// Deals with the tracked changes of a story.
pub(super) fn settle(source: &Source, existing: Existing) -> Result<Settled, ReadError> {
    if may_have_changes(source.text()) { Ok(settled(&source.xml()?, existing)) } else { Ok(Settled::AsItIs) }
}

/// Deals with the tracked changes of a story that is parsed.
pub(super) fn settled(xml: &Xml<'_>, existing: Existing) -> Settled {
    let changes: Vec<XmlNode<'_>> = xml.root().descendants().filter(|node| is_change(*node)).collect();
    let Some(first) = changes.first() else { return Settled::AsItIs };
    let taken = match existing {
        Existing::Refuse => return Settled::Refused(first_of(*first)),
        Existing::Accept => Taken::All,
        Existing::Reject => Taken::None,
    };
    let mut touched = HashSet::new();
    for change in changes {
        for node in change.ancestors() {
            if !touched.insert(node.id()) {
                break;
            }
        }
    }
    let text = xml.text();
    let mut settler = Settler { text, taken, touched, out: String::with_capacity(text.len()) };
    settler.out.push_str(text.get(..xml.root().range().start).unwrap_or_default());
    settler.node(xml.root(), Names::AsTheyAre);
    settler.out.push_str(text.get(xml.root().range().end..).unwrap_or_default());
    Settled::Text(settler.out)
}

/// A look at the names of all opening tags, without reading more.
fn may_have_changes(text: &str) -> bool {
    let ends_name = |byte: &u8| matches!(byte, b' ' | b'>' | b'/' | b'\t' | b'\r' | b'\n');
    let mut rest = text.as_bytes();
    while let Some(tag) = rest.iter().position(|byte| *byte == b'<').and_then(|at| rest.get(at + 1..)) {
        let length = tag.iter().position(ends_name).unwrap_or(tag.len());
        let (name, after) = tag.split_at(length);
        let local = name.iter().position(|byte| *byte == b':').and_then(|colon| name.get(colon + 1..)).unwrap_or(name);
        let is_change = match local {
            [b'i' | b'd' | b'm' | b'c', ..] if is_name_of_change(local) => true,
            [.., last] => *last == b'e' && local.ends_with(b"Change"),
            [] => false,
        };
        if is_change {
            return true;
        }
        rest = after;
    }
    false
}

fn is_name_of_change(name: &[u8]) -> bool {
    std::str::from_utf8(name).is_ok_and(|name| CHANGES.contains(&name) || is_range(name))
}

fn is_change(node: XmlNode<'_>) -> bool {
    let name = node.name();
    let may_be = matches!(name.as_bytes(), [b'i' | b'd' | b'm' | b'c' | b'n' | b't', ..] | [.., b'e']);
    may_be
        && node.is_element()
        && node.space() == Space::Word
        && (CHANGES.contains(&name) || name.ends_with("PrChange") || is_range(name))
}

const CHANGES: &[&str] =
    &["ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange", "tblGridChange"];

/// Marks around changes, which go with them.
fn is_range(name: &str) -> bool {
    (name.starts_with("move") || name.starts_with("customXml"))
        && (name.ends_with("RangeStart") || name.ends_with("RangeEnd"))
}

fn first_of(node: XmlNode<'_>) -> First {
    let said = |node: XmlNode<'_>| -> String {
        node.descendants().filter(XmlNode::is_text).filter_map(|inside| inside.text()).collect()
    };
    let own = said(node);
    let paragraph = || node.ancestors().find(|outer| is(*outer, Space::Word, "p")).map(said).unwrap_or_default();
    let near = if own.trim().is_empty() { paragraph() } else { own };
    let author = attribute(node, "author").unwrap_or("an unknown author").to_owned();
    First { author, near: near.trim().chars().take(60).collect() }
}

/// Which changes are taken; the others are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    All,
    None,
}

/// Whether elements keep their names: deleted text that stays is plain text again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    AsTheyAre,
    Restored,
}

struct Settler<'t> {
    text: &'t str,
    taken: Taken,
    /// Nodes that have changes in them; all others are copied.
    touched: HashSet<XmlId>,
    out: String,
}

/// Text of paragraphs whose end is gone, waiting for the paragraph it joins.
#[derive(Default)]
struct Pending<'x> {
    text: String,
    last: Option<XmlNode<'x>>,
}

impl Settler<'_> {
    /// Whether a change of this name leaves nothing.
    fn leaves_nothing(&self, name: &str) -> bool {
        match self.taken {
            Taken::All => matches!(name, "del" | "moveFrom" | "cellDel"),
            Taken::None => matches!(name, "ins" | "moveTo" | "cellIns"),
        }
    }

    fn node(&mut self, node: XmlNode<'_>, names: Names) {
        if names == Names::AsTheyAre && !self.touched.contains(&node.id()) {
            return self.out.push_str(raw(self.text, node));
        }
        if !node.is_element() {
            return self.out.push_str(raw(self.text, node));
        }
        let name = node.name();
        if node.space() != Space::Word {
            return self.element(node, names);
        }
        match name {
            "ins" | "del" | "moveFrom" | "moveTo" => {
                let names = if matches!(name, "del") { Names::Restored } else { names };
                if !self.leaves_nothing(name) {
                    node.children().for_each(|inside| self.node(inside, names));
                }
            }
            "cellIns" | "cellDel" | "cellMerge" | "numberingChange" | "tblGridChange" => {}
            _ if name.ends_with("PrChange") || is_range(name) => {}
            "tr" if self.is_gone(node, "trPr", &["ins", "del"]) => {}
            "tc" if self.is_gone(node, "tcPr", &["cellIns", "cellDel"]) => {}
            "tbl" if !self.has_rows(node) => {}
            _ if self.taken == Taken::None && Self::before(node).is_some() => self.as_before(node),
            _ => self.element(node, names),
        }
    }

    /// Whether a row or cell goes with its change.
    fn is_gone(&self, node: XmlNode<'_>, properties: &str, changes: &[&str]) -> bool {
        let inside = child(node, properties);
        inside.into_iter().flat_map(elements).any(|one| {
            let name = one.name();
            changes.contains(&name) && self.leaves_nothing(name)
        })
    }

    fn has_rows(&self, table: XmlNode<'_>) -> bool {
        let mut rows = table.descendants().filter(|node| is(*node, Space::Word, "tr")).peekable();
        rows.peek().is_none() || rows.any(|row| !self.is_gone(row, "trPr", &["ins", "del"]))
    }

    /// An element with its inside dealt with.
    fn element(&mut self, node: XmlNode<'_>, names: Names) {
        let name = self.name_of(node, names);
        self.out.push('<');
        self.out.push_str(&name);
        let tag = open_tag(self.text, node);
        self.out.push_str(tag.get(1 + qualified_name(self.text, node).len()..).unwrap_or_default());
        if !node.has_children() {
            return self.out.push_str("/>");
        }
        self.out.push('>');
        self.inside(node, names);
        put!(self.out, "</{name}>");
    }

    fn name_of(&self, node: XmlNode<'_>, names: Names) -> String {
        let restored = match (names, node.name()) {
            (Names::Restored, "delText") => "t",
            (Names::Restored, "delInstrText") => "instrText",
            _ => return qualified_name(self.text, node).to_owned(),
        };
        format!("{}{restored}", prefix(self.text, node))
    }

    fn inside(&mut self, node: XmlNode<'_>, names: Names) {
        let mut pending = Pending::default();
        for inside in node.children() {
            if is(inside, Space::Word, "p") {
                self.paragraph(inside, &mut pending);
            } else {
                if inside.is_element() && matches!(inside.name(), "tbl" | "sectPr" | "sdt") {
                    self.release(&mut pending);
                }
                self.node(inside, names);
            }
        }
        // The end of the last paragraph cannot go.
        self.write(&mut pending);
    }

    fn paragraph<'x>(&mut self, node: XmlNode<'x>, pending: &mut Pending<'x>) {
        let mark = child(node, "pPr").and_then(|properties| child(properties, "rPr"));
        let gone = mark
            .into_iter()
            .flat_map(elements)
            .any(|one| matches!(one.name(), "ins" | "del" | "moveFrom" | "moveTo") && self.leaves_nothing(one.name()));
        if !gone && pending.last.is_none() {
            return self.node(node, Names::AsTheyAre);
        }
        let before = std::mem::take(&mut self.out);
        for inside in node.children().filter(|inside| !is(*inside, Space::Word, "pPr")) {
            self.node(inside, Names::AsTheyAre);
        }
        let own = std::mem::replace(&mut self.out, before);
        pending.text.push_str(&own);
        pending.last = Some(node);
        if !gone {
            self.write(pending);
        }
    }

    /// Writes the paragraph that the pending text has become.
    fn write(&mut self, pending: &mut Pending<'_>) {
        let Some(node) = pending.last.take() else { return };
        self.out.push_str(open_tag(self.text, node));
        self.out.push('>');
        if let Some(properties) = child(node, "pPr") {
            self.node(properties, Names::AsTheyAre);
        }
        self.out.push_str(&std::mem::take(&mut pending.text));
        put!(self.out, "</{}>", qualified_name(self.text, node));
    }

    /// Before a table: what is left of the paragraphs becomes one, and nothing becomes none.
    fn release(&mut self, pending: &mut Pending<'_>) {
        if pending.text.is_empty() {
            pending.last = None;
        }
        self.write(pending);
    }

    /// The properties from before, inside those that were changed.
    fn before(node: XmlNode<'_>) -> Option<XmlNode<'_>> {
        let name = node.name();
        let change = elements(node).find(|inside| inside.name() == format!("{name}Change"))?;
        elements(change).next()
    }

    /// Writes properties as they were before they were changed.
    fn as_before(&mut self, node: XmlNode<'_>) {
        let Some(before) = Self::before(node) else { return };
        let name = qualified_name(self.text, node);
        self.out.push_str(open_tag(self.text, node));
        self.out.push('>');
        // References to headers and footers, the format of a mark and a section are not among what is kept from before.
        let stays = |one: &XmlNode<'_>| matches!(one.name(), "headerReference" | "footerReference");
        elements(node).filter(stays).for_each(|one| self.out.push_str(raw(self.text, one)));
        let text = self.text;
        self.out.push_str(text.get(inner(text, before)).unwrap_or_default());
        if node.name() == "pPr" {
            for one in elements(node).filter(|one| matches!(one.name(), "rPr" | "sectPr")) {
                self.node(one, Names::AsTheyAre);
            }
        }
        put!(self.out, "</{name}>");
    }
}
