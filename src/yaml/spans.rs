//! Where each part of a document was written.

use super::problem::Problem;
use super::tree::{Entry, Kind, Node, Position};

/// The places of the parts of one document, found by path.
///
/// A path names fields and counts list items from 0: `states.validation.actions[0].by`. The empty path is the whole
/// document.
#[derive(Debug, Clone)]
pub struct Spans {
    file: String,
    root: Node,
}

impl Spans {
    pub(super) fn new(file: &str, root: Node) -> Self {
        Self { file: file.to_owned(), root }
    }

    pub(super) fn root(&self) -> &Node {
        &self.root
    }

    /// The name of the file, as the caller gave it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line and column of `path`, both counted from 1.
    ///
    /// A field is at its value when that begins on the same line as its name, otherwise at its name. A path that is
    /// not in the document gives the place of the nearest part above it that is.
    pub fn locate(&self, path: &str) -> (usize, usize) {
        let (mut node, mut at, mut rest) = (&self.root, self.root.at, path);
        while let Some((child, place, remaining)) = descend(node, rest) {
            (node, at, rest) = (child, place, remaining);
        }
        (at.line, at.column)
    }

    /// A problem with the part of the document at `path`.
    pub fn problem(&self, path: &str, what: impl Into<String>, mend: Option<String>) -> Problem {
        let (line, column) = self.locate(path);
        Problem { file: self.file.clone(), line, column, path: path.to_owned(), what: what.into(), mend }
    }
}

/// Takes the first step of `path`; gives the child, its place and the rest of the path.
fn descend<'n, 'p>(node: &'n Node, path: &'p str) -> Option<(&'n Node, Position, &'p str)> {
    match &node.kind {
        _ if path.is_empty() => None,
        Kind::Scalar(_) => None,
        Kind::Sequence(items) => {
            let (index, rest) = path.strip_prefix('[')?.split_once(']')?;
            let child = items.get(index.parse::<usize>().ok()?)?;
            Some((child, child.at, rest))
        }
        Kind::Mapping(entries) => {
            let path = path.strip_prefix('.').unwrap_or(path);
            let candidates = entries.iter().filter_map(|entry| Some((entry, after_key(entry, path)?)));
            // A key may itself hold a dot, so the longest key that fits wins.
            let (entry, rest) = candidates.min_by_key(|(_, rest)| rest.len())?;
            Some((&entry.value, entry.at(), rest))
        }
    }
}

fn after_key<'p>(entry: &Entry, path: &'p str) -> Option<&'p str> {
    let rest = path.strip_prefix(entry.key())?;
    (rest.is_empty() || rest.starts_with(['.', '['])).then_some(rest)
}
