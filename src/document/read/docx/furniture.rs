//! What stands around the text: the heads and feet of pages, and what the file is filed under.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};

use super::Margin;
use super::story::Reader;
use crate::document::ooxml::{Package, ReadError, Relationship, Source, Target, elements};
use crate::document::tree::{Block, Properties};

/// What a file is filed under.
#[derive(Debug)]
pub(super) struct Filed {
    pub(super) title: String,
    pub(super) properties: Properties,
}

/// Reads what a file is filed under, as far as it says so.
pub(super) fn properties(package: &Package<'_>) -> Filed {
    let roots = package.relationships("").unwrap_or_default();
    let part = roots.part_of_kind("core-properties").and_then(|part| Source::read(package, part).ok());
    let xml = part.as_ref().and_then(|part| part.xml().ok());
    let value = |name: &str| {
        let root = xml.as_ref().map(crate::document::ooxml::Xml::root)?;
        let text = elements(root).find(|node| node.name() == name)?.text()?.trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    let date = |name: &str| {
        let text = value(name)?;
        let instant = DateTime::parse_from_rfc3339(&text).map(|at| at.date_naive());
        instant.ok().or_else(|| text.get(..10)?.parse::<NaiveDate>().ok())
    };
    Filed {
        title: value("title").unwrap_or_default(),
        properties: Properties {
            reference: value("identifier").unwrap_or_default(),
            classification: value("category").unwrap_or_default(),
            date: date("modified").or_else(|| date("created")).unwrap_or_default(),
            author: value("creator").unwrap_or_default(),
        },
    }
}

/// Reads the heads and feet of pages, each part once.
pub(super) fn margins(reader: &mut Reader<'_>) -> Result<Vec<Margin>, ReadError> {
    let relationships = std::mem::take(&mut reader.relationships);
    let mut seen = BTreeSet::new();
    let mut margins = Vec::new();
    for (kind, name) in [("header", "Header"), ("footer", "Footer")] {
        for relationship in relationships.of_kind(kind) {
            let Relationship { target: Target::Part(part), .. } = relationship else { continue };
            if !reader.package.contains(part) || !seen.insert(part.clone()) {
                continue;
            }
            let blocks = reader.part(part, Reader::blocks)?;
            margins.push(Margin { name: name.to_owned(), blocks });
        }
    }
    Ok(margins)
}

/// What the head of a page says beside what the document is filed under.
pub(super) fn head_of(margins: &[Margin], properties: &Properties) -> String {
    let filed = |part: &str| {
        part == properties.reference || part.strip_prefix("Classification: ") == Some(&properties.classification)
    };
    words_of(margins, "Header", filed)
}

/// What the foot of a page says beside the author and the number of the page.
pub(super) fn foot_of(margins: &[Margin], properties: &Properties) -> String {
    let filed = |part: &str| part == properties.author || is_page_number(part);
    words_of(margins, "Footer", filed)
}

/// `Page 1 of 3`, `Page 1`, or a number alone.
fn is_page_number(part: &str) -> bool {
    let words = part.trim_start_matches("Page").split_whitespace();
    words.into_iter().all(|word| word == "of" || word.parse::<u32>().is_ok())
}

fn words_of(margins: &[Margin], name: &str, filed: impl Fn(&str) -> bool) -> String {
    let margin = margins.iter().find(|margin| margin.name == name && !margin.blocks.is_empty());
    let blocks = margin.map(|margin| margin.blocks.as_slice()).unwrap_or_default();
    let lines = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(super::title::newer(&paragraph.text)),
        _ => None,
    });
    let lines: Vec<String> = lines.collect();
    let parts = lines.iter().flat_map(|line| line.split('\t')).map(str::trim);
    parts.filter(|part| !part.is_empty() && !filed(part)).collect::<Vec<_>>().join(" ")
}
