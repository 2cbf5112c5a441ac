//! What plain text looks like.

use quorate::document::{Document, Table, to_text};

use super::{consultation, properties};

#[test]
fn a_document_reads_well_as_plain_text() {
    let text = to_text(&consultation());
    insta::assert_snapshot!(text, @r"
    SSI_C_2026_03 | Improvement consultation | Classification: White

    SSI Improvement Consultation
    ============================
    Issued: 3 August 2026
    Respond by: 17:00 on 24 August 2026

    Contents
       1 Background
          1.1 Scope
       2 Responses
       Appendix A: Progression timetable

    1 Background
    ------------

    1.   Respond by 17:00 on Monday 24 August 2026.

    2.   Two proposals are put to every Party:

      - SIP-0012: Bulk export
      - SIP-0013: Search
         a.  by postcode
         b.  by device

    1.1 Scope
    .........

    3.   See the register <https://register.example/sips>.

     1.  Read it
     2.  Answer it

     1.  Begin again

    2 Responses
    -----------

      | We agree.
      | It saves time.

    Digest 9f86d081

    Question 1
    +-------------------+-------------------+-----------+----------------------------------------------+
    | Respondent        | Category          | Response  | Rationale                                    |
    +===================+===================+===========+==============================================+
    | Example Energy    | Large Supplier    | Yes       | It improves search <b>for</b> everyone &     |
    |                   |                   |           | more.                                        |
    +-------------------+-------------------+-----------+----------------------------------------------+
    | Ynni Cymru Cyf    | Small Supplier    | As per    |                                              |
    |                   |                   | consultat |                                              |
    |                   |                   | ion       |                                              |
    |                   |                   | document. |                                              |
    +-------------------+-------------------+-----------+----------------------------------------------+

    +--------------------------------------------------------+--------------------+--------------------+
    | Category                                               |                Yes |                 No |
    +========================================================+====================+====================+
    | Large Supplier                                         |                  1 |                  0 |
    +--------------------------------------------------------+--------------------+--------------------+
    | Both                                                   |                                    wide |
    +--------------------------------------------------------+--------------------+--------------------+
    |                                                        |                  2 |                  3 |
    +--------------------------------------------------------+--------------------+--------------------+

    Appendix A: Progression timetable
    ---------------------------------

    +---------------------------------+----------------------------------------------------------------+
    | Closes                          | 24 August 2026                                                 |
    +---------------------------------+----------------------------------------------------------------+

    SECAS on behalf of DCC | Published 3 August 2026
    ");
}

#[test]
fn no_line_is_longer_than_a_hundred_columns() {
    let mut document = Document::new("word ".repeat(60), properties());
    document.numbered("x".repeat(250)).table(
        Table::new((0..5).map(|number| (format!("Column {number}"), number))).row(["y".repeat(90), "z ".repeat(90)]),
    );
    let text = to_text(&document);
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn a_table_with_too_many_columns_to_draw_is_written_row_by_row() {
    let mut document = Document::new("x", properties());
    let table = Table::new((1..=20).map(|number| (format!("Column {number}"), 1)));
    document.table(table.row((1..=20).map(|number| format!("value {number}"))));
    let text = to_text(&document);
    assert!(text.contains("\nColumn 1: value 1\nColumn 2: value 2\n"), "{text}");
}
