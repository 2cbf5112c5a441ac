//! Paragraphs and tables in order, each with what it is by its style.

use super::Tracked;
use super::assemble::{Assembly, Part, Piece};
use super::marks::{change_of, style_of};
use super::numbering::{self, Place};
use super::runs::{Line, chosen};
use super::story::Reader;
use super::table::CellBlocks;
use crate::document::ooxml::{Space, XmlNode, attribute, child, elements};
use crate::document::revision::Revision;
use crate::document::table::Align;
use crate::document::tree::{Block, Level, ParagraphStyle};

/// What a paragraph is beside its words.
#[derive(Debug)]
struct Properties {
    part: Part,
    place: Option<Place>,
    indent: Option<u32>,
    align: Align,
    breaks_page: bool,
    revisions: Vec<Revision>,
    ends: Ends,
}

/// Whether a paragraph parts from the next in the document that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Here,
    WithNext,
}

impl Reader<'_> {
    /// Reads the blocks that an element holds.
    pub(super) fn blocks(&mut self, node: XmlNode<'_>) -> Vec<Block> {
        self.assembly(node).finish()
    }

    /// Reads what a cell holds.
    pub(super) fn cell_blocks(&mut self, node: XmlNode<'_>) -> CellBlocks {
        let assembly = self.assembly(node);
        let (align, is_head) = (assembly.align(), assembly.is_head());
        CellBlocks { blocks: assembly.finish(), align, is_head }
    }

    /// A link around a box with text is none of its text; a change around it is.
    fn assembly(&mut self, node: XmlNode<'_>) -> Assembly {
        let mut assembly = Assembly::default();
        let around = self.link.take();
        self.read_into(node, &mut assembly);
        self.link = around;
        assembly
    }

    fn read_into(&mut self, node: XmlNode<'_>, assembly: &mut Assembly) {
        for inner in elements(node) {
            match (inner.space(), inner.name()) {
                (Space::Word, "p") => self.paragraph(inner, assembly),
                (Space::Word, "tbl") => {
                    if let Some(table) = self.table(inner) {
                        assembly.table(table, table_indent(inner));
                    }
                }
                (Space::Word, "sdt" | "sdtContent" | "customXml" | "smartTag") => self.read_into(inner, assembly),
                (Space::Word, _) if change_of(inner).is_some_and(|change| self.tracked.reads(change)) => {
                    self.read_into(inner, assembly);
                }
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(chosen) = chosen(inner) {
                        self.read_into(chosen, assembly);
                    }
                }
                (Space::Word, _) => self.marks.range(inner),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: XmlNode<'_>, assembly: &mut Assembly) {
        let properties = self.properties(node);
        let mut line = Line::default();
        self.inline(node, &mut line);
        assembly.go_on(&mut line);
        if properties.ends == Ends::WithNext {
            assembly.leave_unended(line, properties.part, properties.align);
            return;
        }
        if properties.breaks_page || line.breaks.before {
            assembly.page_break();
        }
        let Properties { part, place, indent, align, revisions, .. } = properties;
        assembly.paragraph(Piece { part, place, indent, align, text: line.text, revisions });
        assembly.blocks(line.boxes);
        if line.breaks.after {
            assembly.page_break();
        }
    }

    fn properties(&mut self, node: XmlNode<'_>) -> Properties {
        let Some(written) = child(node, "pPr") else { return self.properties_of(None, Ends::Here) };
        let mut revisions = Vec::new();
        let mut ends = Ends::Here;
        if self.tracked == Tracked::Show {
            let styles = &self.styles;
            revisions.extend(self.marks.formatted_paragraph(written, |id| styles.name(id)));
        }
        let changes = child(written, "rPr").into_iter().flat_map(elements);
        for (change, mark) in changes.filter_map(|mark| Some((change_of(mark)?, mark))) {
            if self.tracked == Tracked::Show {
                revisions.push(self.marks.mark(mark, change));
            } else if !self.tracked.reads(change) {
                ends = Ends::WithNext;
            }
        }
        let current = self.current(written, "pPrChange", "pPr");
        Properties { revisions, ..self.properties_of(Some(current), ends) }
    }

    fn properties_of(&mut self, properties: Option<XmlNode<'_>>, ends: Ends) -> Properties {
        let style = properties.and_then(|properties| style_of(properties, "pStyle"));
        // What goes on in the next paragraph is no item of a list by itself, and is not counted.
        let place = if ends == Ends::Here { self.place(properties, style) } else { None };
        let has = |name| properties.and_then(|properties| child(properties, name));
        Properties {
            part: self.part_played(properties, style, place.as_ref()),
            indent: properties.and_then(numbering::indent),
            place,
            align: has("jc").and_then(|jc| attribute(jc, "val")).map(align).unwrap_or_default(),
            breaks_page: has("pageBreakBefore").is_some_and(super::styles::is_on),
            revisions: Vec::new(),
            ends,
        }
    }

    /// Where a paragraph stands in a list, by its own properties or by its style.
    fn place(&mut self, properties: Option<XmlNode<'_>>, style: Option<&str>) -> Option<Place> {
        let own = properties.and_then(|properties| child(properties, "numPr"));
        let value = |name| own.and_then(|own| child(own, name)).and_then(|found| attribute(found, "val"));
        let (of_style, level_of_style) = self.styles.list(style);
        let list = value("numId").or(of_style).filter(|list| *list != "0")?;
        let level = value("ilvl").and_then(|level| level.parse().ok()).or(level_of_style).unwrap_or_default();
        self.numbering.count(list, level)
    }

    fn part_played(&self, properties: Option<XmlNode<'_>>, style: Option<&str>, place: Option<&Place>) -> Part {
        let own = properties.and_then(|properties| child(properties, "outlineLvl"));
        let own = own.and_then(|level| attribute(level, "val")?.parse::<u8>().ok());
        let outline = own.or_else(|| self.styles.outline(style)).filter(|level| *level < 9);
        let name = self.styles.name(style);
        match name {
            "title" => Part::Paragraph(ParagraphStyle::Title),
            "subtitle" => Part::Paragraph(ParagraphStyle::Subtitle),
            "caption" => Part::Paragraph(ParagraphStyle::Caption),
            "note" => Part::Paragraph(ParagraphStyle::Note),
            "numbered paragraph" if place.is_some() => Part::Paragraph(ParagraphStyle::Numbered),
            "toc heading" | "contents heading" => Part::Contents,
            "table head" => Part::HeadOfTable,
            _ if name.strip_prefix("toc ").is_some_and(|rest| rest.parse::<u8>().is_ok()) => Part::Contents,
            _ if outline.is_some() => Part::Heading(level(outline.unwrap_or_default())),
            _ if self.styles.is_named(style, "quote") || self.styles.is_named(style, "intense quote") => {
                Part::Paragraph(ParagraphStyle::Quote)
            }
            _ => Part::Paragraph(ParagraphStyle::Body),
        }
    }
}

fn level(outline: u8) -> Level {
    match outline {
        0 => Level::One,
        1 => Level::Two,
        2 => Level::Three,
        _ => Level::Four,
    }
}

fn align(value: &str) -> Align {
    match value {
        "center" => Align::Centre,
        "right" | "end" => Align::End,
        _ => Align::Start,
    }
}

fn table_indent(node: XmlNode<'_>) -> Option<u32> {
    attribute(child(child(node, "tblPr")?, "tblInd")?, "w")?.parse().ok()
}
