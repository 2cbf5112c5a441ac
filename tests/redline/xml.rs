//! A small tree of XML, the tests' own: names carry one fixed prefix for each namespace, whatever the document wrote.

use std::fmt::Write;

/// The prefix the tests use for each namespace; the strict and the transitional one are the same to them.
const NAMESPACES: &[(&str, &str)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "rel"),
    ("http://schemas.openxmlformats.org/package/2006/content-types", "ct"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("http://schemas.openxmlformats.org/drawingml/2006/picture", "pic"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"),
    ("http://schemas.microsoft.com/office/word/2010/wordml", "w14"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("http://www.w3.org/XML/1998/namespace", "xml"),
];

/// An element, or a piece of text (which has no name).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
    pub(crate) text: String,
}

impl Node {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let document = roxmltree::Document::parse(text).map_err(|error| error.to_string())?;
        Ok(node_of(document.root_element()))
    }

    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub(crate) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub(crate) fn is_text(&self) -> bool {
        self.name.is_empty()
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// An attribute, or the empty text.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.attribute(name).unwrap_or_default()
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.is(name))
    }

    /// The child of a child, and so on.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter(|child| !child.is_text())
    }

    /// This element and all below it, in document order.
    pub(crate) fn all(&self) -> Vec<&Node> {
        let mut found = vec![self];
        for child in self.elements() {
            found.extend(child.all());
        }
        found
    }

    /// The text directly inside.
    pub(crate) fn own_text(&self) -> String {
        self.children.iter().filter(|child| child.is_text()).map(|child| child.text.as_str()).collect()
    }

    /// The same element with other children.
    pub(crate) fn with(&self, children: Vec<Node>) -> Self {
        Self { name: self.name.clone(), attributes: self.attributes.clone(), children, text: String::new() }
    }

    /// The element written in one way only: attributes sorted, those that say nothing about the document left out.
    pub(crate) fn canonical(&self, attribute: &dyn Fn(&Node, &str, &str) -> Option<String>) -> String {
        if self.is_text() {
            return self.text.trim().to_owned();
        }
        let kept = self.attributes.iter().filter(|(name, _)| !is_noise(&self.name, name));
        let mut attributes: Vec<(&str, String)> =
            kept.filter_map(|(name, value)| Some((name.as_str(), attribute(self, name, value)?))).collect();
        attributes.sort();
        let mut text = self.name.clone();
        for (name, value) in attributes {
            write!(text, " {name}={value}").unwrap();
        }
        let inner: Vec<String> = self.children.iter().map(|child| child.canonical(attribute)).collect();
        let inner: Vec<String> = inner.into_iter().filter(|inner| !inner.is_empty()).collect();
        if inner.is_empty() { format!("<{text}>") } else { format!("<{text}|{}>", inner.join("")) }
    }
}

/// Attributes that differ between two saves of one document.
fn is_noise(element: &str, attribute: &str) -> bool {
    attribute.starts_with("w:rsid")
        || matches!(attribute, "w14:paraId" | "w14:textId" | "w14:anchorId" | "w14:editId" | "xml:space")
        || (matches!(element, "wp:docPr" | "pic:cNvPr" | "wps:cNvPr") && matches!(attribute, "id" | "name"))
}

fn node_of(node: roxmltree::Node<'_, '_>) -> Node {
    let attributes = node
        .attributes()
        .map(|attribute| (prefixed(attribute.namespace(), attribute.name()), attribute.value().to_owned()));
    let children = node.children().filter_map(|child| match child.node_type() {
        roxmltree::NodeType::Element => Some(node_of(child)),
        roxmltree::NodeType::Text => Some(Node { text: child.text()?.to_owned(), ..Node::default() }),
        _ => None,
    });
    Node {
        name: prefixed(node.tag_name().namespace(), node.tag_name().name()),
        attributes: attributes.collect(),
        children: children.collect(),
        text: String::new(),
    }
}

fn prefixed(namespace: Option<&str>, name: &str) -> String {
    let Some(namespace) = namespace else { return name.to_owned() };
    match NAMESPACES.iter().find(|(known, _)| *known == namespace) {
        Some((_, prefix)) => format!("{prefix}:{name}"),
        None => format!("{{{namespace}}}{name}"),
    }
}
