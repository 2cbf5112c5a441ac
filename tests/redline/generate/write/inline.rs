//! What stands in a paragraph.

use super::super::model::{Format, Inline, NoteKind};
use super::Writer;
use super::parts::escaped;

impl Writer {
    pub(super) fn inlines(&mut self, content: &[Inline]) -> String {
        content.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> String {
        match inline {
            Inline::Text(text, format) => self.text(text, *format),
            Inline::Tab => self.run("<w:tab/>"),
            Inline::Break => self.run("<w:br/>"),
            Inline::Image(which) => self.image(*which),
            Inline::Note(kind, inside) if self.in_body() => {
                let inside = self.note(*kind, inside);
                self.run(&inside)
            }
            Inline::Link(address, inside) => self.link(address, inside),
            Inline::PageNumber => {
                let shown = self.run("<w:t>1</w:t>");
                format!("<w:fldSimple w:instr=\" PAGE \">{shown}</w:fldSimple>")
            }
            Inline::Field(code, result) => self.field(code, result),
            Inline::TextBox(inside) if self.in_body() => self.text_box(inside),
            Inline::Control(name, inside) => {
                let inside = self.inlines(inside);
                self.control(name, &inside)
            }
            Inline::Equation(text) => format!("<m:oMath><m:r><m:t>{}</m:t></m:r></m:oMath>", escaped(text)),
            Inline::Bookmark(name, inside) => self.bookmark(name, inside),
            Inline::Comment(text, inside) if self.in_body() => self.comment(text, inside),
            Inline::Comment(_, inside) => self.inlines(inside),
            Inline::Note(..) | Inline::TextBox(_) => String::new(),
        }
    }

    pub(super) fn run(&mut self, inside: &str) -> String {
        format!("<w:r{}>{inside}</w:r>", self.revision_save("w:rsidRPr"))
    }

    /// Text as one run, or cut into several at random.
    fn text(&mut self, text: &str, format: Format) -> String {
        if text.is_empty() {
            return String::new();
        }
        let properties = format.written();
        let properties = if properties.is_empty() { properties } else { format!("<w:rPr>{properties}</w:rPr>") };
        let mut written = String::new();
        for piece in self.pieces(text) {
            let run = format!("{properties}<w:t xml:space=\"preserve\">{}</w:t>", escaped(&piece));
            written += &self.run(&run);
            if self.noisy && self.random.percent(8) {
                written += "<w:proofErr w:type=\"spellStart\"/><w:proofErr w:type=\"spellEnd\"/>";
            }
        }
        written
    }

    /// Cuts a text at random; never before a mark that belongs to the letter before it.
    fn pieces(&mut self, text: &str) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for letter in text.chars() {
            let joined = matches!(letter, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{e33}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f680}');
            if self.noisy && !joined && self.random.percent(7) && !pieces[pieces.len() - 1].is_empty() {
                pieces.push(String::new());
            }
            let last = pieces.len() - 1;
            pieces[last].push(letter);
        }
        pieces
    }

    fn link(&mut self, address: &str, inside: &[Inline]) -> String {
        let inside = self.inlines(inside);
        if let Some(anchor) = address.strip_prefix('#') {
            return format!("<w:hyperlink w:anchor=\"{anchor}\">{inside}</w:hyperlink>");
        }
        let id = self.relate("hyperlink", address.to_owned());
        format!("<w:hyperlink r:id=\"{id}\">{inside}</w:hyperlink>")
    }

    fn field(&mut self, code: &str, result: &str) -> String {
        let begin = self.run("<w:fldChar w:fldCharType=\"begin\"/>");
        let code = self.run(&format!("<w:instrText xml:space=\"preserve\"> {} </w:instrText>", escaped(code)));
        let separate = self.run("<w:fldChar w:fldCharType=\"separate\"/>");
        let result = self.text(result, Format::default());
        let end = self.run("<w:fldChar w:fldCharType=\"end\"/>");
        [begin, code, separate, result, end].concat()
    }

    fn bookmark(&mut self, name: &str, inside: &[Inline]) -> String {
        let mut name = name.to_owned();
        while self.bookmarks.contains(&name) {
            name.push('b');
        }
        self.bookmarks.push(name.clone());
        let id = self.bookmarks.len() + if self.noisy { 100 } else { 0 };
        let inside = self.inlines(inside);
        format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{inside}<w:bookmarkEnd w:id=\"{id}\"/>")
    }

    fn comment(&mut self, text: &str, inside: &[Inline]) -> String {
        let id = self.comments.len();
        self.comments.push(format!(
            "<w:comment w:id=\"{id}\" w:author=\"Ann Example\" w:date=\"2025-01-01T00:00:00Z\" w:initials=\"AE\">\
             <w:p><w:r><w:t>{}</w:t></w:r></w:p></w:comment>",
            escaped(text)
        ));
        let inside = self.inlines(inside);
        let reference = self.run(&format!("<w:commentReference w:id=\"{id}\"/>"));
        format!("<w:commentRangeStart w:id=\"{id}\"/>{inside}<w:commentRangeEnd w:id=\"{id}\"/>{reference}")
    }

    fn note(&mut self, kind: NoteKind, inside: &[super::Paragraph]) -> String {
        let (name, part) = match kind {
            NoteKind::Footnote => ("footnote", "footnotes.xml"),
            NoteKind::Endnote => ("endnote", "endnotes.xml"),
        };
        let before = std::mem::replace(&mut self.part, part.to_owned());
        let inside = self.paragraphs_of(inside);
        self.part = before;
        let notes = if kind == NoteKind::Footnote { &mut self.footnotes } else { &mut self.endnotes };
        let id = notes.len() + 1;
        notes.push(format!("<w:{name} w:id=\"{id}\">{inside}</w:{name}>"));
        format!("<w:{name}Reference w:id=\"{id}\"/>")
    }

    fn image(&mut self, which: u8) -> String {
        let known = self.images.iter().find(|(own, _)| *own == which).map(|(_, name)| name.clone());
        let name = known.unwrap_or_else(|| {
            let number = self.images.len() + 1 + if self.noisy { 20 } else { 0 };
            let name = format!("media/image{number}.png");
            self.images.push((which, name.clone()));
            name
        });
        let id = self.relate("image", name);
        let drawing = self.drawing_id();
        self.run(&format!(
            "<w:drawing><wp:inline><wp:extent cx=\"360000\" cy=\"360000\"/><wp:docPr id=\"{drawing}\" name=\"Picture {drawing}\"/>\
             <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:nvPicPr><pic:cNvPr id=\"{drawing}\" name=\"Picture {drawing}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"360000\" cy=\"360000\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        ))
    }

    /// A text box as it is drawn, and as older programs draw it.
    fn text_box(&mut self, inside: &[super::Paragraph]) -> String {
        let before = std::mem::replace(&mut self.part, "document.xml!box".to_owned());
        let content = self.paragraphs_of(inside);
        let fallback = self.paragraphs_of(inside);
        self.part = before;
        let drawing = self.drawing_id();
        self.run(&format!(
            "<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline><wp:extent cx=\"1800000\" cy=\"720000\"/>\
             <wp:docPr id=\"{drawing}\" name=\"Box {drawing}\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
             <a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:cNvSpPr txBox=\"1\"/>\
             <wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"1800000\" cy=\"720000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></wps:spPr>\
             <wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>\
             <mc:Fallback><w:pict><v:rect style=\"width:140pt;height:56pt\"><v:textbox><w:txbxContent>{fallback}</w:txbxContent></v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent>"
        ))
    }

    fn drawing_id(&mut self) -> u32 {
        self.drawings += 1;
        self.drawings + if self.noisy { 500 } else { 0 }
    }
}
