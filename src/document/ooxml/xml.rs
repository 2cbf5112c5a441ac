//! One part as a tree over its own text.

use roxmltree::{Document, Error, NodeId, ParsingOptions};

use super::{Limits, Package, ReadError, Space, space_of};

/// A node of a part.
pub type XmlNode<'x> = roxmltree::Node<'x, 'x>;

/// The text of a part, kept for as long as its tree is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    part: String,
    text: String,
    limits: Limits,
}

impl Source {
    /// Unpacks a part.
    ///
    /// # Errors
    /// As [`Package::text`].
    pub fn read(package: &Package<'_>, part: &str) -> Result<Self, ReadError> {
        Ok(Self::new(part, package.text(part)?, package.limits()))
    }

    /// A text that stands for a part.
    pub fn new(part: &str, text: String, limits: &Limits) -> Self {
        Self { part: part.to_owned(), text, limits: *limits }
    }

    /// Another text in its place, for a part of this name.
    #[must_use]
    pub fn with(&self, part: &str, text: String) -> Self {
        Self { part: part.to_owned(), text, limits: self.limits }
    }

    /// The name of the part.
    pub fn part(&self) -> &str {
        &self.part
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree over the text.
    ///
    /// # Errors
    /// As [`Xml::parse`].
    pub fn xml(&self) -> Result<Xml<'_>, ReadError> {
        Xml::parse(&self.part, &self.text, &self.limits)
    }
}

/// A part parsed: every node knows its range of bytes in the text.
#[derive(Debug)]
pub struct Xml<'t> {
    document: Document<'t>,
}

impl<'t> Xml<'t> {
    /// Parses the text of a part. Document type definitions are refused, and with them every entity trick.
    ///
    /// # Errors
    /// [`ReadError::BadXml`] with the part and the line, [`ReadError::TooLarge`] beyond the limits of nodes and depth.
    pub fn parse(part: &str, text: &'t str, limits: &Limits) -> Result<Self, ReadError> {
        let options = ParsingOptions { nodes_limit: limits.nodes, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(|error| unsound(part, limits, &error))?;
        check_depth(part, &document, limits.depth)?;
        Ok(Self { document })
    }

    /// The outermost element.
    pub fn root(&self) -> XmlNode<'_> {
        self.document.root_element()
    }

    /// A node by its number.
    pub fn node(&self, id: NodeId) -> Option<XmlNode<'_>> {
        self.document.get_node(id)
    }

    /// The text under the tree.
    pub fn text(&self) -> &'t str {
        self.document.input_text()
    }
}

fn unsound(part: &str, limits: &Limits, error: &Error) -> ReadError {
    match error {
        Error::NodesLimitReached => ReadError::too_large(
            format!("the part `{part}`"),
            u64::from(limits.nodes) + 1,
            limits.nodes.into(),
            "nodes",
        ),
        error => {
            let reason = error.to_string();
            ReadError::BadXml { part: part.to_owned(), line: error.pos().row, reason }
        }
    }
}

/// Walks the tree without recursion, so that what follows may recurse.
fn check_depth(part: &str, document: &Document<'_>, limit: usize) -> Result<(), ReadError> {
    let mut node = document.root();
    let mut depth = 0_usize;
    loop {
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
        } else {
            while node.next_sibling().is_none() {
                let Some(parent) = node.parent() else { return Ok(()) };
                node = parent;
                depth = depth.saturating_sub(1);
            }
            let Some(next) = node.next_sibling() else { return Ok(()) };
            node = next;
        }
        if depth > limit {
            let what = format!("the nesting of elements in the part `{part}`");
            return Err(ReadError::too_large(what, depth as u64, limit as u64, "levels"));
        }
    }
}

/// The elements directly inside a node.
pub fn elements(node: XmlNode<'_>) -> impl DoubleEndedIterator<Item = XmlNode<'_>> {
    node.children().filter(XmlNode::is_element)
}

/// Whether a node is the element `name` of a namespace.
pub fn is(node: XmlNode<'_>, space: Space, name: &str) -> bool {
    let tag = node.tag_name();
    node.is_element() && tag.name() == name && space_of(tag.namespace()) == space
}

/// The first element `name` of the `w:` namespace directly inside a node.
pub fn child<'x>(node: XmlNode<'x>, name: &str) -> Option<XmlNode<'x>> {
    elements(node).find(|inner| is(*inner, Space::Word, name))
}

/// An attribute by its local name, whether it stands in the `w:` namespace or in none.
pub fn attribute<'x>(node: XmlNode<'x>, name: &str) -> Option<&'x str> {
    let found = node
        .attributes()
        .find(|one| one.name() == name && matches!(space_of(one.namespace()), Space::Word | Space::None));
    found.map(|one| one.value())
}
