//! What people do to a form while they fill it in.

use super::*;

/// A form filled in by hand, with as little as will do.
fn by_hand() -> Document {
    let mut form = blank_form(None);
    for (code, lines) in [
        ("A1", &["Brook Energy"] as &[&str]),
        ("A2", &["☐ Large Supplier", "x Small Supplier", "☐ DCC"]),
        ("A3", &["Ada Brook"]),
        ("A4", &["Ada Brook <ada@brook.example.org>"]),
        ("B1", &["", "Show the tariff", ""]),
        ("B2", &["It isn’t shown today.", "", "It should be."]),
        ("B3", &["Fewer calls", "", "Fewer letters"]),
        ("B4", &["n/a"]),
        ("B5", &["None"]),
        ("C1", &["☒ Add: something new", "☐ Amend: something done otherwise"]),
        ("C2", &["-"]),
        ("D1", &["☒ Large Supplier", "☐ Small Supplier ✓", "☐ DCC"]),
        ("D2", &["bfd 1."]),
        ("D4", &["SSI, identity provider and “Orders, Billing”"]),
        ("E1", &["No"]),
        ("E2", &["☐ Yes   ☒ No"]),
        ("E3", &["☐ Yes", "X No"]),
        ("F1", &["8 weeks"]),
        ("F2", &["2 wks"]),
        ("F3", &["23/02/2026"]),
        ("F4", &["8th May 2026"]),
        ("F5", &["£25,000"]),
        ("F6", &["£45,000.00"]),
    ] {
        write(&mut form, code, lines);
    }
    form
}

#[test]
fn a_form_filled_in_by_hand_is_understood() {
    let form = read(&through_word(&by_hand()));
    assert_eq!(form.proposer.category.category.to_string(), "Small Supplier");
    assert_eq!(form.proposer.contact.email.as_str(), "ada@brook.example.org");
    assert_eq!(form.description.as_str(), "It isn’t shown today.\n\nIt should be.");
    assert_eq!(form.benefits.len(), 2);
    assert!(form.depends_on.is_empty() && form.resubmission_of.is_none());
    let parties: Vec<_> = form.impacted_parties.iter().map(ToString::to_string).collect();
    assert_eq!(parties, ["Large Supplier", "Small Supplier"]);
    assert_eq!(form.domain.to_string(), "BFD01");
    assert_eq!(form.timescale.window().map(|window| window.to_string()).as_deref(), Some("2026-02-23 to 2026-05-08"));
    assert_eq!(form.anticipated_cost.map(|cost| cost.to_string()).as_deref(), Some("£25,000 to £45,000"));
}

#[test]
fn names_are_parted_but_not_within_quotation_marks() {
    let mut form = by_hand();
    write(&mut form, "D4", &["SSI, identity provider", "“Orders, Billing”"]);
    let names: Vec<_> = read(&form).systems.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["Orders, Billing", "SSI", "identity provider"]);
}

#[test]
fn rows_added_below_a_field_belong_to_its_answer() {
    let mut form = by_hand();
    let table = tables(&mut form).nth(1).expect("section B");
    let place = table.rows.len() - 2;
    table.rows.insert(place, Row::of(["", "Fewer visits"]));
    table.rows.insert(place, Row::of(["", ""]));
    assert_eq!(read(&through_word(&form)).benefits.len(), 3);
}

#[test]
fn an_answer_beside_a_label_that_spans_several_rows_is_found() {
    let mut form = by_hand();
    let table = tables(&mut form).nth(1).expect("section B");
    table.rows[2].cells[0].rows = 2;
    table.rows.insert(3, Row::of(["Fewer visits"]));
    assert_eq!(read(&through_word(&form)).benefits.len(), 3);
}

#[test]
fn a_row_of_ones_own_is_reported_and_not_lost() {
    let mut form = by_hand();
    tables(&mut form).next().expect("section A").rows.push(Row::of(["Telephone", "01234 567890"]));
    let faults = faults(&through_word(&form));
    assert_eq!(faults.len(), 1);
    assert_eq!(
        faults[0].to_string(),
        "the row \"Telephone\": this row is not part of the form; move what it says to the field it belongs to, and delete the row"
    );
}

#[test]
fn a_label_without_its_code_is_still_known() {
    let mut form = by_hand();
    row(&mut form, "B1").cells[0] = Cell::of([Block::paragraph("Title")]);
    assert_eq!(read(&through_word(&form)).title.as_str(), "Show the tariff");
}

#[test]
fn lists_of_the_word_processor_are_answers_too() {
    let mut form = by_hand();
    let list = Block::list(quorate::document::ListKind::Bullets, ["Fewer calls", "Fewer letters", "Fewer visits"]);
    row(&mut form, "B3").cells[1] = Cell::of([list]);
    assert_eq!(read(&through_word(&form)).benefits.len(), 3);
}

#[test]
fn two_ticks_where_one_belongs_are_reported() {
    let mut form = by_hand();
    write(&mut form, "C1", &["☒ Add: something new", "☒ Remove: something taken away"]);
    let faults = faults(&through_word(&form));
    assert_eq!(faults[0].to_string(), "C1 Type of change: several boxes are ticked: add, remove; tick one box");
    assert_eq!(faults.len(), 1);
}

#[test]
fn every_faulty_field_is_reported_with_its_label_and_how_to_mend_it() {
    let mut form = by_hand();
    write(&mut form, "A4", &["ada at brook"]);
    write(&mut form, "C1", &["☒ Amend"]);
    write(&mut form, "C2", &["SSI-FR-1", "the login page"]);
    write(&mut form, "F3", &["in the spring"]);
    write(&mut form, "F5", &["about 25k"]);
    write(&mut form, "G2", &["It cannot wait."]);
    let said: Vec<_> = faults(&through_word(&form)).iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "A4 E-mail address: an address cannot hold ' '; write the address alone, such as name@example.org",
            "C2 Requirements to amend, item 2: \"the login page\" is not a requirement id; write it like SSI-FR-6a or \
             SSI-NFR-12",
            "F3 First day wanted: \"in the spring\" is not a date; write day, month and year, such as 23 February 2026",
            "F5 Lowest cost: 'a' does not belong in an amount; use only digits, commas and a point, such as 1,234.50",
            "G2 Why it is urgent: there is a reason but urgency is not claimed; tick Yes in G1, or take the reason out",
        ]
    );
}

#[test]
fn an_answer_that_was_changed_with_its_changes_tracked_is_the_newer_one() {
    let bytes = to_docx(&by_hand()).expect("the form can be written");
    let tracked = with_text(&bytes, |xml| {
        let (before, after) = xml.split_once("Show the tariff").expect("the title is there");
        let run = before.rfind("<w:r>").expect("a run holds it");
        let end = after.find("</w:r>").expect("the run ends") + "</w:r>".len();
        let changed = "<w:del w:id=\"901\" w:author=\"Ada\"><w:r><w:delText>Hide</w:delText></w:r></w:del>\
                       <w:ins w:id=\"902\" w:author=\"Ada\"><w:r><w:t>Print</w:t></w:r></w:ins>\
                       <w:r><w:t xml:space=\"preserve\"> the tariff</w:t></w:r>";
        format!("{}{changed}{}", &before[..run], &after[end..])
    });
    let form = read(&read_docx(&tracked, Tracked::Accept).expect("it can be read"));
    assert_eq!(form.title.as_str(), "Print the tariff");
}

/// The file with another text in place of its own.
fn with_text(bytes: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = package.by_index(index).expect("a part");
        let (name, mut content) = (part.name().expect("a name").into_owned(), Vec::new());
        part.read_to_end(&mut content).expect("it can be unpacked");
        if name == "word/document.xml" {
            content = change(&String::from_utf8(content).expect("text")).into_bytes();
        }
        written.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part begins");
        written.write_all(&content).expect("it can be packed");
    }
    written.finish().expect("a package").into_inner()
}
