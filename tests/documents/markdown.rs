//! The little of Markdown that the documents are read for.

use std::collections::BTreeSet;

/// The folders and files at the root that a document may name.
const AT_ROOT: &[&str] =
    &[".ci", "benches", "docs", "fixtures", "migrations", "scripts", "src", "templates", "tests", "workflows"];

/// What stands between single backticks in a line.
pub(super) fn code_spans(line: &str) -> Vec<&str> {
    let parts: Vec<&str> = line.split('`').collect();
    let closed = parts.len().saturating_sub(1) / 2 * 2;
    parts.into_iter().take(closed).skip(1).step_by(2).filter(|span| !span.is_empty()).collect()
}

/// Whether a code span is a path from the root: `src/sip/form.rs`, `workflows/*.yaml`, `Cargo.toml`.
pub(super) fn is_repository_path(span: &str) -> bool {
    let placeholder = span.contains(|c: char| c.is_whitespace() || "<>{}|$".contains(c)) || span.contains("NNNN");
    match span.split_once('/') {
        _ if placeholder || span.contains("::") => false,
        Some((first, _)) => AT_ROOT.contains(&first),
        None => [".md", ".toml", ".lock"].iter().any(|ending| span.ends_with(ending)) && span.len() > 5,
    }
}

/// The targets of the links in a line.
pub(super) fn links(line: &str) -> Vec<&str> {
    line.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)).collect()
}

/// The anchors that the headings of a page make.
pub(super) fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| anchor(line.trim_start_matches('#').trim())).collect()
}

fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// The cells of a row of a table; none for a line that is no row.
pub(super) fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(|cell| cell.trim().to_owned()).collect())
}

/// The rule numbers in a line, such as `R12`.
pub(super) fn rules_cited(line: &str) -> BTreeSet<String> {
    let words = line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    words.filter(|word| is_rule(word)).map(str::to_owned).collect()
}

fn is_rule(word: &str) -> bool {
    let digits = word.strip_prefix('R').unwrap_or_default();
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

/// The words in a line that put off until later what a document should say now.
pub(super) fn words_of_promise(line: &str) -> impl Iterator<Item = &'static str> {
    let exact = ["TODO", "FIXME", "TBD", "XXX"].into_iter().filter(|word| line.contains(word));
    let lower = line.to_lowercase();
    let spoken = ["coming soon", "not yet implemented", "to be written", "will be added", "lorem ipsum"];
    exact.chain(spoken.into_iter().filter(move |words| lower.contains(words)))
}

#[test]
fn paths_are_told_from_other_code() {
    for path in ["src/sip/form.rs", "workflows/*.yaml", "Cargo.toml", "docs/rules.md", ".ci/run", "scripts/test"] {
        assert!(is_repository_path(path), "{path}");
    }
    for other in
        ["cargo test", "calendar::add", "and/or", "/api/v1", "src/<noun>/mod.rs", "docs/decisions/NNNN-title.md"]
    {
        assert!(!is_repository_path(other), "{other}");
    }
}

#[test]
fn code_spans_and_links_are_found_in_a_line() {
    assert_eq!(code_spans("see `a` and `b c`, not ` open"), ["a", "b c"]);
    assert_eq!(code_spans("nothing"), Vec::<&str>::new());
    assert_eq!(links("[a](b.md), [c](#d) and ](e"), ["b.md", "#d"]);
}

#[test]
fn rules_are_told_from_other_words() {
    let cited: Vec<_> = rules_cited("(R12, R6) R1A RUST R-7 xR9 R10: R").into_iter().collect();
    assert_eq!(cited, ["R10", "R12", "R6"]);
}

#[test]
fn headings_become_anchors() {
    let page = "# Words & names\ntext\n## The clock-stop, explained\n";
    assert_eq!(anchors(page), ["the-clock-stop-explained", "words--names"].map(str::to_owned).into());
}

#[test]
fn a_promise_is_found_in_any_case() {
    assert_eq!(words_of_promise("Coming Soon: TODO").collect::<Vec<_>>(), ["TODO", "coming soon"]);
    assert_eq!(words_of_promise("It works.").count(), 0);
}

#[test]
fn a_row_of_a_table_is_its_cells() {
    assert_eq!(cells("| R1 | Text. | | `a` |"), Some(["R1", "Text.", "", "`a`"].map(str::to_owned).to_vec()));
    assert_eq!(cells("text | more"), None);
}
