//! The styles of a file: what a paragraph or a run is by its style, and by the styles that one is based on.

use std::collections::HashMap;

use crate::document::ooxml::{Space, Xml, XmlNode, attribute, child, elements, is};
use crate::document::text_runs::Script;

/// How many styles are followed from one to the next; files whose styles go round in a circle end here.
const LONGEST_CHAIN: usize = 20;

/// The styles of a file by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default_paragraph: Option<String>,
}

/// A style, as far as the tree has a use for it.
#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: ListOfStyle,
    setting: Setting,
}

/// The list that the paragraphs of a style belong to.
#[derive(Debug, Default, Clone)]
struct ListOfStyle {
    number: Option<String>,
    level: Option<u8>,
}

/// How a run is set, where it says so.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) underlined: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) code: Option<bool>,
    pub(super) script: Option<Script>,
}

impl Setting {
    /// What the properties of a run say themselves.
    pub(super) fn of(properties: XmlNode<'_>) -> Self {
        let mut setting = Self::default();
        for property in elements(properties).filter(|node| is(*node, Space::Word, node.name())) {
            match property.name() {
                "b" => setting.bold = Some(is_on(property)),
                "i" => setting.italic = Some(is_on(property)),
                "strike" | "dstrike" => setting.struck = Some(is_on(property)),
                "u" => setting.underlined = Some(!matches!(attribute(property, "val"), None | Some("none"))),
                "vertAlign" => setting.script = attribute(property, "val").map(script),
                "rFonts" => setting.code = attribute(property, "ascii").map(is_fixed_width),
                _ => {}
            }
        }
        setting
    }

    /// This, and what another says beside it.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            underlined: self.underlined.or(other.underlined),
            struck: self.struck.or(other.struck),
            code: self.code.or(other.code),
            script: self.script.or(other.script),
        }
    }
}

/// Whether a property that can be on or off is on.
pub(super) fn is_on(property: XmlNode<'_>) -> bool {
    !matches!(attribute(property, "val"), Some("0" | "false" | "off"))
}

fn script(value: &str) -> Script {
    match value {
        "superscript" => Script::Super,
        "subscript" => Script::Sub,
        _ => Script::None,
    }
}

fn is_fixed_width(font: &str) -> bool {
    let font = font.to_ascii_lowercase();
    ["consolas", "courier", "mono", "lucida console", "menlo"].iter().any(|known| font.contains(known))
}

impl Styles {
    /// Reads the styles of a file.
    pub(super) fn read(xml: &Xml<'_>) -> Self {
        let mut styles = Self::default();
        for node in elements(xml.root()).filter(|node| is(*node, Space::Word, "style")) {
            let Some(id) = attribute(node, "styleId") else { continue };
            let default = matches!(attribute(node, "default"), Some("1" | "true" | "on"));
            if default && attribute(node, "type") == Some("paragraph") {
                styles.default_paragraph = Some(id.to_owned());
            }
            styles.by_id.insert(id.to_owned(), Style::read(node));
        }
        styles
    }

    /// The name of a style in small letters, which is the same in every language for the styles every file has.
    pub(super) fn name(&self, id: Option<&str>) -> &str {
        let id = id.or(self.default_paragraph.as_deref());
        id.and_then(|id| self.by_id.get(id)).map(|style| style.name.as_str()).unwrap_or_default()
    }

    /// The outline level, from nought, that a style or one it is based on gives.
    pub(super) fn outline(&self, id: Option<&str>) -> Option<u8> {
        self.chain(id)
            .find_map(|style| style.outline.or_else(|| heading_of_name(&style.name)))
            .filter(|level| *level < 9)
    }

    /// Whether a style or one it is based on has this name.
    pub(super) fn is_named(&self, id: Option<&str>, name: &str) -> bool {
        self.chain(id).any(|style| style.name == name)
    }

    /// The list and the level in it that a style gives its paragraphs.
    pub(super) fn list<'s>(&'s self, id: Option<&'s str>) -> (Option<&'s str>, Option<u8>) {
        let number = self.chain(id).find_map(|style| style.list.number.as_deref());
        (number, self.chain(id).find_map(|style| style.list.level))
    }

    /// How a style sets its runs.
    pub(super) fn setting(&self, id: &str) -> Setting {
        self.chain(Some(id)).fold(Setting::default(), |setting, style| setting.or(style.setting))
    }

    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = id.and_then(|id| self.by_id.get(id));
        let next = |style: &&'s Style| style.based_on.as_deref().and_then(|id| self.by_id.get(id));
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }
}

impl Style {
    fn read(node: XmlNode<'_>) -> Self {
        let value = |name| child(node, name).and_then(|found| attribute(found, "val"));
        let paragraph = child(node, "pPr");
        let list = paragraph.and_then(|properties| child(properties, "numPr"));
        let of_list = |name| list.and_then(|list| child(list, name)).and_then(|found| attribute(found, "val"));
        let outline = paragraph.and_then(|properties| child(properties, "outlineLvl"));
        let mut setting = child(node, "rPr").map(Setting::of).unwrap_or_default();
        let name = value("name").unwrap_or_default().to_lowercase();
        if name == "hyperlink" || name == "followedhyperlink" {
            setting.underlined = None;
        }
        if name.contains("code") {
            setting.code = Some(true);
        }
        Self {
            name,
            based_on: value("basedOn").map(str::to_owned),
            outline: outline.and_then(|level| attribute(level, "val")?.parse().ok()),
            list: ListOfStyle {
                number: of_list("numId").map(str::to_owned),
                level: of_list("ilvl").and_then(|level| level.parse().ok()),
            },
            setting,
        }
    }
}

/// The outline level that the name of a style gives, as `heading 2` does.
fn heading_of_name(name: &str) -> Option<u8> {
    let number: u8 = name.strip_prefix("heading ")?.trim().parse().ok()?;
    (1..=9).contains(&number).then(|| number - 1)
}
