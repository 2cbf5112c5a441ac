//! What a package with tracked changes must keep so that a word processor opens it without repair.

mod balance;
mod markup;
mod order;
mod parts;

use super::package::Package;

/// The authors and the date that a redline is to carry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected<'a> {
    pub(crate) authors: &'a [&'a str],
    pub(crate) date: &'a str,
}

/// Every rule that the redline breaks, in words.
pub(crate) fn broken(redline: &Package, new: &Package, expected: Expected<'_>) -> Vec<String> {
    let mut found = parts::broken(redline, new);
    for (name, tree) in &redline.trees {
        if is_story(name) {
            let mut here = markup::broken(tree, expected);
            here.extend(order::broken(tree));
            here.extend(balance::broken(tree));
            found.extend(here.into_iter().map(|what| format!("{name}: {what}")));
        }
    }
    found
}

/// Whether an entry is a part with text that can change.
fn is_story(name: &str) -> bool {
    let Some(inner) = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml")) else { return false };
    let kind = inner.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(kind, "document" | "header" | "footer" | "footnotes" | "endnotes" | "comments")
}
