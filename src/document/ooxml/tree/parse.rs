//! From text to tree, in one pass.

use std::borrow::Cow;

use super::cursor::{Coded, Cursor, Value, place};
use super::entities::{Blanks, decoded, forbidden};
use super::names::Name;
use super::{AttributeData, NONE, NamespaceData, NodeData, NodeKind, ScopeData, Tree, space_of};

/// Attributes that one element may have; real ones have a dozen.
const ATTRIBUTES: usize = 128;
/// Namespaces that may be declared at one place; real documents have forty.
const NAMESPACES: usize = 512;
const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of the prefix `xml`, which needs no declaration, is the first in every tree.
const XML_NUMBER: u32 = 0;

/// Why a text is no tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is not well-formed at this byte.
    Unsound {
        /// Bytes before it.
        at: usize,
        /// What is wrong.
        reason: &'static str,
    },
    /// It has more nodes than are allowed.
    Nodes,
    /// Its elements stand inside each other deeper than is allowed.
    Depth,
    /// It is longer than four thousand million bytes.
    TooLong,
}

/// Parses a text of at most so many nodes, nested at most so deep.
///
/// # Errors
/// As [`Fault`] says.
pub(crate) fn parse(text: &str, nodes: u32, depth: usize) -> Result<Tree<'_>, Fault> {
    place(text.len())?;
    if let Some(at) = forbidden(text) {
        return Err(Fault::Unsound { at, reason: "there is a character that XML may not hold" });
    }
    let xml = NamespaceData { prefix: "xml", uri: Cow::Borrowed(XML), space: space_of(Some(XML)) };
    let tree = Tree {
        text,
        nodes: Vec::with_capacity(text.len() / 40),
        attributes: Vec::with_capacity(text.len() / 60),
        namespaces: vec![xml],
        scopes: Vec::new(),
        decoded: Vec::new(),
    };
    let cursor = Cursor { text, at: 0 };
    let parser = Parser { cursor, tree, open: Vec::new(), raw: Vec::new(), known: (NONE, "", NONE), nodes, depth };
    parser.run()
}

struct Parser<'t> {
    cursor: Cursor<'t>,
    tree: Tree<'t>,
    /// The elements that are not closed yet, outermost first.
    open: Vec<u32>,
    /// The attributes of the tag being read.
    raw: Vec<(Name, Value)>,
    /// The scope and prefix looked up last, and what was found.
    known: (u32, &'t str, u32),
    nodes: u32,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn run(mut self) -> Result<Tree<'t>, Fault> {
        self.cursor.takes("\u{feff}");
        self.declaration()?;
        while let Some(length) = self.cursor.rest().find('<') {
            self.text(length)?;
            self.markup()?;
        }
        self.text(self.cursor.rest().len())?;
        if !self.open.is_empty() || self.tree.nodes.is_empty() {
            return Err(self.cursor.fault("the text ends before its outermost element does"));
        }
        self.tree.nodes.shrink_to_fit();
        self.tree.attributes.shrink_to_fit();
        Ok(self.tree)
    }

    /// The first line of the file, if it has one, says that it is XML of the first version.
    fn declaration(&mut self) -> Result<(), Fault> {
        let rest = self.cursor.rest().strip_prefix("<?xml").unwrap_or_default();
        if !rest.starts_with([' ', '\t', '\r', '\n']) {
            return Ok(());
        }
        self.cursor.at += "<?xml".len();
        self.cursor.blanks();
        let version = if self.cursor.takes("version") { Some(self.cursor.value()?) } else { None };
        let number = version.and_then(|version| self.cursor.text.get(version.start..version.stop));
        if !number.is_some_and(|number| number.starts_with("1.")) {
            return Err(self.cursor.fault("the declaration does not say the version of XML"));
        }
        self.cursor.past("?>", "the declaration does not end")
    }

    fn text(&mut self, length: usize) -> Result<(), Fault> {
        if length == 0 {
            return Ok(());
        }
        let (start, stop) = (self.cursor.at, self.cursor.at + length);
        let raw = self.cursor.text.get(start..stop).unwrap_or_default();
        if self.open.is_empty() {
            if !raw.bytes().all(|byte| byte.is_ascii_whitespace()) {
                return Err(self.cursor.fault("there is text outside of the elements"));
            }
            self.cursor.at = stop;
            return Ok(());
        }
        let coded = if raw.contains(['&', '\r']) { Coded::Yes } else { Coded::No };
        let scope = self.decode(&Value { start, stop, coded }, Blanks::Lines)?;
        self.push(NodeKind::Text, start, stop, scope)?;
        self.cursor.at = stop;
        Ok(())
    }

    /// Whatever begins with `<`.
    fn markup(&mut self) -> Result<(), Fault> {
        let start = self.cursor.at;
        if self.cursor.takes("</") {
            return self.close();
        }
        if self.cursor.takes("<!--") {
            self.cursor.past("-->", "a comment does not end")?;
            return self.other(start);
        }
        if self.cursor.takes("<?") {
            self.cursor.past("?>", "a processing instruction does not end")?;
            return self.other(start);
        }
        if self.cursor.takes("<![CDATA[") {
            return self.verbatim(start);
        }
        if self.cursor.takes("<!") {
            return Err(self.cursor.fault("a document type definition is not accepted"));
        }
        self.cursor.at += 1;
        self.element(start)
    }

    fn other(&mut self, start: usize) -> Result<(), Fault> {
        if self.open.is_empty() {
            return Ok(());
        }
        self.push(NodeKind::Other, start, self.cursor.at, NONE).map(drop)
    }

    /// Text in which nothing stands for anything else.
    fn verbatim(&mut self, start: usize) -> Result<(), Fault> {
        let from = self.cursor.at;
        self.cursor.past("]]>", "a CDATA section does not end")?;
        if self.open.is_empty() {
            return Err(self.cursor.fault("there is text outside of the elements"));
        }
        let text = self.cursor.text.get(from..self.cursor.at - 3).unwrap_or_default();
        let scope = place(self.tree.decoded.len())?;
        self.tree.decoded.push(text.replace("\r\n", "\n").replace('\r', "\n"));
        self.push(NodeKind::Text, start, self.cursor.at, scope).map(drop)
    }

    fn close(&mut self) -> Result<(), Fault> {
        let name = self.cursor.name()?;
        self.cursor.blanks();
        if !self.cursor.takes(">") {
            return Err(self.cursor.fault("a closing tag does not end"));
        }
        let id = self.open.pop().ok_or_else(|| self.cursor.fault("an element is closed that was not opened"))?;
        let opened = self.tree.data(id).map_or(Name::NOTHING, |data| data.name);
        if self.tree.part(opened.start, opened.stop) != self.tree.part(name.start, name.stop) {
            return Err(self.cursor.fault("an element is closed under another name"));
        }
        self.finish(id)
    }

    /// Says where an element ends: here.
    fn finish(&mut self, id: u32) -> Result<(), Fault> {
        let (stop, end) = (place(self.cursor.at)?, place(self.tree.nodes.len())?);
        if let Some(data) = self.tree.nodes.get_mut(id as usize) {
            (data.stop, data.end) = (stop, end);
        }
        Ok(())
    }

    fn push(&mut self, kind: NodeKind, start: usize, stop: usize, scope: u32) -> Result<u32, Fault> {
        let id = place(self.tree.nodes.len())?;
        if id >= self.nodes {
            return Err(Fault::Nodes);
        }
        let parent = self.open.last().copied().unwrap_or(NONE);
        let around = self.tree.nodes.get_mut(parent as usize);
        let previous = around.map_or(NONE, |around| std::mem::replace(&mut around.last_child, id));
        let (start, stop) = (place(start)?, place(stop)?);
        let (name, none) = (Name::NOTHING, NONE);
        self.tree.nodes.push(NodeData {
            kind,
            start,
            stop,
            parent,
            end: id + 1,
            previous,
            last_child: none,
            name,
            namespace: none,
            scope,
            first_attribute: 0,
            end_attribute: 0,
        });
        Ok(id)
    }

    fn element(&mut self, start: usize) -> Result<(), Fault> {
        if self.open.is_empty() && !self.tree.nodes.is_empty() {
            return Err(self.cursor.fault("there is a second outermost element"));
        }
        if self.open.len() >= self.depth {
            return Err(Fault::Depth);
        }
        let name = self.cursor.name()?;
        let outer = self.open.last().and_then(|id| self.tree.data(*id)).map_or(NONE, |around| around.scope);
        let scope = self.attributes(outer)?;
        let id = self.push(NodeKind::Element, start, start, scope)?;
        let namespace = self.namespace_of(name, scope)?;
        let first_attribute = place(self.tree.attributes.len())?;
        self.keep_attributes(scope)?;
        let end_attribute = place(self.tree.attributes.len())?;
        if let Some(data) = self.tree.nodes.get_mut(id as usize) {
            *data = NodeData { name, namespace, first_attribute, end_attribute, ..*data };
        }
        if self.cursor.takes("/>") {
            return self.finish(id);
        }
        if !self.cursor.takes(">") {
            return Err(self.cursor.fault("a tag does not end"));
        }
        self.open.push(id);
        Ok(())
    }

    /// Reads the attributes up to the end of the tag. The scope of the element: its own if it declares a namespace.
    fn attributes(&mut self, outer: u32) -> Result<u32, Fault> {
        self.raw.clear();
        let first = place(self.tree.namespaces.len())?;
        while self.cursor.blanks() && !matches!(self.cursor.peek(), Some(b'>' | b'/') | None) {
            let name = self.cursor.name()?;
            let value = self.cursor.value()?;
            let (text, local) = (self.cursor.text, name.local as usize);
            let prefix = text.get(name.start as usize..local.saturating_sub(1)).unwrap_or_default();
            let called = text.get(local..name.stop as usize).unwrap_or_default();
            match (prefix, called) {
                ("xmlns", prefix) => self.declare(prefix, &value, first)?,
                ("", "xmlns") => self.declare("", &value, first)?,
                _ => self.raw.push((name, value)),
            }
            if self.raw.len() > ATTRIBUTES {
                return Err(self.cursor.fault("an element has more attributes than any real one"));
            }
        }
        let end = place(self.tree.namespaces.len())?;
        if first == end {
            return Ok(outer);
        }
        let scope = place(self.tree.scopes.len())?;
        self.tree.scopes.push(ScopeData { outer, declared: first..end });
        let declared: usize = self.tree.scopes(scope).map(|one| one.declared.len()).sum();
        if declared > NAMESPACES {
            return Err(self.cursor.fault("more namespaces are declared than in any real document"));
        }
        Ok(scope)
    }

    /// Takes in a declaration; `first` is the number of the first one of the same element.
    fn declare(&mut self, prefix: &'t str, value: &Value, first: u32) -> Result<(), Fault> {
        let before = self.tree.namespaces.get(first as usize..).unwrap_or_default();
        if before.iter().any(|one| one.prefix == prefix) {
            return Err(self.cursor.fault("an element has an attribute twice"));
        }
        if before.len() >= NAMESPACES {
            return Err(self.cursor.fault("more namespaces are declared than in any real document"));
        }
        let raw = self.cursor.text.get(value.start..value.stop).unwrap_or_default();
        let uri = match value.coded {
            Coded::No => Cow::Borrowed(raw),
            Coded::Yes => Cow::Owned(self.decoded(raw, Blanks::Spaces)?),
        };
        let space = space_of(Some(&uri).filter(|uri| !uri.is_empty()).map(AsRef::as_ref));
        self.tree.namespaces.push(NamespaceData { prefix, uri, space });
        Ok(())
    }

    fn decoded(&self, raw: &str, blanks: Blanks) -> Result<String, Fault> {
        decoded(raw, blanks).ok_or_else(|| self.cursor.fault("an `&` does not begin anything that is known"))
    }

    /// The number of the decoded form of a value, if it has one.
    fn decode(&mut self, value: &Value, blanks: Blanks) -> Result<u32, Fault> {
        if value.coded == Coded::No {
            return Ok(NONE);
        }
        let raw = self.cursor.text.get(value.start..value.stop).unwrap_or_default();
        let text = self.decoded(raw, blanks)?;
        let number = place(self.tree.decoded.len())?;
        self.tree.decoded.push(text);
        Ok(number)
    }

    /// Moves the attributes read last into the tree, now that the prefixes of their element are known.
    fn keep_attributes(&mut self, scope: u32) -> Result<(), Fault> {
        let from = self.tree.attributes.len();
        let raw = std::mem::take(&mut self.raw);
        for (name, value) in &raw {
            let namespace = if name.has_prefix() { self.namespace_of(*name, scope)? } else { NONE };
            let kept = self.tree.attributes.get(from..).unwrap_or_default();
            let called = |name: Name| self.tree.part(name.local, name.stop);
            let same_space = |other: u32| {
                let uri = |number: u32| self.tree.namespace(number).map(|one| &one.uri);
                other == namespace || (other != NONE && namespace != NONE && uri(other) == uri(namespace))
            };
            if kept.iter().any(|one| called(one.name) == called(*name) && same_space(one.namespace)) {
                return Err(self.cursor.fault("an element has an attribute twice"));
            }
            let decoded = self.decode(value, Blanks::Spaces)?;
            let (start, stop) = (place(value.start)?, place(value.stop)?);
            self.tree.attributes.push(AttributeData { name: *name, namespace, start, stop, decoded });
        }
        self.raw = raw;
        Ok(())
    }

    /// The number of the namespace a name stands in.
    fn namespace_of(&mut self, name: Name, scope: u32) -> Result<u32, Fault> {
        let text = self.cursor.text;
        let prefix = text.get(name.start as usize..(name.local as usize).saturating_sub(1)).unwrap_or_default();
        if self.known.0 == scope && self.known.1 == prefix {
            return Ok(self.known.2);
        }
        let found = match (self.tree.resolve(scope, prefix), prefix) {
            (Some(number), "") if self.tree.namespace(number).is_some_and(|one| one.uri.is_empty()) => NONE,
            (Some(number), _) => number,
            (None, "") => NONE,
            (None, "xml") => XML_NUMBER,
            (None, _) => return Err(self.cursor.fault("a prefix stands for no namespace")),
        };
        self.known = (scope, prefix, found);
        Ok(found)
    }
}
