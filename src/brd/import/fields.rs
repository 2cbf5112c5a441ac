//! The small things: words on one line, dates, how much a requirement is needed, and that an item is no longer in use.

use std::str::FromStr;

use chrono::NaiveDate;

use crate::brd::ids::{ComponentId, RequirementId};
use crate::brd::lines::{BrdText, Line};
use crate::brd::model::{Moscow, Retirement};
use crate::brd::shape::{BECAUSE, DATE_FORMAT, REPLACED_BY, RETIRED};
use crate::document::{Block, Text};

/// The words of blocks on one line.
pub(super) fn plain(blocks: &[Block]) -> String {
    let words = blocks.iter().map(|block| match block {
        Block::Heading(heading) => flat(&heading.text),
        Block::Paragraph(paragraph) => flat(&paragraph.text),
        Block::List(list) => list.items.iter().map(|item| plain(&item.blocks)).collect::<Vec<_>>().join(" "),
        Block::Table(table) => {
            let cells = table.header.iter().chain(&table.rows).flat_map(|row| &row.cells);
            cells.map(|cell| plain(&cell.blocks)).collect::<Vec<_>>().join(" ")
        }
        Block::Contents | Block::PageBreak => String::new(),
    });
    Line::new(words.collect::<Vec<_>>().join(" ")).to_string()
}

/// The words of a text on one line.
pub(super) fn flat(text: &Text) -> String {
    Line::new(text.to_plain()).to_string()
}

/// How much a requirement is needed, in words or as a letter.
pub(super) fn moscow(text: &str) -> Option<Moscow> {
    let word = text.replace('’', "'").to_lowercase();
    match word.trim_end_matches('.') {
        "must" | "must have" | "m" => Some(Moscow::Must),
        "should" | "should have" | "s" => Some(Moscow::Should),
        "could" | "could have" | "c" => Some(Moscow::Could),
        "won't" | "wont" | "will not" | "won't have" | "w" => Some(Moscow::Wont),
        _ => None,
    }
}

/// A date as documents print it.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    [DATE_FORMAT, "%d %b %Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(text.trim(), format).ok())
}

/// The ids of components in a text, and whatever else it says.
pub(super) fn component_ids(text: &str) -> (Vec<ComponentId>, Vec<String>) {
    let words = text.split([' ', ',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty());
    let mut found = (Vec::new(), Vec::new());
    for word in words {
        match ComponentId::parse(word) {
            Ok(id) => found.0.push(id),
            Err(_) => found.1.push(word.to_owned()),
        }
    }
    if found.1.iter().all(|word| matches!(word.as_str(), "and" | "&")) {
        found.1.clear();
    }
    found
}

/// What an item says, and that it is no longer in use where its first line says so.
pub(super) fn says<Id: FromStr>(blocks: &[Block]) -> (BrdText, Option<Retirement<Id>>) {
    let first = match blocks.first() {
        Some(Block::Paragraph(paragraph)) => retirement(&flat(&paragraph.text)),
        _ => None,
    };
    let skipped = usize::from(first.is_some());
    (BrdText::from_blocks(blocks.get(skipped..).unwrap_or_default()), first)
}

/// What the line over an item no longer in use says.
pub(super) fn retirement<Id: FromStr>(line: &str) -> Option<Retirement<Id>> {
    let (start, rest) = line.split_at_checked(RETIRED.len())?;
    if !start.eq_ignore_ascii_case(RETIRED) {
        return None;
    }
    let (successor, reason) = match rest.strip_prefix(REPLACED_BY) {
        Some(rest) => {
            let (id, reason) = rest.split_once(BECAUSE).unwrap_or((rest, ""));
            (Some(Id::from_str(id.trim_end_matches('.')).ok()?), reason)
        }
        None if matches!(rest, "" | ".") => (None, ""),
        None => (None, rest.strip_prefix(BECAUSE)?),
    };
    Some(Retirement { into: successor, reason: Line::new(reason) })
}

/// The first id of a requirement in a heading, and the heading without it.
pub(super) fn requirement_in(heading: &str) -> Option<(RequirementId, Line)> {
    in_heading(heading, |word| RequirementId::parse(word).ok())
}

/// The first id of a component in a heading, and the heading without it.
pub(super) fn component_in(heading: &str) -> Option<(ComponentId, Line)> {
    in_heading(heading, |word| ComponentId::parse(word).ok())
}

fn in_heading<Id>(heading: &str, parse: impl Fn(&str) -> Option<Id>) -> Option<(Id, Line)> {
    let edges = ['(', ')', '[', ']', ':', '.', ',', '–', '—'];
    let words: Vec<&str> = heading.split(' ').collect();
    let at = words.iter().position(|word| parse(word.trim_matches(edges)).is_some())?;
    let id = parse(words.get(at)?.trim_matches(edges))?;
    let rest = words.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, word)| *word);
    let rest = rest.collect::<Vec<_>>().join(" ");
    Some((id, Line::new(rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':')))))
}
