//! A document as a PDF: pages of A4, set here and written without any other program.
//!
//! Setting goes in three steps. The blocks are set one below the other, as lines and rows that know their heights
//! (`compose`, `set`, `table`); these are put onto pages (`pages`); the pages are drawn (`paint`). What a part of the
//! document is, is noted as it is set (`tags`), so that the file can be read aloud: each file is checked against
//! PDF/UA-1 as it is written. The typefaces travel with the program, and a file holds what it uses of them.

mod columns;
mod compose;
mod contents;
mod flow;
mod fonts;
mod furniture;
mod ink;
mod lines;
mod lists;
mod pages;
mod paint;
mod picture;
mod set;
mod style;
mod table;
mod tags;

use std::collections::BTreeMap;

use chrono::Datelike as _;
use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};
use krilla::error::KrillaError;
use krilla::geom::Quadrilateral;
use krilla::metadata::{DateTime, Metadata};
use krilla::page::{Page, PageSettings};
use krilla::tagging::ArtifactType;

use super::error::WriteError;
use super::markup::legible;
use super::outline;
use super::tree::Document;
use compose::Composer;
use contents::{bookmarks, destination};
use flow::Anchor;
use fonts::Fonts;
use ink::Leads;
use pages::Anchors;
use paint::Painter;
use style::{PAGE_HEIGHT, PAGE_WIDTH};
use tags::Drawn;

/// Whether images are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Images {
    /// They are, where they can be read.
    Drawn,
    /// What they show is said in words.
    InWords,
}

/// Writes a document as the bytes of a PDF file: A4, in British English, with its fonts, a contents list with pages,
/// bookmarks, and a structure that assistive technology reads (PDF/UA-1). Marks of a redline are shown by lines below
/// and through the text and a bar in the margin, with who made each change.
///
/// Nothing in the file depends on when or where it was written. A character that the typefaces lack shows as a box; an
/// image that cannot be drawn is named in words.
///
/// # Errors
///
/// [`WriteError::Typesetting`] if the pages could not be made into a file, at eight million objects.
pub fn to_pdf(document: &Document) -> Result<Vec<u8>, WriteError> {
    let fonts = Fonts::read()?;
    let made = match make(document, &fonts, Images::Drawn)? {
        Err(KrillaError::Image(..) | KrillaError::SixteenBitImage(..)) => make(document, &fonts, Images::InWords)?,
        made => made,
    };
    made.map_err(|error| WriteError::Typesetting { reason: reason(&error) })
}

fn make(document: &Document, fonts: &Fonts, images: Images) -> Result<Result<Vec<u8>, KrillaError>, WriteError> {
    let mut composer = Composer::new(fonts, images);
    let items = composer.document(document);
    let (pages, anchors) = pages::fill(items);
    let count = pages.len();
    let mut file = krilla::Document::new_with(settings()?);
    let mut drawn = Drawn::default();
    for (page, number) in pages.into_iter().zip(1..) {
        let mut paper = file.start_page_with(paper()?);
        let mut painter = Painter::new(fonts, &anchors, &mut drawn, paper.surface());
        painter.furniture(ArtifactType::Header, furniture::head(&composer, document));
        for (x, y, mark) in page.marks {
            painter.mark(x, y, mark);
        }
        painter.furniture(ArtifactType::Footer, furniture::foot(&composer, document, number, count));
        let links = painter.finish();
        add_links(&mut paper, links, &composer, &anchors, &mut drawn);
    }
    let title = title(document);
    file.set_outline(bookmarks(&title, &outline::outline(&document.blocks), &anchors));
    file.set_metadata(metadata(document, title));
    file.set_tag_tree(composer.tags.finish(&drawn));
    Ok(file.finish())
}

fn settings() -> Result<SerializeSettings, WriteError> {
    let configuration: Configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| WriteError::Typesetting { reason: format!("{error:?}") })?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn paper() -> Result<PageSettings, WriteError> {
    let no_size = || WriteError::Typesetting { reason: "a page has no size".to_owned() };
    PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).ok_or_else(no_size)
}

fn add_links(
    paper: &mut Page<'_>,
    links: BTreeMap<usize, Vec<Quadrilateral>>,
    composer: &Composer<'_>,
    anchors: &Anchors,
    drawn: &mut Drawn,
) {
    for (number, areas) in links {
        let Some(link) = composer.links.get(number) else { continue };
        let Some((target, says)) = target(&link.leads, anchors) else { continue };
        let link_there = LinkAnnotation::new_with_quad_points(areas, target);
        let place = paper.add_tagged_annotation(Annotation::new_link(link_there, Some(says)));
        drawn.note(link.leaf, place);
    }
}

/// Where a link leads, and what is said of it.
fn target(leads: &Leads, anchors: &Anchors) -> Option<(Target, String)> {
    match leads {
        Leads::Out(address) => {
            Some((Target::Action(Action::Link(LinkAction::new(encoded(address)))), format!("Link to {address}")))
        }
        Leads::Within(anchor) => {
            let (page, _) = anchors.get(anchor)?;
            let says = match anchor {
                Anchor::Heading(_) => format!("Go to page {}", page + 1),
                Anchor::Note(number) => format!("Go to note {number}"),
            };
            Some((Target::Destination(destination(anchors, *anchor)?.into()), says))
        }
    }
}

/// An address in the characters that an address may have.
fn encoded(address: &str) -> String {
    let byte = |byte: u8| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    address.bytes().map(byte).collect()
}

fn title(document: &Document) -> String {
    let candidates = [&document.title, &document.properties.reference];
    let title = candidates.into_iter().map(|text| one_line(text)).find(|text| !text.is_empty());
    title.unwrap_or_else(|| "Untitled document".to_owned())
}

fn one_line(text: &str) -> String {
    legible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn metadata(document: &Document, title: String) -> Metadata {
    let properties = &document.properties;
    let date = properties.date;
    let part = |part: u32| u8::try_from(part).unwrap_or_default();
    let created = DateTime::new(u16::try_from(date.year()).unwrap_or_default())
        .month(part(date.month()))
        .day(part(date.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let filed = [&properties.reference, &properties.classification].map(|text| one_line(text));
    let filed: Vec<String> = filed.into_iter().filter(|text| !text.is_empty()).collect();
    let author = one_line(&properties.author);
    Metadata::new()
        .title(title)
        .authors(if author.is_empty() { Vec::new() } else { vec![author] })
        .description(filed.join(", "))
        .creator("Quorate".to_owned())
        .language("en-GB".to_owned())
        .creation_date(created)
}

fn reason(error: &KrillaError) -> String {
    match error {
        KrillaError::Validation(found) => {
            let found: Vec<String> = found.iter().take(3).map(|(problem, _)| format!("{problem:?}")).collect();
            format!("it would not be accessible ({})", found.join("; "))
        }
        error => error.to_string(),
    }
}
