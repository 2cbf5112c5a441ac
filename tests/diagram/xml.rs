//! Just enough of an XML reader to hold what is drawn to its rules: anything not well-formed fails the test.

use std::collections::BTreeMap;

/// An element with what is in it.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Element>,
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn get(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", String::as_str)
    }

    /// This element and everything in it.
    pub(crate) fn all(&self) -> Vec<&Element> {
        std::iter::once(self).chain(self.children.iter().flat_map(Element::all)).collect()
    }

    /// The words of the elements of this name within, in order.
    pub(crate) fn words_of(&self, name: &str) -> String {
        let those = self.all().into_iter().filter(|element| element.name == name);
        those.map(|element| element.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn number(&self, attribute: &str) -> i32 {
        self.get(attribute).parse().unwrap_or_else(|_| panic!("{attribute} of {self:?}"))
    }
}

/// Reads a whole document.
pub(crate) fn read(document: &str) -> Element {
    let mut rest = document.trim_start();
    if let Some(after) = rest.strip_prefix("<?xml") {
        rest = after.split_once("?>").expect("the declaration ends").1;
    }
    let mut open = vec![Element::default()];
    while !rest.is_empty() {
        let (text, after) = rest.split_once('<').unwrap_or((rest, ""));
        open.last_mut().unwrap().text.push_str(&plain(text));
        if after.is_empty() {
            break;
        }
        let (tag, after) = after.split_once('>').expect("a tag ends");
        rest = after;
        read_tag(&mut open, tag);
    }
    assert_eq!(open.len(), 1, "every element is closed");
    let mut root = open.pop().unwrap();
    assert_eq!((root.children.len(), root.text.trim()), (1, ""), "one element holds it all");
    root.children.pop().unwrap()
}

fn read_tag(open: &mut Vec<Element>, tag: &str) {
    if let Some(name) = tag.strip_prefix('/') {
        let closed = open.pop().unwrap();
        assert_eq!(closed.name, name, "elements close in order");
        open.last_mut().expect("no more closes than opens").children.push(closed);
        return;
    }
    let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    assert!(is_name(name), "{name} is no name");
    let element = Element { name: name.to_owned(), attributes: read_attributes(attributes), ..Element::default() };
    if empty { open.last_mut().unwrap().children.push(element) } else { open.push(element) }
}

fn read_attributes(mut rest: &str) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        let (name, after) = rest.split_once("=\"").expect("a value in quotes");
        let (value, after) = after.split_once('"').expect("a closing quote");
        assert!(is_name(name.trim()), "{name} is no name");
        assert!(attributes.insert(name.trim().to_owned(), plain(value)).is_none(), "{name} is given twice");
        rest = after;
    }
    attributes
}

pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "_.-:".contains(letter))
}

fn plain(text: &str) -> String {
    assert!(!text.contains(['<', '>']), "{text} is not escaped");
    assert!(!text.chars().any(|letter| letter.is_control() && letter != '\n'), "{text:?} has a forbidden character");
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (entity, after) = part.split_once(';').expect("an entity ends");
        plain.push_str(match entity {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#39" => "'",
            other => panic!("{other} is no entity"),
        });
        plain.push_str(after);
    }
    plain
}
