//! Thousands of damaged files: whatever the damage, an answer or a sentence.

use super::super::engine;
use super::super::generate::edits;
use super::super::package::{entries_of, is_xml, tree_of};
use super::{Kind, Noise, Package, Random, document, package, with_entry};

fn pair(random: &mut Random) -> (Vec<u8>, Vec<u8>) {
    let old = document(random, Kind::Rich);
    let new = edits::edited(&old, edits::ALL, 3, random);
    (package(&old, Noise::None), package(&new, Noise::None))
}

/// Changes, cuts, repeats or takes out bytes.
fn damage(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    for _ in 0..random.between(1, 4) {
        let at = random.below(bytes.len());
        let length = random.between(1, 40).min(bytes.len() - at);
        match random.below(7) {
            _ if bytes.is_empty() => {}
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = *random.pick(&[0, 0xff, b'<', b'>', b'"', b'&', b'/']),
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let piece = bytes[at..at + length].to_vec();
                bytes.splice(at..at, piece);
            }
            4 => bytes.truncate(at),
            5 => {
                let from = random.below(other.len());
                let piece = other[from..(from + length).min(other.len())].to_vec();
                bytes.splice(at..at + length, piece);
            }
            _ => {
                let (one, two) = (random.below(bytes.len()), random.below(bytes.len()));
                bytes.swap(one, two);
            }
        }
    }
}

const TAGS: &[&str] =
    &["<w:p/>", "<w:tbl/>", "<w:tr/>", "<w:tc/>", "<w:r/>", "<w:ins/>", "<w:sdt/>", "<w:sectPr/>", "<w:pPr/>"];

/// Takes out, repeats, swaps or renames whole tags, so that the damage mostly stays XML.
fn damage_tags(text: &str, random: &mut Random) -> String {
    let mut pieces: Vec<&str> = text.split_inclusive('>').collect();
    for _ in 0..random.between(1, 3) {
        let (at, to) = (random.below(pieces.len()), random.below(pieces.len()));
        match random.below(4) {
            _ if pieces.is_empty() => {}
            0 => drop(pieces.remove(at)),
            1 => pieces.insert(to, pieces[at]),
            2 => pieces.swap(at, to),
            _ => pieces[at] = TAGS[random.below(TAGS.len())],
        }
    }
    pieces.concat()
}

/// A whole element taken out, copied or put elsewhere: the XML stays sound, its sense does not.
fn damage_elements(text: &str, random: &mut Random) -> String {
    let Some(from) = nth_tag(text, random.below(60)) else { return text.to_owned() };
    let Some(to) = element_end(text, from) else { return text.to_owned() };
    let element = &text[from..to];
    let place = nth_tag(text, random.below(60)).unwrap_or(from);
    match random.below(3) {
        0 => format!("{}{}", &text[..from], &text[to..]),
        1 => format!("{}{element}{}", &text[..place], &text[place..]),
        _ if place <= from => format!("{}{element}{}{}", &text[..place], &text[place..from], &text[to..]),
        _ => text.to_owned(),
    }
}

fn nth_tag(text: &str, number: usize) -> Option<usize> {
    let body = text.find("<w:body>")? + 8;
    text[body..].match_indices("<w:").nth(number).map(|(at, _)| body + at)
}

fn element_end(text: &str, from: usize) -> Option<usize> {
    let (mut depth, mut at) = (0, from);
    loop {
        let close = at + text[at..].find('>')? + 1;
        let tag = &text[at..close];
        depth += if tag.starts_with("</") { -1 } else { i32::from(!tag.ends_with("/>")) };
        if depth <= 0 {
            return (depth == 0).then_some(close);
        }
        at = close + text[close..].find('<')?;
    }
}

/// The redline of a damaged file, if there is one, is a package, and what was written of it is sound XML.
fn answered(old: &[u8], new: &[u8]) {
    let Ok(redlined) = engine::redline(old, new) else { return };
    let before = entries_of(new).unwrap();
    for entry in entries_of(&redlined.docx).unwrap() {
        if is_xml(&entry.0) && !before.contains(&entry) {
            tree_of(&entry.1).unwrap_or_else(|error| panic!("{}: {error}", entry.0));
        }
    }
}

#[test]
fn damaged_bytes_get_an_answer_or_a_sentence() {
    let mut random = Random::new(41);
    for _ in 0..40 {
        let (old, new) = pair(&mut random);
        for _ in 0..40 {
            let mut bad = old.clone();
            damage(&mut bad, &new, &mut random);
            let _ = engine::redline(&bad, &new);
            let _ = engine::redline(&new, &bad);
        }
    }
}

#[test]
fn damaged_xml_in_a_sound_package_gets_an_answer_or_a_sentence() {
    let mut random = Random::new(42);
    for _ in 0..40 {
        let (old, new) = pair(&mut random);
        let whole = Package::open(&old).unwrap();
        let parts: Vec<&String> = whole.names.iter().filter(|name| is_xml(name)).collect();
        for _ in 0..20 {
            let part = if random.percent(60) { "word/document.xml" } else { random.pick(&parts).as_str() };
            let text = String::from_utf8_lossy(&whole.bytes[part]).into_owned();
            let bad = match random.below(3) {
                0 => damage_tags(&text, &mut random),
                1 => damage_elements(&text, &mut random),
                _ => {
                    let mut bytes = text.clone().into_bytes();
                    damage(&mut bytes, text.as_bytes(), &mut random);
                    String::from_utf8_lossy(&bytes).into_owned()
                }
            };
            let bad = with_entry(&old, part, bad.as_bytes());
            answered(&bad, &new);
            answered(&new, &bad);
        }
    }
}
