//! Runs of text, with what stands among them: fields, notes, breaks, images.

use super::Tracked;
use super::marks::{change_of, style_of};
use super::story::{NoteKind, Reader};
use super::styles::{Setting, is_on};
use crate::document::ooxml::{Space, XmlNode, attribute, child, elements, is};
use crate::document::read::join;
use crate::document::text_runs::{Run, Text};
use crate::document::tree::Block;

/// A paragraph while its runs are read.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) text: Text,
    /// The text boxes of the paragraph.
    pub(super) boxes: Vec<Block>,
    pub(super) breaks: Breaks,
}

impl Line {
    /// Adds a run; one that shows nothing is left out.
    pub(super) fn add(&mut self, run: Run) {
        if run.is_empty() {
            return;
        }
        if self.text.is_empty() && self.breaks.after {
            self.breaks = Breaks { before: true, after: false };
        }
        join::add(&mut self.text, run);
    }

    fn end_line(&mut self, node: XmlNode<'_>, template: &Run) {
        if attribute(node, "type") == Some("page") {
            self.breaks.after = true;
        } else {
            self.add(Run { text: "\n".to_owned(), ..template.clone() });
        }
    }
}

/// Where a page ends in a paragraph.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Breaks {
    pub(super) before: bool,
    pub(super) after: bool,
}

/// The fields that are open: what each is told to show, and whether what it shows has begun.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
}

#[derive(Debug, Default)]
struct Field {
    code: String,
    shows: bool,
}

impl Fields {
    /// Whether what is read now is shown, and not what a field is told.
    fn is_showing(&self) -> bool {
        self.open.iter().all(|field| field.shows)
    }

    fn link(&self) -> Option<String> {
        self.open.iter().rev().find_map(|field| address_of(&field.code))
    }

    fn turn(&mut self, kind: &str) {
        match kind {
            "begin" => self.open.push(Field::default()),
            "separate" => self.open.iter_mut().rev().take(1).for_each(|field| field.shows = true),
            "end" => drop(self.open.pop()),
            _ => {}
        }
    }
}

/// The address that the code of a field leads to: `HYPERLINK "https://..."`.
fn address_of(code: &str) -> Option<String> {
    let (first, rest) = code.trim().split_once(char::is_whitespace)?;
    let address = rest.trim_start().strip_prefix('"')?.split('"').next()?;
    first.eq_ignore_ascii_case("HYPERLINK").then(|| address.to_owned())
}

/// An attribute that names a relationship, such as `r:id`.
pub(super) fn relationship<'x>(node: XmlNode<'x>, name: &str) -> Option<&'x str> {
    let mut named = node.attributes().filter(|one| one.name() == name);
    named.find(|one| one.space() == Space::Relationship).map(|one| one.value())
}

/// The one of several versions of the same content that is read: the first that is there.
pub(super) fn chosen(alternatives: XmlNode<'_>) -> Option<XmlNode<'_>> {
    elements(alternatives).find(|node| is(*node, Space::Compatibility, node.name()))
}

impl Reader<'_> {
    /// Reads what stands in a paragraph, or in an element within one.
    pub(super) fn inline(&mut self, node: XmlNode<'_>, line: &mut Line) {
        for inner in elements(node) {
            match (inner.space(), inner.name()) {
                (Space::Word, "r") => self.run(inner, line),
                (Space::Word, "ins" | "del" | "moveFrom" | "moveTo") => self.changed(inner, line),
                (Space::Word, "hyperlink") => self.hyperlink(inner, line),
                (Space::Word, "fldSimple") => {
                    let address = attribute(inner, "instr").and_then(address_of);
                    self.within_link(address, inner, line);
                }
                (Space::Word, "sdt" | "sdtContent" | "smartTag" | "customXml" | "dir" | "bdo") => {
                    self.inline(inner, line);
                }
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(chosen) = chosen(inner) {
                        self.inline(chosen, line);
                    }
                }
                (Space::Math, "oMath" | "oMathPara") => self.equation(inner, line),
                (Space::Word, _) => self.marks.range(inner),
                _ => {}
            }
        }
    }

    fn changed(&mut self, node: XmlNode<'_>, line: &mut Line) {
        let Some(change) = change_of(node).filter(|change| self.tracked.reads(*change)) else { return };
        let mark = self.marks.mark(node, change);
        self.within.push(mark);
        self.inline(node, line);
        self.within.pop();
    }

    fn hyperlink(&mut self, node: XmlNode<'_>, line: &mut Line) {
        let target = relationship(node, "id").and_then(|id| self.relationships.get(id));
        let address = target.and_then(|found| match &found.target {
            crate::document::ooxml::Target::External(address) => Some(address.clone()),
            crate::document::ooxml::Target::Part(_) => None,
        });
        self.within_link(address, node, line);
    }

    fn within_link(&mut self, address: Option<String>, node: XmlNode<'_>, line: &mut Line) {
        let before = self.link.clone();
        self.link = address.or(self.link.take());
        self.inline(node, line);
        self.link = before;
    }

    /// An equation shows the letters in it.
    fn equation(&mut self, node: XmlNode<'_>, line: &mut Line) {
        let letters = node.descendants().filter(|node| is(*node, Space::Math, "t")).filter_map(|node| node.text());
        let run = Run { text: letters.collect(), ..self.template(None) };
        line.add(run);
    }

    fn run(&mut self, node: XmlNode<'_>, line: &mut Line) {
        let properties = child(node, "rPr").map(|properties| self.current(properties, "rPrChange", "rPr"));
        if properties.and_then(|properties| child(properties, "vanish")).is_some_and(is_on) {
            return;
        }
        let mut template = self.template(properties);
        if let Some(mark) = properties.filter(|_| self.tracked == Tracked::Show) {
            template.revisions.extend(self.marks.formatted_run(mark));
        }
        self.content(node, &template, line);
    }

    /// The properties that hold: those of before, if changes are rejected and these were changed.
    pub(super) fn current<'x>(&self, properties: XmlNode<'x>, change: &str, old: &str) -> XmlNode<'x> {
        let before = child(properties, change).and_then(|change| child(change, old));
        before.filter(|_| self.tracked == Tracked::Reject).unwrap_or(properties)
    }

    /// A run without words that is set as properties say.
    fn template(&self, properties: Option<XmlNode<'_>>) -> Run {
        let own = properties.map(Setting::of).unwrap_or_default();
        let style = properties.and_then(|properties| style_of(properties, "rStyle"));
        let setting = style.map_or(own, |style| own.or(self.styles.setting(style)));
        let revisions = if self.tracked == Tracked::Show { self.within.clone() } else { Vec::new() };
        Run {
            bold: setting.bold.unwrap_or_default(),
            italic: setting.italic.unwrap_or_default(),
            underlined: setting.underlined.unwrap_or_default(),
            struck: setting.struck.unwrap_or_default(),
            code: setting.code.unwrap_or_default(),
            script: setting.script.unwrap_or_default(),
            link: self.link.clone().or_else(|| self.fields.link()),
            revisions,
            ..Run::default()
        }
    }

    fn content(&mut self, node: XmlNode<'_>, template: &Run, line: &mut Line) {
        for inner in elements(node) {
            match (inner.space(), inner.name()) {
                (Space::Word, "fldChar") => self.fields.turn(attribute(inner, "fldCharType").unwrap_or_default()),
                (Space::Word, "instrText" | "delInstrText") => {
                    if let Some(field) = self.fields.open.last_mut().filter(|field| !field.shows) {
                        field.code.push_str(inner.text().unwrap_or_default());
                    }
                }
                _ if !self.fields.is_showing() => {}
                (Space::Word, "br") => line.end_line(inner, template),
                (Space::Word, "footnoteReference") => self.note(inner, NoteKind::Footnote, template, line),
                (Space::Word, "endnoteReference") => self.note(inner, NoteKind::Endnote, template, line),
                (Space::Word, "drawing" | "pict" | "object") => self.graphics(inner, template, line),
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(chosen) = chosen(inner) {
                        self.content(chosen, template, line);
                    }
                }
                (Space::Word, name) => {
                    let text = characters(inner, name);
                    line.add(Run { text, ..template.clone() });
                }
                _ => {}
            }
        }
    }

    fn note(&mut self, node: XmlNode<'_>, kind: NoteKind, template: &Run, line: &mut Line) {
        let id = attribute(node, "id").unwrap_or_default().to_owned();
        let footnote = self.notes.get(&(kind, id)).cloned().unwrap_or_default();
        let run = Run { footnote, revisions: template.revisions.clone(), ..Run::default() };
        line.add(run);
    }
}

/// The characters that an element of a run stands for.
fn characters(node: XmlNode<'_>, name: &str) -> String {
    let character = match name {
        "t" | "delText" => return node.text().unwrap_or_default().to_owned(),
        "tab" | "ptab" => '\t',
        "cr" => '\n',
        "noBreakHyphen" => '\u{2011}',
        "softHyphen" => '\u{AD}',
        "sym" => return symbol(node),
        _ => return String::new(),
    };
    character.to_string()
}

/// A character of a symbol font, which most fonts have elsewhere or not at all.
fn symbol(node: XmlNode<'_>) -> String {
    let code = attribute(node, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
    let letter = code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
    match letter {
        '\u{F0B7}' | '\u{F0A7}' => "•".to_owned(),
        '\u{F0FC}' => "✓".to_owned(),
        '\u{F0FB}' => "✗".to_owned(),
        '\u{F0E0}' => "→".to_owned(),
        '\u{F020}'..='\u{F0FF}' => char::from_u32(u32::from(letter) - 0xF000).unwrap_or(letter).to_string(),
        letter => letter.to_string(),
    }
}
