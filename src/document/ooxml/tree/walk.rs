//! Going about in a tree.

use std::iter::successors;
use std::ops::Range;

use super::{AttributeData, NONE, NodeData, NodeKind, Tree};
use crate::document::ooxml::Space;

/// A node: an element, a text, a comment or a processing instruction.
#[derive(Debug, Clone, Copy)]
pub struct XmlNode<'x> {
    tree: &'x Tree<'x>,
    id: u32,
}

/// The number of a node in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct XmlId(pub(super) u32);

/// What an element is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct XmlName<'x> {
    namespace: Option<&'x str>,
    name: &'x str,
}

impl<'x> XmlName<'x> {
    /// The namespace, if any.
    pub fn namespace(&self) -> Option<&'x str> {
        self.namespace
    }

    /// The name without a prefix; empty for what is no element.
    pub fn name(&self) -> &'x str {
        self.name
    }
}

/// An attribute; declarations of namespaces are none.
#[derive(Debug, Clone, Copy)]
pub struct XmlAttribute<'x> {
    tree: &'x Tree<'x>,
    data: &'x AttributeData,
}

impl<'x> XmlAttribute<'x> {
    pub(super) fn new(tree: &'x Tree<'x>, data: &'x AttributeData) -> Self {
        Self { tree, data }
    }

    /// The name without a prefix.
    pub fn name(&self) -> &'x str {
        self.tree.part(self.data.name.local, self.data.name.stop)
    }

    /// The namespace, if it has a prefix.
    pub fn namespace(&self) -> Option<&'x str> {
        self.tree.namespace(self.data.namespace).map(|one| &*one.uri)
    }

    /// Which of the namespaces of office XML it stands in.
    pub fn space(&self) -> Space {
        self.tree.namespace(self.data.namespace).map_or(Space::None, |one| one.space)
    }

    /// The value.
    pub fn value(&self) -> &'x str {
        let decoded = self.tree.decoded.get(self.data.decoded as usize);
        decoded.map_or_else(|| self.tree.part(self.data.start, self.data.stop), String::as_str)
    }

    /// The bytes it takes, from its name to its last quote.
    pub fn range(&self) -> Range<usize> {
        self.data.name.start as usize..self.data.stop as usize + 1
    }

    /// The bytes of the value, without its quotes.
    pub fn range_value(&self) -> Range<usize> {
        self.data.start as usize..self.data.stop as usize
    }
}

/// A prefix and the namespace it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct XmlNamespace<'x> {
    prefix: &'x str,
    uri: &'x str,
}

impl<'x> XmlNamespace<'x> {
    /// The prefix; none for the default namespace.
    pub fn name(&self) -> Option<&'x str> {
        Some(self.prefix).filter(|prefix| !prefix.is_empty())
    }

    /// The namespace.
    pub fn uri(&self) -> &'x str {
        self.uri
    }
}

impl PartialEq for XmlNode<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.tree.text, other.tree.text)
    }
}

impl Eq for XmlNode<'_> {}

impl<'x> XmlNode<'x> {
    pub(super) fn new(tree: &'x Tree<'x>, id: u32) -> Self {
        Self { tree, id }
    }

    fn data(self) -> Option<&'x NodeData> {
        self.tree.data(self.id)
    }

    fn kind(self) -> NodeKind {
        self.data().map_or(NodeKind::Other, |data| data.kind)
    }

    fn other(self, id: u32) -> Option<Self> {
        (id != NONE).then_some(Self { tree: self.tree, id })
    }

    /// The tree it belongs to.
    pub fn document(&self) -> &'x Tree<'x> {
        self.tree
    }

    /// Its number.
    pub fn id(&self) -> XmlId {
        XmlId(self.id)
    }

    /// Whether it is an element.
    pub fn is_element(&self) -> bool {
        self.kind() == NodeKind::Element
    }

    /// Whether it is text.
    pub fn is_text(&self) -> bool {
        self.kind() == NodeKind::Text
    }

    /// What it is called.
    pub fn tag_name(&self) -> XmlName<'x> {
        let namespace = self.data().and_then(|data| self.tree.namespace(data.namespace)).map(|one| &*one.uri);
        XmlName { namespace, name: self.name() }
    }

    /// Its name without a prefix; empty for what is no element.
    #[inline]
    pub fn name(&self) -> &'x str {
        self.data().map_or("", |data| self.tree.part(data.name.local, data.name.stop))
    }

    /// Which of the namespaces of office XML its name stands in.
    pub fn space(&self) -> Space {
        self.data().and_then(|data| self.tree.namespace(data.namespace)).map_or(Space::None, |one| one.space)
    }

    /// The bytes it takes, tags and all.
    pub fn range(&self) -> Range<usize> {
        self.data().map_or(0..0, |data| data.start as usize..data.stop as usize)
    }

    /// What a text says; of an element, what its first text says if it begins with one.
    pub fn text(&self) -> Option<&'x str> {
        let data = self.data()?;
        match data.kind {
            NodeKind::Text => {
                let decoded = self.tree.decoded.get(data.scope as usize).filter(|_| data.scope != NONE);
                Some(decoded.map_or_else(|| self.tree.part(data.start, data.stop), String::as_str))
            }
            NodeKind::Element => self.first_child().filter(Self::is_text)?.text(),
            NodeKind::Other => None,
        }
    }

    /// Its attributes, in order.
    pub fn attributes(&self) -> impl DoubleEndedIterator<Item = XmlAttribute<'x>> + use<'x> {
        let range = self.data().map_or(0..0, |data| data.first_attribute as usize..data.end_attribute as usize);
        let tree = self.tree;
        tree.attributes.get(range).unwrap_or_default().iter().map(move |data| XmlAttribute::new(tree, data))
    }

    /// The value of the attribute of that namespace and name.
    pub fn attribute(&self, (namespace, name): (&str, &str)) -> Option<&'x str> {
        self.attributes().find(|one| one.name() == name && one.namespace() == Some(namespace)).map(|one| one.value())
    }

    /// The element around it.
    pub fn parent(&self) -> Option<Self> {
        self.other(self.data()?.parent)
    }

    /// It, and the elements around it from the inside out.
    pub fn ancestors(&self) -> impl Iterator<Item = Self> + use<'x> {
        successors(Some(*self), Self::parent)
    }

    /// Whether there is anything in it.
    pub fn has_children(&self) -> bool {
        self.data().is_some_and(|data| data.last_child != NONE)
    }

    /// The first node in it.
    pub fn first_child(&self) -> Option<Self> {
        self.has_children().then_some(Self { tree: self.tree, id: self.id + 1 })
    }

    /// The last node in it.
    pub fn last_child(&self) -> Option<Self> {
        self.other(self.data()?.last_child)
    }

    /// The node after it in the same element.
    pub fn next_sibling(&self) -> Option<Self> {
        let data = self.data()?;
        let around = self.tree.data(data.parent)?;
        (around.last_child != self.id).then_some(Self { tree: self.tree, id: data.end })
    }

    /// It, and the nodes after it in the same element.
    pub fn next_siblings(&self) -> impl Iterator<Item = Self> + use<'x> {
        successors(Some(*self), Self::next_sibling)
    }

    /// The node before it in the same element.
    pub fn prev_sibling(&self) -> Option<Self> {
        self.other(self.data()?.previous)
    }

    /// The nodes directly in it.
    pub fn children(&self) -> Children<'x> {
        Children { front: self.first_child(), back: self.last_child() }
    }

    /// It, and everything in it, in the order of the text.
    pub fn descendants(&self) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + use<'x> {
        let (tree, end) = (self.tree, self.data().map_or(self.id, |data| data.end));
        (self.id as usize..end as usize).map(move |id| Self { tree, id: u32::try_from(id).unwrap_or(NONE) })
    }

    /// The namespaces that can be named here by a prefix, the nearest first.
    pub fn namespaces(&self) -> std::vec::IntoIter<XmlNamespace<'x>> {
        let mut found: Vec<XmlNamespace<'x>> = Vec::new();
        for scope in self.tree.scopes(self.scope()) {
            for one in scope.declared.clone().filter_map(|number| self.tree.namespace(number)) {
                if found.iter().all(|other| other.prefix != one.prefix) {
                    found.push(XmlNamespace { prefix: one.prefix, uri: &one.uri });
                }
            }
        }
        found.into_iter()
    }

    /// The namespace that a prefix stands for here; no prefix asks for the default one.
    pub fn lookup_namespace_uri(&self, prefix: Option<&str>) -> Option<&'x str> {
        let number = self.tree.resolve(self.scope(), prefix.unwrap_or_default())?;
        self.tree.namespace(number).map(|one| &*one.uri)
    }

    fn scope(self) -> u32 {
        self.data().filter(|data| data.kind == NodeKind::Element).map_or(NONE, |data| data.scope)
    }
}

/// The nodes directly in an element.
#[derive(Debug, Clone)]
pub struct Children<'x> {
    front: Option<XmlNode<'x>>,
    back: Option<XmlNode<'x>>,
}

impl<'x> Iterator for Children<'x> {
    type Item = XmlNode<'x>;

    fn next(&mut self) -> Option<Self::Item> {
        let node = self.front?;
        if self.back.is_some_and(|back| back.id == node.id) {
            (self.front, self.back) = (None, None);
        } else {
            self.front = node.next_sibling();
        }
        Some(node)
    }
}

impl DoubleEndedIterator for Children<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let node = self.back?;
        if self.front.is_some_and(|front| front.id == node.id) {
            (self.front, self.back) = (None, None);
        } else {
            self.back = node.prev_sibling();
        }
        Some(node)
    }
}
