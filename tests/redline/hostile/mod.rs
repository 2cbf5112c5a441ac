//! Bad input: a sentence that helps or a right answer, little memory, and never a panic.

mod large;
mod mutated;
mod packages;
mod texts;

use super::engine;
use super::generate::documents::{Kind, document};
use super::generate::random::Random;
use super::generate::write::{Noise, package};
use super::package::{Package, zip_of};
use super::resolve::{Decision, first_difference, lines};

/// A sound file to set against a bad one.
fn sound() -> Vec<u8> {
    package(&document(&mut Random::new(3), Kind::Rich), Noise::None)
}

/// A file with the entries of `package`, each passed through `change`; none leaves it out.
fn changed(package: &[u8], change: &dyn Fn(&str, &[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
    let package = Package::open(package).unwrap();
    let entries = package.names.iter().filter_map(|name| Some((name.as_str(), change(name, &package.bytes[name])?)));
    let entries: Vec<(&str, Vec<u8>)> = entries.collect();
    zip_of(entries.iter().map(|(name, bytes)| (*name, bytes.as_slice())))
}

/// A file of which one entry is another one's bytes.
fn with_entry(package: &[u8], part: &str, bytes: &[u8]) -> Vec<u8> {
    changed(package, &|name, own| Some(if name == part { bytes.to_vec() } else { own.to_vec() }))
}

/// A file with an entry more.
fn with_more(package: &[u8], part: &str, bytes: &[u8]) -> Vec<u8> {
    let package = Package::open(package).unwrap();
    let entries = package.names.iter().map(|name| (name.as_str(), package.bytes[name].as_slice()));
    zip_of(entries.chain([(part, bytes)]))
}

fn text_of(package: &[u8], part: &str) -> String {
    String::from_utf8(Package::open(package).unwrap().bytes[part].clone()).unwrap()
}

/// A file with this as what stands in the body, everything else as in [`sound`].
fn with_body(inside: &str) -> Vec<u8> {
    let sound = sound();
    let text = text_of(&sound, "word/document.xml");
    let (head, _) = text.split_once("<w:body>").unwrap();
    with_entry(&sound, "word/document.xml", format!("{head}<w:body>{inside}</w:body></w:document>").as_bytes())
}

/// Why the file is refused, the same on whichever side it stands.
#[track_caller]
fn refusal(bad: &[u8]) -> String {
    let sound = sound();
    let as_old = engine::redline(bad, &sound).map(|_| ()).unwrap_err();
    let as_new = engine::redline(&sound, bad).map(|_| ()).unwrap_err();
    assert_eq!(without_side(&as_old), without_side(&as_new));
    as_old
}

fn without_side(sentence: &str) -> String {
    sentence.replace("older", "").replace("newer", "").replace("old", "").replace("new", "")
}

#[track_caller]
fn refused(bad: &[u8], words: &[&str]) {
    let sentence = refusal(bad);
    for word in words {
        assert!(sentence.contains(word), "{word:?} is not said in: {sentence}");
    }
}

/// Both files are read and the redline is right.
#[track_caller]
fn right(old: &[u8], new: &[u8]) {
    let redline = Package::open(&engine::redline(old, new).unwrap().docx).unwrap();
    for (decision, wanted) in [(Decision::Accept, new), (Decision::Reject, old)] {
        let wanted = lines(&Package::open(wanted).unwrap(), Decision::Accept, decision.places());
        let difference = first_difference(&lines(&redline, decision, decision.places()), &wanted);
        assert!(difference.is_none(), "{decision:?}: {}", difference.unwrap());
    }
}
