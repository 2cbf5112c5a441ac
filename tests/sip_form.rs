//! The SIP form that people download, fill in and send.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail the test by panicking, as the tests do"
)]

use quorate::document::{Block, Cell, Document, Row, Table, Tracked, read_docx, to_docx};
use quorate::sip::form_document::{FormError, FormFault, VERSION, blank_form, blank_yaml, filled_form, read_form};
use quorate::sip::{EmailAddress, RawSipForm, SipForm};
use quorate::yaml::{self, Limits};

#[path = "sip_form/any.rs"]
mod any;
#[path = "sip_form/office.rs"]
mod office;
#[path = "sip_form/people.rs"]
mod people;

const FORMS: [&str; 4] = [
    include_str!("../fixtures/sip-forms/sip-a.yaml"),
    include_str!("../fixtures/sip-forms/sip-d.yaml"),
    include_str!("../fixtures/sip-forms/sip-k.yaml"),
    include_str!("../fixtures/sip-forms/sip-l.yaml"),
];

fn typed(yaml: &str) -> RawSipForm {
    yaml::load("form.yaml", yaml, Limits::default()).expect("the form is YAML").value
}

fn form(yaml: &str) -> SipForm {
    typed(yaml).parse().unwrap_or_else(|errors| panic!("{errors}"))
}

/// The document after it was a Word file.
fn through_word(document: &Document) -> Document {
    let bytes = to_docx(document).expect("the form can be written");
    read_docx(&bytes, Tracked::Accept).expect("the form can be read")
}

fn read(document: &Document) -> SipForm {
    let raw = read_form(document).unwrap_or_else(|error| panic!("{error}"));
    raw.parse().unwrap_or_else(|errors| panic!("{errors}"))
}

fn faults(document: &Document) -> Vec<FormFault> {
    match read_form(document) {
        Err(FormError::Faulty(faults)) => faults,
        other => panic!("faults were expected: {other:?}"),
    }
}

fn tables(document: &mut Document) -> impl Iterator<Item = &mut Table> {
    document.blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

/// The row of a field.
fn row<'a>(document: &'a mut Document, code: &str) -> &'a mut Row {
    let says = |cell: &Cell| match cell.blocks.first() {
        Some(Block::Paragraph(paragraph)) => paragraph.text.to_plain(),
        _ => String::new(),
    };
    let mut rows = tables(document).flat_map(|table| &mut table.rows);
    rows.find(|row| says(&row.cells[0]).starts_with(code)).expect("the field exists")
}

/// Writes an answer in place of what stands there, one paragraph to a line given.
fn write(document: &mut Document, code: &str, lines: &[&str]) {
    row(document, code).cells[1] = Cell::of(lines.iter().map(|line| Block::paragraph(*line)));
}

#[test]
fn a_filled_form_reads_back_the_same() {
    for yaml in FORMS {
        let form = form(yaml);
        assert_eq!(read(&through_word(&filled_form(&form))), form);
    }
}

#[test]
fn a_blank_form_lacks_every_field_that_must_be_answered_in_the_words_of_the_form() {
    let faults = faults(&through_word(&blank_form(None)));
    let labels: Vec<_> = faults.iter().map(|fault| fault.label.split(' ').next().unwrap_or_default()).collect();
    let expected = ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "C1", "D1", "D2", "D4", "E1", "E2", "E3", "F1"];
    assert_eq!(labels, expected);
    assert_eq!(faults[1].to_string(), "A2 Party category: this is missing; tick one box");
}

#[test]
fn the_blank_form_says_where_to_send_it() {
    let mailbox = EmailAddress::parse("sip@dcc.example.org").expect("an address");
    let bytes = to_docx(&blank_form(Some(&mailbox))).expect("the form can be written");
    let read = read_docx(&bytes, Tracked::Accept).expect("the form can be read");
    let text = quorate::document::to_text(&read);
    assert!(text.contains("sip@dcc.example.org"), "{text}");
}

#[test]
fn another_document_is_not_the_form() {
    let mut paper = blank_form(None);
    paper.subtitle.clear();
    paper.blocks.truncate(3);
    assert_eq!(read_form(&paper), Err(FormError::NotTheForm));
}

#[test]
fn another_version_of_the_form_is_told_apart() {
    let mut other = blank_form(None);
    other.subtitle = vec![format!("SIP form, version {}", VERSION + 1)];
    assert_eq!(read_form(&through_word(&other)), Err(FormError::OtherVersion { found: VERSION + 1 }));
}

#[test]
fn two_forms_in_one_file_are_told_apart() {
    let mut both = filled_form(&form(FORMS[0]));
    both.blocks.extend(filled_form(&form(FORMS[1])).blocks);
    assert_eq!(read_form(&through_word(&both)), Err(FormError::SeveralForms));
}

#[test]
fn the_blank_yaml_has_every_field_and_reads_as_blank() {
    let yaml = blank_yaml();
    assert_eq!(typed(&yaml), RawSipForm::default());
    let all = serde_json::to_value(typed(FORMS[0])).expect("a form can be stored");
    let blank: serde_json::Value = serde_yaml::from_str(&yaml).expect("it is YAML");
    let names = |value: &serde_json::Value| paths(value, "");
    let (all, blank) = (names(&all), names(&blank));
    assert!(all.iter().all(|name| blank.contains(name)), "{all:?}\n{blank:?}");
}

fn paths(value: &serde_json::Value, above: &str) -> Vec<String> {
    let Some(fields) = value.as_object() else { return vec![above.to_owned()] };
    fields.iter().flat_map(|(name, value)| paths(value, &format!("{above}.{name}"))).collect()
}

#[test]
fn a_form_filled_in_as_yaml_is_the_form_filled_in_as_word() {
    let answers = [
        ("  organisation:", "  organisation: Brook Energy"),
        ("  category:", "  category: Small Supplier"),
        ("    name:", "    name: Ada Brook"),
        ("    email:", "    email: ada@brook.example.org"),
        ("title:", "title: Show the tariff"),
        ("description:", "description: |\n    It is not shown today."),
        ("benefits:", "benefits:\n  - Fewer calls"),
        ("change_type:", "change_type: add"),
        ("impacted_parties:", "impacted_parties:\n  - DCC"),
        ("domain:", "domain: BFD01"),
        ("systems:", "systems:\n  - SSI"),
        ("  connection:", "  connection: no"),
        ("  access_rights:", "  access_rights: no"),
        ("  role_and_domain_tables:", "  role_and_domain_tables: no"),
        ("  develop_weeks:", "  develop_weeks: 4"),
        ("  deploy_weeks:", "  deploy_weeks: 1"),
    ];
    let filled = answers.iter().fold(format!("\n{}", blank_yaml()), |yaml, (blank, answer)| {
        yaml.replacen(&format!("\n{blank}\n"), &format!("\n{answer}\n"), 1)
    });
    let form = form(&filled);
    assert_eq!(read(&through_word(&filled_form(&form))), form);
}

#[test]
fn the_words_of_a_form_are_text_and_nothing_else() {
    let mut blank = blank_form(None);
    write(&mut blank, "B1", &["<w:t>title</w:t> & \"more\""]);
    let read = through_word(&blank);
    assert!(!faults(&read).iter().any(|fault| fault.label.starts_with("B1")));
}
