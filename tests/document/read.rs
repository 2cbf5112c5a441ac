//! Word files, read.

use proptest::prelude::*;
use quorate::document::{
    Block, Bytes, Cell, Document, Image, Item, Level, List, ListKind, Media, Numbering, Paragraph, ParagraphStyle, Row,
    Run, Script, Table, Text, Tracked, read_docx, to_docx,
};

use super::{consultation, properties};

fn again(document: &Document) -> Document {
    read_docx(&to_docx(document).unwrap(), Tracked::Show).unwrap()
}

/// The tree without what a file need not keep: the shares of columns are in other units, each cell says how it is
/// aligned, and a span ends with its table.
fn comparable(document: &Document) -> Document {
    let mut document = document.clone();
    comparable_blocks(&mut document.blocks);
    document
}

fn shown(document: &Document) -> String {
    serde_yaml::to_string(&comparable(document)).unwrap()
}

fn comparable_blocks(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::List(list) => list.items.iter_mut().for_each(|item| comparable_blocks(&mut item.blocks)),
            Block::Table(table) => comparable_table(table),
            Block::Paragraph(Paragraph { text, .. }) => {
                text.runs.iter_mut().for_each(|run| comparable_blocks(&mut run.footnote));
            }
            _ => {}
        }
    }
}

fn comparable_table(table: &mut Table) {
    for column in &mut table.columns {
        column.width = 1;
    }
    for cell in table.header.iter_mut().chain(&mut table.rows).flat_map(|row| &mut row.cells) {
        if let [Block::Paragraph(paragraph)] = cell.blocks.as_slice()
            && paragraph.text.is_empty()
        {
            cell.blocks.clear();
        }
        comparable_blocks(&mut cell.blocks);
        (cell.columns, cell.rows) = (cell.columns.max(1), cell.rows.max(1));
        if cell.blocks.is_empty() {
            cell.align = None;
        }
    }
}

#[test]
fn what_is_written_is_read_again() {
    let document = consultation();
    assert_eq!(shown(&again(&document)), shown(&document));
}

fn words() -> impl Strategy<Value = String> {
    "[a-zé<&\"'.0-9]{1,6}( [a-z0-9\u{5d0}-\u{5d4}👩\n\t-]{1,5}){0,3}"
}

fn run() -> impl Strategy<Value = Run> {
    let script = prop::sample::select(vec![Script::None, Script::None, Script::Super, Script::Sub]);
    let link = prop::option::weighted(0.2, "https://[a-z]{1,4}/[a-z&]{0,4}");
    (words(), any::<[bool; 5]>(), script, link).prop_map(
        |(text, [bold, italic, underlined, struck, code], script, link)| {
            let code = code && link.is_none();
            Run { text, bold, italic, code, underlined, struck, script, link, ..Run::default() }
        },
    )
}

fn image() -> impl Strategy<Value = Run> {
    let media = prop::sample::select(vec![Media::Png, Media::Jpeg, Media::Emf]);
    (words(), media, prop::collection::vec(any::<u8>(), 1..9), 1..9_999_999_u32).prop_map(
        |(text, media, bytes, width)| {
            let text = text.replace(['\n', '\t'], " ");
            let image = Image { media, bytes: Bytes::from(bytes), width, height: width / 2 };
            Run { text, image: Some(image), ..Run::default() }
        },
    )
}

fn text() -> impl Strategy<Value = Text> {
    let note = words().prop_map(|words| Text::default().footnote(words).runs.remove(0));
    let run = prop_oneof![6 => run(), 1 => image(), 1 => note];
    prop::collection::vec(run, 1..4).prop_map(|runs| {
        let alike = |a: &Run, b: &Run| {
            a.image.is_none() && Run { text: String::new(), ..a.clone() } == Run { text: String::new(), ..b.clone() }
        };
        let mut text = Text::default();
        for run in runs {
            match text.runs.last_mut() {
                Some(last) if run.footnote.is_empty() && alike(last, &run) => last.text.push_str(&run.text),
                _ => text.runs.push(run),
            }
        }
        text
    })
}

fn table(cell: impl Strategy<Value = Vec<Block>> + Clone) -> impl Strategy<Value = Block> {
    let cell = cell.prop_map(Cell::of);
    let row = prop::collection::vec(cell, 3).prop_map(Row::of);
    let rows = prop::collection::vec(row, 2..4);
    (prop::option::of(text()), rows, 1..3_u16, 1..3_u16, any::<bool>()).prop_map(
        |(caption, mut rows, wide, tall, named)| {
            let header = if named { rows.drain(..1).collect() } else { Vec::new() };
            let tall = tall.min(u16::try_from(rows.len()).unwrap());
            (rows[0].cells[1].columns, rows[0].cells[1].rows) = (wide, tall);
            for (number, row) in rows.iter_mut().enumerate() {
                let taken = if number == 0 {
                    wide - 1
                } else if number < tall.into() {
                    wide
                } else {
                    0
                };
                row.cells.truncate(3 - usize::from(taken));
            }
            Block::Table(Table {
                caption: caption.unwrap_or_default(),
                header,
                rows,
                ..Table::new([("", 1), ("", 2), ("", 1)])
            })
        },
    )
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let paragraph = text().prop_map(Block::paragraph).boxed();
    let item = |below: BoxedStrategy<Vec<Block>>| (text(), below).prop_map(|(text, below)| Item::with(text, below));
    let list = move |below: BoxedStrategy<Vec<Block>>| {
        let kind =
            prop::sample::select(vec![ListKind::Bullets, ListKind::Numbers, ListKind::Letters, ListKind::Romans]);
        (kind, 1..9_u32, prop::collection::vec(item(below), 1..4)).prop_map(|(kind, start, items)| {
            Block::List(List { kind, start: if kind == ListKind::Bullets { 1 } else { start }, items })
        })
    };
    let no_blocks = Just(Vec::new()).boxed();
    let below = prop_oneof![2 => no_blocks.clone(), 1 => prop::collection::vec(paragraph.clone(), 1..3), 1 => list(no_blocks).prop_map(|list| vec![list])];
    let list = list(below.boxed()).boxed();
    let cell = prop_oneof![4 => paragraph.clone().prop_map(|block| vec![block]), 1 => Just(Vec::new()), 1 => (paragraph.clone(), list.clone()).prop_map(|(a, b)| vec![a, b])];
    let level = prop::sample::select(vec![Level::One, Level::Two, Level::Three, Level::Four]);
    let numbering = prop::sample::select(vec![Numbering::Plain, Numbering::Numbered]);
    let style = prop::sample::select(vec![ParagraphStyle::Numbered, ParagraphStyle::Quote, ParagraphStyle::Note]);
    let block = prop_oneof![
        3 => paragraph,
        1 => (level, numbering, text()).prop_map(|(level, numbering, text)| Block::heading(level, numbering, text)),
        1 => (style, text()).prop_map(|(style, text)| Block::styled(style, text)),
        2 => list,
        1 => table(cell.boxed()),
        1 => Just(Block::Contents),
        1 => Just(Block::PageBreak),
    ];
    prop::collection::vec(block, 0..6).prop_map(|blocks| {
        // Lists with bullets that follow each other are one list, and a page that ends twice ends once.
        let mut kept: Vec<Block> = Vec::new();
        for block in blocks {
            let joins = match (kept.last(), &block) {
                (Some(Block::List(before)), Block::List(list)) => {
                    before.kind == ListKind::Bullets && list.kind == ListKind::Bullets
                }
                (Some(Block::PageBreak), Block::PageBreak) | (Some(Block::Contents), Block::Contents) => true,
                _ => false,
            };
            if !joins {
                kept.push(block);
            }
        }
        if kept.last() == Some(&Block::PageBreak) {
            kept.pop();
        }
        kept
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_tree_is_read_as_it_was_written(blocks in blocks()) {
        let mut document = Document::new("Any", properties());
        document.blocks = blocks;
        prop_assert_eq!(shown(&again(&document)), shown(&document));
    }
}
