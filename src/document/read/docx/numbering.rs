//! The lists of a file: how each level is marked, where it begins, and how far its text is set in.

use std::collections::{HashMap, HashSet};

use super::styles::Styles;
use crate::document::ooxml::{Space, Xml, XmlNode, attribute, child, elements, is};
use crate::document::tree::ListKind;

/// The deepest level of a list, from nought.
const DEEPEST: u8 = 8;

/// The lists of a file, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: HashMap<String, Vec<(u8, Level)>>,
    links: HashMap<String, String>,
    lists: HashMap<String, Counted>,
    counts: HashMap<(String, u8), u32>,
    begun: HashSet<(String, u8)>,
}

/// A list that paragraphs refer to.
#[derive(Debug, Default)]
struct Counted {
    kind: String,
    starts: Vec<(u8, u32)>,
    levels: Vec<(u8, Level)>,
}

/// A level of a list.
#[derive(Debug, Clone, Copy)]
struct Level {
    kind: ListKind,
    start: u32,
    indent: Option<u32>,
}

/// Where a paragraph stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The list, by its number in the file; lists with bullets go by their kind, since they have nothing to count.
    pub(super) list: String,
    /// The level in it, from nought.
    pub(super) level: u8,
    /// How its items are marked.
    pub(super) kind: ListKind,
    /// The number of the item.
    pub(super) number: u32,
    /// How far the text of the level is set in, in twentieths of a point.
    pub(super) indent: Option<u32>,
}

impl Numbering {
    /// Reads the lists of a file.
    pub(super) fn read(xml: &Xml<'_>, styles: &Styles) -> Self {
        let mut numbering = Self::default();
        for node in elements(xml.root()) {
            if is(node, Space::Word, "abstractNum") {
                numbering.read_kind(node, styles);
            } else if is(node, Space::Word, "num") {
                numbering.read_list(node);
            }
        }
        numbering
    }

    fn read_kind(&mut self, node: XmlNode<'_>, styles: &Styles) {
        let Some(id) = attribute(node, "abstractNumId") else { return };
        self.kinds.insert(id.to_owned(), levels(node));
        let link = child(node, "numStyleLink").and_then(|link| attribute(link, "val"));
        if let Some(list) = link.and_then(|style| styles.list(Some(style)).0) {
            self.links.insert(id.to_owned(), list.to_owned());
        }
    }

    fn read_list(&mut self, node: XmlNode<'_>) {
        let kind = child(node, "abstractNumId").and_then(|kind| attribute(kind, "val"));
        let (Some(id), Some(kind)) = (attribute(node, "numId"), kind) else { return };
        let overrides: Vec<_> = elements(node).filter(|inner| is(*inner, Space::Word, "lvlOverride")).collect();
        let start = |over: &XmlNode<'_>| {
            let start = attribute(child(*over, "startOverride")?, "val")?;
            Some((level_of(*over)?, start.parse().ok()?))
        };
        let starts = overrides.iter().filter_map(start).collect();
        let levels = overrides.iter().copied().flat_map(levels).collect();
        self.lists.insert(id.to_owned(), Counted { kind: kind.to_owned(), starts, levels });
    }

    /// The level of a list, if there is such a list.
    fn level(&self, list: &str, level: u8) -> Option<Level> {
        let of = |levels: &[(u8, Level)]| levels.iter().find(|(number, _)| *number == level).map(|(_, level)| *level);
        let counted = self.lists.get(list)?;
        of(&counted.levels).or_else(|| of(self.kinds.get(&counted.kind)?)).or_else(|| {
            let linked = self.lists.get(self.links.get(&counted.kind)?)?;
            of(self.kinds.get(&linked.kind)?)
        })
    }

    /// Counts a paragraph of a list, and says where it stands; nothing for a list that is none.
    pub(super) fn count(&mut self, list: &str, level: u8) -> Option<Place> {
        let depth = level.min(DEEPEST);
        let level = self.level(list, depth)?;
        let counted = self.lists.get(list)?;
        let kind = counted.kind.clone();
        let restart = counted.starts.iter().find(|(number, _)| *number == depth).map(|(_, start)| *start);
        let restart = restart.filter(|_| self.begun.insert((list.to_owned(), depth)));
        let before = self.counts.get(&(kind.clone(), depth)).copied();
        let number = restart.or(before.map(|before| before.saturating_add(1))).unwrap_or(level.start);
        self.counts.insert((kind.clone(), depth), number);
        for below in depth + 1..=DEEPEST {
            self.counts.remove(&(kind.clone(), below));
        }
        let list = if level.kind == ListKind::Bullets { format!("bullets {kind}") } else { list.to_owned() };
        Some(Place { list, level: depth, kind: level.kind, number: number.max(1), indent: level.indent })
    }
}

fn level_of(node: XmlNode<'_>) -> Option<u8> {
    attribute(node, "ilvl")?.parse().ok()
}

fn levels(node: XmlNode<'_>) -> Vec<(u8, Level)> {
    let levels = elements(node).filter(|inner| is(*inner, Space::Word, "lvl"));
    levels.filter_map(|level| Some((level_of(level)?, Level::read(level)))).collect()
}

impl Level {
    fn read(node: XmlNode<'_>) -> Self {
        let value = |name| child(node, name).and_then(|found| attribute(found, "val"));
        let kind = match value("numFmt").unwrap_or("decimal") {
            "bullet" | "none" => ListKind::Bullets,
            "lowerLetter" | "upperLetter" => ListKind::Letters,
            "lowerRoman" | "upperRoman" => ListKind::Romans,
            _ => ListKind::Numbers,
        };
        let indent = child(node, "pPr").and_then(|properties| indent(properties));
        Self { kind, start: value("start").and_then(|start| start.parse().ok()).unwrap_or(1), indent }
    }
}

/// How far the properties of a paragraph set its text in, in twentieths of a point.
pub(super) fn indent(properties: XmlNode<'_>) -> Option<u32> {
    let indent = child(properties, "ind")?;
    attribute(indent, "left").or_else(|| attribute(indent, "start"))?.parse().ok()
}
