//! Tables of values as CSV and as a workbook.

use quorate::document::{Sheet, Value, WriteError, to_csv, to_xlsx};

use super::{part, parts, properties};
use crate::diagram::xml::read;

fn responses() -> Sheet {
    let mut sheet = Sheet::new("Question 1", ["Respondent", "Response", "Cost", "Sent", "Version"]);
    sheet
        .row([
            Value::from("Example \"Energy\", Ltd"),
            Value::from("=HYPERLINK(\"https://x.example\")"),
            Value::Pence(123_456),
            Value::Date(properties().date),
            Value::Whole(-2),
        ])
        .row([Value::from("Ynni\r\nCymru"), Value::Empty]);
    sheet
}

#[test]
fn csv_quotes_what_needs_it_and_disarms_formulas() {
    assert_eq!(
        to_csv(&responses()),
        "Respondent,Response,Cost,Sent,Version\r\n\
         \"Example \"\"Energy\"\", Ltd\",\"'=HYPERLINK(\"\"https://x.example\"\")\",1234.56,2026-08-03,-2\r\n\
         \"Ynni\nCymru\",\r\n"
    );
}

#[test]
fn csv_disarms_every_way_a_formula_begins() {
    for start in ["=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
        let mut sheet = Sheet::new("x", [start]);
        sheet.row([start]);
        let csv = to_csv(&sheet);
        assert_eq!(csv.matches('\'').count(), 2, "{csv:?}");
    }
    let mut sheet = Sheet::new("x", ["a"]);
    sheet.row(["1 = 1"]);
    assert_eq!(to_csv(&sheet), "a\r\n1 = 1\r\n");
}

#[test]
fn a_workbook_holds_text_and_no_formula() {
    let package = to_xlsx("Responses", &properties(), &[responses(), responses()]).unwrap();
    for name in parts(&package) {
        read(&part(&package, &name));
    }
    let sheet = part(&package, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
    assert!(sheet.contains("<v>1234.56</v>"), "{sheet}");
    let strings = read(&part(&package, "xl/sharedStrings.xml"));
    assert!(strings.words_of("t").contains("=HYPERLINK(\"https://x.example\")"));
    let book = read(&part(&package, "xl/workbook.xml"));
    let names: Vec<&str> = book.all().iter().filter(|e| e.name == "sheet").map(|e| e.get("name")).collect();
    assert_eq!(names, ["Question 1", "Question 1 (2)"]);
}

#[test]
fn the_same_sheets_give_the_same_bytes_dated_with_their_document() {
    let write = || to_xlsx("Responses", &properties(), &[responses()]).unwrap();
    assert_eq!(write(), write());
    let core = read(&part(&write(), "docProps/core.xml"));
    for name in ["dcterms:created", "dcterms:modified"] {
        assert_eq!(core.words_of(name), "2026-08-03T00:00:00Z");
    }
}

#[test]
fn what_a_cell_cannot_hold_is_cut_and_says_so() {
    let mut sheet = Sheet::new("x", ["a"]);
    sheet.row(["long ".repeat(10_000)]).row([Value::Whole(i64::MAX)]).row(["control \u{1}"]);
    let package = to_xlsx("x", &properties(), &[sheet]).unwrap();
    let strings = read(&part(&package, "xl/sharedStrings.xml")).words_of("t");
    assert!(strings.contains("[cut here: ") && strings.len() < 34_000);
    assert!(strings.contains("9223372036854775807") && strings.contains("control \u{FFFD}"));
}

#[test]
fn a_sheet_that_is_too_large_is_refused_in_words() {
    let sheet = Sheet::new("Wide", (0..16_385).map(|number| number.to_string()));
    let refused = to_xlsx("x", &properties(), &[sheet]).unwrap_err();
    assert_eq!(refused, WriteError::SheetTooLarge { sheet: "Wide".to_owned(), rows: 0, columns: 16_385 });
    assert!(refused.to_string().contains("write it as CSV"), "{refused}");
}
