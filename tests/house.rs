//! The house holds: who may name whom, how long a file may be, and what may stand nowhere.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test reads the source, and one that meets what it does not expect has failed"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[path = "house/rules.rs"]
mod rules;
#[path = "house/source.rs"]
mod source;

use rules::{BESIDE, CORE, RULES, SHELL};

/// The most lines a file may have.
const LINES: usize = 400;

/// Files that are longer still, and the most lines each may have. The list and its numbers only ever shrink.
const LONGER: &[(&str, usize)] = &[];

/// A file of the repository, by its path from the root.
struct File {
    path: String,
    text: String,
}

fn rust_files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "migrations", "tests", "benches"] {
        collect(root, &root.join(folder), &mut files);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.push(File { path: name, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

/// The module a file is: `src/sip/form.rs` is `sip::form`. The migrations belong to the store.
fn module_of(path: &str) -> Vec<&str> {
    let names: Vec<&str> = path.trim_end_matches(".rs").split('/').filter(|name| *name != "mod").collect();
    match names.as_slice() {
        ["src", below @ ..] => below.to_vec(),
        ["migrations", ..] => [&["store"], names.as_slice()].concat(),
        _ => names,
    }
}

fn broken(path: &str, text: &str) -> Vec<String> {
    let module = module_of(path);
    let top = module[0];
    let below_root: &[&str] = if matches!(top, "lib" | "main") { &[] } else { &module };
    let tokens = source::tokens(text);
    let mentions = source::mentions(&tokens, below_root);
    let mut found: Vec<_> = RULES.iter().flat_map(|rule| rule.broken(top, &tokens, &mentions)).collect();
    found.sort();
    found.into_iter().map(|(line, what)| format!("{path}:{line}: {what}")).collect()
}

fn too_long(path: &str, lines: usize) -> Option<String> {
    let listed = LONGER.iter().find(|(longer, _)| *longer == path);
    match listed {
        None if lines > LINES => Some(format!("{path}: {lines} lines, the most is {LINES}; split it by subject")),
        Some((_, most)) if lines > *most => Some(format!("{path}: {lines} lines; it may only shrink from {most}")),
        Some(_) if lines <= LINES => Some(format!("{path}: {lines} lines; take it off the list in tests/house.rs")),
        _ => None,
    }
}

#[track_caller]
fn assert_none(found: &[String]) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_file_keeps_the_rules_of_the_house() {
    let found: Vec<_> = rust_files().iter().flat_map(|file| broken(&file.path, &file.text)).collect();
    assert_none(&found);
}

#[test]
fn every_file_is_short_enough_to_read() {
    let found: Vec<_> =
        rust_files().iter().filter_map(|file| too_long(&file.path, file.text.lines().count())).collect();
    assert_none(&found);
}

#[test]
fn every_file_on_the_list_of_longer_ones_exists() {
    let files: BTreeSet<_> = rust_files().into_iter().map(|file| file.path).collect();
    let gone = LONGER.iter().filter(|(path, _)| !files.contains(*path));
    assert_none(&gone.map(|(path, _)| format!("{path}: no such file; take it off the list")).collect::<Vec<_>>());
}

#[test]
fn every_module_has_its_place_in_the_house() {
    let files = rust_files();
    let modules: BTreeSet<_> = files.iter().map(|file| module_of(&file.path)[0]).collect();
    let known = |name: &&str| [CORE, SHELL, BESIDE, &["tests", "benches"]].iter().any(|list| list.contains(name));
    let strangers = modules.into_iter().filter(|name| !known(name));
    assert_none(
        &strangers.map(|name| format!("src/{name}: say in tests/house/rules.rs where it stands")).collect::<Vec<_>>(),
    );
}

/// The lines of `text` that break a rule when it stands in `path`.
fn lines_broken(path: &str, text: &str) -> Vec<usize> {
    let line = |found: &String| found[path.len() + 1..].split(':').next().unwrap().parse().unwrap();
    let lines: BTreeSet<usize> = broken(path, text).iter().map(line).collect();
    lines.into_iter().collect()
}

#[test]
fn a_finding_names_file_line_and_rule() {
    let found = broken("src/sip/form.rs", "use std::fmt;\nuse crate::store::find_case;\n");
    assert_eq!(
        found,
        ["src/sip/form.rs:2: names crate::store::find_case: the pure core knows nothing of the shell; \
          let a service function bring the facts as arguments"]
    );
}

#[test]
fn a_path_is_found_however_it_is_written() {
    for text in [
        "use crate::store;",
        "use crate::store as kept;",
        "use crate::{sip, store::{self, Store}};",
        "use crate::{\n    calendar::Calendar, service::submit};",
        "use crate::*;",
        "fn f(s: &crate::store::Store) {}",
        "fn f() { let s = crate::store::Store::open(); }",
        "use super::super::store::Store;",
        "use super::{super::{store}};",
        "mod tests { use super::super::super::store; }",
        "fn f() -> Vec<crate::config::Config> { Vec::new() }",
        "use ::tokio::fs;",
        "fn f() -> u8 { return ::tokio::f(); }",
        "fn f() -> Option<::axum::Router> { None }",
        "use tokio;",
        "fn f() { ::sea_orm::connect() }",
        "#[tokio::test] fn f() {}",
        "pub use axum::Router as R;",
        "use std::{fmt, fs};",
        "fn f() { std::env::var(\"A\"); }",
        "pub async fn f() {}",
        "fn f() { g().await }",
    ] {
        assert!(!broken("src/sip/form.rs", text).is_empty(), "not found in: {text}");
    }
}

#[test]
fn what_only_looks_like_a_breach_is_let_pass() {
    for text in [
        "//! See [`crate::store`].\n// use crate::store;\n/* use /* crate::web */ tokio::fs; */",
        "fn f() -> &'static str { \"crate::store .await unsafe todo!()\" }",
        "fn f() -> &'static str { r#\"use \"tokio\"::x; unsafe\"# }",
        "fn f(c: char) -> bool { matches!(c, '\"' | '\\'' | 'a') } // crate::web::x",
        "fn f<'a>(store: &'a str) -> &'a str { store }",
        "use crate::calendar::store;",
        "use crate::sip::{form, money};\nuse super::text;\nuse chrono::NaiveDate;",
        "mod tests { use super::super::money; }",
        "fn f(&self) -> impl Iterator<Item = u8> + use<'_> { self.g() } macro_rules! m { ($a:path) => { use $a; } }",
        "pub(crate) fn f(config: u8) -> u8 { self::web::f(config) }",
    ] {
        assert_none(&broken("src/sip/form.rs", text));
    }
}

#[test]
fn each_arrow_is_held() {
    let cases = [
        ("src/sip/x.rs", "use crate::committee::Ballot;"),
        ("src/brd/x.rs", "use crate::sip::SipForm;"),
        ("src/workflow/x.rs", "use crate::sip::SipForm;"),
        ("src/workflow/decide/x.rs", "use super::super::super::committee;"),
        ("src/calendar/x.rs", "use crate::yaml::load;"),
        ("src/yaml/x.rs", "use crate::workflow::Definition;"),
        ("src/service/x.rs", "use sea_orm::Database;"),
        ("src/service/x.rs", "fn f() { db.begin().await }"),
        ("src/service/x.rs", "use axum::Router;"),
        ("src/web/x.rs", "use lettre::Message;"),
        ("src/web/x.rs", "use crate::store::Store;"),
        ("src/cli/x.rs", "use crate::store::Store;"),
        ("src/main.rs", "use axum::Router;"),
        ("src/store/x.rs", "fn f() { unsafe { g() } }"),
        ("tests/x.rs", "#[ignore] fn f() {}"),
        ("tests/x.rs", "fn f() { todo!() }"),
        ("migrations/x.rs", "fn f() { unimplemented!() }"),
    ];
    for (path, text) in cases {
        assert_eq!(lines_broken(path, text), [1], "{path}: {text}");
    }
}

#[test]
fn each_module_may_do_what_is_its_own() {
    let cases = [
        ("src/store/x.rs", "use sea_orm::Database; fn f() { db.begin().await }"),
        ("migrations/x.rs", "use sea_orm_migration::prelude::*;"),
        ("src/web/x.rs", "use axum::Router; use crate::service::submit;"),
        ("src/notify/x.rs", "use lettre::Message;"),
        ("src/workflow/x.rs", "use crate::calendar::Calendar; use crate::yaml; use super::case::Case;"),
        ("src/service/x.rs", "use crate::store::Store; use crate::{sip, committee};"),
        ("src/main.rs", "use quorate::cli;"),
        ("tests/x.rs", "use axum::Router; use quorate::store::Store;"),
    ];
    for (path, text) in cases {
        assert_none(&broken(path, text));
    }
}

#[test]
fn lines_are_counted_across_texts_and_comments() {
    let text = "/* one\ntwo */\nconst A: &str = \"three\nfour\";\nconst B: &str = r\"\n\";\nuse crate::web;\n";
    assert_eq!(lines_broken("src/sip/form.rs", text), [7]);
}

#[test]
fn a_long_file_is_named_unless_it_is_listed_and_has_not_grown() {
    let (listed, most) = LONGER.first().copied().unwrap_or(("src/x.rs", LINES));
    assert!(too_long("src/new.rs", LINES).is_none());
    assert!(too_long("src/new.rs", LINES + 1).is_some());
    assert!(too_long(listed, most).is_none());
    assert!(too_long(listed, most + 1).is_some());
}
