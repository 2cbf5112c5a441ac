//! What Markdown says, read and written.

use proptest::prelude::*;
use quorate::document::{
    Block, Cell, Heading, Item, Level, List, ListKind, Numbering, Paragraph, ParagraphStyle, Row, Run, Table, Text,
    blocks_to_markdown, read_markdown, read_markdown_document, to_html_article, to_markdown,
};

use super::{consultation, properties};

fn words(blocks: &[Block]) -> Vec<String> {
    let words = blocks.iter().map(|block| match block {
        Block::Heading(heading) => format!("{}# {}", heading.level.depth(), heading.text.to_plain()),
        Block::Paragraph(paragraph) if paragraph.style == ParagraphStyle::Quote => {
            format!("> {}", paragraph.text.to_plain())
        }
        Block::Paragraph(paragraph) => paragraph.text.to_plain(),
        Block::List(list) => {
            let items = list.items.iter().map(|item| format!("({})", words(&item.blocks).join(" ")));
            format!("{:?} from {}: {}", list.kind, list.start, items.collect::<String>())
        }
        Block::Table(table) => {
            let rows = table.header.iter().map(|row| ("h", row)).chain(table.rows.iter().map(|row| ("r", row)));
            let row = |(part, row): (&str, &Row)| {
                let cells: Vec<String> = row.cells.iter().map(|cell| words(&cell.blocks).join(" ")).collect();
                format!("{part}[{}]", cells.join("|"))
            };
            rows.map(row).collect()
        }
        Block::Contents | Block::PageBreak => String::new(),
    });
    words.collect()
}

#[test]
fn blocks_are_read_as_what_they_are() {
    let text = "# Search\n\nThe system **must**\nlist users.\n\n> as they\n> said\n\n3. one\n   * a\n   * b\n4. two\n\n\
                | Id | Text |\n|---|--:|\n| FR-6 | lists<br>sorts |\n\n```\nlet x;\nlet y;\n```\n\n###### Deep\n";
    assert_eq!(
        words(&read_markdown(text)),
        [
            "1# Search",
            "The system must list users.",
            "> as they said",
            "Numbers from 3: (one Bullets from 1: (a)(b))(two)",
            "h[Id|Text]r[FR-6|lists\nsorts]",
            "let x;\nlet y;",
            "4# Deep",
        ]
    );
}

#[test]
fn runs_are_set_as_they_were_meant() {
    let blocks = read_markdown("a **b *c*** ~~d~~ `e*` [f](https://g.example \"h\") ![i](j.png)  \nk");
    let Block::Paragraph(paragraph) = &blocks[0] else { panic!("{blocks:?}") };
    let shown: Vec<String> = paragraph
        .text
        .runs
        .iter()
        .map(|run| {
            let signs = [(run.bold, 'B'), (run.italic, 'I'), (run.struck, 'S'), (run.code, 'C')];
            let signs: String = signs.iter().filter(|(set, _)| *set).map(|(_, sign)| sign).collect();
            format!("{signs}:{}{}", run.text, run.link.as_deref().map(|link| format!("->{link}")).unwrap_or_default())
        })
        .collect();
    assert_eq!(
        shown,
        [":a ", "B:b ", "BI:c", ": ", "S:d", ": ", "C:e*", ": ", ":f->https://g.example", ": ", ":i->j.png", ":\nk"]
    );
}

#[test]
fn html_is_text_and_never_markup() {
    let text = "<script>alert(1)</script>\n\nSee <b onclick=x>this</b> &lt;i&gt; [x](javascript:alert(1))\n";
    let document = read_markdown_document(text, properties());
    assert_eq!(words(&document.blocks), ["<script>alert(1)</script>", "See <b onclick=x>this</b> <i> x"]);
    let html = to_html_article(&document);
    assert!(!html.contains("<script") && !html.contains("<b ") && !html.contains("<i>") && !html.contains("href"));
}

#[test]
fn notes_say_what_they_say_and_a_note_without_words_is_its_sign() {
    let blocks = read_markdown("One[^a] and two[^b].\n\n[^a]: The first\n    of all.\n\n    And more[^a].\n");
    let Block::Paragraph(paragraph) = &blocks[0] else { panic!("{blocks:?}") };
    let notes: Vec<_> = paragraph.text.runs.iter().map(|run| words(&run.footnote)).collect();
    assert_eq!(notes, [vec![], vec!["The first of all.".to_owned(), "And more[^a].".to_owned()], vec![]]);
    assert_eq!(paragraph.text.to_plain(), "One and two[^b].");
    assert_eq!(words(&blocks).len(), 1, "a note is no block of the text");
}

#[test]
fn a_first_heading_is_the_title_of_a_document() {
    let document = read_markdown_document("# Search\n\n## Scope\n\nText\n\n# Again\n", properties());
    assert_eq!(document.title, "Search");
    assert_eq!(words(&document.blocks), ["1# Scope", "Text", "1# Again"]);
    assert_eq!(read_markdown_document("Text\n\n# Search\n", properties()).title, "");
}

#[test]
fn a_document_is_written_to_be_read() {
    insta::assert_snapshot!(to_markdown(&consultation()), @r"
# SSI Improvement Consultation

Issued: 3 August 2026

Respond by: 17:00 on 24 August 2026

## Background

Respond by **17:00 on Monday 24 August 2026**.

Two proposals are put to every Party:

* SIP-0012: Bulk export
* SIP-0013: Search
  1. by postcode
  2. by device

### Scope

See [the register](https://register.example/sips).

1. Read it
2. Answer it

1) Begin again

## Responses

> We agree.\
> It saves time.

Digest `9f86d081`

Question 1

| Respondent | Category | Response | Rationale |
| --- | --- | --- | --- |
| Example Energy | Large Supplier | Yes | It improves search \<b>for\</b> everyone \& more. |
| Ynni Cymru Cyf | Small Supplier | As per consultation document. |  |

| Category | Yes | No |
| --- | --: | --: |
| Large Supplier | 1 | 0 |
| Both | wide |  |
|  | 2 | 3 |

## Appendix A: Progression timetable

|  |  |
| --- | --- |
| Closes | 24 August 2026 |
");
}

#[test]
fn signs_are_left_out_where_they_would_not_set_anything_off() {
    let written = |text: Text| blocks_to_markdown(&[Block::paragraph(text)]);
    assert_eq!(written(Text::new("a").bold("b").plain("c")), "a**b**c\n");
    assert_eq!(written(Text::new("a").bold("(b)").plain("c")), "a(b)c\n");
    assert_eq!(written(Text::default().bold("b ").italic(" c").plain("d")), "**b**  _c_d\n".replace("_c_", "*c*"));
    assert_eq!(written(Text::new("1. a * b # c\n# d\n\ne")), "1\\. a \\* b # c\\\n\\# d<br><br>e\n");
}

#[test]
fn lists_in_lists_without_end_are_read_in_bounded_depth() {
    let deep = "- ".repeat(3000) + "x";
    assert_eq!(words(&read_markdown(&deep)).len(), 1);
    let quotes = "> ".repeat(3000) + "x";
    assert_eq!(words(&read_markdown(&quotes)), ["> x"]);
}

/// Text of letters that Markdown could take for something, without white space at its edges.
fn tricky() -> impl Strategy<Value = String> {
    "[a-c0-9!-/:-@\\[-`{-~é]([ a-c0-9!-/:-@\\[-`{-~é]{0,12}[a-c0-9!-/:-@\\[-`{-~é])?"
}

fn run() -> impl Strategy<Value = Run> {
    let link = prop::option::weighted(0.2, "https://[a-z]{1,4}/[()a-z_*<>&]{0,4}");
    (tricky(), any::<[bool; 3]>(), prop::bool::weighted(0.1), link).prop_map(
        |(text, [bold, italic, struck], code, link)| Run { text, bold, italic, struck, code, link, ..Run::default() },
    )
}

fn text() -> impl Strategy<Value = Text> {
    prop::collection::vec(run(), 1..4).prop_map(|runs| {
        let mut text = Text::default();
        for run in runs {
            text = text.run(run).plain(" ");
        }
        text.runs.pop();
        text
    })
}

fn table() -> impl Strategy<Value = Block> {
    let cell = || prop::option::of(text()).prop_map(|text| text.map_or_else(|| Cell::of([]), Cell::from));
    let row = move || prop::collection::vec(cell(), 2).prop_map(Row::of);
    (prop::option::of(row()), prop::collection::vec(row(), 1..4)).prop_map(|(header, rows)| {
        let named = |row: &Row| row.cells.iter().any(|cell| !cell.blocks.is_empty());
        let header = header.filter(named).into_iter().collect();
        Block::Table(Table { header, rows, ..Table::new([("", 1), ("", 1)]) })
    })
}

fn block() -> impl Strategy<Value = Block> {
    let level = prop::sample::select(vec![Level::One, Level::Two, Level::Three, Level::Four]);
    let style = prop::sample::select(vec![ParagraphStyle::Body, ParagraphStyle::Quote]);
    let leaf = prop_oneof![
        4 => (style, text()).prop_map(|(style, text)| Block::Paragraph(Paragraph { style, text, revisions: vec![] })),
        1 => (level, text()).prop_map(|(level, text)| Block::heading(level, Numbering::Plain, text)),
        1 => table(),
        1 => "[a-c`*]{1,5}(\n[a-c`* ]{0,5}){1,3}".prop_map(|code| Block::paragraph(Text::default().code(code))),
    ];
    leaf.prop_recursive(3, 12, 4, |block| {
        let item = (text(), prop::collection::vec(block, 0..3)).prop_map(|(text, below)| Item::with(text, below));
        let kind = prop::sample::select(vec![(ListKind::Bullets, 1), (ListKind::Numbers, 1), (ListKind::Numbers, 7)]);
        (kind, prop::collection::vec(item, 1..4))
            .prop_map(|((kind, start), items)| Block::List(List { kind, start, items }))
    })
}

/// What can be compared: how columns share the width and how words are set off need not survive.
fn comparable(blocks: &[Block]) -> Vec<String> {
    words(blocks)
}

fn headings(blocks: &[Block]) -> Vec<&Heading> {
    blocks.iter().filter_map(|block| if let Block::Heading(heading) = block { Some(heading) } else { None }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_reads_the_same(blocks in prop::collection::vec(block(), 0..6)) {
        let written = blocks_to_markdown(&blocks);
        let read = read_markdown(&written);
        prop_assert_eq!(comparable(&read), comparable(&blocks), "{}", written);
        prop_assert_eq!(headings(&read).len(), headings(&blocks).len());
        // Once read, it is written as it stands.
        prop_assert_eq!(&blocks_to_markdown(&read), &written);
    }

    #[test]
    fn any_text_is_read(text in "[ \n`*_>#|~.:!<&a-c1\\[\\]()\\\\^+-]{0,80}") {
        let read = read_markdown(&text);
        prop_assert_eq!(comparable(&read_markdown(&blocks_to_markdown(&read))), comparable(&read));
    }
}
