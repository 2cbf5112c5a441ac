//! The lists of a file: what they are marked with, and where each begins afresh.

use crate::document::markup::Markup;
use crate::document::tree::{List, ListKind};

/// The deepest level a list has, counted from nought.
const DEEPEST: u8 = 8;

/// How far each level of a list is set in, in twentieths of a point.
const STEP: u32 = 397;

/// A list that the paragraphs of a file can belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListNumber(u32);

impl ListNumber {
    /// The numbers of headings.
    pub(super) const HEADINGS: Self = Self(1);
    /// The numbers of paragraphs that run through the document.
    pub(super) const PARAGRAPHS: Self = Self(2);
    /// Every list with bullets: they have nothing to count.
    const BULLETS: Self = Self(3);

    /// The number by which paragraphs refer to the list.
    pub(super) fn get(self) -> u32 {
        self.0
    }
}

/// The lists met so far that begin afresh.
#[derive(Debug, Default)]
pub(super) struct Lists {
    begun: Vec<Begun>,
}

/// A list that begins afresh: how it is marked, the level it stands at, and the number of its first item.
#[derive(Debug, Clone, Copy)]
struct Begun {
    kind: ListKind,
    level: u8,
    start: u32,
}

/// Where a paragraph of a list is set in, counted from nought.
pub(super) fn level(depth: usize) -> u8 {
    u8::try_from(depth).unwrap_or(DEEPEST).min(DEEPEST)
}

/// How far the text of a list at this level is set in, in twentieths of a point.
pub(super) fn indent(level: u8) -> u32 {
    STEP * (u32::from(level) + 2)
}

impl Lists {
    /// Starts a list at a level.
    pub(super) fn start(&mut self, list: &List, level: u8) -> ListNumber {
        if list.kind == ListKind::Bullets {
            return ListNumber::BULLETS;
        }
        self.begun.push(Begun { kind: list.kind, level, start: list.start.max(1) });
        let count = u32::try_from(self.begun.len()).unwrap_or(u32::MAX);
        ListNumber(ListNumber::BULLETS.0.saturating_add(count))
    }

    /// The numbering part of the file.
    pub(super) fn finish(&self) -> String {
        let mut xml = Markup::default();
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
            .raw("<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">");
        headings(&mut xml);
        paragraphs(&mut xml);
        list(&mut xml, 2, ListKind::Bullets);
        list(&mut xml, 3, ListKind::Numbers);
        list(&mut xml, 4, ListKind::Letters);
        if self.begun.iter().any(|begun| begun.kind == ListKind::Romans) {
            list(&mut xml, 5, ListKind::Romans);
        }
        for (number, abstracted) in [(1_u32, 0_u32), (2, 1), (3, 2)] {
            xml.raw("<w:num w:numId=\"").number(number).raw("\"><w:abstractNumId w:val=\"").number(abstracted);
            xml.raw("\"/></w:num>");
        }
        for (begun, number) in self.begun.iter().zip(4_u32..) {
            begun.write(&mut xml, number);
        }
        xml.raw("</w:numbering>");
        xml.finish()
    }
}

impl Begun {
    fn write(self, xml: &mut Markup, number: u32) {
        let abstracted: u32 = match self.kind {
            ListKind::Bullets => 2,
            ListKind::Numbers => 3,
            ListKind::Letters => 4,
            ListKind::Romans => 5,
        };
        xml.raw("<w:num w:numId=\"").number(number).raw("\"><w:abstractNumId w:val=\"").number(abstracted);
        xml.raw("\"/><w:lvlOverride w:ilvl=\"").number(self.level);
        xml.raw("\"><w:startOverride w:val=\"").number(self.start).raw("\"/></w:lvlOverride></w:num>");
    }
}

fn headings(xml: &mut Markup) {
    begin(xml, 0);
    for (level, text) in (0_u8..).zip(["%1", "%1.%2", "%1.%2.%3", "%1.%2.%3.%4"]) {
        let width = 567 + 113 * u32::from(level.saturating_sub(1));
        write_level(xml, level, "decimal", text, Place { left: width, hanging: width });
    }
    xml.raw("</w:abstractNum>");
}

fn paragraphs(xml: &mut Markup) {
    begin(xml, 1);
    write_level(xml, 0, "decimal", "%1.", Place { left: 567, hanging: 567 });
    xml.raw("</w:abstractNum>");
}

fn list(xml: &mut Markup, number: u32, kind: ListKind) {
    const NUMBERS: [&str; 9] = ["%1.", "%2.", "%3.", "%4.", "%5.", "%6.", "%7.", "%8.", "%9."];
    begin(xml, number);
    for (level, count) in (0..=DEEPEST).zip(NUMBERS) {
        let (format, text) = match kind {
            ListKind::Bullets => ("bullet", if level % 2 == 0 { "•" } else { "–" }),
            ListKind::Numbers => ("decimal", count),
            ListKind::Letters => ("lowerLetter", count),
            ListKind::Romans => ("lowerRoman", count),
        };
        write_level(xml, level, format, text, Place { left: indent(level), hanging: STEP });
    }
    xml.raw("</w:abstractNum>");
}

fn begin(xml: &mut Markup, number: u32) {
    xml.raw("<w:abstractNum w:abstractNumId=\"").number(number);
    xml.raw("\"><w:multiLevelType w:val=\"multilevel\"/>");
}

/// Where the text of a level stands and how far its mark hangs before it, in twentieths of a point.
#[derive(Debug, Clone, Copy)]
struct Place {
    left: u32,
    hanging: u32,
}

fn write_level(xml: &mut Markup, level: u8, format: &str, text: &str, place: Place) {
    xml.raw("<w:lvl w:ilvl=\"").number(level).raw("\"><w:start w:val=\"1\"/><w:numFmt w:val=\"").text(format);
    xml.raw("\"/><w:lvlText w:val=\"").text(text).raw("\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"");
    xml.number(place.left).raw("\" w:hanging=\"").number(place.hanging).raw("\"/></w:pPr></w:lvl>");
}
