//! The files that spreadsheets save.

use std::io::{Cursor, Write as _};

use quorate::document::{SentError, Sheet, read_table, to_xlsx};

use super::properties;

fn rows(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
    read_table(bytes).unwrap().rows.into_iter().map(|row| (row.line, row.cells)).collect()
}

fn row(line: usize, cells: &[&str]) -> (usize, Vec<String>) {
    (line, cells.iter().map(ToString::to_string).collect())
}

#[test]
fn commas_semicolons_and_tabs_are_told_apart_by_the_first_rows() {
    let texts = ["a,b\n1,2", "a;b\n1;2", "a\tb\n1\t2", "sep=;\na,b;c\n1;2", "sep=|\na|b\n1|2", "T\n\"a,,\";b\n1;2"];
    for text in texts {
        let rows = rows(text.as_bytes());
        assert_eq!(rows.last().unwrap().1, ["1", "2"], "{text}");
        assert_eq!(rows[rows.len() - 2].1.len(), 2, "{text}");
    }
}

#[test]
fn quoted_cells_hold_separators_quotation_marks_and_line_breaks_and_lines_are_still_counted() {
    let text = "a,b\r\n\"x, \"\"y\"\"\",\"one\r\ntwo\"\r\n\r\n , \r\nlast,row";
    assert_eq!(
        rows(text.as_bytes()),
        [row(1, &["a", "b"]), row(2, &["x, \"y\"", "one\ntwo"]), row(6, &["last", "row"])]
    );
    assert_eq!(rows(b"a,b\r1,2\r3,4")[2], row(3, &["3", "4"]));
}

#[test]
fn quotation_marks_that_are_not_in_pairs_are_refused_with_their_line() {
    for (text, line) in [("a,b\n\"x,y\n", 2), ("a,b\n1,2\n\"x\"y,z\n", 3)] {
        let error = read_table(text.as_bytes()).unwrap_err();
        assert!(matches!(error, SentError::Quotes { line: found, .. } if found == line), "{text}: {error}");
    }
    assert_eq!(rows(b"a,5\" pipe\n")[0], row(1, &["a", "5\" pipe"]));
}

#[test]
fn every_encoding_that_spreadsheets_save_is_read() {
    let text = "Name,Note\nZoë O’Neill,£5\n";
    let units = || text.encode_utf16();
    let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain(units().flat_map(u16::to_le_bytes)).collect();
    let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(units().flat_map(u16::to_be_bytes)).collect();
    let windows = b"Name,Note\nZo\xEB O\x92Neill,\xA35\n";
    let marked = ["\u{FEFF}", text].concat();
    for bytes in [text.as_bytes(), marked.as_bytes(), &little, &big, windows] {
        assert_eq!(rows(bytes), [row(1, &["Name", "Note"]), row(2, &["Zoë O’Neill", "£5"])]);
    }
}

#[test]
fn a_workbook_is_read_row_by_row() {
    let mut sheet = Sheet::new("People", ["Name", "Note"]);
    sheet.row(["=1+1", "two\nlines"]).row(["", ""]).row(["'=x", "end"]);
    let bytes = to_xlsx("People", &properties(), &[sheet, Sheet::new("Other", ["x"])]).unwrap();
    let expected = [row(1, &["Name", "Note"]), row(2, &["=1+1", "two\nlines"]), row(4, &["'=x", "end"])];
    assert_eq!(rows(&bytes), expected);
    assert_eq!(read_table(&bytes).unwrap().notes, ["the sheet \"Other\" was not read; only the first one is"]);
}

#[test]
fn what_is_no_table_is_refused_in_words() {
    let table: [(&[u8], &str); 6] = [
        (b"", "there is nothing in it"),
        (b" ,\n\n", "there is nothing in it"),
        (b"PK\x03\x04 and no more", "neither a workbook nor text"),
        (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1], "protected by a password, or an old .xls"),
        (b"a,b\n\x81\n", "stand for no letter"),
        (b"\x7FELF\x00\x00", "stand for no letter"),
    ];
    for (bytes, words) in table {
        let error = read_table(bytes).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn more_than_is_read_at_once_is_refused() {
    let long = "a,b\n".to_owned() + &"1,2\n".repeat(10_001);
    let wide = ",x".repeat(101);
    let large = "x".repeat((5 << 20) + 1);
    for (text, words) in [(long, "the rows"), (wide, "the columns"), (large, "its size in bytes")] {
        let error = read_table(text.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(words), "{error}");
    }
    assert_eq!(rows(("a,b\n".to_owned() + &"1,2\n".repeat(10_000)).as_bytes()).len(), 10_001);
    assert_eq!(rows((",".repeat(9_000) + "\n1,2\n").as_bytes()), [row(2, &["1", "2"])]);
}

#[test]
fn a_cut_or_altered_workbook_is_refused_and_never_panics() {
    let mut sheet = Sheet::new("People", ["Name", "Note"]);
    sheet.row(["Priya", "x"]);
    let bytes = to_xlsx("People", &properties(), &[sheet]).unwrap();
    for length in (2..bytes.len()).step_by(97) {
        assert!(read_table(&bytes[..length]).is_err(), "{length}");
    }
    for place in (2..bytes.len()).step_by(31) {
        let mut altered = bytes.clone();
        altered[place] ^= 0x5A;
        let _ = read_table(&altered);
    }
}

#[test]
fn a_workbook_that_unpacks_to_far_more_than_it_is_is_refused() {
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    for _ in 0..12 {
        zip.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 100_000);
    let error = read_table(&bytes).unwrap_err().to_string();
    assert!(error.contains("sheet1.xml") && error.contains("and may be 200 times its size"), "{error}");
}
