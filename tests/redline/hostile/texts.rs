//! XML that is broken, hostile or merely unusual.

use super::super::engine;
use super::super::generate::write::{Noise, package};
use super::super::generate::{edits, model::Document};
use super::{Kind, Package, Random, document, refused, right, sound, text_of, with_body, with_entry};

const PART: &str = "word/document.xml";

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

#[test]
fn broken_xml_is_named_with_part_and_line() {
    let text = text_of(&sound(), PART).replace("</w:body>", "\n\n</w:boby>");
    refused(&with_entry(&sound(), PART, text.as_bytes()), &[PART, "line"]);
    refused(&with_entry(&sound(), PART, b""), &[PART]);
    refused(&with_entry(&sound(), PART, b"<w:document/>"), &[PART]);
}

#[test]
fn a_document_without_a_body_is_refused_or_taken_as_empty() {
    let text = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>";
    let bad = with_entry(&sound(), PART, text.as_bytes());
    let _ = (engine::redline(&bad, &sound()), engine::redline(&sound(), &bad));
}

#[test]
fn entities_are_never_expanded() {
    let mut bomb = "<!DOCTYPE w:document [<!ENTITY a \"aaaaaaaaaa\">".to_owned();
    for (name, inside) in [("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"), ("f", "e"), ("g", "f"), ("h", "g")] {
        bomb += &format!("<!ENTITY {name} \"{}\">", format!("&{inside};").repeat(10));
    }
    let text = text_of(&with_body(&paragraph("@@")), PART).replace("@@", "&h;");
    let (head, rest) = text.split_once("?>").unwrap();
    refused(&with_entry(&sound(), PART, format!("{head}?>{bomb}]>{rest}").as_bytes()), &[PART]);
}

#[test]
fn an_outside_entity_is_not_fetched() {
    let text = text_of(&with_body(&paragraph("@@")), PART).replace("@@", "&x;");
    let (head, rest) = text.split_once("?>").unwrap();
    let outside = "<!DOCTYPE w:document [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>";
    refused(&with_entry(&sound(), PART, format!("{head}?>{outside}{rest}").as_bytes()), &[PART]);
}

#[test]
fn elements_nested_very_deep_are_refused() {
    for (open, close) in
        [("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")]
    {
        let deep = format!("{}{}{}", open.repeat(20_000), paragraph("x"), close.repeat(20_000));
        refused(&with_body(&deep), &[PART]);
    }
}

#[test]
fn a_part_in_utf_16_is_read() {
    let text = text_of(&with_body(&paragraph("Caf\u{e9} \u{1f600}")), PART).replace("UTF-8", "UTF-16");
    for big in [Order::Big, Order::Little] {
        let bytes = with_entry(&sound(), PART, &utf16(&text, &big));
        right(&bytes, &with_body(&paragraph("Caf\u{e9} closed \u{1f600}")));
        right(&with_body(&paragraph("Caf\u{e9} closed \u{1f600}")), &bytes);
    }
}

enum Order {
    Big,
    Little,
}

fn utf16(text: &str, order: &Order) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units
        .flat_map(|unit| match *order {
            Order::Big => unit.to_be_bytes(),
            Order::Little => unit.to_le_bytes(),
        })
        .collect()
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mut bytes = text_of(&with_body(&paragraph("@@")), PART).into_bytes();
    let at = bytes.windows(2).position(|window| window == b"@@").unwrap();
    bytes[at] = 0xff;
    refused(&with_entry(&sound(), PART, &bytes), &[PART, "UTF-8"]);
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let text = text_of(&with_body(&paragraph("one two")), PART);
    let marked = with_entry(&sound(), PART, format!("\u{feff}{text}").as_bytes());
    right(&marked, &with_body(&paragraph("one three")));
    right(&with_body(&paragraph("one three")), &marked);
}

/// A letter and its marks, a family and a flag are changed whole: no run ends inside them.
#[test]
fn what_reads_as_one_letter_is_never_cut() {
    let cases = [
        ("cafe\u{301} one", "cafe\u{300} one"),
        ("\u{1f469}\u{200d}\u{1f680} up", "\u{1f469}\u{200d}\u{1f52c} up"),
        ("\u{1f1ec}\u{1f1e7} flag", "\u{1f1ec}\u{1f1ea} flag"),
        ("\u{5e9}\u{5b8}\u{5dc}\u{5d5}\u{5dd}", "\u{5e9}\u{5dc}\u{5d5}\u{5dd}"),
        ("\u{1f600}\u{1f601}", "\u{1f600}\u{1f602}"),
    ];
    for (old, new) in cases {
        let (old, new) = (with_body(&paragraph(old)), with_body(&paragraph(new)));
        right(&old, &new);
        let redline = Package::open(&engine::redline(&old, &new).unwrap().docx).unwrap();
        let begins_inside = |text: &str| {
            text.starts_with(|c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{5b0}'..='\u{5c7}' | '\u{200d}'))
        };
        for node in redline.trees[PART].all() {
            assert!(!begins_inside(&node.own_text()), "{:?}", node.own_text());
        }
    }
}

#[test]
fn a_single_direction_mark_or_odd_space_is_a_change() {
    for (old, new) in [("a b", "a\u{a0}b"), ("ab", "a\u{200f}b"), ("a b", "a  b"), ("one ", "one")] {
        let (old, new) = (with_body(&paragraph(old)), with_body(&paragraph(new)));
        right(&old, &new);
        assert!(engine::redline(&old, &new).unwrap().changes > 0);
    }
}

#[test]
fn a_document_against_itself_is_itself_byte_for_byte() {
    let sound = sound();
    let redlined = engine::redline(&sound, &sound).unwrap();
    assert_eq!((redlined.docx == sound, redlined.changes), (true, 0));
}

#[test]
fn nothing_against_nothing_is_nothing() {
    let empty = package(&Document::default().made_sound(), Noise::None);
    assert_eq!(engine::redline(&empty, &empty).unwrap().changes, 0);
    right(&with_body("<w:p/>"), &with_body(&paragraph("x")));
    right(&with_body(&paragraph("x")), &with_body("<w:p/>"));
    let bare = with_body("");
    assert!(engine::redline(&bare, &with_body(&paragraph("x"))).is_ok());
    assert!(engine::redline(&with_body(&paragraph("x")), &bare).is_ok());
}

/// What an unknown program wrote is carried through, not understood.
#[test]
fn unknown_elements_are_carried_through() {
    let odd = |text: &str| {
        format!(
            "<x:odd xmlns:x=\"urn:odd\" x:a=\"1\"><x:in>kept</x:in></x:odd>{}<w:p><x:inline xmlns:x=\"urn:odd\"/><w:r><x:run xmlns:x=\"urn:odd\"/><w:t>{text}</w:t></w:r></w:p>",
            paragraph("same")
        )
    };
    let redlined = engine::redline(&with_body(&odd("one two")), &with_body(&odd("one three"))).unwrap();
    let text = text_of(&redlined.docx, PART);
    for kept in ["<x:in>kept</x:in>", "<x:inline", "<x:run"] {
        assert!(text.contains(kept), "{kept} is lost");
    }
}

#[test]
fn the_redline_of_a_redline_follows_what_is_asked_for() {
    let mut random = Random::new(8);
    let old = document(&mut random, Kind::Plain);
    let new = edits::edited(&old, edits::ALL, 5, &mut random);
    let (old, new) = (package(&old, Noise::None), package(&new, Noise::None));
    let redline = engine::redline(&old, &new).unwrap().docx;
    let sentence = engine::redline(&redline, &new).map(|_| ()).unwrap_err();
    assert!(sentence.contains(engine::AUTHOR), "{sentence}");
    assert_eq!(engine::redline_accepting(&redline, &new).unwrap().changes, 0);
    assert_eq!(engine::redline_rejecting(&redline, &old).unwrap().changes, 0);
}
