//! A part as a tree over its own text: nothing is copied, every node knows where in the text it stands.
//!
//! Office XML is one long line with many small elements whose attributes are mostly of no interest, so what counts is
//! how little is done for each. Nodes lie in one list in the order of the text; the descendants of a node are those
//! that follow it up to its `end`.
//!
//! Architecture invariant: a tree comes only from a text that is well-formed; document type definitions are refused,
//! and with them every entity but the five that XML itself has.

mod attributes;
mod cursor;
mod entities;
mod names;
mod parse;
mod walk;

use std::borrow::Cow;
use std::ops::Range;

use super::{Space, space_of};
use names::Name;

pub(super) use parse::{Fault, check, parse};
pub use walk::{XmlAttribute, XmlId, XmlName, XmlNamespace, XmlNode};

/// A tree.
#[derive(Debug)]
pub struct Tree<'t> {
    text: &'t str,
    nodes: Vec<NodeData>,
    attributes: Vec<AttributeData>,
    namespaces: Vec<NamespaceData<'t>>,
    scopes: Vec<ScopeData>,
    /// Text and values in which something stood for something else.
    decoded: Vec<String>,
}

/// Stands for "none" where a number does for a node, a scope or a namespace.
const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NodeKind {
    Element,
    Text,
    /// A comment or a processing instruction.
    Other,
}

/// A node; what it refers to is a place in one of the lists.
#[derive(Debug, Clone, Copy)]
struct NodeData {
    kind: NodeKind,
    start: u32,
    stop: u32,
    parent: u32,
    /// One past its last descendant.
    end: u32,
    previous: u32,
    last_child: u32,
    name: Name,
    namespace: u32,
    /// Of an element its scope; of a text its decoded form.
    scope: u32,
    first_attribute: u32,
    end_attribute: u32,
}

impl NodeData {
    /// A node with nothing to say.
    const EMPTY: Self = Self {
        kind: NodeKind::Other,
        start: 0,
        stop: 0,
        parent: NONE,
        end: 0,
        previous: NONE,
        last_child: NONE,
        name: Name::NOTHING,
        namespace: NONE,
        scope: NONE,
        first_attribute: 0,
        end_attribute: 0,
    };
}

#[derive(Debug, Clone, Copy)]
struct AttributeData {
    name: Name,
    namespace: u32,
    start: u32,
    stop: u32,
    decoded: u32,
}

/// A namespace where it is declared.
#[derive(Debug)]
struct NamespaceData<'t> {
    prefix: &'t str,
    uri: Cow<'t, str>,
    space: Space,
}

/// Namespaces declared by one element, and the scope around it.
#[derive(Debug, Clone)]
struct ScopeData {
    outer: u32,
    declared: Range<u32>,
}

impl<'t> Tree<'t> {
    /// The outermost element.
    pub fn root_element(&self) -> XmlNode<'_> {
        XmlNode::new(self, 0)
    }

    /// The text under the tree.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Every attribute of every element, in the order of the text.
    pub fn attributes(&self) -> impl Iterator<Item = XmlAttribute<'_>> {
        self.attributes.iter().map(|data| XmlAttribute::new(self, data))
    }

    /// The node of that number.
    pub fn node(&self, id: XmlId) -> Option<XmlNode<'_>> {
        let inside = usize::try_from(id.0).is_ok_and(|id| id < self.nodes.len());
        inside.then(|| XmlNode::new(self, id.0))
    }

    fn part(&self, start: u32, stop: u32) -> &str {
        self.text.get(start as usize..stop as usize).unwrap_or_default()
    }

    fn data(&self, id: u32) -> Option<&NodeData> {
        self.nodes.get(id as usize)
    }

    fn namespace(&self, number: u32) -> Option<&NamespaceData<'t>> {
        self.namespaces.get(number as usize)
    }

    /// The scopes from this one outwards.
    fn scopes(&self, from: u32) -> impl Iterator<Item = &ScopeData> {
        std::iter::successors(self.scopes.get(from as usize), |scope| self.scopes.get(scope.outer as usize))
    }

    /// The number of the namespace that a prefix stands for in a scope; the empty prefix is the default one.
    fn resolve(&self, scope: u32, prefix: &str) -> Option<u32> {
        self.scopes(scope).find_map(|scope| {
            scope.declared.clone().find(|number| self.namespace(*number).is_some_and(|one| one.prefix == prefix))
        })
    }
}
