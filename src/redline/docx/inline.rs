//! Reading what stands inside a paragraph.

use std::ops::Range;

use super::fields::{Fields, field_char};
use super::hash::{Hash, of_numbers, of_text};
use super::lens::{NoteKind, is_noise};
use super::read::Reader;
use super::story::{HOLDER, Heading, Linked, Paragraph, Part, PartKind, Run};
use crate::document::ooxml::{Space, XmlNode, attribute, child, elements};
use crate::redline::diff::{Class, Token, pieces};
use crate::redline::identity::Identity;

impl<'x> Reader<'x, '_> {
    /// Reads a paragraph; gives its place.
    pub(super) fn paragraph(&mut self, node: XmlNode<'x>) -> usize {
        let (at, tokens, words) = (self.story.text.len(), self.story.tokens.len(), self.story.words.len());
        let (first_run, first_part) = (self.story.runs.len(), self.story.parts.len());
        self.uncut = at;
        let mut scan = Scan::default();
        self.inline(node, &mut scan);
        self.cut();
        let properties = child(node, "pPr");
        let section = properties.and_then(|found| child(found, "sectPr"));
        self.mark(node, section);
        let format =
            properties.map_or(0, |found| self.lens.properties(elements(found).filter(|one| !is_of_mark(*one))));
        let mark_format = properties.and_then(|found| child(found, "rPr"));
        let mark_format = mark_format.map_or(0, |found| self.lens.properties(elements(found)));
        let section_format =
            section.map_or(0, |found| self.lens.properties(elements(found).filter(|one| !is_story(*one))));
        let range = at..self.story.text.len();
        let notes = self.story.parts.get(first_part..).unwrap_or_default().iter().any(|part| is_note(part));
        let content = [format, mark_format, section_format, scan.boxes, self.said(tokens), self.looks(first_run)];
        let paragraph = Paragraph {
            node,
            properties,
            format,
            mark_format,
            section,
            tokens: tokens..self.story.tokens.len(),
            words: words..self.story.words.len(),
            content: of_numbers(&content),
            heading: self.heading(properties, &range),
            linked: if notes || section.is_some() { Linked::Yes } else { Linked::No },
            range,
        };
        self.story.paragraphs.push(paragraph);
        self.story.paragraphs.len() - 1
    }

    /// The digest of the tokens from one on.
    fn said(&self, from: usize) -> u64 {
        let mut hash = Hash::new();
        self.story.tokens.get(from..).unwrap_or_default().iter().for_each(|token| hash.number(token.id.into()));
        hash.finish()
    }

    /// The digest of the formats from a run on, however the runs are split.
    fn looks(&self, from: usize) -> u64 {
        let mut hash = Hash::new();
        for alike in self.story.runs.get(from..).unwrap_or_default().chunk_by(|a, b| a.format == b.format) {
            let length: usize = alike.iter().map(|run| run.range.len()).sum();
            if let (Some(run), true) = (alike.first(), length > 0) {
                hash.number(run.format);
                hash.number(length as u64);
            }
        }
        hash.finish()
    }

    fn heading(&self, properties: Option<XmlNode<'x>>, range: &Range<usize>) -> Heading {
        let value = |name: &str| properties.and_then(|node| child(node, name)).and_then(|node| attribute(node, "val"));
        let by_style =
            value("pStyle").and_then(|style| style.get(..7)).is_some_and(|start| start.eq_ignore_ascii_case("heading"));
        let by_level = value("outlineLvl").is_some_and(|level| level != "9");
        if by_style || by_level { Heading::Of(Identity::leading(self.story.slice(range))) } else { Heading::None }
    }

    fn inline(&mut self, container: XmlNode<'x>, scan: &mut Scan) {
        for node in elements(container) {
            let name = node.name();
            match (node.space(), name) {
                (Space::Word, "pPr" | "sdtPr" | "sdtEndPr" | "smartTagPr" | "customXmlPr") => {}
                (Space::Word, "r") => self.run(node, scan),
                (Space::Word, "hyperlink" | "smartTag" | "customXml" | "dir" | "bdo") => self.wrapper(node, node, scan),
                (Space::Word, "sdt") => match child(node, "sdtContent") {
                    Some(content) => self.wrapper(node, content, scan),
                    None => self.marker(node, None),
                },
                (Space::Word, "fldSimple") => self.unit(node, PartKind::SimpleField),
                (Space::Word, _) if is_marker(name) => self.marker(node, None),
                _ => self.unit(node, PartKind::Unit),
            }
        }
    }

    /// A link or a control: its beginning and end are compared like words, its inside like any text.
    fn wrapper(&mut self, node: XmlNode<'x>, inside: XmlNode<'x>, scan: &mut Scan) {
        if !inside.has_children() {
            return self.marker(node, None);
        }
        let key = self.wrapper_key(node);
        self.cut();
        self.holder(node, PartKind::Open, None, of_numbers(&[key, 1]));
        scan.fields.enter();
        self.inline(inside, scan);
        scan.fields.leave();
        self.cut();
        self.holder(node, PartKind::Close, None, of_numbers(&[key, 2]));
    }

    fn wrapper_key(&self, node: XmlNode<'x>) -> u64 {
        let mut hash = Hash::new();
        hash.text(node.name());
        for one in node.attributes() {
            let space = one.space();
            let value = match (space, one.name()) {
                (Space::Relationship, _) => self.lens.targets.get(one.value()).copied(),
                (_, "anchor") => self.lens.renames.bookmarks.get(one.value()).map(|name| of_text(name)),
                _ => None,
            };
            if one.name() != "history" {
                hash.text(one.name());
                hash.number(value.unwrap_or_else(|| of_text(one.value())));
            }
        }
        hash.number(
            child(node, "sdtPr")
                .map_or(0, |found| self.lens.properties(elements(found).filter(|one| one.name() != "id"))),
        );
        hash.finish()
    }

    fn unit(&mut self, node: XmlNode<'x>, kind: PartKind) {
        self.cut();
        let key = self.lens.node(node);
        self.holder(node, kind, None, key);
        self.count_word();
    }

    pub(super) fn marker(&mut self, node: XmlNode<'x>, run: Option<usize>) {
        let at = self.story.text.len();
        let boxes = self.story.boxes.len();
        self.story.parts.push(Part { range: at..at, kind: PartKind::Marker, node, run, boxes: boxes..boxes });
    }

    /// Something that is one token and no text.
    fn holder(&mut self, node: XmlNode<'x>, kind: PartKind, run: Option<usize>, key: u64) {
        let at = self.story.text.len();
        self.story.text.push(HOLDER);
        let boxes = self.story.boxes.len();
        self.story.parts.push(Part { range: at..at + 1, kind, node, run, boxes: boxes..boxes });
        let id = self.ids.id(key);
        self.token(Token { id, class: Class::Word }, at + 1);
        self.uncut = at + 1;
    }

    fn token(&mut self, token: Token, end: usize) {
        self.story.tokens.push(token);
        self.story.ends.push(end);
    }

    fn count_word(&mut self) {
        if let Some(token) = self.story.tokens.last() {
            self.story.words.push(token.id);
        }
    }

    fn mark(&mut self, node: XmlNode<'x>, section: Option<XmlNode<'x>>) {
        let key = section.map_or(0, |found| of_numbers(&section_kind(found)));
        self.holder(node, PartKind::Mark, None, of_numbers(&[key, 3]));
        if let Some(token) = self.story.tokens.last_mut() {
            token.class = Class::Mark;
        }
    }

    /// Cuts the text since the last cut into words.
    fn cut(&mut self) {
        let from = self.uncut;
        let text = self.story.text.get(from..).unwrap_or_default();
        for piece in pieces(text) {
            let id = self.ids.id(of_text(text.get(piece.range.clone()).unwrap_or_default()));
            self.story.tokens.push(Token { id, class: piece.class });
            self.story.ends.push(from + piece.range.end);
            if piece.class.is_word() {
                self.story.words.push(id);
            }
        }
        self.uncut = self.story.text.len();
    }

    fn run(&mut self, node: XmlNode<'x>, scan: &mut Scan) {
        let properties = child(node, "rPr");
        let format = properties.map_or(0, |found| self.lens.properties(elements(found)));
        let (at, first_part) = (self.story.text.len(), self.story.parts.len());
        let run = self.story.runs.len();
        self.story.runs.push(Run { node, properties, format, range: at..at });
        for inner in elements(node) {
            self.run_child(inner, run, scan);
        }
        let end = self.story.text.len();
        if end == at {
            self.story.parts.truncate(first_part);
            self.story.runs.truncate(run);
            self.marker(node, None);
        } else if let Some(run) = self.story.runs.last_mut() {
            run.range = at..end;
        }
    }

    fn run_child(&mut self, node: XmlNode<'x>, run: usize, scan: &mut Scan) {
        let name = node.name();
        match (node.space(), name) {
            (Space::Word, "rPr") => {}
            (Space::Word, "t") => self.text(node, run),
            (Space::Word, "fldChar") => {
                self.leaf(node, run, scan);
                self.field_char(field_char(node), &mut scan.fields);
            }
            (Space::Word, "commentReference" | "annotationRef" | "lastRenderedPageBreak") => {
                self.marker(node, Some(run));
            }
            _ => self.leaf(node, run, scan),
        }
    }

    fn text(&mut self, node: XmlNode<'x>, run: usize) {
        let kept = node.attribute(("http://www.w3.org/XML/1998/namespace", "space")) == Some("preserve");
        let at = self.story.text.len();
        for piece in node.children().filter_map(|inner| inner.text()) {
            self.story.text.push_str(piece);
        }
        if !kept {
            self.trim_from(at);
        }
        let boxes = self.story.boxes.len();
        let range = at..self.story.text.len();
        let kind = if range.is_empty() { PartKind::Marker } else { PartKind::Text };
        self.story.parts.push(Part { range, kind, node, run: Some(run), boxes: boxes..boxes });
    }

    /// Takes away white space that is not kept, as a word processor does.
    fn trim_from(&mut self, at: usize) {
        let blank = |letter: char| matches!(letter, ' ' | '\t' | '\r' | '\n');
        let tail = self.story.text.get(at..).unwrap_or_default();
        let (length, lead) = (tail.trim_end_matches(blank).len(), tail.len() - tail.trim_start_matches(blank).len());
        self.story.text.truncate(at + length);
        if lead > 0 && length > 0 {
            self.story.text.replace_range(at..at + lead, "");
        }
    }

    fn leaf(&mut self, node: XmlNode<'x>, run: usize, scan: &mut Scan) {
        self.cut();
        let first_box = self.story.boxes.len();
        if node.has_children() {
            let boxes = self.find_boxes(node);
            if self.story.boxes.len() > first_box {
                scan.boxes = of_numbers(&[scan.boxes, boxes]);
            }
        }
        let key = self.lens.node(node);
        self.holder(node, PartKind::Leaf, Some(run), key);
        self.count_word();
        let after = self.story.boxes.len();
        if let Some(part) = self.story.parts.last_mut() {
            part.boxes = first_box..after;
        }
    }
}

/// What is kept in mind while a paragraph is read.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) fields: Fields,
    /// The digest of its text boxes.
    boxes: u64,
}

/// Elements of no width beside runs.
fn is_marker(name: &str) -> bool {
    name.ends_with("RangeStart")
        || name.ends_with("RangeEnd")
        || matches!(name, "bookmarkStart" | "bookmarkEnd")
        || matches!(name, "proofErr" | "permStart" | "permEnd")
}

/// What of a paragraph's properties belongs to its mark or its section.
pub(super) fn is_of_mark(node: XmlNode<'_>) -> bool {
    matches!(node.name(), "rPr" | "sectPr" | "pPrChange") || is_noise(node)
}

/// The stories a section points at.
pub(super) fn is_story(node: XmlNode<'_>) -> bool {
    matches!(node.name(), "headerReference" | "footerReference" | "sectPrChange")
}

/// Which headers and footers a section has of its own: two sections that have different ones are never one.
fn section_kind(section: XmlNode<'_>) -> Vec<u64> {
    let of = |one: XmlNode<'_>| of_text(one.name()) ^ of_text(attribute(one, "type").unwrap_or("default"));
    let mut kinds: Vec<u64> = elements(section).filter(|one| is_story(*one)).map(of).collect();
    kinds.sort_unstable();
    kinds.push(1);
    kinds
}

fn is_note(part: &Part<'_>) -> bool {
    part.kind == PartKind::Leaf && NoteKind::of_reference(part.node.name()).is_some()
}
