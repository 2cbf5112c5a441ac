//! Files that are no packages, or packages that are not as they should be.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use super::super::engine;
use super::super::package::zip_of;
use super::{Kind, Noise, Random, changed, refusal, refused, right, sound, text_of, with_entry, with_more};

#[test]
fn what_is_no_zip_is_refused_with_the_way_out() {
    for bytes in [&b""[..], b"PK", b"Requirements\n", b"%PDF-1.7", &[0; 4096]] {
        refused(bytes, &[".docx"]);
    }
}

#[test]
fn a_file_cut_short_is_refused() {
    let sound = sound();
    for part in [1, 2, 3, 10, 99] {
        refused(&sound[..sound.len() * part / 100], &[".docx"]);
    }
}

#[test]
fn an_encrypted_or_old_file_is_told_from_a_broken_one() {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(2048, 0);
    refused(&bytes, &["password"]);
}

#[test]
fn a_part_that_unpacks_to_very_much_is_refused_before_it_is_unpacked() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/media/image1.png", SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..40 {
        writer.write_all(&zeros).unwrap();
    }
    let bomb = writer.finish().unwrap().into_inner();
    assert!(bomb.len() < 100_000, "the bomb itself is small");
    refused(&bomb, &["word/media/image1.png", "larger"]);
}

/// The size that the directory of the zip gives is a claim: what unpacks to more is refused all the same.
#[test]
fn a_part_that_lies_about_its_size_is_refused() {
    let text = text_of(&sound(), "word/document.xml");
    let mut bomb = with_entry(&sound(), "word/document.xml", (text.clone() + &" ".repeat(1 << 20)).as_bytes());
    let size = u32::try_from(text.len() + (1 << 20)).unwrap().to_le_bytes();
    let lie = u32::try_from(text.len()).unwrap().to_le_bytes();
    for at in 0..bomb.len() - 4 {
        if bomb[at..at + 4] == size {
            bomb[at..at + 4].copy_from_slice(&lie);
        }
    }
    refused(&bomb, &["word/document.xml"]);
}

#[test]
fn a_file_of_very_many_parts_is_refused() {
    let names: Vec<String> = (0..20_500).map(|number| format!("word/part{number}")).collect();
    refused(&zip_of(names.iter().map(|name| (name.as_str(), &b""[..]))), &["parts", "larger"]);
}

#[test]
fn names_that_lead_out_of_the_file_are_refused() {
    for name in ["../evil.xml", "word/../../evil", "/etc/passwd", "C:\\evil", "word\\media\\x"] {
        refused(&with_more(&sound(), name, b"x"), &["name", "save it again"]);
    }
}

#[test]
fn one_name_for_two_parts_is_refused() {
    refused(&with_more(&sound(), "Word/Document.xml", b"x"), &["twice"]);
}

#[test]
fn a_missing_part_is_named() {
    let without = |missing: &str| changed(&sound(), &|name, own| (name != missing).then(|| own.to_vec()));
    refused(&without("word/document.xml"), &["word/document.xml", "missing"]);
    refused(&without("[Content_Types].xml"), &[".docx"]);
    refused(&without("_rels/.rels"), &["missing"]);
}

/// What the body does not need is not asked for; what it points at and is not there stays as it was.
#[test]
fn a_missing_picture_does_not_stop_the_redline() {
    let with_picture = (0..40).map(|seed| {
        let made = super::document(&mut super::Random::new(seed), super::Kind::Rich);
        super::package(&made, super::Noise::None)
    });
    let with_picture = with_picture
        .into_iter()
        .find(|bytes| super::Package::open(bytes).unwrap().names.iter().any(|name| name.contains("media")));
    let whole = with_picture.unwrap();
    let without = changed(&whole, &|name, own| (!name.contains("media")).then(|| own.to_vec()));
    let _ = engine::redline(&sound(), &without).map(|redlined| super::Package::open(&redlined.docx).unwrap());
    let _ = engine::redline(&without, &sound()).map(|redlined| super::Package::open(&redlined.docx).unwrap());
}

#[test]
fn other_office_files_are_told_what_they_are() {
    let types = text_of(&sound(), "[Content_Types].xml");
    let sheet = types.replace("wordprocessingml.document.main", "spreadsheetml.sheet.main");
    refused(&with_entry(&sound(), "[Content_Types].xml", sheet.as_bytes()), &["not a text document"]);
}

#[test]
fn macros_are_carried_and_never_run() {
    let body = |text: &str| super::with_body(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"));
    let with_macros = |package: &[u8]| {
        let types = text_of(package, "[Content_Types].xml").replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        );
        let types = types.replace(
            "<Override",
            "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/><Override",
        );
        with_more(
            &with_entry(package, "[Content_Types].xml", types.as_bytes()),
            "word/vbaProject.bin",
            b"\x00macro\xff",
        )
    };
    let (old, new) = (with_macros(&body("Old.")), with_macros(&body("New.")));
    right(&old, &new);
    let redline = super::Package::open(&engine::redline(&old, &new).unwrap().docx).unwrap();
    assert_eq!(redline.bytes["word/vbaProject.bin"], b"\x00macro\xff");
}

#[test]
fn a_part_under_a_password_is_named() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file("word/document.xml", options).unwrap();
    writer.write_all(b"secret").unwrap();
    let mut bytes = writer.finish().unwrap().into_inner();
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = bytes.windows(4).position(|window| window == signature).unwrap();
        bytes[at + flags] |= 1;
    }
    refused(&bytes, &["password", "word/document.xml"]);
}

#[test]
fn a_refusal_is_short_and_shows_no_control_characters() {
    let bad = with_more(&sound(), &format!("../{}\u{1b}[2J", "x".repeat(5_000)), b"x");
    let sentence = refusal(&bad);
    assert!(sentence.len() < 400 && !sentence.contains(char::is_control), "{sentence}");
}

/// The directory of a zip gives a checksum of each part, and a part can be written to have any: it proves nothing.
#[test]
fn a_picture_with_the_checksum_of_another_is_another_picture() {
    let documents = (0..).map(|seed| super::package(&super::document(&mut Random::new(seed), Kind::Rich), Noise::None));
    let old = documents.take(200).find(|file| in_body(file).is_some()).unwrap();
    let (name, picture) = in_body(&old).unwrap();
    let other: Vec<u8> = picture.iter().map(|byte| !byte).collect();
    let forged = with_checksum(&other[..picture.len() - 4], register(&picture));
    assert_eq!((forged.len(), register(&forged)), (picture.len(), register(&picture)));
    let new = with_entry(&old, &name, &forged);
    assert!(engine::redline(&old, &new).unwrap().changes > 0);
    assert_eq!(engine::redline(&old, &old).unwrap().changes, 0);
}

/// A picture that stands in the body of a file.
fn in_body(file: &[u8]) -> Option<(String, Vec<u8>)> {
    let package = super::Package::open(file).unwrap();
    let arrows = String::from_utf8_lossy(package.bytes.get("word/_rels/document.xml.rels")?).into_owned();
    let shown = |name: &&String| name.strip_prefix("word/").is_some_and(|name| arrows.contains(name));
    let name = package.names.iter().filter(|name| name.starts_with("word/media/")).find(shown)?;
    Some((name.clone(), package.bytes[name].clone()))
}

/// Some bytes, and four more that bring the register of the checksum to `wanted`.
fn with_checksum(bytes: &[u8], wanted: u32) -> Vec<u8> {
    let mut before = wanted;
    for _ in 0..4 {
        let last = (0..=255).find(|byte| table(*byte) >> 24 == before >> 24).unwrap();
        before = ((before ^ table(last)) << 8) | last;
    }
    [bytes, &(before ^ register(bytes)).to_le_bytes()].concat()
}

/// The register of the CRC-32 after some bytes, before its last inversion.
fn register(bytes: &[u8]) -> u32 {
    bytes.iter().fold(u32::MAX, |register, byte| table((register ^ u32::from(*byte)) & 0xff) ^ (register >> 8))
}

fn table(byte: u32) -> u32 {
    (0..8).fold(byte, |rest, _| if rest & 1 == 1 { 0xedb8_8320 ^ (rest >> 1) } else { rest >> 1 })
}
