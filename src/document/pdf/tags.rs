//! The structure of the document for those who listen to it: what each part is, in reading order.

use krilla::tagging::{Identifier, Node, TagGroup, TagKind, TagTree};

/// A part of the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part(usize);

/// Something drawn that belongs to a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leaf(usize);

/// The structure of a document in the making.
#[derive(Debug, Default)]
pub(super) struct Tags {
    parts: Vec<(TagKind, Vec<Child>)>,
    top: Vec<Child>,
    leaves: usize,
}

#[derive(Debug, Clone, Copy)]
enum Child {
    Part(Part),
    Leaf(Leaf),
}

impl Tags {
    /// Begins a part of the document itself.
    pub(super) fn part(&mut self, tag: impl Into<TagKind>) -> Part {
        let part = self.add_part(tag.into());
        self.top.push(Child::Part(part));
        part
    }

    /// Begins a part within another.
    pub(super) fn within(&mut self, parent: Part, tag: impl Into<TagKind>) -> Part {
        let part = self.add_part(tag.into());
        self.add(parent, Child::Part(part));
        part
    }

    /// Something to be drawn, next within a part.
    pub(super) fn leaf(&mut self, parent: Part) -> Leaf {
        let leaf = Leaf(self.leaves);
        self.leaves += 1;
        self.add(parent, Child::Leaf(leaf));
        leaf
    }

    fn add_part(&mut self, tag: TagKind) -> Part {
        self.parts.push((tag, Vec::new()));
        Part(self.parts.len() - 1)
    }

    fn add(&mut self, parent: Part, child: Child) {
        if let Some((_, children)) = self.parts.get_mut(parent.0) {
            children.push(child);
        }
    }

    /// The structure as it is written, given where each leaf was drawn.
    pub(super) fn finish(mut self, drawn: &Drawn) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("en-GB".to_owned()));
        let top = std::mem::take(&mut self.top);
        tree.children = top.into_iter().flat_map(|child| self.node(child, drawn)).collect();
        tree
    }

    fn node(&mut self, child: Child, drawn: &Drawn) -> Vec<Node> {
        match child {
            Child::Leaf(leaf) => drawn.get(leaf).iter().copied().map(Node::Leaf).collect(),
            Child::Part(part) => {
                let Some((tag, children)) = self.parts.get_mut(part.0) else { return Vec::new() };
                let mut group = TagGroup::new(tag.clone());
                for child in std::mem::take(children) {
                    for node in self.node(child, drawn) {
                        group.push(node);
                    }
                }
                vec![Node::Group(group)]
            }
        }
    }
}

/// Where each leaf was drawn.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    places: Vec<Vec<Identifier>>,
}

impl Drawn {
    /// Notes that a leaf was drawn.
    pub(super) fn note(&mut self, leaf: Leaf, place: Identifier) {
        if self.places.len() <= leaf.0 {
            self.places.resize_with(leaf.0 + 1, Vec::new);
        }
        if let Some(places) = self.places.get_mut(leaf.0) {
            places.push(place);
        }
    }

    fn get(&self, leaf: Leaf) -> &[Identifier] {
        self.places.get(leaf.0).map(Vec::as_slice).unwrap_or_default()
    }
}
