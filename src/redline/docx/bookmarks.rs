//! Bookmarks that programs set and name by themselves: for a table of contents, a cross-reference. Each update may name
//! them anew, and what points at them has not changed for that.

use std::collections::{HashMap, HashSet, VecDeque};

use super::hash::of_text;
use crate::document::ooxml::{Space, XmlNode, attribute, is};

/// What the older document's bookmarks are called in the newer one, where a name is gone and another stands at the same
/// text.
pub(super) fn renames(old: XmlNode<'_>, new: XmlNode<'_>) -> HashMap<String, String> {
    let theirs = named_by_programs(old);
    if theirs.is_empty() {
        return HashMap::new();
    }
    let ours = named_by_programs(new);
    let names = |all: &[(String, u64)]| -> HashSet<String> { all.iter().map(|(name, _)| name.clone()).collect() };
    let (old_names, new_names) = (names(&theirs), names(&ours));
    let mut free: HashMap<u64, VecDeque<String>> = HashMap::new();
    for (name, text) in ours.into_iter().filter(|(name, _)| !old_names.contains(name)) {
        free.entry(text).or_default().push_back(name);
    }
    let gone = theirs.into_iter().filter(|(name, _)| !new_names.contains(name));
    gone.filter_map(|(name, text)| Some((name, free.get_mut(&text)?.pop_front()?))).collect()
}

/// A field code with the bookmarks in it as the newer document calls them.
pub(super) fn renamed(code: &str, renames: &HashMap<String, String>) -> String {
    let word = |word: &str| renames.get(word.trim_matches('"')).cloned().unwrap_or_else(|| word.to_owned());
    code.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// The bookmarks with names that programs give, and the digest of the text each stands at.
fn named_by_programs(root: XmlNode<'_>) -> Vec<(String, u64)> {
    let starts = root.descendants().filter(|node| is(*node, Space::Word, "bookmarkStart"));
    let named = starts.filter_map(|node| {
        let name = attribute(node, "name").filter(|name| name.starts_with("_Toc") || name.starts_with("_Ref"))?;
        Some((name.to_owned(), of_text(&text_at(node))))
    });
    named.collect()
}

fn text_at(bookmark: XmlNode<'_>) -> String {
    let is_paragraph = |node: &XmlNode<'_>| is(*node, Space::Word, "p");
    let after = || std::iter::successors(Some(bookmark), XmlNode::next_sibling).find(is_paragraph);
    let paragraph = bookmark.ancestors().find(is_paragraph).or_else(after);
    let texts = paragraph.into_iter().flat_map(|node| node.descendants());
    texts.filter(|node| is(*node, Space::Word, "t")).filter_map(|node| node.text()).collect()
}
