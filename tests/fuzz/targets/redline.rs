//! Two bodies, a zero byte between them, each put into a sound package: an answer or a refusal, and what is written
//! can be read again.
#![no_main]

use std::io::{Cursor, Write};

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use quorate::document::{Tracked, read_docx};
use quorate::redline::docx::{Existing, Options, redline};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const ARROWS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const ROOT: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"><w:body>"#;

fn package(body: &[u8]) -> Vec<u8> {
    let main = [ROOT.as_bytes(), body, b"</w:body></w:document>"].concat();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts = [("[Content_Types].xml", TYPES.as_bytes()), ("_rels/.rels", ARROWS.as_bytes()), ("word/document.xml", &main)];
    for (name, bytes) in parts {
        writer.start_file(name, stored).expect("a part begins");
        writer.write_all(bytes).expect("a part is written");
    }
    writer.finish().expect("a package ends").into_inner()
}

fuzz_target!(|bytes: &[u8]| {
    let cut = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (old, new) = (package(&bytes[..cut]), package(bytes.get(cut + 1..).unwrap_or_default()));
    let existing = [Existing::Accept, Existing::Reject, Existing::Refuse][bytes.len() % 3];
    let options =
        Options { author: "Fuzz".to_owned(), date: DateTime::UNIX_EPOCH, existing, attribution: Vec::new() };
    if let Ok(redline) = redline(&old, &new, &options) {
        read_docx(&redline.docx, Tracked::Show).expect("what is written can be read");
    }
});
