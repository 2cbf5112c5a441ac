//! What a redline of two small files says, word by word.

use chrono::{TimeZone, Utc};
use quorate::redline::docx::{Existing, Options, Redline, redline};
use quorate::redline::identity::Identity;

use super::package::{Package, zip_of};
use super::resolve::{Decision, first_difference, lines};
use super::xml::Node;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const ROOTS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn document(root: &str) -> Vec<u8> {
    let entries = [("[Content_Types].xml", TYPES), ("_rels/.rels", ROOTS), ("word/document.xml", root)];
    zip_of(entries.iter().map(|(name, text)| (*name, text.as_bytes())))
}

fn file(body: &str) -> Vec<u8> {
    let names = format!("xmlns:w=\"{WORD}\" xmlns:r=\"{RELATIONSHIPS}\"");
    document(&format!("<w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>"))
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn heading(text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"Heading2\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>{}", rows.iter().map(row).collect::<String>(), paragraph(""))
}

fn options() -> Options {
    Options {
        author: "SECAS".to_owned(),
        date: Utc.with_ymd_and_hms(2026, 3, 2, 9, 30, 0).unwrap(),
        existing: Existing::Refuse,
        attribution: vec![(Identity::parse("SSI-FR-6a").unwrap(), "SIP-0007".to_owned())],
    }
}

fn made(old: &[u8], new: &[u8]) -> Redline {
    redline(old, new, &options()).unwrap()
}

fn of(old: &str, new: &str) -> Redline {
    let (old, new) = (file(old), file(new));
    let redline = made(&old, &new);
    both_ways(&redline, &old, &new);
    redline
}

/// Taking all changes gives the newer file, refusing all the older.
#[track_caller]
fn both_ways(redline: &Redline, old: &[u8], new: &[u8]) {
    let marked = Package::open(&redline.docx).unwrap();
    for (decision, wanted) in [(Decision::Accept, new), (Decision::Reject, old)] {
        let want = lines(&Package::open(wanted).unwrap(), Decision::Accept, decision.places());
        let difference = first_difference(&lines(&marked, decision, decision.places()), &want);
        assert_eq!(difference, None, "{decision:?}");
    }
}

fn tree(redline: &Redline) -> Node {
    Package::open(&redline.docx).unwrap().trees.remove("word/document.xml").unwrap()
}

/// The changes of a kind: who made each, and what it says.
fn changes(redline: &Redline, kind: &str) -> Vec<(String, String)> {
    let tree = tree(redline);
    let said = |node: &Node| node.all().iter().map(|inside| inside.own_text()).collect::<String>();
    let all = tree.all().into_iter().filter(|node| node.is(kind));
    all.map(|node| (node.value("w:author").to_owned(), said(node))).collect()
}

#[track_caller]
fn says(redline: &Redline, kind: &str, wanted: &[(&str, &str)]) {
    let found = changes(redline, kind);
    let found: Vec<(&str, &str)> = found.iter().map(|(author, text)| (author.as_str(), text.as_str())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_changed_word_in_a_cell_is_that_word_by_the_author_of_its_requirement() {
    let old = table(&[&["SSI-FR-6a", "The Party shall log in."], &["SSI-FR-7", "One second."]]);
    let new = table(&[&["SSI-FR-6a", "The User shall log in."], &["SSI-FR-7", "Two seconds."]]);
    let redline = of(&old, &new);
    says(&redline, "w:del", &[("SIP-0007", "Party"), ("SECAS", "One second")]);
    says(&redline, "w:ins", &[("SIP-0007", "User"), ("SECAS", "Two seconds")]);
    let tally = redline.summary.by_identity[&Identity::parse("SSI_FR_6A").unwrap()];
    assert_eq!((tally.words_deleted, tally.words_inserted), (1, 1));
}

#[test]
fn what_stands_below_a_heading_is_of_its_requirement_until_the_next_heading() {
    let old =
        [heading("SSI-FR-6a Log in"), paragraph("It is quick."), heading("Glossary"), paragraph("A word.")].concat();
    let new = old.replace("quick", "slow").replace("A word", "A term");
    let redline = of(&old, &new);
    says(&redline, "w:ins", &[("SIP-0007", "slow"), ("SECAS", "term")]);
}

#[test]
fn a_paragraph_split_in_two_is_one_inserted_end_and_no_word() {
    let redline = of(
        &[paragraph("The first sentence is here. The second one follows it."), paragraph("End.")].concat(),
        &[paragraph("The first sentence is here."), paragraph(" The second one follows it."), paragraph("End.")]
            .concat(),
    );
    let tally = redline.summary.all;
    assert_eq!((tally.insertions, tally.deletions, tally.words_inserted, tally.words_deleted), (1, 0, 0, 0));
}

#[test]
fn two_paragraphs_made_one_are_one_deleted_end_and_no_word() {
    let redline = of(
        &[paragraph("The first sentence is here."), paragraph(" The second one follows it."), paragraph("End.")]
            .concat(),
        &[paragraph("The first sentence is here. The second one follows it."), paragraph("End.")].concat(),
    );
    let tally = redline.summary.all;
    assert_eq!((tally.insertions, tally.deletions, tally.words_inserted, tally.words_deleted), (0, 1, 0, 0));
}

#[test]
fn a_paragraph_added_after_the_last_leaves_the_last_end_alone() {
    let redline = of(&paragraph("One thing."), &[paragraph("One thing."), paragraph("Another thing.")].concat());
    says(&redline, "w:ins", &[("SECAS", ""), ("SECAS", "Another thing.")]);
    let tree = tree(&redline);
    let last = tree.all().into_iter().rfind(|node| node.is("w:p")).unwrap();
    assert_eq!(last.at(&["w:pPr", "w:rPr", "w:ins"]).map(|_| "inserted"), None);
}

#[test]
fn a_row_that_moved_and_changed_is_a_move_with_the_change_inside() {
    let rows: [&[&str]; 4] = [
        &["SSI-FR-1", "The first of all the requirements."],
        &["SSI-FR-2", "The second of all the requirements."],
        &["SSI-FR-3", "The third of all the requirements."],
        &["SSI-FR-4", "Shall show the status of every open request."],
    ];
    let edited: &[&str] = &["SSI-FR-4", "Shall show the state of every open request."];
    let redline = of(&table(&rows), &table(&[edited, rows[0], rows[1], rows[2]]));
    let tally = redline.summary.all;
    assert_eq!((tally.moves, tally.words_inserted, tally.words_deleted), (1, 1, 1));
    assert_eq!((tally.rows_inserted, tally.rows_deleted), (0, 0));
}

#[test]
fn a_row_that_names_another_domain_now_is_amended_and_not_another_row() {
    let of = |domain: &str, second: &str| {
        table(&[&["Identifier", "SSI-FR-6"], &["Domain", domain], &["Statement", "The Party shall log in."]])
            + &table(&[
                &["BFD01", "SSI-FR-7", "Shall show one."],
                &[second, "SSI-FR-8", "Shall show two."],
                &["BFD01", "SSI-FR-9", "Shall show three."],
            ])
    };
    let redline = self::of(&of("BFD01", "BFD01"), &of("BFD02", "BFD03"));
    says(&redline, "w:del", &[("SECAS", "BFD01"), ("SECAS", "BFD01")]);
    says(&redline, "w:ins", &[("SECAS", "BFD02"), ("SECAS", "BFD03")]);
    assert!(redline.summary.by_identity.contains_key(&Identity::parse("SSI-FR-8").unwrap()));
}

#[test]
fn a_word_changed_in_a_link_is_marked_inside_the_link() {
    let link =
        |text: &str| format!("<w:p><w:hyperlink w:anchor=\"here\"><w:r><w:t>{text}</w:t></w:r></w:hyperlink></w:p>");
    let redline = of(&link("see the old notice"), &link("see the new notice"));
    says(&redline, "w:del", &[("SECAS", "old")]);
    let tree = tree(&redline);
    assert_eq!(tree.all().iter().filter(|node| node.is("w:hyperlink")).count(), 1);
}

/// Blocks that are written in two ways, for newer and older programs.
fn alternatives(blocks: &str, plain: &str) -> String {
    let space = "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
    format!(
        "<mc:AlternateContent {space}><mc:Choice Requires=\"w14\" xmlns:w14=\"urn:w14\">{blocks}</mc:Choice>\
         <mc:Fallback>{plain}</mc:Fallback></mc:AlternateContent>"
    )
}

#[test]
fn blocks_in_alternatives_or_a_control_that_only_the_older_file_has_come_back_when_all_is_refused() {
    let control = |blocks: &str| {
        format!("<w:sdt><w:sdtPr><w:tag w:val=\"a\"/></w:sdtPr><w:sdtContent>{blocks}</w:sdtContent></w:sdt>")
    };
    let (one, rows) = (paragraph("One of two ways."), table(&[&["A cell", "and another"]]));
    for framed in [alternatives(&[one.clone(), rows.clone()].concat(), &one), control(&[one, rows].concat())] {
        let old = [paragraph("Before."), framed, paragraph("After.")].concat();
        let redline = made(&file(&old), &file(&[paragraph("Before."), paragraph("After.")].concat()));
        let marked = Package::open(&redline.docx).unwrap();
        let refused = lines(&marked, Decision::Reject, super::resolve::Places::Left).join("\n");
        assert!(refused.contains("One of two ways.") && refused.contains("and another"), "{refused}");
        assert!(!lines(&marked, Decision::Accept, super::resolve::Places::Left).join("").contains("One of two ways."));
        assert_eq!(redline.summary.all.rows_deleted, 1);
    }
}

#[test]
fn a_word_changed_in_alternatives_is_marked_where_it_stands() {
    let body = |word: &str| {
        let text = paragraph(&format!("One of {word} ways."));
        [alternatives(&text, &text), paragraph("After.")].concat()
    };
    let redline = made(&file(&body("two")), &file(&body("three")));
    says(&redline, "w:del", &[("SECAS", "two")]);
    says(&redline, "w:ins", &[("SECAS", "three")]);
    let tree = tree(&redline);
    let choice = tree.all().into_iter().find(|node| node.is("mc:Choice")).unwrap();
    assert!(choice.all().iter().any(|node| node.is("w:del")));
}

#[test]
fn a_link_whose_bookmark_a_program_named_anew_has_not_changed() {
    let contents = |name: &str| {
        let link = format!("<w:p><w:hyperlink w:anchor=\"{name}\"><w:r><w:t>1 Scope</w:t></w:r></w:hyperlink></w:p>");
        let mark = format!("<w:bookmarkStart w:id=\"1\" w:name=\"{name}\"/><w:bookmarkEnd w:id=\"1\"/>");
        format!("{link}<w:p>{mark}<w:r><w:t>1 Scope</w:t></w:r></w:p>")
    };
    let (old, new) = (file(&contents("_Toc100")), file(&contents("_Toc200")));
    let redline = made(&old, &new);
    assert!(redline.summary.is_empty());
    assert_eq!(redline.docx, new);
}

#[test]
fn a_field_that_changed_changes_whole() {
    let edge = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let field = |result: &str| {
        let code = "<w:r><w:instrText>REF a</w:instrText></w:r>";
        let result = format!("<w:r><w:t>{result}</w:t></w:r>");
        [paragraph("Before."), format!("<w:p>{}{code}{}{result}{}</w:p>", edge("begin"), edge("separate"), edge("end"))]
            .concat()
    };
    let redline = of(&field("1.4"), &field("1.5"));
    says(&redline, "w:del", &[("SECAS", "REF a1.4")]);
    says(&redline, "w:ins", &[("SECAS", "REF a1.5")]);
}

#[test]
fn files_that_name_their_prefixes_differently_are_compared_all_the_same() {
    let old = file(&[paragraph("Stays as it is."), paragraph("Goes away."), paragraph("Ends here.")].concat());
    let body = [paragraph("Stays as it is."), paragraph("Ends here now.")].concat();
    let renamed = body.replace("<w:", "<").replace("</w:", "</");
    let new = document(&format!("<document xmlns=\"{WORD}\"><body>{renamed}<sectPr/></body></document>"));
    let redline = made(&old, &new);
    let text = String::from_utf8(Package::open(&redline.docx).unwrap().bytes["word/document.xml"].clone()).unwrap();
    let tree = roxmltree::Document::parse(&text).unwrap();
    let deleted = tree.descendants().filter(|node| node.has_tag_name((WORD, "delText")));
    assert_eq!(deleted.filter_map(|node| node.text()).collect::<String>(), "Goes away.");
    let inserted = tree.descendants().filter(|node| node.has_tag_name((WORD, "ins")) && node.has_children());
    let said: String = inserted.flat_map(|node| node.descendants()).filter_map(|node| node.text()).collect();
    assert!(said.contains("now"), "{said}");
}

#[test]
fn an_id_is_known_in_any_spelling_shown_in_its_own_and_a_number_is_none() {
    let id = |text: &str| Identity::parse(text).map(|identity| identity.to_string());
    assert_eq!(id(" UC_Login_001 "), Some("UC_Login_001".to_owned()));
    assert_eq!(Identity::parse("UC-LOGIN-001"), Identity::parse("UC_Login_001"));
    assert_eq!(id("BFD05"), Some("BFD05".to_owned()));
    assert_eq!([id("12"), id("1.4.2"), id("Must"), id("SSI"), id("A1 is here")], [const { None }; 5]);
    assert_eq!(Identity::leading("PM13: Forward schedule"), Identity::parse("PM13"));
}
