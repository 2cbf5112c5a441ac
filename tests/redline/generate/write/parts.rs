//! Everything beside the body: styles, lists, notes, content types, relationships.

use super::super::vocabulary::STYLES;
use super::{Relationship, Writer, png};

/// What every story begins with.
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" mc:Ignorable=\"w14\"";

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A part with this root element.
pub(super) fn rooted(root: &str, inside: &str) -> String {
    format!("{HEAD}<w:{root} {NAMESPACES}>{inside}</w:{root}>")
}

/// Text as XML writes it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

impl Writer {
    /// Every entry of the package, in order.
    pub(super) fn finish(mut self, body: &str) -> Vec<(String, Vec<u8>)> {
        let main = rooted("document", &format!("<w:body>{body}</w:body>"));
        let styles = self.styles_part();
        let mut parts = std::mem::take(&mut self.parts);
        parts.push(("styles.xml".to_owned(), styles));
        self.relate("styles", "styles.xml".to_owned());
        let numbering = rooted("numbering", &self.numbering());
        self.add("numbering", numbering, &mut parts);
        for (kind, name, notes) in
            [("footnotes", "footnote", self.footnotes.clone()), ("endnotes", "endnote", self.endnotes.clone())]
        {
            if !notes.is_empty() {
                self.add(kind, rooted(kind, &(separators(name) + &notes.concat())), &mut parts);
            }
        }
        if !self.comments.is_empty() {
            let comments = rooted("comments", &self.comments.concat());
            self.add("comments", comments, &mut parts);
        }
        self.entries(main, parts)
    }

    fn add(&mut self, kind: &'static str, text: String, parts: &mut Vec<(String, String)>) {
        let name = format!("{kind}.xml");
        self.relate(kind, name.clone());
        parts.push((name, text));
    }

    fn entries(self, main: String, parts: Vec<(String, String)>) -> Vec<(String, Vec<u8>)> {
        let mut entries = vec![
            ("[Content_Types].xml".to_owned(), content_types(&parts).into_bytes()),
            ("_rels/.rels".to_owned(), relationships(&package_relationships()).into_bytes()),
            ("word/document.xml".to_owned(), main.into_bytes()),
        ];
        for (part, each) in &self.relationships {
            entries.push((format!("word/_rels/{part}.rels"), relationships(each).into_bytes()));
        }
        entries.extend(parts.into_iter().map(|(name, text)| (format!("word/{name}"), text.into_bytes())));
        entries.extend(self.images.iter().map(|(which, name)| (format!("word/{name}"), png::of_number(*which))));
        entries.push(("customXml/item1.xml".to_owned(), b"<house xmlns=\"urn:house\"/>".to_vec()));
        entries
    }

    fn styles_part(&self) -> String {
        let mut styles =
            "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
                .to_owned();
        for (at, (id, name, always)) in STYLES.iter().enumerate().skip(1) {
            let look = match at {
                1 | 2 => format!(
                    "<w:pPr><w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr>",
                    at - 1
                ),
                _ => "<w:rPr><w:i/></w:rPr>".to_owned(),
            };
            if *always || self.styles.contains(&at) {
                styles += &format!(
                    "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>{look}</w:style>"
                );
            }
        }
        styles += "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/></w:style>";
        rooted("styles", &styles)
    }

    /// The list of the headings and every list used; each its own definition, so that each counts for itself.
    fn numbering(&self) -> String {
        let mut definitions = definition(0, 3);
        let mut lists = "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>".to_owned();
        for (list, id) in &self.lists {
            definitions += &definition(*id, list % 3);
            lists += &format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>");
        }
        definitions + &lists
    }
}

fn definition(id: u32, kind: u8) -> String {
    let levels: String = (0..3_u8)
        .map(|level| {
            let (format, text) = match kind {
                0 => ("decimal", format!("%{}.", level + 1)),
                1 => ("bullet", "\u{2022}".to_owned()),
                2 => ("lowerLetter", format!("(%{})", level + 1)),
                _ => ("decimal", (1..=level + 1).map(|at| format!("%{at}")).collect::<Vec<_>>().join(".")),
            };
            format!(
                "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/></w:lvl>"
            )
        })
        .collect();
    format!("<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"multilevel\"/>{levels}</w:abstractNum>")
}

fn separators(name: &str) -> String {
    format!(
        "<w:{name} w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:{name}>\
         <w:{name} w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{name}>"
    )
}

fn content_types(parts: &[(String, String)]) -> String {
    let kind = |name: &str| name.trim_end_matches(".xml").trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let overrides: String = parts
        .iter()
        .map(|(name, _)| format!("<Override PartName=\"/word/{name}\" ContentType=\"{WORD}.{}+xml\"/>", kind(name)))
        .collect();
    format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{WORD}.document.main+xml\"/>{overrides}</Types>"
    )
}

fn package_relationships() -> Vec<Relationship> {
    vec![Relationship { id: "rId1".to_owned(), kind: "officeDocument", target: "word/document.xml".to_owned() }]
}

fn relationships(each: &[Relationship]) -> String {
    let each: String = each
        .iter()
        .map(|one| {
            let mode = if one.kind == "hyperlink" { " TargetMode=\"External\"" } else { "" };
            format!(
                "<Relationship Id=\"{}\" Type=\"{OFFICE}/{}\" Target=\"{}\"{mode}/>",
                one.id,
                one.kind,
                escaped(&one.target)
            )
        })
        .collect();
    format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{each}</Relationships>")
}
