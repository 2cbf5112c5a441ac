//! What is drawn in a paragraph: images, and boxes with text.

use super::runs::{Line, chosen, relationship};
use super::story::Reader;
use crate::document::image::{Image, Media};
use crate::document::ooxml::{Space, XmlNode, attribute, elements, is};
use crate::document::text_runs::Run;

/// English Metric Units in a point.
const POINT: u32 = 12_700;

/// A drawing while it is read.
struct Drawing<'t> {
    template: &'t Run,
    shows: String,
    extent: Option<(u32, u32)>,
    found: Found,
}

/// Whether anything of a drawing could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    Something,
}

impl Reader<'_> {
    /// Reads a drawing. One that holds neither image nor text is named in words.
    pub(super) fn graphics(&mut self, node: XmlNode<'_>, template: &Run, line: &mut Line) {
        let all = || node.descendants().filter(XmlNode::is_element);
        let named = all().find_map(|node| match node.name() {
            "docPr" => attribute(node, "descr").filter(|words| !words.is_empty()).or(attribute(node, "title")),
            "shape" => attribute(node, "alt"),
            _ => None,
        });
        let pictures = all().filter(|node| matches!(node.name(), "blip" | "imagedata")).count();
        let extent = all().find(|node| node.name() == "extent").and_then(extent_of);
        let extent = extent.filter(|_| pictures == 1).or_else(|| all().find_map(extent_in_style));
        let mut drawing =
            Drawing { template, shows: named.unwrap_or_default().to_owned(), extent, found: Found::Nothing };
        self.drawn(node, &mut drawing, line);
        if drawing.found == Found::Nothing {
            let text = named_in_words(node, &drawing.shows);
            line.add(Run { text, ..template.clone() });
        }
    }

    fn drawn(&mut self, node: XmlNode<'_>, drawing: &mut Drawing<'_>, line: &mut Line) {
        for inner in elements(node) {
            match inner.name() {
                "txbxContent" if is(inner, Space::Word, "txbxContent") => {
                    drawing.found = Found::Something;
                    let boxed = self.blocks(inner);
                    line.boxes.extend(boxed);
                }
                "AlternateContent" => {
                    if let Some(chosen) = chosen(inner) {
                        self.drawn(chosen, drawing, line);
                    }
                }
                "blip" => self.picture(relationship(inner, "embed"), inner, drawing, line),
                "imagedata" => self.picture(relationship(inner, "id"), inner, drawing, line),
                _ => self.drawn(inner, drawing, line),
            }
        }
    }

    fn picture(&mut self, id: Option<&str>, node: XmlNode<'_>, drawing: &mut Drawing<'_>, line: &mut Line) {
        let Some((part, bytes)) = id.and_then(|id| self.image(id)) else { return };
        let Some(media) = part.rsplit_once('.').and_then(|(_, end)| Media::of_extension(end)) else { return };
        let (width, height) = drawing.extent.or_else(|| own_extent(node)).unwrap_or_default();
        drawing.found = Found::Something;
        let image = Some(Image { media, bytes, width, height });
        line.add(Run { text: drawing.shows.clone(), image, ..drawing.template.clone() });
    }
}

fn named_in_words(node: XmlNode<'_>, shows: &str) -> String {
    let kind =
        |name: &str| node.descendants().any(|node| attribute(node, "uri").is_some_and(|uri| uri.ends_with(name)));
    let kind = match shows {
        _ if kind("/chart") => "chart",
        _ if kind("/diagram") => "diagram",
        "" => return String::new(),
        _ => "drawing",
    };
    if shows.is_empty() { format!("[{kind}]") } else { format!("[{kind}: {shows}]") }
}

fn extent_of(node: XmlNode<'_>) -> Option<(u32, u32)> {
    Some((attribute(node, "cx")?.parse().ok()?, attribute(node, "cy")?.parse().ok()?))
}

/// The extent of the picture that an image fills, where a drawing has several.
fn own_extent(node: XmlNode<'_>) -> Option<(u32, u32)> {
    let picture = node.ancestors().find(|node| node.name() == "pic")?;
    picture.descendants().filter(|node| node.name() == "ext").find_map(extent_of)
}

/// The extent that the style of a shape gives, as `width:120pt;height:60pt`.
fn extent_in_style(node: XmlNode<'_>) -> Option<(u32, u32)> {
    let style = attribute(node, "style").filter(|_| node.name() == "shape")?;
    let value = |name: &str| {
        let (_, value) =
            style.split(';').filter_map(|rule| rule.split_once(':')).find(|(key, _)| key.trim() == name)?;
        let points = value.trim().strip_suffix("pt")?.split('.').next()?;
        Some(points.parse::<u32>().ok()?.saturating_mul(POINT))
    };
    Some((value("width")?, value("height")?))
}
