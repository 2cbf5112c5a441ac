//! Which list of the older document is which of the newer, told by what stands in them.

use std::collections::HashMap;

use indexmap::IndexSet;

use super::hash::Hash;
use crate::document::ooxml::{Space, XmlNode, attribute, child, is};

/// What the paragraphs of a document say about its lists.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// The lists in the order of their first use.
    pub(super) order: IndexSet<String>,
    /// Per text that stands in one list only, the list.
    texts: HashMap<u64, Option<String>>,
}

impl Uses {
    /// Looks through a story.
    pub(super) fn read(root: XmlNode<'_>) -> Self {
        let mut uses = Self::default();
        for paragraph in root.descendants().filter(|node| is(*node, Space::Word, "p")) {
            let list =
                child(paragraph, "pPr").and_then(|node| child(node, "numPr")).and_then(|node| child(node, "numId"));
            if let Some(number) = list.and_then(|node| attribute(node, "val")) {
                uses.add(number, text_of(paragraph));
            }
        }
        uses
    }

    fn add(&mut self, number: &str, text: Option<u64>) {
        if !self.order.contains(number) {
            self.order.insert(number.to_owned());
        }
        let Some(text) = text else { return };
        let of = self.texts.entry(text).or_insert_with(|| Some(number.to_owned()));
        if of.as_deref() != Some(number) {
            *of = None;
        }
    }

    /// How many texts stand in each two lists, the pairs with most first.
    pub(super) fn in_common(&self, newer: &Self) -> Vec<(String, String)> {
        let mut votes: HashMap<(&str, &str), usize> = HashMap::new();
        for (text, list) in &self.texts {
            if let (Some(old), Some(Some(new))) = (list, newer.texts.get(text)) {
                *votes.entry((old, new)).or_default() += 1;
            }
        }
        let mut votes: Vec<_> = votes.into_iter().collect();
        votes.sort_by_key(|((old, new), count)| (std::cmp::Reverse(*count), *old, *new));
        votes.into_iter().map(|((old, new), _)| (old.to_owned(), new.to_owned())).collect()
    }
}

/// The digest of a paragraph's text; nothing when it has none.
fn text_of(paragraph: XmlNode<'_>) -> Option<u64> {
    let mut text = String::new();
    for node in paragraph.descendants().filter(|node| is(*node, Space::Word, "t")) {
        text.push_str(node.text().unwrap_or_default());
    }
    let mut hash = Hash::new();
    hash.text(&text);
    (!text.is_empty()).then(|| hash.finish())
}
