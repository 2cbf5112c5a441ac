//! Reads the YAML that people write: workflow definitions, scenarios and SIP forms.
//!
//! [`load`] turns text into a typed [`Document`], or into every [`Problem`] in it at once: each with file, line and
//! column, what is wrong and how to mend it. The text may come from a stranger, so its size, depth and number of
//! parts are limited before anything is built from it, and the parts of YAML that let a short file become a huge or
//! surprising one (anchors, aliases, merge keys, tags) are refused.
//!
//! How a value is read:
//!
//! * a field that wants text takes any single value exactly as written: `12`, `012`, `1e3`, `yes`, `~` and
//!   `2026-03-31` stay those characters, and nothing at all is the empty text;
//! * a field that wants `true` or `false` takes only those words: `yes`, `no`, `on` and `off` are refused;
//! * a field that wants a number takes an unquoted number: `012` and `"12"` are refused, and a whole number is never
//!   taken from `1e3` or `2.0`;
//! * an optional field is absent when it holds nothing, `~` or `null`; a list or a set of fields that holds nothing
//!   is empty;
//! * a choice is its name, or `name: content` when it has content.
//!
//! To have every problem found at once, types read here use plain structs with `deny_unknown_fields` and ordinary
//! enums. Inside `untagged`, `flatten` and `tag = ".."` types serde no longer says where it was, so problems there
//! are reported for the whole of the enclosing value.
//!
//! Architecture invariant: this module does no I/O and knows nothing of what it reads.

mod explain;
mod fault;
mod filler;
mod guard;
mod problem;
mod reader;
mod scan;
mod spans;
mod tree;
mod words;

pub use problem::{Problem, Problems, render};
pub use spans::Spans;

use problem::Collector;
use serde::de::DeserializeOwned;
use serde_yaml::with::singleton_map_recursive;

/// How much a file may hold before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Length of the text in bytes; 256 KiB by default.
    pub bytes: usize,
    /// Levels of lists and fields inside one another; 32 by default.
    pub depth: usize,
    /// Values, keys, and beginnings and ends of lists and field sets; 20,000 by default.
    pub nodes: usize,
    /// Problems reported before reading stops; 50 by default.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 256 * 1024, depth: 32, nodes: 20_000, problems: 50 }
    }
}

/// A value that was read, with the place of each of its parts in the text.
#[derive(Debug, Clone)]
pub struct Document<T> {
    /// The value.
    pub value: T,
    /// Where each part of it was written, for problems found later.
    pub spans: Spans,
}

/// Reads `text` as a `T`; `file` is only the name used in problems.
///
/// A byte order mark at the beginning and Windows line ends are accepted.
///
/// # Errors
///
/// Every problem in the text, sorted by place, at most `limits.problems` of them. A text that is too large, holds
/// control characters or is not well-formed is not examined further, so only those problems are reported for it.
pub fn load<T: DeserializeOwned>(file: &str, text: &str, limits: Limits) -> Result<Document<T>, Problems> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut found = Collector::new(file, limits.problems);
    guard::guard(text, limits, &mut found);
    if !found.is_empty() {
        return Err(found.finish());
    }
    let scanned = scan::scan(text, limits, &mut found);
    let Some(root) = scanned.root else {
        return Err(found.finish());
    };
    let spans = Spans::new(file, root);
    let refusal = match found.is_empty().then(|| build(text)) {
        Some(Ok(value)) => return Ok(Document { value, spans }),
        Some(Err(refusal)) => Some(refusal),
        None => None,
    };
    explain::explain::<T>(&spans, &scanned.unreadable, &mut found);
    if let Some(refusal) = refusal.filter(|_| found.is_empty()) {
        found.add(pass_on(&refusal, &spans));
    }
    Err(found.finish())
}

type Refusal = serde_path_to_error::Error<serde_yaml::Error>;

/// Builds the value; choices with content are written as a field set of one entry.
fn build<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    let mut track = serde_path_to_error::Track::new();
    let yaml = serde_yaml::Deserializer::from_str(text);
    let tracked = serde_path_to_error::Deserializer::new(yaml, &mut track);
    let built = singleton_map_recursive::deserialize(tracked);
    built.map_err(|error| Refusal::new(track.path(), error))
}

/// A refusal in its own words, for when no better explanation is found.
fn pass_on(refusal: &Refusal, spans: &Spans) -> Problem {
    let path = refusal.path().to_string();
    let known = path.split('?').next().unwrap_or_default();
    let mut problem = spans.problem(known.trim_matches('.'), "", None);
    if let Some(place) = refusal.inner().location() {
        (problem.line, problem.column) = (place.line().max(1), place.column().max(1));
    }
    (problem.what, problem.mend) = words::of_refusal(&refusal.inner().to_string());
    problem
}

#[cfg(test)]
mod tests {
    use super::problem::Collector;
    use super::reader::{Mends, Reader};
    use super::{Limits, scan};
    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_yaml::Value;

    /// Pieces of YAML, one behind each bar.
    const PIECES: &str = "a¦b¦c: ¦d: ¦12¦012¦1e3¦-7¦0x1F¦1.50¦.inf¦yes¦true¦~¦null¦2019-06-27¦é¦\n¦\n¦\n¦\n  ¦\n  ¦\n    ¦\n\n¦\
        - ¦- ¦[¦]¦{¦}¦, ¦\"¦'¦ #x¦ ¦|¦>¦: ¦:¦\\n¦&a ¦*a¦*a ¦!t ¦<<: ¦? ";

    fn yaml_like() -> impl Strategy<Value = String> {
        let pieces: Vec<&str> = PIECES.split('¦').collect();
        prop::collection::vec(prop::sample::select(pieces), 1..25).prop_map(|parts| parts.concat() + "\n")
    }

    fn tree_as_value(text: &str) -> Option<Value> {
        let mut found = Collector::new("x.yaml", 50);
        let root = scan::scan(text, Limits::default(), &mut found).root?;
        let mends = Mends::default();
        found.is_empty().then(|| Value::deserialize(Reader::new(&root, &mends)).unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_tree_means_what_serde_yaml_reads(text in yaml_like()) {
            if let (Some(tree), Ok(value)) = (tree_as_value(&text), serde_yaml::from_str::<Value>(&text)) {
                prop_assert_eq!(tree, value, "{}", text);
            }
        }
    }
}
