//! Tags as they stand in the text of a part.

use std::ops::Range;

use crate::document::ooxml::XmlNode;

/// Where the opening tag of an element ends, its `>` included.
pub(super) fn tag_end(text: &str, node: XmlNode<'_>) -> usize {
    let range = node.range();
    let mut quote = None;
    for (offset, byte) in text.as_bytes().get(range.clone()).unwrap_or_default().iter().enumerate() {
        match (quote, *byte) {
            (None, b'>') => return range.start + offset + 1,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    range.end
}

/// The opening tag of an element without its last `>` or `/>`.
pub(super) fn open_tag<'t>(text: &'t str, node: XmlNode<'_>) -> &'t str {
    let tag = text.get(node.range().start..tag_end(text, node)).unwrap_or_default();
    tag.strip_suffix("/>").or_else(|| tag.strip_suffix('>')).unwrap_or(tag).trim_end()
}

/// What stands between the opening and the closing tag of an element; empty, at its end, when it has neither.
pub(super) fn inner(text: &str, node: XmlNode<'_>) -> Range<usize> {
    let start = tag_end(text, node);
    let end = node.range().end;
    if start >= end {
        return end..end;
    }
    let close = text.get(start..end).and_then(|rest| rest.rfind("</"));
    start..close.map_or(end, |at| start + at)
}

/// The name of an element as its tag writes it, prefix and all.
pub(super) fn qualified_name<'t>(text: &'t str, node: XmlNode<'_>) -> &'t str {
    let rest = text.get(node.range().start + 1..).unwrap_or_default();
    let end = rest.find(|letter: char| letter.is_ascii_whitespace() || letter == '/' || letter == '>');
    rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
}

/// The prefix of an element as its tag writes it, with its colon; empty when it has none.
pub(super) fn prefix<'t>(text: &'t str, node: XmlNode<'_>) -> &'t str {
    let name = qualified_name(text, node);
    name.find(':').and_then(|at| name.get(..=at)).unwrap_or_default()
}

/// The text of a node.
pub(super) fn raw<'t>(text: &'t str, node: XmlNode<'_>) -> &'t str {
    text.get(node.range()).unwrap_or_default()
}
