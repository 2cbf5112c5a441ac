//! The resolver itself, on small cases of which the answer is known.

use super::resolve::{Decision, Places, settle};
use super::xml::Node;

fn story(inside: &str) -> Node {
    let text =
        format!("<w:body xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{inside}</w:body>");
    Node::parse(&text).unwrap()
}

/// The text of the story, paragraphs in brackets with their style, tables in braces, rows in angles.
fn shown(node: &Node) -> String {
    let inside: String = node.elements().map(shown).collect();
    match node.name.as_str() {
        "w:p" => {
            let style = node.at(&["w:pPr", "w:pStyle"]).map(|style| format!("{}:", style.value("w:val")));
            format!("[{}{inside}]", style.unwrap_or_default())
        }
        "w:tbl" => format!("{{{inside}}}"),
        "w:tr" => format!("({inside})"),
        "w:tc" => format!("<{inside}>"),
        "w:t" => node.own_text(),
        "w:b" | "w:i" if node.children.is_empty() => format!("/{}/", node.name.trim_start_matches("w:")),
        "w:pPr" => node.child("w:rPr").map(shown).unwrap_or_default(),
        _ => inside,
    }
}

#[track_caller]
fn check(tracked: &str, accepted: &str, rejected: &str) {
    let story = story(tracked);
    assert_eq!(shown(&settle(&story, Decision::Accept)), accepted, "accepted");
    assert_eq!(shown(&settle(&story, Decision::Reject)), rejected, "rejected");
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn inserted(text: &str) -> String {
    format!("<w:ins>{}</w:ins>", run(text))
}

fn deleted(text: &str) -> String {
    format!("<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>")
}

fn paragraph(style: &str, mark: &str, content: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val=\"{style}\"/>") };
    format!("<w:p><w:pPr>{style}<w:rPr>{mark}</w:rPr></w:pPr>{content}</w:p>")
}

fn cell(content: &str) -> String {
    format!("<w:tc>{content}</w:tc>")
}

fn table(rows: &str) -> String {
    format!("<w:tbl>{rows}</w:tbl>")
}

#[test]
fn words_are_taken_in_or_left_out() {
    let content = run("a") + &inserted("b") + &deleted("c");
    check(&paragraph("", "", &content), "[ab]", "[ac]");
}

#[test]
fn a_moved_word_is_in_one_place_only() {
    let content = format!("<w:moveFrom>{}</w:moveFrom>-<w:moveTo>{}</w:moveTo>", run("x"), run("y"));
    check(&paragraph("", "", &content), "[y]", "[x]");
}

#[test]
fn a_paragraph_without_mark_joins_the_next_which_keeps_its_style() {
    let blocks = paragraph("A", "<w:del/>", &run("one ")) + &paragraph("B", "", &run("two"));
    check(&blocks, "[B:one two]", "[A:one ][B:two]");
    let blocks = paragraph("A", "<w:ins/>", &run("one ")) + &paragraph("B", "", &run("two"));
    check(&blocks, "[A:one ][B:two]", "[B:one two]");
}

#[test]
fn a_paragraph_deleted_whole_leaves_nothing() {
    let blocks = paragraph("A", "<w:del/>", &deleted("one")) + &paragraph("B", "", &run("two"));
    check(&blocks, "[B:two]", "[A:one][B:two]");
}

#[test]
fn the_last_mark_of_a_cell_stays() {
    let inside = cell(&(paragraph("A", "", &run("kept")) + &paragraph("B", "<w:del/>", &deleted("gone"))));
    check(&table(&format!("<w:tr>{inside}</w:tr>")), "{(<[A:kept][B:]>)}", "{(<[A:kept][B:gone]>)}");
    let inside = cell(&(paragraph("A", "<w:del/>", &run("kept")) + &paragraph("B", "", &deleted("gone"))));
    check(&table(&format!("<w:tr>{inside}</w:tr>")), "{(<[B:kept]>)}", "{(<[A:kept][B:gone]>)}");
}

#[test]
fn a_deleted_paragraph_before_a_table_goes_and_one_with_text_stays() {
    let rows = format!("<w:tr>{}</w:tr>", cell(&paragraph("", "", &run("c"))));
    let blocks = paragraph("A", "<w:del/>", &deleted("gone")) + &table(&rows);
    check(&blocks, "{(<[c]>)}", "[A:gone]{(<[c]>)}");
    let blocks = paragraph("A", "<w:del/>", &run("kept")) + &table(&rows);
    check(&blocks, "[A:kept]{(<[c]>)}", "[A:kept]{(<[c]>)}");
}

#[test]
fn rows_go_and_a_table_without_rows_goes_too() {
    let row = |mark: &str, text: &str| {
        format!("<w:tr><w:trPr>{mark}</w:trPr>{}</w:tr>", cell(&paragraph("", "", &run(text))))
    };
    let rows = row("", "a") + &row("<w:ins/>", "b") + &row("<w:del/>", "c");
    check(&table(&rows), "{(<[a]>)(<[b]>)}", "{(<[a]>)(<[c]>)}");
    let blocks = paragraph("", "", &run("before")) + &table(&row("<w:del/>", "a")) + &paragraph("", "", &run("after"));
    check(&blocks, "[before][after]", "[before]{(<[a]>)}[after]");
}

#[test]
fn cells_go_with_their_marks() {
    let marked =
        |mark: &str, text: &str| format!("<w:tc><w:tcPr>{mark}</w:tcPr>{}</w:tc>", paragraph("", "", &run(text)));
    let row = marked("", "a") + &marked("<w:cellIns/>", "b") + &marked("<w:cellDel/>", "c");
    check(&table(&format!("<w:tr>{row}</w:tr>")), "{(<[a]><[b]>)}", "{(<[a]><[c]>)}");
}

#[test]
fn formatting_goes_back_to_what_it_was() {
    let content = "<w:r><w:rPr><w:b/><w:rPrChange><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>x</w:t></w:r>";
    check(&paragraph("", "", content), "[/b/x]", "[/i/x]");
    let blocks = "<w:p><w:pPr><w:pStyle w:val=\"A\"/><w:rPr><w:b/></w:rPr><w:pPrChange><w:pPr><w:pStyle w:val=\"B\"/></w:pPr></w:pPrChange></w:pPr></w:p>";
    check(blocks, "[A:/b/]", "[B:/b/]");
}

#[test]
fn text_that_joins_passes_over_a_table_that_goes_and_into_a_control() {
    let row = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell(&paragraph("", "", &run("x"))));
    let control = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", paragraph("B", "", &run("b")));
    let blocks = paragraph("A", "<w:del/>", &run("a")) + &table(&row) + &control;
    check(&blocks, "[B:ab]", "[A:a]{(<[x]>)}[B:b]");
}

#[test]
fn a_control_goes_when_all_it_holds_goes() {
    let control = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", deleted("x"));
    let settled = settle(&story(&paragraph("", "", &control)), Decision::Accept);
    assert!(settled.all().iter().all(|node| !node.is("w:sdt")));
    let kept = settle(&story(&paragraph("", "", &control)), Decision::Reject);
    assert!(kept.all().iter().any(|node| node.is("w:sdt")));
}

#[test]
fn places_are_written_after_accepting_only() {
    assert_eq!(Decision::Accept.places(), Places::Written);
    assert_eq!(Decision::Reject.places(), Places::Left);
}
