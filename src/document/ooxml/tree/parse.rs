//! From text to tree, in one pass.

use std::borrow::Cow;

use super::cursor::{Coded, Cursor, Value, place};
use super::entities::{Blanks, decoded, forbidden};
use super::names::{CODES, ENDS_TAG, ENDS_TEXT, IN_NAME, Name, class, stretch};
use super::{NONE, NamespaceData, NodeData, NodeKind, Tree, space_of};

const XML: &str = "http://www.w3.org/XML/1998/namespace";

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
    let mut parser = Parser::new(text, Wanted::Tree, nodes, depth)?;
    parser.tree.nodes.reserve(text.len() / 16);
    parser.tree.attributes.reserve(text.len() / 24);
    parser.run()
}

/// Sees to it that a text would parse, with little memory.
///
/// # Errors
/// As [`parse`].
pub(crate) fn check(text: &str, nodes: u32, depth: usize) -> Result<(), Fault> {
    Parser::new(text, Wanted::Answer, nodes, depth)?.run().map(drop)
}

/// What is to come of parsing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Tree,
    /// Whether the text is a tree; elements are forgotten when they end.
    Answer,
}

pub(super) struct Parser<'t> {
    pub(super) cursor: Cursor<'t>,
    pub(super) tree: Tree<'t>,
    wanted: Wanted,
    /// Nodes read so far.
    count: u32,
    /// The elements that are not closed yet, outermost first.
    open: Vec<u32>,
    /// The scope and prefix looked up last, and what was found.
    pub(super) known: (u32, &'t [u8], u32),
    nodes: u32,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, wanted: Wanted, nodes: u32, depth: usize) -> Result<Self, Fault> {
        if u32::try_from(text.len()).map_or(true, |length| length == NONE) {
            return Err(Fault::TooLong);
        }
        if let Some(at) = forbidden(text) {
            return Err(Fault::Unsound { at, reason: "there is a character that XML may not hold" });
        }
        let xml = NamespaceData { prefix: "xml", uri: Cow::Borrowed(XML), space: space_of(Some(XML)) };
        let tree = Tree {
            text,
            nodes: Vec::new(),
            attributes: Vec::new(),
            namespaces: vec![xml],
            scopes: Vec::new(),
            decoded: Vec::new(),
        };
        let cursor = Cursor { text, at: 0 };
        Ok(Self { cursor, tree, wanted, count: 0, open: Vec::new(), known: (NONE, b"", NONE), nodes, depth })
    }

    fn run(mut self) -> Result<Tree<'t>, Fault> {
        self.cursor.takes("\u{feff}");
        self.declaration()?;
        while let Some(next) = self.cursor.peek() {
            match next {
                b'<' => self.markup()?,
                _ => self.text()?,
            }
        }
        if !self.open.is_empty() || self.count == 0 {
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
        for word in ["encoding", "standalone"] {
            if self.cursor.blanks() && self.cursor.takes(word) {
                self.cursor.value()?;
            }
        }
        self.cursor.blanks();
        if !self.cursor.takes("?>") {
            return Err(self.cursor.fault("the declaration does not end"));
        }
        Ok(())
    }

    /// Everything up to the next `<`.
    fn text(&mut self) -> Result<(), Fault> {
        let start = self.cursor.at;
        let rest = self.cursor.text.as_bytes().get(start..).unwrap_or_default();
        let (length, seen) = stretch(rest, |class| class & ENDS_TEXT != 0);
        let raw = rest.get(..length).unwrap_or_default();
        if self.open.is_empty() {
            if !raw.iter().all(u8::is_ascii_whitespace) {
                return Err(self.cursor.fault("there is text outside of the elements"));
            }
            self.cursor.at += raw.len();
            return Ok(());
        }
        if seen & ENDS_TAG != 0 && raw.windows(3).any(|three| three == b"]]>") {
            return Err(self.cursor.fault("there is a `]]>` that ends nothing"));
        }
        let stop = start + raw.len();
        let coded = if seen & CODES != 0 { Coded::Yes } else { Coded::No };
        let scope = self.decode(&Value { start, stop, coded }, Blanks::Lines)?;
        self.cursor.at = stop;
        self.leaf(NodeKind::Text, start, scope)
    }

    /// Whatever begins with `<`.
    fn markup(&mut self) -> Result<(), Fault> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        match self.cursor.peek() {
            Some(b'/') => self.close(),
            Some(b'?') => {
                self.cursor.instruction()?;
                self.other(start)
            }
            Some(b'!') if self.cursor.takes("!--") => {
                self.cursor.past("--", "a comment does not end")?;
                if !self.cursor.takes(">") {
                    return Err(self.cursor.fault("there is a `--` within a comment"));
                }
                self.other(start)
            }
            Some(b'!') if self.cursor.takes("![CDATA[") => self.verbatim(start),
            Some(b'!') => Err(self.cursor.fault("a document type definition is not accepted")),
            _ => self.element(start),
        }
    }

    fn other(&mut self, start: usize) -> Result<(), Fault> {
        if self.open.is_empty() {
            return Ok(());
        }
        self.leaf(NodeKind::Other, start, NONE)
    }

    /// Text in which nothing stands for anything else.
    fn verbatim(&mut self, start: usize) -> Result<(), Fault> {
        let from = self.cursor.at;
        self.cursor.past("]]>", "a CDATA section does not end")?;
        if self.open.is_empty() {
            return Err(self.cursor.fault("there is text outside of the elements"));
        }
        let text = self.cursor.text.get(from..self.cursor.at - 3).unwrap_or_default();
        let scope = self.keep_decoded(text.replace("\r\n", "\n").replace('\r', "\n"));
        self.leaf(NodeKind::Text, start, scope)
    }

    fn close(&mut self) -> Result<(), Fault> {
        self.cursor.at += 1;
        let id = self.open.pop().ok_or_else(|| self.cursor.fault("an element is closed that was not opened"))?;
        let opened = self.tree.data(id).map_or(Name::NOTHING, |data| data.name);
        let name = self.cursor.text.get(opened.start as usize..opened.stop as usize).unwrap_or_default();
        if !self.cursor.takes(name) || self.cursor.peek().is_some_and(|next| class(next) & IN_NAME != 0 || next == b':')
        {
            return Err(self.cursor.fault("an element is closed under another name"));
        }
        self.cursor.blanks();
        if !self.cursor.takes(">") {
            return Err(self.cursor.fault("a closing tag does not end"));
        }
        self.finish(id);
        Ok(())
    }

    /// Says where an element ends: here.
    fn finish(&mut self, id: u32) {
        let (stop, end) = (place(self.cursor.at), place(self.tree.nodes.len()));
        let Some(data) = self.tree.nodes.get_mut(id as usize) else { return };
        (data.stop, data.end) = (stop, end);
        if self.wanted == Wanted::Answer {
            self.tree.attributes.truncate(data.first_attribute as usize);
            self.tree.nodes.truncate(id as usize);
        }
    }

    /// Takes in a node that holds no others and ends here.
    fn leaf(&mut self, kind: NodeKind, start: usize, scope: u32) -> Result<(), Fault> {
        let (start, stop) = (place(start), place(self.cursor.at));
        self.push(NodeData { kind, start, stop, scope, ..NodeData::EMPTY })?;
        if self.wanted == Wanted::Answer {
            self.tree.nodes.pop();
        }
        Ok(())
    }

    /// Takes in a node, and says where it stands among the others.
    fn push(&mut self, node: NodeData) -> Result<u32, Fault> {
        if self.count >= self.nodes {
            return Err(Fault::Nodes);
        }
        self.count += 1;
        let id = place(self.tree.nodes.len());
        let parent = self.open.last().copied().unwrap_or(NONE);
        let around = self.tree.nodes.get_mut(parent as usize);
        let previous = around.map_or(NONE, |around| std::mem::replace(&mut around.last_child, id));
        self.tree.nodes.push(NodeData { parent, previous, end: id + 1, ..node });
        Ok(id)
    }

    fn element(&mut self, start: usize) -> Result<(), Fault> {
        if self.open.is_empty() && self.count > 0 {
            return Err(self.cursor.fault("there is a second outermost element"));
        }
        if self.open.len() >= self.depth {
            return Err(Fault::Depth);
        }
        let name = self.cursor.name()?;
        let outer = self.open.last().and_then(|id| self.tree.data(*id)).map_or(NONE, |around| around.scope);
        let first_attribute = place(self.tree.attributes.len());
        let scope = self.attributes(outer)?;
        let namespace = self.namespace_of(name, scope)?;
        self.place_attributes(first_attribute as usize, scope)?;
        let end_attribute = place(self.tree.attributes.len());
        let (kind, start) = (NodeKind::Element, place(start));
        let element =
            NodeData { kind, start, name, namespace, scope, first_attribute, end_attribute, ..NodeData::EMPTY };
        let id = self.push(element)?;
        if self.cursor.takes("/>") {
            self.finish(id);
            return Ok(());
        }
        if !self.cursor.takes(">") {
            return Err(self.cursor.fault("a tag does not end"));
        }
        self.open.push(id);
        Ok(())
    }

    pub(super) fn decoded(&self, raw: &str, blanks: Blanks) -> Result<String, Fault> {
        decoded(raw, blanks).ok_or_else(|| self.cursor.fault("an `&` does not begin anything that is known"))
    }

    /// The number of the decoded form of a value, if it has one.
    pub(super) fn decode(&mut self, value: &Value, blanks: Blanks) -> Result<u32, Fault> {
        if value.coded == Coded::No {
            return Ok(NONE);
        }
        let raw = self.cursor.text.get(value.start..value.stop).unwrap_or_default();
        let text = self.decoded(raw, blanks)?;
        Ok(self.keep_decoded(text))
    }

    fn keep_decoded(&mut self, text: String) -> u32 {
        if self.wanted == Wanted::Answer {
            return NONE;
        }
        let number = place(self.tree.decoded.len());
        self.tree.decoded.push(text);
        number
    }
}
