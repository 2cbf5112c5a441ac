//! How a PDF is divided into pages.

use quorate::document::{Block, Cell, Level, Row, Table, to_pdf};

use super::pdf::{assert_same, bare, heard, pages, run, sentence, told, words};

/// A table of rows that each fill `sentences` of text in their second cell.
pub(super) fn long_table(rows: usize, sentences: usize) -> Table {
    let mut table = Table::new([("Identity", 1), ("Requirement", 4)]);
    for row in 0..rows {
        let text: Vec<String> = (0..sentences).map(|number| sentence(row + number)).collect();
        table = table.row([format!("FR-{row}"), text.join(" ")]);
    }
    table
}

#[test]
fn the_rows_that_name_the_columns_stand_on_every_page_and_are_heard_once() {
    let mut document = bare();
    document.table(long_table(120, 2));
    let pages = pages(&to_pdf(&document).unwrap());
    assert!(pages.len() > 3);
    for page in &pages {
        assert_eq!(page.matches("Identity").count(), 1, "{page}");
    }
    for row in 0..120 {
        let on = pages.iter().filter(|page| words(page).contains(&format!("FR-{row}"))).count();
        assert_eq!(on, 1, "FR-{row}");
    }
    assert_eq!(heard(&document).iter().filter(|word| *word == "Identity").count(), 1);
}

#[test]
fn a_row_too_high_for_a_page_runs_on() {
    let mut document = bare();
    document.table(long_table(2, 700));
    let pages = pages(&to_pdf(&document).unwrap());
    assert!(pages.len() > 4, "{}", pages.len());
    let drawn: usize = pages.iter().map(|page| words(page).iter().filter(|word| *word == "Party").count()).sum();
    assert_eq!(drawn, told(&document).iter().filter(|word| *word == "Party").count());
    assert!(pages.iter().all(|page| page.contains("Identity")));
}

#[test]
fn tables_within_cells_and_tied_rows_lose_nothing() {
    let inner = || Cell::of([Block::Table(long_table(30, 5)), Block::paragraph("after")]);
    let tall = |rows: u16| Cell::from(sentence(2).repeat(30)).spanning(1, rows);
    let mut document = bare();
    document.table(
        Table::new([("One", 1), ("Two", 2)])
            .rows([Row::of([Cell::from("outer"), inner()]), Row::of([Cell::from("tail"), Cell::from("end")])]),
    );
    document.table(Table::new([("A", 1), ("B", 1)]).rows([
        Row::of([tall(3), Cell::from("first")]),
        Row::of(["second"]),
        Row::of([sentence(4).repeat(90)]),
        Row::of(["last", "row"]),
    ]));
    let drawn = pages(&to_pdf(&document).unwrap()).join(" ");
    for word in ["outer", "after", "tail", "end", "first", "second", "last", "FR-29"] {
        assert!(words(&drawn).iter().any(|drawn| drawn == word), "{word}");
    }
    assert_same(&heard(&document), &told(&document));
}

#[test]
fn the_contents_list_names_the_page_of_each_heading() {
    let mut document = bare();
    document.contents();
    for number in 0..40 {
        document.numbered_heading(Level::One, format!("Matter{number}"));
        document.paragraph(sentence(number).repeat(number * 3 + 1));
    }
    let pages = pages(&to_pdf(&document).unwrap());
    assert!(pages.len() > 6);
    for number in 0..40 {
        let heading = format!("Matter{number}");
        let entry = pages.iter().flat_map(|page| page.lines()).find(|line| words(line).contains(&heading)).unwrap();
        let named: usize = words(entry).last().unwrap().parse().unwrap();
        let text = &pages[named - 1];
        let line = format!("{} {heading}", number + 1);
        assert!(text.lines().any(|found| found.trim() == line), "{heading} is not on page {named}:\n{text}");
    }
}

#[test]
fn a_heading_stays_with_the_text_below_it() {
    for filling in [0, 8, 13, 15, 16, 17, 18, 19, 20, 23] {
        let mut document = bare();
        document.paragraph(vec!["line"; 30 + filling].join("\n"));
        document.heading(Level::One, "Heading").paragraph("one\ntwo\nthree").heading(Level::Two, "Next");
        document.table(long_table(1, 2));
        for page in pages(&to_pdf(&document).unwrap()) {
            let lines: Vec<&str> = page.lines().filter(|line| !line.starts_with("Page ")).collect();
            assert!(!["Heading", "Next", "Identity Requirement"].contains(lines.last().unwrap()), "{filling}: {page}");
            assert!(lines.len() > 1 || lines[0] != "one" && lines[0] != "three", "{filling}: {page}");
        }
    }
}

#[test]
fn tables_with_more_columns_than_there_is_room_for_are_drawn_all_the_same() {
    let mut document = bare();
    let table = Table::new((0..60).map(|number| (format!("Column {number}"), 1)));
    document.table(table.row((0..60).map(|number| format!("value {number}"))));
    document.table(Table::default()).table(Table { rows: vec![Row::default()], ..Table::new([("a", 1)]) });
    run("pdfinfo", &[], &to_pdf(&document).unwrap());
}

#[test]
fn a_small_table_stays_on_one_page_and_no_row_of_another_stands_alone() {
    for filling in [20, 32, 34, 36, 37, 38, 39, 40, 41] {
        let mut document = bare();
        document.paragraph(vec!["line"; filling].join("\n")).table(long_table(3, 1));
        let pages = pages(&to_pdf(&document).unwrap());
        assert_eq!(pages.iter().filter(|page| page.contains("FR-")).count(), 1, "{filling}");
        let mut document = bare();
        document.paragraph(vec!["line"; filling].join("\n")).table(long_table(40, 1));
        for page in self::pages(&to_pdf(&document).unwrap()) {
            assert_ne!(page.matches("FR-").count(), 1, "{filling}: {page}");
        }
    }
}
