//! A paragraph as one line: style, number, properties, and its text with the formatting of every character.

use super::super::xml::Node;
use super::inline::Pieces;
use super::lines::Writer;

impl Writer<'_> {
    pub(super) fn paragraph(&mut self, paragraph: &Node) -> String {
        let own = paragraph.child("w:pPr");
        let style = own.and_then(|own| own.child("w:pStyle")).map(|style| style.value("w:val").to_owned());
        let number = self.number(own, style.as_deref());
        let properties = self.properties(own);
        let mark = self.properties(own.and_then(|own| own.child("w:rPr")));
        let mut pieces = Pieces::default();
        self.inline(&paragraph.children, "", &mut pieces);
        format!("p {properties} mark[{mark}]{number} {}", pieces.written())
    }

    fn number(&mut self, own: Option<&Node>, style: Option<&str>) -> String {
        let numbering = own.and_then(|own| own.child("w:numPr"));
        let inner = |name: &str| {
            numbering.and_then(|numbering| numbering.child(name)).map(|child| child.value("w:val").to_owned())
        };
        let from_style = style.and_then(|style| self.styles.numbering(style));
        let Some(list) = inner("w:numId").or_else(|| from_style.as_ref().map(|(list, _)| list.clone())) else {
            return String::new();
        };
        let level = inner("w:ilvl").or_else(|| from_style.map(|(_, level)| level)).unwrap_or_else(|| "0".to_owned());
        format!(" number[{}]", self.numbering.next(&list, &level))
    }
}
