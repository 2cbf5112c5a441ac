//! How long a large collation takes to write.
#![expect(clippy::disallowed_methods, reason = "measuring is what this does")]
#![expect(clippy::print_stdout, reason = "the result is printed")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot run should stop")]

use std::hint::black_box;
use std::time::Instant;

use quorate::document::{Document, Level, Look, Properties, Sheet, Table, to_csv, to_docx, to_html, to_text, to_xlsx};

const PARTIES: usize = 500;
const SIPS: usize = 12;
const QUESTIONS: usize = 3;
const HEADER: [&str; 4] = ["Respondent", "Category", "Response", "Rationale"];

/// Prints the times.
pub(crate) fn run() {
    let (document, sheet) = collation();
    println!("collation of {PARTIES} Parties, {SIPS} SIPs and {QUESTIONS} questions:");
    timed("docx", || to_docx(&document).unwrap().len());
    timed("html", || to_html(&document, Look::Embedded).len());
    timed("text", || to_text(&document).len());
    timed("xlsx", || to_xlsx("Collation", &document.properties, std::slice::from_ref(&sheet)).unwrap().len());
    timed("csv", || to_csv(&sheet).len());
}

fn timed(name: &str, work: impl Fn() -> usize) {
    let mut rounds: Vec<(u128, usize)> = (0..3)
        .map(|_| {
            let started = Instant::now();
            let bytes = black_box(work());
            (started.elapsed().as_millis(), bytes)
        })
        .collect();
    rounds.sort_unstable();
    if let Some((millis, bytes)) = rounds.get(1) {
        println!("  {name}: {millis} ms, {} kB", bytes / 1000);
    }
}

fn collation() -> (Document, Sheet) {
    let properties = Properties {
        reference: "SSI_C_2026_03".to_owned(),
        classification: "White".to_owned(),
        date: "2026-08-25".parse().unwrap(),
        author: "SECAS".to_owned(),
    };
    let mut document = Document::new("Consolidated responses", properties);
    let mut sheet = Sheet::new("Responses", HEADER);
    for sip in 1..=SIPS {
        for question in 1..=QUESTIONS {
            document.heading(Level::One, format!("SIP-{sip:04}: Question {question}"));
            let mut table = Table::new(HEADER.into_iter().zip([2, 2, 1, 5])).caption(format!("Question {question}"));
            for party in 1..=PARTIES {
                let row = response(party);
                sheet.row(row.clone());
                table = table.row(row);
            }
            document.table(table);
        }
    }
    (document, sheet)
}

fn response(party: usize) -> [String; 4] {
    let rationale = "We support the change & expect it to save <time> each day. ".repeat(5);
    [format!("Party {party} Energy Limited"), "Large Supplier".to_owned(), "Yes".to_owned(), rationale]
}
