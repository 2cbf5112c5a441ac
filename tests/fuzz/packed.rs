//! Parts of a text document put into a sound package, so that damage is done to what they say and not to the zip.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14""#;

/// The parts beside the body, in the order they are given: kind and root. The head of pages is `rId5`.
const BESIDE: [(&str, &str); 5] = [
    ("styles", "styles"),
    ("numbering", "numbering"),
    ("footnotes", "footnotes"),
    ("endnotes", "endnotes"),
    ("header", "hdr"),
];

/// A package of what stands in its body, its styles, lists, foot notes, end notes and the head of its pages; parts that
/// are not given are left out.
pub fn packed<'a>(parts: &mut dyn Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let body = parts.next().unwrap_or_default();
    let mut files = vec![("document".to_owned(), rooted("document", &[b"<w:body>", body, b"</w:body>"].concat()))];
    let (mut kinds, mut arrows) = (kind("document", "document.main"), String::new());
    for (number, ((name, root), inside)) in BESIDE.iter().zip(parts).enumerate() {
        files.push(((*name).to_owned(), rooted(root, inside)));
        kinds += &kind(name, name);
        arrows += &arrow(number + 1, name, &format!("{name}.xml"));
    }
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let types = format!(
        r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>"#
    );
    add(&mut writer, "[Content_Types].xml", types.as_bytes());
    add(&mut writer, "_rels/.rels", relations(&arrow(1, "officeDocument", "word/document.xml")).as_bytes());
    add(&mut writer, "word/_rels/document.xml.rels", relations(&arrows).as_bytes());
    for (name, bytes) in files {
        add(&mut writer, &format!("word/{name}.xml"), &bytes);
    }
    writer.finish().expect("a package ends").into_inner()
}

fn rooted(root: &str, inside: &[u8]) -> Vec<u8> {
    [format!("<w:{root} {SPACES}>").as_bytes(), inside, format!("</w:{root}>").as_bytes()].concat()
}

fn kind(name: &str, kind: &str) -> String {
    format!(r#"<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{kind}+xml"/>"#)
}

fn arrow(number: usize, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

fn relations(arrows: &str) -> String {
    format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{arrows}</Relationships>"#)
}

fn add(writer: &mut zip::ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file(name, stored).expect("a part begins");
    writer.write_all(bytes).expect("a part is written");
}
