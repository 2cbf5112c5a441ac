//! Documents made up from numbers.

use super::model::{Block, Cell, Document, Format, Inline, Look, Merge, NoteKind, Paragraph, Row, Section, Table};
use super::random::Random;
use super::vocabulary::{ADDRESSES, CONTROLS, IMAGES, LISTS, OTHER_WORDS, PREFIXES, STYLES, WORDS};

/// How rich a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Paragraphs of plain words.
    Words,
    /// Paragraphs, lists, tables, formatting.
    Plain,
    /// All there is.
    Rich,
}

pub(crate) fn document(random: &mut Random, kind: Kind) -> Document {
    let sections = if kind == Kind::Rich && random.percent(35) { random.between(2, 3) } else { 1 };
    Document { sections: (0..sections).map(|_| section(random, kind)).collect() }.made_sound()
}

pub(crate) fn section(random: &mut Random, kind: Kind) -> Section {
    let many = random.between(1, 7);
    let mut section = Section { blocks: blocks(random, kind, many, 0), ..Section::default() };
    if kind == Kind::Rich {
        section.landscape = random.percent(20);
        section.header = random.percent(40).then(|| header(random));
        section.first_header = random.percent(15).then(|| header(random));
        section.footer = random.percent(30).then(|| header(random));
    }
    section
}

/// The paragraphs of a header or footer.
pub(crate) fn header(random: &mut Random) -> Vec<Paragraph> {
    let mut first = Paragraph::of(&words(random, Kind::Plain, 1, 5));
    if random.percent(50) {
        first.content.extend([Inline::Tab, Inline::PageNumber]);
    }
    if random.percent(15) {
        first.content.push(Inline::Image(u8::try_from(random.below(3)).unwrap()));
    }
    let more = random.below(2);
    let more = (0..more).map(|_| Paragraph::of(&words(random, Kind::Plain, 1, 4)));
    std::iter::once(first).chain(more.collect::<Vec<_>>()).collect()
}

pub(crate) fn blocks(random: &mut Random, kind: Kind, many: usize, depth: usize) -> Vec<Block> {
    (0..many).map(|_| block(random, kind, depth)).collect()
}

pub(crate) fn block(random: &mut Random, kind: Kind, depth: usize) -> Block {
    match random.below(100) {
        0..=17 if kind != Kind::Words && depth < 2 => Block::Table(table(random, kind, depth)),
        18..=21 if kind == Kind::Rich && depth < 1 => {
            let many = random.between(1, 2);
            Block::Control((*random.pick(CONTROLS)).to_owned(), blocks(random, kind, many, depth + 1))
        }
        _ => Block::Paragraph(paragraph(random, kind)),
    }
}

pub(crate) fn table(random: &mut Random, kind: Kind, depth: usize) -> Table {
    let (rows, columns) = (random.between(1, 5), random.between(1, 4));
    let identified = random.percent(60);
    let prefix = *random.pick(PREFIXES);
    let mut table = Table { wide: random.percent(50), rows: Vec::new() };
    let mut number = random.between(1, 40);
    for at in 0..rows {
        number += random.between(1, 3);
        let mut row = row(random, kind, columns, depth);
        row.heading = at == 0 && random.percent(30);
        if identified && !row.heading {
            row.cells[0] = Cell::of(&format!("{prefix}-{number}"));
        }
        table.rows.push(row);
    }
    table
}

pub(crate) fn row(random: &mut Random, kind: Kind, columns: usize, depth: usize) -> Row {
    let mut row = Row::default();
    let mut left = columns.max(1);
    while left > 0 {
        let span = if left > 1 && random.percent(10) { 2 } else { 1 };
        row.cells.push(cell(random, kind, span, depth));
        left -= span;
    }
    if kind == Kind::Rich && random.percent(6) {
        row.control = Some((*random.pick(CONTROLS)).to_owned());
    }
    row
}

pub(crate) fn cell(random: &mut Random, kind: Kind, span: usize, depth: usize) -> Cell {
    let merge = match random.below(100) {
        0..=7 => Merge::Begins,
        8..=15 => Merge::Goes,
        _ => Merge::Alone,
    };
    let many = if random.percent(75) { 1 } else { random.between(1, 3) };
    let blocks = match merge {
        Merge::Goes => vec![Block::Paragraph(Paragraph::default())],
        _ if depth == 0 && random.percent(94) => (0..many).map(|_| Block::Paragraph(paragraph(random, kind))).collect(),
        _ => blocks(random, kind, many, depth + 1),
    };
    Cell { span, merge, shaded: random.percent(10), blocks }
}

pub(crate) fn paragraph(random: &mut Random, kind: Kind) -> Paragraph {
    if random.percent(6) {
        return Paragraph::default();
    }
    let look = if kind == Kind::Words { Look::default() } else { look(random) };
    let stretches = if kind == Kind::Words { 1 } else { random.between(1, 4) };
    let mut content = Vec::new();
    for _ in 0..stretches {
        content.push(stretch(random, kind));
        if kind == Kind::Rich && random.percent(22) {
            content.push(special(random));
        }
    }
    if look.style == 1 && random.percent(50) {
        content.insert(0, Inline::Text(format!("{}-{} ", random.pick(PREFIXES), random.below(50)), Format::default()));
    }
    Paragraph { look, content }
}

pub(crate) fn look(random: &mut Random) -> Look {
    let mut look = Look::default();
    match random.below(100) {
        0..=24 => look.style = random.below(STYLES.len()),
        25..=49 => {
            let list = u8::try_from(random.below(usize::from(LISTS))).unwrap();
            look.list = Some((list, u8::try_from(random.below(3)).unwrap()));
        }
        _ => {}
    }
    look.centred = random.percent(8);
    look.kept = random.percent(8);
    look.bold_mark = random.percent(5);
    look
}

/// Words with formatting of their own, and a space after them.
pub(crate) fn stretch(random: &mut Random, kind: Kind) -> Inline {
    let format = if kind == Kind::Words || random.percent(65) { 0 } else { 1_u8 << random.below(8) };
    let longest = if random.percent(10) { 25 } else { 8 };
    let mut text = words(random, kind, 1, longest);
    if kind != Kind::Words {
        text.push(' ');
    }
    Inline::Text(text, Format(format))
}

/// So many words, with the punctuation of a sentence now and then.
pub(crate) fn words(random: &mut Random, kind: Kind, least: usize, most: usize) -> String {
    let many = random.between(least, most);
    let each: Vec<String> = (0..many).map(|_| word(random, kind)).collect();
    each.join(" ")
}

pub(crate) fn word(random: &mut Random, kind: Kind) -> String {
    let word = if kind == Kind::Rich && random.percent(6) { random.pick(OTHER_WORDS) } else { random.pick(WORDS) };
    let mark = if kind != Kind::Words && random.percent(10) { *random.pick(&[",", ".", ";", ":"]) } else { "" };
    format!("{word}{mark}")
}

/// Anything that is not plain text.
pub(crate) fn special(random: &mut Random) -> Inline {
    let kind = Kind::Plain;
    let link = |random: &mut Random| (*random.pick(ADDRESSES)).to_owned();
    let inside = |random: &mut Random| vec![stretch(random, kind)];
    match random.below(13) {
        0 => Inline::Tab,
        1 => Inline::Break,
        2 => Inline::Image(u8::try_from(random.below(usize::from(IMAGES))).unwrap()),
        3 => Inline::Note(NoteKind::Footnote, note(random)),
        4 => Inline::Note(NoteKind::Endnote, note(random)),
        5 => Inline::Link(link(random), inside(random)),
        6 => Inline::PageNumber,
        7 => Inline::Field(format!("REF Mark{} \\h", random.below(3)), words(random, kind, 1, 3)),
        8 => Inline::TextBox((0..random.between(1, 2)).map(|_| Paragraph::of(&words(random, kind, 1, 5))).collect()),
        9 => Inline::Control((*random.pick(CONTROLS)).to_owned(), inside(random)),
        10 => Inline::Equation((*random.pick(&["x+y", "a=b", "E=mc"])).to_owned()),
        11 => Inline::Bookmark(format!("Mark{}", random.below(3)), inside(random)),
        _ => Inline::Comment(words(random, kind, 1, 4), inside(random)),
    }
}

fn note(random: &mut Random) -> Vec<Paragraph> {
    let many = if random.percent(80) { 1 } else { 2 };
    (0..many).map(|_| Paragraph::of(&words(random, Kind::Plain, 1, 6))).collect()
}
