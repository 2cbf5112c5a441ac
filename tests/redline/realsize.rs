//! A pair of the size of the real document: some 90 pages, requirements in tables, 27 pictures, 40 edits.
//!
//! Made up, and the same every time. A bench that includes this file by its path includes `generate`, `package` and
//! `xml` beside it.

use super::generate::model::{Block, Cell, Document, Format, Inline, Look, NoteKind, Paragraph, Row, Section, Table};
use super::generate::random::Random;
use super::generate::write::{Noise, package};

const CHAPTERS: usize = 27;
const ROWS: usize = 10;
const EDITS: usize = 40;

const WHO: &[&str] = &[
    "The Self-Service Interface",
    "The system",
    "Each User",
    "The Data Communications Company",
    "A Party",
    "The service desk",
    "An authorised administrator",
    "The reporting component",
    "The incident component",
    "The search component",
];
const DUTY: &[&str] = &["shall", "must", "should", "may", "is required to"];
const DOES: &[&str] = &[
    "display",
    "record",
    "export",
    "validate",
    "reject",
    "archive",
    "compare",
    "forward",
    "summarise",
    "filter",
    "acknowledge",
    "publish",
    "retain",
    "mask",
    "count",
];
const WHAT: &[&str] = &[
    "the status of every open incident",
    "the inventory of each communications hub",
    "the last known firmware version",
    "a history of service requests",
    "the service audit trail",
    "planned maintenance and its impact",
    "the device model",
    "contact details held for a site",
    "coverage at a given postcode",
    "forecast volumes of orders",
    "returns awaiting inspection",
    "the schedule of releases",
    "error responses received",
    "the role of the person signed in",
    "threshold anomalies",
];
const HOW: &[&str] = &[
    "within five seconds of the request",
    "for at least twenty-four months",
    "in a form that can be downloaded",
    "without revealing personal data",
    "only to those with the right role",
    "in order of date, the newest first",
    "as soon as the change is confirmed",
    "together with the time of the last update",
    "unless the record has been closed",
    "so that the cause can be traced",
    "at intervals set by the administrator",
    "before any further step is taken",
];

/// The older and the newer document, `scale` times the size of the real one.
pub(crate) fn pair(scale: usize) -> (Vec<u8>, Vec<u8>) {
    let (old, new) = documents(scale);
    (package(&old, Noise::Seeded(11)), package(&new, Noise::Seeded(12)))
}

/// The pair before it is written.
pub(crate) fn documents(scale: usize) -> (Document, Document) {
    let mut random = Random::new(58);
    let chapters: Vec<Vec<Block>> = (0..CHAPTERS * scale).map(|number| chapter(number, &mut random)).collect();
    let old = bound(chapters.clone(), "1.0");
    let new = bound(edited(chapters, EDITS * scale, &mut random), "1.1");
    (old.made_sound(), new.made_sound())
}

fn bound(chapters: Vec<Vec<Block>>, version: &str) -> Document {
    let mut blocks = vec![styled(5, &format!("Requirements, version {version}"))];
    for (number, chapter) in chapters.iter().enumerate() {
        blocks.push(contents_line(number, chapter));
    }
    blocks.extend(chapters.into_iter().flatten());
    let mut footer = Paragraph::of("Page ");
    footer.content.push(Inline::PageNumber);
    let header = Some(vec![Paragraph::of(&format!("Requirements v{version}"))]);
    Document { sections: vec![Section { blocks, header, footer: Some(vec![footer]), ..Section::default() }] }
}

fn contents_line(number: usize, chapter: &[Block]) -> Block {
    let title = chapter.iter().find_map(|block| match block {
        Block::Paragraph(paragraph) if paragraph.look.style == 1 => paragraph.content.first().cloned(),
        _ => None,
    });
    let page = Inline::Text((number * 3 + 4).to_string(), Format::default());
    let content = vec![Inline::Link("#Mark1".to_owned(), title.into_iter().chain([Inline::Tab, page]).collect())];
    Block::Paragraph(Paragraph { content, ..Paragraph::default() })
}

fn styled(style: usize, text: &str) -> Block {
    Block::Paragraph(Paragraph { look: Look { style, ..Look::default() }, ..Paragraph::of(text) })
}

fn sentence(random: &mut Random) -> String {
    let mut pick = |words: &[&'static str]| *random.pick(words);
    let (who, duty, does, what, how) = (pick(WHO), pick(DUTY), pick(DOES), pick(WHAT), pick(HOW));
    format!("{who} {duty} {does} {what} {how}.")
}

fn sentences(random: &mut Random, least: usize, most: usize) -> String {
    let many = random.between(least, most);
    (0..many).map(|_| sentence(random)).collect::<Vec<_>>().join(" ")
}

fn chapter(number: usize, random: &mut Random) -> Vec<Block> {
    let mut blocks = vec![styled(1, &format!("Process map {} {}", number + 1, random.pick(WHAT)))];
    for _ in 0..3 {
        blocks.push(styled(0, &sentences(random, 3, 5)));
    }
    let image = 100 + u8::try_from(number % CHAPTERS).unwrap();
    blocks.push(Block::Paragraph(Paragraph { content: vec![Inline::Image(image)], ..Paragraph::default() }));
    for _ in 0..random.between(2, 5) {
        let list = Some((u8::try_from(number % 3).unwrap(), 0));
        let item = Paragraph { look: Look { list, ..Look::default() }, ..Paragraph::of(&sentence(random)) };
        blocks.push(Block::Paragraph(item));
    }
    blocks.push(styled(2, "Requirements"));
    let rows = (0..ROWS).map(|at| requirement(number * ROWS * 2 + at * 2 + 1, number, random)).collect();
    blocks.push(Block::Table(Table { wide: true, rows }));
    let mut closing = Paragraph::of(&sentences(random, 1, 2));
    if number.is_multiple_of(4) {
        closing.content.push(Inline::Note(NoteKind::Footnote, vec![Paragraph::of(&sentence(random))]));
    }
    blocks.push(Block::Paragraph(closing));
    blocks
}

fn requirement(number: usize, chapter: usize, random: &mut Random) -> Row {
    let mut text = Cell::of(&sentence(random));
    for _ in 0..random.below(3) {
        text.blocks.push(styled(0, &sentence(random)));
    }
    let priority = *random.pick(&["Must", "Should", "Could"]);
    let domain = format!("BFD{:02}", chapter % 14 + 1);
    let cells = vec![
        Cell::of(&format!("SSI-FR-{number}")),
        text,
        Cell::of(&domain),
        Cell::of(&format!("PM{}", chapter + 1)),
        Cell::of(priority),
    ];
    Row { cells, ..Row::default() }
}

/// The chapters after so many edits, spread over the whole and of every kind in turn.
fn edited(mut chapters: Vec<Vec<Block>>, edits: usize, random: &mut Random) -> Vec<Vec<Block>> {
    for number in 0..edits {
        let at = number * chapters.len() / edits;
        let extra = 10_000 + number;
        let chapter = &mut chapters[at];
        match number % 20 {
            0..=7 => on_table(chapter, &mut |table| change_word(&mut table.rows[number % (ROWS - 2)].cells[1])),
            8 => on_table(chapter, &mut |table| table.rows[3].cells[1] = Cell::of("No longer in use.")),
            9 => on_table(chapter, &mut |table| table.rows.insert(4, requirement(extra, at, random))),
            10 => on_table(chapter, &mut |table| drop(table.rows.remove(2))),
            11 => on_table(chapter, &mut |table| {
                let row = table.rows.remove(1);
                table.rows.insert(table.rows.len() - 1, row);
            }),
            12 => chapter.swap(1, 2),
            13 => drop(chapter.splice(4..4, [styled(2, "Further provisions"), styled(0, &sentences(random, 2, 4))])),
            14 => drop(chapter.remove(5)),
            15 => split(chapter, 2),
            16 => on_paragraph(chapter, 3, &mut |paragraph| paragraph.look.centred = true),
            17 => on_paragraph(chapter, 1, &mut |paragraph| {
                if let Some(Inline::Text(_, format)) = paragraph.content.first_mut() {
                    *format = Format(1);
                }
            }),
            18 => on_paragraph(chapter, 4, &mut |paragraph| paragraph.content = vec![Inline::Image(140)]),
            _ => chapter.insert(3, styled(0, &sentences(random, 1, 2))),
        }
    }
    chapters
}

fn on_table(chapter: &mut [Block], change: &mut dyn FnMut(&mut Table)) {
    for block in chapter {
        if let Block::Table(table) = block {
            change(table);
        }
    }
}

fn on_paragraph(chapter: &mut [Block], at: usize, change: &mut dyn FnMut(&mut Paragraph)) {
    if let Some(Block::Paragraph(paragraph)) = chapter.get_mut(at) {
        change(paragraph);
    }
}

fn change_word(cell: &mut Cell) {
    if let Some(Block::Paragraph(paragraph)) = cell.blocks.first_mut()
        && let Some(Inline::Text(text, _)) = paragraph.content.first_mut()
    {
        let mut words: Vec<&str> = text.split(' ').collect();
        let middle = words.len() / 2;
        words[middle] = "promptly";
        *text = words.join(" ");
    }
}

fn split(chapter: &mut Vec<Block>, at: usize) {
    if let Some(Block::Paragraph(paragraph)) = chapter.get_mut(at)
        && let Some(Inline::Text(text, _)) = paragraph.content.first_mut()
        && let Some((first, second)) = text.split_once(". ")
    {
        let (first, second) = (format!("{first}."), second.to_owned());
        *text = first;
        chapter.insert(at + 1, styled(0, &second));
    }
}
