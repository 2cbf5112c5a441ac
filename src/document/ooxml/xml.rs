//! One part as a tree over its own text.

use super::tree::{Fault, Tree, XmlAttribute, XmlId, XmlNode, check, parse};
use super::{Limits, Package, ReadError, Space};

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
    tree: Tree<'t>,
}

impl<'t> Xml<'t> {
    /// Parses the text of a part. Document type definitions are refused, and with them every entity trick.
    ///
    /// # Errors
    /// [`ReadError::BadXml`] with the part and the line, [`ReadError::TooLarge`] beyond the limits of nodes and depth.
    pub fn parse(part: &str, text: &'t str, limits: &Limits) -> Result<Self, ReadError> {
        let tree = parse(text, limits.nodes, limits.depth).map_err(|fault| refused(part, text, limits, fault))?;
        Ok(Self { tree })
    }

    /// Sees to it that the text of a part would parse.
    ///
    /// # Errors
    /// As [`Xml::parse`].
    pub fn check(part: &str, text: &str, limits: &Limits) -> Result<(), ReadError> {
        check(text, limits.nodes, limits.depth).map_err(|fault| refused(part, text, limits, fault))
    }

    /// The outermost element.
    pub fn root(&self) -> XmlNode<'_> {
        self.tree.root_element()
    }

    /// A node by its number.
    pub fn node(&self, id: XmlId) -> Option<XmlNode<'_>> {
        self.tree.node(id)
    }

    /// The text under the tree.
    pub fn text(&self) -> &'t str {
        self.tree.text()
    }

    /// Every attribute of every element, in the order of the text.
    pub fn attributes(&self) -> impl Iterator<Item = XmlAttribute<'_>> {
        self.tree.attributes()
    }
}

fn refused(part: &str, text: &str, limits: &Limits, fault: Fault) -> ReadError {
    let beyond = |what: String, limit: u64, unit| ReadError::too_large(what, limit + 1, limit, unit);
    match fault {
        Fault::Unsound { at, reason } => {
            let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
            ReadError::BadXml {
                part: part.to_owned(),
                line: u32::try_from(line).unwrap_or(u32::MAX),
                reason: reason.to_owned(),
            }
        }
        Fault::Nodes => beyond(format!("the part `{part}`"), limits.nodes.into(), "nodes"),
        Fault::Depth => beyond(format!("the nesting of elements in the part `{part}`"), limits.depth as u64, "levels"),
        Fault::TooLong => beyond(format!("the part `{part}`"), u32::MAX.into(), "bytes"),
    }
}

/// The elements directly inside a node.
pub fn elements(node: XmlNode<'_>) -> impl DoubleEndedIterator<Item = XmlNode<'_>> {
    node.children().filter(XmlNode::is_element)
}

/// Whether a node is the element `name` of a namespace.
pub fn is(node: XmlNode<'_>, space: Space, name: &str) -> bool {
    node.space() == space && node.name() == name
}

/// The first element `name` of the `w:` namespace directly inside a node.
pub fn child<'x>(node: XmlNode<'x>, name: &str) -> Option<XmlNode<'x>> {
    elements(node).find(|inner| is(*inner, Space::Word, name))
}

/// An attribute by its local name, whether it stands in the `w:` namespace or in none.
pub fn attribute<'x>(node: XmlNode<'x>, name: &str) -> Option<&'x str> {
    let found = node.attributes().find(|one| one.name() == name && matches!(one.space(), Space::Word | Space::None));
    found.map(|one| one.value())
}
