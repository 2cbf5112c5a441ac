//! What an office suite makes of a redline: accepting all gives the newer text, rejecting all the older.
#![expect(clippy::disallowed_methods, reason = "files are written for another program to open, and read back")]

use std::fs;
use std::path::Path;
use std::process::Command;

use super::engine;
use super::generate::documents::Kind;
use super::generate::model::{Block, Document};
use super::promises::{Relation, pair};
use super::realsize;

/// A macro that accepts, and from a fresh copy rejects, all changes of every file in a folder and saves the texts.
const MACRO: &str = include_str!("Redline.xba");

/// The library that the macro is in, as the suite lists it.
const LIBRARY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Redline"/>
</library:library>
"#;

fn soffice(folder: &Path, order: &[&str]) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let done = Command::new("soffice").args([&profile, "--headless", "--norestore", "--nologo"]).args(order).output();
    let done = done.expect("LibreOffice is needed: apt-get install libreoffice-writer");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Decides all changes of every `.docx` in the folder; a new profile is made first, as a start of its own.
fn decide_all(folder: &Path) {
    soffice(folder, &["--terminate_after_init"]);
    let library = folder.join("profile/user/basic/Standard");
    fs::write(library.join("Redline.xba"), MACRO).unwrap();
    fs::write(library.join("script.xlb"), LIBRARY).unwrap();
    soffice(folder, &[&format!("macro:///Standard.Redline.Settle({})", folder.display())]);
}

/// The lines with text and their labels, without indent. The suite keeps an empty paragraph where one deleted stood
/// before a table, with its label if it was in a list.
fn text(folder: &Path, name: &str) -> Vec<String> {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !is_label(line)).map(str::to_owned).collect()
}

/// Whether a line is the label of a list and nothing else, such as `11.`, `(b)` or a bullet.
fn is_label(line: &str) -> bool {
    let inside = line.trim_start_matches('(').trim_end_matches([')', '.']);
    line == "•" || (inside != line && inside.len() <= 3 && inside.chars().all(|one| one.is_ascii_alphanumeric()))
}

/// Pairs without controls around paragraphs, which the suite makes into something else when it opens them.
fn pairs() -> Vec<(String, (Vec<u8>, Vec<u8>))> {
    let made = |relation, seed| (relation, seed, pair(relation, seed));
    let words = (0..3).map(|seed| made(Relation::Words, seed));
    let plain = (1_000..1_008).map(|seed| made(Relation::Edits(Kind::Plain), seed));
    let rich = (2_000..2_012).map(|seed| made(Relation::Edits(Kind::Rich), seed));
    let simple = |document: &Document| {
        document.sections.iter().flat_map(|section| &section.blocks).all(|block| !matches!(block, Block::Control(..)))
    };
    let all = words.chain(plain).chain(rich).filter(|(_, _, pair)| simple(&pair.old) && simple(&pair.new));
    let mut pairs = vec![("real size".to_owned(), realsize::pair(1))];
    pairs.extend(all.map(|(relation, seed, pair)| (format!("{relation:?} {seed}"), pair.packages())));
    assert!(pairs.len() > 12, "choose seeds that give more");
    pairs
}

#[test]
fn libreoffice_accepts_to_the_newer_text_and_rejects_to_the_older() {
    let pairs = pairs();
    let folder = tempfile::tempdir().unwrap();
    for (number, (_, (old, new))) in pairs.iter().enumerate() {
        let redline = engine::redline(old, new).unwrap().docx;
        for (name, bytes) in [("old", old), ("new", new), ("redline", &redline)] {
            fs::write(folder.path().join(format!("{number}-{name}.docx")), bytes).unwrap();
        }
    }
    decide_all(folder.path());
    let mut differing = Vec::new();
    for (number, (which, _)) in pairs.iter().enumerate() {
        for (wanted, decided) in [("new", "accepted"), ("old", "rejected")] {
            let want = text(folder.path(), &format!("{number}-{wanted}.docx.accepted.txt"));
            let got = text(folder.path(), &format!("{number}-redline.docx.{decided}.txt"));
            let at = (0..want.len().max(got.len())).find(|at| want.get(*at) != got.get(*at));
            differing.extend(at.map(|at| format!("{which}, {decided}: {:?} not {:?}", got.get(at), want.get(at))));
        }
    }
    assert!(differing.is_empty(), "{differing:#?}");
}
