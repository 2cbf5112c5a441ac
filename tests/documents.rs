//! The documents are true: what they name exists, every rule that is cited is listed, and none of them promises.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test reads the documents, and one that meets what it does not expect has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[path = "documents/examples.rs"]
mod examples;
#[path = "documents/markdown.rs"]
mod markdown;

use markdown::{anchors, cells, code_spans, is_repository_path, links, rules_cited, words_of_promise};

/// A text file of the repository, by its path from the root.
struct Page {
    path: String,
    text: String,
}

impl Page {
    /// Every line with its number, as `path:line`.
    fn lines(&self) -> impl Iterator<Item = (String, &str)> {
        self.text.lines().zip(1..).map(|(line, number)| (format!("{}:{number}", self.path), line))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of these kinds in the folders and files named, as far as they exist.
fn pages(places: &[&str], extensions: &[&str]) -> Vec<Page> {
    let mut pages = Vec::new();
    for place in places {
        collect(&root().join(place), extensions, &mut pages);
    }
    pages
}

fn collect(place: &Path, extensions: &[&str], pages: &mut Vec<Page>) {
    if place.is_dir() {
        let mut inside: Vec<_> = fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()).collect();
        inside.sort();
        for path in &inside {
            collect(path, extensions, pages);
        }
    } else if place.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
        && place.exists()
    {
        let path = place.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        pages.push(Page { path, text: fs::read_to_string(place).unwrap() });
    }
}

fn documents() -> Vec<Page> {
    pages(&["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs"], &["md"])
}

/// Whether a path from the root names something; `*` stands for any part of a file name.
fn exists(path: &str) -> bool {
    let Some((before, after)) = path.split_once('*') else { return root().join(path).exists() };
    let (folder, start) = before.rsplit_once('/').unwrap_or((".", before));
    let names = fs::read_dir(root().join(folder)).into_iter().flatten();
    let names = names.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.into_iter().any(|name| name.starts_with(start) && name.ends_with(after))
}

/// The rules listed in docs/rules.md, in the order they stand.
fn rules_listed() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let rows = text.lines().filter_map(cells);
    rows.filter(|row| row.first().is_some_and(|name| rules_cited(name).contains(name)))
        .map(|row| (row.first().unwrap().clone(), row))
        .collect()
}

#[track_caller]
fn assert_none(found: &[String]) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_path_a_document_names_exists() {
    let mut found = Vec::new();
    for page in documents() {
        for (place, line) in page.lines() {
            let paths = code_spans(line).into_iter().filter(|span| is_repository_path(span));
            found.extend(paths.filter(|path| !exists(path)).map(|path| format!("{place}: there is no `{path}`")));
        }
    }
    assert_none(&found);
}

#[test]
fn every_link_leads_somewhere() {
    let documents = documents();
    let mut found = Vec::new();
    for page in &documents {
        for (place, line) in page.lines() {
            let broken = links(line).into_iter().filter(|target| !resolves(page, target));
            found.extend(broken.map(|target| format!("{place}: the link to {target} leads nowhere")));
        }
    }
    assert_none(&found);
}

fn resolves(page: &Page, target: &str) -> bool {
    if target.starts_with("https://") || target.starts_with("mailto:") {
        return true;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let from = root().join(&page.path);
    let file = if path.is_empty() { from } else { from.parent().unwrap().join(path) };
    if anchor.is_empty() {
        return file.exists();
    }
    fs::read_to_string(file).is_ok_and(|text| anchors(&text).contains(anchor))
}

#[test]
fn every_rule_is_listed_once_and_in_order() {
    let listed: Vec<_> = rules_listed().into_iter().map(|(name, _)| name).collect();
    let expected: Vec<_> = (1..=69).map(|number| format!("R{number}")).collect();
    assert_eq!(listed, expected);
}

#[test]
fn every_rule_says_something_and_names_its_source() {
    let thin = rules_listed().into_iter().filter(|(_, row)| row.iter().skip(1).take(2).any(String::is_empty));
    assert_none(
        &thin.map(|(name, _)| format!("docs/rules.md: {name} lacks its words or its source")).collect::<Vec<_>>(),
    );
}

#[test]
fn every_rule_that_is_cited_is_listed() {
    let listed: BTreeSet<_> = rules_listed().into_iter().map(|(name, _)| name).collect();
    let mut found = Vec::new();
    for page in pages(&["src", "migrations", "workflows", "docs"], &["rs", "yaml", "md"]) {
        for (place, line) in page.lines() {
            let unknown = rules_cited(line).into_iter().filter(|rule| !listed.contains(rule));
            found.extend(unknown.map(|rule| format!("{place}: {rule} is not in docs/rules.md")));
        }
    }
    assert_none(&found);
}

#[test]
fn every_name_in_code_that_a_table_gives_is_there() {
    let code: String = pages(&["src", "workflows"], &["rs", "yaml"]).into_iter().map(|page| page.text).collect();
    let words: BTreeSet<&str> = code.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let mut found = Vec::new();
    for page in pages(&["docs/glossary.md", "docs/rules.md"], &["md"]) {
        let rows: Vec<_> = page.lines().filter_map(|(place, line)| Some((place, cells(line)?))).collect();
        assert!(rows.len() > 20 && rows.iter().all(|(_, row)| row.len() == 4), "{}: rows of four cells", page.path);
        for (place, row) in rows {
            let names = code_spans(row.last().unwrap()).into_iter().filter(|name| !is_repository_path(name));
            let unknown = names.filter(|name| !name.split("::").all(|part| words.contains(part)));
            found.extend(unknown.map(|name| format!("{place}: `{name}` is not in the code")));
        }
    }
    assert_none(&found);
}

#[test]
fn no_document_promises() {
    let mut found = Vec::new();
    for page in documents() {
        for (place, line) in page.lines() {
            found.extend(words_of_promise(line).map(|words| format!("{place}: `{words}`: say what is, or nothing")));
        }
    }
    assert_none(&found);
}

#[test]
fn numbered_decisions_are_in_order_and_complete() {
    let pages = pages(&["docs/decisions"], &["md"]);
    let numbered: BTreeMap<u32, &Page> =
        pages.iter().filter_map(|page| Some((page.path.get(15..19)?.parse().ok()?, page))).collect();
    let expected: Vec<u32> = (1..=u32::try_from(numbered.len()).unwrap()).collect();
    assert_eq!(numbered.keys().copied().collect::<Vec<_>>(), expected, "numbers follow on from 1, each once");
    let mut found = Vec::new();
    for page in numbered.values() {
        let parts = ["\n- Date: ", "\n- Status: ", "\n## Context\n", "\n## Decision\n", "\n## Consequences\n"];
        let missing = parts.iter().filter(|part| !page.text.contains(**part));
        found.extend(missing.map(|part| format!("{} lacks `{}`", page.path, part.trim())));
    }
    assert_none(&found);
}
