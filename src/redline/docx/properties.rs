//! Properties of paragraphs, runs, tables, rows and cells, and how they were before.
//!
//! The schema fixes where each change stands: that of a mark before everything else, the properties of before at the
//! end of those of now.

use super::inline::{is_of_mark, is_story};
use super::markup::{inner, open_tag, qualified_name, raw};
use super::story::Paragraph;
use super::tags::Wrap;
use super::write::Writer;
use crate::document::ooxml::{XmlNode, child, elements};

impl<'x> Writer<'_, 'x, '_> {
    /// The properties of a run that looked otherwise before.
    pub(super) fn run_properties_changed(&mut self, new: Option<XmlNode<'x>>, old: Option<XmlNode<'x>>) {
        let w = self.tags.w;
        put!(self.out, "<{w}rPr>");
        self.out.push_str(new.map_or("", |node| self.text.get(inner(self.text, node)).unwrap_or_default()));
        self.change("rPrChange", "rPr", |writer| writer.old_children(old, |_| true));
        put!(self.out, "</{w}rPr>");
        self.pen.count_formatting();
    }

    /// `<w:changeName signed><w:inner>...</w:inner></w:changeName>`.
    fn change(&mut self, change: &str, inside: &str, old: impl FnOnce(&mut Self)) {
        let w = self.tags.w;
        put!(self.out, "<{w}{change}");
        self.pen.sign(&mut self.out, w);
        put!(self.out, "><{w}{inside}>");
        old(self);
        put!(self.out, "</{w}{inside}></{w}{change}>");
    }

    fn old_children(&mut self, old: Option<XmlNode<'x>>, keep: impl Fn(XmlNode<'x>) -> bool) {
        for node in old.into_iter().flat_map(elements).filter(|node| keep(*node)) {
            self.graft.node(&mut self.out, node, None);
        }
    }

    fn new_children(&mut self, new: Option<XmlNode<'x>>, keep: impl Fn(XmlNode<'x>) -> bool) {
        for node in new.into_iter().flat_map(elements).filter(|node| keep(*node)) {
            self.out.push_str(raw(self.text, node));
        }
    }

    /// The properties of a paragraph whose end is in both documents.
    pub(super) fn kept_properties(&mut self, old: &Paragraph<'x>, new: &Paragraph<'x>) {
        let sections = self.sections_of(old.section, new.section);
        let same_mark = old.mark_format == new.mark_format;
        if old.format == new.format && same_mark && !sections.changed() {
            return self.out.push_str(new.properties.map_or("", |node| raw(self.text, node)));
        }
        let w = self.tags.w;
        put!(self.out, "<{w}pPr>");
        self.new_children(new.properties, |node| !is_of_mark(node));
        let run = |properties: Option<XmlNode<'x>>| properties.and_then(|node| child(node, "rPr"));
        if same_mark {
            self.out.push_str(run(new.properties).map_or("", |node| raw(self.text, node)));
        } else {
            self.run_properties_changed(run(new.properties), run(old.properties));
        }
        self.section(&sections);
        if old.format != new.format {
            self.change("pPrChange", "pPr", |writer| writer.old_children(old.properties, |node| !is_of_mark(node)));
            self.pen.count_formatting();
        }
        put!(self.out, "</{w}pPr>");
    }

    /// The properties of a paragraph of the newer document whose end came.
    pub(super) fn added_properties(&mut self, new: Option<XmlNode<'x>>, wrap: Wrap) {
        let w = self.tags.w;
        put!(self.out, "<{w}pPr>");
        self.new_children(new, |node| !is_of_mark(node));
        self.mark(wrap);
        self.new_children(new.and_then(|node| child(node, "rPr")), |_| true);
        put!(self.out, "</{w}rPr>");
        self.new_children(new, |node| node.name() == "sectPr");
        put!(self.out, "</{w}pPr>");
    }

    /// The properties of a paragraph of the older document whose end went.
    pub(super) fn removed_properties(&mut self, old: Option<XmlNode<'x>>, wrap: Wrap) {
        let w = self.tags.w;
        put!(self.out, "<{w}pPr>");
        self.old_children(old, |node| !is_of_mark(node));
        self.mark(wrap);
        self.old_children(old.and_then(|node| child(node, "rPr")), |_| true);
        put!(self.out, "</{w}rPr>");
        self.old_children(old, |node| node.name() == "sectPr");
        put!(self.out, "</{w}pPr>");
    }

    /// Begins the properties of a mark with what becomes of it.
    fn mark(&mut self, wrap: Wrap) {
        let w = self.tags.w;
        put!(self.out, "<{w}rPr><{w}{}", wrap.name());
        self.pen.sign(&mut self.out, w);
        self.out.push_str("/>");
    }

    /// Writes the properties `name` of a table, row or cell of the newer document, which were others before.
    pub(super) fn properties(&mut self, name: &str, old: Option<XmlNode<'x>>, new: Option<XmlNode<'x>>) {
        let same = self.sides_properties(old, new);
        if same {
            return self.out.push_str(new.map_or("", |node| raw(self.text, node)));
        }
        let w = self.tags.w;
        put!(self.out, "<{w}{name}>");
        self.new_children(new, |_| true);
        self.change(&format!("{name}Change"), name, |writer| writer.old_children(old, |_| true));
        put!(self.out, "</{w}{name}>");
        self.pen.count_formatting();
    }

    fn sides_properties(&self, old: Option<XmlNode<'x>>, new: Option<XmlNode<'x>>) -> bool {
        let old = old.map_or(0, |node| self.graft.lens.properties(elements(node)));
        let new = new.map_or(0, |node| self.lens.properties(elements(node)));
        old == new
    }

    /// Writes the properties of a section, and how they were before.
    pub(super) fn section(&mut self, sections: &Sections<'x>) {
        let Some(new) = sections.new else { return };
        if !sections.changed() {
            return self.out.push_str(raw(self.text, new));
        }
        let name = qualified_name(self.text, new);
        self.out.push_str(open_tag(self.text, new));
        self.out.push('>');
        self.out.push_str(&sections.stories);
        self.new_children(Some(new), |node| !is_story(node));
        if let (false, Some(old)) = (sections.same_format, sections.old) {
            self.change("sectPrChange", "sectPr", |writer| writer.old_children(Some(old), |node| !is_story(node)));
            self.pen.count_formatting();
        }
        put!(self.out, "</{name}>");
    }
}

/// Two sections that are one.
pub(super) struct Sections<'x> {
    pub(super) old: Option<XmlNode<'x>>,
    pub(super) new: Option<XmlNode<'x>>,
    pub(super) same_format: bool,
    pub(super) same_stories: bool,
    /// Its references to headers and footers, as they are to be written.
    pub(super) stories: String,
}

impl Sections<'_> {
    fn changed(&self) -> bool {
        !self.same_format || !self.same_stories
    }
}
